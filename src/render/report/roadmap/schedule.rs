//! Releases and goals over time, as a table and as a picture.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::super::dates::Basis;
use super::super::{dates, values};
use crate::domain::backlog::Backlog;
use crate::domain::kind::GOAL;
use crate::domain::message::counted;
use crate::domain::progress::percent;
use crate::domain::roadmap::{Row, SURE, Schedule, Section};
use crate::render::block::{Block, Cell, Column, Line, Table, Tone};
use crate::render::gantt::{self, Gantt};
use crate::render::{Format, View};

/// Releases and goals over time.
pub struct ScheduleView<'a> {
    /// The backlog.
    pub backlog: &'a Backlog,
    /// What there is to show.
    pub schedule: &'a Schedule<'a>,
    /// What the days are drawn from.
    pub basis: Basis<'a>,
}

impl View for ScheduleView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let mut blocks = vec![Block::Gantt(self.plans())];
        for section in &self.schedule.sections {
            blocks.push(Block::heading(2, heading(section)));
            blocks.push(match section.rows.is_empty() {
                true => Block::text(Cell::dim(self.nothing(section))),
                false => Block::Table(self.table(section)),
            });
        }
        blocks.push(Block::Footer(Line::from(Cell::dim(self.footer()))));
        blocks
    }

    fn page(&self) -> Vec<Block<'_>> {
        dates::on_page(self.blocks())
    }

    fn json(&self) -> Value {
        let sections = self.schedule.sections.iter();
        let rows = sections.flat_map(|section| section.rows.iter().map(|row| object(section, row)));
        json!({
            "today": self.schedule.today.to_string(),
            "rows": rows.collect::<Vec<_>>(),
            "past": self.schedule.n_past,
            "forecast": self.basis.object(),
        })
    }

    fn gantt(&self) -> Option<Gantt<'_>> {
        Some(self.plans())
    }

    fn rows_key(&self) -> Option<&'static str> {
        Some("rows")
    }

    fn title(&self) -> Cow<'_, str> {
        "Roadmap".into()
    }

    fn formats(&self) -> &'static [Format] {
        Format::PLANS
    }
}

