//! Figures that change as items move: how early the value comes, and where the sprint is full.

use super::State;
use crate::domain::entry::Entry;
use crate::domain::kind::{Category, SPRINT};
use crate::domain::split;
use crate::domain::value::{Curve, Plan};

/// What the order means.
#[derive(Clone, Debug, Default)]
pub(in crate::tui) struct Figures {
    /// Value over effort in today's order, as it can be worked off.
    pub(in crate::tui) curve: Curve,
    /// The same when the session began.
    pub(in crate::tui) start: Curve,
    /// How many open items have no value or no effort.
    pub(in crate::tui) n_unscored: usize,
    /// The sprint that is running, or planned next.
    pub(in crate::tui) capacity: Option<Capacity>,
    /// Whether the curve is that of an order before.
    is_stale: bool,
}

/// Of so many documents, the curve is computed with each step.
const AT_ONCE: usize = 2_000;

/// How many of the open items fit into a sprint.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::tui) struct Capacity {
    /// The id of the sprint.
    pub(in crate::tui) sprint: String,
    /// How many points it takes.
    pub(in crate::tui) points: f64,
    /// How many items from the top of the order fit.
    pub(in crate::tui) n_fit: usize,
    /// How many of these have no effort, and count nothing.
    pub(in crate::tui) n_unestimated: usize,
}

impl Figures {
    /// From here on, what was is compared with this.
    pub(super) fn begin(&mut self) {
        self.start = self.curve.clone();
    }

    /// By how much the cost of delay has changed since the start: 0.05 is 5 % more.
    pub(in crate::tui) fn change(&self) -> Option<f64> {
        let change = self.curve.cost / self.start.cost - 1.0;
        (self.start.cost > 0.0 && change.abs() >= 0.0005).then_some(change)
    }
}

impl State {
    /// Computes the figures of the order as it is now. The curve of thousands of items waits until
    /// nobody types for a moment.
    pub(super) fn reckon(&mut self) {
        self.figures.capacity = self.capacity();
        self.figures.is_stale = true;
        if self.session.backlog().entries().len() <= AT_ONCE {
            self.reckon_curve();
        }
    }

    /// Computes the curve, unless it is that of the order as it is now.
    pub(super) fn reckon_curve(&mut self) {
        if !std::mem::take(&mut self.figures.is_stale) {
            return;
        }
        let backlog = self.session.backlog();
        let plan = Plan::of(backlog, |_| true);
        let listed: Vec<usize> = (0..plan.items.len()).collect();
        self.figures.curve = Curve::of(&plan.worked_off(&listed), &plan.jobs);
        self.figures.n_unscored = plan.unscored.len();
    }

    fn capacity(&self) -> Option<Capacity> {
        let backlog = self.session.backlog();
        let in_category = |category| {
            let is_meant = move |it: &&Entry| backlog.category(it) == category;
            let sprints = backlog.of_kind(&SPRINT).filter(is_meant);
            sprints.filter(|it| it.number("capacity").is_some_and(|points| points > 0.0))
        };
        let by_start = |it: &&Entry| it.date("start");
        let sprint = in_category(Category::Doing).next();
        let sprint = sprint.or_else(|| in_category(Category::Todo).min_by_key(by_start))?;
        let points = sprint.number("capacity")?;
        let (mut spent, mut n_fit, mut n_unestimated) = (0.0, 0, 0);
        for item in backlog.open_items() {
            let effort = item.number("effort").filter(|effort| *effort > 0.0);
            spent += effort.unwrap_or(0.0);
            if spent > points {
                break;
            }
            n_fit += 1;
            // An epic is the sum of its parts.
            n_unestimated += usize::from(effort.is_none() && !split::is_epic(item));
        }
        Some(Capacity { sprint: sprint.id().to_owned(), points, n_fit, n_unestimated })
    }
}
