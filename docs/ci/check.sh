#!/bin/sh
# Checks what the work since a base has changed in the backlog, in any CI or as a hook of Git.
#
# The base is origin/main, unless BACKLOG_BASE names another.
#
# Exit code 0: nothing wrong is new. 1: something is. Anything else: nothing could be checked.
set -eu

base=${BACKLOG_BASE:-origin/main}

if ! command -v git-backlog >/dev/null 2>&1; then
  echo "git-backlog is not installed: cargo install --locked git-backlog" >&2
  exit 3
fi

exec git backlog check --since "$base"
