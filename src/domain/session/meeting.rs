//! What others write while a session goes on.

use super::{MARKER, Session};
use crate::domain::backlog::Backlog;
use crate::domain::merge::{self, Merged};
use crate::domain::problem::Problem;
use crate::domain::source::SourceFile;

/// What became of files that somebody else has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Met {
    /// The files that are different now.
    pub paths: Vec<String>,
    /// Those in which somebody has to decide between two changes.
    pub in_conflict: Vec<String>,
}

/// A file as it is on disk: its text, or why there is none; `None` if it is gone.
pub type OnDisk = (String, Option<Result<String, Problem>>);

impl Session {
    /// Takes up files as they are on disk now. What was not written yet is merged with them, and
    /// waits to be written again.
    pub fn meet(&mut self, files: Vec<OnDisk>) -> Met {
        let mut met = Met::default();
        let mut new = Vec::new();
        for (path, on_disk) in files {
            if let Some(text) = self.met(&path, on_disk, &mut met) {
                met.paths.push(path.clone());
                new.push((path, text));
            }
        }
        if !new.is_empty() {
            self.backlog = self.backlog.with(new).into();
        }
        met
    }

    /// Takes up all files anew, as after a change of the settings.
    pub fn meet_all(&mut self, files: Vec<SourceFile>) -> Met {
        let ours: Vec<(String, Option<String>)> =
            self.unwritten.keys().map(|path| (path.clone(), self.text(path))).collect();
        let mut met = Met::default();
        let mut new = Vec::new();
        for (path, _) in ours {
            let on_disk = files.iter().find(|file| file.path == path).map(|it| it.text.clone());
            let now =
                self.met(&path, on_disk, &mut met).unwrap_or_else(|| self.text(&path).map(Ok));
            new.push((path, now));
        }
        let backlog = Backlog::parse(files);
        self.backlog = if new.is_empty() { backlog } else { backlog.with(new) }.into();
        met
    }

    /// The text that a file has from now on; `None` if it is the one that it has already.
    #[expect(clippy::option_option, reason = "no change, gone, and changed are three things")]
    fn met(
        &mut self,
        path: &str,
        on_disk: Option<Result<String, Problem>>,
        met: &mut Met,
    ) -> Option<Option<Result<String, Problem>>> {
        let ours = self.text(path);
        let known = self.unwritten.get(path).cloned();
        let theirs = match on_disk {
            Some(Err(problem)) => {
                // There is nothing to merge with. What was not written stays, and is not written
                // over it: the store compares.
                let is_news = known.is_none()
                    && self.backlog.at_path(path).is_none_or(|entry| {
                        entry.problems().all(|it| it.message != problem.message)
                    });
                return is_news.then_some(Some(Err(problem)));
            }
            Some(Ok(text)) => Some(text),
            None => None,
        };
        let base = known.clone().unwrap_or_else(|| ours.clone());
        if theirs == base {
            return None;
        }
        self.rebase_start(path, base.as_deref(), theirs.as_deref());
        if known.is_none() {
            return Some(theirs.map(Ok));
        }
        let merged = self.merged(base.as_deref(), ours, theirs.clone());
        if merged.as_ref().is_some_and(|it| !it.is_clean()) {
            met.in_conflict.push(path.to_owned());
        }
        let text = merged.map(|it| it.text);
        match text == theirs {
            true => self.unwritten.remove(path),
            false => self.unwritten.insert(path.to_owned(), theirs),
        };
        Some(text.map(Ok))
    }

    /// Two versions of a file as one. One that only one side has removed is kept.
    fn merged(
        &self,
        base: Option<&str>,
        ours: Option<String>,
        theirs: Option<String>,
    ) -> Option<Merged> {
        let whole = |text: String| Merged { text, ..Merged::default() };
        match (ours, theirs) {
            (Some(ours), Some(theirs)) => {
                let headings = &self.backlog.config.criteria.sections;
                let base = base.unwrap_or_default();
                Some(merge::documents(base, &ours, &theirs, headings, MARKER))
            }
            (Some(text), None) | (None, Some(text)) => Some(whole(text)),
            (None, None) => None,
        }
    }

    /// What others change is no change of this session: it counts as if it had been there from the
    /// start.
    fn rebase_start(&mut self, path: &str, base: Option<&str>, theirs: Option<&str>) {
        let headings = &self.backlog.config.criteria.sections;
        let Some(start) = self.start.get_mut(path) else { return };
        match (base, &*start, theirs) {
            (Some(base), Some(from), Some(theirs)) => {
                let merged = merge::documents(base, from, theirs, headings, MARKER);
                if merged.is_clean() {
                    *start = Some(merged.text);
                }
            }
            (base, from, theirs) if base == from.as_deref() => *start = theirs.map(str::to_owned),
            _ => {}
        }
    }
}
