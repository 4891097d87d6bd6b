//! One release: what ships and by when, what stands in the way, and how it came so far.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::{TagState, cost, doubts, object};
use crate::domain::backlog::Backlog;
use crate::domain::case;
use crate::domain::date::{Date, days_between};
use crate::domain::entry::Entry;
use crate::domain::kind::Category;
use crate::domain::message::counted;
use crate::domain::progress::percent;
use crate::domain::release::{BurnUp, Mark, Release, Threat, Threatened};
use crate::render::block::{Block, Cell, Column, Line, Table, Tone};
use crate::render::chart::{Axis, Chart, Series};
use crate::render::report::amount;
use crate::render::report::dates::{self, Basis};
use crate::render::report::values::{self, Field};
use crate::render::{Format, View};

/// How many items a table of a terminal or a page shows.
const SHOWN: usize = 40;

/// An open item with the day by which it is done in 85 of 100 cases.
pub type Dated<'a> = (&'a Entry, Option<Date>);

/// One release.
pub struct ReleaseView<'a> {
    /// The backlog.
    pub backlog: &'a Backlog,
    /// The release.
    pub release: &'a Release<'a>,
    /// Its open items, in their order.
    pub open: &'a [Dated<'a>],
    /// What the days are drawn from.
    pub basis: Basis<'a>,
    /// How it came so far.
    pub burn_up: &'a BurnUp,
    /// What Git knows of its tag.
    pub tag: TagState,
    /// Whether the chart is to be a table.
    pub is_plain: bool,
}

impl View for ReleaseView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let mut blocks = vec![values::heading(self.release.record), Block::Fields(self.fields())];
        for doubt in doubts(self.release, self.tag, self.today()) {
            let line = Line::from(Cell::id(self.release.record.id())).then(" ");
            blocks.push(Block::text(line.then(Cell::new(doubt, Tone::Warn))));
        }
        blocks.extend(self.open());
        blocks.extend(self.at_risk());
        blocks.extend(self.done());
        blocks.extend(
            self.chart().into_iter().flat_map(|chart| {
                [Block::Blank, Block::heading(2, "Burn-up"), Block::Chart(chart)]
            }),
        );
        let source = self.basis.words();
        blocks.push(Block::Footer(Line::from(Cell::dim(source))));
        blocks
    }

    fn page(&self) -> Vec<Block<'_>> {
        dates::on_page(self.blocks())
    }

    fn json(&self) -> Value {
        let mut object = object(self.release, self.tag, self.today());
        let open = self.open.iter().map(|(item, by)| {
            let mut item = named(self.backlog, item);
            item["by_85"] = json!(by.map(|day| day.to_string()));
            item
        });
        let named = |item: &&Entry| named(self.backlog, item);
        let marks =
            self.burn_up.marks.iter().map(
                |it| json!({ "date": it.day.to_string(), "scope": it.scope, "done": it.done }),
            );
        object["items"] = json!({
            "open": open.collect::<Vec<_>>(),
            "done": self.release.contents.done.iter().map(named).collect::<Vec<_>>(),
            "wholes": self.release.contents.wholes.iter().map(named).collect::<Vec<_>>(),
        });
        object["threats"] = self.release.threatened.iter().map(threatened_object).collect();
        object["burn_up"] = marks.collect();
        object["currency"] = json!(self.backlog.config.budget.currency);
        object["forecast"] = self.basis.object();
        object
    }

    fn chart(&self) -> Option<Chart<'_>> {
        let marks = &self.burn_up.marks;
        let (first, last) = (marks.first()?, marks.last()?);
        let end = self.release.shipped().unwrap_or(self.basis.outlook.today).max(last.day);
        if last.scope == 0 || end <= first.day {
            return None;
        }
        let line = |name: &'static str, mark, count: fn(&Mark) -> u32| {
            let place = |day: Date| days_between(first.day, day) as f64;
            let points = marks.iter().map(|it| (place(it.day), f64::from(count(it))));
            Series::steps(name, mark, points.chain([(place(end), f64::from(count(last)))]))
        };
        let (x, y) = (Axis::days("day", first.day), Axis::numbers("items", ""));
        let lines = vec![line("done", 'd', |it| it.done), line("scope", 's', |it| it.scope)];
        let title = "Items in the release, and those of them that are done";
        let scope = counted(last.scope as usize, "item");
        Some(Chart {
            summary: format!("{} of {scope} done since {}.", last.done, first.day).into(),
            is_plain: self.is_plain,
            ..Chart::new(title, x, y, lines)
        })
    }

    fn title(&self) -> Cow<'_, str> {
        self.release.record.title()
    }

    fn formats(&self) -> &'static [Format] {
        Format::CHARTS
    }
}

impl<'a> ReleaseView<'a> {
    fn today(&self) -> Date {
        self.basis.outlook.today
    }

