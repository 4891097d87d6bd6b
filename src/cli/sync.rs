//! `sync`: bring the backlog here and at the remote together.

mod refusal;

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
use crate::domain::reconcile::{self, Reconciled};
use crate::domain::source::FileChange;
use crate::domain::twins;
use crate::store::{Error, Fork, MERGED, Pushed, Relation, Repository, Source, Trust, Upstream};

/// How often it is tried again because others pushed, or committed here, at the same time.
const TRIES: u32 = 20;

/// How many changes the message of a merge tells one by one.
const SHOWN: usize = 20;

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
    refusal::in_ci(&args, cx)?;
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
            sync.tell_uncommitted(cx)?;
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
        let seen = repository.seen(&self.upstream)?;
        let theirs = repository.fetch(&self.upstream, self.trust())?;
        let head = repository.head_of(&self.upstream.branch)?;
        refusal::rewritten(self, seen.as_deref(), theirs.as_deref(), head.as_deref())?;
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
                refusal::mass_removal(self, &self.backlog(&head)?, &changes)?;
                self.take(cx, Some(&head), Step::to(&theirs), &theirs)
            }
            Relation::Apart(fork) => {
                refusal::mass_removal(self, &self.backlog(&fork.base)?, &fork.theirs)?;
                let step = self.merged(&head, &fork)?;
                self.take(cx, Some(&head), step, &theirs)
            }
        }
    }

    /// Whoever has not committed has shared nothing, and may think otherwise.
    fn tell_uncommitted(&self, cx: &mut Context) -> anyhow::Result<()> {
        let n_changed = self.repository.changed(&self.workspace.folder)?.len();
        if n_changed > 0 {
            let files = counted(n_changed, "file");
            cx.say(&format!("not committed, and not shared: {files}; git backlog sync -m 'Why'"))?;
        }
        Ok(())
    }

    fn trust(&self) -> Trust {
        Trust { repository: self.args.trust_repository, hooks: !self.args.no_verify }
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
        // Another sync in this clone may be about to move the branch and the files.
        let moving = self.repository.lock_moves()?;
        if self.repository.head_of(&self.upstream.branch)?.as_deref() != head {
            return Ok(None);
        }
        match self.repository.advance(moving.as_ref(), &step.id, self.trust()) {
            Ok(()) => {}
            Err(Error::Moving { .. }) => return Ok(None),
            Err(Error::Changed { path, .. }) => {
                let changed = self.repository.changed(&self.workspace.folder)?;
                let folder = format!("{}/", self.workspace.folder);
                let is_staged_alone = path.starts_with(&folder) && changed.is_empty();
                return Err(match is_staged_alone {
                    true => refusal::staged(&path),
                    false => refusal::in_the_way(&path),
                });
            }
            Err(error) => return Err(error.into()),
        }
        drop(moving);
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
        let Some(head) = head else { return Ok(()) };
        if cx.verbosity < 0 && step.conflicts.is_empty() {
            return Ok(());
        }
        let after = self.backlog(&step.id)?;
        if cx.verbosity >= 0 {
            let paths = changes.iter().map(|change| change.path.as_str());
            let news = Message::describe(&self.backlog(head)?, &after, paths);
            cx.tell(&news.lines)?;
        }
        for note in &step.notes {
            cx.say(note)?;
        }
        for (path, found) in &step.conflicts {
            // What was open before is numbered along, as `resolve` numbers it.
            let entry = after.at_path(path).filter(|entry| entry.is_readable());
            let open = entry.map(|entry| conflicts::open(&entry.document));
            for conflict in open.as_ref().unwrap_or(found) {
                let line = conflicts::line(&after, &self.workspace.folder, path, conflict);
                cx.warn(&line)?;
            }
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

/// Waits a little, each process for another time, and longer after each try.
fn pause(tries: u32) {
    let mut chance = [0; 1];
    // Without chance the pause is merely the same for all.
    let _filled = getrandom::fill(&mut chance);
    let millis = 20 + u64::from(chance[0]) * u64::from(tries.min(8)) / 4;
    std::thread::sleep(std::time::Duration::from_millis(millis));
}
