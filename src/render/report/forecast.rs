//! By when items are done: for people, with how sure that is.

mod object;
mod shift;

use serde_json::Value as Json;

pub(super) use shift::{lines as shift_lines, object as shifts_object};

use super::amount::{percent, rounded};
use crate::domain::date::Date;
use crate::domain::entry::Entry;
use crate::domain::forecast::{Kept, RUNS, SHARES};
use crate::domain::message::counted;
use crate::domain::outlook::{Dates, Outlook};
use crate::domain::prospect::{ByDay, Record, Scope, Shifts, Target};
use crate::domain::timeline::Coverage;
use crate::render::block::{Block, Cell, Column, Line, Table, Tone};
use crate::render::chart::{Axis, Chart, Series};
use crate::render::{Format, View};

/// By how much fewer dates than promised may be met before somebody is warned.
const TOLERANCE: f64 = 0.1;

/// Of how many past dates a warning can be drawn.
const ENOUGH: u32 = 10;

/// By when items are done.
pub struct ForecastView<'a> {
    /// The open items and the past.
    pub outlook: &'a Outlook<'a>,
    /// What is asked for, with its dates.
    pub targets: &'a [Target<'a>],
    /// How many items are done by a day, if that is asked for.
    pub by_day: Option<&'a ByDay<'a>>,
    /// What a change does to the dates, and since which state, if that is asked for.
    pub shifts: Option<(&'a str, &'a Shifts<'a>)>,
    /// How often such dates were met; `None` if the past tells of none.
    pub record: Option<&'a Record>,
    /// How much of what is done has a day.
    pub coverage: Coverage,
    /// The seed of chance.
    pub seed: u64,
    /// Whether the items are done alone, without what stands above them.
    pub is_alone: bool,
    /// By when each number of items is done, for the chart: the number, and its dates.
    pub course: &'a [(usize, Dates)],
    /// Whether the chart is to be a table.
    pub is_plain: bool,
}

impl View for ForecastView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let mut blocks = vec![Block::heading(1, self.head())];
        blocks.extend(self.source().map(Block::text));
        blocks.extend(self.refusal().map(Block::Text));
        blocks.push(Block::Blank);
        blocks.push(Block::Table(self.table()));
        blocks.extend(self.legend().map(|text| Block::text(Cell::dim(text))));
        blocks.extend(self.by_day.into_iter().flat_map(by_day));
        blocks.extend(self.shifts.into_iter().flat_map(|(base, shifts)| moved(base, shifts)));
        blocks.extend(View::chart(self).into_iter().flat_map(|chart| {
            [Block::Blank, Block::heading(2, "Items over weeks"), Block::Chart(chart)]
        }));
        blocks.extend(self.how_sure());
        blocks
    }

    fn json(&self) -> Json {
        object::object(self)
    }

    fn chart(&self) -> Option<Chart<'_>> {
        let most = self.course.last()?.0;
        let line = |share: f64, mark: char| {
            let points = self.course.iter().map(|(n, dates)| point(*n, dates, share));
            Series::steps(format!("{} sure", percent(share)), mark, points)
        };
        let summary = format!(
            "{} are done {}.",
            counted(most, "item"),
            SHARES.map(|share| in_weeks(&self.course[self.course.len() - 1].1, share)).join(", ")
        );
        Some(Chart {
            title: "How many items are done in how many weeks".into(),
            summary: summary.into(),
            x: Axis::numbers("time", "weeks"),
            y: Axis::numbers("items", ""),
            series: vec![line(SHARES[0], '5'), line(SHARES[1], '8'), line(SHARES[2], '9')],
            is_plain: self.is_plain,
        })
    }

    fn rows_key(&self) -> Option<&'static str> {
        Some("targets")
    }

    fn formats(&self) -> &'static [Format] {
        Format::CHARTS
    }
}

fn point(n_items: usize, dates: &Dates, share: f64) -> (f64, f64) {
    (f64::from(dates.spread.told(share)), n_items as f64)
}

