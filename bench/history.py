#!/usr/bin/env python3
"""Measure the commands that read history against Git in the same run.

    cargo build --release && bench/history.py [--commits 10000] [--rounds 5]

Makes a repository in which each commit adds one item and changes two: one gets another place, the
other another status, estimate or tick. Every figure is the CPU time of git-backlog divided by that
of Git doing comparable work on the same repository, in interleaved rounds; medians count. Exit code
1 if a figure misses its bar.
"""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from scale import ALPHABET, ENV, ROOT, Report, git, item, medians  # noqa: E402


def key(rng):
    return "p" + "".join(rng.choice(ALPHABET) for _ in range(6))


def changed(rng, text):
    """The text with one field or tick changed, as people change them."""
    lines = text.split("\n")
    field = rng.choice(["status", "effort", "value", "assignee", "tick"])
    if field == "tick":
        at = [n for n, line in enumerate(lines) if line.startswith("- [ ]")]
        if at:
            n = rng.choice(at)
            lines[n] = lines[n].replace("- [ ]", "- [x]", 1)
        return "\n".join(lines)
    values = {
        "status": ["proposed", "ready", "in-progress", "review", "done"],
        "effort": [1, 2, 3, 5, 8],
        "value": [1, 2, 3, 5, 8, 13],
        "assignee": ["mira", "jo", "ada"],
    }
    n = next(n for n, line in enumerate(lines) if line.startswith(field + ":"))
    lines[n] = f"{field}: {rng.choice(values[field])}"
    return "\n".join(lines)


def ranked(rng, text):
    lines = text.split("\n")
    n = next(n for n, line in enumerate(lines) if line.startswith("rank:"))
    lines[n] = f"rank: {key(rng)}"
    return "\n".join(lines)


def fast_import(folder, n_commits, out):
    """Writes the history as a stream for `git fast-import`."""
    rng = random.Random(n_commits)
    files, paths, seen = {}, [], set()

    def data(text):
        raw = text.encode()
        out.write(b"data %d\n" % len(raw) + raw + b"\n")

    for number in range(1, n_commits + 1):
        changes = {}
        while True:
            name, file, text = item(rng, number)
            if name not in seen:
                seen.add(name)
                break
        for change in (ranked, changed):
            if paths:
                path = rng.choice(paths)
                changes[path] = change(rng, changes.get(path, files[path]))
        path = f".backlog/items/{file}"
        paths.append(path)
        changes[path] = text
        files.update(changes)
        out.write(b"commit refs/heads/main\n")
        out.write(b"committer A <a@example.org> %d +0000\n" % (1_700_000_000 + 600 * number))
        data(f"Change {number} of the backlog\n")
        if number == 1:
            out.write(b"M 100644 inline .backlog/config.yml\n")
            data("")
        for path, text in changes.items():
            out.write(b"M 100644 inline " + path.encode() + b"\n")
            data(text)


def make(folder, n_commits):
    """The repository, packed as a clone would have it, with a commit graph."""
    git(folder, "init", "-q", "-b", "main")
    git(folder, "config", "gc.auto", "0")
    child = subprocess.Popen(
        ["git", "fast-import", "--quiet", "--depth=50"], cwd=folder, env=ENV, stdin=subprocess.PIPE
    )
    fast_import(folder, n_commits, child.stdin)
    child.stdin.close()
    if child.wait():
        sys.exit("git fast-import failed")
    git(folder, "repack", "-adfq", "--window=20")
    git(folder, "commit-graph", "write", "--reachable")
    git(folder, "reset", "-q", "--hard")


def forget(folder):
    shutil.rmtree(folder / ".git" / "backlog", ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--commits", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--binary", default=str(ROOT / "target" / "release" / "git-backlog"))
    parser.add_argument("--keep", help="use this folder, and make the repository there if it is empty")
    args = parser.parse_args()
    if not Path(args.binary).exists():
        sys.exit("build it first: cargo build --release")
    folder = Path(args.keep or tempfile.mkdtemp(prefix="history-"))
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / ".git").exists():
        make(folder, args.commits)
    try:
        measure(folder, args)
    finally:
        if not args.keep:
            shutil.rmtree(folder, ignore_errors=True)


def measure(folder, args):
    binary, report = args.binary, Report()

    def cpu(commands):
        return {name: row[1] for name, row in medians(commands, folder, args.rounds).items()}

    def cold(_):
        forget(folder)
        return [binary, "log", "--format", "json"]

    stats = [binary, "stats", "--since", "2000-01-01", "--format", "json"]

    def cold_stats(_):
        forget(folder)
        return stats

    def after_one_commit(number):
        path = next((folder / ".backlog" / "items").glob("BL-*.md"))
        path.write_text(ranked(random.Random(number), path.read_text()))
        git(folder, "commit", "-qam", f"One more, {number}")
        return [binary, "log", "--format", "json"]

    git_log = ["git", "--no-pager", "log", "--raw", "--", ".backlog"]
    it = cpu({"ours": cold, "git": lambda _: git_log})
    print(f"log, cold: {it['ours']:.2f} s; git log --raw: {it['git']:.2f} s")
    report.row("log cold to git log --raw -- .backlog, CPU", it["ours"] / it["git"], 0.6)
    it = cpu({"ours": cold_stats, "git": git_log})
    print(f"stats, cold: {it['ours']:.2f} s; git log --raw: {it['git']:.2f} s")
    report.row("stats cold to git log --raw -- .backlog, CPU", it["ours"] / it["git"], 0.8)
    it = cpu({"stats": stats, "list": [binary, "list"]})
    print(f"stats, warm: {it['stats'] * 1000:.1f} ms; list: {it['list'] * 1000:.1f} ms")
    report.row("stats warm to list, CPU", it["stats"] / it["list"], 3)
    it = cpu({"ours": after_one_commit, "git": ["git", "--no-pager", "log", "-1"]})
    print(f"log, warm: {it['ours'] * 1000:.1f} ms; git log -1: {it['git'] * 1000:.1f} ms")
    report.row("log warm after a new commit to git log -1, CPU", it["ours"] / it["git"], 2)
    it = cpu({
        "ours": [binary, "diff", "HEAD~100..HEAD"],
        "git": ["git", "--no-pager", "diff", "--stat", "HEAD~100..HEAD"],
    })
    print(f"diff: {it['ours'] * 1000:.1f} ms; git diff --stat: {it['git'] * 1000:.1f} ms")
    report.row("diff HEAD~100..HEAD to git diff --stat, CPU", it["ours"] / it["git"], 1.5)
    name = max((folder / ".backlog" / "items").glob("BL-*.md")).name[:8]
    it = cpu({
        "why": [binary, "why", name],
        "blame": [binary, "blame", name],
        "list": [binary, "list"],
    })
    report.row("why to list, CPU", it["why"] / it["list"], None)
    report.row("blame to list, CPU", it["blame"] / it["list"], None)
    sys.exit(1 if report.missed else 0)


if __name__ == "__main__":
    main()
