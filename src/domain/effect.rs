//! What a change does to the plan: value that is delivered early, releases, sprints.
//!
//! The order says what is done first, the estimates say how long each item takes; so the value of
//! an item comes when the effort of everything above it, and its own, is spent. An item without a
//! value or an effort says nothing here. It is counted, and never taken for zero.

use std::collections::{BTreeMap, BTreeSet};

use super::backlog::Backlog;
use super::entry::Entry;
use super::kind::{Category, RELEASE, SPRINT};
use super::value::{self, Plan};

/// The share of the effort that counts as early where no sprint has a capacity.
const EARLY: f64 = 0.25;

/// What a change does to the plan.
#[derive(Debug, Default, PartialEq)]
pub struct Effect {
    /// The value in the first points of effort; `None` if nothing has a value and an effort.
    pub early: Option<Early>,
    /// What the new order gains or costs; `None` if it is the same, or nothing is scored.
    pub gain: Option<Gain>,
    /// By how much the order costs more delay than the best one, before and after; `None` where
    /// the order is the same, or a state has nothing that could come later.
    pub gap: Option<Gap>,
    /// The releases whose last item comes earlier or later.
    pub releases: Vec<Reach>,
    /// The sprints whose load changes.
    pub sprints: Vec<Load>,
    /// How many open items have no value or no effort after the change.
    pub n_unscored: usize,
    /// How many have both.
    pub n_scored: usize,
    /// How many had both before.
    pub n_scored_before: usize,
}

/// The share of the value in the first points of effort.
#[derive(Clone, Debug, PartialEq)]
pub struct Early {
    /// How many points count as early.
    pub effort: f64,
    /// The sprint whose capacity that is; `None`: a quarter of all effort.
    pub sprint: Option<String>,
    /// The share before, 0 to 1.
    pub before: f64,
    /// The share after.
    pub after: f64,
}

/// What another order gains: the sum, over all items, of value times the time by which it comes
/// earlier. A negative gain is a cost of delay (Reinertsen, The Principles of Product Development
/// Flow, 2009).
#[derive(Clone, Debug, PartialEq)]
pub struct Gain {
    /// Value times points of effort.
    pub value_points: f64,
    /// How many points a week takes, by the capacity of the sprint that is running or was last.
    pub points_a_week: Option<f64>,
    /// How many items come earlier.
    pub n_earlier: usize,
    /// How many come later.
    pub n_later: usize,
    /// The item that gains the most by coming earlier.
    pub earlier: Option<Shift>,
    /// The item that costs the most by coming later.
    pub later: Option<Shift>,
    /// The pair that costs the most of those that the change has put the wrong way round.
    pub inverted: Option<Inverted>,
}

/// Two items of which the one that is worth less for its effort has come above the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Inverted {
    /// The one that is worth less for its effort.
    pub above: Pair,
    /// The one that waits for it now.
    pub below: Pair,
    /// What that costs, in value × points.
    pub loss: f64,
}

/// An item with its numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Its id.
    pub id: String,
    /// Its value.
    pub value: f64,
    /// Its effort.
    pub effort: f64,
}

/// By how much an order costs more delay than the best one: 0.18 is 18 % more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap {
    /// Before the change, with the numbers of that time.
    pub before: f64,
    /// After it.
    pub after: f64,
}

impl Gain {
    /// Value times weeks.
    pub fn value_weeks(&self) -> Option<f64> {
        Some(self.value_points / self.points_a_week?)
    }
}

/// An item that comes earlier or later.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift {
    /// Its id.
    pub id: String,
    /// Its value.
    pub value: f64,
    /// By how many points of effort; more than zero: earlier.
    pub points: f64,
}

/// How much effort it takes to reach a release.
#[derive(Clone, Debug, PartialEq)]
pub struct Reach {
    /// The id of the release.
    pub id: String,
    /// The effort up to its last open item before; `None` if it had none.
    pub before: Option<f64>,
    /// The effort after.
    pub after: Option<f64>,
    /// Its open items without an estimate after the change, or above them.
    pub n_unestimated: usize,
}

/// What is planned for a sprint.
#[derive(Clone, Debug, PartialEq)]
pub struct Load {
    /// The id of the sprint.
    pub id: String,
    /// The effort of its items before.
    pub before: f64,
    /// The effort of its items after.
    pub after: f64,
    /// The effort that fits.
    pub capacity: Option<f64>,
    /// The items that came, by id.
    pub came: Vec<String>,
    /// The items that left.
    pub left: Vec<String>,
}

