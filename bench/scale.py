#!/usr/bin/env python3
"""Measure git-backlog at scale against floors in the same run.

    cargo build --release && bench/scale.py [--items 10000] [--rounds 9] [--large]

Every figure is a ratio to something that had to do comparable work on the same files in the same
run: `rg -c` reads all items once, `git commit --only` commits one of them, an empty program starts
and ends. Rounds are interleaved and the median counts, so that a busy machine disturbs all alike.
Exit code 1 if a figure misses its bar.
"""

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ALPHABET = "bcdfghjklmpqrstvwxz"
IDS = "23456789bcdfghjkmpqrstvwxz"
WORDS = (
    "order basket payment guest account delivery invoice refund search filter address voucher "
    "stock supplier warehouse label return export import report customer session receipt"
).split()


def item(rng, number):
    """One believable item of about 2 KB, with a rank that grows with its number."""
    name = "".join(rng.choice(IDS) for _ in range(4)) + rng.choice("bcdfghjkmpqrstvwxz")
    digits, rest = "", number
    for _ in range(4):
        digits = ALPHABET[rest % 19] + digits
        rest //= 19
    title = " ".join(rng.choice(WORDS) for _ in range(5)).capitalize()
    status = rng.choice(["proposed", "proposed", "ready", "ready", "in-progress", "review"])
    lines = [
        "---", f"id: BL-{name}", f"title: {title}", "type: story", f"status: {status}",
        "created: 2026-10-01", f"rank: p{digits}", f"assignee: {rng.choice(['mira', 'jo', 'ada'])}",
        f"value: {rng.choice([1, 2, 3, 5, 8, 13])}", f"effort: {rng.choice([1, 2, 3, 5, 8])}",
        f"labels: [{rng.choice(WORDS)}, {rng.choice(WORDS)}]", "---", "",
    ]
    lines.append("As a shopper, I want to " + " ".join(rng.choice(WORDS) for _ in range(12)) + ".")
    lines += ["", "## Acceptance criteria", ""]
    for _ in range(6):
        lines.append(f"- [{rng.choice('x ')}] " + " ".join(rng.choice(WORDS) for _ in range(14)) + ".")
    lines += ["", "## Notes", ""]
    for _ in range(8):
        lines.append(" ".join(rng.choice(WORDS) for _ in range(13)) + ".")
    slug = title.lower().replace(" ", "-")[:40].rstrip("-")
    return f"BL-{name}", f"BL-{name}-{slug}.md", "\n".join(lines) + "\n"


def make(folder, count):
    """A repository with `count` committed items; returns the ids."""
    rng = random.Random(count)
    items = folder / ".backlog" / "items"
    items.mkdir(parents=True)
    (folder / ".backlog" / "config.yml").write_text("")
    ids, seen = [], set()
    while len(ids) < count:
        name, file, text = item(rng, len(ids) + 1)
        if name not in seen:
            seen.add(name)
            ids.append(name)
            (items / file).write_text(text)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "config", "gc.auto", "0")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "start")
    git(folder, "gc", "-q")
    return ids


ENV = {
    "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org",
}


def git(folder, *args):
    subprocess.run(["git", *args], cwd=folder, env=ENV, check=True, stdout=subprocess.DEVNULL)


