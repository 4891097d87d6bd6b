//! A backlog as a folder on disk.

use std::fs;
use std::io;
use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::error::Error;
use super::home::Home;
use super::journal::{self, Entry, Journal};
use super::layout::{
    Shape, Verdict, beside, check_count, is_safe_path, judge, not_regular, slashes,
};
use super::lock::Lock;
use super::{Repository, Source, document, undo, write};
use crate::domain::problem::{Problem, ProblemKind};
use crate::domain::source::{Edits, SourceFile};

/// The folder of a backlog. It is read without the repository, and written to with it.
#[derive(Clone, Debug)]
pub struct Worktree {
    root: PathBuf,
    /// The folder as messages name it: below the root of the repository, with `/`.
    folder: String,
    home: Option<Home>,
    /// The commit of HEAD.
    head: Option<String>,
}

/// What a write did beside writing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// The files of an interrupted change that was finished first.
    pub recovered: Option<String>,
}

/// How many files are read at a time while the walk goes on.
const BATCH: usize = 128;

/// A path that the walk came to, and what is known about it without reading.
struct Found {
    path: String,
    /// The path on disk.
    file: PathBuf,
    problem: Option<Problem>,
}

impl Worktree {
    /// The backlog in the folder `root`. One that lies behind a symbolic link, or outside of the
    /// repository, is refused: Git would not see it.
    pub fn open(root: &Path, repository: Option<&Repository>) -> Result<Self, Error> {
        let home = repository.and_then(Repository::home);
        let folder = match &home {
            Some(home) => folder_below(&home.workdir, root)?,
            None => root.to_string_lossy().into_owned(),
        };
        let head = repository.and_then(Repository::head_id);
        Ok(Self { root: root.to_owned(), folder, home, head })
    }

    /// The folder below the root of the repository, with `/`.
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// Makes the folder of a backlog.
    pub fn create(root: &Path, repository: Option<&Repository>) -> Result<Self, Error> {
        let worktree = Self::open(root, repository)?;
        worktree.home()?;
        fs::create_dir_all(root).map_err(|error| Error::write(&worktree.folder, &error))?;
        Ok(worktree)
    }

    /// The documents whose file name starts with an id, in any case. No file is read for this.
    pub fn paths_of(&self, id: &str) -> Result<Vec<String>, Error> {
        let id = id.to_lowercase();
        let is_of_id = |found: &Found| {
            let name = found.path.rsplit('/').next().unwrap_or(&found.path).to_lowercase();
            let rest = name.strip_prefix(&id);
            rest.is_some_and(|rest| rest == ".md" || rest.starts_with('-') && rest.ends_with(".md"))
        };
        let mut paths = Vec::new();
        self.walk(&mut |found| paths.extend(is_of_id(&found).then_some(found.path)))?;
        paths.sort_unstable();
        Ok(paths)
    }

    /// Writes edits: all of them, or none.
    ///
    /// A change that an earlier run did not finish is finished first. Then every file has to be
    /// as the edits assume.
    pub fn apply(&self, edits: &Edits) -> Result<Applied, Error> {
        let home = self.home()?;
        let _lock = Lock::acquire(home)?;
        let recovered = journal::recover(home)?;
        write::check(&self.root, &self.folder, edits).map_err(|error| match error {
            Error::Changed { path, .. } => Error::Changed { path, recovered: recovered.clone() },
            error => error,
        })?;
        if !edits.is_empty() {
            self.write(home, edits)?;
        }
        Ok(Applied { recovered })
    }

    /// Finishes a change that an earlier run did not, and tells which files it was about.
    pub fn recover(&self) -> Result<Option<String>, Error> {
        let home = self.home()?;
        if !journal::is_there(home) {
            return Ok(None);
        }
        let _lock = Lock::acquire(home)?;
        journal::recover(home)
    }

    /// Whether a change was interrupted, and waits to be finished.
    pub fn is_interrupted(&self) -> bool {
        self.home.as_ref().is_some_and(journal::is_there)
    }

    /// The last change that was applied and is not forgotten.
    pub fn last_change(&self) -> Result<Option<Edits>, Error> {
        Ok(undo::last(self.home()?, &self.folder)?.map(|entry| entry.edits))
    }

