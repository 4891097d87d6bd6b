//! `diff`: what differs between two states of the backlog.

use std::collections::{BTreeSet, HashSet};

use super::context::Context;
use super::error::exit;
use super::standing::{Standing, settings};
use super::states::{Overlay, States};
use super::workspace::Workspace;
use super::{Global, pager};
use crate::domain::backlog::Backlog;
use crate::domain::diff::reason::{self, Reasons};
use crate::domain::diff::risk::{self, Risk};
use crate::domain::diff::{Change, Diff, Direction, Pairs, diff};
use crate::domain::history::Step;
use crate::domain::kind::{Kind, PRODUCT};
use crate::domain::order::{self, Order};
use crate::domain::source::SourceFile;
use crate::render::Format;
use crate::render::report::diff::{DiffView, Titles};
use crate::store::{Repository, Source};

/// How many documents are read for their titles alone.
const NAMED: usize = 200;

/// Show what changed: moves, scope, criteria, estimates, plan
///
/// Compares the worktree with HEAD, or with the revision that is given. `A..B` compares two
/// revisions, `A...B` tells what B has done since it branched off from A, as `git diff` does.
/// Of a new order the fewest moves are told that explain it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog diff
  git backlog diff --staged
  git backlog diff main...reprioritise
  git backlog diff HEAD~10.. --format markdown
  git backlog diff v1.0 v1.1 --format json")]
pub(super) struct Args {
    /// What to compare: one revision with the worktree, A..B, A...B, or two revisions
    #[arg(value_name = "REV", num_args = 0..)]
    revisions: Vec<String>,
    /// Compare what is staged for the next commit, not the worktree
    #[arg(long, visible_alias = "cached")]
    staged: bool,
    /// Exit with 1 if anything differs, and with 0 if nothing does
    #[arg(long)]
    exit_code: bool,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = Format::of_pages())]
    format: Format,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    let states = States::of(&args.revisions, args.staged, &workspace)?;
    let comparison = Comparison::of(&states, &workspace)?;
    if args.format == Format::Table {
        pager::start(cx, &workspace);
    }
    let view = comparison.view(&states);
    cx.show(&view, args.format)?;
    let read = workspace.repository()?.objects_read();
    cx.detail(&format!("read {} files and {} folders from Git", read.blobs, read.trees))?;
    let differs = !comparison.diff.documents.is_empty() || !comparison.diff.files.is_empty();
    Ok(if args.exit_code && differs { exit::FOUND } else { exit::DONE })
}

/// What differs, and what is needed to tell it.
pub(super) struct Comparison {
    /// What differs.
    pub diff: Diff,
    /// What deserves a look.
    pub risks: Vec<Risk>,
    /// The titles of the documents that it names.
    pub titles: Titles,
    /// Why items moved.
    pub reasons: Reasons,
}

impl Comparison {
    /// Compares two states. Only what differs is read, and what that names; where the order
    /// changed, the order of all others, which is kept for the next time.
    pub(super) fn of(states: &States, workspace: &Workspace) -> anyhow::Result<Self> {
        let repository = workspace.repository()?;
        let folder = &*workspace.folder;
        let after = states.source_after(repository, folder);
        let mut standing = Standing::at(repository, folder, states.before)?;
        let before_settings = standing.settings();
        let after_settings = match standing.may_change_settings(&states.files) {
            true => std::rc::Rc::new(settings(&after)?),
            false => standing.settings(),
        };
        let configs = (&*before_settings, &*after_settings);
        let files = match order::agree(configs.0, configs.1) {
            true => states.files.clone(),
            false => states.everything(repository, folder)?,
        };
        let pairs = Pairs::of(files);
        let sides = pairs.files();
        let mut no_order = Order::default();
        let order = match pairs.touch_order(configs) {
            true => Some(standing.order()?),
            false => None,
        };
        let (diff, order) = match order {
            Some(order) => {
                let diff = diff(pairs, configs, Some((&mut *order, Direction::Forward)));
                (diff, order)
            }
            None => (diff(pairs, configs, None), &mut no_order),
        };
        let named = named(&diff, &after)?;
        let base = repository.at_tree(states.before, folder);
        let before = partial(&base, [sides.0, named.clone()].concat())?;
        let after = partial(&after, [sides.1, named].concat())?;
        let steps = steps(states, repository, folder, &before, &diff)?;
        let reasons = reason::of_steps(&steps, &after.config);
        let states = risk::States { before: &before, after: &after, order, steps: &steps };
        let risks = risk::risks(&diff, states);
        // What a document is called now wins.
        let titles = before
            .entries()
            .chain(after.entries())
            .map(|it| (it.id().to_owned(), it.title().into_owned()))
            .collect();
        Ok(Self { diff, risks, titles, reasons })
    }

