//! What the outlook says of what is planned: by when sprints, releases, goals and the next items are
//! done, how many items are by a day, and how often such dates were met.

mod shift;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use shift::{Reached, Shift, Shifts};

use super::backlog::Backlog;
use super::date::{Date, days_between};
use super::entry::Entry;
use super::forecast::{Flow, SHARES, Track};
use super::kind::{Category, GOAL, Kind, RELEASE, SPRINT};
use super::outlook::{Dates, Outlook};

/// The seed of chance, if nobody wants another: the same question has the same answer everywhere.
pub const SEED: u64 = 1;

/// For how many of the next items dates are told.
const NEXT: [usize; 3] = [5, 10, 25];

/// For how many items at most the past is tried: more than that is rarely done in it.
pub const MOST: usize = 25;

/// How many past dates are enough to judge by.
const ENOUGH: u32 = 5;

/// The days of a week.
const WEEK: i64 = 7;

/// The records that items are planned for, with the field that names them and the one that holds the
/// day on which they should be done.
const PLANS: [(&Kind, &str, &str); 3] =
    [(&SPRINT, "sprint", "end"), (&RELEASE, "release", "target"), (&GOAL, "goal", "by")];

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scope<'a> {
    /// So many items from the top, whichever they are then.
    Next,
    /// The items of a sprint, a release or a goal.
    Record(&'a Entry),
    /// The items that a query finds.
    Query(&'a str),
    /// All open items.
    All,
}

/// Some of the items, and by when they are done.
#[derive(Clone, Debug, PartialEq)]
pub struct Target<'a> {
    /// Which they are.
    pub scope: Scope<'a>,
    /// How many.
    pub n_items: usize,
    /// How many items are done when they are: with all that stands above the last of them.
    pub n_to_last: usize,
    /// The day on which they should be done.
    pub until: Option<Date>,
    /// By when they are; `None` without enough of a past.
    pub dates: Option<Dates>,
    /// The same if the scope grows as it did; `None` where nobody asks for it, or nothing came in.
    pub growing: Option<Growing>,
}

/// By when something is done if the scope grows as it did.
#[derive(Clone, Debug, PartialEq)]
pub struct Growing {
    /// How many items come in above the last one, in a week.
    pub a_week: f64,
    /// By when it is done.
    pub dates: Dates,
}

/// How many items are done by a day.
#[derive(Clone, Debug, PartialEq)]
pub struct ByDay<'a> {
    /// The day.
    pub day: Date,
    /// How many whole weeks there are until then.
    pub n_weeks: u32,
    /// How many items at least, for each of [`SHARES`].
    pub n_items: [u32; 3],
    /// The last open item that is among them; `None` if none is, or the order has no more.
    pub last: [Option<&'a Entry>; 3],
}

/// How often dates of the past were met, for so many items.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// For how many.
    pub n_items: u32,
    /// How often.
    pub track: Track,
}

impl<'a> Target<'a> {
    /// So many of the items of an order.
    pub fn new(scope: Scope<'a>, n_items: usize, n_to_last: usize) -> Self {
        Self { scope, n_items, n_to_last, until: None, dates: None, growing: None }
    }

    /// The chance that it is done by its day.
    pub fn chance(&self) -> Option<f64> {
        Some(self.dates.as_ref()?.chance_by(self.until?))
    }
}

/// What a product owner wants to know of: the next items, every sprint, release and goal that is
/// still to come and has an open item, and all of it.
pub fn targets<'a>(backlog: &'a Backlog, outlook: &Outlook<'a>) -> Vec<Target<'a>> {
    let n_open = outlook.items.len();
    let next = NEXT.into_iter().filter(|n| *n < n_open);
    let mut targets: Vec<Target<'_>> = next.map(|n| Target::new(Scope::Next, n, n)).collect();
    targets.extend(planned(backlog, &outlook.items));
    if n_open > 0 {
        targets.push(Target::new(Scope::All, n_open, n_open));
    }
    targets
}

