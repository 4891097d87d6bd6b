//! Where a product stands, told to people who do not read its backlog: what came out in a period, what
//! changed in the plan and why, what is next and by when, what may go wrong, what was decided and
//! learned.
//!
//! Everything here is gathered from the documents and from the history; nothing is written for it.

mod priorities;
mod risk;
#[cfg(test)]
mod tests;

pub use priorities::{Priorities, Shift};
pub use risk::{Hazard, Risk};

use super::acceptance;
use super::backlog::Backlog;
use super::date::Date;
use super::entry::Entry;
use super::kind::{Category, DECISION, EVIDENCE, EXPERIMENT, GOAL, METRIC};
use super::outlook::Outlook;
use super::overview::{Running, running};
use super::progress::{Progress, Pursued};
use super::question;
use super::release::{Release, releases};
use super::story;
use super::timeline::{Life, Timeline};

/// How many of the items that come next are told.
const NEXT: usize = 7;

/// Where a product stands, and what happened since a day.
#[derive(Debug)]
pub struct Briefing<'a> {
    /// The backlog.
    pub backlog: &'a Backlog,
    /// The period: from the day after `since` to today.
    pub since: Date,
    /// The day on which it is told.
    pub today: Date,
    /// What the product is called, if it is written down.
    pub product: Option<&'a Entry>,
    /// The Product Goal, then the other goals that are pursued.
    pub goals: Vec<Pursued<'a>>,
    /// The metrics in use.
    pub metrics: Vec<Progress<'a>>,
    /// What was done in the period, newest first.
    pub done: Vec<Delivered<'a>>,
    /// The days on which value came, with the sum of it up to then, from the first one on.
    pub value: Vec<(Date, f64)>,
    /// What moved in the order, the farthest first.
    pub shifts: Vec<Told<'a>>,
    /// What came into the backlog in the period and is still open, in its order.
    pub came: Vec<&'a Entry>,
    /// What will not be done any more, since this period, and why.
    pub dropped: Vec<(&'a Entry, Option<String>)>,
    /// The sprints that run.
    pub sprints: Vec<Running<'a>>,
    /// The releases that are to come, by target, with their days and chances.
    pub releases: Vec<Release<'a>>,
    /// What comes next, with the day by which each is done in 85 of 100 futures.
    pub next: Vec<(&'a Entry, Option<Date>)>,
    /// What may go wrong.
    pub risks: Vec<Risk<'a>>,
    /// The decisions that were taken in the period.
    pub decisions: Vec<&'a Entry>,
    /// The evidence and the ends of experiments of the period.
    pub learned: Vec<&'a Entry>,
    /// What nobody has answered yet, the oldest first.
    pub questions: Vec<Asked<'a>>,
}

/// An item that was done.
#[derive(Debug)]
pub struct Delivered<'a> {
    /// The item.
    pub item: &'a Entry,
    /// The day.
    pub on: Date,
    /// What it is good for, as its story says.
    pub benefit: Option<&'a str>,
    /// Whether somebody accepted it.
    pub is_accepted: bool,
}

/// A move in the order that somebody may want to know of.
#[derive(Debug)]
pub struct Told<'a> {
    /// The item.
    pub item: &'a Entry,
    /// From where to where, and why.
    pub shift: Shift,
}

/// An open question.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The document that it is about.
    pub entry: &'a Entry,
    /// The question.
    pub question: super::note::Note,
}

impl<'a> Briefing<'a> {
    /// The briefing of a backlog: what happened comes from its timeline and its priorities, what is to
    /// come from the outlook.
    pub fn of(
        backlog: &'a Backlog,
        timeline: &Timeline<'a>,
        priorities: Priorities,
        outlook: &Outlook<'a>,
        since: Date,
    ) -> Self {
        let today = timeline.today;
        let sprints = running(backlog, today);
        let metrics = backlog.of_kind(&METRIC).filter(|it| is_open(backlog, it));
        let metrics: Vec<Progress<'a>> = metrics.map(|it| Progress::of(backlog, it)).collect();
        let goals = goals(backlog);
        let mut releases = releases(backlog, outlook);
        releases.retain(|it| it.category.is_open());
        let risks = risk::risks(backlog, &goals, &metrics, &releases, today);
        let is_in = |day: Date| since < day && day <= today;
        Self {
            since,
            today,
            product: backlog.product().filter(|it| it.is_readable()),
            done: done(backlog, timeline, &is_in),
            value: value(timeline),
            came: came(backlog, timeline, &is_in),
            dropped: dropped(timeline, &priorities, &is_in),
            shifts: shifts(backlog, priorities),
            next: next(outlook),
            decisions: decided(backlog, &is_in),
            learned: learned(backlog, &is_in),
            questions: questions(backlog),
            backlog,
            goals,
            metrics,
            sprints,
            releases,
            risks,
        }
    }

    /// The value of what was done in the period, and how many of the items have one.
    pub fn delivered(&self) -> (f64, usize) {
        let values = self.done.iter().filter_map(|it| it.item.number("value"));
        values.fold((0.0, 0), |(sum, n), value| (sum + value, n + 1))
    }
}

fn is_open(backlog: &Backlog, entry: &Entry) -> bool {
    backlog.category(entry).is_open()
}

/// The Product Goal first.
fn goals(backlog: &Backlog) -> Vec<Pursued<'_>> {
    let product = backlog.product().into_iter().flat_map(|it| backlog.targets(it, "goal"));
    let product: Vec<&Entry> =
        product.filter(|it| std::ptr::eq(it.kind, &GOAL) && is_open(backlog, it)).collect();
    let is_pursued = |it: &&Entry| backlog.category(it) == Category::Doing && !product.contains(it);
    let others = backlog.of_kind(&GOAL).filter(is_pursued).collect::<Vec<_>>();
    product.into_iter().chain(others).map(|it| Pursued::of(backlog, it)).collect()
}

