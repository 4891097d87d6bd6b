#!/usr/bin/env python3
"""How the work flowed, from a repository's history, without git-backlog.

    flow.py REPOSITORY TODAY [--first-parent]

Asks `git` for commits and files, reads front matter by itself, and prints figures as JSON. The
definitions are those of docs/stats.md, written down a second time: a test compares both on a history
made for it, and anybody can compare them on a real one.
"""

import json
import math
import re
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta

DEFAULT = {
    "proposed": "todo", "ready": "todo", "in-progress": "doing", "review": "doing",
    "done": "done", "rejected": "dropped",
}
# Words that other tools use, and that stand in the past of a backlog.
FORMER = {
    "todo": "todo", "open": "todo", "draft": "todo", "backlog": "todo", "doing": "doing",
    "inprogress": "doing", "started": "doing", "inreview": "doing", "done": "done",
    "closed": "done", "completed": "done", "wontdo": "dropped",
}
# So many new items in one commit are an import.
IMPORT = 12
NOTHING = "0" * 40


class Repository:
    def __init__(self, path):
        self.path = path
        self.blobs = {}
        self.cat = subprocess.Popen(
            ["git", "-C", path, "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def git(self, *args, feed=None):
        return subprocess.run(
            ["git", "-C", self.path, *args], input=feed, check=True, capture_output=True
        ).stdout

    def blob(self, name):
        if name not in self.blobs:
            self.cat.stdin.write(name.encode() + b"\n")
            self.cat.stdin.flush()
            size = int(self.cat.stdout.readline().split()[2])
            self.blobs[name] = self.cat.stdout.read(size + 1)[:-1]
        return self.blobs[name]

    def commits(self, first_parent):
        """Id, parents and author's day of each commit, oldest first: what a merge brought in comes
        before it, and after its first parent."""
        options = ["--first-parent"] if first_parent else []
        text = self.git("log", *options, "--format=%H|%P|%ad", "--date=short", "HEAD").decode()
        found = {}
        for line in text.splitlines():
            name, parents, day = line.split("|")
            parents = parents.split()
            found[name] = (parents[:1] if first_parent else parents, date.fromisoformat(day))
        order, seen = [], set()
        stack = [(self.git("rev-parse", "HEAD").decode().strip(), False)]
        while stack:
            name, is_ready = stack.pop()
            if is_ready:
                order.append((name, *found[name]))
            elif name not in seen and name in found:
                seen.add(name)
                stack.append((name, True))
                stack.extend((parent, False) for parent in reversed(found[name][0]))
        return order

    def changes(self, commits):
        """For each commit and each of its parents: path, blob before, blob after."""
        changes = {}
        pairs = [(name, parent) for name, parents, _ in commits for parent in parents]
        feed = "".join(f"{name} {parent}\n" for name, parent in pairs).encode()
        # With two ids a line, the second is taken for the parent.
        feed += "".join(f"{name}\n" for name, parents, _ in commits if not parents).encode()
        out = self.git("diff-tree", "--stdin", "--root", "-r", "-m", "--no-renames", "--no-abbrev",
                       "--always", "--", ".backlog/items", feed=feed).decode()
        queue = iter(pairs + [(name, None) for name, parents, _ in commits if not parents])
        at = None
        for line in out.splitlines():
            if not line.startswith(":"):
                wanted = line.split()[0]
                at = next(it for it in queue if it[0] == wanted)
                changes[at] = []
                continue
            meta, path = line.split("\t", 1)
            before, after = meta.split()[2:4]
            changes[at].append((path, before, after))
        return changes


def fields(text):
    """The plain fields of front matter."""
    lines = text.decode("utf-8", "replace").splitlines()
    found = {}
    if not lines or lines[0].rstrip() != "---":
        return found
    for line in lines[1:]:
        if line.rstrip() == "---":
            break
        match = re.match(r"([A-Za-z_]+):[ \t]+(.*?)[ \t]*$", line)
        if match:
            value = match[2].strip()
            if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
                value = value[1:-1]
            found[match[1]] = value
    return found


def statuses(repository):
    """What each status means, by the settings of today."""
    try:
        lines = repository.git("show", "HEAD:.backlog/config.yml").decode().splitlines()
    except subprocess.CalledProcessError:
        return DEFAULT
    own, inside = {}, False
    for line in lines:
        if re.match(r"statuses:\s*$", line):
            inside = True
        elif inside and (match := re.match(r"\s+(.+?):\s*\{\s*category:\s*(\w+)", line)):
            own[match[1].strip("'\"")] = match[2]
        elif inside and line.strip() and not line.startswith((" ", "#")):
            inside = False
    return own or DEFAULT


def day_of(text):
    try:
        return date.fromisoformat(text) if text and len(text) == 10 else None
    except ValueError:
        return None


class Item:
    def __init__(self):
        self.events = []  # (day, what it became), oldest first
        self.added = None
        self.is_import = False
        self.fields = None


def read(repository, first_parent, today):
    meanings = statuses(repository)
    plain = lambda word: "".join(c for c in word if c.isalnum()).lower()
    by_plain = {plain(word): state for word, state in reversed(meanings.items())}

    def meaning(word):
        return meanings.get(word) or by_plain.get(plain(word)) or FORMER.get(plain(word))

    def known(blob):
        it = fields(repository.blob(blob)) if blob != NOTHING else {}
        return it if it.get("id") else None

    commits = repository.commits(first_parent)
    changes = repository.changes(commits)
    items, names = {}, {}

    def item(name):
        while name in names:
            name = names[name]
        return items.setdefault(name, Item())

    for name, parents, day in commits:
        sides = [changes.get((name, parent), []) for parent in parents or [None]]
        touched = {path: (before, after) for path, before, after in sides[0]}
        others = [{path: before for path, before, _ in side} for side in sides[1:]]
        own = {path: it for path, it in touched.items() if all(path in other for other in others)}
        before, after = {}, {}
        for path, (old, new) in own.items():
            old, new = known(old), known(new)
            if old and new and old["id"].lower() != new["id"].lower():
                names[old["id"].lower()] = new["id"].lower()
                items[new["id"].lower()] = items.pop(old["id"].lower(), Item())
                old = old | {"id": new["id"]}
            for side, it in ((before, old), (after, new)):
                if it:
                    side[it["id"].lower()] = (it, path)
        new_ones = [it for it in after if it not in before]
        for it in after:
            new = after[it][0]
            if it not in before:
                known_item = item(it)
                known_item.added = day
                known_item.is_import = len(new_ones) >= IMPORT
                known_item.events.append((day, meaning(new.get("status", "")), "added"))
                continue
            old = before[it][0]
            elsewhere = [known(other[after[it][1]]) for other in others if after[it][1] in other]
            word = new.get("status", "")
            if word != old.get("status", "") and all(
                side is None or side.get("status", "") != word for side in elsewhere
            ):
                item(it).events.append((day, meaning(word), "set"))
    listing = repository.git("ls-tree", "-r", "HEAD", "--", ".backlog/items").decode()
    for line in listing.splitlines():
        now = known(line.split("\t")[0].split()[2])
        if now:
            item(now["id"].lower()).fields = now
    return items, meaning


def lives(items, meaning, today):
    """The days of each item: state now, created, started, done."""
    found = {}
    for name, it in items.items():
        events, latest = [], date.min
        for day, state, how in it.events:
            if day <= today:
                latest = max(latest, day)
                events.append((latest, state))
        own = it.fields or {}
        if it.fields is not None:
            now = meaning(own.get("status", "")) or "todo"
        else:
            # What is gone was done, if it became so before; what nobody ever changed, nobody knows.
            is_known = any(how == "set" for _, _, how in it.events)
            now = "done" if is_known and events and events[-1][1] == "done" else "dropped"
        written = {key: day_of(own.get(key)) for key in ("created", "started", "done")}
        written = {key: day for key, day in written.items() if day and day <= today}
        added = it.added if it.added and it.added <= today and not it.is_import else None
        created = min((d for d in (written.get("created"), added) if d), default=None)
        since = lambda d: d if d and ("created" not in written or created <= d) else None
        began = next((day for day, state in events if state == "doing"), None)
        started = min((d for d in (since(written.get("started")), began) if d), default=None)
        reopened = sum(
            1 for one, two in zip(events, events[1:])
            if one[1] == "done" and two[1] in ("todo", "doing")
        )
        came_done = it.added is not None and bool(events) and events[0][1] == "done"
        done = None
        if now == "done":
            last_run = None
            for day, state in reversed(events):
                if state != "done":
                    break
                last_run = day
            if came_done and it.is_import and len(events) == 1:
                last_run = None
            last_open = next((d for d, state in reversed(events) if state in ("todo", "doing")), None)
            field = since(written.get("done"))
            if reopened and field and last_open and field < last_open:
                field = None
            done = min((d for d in (field, last_run) if d), default=None)
        if started and done and done < started:
            started = None
        work = min((d for d in (started, done) if d), default=None)
        if created and work and work < created:
            created = None
        found[name] = {
            "now": now, "created": created, "started": started, "done": done,
            "reopened": reopened, "came_done": came_done,
            "parent": own.get("parent", "").lower(),
        }
    return found


def percentile(days, share):
    days = sorted(days)
    if len(days) * (100 - share) < 100:
        return None
    return days[math.ceil(len(days) * share / 100) - 1]


def main():
    path, today = sys.argv[1], date.fromisoformat(sys.argv[2])
    first_parent = "--first-parent" in sys.argv
    repository = Repository(path)
    items, meaning = read(repository, first_parent, today)
    found = lives(items, meaning, today)
    wholes = {it["parent"] for it in found.values()} & set(found)
    done = [it for name, it in found.items() if it["now"] == "done" and name not in wholes]
    dated = [it for it in done if it["done"]]
    lead = [(it["done"] - it["created"]).days for it in dated if it["created"]]
    cycle = [(it["done"] - it["started"]).days for it in dated if it["started"]]
    weeks = Counter((today - it["done"]).days // 7 for it in dated)
    group = lambda days: {"n": len(days)} | {f"p{it}": percentile(days, it) for it in (50, 85, 95)}
    print(json.dumps({
        "done": len(done),
        "with_parts": sum(1 for name in wholes if found[name]["now"] == "done"),
        "dated": len(dated),
        "with_lead_time": len(lead),
        "with_cycle_time": len(cycle),
        "came_done": sum(it["came_done"] for it in done),
        "reopened": sum(it["reopened"] for name, it in found.items() if name not in wholes),
        "lead_days": group(lead),
        "cycle_days": group(cycle),
        "weeks": {
            (today - timedelta(days=7 * week + 6)).isoformat(): n for week, n in sorted(weeks.items())
        },
    }, indent=1))


if __name__ == "__main__":
    main()
