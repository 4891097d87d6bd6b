//! Where the product stands, on one screen.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::canvas;
use super::values::{self, Field};
use crate::domain::entry::Entry;
use crate::domain::message::counted;
use crate::domain::overview::{Attention, Overview, Running};
use crate::render::block::{Block, Cell, Column, Line, Table, Tone};
use crate::render::{Format, View};

/// What `git backlog` alone shows.
pub struct OverviewView<'a>(pub &'a Overview<'a>);

impl View for OverviewView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let mut blocks = Vec::new();
        blocks.extend(self.0.product.map(|it| Block::heading(1, it.title())));
        let fields = self.fields();
        if !fields.is_empty() {
            blocks.extend([Block::Fields(fields), Block::Blank]);
        }
        if !self.0.top.is_empty() {
            blocks.extend([Block::Table(self.top()), Block::Footer(self.footer()), Block::Blank]);
        }
        blocks.extend(self.attention());
        blocks
    }

    fn json(&self) -> Value {
        let it = self.0;
        let goal = it.goal.as_ref().map(|goal| {
            json!({
                "id": goal.goal.id(),
                "title": goal.goal.title(),
                "by": goal.goal.text("by"),
                "progress": values::way_object(&goal.way),
            })
        });
        let items = it.top.iter().map(|item| Value::Object(values::entry(it.backlog, item)));
        let attention = it
            .attention
            .iter()
            .map(|it| json!({ "what": it.key, "count": it.count, "command": it.command }));
        json!({
            "product": it.product.map(|it| it.title().into_owned()),
            "goal": goal,
            "sprints": it.sprints.iter().map(sprint_object).collect::<Vec<_>>(),
            "items": items.collect::<Vec<_>>(),
            "open_items": it.n_open,
            "attention": attention.collect::<Vec<_>>(),
        })
    }

    fn title(&self) -> Cow<'_, str> {
        self.0.product.map_or_else(|| "Backlog".into(), Entry::title)
    }

    fn formats(&self) -> &'static [Format] {
        Format::PAGES
    }
}

fn sprint_object(it: &Running<'_>) -> Value {
    json!({
        "id": it.sprint.id(),
        "title": it.sprint.title(),
        "goal": it.sprint.text("goal"),
        "end": it.sprint.text("end"),
        "days_left": it.days_left,
        "open_items": it.n_open,
        "items": it.n_items,
    })
}

impl<'a> OverviewView<'a> {
    /// The Product Goal and the sprints, which say where all this goes.
    fn fields(&self) -> Vec<Field<'a>> {
        let mut fields: Vec<Field<'a>> = Vec::new();
        if let Some(goal) = &self.0.goal {
            fields.push(("goal".into(), values::named(goal.goal)));
            fields.push(("progress".into(), canvas::progress(goal)));
        }
        for it in &self.0.sprints {
            fields.push(("sprint".into(), self.sprint(it)));
            if let Some(goal) = self.sprint_goal(it.sprint) {
                fields.push(("sprint goal".into(), Line::from(goal)));
            }
        }
        fields
    }

    /// `2026-24 Pay without an account: 2 days left, 3 of 7 items open`
    fn sprint(&self, it: &Running<'a>) -> Line<'a> {
        let line = values::named(it.sprint).then(": ");
        let line = match it.days_left {
            Some(days @ 1..) => line.then(format!("{} left", days_of(days))),
            Some(0) => line.then(Cell::new("ends today", Tone::Warn)),
            Some(days) => line.then(Cell::new(format!("over for {}", days_of(-days)), Tone::Warn)),
            None => line.then("no end"),
        };
        line.then(format!(", {} of {} open", it.n_open, counted(it.n_items, "item")))
    }

    /// In one line, or as the title of the goal that it names.
    fn sprint_goal(&self, sprint: &'a Entry) -> Option<Cow<'a, str>> {
        let goal = sprint.text("goal").filter(|it| !it.trim().is_empty())?;
        Some(self.0.backlog.called(&goal).map_or(goal, Entry::title))
    }

    fn top(&self) -> Table<'a> {
        let columns = [
            Column::whole("#").keyed("position").right(),
            Column::whole("id"),
            Column::whole("status"),
            Column::whole("met").keyed("criteria"),
            Column::shrink("title"),
        ];
        let mut table = Table::new(columns);
        for (at, item) in self.0.top.iter().enumerate() {
            table.push([
                Cell::dim((at + 1).to_string()),
                Cell::id(item.id()),
                values::status_cell(self.0.backlog, item),
                Cell::from(values::met(self.0.backlog, item)),
                Cell::from(item.title()),
            ]);
        }
        table
    }

    fn footer(&self) -> Line<'a> {
        let shown = match self.0.n_open > self.0.top.len() {
            true => "; all of them: git backlog list",
            false => "",
        };
        Line::from(Cell::dim(format!("{}{shown}", counted(self.0.n_open, "open item"))))
    }

    fn attention(&self) -> Vec<Block<'a>> {
        let attention = &self.0.attention;
        if attention.is_empty() {
            return vec![Block::Footer(Line::from(Cell::dim("nothing waits for you")))];
        }
        let columns = [
            Column::whole("").keyed("count").right(),
            Column::shrink("needs attention").keyed("what"),
            Column::whole("see").keyed("command"),
        ];
        let mut table = Table::new(columns);
        for it in attention {
            table.push(row(it));
        }
        vec![Block::Table(table)]
    }
}

fn row<'a>(it: &Attention) -> [Cell<'a>; 3] {
    let count = Cell::new(it.count.to_string(), Tone::Warn);
    [count, it.noun().into(), Cell::new(it.command, Tone::Code)]
}

fn days_of(days: i64) -> String {
    counted(usize::try_from(days).unwrap_or_default(), "day")
}
