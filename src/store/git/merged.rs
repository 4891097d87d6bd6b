//! The merge commit of two branches: the documents as they were brought together, everything else
//! as the one side has it that changed it.

use std::collections::{HashMap, HashSet};

use gix::ObjectId;
use gix::bstr::{BStr, ByteSlice};
use gix::objs::tree::EntryKind;

use super::index::parents;
use super::tree::{self, Difference, Put};
use super::{Repository, failed};
use crate::domain::source::{Edits, FileChange};
use crate::store::error::Error;

/// How many commits are looked at for the merge in which two files met.
const MAX_SEARCHED: usize = 10_000;

/// Two branches that have gone separate ways, and what each did to the backlog since.
#[derive(Clone, Debug)]
pub struct Fork {
    /// The commit in which they began.
    pub base: String,
    /// What this side changed.
    pub ours: Vec<FileChange>,
    /// What the other side changed.
    pub theirs: Vec<FileChange>,
    /// What comes from the other side as it is.
    along: Vec<Put>,
    our_id: ObjectId,
    their_id: ObjectId,
}

/// How two commits stand to each other.
#[derive(Clone, Debug)]
pub enum Relation {
    /// They are one.
    Equal,
    /// The other comes after this one.
    Behind,
    /// This one comes after the other.
    Ahead,
    /// Each has what the other has not.
    Apart(Box<Fork>),
}

impl Repository {
    /// How two commits stand to each other, and what happened since if they have parted.
    pub fn relation(&self, ours: &str, theirs: &str, folder: &str) -> Result<Relation, Error> {
        if ours == theirs {
            return Ok(Relation::Equal);
        }
        let bases = match self.merge_bases(ours, theirs) {
            Err(Error::Unusable { .. }) if !self.is_shallow() => Vec::new(),
            bases => bases?,
        };
        match &bases[..] {
            [] => Err(Error::unusable(
                "the branch here and the one there have no commit in common",
                "see whether it is the right remote: git remote --verbose",
            )),
            [base] if base == ours => Ok(Relation::Behind),
            [base] if base == theirs => Ok(Relation::Ahead),
            [base] => Ok(Relation::Apart(Box::new(self.fork(base, ours, theirs, folder)?))),
            _ => Err(Error::unusable(
                "the two branches have been merged into each other, and have no one commit in which they began",
                format!("merge them with Git, which merges items by field too: git merge {theirs}"),
            )),
        }
    }

    fn fork(&self, base: &str, ours: &str, theirs: &str, folder: &str) -> Result<Fork, Error> {
        let tree = |rev| self.tree(rev, folder);
        let (old, our, their) = (tree(base)?, tree(ours)?, tree(theirs)?);
        let inside = format!("{folder}/");
        let root = |id: &str| self.tree_of(Some(self.commit_of(id)?));
        let sides = |side: &str| {
            let all = tree::differences(self, root(base)?, root(side)?)?;
            let (inside, outside): (Vec<_>, Vec<_>) =
                all.into_iter().partition(|it| it.path.starts_with(inside.as_bytes()));
            Ok::<_, Error>((inside, outside))
        };
        let ((our_inside, our_outside), (their_inside, their_outside)) =
            (sides(ours)?, sides(theirs)?);
        check_apart(&our_outside, &their_outside, theirs)?;
        let theirs_changed = self.edits(old, their)?;
        let mut along = no_texts(folder, &theirs_changed, &our_inside, &their_inside);
        along.extend(their_outside.into_iter().map(|it| Put {
            path: it.path,
            blob: it.after.map(|leaf| (leaf.mode.kind(), leaf.id)),
        }));
        Ok(Fork {
            base: base.to_owned(),
            ours: self.edits(old, our)?,
            theirs: theirs_changed,
            along,
            our_id: self.commit_of(ours)?,
            their_id: self.commit_of(theirs)?,
        })
    }

