//! The roadmap: now, next and later, or releases and goals over time.

mod schedule;

use std::borrow::Cow;

use serde_json::{Value, json};

pub use schedule::ScheduleView;

use super::dates::Basis;
use super::{dates, values};
use crate::domain::backlog::Backlog;
use crate::domain::entry::Entry;
use crate::domain::message::counted;
use crate::domain::roadmap::{NEXT_WEEKS, Planned, Roadmap, Theme};
use crate::render::block::{Block, Cell, Lane, Line, Tone};
use crate::render::{Format, View};

/// How many items or themes of a lane are shown.
const SHOWN: usize = 12;

/// Now, next and later.
pub struct RoadmapView<'a> {
    /// The backlog.
    pub backlog: &'a Backlog,
    /// What comes when.
    pub roadmap: &'a Roadmap<'a>,
    /// What the days are drawn from.
    pub basis: Basis<'a>,
}

impl View for RoadmapView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let Roadmap { now, next, later, .. } = self.roadmap;
        let n_later: usize = later.iter().map(|theme| theme.items.len()).sum();
        let lanes = vec![
            lane("Now", now.len(), now.iter().map(planned), now.len()),
            lane("Next", next.len(), next.iter().map(planned), next.len()),
            lane("Later", n_later, later.iter().map(theme), later.len()),
        ];
        vec![
            Block::Lanes(lanes),
            Block::Blank,
            Block::text(Cell::dim(self.rule())),
            Block::Footer(Line::from(Cell::dim(self.basis.words()))),
        ]
    }

    fn page(&self) -> Vec<Block<'_>> {
        dates::on_page(self.blocks())
    }

    fn json(&self) -> Value {
        let Roadmap { now, next, later, n_within_reach } = self.roadmap;
        let planned = |it: &Planned<'_>| {
            let mut object = self.object(it.item);
            object["by_85"] = json!(it.by.map(|day| day.to_string()));
            object["theme"] = json!(it.theme.map(Entry::id));
            object
        };
        let theme = |it: &Theme<'_>| {
            json!({
                "id": it.subject.map(Entry::id),
                "title": it.subject.map(Entry::title),
                "items": it.items.iter().map(|item| self.object(item)).collect::<Vec<_>>(),
            })
        };
        json!({
            "now": now.iter().map(planned).collect::<Vec<_>>(),
            "next": next.iter().map(planned).collect::<Vec<_>>(),
            "later": later.iter().map(theme).collect::<Vec<_>>(),
            "next_weeks": NEXT_WEEKS,
            "within_reach": n_within_reach,
            "forecast": self.basis.object(),
        })
    }

    fn title(&self) -> Cow<'_, str> {
        "Roadmap".into()
    }

    fn formats(&self) -> &'static [Format] {
        Format::PAGES
    }
}

impl RoadmapView<'_> {
    /// What is next, in a sentence.
    fn rule(&self) -> String {
        match self.roadmap.n_within_reach {
            Some(n) => format!(
                "Next is what the next sprint holds, and what is ready among the first {n}: so many are done in {NEXT_WEEKS} weeks in 85 of 100 cases. Later has no days."
            ),
            None => {
                "Next is what the next sprint holds, and all that is ready: there are no days to go by."
                    .to_owned()
            }
        }
    }

    fn object(&self, item: &Entry) -> Value {
        json!({
            "id": item.id(),
            "title": item.title(),
            "status": item.status(),
            "position": self.backlog.position(item),
        })
    }
}

fn lane<'a>(
    title: &'static str,
    count: usize,
    entries: impl Iterator<Item = Line<'a>>,
    n_entries: usize,
) -> Lane<'a> {
    let mut entries: Vec<Line<'a>> = entries.take(SHOWN).collect();
    if n_entries > SHOWN {
        entries.push(Line::from(Cell::dim(format!("and {} more", n_entries - SHOWN))));
    }
    Lane { title: Line::from(Cell::strong(title)).then(Cell::dim(format!(" {count}"))), entries }
}

/// `BL-7k3qd Guest checkout (by 2026-12-17)`
fn planned<'a>(it: &'a Planned<'_>) -> Line<'a> {
    let by = it.by.map(|day| format!("by {day}")).unwrap_or_default();
    values::noted(values::named(it.item), &by)
}

/// `GOAL-waste Nothing is thrown away (7 items)`
fn theme<'a>(it: &'a Theme<'_>) -> Line<'a> {
    let line = match it.subject {
        Some(subject) => values::named(subject),
        None => Line::from(Cell::new("Without a goal", Tone::Dim)),
    };
    values::noted(line, &counted(it.items.len(), "item"))
}
