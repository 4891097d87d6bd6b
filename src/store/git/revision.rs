//! A backlog as some commit has it.

use gix::ObjectId;
use gix::bstr::BStr;
use rayon::prelude::*;

use super::Repository;
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
    repo: gix::Repository,
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
        self.check_readable()?;
        let unknown = || Error::UnknownRevision { rev: rev.to_owned() };
        let Ok(id) = self.repo.rev_parse_single(rev) else {
            let head = self.head()?;
            let is_head = matches!(rev, "HEAD" | "@") || head.branch.as_deref() == Some(rev);
            let is_unborn = is_head && head.commit.is_none();
            return Err(if is_unborn { head.unborn() } else { unknown() });
        };
        let peel = || Ok(id.object()?.peel_to_tree()?.id);
        let root = peel().map_err(|_: gix::Error| unknown())?;
        let tree = tree::folder(&self.repo, root, folder)?;
        Ok(Revision { repo: self.repo.clone(), folder: folder.to_owned(), root, tree })
    }
}

impl Revision {
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
        tree::walk(&self.repo, tree, &mut visit)?;
        found.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Ok(found)
    }
}

impl Source for Revision {
    fn each(&self, visit: &(dyn Fn(SourceFile) + Sync)) -> Result<(), Error> {
        let found = self.find()?;
        if found.len() < PARALLEL_FROM {
            found.into_iter().map(|found| read(&self.repo, found)).for_each(visit);
            return Ok(());
        }
        let shared = self.repo.clone().into_sync();
        let read = |repo: &mut gix::Repository, found| visit(read(repo, found));
        found.into_par_iter().for_each_init(|| shared.to_thread_local(), read);
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
        if let Some(leaf) = tree::lookup(&self.repo, tree, path)? {
            return Ok(Some(read(
                &self.repo,
                Found { path: path.to_owned(), leaf, problem: None },
            )));
        }
        // What lies behind a link is not absent: it cannot be read.
        for (at, _) in path.match_indices('/') {
            let above = tree::lookup(&self.repo, tree, &path[..at])?;
            if above.is_some_and(|leaf| leaf.mode.is_link()) {
                let problem = not_regular(Shape::Link { to_folder: true });
                return Ok(Some(SourceFile { path: path.to_owned(), text: Err(problem) }));
            }
        }
        Ok(None)
    }
}

fn read(repo: &gix::Repository, found: Found) -> SourceFile {
    let text = match found.problem {
        Some(problem) => Err(problem),
        None => object::text(repo, found.leaf.mode.kind(), found.leaf.id),
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

fn wrong_name(name: &BStr) -> Option<Problem> {
    let problem = || {
        Problem::whole(ProblemKind::Encoding, "the name of the file is not UTF-8")
            .hint("rename the file")
    };
    std::str::from_utf8(name).is_err().then(problem)
}
