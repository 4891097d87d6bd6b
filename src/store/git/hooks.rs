//! The hooks of a commit, run as `git commit --only` runs them.
//!
//! Git itself starts them (`git hook run`), because it knows where they are and what they expect
//! of their surroundings on each system. They see an index that holds what will be committed, and
//! may change it, and the message too.

use std::path::{Path, PathBuf};

use gix::ObjectId;
use gix::bstr::ByteSlice;
use gix::index::entry::Stage;
use gix::objs::tree::EntryKind;
use gix::tempfile::{AutoRemove, ContainingDirectory};

use super::commit::{CommitRequest, People};
use super::stage::{Staged, StagedBlob};
use super::tree::Put;
use super::{Repository, failed, program};
use crate::store::error::Error;

/// How the name of an index begins that hooks are shown.
pub(in crate::store) const PREVIEW: &str = "preview-";

/// The variable that tells a hook's commands that a commit waits for it.
const COMMITTING: &str = "GIT_BACKLOG_COMMITTING";

/// The hooks that may change a commit or forbid it.
const BEFORE: [&str; 3] = ["pre-commit", "prepare-commit-msg", "commit-msg"];

/// What is to be committed, as hooks may change it.
pub(super) struct Proposal {
    pub(super) staged: Vec<Staged>,
    pub(super) message: String,
}

impl Repository {
    /// Lets the hooks that come before a commit look at it. One that ends with another status than
    /// 0 forbids it.
    pub(super) fn propose(
        &self,
        request: &CommitRequest,
        index: &gix::index::File,
        proposal: Proposal,
        people: &People,
    ) -> Result<Proposal, Error> {
        let is_run =
            |name: &&str| self.has_hook(name) && (request.verify || *name == "prepare-commit-msg");
        let hooks: Vec<&str> = BEFORE.into_iter().filter(is_run).collect();
        if hooks.is_empty() {
            return Ok(proposal);
        }
        let Proposal { mut staged, mut message } = proposal;
        let mut preview = Preview::new(self, index, &staged)?;
        let message_file = self.git_dir().join("COMMIT_EDITMSG");
        let message_name = match self.workdir().map(|workdir| workdir.join(".git")) {
            Some(git) if git == self.git_dir() => ".git/COMMIT_EDITMSG".into(),
            _ => message_file.clone(),
        };
        let name = self.name_of(&message_file);
        let write = |text: &str| {
            std::fs::write(&message_file, text).map_err(|error| Error::write(&name, &error))
        };
        write(&format!("{}\n", message.trim_end()))?;
        for hook in hooks {
            let args: &[&Path] = match hook {
                "prepare-commit-msg" => &[&message_name, Path::new("message")],
                "commit-msg" => &[&message_name],
                _ => &[],
            };
            self.run_hook(hook, args, &preview.path, people)?;
            if hook == "pre-commit" {
                preview.take_changes(self, &request.folder, &mut staged)?;
            }
        }
        let text = std::fs::read(&message_file).map_err(|error| Error::read(&name, &error))?;
        message = cleaned(&String::from_utf8_lossy(&text));
        if message.is_empty() {
            return Err(Error::refused(
                "a hook of this repository left the message empty",
                "commit without hooks that may forbid it: --no-verify",
            ));
        }
        Ok(Proposal { staged, message })
    }

    /// Refuses to commit in a hook whose commit waits for it to end.
    pub(super) fn check_not_in_hook(&self) -> Result<(), Error> {
        match std::env::var_os(COMMITTING).is_none_or(|value| value.is_empty()) {
            true => Ok(()),
            false => Err(Error::refused(
                "a commit of git-backlog waits for this hook to end",
                "change files here without -m, and let the hook stage them",
            )),
        }
    }

    /// Tells the hook that comes after a commit. It is too late for it to forbid anything.
    pub(super) fn announce(&self, people: &People) {
        if self.has_hook("post-commit") {
            let _too_late = self.run_hook("post-commit", &[], &self.repo.index_path(), people);
        }
    }

