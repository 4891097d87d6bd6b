//! Releases: all of them in a table, or one with what ships and what stands in the way.

mod notes;
mod one;

use serde_json::{Value, json};

pub use notes::NotesView;
pub use one::{Dated, ReleaseView};

use super::dates::Basis;
use super::values::{self, money, number};
use super::{case, dates};
use crate::domain::backlog::Backlog;
use crate::domain::date::Date;
use crate::domain::kind::Category;
use crate::domain::message::counted;
use crate::domain::release::Release;
use crate::render::block::{Block, Cell, Column, Line, Table, Tone};
use crate::render::{Format, View};

/// What Git knows of the tag that a release names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagState {
    /// There is no repository to ask.
    Unknown,
    /// The repository has no such tag.
    Missing,
    /// The tag is there, and of this day.
    Found(Option<Date>),
}

/// The releases that are planned or shipped.
pub struct ReleasesView<'a> {
    /// The backlog.
    pub backlog: &'a Backlog,
    /// The releases, in the order in which they are shown, each with its tag in Git.
    pub releases: &'a [(Release<'a>, TagState)],
    /// What the days are drawn from.
    pub basis: Basis<'a>,
    /// How many releases were withdrawn.
    pub n_withdrawn: usize,
}

impl View for ReleasesView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let mut table = Table::new(self.columns());
        for (release, _) in self.releases {
            table.push(self.row(release));
        }
        let mut blocks = vec![Block::Table(table)];
        blocks.extend(self.doubts().into_iter().map(Block::Text));
        blocks.push(Block::Footer(Line::from(Cell::dim(self.footer()))));
        blocks
    }

    fn page(&self) -> Vec<Block<'_>> {
        dates::on_page(self.blocks())
    }

    fn json(&self) -> Value {
        let releases =
            self.releases.iter().map(|(it, tag)| object(it, *tag, self.basis.outlook.today));
        json!({
            "releases": releases.collect::<Vec<_>>(),
            "currency": self.backlog.config.budget.currency,
            "forecast": self.basis.object(),
            "withdrawn": self.n_withdrawn,
        })
    }

    fn rows_key(&self) -> Option<&'static str> {
        Some("releases")
    }

    fn title(&self) -> std::borrow::Cow<'_, str> {
        "Releases".into()
    }

    fn formats(&self) -> &'static [Format] {
        Format::METRICS
    }
}

impl<'a> ReleasesView<'a> {
    fn has_money(&self) -> bool {
        self.releases.iter().any(|(it, _)| it.money.spent.is_some() && it.money.budget.is_some())
    }

    fn columns(&self) -> Vec<Column<'a>> {
        let mut columns = vec![
            Column::whole("id"),
            Column::whole("status"),
            Column::whole("done").right(),
            Column::whole("value").right(),
            Column::whole("effort").right(),
        ];
        if self.has_money() {
            columns.push(Column::whole("cost of budget").keyed("cost").right());
        }
        columns.push(Column::whole("target"));
        columns.extend(dates::columns());
        columns.extend([
            Column::whole("chance").right(),
            Column::whole("at risk").keyed("at_risk").right(),
            Column::shrink("title"),
        ]);
        columns
    }

    fn row(&self, it: &'a Release<'a>) -> Vec<Cell<'a>> {
        let mut cells = vec![
            Cell::id(it.record.id()),
            values::status_cell(self.backlog, it.record),
            done(it),
            Cell::from(number(it.value.all()).to_string()),
            Cell::from(number(it.effort.all()).to_string()),
        ];
        if self.has_money() {
            cells.push(cost(it));
        }
        cells.push(target(it, self.basis.outlook.today));
        cells.extend(dates::cells(it.dates.as_ref().map(|it| it.told())));
        let n_at_risk = it.threatened.len();
        let at_risk = match n_at_risk {
            0 => Cell::default(),
            n => Cell::new(n.to_string(), Tone::Warn),
        };
        cells.extend([dates::chance(it.chance()), at_risk, Cell::from(it.record.title())]);
        cells
    }

    /// What is odd about a release, each in a line.
    fn doubts(&self) -> Vec<Line<'a>> {
        let doubts = |(it, tag): &'a (Release<'a>, TagState)| {
            let doubts = doubts(it, *tag, self.basis.outlook.today);
            doubts.into_iter().map(|doubt| {
                let line = Line::from(Cell::id(it.record.id())).then(" ");
                line.then(Cell::new(doubt, Tone::Warn))
            })
        };
        self.releases.iter().flat_map(doubts).collect()
    }

    fn footer(&self) -> String {
        let withdrawn = match self.n_withdrawn {
            0 => String::new(),
            n => format!("; {n} withdrawn and not shown"),
        };
        let source = self.basis.words();
        format!("{}{withdrawn}; {source}", counted(self.releases.len(), "release"))
    }
}

