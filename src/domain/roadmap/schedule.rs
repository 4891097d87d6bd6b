//! Releases and goals over time: when each is wanted, and by when it will be done.

use std::collections::HashSet;

use crate::domain::backlog::Backlog;
use crate::domain::date::{Date, days_between};
use crate::domain::entry::Entry;
use crate::domain::forecast::SHARES;
use crate::domain::kind::{Category, GOAL, Kind, RELEASE};
use crate::domain::outlook::{Dates, Outlook};
use crate::domain::release::{Contents, contents_of_each};

/// How many days ago a release may have shipped to be shown.
const RECENT: i64 = 92;

/// Releases and goals over time.
#[derive(Debug)]
pub struct Schedule<'a> {
    /// The kinds that are shown, each with its rows.
    pub sections: Vec<Section<'a>>,
    /// The day.
    pub today: Date,
    /// How many releases shipped long ago and goals reached are left out.
    pub n_past: usize,
    /// Whether only some items count.
    pub is_filtered: bool,
}

/// The records of a kind.
#[derive(Debug)]
pub struct Section<'a> {
    /// The kind.
    pub kind: &'static Kind,
    /// The records, by the day on which they are wanted.
    pub rows: Vec<Row<'a>>,
}

/// A release or a goal over time.
#[derive(Debug)]
pub struct Row<'a> {
    /// The record.
    pub record: &'a Entry,
    /// How many of its items are done.
    pub n_done: usize,
    /// How many are open.
    pub n_open: usize,
    /// The day on which it is wanted.
    pub wanted: Option<Date>,
    /// The day on which it shipped.
    pub shipped: Option<Date>,
    /// By when its last item is done; `None` if none is open or nothing can be told.
    pub bar: Option<Bar>,
    /// The chance that this is by the day on which it is wanted.
    pub chance: Option<f64>,
}

/// The days by which something is done in 50, 85 and 95 of 100 cases; `None`: further away than
/// anybody can see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// One for each of [`SHARES`], never earlier than the one before.
    pub days: [Option<Date>; SHARES.len()],
}

/// The records of some kinds over time. With a filter only its items count, and a record without any of
/// them is left out.
pub fn schedule<'a>(
    backlog: &'a Backlog,
    outlook: &Outlook<'a>,
    kinds: &[&'static Kind],
    filter: Option<&dyn Fn(&Entry) -> bool>,
) -> Schedule<'a> {
    let mut n_past = 0;
    let mut sections = Vec::new();
    for &kind in kinds {
        let all = backlog.of_kind(kind).filter(|it| backlog.category(it) != Category::Dropped);
        let (shown, past): (Vec<&Entry>, Vec<&Entry>) =
            all.partition(|record| is_shown(backlog, record, outlook.today));
        n_past += past.len();
        let contents = contents_of_each(backlog, shown);
        let mut rows: Vec<Row<'a>> = contents
            .into_iter()
            .map(|(record, contents)| wanted(record, contents, filter))
            .filter(|(_, contents)| filter.is_none() || contents.n_items() > 0)
            .map(|(record, contents)| row(backlog, outlook, record, &contents))
            .collect();
        rows.sort_by_key(|row| {
            let day = row.shipped.or(row.wanted);
            (day.is_none(), day)
        });
        sections.push(Section { kind, rows });
    }
    Schedule { sections, today: outlook.today, n_past, is_filtered: filter.is_some() }
}

/// What is over stays for a while, so that a plan shows where it comes from; a goal that is reached
/// has no day.
fn is_shown(backlog: &Backlog, record: &Entry, today: Date) -> bool {
    let is_recent = |day: Date| days_between(day, today) <= RECENT;
    backlog.category(record).is_open() || record.date("shipped").is_some_and(is_recent)
}

fn wanted<'a>(
    record: &'a Entry,
    mut contents: Contents<'a>,
    filter: Option<&dyn Fn(&Entry) -> bool>,
) -> (&'a Entry, Contents<'a>) {
    if let Some(is_wanted) = filter {
        contents.done.retain(|item| is_wanted(item));
        contents.open.retain(|item| is_wanted(item));
    }
    (record, contents)
}

fn row<'a>(
    backlog: &'a Backlog,
    outlook: &Outlook<'a>,
    record: &'a Entry,
    contents: &Contents<'a>,
) -> Row<'a> {
    let is_open = backlog.category(record).is_open();
    let field = if std::ptr::eq(record.kind, &GOAL) { "by" } else { "target" };
    let wanted = record.date(field);
    let dates = if is_open { dates(outlook, contents) } else { None };
    let is_release = std::ptr::eq(record.kind, &RELEASE);
    Row {
        record,
        n_done: contents.done.len(),
        n_open: contents.open.len(),
        wanted,
        shipped: record.date("shipped").filter(|_| is_release && !is_open),
        chance: dates.as_ref().zip(wanted).map(|(dates, wanted)| dates.chance_by(wanted)),
        bar: dates.map(|dates| Bar { days: dates.told() }),
    }
}

/// By when the last of these is done.
fn dates<'a>(outlook: &Outlook<'a>, contents: &Contents<'a>) -> Option<Dates> {
    let open: HashSet<&str> = contents.open.iter().map(|item| item.path()).collect();
    let reach = outlook.reach(|item| open.contains(item.path()))?;
    outlook.dates(reach.n_to_last).ok()
}
