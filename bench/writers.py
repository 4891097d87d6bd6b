#!/usr/bin/env python3
"""Measure many writers at once against the same commits made one after the other by Git.

    cargo build --release && bench/writers.py [--writers 8] [--commits 50] [--rounds 3]

Each of the writers sets a field of an item of its own and commits it, again and again, while all
the others do the same. Git changes and commits as many files in one go each, with nobody in the
way. The figure is wall time divided by wall time, the median of interleaved rounds. Exit code 1 if
it misses its bar, or if a commit is lost.
"""

import argparse
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from scale import ENV, ROOT, Report, git, item  # noqa: E402


def repository(folder, writers):
    """A repository with one item for each writer, and their ids and paths."""
    rng = random.Random(writers)
    (folder / ".backlog" / "items").mkdir(parents=True)
    (folder / ".backlog" / "config.yml").write_text("")
    items = []
    for number in range(writers):
        name, file, text = item(rng, number + 1)
        path = folder / ".backlog" / "items" / file
        path.write_text(text)
        items.append((name, path))
    git(folder, "init", "--quiet")
    git(folder, "config", "user.name", "Mira")
    git(folder, "config", "user.email", "mira@example.org")
    git(folder, "config", "gc.auto", "0")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "start")
    return items


def count(folder):
    out = subprocess.run(["git", "rev-list", "--count", "HEAD"], cwd=folder, env=ENV, check=True,
                         capture_output=True, text=True)
    return int(out.stdout) - 1


def at_once(binary, folder, items, commits):
    """All writers at once; the wall time in seconds."""
    def writer(name):
        for number in range(commits):
            subprocess.run([binary, "set", name, f"value={100 + number}", "-m", "Asked for"],
                           cwd=folder, env=ENV, check=True, capture_output=True)
    start = time.monotonic()
    with ThreadPoolExecutor(len(items)) as pool:
        list(pool.map(writer, [name for name, _ in items]))
    return time.monotonic() - start


def one_by_one(folder, items, commits):
    """The same number of commits by Git, one after the other; the wall time in seconds."""
    start = time.monotonic()
    for number in range(commits):
        for _, path in items:
            with path.open("a") as file:
                file.write(f"{number}\n")
            subprocess.run(["git", "commit", "--quiet", "--message", "change", "--only", "--", path],
                           cwd=folder, env=ENV, check=True)
    return time.monotonic() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--commits", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    binary = str(ROOT / "target" / "release" / "git-backlog")
    base = Path(tempfile.mkdtemp(prefix="writers-"))
    wanted = args.writers * args.commits
    ratios = []
    try:
        for number in range(args.rounds):
            ours, theirs = base / f"ours{number}", base / f"git{number}"
            ours_items, git_items = repository(ours, args.writers), repository(theirs, args.writers)
            mine = at_once(binary, ours, ours_items, args.commits)
            other = one_by_one(theirs, git_items, args.commits)
            if (count(ours), count(theirs)) != (wanted, wanted):
                sys.exit(f"{wanted} commits were made, {count(ours)} are there")
            git(ours, "fsck", "--strict")
            print(f"{wanted} commits: {mine:.2f} s by {args.writers} writers at once, "
                  f"{other:.2f} s by git commit one after the other")
            ratios.append(mine / other)
    finally:
        shutil.rmtree(base)
    report = Report()
    report.row("many writers at once to git commit in turn, wall", statistics.median(ratios), 3)
    sys.exit(1 if report.missed else 0)


if __name__ == "__main__":
    main()
