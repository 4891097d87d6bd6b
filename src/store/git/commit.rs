//! A commit of some files and nothing else, as `git commit --only` makes it.
//!
//! The tree is that of HEAD with these files changed, so that nothing else can get in or get
//! lost. The new index is complete, in its lock file, before the branch moves: after that, only
//! a rename is left to do.

use std::path::PathBuf;
use std::thread::sleep;
use std::time::Duration;

use gix::ObjectId;
use gix::bstr::{BStr, ByteSlice};
use gix::refs::Target;
use gix::refs::transaction::{PreviousValue, RefEdit};

use super::hooks::Proposal;
use super::index_lock::IndexLock;
use super::stage::Staged;
use super::tree::{self, Put};
use super::{Repository, failed, index};
use crate::store::error::Error;
use crate::store::lock::Lock;

/// How often a commit is made anew because its branch moved.
const MAX_TRIES: usize = 16;

/// What to commit.
#[derive(Clone, Debug, Default)]
pub struct CommitRequest {
    /// The folder of the backlog below the root of the repository.
    pub folder: String,
    /// The files below the folder. One that is gone is removed.
    pub paths: Vec<String>,
    /// The message.
    pub message: String,
    /// Whether the hooks `pre-commit` and `commit-msg` may forbid it. The others run anyway, as
    /// with Git.
    pub verify: bool,
    /// Who made the commit, and when; without it, whom Git is configured for, now.
    pub author: Option<Signature>,
}

/// A person and a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// The time in seconds since 1970, UTC.
    pub time: i64,
    /// How many seconds the clocks of that place are ahead of UTC.
    pub offset: i32,
}

/// A commit that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// The full id.
    pub id: String,
    /// The first digits of the id.
    pub short: String,
    /// The branch that holds it; `None` if HEAD is detached.
    pub branch: Option<String>,
}

/// Author and committer of a commit.
#[derive(Clone, Debug)]
pub(super) struct People {
    pub(super) author: gix::actor::Signature,
    committer: gix::actor::Signature,
}

impl People {
    /// Who makes an object of Git now.
    pub(super) fn committer(&self) -> gix::actor::Signature {
        self.committer.clone()
    }
}

/// A commit in the making.
pub(super) struct Draft<'a> {
    pub(super) folder: &'a str,
    pub(super) parent: Option<ObjectId>,
    pub(super) puts: &'a [Put],
    pub(super) message: &'a str,
    pub(super) people: &'a People,
}

impl Repository {
    /// Whether this person can commit to this repository at all, so that nothing is written for a
    /// commit that cannot be made.
    pub fn check_committer(&self) -> Result<(), Error> {
        self.check_writable()?;
        self.people(None).map(drop)
    }

    /// The e-mail address of whoever would be the author of a commit now.
    pub fn author_email(&self) -> Result<String, Error> {
        Ok(self.people(None)?.author.email.to_string())
    }

    /// Commits files of a folder, and nothing else: whatever else is staged or changed stays so.
    pub fn commit(&self, request: &CommitRequest) -> Result<Commit, Error> {
        let Some(home) = self.home() else {
            return Err(Error::unusable(
                "this repository is bare: it has no worktree to commit from",
                "clone it first",
            ));
        };
        self.check_writable()?;
        self.check_idle()?;
        let people = self.people(request.author.as_ref())?;
        let mut lock = self.lock_index()?;
        let mut index = self.read_index()?;
        self.check_index(&index, &request.folder)?;
        let staged = {
            // No other run may be half-way through the files while they are read.
            let _lock = Lock::acquire(&home)?;
            self.stage(&index, &request.folder, &request.paths)?
        };
        self.check_news(&staged)?;
        let proposal = Proposal { staged, message: request.message.clone() };
        let proposal = self.propose(request, &index, proposal, &people)?;
        index::update(&mut index, &proposal.staged);
        lock.fill(self, &index)?;
        let commit = self.record(&request.folder, &proposal, &people, &lock)?;
        let in_step =
            || format!("bring the index in step with commit {}, which is made", commit.short);
        lock.commit(in_step)?;
        // The index is in place; a disk that fails now does not make that undone.
        let _synced = self.sync_index();
        self.announce(&people);
        Ok(commit)
    }

