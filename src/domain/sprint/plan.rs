//! Filling a sprint from the top of the order, by capacity and dependencies.
//!
//! An item is taken if it is ready, has an effort that still fits, and waits for nothing that is not done
//! before or in the sprint too; what it waits for is taken with it. What does not fit is passed over, and
//! smaller items below are looked at: the reason is told for each.

use std::collections::HashSet;

use super::{Sprint, amount, of_item};
use crate::domain::backlog::Backlog;
use crate::domain::date::Date;
use crate::domain::entry::Entry;
use crate::domain::kind::Category;
use crate::domain::rules::{self, Inspection};
use crate::domain::split;

/// How many items may wait for one another in a row: more than that fits into no sprint.
const DEEPEST: usize = 50;

/// What may be taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules {
    /// The effort that fits; `None`: any.
    pub capacity: Option<f64>,
    /// How many items may come at most.
    pub most: usize,
    /// Whether items that are not ready may come.
    pub takes_unready: bool,
}

/// What a sprint would be filled with.
#[derive(Clone, Debug)]
pub struct Plan<'a> {
    /// The sprint as it is.
    pub sprint: Sprint<'a>,
    /// What may be taken.
    pub rules: Rules,
    /// The items that come, in their order, with what each waits for before it.
    pub taken: Vec<&'a Entry>,
    /// The items that were looked at and do not come, in their order.
    pub left: Vec<Left<'a>>,
    /// How many of the open items below were not looked at, since there is no room any more.
    pub n_below: usize,
    /// The effort in the sprint before, and with what comes.
    pub points: (f64, f64),
}

/// An item that does not come.
#[derive(Clone, Debug, PartialEq)]
pub struct Left<'a> {
    /// The item.
    pub item: &'a Entry,
    /// Why not.
    pub why: Why,
}

/// Why an item does not come.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// It has parts, which are planned in its stead.
    Whole,
    /// It is planned for this sprint, which is not over.
    Planned(String),
    /// Its status says that it is not ready.
    Unready(String),
    /// It lacks what the Definition of Ready or its type asks for.
    Lacks(Vec<String>),
    /// Nobody knows its effort.
    Unestimated,
    /// It is larger than the whole sprint.
    Large(f64),
    /// Its effort, with what it waits for, is more than is free.
    Full {
        /// The effort that it needs.
        needs: f64,
        /// The effort that is free.
        free: f64,
    },
    /// It waits for this item, which cannot come either.
    Waits(String),
    /// It waits for itself, over others.
    Circle,
}

/// What the sprint of a record would be filled with.
pub fn plan<'a>(
    backlog: &'a Backlog,
    sprints: &[Sprint<'a>],
    sprint: &Sprint<'a>,
    rules: Rules,
    today: Date,
) -> Plan<'a> {
    let points = amount(backlog, &sprint.items).points;
    let filling = Filling {
        backlog,
        sprints,
        sprint,
        rules,
        inspection: Inspection::new(backlog, &backlog.config, today, None),
        wholes: backlog.items().filter_map(|item| backlog.parent(item)).map(Entry::path).collect(),
        taken: Vec::new(),
        is_in: sprint.items.iter().map(|item| item.path()).collect(),
        points,
    };
    filling.fill()
}

struct Filling<'a, 's> {
    backlog: &'a Backlog,
    sprints: &'s [Sprint<'a>],
    sprint: &'s Sprint<'a>,
    rules: Rules,
    inspection: Inspection<'a>,
    /// The paths of the items that have parts.
    wholes: HashSet<&'a str>,
    taken: Vec<&'a Entry>,
    /// The paths of what is in the sprint, and of what comes.
    is_in: HashSet<&'a str>,
    points: f64,
}

