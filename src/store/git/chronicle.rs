//! A history of which each commit is looked at once, and remembered.

use std::ops::Range;

use gix::ObjectId;
use gix::hashtable::{HashMap, HashSet};

use super::Repository;
use super::commits::Commits;
use super::history::{History, Moment};
use super::order::{Known, Shape};
use crate::store::chronicle::{Draft, Link, Reader, Record, Texts};
use crate::store::error::Error;
use crate::store::remember::{Below, Memory, SHRINK_FROM};

/// How many new commits are looked for above the last record before all records are listed.
const NEW_COMMITS: usize = 16;

/// What is told about a commit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    /// Against the first parent alone; for a merge, all that it brought in.
    pub first_parent: Option<String>,
    /// In a history with all commits; for a merge, what differs from all of its parents.
    pub own: Option<String>,
}

/// Tells what commits did.
///
/// An answer is remembered, so it has to depend on the commit, its trees and [`Recorder::key`] and
/// on nothing else: not on whether the commit is on the mainline, which another branch sees
/// differently. Texts come from the same repository, or from its clones: what is missing there is
/// not remembered.
pub trait Recorder {
    /// What is told about a commit.
    fn record(&mut self, moment: &Moment) -> Result<Recorded, Error>;

    /// What else the answers depend on: the version of their form, settings.
    fn key(&self) -> String {
        String::new()
    }
}

/// What is told about the commits of a history, newest first.
pub struct Chronicle<'a> {
    repository: &'a Repository,
    folder: String,
    shape: Shape,
    recorder: &'a mut dyn Recorder,
    /// The file that remembers; `None` if nothing may be remembered here.
    memory: Option<Memory>,
    /// How many blobs were missing before.
    n_missing: usize,
    state: State,
    /// The text that was handed out last, if it is new.
    text: String,
    cut_at: Option<String>,
}

/// How far a history is told.
enum State {
    New(Box<New>),
    Remembered(Box<Remembered>),
    Told,
}

/// The part of a history that is not remembered.
struct New {
    history: History,
    /// Its records, newest first, but for the one in the making.
    drafts: Vec<Draft>,
    draft: Draft,
    /// Where what is remembered begins, in a file that was open before anybody could change it.
    ground: Option<(Reader, Ground)>,
    /// Whether the file is damaged, so that what is new takes its place.
    is_all: bool,
}

/// The newest commit that is remembered.
#[derive(Clone, Copy, Debug)]
struct Ground {
    link: Link,
    id: ObjectId,
    is_complete: bool,
}

/// The records of commits.
type Places = HashMap<ObjectId, Ground>;

/// The part of a history that is remembered.
struct Remembered {
    reader: Reader,
    record: Option<Record>,
    next: Option<Link>,
    /// The commit of the record, or of the next one if none was read.
    id: ObjectId,
    /// The newest record of the history.
    tip: Link,
}

/// What comes next of what is remembered.
enum Next {
    Text(Range<usize>),
    End,
    Damage,
}

/// Where the next text is: in the chronicle, or in the window of the reader.
enum Place {
    New,
    Remembered(Range<usize>),
}

impl Repository {
    /// What a recorder tells about the history of a folder up to a revision, newest first. What
    /// was told before is remembered, as far as that is safe.
    pub fn chronicle<'a>(
        &'a self,
        rev: &str,
        folder: &str,
        shape: Shape,
        recorder: &'a mut dyn Recorder,
    ) -> Result<Chronicle<'a>, Error> {
        self.check_readable()?;
        let tip = self.commit_named(rev)?;
        let memory = self.memory(folder, &recorder.key());
        let mut chronicle = Chronicle {
            repository: self,
            folder: folder.to_owned(),
            shape,
            recorder,
            memory,
            n_missing: self.counters.n_missing(),
            state: State::Told,
            text: String::new(),
            cut_at: None,
        };
        chronicle.state = chronicle.begin(tip)?;
        Ok(chronicle)
    }

    /// Where the history of a folder is remembered; `None` if it may be another one tomorrow.
    fn memory(&self, folder: &str, key: &str) -> Option<Memory> {
        let mut replacements = self.repo.objects.store_ref().replacements();
        let grafts = self.common_dir().join("info").join("grafts");
        if self.is_shallow() || replacements.next().is_some() || grafts.exists() {
            return None;
        }
        let name = format!("history-{:08x}", crc32fast::hash(folder.as_bytes()));
        let hash = self.repo.object_hash();
        Some(Memory {
            path: self.common_dir().join("backlog").join(name),
            key: format!("{}\n{hash}\n{folder}\n{key}", env!("CARGO_PKG_VERSION")),
            n_id: hash.len_in_bytes(),
        })
    }
}

