//! The backlog that a command works on: found from the directory, read from the worktree or from
//! a revision, written to the worktree.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::context::Context;
use super::error::{Failure, exit};
use super::untrusted;
use crate::domain::backlog::{Backlog, Keep, Reading};
use crate::domain::config::SettingsProblem;
use crate::domain::entry::Entry;
use crate::domain::id::{self, Found};
use crate::domain::source::Edits;
use crate::domain::suggest;
use crate::render::Links;
use crate::store::{Applied, Error, Repository, Source, Worktree};

/// The folder of a backlog, in every repository.
pub(super) const FOLDER: &str = ".backlog";

/// A repository and the folder of its backlog.
pub(super) struct Workspace {
    /// The repository; `None` for a folder outside of one, which can be read and not written to.
    pub repository: Option<Repository>,
    /// The folder below the root of the repository, with `/`.
    pub folder: String,
    /// The folder on disk; `None` in a bare repository.
    pub root: Option<PathBuf>,
}

/// Where a command reads.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct At {
    /// Read the backlog as it was at a revision: a commit, a tag, HEAD~3
    #[arg(long, value_name = "REV", help_heading = "Reading")]
    pub at: Option<String>,
}

impl Workspace {
    /// Finds the backlog from the directory of the command, or takes the one of `--dir`.
    pub(super) fn open(cx: &Context, dir: Option<&Path>) -> anyhow::Result<Self> {
        let from_env = (cx.env)("GIT_BACKLOG_DIR").map(PathBuf::from);
        let named = dir.map(Path::to_owned).or(from_env);
        let given = named.as_ref().map(|dir| cx.directory.join(dir));
        let start = given.as_deref().unwrap_or(&cx.directory);
        let nearest = start.ancestors().find(|dir| dir.is_dir()).unwrap_or(start);
        let repository = match Repository::discover(nearest) {
            Ok(repository) => Some(repository),
            Err(error) if error.is_no_repository() && given.is_some() => None,
            Err(error) => return Err(error.into()),
        };
        if let Some(repository) = &repository {
            untrusted::refuse(cx, repository)?;
        }
        let Some(workdir) = repository.as_ref().and_then(Repository::workdir) else {
            let root = given.filter(|_| repository.is_none());
            let folder =
                named.map_or_else(|| FOLDER.to_owned(), |dir| dir.to_string_lossy().into_owned());
            return Ok(Self { repository, folder, root });
        };
        let root = given.unwrap_or_else(|| workdir.join(FOLDER));
        let folder = Worktree::open(&root, repository.as_ref())?.folder().to_owned();
        Ok(Self { repository, folder, root: Some(root) })
    }

    /// The repository, which some commands cannot do without.
    pub(super) fn repository(&self) -> anyhow::Result<&Repository> {
        self.repository.as_ref().ok_or_else(|| {
            Failure::new(exit::REPOSITORY, "this folder is not in a Git repository")
                .hint("make one with: git init")
                .into()
        })
    }

    /// The files of the worktree.
    pub(super) fn worktree(&self) -> anyhow::Result<Worktree> {
        let Some(root) = &self.root else {
            return Err(Failure::new(
                exit::REPOSITORY,
                "this repository is bare: it has no worktree to write to",
            )
            .hint("read it with --at REV, or clone it to change something")
            .into());
        };
        if !root.is_dir() {
            self.check_checked_out()?;
            return Err(Failure::new(
                exit::REPOSITORY,
                format!("no backlog here: there is no {}", self.folder),
            )
            .hint("start one with: git backlog init")
            .into());
        }
        Ok(Worktree::open(root, self.repository.as_ref())?)
    }

    /// Refuses where the backlog is there, and was left out of the worktree on purpose.
    pub(super) fn check_checked_out(&self) -> anyhow::Result<()> {
        let Some(repository) = &self.repository else { return Ok(()) };
        Ok(repository.check_checked_out(&self.folder)?)
    }

    /// The files at `at`; without one, those of the worktree, or of HEAD in a bare repository.
    pub(super) fn source(&self, at: Option<&str>) -> anyhow::Result<Box<dyn Source>> {
        let is_bare = self.root.is_none();
        match at.or(is_bare.then_some("HEAD")) {
            Some(rev) => {
                let revision = self.repository()?.revision(rev, &self.folder)?;
                match revision.has_folder() {
                    true => Ok(Box::new(revision)),
                    false => {
                        let message = format!("{rev} has no {}", self.folder);
                        Err(Failure::usage(message).hint("name a later revision").into())
                    }
                }
            }
            None => Ok(Box::new(self.worktree()?)),
        }
    }

