//! The board: items by status.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::values;
use crate::domain::backlog::Backlog;
use crate::domain::config::Status;
use crate::domain::entry::Entry;
use crate::render::block::{Block, Cell, Lane, Line, Tone};
use crate::render::{Format, View};

/// One lane for each status.
pub struct BoardView<'a> {
    /// The backlog.
    pub backlog: &'a Backlog,
    /// The items to show, in their order.
    pub items: Vec<&'a Entry>,
    /// How many items a lane shows; the rest is counted.
    pub limit: usize,
    /// Whether to show the statuses in which nothing is left to do.
    pub all: bool,
}

impl View for BoardView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        vec![Block::Lanes(self.statuses().map(|(word, status)| self.lane(word, status)).collect())]
    }

    fn json(&self) -> Value {
        let lane = |(word, status): (&str, &Status)| {
            let items =
                self.of_status(word).map(|item| Value::Object(values::entry(self.backlog, item)));
            json!({
                "status": word,
                "category": status.category.word(),
                "limit": status.limit,
                "items": items.collect::<Vec<_>>(),
            })
        };
        json!({ "lanes": self.statuses().map(lane).collect::<Vec<_>>() })
    }

    fn rows_key(&self) -> Option<&'static str> {
        Some("lanes")
    }

    fn title(&self) -> Cow<'_, str> {
        "Board".into()
    }

    fn formats(&self) -> &'static [Format] {
        Format::PAGES
    }
}

impl BoardView<'_> {
    fn statuses(&self) -> impl Iterator<Item = (&str, &Status)> {
        let statuses = self.backlog.config.statuses.0.iter();
        statuses.filter(|(_, status)| self.all || status.category.is_open())
    }

    fn of_status<'a>(&'a self, word: &'a str) -> impl Iterator<Item = &'a Entry> {
        self.items.iter().copied().filter(move |item| item.status() == word)
    }

    fn lane<'a>(&'a self, word: &'a str, status: &'a Status) -> Lane<'a> {
        let count = self.of_status(word).count();
        let (number, tone) = match status.limit {
            Some(limit) if count > limit => (format!(" {count}/{limit} over the limit"), Tone::Bad),
            Some(limit) => (format!(" {count}/{limit}"), Tone::Dim),
            None => (format!(" {count}"), Tone::Dim),
        };
        let mut entries: Vec<Line<'a>> = self.of_status(word).take(self.limit).map(entry).collect();
        if count > self.limit {
            entries.push(Line::from(Cell::dim(format!("and {} more", count - self.limit))));
        }
        Lane { title: Line::from(Cell::strong(word)).then(Cell::new(number, tone)), entries }
    }
}

fn entry(item: &Entry) -> Line<'_> {
    values::noted(values::named(item), &item.text("assignee").unwrap_or_default())
}
