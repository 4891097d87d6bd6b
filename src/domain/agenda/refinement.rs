//! Refinement: what has to be talked about before it can be planned.

use super::facts::first;
use super::{About, Ceremony, Facts, Part, Point, TimeBox};
use crate::domain::date::{Date, days_between};
use crate::domain::entry::Entry;
use crate::domain::message::counted;
use crate::domain::question;

/// How far down the order it is worth to look.
const NEAR: usize = 20;

/// After how many days an open item that nobody touched is stale: a quarter of a year.
const STALE: i64 = 90;

/// From which share of the capacity of a sprint on an item is large.
const LARGE: f64 = 0.5;

pub(super) const REFINEMENT: Ceremony = Ceremony {
    name: "refinement",
    title: "Refinement",
    purpose: "The team and the product owner make the next items small and clear enough to be planned.",
    time: TimeBox::Ongoing,
    about: About::Next,
    parts,
};

fn parts<'a>(facts: &Facts<'a>) -> Vec<Part<'a>> {
    vec![
        Part {
            title: "Not ready",
            question: "What is missing in the first items?",
            share: 0,
            points: not_ready(facts),
            without: "The first items are ready.",
        },
        Part {
            title: "Open questions",
            question: "Who answers, the oldest first?",
            share: 0,
            points: questions(facts),
            without: "Nobody waits for an answer.",
        },
        Part {
            title: "Not estimated",
            question: "How large are these?",
            share: 0,
            points: near(facts, |item| item.text("effort").is_none(), |_| String::new()),
            without: "The first items have an effort.",
        },
        Part {
            title: "Large",
            question: "How can these be split, so that each part is of use?",
            share: 0,
            points: large(facts),
            without: "No item near the top is known to be too large.",
        },
        Part {
            title: "Not touched for long",
            question: "Is this still wanted?",
            share: 0,
            points: stale(facts),
            without: "No open item has been left alone for a quarter of a year.",
        },
    ]
}

/// What is true of some of the first items that no sprint has.
fn near<'a>(
    facts: &Facts<'a>,
    is_meant: impl Fn(&Entry) -> bool,
    told: impl Fn(&Entry) -> String,
) -> Vec<Point<'a>> {
    let items = facts.unplanned().take(NEAR).filter(|item| is_meant(item));
    first(items.map(|item| Point::of(item, told(item))))
}

fn not_ready<'a>(facts: &Facts<'a>) -> Vec<Point<'a>> {
    near(facts, |item| !facts.is_ready(item), |item| facts.wants(item))
}

fn questions<'a>(facts: &Facts<'a>) -> Vec<Point<'a>> {
    let mut asked: Vec<(Option<Date>, Point<'a>)> = Vec::new();
    for entry in facts.backlog.readable().filter(|it| facts.backlog.category(it).is_open()) {
        let open = question::open(entry).into_iter();
        asked.extend(open.map(|it| (it.note.on, Point::of(entry, it.note.to_string()))));
    }
    asked.sort_by_key(|(day, _)| (day.is_none(), *day));
    first(asked.into_iter().map(|(_, point)| point))
}

fn large<'a>(facts: &Facts<'a>) -> Vec<Point<'a>> {
    let of_sprint = || Some(facts.sprint()?.capacity.filter(|it| *it > 0.0)? * LARGE);
    let Some(limit) = facts.backlog.config.ready.max_effort.or_else(of_sprint) else {
        return Vec::new();
    };
    let effort = |item: &Entry| item.number("effort").filter(|it| *it > limit);
    let told = |item: &Entry| {
        effort(item).map(|it| format!("effort {it}, more than {limit}")).unwrap_or_default()
    };
    near(facts, |item| effort(item).is_some(), told)
}

fn stale<'a>(facts: &Facts<'a>) -> Vec<Point<'a>> {
    let mut old: Vec<(i64, &'a Entry)> = Vec::new();
    for life in &facts.timeline.lives {
        let Some(item) = life.item.filter(|_| life.now.is_open()) else { continue };
        let last = life.told.last().map(|(day, _)| *day);
        let days = last.or(life.created).map(|day| days_between(day, facts.today));
        old.extend(days.filter(|days| *days > STALE).map(|days| (days, item)));
    }
    old.sort_by_key(|(days, _)| std::cmp::Reverse(*days));
    first(old.into_iter().map(|(days, item)| {
        Point::of(item, format!("untouched for {}", counted(days as usize, "day")))
    }))
}