    fn run_hook(
        &self,
        name: &str,
        args: &[&Path],
        index: &Path,
        people: &People,
    ) -> Result<(), Error> {
        let author = &people.author;
        let time = &author.time;
        let program = self.program().args(["hook", "run", "--ignore-missing", name, "--"]);
        let output = program
            .args(args)
            .env("GIT_INDEX_FILE", index)
            .env("GIT_EDITOR", ":")
            .env(COMMITTING, if BEFORE.contains(&name) { "1" } else { "" })
            .env("GIT_AUTHOR_NAME", author.name.to_string())
            .env("GIT_AUTHOR_EMAIL", author.email.to_string())
            .env("GIT_AUTHOR_DATE", format!("@{} {}", time.seconds, zone(time.offset)))
            .run()?;
        if output.status.success() {
            return Ok(());
        }
        if program::version().is_some_and(|version| version < (2, 36)) {
            return Err(Error::unusable(
                format!("this repository has the hook {name}, and Git is too old to run it"),
                "update Git to 2.36 or newer, or commit with it: git commit .backlog",
            ));
        }
        Err(Error::refused(
            format!("the hook {name} of this repository refused the commit"),
            match name {
                "prepare-commit-msg" => "mend what it says above",
                _ => "mend what it says above, or pass it by with --no-verify",
            },
        ))
    }

    /// Whether a hook would run. Without one, nothing is started.
    pub fn has_hook(&self, name: &str) -> bool {
        is_executable(&self.hooks_folder().join(name))
    }

    fn hooks_folder(&self) -> PathBuf {
        let configured = self.repo.config_snapshot().trusted_path("core.hooksPath").ok().flatten();
        match configured {
            Some(folder) => self.workdir().unwrap_or_else(|| self.git_dir()).join(folder),
            None => self.common_dir().join("hooks"),
        }
    }
}

/// An index that holds what will be committed, in a file that hooks are shown.
struct Preview {
    path: PathBuf,
    before: gix::index::File,
    /// Removes the file in the end, however that comes.
    _file: gix::tempfile::Handle<gix::tempfile::handle::Closed>,
}

impl Preview {
    fn new(
        repository: &Repository,
        index: &gix::index::File,
        staged: &[Staged],
    ) -> Result<Self, Error> {
        let head = repository.tree_of(repository.head()?.commit)?;
        let puts: Vec<Put> = staged.iter().map(Staged::put).collect();
        let tree = repository.write_tree(head, &puts)?;
        // Git calls its own `next-index-PID.lock`: under that name, nobody could tell them apart.
        let folder = repository.git_dir().join("backlog");
        let path = folder.join(format!("{PREVIEW}{}", std::process::id()));
        let name = repository.name_of(&path);
        let mut preview = repository.index_of(tree)?;
        refresh(&mut preview, index, staged);
        let failed = |error: std::io::Error| Error::write(&name, &error);
        let file =
            gix::tempfile::writable_at(&path, ContainingDirectory::Exists, AutoRemove::Tempfile);
        let mut file = file.map_err(failed)?;
        let written = file
            .with_mut(|file| preview.write_to(file, gix::index::write::Options::default()))
            .map_err(failed)?;
        written.map_err(|error| super::failed("write the index for the hooks", error))?;
        let file = file.close().map_err(failed)?;
        Ok(Self { path, before: preview, _file: file })
    }

    /// Takes over what a hook staged: a formatter, for example, adds the files that it changed.
    fn take_changes(
        &mut self,
        repository: &Repository,
        folder: &str,
        staged: &mut Vec<Staged>,
    ) -> Result<(), Error> {
        let options = gix::index::decode::Options::default();
        let hash = repository.repo.object_hash();
        let after = gix::index::File::at(&self.path, hash, false, options)
            .map_err(|error| failed("read the index that a hook wrote", error))?;
        for change in changes(&self.before, &after) {
            let path = change.path.to_str_lossy();
            let is_inside = path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
            if !is_inside {
                return Err(Error::refused(
                    format!("the hook pre-commit staged {path}, which is not in {folder}"),
                    format!("commit with Git itself: git commit {folder}"),
                ));
            }
            staged.retain(|other| other.path != change.path);
            staged.push(change);
        }
        self.before = after;
        Ok(())
    }
}

