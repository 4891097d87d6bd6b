//! Moving the branch that is checked out, with its index and its files, to a later commit.
//!
//! Git does it, and looks that nobody's work is written over. It writes the files first, then the
//! index, then the branch: when it dies in between, the worktree holds what came from elsewhere,
//! and whoever edits such a file next would commit that as his own. So a run notes where it was
//! going, and the next one takes it there.

use std::io::{Read, Seek, Write};

use gix::ObjectId;
use gix::bstr::ByteSlice;
use gix::index::entry::Stat;

use super::index_lock::lock_of;
use super::remote::{Trust, last};
use super::stage::{Filters, Staged, StagedBlob};
use super::tree::{self, Difference, Leaf};
use super::{Repository, failed, index};
use crate::store::document;
use crate::store::error::Error;
use crate::store::lock::Lock;
use crate::store::write::{self, Way};

/// As long as this is held, no other run of this program moves the branch that is checked out.
#[derive(Debug)]
pub struct Moving(Lock);

impl Moving {
    /// Where the branch is, and where it is going. Without a note, an interrupted run is left to
    /// its user, as with Git.
    fn write(&self, text: &str) {
        let mut file = self.0.file();
        let written = file.rewind().and_then(|()| file.write_all(text.as_bytes()));
        let _noted = written.and_then(|()| file.set_len(text.len() as u64));
    }

    fn read(&self) -> Option<(ObjectId, ObjectId)> {
        let mut text = String::new();
        self.0.file().read_to_string(&mut text).ok()?;
        let (from, to) = text.strip_suffix('\n')?.split_once(' ')?;
        let id = |hex: &str| ObjectId::from_hex(hex.as_bytes()).ok();
        Some((id(from)?, id(to)?))
    }
}

impl Repository {
    /// Waits until no other run of this program moves the branch that is checked out, and keeps all
    /// others from it until what is returned is dropped. `None` where there is no worktree.
    pub fn lock_moves(&self) -> Result<Option<Moving>, Error> {
        let Some(home) = self.home() else { return Ok(None) };
        home.make(&home.own)?;
        Lock::wait(&home, &home.own.join(NOTE)).map(|lock| Some(Moving(lock)))
    }

    /// Moves the branch that is checked out, its index and its files to a commit that comes after
    /// it, as `git merge --ff-only` does: local changes of these files stop it.
    pub fn advance(&self, moving: Option<&Moving>, id: &str, trust: Trust) -> Result<(), Error> {
        self.check_merged()?;
        let before = self.head()?.commit;
        if let Some((moving, from)) = moving.zip(before) {
            moving.write(&format!("{from} {id}\n"));
            self.meet(from, self.commit_of(id)?)?;
        }
        // Settings of a branch can make a merge stash, squash or leave off.
        let program = self.guarded(trust).args(["merge", "--ff-only", "--quiet", "--no-autostash"]);
        let output =
            program.args(["--no-squash", "--commit", "--no-verify-signatures", id]).output()?;
        // Git that was killed has finished nothing and taken nothing back.
        if output.status.code().is_some() {
            moving.inspect(|moving| moving.write(""));
        }
        let after = self.head()?;
        if output.status.success() && after.commit == ObjectId::from_hex(id.as_bytes()).ok() {
            return Ok(());
        }
        let moved = || Error::Moving { branch: after.name().to_owned(), tries: 1 };
        if after.commit != before {
            return Err(moved());
        }
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if said.contains("index.lock") {
            return Err(self.waited_for(&lock_of(&self.repo.index_path())).unwrap_or_else(moved));
        }
        let files: Vec<&str> =
            said.lines().filter_map(|line| line.strip_prefix('\t')).map(str::trim).collect();
        if files.is_empty() {
            return Err(Error::Git {
                action: "take over what was merged".to_owned(),
                reason: last(&said),
            });
        }
        Err(Error::Changed { path: files.join(", "), recovered: None })
    }

