#!/usr/bin/env python3
"""How well the rules about the wording of criteria find what people marked in requirements.

    bench/quality/wording.py DATA [--binary target/release/git-backlog]

DATA/labels/arta-smells holds 985 requirements in which people marked the words that smell
(Zakeri-Nasrabadi 2024, MIT). Each becomes the one criterion of an item, the real `git-backlog
check` runs over all of them, and each word that it flags is held against the words that were
marked. The rules were built on the odd rows; the even ones are new to them.
"""

import argparse
import collections
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

# A rule, the kinds of word that people marked and that it is meant to find, and the precision,
# recall and F1 that the authors of the labels report for a dictionary of weak words.
CLAIMS = [
    ("AC006", ["Uncertain_verb"], (0.78, 0.98, 0.87)),
    ("AC006 with can: 1", ["Uncertain_verb"], (0.78, 0.98, 0.87)),
    ("AC012", ["Comparative"], (0.47, 0.88, 0.62)),
    ("AC012 with every: 1", ["Comparative"], (0.47, 0.88, 0.62)),
    ("AC004", ["Subjective_lang."], (0.57, 0.06, 0.11)),
    ("AC004", ["Ambiguous_adv._adj."], (0.33, 0.04, 0.07)),
    ("AC004", ["Nonverifiable_term"], (0.09, 0.03, 0.05)),
    ("AC004", ["Subjective_lang.", "Ambiguous_adv._adj.", "Nonverifiable_term"], None),
    ("AC009", ["Nonverifiable_term"], (0.09, 0.03, 0.05)),
    ("AC018", ["Vague_pron."], (0.14, 0.70, 0.23)),
]
VARIANTS = {
    "": {},
    " with can: 1": {"AC006": "{severity: warning, parameters: {can: 1}}"},
    " with every: 1": {"AC012": "{severity: warning, parameters: {every: 1}}"},
}
CODES = [f"AC{number:03}" for number in range(2, 21)]


def report(data, tool):
    """The figures as Markdown. `tool` is the path of the program, or has it as `binary`."""
    binary = Path(getattr(tool, "binary", tool)).resolve()
    rows = requirements(data / "labels" / "arta-smells" / "001_dataset1kv1.xlsx")
    items = [("story", [row["Requirement_text"]]) for row in rows]
    found = [collections.defaultdict(list) for _ in rows]
    for name, settings in VARIANTS.items():
        for finding in check(binary, items, settings):
            found[finding["item"]][finding["code"] + name].append(finding["words"])
    lines = [
        "### Words that smell (ARTA, 985 requirements)\n",
        "Each flagged word against the words that were marked: precision / recall / F1. The rules were\n"
        "built on the odd rows.\n",
        "| rule | marked as | words | dictionary | all | odd rows | even rows |",
        "| --- | --- | --: | --- | --- | --- | --- |",
    ]
    for code, columns, baseline in CLAIMS:
        marks = [set().union(*(marked(row[column]) for column in columns)) for row in rows]
        scores = [score(code, found[start::step], marks[start::step]) for start, step in ((0, 1), (0, 2), (1, 2))]
        names = ", ".join(column.strip(".").replace("_", " ").lower() for column in columns)
        known = " / ".join(f"{value:.2f}" for value in baseline) if baseline else "–"
        lines.append(f"| {code} | {names} | {sum(map(len, marks))} | {known} | {' | '.join(scores)} |")
    return "\n".join(lines) + "\n"


def score(code, found, marks):
    """Precision, recall and F1 of the words that a rule flags."""
    hits = n_found = n_marked = 0
    for flagged, wanted in zip(found, marks):
        words = flagged[code]
        rest = set(wanted)
        for word in words:
            match = next((mark for mark in rest if same(word, mark)), None)
            if match:
                rest.discard(match)
                hits += 1
        n_found += len(words)
        n_marked += len(wanted)
    precision, recall = hits / max(n_found, 1), hits / max(n_marked, 1)
    f1 = 2 * hits / max(n_found + n_marked, 1)
    return f"{precision:.2f} / {recall:.2f} / **{f1:.3f}**"


