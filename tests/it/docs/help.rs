//! The examples at the end of help texts: every command has some, and they are understood and work.

use clap::{Command, CommandFactory, Parser};
use git_backlog::cli::App;

use super::console;
use crate::support::Repo;

/// What the demo does not have, and what needs somebody at a terminal or a network.
const ELSEWHERE: &[&str] = &[
    "7k 9q --after",
    "../other",
    "answers.csv",
    "baseline.json",
    "evidence",
    "experiment",
    "git backlog case",
    "git backlog conclude",
    "git backlog demo",
    "git backlog import",
    "git backlog init",
    "groom --continue",
    "groom --abort",
    "git backlog man",
    "git backlog merge-driver",
    "git backlog metric activation",
    "main...",
    "git backlog resolve",
    "git backlog sync",
    "new evidence",
    "notes/",
    "origin/",
    "readings.csv",
    "v1.0",
    "--edit",
    "--from",
    "--staged",
    "--supersedes",
    "--take",
    "--tui",
    "--watch",
    "decide",
    "answer",
    "accept",
    "reject",
    "split",
];

/// What is wrong with the examples, or with the lack of them.
pub(super) fn problems() -> Vec<String> {
    let mut app = App::command();
    app.build();
    let repo = console::demo();
    let commands: Vec<&Command> = std::iter::once(&app).chain(app.get_subcommands()).collect();
    commands.into_iter().filter(|it| it.get_name() != "help").flat_map(|it| of(it, &repo)).collect()
}

fn of(command: &Command, repo: &Repo) -> Vec<String> {
    let name = command.get_name();
    let examples = examples(command);
    if examples.is_empty() {
        return vec![format!("{name} has no examples")];
    }
    // What one example writes, the next may build on; those of other commands may not.
    let repo = repo.twin();
    examples.iter().filter_map(|it| problem(it, &repo)).map(|it| format!("{name}: {it}")).collect()
}

/// The lines below `Examples:`. One that ends with `\` is continued on the next.
fn examples(command: &Command) -> Vec<String> {
    let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let (_, lines) = help.split_once("Examples:\n").unwrap_or_default();
    let lines = lines.replace("\\\n", "");
    lines.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

fn problem(example: &str, repo: &Repo) -> Option<String> {
    // What a shell does with the result is the shell's.
    let (words, _) = console::words(example);
    let is_own = |word: &&str| !["<", ">", "|", "&&"].contains(word);
    let words: Vec<&str> = words.iter().map(String::as_str).take_while(is_own).collect();
    let ["git", "backlog", words @ ..] = &words[..] else { return None };
    if let Err(error) = App::try_parse_from([&["git-backlog"], words].concat()) {
        return Some(format!("`{example}` is not understood: {error}"));
    }
    if ELSEWHERE.iter().any(|it| example.contains(it)) {
        return None;
    }
    let mut program = repo.program();
    program.args(words).env("GIT_EDITOR", "true");
    let run = repo.output(&mut program);
    (!matches!(run.code, Some(0 | 1))).then(|| format!("`{example}` does not work: {run}"))
}
