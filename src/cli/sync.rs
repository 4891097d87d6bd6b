//! `sync`: bring the backlog here and at the remote together.

use std::collections::HashSet;

use super::Global;
use super::commit;
use super::conflicts;
use super::context::Context;
use super::error::{Failure, exit};
use super::workspace::Workspace;
use crate::domain::backlog::Backlog;
use crate::domain::document::Document;
use crate::domain::merge::Conflict;
use crate::domain::message::{Message, counted};
use crate::domain::problem::Problem;
use crate::domain::reconcile::{self, Reconciled};
use crate::domain::source::{Edits, FileChange, FileEdit};
use crate::domain::twins;
use crate::render;
use crate::store::{Error, Fork, MERGED, Pushed, Relation, Repository, Source, Trust, Upstream};

/// How often it is tried again because others pushed, or committed here, at the same time.
const TRIES: u32 = 20;

/// How many incoming changes are told one by one.
const SHOWN: usize = 20;

/// A change that removes more than one document in so many, and more than a handful, is taken
/// for an accident.
const ONE_IN: usize = 5;
const HANDFUL: usize = 4;

/// Fetch, merge by field, and push
///
/// Commits of the remote are merged item by item and field by field; where both sides changed the
/// same field, both values stay in the item until `git backlog resolve` decides, and nothing is
/// pushed before. Files outside of the backlog come along if only one side changed them. What is
/// not committed stays as it is.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog sync
  git backlog sync -m 'After the refinement'
  git backlog sync --no-push")]
pub(super) struct Args {
    /// The remote, instead of that of the branch
    remote: Option<String>,
    /// First commit the changes of the backlog, with the reason for them
    #[arg(short = 'm', long = "message", value_name = "WHY", allow_hyphen_values = true)]
    why: Option<String>,
    /// Fetch, and show what would come in
    #[arg(short = 'n', long)]
    dry_run: bool,
    /// Do not push
    #[arg(long)]
    no_push: bool,
    /// Do not run hooks: pre-commit and commit-msg, post-merge, pre-push
    #[arg(long)]
    no_verify: bool,
    /// Merge although the remote has taken back commits that were there
    #[arg(long)]
    accept_rewrite: bool,
    /// Merge although the remote removes more than a fifth of the backlog
    #[arg(long)]
    allow_mass_delete: bool,
    /// Let the settings of this repository itself name programs, such as core.sshCommand
    #[arg(long)]
    trust_repository: bool,
    /// Fetch and push although CI is set: a build seldom means to
    #[arg(long)]
    allow_ci: bool,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    refuse_in_ci(&args, cx)?;
    workspace.recover(cx)?;
    let repository = workspace.repository()?;
    repository.check_committer()?;
    repository.check_idle()?;
    let upstream = repository.upstream(args.remote.as_deref())?;
    if let Some(why) = args.why.as_ref().filter(|_| !args.dry_run) {
        let code = commit::everything(cx, &workspace, why, args.no_verify)?;
        if code != exit::DONE {
            return Ok(code);
        }
    }
    let sync = Sync { args: &args, workspace: &workspace, repository, upstream };
    for tries in 1..=TRIES {
        if let Some(code) = sync.round(cx)? {
            return Ok(code);
        }
        pause(tries);
    }
    let name = sync.upstream.name();
    let message = format!("{name} keeps moving: gave up after {TRIES} tries");
    Err(Failure::new(exit::REMOTE, message)
        .hint("your work is committed here; try again with: git backlog sync")
        .into())
}

/// What is brought together.
struct Sync<'a> {
    args: &'a Args,
    workspace: &'a Workspace,
    repository: &'a Repository,
    upstream: Upstream,
}

/// A commit to move to.
struct Step {
    id: String,
    conflicts: Vec<(String, Vec<Conflict>)>,
    notes: Vec<String>,
}

