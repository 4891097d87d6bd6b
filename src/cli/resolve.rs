//! `resolve`: decide what a merge could not.

use std::collections::BTreeMap;

use super::Global;
use super::conflicts;
use super::context::Context;
use super::error::{Failure, exit};
use super::save::{Writing, save};
use super::workspace::{Workspace, find_to_edit};
use crate::domain::assign::{self, Assignment};
use crate::domain::backlog::Backlog;
use crate::domain::document::Document;
use crate::domain::entry::Entry;
use crate::domain::kind::KINDS;
use crate::domain::merge::{self, Conflict};
use crate::domain::message::counted;
use crate::domain::problem::Problem;
use crate::domain::source::{Edits, FileEdit};
use crate::domain::template;
use crate::render;
use crate::store::{Source, Versions};

/// Decide what a merge could not
///
/// Where two people gave one field different values, the item keeps the value that both began
/// with, and lists what each of them wanted. Without an id, all such conflicts are listed. A
/// document that was merged line by line, because this clone had no merge driver, is merged again
/// by field. When nothing is left to decide, Git is told that the file is merged.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog resolve
  git backlog resolve 7k status=review
  git backlog resolve 7k --take 1
  git backlog edit 7k && git backlog resolve 7k")]
pub(super) struct Args {
    /// The document, by its id
    id: Option<String>,
    /// What a field shall be, as for `set`
    #[arg(value_name = "FIELD=VALUE", add = super::completions::ids_and_fields())]
    words: Vec<String>,
    /// Take the Nth of the values that are listed, for each field that is left
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..))]
    take: Option<u8>,
    #[command(flatten)]
    writing: Writing,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    workspace.recover(cx)?;
    let unmerged = workspace.repository()?.unmerged(&workspace.folder)?;
    let Some(id) = &args.id else {
        // Settings in conflict must not keep anybody from seeing what is to decide.
        let backlog = workspace.load(cx, None)?;
        return list(cx, &workspace, &backlog, &unmerged);
    };
    let backlog = workspace.load_to_write(cx)?;
    let entry = find_to_edit(&backlog, id)?;
    let document = merged_again(entry, unmerged.get(entry.path()), &backlog);
    if !document.is_readable() {
        let open = conflicts::open(&document);
        let shown: Vec<String> = open.iter().map(ToString::to_string).collect();
        let message = format!("{}: {}", entry.id(), shown.join("; "));
        return Err(Failure::new(exit::FOUND, message)
            .hint(format!("only an editor can decide that: git backlog edit {}", entry.id()))
            .into());
    }
    let text = decided(cx, &backlog, entry, document, &args)?;
    let mut edits = Edits::default();
    edits.rewrite(&entry.document, text.clone());
    let left = conflicts::open(&Document::parse(entry.path(), text));
    if !edits.is_empty() {
        let mut writing = args.writing.clone();
        if unmerged.contains_key(entry.path()) && writing.why.take().is_some() {
            cx.say("the merge is committed as a whole, with its own message")?;
        }
        let code = save(cx, &workspace, &backlog, &edits, &writing)?;
        if code != exit::DONE || args.writing.dry_run {
            return Ok(code);
        }
    }
    if !left.is_empty() {
        for conflict in &left {
            let line = conflicts::line(&backlog, &workspace.folder, entry.path(), conflict);
            render::error::line(&cx.style, &line, &mut cx.out)?;
        }
        if !left.iter().all(|conflict| matches!(conflict, Conflict::Field { .. })) {
            cx.say(&format!("the text is decided with: git backlog edit {}", entry.id()))?;
        }
        return Ok(exit::FOUND);
    }
    if unmerged.contains_key(entry.path()) {
        workspace.repository()?.settle(&workspace.folder, entry.path())?;
        let left = unmerged.len() - 1;
        let next = match left {
            0 => {
                "all is decided; go on as `git status` says, with a commit or --continue".to_owned()
            }
            left => format!("{left} more are not merged yet; see: git backlog resolve"),
        };
        cx.say(&next)?;
    } else if edits.is_empty() {
        cx.say("nothing to decide")?;
    }
    Ok(exit::DONE)
}