    /// The view of it.
    pub(super) fn view<'a>(&'a self, states: &'a States) -> DiffView<'a> {
        DiffView {
            diff: &self.diff,
            risks: &self.risks,
            titles: &self.titles,
            reasons: &self.reasons,
            states: (&states.names.0, &states.names.1),
            note: states.note.as_deref(),
        }
    }
}

/// The documents that a change names and that are not among the changed ones: all those that a
/// risk may be about, and some of those of which only the title is told.
fn named(diff: &Diff, after: &Overlay<'_>) -> anyhow::Result<Vec<SourceFile>> {
    let changed: BTreeSet<&str> = diff
        .documents
        .iter()
        .filter(|it| it.after.is_some() || it.before.is_some())
        .map(|it| &*it.id)
        .collect();
    let (mut links, mut titles) = (BTreeSet::new(), BTreeSet::new());
    for document in &diff.documents {
        titles.insert(document.id.clone());
        for change in &document.changes {
            if let Change::Moved(it) = change {
                titles.extend(it.after.iter().chain(&it.before).chain(&it.passed).cloned());
            }
        }
        let entries = [&document.before, &document.after];
        for entry in entries.into_iter().flatten() {
            let named = entry.links("depends_on").into_iter().chain(entry.links("sprint"));
            links.extend(named.map(|id| id.into_owned()));
        }
    }
    let ids = links.into_iter().chain(titles.into_iter().take(NAMED));
    documents(after, &ids.filter(|id| !changed.contains(&**id)).collect())
}

/// The documents whose file names begin with one of these ids.
fn documents(source: &Overlay<'_>, ids: &BTreeSet<String>) -> anyhow::Result<Vec<SourceFile>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let wanted: HashSet<String> = ids.iter().map(|id| id.to_lowercase()).collect();
    let is_wanted = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
        let stem = name.strip_suffix(".md").unwrap_or(&name);
        let mut ends = stem.match_indices('-').map(|(at, _)| at).chain([stem.len()]);
        Kind::of_path(path).is_some() && ends.any(|end| wanted.contains(&stem[..end]))
    };
    Ok(source.documents(&is_wanted)?)
}

/// A part of a state: its settings, its product and these documents.
fn partial(source: &dyn Source, mut files: Vec<SourceFile>) -> anyhow::Result<Backlog> {
    files.extend(source.settings()?);
    if files.iter().all(|file| file.path != PRODUCT.folder) {
        files.extend(source.file(PRODUCT.folder)?);
    }
    Ok(Backlog::parse(files))
}

/// The steps from one state to the other that may hold a risk or the reason of a move. Others are
/// not looked at: what each changed would cost more than everything else.
fn steps(
    states: &States,
    repository: &Repository,
    folder: &str,
    before: &Backlog,
    diff: &Diff,
) -> anyhow::Result<Vec<Step>> {
    let is_move = |change: &Change| matches!(change, Change::Moved(_));
    let moved = diff.documents.iter().filter(|it| it.changes.iter().any(is_move));
    let moved: BTreeSet<&str> = moved.map(|it| &*it.id).collect();
    let is_strict = !before.config.policy.change.0.is_empty();
    let Some((base, head)) = states.range.as_ref().filter(|_| !moved.is_empty() || is_strict)
    else {
        return Ok(Vec::new());
    };
    let is_wanted = |author: &str, message: &str| {
        risk::is_suspect(author, message, before) || reason::may_explain(message, &moved)
    };
    Ok(repository.steps_of(base, head, folder, &is_wanted)?)
}
