//! `import`: the backlog of another tool, or what users said.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::Global;
use super::context::Context;
use super::error::{Failure, exit};
use super::save::{Writing, save};
use super::workspace::Workspace;
use crate::domain::import::{self, FORMATS, Request};
use crate::domain::suggest;
use crate::render::Format;
use crate::render::report::import::ImportView;
use crate::store;

/// Import the backlog of another tool, interviews or surveys
///
/// Every foreign field is accounted for: what it became here, or that it has no home. Imported
/// documents keep their foreign ids as aliases, so that a second import changes nothing and
/// `show` finds them by their old names.
#[derive(Debug, clap::Args)]
#[command(after_help = "Formats:
  backlog-md    the folder of Backlog.md
  interviews    notes in Markdown, a file or a folder; findings become evidence
  survey        a table as CSV with a row for each answer; answers become evidence

Examples:
  git backlog import backlog-md ../other/backlog --dry-run
  git backlog import backlog-md backlog -m 'Move to one backlog'
  git backlog import interviews notes/2026-11
  git backlog import survey answers.csv --dry-run")]
pub(super) struct Args {
    /// The format
    #[arg(value_name = "FORMAT")]
    name: String,
    /// The folder or file to read
    #[arg(value_name = "PATH", value_hint = clap::ValueHint::AnyPath)]
    path: PathBuf,
    /// Import the rest where some files cannot be read
    #[arg(long)]
    partial: bool,
    /// How to print the report
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
    #[command(flatten)]
    writing: Writing,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let Some(format) = import::named(&args.name) else {
        let known: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
        let failure = Failure::usage(format!("unknown format '{}'", args.name));
        return Err(failure.hint(suggest::did_you_mean(&args.name, &known)).into());
    };
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    let backlog = workspace.load_to_write(cx)?;
    let files = store::read_folder(&cx.directory.join(&args.path), format.reads)?;
    if files.is_empty() {
        let message = format!("no files of {} in '{}'", format.name, args.path.display());
        return Err(Failure::usage(message).hint(format!("it is {}", format.summary)).into());
    }
    let outcome = (format.import)(&Request { files: &files, backlog: &backlog, today: cx.today });
    if outcome.n_new + outcome.n_known == 0 && outcome.problems.is_empty() {
        let message = format!("no documents of {} in '{}'", format.name, args.path.display());
        return Err(Failure::usage(message).hint(format!("it is {}", format.summary)).into());
    }
    let folder = folder(&args.path, &cx.directory);
    cx.show(&ImportView { import: &outcome, folder: &folder }, args.format)?;
    if args.format != Format::Table {
        cx.verbosity = -1; // The report is all that a program reads.
    }
    if !outcome.problems.is_empty() && !args.partial {
        let paths: BTreeSet<&str> = outcome.problems.iter().map(|(path, _)| &**path).collect();
        let (n_places, n_files) = (outcome.problems.len(), paths.len());
        let files = if n_files == 1 { "1 file".to_owned() } else { format!("{n_files} files") };
        let what = match n_places == n_files {
            true => files,
            false => format!("{n_places} places in {files}"),
        };
        return Err(Failure::new(
            exit::FOUND,
            format!("{what} cannot be read, so nothing was imported"),
        )
        .hint("mend them, or import the rest with --partial")
        .into());
    }
    if args.writing.dry_run && cx.verbosity <= 0 {
        cx.say("nothing was written; -v shows the new documents")?;
        return Ok(if outcome.problems.is_empty() { exit::DONE } else { exit::FOUND });
    }
    let code = save(cx, &workspace, &backlog, &outcome.edits, &args.writing)?;
    Ok(if outcome.problems.is_empty() { code } else { exit::FOUND })
}

/// The folder that the paths of the files are below: for one file, the one that it is in.
fn folder(path: &Path, directory: &Path) -> String {
    let parent = || path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = if directory.join(path).is_file() { parent() } else { path };
    folder.to_string_lossy().into_owned()
}
