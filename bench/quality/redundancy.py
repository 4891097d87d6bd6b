#!/usr/bin/env python3
"""Stories that say the same: the rule about duplicates against labels, and its noise.

    bench/quality/redundancy.py DATA [BINARY]

Each set is a backlog of its own with one item for each story; what `check` says of pairs is read
from the messages of ST014.
"""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from quality import Score, Stories, place, read, sets, table, Tool  # noqa: E402

RULE = "ST014"
GOLD = "Our Evaluation"
# Most pairs of the labels share one action or one thing and are two stories nonetheless.
GRADES = [
    ("the whole action is the same", lambda row: row["main_full"] == "True"),
    ("the whole benefit is the same", lambda row: row["benefit_full"] == "True"),
    ("anything is the same", lambda row: True),
]


def report(data, tool):
    tool = tool if isinstance(tool, Tool) else Tool(Path(tool))
    if RULE not in tool.codes:
        return f"### Stories that say the same\n\nThere is no rule {RULE}.\n"
    return "\n".join([
        "### Stories that say the same\n",
        "SPR-8: the pairs that three people call not unique. AQUSA finds none of them.\n",
        unique(data, tool),
        "954 pairs in 20 sets that other people found to have something in common. Most share a verb or a\n"
        "thing, or a benefit, and stay two stories; the rule looks for those that should be one.\n",
        redundant(data, tool),
        "Noise over the 22 sets.\n",
        noise(data, tool),
    ])


def pairs(tool, stories):
    """The pairs of places that are said to be alike."""
    with Stories(stories) as folder:
        out = json.loads(tool._run(folder, "check", "--format", "json"))
    found = set()
    for finding in out["findings"]:
        if finding["code"] == RULE:
            other = re.search(r"as (?:in )?(BL-\d+)", finding["message"])[1]
            found.add(frozenset([place(finding["id"]), place(other)]))
    return found


def unique(data, tool):
    total, lines = Score(), []
    for path in sorted((data / "labels" / "spr8").glob("g*_raw.csv")):
        rows = list(csv.DictReader(io.StringIO(read(path)), delimiter=";"))
        wanted = [n for n, row in enumerate(rows) if "unique" in row[GOLD].lower()]
        # The labels mark stories; in each set there is at most one pair.
        gold = {frozenset(wanted)} if len(wanted) == 2 else set()
        assert len(wanted) in (0, 2), path
        found = pairs(tool, [row["User Story"] for row in rows])
        score = Score.of(found, gold)
        total += score
        lines.append([path.stem[:3], len(rows), score.wanted, score.hits, score.found - score.hits])
    sums = ["all", "", total.wanted, total.hits, total.found - total.hits]
    return table(["set", "stories", "pairs", "found", "false"], [*lines, sums])


def redundant(data, tool):
    with (data / "labels" / "redundancy" / "ground_truth_pairs.csv").open(encoding="utf-8") as file:
        labels = list(csv.DictReader(file))
    # The numbers of the labels do not follow those of the sets, so each set is made of its labels.
    by_set, found = {}, {}
    for row in labels:
        by_set.setdefault(row["project"].lower(), []).append(row)
    for name, rows in by_set.items():
        texts = {}
        for row in rows:
            texts.update(zip(names(row), told(row["texts"])))
        order = sorted(texts)
        alike = pairs(tool, [texts[story] for story in order])
        found[name] = {frozenset(order[n] for n in pair) for pair in alike}
    lines = []
    for grade, is_wanted in GRADES:
        total = Score()
        for name, rows in by_set.items():
            total += Score.of(found[name], {frozenset(names(row)) for row in rows if is_wanted(row)})
        lines.append([grade, total.wanted, total.hits, total.found, total])
    return table(["labels", "pairs", "found", "of", "precision / recall / F1"], lines)


def names(row):
    return row["pair"].split("_AND_")


def told(texts):
    """The two stories of a label, without its marks."""
    texts = texts.replace("_x000D_", "").replace("#", "")
    stories = re.split(r"user_story_\d+:", texts)[1:]
    return [re.sub(r"^\s*g\d+\s+", "", story).strip() for story in stories]


def noise(data, tool):
    lines = []
    n_stories = n_pairs = 0
    for name, stories in sets(data):
        found = pairs(tool, stories)
        n_stories, n_pairs = n_stories + len(stories), n_pairs + len(found)
        if found:
            lines.append([name, len(stories), len(found)])
    return table(["set", "stories", "pairs"], [*lines, ["all 22", n_stories, n_pairs]])


if __name__ == "__main__":
    root = Path(__file__).resolve().parent.parent.parent
    binary = sys.argv[2] if len(sys.argv) > 2 else root / "target" / "release" / "git-backlog"
    print(report(Path(sys.argv[1]), binary))
