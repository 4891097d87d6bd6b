//! A backlog as some commit has it.

use std::sync::Arc;

use gix::ObjectId;
use gix::bstr::BStr;
use rayon::prelude::*;

use super::Repository;
use super::named::Tree;
use super::object;
use super::tree::{self, Leaf, Step};
use crate::domain::problem::{Problem, ProblemKind};
use crate::domain::source::SourceFile;
use crate::store::Source;
use crate::store::error::Error;
use crate::store::layout::{Shape, Verdict, beside, check_count, is_safe_path, judge, not_regular};

/// From how many blobs on it pays to read them on several threads.
const PARALLEL_FROM: usize = 256;

/// The backlog of one commit.
#[derive(Clone, Debug)]
pub struct Revision {
    repository: Repository,
    folder: String,
    /// The tree of the whole commit.
    root: ObjectId,
    /// The tree of the folder; `None` if the commit has no such folder.
    tree: Option<ObjectId>,
}

/// A document of the tree, and what is known about it without reading.
struct Found {
    path: String,
    leaf: Leaf,
    problem: Option<Problem>,
}

impl Repository {
    /// The backlog in a folder as a revision has it, in all the ways in which Git names one. A
    /// commit without the folder has an empty backlog.
    pub fn revision(&self, rev: &str, folder: &str) -> Result<Revision, Error> {
        Ok(self.at_tree(self.tree(rev, folder)?, folder))
    }

    /// The same by its tree.
    pub fn at_tree(&self, tree: Tree, folder: &str) -> Revision {
        let Tree { root, folder: below } = tree;
        let tree = Some(below).filter(|tree| !tree.is_empty_tree());
        Revision { repository: self.clone(), folder: folder.to_owned(), root, tree }
    }
}

impl Revision {
    /// The documents whose paths are wanted; the others are not read.
    pub fn documents(&self, is_wanted: &dyn Fn(&str) -> bool) -> Result<Vec<SourceFile>, Error> {
        let wanted = self.find()?.into_iter().filter(|found| is_wanted(&found.path));
        Ok(wanted.map(|found| read(&self.repository, found)).collect())
    }

    /// Whether the commit has the folder at all.
    pub fn has_folder(&self) -> bool {
        self.tree.is_some()
    }

    fn find(&self) -> Result<Vec<Found>, Error> {
        let mut found = Vec::new();
        let Some(tree) = self.tree else { return Ok(found) };
        let mut visit = |name: &BStr, leaf: Leaf| {
            let path = name.to_string();
            let problem = match judge(&path, shape(leaf)) {
                Verdict::Enter => return Ok(Step::Enter),
                Verdict::Ignore => return Ok(Step::Pass),
                Verdict::Unreadable(problem) => Some(problem),
                Verdict::Document => wrong_name(name),
            };
            found.push(Found { path, leaf, problem });
            check_count(&self.folder, found.len())?;
            Ok(Step::Pass)
        };
        tree::walk(&self.repository, tree, &mut visit)?;
        found.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Ok(found)
    }
}

impl Source for Revision {
    fn each(&self, visit: &(dyn Fn(SourceFile) + Sync)) -> Result<(), Error> {
        let found = self.find()?;
        if found.len() < PARALLEL_FROM {
            found.into_iter().map(|found| read(&self.repository, found)).for_each(visit);
            return Ok(());
        }
        let shared = self.repository.repo.clone().into_sync();
        let Repository { counters, start, .. } = &self.repository;
        let local = || Repository {
            repo: shared.to_thread_local(),
            start: start.clone(),
            counters: Arc::clone(counters),
        };
        let read = |repository: &mut Repository, found| visit(read(repository, found));
        found.into_par_iter().for_each_init(local, read);
        Ok(())
    }

    fn file_beside(&self, path: &str) -> Result<Option<SourceFile>, Error> {
        let Some(below) = beside(&self.folder, path) else { return Ok(None) };
        let repository = Self { tree: Some(self.root), ..self.clone() };
        let file = repository.file(&below)?;
        Ok(file.map(|file| SourceFile { path: path.to_owned(), ..file }))
    }

    fn file(&self, path: &str) -> Result<Option<SourceFile>, Error> {
        let Some(tree) = self.tree.filter(|_| is_safe_path(path)) else { return Ok(None) };
        if let Some(leaf) = tree::lookup(&self.repository, tree, path)? {
            return Ok(Some(read(
                &self.repository,
                Found { path: path.to_owned(), leaf, problem: None },
            )));
        }
        // What lies behind a link is not absent: it cannot be read.
        for (at, _) in path.match_indices('/') {
            let above = tree::lookup(&self.repository, tree, &path[..at])?;
            if above.is_some_and(|leaf| leaf.mode.is_link()) {
                let problem = not_regular(Shape::Link { to_folder: true });
                return Ok(Some(SourceFile { path: path.to_owned(), text: Err(problem) }));
            }
        }
        Ok(None)
    }
}

fn read(repository: &Repository, found: Found) -> SourceFile {
    let text = match found.problem {
        Some(problem) => Err(problem),
        None => object::text(repository, found.leaf.mode.kind(), found.leaf.id),
    };
    SourceFile { path: found.path, text }
}

fn shape(leaf: Leaf) -> Shape {
    match () {
        () if leaf.mode.is_blob() => Shape::File,
        () if leaf.mode.is_tree() => Shape::Folder,
        () if leaf.mode.is_link() => Shape::Link { to_folder: false },
        () => Shape::Submodule,
    }
}

pub(super) fn wrong_name(name: &BStr) -> Option<Problem> {
    let problem = || {
        Problem::whole(ProblemKind::Encoding, "the name of the file is not UTF-8")
            .hint("rename the file")
    };
    std::str::from_utf8(name).is_err().then(problem)
}
