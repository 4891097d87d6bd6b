//! How value comes in as effort is spent.

use crate::domain::precedence::Job;

/// How much of everything has come when an item is done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The item, by its number in the plan.
    pub item: usize,
    /// The effort that is spent, with that of this item.
    pub effort: f64,
    /// The value that has come, with that of this item.
    pub value: f64,
}

/// An order, and what it brings when.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// One point for each item, in the order.
    pub points: Vec<Point>,
    /// The cost of delay: the sum over all items of value times the effort that is spent when it
    /// is done (Smith 1956). Value × points.
    pub cost: f64,
}

impl Curve {
    /// The curve of `jobs` in an order.
    pub fn of(order: &[usize], jobs: &[Job]) -> Self {
        let (mut effort, mut value, mut cost) = (0.0, 0.0, 0.0);
        let point = |&item: &usize| {
            effort += jobs[item].size;
            value += jobs[item].weight;
            cost += jobs[item].weight * effort;
            Point { item, effort, value }
        };
        let points = order.iter().map(point).collect();
        Self { points, cost }
    }

    /// The numbers of the items, in the order.
    pub fn order(&self) -> Vec<usize> {
        self.points.iter().map(|point| point.item).collect()
    }

    /// All effort.
    pub fn effort(&self) -> f64 {
        self.points.last().map_or(0.0, |point| point.effort)
    }

    /// All value.
    pub fn value(&self) -> f64 {
        self.points.last().map_or(0.0, |point| point.value)
    }

    /// The value of what is done when so much effort is spent. What is only begun brings nothing.
    pub fn value_at(&self, effort: f64) -> f64 {
        // A sum of decimals may miss its own end by the last bit.
        let limit = effort * (1.0 + f64::EPSILON * 16.0);
        let n_done = self.points.partition_point(|point| point.effort <= limit);
        n_done.checked_sub(1).map_or(0.0, |last| self.points[last].value)
    }

    /// The share of all value that has come when this share of all effort is spent, 0 to 1.
    /// `None` if there is no value.
    pub fn share_at(&self, share: f64) -> Option<f64> {
        let total = self.value();
        (total > 0.0).then(|| self.value_at(self.effort() * share) / total)
    }
}
