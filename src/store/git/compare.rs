//! What two trees have differently, found without looking at what they have in common.
//!
//! A commit changes a few files of ten thousand. The data of two such trees is equal but for these,
//! so it is compared as bytes, and only the entries around a difference are taken apart.

use std::cmp::Ordering;

use gix::ObjectId;
use gix::bstr::{BStr, ByteSlice};
use gix::hashtable::HashMap;

use super::Repository;
use super::tree::{self, Difference, Leaf, join};
use crate::store::error::Error;

/// How many bytes of trees are kept at most. All of the trees that one commit of a large backlog
/// changes are a small part of it.
const MAX_KEPT: usize = 64 * 1024 * 1024;

/// Compares trees, one pair after the other.
///
/// Along a history, newest first, the older tree of a pair is the newer one of the next: it is kept
/// until then, so that each is read once.
#[derive(Debug, Default)]
pub(super) struct Comparer {
    kept: HashMap<ObjectId, Vec<u8>>,
    n_kept: usize,
    /// Buffers for other trees.
    spare: Vec<Vec<u8>>,
}

impl Comparer {
    /// The files that two trees have differently, in the order of trees. Folders that are equal
    /// are not read.
    pub(super) fn differences(
        &mut self,
        repository: &Repository,
        before: ObjectId,
        after: ObjectId,
    ) -> Result<Vec<Difference>, Error> {
        let mut found = Vec::new();
        self.compare(repository, Some(before), Some(after), BStr::new(""), &mut found)?;
        Ok(found)
    }

    fn compare(
        &mut self,
        repository: &Repository,
        before: Option<ObjectId>,
        after: Option<ObjectId>,
        above: &BStr,
        found: &mut Vec<Difference>,
    ) -> Result<(), Error> {
        if before == after {
            return Ok(());
        }
        let old = self.take(repository, before)?;
        let new = self.take(repository, after)?;
        for (name, before, after) in changed_entries(repository, &old, &new)? {
            let path = join(above, name);
            let tree = |leaf: Option<Leaf>| leaf.filter(|it| it.mode.is_tree()).map(|it| it.id);
            self.compare(repository, tree(before), tree(after), path.as_bstr(), found)?;
            let file = |leaf: Option<Leaf>| leaf.filter(|leaf| !leaf.mode.is_tree());
            let (before, after) = (file(before), file(after));
            if before.is_some() || after.is_some() {
                found.push(Difference { path, before, after });
            }
        }
        self.keep(before, old);
        self.spare.push(new);
        Ok(())
    }

    /// The data of a tree; none without a tree.
    fn take(&mut self, repository: &Repository, tree: Option<ObjectId>) -> Result<Vec<u8>, Error> {
        if let Some(data) = tree.and_then(|tree| self.kept.remove(&tree)) {
            self.n_kept -= data.len();
            return Ok(data);
        }
        let mut buffer = self.spare.pop().unwrap_or_default();
        match tree {
            Some(tree) => tree::read(repository, tree, &mut buffer)?,
            None => buffer.clear(),
        }
        Ok(buffer)
    }

    fn keep(&mut self, tree: Option<ObjectId>, data: Vec<u8>) {
        let Some(tree) = tree.filter(|_| data.len() <= MAX_KEPT) else {
            self.spare.push(data);
            return;
        };
        if self.n_kept + data.len() > MAX_KEPT {
            self.kept.clear();
            self.n_kept = 0;
        }
        self.n_kept += data.len();
        if let Some(twin) = self.kept.insert(tree, data) {
            self.n_kept -= twin.len();
            self.spare.push(twin);
        }
    }
}

/// A name, and what the older and the newer tree have there.
type Pair<'a> = (&'a BStr, Option<Leaf>, Option<Leaf>);

/// The entries that the data of two trees does not have in common.
fn changed_entries<'a>(
    repository: &Repository,
    mut old: &'a [u8],
    mut new: &'a [u8],
) -> Result<Vec<Pair<'a>>, Error> {
    let n_id = repository.repo.object_hash().len_in_bytes();
    let n_same_at_end = common_suffix(old, new);
    let mut changed = Vec::new();
    loop {
        // Both are at the beginning of an entry here, so that the rest is equal entry by entry.
        if old.len() == new.len() && old.len() <= n_same_at_end {
            return Ok(changed);
        }
        let n_same = whole_entries(old, common_prefix(old, new), n_id);
        (old, new) = (&old[n_same..], &new[n_same..]);
        let (one, two) = (first(repository, old)?, first(repository, new)?);
        let order = match (one, two) {
            (None, None) => return Ok(changed),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(one), Some(two)) => in_tree(one).cmp(in_tree(two)),
        };
        let (one, two) = (one.filter(|_| order.is_le()), two.filter(|_| order.is_ge()));
        let leaf = |entry: Option<(&BStr, Leaf)>| entry.map(|(_, leaf)| leaf);
        // The same kind may be written in several ways.
        let kind = |entry| leaf(entry).map(|leaf| (leaf.mode.kind(), leaf.id));
        if let Some((name, _)) = one.or(two)
            && kind(one) != kind(two)
        {
            changed.push((name, leaf(one), leaf(two)));
        }
        (old, new) = (after(old, one.is_some(), n_id), after(new, two.is_some(), n_id));
    }
}

/// The first entry of the data of a tree.
fn first<'a>(repository: &Repository, data: &'a [u8]) -> Result<Option<(&'a BStr, Leaf)>, Error> {
    tree::entries(repository, data).next().transpose()
}

/// The bytes by which Git sorts an entry: a folder as if its name ended with a slash.
fn in_tree((name, leaf): (&BStr, Leaf)) -> impl Iterator<Item = &u8> {
    let slash: &[u8] = if leaf.mode.is_tree() { b"/" } else { b"" };
    name.iter().chain(slash)
}

/// The data after its first entry.
fn after(data: &[u8], is_passed: bool, n_id: usize) -> &[u8] {
    match is_passed {
        true => &data[end_of_first(data, n_id).unwrap_or(data.len())..],
        false => data,
    }
}

/// Where the first entry ends: after its mode, its name, a zero and an id.
fn end_of_first(data: &[u8], n_id: usize) -> Option<usize> {
    let end = memchr::memchr(0, data)? + 1 + n_id;
    (end <= data.len()).then_some(end)
}

/// How many of the first `n_bytes` are whole entries.
fn whole_entries(data: &[u8], n_bytes: usize, n_id: usize) -> usize {
    let mut end = 0;
    while let Some(next) = end_of_first(&data[end..], n_id).map(|n| end + n)
        && next <= n_bytes
    {
        end = next;
    }
    end
}

/// How many bytes two slices have in common at their beginnings.
fn common_prefix(a: &[u8], b: &[u8]) -> usize {
    const STEP: usize = 64;
    let steps = a.chunks_exact(STEP).zip(b.chunks_exact(STEP));
    let start = STEP * steps.take_while(|(a, b)| a == b).count();
    start + a[start..].iter().zip(&b[start..]).take_while(|(a, b)| a == b).count()
}

/// How many bytes two slices have in common at their ends.
fn common_suffix(a: &[u8], b: &[u8]) -> usize {
    const STEP: usize = 64;
    let steps = a.rchunks_exact(STEP).zip(b.rchunks_exact(STEP));
    let n_same = STEP * steps.take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - n_same], &b[..b.len() - n_same]);
    n_same + a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count()
}
