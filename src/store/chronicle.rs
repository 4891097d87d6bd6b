//! The file that remembers a history: what was told about each commit on a line of first parents.
//!
//! It is only ever added to. A record names the place of the record of its first parent, so that
//! branches share what they have in common, and the history of a commit is a chain that is followed
//! from its record down. Nothing in the file is trusted: each record has a checksum, and whatever
//! does not fit counts as not remembered.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;

use super::document;

/// How a file begins.
const MAGIC: &[u8] = b"git-backlog history 1\n";

/// How much of the file is read at once.
const CHUNK: u64 = 64 * 1024;

/// Length, place and length of the record below, flags, number of commits.
const N_HEAD: usize = 4 + 8 + 4 + 1 + 4;

/// Checksum, and the length again: so that the last record is found from the end of the file.
const N_TAIL: usize = 4 + 4;

/// The record holds what its commit, a merge, brought in, and so do all records below.
const COMPLETE: u8 = 1;

/// A commit has a text for the history with all commits.
const HAS_OWN: u8 = 1;
/// A commit has a text for the line of first parents.
const HAS_FIRST: u8 = 2;
/// The second text is the first one.
const SAME: u8 = 4;

/// Where a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) at: u64,
    pub(super) len: u32,
}

impl Link {
    pub(super) fn end(self) -> u64 {
        self.at + u64::from(self.len)
    }
}

/// What is told about one commit: a text for the history with all commits, one for the line of
/// first parents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Texts<'a> {
    pub(super) own: Option<&'a str>,
    pub(super) first: Option<&'a str>,
}

/// A record in the making: a commit and, if it is a merge, what it brought in.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    bytes: Vec<u8>,
    n_commits: u32,
    /// Whether it holds all that the merge brought in.
    pub(super) is_whole: bool,
}

impl Default for Draft {
    fn default() -> Self {
        Self { bytes: vec![0; N_HEAD], n_commits: 0, is_whole: true }
    }
}

impl Draft {
    pub(super) fn is_empty(&self) -> bool {
        self.n_commits == 0
    }

    /// Adds a commit: the first is that of the record.
    pub(super) fn push(&mut self, id: &[u8], texts: Texts<'_>) {
        let Texts { own, first } = texts;
        let is_same = own.is_some() && own == first;
        let flag = |is_set: bool, flag: u8| if is_set { flag } else { 0 };
        let flags =
            flag(own.is_some(), HAS_OWN) | flag(first.is_some(), HAS_FIRST) | flag(is_same, SAME);
        let own = own.unwrap_or_default();
        let first = first.filter(|_| !is_same).unwrap_or_default();
        self.bytes.extend_from_slice(id);
        self.bytes.push(flags);
        for text in [own, first] {
            self.bytes.extend_from_slice(&(text.len() as u32).to_le_bytes());
        }
        self.bytes.extend_from_slice(own.as_bytes());
        self.bytes.extend_from_slice(first.as_bytes());
        self.n_commits += 1;
    }

    /// The id of the commit of the record.
    pub(super) fn id(&self, n_id: usize) -> &[u8] {
        self.bytes.get(N_HEAD..N_HEAD + n_id).unwrap_or_default()
    }

    /// The finished record. `None` if it is larger than a record can be.
    fn finish(mut self, below: Option<Link>, is_complete: bool) -> Option<Vec<u8>> {
        let len = u32::try_from(self.bytes.len() + N_TAIL).ok()?;
        self.bytes[..4].copy_from_slice(&len.to_le_bytes());
        self.bytes[16] = if is_complete { COMPLETE } else { 0 };
        self.bytes[17..N_HEAD].copy_from_slice(&self.n_commits.to_le_bytes());
        Some(sealed(self.bytes, below))
    }
}

/// A record without its tail, put above another one.
fn sealed(mut bytes: Vec<u8>, below: Option<Link>) -> Vec<u8> {
    let below = below.unwrap_or(Link { at: 0, len: 0 });
    bytes[4..12].copy_from_slice(&below.at.to_le_bytes());
    bytes[12..16].copy_from_slice(&below.len.to_le_bytes());
    let sum = crc32fast::hash(&bytes);
    bytes.extend_from_slice(&sum.to_le_bytes());
    bytes.extend_from_within(..4);
    bytes
}