def same(flagged, mark):
    """Whether a flagged word or phrase has the marked word in it."""
    flagged = flagged.lower()
    return mark == flagged.replace(" ", "") or mark in re.findall(r"[a-z'-]+", flagged)


def marked(cell):
    """The words in a cell such as `should*can`."""
    words = (word.strip().lower() for word in re.split(r"[*,]", cell))
    return {word for word in words if word not in ("", "-")}


def requirements(path):
    """The rows of the first sheet by the names in its head."""
    with zipfile.ZipFile(path) as book:
        strings = [
            "".join(text.text or "" for text in entry.iter(SHEET + "t"))
            for entry in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        ]
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    table = []
    for row in sheet.iter(SHEET + "row"):
        cells = {}
        for cell in row.iter(SHEET + "c"):
            value = cell.find(SHEET + "v")
            if value is not None:
                column = re.match("[A-Z]+", cell.get("r")).group()
                cells[column] = strings[int(value.text)] if cell.get("t") == "s" else value.text
        table.append(cells)
    head = table[0]
    return [{head[column]: row.get(column, "-") for column in head} for row in table[1:] if row.get("A")]


def check(binary, items, settings={}):
    """The findings of the rules about criteria in a repository with an item for each pair of a type
    and a list of criteria. Each has `item` and `criterion`, both from 0, and the flagged `words`."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / ".backlog" / "items").mkdir(parents=True)
        rules = "".join(f"  {code}: {settings.get(code, 'warning')}\n" for code in CODES)
        (root / ".backlog" / "config.yml").write_text(f"rules:\n{rules}")
        for number, (kind, criteria) in enumerate(items):
            write(root, number, kind, criteria)
        env = {"PATH": os.environ["PATH"], "HOME": folder, "LC_ALL": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1"}
        subprocess.run(["git", "init", "-q", root], check=True, env=env)
        command = [str(binary), "check", "--format", "json"]
        done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True)
        if done.returncode > 1:
            sys.exit(f"check ended with {done.returncode}:\n{done.stderr}")
        findings = [finding for finding in json.loads(done.stdout)["findings"] if finding["code"] in CODES]
    for finding in findings:
        finding["item"] = int(finding["id"].removeprefix("BL-"))
        n_criteria = len(items[finding["item"]][1])
        finding["criterion"] = min(max(finding["line"] - FIRST_LINE, 0), n_criteria - 1)
        quoted = re.match(r"'(.+?)' (?!is open|is ticked|stands)", finding["message"])
        words = quoted[1] if quoted else finding["message"].removesuffix(" is not a criterion yet")
        finding["words"] = "" if finding["code"] == "AC005" else words
    return findings


def severities(binary):
    """The severity of each rule unless the settings say otherwise."""
    done = subprocess.run([str(binary), "check", "--explain", "all", "--format", "json"], capture_output=True, text=True)
    return {rule["code"]: rule["severity"] for rule in json.loads(done.stdout)["rules"]}


# The line of the first criterion in what `write` writes.
FIRST_LINE = 11


def write(root, number, kind, criteria):
    """One item, one criterion a line."""
    digits, rest = "", number
    for _ in range(4):
        digits, rest = "bcdfghjklmpqrstvwx"[rest % 18] + digits, rest // 18
    lines = [
        "---", f"id: BL-{number:05}", f"title: Item {number}", f"type: {kind}", "status: proposed",
        f"rank: m{digits}", "---", "", "## Acceptance criteria", "",
        *(f"- [ ] {' '.join(criterion.split())}" for criterion in criteria), "",
    ]
    path = root / ".backlog" / "items" / f"BL-{number:05}.md"
    path.write_text("\n".join(lines), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path, help="the folder with the labelled sets")
    parser.add_argument("--binary", type=Path, default=ROOT / "target" / "release" / "git-backlog")
    args = parser.parse_args()
    print(report(args.data, args.binary))


if __name__ == "__main__":
    main()