/// Gives the entries of an index the times of another, so that Git need not read all files.
fn refresh(preview: &mut gix::index::File, index: &gix::index::File, staged: &[Staged]) {
    let (entries, paths) = preview.entries_mut_and_pathbacking();
    for entry in entries {
        let path = entry.path_in(paths);
        if let Some(known) = index.entry_by_path(path).filter(|known| known.id == entry.id) {
            entry.stat = known.stat;
        }
        let own = staged.iter().find(|file| file.path == path);
        if let Some(blob) = own.and_then(|file| file.blob.as_ref()) {
            entry.stat = blob.stat;
        }
    }
}

/// The files that one index has otherwise than another.
fn changes(before: &gix::index::State, after: &gix::index::State) -> Vec<Staged> {
    let is_whole = |entry: &&gix::index::Entry| entry.stage() == Stage::Unconflicted;
    let new = after.entries().iter().filter(is_whole).filter_map(|entry| {
        let path = entry.path(after);
        let old = before.entry_by_path(path);
        let is_same = |old: &gix::index::Entry| old.id == entry.id && old.mode == entry.mode;
        let kind = entry.mode.to_tree_entry_mode().map(|mode| mode.kind());
        let blob =
            StagedBlob { id: entry.id, kind: kind.unwrap_or(EntryKind::Blob), stat: entry.stat };
        (!old.is_some_and(is_same)).then(|| Staged { path: path.to_owned(), blob: Some(blob) })
    });
    let gone = before.entries().iter().filter_map(|entry| {
        let path = entry.path(before);
        after.entry_by_path(path).is_none().then(|| Staged { path: path.to_owned(), blob: None })
    });
    new.chain(gone).collect()
}

/// A message as Git cleans one that was given: no blanks at the ends of lines, no empty lines at
/// the ends of the text, and none but one between two others.
fn cleaned(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut n_empty = 0;
    for line in text.lines().map(str::trim_end) {
        match line.is_empty() {
            true => n_empty += 1,
            false => {
                if n_empty > 0 && !cleaned.is_empty() {
                    cleaned.push('\n');
                }
                n_empty = 0;
                cleaned.push_str(line);
                cleaned.push('\n');
            }
        }
    }
    cleaned.truncate(cleaned.trim_end().len());
    cleaned
}

/// An offset in seconds as Git writes it: `+0100`.
fn zone(offset: i32) -> String {
    let minutes = offset.abs() / 60;
    let sign = if offset < 0 { '-' } else { '+' };
    format!("{sign}{:02}{:02}", minutes / 60, minutes % 60)
}

impl Repository {
    /// An index of a tree, with no times of files in it.
    fn index_of(&self, tree: ObjectId) -> Result<gix::index::File, Error> {
        if tree.is_empty_tree() {
            let state = gix::index::State::new(self.repo.object_hash());
            return Ok(gix::index::File::from_state(state, self.repo.index_path()));
        }
        self.repo.index_from_tree(&tree).map_err(|error| failed("read a tree", error))
    }
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata()
        .is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    path.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleans_a_message_as_git_does() {
        assert_eq!(cleaned("\n\n a  \n\n\n# b\n\t\nc\n\n"), " a\n\n# b\n\nc");
        assert_eq!(cleaned(" \n\n"), "");
    }

    #[test]
    fn writes_offsets_as_git_does() {
        assert_eq!([zone(3600), zone(-12_600), zone(0)], ["+0100", "-0330", "+0000"]);
    }
}