impl Chronicle<'_> {
    /// What is told about the next commit about which something is told; `None` at the end.
    #[expect(clippy::should_implement_trait, reason = "an iterator cannot lend what it holds")]
    pub fn next(&mut self) -> Result<Option<&str>, Error> {
        let place = self.advance()?;
        Ok(match (place, &self.state) {
            (None, _) => None,
            (Some(Place::Remembered(place)), State::Remembered(it)) => {
                // What has the right checksum was written by this program, as text.
                Some(std::str::from_utf8(it.reader.at(place)).unwrap_or_default())
            }
            (Some(_), _) => Some(&self.text),
        })
    }

    /// The commit where the history ends because the clone is shallow, once it was told.
    pub fn cut_at(&self) -> Option<&str> {
        self.cut_at.as_deref()
    }

    fn advance(&mut self) -> Result<Option<Place>, Error> {
        loop {
            match &mut self.state {
                State::Told => return Ok(None),
                State::New(_) => {
                    if self.next_new()? {
                        return Ok(Some(Place::New));
                    }
                }
                State::Remembered(it) => match it.next(self.shape) {
                    Next::Text(place) => return Ok(Some(Place::Remembered(place))),
                    Next::End => {
                        if let Some(memory) = &self.memory {
                            memory.shrink(it.tip, SHRINK_FROM);
                        }
                        self.state = State::Told;
                    }
                    Next::Damage => {
                        let (id, is_told) = (it.id, it.record.is_some());
                        self.state = self.after_damage(id, is_told)?;
                    }
                },
            }
        }
    }

    /// The state before the newest commit.
    fn begin(&self, tip: ObjectId) -> Result<State, Error> {
        let mut commits = Commits::new(self.repository)?;
        let Some(mut reader) = self.memory.as_ref().and_then(Memory::open) else {
            return Ok(self.new_above(tip, None, Known::default(), commits));
        };
        let (ground, is_merged) = self.ground(tip, &mut reader, &mut commits)?;
        let Some(ground) = ground else {
            return Ok(self.new_above(tip, None, Known::default(), commits));
        };
        if ground.id == tip {
            return Ok(remembered(reader, ground, ground.link));
        }
        let mut known = Known { first: Some(ground.id), ..Known::default() };
        if is_merged && self.shape == Shape::Full {
            match all_commits(&mut reader, ground.link) {
                Some(all) => known.all = all,
                None => return self.anew(tip),
            }
        }
        Ok(self.new_above(tip, Some((reader, ground)), known, commits))
    }

    /// The newest commit on the line of first parents that is remembered, and whether a merge is
    /// above it.
    fn ground(
        &self,
        tip: ObjectId,
        reader: &mut Reader,
        commits: &mut Commits,
    ) -> Result<(Option<Ground>, bool), Error> {
        let mut places = Places::default();
        if let Some(link) = reader.last()
            && let Some(record) = reader.record(link)
        {
            self.add(&mut places, link, reader.id(&record), record.is_complete);
        }
        // Nearly always, the last record is that of a commit shortly before.
        let near = self.found(tip, &places, NEW_COMMITS, commits)?;
        if near.0.is_some() {
            return Ok(near);
        }
        reader.each(&mut |link, id, is_complete| self.add(&mut places, link, id, is_complete));
        self.found(tip, &places, usize::MAX, commits)
    }

    /// Adds a record that is good enough, unless a later one of the same commit is there.
    fn add(&self, places: &mut Places, link: Link, id: &[u8], is_complete: bool) {
        if let Ok(id) = ObjectId::try_from(id)
            && (is_complete || self.shape == Shape::FirstParent)
        {
            places.entry(id).or_insert(Ground { link, id, is_complete });
        }
    }

    /// The first commit on a line of first parents that has a place.
    fn found(
        &self,
        tip: ObjectId,
        places: &Places,
        n_commits: usize,
        commits: &mut Commits,
    ) -> Result<(Option<Ground>, bool), Error> {
        let mut next = Some(tip);
        let mut is_merged = false;
        for _ in 0..n_commits {
            let Some(id) = next.filter(|_| !places.is_empty()) else { break };
            if let Some(ground) = places.get(&id) {
                return Ok((Some(*ground), is_merged));
            }
            let parents = commits.parents(self.repository, id)?;
            is_merged |= parents.len() > 1;
            next = parents.first().copied();
        }
        Ok((None, is_merged))
    }

    fn new_above(
        &self,
        tip: ObjectId,
        ground: Option<(Reader, Ground)>,
        known: Known,
        commits: Commits,
    ) -> State {
        let history = self.repository.history_above(tip, &self.folder, self.shape, known, commits);
        let (drafts, draft) = (Vec::new(), Draft::default());
        State::New(Box::new(New { history, drafts, draft, ground, is_all: false }))
    }

    /// The state before a commit if the file is damaged.
    fn anew(&self, tip: ObjectId) -> Result<State, Error> {
        let commits = Commits::new(self.repository)?;
        let history =
            self.repository.history_above(tip, &self.folder, self.shape, Known::default(), commits);
        let (drafts, draft) = (Vec::new(), Draft::default());
        Ok(State::New(Box::new(New { history, drafts, draft, ground: None, is_all: true })))
    }

    /// Goes on with a commit, or with its first parent if it was told, as if nothing of it were
    /// remembered.
    fn after_damage(&self, id: ObjectId, is_told: bool) -> Result<State, Error> {
        if !is_told {
            return self.anew(id);
        }
        let parents = Commits::new(self.repository)?.parents(self.repository, id)?;
        parents.first().map_or(Ok(State::Told), |parent| self.anew(*parent))
    }

    /// Tells of the next new commit; returns whether there is a text.
    fn next_new(&mut self) -> Result<bool, Error> {
        let State::New(new) = &mut self.state else { return Ok(false) };
        let Some(moment) = new.history.next().transpose()? else {
            self.finish_new()?;
            return Ok(false);
        };
        let Recorded { first_parent, own } = self.recorder.record(&moment)?;
        if self.memory.is_some() {
            new.push(&moment, own.as_deref(), first_parent.as_deref(), self.shape);
        }
        if moment.is_cut {
            self.cut_at = Some(moment.commit.id);
        }
        let text = match self.shape {
            Shape::Full => own,
            Shape::FirstParent => first_parent,
        };
        let is_told = text.is_some();
        self.text = text.unwrap_or_default();
        Ok(is_told)
    }

    /// Remembers what was new, and goes on with what was remembered before.
    fn finish_new(&mut self) -> Result<(), Error> {
        let State::New(new) = std::mem::replace(&mut self.state, State::Told) else {
            return Ok(());
        };
        let New { mut drafts, draft, ground, is_all, .. } = *new;
        if !draft.is_empty() {
            drafts.push(draft);
        }
        let mut tip = None;
        // What was missing may be fetched later, and is told then.
        if let Some(memory) = &self.memory
            && self.repository.counters.n_missing() == self.n_missing
        {
            let below = ground.as_ref().map(|(_, Ground { link, id, is_complete })| Below {
                link: *link,
                id: id.as_slice().to_vec(),
                is_complete: *is_complete,
            });
            tip = match is_all {
                true => memory.put(drafts),
                false => memory.add(drafts, below.as_ref()),
            };
        }
        if let Some((reader, ground)) = ground {
            self.state = remembered(reader, ground, tip.unwrap_or(ground.link));
        }
        Ok(())
    }
}