def run(command, folder):
    """Wall seconds, CPU seconds and peak memory in MB of one run."""
    start = time.perf_counter()
    pid = os.posix_spawnp(
        command[0], command, ENV | {"HOME": str(folder), "PWD": str(folder)},
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)],
    )
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    # `check` ends with 1 when it finds something.
    if os.waitstatus_to_exitcode(status) not in ((0, 1) if "check" in command else (0,)):
        sys.exit(f"failed: {' '.join(command)}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def medians(commands, folder, rounds):
    """The medians of interleaved rounds; a command may be a function of the round."""
    results = {name: [] for name in commands}
    os.chdir(folder)
    for number in range(rounds + 1):
        for name, command in commands.items():
            args = command(number) if callable(command) else command
            figures = run(args, folder)
            if number > 0:  # The first round warms the caches.
                results[name].append(figures)
    return {name: [statistics.median(column) for column in zip(*rows)] for name, rows in results.items()}


class Report:
    def __init__(self):
        self.missed = 0

    def row(self, what, value, bar, unit="×"):
        met = bar is None or value <= bar
        self.missed += not met
        bar_text = "" if bar is None else f"  (bar {bar:g} {unit}{'' if met else ', missed'})"
        print(f"{what:<58} {value:8.2f} {unit}{bar_text}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--large", action="store_true", help="ten times as many items too")
    args = parser.parse_args()
    binary = str(ROOT / "target" / "release" / "git-backlog")
    if not Path(binary).exists():
        sys.exit("build it first: cargo build --release")
    for tool in ("rg", "git", "rustc"):
        if not shutil.which(tool):
            sys.exit(f"{tool} is needed for the comparison")
    report = Report()
    with tempfile.TemporaryDirectory(prefix="git-backlog-bench-") as temporary:
        base = Path(temporary)
        start_up(report, binary, base, args.rounds)
        small = scale(report, binary, base / "small", args.items, args.rounds)
        if args.large:
            large = scale(report, binary, base / "large", args.items * 10, max(3, args.rounds // 3))
            for name, few, many in zip(("list", "check"), small, large):
                report.row(f"{name}: {args.items * 10:,} items, to {args.items:,}", many / few, 11)
    sys.exit(report.missed > 0)


def start_up(report, binary, base, rounds):
    (base / "empty.rs").write_text("fn main() {}\n")
    empty = str(base / "empty")
    subprocess.run(["rustc", "-O", "-o", empty, str(base / "empty.rs")], check=True)
    figures = medians({"empty": [empty], "version": [binary, "--version"]}, base, rounds * 5)
    report.row("--version: wall, to an empty Rust program", figures["version"][0] / figures["empty"][0], 2)


def scale(report, binary, folder, count, rounds):
    folder.mkdir()
    ids = make(folder, count)
    figures = medians({
        "rg": ["rg", "-c", "^- \\[", ".backlog"],
        "list": [binary, "list"],
        "json": [binary, "list", "--format", "json"],
        "where": [binary, "list", "--where", "status=ready and value>=8"],
        "show": [binary, "show", ids[count // 2]],
        "board": [binary, "board"],
        "check": [binary, "check"],
    }, folder, rounds)
    floor = figures["rg"]
    print(f"\n{count:,} items; rg -c: {floor[0] * 1000:.1f} ms wall, {floor[1] * 1000:.1f} ms CPU")
    bars = {"list": 1.5}
    for name in ("list", "json", "where", "show", "board", "check"):
        report.row(f"{name}: wall, to rg -c", figures[name][0] / floor[0], bars.get(name))
    limit = 150 if count <= 10_000 else None
    report.row("list: peak memory", figures["list"][2], limit, "MB")
    # All recommended rules, near-duplicates among them, to reading and laying out the same items.
    report.row("check: wall, to list", figures["check"][0] / figures["list"][0], 4)
    report.row("check: peak memory", figures["check"][2], None, "MB")
    writes(report, binary, folder, ids, rounds)
    return figures["list"][0], figures["check"][0]


def writes(report, binary, folder, ids, rounds):
    rng = random.Random(7)
    chosen = rng.sample(ids, 2 * (rounds + 1))

    def by_git(number):
        path = next((folder / ".backlog" / "items").glob(chosen[2 * number + 1] + "-*"))
        path.write_text(path.read_text().replace("\nstatus: ", "\nstatus:  ", 1))
        return ["git", "commit", "-q", "--only", "-m", "change", "--", str(path)]

    figures = medians({
        "git": by_git,
        "set": lambda number: [binary, "-q", "set", chosen[2 * number], f"value={20 + number}", "-m", "why"],
        "rank": lambda number: [binary, "-q", "rank", chosen[2 * number], "--to", str(3 + number)],
    }, folder, rounds)
    report.row("set -m: CPU, to git commit --only", figures["set"][1] / figures["git"][1], 1)
    report.row("set -m: wall, to git commit --only", figures["set"][0] / figures["git"][0], None)
    report.row("rank: CPU, to git commit --only", figures["rank"][1] / figures["git"][1], None)
    changed = subprocess.run(
        ["git", "diff", "--numstat"], cwd=folder, env=ENV, check=True, capture_output=True, text=True)
    lines = {line.split("\t")[0] + line.split("\t")[1] for line in changed.stdout.splitlines()}
    if lines - {"11"}:
        sys.exit(f"a move changed more than one line: {changed.stdout}")
    print("rank: one changed line in each moved item")


if __name__ == "__main__":
    main()
