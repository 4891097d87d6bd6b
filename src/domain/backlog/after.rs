//! A state of a backlog after some of its files have changed.
//!
//! The documents that did not change are shared. Where no name changed, which is nearly always so,
//! what is known of the names is shared too, and a move among ten thousand items costs little.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::sync::Arc;

use super::index::is_same_names;
use super::{Backlog, CONFIG, order};
use crate::domain::document::Document;
use crate::domain::entry::{self, Entry};
use crate::domain::kind::Kind;
use crate::domain::problem::Problem;
use crate::domain::source::{Edits, FileEdit, SourceFile};

impl Backlog {
    /// The state after some files have changed.
    #[must_use]
    pub fn after(&self, edits: &Edits) -> Self {
        let file = |edit: &FileEdit| (edit.path.clone(), edit.after.clone().map(Ok));
        self.with(edits.files().iter().map(file).collect())
    }

    /// The same, where a file may also have become one that cannot be read; without a text it is
    /// gone.
    #[must_use]
    pub fn with(&self, files: Vec<(String, Option<Result<String, Problem>>)>) -> Self {
        let paths: HashSet<String> = files.iter().map(|(path, _)| path.clone()).collect();
        let n_files = files.len();
        let changed =
            files.into_iter().filter_map(|(path, text)| Some(SourceFile { path, text: text? }));
        let rest = || self.entries.iter().filter(|entry| !paths.contains(entry.path()));
        if paths.contains(CONFIG) {
            return Self::parse(rest().map(|entry| entry.to_file()).chain(changed).collect());
        }
        let parsed: Vec<Arc<Entry>> = changed.filter_map(|file| self.entry_of(file)).collect();
        if parsed.len() == n_files
            && let Some(replaced) = self.replaced(&parsed)
        {
            return replaced;
        }
        let entries = rest().cloned().chain(parsed).collect();
        Self::of_entries(self.config.clone(), self.config_problems.clone(), entries)
    }

    fn entry_of(&self, file: SourceFile) -> Option<Arc<Entry>> {
        let kind = Kind::of_path(&file.path)?;
        let document = match file.text {
            Ok(text) => Document::parse(file.path, text),
            Err(problem) => Document::unreadable(file.path, problem),
        };
        Some(Arc::new(Entry::new(document, kind, &self.config)))
    }

    /// The state with other versions of documents; `None` if one of them is new, or has another
    /// name than before.
    fn replaced(&self, new: &[Arc<Entry>]) -> Option<Self> {
        let replaces = |entry: &Arc<Entry>| {
            let place = self.place_at(entry.path())?;
            is_same_names(&self.entries[place], entry).then(|| (place, entry.clone()))
        };
        let mut new: Vec<(usize, Arc<Entry>)> =
            new.iter().map(replaces).collect::<Option<Vec<_>>>()?;
        new.sort_by(|(_, one), (_, other)| order(one, other));
        let mut stays = vec![true; self.entries.len()];
        new.iter().for_each(|(place, _)| stays[*place] = false);
        let rest: Vec<usize> = (0..stays.len()).filter(|place| stays[*place]).collect();
        // Where each document was before.
        let mut from = Vec::with_capacity(stays.len());
        let mut done = 0;
        for (place, entry) in &new {
            let is_before = |at: &usize| order(&self.entries[*at], entry) == Ordering::Less;
            let to = done + rest[done..].partition_point(is_before);
            from.extend_from_slice(&rest[done..to]);
            from.push(*place);
            done = to;
        }
        from.extend_from_slice(&rest[done..]);
        let mut entries: Vec<Arc<Entry>> =
            from.iter().map(|place| self.entries[*place].clone()).collect();
        let index = self.index.moved(&from);
        let mut is_open: Vec<bool> =
            from.iter().map(|place| self.positions[*place].is_some()).collect();
        for (old, entry) in new {
            let place = index.place_of(self.index.slot_at(old));
            is_open[place] = super::is_open(&entry, &self.config);
            entries[place] = entry;
        }
        let positions = super::counted(is_open);
        let (config, config_problems) = (self.config.clone(), self.config_problems.clone());
        Some(Self { config, config_problems, entries, positions, index })
    }