impl New {
    fn push(&mut self, moment: &Moment, own: Option<&str>, first: Option<&str>, shape: Shape) {
        if moment.is_mainline {
            if !self.draft.is_empty() {
                self.drafts.push(std::mem::take(&mut self.draft));
            }
            self.draft.is_whole = shape == Shape::Full || moment.parents.len() < 2;
        }
        let texts = Texts { own, first: first.filter(|_| moment.is_mainline) };
        self.draft.push(moment.id.as_slice(), texts);
    }
}

impl Remembered {
    fn next(&mut self, shape: Shape) -> Next {
        loop {
            while let Some(record) = &mut self.record
                && let Some(told) = self.reader.commit(record)
            {
                let text = match shape {
                    Shape::Full => told.own,
                    Shape::FirstParent => told.first,
                };
                if let Some(text) = text {
                    return Next::Text(text);
                }
            }
            let Some(link) = self.next.take() else { return Next::End };
            if !self.read(link, shape) {
                return Next::Damage;
            }
        }
    }

    /// Reads the next record; returns whether it is one.
    fn read(&mut self, link: Link, shape: Shape) -> bool {
        let Some(record) = self.reader.record(link) else { return false };
        let Ok(id) = ObjectId::try_from(self.reader.id(&record)) else { return false };
        let is_first = self.record.is_none();
        if is_first && id != self.id || shape == Shape::Full && !record.is_complete {
            return false;
        }
        (self.id, self.next, self.record) = (id, record.below, Some(record));
        true
    }
}

fn remembered(reader: Reader, ground: Ground, tip: Link) -> State {
    let Ground { link, id, .. } = ground;
    State::Remembered(Box::new(Remembered { reader, record: None, next: Some(link), id, tip }))
}

/// All commits that a record and those below tell about; `None` if one of them is damaged.
fn all_commits(reader: &mut Reader, tip: Link) -> Option<HashSet<ObjectId>> {
    let mut all = HashSet::default();
    let mut next = Some(tip);
    while let Some(link) = next {
        let mut record = reader.record(link)?;
        while let Some(told) = reader.commit(&mut record) {
            all.insert(ObjectId::try_from(reader.at(told.id)).ok()?);
        }
        next = record.below;
    }
    Some(all)
}
