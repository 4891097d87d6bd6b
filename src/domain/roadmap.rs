//! What comes now, next and later, and by when: a plan that says how sure it is.
//!
//! *Now* is what somebody works on, and what the running sprint holds. *Next* is what the next sprint
//! holds, and what is ready and will be done within [`NEXT_WEEKS`] weeks in 85 of 100 cases. *Later* is
//! the rest, by the goal or the epic that it serves, and without dates: nobody knows them.

mod schedule;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

pub use schedule::{Bar, Row, Schedule, Section, schedule};

use super::backlog::Backlog;
use super::entry::Entry;
use super::kind::{Category, GOAL, SPRINT};
use super::outlook::Outlook;
use super::{rules, standing};

/// How many weeks from today *next* reaches.
pub const NEXT_WEEKS: u32 = 6;

/// The share of the futures in which a date has to be kept.
pub const SURE: f64 = 0.85;

/// How many items are dated at once: each date is made of ten thousand futures.
const AT_ONCE: usize = 256;

/// What comes now, next and later.
#[derive(Debug)]
pub struct Roadmap<'a> {
    /// What somebody works on, and what the running sprint holds.
    pub now: Vec<Planned<'a>>,
    /// What the next sprint holds, and what is ready and within reach.
    pub next: Vec<Planned<'a>>,
    /// The rest, by what it serves.
    pub later: Vec<Theme<'a>>,
    /// How many items will be done in [`NEXT_WEEKS`] weeks in 85 of 100 cases; `None` if nothing can
    /// be told, and then all that is ready comes next.
    pub n_within_reach: Option<usize>,
}

/// An open item with what there is to say of its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned<'a> {
    /// The item.
    pub item: &'a Entry,
    /// The day by which it is done in 85 of 100 cases, with all that stands above it.
    pub by: Option<super::date::Date>,
    /// What it serves: its goal, or the epic that it is a part of.
    pub theme: Option<&'a Entry>,
}

/// Items that serve the same goal, or are parts of the same epic.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme<'a> {
    /// The goal or the epic; `None` for items that serve none.
    pub subject: Option<&'a Entry>,
    /// The items, in their order. Never empty.
    pub items: Vec<&'a Entry>,
}

/// The open items of which it is wanted, by when they come.
pub fn roadmap<'a>(
    backlog: &'a Backlog,
    outlook: &Outlook<'a>,
    is_wanted: impl Fn(&Entry) -> bool,
) -> Roadmap<'a> {
    let sprints = Sprints::of(backlog);
    let forecast = outlook.forecast.as_ref().ok();
    let n_within_reach = forecast.map(|it| it.how_many(NEXT_WEEKS).at_least(SURE) as usize);
    let (mut now, mut next, mut later) = (Vec::new(), Vec::new(), Vec::new());
    for (place, item) in outlook.items.iter().enumerate().filter(|(_, item)| is_wanted(item)) {
        let is_within_reach = n_within_reach.is_none_or(|n| place < n);
        let category = backlog.category(item);
        let is_ready = || rules::is_at_ready(item, category, &backlog.config);
        if category == Category::Doing || sprints.runs(backlog, item) {
            now.push((place, *item));
        } else if sprints.is_next(backlog, item) || is_within_reach && is_ready() {
            next.push((place, *item));
        } else {
            later.push(*item);
        }
    }
    Roadmap {
        now: planned(backlog, outlook, &now),
        next: planned(backlog, outlook, &next),
        later: themes(backlog, later),
        n_within_reach,
    }
}

/// By when each of some places in the order is done in so large a share of the futures. What comes later
/// in the order is never dated earlier.
pub fn days_of_each(
    outlook: &Outlook<'_>,
    places: &[usize],
    share: f64,
) -> Vec<Option<super::date::Date>> {
    let mut days = Vec::with_capacity(places.len());
    for places in places.chunks(AT_ONCE) {
        let n_items: Vec<usize> = places.iter().map(|place| place + 1).collect();
        match outlook.dates_of_each(&n_items) {
            Ok(dates) => days.extend(dates.iter().map(|it| it.by(share))),
            Err(_) => days.extend(places.iter().map(|_| None)),
        }
    }
    days
}

fn planned<'a>(
    backlog: &'a Backlog,
    outlook: &Outlook<'a>,
    items: &[(usize, &'a Entry)],
) -> Vec<Planned<'a>> {
    let places: Vec<usize> = items.iter().map(|(place, _)| *place).collect();
    let days = days_of_each(outlook, &places, SURE);
    let planned = |((_, item), by): (&(usize, &'a Entry), _)| Planned {
        item,
        by,
        theme: theme(backlog, item),
    };
    items.iter().zip(days).map(planned).collect()
}

/// The goal that an item serves, else the outermost item that it is a part of.
fn theme<'a>(backlog: &'a Backlog, item: &'a Entry) -> Option<&'a Entry> {
    let is_goal = |it: &&Entry| std::ptr::eq(it.kind, &GOAL);
    let goals = standing::goals(backlog, item);
    let goal = goals.into_iter().filter_map(|link| link.entry).find(is_goal);
    goal.or_else(|| backlog.above(item).filter(|it| it.kind.is_ranked()).last())
}

/// Items by what they serve, as the first of each stands in the order; those that serve nothing last.
fn themes<'a>(backlog: &'a Backlog, items: Vec<&'a Entry>) -> Vec<Theme<'a>> {
    let mut themes: Vec<Theme<'a>> = Vec::new();
    let mut places: HashMap<Option<&str>, usize> = HashMap::new();
    for item in items {
        let subject = theme(backlog, item);
        let place = *places.entry(subject.map(Entry::path)).or_insert_with(|| {
            themes.push(Theme { subject, items: Vec::new() });
            themes.len() - 1
        });
        themes[place].items.push(item);
    }
    themes.sort_by_key(|theme| theme.subject.is_none());
    themes
}

/// The sprints that run, and the one that comes next.
struct Sprints<'a> {
    running: HashSet<&'a str>,
    next: Option<&'a str>,
}

impl<'a> Sprints<'a> {
    fn of(backlog: &'a Backlog) -> Self {
        let all = || backlog.of_kind(&SPRINT);
        let running = all().filter(|it| backlog.category(it) == Category::Doing);
        let planned = all().filter(|it| backlog.category(it) == Category::Todo);
        // One without a day is not the next one while another has a day.
        let next = planned.min_by_key(|it| (it.date("start").is_none(), it.date("start")));
        Self { running: running.map(Entry::path).collect(), next: next.map(Entry::path) }
    }

    fn runs(&self, backlog: &Backlog, item: &Entry) -> bool {
        backlog.targets(item, "sprint").any(|it| self.running.contains(it.path()))
    }

    fn is_next(&self, backlog: &Backlog, item: &Entry) -> bool {
        backlog.targets(item, "sprint").any(|it| Some(it.path()) == self.next)
    }
}