fn done<'a>(
    backlog: &'a Backlog,
    timeline: &Timeline<'a>,
    is_in: &dyn Fn(Date) -> bool,
) -> Vec<Delivered<'a>> {
    let delivered = |life: &Life<'a>| {
        let (item, on) = (life.item?, life.done.filter(|day| is_in(*day))?);
        let told = story::find(item, &backlog.config).and_then(|story| story.ends);
        let benefit = told.map(|clause| clause.span.of(item.document.text()));
        let is_accepted = acceptance::of(&item.document).is_some();
        Some(Delivered { item, on, benefit, is_accepted })
    };
    let counted = timeline.lives.iter().filter(|life| !life.has_parts);
    let mut done: Vec<Delivered<'_>> = counted.filter_map(delivered).collect();
    done.sort_by(|one, other| (other.on, one.item.id()).cmp(&(one.on, other.item.id())));
    done
}

fn value(timeline: &Timeline<'_>) -> Vec<(Date, f64)> {
    let value = |life: &Life<'_>| Some((life.done?, life.item?.number("value")?));
    let mut days: Vec<(Date, f64)> = timeline.lives.iter().filter_map(value).collect();
    days.sort_by_key(|(day, _)| *day);
    let mut sum = 0.0;
    for (_, value) in &mut days {
        sum += *value;
        *value = sum;
    }
    // The last sum of a day is that of its evening.
    days.reverse();
    days.dedup_by_key(|(day, _)| *day);
    days.reverse();
    days
}

fn came<'a>(
    backlog: &'a Backlog,
    timeline: &Timeline<'a>,
    is_in: &dyn Fn(Date) -> bool,
) -> Vec<&'a Entry> {
    let is_new = |life: &&Life<'_>| life.now.is_open() && life.created.is_some_and(is_in);
    let new = timeline.lives.iter().filter(is_new).filter_map(|life| life.item);
    let mut new: Vec<(Option<usize>, &Entry)> =
        new.map(|item| (backlog.position(item), item)).collect();
    new.sort_by_key(|(position, _)| *position);
    new.into_iter().map(|(_, item)| item).collect()
}

fn dropped<'a>(
    timeline: &Timeline<'a>,
    priorities: &Priorities,
    is_in: &dyn Fn(Date) -> bool,
) -> Vec<(&'a Entry, Option<String>)> {
    let is_new = |life: &&Life<'_>| {
        life.now == Category::Dropped && life.states.last().is_some_and(|it| is_in(it.0))
    };
    let items = timeline.lives.iter().filter(is_new).filter_map(|life| life.item);
    items.map(|item| (item, priorities.reason(item.id()))).collect()
}

fn shifts(backlog: &Backlog, priorities: Priorities) -> Vec<Told<'_>> {
    let told = |(id, shift): (String, Shift)| {
        let item = backlog.called(&id).filter(|it| is_open(backlog, it))?;
        Some(Told { item, shift })
    };
    let mut shifts: Vec<Told<'_>> = priorities.into_shifts().filter_map(told).collect();
    shifts.sort_by_key(|it| (std::cmp::Reverse(it.shift.distance()), it.shift.to));
    shifts
}

fn next<'a>(outlook: &Outlook<'a>) -> Vec<(&'a Entry, Option<Date>)> {
    let items: Vec<&Entry> = outlook.items.iter().copied().take(NEXT).collect();
    let numbers: Vec<usize> = (1..=items.len()).collect();
    let dates = outlook.dates_of_each(&numbers).unwrap_or_default();
    let likely = |at: usize| dates.get(at).and_then(|it| it.by(super::forecast::SHARES[1]));
    items.into_iter().enumerate().map(|(at, item)| (item, likely(at))).collect()
}

fn decided<'a>(backlog: &'a Backlog, is_in: &dyn Fn(Date) -> bool) -> Vec<&'a Entry> {
    let is_taken =
        |it: &&Entry| backlog.category(it) != Category::Todo && it.date("date").is_some_and(is_in);
    newest_first(backlog.of_kind(&DECISION).filter(is_taken), "date")
}

fn learned<'a>(backlog: &'a Backlog, is_in: &dyn Fn(Date) -> bool) -> Vec<&'a Entry> {
    let is_seen = |it: &&Entry| it.date("date").is_some_and(is_in);
    let is_known = |it: &&Entry| backlog.category(it) != Category::Dropped;
    let evidence = backlog.of_kind(&EVIDENCE).filter(is_seen).filter(is_known);
    let is_over =
        |it: &&Entry| backlog.category(it) == Category::Done && it.date("end").is_some_and(is_in);
    let experiments = backlog.of_kind(&EXPERIMENT).filter(is_over);
    let mut learned = newest_first(experiments, "end");
    learned.extend(newest_first(evidence, "date"));
    learned
}

fn newest_first<'a>(entries: impl Iterator<Item = &'a Entry>, field: &str) -> Vec<&'a Entry> {
    let mut entries: Vec<&Entry> = entries.collect();
    entries.sort_by_key(|it| (std::cmp::Reverse(it.date(field)), it.id()));
    entries
}

fn questions(backlog: &Backlog) -> Vec<Asked<'_>> {
    let open = backlog.readable().filter(|it| is_open(backlog, it));
    let asked = open.flat_map(|entry| {
        question::open(entry).into_iter().map(move |it| Asked { entry, question: it.note })
    });
    let mut asked: Vec<Asked<'_>> = asked.collect();
    asked.sort_by_key(|it| (it.question.on.is_none(), it.question.on));
    asked
}
