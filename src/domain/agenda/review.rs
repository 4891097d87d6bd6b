//! The Sprint Review: what came of the sprint, and what it means for what comes next.

use super::facts::first;
use super::{About, Ceremony, Facts, Part, Point, TimeBox};
use crate::domain::acceptance;
use crate::domain::date::Date;
use crate::domain::diff::{Change, Move};
use crate::domain::entry::Entry;
use crate::domain::kind::{Category, METRIC, RELEASE};
use crate::domain::message::counted;
use crate::domain::progress::Progress;
use crate::domain::question;
use crate::domain::timeline::Life;

/// How many items come next.
const NEXT: usize = 5;

/// How many moves are told.
const MOVES: usize = 5;

pub(super) const REVIEW: Ceremony = Ceremony {
    name: "review",
    title: "Sprint Review",
    purpose: "The team shows stakeholders what came of the sprint, and together they see what to do next.",
    time: TimeBox::Month(4 * 60),
    about: About::Current,
    parts,
};

fn parts<'a>(facts: &Facts<'a>) -> Vec<Part<'a>> {
    vec![
        Part {
            title: "The goal",
            question: "Was it met?",
            share: 10,
            points: goal(facts),
            without: "There is no sprint to look at.",
        },
        Part {
            title: "Done",
            question: "What do users say when they try it?",
            share: 35,
            points: done(facts),
            without: "Nothing is done.",
        },
        Part {
            title: "Not done",
            question: "What kept it, and is it still wanted?",
            share: 10,
            points: not_done(facts),
            without: match facts.sprint() {
                Some(sprint) if !sprint.items.is_empty() => "Everything is done.",
                _ => "Nothing was planned.",
            },
        },
        Part {
            title: "Numbers",
            question: "What has moved, and did the sprint move it?",
            share: 10,
            points: numbers(facts),
            without: "No metric was read in these days.",
        },
        Part {
            title: "The backlog",
            question: "What has changed in it, and why?",
            share: 10,
            points: changes(facts),
            without: "Nothing is known to have changed.",
        },
        Part {
            title: "Open questions",
            question: "Who in the room can answer?",
            share: 10,
            points: questions(facts),
            without: "Nobody waits for an answer.",
        },
        Part {
            title: "Next",
            question: "Is this still the right order?",
            share: 15,
            points: next(facts),
            without: "No other item is open.",
        },
    ]
}

fn goal<'a>(facts: &Facts<'a>) -> Vec<Point<'a>> {
    let Some(sprint) = facts.sprint() else { return Vec::new() };
    let goal = facts.goal().unwrap_or("no Sprint Goal".into()).into_owned();
    let n_open = sprint.open(facts.backlog).count();
    let n_done = sprint.items.len() - n_open;
    let items = counted(sprint.items.len(), "item");
    vec![Point::words(goal), Point::words(format!("{n_done} of {items} done"))]
}

fn done<'a>(facts: &Facts<'a>) -> Vec<Point<'a>> {
    let items =
        if facts.sprint().is_some() { facts.of_category(Category::Done) } else { Vec::new() };
    let told = |item: &'a Entry| match acceptance::of(&item.document) {
        Some(it) if !it.by.is_empty() => Point::of(item, format!("accepted by {}", it.by)),
        Some(_) => Point::of(item, "accepted"),
        None => Point::of(item, "not accepted yet"),
    };
    items.into_iter().map(told).collect()
}

fn not_done<'a>(facts: &Facts<'a>) -> Vec<Point<'a>> {
    let Some(sprint) = facts.sprint() else { return Vec::new() };
    let told = |item: &'a Entry| {
        let (met, all) = item.met(&facts.backlog.config);
        let criteria =
            if all > 0 { format!(", {met} of {all} criteria met") } else { String::new() };
        Point::of(item, format!("{}{criteria}", item.status()))
    };
    sprint.open(facts.backlog).map(told).collect()
}

/// The days that the review is about.
fn days(facts: &Facts<'_>) -> Option<(Date, Date)> {
    let (start, end) = facts.sprint()?.span()?;
    Some((start, end.max(facts.today)))
}

/// The metrics that were read in these days.
fn numbers<'a>(facts: &Facts<'a>) -> Vec<Point<'a>> {
    let Some((start, end)) = days(facts) else { return Vec::new() };
    let metrics = facts.backlog.of_kind(&METRIC).map(|it| Progress::of(facts.backlog, it));
    let told = |it: Progress<'a>| {
        let last = it.readings.iter().rfind(|reading| reading.date <= end)?;
        let before = it.readings.iter().rfind(|reading| reading.date < start);
        let unit = it.metric.text("unit").map(|unit| format!(" {unit}")).unwrap_or_default();
        (last.date >= start).then(|| {
            let from = before.map(|it| format!("{} → ", it.written)).unwrap_or_default();
            Point::of(it.metric, format!("{from}{}{unit}", last.written))
        })
    };
    first(metrics.filter_map(told))
}

/// What changed in the backlog since the sprint began.
fn changes<'a>(facts: &Facts<'a>) -> Vec<Point<'a>> {
    let Some((start, _)) = days(facts) else { return Vec::new() };
    let lives = || facts.timeline.lives.iter();
    let is_new = |it: &&Life<'_>| it.created.is_some_and(|day| day > start) && !it.is_import;
    let is_dropped = |it: &&Life<'_>| {
        it.now == Category::Dropped && it.states.last().is_some_and(|(day, _)| *day > start)
    };
    let mut points = Vec::new();
    for (n, what) in [
        (lives().filter(is_new).count(), "came in"),
        (lives().filter(is_dropped).count(), "dropped"),
    ] {
        if n > 0 {
            let verb = match (what, n) {
                ("dropped", 1) => "was ",
                ("dropped", _) => "were ",
                _ => "",
            };
            points.push(Point::words(format!("{} {verb}{what}", counted(n, "item"))));
        }
    }
    let mut moves: Vec<(&'a Entry, &Move)> = Vec::new();
    for life in lives() {
        let told = life.told.iter().rev().take_while(|(day, _)| *day > start);
        let mut moved = told.filter_map(|(_, change)| match change {
            Change::Moved(it) => Some(it),
            _ => None,
        });
        moves.extend(life.item.zip(moved.next()));
    }
    moves.sort_by_key(|(_, it)| std::cmp::Reverse(it.from.abs_diff(it.to)));
    let told = |(item, it): (&'a Entry, &Move)| {
        Point::of(item, format!("moved from place {} to {}", it.from, it.to))
    };
    points.extend(moves.into_iter().take(MOVES).map(told));
    points
}

fn questions<'a>(facts: &Facts<'a>) -> Vec<Point<'a>> {
    let open = facts.backlog.readable().filter(|it| facts.backlog.category(it).is_open());
    let asked = open.flat_map(|entry| {
        question::open(entry).into_iter().map(move |it| Point::of(entry, it.note.to_string()))
    });
    first(asked)
}

/// What stands at the top, and the days of the releases.
fn next<'a>(facts: &Facts<'a>) -> Vec<Point<'a>> {
    let backlog = facts.backlog;
    let top = facts.unplanned().take(NEXT).map(|item| {
        let told = if facts.is_ready(item) { "ready".to_owned() } else { facts.wants(item) };
        Point::of(item, told)
    });
    let releases = backlog.of_kind(&RELEASE).filter(|it| backlog.category(it).is_open());
    let releases = releases.map(|it| {
        let target = it.text("target").map_or("no target".to_owned(), |day| format!("for {day}"));
        Point::of(it, format!("{}, {target}", it.status()))
    });
    top.chain(releases).collect()
}
