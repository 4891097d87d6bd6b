//! What a terminal gets and a pipe does not: links to files, and days that are told from today.

use super::{commit, edit, shop};
use crate::support::{PROGRAM, Repo, has, skip};

/// What a terminal gets from a command, without the pager.
fn shown(repo: &Repo, variables: &str, arguments: &str) -> String {
    let line = format!(
        "stty cols 100 rows 24; env GIT_PAGER=cat NO_COLOR=1 {variables} {PROGRAM} {arguments}"
    );
    let mut script = repo.command("script");
    script.args(["-qec", &line, "/dev/null"]).env("TERM", "xterm").env("SHELL", "/bin/sh");
    script.env("GIT_BACKLOG_TODAY", "2026-01-03").stdin(std::process::Stdio::null());
    repo.output(&mut script).out.replace('\r', "")
}

#[test]
fn ids_lead_to_their_files_where_links_are_known() {
    if !has("script") {
        return skip("there is no script");
    }
    let repo = shop();
    let link = "\u{1b}]8;;file://[TMP]/repo/.backlog/items/BL-9qqrt-orders-belong-to-an-address.md\
                \u{1b}\\BL-9qqrt\u{1b}]8;;\u{1b}\\";
    for (variables, arguments, expected) in [
        ("VTE_VERSION=6800", "list", true),
        ("FORCE_HYPERLINK=1", "list", true),
        ("TERM_PROGRAM=vscode", "show 7k3qd", true),
        ("TERM_PROGRAM=vscode", "board", true),
        ("", "list", false),
        ("", "list --hyperlinks always", true),
        ("VTE_VERSION=6800", "list --hyperlinks never", false),
        ("VTE_VERSION=6800 SSH_CONNECTION=x", "list", false),
        ("VTE_VERSION=6800", "list --at HEAD", false),
        ("VTE_VERSION=6800", "list --format csv", false),
    ] {
        let shown = shown(&repo, variables, arguments);
        assert_eq!(shown.contains(link), expected, "{variables} {arguments}: {shown:?}");
    }
    let plain = repo.run(&["list"]).out;
    let run = repo.run(&["list", "--hyperlinks", "always"]);
    let without = run.out.split("\u{1b}]8;;").map(|part| match part.split_once("\u{1b}\\") {
        Some((_, text)) => text,
        None => part,
    });
    assert_eq!(without.collect::<String>(), plain, "the columns stay where they are");
}

#[test]
fn days_are_told_from_today() {
    if !has("script") {
        return skip("there is no script");
    }
    let repo = shop();
    edit(&repo, super::CHECKOUT, "effort: 3\n", "effort: 5\n");
    commit(&repo, "Ada", "Larger than thought");
    for (arguments, told) in [
        ("log", "2 days ago Ada"),
        ("show 7k3qd", "2 days ago Ada: Larger than thought"),
        ("blame 7k3qd", "2 days ago  "),
        ("why 7k3qd", "(Ada 2 days ago)"),
    ] {
        assert!(shown(&repo, "", arguments).contains(told), "{arguments}");
        let pipe = repo.run(&arguments.split(' ').collect::<Vec<_>>()).out;
        assert!(pipe.contains("2026-01-01") && !pipe.contains("days ago"), "{pipe}");
    }
    assert!(shown(&repo, "", "log --format json").contains("2026-01-01"));
}