impl<'a> Filling<'a, '_> {
    fn fill(mut self) -> Plan<'a> {
        let before = self.points;
        let (mut left, mut n_below) = (Vec::new(), 0);
        for item in self.backlog.open_items() {
            if self.is_in.contains(item.path()) {
                continue;
            }
            if self.is_full() {
                n_below += 1;
                continue;
            }
            match self.with_what_it_waits_for(item) {
                Ok(items) => self.take(&items),
                Err(why) => left.push(Left { item, why }),
            }
        }
        let (rules, taken) = (self.rules, self.taken);
        Plan {
            sprint: self.sprint.clone(),
            rules,
            taken,
            left,
            n_below,
            points: (before, self.points),
        }
    }

    /// Whether nothing at all can come any more.
    fn is_full(&self) -> bool {
        self.taken.len() >= self.rules.most
            || self.rules.capacity.is_some_and(|capacity| self.points >= capacity)
    }

    fn take(&mut self, items: &[&'a Entry]) {
        for item in items {
            self.points += item.number("effort").unwrap_or(0.0);
            self.is_in.insert(item.path());
            self.taken.push(item);
        }
    }

    /// The item with all that has to come with it, which comes first; or why it cannot.
    fn with_what_it_waits_for(&self, item: &'a Entry) -> Result<Vec<&'a Entry>, Why> {
        let mut items = Vec::new();
        self.gather(item, &mut Vec::new(), &mut items)?;
        let needs: f64 = items.iter().filter_map(|it| it.number("effort")).sum();
        if let Some(capacity) = self.rules.capacity {
            let free = (capacity - self.points).max(0.0);
            let own = item.number("effort").unwrap_or(0.0);
            if own > capacity {
                return Err(Why::Large(own));
            }
            // Sums of decimals miss a point by their last bit.
            if needs > free + 1e-9 {
                return Err(Why::Full { needs, free });
            }
        }
        match self.taken.len() + items.len() > self.rules.most {
            true => Err(Why::Waits(items[0].id().to_owned())),
            false => Ok(items),
        }
    }

    /// Adds an item behind what it waits for. `open` are those that wait for it, from the first on.
    fn gather(
        &self,
        item: &'a Entry,
        open: &mut Vec<&'a Entry>,
        items: &mut Vec<&'a Entry>,
    ) -> Result<(), Why> {
        if self.is_in.contains(item.path()) || items.contains(&item) {
            return Ok(());
        }
        if open.contains(&item) {
            return Err(Why::Circle);
        }
        if open.len() >= DEEPEST {
            return Err(Why::Waits(item.id().to_owned()));
        }
        self.may_come(item)?;
        open.push(item);
        for other in self.backlog.targets(item, "depends_on") {
            let waits = |why| match why {
                Why::Circle => Why::Circle,
                _ => Why::Waits(other.id().to_owned()),
            };
            if self.backlog.category(other).is_open() && !self.comes_before(other) {
                self.gather(other, open, items).map_err(waits)?;
            }
        }
        open.pop();
        items.push(item);
        Ok(())
    }

    /// Whether an item is planned for a sprint that is over before this one begins.
    fn comes_before(&self, item: &Entry) -> bool {
        let other = of_item(self.backlog, item)
            .and_then(|record| self.sprints.iter().find(|it| it.record == record));
        let is_over = |it: &Sprint<'_>| {
            it.category.is_open()
                && it.end.zip(self.sprint.start).is_some_and(|(end, start)| end < start)
        };
        other.is_some_and(is_over)
    }

    /// Whether an item by itself may come.
    fn may_come(&self, item: &Entry) -> Result<(), Why> {
        if self.wholes.contains(item.path()) || split::is_epic(item) {
            return Err(Why::Whole);
        }
        if let Some(other) = of_item(self.backlog, item)
            && self.backlog.category(other).is_open()
            && other != self.sprint.record
        {
            return Err(Why::Planned(other.id().to_owned()));
        }
        let has_begun = self.backlog.category(item) == Category::Doing;
        if !self.rules.takes_unready && !has_begun && !self.inspection.is_ready(item) {
            return Err(Why::Unready(item.status().into_owned()));
        }
        let lacks = rules::lacks(item, &self.backlog.config);
        if !self.rules.takes_unready && !has_begun && !lacks.is_empty() {
            return Err(Why::Lacks(lacks));
        }
        match self.rules.capacity.is_some() && item.number("effort").is_none() {
            true => Err(Why::Unestimated),
            false => Ok(()),
        }
    }
}