/// Records that are ready to be written at a place of a file, and the last of them.
pub(super) struct Run {
    pub(super) bytes: Vec<u8>,
    pub(super) tip: Option<Link>,
}

/// The bytes of records that stand above another one, given newest first, from a place on.
pub(super) fn run(
    drafts: Vec<Draft>,
    at: u64,
    below: Option<Link>,
    is_complete_below: bool,
) -> Option<Run> {
    let mut run = Run { bytes: Vec::new(), tip: below };
    let mut is_complete = is_complete_below;
    for draft in drafts.into_iter().rev() {
        is_complete &= draft.is_whole;
        let record = draft.finish(run.tip, is_complete)?;
        run.tip = Some(Link { at: at + run.bytes.len() as u64, len: record.len() as u32 });
        run.bytes.extend_from_slice(&record);
    }
    Some(run)
}

/// How a file begins whose texts depend on `key`.
pub(super) fn header(key: &str) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend_from_slice(&(key.len() as u32).to_le_bytes());
    bytes.extend_from_slice(key.as_bytes());
    let sum = crc32fast::hash(&bytes);
    bytes.extend_from_slice(&sum.to_le_bytes());
    bytes
}

/// A file of records, read from its end.
#[derive(Debug)]
pub(super) struct Reader {
    file: File,
    /// Where the records begin.
    start: u64,
    /// Where they end, as far as it is known.
    pub(super) len: u64,
    /// How many bytes an id has.
    n_id: usize,
    window: Vec<u8>,
    window_at: u64,
}

impl Reader {
    /// Opens a file. `None` if there is none, or one whose texts depend on something else.
    pub(super) fn open(path: &Path, key: &str, n_id: usize) -> Option<Self> {
        let (mut file, len) = document::open_regular(path).ok()?.ok()?;
        let expected = header(key);
        let mut found = vec![0; expected.len()];
        file.read_exact(&mut found).ok()?;
        let start = expected.len() as u64;
        (found == expected).then(|| Self {
            file,
            start,
            len,
            n_id,
            window: Vec::new(),
            window_at: 0,
        })
    }

    /// The last record. Whatever follows it, because somebody did not get to the end of writing,
    /// is passed over from then on.
    pub(super) fn last(&mut self) -> Option<Link> {
        if let Some(link) = self.before(self.len)
            && self.record(link).is_some()
        {
            return Some(link);
        }
        self.len = self.sound_end();
        self.before(self.len)
    }

    /// The record that ends at a place. It is not checked.
    fn before(&mut self, end: u64) -> Option<Link> {
        let at = end.checked_sub(4).filter(|at| *at >= self.start)?;
        let len = number(self.bytes(Link { at, len: 4 })?);
        let at = end.checked_sub(u64::from(len)).filter(|at| *at >= self.start)?;
        let link = Link { at, len };
        (len as usize >= N_HEAD + self.n_id + N_TAIL).then_some(link)
    }

    /// The records of the file and the ids of their commits, the last first, until one does not
    /// fit. They are not checked.
    pub(super) fn each(&mut self, visit: &mut dyn FnMut(Link, &[u8], bool)) {
        let n_id = self.n_id;
        let mut end = self.len;
        while let Some(link) = self.before(end)
            && let Some(bytes) = self.bytes(link)
            && number(bytes) == link.len
        {
            visit(link, &bytes[N_HEAD..N_HEAD + n_id], bytes[16] & COMPLETE != 0);
            end = link.at;
        }
    }

    /// A record; `None` if it is not what was written once.
    pub(super) fn record(&mut self, link: Link) -> Option<Record> {
        let (start, n_id) = (self.start, self.n_id);
        let bytes = self.bytes(link).filter(|bytes| bytes.len() >= N_HEAD + n_id + N_TAIL)?;
        let (body, tail) = bytes.split_at(bytes.len() - N_TAIL);
        let is_sound = number(body) == link.len
            && number(&tail[4..]) == link.len
            && number(tail) == crc32fast::hash(body);
        if !is_sound {
            return None;
        }
        let below = Link {
            at: u64::from_le_bytes(body[4..12].try_into().expect("eight bytes")),
            len: number(&body[12..]),
        };
        let (is_complete, n_left) = (body[16] & COMPLETE != 0, number(&body[17..]));
        let n_body = body.len();
        let is_root = below.len == 0;
        if !is_root && (below.at < start || below.end() > link.at) {
            return None;
        }
        let at = (link.at - self.window_at) as usize;
        let below = (!is_root).then_some(below);
        let id = at + N_HEAD;
        Some(Record { below, is_complete, n_left, id, at: id, end: at + n_body })
    }

