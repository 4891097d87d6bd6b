//! Why an item is where it is, on one screen.

use serde_json::{Value, json};

use super::change::{self, Titles};
use super::score::behind;
use super::scores::{lacks, scored};
use super::values::{self, Field, signed};
use crate::domain::backlog::Backlog;
use crate::domain::blame::set_by;
use crate::domain::diff::{Change, Move};
use crate::domain::entry::Entry;
use crate::domain::log::LogEntry;
use crate::domain::message::counted;
use crate::domain::progress::Way;
use crate::domain::question;
use crate::domain::score::Scoring;
use crate::domain::score::table::Table;
use crate::domain::standing::{Link, Standing};
use crate::render::block::{Block, Cell, Line, Tone};
use crate::render::{Format, View};

/// How many moves are told.
const MOVES: usize = 5;

/// Why an item is where it is.
pub struct WhyView<'a> {
    /// The backlog.
    pub backlog: &'a Backlog,
    /// The item.
    pub item: &'a Entry,
    /// The model and the scores of all open items; `None` where the order is set by hand.
    pub scores: Option<(&'a Scoring, &'a Table<'a>)>,
    /// What its place rests on.
    pub standing: &'a Standing<'a>,
    /// The commits that changed it, the newest first.
    pub entries: &'a [LogEntry],
    /// The titles of the documents that moves name.
    pub titles: &'a Titles,
    /// The branches whose names hold its id.
    pub branches: &'a [String],
}

impl View for WhyView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let mut fields: Vec<Field<'_>> = vec![("position".into(), self.position())];
        fields.extend(self.moves());
        fields.extend(self.worth());
        let parts: [(&str, &[Link<'_>], &str); 7] = [
            ("goal", &self.standing.goals, "none"),
            ("personas", &self.standing.personas, ""),
            ("evidence", &self.standing.evidence, "none recorded"),
            ("decisions", &self.standing.decisions, ""),
            ("waits for", &self.standing.waits_for, "nothing"),
            ("waited for by", &self.standing.waited_for_by, ""),
            ("planned for", &self.standing.plan, ""),
        ];
        for (name, links, without) in parts {
            fields.extend(self.links(name, links, without));
            if name == "goal" {
                fields.extend(self.metrics());
            }
        }
        fields.extend(self.standing.risk.as_deref().map(|it| ("risk".into(), Line::from(it))));
        fields.extend(values::questions(self.item));
        fields.extend(self.code());
        vec![values::heading(self.item), Block::Fields(fields)]
    }

    fn json(&self) -> Value {
        let moves = self.all_moves().map(|(entry, moved)| {
            json!({
                "from": moved.from,
                "to": moved.to,
                "after": moved.after,
                "before": moved.before,
                "n_passed": moved.n_passed,
                "passed": moved.passed,
                "commit": Some(&entry.commit).filter(|it| !it.is_empty()),
                "date": Some(&entry.date).filter(|it| !it.is_empty()),
                "author": Some(&entry.author).filter(|it| !it.is_empty()),
                "reason": entry.reason,
            })
        });
        let links =
            |links: &[Link<'_>]| -> Vec<Value> { links.iter().map(values::link_object).collect() };
        let standing = self.standing;
        json!({
            "id": self.item.id(),
            "title": self.item.title(),
            "status": self.item.status(),
            "position": self.backlog.position(self.item),
            "open": self.backlog.open_items().count(),
            "moves": moves.collect::<Vec<_>>(),
            "inputs": standing.inputs.iter().map(|(name, value)| json!({
                "field": name, "value": value, "set_by": set_by(self.entries, name).map(|it| &it.commit).filter(|id| !id.is_empty()),
            })).collect::<Vec<_>>(),
            "value_per_effort": standing.ratio.as_ref().map(|it| json!({
                "ratio": it.ratio, "place": it.place, "scored": it.n_scored,
            })),
            "score": self.scores.and_then(|(scoring, table)| {
                let of_model = |mut object: Value| {
                    object["model"] = json!(scoring.model.name);
                    object
                };
                table.of(self.item).map(|it| of_model(scored(scoring, it)))
            }),
            "goals": links(&standing.goals),
            "metrics": standing.metrics.iter().map(values::way_object).collect::<Vec<_>>(),
            "risk": standing.risk,
            "personas": links(&standing.personas),
            "evidence": links(&standing.evidence),
            "decisions": links(&standing.decisions),
            "waits_for": links(&standing.waits_for),
            "waited_for_by": links(&standing.waited_for_by),
            "plan": links(&standing.plan),
            "questions": question::open(self.item).iter().map(|it| json!({
                "text": it.note.text, "from": it.note.by, "for": it.note.to,
                "asked": it.note.on.map(|day| day.to_string()),
            })).collect::<Vec<_>>(),
            "commits": self.mentions().map(|it| json!({
                "commit": it.commit, "date": it.date, "author": it.author, "subject": it.subject,
            })).collect::<Vec<_>>(),
            "branches": self.branches,
        })
    }

    fn formats(&self) -> &'static [Format] {
        Format::PAGES
    }
}