/// `in 9 weeks at 85 %`
fn in_weeks(dates: &Dates, share: f64) -> String {
    let weeks = counted(dates.spread.told(share) as usize, "week");
    format!("in {weeks} at {}", percent(share))
}

impl ForecastView<'_> {
    /// `Forecast from 24 items that were done in the last 20 weeks, 1.2 a week`
    fn head(&self) -> Line<'_> {
        let Ok(forecast) = &self.outlook.forecast else { return Line::from("No forecast") };
        let (n_done, n_weeks) = (forecast.n_done(), forecast.n_weeks());
        let items = counted(n_done as usize, "item");
        let verb = if n_done == 1 { "was" } else { "were" };
        let pace = rounded(f64::from(n_done) / n_weeks as f64);
        Line::from(format!(
            "Forecast from {items} that {verb} done in the last {n_weeks} weeks, {pace} a week"
        ))
    }

    /// What was done with them.
    fn source(&self) -> Option<Cell<'_>> {
        self.outlook.forecast.as_ref().ok()?;
        let runs = format!("{},{:03}", RUNS / 1_000, RUNS % 1_000);
        Some(Cell::dim(format!("{runs} futures were drawn from them, with seed {}.", self.seed)))
    }

    /// Why there is no date, and what helps.
    fn refusal(&self) -> Option<Line<'_>> {
        let unfit = self.outlook.forecast.as_ref().err()?;
        let (reason, advice) = (unfit.reason(), unfit.advice(self.outlook.today));
        let line = Line::from(Cell::new("No date can be told", Tone::Warn));
        Some(line.then(format!(": {reason}. {}.", capital(&advice))))
    }

    fn table(&self) -> Table<'_> {
        let mut table = Table::new([
            Column::shrink("what"),
            Column::whole("items").right(),
            Column::whole("up to").keyed("to_last").right(),
            Column::whole("50 %"),
            Column::whole("85 %"),
            Column::whole("95 %"),
            Column::whole("until"),
            Column::whole("chance").right(),
        ]);
        for target in self.targets {
            table.push(row(target));
            if let Some(growing) = &target.growing {
                let what = format!("… if {} a week come in", rounded(growing.a_week));
                let empty = [Cell::dim(what), Cell::default(), Cell::default()];
                table.push(empty.into_iter().chain(days(Some(&growing.dates))));
            }
        }
        table
    }

    fn legend(&self) -> Option<&'static str> {
        let has_other = self.targets.iter().any(|it| it.n_items != it.n_to_last);
        has_other.then_some("Items are done with all that stands above the last of them: \"up to\" is how many that are.")
    }

    /// How sure all of that is.
    fn how_sure(&self) -> Vec<Block<'_>> {
        let mut lines = vec![self.told_record(), covered(self.coverage)];
        lines.retain(|line| !line.cells.is_empty());
        let mut blocks = vec![Block::Blank, Block::heading(2, "How sure")];
        blocks.extend(lines.into_iter().map(Block::Text));
        blocks
    }

    /// `Of 31 past 85 % dates 24 were met, and of 31 past 50 % dates 15, for 10 items each.`
    fn told_record(&self) -> Line<'_> {
        if self.outlook.forecast.is_err() {
            return Line::default();
        }
        let Some(record) = self.record else {
            return Line::from("The past is too short to try such dates on it.");
        };
        let [half, likely, _] = record.track.kept;
        let is_hopeful = likely.n_known >= ENOUGH && share(likely) < SHARES[1] - TOLERANCE;
        let tone = if is_hopeful { Tone::Warn } else { Tone::Plain };
        let met = format!("Of {} past 85 % dates {} were met", likely.n_known, likely.n_met);
        let line = Line::from(Cell::new(met, tone));
        let line = line.then(format!(", and of {} past 50 % dates {}", half.n_known, half.n_met));
        let items = counted(record.n_items as usize, "item");
        let line = line.then(format!(", each for {items}."));
        match is_hopeful {
            true => {
                line.then(format!(" Take the 85 % date for one of {}.", percent(share(likely))))
            }
            false => line,
        }
    }
}

