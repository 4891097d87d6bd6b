//! Release notes: for a page, a mail or the message of a tag.

use std::borrow::Cow;

use serde_json::{Value, json};

use crate::domain::acceptance;
use crate::domain::release::notes::{Audience, SORTS, Sort, Told};
use crate::render::block::{Block, Body, Cell, Line};
use crate::render::report::amount;
use crate::render::{Format, View};

/// Release notes.
pub struct NotesView<'a> {
    /// What they are of: the title of a release, or two states.
    pub title: Cow<'a, str>,
    /// Whether the title stands above them.
    pub has_title: bool,
    /// The day on which it shipped, if it has.
    pub day: Option<String>,
    /// What the release says to everybody.
    pub announcement: Option<&'a str>,
    /// The done items, by sort.
    pub told: &'a [Told<'a>],
    /// For whom they are.
    pub audience: Audience,
    /// Whether the ids stand behind the items.
    pub has_ids: bool,
}

impl View for NotesView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let mut blocks = Vec::new();
        if self.has_title {
            let line = Line::from(&*self.title);
            blocks.push(Block::heading(
                1,
                match &self.day {
                    Some(day) => line.then(Cell::dim(format!(", {day}"))),
                    None => line,
                },
            ));
        }
        if let Some(text) = self.announcement {
            blocks.extend([Block::Markdown(Body::from(text)), Block::Blank]);
        }
        for sort in SORTS {
            let lines: Vec<Line<'_>> = self.of(sort).map(|it| self.line(it)).collect();
            if !lines.is_empty() {
                blocks.extend([
                    Block::Blank,
                    Block::heading(2, sort.heading()),
                    Block::List(lines),
                ]);
            }
        }
        if self.told.is_empty() {
            blocks.push(Block::text("Nothing that can be told is done yet."));
        }
        blocks
    }

    fn json(&self) -> Value {
        let group = |sort: Sort| {
            let items: Vec<Value> = self.of(sort).map(|it| self.object(it)).collect();
            json!({ "group": sort.word(), "items": items })
        };
        json!({
            "title": self.title,
            "date": self.day,
            "announcement": self.announcement,
            "groups": SORTS.map(group),
        })
    }

    fn rows_key(&self) -> Option<&'static str> {
        Some("groups")
    }

    fn title(&self) -> Cow<'_, str> {
        Cow::Borrowed(&*self.title)
    }

    fn formats(&self) -> &'static [Format] {
        Format::PAGES
    }
}

impl NotesView<'_> {
    fn of(&self, sort: Sort) -> impl Iterator<Item = &Told<'_>> {
        self.told.iter().filter(move |it| it.sort == sort)
    }

    /// **Skip a week**: so that a holiday does not cost me a box
    fn line<'b>(&self, it: &'b Told<'b>) -> Line<'b> {
        let mut line = Line::from(Cell::strong(&*it.title));
        if let Some(benefit) = &it.benefit {
            line = line.then(": ").then(&**benefit);
        }
        if let Some(role) = it.role.as_ref().filter(|_| it.benefit.is_some()) {
            line = line.then(format!(" ({role})"));
        }
        if self.has_ids {
            line = line.then(" ").then(Cell::id(it.item.id()));
        }
        match self.audience {
            Audience::Users => line,
            Audience::Team => match self.behind(it) {
                words if words.is_empty() => line,
                words => line.then(Cell::dim(format!(" ({words})"))),
            },
        }
    }

    /// What the team wants to know: the effort, who made it and who accepted it.
    fn behind(&self, it: &Told<'_>) -> String {
        let item = it.item;
        let effort = item.number("effort").map(amount::points);
        let who = item.text("assignee").map(|it| it.into_owned());
        let accepted = acceptance::of(&item.document).map(|it| format!("accepted by {}", it.by));
        effort.into_iter().chain(who).chain(accepted).collect::<Vec<_>>().join(", ")
    }

    fn object(&self, it: &Told<'_>) -> Value {
        let id = Some(it.item.id()).filter(|_| self.has_ids || self.audience == Audience::Team);
        let mut object = json!({
            "title": it.title,
            "role": it.role,
            "benefit": it.benefit,
        });
        if let Some(id) = id {
            object["id"] = json!(id);
        }
        if self.audience == Audience::Team {
            object["type"] = json!(it.item.item_type());
            object["effort"] = json!(it.item.number("effort"));
            object["assignee"] = json!(it.item.text("assignee"));
            object["accepted_by"] = json!(acceptance::of(&it.item.document).map(|it| it.by));
            object["done"] = json!(it.item.date("done").map(|day| day.to_string()));
        }
        object
    }
}