impl<'a> WhyView<'a> {
    fn position(&self) -> Line<'a> {
        let status = values::status_cell(self.backlog, self.item);
        let line = match self.backlog.position(self.item) {
            Some(position) => {
                let n_open = self.backlog.open_items().count();
                Line::from(Cell::strong(position.to_string())).then(format!(" of {n_open}, "))
            }
            None => Line::from("not in the order any more: "),
        };
        line.then(status)
    }

    /// The moves, the newest first.
    fn all_moves(&self) -> impl Iterator<Item = (&'a LogEntry, &'a Move)> {
        self.entries.iter().flat_map(|entry| {
            let changes = entry.documents.iter().flat_map(|it| &it.changes);
            changes.filter_map(move |change| match change {
                Change::Moved(moved) => Some((entry, moved)),
                _ => None,
            })
        })
    }

    fn moves(&self) -> Vec<Field<'a>> {
        let moves: Vec<_> = self.all_moves().collect();
        if moves.is_empty() {
            let added = self.entries.iter().find(|entry| {
                let mut changes = entry.documents.iter().flat_map(|it| &it.changes);
                changes.any(|change| *change == Change::Added)
            });
            let line = match added {
                Some(entry) if entry.commit.is_empty() => {
                    Line::from("never, it is not committed yet")
                }
                Some(entry) => {
                    let line = Line::from(format!("never since {} added it, ", who(entry)));
                    line.then(Cell::day(entry.day()))
                }
                None => Line::from("never, as far as the history tells"),
            };
            return vec![("moved".into(), line.then(Cell::dim("")))];
        }
        let told = moves.iter().take(MOVES).map(|(entry, moved)| self.moved(entry, moved));
        let mut fields: Vec<Field<'a>> = values::under("moved", told).collect();
        if let Some(more) = moves.len().checked_sub(MOVES).filter(|more| *more > 0) {
            let line = format!("and {} before", counted(more, "move"));
            fields.push(("".into(), Line::from(Cell::dim(line))));
        }
        fields
    }

    /// `2026-11-26 Mira: 12 → 1, at the top, above BL-ptgvp; passes 11. Guests first (a975d31324)`
    fn moved(&self, entry: &'a LogEntry, moved: &Move) -> Line<'a> {
        let line = match entry.commit.is_empty() {
            true => Line::from("not committed yet"),
            false => Line::from(Cell::day(entry.day())).then(format!(" {}", who(entry))),
        };
        let line = line.then(format!(": {} → {}, ", moved.from, moved.to));
        let landing = change::landing(moved, self.titles);
        let line = landing.cells.into_iter().fold(line, Line::then);
        let line = match &entry.reason {
            Some(reason) => line.then(". ").then(Cell::strong(&**reason)),
            None if entry.commit.is_empty() => line,
            None => line.then(". ").then(Cell::new("No reason is given", Tone::Warn)),
        };
        match entry.commit.is_empty() {
            true => line,
            false => line.then(Cell::dim(format!(" ({})", entry.short()))),
        }
    }

    /// The inputs of a score, and the simplest one.
    fn worth(&self) -> Vec<Field<'a>> {
        let mut line = Line::default();
        for (at, (name, value)) in self.standing.inputs.iter().enumerate() {
            let text = format!("{}{name} ", if at == 0 { "" } else { ", " });
            line = line.then(text).then(Cell::strong(value.clone()));
            if let Some(entry) = set_by(self.entries, name) {
                line = signed(line, entry);
            }
        }
        if self.standing.inputs.is_empty() {
            line = Line::from(Cell::dim("no value and no effort, so that no score can be told"));
        }
        let mut fields = vec![("worth".into(), line)];
        fields.extend(self.score());
        if let Some(why) = self.item.text("pinned") {
            fields.push(("pinned".into(), Line::from(why)));
        }
        fields
    }

    /// The score with its arithmetic, or what it lacks, and what waits behind the item.
    fn score(&self) -> Vec<Field<'a>> {
        let Some((scoring, table)) = self.scores else { return Vec::new() };
        let name = scoring.model.name;
        let (line, waiting) = if let Some(it) = table.of(self.item) {
            let score = scoring.arithmetic(&it.values, &it.worth);
            let text = format!("{score}, rank {} of {}", it.rank, table.scored.len());
            (Line::from(text), &it.behind)
        } else if let Some(it) = table.unscored.iter().find(|it| it.item == self.item)
            && !self.standing.inputs.is_empty()
        {
            (Line::from(Cell::dim(format!("unscored: {}", lacks(&it.lacks)))), &it.behind)
        } else {
            return Vec::new();
        };
        [(name.into(), line)].into_iter().chain(behind(waiting)).collect()
    }

    fn links(&self, name: &'a str, links: &'a [Link<'a>], without: &'a str) -> Vec<Field<'a>> {
        if links.is_empty() {
            return match without {
                "" => Vec::new(),
                without => vec![(name.into(), Line::from(Cell::dim(without)))],
            };
        }
        values::under(name, links.iter().map(values::link)).collect()
    }

    /// `METRIC-t8h4p Activation: 41 → 47 → 60, 32 %`
    fn metrics(&self) -> Vec<Field<'a>> {
        let line = |way: &'a Way<'a>| {
            way.metric.map(|metric| values::named(metric).then(format!(": {}", way.words())))
        };
        values::under("metric", self.standing.metrics.iter().filter_map(line)).collect()
    }

    /// Commits of code that name the item, and branches.
    fn code(&self) -> Vec<Field<'a>> {
        let mut fields: Vec<Field<'a>> = Vec::new();
        let mentions: Vec<&LogEntry> = self.mentions().collect();
        for entry in mentions.iter().take(MOVES) {
            let name = if fields.is_empty() { "commits" } else { "" };
            let text = format!(" {}: {}", who(entry), entry.subject);
            let line = Line::from(Cell::day(entry.day()))
                .then(text)
                .then(Cell::dim(format!(" ({})", entry.short())));
            fields.push((name.into(), line));
        }
        if let Some(more) = mentions.len().checked_sub(MOVES).filter(|more| *more > 0) {
            fields.push(("".into(), Line::from(Cell::dim(format!("and {more} before")))));
        }
        if !self.branches.is_empty() {
            fields.push(("branches".into(), Line::from(self.branches.join(", "))));
        }
        fields
    }

    /// Commits that name the item and did not change it.
    fn mentions(&self) -> impl Iterator<Item = &'a LogEntry> {
        self.entries.iter().filter(|entry| !entry.has_changes())
    }
}

fn who(entry: &LogEntry) -> &str {
    if entry.author.is_empty() { &entry.email } else { &entry.author }
}
