"""The clauses of stories: how many can be read, and whether role, verb, objects and reason are right."""

import json

from quality import Score, is_odd, percent, read, sets, table


def report(data, tool):
    return "\n".join([
        "### Clauses (22 sets)\n",
        "Stories in which a role and a wish are read, of all.\n",
        parsed(data, tool),
        "Against annotations by hand (CC0, nlp-stories). Role, verb and reason are right if they are the\n"
        "annotated ones; case and a full stop do not matter, and a verb may lack the adverb that is\n"
        "annotated with it. Objects: precision / recall / F1, and again where one has to contain the\n"
        "other.\n",
        annotated(data, tool),
    ])


def halves(named):
    """What belongs to the odd sets and what to the even ones."""
    named = list(named)
    yield "odd", [it for name, it in named if is_odd(name)]
    yield "even", [it for name, it in named if not is_odd(name)]


def parsed(data, tool):
    lines = []
    for half, parts in halves(sets(data)):
        clauses = [clause for stories in parts for clause in tool.clauses(stories)]
        read = sum(1 for it in clauses if it["role"] and it["means"])
        reasons = sum(1 for it in clauses if it["ends"])
        lines.append([
            half, len(clauses), percent(read, len(clauses)), percent(reasons, len(clauses)),
        ])
    return table(["sets", "stories", "role and wish", "reason"], lines)


def annotated(data, tool):
    paths = sorted((data / "stories" / "ground-truth").glob("g*.json"))
    files = [(path.stem, json.loads(read(path))) for path in paths]
    lines = []
    for half, parts in halves(files):
        right = {"role": 0, "verb": 0, "ends": 0}
        exact, near, count = Score(), Score(), 0
        for stories in parts:
            for wanted, found in zip(stories, tool.clauses([it["Text"] for it in stories])):
                count += 1
                right["role"] += plain(found["role"]) in words(wanted["Persona"])
                right["verb"] += is_verb(found["verb"], words(wanted["Action"].get("Primary Action", [])))
                right["ends"] += plain(found["ends"]) == plain(wanted["Benefit"])
                entities = words(wanted["Entity"].get("Primary Entity", []))
                objects = words(found["objects"])
                exact += score(objects, entities, lambda a, b: a == b)
                near += score(objects, entities, lambda a, b: a in b or b in a)
        shares = [percent(it, count) for it in right.values()]
        lines.append([half, count, *shares, exact, near])
    return table(["sets", "stories", "role", "verb", "reason", "objects", "objects, near"], lines)


def plain(text):
    return " ".join((text or "").lower().split()).rstrip(" .!")


def words(texts):
    return [plain(text) for text in texts if plain(text)]


def is_verb(verb, wanted):
    """Whether the first word of the verb is a word of an annotated one."""
    first = plain(verb).split(" ")[0]
    return bool(first) and any(first in it.split() for it in wanted)


def score(found, wanted, is_same):
    hits = sum(any(is_same(it, other) for other in wanted) for it in found)
    met = sum(any(is_same(it, other) for other in found) for it in wanted)
    return Score(min(hits, met), len(found), len(wanted))
