//! What may go wrong, as far as the documents tell.

use crate::domain::backlog::Backlog;
use crate::domain::case;
use crate::domain::date::Date;
use crate::domain::entry::Entry;
use crate::domain::kind::ITEM;
use crate::domain::overdue;
use crate::domain::progress::{Course, Progress, Pursued};
use crate::domain::release::Release;
use crate::domain::standing;

/// The chance below which a day will rather not be kept.
const UNLIKELY: f64 = 0.5;

/// So many of the first items are looked at: about what a team works on next.
const NEAR: usize = 10;

/// Something that may go wrong with a document.
#[derive(Debug)]
pub struct Risk<'a> {
    /// The document.
    pub entry: &'a Entry,
    /// What.
    pub hazard: Hazard,
}

/// What may go wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Hazard {
    /// Somebody wrote it down.
    Told(String),
    /// Its day is past.
    Overdue(Date),
    /// Its day is kept in so small a share of all futures.
    Unlikely(Date, f64),
    /// It waits for items that are not done: their ids.
    Waits(Vec<String>),
    /// The number went the wrong way, by so much a week.
    Worse(f64),
}

/// The risks of what is pursued, planned and near, the most pressing sort first.
pub(super) fn risks<'a>(
    backlog: &'a Backlog,
    goals: &[Pursued<'a>],
    metrics: &[Progress<'a>],
    releases: &[Release<'a>],
    today: Date,
) -> Vec<Risk<'a>> {
    let near = || backlog.open_items().take(NEAR);
    let pursued = || goals.iter().map(|it| it.goal);
    let planned = || releases.iter().map(|it| it.record);
    let risk = |entry, hazard| Risk { entry, hazard };
    let overdue = pursued().chain(planned()).chain(backlog.open_items());
    let overdue = overdue.filter(|it| overdue::is_overdue(backlog, it, today));
    let mut risks: Vec<Risk<'_>> =
        overdue.filter_map(|it| Some(risk(it, Hazard::Overdue(day_of(it)?)))).collect();
    let unlikely = |it: &Release<'a>| {
        let (target, chance) = (it.target()?, it.chance()?);
        let is_unlikely = chance < UNLIKELY && target >= today;
        is_unlikely.then(|| risk(it.record, Hazard::Unlikely(target, chance)))
    };
    risks.extend(releases.iter().filter_map(unlikely));
    risks.extend(near().filter_map(|it| Some(risk(it, waits(backlog, it)?))));
    let worse = |it: &Progress<'a>| match it.slope() {
        Some((by, Course::Worse)) => Some(risk(it.metric, Hazard::Worse(by))),
        _ => None,
    };
    risks.extend(metrics.iter().filter_map(worse));
    let told = |it: &'a Entry| Some(risk(it, Hazard::Told(case::risk(it)?)));
    risks.extend(pursued().chain(planned()).chain(near()).filter_map(told));
    risks
}

/// The day that is past.
fn day_of(entry: &Entry) -> Option<Date> {
    ["due", "by", "end", "target"].into_iter().find_map(|field| entry.date(field))
}

/// The open items that an item waits for.
fn waits(backlog: &Backlog, item: &Entry) -> Option<Hazard> {
    let links = standing::standing(backlog, item).waits_for;
    let is_open = |it: &&Entry| std::ptr::eq(it.kind, &ITEM) && backlog.category(it).is_open();
    let open = links.iter().filter_map(|link| link.entry).filter(is_open);
    let ids: Vec<String> = open.map(|it| it.id().to_owned()).collect();
    (!ids.is_empty()).then_some(Hazard::Waits(ids))
}
