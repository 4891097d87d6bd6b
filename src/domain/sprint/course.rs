//! How a sprint went, day by day: what was in it and what of that was done, from the history.

use std::collections::HashSet;

use super::{Amount, FIELD, Members, Sprint, counted};
use crate::domain::backlog::Backlog;
use crate::domain::date::Date;
use crate::domain::diff::{Change, shown};
use crate::domain::entry::{self, Entry};
use crate::domain::kind::Category;
use crate::domain::timeline::Life;

/// How many days are looked at, at most: a sprint is a month or less (Scrum Guide 2020), and a slip of
/// the pen in a date may make it a thousand years.
const LONGEST: usize = 100;

/// How a sprint went.
#[derive(Clone, Debug, Default)]
pub struct Course<'a> {
    /// Each day from the first to the last, or to today.
    pub points: Vec<Point>,
    /// What came after the first day, in the order of the days.
    pub came: Vec<Step<'a>>,
    /// What left it after the first day, dropped or planned for something else.
    pub left: Vec<Step<'a>>,
}

/// The evening of a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The day.
    pub day: Date,
    /// What was in the sprint.
    pub scope: Amount,
    /// What of that was done.
    pub done: Amount,
}

/// An item that came or left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step<'a> {
    /// The day.
    pub day: Date,
    /// Its id.
    pub id: String,
    /// The item, unless it is gone.
    pub item: Option<&'a Entry>,
}

impl<'a> Course<'a> {
    /// The course of a sprint up to today. Empty if it has no first and last day, or has not begun.
    pub fn of(
        backlog: &'a Backlog,
        sprint: &Sprint<'a>,
        members: &Members<'_, 'a>,
        today: Date,
    ) -> Self {
        let Some((start, end)) = sprint.span() else { return Self::default() };
        let lives = members.of_sprint(sprint.record);
        let mut course = Self::default();
        let mut before: Option<Vec<bool>> = None;
        let days = start.series(jiff::Span::new().days(1)).take_while(|day| *day <= end.min(today));
        for day in days.take(LONGEST) {
            let is_in: Vec<bool> =
                lives.iter().map(|life| was_in(backlog, sprint, life, day)).collect();
            course.points.push(point(backlog, lives, &is_in, day));
            for (at, life) in lives.iter().enumerate() {
                let step = || Step { day, id: life.id.to_string(), item: life.item };
                match before.as_ref().map(|before| (before[at], is_in[at])) {
                    Some((false, true)) => course.came.push(step()),
                    Some((true, false)) => course.left.push(step()),
                    _ => {}
                }
            }
            before = Some(is_in);
        }
        course
    }

    /// What was in the sprint in the evening of its first day.
    pub fn planned(&self) -> Option<Amount> {
        self.points.first().map(|it| it.scope)
    }

    /// What is, or was in the end.
    pub fn last(&self) -> Option<Point> {
        self.points.last().copied()
    }
}

/// Whether an item was in a sprint in the evening of a day. One that was written into a closed sprint
/// after its end tells nothing of the day on which it came, and was in it all the time.
pub(super) fn was_in(backlog: &Backlog, sprint: &Sprint<'_>, life: &Life<'_>, day: Date) -> bool {
    let names = |name: &str| backlog.called(name).is_some_and(|it| it == sprint.record);
    let was_there = life.created.is_none_or(|created| created <= day);
    let is_dropped = life.on(day) == Some(Category::Dropped);
    let was_named = || life.field_on(FIELD, day).is_some_and(|name| names(&name));
    was_there && !is_dropped && (was_named() || was_added_late(sprint, life, &names))
}

/// Whether an item was first written into a closed sprint after that had ended, and is in it still.
fn was_added_late(sprint: &Sprint<'_>, life: &Life<'_>, names: &dyn Fn(&str) -> bool) -> bool {
    let Some(end) = sprint.end.filter(|_| sprint.category == Category::Done) else { return false };
    let is_named = life.item.and_then(|item| item.text(FIELD)).is_some_and(|it| names(&it));
    let mut set = life.told.iter().filter(|(_, change)| match change {
        Change::Set(set) if set.field == FIELD => names(&shown(set.to.as_ref())),
        _ => false,
    });
    is_named && set.next().is_some_and(|(day, _)| *day > end)
}

/// Whether an item was done in the evening of a day. What is done and nobody knows since when counts.
pub(super) fn was_done(life: &Life<'_>, day: Date) -> bool {
    let is_undated = life.now == Category::Done && life.done.is_none();
    is_undated || life.on(day) == Some(Category::Done)
}

fn point<'a>(backlog: &'a Backlog, lives: &[&Life<'a>], is_in: &[bool], day: Date) -> Point {
    let inside = || lives.iter().zip(is_in).filter(|(_, is_in)| **is_in).map(|(life, _)| *life);
    let items: Vec<&Entry> = inside().filter_map(|life| life.item).collect();
    let counted: HashSet<&str> =
        counted(backlog, &items).into_iter().map(|item| item.path()).collect();
    let counts = |life: &&Life<'_>| life.item.is_none_or(|item| counted.contains(item.path()));
    let (mut scope, mut done) = (Amount::default(), Amount::default());
    for life in inside().filter(counts) {
        let effort = life.field_on("effort", day).and_then(|text| entry::number(&text));
        scope.add(effort);
        if was_done(life, day) {
            done.add(effort);
        }
    }
    Point { day, scope, done }
}
