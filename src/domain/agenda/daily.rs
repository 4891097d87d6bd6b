//! The Daily Scrum: is the goal still within reach, and what is done about it today?

use std::collections::HashSet;

use super::facts::first;
use super::{About, Ceremony, Facts, Part, Point, TimeBox};
use crate::domain::acceptance::is_awaited;
use crate::domain::date::Date;
use crate::domain::diff::Change;
use crate::domain::entry::Entry;
use crate::domain::kind::Category;
use crate::domain::message::counted;
use crate::domain::select::is_blocked;
use crate::domain::sprint::aged;
use crate::domain::timeline::Life;

/// How many items come next, at most.
const NEXT: usize = 5;

pub(super) const DAILY: Ceremony = Ceremony {
    name: "daily",
    title: "Daily Scrum",
    purpose: "The developers look at how far they are on the way to the Sprint Goal, and plan the next day.",
    time: TimeBox::Fixed(15),
    about: About::Current,
    parts,
};

fn parts<'a>(facts: &Facts<'a>) -> Vec<Part<'a>> {
    vec![
        Part {
            title: "The goal",
            question: "Is it still within reach?",
            share: 15,
            points: goal(facts),
            without: "No sprint is running.",
        },
        Part {
            title: "Since the last working day",
            question: "What is new?",
            share: 20,
            points: news(facts),
            without: "Nothing has changed its status.",
        },
        Part {
            title: "In work",
            question: "What does it take to finish these, the oldest first?",
            share: 35,
            points: in_work(facts),
            without: "Nothing is in work.",
        },
        Part {
            title: "What waits",
            question: "Who helps, and who decides?",
            share: 15,
            points: waits(facts),
            without: "Nothing waits.",
        },
        Part {
            title: "Next",
            question: "What is begun when something is finished?",
            share: 15,
            points: facts
                .of_category(Category::Todo)
                .into_iter()
                .take(NEXT)
                .map(|item| Point::of(item, ""))
                .collect(),
            without: "Nothing is left to begin.",
        },
    ]
}

fn goal<'a>(facts: &Facts<'a>) -> Vec<Point<'a>> {
    let Some(sprint) = facts.sprint() else { return Vec::new() };
    let mut points = Vec::new();
    let goal = facts.goal().unwrap_or("no Sprint Goal".into());
    points.push(Point::words(goal.into_owned()));
    let left = sprint.days_left(facts.today).map(|days| match days {
        0 => "it ends today".to_owned(),
        1.. => format!("{} left", counted(days as usize, "day")),
        _ => format!("over for {}", counted(days.unsigned_abs() as usize, "day")),
    });
    let day = sprint.day(facts.today).zip(sprint.n_days());
    let day = day.map(|(day, all)| format!("day {day} of {all}"));
    let told: Vec<String> = day.into_iter().chain(left).collect();
    if !told.is_empty() {
        points.push(Point::words(told.join(", ")));
    }
    let n_open = sprint.open(facts.backlog).count();
    let items = counted(sprint.items.len(), "item");
    points.push(Point::words(format!("{n_open} of {items} open")));
    points
}

/// The last day before today on which people work.
fn working_day_before(today: Date) -> Date {
    use jiff::civil::Weekday::{Monday, Sunday};
    let days = match today.weekday() {
        Monday => 3,
        Sunday => 2,
        _ => 1,
    };
    today.checked_sub(jiff::Span::new().days(days)).unwrap_or(today)
}

/// What has changed its status since then, the newest first.
fn news<'a>(facts: &Facts<'a>) -> Vec<Point<'a>> {
    let since = working_day_before(facts.today);
    let mut news: Vec<(Date, Point<'a>)> = Vec::new();
    for life in &facts.timeline.lives {
        let (Some(item), Some((day, category))) = (life.item, life.states.last().copied()) else {
            continue;
        };
        // What nobody knows the day of is no news of today.
        if day >= since && is_told(life, day) {
            let told = match category {
                Category::Todo if life.created == Some(day) => "is new",
                Category::Todo => "is open again",
                Category::Doing => "was begun",
                Category::Done => "was done",
                Category::Dropped => "was dropped",
            };
            news.push((day, Point::of(item, format!("{told} on {day}"))));
        }
    }
    news.sort_by_key(|(day, _)| std::cmp::Reverse(*day));
    first(news.into_iter().map(|(_, point)| point))
}

/// Whether a field or the history says that something happened to an item on a day.
fn is_told(life: &Life<'_>, day: Date) -> bool {
    let is_status = |change: &Change| matches!(change, Change::Set(set) if set.field == "status");
    [life.created, life.started, life.done].contains(&Some(day))
        || life.told.iter().any(|(on, change)| *on == day && is_status(change))
}

fn in_work<'a>(facts: &Facts<'a>) -> Vec<Point<'a>> {
    let mut items = facts.of_category(Category::Doing);
    items.sort_by_key(|item| std::cmp::Reverse(facts.age(item)));
    let old = aged(facts.timeline, facts.today);
    let old: HashSet<&str> = old.iter().map(|(life, _)| &*life.id).collect();
    first(items.into_iter().map(|item| {
        let who = item.text("assignee").map(|who| format!(", {who}")).unwrap_or_default();
        let age = match facts.age(item) {
            Some(days) => format!("in work for {}", counted(days.max(0) as usize, "day")),
            None => "nobody knows since when".to_owned(),
        };
        let old =
            if old.contains(item.id()) { ", longer than 85 % of those that were done" } else { "" };
        Point::of(item, format!("{}{who}: {age}{old}", item.status()))
    }))
}

fn waits<'a>(facts: &Facts<'a>) -> Vec<Point<'a>> {
    let backlog = facts.backlog;
    let open =
        || [Category::Doing, Category::Todo].into_iter().flat_map(|it| facts.of_category(it));
    let blocked = open().filter(|item| is_blocked(backlog, item)).map(|item| {
        let open = backlog.targets(item, "depends_on").filter(|it| backlog.category(it).is_open());
        Point::of(item, format!("waits for {}", open.map(Entry::id).collect::<Vec<_>>().join(", ")))
    });
    let awaited = open().filter(|item| is_awaited(backlog, item));
    let awaited = awaited.map(|item| Point::of(item, "waits to be accepted"));
    first(blocked.chain(awaited))
}
