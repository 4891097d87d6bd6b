//! `merge-driver`: what Git calls to merge one document.

use std::path::PathBuf;

use super::Global;
use super::context::Context;
use super::error::{Failure, exit};
use super::workspace::{FOLDER, Workspace};
use crate::domain::config::Config;
use crate::domain::document::Document;
use crate::domain::merge;
use crate::domain::source::MAX_DOCUMENT;
use crate::store::{self, Source};

/// Longer conflict marks than these help nobody, and take memory at each conflict.
const MAX_MARKER: usize = 256;

/// Merge three versions of a document by field (called by Git)
///
/// `git backlog init` tells Git to call it. OURS is replaced by the result. Exit code 0: merged;
/// 1: merged, and a conflict is left in the document; any other: nothing was written, and Git
/// merges line by line.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git config merge.backlog.driver 'git backlog merge-driver %O %A %B %L %P'
  git backlog merge-driver base.md ours.md theirs.md")]
pub(super) struct Args {
    /// The version in which the two began (%O)
    base: PathBuf,
    /// The version of this branch, which is replaced (%A)
    ours: PathBuf,
    /// The version of the other branch (%B)
    theirs: PathBuf,
    /// The length of conflict marks (%L)
    #[arg(default_value_t = 7)]
    marker: usize,
    /// The path of the document, for messages (%P)
    path: Option<String>,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let read = |path: &PathBuf| -> anyhow::Result<String> {
        let path = cx.directory.join(path);
        let text = store::read_text(&path).map_err(|error| Failure::io("read", &path, &error))?;
        match text {
            Some(text) if text.len() as u64 <= MAX_DOCUMENT => Ok(text),
            Some(_) => Err(Failure::usage(format!("{} is too large", path.display())).into()),
            None => Err(Failure::usage(format!("there is no file {}", path.display())).into()),
        }
    };
    let (base, ours, theirs) = (read(&args.base)?, read(&args.ours)?, read(&args.theirs)?);
    let headings = headings(global, cx);
    let marker = args.marker.clamp(merge::MARKER, MAX_MARKER);
    let merged = merge::documents(&base, &ours, &theirs, &headings, marker);
    let target = cx.directory.join(&args.ours);
    store::write_text(&target, &merged.text)
        .map_err(|error| Failure::io("write", &target, &error))?;
    let name = args.path.unwrap_or_else(|| args.ours.display().to_string());
    let document = Document::parse(name.as_str(), merged.text.as_str());
    let name = match (document.text_of("id"), document.text_of("title")) {
        (Some(id), Some(title)) => format!("{id} \"{title}\""),
        _ => name,
    };
    for note in &merged.notes {
        cx.say(&format!("{name}: {note}"))?;
    }
    for conflict in &merged.conflicts {
        cx.warn(&format!("{name}: {conflict}"))?;
    }
    Ok(if merged.is_clean() { exit::DONE } else { exit::FOUND })
}

/// The headings of acceptance criteria, as HEAD has them: the settings in the worktree may be in
/// the middle of a merge themselves.
fn headings(global: &Global, cx: &Context) -> Vec<String> {
    let read = || {
        let workspace = Workspace::open(cx, global.dir.as_deref()).ok()?;
        let folder = if workspace.folder.is_empty() { FOLDER } else { &workspace.folder };
        let settings = workspace.repository.as_ref()?.revision("HEAD", folder).ok()?.settings();
        Some(Config::of_files(&settings.ok()?).0.criteria.sections)
    };
    read().unwrap_or_else(|| Config::default().criteria.sections)
}