    fn fields(&self) -> Vec<Field<'a>> {
        let it = self.release;
        let mut fields: Vec<Field<'a>> =
            vec![("status".into(), Line::from(values::status_cell(self.backlog, it.record)))];
        fields.extend(it.shipped().map(|day| ("shipped".into(), self.shipped(day))));
        fields.extend(it.target().map(|day| ("target".into(), self.target(day))));
        fields.push(("items".into(), self.items()));
        fields.extend(self.days());
        fields.push(("value".into(), sum(&it.value)));
        fields.push(("effort".into(), sum(&it.effort)));
        let cost = cost(it);
        if !cost.text.is_empty() {
            let currency = self.backlog.config.budget.currency.as_deref().unwrap_or_default();
            fields.push(("cost".into(), Line::from(cost).then(format!(" {currency}"))));
        }
        fields.extend(case::risk(it.record).map(|it| ("risk".into(), Line::from(it))));
        fields.extend(self.tag());
        fields
    }

    fn target(&self, day: Date) -> Line<'a> {
        let line = Line::from(day.to_string());
        let days = days_between(self.today(), day);
        match self.release.chance() {
            _ if !self.release.category.is_open() => line,
            _ if days < 0 => {
                let late = counted(days.unsigned_abs() as usize, "day");
                line.then(", ").then(Cell::new(format!("{late} ago"), Tone::Bad))
            }
            Some(chance) => {
                let cell = dates::chance(Some(chance));
                line.then(", kept with a chance of ").then(cell)
            }
            None => line,
        }
    }

    /// When it shipped, against the day on which it was wanted.
    fn shipped(&self, day: Date) -> Line<'a> {
        let line = Line::from(day.to_string());
        let Some(target) = self.release.target() else { return line };
        let days = days_between(target, day);
        let count = counted(days.unsigned_abs() as usize, "day");
        match days {
            0 => line.then(", ").then(Cell::new("as wanted", Tone::Good)),
            1.. => line.then(", ").then(Cell::new(format!("{count} late"), Tone::Warn)),
            _ => line.then(", ").then(Cell::new(format!("{count} early"), Tone::Good)),
        }
    }

    /// `4 of 9 done; 1 epic counts by its parts`
    fn items(&self) -> Line<'a> {
        let contents = &self.release.contents;
        let line = Line::from(format!("{} of {} done", contents.done.len(), contents.n_items()));
        match contents.wholes.len() {
            0 => line,
            1 => line.then(Cell::dim("; 1 more counts by its parts")),
            n => line.then(Cell::dim(format!("; {n} more count by their parts"))),
        }
    }

    /// By when it is done, or why nobody can say.
    fn days(&self) -> Option<Field<'a>> {
        let it = self.release;
        if !it.category.is_open() || it.contents.open.is_empty() {
            return None;
        }
        let line = match (&it.dates, &self.basis.outlook.forecast) {
            (Some(days), _) => {
                let days = days.told().into_iter().zip(crate::domain::forecast::SHARES);
                let mut line = Line::default();
                for (at, (day, share)) in days.enumerate() {
                    let gap = if at == 0 { "" } else { ", " };
                    line = line.then(gap).then(dates::cell(day));
                    line = line.then(Cell::dim(format!(" ({})", percent(share))));
                }
                let n = it.n_to_last.unwrap_or_default();
                let items = counted(n, "item");
                line.then(Cell::dim(format!("; {items} with all that stands above the last")))
            }
            (None, Err(unfit)) => {
                Line::from(Cell::new(format!("nobody can say: {}", unfit.reason()), Tone::Warn))
            }
            (None, Ok(_)) => return None,
        };
        Some(("done by".into(), line))
    }

    fn tag(&self) -> Option<Field<'a>> {
        let name = self.release.record.text("tag")?;
        let line = Line::from(name);
        let line = match self.tag {
            TagState::Unknown => line,
            TagState::Missing => line.then(Cell::dim(", no such tag in this repository")),
            TagState::Found(Some(day)) => line.then(Cell::dim(format!(", of {day}"))),
            TagState::Found(None) => line.then(Cell::dim(", in this repository")),
        };
        Some(("tag".into(), line))
    }

    fn open(&self) -> Vec<Block<'a>> {
        if self.open.is_empty() {
            return Vec::new();
        }
        let mut table = Table::new([
            Column::whole("position").right(),
            Column::whole("id"),
            Column::whole("status"),
            Column::whole("effort").right(),
            Column::whole("85 %").keyed("by_85"),
            Column::shrink("title"),
        ]);
        for (item, by) in self.open.iter().take(SHOWN) {
            table.push([
                Cell::dim(self.backlog.position(item).map(|it| it.to_string()).unwrap_or_default()),
                Cell::id(item.id()),
                values::status_cell(self.backlog, item),
                Cell::from(item.text("effort").unwrap_or_default()),
                match self.basis.outlook.forecast {
                    Ok(_) => dates::cell(*by),
                    Err(_) => Cell::default(),
                },
                Cell::from(item.title()),
            ]);
        }
        let mut blocks = vec![Block::Blank, Block::heading(2, "Still to do"), Block::Table(table)];
        blocks.extend(more(self.open.len()));
        blocks
    }

    fn at_risk(&self) -> Vec<Block<'a>> {
        let all = &self.release.threatened;
        if all.is_empty() {
            return Vec::new();
        }
        let fields = all.iter().take(SHOWN).flat_map(|it| {
            let lines = it.threats.iter().map(threat);
            let named = std::iter::once(Line::from(it.item.title())).chain(lines);
            values::under(it.item.id(), named)
        });
        let mut blocks =
            vec![Block::Blank, Block::heading(2, "At risk"), Block::Fields(fields.collect())];
        blocks.extend(more(all.len()));
        blocks
    }

    fn done(&self) -> Vec<Block<'a>> {
        let done = &self.release.contents.done;
        if done.is_empty() {
            return Vec::new();
        }
        let heading = match self.release.category {
            Category::Done => "Shipped",
            _ => "Done",
        };
        // What came last is what somebody wants to see.
        let line = |item: &&'a Entry| {
            let day = item.date("done").map(|day| day.to_string()).unwrap_or_default();
            values::noted(values::named(item), &day)
        };
        let lines = done.iter().rev().take(SHOWN).map(line).collect();
        let mut blocks = vec![Block::Blank, Block::heading(2, heading), Block::List(lines)];
        blocks.extend(more(done.len()));
        blocks
    }
}

