//! A refinement session: one change after the other, each of which can be taken back.
//!
//! A step holds the texts before and after it, so that undo and redo are exact. Others may write to
//! the same files meanwhile. What they wrote is merged in, by field and by line, and an undo then
//! takes back what the step did and nothing of theirs.

mod meeting;
#[cfg(test)]
mod properties;
mod step;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use meeting::{Met, OnDisk};
pub use step::{Beside, CriterionEdit, Draft};

use super::assign::Refusal;
use super::backlog::Backlog;
use super::config::SettingsProblem;
use super::date::Date;
use super::merge;
use super::message::Message;
use super::source::{Edits, FileEdit};

/// The marks around a conflict in a text are as long as those of Git.
const MARKER: usize = 7;

/// A session over one backlog.
#[derive(Debug)]
pub struct Session {
    backlog: Arc<Backlog>,
    today: Date,
    done: Vec<Step>,
    undone: Vec<Step>,
    /// The texts that the files had before the session changed them first, or since the last
    /// commit.
    start: BTreeMap<String, Option<String>>,
    /// The files that are to be written, with the texts that were last seen on disk.
    unwritten: BTreeMap<String, Option<String>>,
}

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it was: `BL-7k3qd above BL-2m9xa`.
    pub words: String,
    edits: Edits,
}

impl Step {
    /// The first file that it has changed.
    pub fn path(&self) -> Option<&str> {
        self.edits.files().first().map(|edit| &*edit.path)
    }
}

impl Session {
    /// Begins with a backlog as it is on disk, of which the whole texts are known.
    pub fn new(backlog: Backlog, today: Date) -> Self {
        Self {
            backlog: Arc::new(backlog),
            today,
            done: Vec::new(),
            undone: Vec::new(),
            start: BTreeMap::new(),
            unwritten: BTreeMap::new(),
        }
    }

    /// The backlog as it is now.
    pub fn backlog(&self) -> &Arc<Backlog> {
        &self.backlog
    }

    /// The day.
    pub fn today(&self) -> Date {
        self.today
    }

    /// The steps that an undo would take back, oldest first.
    pub fn steps(&self) -> &[Step] {
        &self.done
    }

    /// The steps that were taken back and can be done again, the last one first.
    pub fn undone(&self) -> impl Iterator<Item = &Step> {
        self.undone.iter().rev()
    }

    /// Takes the last step back, and says which it was. `None` if there is none. Where somebody else
    /// has changed the same lines since, the step stays, and is not tried again.
    pub fn undo(&mut self) -> Option<Result<String, Refusal>> {
        let step = self.done.pop()?;
        Some(self.reverted(&step.edits).and_then(|edits| {
            self.write(&edits)?;
            let words = step.words.clone();
            self.undone.push(step);
            Ok(words)
        }))
    }

    /// Does again what was taken back last, and says what. `None` if there is nothing.
    pub fn redo(&mut self) -> Option<Result<String, Refusal>> {
        let step = self.undone.pop()?;
        Some(self.reverted(&step.edits.inverse()).and_then(|edits| {
            self.write(&edits)?;
            let words = step.words.clone();
            self.done.push(step);
            Ok(words)
        }))
    }

    /// Takes back everything since the start or the last commit, as one step that can itself be
    /// taken back. `None` if there is nothing.
    pub fn take_back(&mut self) -> Option<Result<String, Refusal>> {
        let mut edits = Edits::default();
        for (path, start) in &self.start {
            edits.push(FileEdit {
                path: path.clone(),
                before: self.text(path),
                after: start.clone(),
            });
        }
        if edits.is_empty() {
            return None;
        }
        let count = edits.files().len();
        let files = if count == 1 { "file" } else { "files" };
        Some(self.apply(format!("{count} {files} as before"), edits))
    }

    /// What differs from the start, or from the last commit.
    pub fn changes(&self) -> Message {
        let paths = self.changed_paths();
        let mut back = Edits::default();
        for path in &paths {
            let (before, after) = (self.text(path), self.start[path].clone());
            back.push(FileEdit { path: path.clone(), before, after });
        }
        let start = self.backlog.after(&back);
        Message::describe(&start, &self.backlog, paths.iter().map(String::as_str))
    }