    /// The commit of HEAD when that change was made; `None` if there was none.
    pub fn head_at_last_change(&self) -> Result<Option<String>, Error> {
        Ok(undo::last(self.home()?, &self.folder)?.and_then(|entry| entry.head))
    }

    /// Forgets the last changes, so that the one before them is the last.
    pub fn forget_last_changes(&self, n_changes: usize) -> Result<(), Error> {
        let home = self.home()?;
        let _lock = Lock::acquire(home)?;
        undo::forget(home, &self.folder, n_changes)
    }

    /// Notes that the last thing that happened was a change that was taken back.
    pub fn mark_undone(&self) -> Result<(), Error> {
        undo::mark(self.home()?, self.head.as_deref())
    }

    /// Whether the last thing that happened was a change that was taken back.
    pub fn is_undone(&self) -> Result<bool, Error> {
        Ok(undo::is_marked(self.home()?, self.head.as_deref()))
    }

    fn write(&self, home: &Home, edits: &Edits) -> Result<(), Error> {
        let entry =
            Entry { folder: self.folder.clone(), head: self.head.clone(), edits: edits.clone() };
        let journal = Journal::begin(home, &entry)?;
        match write::all(&self.root, &self.folder, edits) {
            Ok(()) => {
                journal.finish();
                Ok(())
            }
            // The journal stays, and the next run finishes what it says.
            Err(failure) if failure.is_half_done => Err(failure.error),
            Err(failure) => {
                journal.give_up()?;
                Err(failure.error)
            }
        }
    }

    /// The folder on disk.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn home(&self) -> Result<&Home, Error> {
        self.home.as_ref().ok_or_else(|| {
            let message =
                format!("{} is not in a Git repository, so nothing can be written", self.folder);
            Error::unusable(message, "make one with: git init")
        })
    }

    /// Hands all documents to `visit`, and whatever hides some, in the order of the folders.
    fn walk(&self, visit: &mut dyn FnMut(Found)) -> Result<(), Error> {
        let mut n_found = 0;
        let mut walk = WalkDir::new(&self.root).min_depth(1).into_iter();
        while let Some(entry) = walk.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.found_unreadable(&error)?.into_iter().for_each(&mut *visit);
                    continue;
                }
            };
            let (path, problem) = self.path_below(entry.path());
            let verdict = judge(&path, shape(&entry));
            if entry.file_type().is_dir() && !matches!(verdict, Verdict::Enter) {
                walk.skip_current_dir();
            }
            let problem = match verdict {
                Verdict::Document => problem,
                Verdict::Unreadable(problem) => Some(problem),
                Verdict::Enter | Verdict::Ignore => continue,
            };
            visit(Found { path, file: entry.into_path(), problem });
            n_found += 1;
            check_count(&self.folder, n_found)?;
        }
        Ok(())
    }

    /// A folder that cannot be listed is shown; that the whole backlog cannot be is an error.
    fn found_unreadable(&self, error: &walkdir::Error) -> Result<Option<Found>, Error> {
        let io = error.io_error().map(|error| io::Error::new(error.kind(), error.to_string()));
        let io = io.unwrap_or_else(|| io::Error::other(error.to_string()));
        match error.path() {
            Some(file) if error.depth() > 0 => {
                let vanished = io.kind() == io::ErrorKind::NotFound;
                let (path, _) = self.path_below(file);
                let problem = Some(document::unreadable(&io));
                Ok((!vanished).then(|| Found { path, file: file.to_owned(), problem }))
            }
            _ => Err(Error::read(&self.folder, &io)),
        }
    }

    /// A path below the folder, and the problem of one that has no text.
    fn path_below(&self, path: &Path) -> (String, Option<Problem>) {
        // The walk puts names behind the root, so that bytes tell where they begin. Comparing the
        // two by components costs more than listing the folder.
        let root = self.root.to_str().zip(path.to_str());
        let below = root.and_then(|(root, path)| path.strip_prefix(root));
        if let Some(below) = below {
            return (slashes(below.trim_start_matches(MAIN_SEPARATOR)), None);
        }
        let below = path.strip_prefix(&self.root).unwrap_or(path);
        let problem = Problem::whole(ProblemKind::Encoding, "the name of the file is not UTF-8");
        let problem = below.to_str().is_none().then(|| problem.hint("rename the file"));
        (slashes(&below.to_string_lossy()), problem)
    }

    fn read(&self, found: Found) -> Option<SourceFile> {
        let text = match found.problem {
            Some(problem) => Err(problem),
            None => document::read(&found.file)?,
        };
        Some(SourceFile { path: found.path, text })
    }
}