/// How many are not shown.
fn more<'a>(n: usize) -> Option<Block<'a>> {
    let n_more = n.checked_sub(SHOWN).filter(|n| *n > 0)?;
    Some(Block::text(Cell::dim(format!("and {n_more} more; --format json has all"))))
}

/// `47 in all: 26 done, 21 open; 2 open items have none`
fn sum<'a>(sum: &case::Sum) -> Line<'a> {
    let [all, done, open] = [sum.all(), sum.done, sum.open].map(amount::rounded);
    let line = Line::from(format!("{all} in all: {done} done, {open} open"));
    match case::have_none(sum.n_open_without, "open") {
        Some(words) => line.then("; ").then(Cell::new(words, Tone::Warn)),
        None => line,
    }
}

/// A threat in words.
fn threat<'a>(threat: &Threat<'a>) -> Line<'a> {
    match threat {
        Threat::Blocked(others) => {
            let mut line = Line::from("waits for ");
            for (at, other) in others.iter().enumerate() {
                line = line.then(if at == 0 { "" } else { ", " }).then(Cell::id(other.id()));
            }
            line
        }
        Threat::BlockedFromBelow(other) => {
            let line = Line::from(Cell::new("waits for what stands below it: ", Tone::Bad));
            line.then(Cell::id(other.id())).then(" ").then(other.title())
        }
        Threat::Unready(lacks) if lacks.is_empty() => Line::from("is not ready"),
        Threat::Unready(lacks) => Line::from(format!("is not ready: no {}", lacks.join(", no "))),
        Threat::Large { effort, limit } => Line::from(format!(
            "is large: {} of at most {}",
            amount::rounded(*effort),
            amount::points(*limit)
        )),
        Threat::Asked(n) => Line::from(format!("has {}", counted(*n, "open question"))),
        Threat::BelowTheLine => {
            Line::from(Cell::new("is not done by the target in 85 of 100 cases", Tone::Bad))
        }
    }
}

fn threatened_object(it: &Threatened<'_>) -> Value {
    let threats = it.threats.iter().map(|threat| match threat {
        Threat::Blocked(others) => {
            let ids: Vec<&str> = others.iter().map(|it| it.id()).collect();
            json!({ "threat": "blocked", "by": ids })
        }
        Threat::BlockedFromBelow(other) => {
            json!({ "threat": "blocked_from_below", "by": [other.id()] })
        }
        Threat::Unready(lacks) => json!({ "threat": "unready", "lacks": lacks }),
        Threat::Large { effort, limit } => {
            json!({ "threat": "large", "effort": effort, "limit": limit })
        }
        Threat::Asked(n) => json!({ "threat": "asked", "questions": n }),
        Threat::BelowTheLine => json!({ "threat": "below_the_line" }),
    });
    json!({
        "id": it.item.id(),
        "title": it.item.title(),
        "threats": threats.collect::<Vec<_>>(),
    })
}

fn named(backlog: &Backlog, item: &Entry) -> Value {
    json!({
        "id": item.id(),
        "title": item.title(),
        "status": item.status(),
        "position": backlog.position(item),
        "effort": item.number("effort").map(values::number),
        "done": item.date("done").map(|day| day.to_string()),
    })
}
