//! The commands, one file each: what they print, on which stream, and how they end.
//!
//! A session shows commands as they are typed, each with its results, its messages behind a `!`,
//! and its exit code unless it is 0.

mod accept;
mod agenda;
mod ask;
mod blame;
mod board;
mod canvas;
mod case;
mod check;
mod check_baseline;
mod check_fix;
mod check_formats;
mod check_hostile;
mod check_since;
mod colours;
mod commit;
mod completions;
mod conclude;
mod criteria;
mod decide;
mod demo;
mod diff;
mod diff_changes;
mod diff_risks;
mod diff_states;
mod doctor;
mod edit;
mod forecast;
mod global;
mod groom;
mod groom_stopped;
mod import;
mod import_voice;
mod init;
mod list;
mod log;
mod log_merges;
mod man;
mod metric;
mod new;
mod overview;
mod pick;
mod promises;
mod rank;
mod release;
mod report;
mod review;
mod review_hostile;
mod roadmap;
mod schema;
mod score;
mod set;
mod show;
mod slips;
mod split;
mod sprint;
mod stats;
mod terminal;
mod undo;
mod value;
mod voice;
mod watch;
mod why;

mod broken_files;
mod compared_badly;
mod compared_in_part;
mod groom_tui;
mod hostile_text;
mod hostile_words;
mod odd_repositories;
mod sequence;

use crate::support::{Repo, Run};

/// The file of the item at the top of [`shop`], in its folder.
const CHECKOUT: &str = ".backlog/items/BL-7k3qd-guest-checkout.md";

/// What the item at the top of [`shop`] holds.
const CHECKOUT_TEXT: &str = "\
---
id: BL-7k3qd
title: Guest checkout
type: story
status: ready
created: 2026-11-02
rank: mbcd
labels: [checkout]
goal: GOAL-activation
value: 8
effort: 3
depends_on: [BL-9qqrt]
evidence: [EV-h2vkd]
---

As a shopper, I want to pay without an account, so that I can buy in a minute.

## Acceptance criteria

- [ ] A guest reaches payment in one step.
- [x] The confirmation never requires an account. ^ac-k3
- [ ] The p95 of the payment step is at most 800 ms.

## Notes

Follows from [[EV-h2vkd]].
";

/// A repository with one commit: five items, three of them open, and three records.
fn shop() -> Repo {
    let repo = Repo::new();
    repo.write(CHECKOUT, CHECKOUT_TEXT);
    for (name, fields) in [
        (
            "items/BL-9qqrt-orders-belong-to-an-address",
            "type: task\nstatus: in-progress\ncreated: 2026-11-01\nrank: mbdd\nassignee: mira\n\
             value: 5\nstarted: 2026-11-20\nsprint: 2026-24\n",
        ),
        (
            "items/BL-7kxxm-basket-is-empty-after-login",
            "type: bug\nstatus: proposed\ncreated: 2026-11-03\nrank: mbfd\nlabels: [checkout, mobile]\n",
        ),
        (
            "items/BL-d4bcg-pay-by-invoice",
            "type: story\nstatus: done\ncreated: 2026-10-01\nrank: mbbd\nvalue: 3\neffort: 2\n\
             started: 2026-10-05\ndone: 2026-10-09\naliases: [SHOP-12]\n",
        ),
        (
            "items/BL-x2ttv-pay-by-fax",
            "type: story\nstatus: rejected\ncreated: 2026-10-02\nrank: mbbf\n",
        ),
        (
            "goals/GOAL-activation-who-fills-a-basket-also-orders",
            "created: 2026-10-01\nstatus: active\nby: 2027-03-31\n",
        ),
        (
            "evidence/EV-h2vkd-shoppers-leave-at-the-form",
            "created: 2026-10-20\nstatus: assessed\nmethod: interview\nstrength: 4\n",
        ),
        (
            "sprints/2026-24-pay-without-an-account",
            "created: 2026-11-16\nstatus: active\nstart: 2026-11-16\nend: 2026-11-27\n",
        ),
    ] {
        document(&repo, name, fields);
    }
    // Rules about wording, order and records have examples of their own; here they would be in the way.
    let rules =
        "rules: {ST: off, RC: off, RD: off, AC014: off, AC017: off, LK006: off, RK006: off}\n";
    repo.write(".backlog/config.yml", format!("saved:\n  next: status=ready\n{rules}"));
    repo.write("src/main.rs", "fn main() {}\n");
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--message", "start"]);
    repo
}

/// Writes a document whose id and title are those of its file name: `BL-7k3qd-guest-checkout`.
fn document(repo: &Repo, name: &str, fields: &str) {
    let stem = name.rsplit('/').next().unwrap();
    let (at, _) = stem.match_indices('-').nth(1).unwrap();
    let (id, title) = (&stem[..at], stem[at + 1..].replace('-', " "));
    let (first, rest) = title.split_at(1);
    let title = first.to_uppercase() + rest;
    let text = format!("---\nid: {id}\ntitle: {title}\n{fields}---\n\n{title}, in more words.\n");
    repo.write(&format!(".backlog/{name}.md"), text);
}

/// The repository that `demo` makes.
fn korb() -> Repo {
    let repo = Repo::without_repository();
    let run = repo.run(&["demo", "korb"]);
    assert_eq!(run.code, Some(0), "{run}");
    repo.at("repo/korb")
}

/// The ids that `list --all` shows.
fn listed(repo: &Repo) -> Vec<String> {
    ids(&repo.run(&["list", "--all", "--columns", "id", "--format", "csv"]))
}

/// The first column of a result in CSV, without its header.
fn ids(run: &Run) -> Vec<String> {
    run.csv().into_iter().skip(1).map(|row| row[0].clone()).collect()
}

/// Replaces a text that has to be in a file.
fn edit(repo: &Repo, path: &str, from: &str, to: &str) {
    let text = repo.read(path);
    assert!(text.contains(from), "{path} holds no {from:?}: {text}");
    repo.write(path, text.replace(from, to));
}

/// Commits everything as somebody, who is known by a first name.
fn commit(repo: &Repo, name: &str, message: &str) {
    let author = format!("{name} <{}@example.org>", name.to_lowercase());
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--author", &author, "--message", message]);
}
