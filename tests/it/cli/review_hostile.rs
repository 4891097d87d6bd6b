//! What documents hold, in what tells of their changes: it acts on nobody.

use super::review::planned;
use crate::support::Repo;

/// A title, a criterion, a field and a message as somebody would write them to do harm.
const HOSTILE: &[&str] = &[
    "@team please",
    "</details>",
    "<details open><summary>x",
    "<!-- git-backlog review -->",
    "-->",
    "```` ``` `",
    "~~~",
    "::error file=x::y",
    "##[error]y",
    "a\u{1b}]52;c;eA==\u{7}\u{1b}[31mred\u{202e}back\u{2066}\u{9b}2J",
    "![x](https://example.org/x.png)",
    "[x](javascript:y) <img src=x onerror=y>",
    "# Approved",
    "- [x] fine",
    "Fixes #1, closes GH-2",
    "a | b",
    "/close",
    "\u{200b}zero\u{200d}width",
];

fn hostile() -> Repo {
    let repo = planned();
    for (at, words) in HOSTILE.iter().enumerate() {
        let letter = "bcdfghjklmpqrstvwxz".chars().nth(at).unwrap();
        // YAML takes no control characters as they are.
        let escaped = |c: char| match c {
            '"' | '\\' => format!("\\{c}"),
            ' '..='~' => c.to_string(),
            c => format!("\\u{:04x}", u32::from(c)),
        };
        let title = format!("\"{}\"", words.chars().map(escaped).collect::<String>());
        let path = format!(".backlog/items/BL-2222{letter}.md");
        let item = |title: &str, status: &str, words: &str| {
            format!(
                "---\nid: BL-2222{letter}\ntitle: {title}\ntype: story\nstatus: {status}\nrank: mb{letter}b\n\
                 assignee: {title}\nlabels: [{title}]\nsprint: 2026-24\n---\n\n{words}\n\n\
                 ## Acceptance criteria\n\n- [ ] {words}\n- [ ] It holds {words}\n"
            )
        };
        repo.write(&path, item("Old", "ready", "Old"));
        repo.git(&["add", &path]);
        repo.git(&["commit", "--quiet", "-m", "backlog: add"]);
        repo.write(&path, item(&title, "done", words).replace(&format!("mb{letter}b"), "mbbc"));
        repo.git(&["commit", "--quiet", "--all", "--cleanup=verbatim", "-m", words]);
    }
    repo.git(&["branch", "--force", "base", "main"]);
    repo
}

#[test]
fn nothing_of_a_document_acts_on_whoever_reads_it() {
    let repo = hostile();
    check_pages(&repo);
    check_screens(&repo);
}

fn check_pages(repo: &Repo) {
    let commands: [&[&str]; 5] = [
        &["review", "base", "--format", "markdown"],
        &["diff", "base", "--format", "markdown"],
        &["log", "--format", "markdown"],
        &["blame", "BL-2222b", "--format", "markdown"],
        &["why", "BL-2222b", "--format", "markdown"],
    ];
    for command in commands {
        let run = repo.run(command);
        assert_eq!(run.code, Some(0), "{command:?}: {run}");
        let mut fence: Option<String> = None;
        let (mut n_open, mut n_closed, mut n_markers) = (0, 0, 0);
        for line in run.out.lines() {
            let trimmed = line.trim_start();
            let ticks = trimmed.chars().take_while(|c| *c == '`').count();
            match &fence {
                Some(open) if trimmed.trim_end() == open => fence = None,
                Some(_) => continue,
                None if ticks >= 3 => fence = Some("`".repeat(ticks)),
                None => {}
            }
            if fence.is_some() {
                continue;
            }
            n_open += line.matches("<details>").count();
            n_closed += line.matches("</details>").count();
            n_markers += line.matches("<!--").count();
            for bad in
                ["@team", "<img", "<details open", "![x]", "x](javascript", " #1", "GH-2,", "~~~"]
            {
                assert!(!line.contains(bad), "{command:?}: {bad} in {line}");
            }
            assert!(!trimmed.starts_with("# Approved") && !trimmed.starts_with("/close"), "{line}");
        }
        assert_eq!((fence, n_open), (None, n_closed), "{command:?}: {}", run.out);
        assert_eq!(n_markers, usize::from(command[0] == "review"), "{command:?}");
    }
}

fn check_screens(repo: &Repo) {
    let is_odd = |c: char| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
    };
    let commands: [&[&str]; 6] = [
        &["review", "base"],
        &["diff", "base"],
        &["log"],
        &["log", "BL-2222b"],
        &["blame", "BL-2222m"],
        &["why", "BL-2222m"],
    ];
    for command in commands {
        let run = repo.output(repo.program().args(command).env("GITHUB_ACTIONS", "true"));
        let text = format!("{}{}", run.out, run.err);
        assert_eq!(run.code, Some(0), "{command:?}: {run}");
        let found = text.find(is_odd).map(|at| text[at..].chars().take(20).collect::<String>());
        assert_eq!(found, None, "{command:?}");
        let is_obeyed = |line: &&str| line.trim_start().starts_with("::") || line.contains("##[");
        assert_eq!(text.lines().find(is_obeyed), None, "{command:?}");
    }
    for command in [&["log", "--format", "csv"][..], &["blame", "BL-2222b", "--format", "csv"]] {
        for cell in repo.run(command).csv().iter().flatten() {
            assert!(!cell.trim_start().starts_with(['=', '+', '-', '@']), "{command:?}: {cell:?}");
        }
    }
}
