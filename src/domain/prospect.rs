//! What the outlook says of what is planned: by when sprints, releases, goals and the next items are
//! done, how many items are by a day, and how often such dates were met.

mod shift;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

pub use shift::{Reached, Shift, Shifts};

use super::backlog::Backlog;
use super::case::Family;
use super::date::{Date, WEEK, days_between};
use super::entry::Entry;
use super::forecast::{Flow, SHARES, Track};
use super::kind::{Category, GOAL, Kind, RELEASE, SPRINT};
use super::outlook::{Dates, Outlook};

/// For how many of the next items dates are told.
const NEXT: [usize; 3] = [5, 10, 25];

/// For how many items at most the past is tried: more than that is rarely done in it.
pub const MOST: usize = 25;

/// How many past dates are enough to judge by.
const ENOUGH: u32 = 5;

/// The records that items are planned for, with the field that holds the day on which they should be
/// done.
const PLANS: [(&Kind, &str); 3] = [(&SPRINT, "end"), (&RELEASE, "target"), (&GOAL, "by")];

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
/// What belongs to each is what `case::Family` says, so that every command tells the same dates.
pub fn planned<'a>(backlog: &'a Backlog, order: &[&'a Entry]) -> Vec<Target<'a>> {
    let family = Family::of(backlog);
    let places: HashMap<&str, usize> =
        order.iter().enumerate().map(|(place, item)| (item.path(), place)).collect();
    let mut found = Vec::new();
    for (kind, day) in PLANS {
        let ahead = backlog.of_kind(kind).filter(|record| is_ahead(backlog, record));
        let mut targets: Vec<Target<'_>> = ahead
            .filter_map(|record| target(&family.items_of(record), &places, record, day))
            .collect();
        targets.sort_by_key(|target| target.until);
        found.extend(targets);
    }
    found
}

/// Whether a date is worth telling. A goal that nobody has agreed to has none to keep.
fn is_ahead(backlog: &Backlog, record: &Entry) -> bool {
    match backlog.category(record) {
        Category::Doing => true,
        category => category.is_open() && !std::ptr::eq(record.kind, &GOAL),
    }
}

/// A record by its items that stand in the order; `None` if none does.
fn target<'a>(
    items: &[&Entry],
    places: &HashMap<&str, usize>,
    record: &'a Entry,
    day: &str,
) -> Option<Target<'a>> {
    let standing = || items.iter().filter_map(|item| places.get(item.path()));
    let n_to_last = standing().max()? + 1;
    let new = Target::new(Scope::Record(record), standing().count(), n_to_last);
    Some(Target { until: record.date(day), ..new })
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
