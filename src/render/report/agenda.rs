//! The page of a ceremony.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::values;
use crate::domain::agenda::{Agenda, Part, Point, TimeBox};
use crate::domain::entry::Entry;
use crate::render::block::{Block, Cell, Line};
use crate::render::{Format, View};

/// The page of a ceremony.
pub struct AgendaView<'a>(pub &'a Agenda<'a>);

impl View for AgendaView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let agenda = self.0;
        let mut blocks = vec![Block::heading(1, self.heading())];
        blocks.push(Block::text(agenda.ceremony.purpose));
        blocks.extend(self.time().map(|it| Block::Text(Line::from(Cell::dim(it)))));
        for part in &agenda.parts {
            blocks.extend([Block::Blank, Block::heading(2, self.part(part))]);
            blocks.push(Block::text(Cell::dim(part.question)));
            if !part.points.is_empty() {
                blocks.push(Block::List(part.points.iter().map(point).collect()));
            } else if !part.without.is_empty() {
                blocks.push(Block::text(part.without));
            }
        }
        blocks
    }

    fn json(&self) -> Value {
        let agenda = self.0;
        let point = |it: &Point<'_>| {
            json!({
                "id": it.entry.map(Entry::id),
                "title": it.entry.map(|it| it.title().into_owned()),
                "text": Some(&it.told).filter(|told| !told.is_empty()),
            })
        };
        let part = |it: &Part<'_>| {
            json!({
                "title": it.title,
                "question": it.question,
                "minutes": agenda.minutes_of(it),
                "points": it.points.iter().map(point).collect::<Vec<_>>(),
            })
        };
        json!({
            "ceremony": agenda.ceremony.name,
            "title": agenda.ceremony.title,
            "purpose": agenda.ceremony.purpose,
            "sprint": agenda.sprint.map(Entry::id),
            "minutes": agenda.minutes,
            "parts": agenda.parts.iter().map(part).collect::<Vec<_>>(),
        })
    }

    fn title(&self) -> Cow<'_, str> {
        self.0.ceremony.title.into()
    }

    fn formats(&self) -> &'static [Format] {
        Format::PAGES
    }
}

impl<'a> AgendaView<'a> {
    /// `Sprint Review: 2026-24 Sprint 24`
    fn heading(&self) -> Line<'a> {
        let line = Line::from(Cell::strong(self.0.ceremony.title));
        match self.0.sprint {
            Some(sprint) => {
                line.then(": ").then(Cell::id(sprint.id())).then(" ").then(sprint.title())
            }
            None => line,
        }
    }

    /// `At most 2 hours (4 hours in a sprint of a month; Scrum Guide 2020).`
    fn time(&self) -> Option<String> {
        let minutes = hours(self.0.minutes?);
        Some(match self.0.ceremony.time {
            TimeBox::Month(month) => format!(
                "At most {minutes}: {} in a sprint of a month (Scrum Guide 2020), and less in a shorter one.",
                hours(month)
            ),
            TimeBox::Fixed(_) | TimeBox::Ongoing => {
                format!("At most {minutes} (Scrum Guide 2020).")
            }
        })
    }

    /// `Why (35 minutes)`
    fn part(&self, part: &Part<'_>) -> Line<'a> {
        let line = Line::from(part.title);
        match self.0.minutes_of(part) {
            Some(minutes) => line.then(Cell::dim(format!(" ({})", hours(minutes)))),
            None => line,
        }
    }
}

/// `2 hours`, `2 h 30 min`, `45 minutes`
fn hours(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, 1) => "1 minute".to_owned(),
        (0, minutes) => format!("{minutes} minutes"),
        (1, 0) => "1 hour".to_owned(),
        (hours, 0) => format!("{hours} hours"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// `BL-7k3qd Guest checkout: waits for BL-9qqrt`
fn point<'a>(it: &'a Point<'a>) -> Line<'a> {
    match (it.entry, &*it.told) {
        (Some(entry), "") => values::named(entry),
        (Some(entry), told) => values::named(entry).then(": ").then(told),
        (None, told) => Line::from(told),
    }
}