    /// The files that differ from the start, or from the last commit.
    pub fn changed_paths(&self) -> Vec<String> {
        let is_changed =
            |(path, start): &(&String, &Option<String>)| self.text_is_other(path, start);
        self.start.iter().filter(is_changed).map(|(path, _)| path.clone()).collect()
    }

    /// Whether anything differs from the start, or from the last commit.
    pub fn is_changed(&self) -> bool {
        self.start.iter().any(|(path, start)| self.text_is_other(path, start))
    }

    /// From here on, [`Self::changes`] tells what follows. Steps can still be taken back.
    pub fn committed(&mut self) {
        self.start.clear();
    }

    /// What is to be written to disk.
    pub fn unwritten(&self) -> Edits {
        let mut edits = Edits::default();
        for (path, on_disk) in &self.unwritten {
            let (before, after) = (on_disk.clone(), self.text(path));
            edits.push(FileEdit { path: path.clone(), before, after });
        }
        edits
    }

    /// How many files are to be written to disk.
    pub fn n_unwritten(&self) -> usize {
        self.unwritten.len()
    }

    /// Notes that these were written.
    pub fn written(&mut self, edits: &Edits) {
        for edit in edits.files() {
            match self.text_is_other(&edit.path, &edit.after) {
                true => self.unwritten.insert(edit.path.clone(), edit.after.clone()),
                false => self.unwritten.remove(&edit.path),
            };
        }
    }

    /// Does a step, and says what it was.
    fn apply(&mut self, words: String, edits: Edits) -> Result<String, Refusal> {
        if edits.is_empty() {
            return Err(Refusal::new("nothing to change"));
        }
        self.write(&edits)?;
        self.undone.clear();
        self.done.push(Step { words: words.clone(), edits });
        Ok(words)
    }

    /// Takes texts over, if they can be read, and if the settings say how.
    fn write(&mut self, edits: &Edits) -> Result<(), Refusal> {
        if let Some(SettingsProblem { path, problem }) = self.backlog.config_problems.first() {
            let message = format!("{path}:{}: {}", problem.position, problem.message);
            return Err(Refusal::new(message).hint("mend the settings first"));
        }
        let after = self.backlog.after(edits);
        let broken = after.unreadable().filter(|entry| edits.at(entry.path()).is_some());
        for entry in broken {
            if let Some(problem) = entry.problems().find(|problem| problem.kind.is_fatal()) {
                let message = format!("{} could not be read: {}", entry.path(), problem.message);
                return Err(Refusal::new(message).hint("nothing was written"));
            }
        }
        for edit in edits.files() {
            let before = || edit.before.clone();
            self.start.entry(edit.path.clone()).or_insert_with(before);
            self.unwritten.entry(edit.path.clone()).or_insert_with(before);
        }
        self.backlog = Arc::new(after);
        Ok(())
    }

    /// The edits that take others back from the texts as they are now.
    fn reverted(&self, edits: &Edits) -> Result<Edits, Refusal> {
        let mut reverted = Edits::default();
        for edit in edits.files() {
            let now = self.text(&edit.path);
            let after = match (&edit.before, &edit.after, &now) {
                (before, after, now) if after == now => before.clone(),
                (before, _, now) if before == now => continue,
                (Some(before), Some(after), Some(now)) => {
                    let headings = &self.backlog.config.criteria.sections;
                    let merged = merge::documents(after, before, now, headings, MARKER);
                    if !merged.is_clean() {
                        return Err(elsewhere(&edit.path));
                    }
                    Some(merged.text)
                }
                _ => return Err(elsewhere(&edit.path)),
            };
            reverted.push(FileEdit { path: edit.path.clone(), before: now, after });
        }
        Ok(reverted)
    }

    /// The text of a file; `None` if there is none that could be read.
    fn text(&self, path: &str) -> Option<String> {
        self.text_of(path).map(str::to_owned)
    }

    fn text_of(&self, path: &str) -> Option<&str> {
        let entry = self.backlog.at_path(path)?;
        (entry.is_readable() || !entry.document.text().is_empty()).then(|| entry.document.text())
    }

    fn text_is_other(&self, path: &str, text: &Option<String>) -> bool {
        self.text_of(path) != text.as_deref()
    }
}

fn elsewhere(path: &str) -> Refusal {
    Refusal::new(format!("{path} was changed elsewhere since, at the same place"))
        .hint("change it by hand")
}
