//! Trees: finding a folder in one, walking it, comparing two, changing some files of one.

use gix::ObjectId;
use gix::bstr::{BStr, BString, ByteSlice};
use gix::objs::tree::{EntryKind, EntryMode};
use gix::objs::{FindExt, TreeRefIter};

use super::compare::Comparer;
use super::{Repository, failed};
use crate::store::error::Error;

/// A file of a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Leaf {
    pub(super) mode: EntryMode,
    pub(super) id: ObjectId,
}

/// One file that two trees have differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) path: BString,
    pub(super) before: Option<Leaf>,
    pub(super) after: Option<Leaf>,
}

/// What a walk does at an entry.
pub(super) enum Step {
    /// Walk the folder.
    Enter,
    /// Go on.
    Pass,
}

/// Reads the data of a tree into a buffer. The empty tree need not be in the repository.
pub(super) fn read(
    repository: &Repository,
    tree: ObjectId,
    buffer: &mut Vec<u8>,
) -> Result<(), Error> {
    buffer.clear();
    if tree.is_empty_tree() {
        return Ok(());
    }
    repository.counters.tree();
    let found = repository.repo.objects.find_tree_iter(&tree, buffer).map(drop);
    found.map_err(|error| failed("read a tree", error))
}

/// The entries in the data of a tree, in its order.
pub(super) fn entries<'a>(
    repository: &Repository,
    data: &'a [u8],
) -> impl Iterator<Item = Result<(&'a BStr, Leaf), Error>> + use<'a> {
    let entries = TreeRefIter::from_bytes(data, repository.repo.object_hash());
    entries.map(|entry| match entry {
        Ok(entry) => Ok((entry.filename, Leaf { mode: entry.mode, id: entry.oid.to_owned() })),
        Err(error) => Err(failed("read a tree", error)),
    })
}

/// The tree of a folder; `None` if there is no such folder.
pub(super) fn folder(
    repository: &Repository,
    root: ObjectId,
    folder: &str,
) -> Result<Option<ObjectId>, Error> {
    let entry = lookup(repository, root, folder)?;
    Ok(entry.filter(|entry| entry.mode.is_tree()).map(|entry| entry.id))
}

/// The entry at a path.
pub(super) fn lookup(
    repository: &Repository,
    root: ObjectId,
    path: &str,
) -> Result<Option<Leaf>, Error> {
    let mut buffer = Vec::new();
    let mut parts = path.split('/');
    let mut tree = root;
    loop {
        let Some(part) = parts.next() else { return Ok(None) };
        read(repository, tree, &mut buffer)?;
        let is_named = |entry: &Result<(&BStr, Leaf), Error>| {
            entry.as_ref().map_or(true, |(name, _)| *name == part.as_bytes())
        };
        let Some(found) = entries(repository, &buffer).find(is_named) else { return Ok(None) };
        let (_, leaf) = found?;
        match parts.clone().next() {
            None => return Ok(Some(leaf)),
            Some(_) if leaf.mode.is_tree() => tree = leaf.id,
            Some(_) => return Ok(None),
        }
    }
}

/// Walks a tree in its order: `visit` gets each entry with its path and says whether to enter it.
pub(super) fn walk(
    repository: &Repository,
    tree: ObjectId,
    visit: &mut dyn FnMut(&BStr, Leaf) -> Result<Step, Error>,
) -> Result<(), Error> {
    walk_below(repository, tree, BStr::new(""), visit)
}

fn walk_below(
    repository: &Repository,
    tree: ObjectId,
    above: &BStr,
    visit: &mut dyn FnMut(&BStr, Leaf) -> Result<Step, Error>,
) -> Result<(), Error> {
    let mut buffer = Vec::new();
    read(repository, tree, &mut buffer)?;
    for entry in entries(repository, &buffer) {
        let (name, leaf) = entry?;
        let path = join(above, name);
        if let Step::Enter = visit(path.as_bstr(), leaf)?
            && leaf.mode.is_tree()
        {
            walk_below(repository, leaf.id, path.as_bstr(), visit)?;
        }
    }
    Ok(())
}

/// The files that two trees have differently. Folders that are equal are not read.
pub(super) fn differences(
    repository: &Repository,
    before: ObjectId,
    after: ObjectId,
) -> Result<Vec<Difference>, Error> {
    Comparer::default().differences(repository, before, after)
}

/// A path below another.
pub(super) fn join(above: &BStr, name: &BStr) -> BString {
    if above.is_empty() {
        return name.to_owned();
    }
    let mut path = BString::from(Vec::with_capacity(above.len() + 1 + name.len()));
    path.extend_from_slice(above);
    path.push(b'/');
    path.extend_from_slice(name);
    path
}

/// A file to put into a tree, or to take out of it.
#[derive(Clone, Debug)]
pub(super) struct Put {
    pub(super) path: BString,
    pub(super) blob: Option<(EntryKind, ObjectId)>,
}

impl Repository {
    /// A tree with some files changed: nothing but these paths differs from the base.
    pub(super) fn write_tree(&self, base: ObjectId, puts: &[Put]) -> Result<ObjectId, Error> {
        let write = || {
            // Without the library's own checks, which fail in a clone that lacks the objects of
            // other files. The paths were checked before.
            let mut editor = self.repo.find_tree(base)?.edit()?.detach();
            for put in puts {
                let parts = put.path.split(|byte| *byte == b'/').map(BStr::new);
                match put.blob {
                    Some((kind, id)) => editor.upsert(parts, kind, id)?,
                    None => editor.remove_if_leaf(parts)?,
                };
            }
            editor.write(|tree| self.repo.write_object(tree).map(gix::Id::detach))
        };
        write().map_err(|error: gix::Error| failed("write a tree", error))
    }
}
