//! What ceremonies look at, gathered once.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::{About, Point};
use crate::domain::backlog::Backlog;
use crate::domain::date::{Date, days_between};
use crate::domain::entry::Entry;
use crate::domain::kind::Category;
use crate::domain::rules::{Inspection, lacks};
use crate::domain::sprint::{self, Sprint, State};
use crate::domain::timeline::{Life, Timeline};

/// How many things a part of a ceremony lists.
const SHOWN: usize = 10;

/// What ceremonies look at.
pub struct Facts<'a> {
    /// The backlog.
    pub backlog: &'a Backlog,
    /// What happened to each item.
    pub timeline: &'a Timeline<'a>,
    /// All sprints, the earliest first.
    pub sprints: Vec<Sprint<'a>>,
    /// Where the sprint stands that it is about; `None` if there is none.
    pub state: Option<State<'a>>,
    /// Today.
    pub today: Date,
    inspection: Inspection<'a>,
    /// What happened to each item that is there, by its path.
    lives: HashMap<&'a str, &'a Life<'a>>,
    /// The paths of the items that have parts.
    wholes: HashSet<&'a str>,
}

impl<'a> Facts<'a> {
    /// What there is to say about a sprint, or about the one that a ceremony means.
    pub fn of(
        backlog: &'a Backlog,
        timeline: &'a Timeline<'a>,
        record: Option<&'a Entry>,
        about: About,
    ) -> Self {
        let (sprints, today) = (sprint::all(backlog), timeline.today);
        let record = record.or_else(|| meant(&sprints, about));
        Self {
            state: record.map(|record| sprint::state(backlog, record, timeline)),
            lives: timeline.lives.iter().filter_map(|it| Some((it.item?.path(), it))).collect(),
            inspection: Inspection::new(backlog, &backlog.config, today, None),
            wholes: backlog.items().filter_map(|it| backlog.parent(it)).map(Entry::path).collect(),
            backlog,
            timeline,
            sprints,
            today,
        }
    }

    /// The sprint that it is about.
    pub fn sprint(&self) -> Option<&Sprint<'a>> {
        self.state.as_ref().map(|it| &it.sprint)
    }

    /// How many days the sprint has, or else the last one that says.
    pub(super) fn n_days(&self) -> Option<i64> {
        let own = self.sprint().and_then(Sprint::n_days);
        own.or_else(|| self.sprints.iter().rev().find_map(Sprint::n_days))
    }

    /// The goal in words.
    pub(super) fn goal(&self) -> Option<Cow<'a, str>> {
        self.sprint().and_then(|it| it.goal(self.backlog))
    }

    /// The open items that are not in a sprint which runs or is planned, in their order, without those
    /// that have parts.
    pub(super) fn unplanned(&self) -> impl Iterator<Item = &'a Entry> {
        let is_planned = |item: &Entry| {
            sprint::of_item(self.backlog, item)
                .is_some_and(|record| self.backlog.category(record).is_open())
        };
        let items = self.backlog.open_items();
        items.filter(move |item| !is_planned(item) && !self.wholes.contains(item.path()))
    }

    /// Whether an item counts as ready, and lacks nothing for it.
    pub(super) fn is_ready(&self, item: &Entry) -> bool {
        self.inspection.is_ready(item) && lacks(item, &self.backlog.config).is_empty()
    }

    /// What an item is not ready for want of.
    pub(super) fn wants(&self, item: &Entry) -> String {
        let lacks = lacks(item, &self.backlog.config);
        let is = match self.inspection.is_ready(item) {
            true => Vec::new(),
            false => vec![format!("is {}", item.status())],
        };
        let lacks = (!lacks.is_empty()).then(|| format!("lacks {}", lacks.join(", ")));
        is.into_iter().chain(lacks).collect::<Vec<_>>().join(", ")
    }

    /// The items of the sprint of which the status means this, in their order; of the whole backlog if
    /// there is no sprint.
    pub(super) fn of_category(&self, wanted: Category) -> Vec<&'a Entry> {
        let is_wanted = |item: &&'a Entry| self.backlog.category(item) == wanted;
        match self.sprint() {
            Some(sprint) => sprint.items.iter().copied().filter(is_wanted).collect(),
            None => self.backlog.items().filter(is_wanted).collect(),
        }
    }

    /// What happened to an item.
    pub(super) fn life(&self, item: &Entry) -> Option<&'a Life<'a>> {
        self.lives.get(item.path()).copied()
    }

    /// How many days ago work on an item began.
    pub(super) fn age(&self, item: &Entry) -> Option<i64> {
        Some(days_between(self.life(item)?.started?, self.today))
    }
}

/// The sprint that is meant when none is named.
fn meant<'a>(sprints: &[Sprint<'a>], about: About) -> Option<&'a Entry> {
    let first = |wanted| sprints.iter().find(|it| it.category == wanted);
    let last = |wanted| sprints.iter().rfind(|it| it.category == wanted);
    let found = match about {
        About::Next => first(Category::Todo).or_else(|| last(Category::Doing)),
        About::Current => last(Category::Doing).or_else(|| last(Category::Done)),
    };
    found.map(|it| it.record)
}

/// The first of some points, and how many more there are.
pub(super) fn first<'a>(points: impl IntoIterator<Item = Point<'a>>) -> Vec<Point<'a>> {
    let mut points: Vec<Point<'a>> = points.into_iter().collect();
    let n_more = points.len().saturating_sub(SHOWN);
    points.truncate(SHOWN);
    if n_more > 0 {
        points.push(Point::words(format!("and {n_more} more")));
    }
    points
}

/// An effort in words; sums of decimals without their dust.
pub(super) fn points_of(points: f64) -> String {
    let points = (points * 100.0).round() / 100.0;
    format!("{points} {}", if points == 1.0 { "point" } else { "points" })
}
