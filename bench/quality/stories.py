"""The quality of stories: 216 of them with the verdict of three people, and 22 sets with AQUSA's."""

import csv
import io

from quality import Score, is_odd, percent, read, sets, table

# The rules that count for a criterion of the Quality User Story framework.
RULES = {
    "atomic": {"ST005", "ST006"},
    "minimal": {"ST007"},
    "uniform": {"ST015"},
    "unique": {"ST014"},
}
TOOLS = {
    "AQUSA": "AQUSA Evaluation",
    "GPT-5": "OpenAIs GPT-5 Evaluation",
    "Claude 4.5 Sonnet": "Claude 4.5 Sonnet Evaluation",
    "Gemini 2.5 Flash": "Gemini 2.5 Flash Evaluation",
    "DeepSeek V3.1": "DeepSeek-V3.1 Evaluation",
}
GOLD = "Our Evaluation"


def report(data, tool):
    labelled = {path.stem[:3]: rows(path) for path in sorted((data / "labels" / "spr8").glob("g*_raw.csv"))}
    ours = {name: tool.check([row["User Story"] for row in it], ["ST015"]) for name, it in labelled.items()}
    return "\n".join([
        "### Stories against the verdict of three people (SPR-8)\n",
        "Precision / recall / F1. The figures of the other tools are the verdicts in the same set.\n",
        against_others(labelled, ours),
        "By set; the grammar was built on the odd ones, and the even ones are the hold-out.\n",
        by_set(labelled, ours),
        "### Stories against AQUSA (22 sets)\n",
        "Stories with a finding; AQUSA's verdicts are from a run of its public version.\n",
        against_aqusa(data, tool),
    ])


def rows(path):
    return list(csv.DictReader(io.StringIO(read(path)), delimiter=";"))


def verdict(row, column, criterion):
    return criterion in [word.strip().lower() for word in (row.get(column) or "").split(",")]


def of_rows(labelled, criterion, is_found, column=GOLD):
    """The score over sets; `is_found` says whether a tool found the criterion broken in a row."""
    score = Score()
    for name, it in labelled.items():
        wanted = {n for n, row in enumerate(it) if verdict(row, column, criterion)}
        score += Score.of({n for n, row in enumerate(it) if is_found(name, n, row)}, wanted)
    return score


def of_rules(labelled, ours, criterion, rules):
    return of_rows(labelled, criterion, lambda name, n, _: bool(ours[name][n] & rules))


def against_others(labelled, ours):
    lines = []
    scores = {criterion: of_rules(labelled, ours, criterion, rules) for criterion, rules in RULES.items()}
    lines.append(["git-backlog", *scores.values(), sum(scores.values(), Score())])
    strict = of_rules(labelled, ours, "atomic", {"ST005"})
    lines.append(["git-backlog, ST005 alone", strict, "", "", "", ""])
    for tool, column in TOOLS.items():
        # One tool was not run on all sets.
        judged = {name: it for name, it in labelled.items() if column in it[0]}
        scores = [
            of_rows(judged, criterion, lambda _, __, row, it=criterion: verdict(row, column, it))
            for criterion in RULES
        ]
        note = "" if len(judged) == len(labelled) else f" ({', '.join(judged)})"
        lines.append([tool + note, *scores, sum(scores, Score())])
    head = ["", *(f"{criterion} ({', '.join(sorted(rules))})" for criterion, rules in RULES.items())]
    return table([*head, "all, micro-averaged"], lines)


def by_set(labelled, ours):
    lines = []
    groups = {name: [name] for name in labelled}
    groups["odd"] = [name for name in labelled if is_odd(name)]
    groups["even"] = [name for name in labelled if not is_odd(name)]
    for group, names in groups.items():
        part = {name: labelled[name] for name in names}
        scores = {criterion: of_rules(part, ours, criterion, rules) for criterion, rules in RULES.items()}
        strict = of_rules(part, ours, "atomic", {"ST005"})
        lines.append([
            group, sum(len(it) for it in part.values()), strict, scores["atomic"], scores["minimal"],
            sum(scores.values(), Score()),
        ])
    return table(["set", "stories", "ST005 alone", "atomic", "minimal", "all, micro-averaged"], lines)


def against_aqusa(data, tool):
    lines = []
    counts = {}
    for name, _ in sets(data):
        path = data / "labels" / "aqusa-baseline" / f"{name}.csv"
        judged = list(csv.DictReader(io.StringIO(read(path))))
        found = tool.check([row["story"] for row in judged])
        for criterion in ("atomic", "minimal"):
            count = counts.setdefault((criterion, is_odd(name)), [0, 0, 0, 0])
            for row, codes in zip(judged, found):
                ours = bool(codes & RULES[criterion])
                theirs = criterion in (row["aqusa_kinds"] or "")
                count[0] += 1
                count[1] += ours and theirs
                count[2] += ours and not theirs
                count[3] += theirs and not ours
    for (criterion, odd), (stories, *parts) in sorted(counts.items()):
        half = "odd" if odd else "even"
        lines.append([criterion, half, stories, *(percent(part, stories) for part in parts)])
    return table(["criterion", "sets", "stories", "both", "git-backlog alone", "AQUSA alone"], lines)
