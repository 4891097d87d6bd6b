//! Trees: finding a folder in one, walking it, comparing two, changing some files of one.

use gix::ObjectId;
use gix::bstr::{BStr, BString, ByteSlice};
use gix::objs::tree::{EntryKind, EntryMode};

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

/// The entries of one tree, in its order.
pub(super) fn entries(
    repo: &gix::Repository,
    tree: ObjectId,
) -> Result<Vec<(BString, Leaf)>, Error> {
    let read = || {
        let tree = repo.find_tree(tree)?;
        let entries = tree.decode()?.entries;
        let entry = |entry: &gix::objs::tree::EntryRef<'_>| {
            (entry.filename.to_owned(), Leaf { mode: entry.mode, id: entry.oid.to_owned() })
        };
        Ok(entries.iter().map(entry).collect())
    };
    read().map_err(|error: gix::Error| failed("read a tree", error))
}

/// The tree of a folder; `None` if there is no such folder.
pub(super) fn folder(
    repo: &gix::Repository,
    root: ObjectId,
    folder: &str,
) -> Result<Option<ObjectId>, Error> {
    let entry = lookup(repo, root, folder)?;
    Ok(entry.filter(|entry| entry.mode.is_tree()).map(|entry| entry.id))
}

/// The entry at a path.
pub(super) fn lookup(
    repo: &gix::Repository,
    root: ObjectId,
    path: &str,
) -> Result<Option<Leaf>, Error> {
    let read = || {
        let entry = repo.find_tree(root)?.lookup_entry(path.split('/'))?;
        Ok(entry.map(|entry| Leaf { mode: entry.mode(), id: entry.object_id() }))
    };
    read().map_err(|error: gix::Error| failed("read a tree", error))
}

/// Walks a tree in its order: `visit` gets each entry with its path and says whether to enter it.
pub(super) fn walk(
    repo: &gix::Repository,
    tree: ObjectId,
    visit: &mut dyn FnMut(&BStr, Leaf) -> Result<Step, Error>,
) -> Result<(), Error> {
    walk_below(repo, tree, BStr::new(""), visit)
}

fn walk_below(
    repo: &gix::Repository,
    tree: ObjectId,
    above: &BStr,
    visit: &mut dyn FnMut(&BStr, Leaf) -> Result<Step, Error>,
) -> Result<(), Error> {
    for (name, leaf) in entries(repo, tree)? {
        let path = join(above, name.as_bstr());
        if let Step::Enter = visit(path.as_bstr(), leaf)?
            && leaf.mode.is_tree()
        {
            walk_below(repo, leaf.id, path.as_bstr(), visit)?;
        }
    }
    Ok(())
}

/// The files that two trees have differently. Folders that are equal are not read.
pub(super) fn differences(
    repo: &gix::Repository,
    before: ObjectId,
    after: ObjectId,
) -> Result<Vec<Difference>, Error> {
    let mut found = Vec::new();
    compare(repo, Some(before), Some(after), BStr::new(""), &mut found)?;
    Ok(found)
}

fn compare(
    repo: &gix::Repository,
    before: Option<ObjectId>,
    after: Option<ObjectId>,
    above: &BStr,
    found: &mut Vec<Difference>,
) -> Result<(), Error> {
    if before == after {
        return Ok(());
    }
    let read =
        |tree: Option<ObjectId>| tree.map_or_else(|| Ok(Vec::new()), |tree| entries(repo, tree));
    let mut pairs = std::collections::BTreeMap::<BString, (Option<Leaf>, Option<Leaf>)>::new();
    for (name, leaf) in read(before)? {
        pairs.entry(name).or_default().0 = Some(leaf);
    }
    for (name, leaf) in read(after)? {
        pairs.entry(name).or_default().1 = Some(leaf);
    }
    for (name, (before, after)) in pairs {
        if before == after {
            continue;
        }
        let path = join(above, name.as_bstr());
        let tree = |leaf: Option<Leaf>| leaf.filter(|leaf| leaf.mode.is_tree()).map(|leaf| leaf.id);
        compare(repo, tree(before), tree(after), path.as_bstr(), found)?;
        let file = |leaf: Option<Leaf>| leaf.filter(|leaf| !leaf.mode.is_tree());
        let (before, after) = (file(before), file(after));
        if before != after {
            found.push(Difference { path, before, after });
        }
    }
    Ok(())
}

fn join(above: &BStr, name: &BStr) -> BString {
    if above.is_empty() {
        return name.to_owned();
    }
    let mut path = above.to_owned();
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