    /// Makes the commit that brings the two sides together: `edits` are what differs in the backlog
    /// from this side. No branch knows of it yet.
    pub fn merge_commit(
        &self,
        fork: &Fork,
        folder: &str,
        edits: &Edits,
        message: &str,
    ) -> Result<String, Error> {
        self.check_idle()?;
        let before = self.tree_of(Some(fork.our_id))?;
        let theirs = self.tree_of(Some(fork.their_id))?;
        let mut puts = fork.along.clone();
        puts.extend(self.puts_of(before, theirs, &fork.along, folder, edits)?);
        let tree = self.write_tree(before, &puts)?;
        let parents = vec![fork.our_id, fork.their_id];
        let people = self.people(None)?;
        let id = self.store_commit(tree, parents, &people, message)?;
        let mut new = vec![id, tree];
        new.extend(puts.iter().filter_map(|put| Some(put.blob?.1)));
        new.extend(self.trees_above(tree, &puts)?);
        self.sync_objects(&new)?;
        Ok(id.to_string())
    }

    /// The files of a folder that came with one of two files, if the two met in a merge: those that
    /// the side of `path` changed since the sides had parted.
    pub fn came_with(&self, folder: &str, path: &str, other: &str) -> Result<Vec<String>, Error> {
        let Some(mut commit) = self.head()?.commit else { return Ok(Vec::new()) };
        let has = |commit: ObjectId, path: &str| {
            let tree = self.tree_of(Some(commit))?;
            Ok::<_, Error>(tree::lookup(self, tree, &format!("{folder}/{path}"))?.is_some())
        };
        let failed = |error| failed("read the history", error);
        for _ in 0..MAX_SEARCHED {
            let found = self.repo.find_commit(commit).map_err(failed)?;
            let parents: Vec<ObjectId> = found.parent_ids().map(gix::Id::detach).collect();
            let mut both = None;
            for &parent in &parents {
                match (has(parent, path)?, has(parent, other)?) {
                    (true, true) => both = both.or(Some(parent)),
                    (true, false) => {
                        let rest = parents.iter().find(|it| **it != parent);
                        let Some(rest) = rest else { return Ok(Vec::new()) };
                        let base = self.merge_base(&rest.to_string(), &parent.to_string())?;
                        let from = self.tree(&base, folder)?;
                        let to = self.tree(&parent.to_string(), folder)?;
                        let edits = self.edits(from, to)?;
                        return Ok(edits.into_iter().map(|it| it.path).collect());
                    }
                    _ => {}
                }
            }
            match both {
                Some(parent) => commit = parent,
                None => break,
            }
        }
        Ok(Vec::new())
    }

    /// Stores the new texts. Of what sort a file is, the side decides that changed it.
    fn puts_of(
        &self,
        ours: ObjectId,
        theirs: ObjectId,
        along: &[Put],
        folder: &str,
        edits: &Edits,
    ) -> Result<Vec<Put>, Error> {
        let changed: HashMap<&[u8], EntryKind> =
            along.iter().filter_map(|put| Some((&**put.path, put.blob?.0))).collect();
        let put = |edit: &crate::domain::source::FileEdit| {
            let path = format!("{folder}/{}", edit.path);
            let kind = |tree| Ok(tree::lookup(self, tree, &path)?.map(|leaf| leaf.mode.kind()));
            let changed = changed.get(path.as_bytes()).copied();
            let kind = match changed.map_or_else(|| kind(ours), |kind| Ok(Some(kind)))? {
                Some(kind) => Some(kind),
                None => kind(theirs)?,
            };
            let write = |text: &String| self.repo.write_blob(text).map(gix::Id::detach);
            let id = edit.after.as_ref().map(write).transpose();
            let id = id.map_err(|error| failed(&format!("store {path}"), error))?;
            let kind = kind.unwrap_or(EntryKind::Blob);
            Ok(Put { path: path.into(), blob: id.map(|id| (kind, id)) })
        };
        edits.files().iter().map(put).collect()
    }
}

