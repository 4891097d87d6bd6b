//! Arguments that nobody types in good faith, or that a script got wrong.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use super::{CHECKOUT, CHECKOUT_TEXT, listed, shop};
use crate::support::{Repo, Run};

/// Asserts that a command was refused as wrong usage, in few words and without control characters.
fn is_usage(run: &Run, what: &str) {
    assert_eq!(run.code, Some(2), "{what}: {run}");
    assert!(run.out.is_empty() && run.err.len() < 2_000, "{what}: {} bytes", run.err.len());
    let is_odd = |c: char| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!run.err.contains(is_odd) && !run.err.contains("panicked"), "{what}: {run}");
    assert!(run.err.starts_with("error: "), "{what}: {run}");
}

fn unchanged(repo: &Repo) {
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
    assert_eq!(listed(repo).len(), 5);
}

#[test]
fn ids_that_are_none() {
    let repo = shop();
    let long = "BL-".to_owned() + &"a".repeat(10_000);
    for id in [
        "",
        " ",
        ".",
        "..",
        "/",
        "-",
        "BL-",
        "../../etc/passwd",
        "/etc/passwd",
        "BL-..%2f",
        "items/BL-7k3qd",
        "BL-7k3qd\n",
        "\u{1b}]52;c;eA==\u{7}",
        "\u{202e}dq3k7-LB",
        "$(id)",
        "BL-7k3qd;id",
        "*",
        "BL-7k3qd.md",
        "é",
        "con",
        &long,
    ] {
        for command in [&["show", "--"][..], &["set", "value=1", "--"], &["rank", "--top", "--"]] {
            let run = repo.run(&[command, &[id]].concat());
            is_usage(&run, &format!("{command:?} {:?}", &id[..id.len().min(40)]));
        }
        if !matches!(id, "BL-" | "BL-7k3qd.md") {
            is_usage(&repo.run(&["new", "sprint", "x", &format!("--id={id}")]), id);
        }
        is_usage(&repo.run(&["new", "task", "x", &format!("--after={id}")]), id);
    }
    unchanged(&repo);
}

#[test]
fn empty_and_huge_arguments() {
    let repo = shop();
    let huge = "x".repeat(100_000);
    for arguments in [
        &["list", "--where", "and"][..],
        &["list", "--columns", "nothing,,"],
        &["list", "--sort", ""],
        &["list", "--at", ""],
        &["list", "value>"],
        &["list", &format!("value>{huge}=")],
        &["list", &"(".repeat(50_000)],
        &["list", &"not ".repeat(20_000)],
        &["show", &huge],
        &["set", "7k3qd", "=", "x"],
        &["set", "7k3qd", &format!("{huge}=1")],
        &["set", "7k3qd", &format!("value={huge}")],
        &["set", "7k3qd", &format!("depends_on={huge}")],
        &["new", "", "x"],
        &["new", &huge, "x"],
        &["new", "task", ""],
        &["new", "task", "x", ""],
        &["check", "--explain", ""],
        &["check", "--explain", &huge],
        &["completions", ""],
        &["schema", &huge],
        &["import", &huge, "x"],
        &["-C", "", "list"],
        &["-C", &huge, "list"],
        &["init", "--prefix", ""],
        &["init", "--prefix", &huge],
    ] {
        let shown: Vec<&str> = arguments.iter().map(|it| &it[..it.len().min(20)]).collect();
        is_usage(&repo.run(arguments), &format!("{shown:?}"));
    }
    unchanged(&repo);
}

#[test]
fn long_values_are_kept_or_refused_and_never_cut() {
    let repo = shop();
    let long = "word ".repeat(10_000) + "end";
    let run = repo.run(&["set", "7k3qd", &format!("title={long}")]);
    match run.code {
        Some(0) => assert_eq!(
            repo.run(&["show", "7k3qd", "--format", "json"]).json()["documents"][0]["title"],
            long
        ),
        _ => unchanged(&repo),
    }
    let too_long = "x".repeat(100_000);
    let run = repo.run(&["set", "9q", &format!("title={too_long}")]);
    assert_ne!(run.code, Some(0), "the front matter may have 64 KiB");
    assert_eq!(repo.run(&["check"]).code, Some(0));
}

#[test]
fn arguments_that_are_not_utf_8() {
    let repo = shop();
    let bad = OsStr::from_bytes(b"caf\xe9");
    for arguments in [
        &["show"][..],
        &["new", "task"],
        &["list", "--where"],
        &["list", "--at"],
        &["set", "7k3qd"],
        &["check"],
    ] {
        is_usage(&repo.output(repo.program().args(arguments).arg(bad)), &format!("{arguments:?}"));
    }
    for arguments in [&["-C"][..], &["--dir"]] {
        let run = repo.output(repo.program().args(arguments).arg(bad).arg("list"));
        assert!(matches!(run.code, Some(2 | 3)) && !run.err.contains("panicked"), "{run}");
    }
    unchanged(&repo);
}

#[test]
fn words_that_look_like_options_and_commands_are_text() {
    let repo = shop();
    let mut titles = Vec::new();
    for title in [
        "-rf",
        "--upload-pack=x",
        "; rm -rf /",
        "$(touch pwned)",
        "`touch pwned`",
        "@everyone",
        "::error::x",
        "##[group]x",
        "=cmd()",
        "%s%n",
        "\\",
        "'\"",
        "{{x}}",
        "null",
        "yes",
        "1e3",
        "2026-01-01",
        "~",
        "- x",
        "# x",
        "a: b",
        "[x]",
        "&a",
        "*a",
        "!x",
        "|",
        ">",
        "%x",
        "---",
        "...",
        "<<",
        "\u{feff}x",
    ] {
        let run = repo.run(&["set", "7k3qd", &format!("title={title}"), "-m", title]);
        assert_eq!(run.code, Some(0), "{title:?}: {run}");
        assert_eq!(
            repo.run(&["show", "7k3qd", "--format", "json"]).json()["documents"][0]["title"],
            title,
            "{}",
            repo.read(CHECKOUT)
        );
        titles.push(title);
    }
    let log = repo.git(&["log", "--format=%B"]);
    assert!(titles.iter().all(|title| log.lines().any(|line| line == *title)), "{log}");
    assert!(!repo.path("pwned").exists());
    // Back where it began, only the title has ever changed.
    repo.run(&["set", "7k3qd", "title=Guest checkout"]);
    assert_eq!(
        repo.read(CHECKOUT).replace(['"', '\''], ""),
        CHECKOUT_TEXT.replace(['"', '\''], "")
    );
    repo.assert_sound();
}

#[test]
fn a_title_of_an_option_can_be_given_to_new() {
    let repo = shop();
    for title in ["-rf", "--top", "-", "--"] {
        let run = repo.run(&["new", "task", "--", title]);
        assert_eq!(run.out, format!("add task {} \"{title}\"\n", run.new_id()));
    }
    assert_eq!(repo.run(&["check"]).code, Some(0));
}
