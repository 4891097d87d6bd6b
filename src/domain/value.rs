//! How early the value of a backlog comes, and what its order costs.
//!
//! The order says what is done first, the effort says how long each item takes; so the value of an
//! item comes when the effort of everything above it, and its own, is spent. The cost of delay of an
//! order is the sum of value times that effort (Smith 1956; Reinertsen, The Principles of Product
//! Development Flow, 2009). Items without a value or an effort say nothing here: they are listed
//! apart, and never taken for zero.

mod bias;
mod curve;
mod envelope;
mod inversion;
mod kendall;
mod plan;
#[cfg(test)]
mod properties;
mod selling;
#[cfg(test)]
mod tests;
mod waiting;

use super::backlog::Backlog;
use super::date::Date;
use super::effect;
use super::entry::Entry;
use super::precedence;

pub use bias::{ACCIDENT, Bias, FOLLOWS};
pub use curve::{Curve, Point};
pub use inversion::{Inversion, worst_new};
pub use kendall::tau_b;
pub use plan::{Plan, Worth, lack, worth};
pub use selling::{Selling, Share};
pub use waiting::{Delivered, FEWEST, Starvation, Starved};

/// How many inversions are told.
pub const TOLD: usize = 10;

/// How early the value of a backlog comes, and what its order costs.
#[derive(Debug)]
pub struct Value<'a> {
    /// The items, and what binds their order.
    pub plan: Plan<'a>,
    /// Today's order, as it can be worked off.
    pub today: Curve,
    /// The best order that is known; today's, if none is better.
    pub best: Curve,
    /// Always the cheapest item for which nothing is missing.
    pub cheapest: Curve,
    /// How many points a week takes, by the capacity of the sprint that is running or was last.
    pub points_a_week: Option<f64>,
    /// The pairs of today's order that cost most, the worst first, each with what would help.
    pub inversions: Vec<(Inversion, Option<Advice<'a>>)>,
    /// What today's order follows; `None` if too few items differ.
    pub bias: Option<Bias>,
    /// What is worth much and waits.
    pub starvation: Starvation<'a>,
    /// What was done last. It is about all items, whatever was asked for.
    pub delivered: Option<Delivered>,
    /// The shares of the planned value by what they do to the selling proposition.
    pub selling: Vec<Share>,
}

/// A move that puts a pair of items the right way round.
#[derive(Clone, Debug)]
pub struct Advice<'a> {
    /// What moves, in the order in which it stands afterwards: an item, and what is bound to it.
    pub moved: Vec<&'a Entry>,
    /// Where it goes.
    pub side: Side,
    /// The item beside which it goes.
    pub anchor: &'a Entry,
    /// What the move gains in all, in value × points; more than zero.
    pub gain: f64,
}

/// On which side of another item something goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Above it.
    Before,
    /// Below it.
    After,
}

impl Advice<'_> {
    /// What to type.
    pub fn command(&self) -> String {
        let ids: Vec<&str> = self.moved.iter().map(|item| item.id()).collect();
        let side = match self.side {
            Side::Before => "--before",
            Side::After => "--after",
        };
        format!("git backlog rank {} {side} {}", ids.join(" "), self.anchor.id())
    }
}

impl Value<'_> {
    /// By how much today's order costs more delay than the best one: 0.18 is 18 % more. `None`
    /// if there is no value that could come later.
    pub fn gap(&self) -> Option<f64> {
        gap(&self.today, &self.best)
    }

    /// What that is, in value × points.
    pub fn lost(&self) -> f64 {
        self.today.cost - self.best.cost
    }

    /// An amount of value × points as value-weeks; `None` if nobody knows the points of a week.
    pub fn weeks(&self, value_points: f64) -> Option<f64> {
        Some(value_points / self.points_a_week?)
    }
}

/// What the open items of `backlog` for which `is_asked` holds are worth, and when, on `today`.
pub fn value<'a>(
    backlog: &'a Backlog,
    today: Date,
    is_asked: impl Fn(&Entry) -> bool,
) -> Value<'a> {
    let plan = Plan::of(backlog, &is_asked);
    let (curve, best) = curves(&plan);
    let cheapest = Curve::of(&plan.worked_off(&cheapest_first(&plan)), &plan.jobs);
    let order = curve.order();
    let worst = inversion::worst(&order, &plan.jobs, &plan.needs, TOLD);
    let inversions = worst.into_iter().map(|it| (it, advice(&plan, &curve, it))).collect();
    let asked: Vec<&Entry> = backlog.open_items().filter(|item| is_asked(item)).collect();
    Value {
        bias: Bias::of(&order, &plan.jobs),
        starvation: waiting::starvation(backlog, &asked, today),
        delivered: waiting::delivered(backlog),
        selling: selling::shares(&plan.items),
        points_a_week: effect::points_a_week(backlog),
        today: curve,
        best,
        cheapest,
        inversions,
        plan,
    }
}

/// By how much the order of all open items costs more delay than the best one.
pub fn gap_of(plan: &Plan<'_>) -> Option<f64> {
    let (today, best) = curves(plan);
    gap(&today, &best)
}

fn gap(today: &Curve, best: &Curve) -> Option<f64> {
    (best.cost > 0.0).then(|| today.cost / best.cost - 1.0)
}

/// Today's order and the best one.
fn curves(plan: &Plan<'_>) -> (Curve, Curve) {
    let listed: Vec<usize> = (0..plan.items.len()).collect();
    let today = Curve::of(&plan.worked_off(&listed), &plan.jobs);
    let best = Curve::of(&precedence::sidney(&plan.jobs, &plan.needs), &plan.jobs);
    let best = if best.cost < today.cost { best } else { today.clone() };
    (today, best)
}

/// The items by effort; equal ones stay as they are listed.
fn cheapest_first(plan: &Plan<'_>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..plan.items.len()).collect();
    order.sort_by(|&a, &b| plan.jobs[a].size.total_cmp(&plan.jobs[b].size));
    order
}

/// The better one of two moves: the lower item goes above the other one, or the upper one below,
/// with what is bound to it. `None` if neither gains anything, because of what stands between.
fn advice<'a>(plan: &Plan<'a>, today: &Curve, pair: Inversion) -> Option<Advice<'a>> {
    let Inversion { above, below, .. } = pair;
    let moves = [
        (Side::Before, plan.risen_with(below, above), above),
        (Side::After, plan.sunk_with(above, below), below),
    ];
    let advice = moves.map(|(side, company, anchor)| {
        let order = plan.worked_off(&moved_to(plan, &company.scored, side, anchor));
        let gain = today.cost - Curve::of(&order, &plan.jobs).cost;
        Advice { moved: company.entries, side, anchor: plan.items[anchor], gain }
    });
    let helps = advice.into_iter().filter(|it| it.gain > 0.0);
    helps.reduce(|best, it| if it.gain > best.gain { it } else { best })
}

/// The scored items as they are listed after some have moved beside another one.
fn moved_to(plan: &Plan<'_>, moved: &[usize], side: Side, anchor: usize) -> Vec<usize> {
    let mut is_moved = vec![false; plan.items.len()];
    moved.iter().for_each(|&item| is_moved[item] = true);
    let mut order: Vec<usize> = (0..plan.items.len()).filter(|&item| !is_moved[item]).collect();
    let at = order.partition_point(|&item| item < anchor) + usize::from(side == Side::After);
    order.splice(at..at, moved.iter().copied());
    order
}
