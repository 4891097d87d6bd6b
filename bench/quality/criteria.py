#!/usr/bin/env python3
"""How often the rules about the wording of criteria are right in real criteria.

    bench/quality/criteria.py DATA [--binary target/release/git-backlog] [--sheet]

Nobody has labelled criteria, so the author of the rules judged findings: those in 300 criteria that were drawn
from the 6,805 in DATA/criteria, and up to 40 for each rule that were drawn from all. The sheet
docs/criteria-sheet.csv holds the place of each finding, the flagged words, the verdict and the
reason, not the criteria. The figures come from the sheet; the rules are run again to show whether
they still find what was judged. `--sheet` draws the findings and keeps the verdicts that there are.
"""

import argparse
import collections
import csv
import json
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from quality import wording  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent.parent
SHEET = ROOT / "docs" / "criteria-sheet.csv"
COLUMNS = ["draw", "source", "file", "number", "rule", "words", "verdict", "reason"]
SEED = 20261125
SAMPLE, MOST = 300, 40
# Those that are off unless a team wants them are not judged.
JUDGED = [code for code in wording.CODES if code not in ("AC019", "AC020")]
# The least precision for the severity that a rule has.
BARS = {"error": 0.9, "warning": 0.8}


def report(data, tool):
    """The figures as Markdown. `tool` is the path of the program, or has it as `binary`."""
    binary = Path(getattr(tool, "binary", tool)).resolve()
    items = read(data)
    findings = found(items, binary)
    n_found = collections.Counter(finding["rule"] for finding in findings)
    still = {key(finding) for finding in findings}
    sheet = rows()
    severities = wording.severities(binary)
    criteria = sum(len(item["criteria"]) for item in items)
    lines = [
        f"### Real criteria ({criteria:,} of {len(items):,} items)\n",
        f"Findings, and the precision by the author's verdicts: in {SAMPLE} criteria drawn from all, in up to {MOST} findings\n"
        "for each rule drawn from all, and in both together. The last column counts judged findings\n"
        "that the rules no longer make.\n",
        f"| rule | severity | findings | in {SAMPLE} criteria | drawn by rule | together | bar | gone |",
        "| --- | --- | --: | --: | --: | --: | --: | --: |",
    ]
    for code in JUDGED:
        of_rule = [row for row in sheet if row["rule"] == code]
        known = [row for row in of_rule if key(row) in still]
        parts = [precision(row for row in known if row["draw"] in draws) for draws in (("sample",), ("rule",), ("sample", "rule"))]
        bar = BARS.get(severities[code])
        lines.append(
            f"| {code} | {severities[code]} | {n_found[code]} | {' | '.join(parts)} | "
            f"{'–' if bar is None else bar} | {len(of_rule) - len(known)} |"
        )
    return "\n".join(lines) + "\n"


def precision(judged):
    """`0.95 (38 of 40)`."""
    verdicts = [row["verdict"] for row in judged]
    right = verdicts.count("right")
    return f"{right / len(verdicts):.2f} ({right} of {len(verdicts)})" if verdicts else "–"


def read(data):
    """The items of all sources; those of a folder of stories are stories."""
    sources = json.loads((data / "criteria" / "acceptance_criteria.json").read_text(encoding="utf-8"))
    return [
        {
            "source": source, "file": item["file"], "criteria": item["criteria"],
            "type": "story" if "/stories/" in item["file"] else "task",
        }
        for source, items in sources.items() for item in items
    ]


def found(items, binary):
    """All findings of the judged rules, as rows of the sheet without a verdict."""
    findings = []
    for finding in wording.check(binary, [(item["type"], item["criteria"]) for item in items]):
        if finding["code"] in JUDGED:
            item = items[finding["item"]]
            findings.append({
                "source": item["source"], "file": item["file"], "number": str(finding["criterion"] + 1),
                "rule": finding["code"], "words": words(finding), "text": item["criteria"][finding["criterion"]],
            })
    return findings


def words(finding):
    """The words that a finding hangs on: not those of a whole criterion."""
    whole = finding["code"] in ("AC002", "AC003", "AC005", "AC011", "AC014", "AC015")
    return "" if whole else finding["words"]


def key(row):
    return tuple(row[column] for column in ("file", "number", "rule", "words"))


def rows():
    with SHEET.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def draw(items, findings):
    """The findings to judge, with how they were drawn."""
    rng = random.Random(SEED)
    places = [(item["file"], str(at + 1)) for item in items for at in range(len(item["criteria"]))]
    sample = set(rng.sample(places, SAMPLE))
    drawn = [{**finding, "draw": "sample"} for finding in findings if (finding["file"], finding["number"]) in sample]
    for code in JUDGED:
        # A finding has its own place in the draw, whatever other findings there are.
        of_rule = [finding for finding in findings if finding["rule"] == code]
        of_rule.sort(key=lambda finding: random.Random(repr((SEED, key(finding)))).random())
        of_sample = {key(finding) for finding in drawn}
        rest = [finding for finding in of_rule if key(finding) not in of_sample]
        drawn += [{**finding, "draw": "rule"} for finding in rest[:MOST]]
    return drawn


def write_sheet(items, findings):
    """Draws again, and keeps the verdicts that there are. What is still to be judged is printed."""
    known = {key(row): row for row in rows()} if SHEET.exists() else {}
    with SHEET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        for finding in draw(items, findings):
            judged = known.get(key(finding), {})
            finding |= {"verdict": judged.get("verdict", ""), "reason": judged.get("reason", "")}
            writer.writerow(finding)
            if not finding["verdict"]:
                print(f"{finding['rule']} {finding['file']} {finding['number']} [{finding['words']}] {finding['text']}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path, help="the folder with the criteria")
    parser.add_argument("--binary", type=Path, default=ROOT / "target" / "release" / "git-backlog")
    parser.add_argument("--sheet", action="store_true", help="draw the findings to judge into the sheet")
    args = parser.parse_args()
    if args.sheet:
        items = read(args.data)
        write_sheet(items, found(items, args.binary.resolve()))
    else:
        print(report(args.data, args.binary))


if __name__ == "__main__":
    main()
