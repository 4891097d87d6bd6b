//! An experiment: what was believed, what it showed, and what it changed in the order.

use serde_json::{Value, json};

use super::values;
use crate::domain::backlog::Backlog;
use crate::domain::diff::{Change, Move};
use crate::domain::entry::Entry;
use crate::domain::log::LogEntry;
use crate::render::block::{Block, Cell, Line, Tone};
use crate::render::{Format, View};

/// An experiment and what followed from it.
pub struct ExperimentView<'a> {
    /// The backlog.
    pub backlog: &'a Backlog,
    /// The experiment.
    pub experiment: &'a Entry,
    /// The commits that changed what hangs on it or that name it, the newest first.
    pub entries: &'a [LogEntry],
}

/// A move that followed.
struct Followed<'a> {
    entry: &'a LogEntry,
    id: &'a str,
    moved: &'a Move,
}

impl View for ExperimentView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let it = self.experiment;
        let mut fields = vec![("status".into(), Line::from(values::status_cell(self.backlog, it)))];
        for name in ["hypothesis", "metric", "threshold", "start", "end", "result"] {
            let text = it.text(name);
            fields.extend(text.map(|text| (name.into(), Line::from(text))));
        }
        let outcome = it.text("outcome").filter(|word| *word != "open");
        let tone = if outcome.as_deref() == Some("confirmed") { Tone::Good } else { Tone::Warn };
        fields.push(match outcome {
            Some(word) => ("outcome".into(), Line::from(Cell::new(word, tone))),
            None => ("outcome".into(), Line::from(Cell::dim("still open"))),
        });
        let affected = it.links("affects").into_iter().map(|id| match self.backlog.called(&id) {
            Some(entry) => values::named(entry),
            None => Line::from(id).then(Cell::new(" does not exist", Tone::Bad)),
        });
        fields.extend(values::under("hangs on it", affected));
        let moves = self.moves();
        fields.extend(values::under("moved since", moves.iter().map(|it| self.moved(it))));
        if moves.is_empty() {
            let line = Line::from(Cell::dim("nothing, as far as the history tells"));
            fields.push(("moved since".into(), line));
        }
        let naming = self.naming().map(|entry| {
            Line::from(format!("{} {}: {}", when(entry), entry.author, entry.subject))
        });
        fields.extend(values::under("named by", naming));
        vec![values::heading(it), Block::Fields(fields)]
    }

    fn json(&self) -> Value {
        let it = self.experiment;
        let moves = self.moves();
        let moves = moves.iter().map(|it| {
            json!({
                "id": it.id, "from": it.moved.from, "to": it.moved.to,
                "commit": it.entry.commit, "date": it.entry.date, "author": it.entry.author,
                "reason": it.entry.reason,
            })
        });
        let naming = self.naming().map(|it| {
            json!({
                "commit": it.commit, "date": it.date, "author": it.author, "subject": it.subject,
            })
        });
        json!({
            "id": it.id(),
            "title": it.title(),
            "status": it.status(),
            "hypothesis": it.text("hypothesis"),
            "metric": it.text("metric"),
            "threshold": it.text("threshold"),
            "result": it.text("result"),
            "outcome": it.text("outcome"),
            "affects": it.links("affects"),
            "moves": moves.collect::<Vec<_>>(),
            "named_by": naming.collect::<Vec<_>>(),
        })
    }

    fn formats(&self) -> &'static [Format] {
        Format::PAGES
    }
}

impl<'a> ExperimentView<'a> {
    /// The moves of what hangs on it since its last day, and those of a commit that names it.
    fn moves(&self) -> Vec<Followed<'a>> {
        let it = self.experiment;
        let affected: Vec<&str> = it
            .links("affects")
            .iter()
            .filter_map(|id| Some(self.backlog.called(id)?.id()))
            .collect();
        let is_over = it.text("result").is_some() || !self.backlog.category(it).is_open();
        let end = it.text("end").filter(|_| is_over);
        let mut moves = Vec::new();
        for entry in self.entries {
            let is_after =
                end.as_deref().is_some_and(|end| entry.commit.is_empty() || entry.day() >= end);
            let is_named = entry.mentions.iter().any(|id| id == it.id());
            for document in entry.documents.iter().filter(|it| affected.contains(&&*it.id)) {
                for change in &document.changes {
                    if let (Change::Moved(moved), true) = (change, is_after || is_named) {
                        moves.push(Followed { entry, id: &document.id, moved });
                    }
                }
            }
        }
        moves
    }

    fn moved(&self, it: &Followed<'a>) -> Line<'a> {
        let title = self.backlog.called(it.id).map(Entry::title).unwrap_or_default();
        let line = Line::from(format!("{} {}: ", when(it.entry), it.entry.author));
        let line = line.then(Cell::id(it.id)).then(format!(" {title}"));
        let line = line.then(format!(" {} → {}", it.moved.from, it.moved.to));
        match &it.entry.reason {
            Some(reason) => line.then(". ").then(Cell::strong(&**reason)),
            None => line,
        }
    }

    /// The commits that name it and change neither it nor a place that is told.
    fn naming(&self) -> impl Iterator<Item = &'a LogEntry> {
        let id = self.experiment.id();
        let told: Vec<&str> = self.moves().iter().map(|it| &*it.entry.commit).collect();
        self.entries.iter().filter(move |entry| {
            let is_own = entry.documents.iter().any(|document| document.id == id);
            let is_told = told.contains(&&*entry.commit);
            !is_own && !is_told && entry.mentions.iter().any(|it| it == id)
        })
    }
}

fn when(entry: &LogEntry) -> &str {
    if entry.commit.is_empty() { "not committed yet" } else { entry.day() }
}