fn share(kept: Kept) -> f64 {
    f64::from(kept.n_met) / f64::from(kept.n_known.max(1))
}

/// `The day is known of 24 of 24 done items.`
fn covered(coverage: Coverage) -> Line<'static> {
    let Coverage { n_done, n_dated, n_came_done, .. } = coverage;
    if n_done == 0 {
        return Line::from("Nothing is done yet.");
    }
    let tone = if n_dated < n_done { Tone::Warn } else { Tone::Plain };
    let items = counted(n_done, "done item");
    let line = Line::from(Cell::new(format!("The day is known of {n_dated} of {items}"), tone));
    match n_came_done {
        0 => line.then("."),
        n => line.then(format!("; {n} came into the history already done.")),
    }
}

fn row<'a>(target: &Target<'a>) -> Vec<Cell<'a>> {
    let n_to_last = Cell::dim(target.n_to_last.to_string());
    let mut row = vec![what(target), Cell::from(target.n_items.to_string()), n_to_last];
    row.extend(days(target.dates.as_ref()));
    row.push(target.until.map(|day| Cell::from(day.to_string())).unwrap_or_default());
    row.push(target.chance().map(chance).unwrap_or_default());
    row
}

/// A chance, with a tone for who has promised something.
pub(super) fn chance(chance: f64) -> Cell<'static> {
    let tone = match chance {
        chance if chance >= SHARES[1] => Tone::Good,
        chance if chance >= SHARES[0] => Tone::Plain,
        _ => Tone::Warn,
    };
    Cell::new(percent(chance), tone)
}

fn what<'a>(target: &Target<'a>) -> Cell<'a> {
    match target.scope {
        Scope::Next => Cell::from(format!("the next {}", counted(target.n_items, "item"))),
        Scope::Record(record) => Cell::from(name(record)),
        Scope::Query(query) => Cell::from(query),
        Scope::All => Cell::from("all open items"),
    }
}

fn name(record: &Entry) -> String {
    format!("{} {}", record.id(), record.title())
}

/// The three days.
fn days(dates: Option<&Dates>) -> [Cell<'static>; 3] {
    let Some(dates) = dates else { return [(); 3].map(|()| Cell::dim("unknown")) };
    dates.told().map(day)
}

/// A day, or that it is further away than anybody can see.
pub(super) fn day(day: Option<Date>) -> Cell<'static> {
    day.map_or_else(|| Cell::new("no end", Tone::Warn), |day| Cell::from(day.to_string()))
}

/// How many items are done by a day.
fn by_day<'a>(it: &'a ByDay<'a>) -> Vec<Block<'a>> {
    let weeks = counted(it.n_weeks as usize, "whole week");
    let mut table = Table::new([
        Column::whole("sure").right(),
        Column::whole("items").right(),
        Column::shrink("the last of them"),
    ]);
    for ((share, n), last) in SHARES.into_iter().zip(it.n_items).zip(it.last) {
        let last = last.map(name).unwrap_or_default();
        table.push([Cell::from(percent(share)), Cell::from(n.to_string()), Cell::from(last)]);
    }
    let heading = format!("Done by {}, in {weeks}", it.day);
    vec![Block::Blank, Block::heading(2, heading), Block::Table(table)]
}

/// What a change does to the dates.
fn moved<'a>(base: &str, shifts: &'a Shifts<'a>) -> Vec<Block<'a>> {
    let heading = Block::heading(2, format!("What moved since {base}"));
    let lines = shift_lines(shifts);
    let body = match lines.is_empty() {
        true => Block::text("No sprint, release or goal is done on another day."),
        false => Block::List(lines),
    };
    vec![Block::Blank, heading, body]
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