/// An open item with a value and an effort.
#[derive(Clone, Copy, Debug)]
struct Scored<'a> {
    id: &'a str,
    value: f64,
    effort: f64,
}

/// What the way from `before` to `after` does to the plan.
pub fn effect(before: &Backlog, after: &Backlog) -> Effect {
    let (old, new) = (scored(before), scored(after));
    let gain = gain(&old, &new, after);
    Effect {
        early: early(&old, &new, after),
        gap: gain.as_ref().and_then(|_| gap(before, after)),
        gain,
        releases: releases(before, after),
        sprints: sprints(before, after),
        n_unscored: after.open_items().count() - new.len(),
        n_scored: new.len(),
        n_scored_before: old.len(),
    }
}

fn scored(backlog: &Backlog) -> Vec<Scored<'_>> {
    let scored = |item: &'_ Entry| value::worth(item);
    let items = backlog.open_items();
    let both = items.filter_map(|item| scored(item).map(|worth| (item, worth)));
    both.map(|(item, it)| Scored { id: item.id(), value: it.value, effort: it.effort }).collect()
}

fn gap(before: &Backlog, after: &Backlog) -> Option<Gap> {
    let of = |backlog: &Backlog| value::gap_of(&Plan::of(backlog, |_| true));
    Some(Gap { before: of(before)?, after: of(after)? })
}

/// The worst pair that the change has put the wrong way round.
fn inverted(old: &[Scored<'_>], after: &Backlog) -> Option<Inverted> {
    let plan = Plan::of(after, |_| true);
    let numbers: BTreeMap<&str, usize> =
        plan.items.iter().enumerate().map(|(number, item)| (item.id(), number)).collect();
    let before: Vec<usize> = old.iter().filter_map(|it| numbers.get(it.id).copied()).collect();
    let found = value::worst_new(&before, &plan.jobs, &plan.needs)?;
    let pair = |item: usize| Pair {
        id: plan.items[item].id().to_owned(),
        value: plan.jobs[item].weight,
        effort: plan.jobs[item].size,
    };
    Some(Inverted { above: pair(found.above), below: pair(found.below), loss: found.loss })
}

fn early(old: &[Scored<'_>], new: &[Scored<'_>], after: &Backlog) -> Option<Early> {
    let total: f64 = old.iter().map(|it| it.effort).sum();
    let sprint = running(after).and_then(|it| Some((it.id().to_owned(), it.number("capacity")?)));
    let (sprint, effort) = match sprint {
        Some((id, capacity)) if capacity > 0.0 => (Some(id), capacity),
        _ => (None, (total * EARLY).round()),
    };
    if effort <= 0.0 {
        return None;
    }
    let early = Early { effort, sprint, before: share(old, effort)?, after: share(new, effort)? };
    Some(early)
}

/// The share of the value of the items that are done within the first points of effort.
fn share(items: &[Scored<'_>], limit: f64) -> Option<f64> {
    let total: f64 = items.iter().map(|it| it.value).sum();
    let mut spent = 0.0;
    let mut value = 0.0;
    for item in items {
        spent += item.effort;
        if spent > limit {
            break;
        }
        value += item.value;
    }
    (total > 0.0).then(|| value / total)
}

/// The sprint that is running.
fn running(backlog: &Backlog) -> Option<&Entry> {
    backlog.of_kind(&SPRINT).find(|it| backlog.category(it) == Category::Doing)
}

fn gain(old: &[Scored<'_>], new: &[Scored<'_>], after: &Backlog) -> Option<Gain> {
    // Only the order counts here: items that are in both, with the numbers that hold now.
    let known: BTreeMap<&str, Scored<'_>> = new.iter().map(|it| (it.id, *it)).collect();
    let old: Vec<Scored<'_>> = old.iter().filter_map(|it| known.get(it.id).copied()).collect();
    let was: BTreeSet<&str> = old.iter().map(|it| it.id).collect();
    let new: Vec<Scored<'_>> = new.iter().filter(|it| was.contains(it.id)).copied().collect();
    let (done_before, done_after) = (done_at(&old), done_at(&new));
    let shifts: Vec<Shift> = new
        .iter()
        .map(|it| Shift {
            id: it.id.to_owned(),
            value: it.value,
            points: done_before[it.id] - done_after[it.id],
        })
        .collect();
    if shifts.iter().all(|it| it.points == 0.0) {
        return None;
    }
    let worth = |it: &Shift| it.value * it.points;
    let most = |sign: f64| {
        let shifts = shifts.iter().filter(|it| sign * worth(it) > 0.0);
        shifts.max_by(|a, b| (sign * worth(a)).total_cmp(&(sign * worth(b)))).cloned()
    };
    Some(Gain {
        value_points: shifts.iter().map(worth).sum(),
        points_a_week: points_a_week(after),
        n_earlier: shifts.iter().filter(|it| it.points > 0.0).count(),
        n_later: shifts.iter().filter(|it| it.points < 0.0).count(),
        earlier: most(1.0),
        later: most(-1.0),
        inverted: inverted(&old, after),
    })
}

/// The effort that is spent when each item is done.
fn done_at<'a>(items: &[Scored<'a>]) -> BTreeMap<&'a str, f64> {
    let mut spent = 0.0;
    let done = |it: &Scored<'a>| {
        spent += it.effort;
        (it.id, spent)
    };
    items.iter().map(done).collect()
}