    /// Hooks are not asked about a commit that would hold what HEAD holds.
    fn check_news(&self, staged: &[Staged]) -> Result<(), Error> {
        let before = self.tree_of(self.head()?.commit)?;
        let puts: Vec<Put> = staged.iter().map(Staged::put).collect();
        match self.write_tree(before, &puts)? == before {
            true => Err(Error::NothingToCommit),
            false => Ok(()),
        }
    }

    /// Moves the branch to a new commit, made anew as long as others move it first.
    fn record(
        &self,
        folder: &str,
        proposal: &Proposal,
        people: &People,
        lock: &IndexLock,
    ) -> Result<Commit, Error> {
        let puts: Vec<Put> = proposal.staged.iter().map(Staged::put).collect();
        for tries in 1..=MAX_TRIES {
            let head = self.head()?;
            let draft = Draft {
                folder,
                parent: head.commit,
                puts: &puts,
                message: &proposal.message,
                people,
            };
            let id = self.write_commit(&draft)?;
            lock.belongs_to(id, &[]);
            let noted = |locks: &[PathBuf]| lock.belongs_to(id, locks);
            match self.move_reference("HEAD", head.commit, id, &draft, noted) {
                Ok(()) => {
                    return Ok(Commit {
                        id: id.to_string(),
                        short: self.short(id),
                        branch: head.branch,
                    });
                }
                Err(error) if error.is_conflict() => pause(tries),
                Err(error) if error.is_retryable() => match self.left_lock() {
                    Some(locked) => return Err(locked),
                    None => pause(tries),
                },
                Err(error) => return Err(failed(&format!("move {}", head.name()), error)),
            }
        }
        Err(Error::Moving { branch: self.head()?.name().to_owned(), tries: MAX_TRIES })
    }

    /// A lock of HEAD or its branch that was there all the time that was spent on waiting for it.
    fn left_lock(&self) -> Option<Error> {
        let held = self.reference_locks().iter().find_map(|lock| self.held(lock))?;
        matches!(&held, Error::Locked { age, .. } if *age >= self.lock_wait()).then_some(held)
    }

    /// Writes the objects of a commit, durably. No branch knows of them yet.
    pub(super) fn write_commit(&self, draft: &Draft<'_>) -> Result<ObjectId, Error> {
        let before = self.tree_of(draft.parent)?;
        let tree = self.write_tree(before, draft.puts)?;
        let differences = tree::differences(self, before, tree)?;
        if differences.is_empty() {
            return Err(Error::NothingToCommit);
        }
        let inside = format!("{}/", draft.folder);
        if let Some(outside) = differences.iter().find(|it| !it.path.starts_with(inside.as_bytes()))
        {
            return Err(Error::refused(
                format!(
                    "the commit would change {}, which is not in {}",
                    outside.path, draft.folder
                ),
                "commit with Git itself: git commit .backlog",
            ));
        }
        let parents = draft.parent.into_iter().collect();
        let id = self.store_commit(tree, parents, draft.people, draft.message)?;
        let mut new = vec![id, tree];
        new.extend(draft.puts.iter().filter_map(|put| Some(put.blob?.1)));
        new.extend(self.trees_above(tree, draft.puts)?);
        self.sync_objects(&new)?;
        Ok(id)
    }

    /// Stores a commit, signed if Git is configured for that.
    pub(super) fn store_commit(
        &self,
        tree: ObjectId,
        parents: Vec<ObjectId>,
        people: &People,
        message: &str,
    ) -> Result<ObjectId, Error> {
        let commit = gix::objs::Commit {
            tree,
            parents: parents.into(),
            author: people.author.clone(),
            committer: people.committer.clone(),
            encoding: None,
            message: format!("{}\n", message.trim_end()).into(),
            extra_headers: Vec::new(),
        };
        let stored = self.repo.write_object(&self.signed(commit)?).map(gix::Id::detach);
        stored.map_err(|error| failed("store the commit", error))
    }