impl Source for Worktree {
    fn each(&self, visit: &(dyn Fn(SourceFile) + Sync)) -> Result<(), Error> {
        // A file that was removed since it was listed is not there, and nothing is wrong with that.
        let read =
            |found: Vec<Found>| found.into_iter().filter_map(|it| self.read(it)).for_each(visit);
        rayon::in_place_scope(|scope| {
            let mut batch = Vec::with_capacity(BATCH);
            self.walk(&mut |found| {
                batch.push(found);
                if batch.len() == BATCH {
                    let batch = std::mem::replace(&mut batch, Vec::with_capacity(BATCH));
                    scope.spawn(move |_| read(batch));
                }
            })?;
            scope.spawn(move |_| read(batch));
            Ok(())
        })
    }

    fn file(&self, path: &str) -> Result<Option<SourceFile>, Error> {
        if !is_safe_path(path) {
            return Ok(None);
        }
        let parents = path.match_indices('/').map(|(at, _)| self.root.join(&path[..at]));
        let is_link = |parent: PathBuf| parent.is_symlink();
        let problem =
            parents.into_iter().any(is_link).then(|| not_regular(Shape::Link { to_folder: true }));
        Ok(self.read(Found { path: path.to_owned(), file: self.root.join(path), problem }))
    }

    fn file_beside(&self, path: &str) -> Result<Option<SourceFile>, Error> {
        let Some(home) = &self.home else { return Ok(None) };
        let Some(below) = beside(&self.folder, path) else { return Ok(None) };
        let repository =
            Self { root: home.workdir.clone(), folder: String::new(), home: None, head: None };
        let file = repository.file(&below)?;
        Ok(file.map(|file| SourceFile { path: path.to_owned(), ..file }))
    }
}

/// What the entry of a folder is. Only a link costs a question to the system.
pub(super) fn shape(entry: &DirEntry) -> Shape {
    let file_type = entry.file_type();
    match () {
        () if file_type.is_file() => Shape::File,
        () if file_type.is_dir() => Shape::Folder,
        () if file_type.is_symlink() => Shape::Link { to_folder: entry.path().is_dir() },
        () => Shape::Special,
    }
}

/// The folder of a backlog as seen from the root of the repository.
fn folder_below(workdir: &Path, root: &Path) -> Result<String, Error> {
    if root.to_str().is_none() {
        let message = format!("the path {} is not UTF-8", root.display());
        return Err(Error::unusable(message, "give the folder another name"));
    }
    let Some(folder) = below(workdir, root).filter(|folder| is_safe_path(folder)) else {
        let message = format!("{} is outside of the repository", root.display());
        return Err(Error::refused(message, format!("name a folder below {}", workdir.display())));
    };
    let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
    for part in ends.map(|end| &folder[..end]) {
        if workdir.join(part).is_symlink() {
            let message =
                format!("{part} is a symbolic link, so Git does not see the backlog behind it");
            return Err(Error::refused(message, "move the backlog itself into the repository"));
        }
    }
    Ok(folder)
}

/// A path seen from another, with `/`. The two may be spelled differently: through `..`, or
/// through a link that leads to the repository.
fn below(workdir: &Path, root: &Path) -> Option<String> {
    let has_dots = root.components().any(|part| part == Component::ParentDir);
    let real;
    let below = match root.strip_prefix(workdir) {
        Ok(below) if !has_dots => below,
        _ => {
            real = root.parent()?.canonicalize().ok()?.join(root.file_name()?);
            real.strip_prefix(workdir.canonicalize().ok()?).ok()?
        }
    };
    below.to_str().map(slashes)
}
