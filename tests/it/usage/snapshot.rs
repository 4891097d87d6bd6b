//! All that is in a place, to be held against what was there before.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::place::Place;

/// Everything of a place but the objects of Git and the notes of the program.
#[derive(Clone, Debug)]
pub(super) struct Snapshot {
    /// Every file with what it holds, by path from the root of the place.
    pub(super) files: BTreeMap<String, Vec<u8>>,
    /// What the index of the worktree in use has at each path: tag, mode, id and stage.
    pub(super) index: BTreeMap<String, String>,
    /// The branch; `None` if HEAD is detached.
    pub(super) branch: Option<String>,
    /// The commit of HEAD.
    pub(super) head: String,
    at: &'static str,
}

/// A document of the backlog.
#[derive(Clone, Debug)]
pub(super) struct Doc {
    pub(super) id: String,
    /// From the folder in which things run.
    pub(super) path: String,
    pub(super) text: String,
}

impl Snapshot {
    pub(super) fn take(place: &Place, last: Option<&Self>) -> Self {
        let files = files(place);
        let own = git_dir(place.at);
        let head = text(&files, &format!("{own}HEAD")).trim().to_owned();
        let branch = head.strip_prefix("ref: refs/heads/").map(str::to_owned);
        let head = match &branch {
            Some(branch) => reference(&files, &format!("refs/heads/{branch}")),
            None => head,
        };
        let index_file = format!("{own}index");
        // The same file means the same entries.
        let same = last.filter(|last| {
            last.at == place.at && last.files.get(&index_file) == files.get(&index_file)
        });
        let index = same.map_or_else(|| index(place), |last| last.index.clone());
        Self { files, index, branch, head, at: place.at }
    }

    /// Paths of files that are not as they were.
    pub(super) fn changed(&self, before: &Self) -> Vec<String> {
        differing(&before.files, &self.files)
    }

    /// Paths of entries of the index that are not as they were.
    pub(super) fn staged(&self, before: &Self) -> Vec<String> {
        differing(&before.index, &self.index)
    }

    /// The Git directory of the worktree in use, from the root of the place.
    pub(super) fn own(&self) -> &'static str {
        git_dir(self.at)
    }

    /// What a file of the worktree in use holds.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        let bytes = self.files.get(&format!("{}/{path}", self.at))?;
        std::str::from_utf8(bytes).ok()
    }

    /// The files of the backlog, by path from the folder in which things run.
    pub(super) fn backlog(&self) -> BTreeMap<&str, &[u8]> {
        let prefix = format!("{}/", self.at);
        let inside = self.files.iter().filter_map(|(path, bytes)| {
            let path = path.strip_prefix(&prefix)?;
            path.starts_with(".backlog/").then_some((path, bytes.as_slice()))
        });
        inside.collect()
    }

    /// The documents that look sound, in an order that does not depend on ids that chance gave.
    pub(super) fn docs(&self) -> Vec<Doc> {
        let mut docs: Vec<Doc> = self.backlog().keys().filter_map(|path| self.doc(path)).collect();
        docs.sort_by_cached_key(|doc| (field(&doc.text, "title"), doc.path.clone()));
        docs
    }

    fn doc(&self, path: &str) -> Option<Doc> {
        let text = self.text(path).filter(|_| path.starts_with(".backlog/items/"))?;
        let id = field(text, "id")?;
        Some(Doc { id, path: path.to_owned(), text: text.to_owned() })
    }

    /// What Git is in the middle of.
    pub(super) fn operation(&self) -> Option<&'static str> {
        let is_there = |name: &str| {
            let path = format!("{}{name}", self.own());
            self.files.range(path.clone()..).next().is_some_and(|(it, _)| it.starts_with(&path))
        };
        let all = [
            ("rebase-merge", "rebase"),
            ("rebase-apply", "rebase"),
            ("MERGE_HEAD", "merge"),
            ("CHERRY_PICK_HEAD", "cherry-pick"),
            ("REVERT_HEAD", "revert"),
        ];
        all.into_iter().find_map(|(name, operation)| is_there(name).then_some(operation))
    }
}

/// A field of a document, as it is written.
fn field(text: &str, key: &str) -> Option<String> {
    let front = text.strip_prefix("---\n")?.split_once("\n---\n")?.0;
    let value = front.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": "));
    value.map(str::to_owned)
}

fn git_dir(at: &str) -> &'static str {
    match at {
        "linked" => "repo/.git/worktrees/linked/",
        _ => "repo/.git/",
    }
}

fn text(files: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    String::from_utf8_lossy(files.get(path).map_or(&[], Vec::as_slice)).into_owned()
}

/// What a reference stands for; nothing if it does not exist.
fn reference(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    let loose = text(files, &format!("repo/.git/{name}"));
    if !loose.is_empty() {
        return loose.trim().to_owned();
    }
    let packed = text(files, "repo/.git/packed-refs");
    let found = packed.lines().find_map(|line| {
        let (id, it) = line.split_once(' ')?;
        (it == name).then(|| id.to_owned())
    });
    found.unwrap_or_default()
}

fn index(place: &Place) -> BTreeMap<String, String> {
    let mut index: BTreeMap<String, String> = BTreeMap::new();
    for line in place.ask(&["ls-files", "--stage", "-v"]).lines() {
        let (entry, path) = line.split_once('\t').unwrap();
        *index.entry(path.to_owned()).or_default() += &format!("{entry};");
    }
    index
}

fn files(place: &Place) -> BTreeMap<String, Vec<u8>> {
    let is_ours = |entry: &walkdir::DirEntry| {
        let path = entry.path().to_string_lossy();
        !(path.ends_with("/objects") || path.ends_with("/backlog") && path.contains("/.git/"))
    };
    let walk = walkdir::WalkDir::new(place.root()).into_iter().filter_entry(is_ours);
    let files = walk.map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let read = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(place.root()).unwrap();
        let path = path.to_str().unwrap().to_owned();
        (path != "home/trace").then(|| (path, fs::read(entry.path()).unwrap()))
    };
    files.filter_map(read).collect()
}

fn differing<V: PartialEq>(a: &BTreeMap<String, V>, b: &BTreeMap<String, V>) -> Vec<String> {
    let all: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    all.into_iter().filter(|path| a.get(*path) != b.get(*path)).cloned().collect()
}
