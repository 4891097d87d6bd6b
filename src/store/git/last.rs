//! The last commit, as edits that take it back.

use gix::ObjectId;
use gix::bstr::ByteSlice;

use super::stage::Filters;
use super::tree::{self, Difference, Leaf};
use super::{Repository, failed, object};
use crate::domain::source::{Edits, FileEdit};
use crate::store::document;
use crate::store::error::Error;

/// How the subject of a merge begins that `sync` has made.
pub const MERGED: &str = "backlog: merge ";

/// A commit and the edits that take it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revert {
    /// The full id.
    pub id: String,
    /// The first digits of the id.
    pub short: String,
    /// The first line of the message.
    pub subject: String,
    /// The name of its author, if that is somebody else than who would commit now.
    pub author: Option<String>,
    /// The edits of the worktree that take the commit back.
    pub edits: Edits,
}

impl Repository {
    /// The commit of HEAD, if it changed nothing but files of a folder. Of merges, only those that
    /// `sync` has made count: what they brought in is taken back as one.
    pub fn last_commit(&self, folder: &str) -> Result<Option<Revert>, Error> {
        self.check_readable()?;
        let Some(id) = self.head()?.commit else { return Ok(None) };
        let failed = |error| failed("read the last commit", error);
        let commit = self.repo.find_commit(id).map_err(failed)?;
        let parents: Vec<ObjectId> = commit.parent_ids().map(gix::Id::detach).collect();
        let subject = commit.message().map_err(failed)?.summary().to_string();
        if parents.len() > 1 && !subject.starts_with(MERGED) {
            return Ok(None);
        }
        let (before, after) = (self.tree_of(parents.first().copied())?, self.tree_of(Some(id))?);
        let differences = tree::differences(self, before, after)?;
        let inside = format!("{folder}/");
        let is_inside = |it: &Difference| it.path.starts_with(inside.as_bytes());
        if differences.is_empty() || !differences.iter().all(is_inside) {
            return Ok(None);
        }
        let short = self.short(id);
        let edits = self.taken_back(&short, &inside, &differences)?;
        let by = commit.author().map_err(failed)?;
        let is_own = self.people(None).is_ok_and(|people| people.author.email == by.email);
        let author = (!is_own).then(|| by.name.to_string());
        Ok(Some(Revert { id: id.to_string(), short, subject, author, edits }))
    }

    fn taken_back(
        &self,
        commit: &str,
        inside: &str,
        differences: &[Difference],
    ) -> Result<Edits, Error> {
        let index = self.read_index()?;
        let mut filters = self.filters(&index)?;
        let mut edits = Edits::default();
        for it in differences {
            let name = it.path.to_str_lossy();
            let path = name.strip_prefix(inside).unwrap_or(&name).to_owned();
            let (new, old) = (
                self.in_worktree(&mut filters, &name, it.after)?,
                self.in_worktree(&mut filters, &name, it.before)?,
            );
            match (new, old) {
                (Ok(before), Ok(after)) => edits.push(FileEdit { path, before, after }),
                _ => {
                    let message =
                        format!("commit {commit} cannot be taken back here: {name} is no text");
                    return Err(Error::refused(
                        message,
                        format!("take it back with Git: git revert {commit}"),
                    ));
                }
            }
        }
        Ok(edits)
    }

    /// A text as the worktree has it: Git may have changed its line endings.
    fn in_worktree(
        &self,
        filters: &mut Filters<'_>,
        name: &str,
        leaf: Option<Leaf>,
    ) -> Result<Result<Option<String>, crate::domain::problem::Problem>, Error> {
        let Some(leaf) = leaf else { return Ok(Ok(None)) };
        if let Err(problem) = object::text(self, leaf.mode.kind(), leaf.id) {
            return Ok(Err(problem));
        }
        match object::bytes(self, leaf.id) {
            Err(problem) => Ok(Err(problem)),
            Ok(bytes) => Ok(document::text(filters.smudge(name, bytes)?).map(Some)),
        }
    }
}
