#!/usr/bin/env python3
"""Measure what `check` finds against labels that other people gave to other people's texts.

    cargo build --release && bench/quality.py DATA [--binary target/release/git-backlog] [--write]

DATA is a folder with the sets that docs/quality.md names; none of their texts are in this
repository. Each part makes a repository of them, runs the real `git-backlog` there and compares.
A part is a module in bench/quality/ with `report(data, tool)`, which answers with Markdown, and a
name in PARTS. `--write` puts the answers between the markers of docs/quality.md.
"""

import argparse
import importlib
import sys
from pathlib import Path

from quality import Tool

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "quality.md"
PARTS = ["stories", "clauses", "redundancy", "wording", "criteria"]
BEGIN, END = "<!-- figures: begin -->\n", "<!-- figures: end -->\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path, help="the folder with the labelled sets")
    parser.add_argument("--binary", type=Path, default=ROOT / "target" / "release" / "git-backlog")
    parser.add_argument("--write", action="store_true", help="write the figures into docs/quality.md")
    parser.add_argument("--only", choices=PARTS, help="one part alone, printed and not written")
    args = parser.parse_args()
    if args.write and args.only:
        parser.error("--write needs all parts")
    if not args.data.is_dir():
        sys.exit(f"no folder {args.data}")
    tool = Tool(args.binary)
    names = [args.only] if args.only else PARTS
    parts = [importlib.import_module(f"quality.{name}").report(args.data, tool) for name in names]
    figures = "\n".join(parts)
    print(figures)
    if args.write:
        before, rest = PAGE.read_text().split(BEGIN)
        _, after = rest.split(END)
        PAGE.write_text(f"{before}{BEGIN}\n{figures}\n{END}{after}")


if __name__ == "__main__":
    main()
