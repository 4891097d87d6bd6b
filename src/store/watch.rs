//! Which files of a backlog have changed since the last look.
//!
//! A look asks for names, sizes and times and opens no file, so that it may be repeated each second
//! while nobody types. Nothing here depends on what the system can tell by itself of changes: that
//! differs between systems, and does not reach over a network.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use walkdir::WalkDir;

use super::layout::{Verdict, judge, slashes};
use super::worktree::shape;

/// A folder that is looked at again and again.
#[derive(Debug)]
pub struct Watch {
    root: PathBuf,
    seen: BTreeMap<String, Option<Stamp>>,
}

/// What a file looks like from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
    /// Another file under the same name, as a rename leaves it, may have all the rest in common.
    identity: u64,
}

impl Watch {
    /// Begins with the folder of a backlog as it is now.
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), seen: look(root) }
    }

    /// The files that are new, gone or different since the last time that this was asked: their
    /// paths below the folder, sorted. A folder that cannot be listed is among them when it begins
    /// or ceases to be so.
    pub fn changed(&mut self) -> Vec<String> {
        let now = look(&self.root);
        let is_new =
            |(path, stamp): &(&String, &Option<Stamp>)| self.seen.get(*path) != Some(stamp);
        let gone = self.seen.keys().filter(|path| !now.contains_key(*path));
        let mut changed: Vec<String> =
            now.iter().filter(is_new).map(|(path, _)| path).chain(gone).cloned().collect();
        changed.sort_unstable();
        self.seen = now;
        changed
    }
}

/// The documents of a folder and the settings, by path.
fn look(root: &Path) -> BTreeMap<String, Option<Stamp>> {
    let mut seen = BTreeMap::new();
    let mut walk = WalkDir::new(root).min_depth(1).into_iter();
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                seen.extend(error.path().map(|path| (below(root, path), None)));
                continue;
            }
        };
        let path = below(root, entry.path());
        let verdict = judge(&path, shape(&entry));
        if entry.file_type().is_dir() && !matches!(verdict, Verdict::Enter) {
            walk.skip_current_dir();
        }
        if matches!(verdict, Verdict::Document | Verdict::Unreadable(_)) {
            seen.insert(path, entry.metadata().ok().map(|metadata| Stamp::of(&metadata)));
        }
    }
    seen
}

fn below(root: &Path, path: &Path) -> String {
    slashes(&path.strip_prefix(root).unwrap_or(path).to_string_lossy())
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        let modified = metadata.modified().ok();
        Self { size: metadata.len(), modified, identity: identity(metadata) }
    }
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn identity(_metadata: &Metadata) -> u64 {
    0
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn tells_what_is_new_gone_and_different_once() {
        let folder = tempfile::TempDir::new().unwrap();
        let root = folder.path();
        fs::create_dir(root.join("items")).unwrap();
        fs::write(root.join("config.yml"), "").unwrap();
        fs::write(root.join("items/a.md"), "a\n").unwrap();
        fs::write(root.join("items/b.md"), "b\n").unwrap();
        let mut watch = Watch::new(root);
        assert!(watch.changed().is_empty());
        fs::write(root.join("config.yml"), "preset: strict\n").unwrap();
        fs::write(root.join("items/.a.md.swp"), "an editor's own\n").unwrap();
        fs::write(root.join("items/a.txt"), "no document\n").unwrap();
        fs::remove_file(root.join("items/b.md")).unwrap();
        fs::write(root.join("items/c.md"), "c\n").unwrap();
        assert_eq!(watch.changed(), ["config.yml", "items/b.md", "items/c.md"]);
        assert!(watch.changed().is_empty());
    }

    #[test]
    fn another_file_under_the_same_name_is_a_change() {
        let folder = tempfile::TempDir::new().unwrap();
        let root = folder.path();
        fs::write(root.join("product.md"), "one\n").unwrap();
        let mut watch = Watch::new(root);
        let time = fs::metadata(root.join("product.md")).unwrap().modified().unwrap();
        fs::write(root.join("product.new"), "two\n").unwrap();
        let file = fs::File::options().write(true).open(root.join("product.new")).unwrap();
        file.set_modified(time).unwrap();
        fs::rename(root.join("product.new"), root.join("product.md")).unwrap();
        assert_eq!(watch.changed(), ["product.md"]);
    }

    #[test]
    fn a_folder_that_is_not_there_yet_holds_nothing() {
        let folder = tempfile::TempDir::new().unwrap();
        let root = folder.path().join("later");
        let mut watch = Watch::new(&root);
        let nothing = watch.changed();
        fs::create_dir(&root).unwrap();
        fs::write(root.join("product.md"), "one\n").unwrap();
        assert!(nothing.is_empty());
        assert_eq!(watch.changed().last().map(String::as_str), Some("product.md"));
    }
}
