//! What stands in the way of an open item of a release.

use std::collections::HashMap;

use super::Contents;
use crate::domain::backlog::Backlog;
use crate::domain::date::{Date, WEEK, days_between};
use crate::domain::entry::Entry;
use crate::domain::outlook::Outlook;
use crate::domain::{question, rules};

/// The share of the futures in which a date has to be kept.
const SURE: f64 = 0.85;

/// An open item and what stands in its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Threatened<'a> {
    /// The item.
    pub item: &'a Entry,
    /// What stands in its way. Never empty.
    pub threats: Vec<Threat<'a>>,
}

/// Something that stands in the way of an item.
#[derive(Clone, Debug, PartialEq)]
pub enum Threat<'a> {
    /// It waits for others that are open.
    Blocked(Vec<&'a Entry>),
    /// It waits for one that stands below it, or in a later release.
    BlockedFromBelow(&'a Entry),
    /// It is not begun and not ready: its status, and what it lacks.
    Unready(Vec<String>),
    /// It is larger than what one sprint takes.
    Large {
        /// Its effort.
        effort: f64,
        /// The most that an item may have.
        limit: f64,
    },
    /// Somebody has asked something about it and has no answer: so many questions.
    Asked(usize),
    /// It will not be done by the target in 85 of 100 cases.
    BelowTheLine,
}

/// The open items that something stands in the way of, in their order.
pub(super) fn threatened<'a>(
    backlog: &'a Backlog,
    record: &Entry,
    contents: &Contents<'a>,
    outlook: &Outlook<'a>,
) -> Vec<Threatened<'a>> {
    if contents.open.is_empty() || !backlog.category(record).is_open() {
        return Vec::new();
    }
    let line = record.date("target").and_then(|target| line(target, outlook));
    let places: HashMap<&str, usize> =
        outlook.items.iter().enumerate().map(|(place, item)| (item.path(), place + 1)).collect();
    let limit = rules::largest(backlog, &backlog.config);
    let threatened = |item: &&'a Entry| {
        let mut threats = Vec::new();
        threats.extend(blocked(backlog, item));
        threats.extend(unready(backlog, item));
        threats.extend(large(item, limit));
        let n_asked = question::open(item).len();
        threats.extend((n_asked > 0).then_some(Threat::Asked(n_asked)));
        let is_below = line.zip(places.get(item.path())).is_some_and(|(line, at)| *at > line);
        threats.extend(is_below.then_some(Threat::BelowTheLine));
        (!threats.is_empty()).then_some(Threatened { item, threats })
    };
    contents.open.iter().filter_map(threatened).collect()
}

/// How many items of the order are done by a day in 85 of 100 cases; `None` if nothing can be told.
fn line(target: Date, outlook: &Outlook<'_>) -> Option<usize> {
    let forecast = outlook.forecast.as_ref().ok()?;
    let n_weeks = days_between(outlook.today, target).div_euclid(WEEK);
    let n_weeks = u32::try_from(n_weeks).unwrap_or(0);
    Some(forecast.how_many(n_weeks).at_least(SURE) as usize)
}

fn blocked<'a>(backlog: &'a Backlog, item: &'a Entry) -> Option<Threat<'a>> {
    let is_open = |it: &&Entry| it.kind.is_ranked() && backlog.category(it).is_open();
    let waits_for: Vec<&Entry> = backlog.targets(item, "depends_on").filter(is_open).collect();
    let below = waits_for.iter().find(|it| backlog.position(it) > backlog.position(item));
    match (below, waits_for.is_empty()) {
        (Some(below), _) => Some(Threat::BlockedFromBelow(below)),
        (None, false) => Some(Threat::Blocked(waits_for)),
        (None, true) => None,
    }
}

fn unready<'a>(backlog: &Backlog, item: &Entry) -> Option<Threat<'a>> {
    let category = backlog.category(item);
    if category == crate::domain::kind::Category::Doing {
        return None;
    }
    let is_at_ready = rules::is_at_ready(item, category, &backlog.config);
    let lacks = rules::lacks(item, &backlog.config);
    (!is_at_ready || !lacks.is_empty()).then_some(Threat::Unready(lacks))
}

fn large<'a>(item: &Entry, limit: Option<f64>) -> Option<Threat<'a>> {
    let (effort, limit) = item.number("effort").zip(limit)?;
    (effort > limit).then_some(Threat::Large { effort, limit })
}
