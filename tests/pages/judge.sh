#!/usr/bin/env bash
# Judges pages with a validator, an accessibility checker and a browser, see judge.mjs. Without a page:
# those of the example product, and a report of a thousand items.
#
# Needs Node.js and Chromium (or BROWSER); takes the tools from the npm registry into a folder that goes
# away afterwards. Not a part of the test suite, because a browser is a lot to ask of a machine.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$root/tests/pages/judge.mjs" "$work"
(cd "$work" && npm init -y >/dev/null && npm install --no-audit --no-fund --silent \
  puppeteer-core@24 axe-core@4 html-validate@10)

pages=()
for page in "$@"; do pages+=("$(realpath "$page")"); done
if [ $# -eq 0 ]; then
  (cd "$root" && cargo build --quiet)
  program="$root/target/debug/git-backlog"
  export HOME="$work/home" GIT_CONFIG_NOSYSTEM=1
  mkdir "$HOME"
  git config --global user.name Mira
  git config --global user.email mira@example.org
  (
    cd "$work"
    "$program" --quiet demo korb
    cd korb
    page() { "$program" "${@:2}" --format html >"$work/$1.html"; }
    "$program" --format html >"$work/overview.html"
    page report report --since 2026-10-01
    page report-team report --since 2026-10-01 --audience team
    page value value
    page forecast forecast
    page stats stats
    page sprint sprint
    page agenda agenda review
    page release release show winter
    page roadmap roadmap --by date
    page board board
    page review review main
    page show show 7k
    mkdir "$work/large" && cd "$work/large"
    git init --quiet && "$program" --quiet init && mkdir -p .backlog/items
    for n in $(seq 1000); do
      id=$(printf 'BL-%04x' $((n + 4096)) | tr '01aeiouy' 'ghjkmpqr')
      day=$(date -d "2026-11-26 -$((n % 400)) days" +%F)
      if [ $((n % 3)) -eq 0 ]; then status=ready; else status="done
done: $day"; fi
      printf -- '---\nid: %s\ntitle: Item number %s <b>&amp;\ntype: story\nstatus: %s\ncreated: %s\nvalue: %s\neffort: 3\n---\n\nAs a host, I want number %s, so that nobody waits for it.\n' \
        "$id" "$n" "$status" "$day" "$((n % 13 + 1))" "$n" >".backlog/items/$id.md"
    done
    git add . && git commit --quiet -m 'A thousand items'
    page large report --since 2025-10-01 --audience team
  )
  pages=("$work"/*.html)
fi
cd "$work" && node judge.mjs "${pages[@]}"