    /// The id of the commit of the record that was read last.
    pub(super) fn id(&self, record: &Record) -> &[u8] {
        &self.window[record.id..record.id + self.n_id]
    }

    /// The next commit of the record that was read last.
    pub(super) fn commit(&self, record: &mut Record) -> Option<Told> {
        let at = record.at;
        let n_fixed = self.n_id + 1 + 4 + 4;
        if record.n_left == 0 || record.end - at < n_fixed {
            return None;
        }
        let fixed = &self.window[at..at + n_fixed];
        let flags = fixed[self.n_id];
        let n_own = number(&fixed[self.n_id + 1..]) as usize;
        let n_first = number(&fixed[self.n_id + 5..]) as usize;
        let own = at + n_fixed..at + n_fixed + n_own;
        let first = own.end..own.end + n_first;
        if first.end > record.end {
            return None;
        }
        (record.at, record.n_left) = (first.end, record.n_left - 1);
        let first = if flags & SAME != 0 { own.clone() } else { first };
        Some(Told {
            id: at..at + self.n_id,
            own: (flags & HAS_OWN != 0).then_some(own),
            first: (flags & HAS_FIRST != 0).then_some(first),
        })
    }

    /// What stands at a place of the record that was read last.
    pub(super) fn at(&self, place: Range<usize>) -> &[u8] {
        &self.window[place]
    }

    /// Where the sound records of a file end whose last record is not.
    fn sound_end(&mut self) -> u64 {
        let mut end = self.start;
        while let Some(head) = self.bytes(Link { at: end, len: 4 }) {
            let link = Link { at: end, len: number(head) };
            if self.record(link).is_none() {
                break;
            }
            end = link.end();
        }
        end
    }

    /// Bytes of the file, which are read together with what is asked for next: what stands before
    /// them, unless the file is read forwards.
    fn bytes(&mut self, link: Link) -> Option<&[u8]> {
        let end = link.end();
        if end > self.len {
            return None;
        }
        let is_there =
            link.at >= self.window_at && end <= self.window_at + self.window.len() as u64;
        if !is_there {
            let is_forwards = !self.window.is_empty() && link.at >= self.window_at;
            let (from, to) = match is_forwards {
                true => (link.at, self.len.min(end.max(link.at + CHUNK))),
                false => (link.at.min(end.saturating_sub(CHUNK)), end),
            };
            self.fill(from, (to - from) as usize).ok()?;
        }
        let at = (link.at - self.window_at) as usize;
        Some(&self.window[at..at + link.len as usize])
    }

    fn fill(&mut self, at: u64, n_bytes: usize) -> io::Result<()> {
        self.window.resize(n_bytes, 0);
        self.file.seek(SeekFrom::Start(at))?;
        let read = self.file.read_exact(&mut self.window);
        if read.is_err() {
            self.window.clear();
        }
        self.window_at = at;
        read
    }

    /// A record as a part of another file, put above another one there.
    pub(super) fn moved(&mut self, link: Link, below: Option<Link>) -> Option<Vec<u8>> {
        self.record(link)?;
        let bytes = self.bytes(link)?;
        Some(sealed(bytes[..bytes.len() - N_TAIL].to_vec(), below))
    }
}

/// A record that was checked, as far as it was read.
#[derive(Clone, Debug)]
pub(super) struct Record {
    /// The record of the first parent.
    pub(super) below: Option<Link>,
    /// Whether it, and all below, hold what merges brought in.
    pub(super) is_complete: bool,
    n_left: u32,
    /// Where the id of its commit, the next commit, and its end are in the window.
    id: usize,
    at: usize,
    end: usize,
}

/// Where it stands in the window what a record tells about a commit.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) id: Range<usize>,
    pub(super) own: Option<Range<usize>>,
    pub(super) first: Option<Range<usize>>,
}

/// The number that bytes begin with.
fn number(bytes: &[u8]) -> u32 {
    u32::from_le_bytes(bytes[..4].try_into().expect("four bytes"))
}