impl Sync<'_> {
    /// Fetches, merges, pushes. `None` if somebody else was faster, here or there.
    fn round(&self, cx: &mut Context) -> anyhow::Result<Option<u8>> {
        let (repository, name) = (self.repository, self.upstream.name());
        let theirs = repository.fetch(&self.upstream, self.trust())?;
        self.refuse_rewritten(theirs.as_deref())?;
        let head = match repository.full_id("HEAD") {
            Ok(id) => Some(id),
            Err(error) if error.is_unborn() => None,
            Err(error) => return Err(error.into()),
        };
        let Some(theirs) = theirs else {
            return self.push(cx, head.as_deref(), None);
        };
        let Some(head) = head else {
            return self.take(cx, None, Step::to(&theirs), &theirs);
        };
        match repository.relation(&head, &theirs, &self.workspace.folder)? {
            Relation::Equal => {
                cx.say(&format!("already in step with {name}"))?;
                repository.remember(&self.upstream, &theirs)?;
                Ok(Some(exit::DONE))
            }
            Relation::Ahead => self.push(cx, Some(&head), Some(&theirs)),
            Relation::Behind => {
                let changes = self.changes(&head, &theirs)?;
                self.refuse_mass_removal(&self.backlog(&head)?, &changes)?;
                self.take(cx, Some(&head), Step::to(&theirs), &theirs)
            }
            Relation::Apart(fork) => {
                self.refuse_mass_removal(&self.backlog(&fork.base)?, &fork.theirs)?;
                let step = self.merged(&head, &fork)?;
                self.take(cx, Some(&head), step, &theirs)
            }
        }
    }

    fn trust(&self) -> Trust {
        Trust { repository: self.args.trust_repository, hooks: !self.args.no_verify }
    }

    /// Refuses a remote that has taken back what was there: merging would bring it to life again.
    fn refuse_rewritten(&self, theirs: Option<&str>) -> anyhow::Result<()> {
        let Some(known) = self.repository.known(&self.upstream)? else { return Ok(()) };
        let is_kept = match theirs {
            Some(theirs) => {
                let bases = self.repository.merge_bases(&known, theirs);
                bases.is_ok_and(|bases| bases.contains(&known))
            }
            None => false,
        };
        if is_kept || self.args.accept_rewrite {
            return Ok(());
        }
        let name = self.upstream.name();
        let what = if theirs.is_some() { "rewritten" } else { "removed" };
        let message = format!("{name} was {what}: it does not hold {} any more", &known[..10]);
        Err(Failure::new(exit::REMOTE, message)
            .hint("ask who did it; to merge all the same: git backlog sync --accept-rewrite")
            .into())
    }

    fn refuse_mass_removal(&self, before: &Backlog, changes: &[FileChange]) -> anyhow::Result<()> {
        let id = |text: &Option<Result<String, _>>| {
            let text = text.as_ref()?.as_ref().ok()?;
            Some(Document::parse("", text.as_str()).text_of("id")?.into_owned())
        };
        let kept: HashSet<String> = changes.iter().filter_map(|it| id(&it.after)).collect();
        let is_removed = |it: &&FileChange| {
            it.after.is_none()
                && before.at_path(&it.path).is_some()
                && id(&it.before).is_none_or(|id| !kept.contains(&id))
        };
        let n_removed = changes.iter().filter(is_removed).count();
        // The product is no part of what can be removed from a backlog.
        let n_all = before.entries().filter(|entry| entry.path().contains('/')).count();
        let is_much = n_removed > HANDFUL && n_removed * ONE_IN > n_all || n_removed >= n_all;
        if n_removed < 2 || !is_much || self.args.allow_mass_delete {
            return Ok(());
        }
        let name = self.upstream.name();
        let message = format!("{name} removes {n_removed} of {}", counted(n_all, "document"));
        Err(Failure::new(exit::REFUSED, message)
            .hint("ask who did it; to merge all the same: git backlog sync --allow-mass-delete")
            .into())
    }

    /// Brings the two sides together in a commit.
    fn merged(&self, head: &str, fork: &Fork) -> anyhow::Result<Step> {
        let ours = self.backlog(head)?;
        let headings = &ours.config.criteria.sections;
        let Reconciled { mut edits, conflicts, mut notes, clashes } =
            reconcile::reconcile(&fork.ours, &fork.theirs, headings);
        if let Some(path) = clashes.first() {
            let path = format!("{}/{path}", self.workspace.folder);
            return Err(Failure::new(
                exit::FOUND,
                format!("{path} was changed there, and cannot be read as text"),
            )
            .hint(format!("merge with Git: git merge {}", self.upstream.name()))
            .into());
        }
        let both = ours.after(&edits);
        let came_with = |path: &str, _: &str| {
            let is_new = |side: &[FileChange]| side.iter().any(|it| it.path == path);
            let side = if is_new(&fork.theirs) { &fork.theirs } else { &fork.ours };
            side.iter().map(|it| it.path.clone()).collect()
        };
        let (repaired, renamed) = twins::repair(&both, &came_with);
        repaired.files().iter().for_each(|file| edits.push(file.clone()));
        notes.extend(renamed.iter().map(conflicts::renamed));
        let after = ours.after(&edits);
        let paths = edits.files().iter().map(|file| file.path.as_str());
        let news = Message::describe(&ours, &after, paths);
        let message = self.message(&news, &notes);
        let id = self.repository.merge_commit(fork, &self.workspace.folder, &edits, &message)?;
        Ok(Step { id, conflicts, notes })
    }

    fn message(&self, news: &Message, notes: &[String]) -> String {
        let mut message =
            format!("{MERGED}{} into {}\n", self.upstream.name(), self.upstream.branch);
        let lines: Vec<&String> = news.lines.iter().chain(notes).collect();
        if !lines.is_empty() {
            message.push('\n');
        }
        for line in lines.iter().take(SHOWN) {
            message.push_str(&format!("- {line}\n"));
        }
        if lines.len() > SHOWN {
            message.push_str(&format!("- and {} more changes\n", lines.len() - SHOWN));
        }
        message
    }

    /// Moves the branch, the index and the files, tells what came in, and pushes.
    fn take(
        &self,
        cx: &mut Context,
        head: Option<&str>,
        step: Step,
        theirs: &str,
    ) -> anyhow::Result<Option<u8>> {
        let changes = match head {
            Some(head) => self.changes(head, &step.id)?,
            None => Vec::new(),
        };
        if self.args.dry_run {
            cx.say(&format!("this would come in from {}", self.upstream.name()))?;
            self.tell(cx, head, &step, &changes)?;
            return Ok(Some(exit::DONE));
        }
        self.make_room(&changes)?;
        match self.repository.advance(&step.id, self.trust()) {
            Ok(()) => {}
            Err(Error::Moving { .. }) => return Ok(None),
            Err(Error::Changed { path, .. }) => return Err(in_the_way(&path)),
            Err(error) => return Err(error.into()),
        }
        self.repository.remember(&self.upstream, theirs)?;
        cx.say(&format!("merged {}", self.upstream.name()))?;
        self.tell(cx, head, &step, &changes)?;
        self.push(cx, Some(&step.id), Some(theirs))
    }

    fn tell(
        &self,
        cx: &mut Context,
        head: Option<&str>,
        step: &Step,
        changes: &[FileChange],
    ) -> anyhow::Result<()> {
        let (Some(head), 0..) = (head, cx.verbosity) else { return Ok(()) };
        let before = self.backlog(head)?;
        let after = self.backlog(&step.id)?;
        let paths = changes.iter().map(|change| change.path.as_str());
        let news = Message::describe(&before, &after, paths);
        for line in news.lines.iter().take(SHOWN) {
            render::error::line(&cx.style, line, &mut cx.out)?;
        }
        if news.lines.len() > SHOWN {
            let more = format!("and {} more changes", news.lines.len() - SHOWN);
            render::error::line(&cx.style, &more, &mut cx.out)?;
        }
        for note in &step.notes {
            cx.say(note)?;
        }
        for (path, found) in &step.conflicts {
            for conflict in found {
                let line = conflicts::line(&after, &self.workspace.folder, path, conflict);
                cx.warn(&line)?;
            }
        }
        Ok(())
    }

    /// A file that already holds what is coming, because an earlier run was interrupted, is given
    /// its old text back, so that Git does not take it for somebody's work. Whoever has really
    /// changed one has to commit first.
    fn make_room(&self, incoming: &[FileChange]) -> anyhow::Result<()> {
        let changed = self.repository.changed(&self.workspace.folder)?;
        let mut back = Edits::default();
        for local in changed {
            let Some(coming) = incoming.iter().find(|it| it.path == local.path) else { continue };
            let (before, now) = (text(&local.before), text(&local.after));
            match (before, now, text(&coming.after)) {
                (Some(before), Some(now), Some(then)) if now == then => {
                    back.push(FileEdit { path: local.path, before: now, after: before });
                }
                _ => return Err(in_the_way(&format!("{}/{}", self.workspace.folder, local.path))),
            }
        }
        if !back.is_empty() {
            let worktree = self.workspace.worktree()?;
            worktree.apply(&back)?;
            worktree.forget_last_changes(1)?;
        }
        Ok(())
    }

    /// Brings the commits of this branch to the remote.
    fn push(
        &self,
        cx: &mut Context,
        head: Option<&str>,
        theirs: Option<&str>,
    ) -> anyhow::Result<Option<u8>> {
        let Some(head) = head else {
            cx.say("nothing to push: there is no commit yet")?;
            return Ok(Some(exit::DONE));
        };
        if Some(head) == theirs {
            return Ok(Some(exit::DONE));
        }
        let undecided = self.undecided(head, theirs)?;
        if !undecided.is_empty() {
            let what = counted(undecided.len(), "document");
            let message = format!("not pushed: {what} with conflicts: {}", undecided.join(", "));
            return Err(Failure::new(exit::FOUND, message)
                .hint("decide them with: git backlog resolve; then: git backlog sync -m 'Resolved'")
                .into());
        }
        let n_commits = match theirs {
            Some(theirs) => self.repository.commits(theirs, head)?.len(),
            None => 0,
        };
        let what = match theirs {
            Some(_) => counted(n_commits, "commit"),
            None => "the branch".to_owned(),
        };
        let name = self.upstream.name();
        if self.args.no_push || self.args.dry_run {
            cx.say(&format!("not pushed: {what} to {name}"))?;
            return Ok(Some(exit::DONE));
        }
        match self.repository.push(&self.upstream, head, self.trust())? {
            Pushed::Done => {
                cx.say(&format!("pushed {what} to {name}"))?;
                Ok(Some(exit::DONE))
            }
            Pushed::Overtaken => Ok(None),
        }
    }

    /// The documents among those to push in which a conflict is open.
    fn undecided(&self, head: &str, theirs: Option<&str>) -> anyhow::Result<Vec<String>> {
        let Some(theirs) = theirs else { return Ok(Vec::new()) };
        let changes = self.changes(theirs, head)?;
        let is_open = |it: &&FileChange| {
            let text = it.after.as_ref().and_then(|text| text.as_ref().ok());
            text.is_some_and(|text| {
                !conflicts::open(&Document::parse(it.path.as_str(), text.as_str())).is_empty()
            })
        };
        Ok(changes.iter().filter(is_open).map(|it| it.path.clone()).collect())
    }

    fn changes(&self, from: &str, to: &str) -> anyhow::Result<Vec<FileChange>> {
        let tree = |rev| self.repository.tree(rev, &self.workspace.folder);
        Ok(self.repository.edits(tree(from)?, tree(to)?)?)
    }

    fn backlog(&self, rev: &str) -> anyhow::Result<Backlog> {
        let revision = self.repository.revision(rev, &self.workspace.folder)?;
        Ok(Backlog::parse(revision.files()?))
    }
}