    /// The backlog at `at`, and a warning for each document that cannot be read.
    pub(super) fn load(&self, cx: &mut Context, at: Option<&str>) -> anyhow::Result<Backlog> {
        self.read(cx, at, Keep::Everything)
    }

    /// The same, but of each document only what `keep` says.
    pub(super) fn read(
        &self,
        cx: &mut Context,
        at: Option<&str>,
        keep: Keep,
    ) -> anyhow::Result<Backlog> {
        let source = self.source(at)?;
        let reading = Reading::new(&source.settings()?, keep);
        source.each(&|file| reading.add(file))?;
        let backlog = reading.finish();
        let state = at.map_or_else(|| "the worktree".to_owned(), |rev| format!("revision {rev}"));
        let place = self
            .root
            .as_ref()
            .map_or_else(|| self.folder.clone(), |root| root.display().to_string());
        cx.detail(&format!("read {} documents of {place} from {state}", backlog.entries().len()))?;
        warn_of_unreadable(cx, &backlog, &self.folder)?;
        if let Some(root) = self.root.as_deref().filter(|_| cx.hyperlinks && at.is_none()) {
            let files = backlog.entries().map(|entry| (entry.id(), entry.path()));
            cx.style.links = Some(Arc::new(Links::new(&absolute(root), files)));
        }
        Ok(backlog)
    }

    /// The backlog in the worktree, for a command that writes: the settings have to be sound.
    pub(super) fn load_to_write(&self, cx: &mut Context) -> anyhow::Result<Backlog> {
        self.finish_move(cx)?;
        let backlog = self.load(cx, None)?;
        if let Some(problem) = backlog.config_problems.first() {
            let SettingsProblem { path, problem } = problem;
            let place = format!("{}/{path}:{}", self.folder, problem.position);
            let failure = Failure::new(exit::REPOSITORY, format!("{place}: {}", problem.message));
            let hint = problem.hint.clone();
            return Err(failure
                .hint(hint.unwrap_or_else(|| "mend the settings first".to_owned()))
                .into());
        }
        Ok(backlog)
    }

    /// To write: a backlog of the settings and the documents with these full ids, without reading the others;
    /// `None` if an id is abbreviated, or is not that of exactly one file.
    pub(super) fn load_only(
        &self,
        cx: &mut Context,
        ids: &[&String],
    ) -> anyhow::Result<Option<Backlog>> {
        // Each id costs a look at all file names; for many, reading all files once is less.
        const FEW: usize = 4;
        if ids.len() > FEW {
            return Ok(None);
        }
        self.finish_move(cx)?;
        let worktree = self.worktree()?;
        let mut files = Vec::new();
        for id in ids {
            let paths = if id::is_safe(id) { worktree.paths_of(id)? } else { Vec::new() };
            let [path] = &paths[..] else { return Ok(None) };
            files.extend(worktree.file(path)?);
        }
        files.extend(worktree.settings()?);
        let backlog = Backlog::parse(files);
        let is_sound = backlog.config_problems.is_empty() && backlog.unreadable().next().is_none();
        let has_all = ids.iter().all(|id| backlog.with_id(id).next().is_some());
        Ok((is_sound && has_all).then_some(backlog))
    }

    /// Finishes what an earlier run was interrupted in.
    pub(super) fn recover(&self, cx: &mut Context) -> anyhow::Result<()> {
        self.finish_commit(cx)?;
        self.finish_move(cx)?;
        if let Some(recovered) = self.worktree()?.recover()? {
            cx.warn(&format!("finished an interrupted change: {recovered}"))?;
        }
        Ok(())
    }

    fn finish_commit(&self, cx: &mut Context) -> anyhow::Result<()> {
        let Ok(repository) = self.repository() else { return Ok(()) };
        if let Some(commit) = repository.finish_commit()? {
            cx.warn(&format!("finished an interrupted commit: {commit}"))?;
        }
        Ok(())
    }

