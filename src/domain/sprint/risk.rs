//! What may keep a sprint from its goal.

use std::collections::{HashMap, HashSet};

use super::{Sprint, amount, of_item};
use crate::domain::backlog::Backlog;
use crate::domain::date::{Date, days_between};
use crate::domain::entry::Entry;
use crate::domain::kind::Category;
use crate::domain::message::counted;
use crate::domain::question;
use crate::domain::stats::percentile;
use crate::domain::timeline::{Life, Timeline};

/// Which share of the past items, in percent, took less time than an old one.
const OLD: usize = 85;

/// Something that may go wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Risk<'a> {
    /// The word that programs know it by.
    pub word: &'static str,
    /// The item that it is about; `None`: the whole sprint.
    pub item: Option<&'a Entry>,
    /// What is to be said.
    pub told: String,
}

/// What may go wrong in a sprint, the whole first.
pub fn risks<'a>(
    backlog: &'a Backlog,
    sprint: &Sprint<'a>,
    others: &[Sprint<'a>],
    timeline: &Timeline<'a>,
    today: Date,
) -> Vec<Risk<'a>> {
    let mut risks = of_whole(backlog, sprint, others, today);
    let old: HashMap<&str, String> =
        aged(timeline, today).into_iter().map(|(life, told)| (&*life.id, told)).collect();
    let counted_items = super::counted(backlog, &sprint.items);
    let counted_items: HashSet<&str> = counted_items.into_iter().map(Entry::path).collect();
    for item in sprint.open(backlog) {
        let mut add = |word, told: String| risks.push(Risk { word, item: Some(item), told });
        let blockers = blockers(backlog, sprint, item);
        if !blockers.is_empty() {
            add("blocked", format!("waits for {}, outside of the sprint", blockers.join(", ")));
        }
        if item.met(&backlog.config).1 == 0 {
            add("no-criteria", "has no acceptance criteria".to_owned());
        }
        if item.number("effort").is_none() && counted_items.contains(item.path()) {
            add("no-effort", "has no effort".to_owned());
        }
        if let Some(told) = old.get(item.id()) {
            add("old", told.clone());
        }
        let n_questions = question::open(item).len();
        if n_questions > 0 {
            add("question", format!("has {}", counted(n_questions, "open question")));
        }
    }
    risks
}

/// What is wrong with the sprint itself.
fn of_whole<'a>(
    backlog: &'a Backlog,
    sprint: &Sprint<'a>,
    others: &[Sprint<'a>],
    today: Date,
) -> Vec<Risk<'a>> {
    let mut risks = Vec::new();
    let mut add = |word, told: String| risks.push(Risk { word, item: None, told });
    let (id, is_open) = (sprint.record.id(), sprint.category.is_open());
    if sprint.ends_before_it_starts() {
        add("dates", "its last day is before its first".to_owned());
    } else if sprint.end.is_none() {
        add("no-end", format!("it has no last day: git backlog set {id} end=DAY"));
    } else if sprint.start.is_none() {
        add("no-start", format!("it has no first day: git backlog set {id} start=DAY"));
    }
    if let Some(days) = sprint.days_left(today).filter(|days| *days < 0 && is_open) {
        let days = counted(days.unsigned_abs() as usize, "day");
        add("over", format!("it is over for {days}: git backlog sprint close {id}"));
    }
    if sprint.goal(backlog).is_none() {
        add("no-goal", "it has no Sprint Goal".to_owned());
    }
    let load = amount(backlog, &sprint.items).points;
    match sprint.capacity {
        None => add("no-capacity", "it has no capacity".to_owned()),
        Some(capacity) if capacity <= 0.0 => {
            add("no-capacity", format!("its capacity is {capacity}"));
        }
        Some(capacity) if load > capacity => {
            add("overfull", format!("{load} points are planned, {capacity} fit"));
        }
        Some(_) => {}
    }
    for other in others.iter().filter(|it| it.record != sprint.record && it.category.is_open()) {
        if is_open && sprint.overlaps(other) {
            add("overlap", format!("{} is on the same days", other.record.id()));
        }
    }
    risks
}

/// The open items that an item waits for and that are not in its sprint.
fn blockers(backlog: &Backlog, sprint: &Sprint<'_>, item: &Entry) -> Vec<String> {
    let is_outside = |other: &&Entry| {
        backlog.category(other).is_open()
            && of_item(backlog, other).is_none_or(|it| it != sprint.record)
    };
    backlog.targets(item, "depends_on").filter(is_outside).map(|it| it.id().to_owned()).collect()
}

/// The items that have been in work for longer than most that were done, each with how long.
pub fn aged<'t, 'a>(timeline: &'t Timeline<'a>, today: Date) -> Vec<(&'t Life<'a>, String)> {
    let lives = || timeline.lives.iter().filter(|life| !life.has_parts);
    let mut times: Vec<i64> = lives().filter_map(Life::cycle_time).collect();
    times.sort_unstable();
    let Some(limit) = percentile(&times, OLD) else { return Vec::new() };
    let age = |life: &Life<'_>| life.started.map(|day| days_between(day, today));
    let doing = lives().filter(|it| it.now == Category::Doing);
    let told = |days: i64| {
        let (days, limit) = (counted(days as usize, "day"), counted(limit as usize, "day"));
        format!(
            "in work for {days}; {OLD} % of the {} done items took {limit} or less",
            times.len()
        )
    };
    doing.filter_map(|it| Some((it, told(age(it).filter(|days| *days > limit)?)))).collect()
}
