//! Commits on branches that are not checked out: no file and no index is touched.

use gix::ObjectId;
use gix::objs::tree::EntryKind;
use gix::refs::transaction::PreviousValue;

use super::commit::{Commit, Draft, Signature};
use super::tree::{self, Put};
use super::{Repository, failed, object};
use crate::domain::source::{Edits, FileEdit};
use crate::store::error::Error;

impl Repository {
    /// Makes a branch that starts at a commit.
    pub fn create_branch(&self, name: &str, id: &str) -> Result<(), Error> {
        self.check_writable()?;
        if self.tip(name)?.is_some() {
            return Err(Error::refused(
                format!("there is a branch {name} already"),
                "choose another name",
            ));
        }
        let failed = |error| failed(&format!("make the branch {name}"), error);
        let id = self.repo.rev_parse_single(id).map_err(failed)?.detach();
        let log = format!("branch: Created from {id}");
        let made =
            self.repo.reference(format!("refs/heads/{name}"), id, PreviousValue::MustNotExist, log);
        made.map(drop).map_err(failed)
    }

    /// Commits edits to a branch that is not checked out. The texts are stored as they are.
    ///
    /// A branch that does not exist begins with this commit.
    pub fn commit_edits(
        &self,
        branch: &str,
        folder: &str,
        edits: &Edits,
        message: &str,
        author: Option<&Signature>,
    ) -> Result<Commit, Error> {
        self.check_writable()?;
        let head = self.head()?;
        if self.workdir().is_some()
            && head.branch.as_deref() == Some(branch)
            && head.commit.is_some()
        {
            return Err(Error::refused(
                format!("the branch {branch} is checked out"),
                "commit from the worktree",
            ));
        }
        let people = self.people(author)?;
        let parent = self.tip(branch)?;
        let puts = self.puts(parent, folder, edits)?;
        let draft = Draft { folder, parent, puts: &puts, message, people: &people };
        let id = self.write_commit(&draft)?;
        let moved =
            self.move_reference(&format!("refs/heads/{branch}"), parent, id, &draft, |_| ());
        moved.map_err(|error| failed(&format!("move {branch}"), error))?;
        Ok(Commit { id: id.to_string(), short: self.short(id), branch: Some(branch.to_owned()) })
    }

    fn tip(&self, branch: &str) -> Result<Option<ObjectId>, Error> {
        let read = || {
            let found = self.repo.try_find_reference(&format!("refs/heads/{branch}"))?;
            found.map(|mut found| Ok(found.peel_to_id()?.detach())).transpose()
        };
        read().map_err(|error: gix::Error| failed(&format!("read the branch {branch}"), error))
    }

    /// Stores the new texts, if the tree has the old ones.
    fn puts(
        &self,
        parent: Option<ObjectId>,
        folder: &str,
        edits: &Edits,
    ) -> Result<Vec<Put>, Error> {
        let tree = self.tree_of(parent)?;
        let put = |edit: &FileEdit| {
            let path = format!("{folder}/{}", edit.path);
            let leaf = tree::lookup(self, tree, &path)?;
            let found = leaf.map(|leaf| object::text(self, leaf.mode.kind(), leaf.id));
            if found.is_some_and(|text| text.ok() != edit.before)
                || leaf.is_none() && edit.before.is_some()
            {
                return Err(Error::Changed { path, recovered: None });
            }
            let write = |text: &String| self.repo.write_blob(text).map(gix::Id::detach);
            let id = edit.after.as_ref().map(write).transpose();
            let id = id.map_err(|error| failed(&format!("store {path}"), error))?;
            let kind = leaf.map_or(EntryKind::Blob, |leaf| leaf.mode.kind());
            Ok(Put { path: path.into(), blob: id.map(|id| (kind, id)) })
        };
        edits.files().iter().map(put).collect()
    }
}
