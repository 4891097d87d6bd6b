"""What the parts of quality.py share: running git-backlog, counting, tables."""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path


class Tool:
    """The program under test."""

    def __init__(self, binary):
        self.binary = binary.resolve()
        explained = json.loads(self._run(None, "check", "--explain", "all", "--format", "json"))
        self.codes = {rule["code"] for rule in explained["rules"]}

    def _run(self, folder, *args):
        env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1"}
        env["HOME"] = str(folder or "/nonexistent")
        command = [str(self.binary), *args]
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
        if done.returncode > 1:
            sys.exit(f"{' '.join(command[:3])} ended with {done.returncode}:\n{done.stderr}")
        return done.stdout

    def check(self, stories, rules=()):
        """For each story the codes of its findings. `rules` are switched on if they exist."""
        rules = [rule for rule in rules if rule in self.codes]
        with Stories(stories, rules) as folder:
            out = json.loads(self._run(folder, "check", "--format", "json"))
        found = [set() for _ in stories]
        for finding in out["findings"]:
            found[place(finding["id"])].add(finding["code"])
        return found

    def clauses(self, stories):
        """For each story its clauses as `show` tells them."""
        ids = [name(number) for number in range(len(stories))]
        with Stories(stories) as folder:
            out = json.loads(self._run(folder, "show", *ids, "--format", "json"))
        return [document["story"] for document in out["documents"]]


class Stories:
    """A repository with one item for each story, as long as it is open."""

    def __init__(self, stories, rules=()):
        self.stories = stories
        self.config = "".join(["rules:\n", *(f"  {rule}: warning\n" for rule in rules)]) if rules else ""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        root = Path(self.folder.name)
        subprocess.run(["git", "init", "-q", root], check=True)
        items = root / ".backlog" / "items"
        items.mkdir(parents=True)
        (root / ".backlog" / "config.yml").write_text(self.config)
        for number, story in enumerate(self.stories):
            lines = [
                "---", f"id: {name(number)}", f"title: Story {number}", "type: story",
                "status: proposed", f"rank: {rank(number)}", "---", "", story, "",
            ]
            (items / f"{name(number)}.md").write_text("\n".join(lines), encoding="utf-8")
        return root

    def __exit__(self, *_):
        self.folder.cleanup()


def name(number):
    return f"BL-{number:05}"


def place(identifier):
    return int(identifier.removeprefix("BL-"))


def rank(number):
    """Four digits of a rank key, so that no two items have the same place."""
    digits = ""
    for _ in range(4):
        digits = "bcdfghjklmpqrstvwx"[number % 18] + digits
        number //= 18
    return "m" + digits


def read(path):
    """A text in UTF-8, or as Windows wrote it."""
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def sets(data):
    """The stories of the 22 public sets by name. A line without a mark continues the one before."""
    for path in sorted((data / "stories" / "dalpiaz22").glob("g*.txt")):
        stories = []
        for line in read(path).splitlines():
            marked = re.match(r"#G\d+#\s*(.*)", line.strip())
            if marked:
                stories.append(marked[1])
            elif line.strip() and stories:
                stories[-1] += "\n" + line.strip()
        yield path.stem, [story for story in stories if story.strip()]


def is_odd(name):
    """Whether a set is one that the grammar was built on: `g17-cask` is."""
    return int(re.match(r"g(\d+)", name)[1]) % 2 == 1


class Score:
    """Counts of what was found and what should have been."""

    def __init__(self, hits=0, found=0, wanted=0):
        self.hits, self.found, self.wanted = hits, found, wanted

    @classmethod
    def of(cls, found, wanted):
        return cls(len(found & wanted), len(found), len(wanted))

    def __add__(self, other):
        return Score(self.hits + other.hits, self.found + other.found, self.wanted + other.wanted)

    @property
    def precision(self):
        return self.hits / self.found if self.found else None

    @property
    def recall(self):
        return self.hits / self.wanted if self.wanted else None

    @property
    def f1(self):
        both = self.found + self.wanted
        return 2 * self.hits / both if both else None

    def __str__(self):
        return " / ".join(figure(value) for value in (self.precision, self.recall, self.f1))


def figure(value):
    return "–" if value is None else f"{value:.2f}"


def percent(part, whole):
    return f"{100 * part / whole:.1f} %" if whole else "–"


def table(head, rows):
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(str(cell) for cell in line) + " |\n" for line in lines)