/// `4 of 9`
fn done<'a>(it: &Release<'_>) -> Cell<'a> {
    match it.contents.n_items() {
        0 => Cell::new("no item", Tone::Warn),
        n => Cell::from(format!("{} of {n}", it.contents.done.len())),
    }
}

/// What it costs in all, of what it may.
fn cost<'a>(it: &Release<'_>) -> Cell<'a> {
    let all = it.money.spent.zip(it.money.remaining).map(|(spent, to_come)| spent + to_come);
    let Some(all) = all else { return Cell::default() };
    match it.money.budget {
        Some(budget) => {
            let tone = if all > budget { Tone::Bad } else { Tone::Plain };
            Cell::new(format!("{} of {}", money(all, None), money(budget, None)), tone)
        }
        None => Cell::from(money(all, None)),
    }
}

/// The day on which it is wanted, or shipped.
fn target<'a>(it: &Release<'_>, today: Date) -> Cell<'a> {
    let Some(day) = it.shipped().or(it.target()) else { return Cell::default() };
    let tone = if it.is_late(today) { Tone::Bad } else { Tone::Plain };
    Cell::new(day.to_string(), tone)
}

/// What is odd about a release, in the words of a sentence that begins with it.
fn doubts(it: &Release<'_>, tag: TagState, today: Date) -> Vec<String> {
    let id = it.record.id();
    let mut doubts = Vec::new();
    let n_open = it.contents.open.len() + it.contents.wholes.len();
    if it.category == Category::Done && n_open > 0 {
        let verb = if n_open == 1 { "is" } else { "are" };
        doubts.push(format!("is shipped, and {} of it {verb} open", counted(n_open, "item")));
    }
    if it.category == Category::Done && it.shipped().is_none() {
        doubts.push("is shipped, and nobody knows when: set its field shipped".to_owned());
    }
    if it.category.is_open() && it.contents.n_items() == 0 && it.contents.wholes.is_empty() {
        doubts.push(format!("has no item: give it some with git backlog set ID release={id}"));
    }
    if it.is_late(today)
        && let Some(target) = it.target()
    {
        doubts.push(format!("was wanted by {target}, and is not shipped"));
    }
    if it.category.is_open() && it.contents.is_done() {
        doubts.push(format!("has nothing left to do: git backlog release ship {id}"));
    }
    if it.category.is_open() && it.n_to_last.is_none() && it.contents.n_items() > 0 && n_open > 0 {
        doubts.push("has open items which have parts alone, and no day".to_owned());
    }
    if let (Some(name), TagState::Missing) = (it.record.text("tag"), tag) {
        let is_shipped = it.category == Category::Done;
        doubts.extend(is_shipped.then(|| format!("names the tag {name}, which is not here")));
    }
    doubts
}

/// A release for programs.
fn object(it: &Release<'_>, tag: TagState, today: Date) -> Value {
    let money = &it.money;
    json!({
        "id": it.record.id(),
        "title": it.record.title(),
        "status": it.record.status(),
        "target": it.target().map(|day| day.to_string()),
        "shipped": it.shipped().map(|day| day.to_string()),
        "done": it.contents.done.len(),
        "open": it.contents.open.len(),
        "wholes": it.contents.wholes.len(),
        "value": case::sum(&it.value),
        "effort": case::sum(&it.effort),
        "money": {
            "spent": money.spent, "remaining": money.remaining, "budget": money.budget,
            "left": money.left,
        },
        "items_to_last": it.n_to_last,
        "dates": dates::object(it.dates.as_ref().map(|it| it.told())),
        "chance": it.chance(),
        "at_risk": it.threatened.len(),
        "risk": crate::domain::case::risk(it.record),
        "tag": tag_object(it, tag),
        "doubts": doubts(it, tag, today),
    })
}

fn tag_object(it: &Release<'_>, tag: TagState) -> Value {
    let Some(name) = it.record.text("tag") else { return Value::Null };
    let (exists, day) = match tag {
        TagState::Unknown => (None, None),
        TagState::Missing => (Some(false), None),
        TagState::Found(day) => (Some(true), day),
    };
    json!({ "name": name, "exists": exists, "date": day.map(|day| day.to_string()) })
}
