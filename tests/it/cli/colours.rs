//! Colours never say something alone: the text says it as well.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{Repo, Run};

/// Commands that paint something, in the demo.
const COMMANDS: [&str; 17] = [
    "",
    "list --all",
    "list goals",
    "list sprints",
    "list decisions",
    "list questions",
    "board",
    "show BL-ptgvp",
    "check",
    "diff HEAD~3 HEAD",
    "review HEAD~3",
    "log",
    "blame BL-ptgvp",
    "value",
    "score",
    "voice",
    "doctor",
];

/// The demo of a shop.
fn demo() -> Repo {
    let repo = Repo::without_repository();
    let run = repo.run(&["demo", "korb", "--quiet"]);
    assert_eq!(run.code, Some(0), "{run}");
    repo.at("repo/korb")
}

fn painted(repo: &Repo, command: &str, color: &str) -> Run {
    let words: Vec<&str> = command.split(' ').filter(|word| !word.is_empty()).collect();
    repo.run(&[&words[..], &["--color", color]].concat())
}

/// The parts of a line, each with its paint: `36` for cyan, nothing for plain.
fn parts(line: &str) -> Vec<(&str, &str)> {
    let mut parts = Vec::new();
    let (mut paint, mut rest) = ("", line);
    while let Some((text, after)) = rest.split_once("\u{1b}[") {
        parts.push((paint, text));
        let (code, after) = after.split_once('m').unwrap();
        (paint, rest) = (if code == "0" { "" } else { code }, after);
    }
    parts.push((paint, rest));
    parts
}

/// What stands in bold alone, a heading, has a sign where there is no bold.
#[test]
fn the_text_is_the_same_without_colours() {
    let repo = demo();
    for command in COMMANDS {
        let (with, without) = (painted(&repo, command, "always"), painted(&repo, command, "never"));
        assert!(
            !without.out.contains('\u{1b}') && with.out.contains('\u{1b}'),
            "{command}: {with}"
        );
        assert_eq!(with.out.lines().count(), without.out.lines().count(), "{command}");
        for (line, plain) in with.out.lines().zip(without.out.lines()) {
            let text: String = parts(line).into_iter().map(|(_, text)| text).collect();
            let is_heading = plain.trim_start_matches('#').trim_start() == text;
            assert!(text == plain || is_heading, "{command}: {text:?} {plain:?}");
        }
    }
}

/// Where green, yellow or red says what to think of a word, the word alone would say the same: it has
/// no other colour elsewhere.
#[test]
fn a_word_that_is_judged_by_a_colour_has_no_other_colour() {
    let repo = demo();
    let is_judged = |paint: &&str| paint.split(';').any(|code| matches!(code, "31" | "32" | "33"));
    let mut n_judged = 0;
    for command in ["list --all", "list goals", "list decisions", "board", "check", "doctor"] {
        let run = painted(&repo, command, "always");
        let mut paints: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (paint, text) in run.out.lines().flat_map(parts) {
            for cell in text.split("  ").map(str::trim).filter(|cell| !cell.is_empty()) {
                paints.entry(cell).or_default().insert(paint);
            }
        }
        for (text, paints) in paints {
            let judged = paints.iter().filter(|paint| is_judged(paint)).count();
            n_judged += judged;
            assert!(judged == 0 || paints.len() == 1, "{command}: {text:?} {paints:?}");
        }
    }
    assert!(n_judged > 5, "{n_judged}");
}
