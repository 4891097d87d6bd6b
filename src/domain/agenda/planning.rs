//! Sprint Planning: why, what, how.

use std::collections::BTreeMap;

use super::facts::{first, points_of};
use super::{About, Ceremony, Facts, Part, Point, TimeBox};
use crate::domain::entry::Entry;
use crate::domain::kind::Category;
use crate::domain::message::counted;
use crate::domain::progress::Pursued;
use crate::domain::select::is_blocked;
use crate::domain::sprint::{Plan, Rules, amount, of_item, plan};

/// How many ready items are shown where nobody knows what fits.
const TOP: usize = 10;

pub(super) const PLANNING: Ceremony = Ceremony {
    name: "planning",
    title: "Sprint Planning",
    purpose: "The team agrees on why this sprint is worth it, what it takes on, and how it begins.",
    time: TimeBox::Month(8 * 60),
    about: About::Next,
    parts,
};

fn parts<'a>(facts: &Facts<'a>) -> Vec<Part<'a>> {
    let plan = filled(facts);
    vec![
        Part {
            title: "Why",
            question: "What will be better for users when this sprint is over? Say it in one sentence.",
            share: 15,
            points: why(facts, plan.as_ref()),
            without: "Nothing says what this sprint could be for.",
        },
        Part {
            title: "How much",
            question: "Who is away, and how much does the team take on?",
            share: 10,
            points: how_much(facts),
            without: "No capacity and no past sprint are known.",
        },
        Part {
            title: "What",
            question: "Which items carry the goal? These are the first that are ready.",
            share: 35,
            points: what(facts, plan.as_ref()),
            without: "No item is ready.",
        },
        Part {
            title: "What waits",
            question: "What has to happen first, and who sees to it?",
            share: 10,
            points: waits(facts),
            without: "Nothing near the top waits for anything.",
        },
        Part {
            title: "How",
            question: "What is done first? Cut the first items into pieces of a day or less.",
            share: 30,
            points: Vec::new(),
            without: "",
        },
    ]
}

/// What the sprint would be filled with, if it says how much fits.
fn filled<'a>(facts: &Facts<'a>) -> Option<Plan<'a>> {
    let sprint = facts.sprint()?;
    let capacity = Some(sprint.capacity.filter(|it| *it > 0.0)?);
    let rules = Rules { capacity, most: usize::MAX, takes_unready: false };
    Some(plan(facts.backlog, &facts.sprints, sprint, rules, facts.today))
}

/// What would be in the sprint: what is in it, and what comes; or the first that are ready.
fn candidates<'a>(facts: &Facts<'a>, plan: Option<&Plan<'a>>) -> Vec<&'a Entry> {
    match plan {
        Some(plan) => plan.sprint.items.iter().chain(&plan.taken).copied().collect(),
        None => facts.unplanned().filter(|item| facts.is_ready(item)).take(TOP).collect(),
    }
}

fn why<'a>(facts: &Facts<'a>, plan: Option<&Plan<'a>>) -> Vec<Point<'a>> {
    let backlog = facts.backlog;
    let mut points = Vec::new();
    points.extend(facts.goal().map(|goal| Point::words(format!("Sprint Goal: {goal}"))));
    let product_goal = backlog.product().and_then(|it| backlog.targets(it, "goal").next());
    points.extend(product_goal.map(|goal| {
        let way = Pursued::of(backlog, goal).way.words();
        Point::of(goal, format!("the Product Goal, {way}"))
    }));
    // The goal that most of the items serve is the one to begin with.
    let items = candidates(facts, plan);
    let mut served: BTreeMap<&str, (&'a Entry, usize)> = BTreeMap::new();
    for goal in items.iter().filter_map(|item| backlog.targets(item, "goal").next()) {
        served.entry(goal.path()).or_insert((goal, 0)).1 += 1;
    }
    let mut served: Vec<(&Entry, usize)> = served.into_values().collect();
    served.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let n = counted(items.len(), "item");
    points.extend(served.into_iter().take(3).map(|(goal, served)| {
        let verb = if served == 1 { "serves" } else { "serve" };
        Point::of(goal, format!("{served} of {n} below {verb} it"))
    }));
    points
}

fn how_much<'a>(facts: &Facts<'a>) -> Vec<Point<'a>> {
    let mut points = Vec::new();
    if let Some(sprint) = facts.sprint() {
        let capacity = sprint.capacity.map_or("none yet".to_owned(), points_of);
        points.push(Point::words(format!("Capacity: {capacity}")));
        let load = amount(facts.backlog, &sprint.items);
        if load.items > 0 {
            let items = counted(load.items, "item");
            points.push(Point::words(format!(
                "In it already: {} in {items}",
                points_of(load.points)
            )));
        }
    }
    let past = facts.state.as_ref().map(|it| &it.velocities[..]).unwrap_or_default();
    points.extend(past.iter().rev().take(3).map(|it| {
        let (planned, done) = (points_of(it.planned.points), points_of(it.delivered.points));
        Point::of(it.sprint, format!("{done} delivered, {planned} planned"))
    }));
    let backlog = facts.backlog;
    let own = facts.sprint().map(|it| it.record);
    let is_left_over = |item: &&Entry| {
        of_item(backlog, item)
            .is_some_and(|it| backlog.category(it) != Category::Todo && Some(it) != own)
    };
    points.extend(first(backlog.open_items().filter(is_left_over).map(|item| {
        Point::of(item, format!("is open in {}", item.text("sprint").unwrap_or_default()))
    })));
    points
}

fn what<'a>(facts: &Facts<'a>, plan: Option<&Plan<'a>>) -> Vec<Point<'a>> {
    let is_in = |item: &Entry| facts.sprint().is_some_and(|sprint| sprint.has(item));
    let told = |item: &'a Entry| {
        let effort =
            item.text("effort").map_or("no effort".to_owned(), |it| format!("effort {it}"));
        let planned = if is_in(item) { ", in the sprint already" } else { "" };
        Point::of(item, effort + planned)
    };
    candidates(facts, plan).into_iter().map(told).collect()
}

/// The first items that wait for others.
fn waits<'a>(facts: &Facts<'a>) -> Vec<Point<'a>> {
    let backlog = facts.backlog;
    let near = backlog.open_items().take(2 * TOP).filter(|item| is_blocked(backlog, item));
    first(near.map(|item| {
        let open = backlog.targets(item, "depends_on").filter(|it| backlog.category(it).is_open());
        let ids: Vec<&str> = open.map(Entry::id).collect();
        Point::of(item, format!("waits for {}", ids.join(", ")))
    }))
}