/// What the other side did to files of the backlog beside their texts: files that are no text and
/// that this side has not touched, and files that it made executable or that are so no more.
fn no_texts(
    folder: &str,
    changes: &[FileChange],
    ours: &[Difference],
    theirs: &[Difference],
) -> Vec<Put> {
    let is_no_text =
        |it: &&FileChange| [&it.before, &it.after].into_iter().flatten().any(Result::is_err);
    let no_texts: HashSet<String> =
        changes.iter().filter(is_no_text).map(|it| format!("{folder}/{}", it.path)).collect();
    let ours: HashMap<&BStr, &Difference> = ours.iter().map(|it| (it.path.as_bstr(), it)).collect();
    let put = |it: &Difference| {
        let our = ours.get(it.path.as_bstr()).map_or(it.before, |our| our.after);
        let blob = match (it.before, our, it.after) {
            (was, our, their) if no_texts.contains(&*it.path.to_str_lossy()) => {
                (was == our).then(|| their.map(|leaf| (leaf.mode.kind(), leaf.id)))?
            }
            (Some(was), Some(our), Some(their))
                if was.mode == our.mode && was.mode != their.mode && their.mode.is_blob() =>
            {
                Some((their.mode.kind(), our.id))
            }
            _ => return None,
        };
        Some(Put { path: it.path.clone(), blob })
    };
    theirs.iter().filter_map(put).collect()
}

/// Refuses what only Git can merge: files beside the backlog that both sides changed.
fn check_apart(ours: &[Difference], theirs: &[Difference], rev: &str) -> Result<(), Error> {
    let known: HashMap<&BStr, &Difference> =
        ours.iter().map(|it| (it.path.as_bstr(), it)).collect();
    let files = || ours.iter().filter(|it| it.after.is_some()).map(|it| it.path.as_bstr());
    let folders: HashSet<&BStr> = files().flat_map(parents).collect();
    let files: HashSet<&BStr> = files().collect();
    for their in theirs {
        let path = their.path.as_bstr();
        let is_in_the_way =
            || folders.contains(path) || parents(path).any(|folder| files.contains(folder));
        let clashes = match known.get(path) {
            Some(our) => our.after != their.after,
            None => their.after.is_some() && is_in_the_way(),
        };
        if clashes {
            let short = &rev[..rev.len().min(10)];
            return Err(Error::refused(
                format!("{path} was changed on both sides, and is not of the backlog"),
                format!("merge with Git, which merges items by field too: git merge {short}"),
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::problem::{Problem, ProblemKind};
    use crate::store::git::tree::Leaf;

    #[test]
    fn pictures_and_modes_of_the_other_side_come_along_where_ours_has_not_touched_them() {
        let leaf = |kind: EntryKind, byte: u8| Leaf {
            mode: kind.into(),
            id: ObjectId::from_bytes_or_panic(&[byte; 20]),
        };
        let (plain, program) = (EntryKind::Blob, EntryKind::BlobExecutable);
        let differs = |path: &str, before: Option<Leaf>, after: Option<Leaf>| Difference {
            path: format!(".backlog/{path}").into(),
            before,
            after,
        };
        let old = Some(leaf(plain, 1));
        let theirs = [
            differs("both.png", old, Some(leaf(plain, 2))),
            differs("gone.png", old, None),
            differs("new.png", None, Some(leaf(plain, 2))),
            differs("run.md", old, Some(leaf(program, 1))),
            differs("run-and-text.md", old, Some(leaf(program, 1))),
            differs("run-gone.md", old, Some(leaf(program, 1))),
            differs("text.md", old, Some(leaf(plain, 2))),
        ];
        let ours = [
            differs("both.png", old, Some(leaf(plain, 3))),
            differs("run-and-text.md", old, Some(leaf(plain, 3))),
            differs("run-gone.md", old, None),
        ];
        let change = |path: &str, text: Result<String, Problem>| FileChange {
            path: path.to_owned(),
            before: None,
            after: Some(text),
        };
        let binary = || Err(Problem::whole(ProblemKind::Encoding, "not UTF-8"));
        let changes = [
            change("both.png", binary()),
            change("gone.png", binary()),
            change("new.png", binary()),
            change("text.md", Ok(String::new())),
        ];
        let puts = no_texts(".backlog", &changes, &ours, &theirs);
        let shown: Vec<_> = puts.iter().map(|put| (put.path.to_string(), put.blob)).collect();
        let blob = |kind, byte| Some((kind, leaf(kind, byte).id));
        let expected = [
            ("gone.png", None),
            ("new.png", blob(plain, 2)),
            ("run.md", blob(program, 1)),
            ("run-and-text.md", blob(program, 3)),
        ];
        assert_eq!(shown, expected.map(|(path, blob)| (format!(".backlog/{path}"), blob)));
    }
}