    /// The place of the document at a path. Nearly all files begin with the id of their document.
    pub(super) fn place_at(&self, path: &str) -> Option<usize> {
        let is_there = |place: &usize| self.entries[*place].path() == path;
        let by_id = Kind::of_path(path).and_then(|kind| {
            let id = entry::id_of_path(path, kind).to_lowercase();
            self.index.id(&id).find(is_there)
        });
        by_id.or_else(|| self.entries.iter().position(|entry| entry.path() == path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, id: &str, rank: &str, status: &str) -> SourceFile {
        let text = format!("---\nid: {id}\ntitle: T\nstatus: {status}\nrank: {rank}\n---\n");
        SourceFile { path: path.to_owned(), text: Ok(text) }
    }

    fn files() -> Vec<SourceFile> {
        vec![
            file("items/BL-b2222.md", "BL-b2222", "mbbb", "ready"),
            file("items/BL-c2222.md", "BL-c2222", "mcbb", "done"),
            file("items/BL-d2222.md", "BL-d2222", "mdbb", "ready"),
            file("items/BL-d2222-twin.md", "BL-d2222", "mfbb", "ready"),
            file("items/other.md", "BL-g2222", "mgbb", "ready"),
        ]
    }

    /// What was patched is what would have been made of all files.
    fn check(changed: SourceFile) {
        let mut all = files();
        let before = Backlog::parse(all.clone());
        let text = Some(changed.text.clone());
        let patched = before.with(vec![(changed.path.clone(), text)]);
        all.retain(|file| file.path != changed.path);
        all.push(changed);
        let whole = Backlog::parse(all);
        let seen = |backlog: &Backlog| -> Vec<(String, String, Option<usize>)> {
            let entries = backlog.entries();
            let seen = entries
                .map(|it| (it.path().to_owned(), it.status().into_owned(), backlog.position(it)));
            seen.collect()
        };
        assert_eq!(seen(&patched), seen(&whole));
        for id in ["BL-b2222", "bl-c2222", "BL-d2222", "BL-g2222", "BL-h2222"] {
            let paths = |backlog: &Backlog| -> Vec<String> {
                backlog.with_id(id).map(|it| it.path().to_owned()).collect()
            };
            assert_eq!(paths(&patched), paths(&whole), "{id}");
            let called = |backlog: &Backlog| backlog.called(id).map(|it| it.path().to_owned());
            assert_eq!(called(&patched), called(&whole), "{id}");
        }
        let twins = |backlog: &Backlog| -> Vec<Vec<String>> {
            let groups = backlog.duplicates();
            let paths = |group: &Vec<&Entry>| group.iter().map(|it| it.path().to_owned()).collect();
            groups.iter().map(paths).collect()
        };
        assert_eq!(twins(&patched), twins(&whole));
    }

    #[test]
    fn a_patched_state_is_the_whole_one() {
        check(file("items/BL-b2222.md", "BL-b2222", "mzbb", "ready"));
        check(file("items/BL-b2222.md", "BL-b2222", "mbbb", "done"));
        check(file("items/BL-c2222.md", "BL-c2222", "mbbb", "ready"));
        check(file("items/BL-d2222-twin.md", "BL-d2222", "mbbb", "ready"));
        check(file("items/BL-d2222.md", "BL-h2222", "mdbb", "ready"));
        check(file("items/other.md", "BL-g2222", "mbbb", "done"));
        check(file("items/BL-h2222.md", "BL-h2222", "mcbb", "ready"));
        let broken = "---\nid: [\n---\n".to_owned();
        check(SourceFile { path: "items/BL-b2222.md".to_owned(), text: Ok(broken) });
    }
}
