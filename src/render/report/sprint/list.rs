//! All sprints, with what they planned and delivered.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::super::amount;
use super::values;
use crate::domain::backlog::Backlog;
use crate::domain::date::Date;
use crate::domain::entry::Entry;
use crate::domain::message::counted;
use crate::domain::sprint::{self, Amount, Sprint, Velocity};
use crate::render::block::{Block, Cell, Column, Line, Table, Tone};
use crate::render::{Format, View};

/// All sprints.
pub struct SprintsView<'a> {
    /// The backlog.
    pub backlog: &'a Backlog,
    /// The sprints, the earliest first.
    pub sprints: &'a [Sprint<'a>],
    /// What those delivered that are closed.
    pub velocities: &'a [Velocity<'a>],
    /// The items whose sprint does not exist, with what they name.
    pub lost: &'a [(&'a Entry, Cow<'a, str>)],
    /// Today.
    pub today: Date,
}

impl View for SprintsView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let columns = [
            Column::whole("id"),
            Column::whole("status"),
            Column::whole("start"),
            Column::whole("end"),
            Column::whole("capacity").right(),
            Column::whole("planned").right(),
            Column::whole("done").right(),
            Column::whole("items").right(),
            Column::shrink("goal"),
        ];
        let mut table = Table::new(columns);
        for sprint in self.sprints {
            table.push(self.row(sprint));
        }
        let count = Cell::dim(counted(self.sprints.len(), "sprint"));
        let mut blocks = vec![Block::Table(table), Block::Footer(Line::from(count))];
        if !self.lost.is_empty() {
            blocks.extend([
                Block::Blank,
                Block::heading(2, "Planned for a sprint that does not exist"),
            ]);
            blocks.push(Block::List(self.lost.iter().map(no_sprint).collect()));
        }
        blocks
    }

    fn json(&self) -> Value {
        let sprint = |it: &Sprint<'_>| {
            let (planned, delivered) = self.amounts(it);
            json!({
                "id": it.record.id(),
                "title": it.record.title(),
                "status": it.record.status(),
                "goal": it.goal(self.backlog),
                "start": it.start.map(|day| day.to_string()),
                "end": it.end.map(|day| day.to_string()),
                "capacity": it.capacity.map(values::number),
                "planned": amount::object(planned),
                "delivered": delivered.map(amount::object),
            })
        };
        let lost = self.lost.iter().map(|(item, name)| json!({ "id": item.id(), "sprint": name }));
        json!({
            "sprints": self.sprints.iter().map(sprint).collect::<Vec<_>>(),
            "lost": lost.collect::<Vec<_>>(),
        })
    }

    fn title(&self) -> Cow<'_, str> {
        "Sprints".into()
    }

    fn rows_key(&self) -> Option<&'static str> {
        Some("sprints")
    }

    fn formats(&self) -> &'static [Format] {
        Format::METRICS
    }
}

/// `BL-7k3qd Guest checkout: 2026-99 does not exist`
fn no_sprint<'a>((item, name): &'a (&'a Entry, Cow<'a, str>)) -> Line<'a> {
    let told = Cell::new(format!("{name} does not exist"), Tone::Bad);
    values::named(item).then(": ").then(told)
}

impl<'a> SprintsView<'a> {
    /// What is or was planned, and what a closed one delivered.
    fn amounts(&self, sprint: &Sprint<'_>) -> (Amount, Option<Amount>) {
        match self.velocities.iter().find(|it| it.sprint == sprint.record) {
            Some(it) => (it.planned, Some(it.delivered)),
            None => (sprint::amount(self.backlog, &sprint.items), None),
        }
    }

    fn row(&self, sprint: &Sprint<'a>) -> Vec<Cell<'a>> {
        let record = sprint.record;
        let (planned, delivered) = self.amounts(sprint);
        let is_over =
            sprint.category.is_open() && sprint.days_left(self.today).is_some_and(|it| it < 0);
        let end_tone = if is_over { Tone::Warn } else { Tone::Plain };
        let number = |number: f64| values::plain(number);
        let items = match delivered {
            Some(delivered) => format!("{}/{}", delivered.items, planned.items),
            None => planned.items.to_string(),
        };
        let goal = sprint.goal(self.backlog);
        vec![
            Cell::id(record.id()),
            values::status_cell(self.backlog, record),
            Cell::from(record.text("start").unwrap_or_default()),
            Cell::new(record.text("end").unwrap_or_default(), end_tone),
            Cell::from(sprint.capacity.map(number).unwrap_or_default()),
            Cell::from(number(planned.points)),
            Cell::from(delivered.map(|it| number(it.points)).unwrap_or_default()),
            Cell::from(items),
            goal.map_or_else(|| Cell::new("none", Tone::Dim), Cell::from),
        ]
    }
}