impl Step {
    /// To a commit of the remote, with nothing to merge.
    fn to(id: &str) -> Self {
        Self { id: id.to_owned(), conflicts: Vec::new(), notes: Vec::new() }
    }
}

/// The text of a file, or that there is none; `None` if it cannot be read.
fn text(text: &Option<Result<String, Problem>>) -> Option<Option<String>> {
    match text {
        None => Some(None),
        Some(Ok(text)) => Some(Some(text.clone())),
        Some(Err(_)) => None,
    }
}

fn in_the_way(path: &str) -> anyhow::Error {
    let message =
        format!("{path} has changes that are not committed, and the remote changed it too");
    Failure::new(exit::CHANGED, message)
        .hint("commit them first: git backlog sync -m 'Why', or git commit for other files")
        .into()
}

/// A build that pushes is seldom what somebody meant.
fn refuse_in_ci(args: &Args, cx: &Context) -> anyhow::Result<()> {
    let is_set =
        |name: &str| (cx.env)(name).is_some_and(|value| !value.is_empty() && value != "false");
    if args.allow_ci || args.dry_run || !is_set("CI") {
        return Ok(());
    }
    Err(Failure::new(exit::REFUSED, "CI is set, and a build seldom means to merge and push")
        .hint("if it does: git backlog sync --allow-ci")
        .into())
}

/// Waits a little, each process for another time, and longer after each try.
fn pause(tries: u32) {
    let mut chance = [0; 1];
    // Without chance the pause is merely the same for all.
    let _filled = getrandom::fill(&mut chance);
    let millis = 20 + u64::from(chance[0]) * u64::from(tries.min(8)) / 4;
    std::thread::sleep(std::time::Duration::from_millis(millis));
}
