#!/usr/bin/env python3
"""Compares what `git backlog log` says of places in the order with what `git log -p` shows.

    ranks.py PROGRAM REPOSITORY

Every commit that changed the rank line of an item, that added or that removed an item has to be
told, and no other. An item is its id: a file that only has another name is the same item, and was
neither added nor removed. A merge counts with what is as in none of its parents.
"""

import json
import subprocess
import sys

FOLDER = ".backlog/items/"


def main():
    program, repository = sys.argv[1:3]
    expected = of_git(repository)
    told = of_log(program, repository)
    wrong = sorted(expected.keys() ^ told)
    for commit in wrong:
        where = "git log -p alone" if commit in expected else "git backlog log alone"
        print(f"{commit} is in {where}: {expected.get(commit, '')}")
    print(f"{len(expected)} commits compared, {len(wrong)} of them differ")
    return 1 if wrong else 0


def run(*command):
    return subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8", "replace")


def of_log(program, repository):
    """The commits that are told."""
    kinds = "rank,moved,added,removed"
    lines = run(program, "-C", repository, "log", "--kind", kinds, "--format", "jsonl").splitlines()
    commits = map(json.loads, lines)
    is_item = lambda it: any(document["kind"] == "item" for document in it["documents"])
    return {it["commit"] for it in commits if is_item(it)}


def of_git(repository):
    """The commits that changed the place of an item, with what they did."""
    # Whole files, so that the front matter is known from the body.
    arguments = ["log", "-p", "--full-history", "--no-renames", "--root", "--no-color", "--no-ext-diff", "--no-textconv"]
    text = run("git", "-C", repository, *arguments, "--unified=1000000", "--format=commit %H", "--", FOLDER)
    found = {}
    for part in text.split("\ncommit ") if text else []:
        commit, _, patch = part.removeprefix("commit ").partition("\n")
        done = changes(patch)
        if done:
            found[commit] = done
    # A merge is shown against each of its parents.
    merges = run("git", "-C", repository, "rev-list", "--merges", "HEAD").split()
    for merge in merges:
        done = merged(repository, merge)
        if done:
            found[merge] = done
    return found


def merged(repository, merge):
    """What a merge did to places that none of its parents has like that."""
    parents = run("git", "-C", repository, "rev-parse", f"{merge}^@").split()
    own = None
    for parent in parents:
        patch = run("git", "-C", repository, "diff", "--no-renames", "--no-color", "--no-ext-diff",
                    "--unified=1000000", parent, merge, "--", FOLDER)
        done = changes(patch)
        files = {id for id in done}
        own = files if own is None else own & files
    return own or set()


def changes(patch):
    """The items of a patch whose place changed, by id: rank, added or removed."""
    before, after = {}, {}
    for file in ("\n" + patch).split("\ndiff --git ")[1:]:
        old, new = sides(file)
        for side, known in ((old, before), (new, after)):
            if side is not None and side["id"] is not None:
                known[side["id"]] = side
        # A file that kept its name is the same item, also under another id.
        if old and new and old["id"] and new["id"] and old["id"] != new["id"]:
            before[new["id"]] = before.pop(old["id"])
    done = {}
    for id in before.keys() | after.keys():
        old, new = before.get(id), after.get(id)
        if old is None or new is None:
            done[id] = "added" if old is None else "removed"
        elif old["rank"] != new["rank"]:
            done[id] = f"rank {old['rank']} to {new['rank']}"
    return done


def sides(file):
    """The front matter of both sides of one file of a patch; None where there is no file."""
    lines = file.split("\n")
    start = next((at for at, line in enumerate(lines) if line.startswith("@@")), None)
    if start is None:
        return None, None
    header = lines[:start]
    body = [line for line in lines[start:] if not line.startswith(("@@", "\\"))]
    old = [line[1:] for line in body if line[:1] in (" ", "-")]
    new = [line[1:] for line in body if line[:1] in (" ", "+")]
    was_there = not any(line.startswith("new file mode") for line in header)
    is_there = not any(line.startswith("deleted file mode") for line in header)
    return (front(old) if was_there else None), (front(new) if is_there else None)


def front(lines):
    """The id and the rank in the lines of a document."""
    found = {"id": None, "rank": None}
    for line in lines[1:]:
        if line.rstrip() == "---":
            break
        key, colon, value = line.partition(":")
        if colon and key in found:
            found[key] = value.split(" #")[0].strip().strip("\"'") or None
    return found


if __name__ == "__main__":
    sys.exit(main())