    fn signed(&self, commit: gix::objs::Commit) -> Result<gix::objs::Commit, Error> {
        let sign = || match self.repo.commit_signing_options_if_enabled()? {
            Some(options) => commit.sign(options),
            None => Ok(commit),
        };
        sign().map_err(|error: gix::Error| Error::Git {
            action: "sign the commit".to_owned(),
            reason: said_when_signing(&super::one_line(&error)),
        })
    }

    /// The trees between a root and its changed files.
    pub(super) fn trees_above(&self, root: ObjectId, puts: &[Put]) -> Result<Vec<ObjectId>, Error> {
        let mut folders = std::collections::BTreeSet::new();
        for put in puts {
            let path = put.path.to_str_lossy();
            folders.extend(path.match_indices('/').map(|(at, _)| path[..at].to_owned()));
        }
        let trees = folders
            .iter()
            .map(|path| tree::folder(self, root, path))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(trees.into_iter().flatten().collect())
    }

    /// Moves a reference, and whatever it stands for, from one commit to the next. What to do when
    /// it is locked is told with the locks.
    pub(super) fn move_reference(
        &self,
        name: &str,
        from: Option<ObjectId>,
        to: ObjectId,
        draft: &Draft<'_>,
        locked: impl FnOnce(&[PathBuf]),
    ) -> gix::Result<()> {
        let expected = match from {
            Some(id) => PreviousValue::MustExistAndMatch(Target::Object(id)),
            None => PreviousValue::MustNotExist,
        };
        let n_parents = usize::from(from.is_some());
        let log = gix::reference::log::message("commit", BStr::new(draft.message), n_parents);
        let name = gix::refs::FullName::try_from(name).map_err(gix::Error::from_error)?;
        let edit = RefEdit::update(name, to, expected, log).with_deref(true);
        let mut time = gix::date::parse::TimeBuf::default();
        let committer = draft.people.committer.to_ref(&mut time);
        let wait = gix::lock::acquire::Fail::AfterDurationWithBackoff(self.lock_wait());
        let prepared = self.repo.refs.transaction().prepare(Some(edit), wait, wait)?;
        let locks = self.reference_locks();
        locked(&locks);
        // A name must not reach the disk before the id that it stands for.
        self.sync_locks(&locks);
        let edits = prepared.commit(Some(committer))?;
        // The branch has moved; a disk that fails now does not make that undone.
        let _synced = self.sync_references(&edits);
        Ok(())
    }

    /// Author and committer: those asked for, or those that Git is configured for.
    pub(super) fn people(&self, given: Option<&Signature>) -> Result<People, Error> {
        if let Some(given) = given {
            let signature = gix::actor::Signature {
                name: given.name.as_str().into(),
                email: given.email.as_str().into(),
                time: gix::date::Time::new(given.time, given.offset),
            };
            return Ok(People { author: signature.clone(), committer: signature });
        }
        let owned = |found: Option<gix::Result<gix::actor::SignatureRef<'_>>>| {
            let found = found.ok_or_else(no_identity)?;
            let owned = found.and_then(|signature| signature.to_owned());
            owned.map_err(|error| failed("tell who you are", error))
        };
        Ok(People { author: owned(self.repo.author())?, committer: owned(self.repo.committer())? })
    }
}

/// What the program that signs said, out of the library's account of how it ended.
fn said_when_signing(account: &str) -> String {
    let said = account.split_once("stderr=\"").and_then(|(_, rest)| rest.split_once("\","));
    let said = said.map(|(said, _)| said.replace("\\r", "").replace("\\\"", "\""));
    let lines: Vec<String> = said
        .iter()
        .flat_map(|said| said.split("\\n"))
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    if lines.is_empty() { account.to_owned() } else { lines.join("; ") }
}

fn no_identity() -> Error {
    Error::unusable(
        "Git does not know who you are: user.name or user.email is not set",
        "git config --global user.name 'Your Name' && git config --global user.email you@example.org",
    )
}

/// Waits a little, each process for another time, so that two do not meet again and again.
fn pause(tries: usize) {
    let mut chance = [0; 1];
    // Without chance the pause is merely the same for all.
    let _filled = getrandom::fill(&mut chance);
    let millis = 2 + u64::from(chance[0]) % (8 * tries as u64);
    sleep(Duration::from_millis(millis));
}
