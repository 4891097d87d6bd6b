//! `demo`: a repository to try everything in.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Parser;
use jiff::tz::{Offset, TimeZone};

use super::App;
use super::context::Context;
use super::error::{Failure, exit};
use super::init;
use super::workspace::FOLDER;
use crate::domain::backlog::Backlog;
use crate::domain::date::Date;
use crate::domain::demo::{self, Step};
use crate::domain::source::FileEdit;
use crate::render;
use crate::store::{CommitRequest, Repository, Signature, Worktree};

/// Make a repository with an example backlog, and show what can be done with it
///
/// The repository holds the backlog of a small product with its history of some weeks. A branch
/// proposes another order, so that there is something to review.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog demo
  git backlog demo /tmp/korb --quiet")]
pub(super) struct Args {
    /// The folder to make
    #[arg(value_name = "DIR", default_value = "git-backlog-demo", value_hint = clap::ValueHint::DirPath)]
    folder: PathBuf,
}

/// Runs the command.
pub(super) fn run(args: Args, cx: &mut Context) -> anyhow::Result<u8> {
    let folder = cx.directory.join(&args.folder);
    if folder.symlink_metadata().is_ok() {
        let shown = args.folder.display();
        return Err(Failure::usage(format!("'{shown}' is there already"))
            .hint(format!("remove it, or name another folder: git backlog demo {shown}-2"))
            .into());
    }
    if (cx.env)("GIT_DIR").is_some() {
        return Err(Failure::usage("GIT_DIR names another repository")
            .hint("unset it for the demo: env -u GIT_DIR git backlog demo")
            .into());
    }
    let today = make(&folder)?;
    cx.say(&format!(
        "made {} with the backlog of a small product and its history",
        args.folder.display()
    ))?;
    if cx.verbosity < 0 {
        return Ok(exit::DONE);
    }
    cx.directory = folder;
    cx.today = today;
    // The steps are about the new repository, wherever the user's own backlog is.
    cx.env = |name| std::env::var_os(name).filter(|_| name != "GIT_BACKLOG_DIR");
    cx.terminal = false; // A pager between the steps would hide them.
    let why = "Eleven of eighteen testers left at the account form";
    for words in
        [&["list", "--limit", "14"][..], &["check"], &["rank", demo::TO_TOP, "--top", "-m", why]]
    {
        step(words, cx)?;
    }
    let shown = args.folder.display();
    for line in [
        String::new(),
        format!("Go on in {shown}:"),
        format!("  git backlog -C {shown} diff main...{}", demo::BRANCH),
        format!("  git backlog -C {shown} review main --at {}", demo::BRANCH),
        format!("  git backlog -C {shown} why {}", demo::TO_TOP),
        format!("  git backlog -C {shown} board"),
    ] {
        render::error::line(&cx.style, &line, &mut cx.out)?;
    }
    Ok(exit::DONE)
}

/// Runs one command of the program as if it had been typed.
fn step(words: &[&str], cx: &mut Context) -> anyhow::Result<()> {
    let quoted =
        |word: &&str| if word.contains(' ') { format!("'{word}'") } else { (*word).to_owned() };
    let typed: Vec<String> = words.iter().map(quoted).collect();
    for line in [String::new(), format!("$ git backlog {}", typed.join(" "))] {
        render::error::line(&cx.style, &line, &mut cx.out)?;
    }
    cx.out.flush()?;
    let app = App::try_parse_from(std::iter::once("git-backlog").chain(words.iter().copied()))?;
    super::run(app, cx)?;
    cx.out.flush()?;
    Ok(())
}

/// Makes the repository, and returns the last day of its history.
fn make(folder: &Path) -> anyhow::Result<Date> {
    std::fs::create_dir_all(folder).map_err(|error| Failure::io("make", folder, &error))?;
    let repository = Repository::init(folder, "Mira", "mira@example.org")?;
    let worktree = Worktree::create(&folder.join(FOLDER), Some(&repository))?;
    let files = demo::files();
    let mut history = demo::history(&files);
    if let Some(first) = history.first_mut() {
        let (path, text) = (init::ATTRIBUTES.to_owned(), init::attributes(""));
        first.edits.push(FileEdit { path, before: None, after: Some(text) });
    }
    repository.install_driver()?;
    for step in &history {
        worktree.apply(&step.edits)?;
        repository.commit(&CommitRequest {
            folder: FOLDER.to_owned(),
            paths: step.edits.files().iter().map(|file| file.path.clone()).collect(),
            message: step.message.clone(),
            verify: false,
            author: Some(author(step)?),
        })?;
    }
    let today = history.last().map_or(Date::constant(2026, 11, 25), |step| step.day);
    repository.create_branch(demo::BRANCH, "main")?;
    for step in demo::proposal(&Backlog::parse(files), today) {
        let author = author(&step)?;
        repository.commit_edits(demo::BRANCH, FOLDER, &step.edits, &step.message, Some(&author))?;
    }
    Ok(today)
}

/// The author of a step, at half past eight and some minutes in the time of Berlin's winter.
fn author(step: &Step) -> anyhow::Result<Signature> {
    let offset = Offset::constant(1);
    let minute = 30 + 11 * i64::try_from(step.number)?;
    let moment = step.day.at(8, 0, 0, 0).checked_add(jiff::Span::new().minutes(minute))?;
    let time = moment.to_zoned_datetime(TimeZone::fixed(offset))?.timestamp().as_second();
    let name: String = step.author[..1].to_uppercase() + &step.author[1..];
    let email = format!("{}@example.org", step.author);
    Ok(Signature { name, email, time, offset: offset.seconds() })
}