/// The sprints, releases and goals that are still to come and have an open item, each kind by its days.
/// An item belongs to what it names, and to what the item that it is a part of names.
pub fn planned<'a>(backlog: &'a Backlog, order: &[&'a Entry]) -> Vec<Target<'a>> {
    // By kind, day and id: the number of items, and how far down the last of them stands.
    let mut found: BTreeMap<(usize, Option<Date>, &str), Target<'a>> = BTreeMap::new();
    for (place, item) in order.iter().enumerate() {
        for (number, (kind, field, day)) in PLANS.iter().enumerate() {
            let mut above = std::iter::once(*item).chain(backlog.above(item));
            let named = above.find_map(|it| backlog.targets(it, field).next());
            let is_ahead =
                |it: &&Entry| std::ptr::eq(it.kind, *kind) && backlog.category(it).is_open();
            let Some(record) = named.filter(is_ahead) else { continue };
            let until = record.date(day);
            let target = found
                .entry((number, until, record.id()))
                .or_insert_with(|| Target { until, ..Target::new(Scope::Record(record), 0, 0) });
            target.n_items += 1;
            target.n_to_last = place + 1;
        }
    }
    let is_wanted = |target: &Target<'_>| match target.scope {
        // A goal that nobody has agreed to has no date to keep.
        Scope::Record(it) if std::ptr::eq(it.kind, &GOAL) => {
            backlog.category(it) == Category::Doing
        }
        _ => true,
    };
    found.into_values().filter(is_wanted).collect()
}

/// Puts the dates into targets, as far as there is enough of a past; those that ask for it with the
/// growth of the scope too.
pub fn date(targets: &mut [Target<'_>], outlook: &Outlook<'_>, seed: u64) {
    let numbers: Vec<usize> = targets.iter().map(|target| target.n_to_last).collect();
    let Ok(dates) = outlook.dates_of_each(&numbers) else { return };
    for (target, dates) in targets.iter_mut().zip(dates) {
        target.dates = Some(dates);
        if matches!(target.scope, Scope::All | Scope::Query(_)) {
            target.growing = growing(target.n_to_last, outlook, seed);
        }
    }
}

/// By when so many items are done if others come in as they did: each lands anywhere in the order, so
/// that the share of it that stands above the last item gets the same share of what comes in.
fn growing(n_to_last: usize, outlook: &Outlook<'_>, seed: u64) -> Option<Growing> {
    let share = n_to_last as f64 / outlook.items.len().max(1) as f64;
    let (a_week, dates) = outlook.growing(n_to_last, share, seed).ok()?;
    (a_week > 0.0).then_some(Growing { a_week, dates })
}

/// How many items are done by a day; `None` without enough of a past.
pub fn by_day<'a>(outlook: &Outlook<'a>, day: Date) -> Option<ByDay<'a>> {
    let forecast = outlook.forecast.as_ref().ok()?;
    let n_weeks = days_between(outlook.today, day).div_euclid(WEEK);
    let n_weeks = u32::try_from(n_weeks).unwrap_or(0);
    let spread = forecast.how_many(n_weeks);
    let n_items = SHARES.map(|share| spread.at_least(share));
    let last = n_items.map(|n| outlook.items.get((n as usize).checked_sub(1)?).copied());
    Some(ByDay { day, n_weeks, n_items, last })
}

/// How often dates of the past were met, for as many of these items as the past can tell of.
pub fn record(flow: &Flow, n_items: usize, seed: u64) -> Option<Record> {
    let n_items = u32::try_from(n_items.max(1)).unwrap_or(u32::MAX);
    let smaller = NEXT.into_iter().rev().map(|n| n as u32).filter(|n| *n < n_items);
    let mut best: Option<Record> = None;
    for n_items in std::iter::once(n_items).chain(smaller) {
        let record = Record { n_items, track: Track::of(flow, n_items, seed) };
        if record.n_known() >= ENOUGH {
            return Some(record);
        }
        if record.n_known() > best.as_ref().map_or(0, Record::n_known) {
            best = Some(record);
        }
    }
    best
}

impl Record {
    /// Of how many 85 % dates it is known whether they were met.
    pub fn n_known(&self) -> u32 {
        self.track.kept[1].n_known
    }
}