/// The capacity of the running sprint, or of the last one with one, for a week.
pub(super) fn points_a_week(backlog: &Backlog) -> Option<f64> {
    const DAYS: f64 = 7.0;
    let pace = |sprint: &Entry| {
        let (start, end) = (sprint.date("start")?, sprint.date("end")?);
        let days = f64::from((end - start).get_days()) + 1.0;
        let capacity = sprint.number("capacity").filter(|it| *it > 0.0)?;
        (days > 0.0).then(|| (end, capacity * DAYS / days))
    };
    let of_running = running(backlog).and_then(pace);
    let last = || backlog.of_kind(&SPRINT).filter_map(pace).max_by_key(|(end, _)| *end);
    of_running.or_else(last).map(|(_, pace)| pace)
}

fn releases(before: &Backlog, after: &Backlog) -> Vec<Reach> {
    let (old, new) = (reached(before), reached(after));
    let is_open = |id: &str| after.called(id).is_some_and(|it| after.category(it).is_open());
    let ids: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let reach = |id: &String| {
        let effort = |map: &BTreeMap<String, (f64, usize)>| map.get(id).map(|(effort, _)| *effort);
        let n_unestimated = new.get(id).map_or(0, |(_, n)| *n);
        let (before, after) = (effort(&old), effort(&new));
        (before != after).then(|| Reach { id: id.clone(), before, after, n_unestimated })
    };
    ids.into_iter().filter(|id| is_open(id)).filter_map(reach).collect()
}

/// The effort up to the last open item of each release, and how many items on the way have none.
fn reached(backlog: &Backlog) -> BTreeMap<String, (f64, usize)> {
    let mut reached = BTreeMap::new();
    let (mut spent, mut n_unestimated) = (0.0, 0);
    for item in backlog.open_items() {
        match item.number("effort") {
            Some(effort) => spent += effort,
            None => n_unestimated += 1,
        }
        if let Some(release) = item.text("release").and_then(|id| backlog.called(&id))
            && std::ptr::eq(release.kind, &RELEASE)
        {
            reached.insert(release.id().to_owned(), (spent, n_unestimated));
        }
    }
    reached
}

fn sprints(before: &Backlog, after: &Backlog) -> Vec<Load> {
    let (old, new) = (planned(before), planned(after));
    let sprints = after.of_kind(&SPRINT).filter(|it| after.category(it).is_open());
    let load = |sprint: &Entry| {
        let none = BTreeMap::new();
        let (old, new) =
            (old.get(sprint.id()).unwrap_or(&none), new.get(sprint.id()).unwrap_or(&none));
        let missing = |from: &BTreeMap<String, f64>, to: &BTreeMap<String, f64>| {
            from.keys().filter(|id| !to.contains_key(*id)).cloned().collect::<Vec<_>>()
        };
        (old != new).then(|| Load {
            id: sprint.id().to_owned(),
            before: old.values().sum(),
            after: new.values().sum(),
            capacity: sprint.number("capacity"),
            came: missing(new, old),
            left: missing(old, new),
        })
    };
    sprints.filter_map(load).collect()
}

/// The effort of the items of each sprint, done or not; what was dropped does not count.
fn planned(backlog: &Backlog) -> BTreeMap<String, BTreeMap<String, f64>> {
    let mut planned: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
    for item in backlog.items().filter(|it| backlog.category(it) != Category::Dropped) {
        let Some(sprint) = item.text("sprint").and_then(|id| backlog.called(&id)) else { continue };
        let effort = item.number("effort").unwrap_or(0.0);
        planned.entry(sprint.id().to_owned()).or_default().insert(item.id().to_owned(), effort);
    }
    planned
}

#[cfg(test)]
mod tests;