    /// Takes the branch to where an interrupted run was taking it, and tells the short id. Without
    /// the programs that the repository itself names, whatever that run was allowed.
    pub fn finish_move(&self) -> Result<Option<String>, Error> {
        let Some(home) = self.home() else { return Ok(None) };
        let path = home.own.join(NOTE);
        if !path.metadata().is_ok_and(|note| note.len() > 0) {
            return Ok(None);
        }
        // The run that holds the note goes on.
        let Some(moving) = Lock::try_take(&home, &path)?.map(Moving) else { return Ok(None) };
        let noted = moving.read().filter(|_| self.check_idle().is_ok());
        match noted {
            Some((from, to)) if self.head()?.commit == Some(from) => {
                let trust = Trust { repository: false, hooks: true };
                self.advance(Some(&moving), &to.to_string(), trust)?;
                Ok(Some(self.short(to)))
            }
            _ => {
                moving.write("");
                Ok(None)
            }
        }
    }

    /// Tells Git of files that already are as they will be: it would take them for somebody's work.
    fn meet(&self, from: ObjectId, to: ObjectId) -> Result<(), Error> {
        let (before, after) = (self.tree_of(Some(from))?, self.tree_of(Some(to))?);
        let differences = tree::differences(self, before, after)?;
        if self.ahead(&self.read_index()?, &differences)?.is_empty() {
            return Ok(());
        }
        let mut lock = self.lock_index()?;
        let mut index = self.read_index()?;
        let ahead = self.ahead(&index, &differences)?;
        index::update(&mut index, &ahead);
        lock.fill(self, &index)?;
        lock.commit(|| "tell Git of the files of an interrupted merge".to_owned())
    }

    /// The files among these that are as they will be, while the index has them as they were.
    fn ahead(
        &self,
        index: &gix::index::File,
        differences: &[Difference],
    ) -> Result<Vec<Staged>, Error> {
        let mut filters = self.filters(index)?;
        let mut ahead = Vec::new();
        for Difference { path, before, after } in differences {
            let id = |leaf: &Option<Leaf>| leaf.map(|leaf| leaf.id);
            let is_no_file = |leaf: &Option<Leaf>| leaf.is_some_and(|leaf| !leaf.mode.is_blob());
            let entry = index.entry_by_path(path.as_bstr());
            let is_behind = entry.map(|entry| entry.id) == id(before);
            if !is_behind || is_no_file(before) || is_no_file(after) {
                continue;
            }
            let Some(now) = self.now(&mut filters, &path.to_str_lossy(), entry)? else { continue };
            if now.map(|(id, _)| id) != id(after) {
                continue;
            }
            let blob = after.zip(now).map(|(leaf, (id, stat))| StagedBlob {
                id,
                kind: leaf.mode.kind(),
                stat,
            });
            ahead.push(Staged { path: path.clone(), blob });
        }
        Ok(ahead)
    }

    /// What the file at a path would be as a blob; `Some(None)` if there is nothing, and `None` if
    /// there is no regular file.
    fn now(
        &self,
        filters: &mut Filters<'_>,
        path: &str,
        entry: Option<&gix::index::Entry>,
    ) -> Result<Option<Option<(ObjectId, Stat)>>, Error> {
        let Some(workdir) = self.workdir() else { return Ok(None) };
        match write::way(workdir, "", path) {
            Ok(Way::Open) => {}
            Ok(Way::Missing) => return Ok(Some(None)),
            Ok(Way::Blocked) | Err(_) => return Ok(None),
        }
        let file = match document::open_regular(&workdir.join(path)) {
            Ok(Ok((file, _))) => file,
            Ok(Err(_)) => return Ok(None),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Some(None)),
            Err(error) => return Err(Error::read(path, &error)),
        };
        let metadata = gix::index::fs::Metadata::from_file(&file);
        let metadata = metadata.map_err(|error| Error::read(path, &error))?;
        let stat = Stat::from_fs(&metadata)
            .map_err(|error| Error::read(path, &std::io::Error::other(error)))?;
        // Most files are as Git saw them last, and are not read.
        if let Some(entry) = entry.filter(|entry| entry.stat.matches(&stat, Default::default())) {
            return Ok(Some(Some((entry.id, stat))));
        }
        let bytes = filters.clean(path, file)?;
        let blob = self.repo.write_blob(bytes).map(gix::Id::detach);
        let id = blob.map_err(|error| failed(&format!("store {path}"), error))?;
        Ok(Some(Some((id, stat))))
    }
}

/// The name of the note, which whoever moves the branch holds locked.
const NOTE: &str = "moving";