    /// Before anything is read that is to be changed: a merge that was interrupted has left files
    /// in the worktree which nobody here has written.
    fn finish_move(&self, cx: &mut Context) -> anyhow::Result<()> {
        let Ok(repository) = self.repository() else { return Ok(()) };
        match repository.finish_move() {
            Ok(None) => Ok(()),
            Ok(Some(commit)) => Ok(cx.warn(&format!("finished an interrupted merge: {commit}"))?),
            Err(Error::Changed { path, .. }) => Ok(cx.warn(&format!(
                "a merge was interrupted, and {path} was changed since: see git diff HEAD"
            ))?),
            Err(error) => Err(error.into()),
        }
    }

    /// Writes edits to the worktree.
    pub(super) fn apply(&self, cx: &mut Context, edits: &Edits) -> anyhow::Result<Applied> {
        self.finish_commit(cx)?;
        let applied = self.worktree()?.apply(edits)?;
        cx.saved = true;
        if let Some(recovered) = &applied.recovered {
            cx.warn(&format!("finished an interrupted change: {recovered}"))?;
        }
        Ok(applied)
    }
}

/// The folder from the root of the file system on; as it is where that is not known.
fn absolute(root: &Path) -> PathBuf {
    std::path::absolute(root).unwrap_or_else(|_| root.to_owned())
}

/// Unreadable documents are told on every command that lists, and never left out in silence.
fn warn_of_unreadable(cx: &mut Context, backlog: &Backlog, folder: &str) -> anyhow::Result<()> {
    const SHOWN: usize = 5;
    let unreadable: Vec<&Entry> = backlog.unreadable().collect();
    for SettingsProblem { path, problem } in &backlog.config_problems {
        let place = format!("{folder}/{path}:{}", problem.position);
        cx.warn(&format!("{place}: {}; the defaults are used", problem.message))?;
    }
    for entry in unreadable.iter().take(SHOWN) {
        let Some(problem) = entry.problems().find(|problem| problem.kind.is_fatal()) else {
            continue;
        };
        let place = format!("{folder}/{}:{}", entry.path(), problem.position);
        cx.warn(&format!("{place}: cannot be read: {}", problem.message))?;
    }
    if unreadable.len() > SHOWN {
        let more = unreadable.len() - SHOWN;
        cx.warn(&format!("{more} more documents cannot be read; see: git backlog check"))?;
    }
    Ok(())
}

/// How many of the documents that an input may mean are named.
const CANDIDATES: usize = 8;

/// The one readable document that a person means by `input`: an id, the beginning of one, or words
/// of a title that only one has.
pub(super) fn find<'a>(backlog: &'a Backlog, input: &str) -> Result<&'a Entry, Failure> {
    match backlog.meant(input) {
        Found::One(entry) => Ok(entry),
        Found::Many(entries) => {
            let line = |entry: &&Entry| format!("{} \"{}\"", entry.id(), entry.title());
            let candidates: Vec<String> = entries.iter().take(CANDIDATES).map(line).collect();
            let more = match entries.len().saturating_sub(CANDIDATES) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let part = match backlog.find(input) {
                Found::Many(_) => "id",
                _ => "title",
            };
            Err(Failure::usage(format!("'{input}' matches {}{more}", candidates.join(", ")))
                .hint(format!("type more of the {part}")))
        }
        Found::None(near) => {
            let failure = Failure::usage(format!("no document with id '{input}'"));
            Err(failure.hint(suggest::document(backlog, input, &near)))
        }
    }
}

/// The one document that an editor may open: also one that cannot be understood, as long as it is
/// text.
pub(super) fn find_to_edit<'a>(backlog: &'a Backlog, input: &str) -> Result<&'a Entry, Failure> {
    match find(backlog, input) {
        Ok(entry) if !entry.is_readable() && !entry.document.text().is_empty() => Ok(entry),
        _ => find_to_write(backlog, input),
    }
}

/// The one document that a command may write to: readable, and alone under its id.
pub(super) fn find_to_write<'a>(backlog: &'a Backlog, input: &str) -> Result<&'a Entry, Failure> {
    let entry = find(backlog, input)?;
    let twins: Vec<&str> = backlog.with_id(entry.id()).map(Entry::path).collect();
    if twins.len() > 1 {
        let message =
            format!("{} is the id of {} documents: {}", entry.id(), twins.len(), twins.join(", "));
        return Err(Failure::new(exit::FOUND, message)
            .hint("give one of them another id and file name first"));
    }
    if !entry.is_readable() {
        let failure: Failure = crate::domain::assign::unreadable(entry).into();
        return Err(Failure { code: exit::FOUND, ..failure });
    }
    Ok(entry)
}