/// All that is undecided, with how to decide it.
fn list(
    cx: &mut Context,
    workspace: &Workspace,
    backlog: &Backlog,
    unmerged: &BTreeMap<String, Versions>,
) -> anyhow::Result<u8> {
    let mut n_found = 0;
    for entry in backlog.entries() {
        let open = conflicts::open(&entry.document);
        let is_unmerged = unmerged.contains_key(entry.path());
        for conflict in &open {
            let line = conflicts::line(backlog, &workspace.folder, entry.path(), conflict);
            render::error::line(&cx.style, &line, &mut cx.out)?;
        }
        if is_unmerged && open.is_empty() {
            let line = format!("{}: not merged yet", entry.path());
            render::error::line(&cx.style, &line, &mut cx.out)?;
        }
        n_found += usize::from(is_unmerged || !open.is_empty());
    }
    let elsewhere = unmerged.keys().filter(|path| backlog.at_path(path).is_none());
    for path in elsewhere {
        let line = format!("{}/{path}: not merged yet, and no document here", workspace.folder);
        render::error::line(&cx.style, &line, &mut cx.out)?;
        n_found += 1;
    }
    for (path, open) in beside_documents(workspace, backlog)? {
        for conflict in open {
            let line = format!("{}/{path}: {conflict}; mend it with an editor", workspace.folder);
            render::error::line(&cx.style, &line, &mut cx.out)?;
            n_found += 1;
        }
    }
    if n_found == 0 {
        cx.say("nothing to decide")?;
        return Ok(exit::DONE);
    }
    cx.say("decide with: git backlog resolve ID FIELD=VALUE, or with: git backlog edit ID")?;
    Ok(exit::FOUND)
}

/// The settings and the templates in which somebody has to decide something.
fn beside_documents(
    workspace: &Workspace,
    backlog: &Backlog,
) -> anyhow::Result<Vec<(String, Vec<Conflict>)>> {
    let worktree = workspace.worktree()?;
    let types = backlog.config.types.0.keys();
    let templates = KINDS.iter().map(|kind| kind.name).chain(types).map(template::path);
    let mut found = Vec::new();
    for path in std::iter::once("config.yml".to_owned()).chain(templates) {
        let Some(Ok(text)) = worktree.file(&path)?.map(|file| file.text) else { continue };
        let open = conflicts::open(&Document::parse(path.as_str(), text.as_str()));
        if !open.is_empty() {
            found.push((path, open));
        }
    }
    Ok(found)
}

/// The document as it is; one that lines were merged in until it could not be read any more is
/// merged by field instead, from what the index remembers.
fn merged_again(entry: &Entry, versions: Option<&Versions>, backlog: &Backlog) -> Document {
    let document = &entry.document;
    let Some(Versions { base, ours: Some(ours), theirs: Some(theirs) }) = versions else {
        return document.clone();
    };
    if document.is_readable() {
        return document.clone();
    }
    let base = base.as_deref().unwrap_or_default();
    let headings = &backlog.config.criteria.sections;
    let merged = merge::documents(base, ours, theirs, headings, merge::MARKER);
    Document::parse(entry.path(), merged.text)
}

/// The text with what the arguments decide.
fn decided(
    cx: &Context,
    backlog: &Backlog,
    entry: &Entry,
    document: Document,
    args: &Args,
) -> anyhow::Result<String> {
    let path = entry.path().to_owned();
    let order = assign::order(entry.kind);
    let mut document = document;
    let failed = |problem: Problem| Failure::from(assign::Refusal::from(problem));
    for word in &args.words {
        let assignment = Assignment::parse(word).map_err(Failure::from)?;
        let mut edits = Edits::default();
        edits.push(FileEdit {
            path: path.clone(),
            before: Some(entry.document.text().to_owned()),
            after: Some(document.text().to_owned()),
        });
        let state = backlog.after(&edits);
        let Some(now) = state.at_path(&path) else { continue };
        let field = assignment.field.clone();
        let text = assign::apply(&state, now, &[assignment], cx.today).map_err(Failure::from)?;
        let decided = Document::parse(path.as_str(), text);
        let text = merge::settled(&decided, &field).map_err(failed)?;
        document = Document::parse(path.as_str(), text);
    }
    let Some(nth) = args.take else { return Ok(document.text().to_owned()) };
    for conflict in merge::open(&document) {
        let Conflict::Field { name, either, .. } = conflict else { continue };
        let Some(value) = either.get(usize::from(nth) - 1) else {
            let n_values = counted(either.len(), "value");
            return Err(Failure::usage(format!("{name} has {n_values} to take")).into());
        };
        let text = merge::choose(&document, &name, value, &order).map_err(failed)?;
        document = Document::parse(path.as_str(), text);
    }
    Ok(document.text().to_owned())
}