impl<'a> ScheduleView<'a> {
    fn table(&self, section: &'a Section<'a>) -> Table<'a> {
        let is_goals = std::ptr::eq(section.kind, &GOAL);
        let mut columns = vec![
            Column::whole("id"),
            Column::whole("status"),
            Column::whole("done").right(),
            Column::whole(if is_goals { "wanted by" } else { "target" }).keyed("wanted"),
        ];
        columns.extend(dates::columns());
        columns.extend([Column::whole("chance").right(), Column::shrink("title")]);
        let mut table = Table::new(columns);
        for row in &section.rows {
            let n_items = row.n_done + row.n_open;
            let done = match n_items {
                0 => Cell::new("no item", Tone::Warn),
                n => Cell::from(format!("{} of {n}", row.n_done)),
            };
            let mut cells = vec![
                Cell::id(row.record.id()),
                values::status_cell(self.backlog, row.record),
                done,
                self.wanted(row),
            ];
            cells.extend(dates::cells(row.bar.map(|bar| bar.days)));
            cells.extend([dates::chance(row.chance), Cell::from(row.record.title())]);
            table.push(cells);
        }
        table
    }

    fn nothing(&self, section: &Section<'_>) -> &'static str {
        match (std::ptr::eq(section.kind, &GOAL), self.schedule.is_filtered) {
            (true, true) => "The query finds nothing that serves a goal.",
            (false, true) => "The query finds nothing in a release.",
            (true, false) => "No goal is pursued. Write one down with: git backlog new goal TITLE",
            (false, false) => {
                "No release is planned. Write one down with: git backlog new release TITLE"
            }
        }
    }

    fn wanted(&self, row: &Row<'_>) -> Cell<'a> {
        let Some(day) = row.shipped.or(row.wanted) else { return Cell::default() };
        let is_late = row.shipped.is_none()
            && self.backlog.category(row.record).is_open()
            && day < self.schedule.today;
        Cell::new(day.to_string(), if is_late { Tone::Bad } else { Tone::Plain })
    }

    fn footer(&self) -> String {
        let past = match self.schedule.n_past {
            0 => String::new(),
            n => format!("; {n} of the past are not shown"),
        };
        format!("{}{past}", self.basis.words())
    }

    /// All of it as a picture.
    pub(in crate::render::report) fn plans(&self) -> Gantt<'_> {
        let section = |section: &'a Section<'a>| gantt::Section {
            name: heading(section).into(),
            rows: section.rows.iter().map(|row| self.plan(row)).collect(),
        };
        let title = match self.backlog.product() {
            Some(product) => format!("Roadmap of {}", product.title()),
            None => "Roadmap".to_owned(),
        };
        Gantt {
            title: title.into(),
            summary: self.summary().into(),
            today: self.schedule.today,
            sections: self.schedule.sections.iter().map(section).collect(),
        }
    }

    fn plan(&self, row: &'a Row<'a>) -> gantt::Row<'a> {
        gantt::Row {
            label: row.record.title(),
            note: note(row).into(),
            bar: row.bar.map(|bar| bar.days),
            wanted: row.wanted.filter(|_| row.shipped.is_none()),
            is_at_risk: self.is_at_risk(row),
            done: row.shipped,
        }
    }

    /// Whether it is past its day, or will be in more than 15 of 100 cases.
    fn is_at_risk(&self, row: &Row<'_>) -> bool {
        let is_past = row.wanted.is_some_and(|day| day < self.schedule.today);
        row.shipped.is_none() && (is_past || row.chance.is_some_and(|chance| chance < SURE))
    }

    /// What there is to see, for who cannot see it.
    fn summary(&self) -> String {
        let rows = || self.schedule.sections.iter().flat_map(|section| &section.rows);
        let sentence = |row: &Row<'_>| format!("{}: {}.", row.record.title(), in_words(row));
        let sentences: Vec<String> = rows().take(20).map(sentence).collect();
        match sentences.is_empty() {
            true => "Nothing is planned.".to_owned(),
            false => sentences.join(" "),
        }
    }
}

fn heading(section: &Section<'_>) -> &'static str {
    if std::ptr::eq(section.kind, &GOAL) { "Goals" } else { "Releases" }
}

/// `9 open, kept with 41 %`
fn note(row: &Row<'_>) -> String {
    let mut parts = vec![match (row.n_open, row.n_done) {
        (0, 0) => "no item".to_owned(),
        (0, done) => format!("{} done", counted(done, "item")),
        (open, _) => format!("{open} open"),
    }];
    if let Some(day) = row.shipped {
        parts = vec![format!("shipped {day}")];
    } else if let Some(day) = row.wanted {
        parts.push(format!("wanted {day}"));
    }
    parts.extend(row.chance.map(|chance| format!("chance {}", percent(chance))));
    parts.join(", ")
}

/// The same with the days.
fn in_words(row: &Row<'_>) -> String {
    let by = row.bar.map(|bar| {
        let [half, likely, sure] = bar.days.map(|day| {
            day.map_or_else(|| "a day that nobody can see".to_owned(), |day| day.to_string())
        });
        format!("; done by {half} in 50, by {likely} in 85, by {sure} in 95 of 100 cases")
    });
    format!("{}{}", note(row), by.unwrap_or_default())
}

fn object(section: &Section<'_>, row: &Row<'_>) -> Value {
    json!({
        "kind": section.kind.name,
        "id": row.record.id(),
        "title": row.record.title(),
        "status": row.record.status(),
        "done": row.n_done,
        "open": row.n_open,
        "wanted": row.wanted.map(|day| day.to_string()),
        "shipped": row.shipped.map(|day| day.to_string()),
        "dates": dates::object(row.bar.map(|bar| bar.days)),
        "chance": row.chance,
    })
}
