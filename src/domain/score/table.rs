//! The scores of all open items, side by side.

use super::Scoring;
use super::Worth;
use super::dependencies::{after, among};
use super::input::Lack;
use crate::domain::backlog::Backlog;
use crate::domain::entry::Entry;
use crate::domain::graph::Walk;

/// How many places an item may stand apart in the two orders, by value and by score, before it is
/// marked: every ratio prefers what is small.
pub const FAR: usize = 10;

/// The open items of a backlog by their scores.
#[derive(Debug)]
pub struct Table<'a> {
    /// The items with a score, the best first; of equals, the one that stands higher today.
    pub scored: Vec<Scored<'a>>,
    /// The items without one, in the order of the backlog.
    pub unscored: Vec<Unscored<'a>>,
}

impl<'a> Table<'a> {
    /// The index of an item among the scored ones.
    pub fn index(&self, item: &Entry) -> Option<usize> {
        self.scored.iter().position(|it| it.item == item)
    }

    /// An item, if it has a score.
    pub fn of(&self, item: &Entry) -> Option<&Scored<'a>> {
        self.scored.iter().find(|it| it.item == item)
    }
}

/// An item with a score.
#[derive(Debug)]
pub struct Scored<'a> {
    /// The item.
    pub item: &'a Entry,
    /// Its place among the open items, from 1.
    pub position: usize,
    /// The values of the inputs of the model.
    pub values: Vec<f64>,
    /// Weight and size.
    pub worth: Worth,
    /// Its place by score, from 1; equal ones share a place.
    pub rank: usize,
    /// Its place by weight alone.
    pub value_rank: usize,
    /// The weight that waits for it.
    pub behind: Behind,
}

impl Scored<'_> {
    /// Whether it stands far apart in the two orders.
    pub fn is_far(&self) -> bool {
        self.rank.abs_diff(self.value_rank) > FAR
    }
}

/// An item without a score.
#[derive(Debug)]
pub struct Unscored<'a> {
    /// The item.
    pub item: &'a Entry,
    /// Its place among the open items, from 1.
    pub position: usize,
    /// What it lacks.
    pub lacks: Vec<Lack>,
    /// The weight that waits for it.
    pub behind: Behind,
}

/// The open items that wait for an item, directly or through others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Behind {
    /// The sum of their weights.
    pub weight: f64,
    /// How many of them have one.
    pub n_items: usize,
    /// The ids of the heaviest of these, at most [`TOLD`].
    pub via: Vec<String>,
}

/// How many of the items that wait for another are told by id.
pub const TOLD: usize = 3;

/// The scores of all open items.
pub fn table<'a>(backlog: &'a Backlog, scoring: &Scoring) -> Table<'a> {
    let items: Vec<&Entry> = backlog.open_items().collect();
    let results: Vec<_> = items.iter().map(|item| scoring.score(item)).collect();
    let weights: Vec<f64> =
        results.iter().map(|it| it.as_ref().map_or(0.0, |(_, worth)| worth.weight)).collect();
    let after = after(&among(backlog, &items));
    let mut walk = Walk::new(&after);
    let (mut scored, mut unscored) = (Vec::new(), Vec::new());
    for (at, result) in results.into_iter().enumerate() {
        let (item, position) = (items[at], at + 1);
        let behind = behind(at, &mut walk, &weights, &items);
        match result {
            Ok((values, worth)) => {
                scored.push(Scored {
                    item,
                    position,
                    values,
                    worth,
                    rank: 0,
                    value_rank: 0,
                    behind,
                });
            }
            Err(lacks) => unscored.push(Unscored { item, position, lacks, behind }),
        }
    }
    scored.sort_by(|a, b| a.worth.best_first(&b.worth).then(a.position.cmp(&b.position)));
    give_places(&mut scored);
    Table { scored, unscored }
}

/// What waits for an item.
fn behind(at: usize, walk: &mut Walk<'_>, weights: &[f64], items: &[&Entry]) -> Behind {
    let mut behind = Behind::default();
    let mut heaviest: Vec<usize> = Vec::new();
    for &it in walk.from(at).iter().filter(|&&it| weights[it] > 0.0) {
        behind.weight += weights[it];
        behind.n_items += 1;
        let place = heaviest.partition_point(|&other| weights[other] >= weights[it]);
        heaviest.insert(place, it);
        heaviest.truncate(TOLD);
    }
    behind.via = heaviest.into_iter().map(|it| items[it].id().to_owned()).collect();
    behind
}

/// The places by score and by weight; the items are sorted by score.
fn give_places(scored: &mut [Scored<'_>]) {
    for at in 0..scored.len() {
        let is_equal = at > 0 && scored[at - 1].worth.best_first(&scored[at].worth).is_eq();
        scored[at].rank = if is_equal { scored[at - 1].rank } else { at + 1 };
    }
    let mut weights: Vec<(usize, f64)> =
        scored.iter().map(|it| (it.worth.class, it.worth.weight)).collect();
    let by_weight = |a: &(usize, f64), b: &(usize, f64)| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1));
    weights.sort_by(by_weight);
    for it in scored {
        let own = (it.worth.class, it.worth.weight);
        it.value_rank = weights.partition_point(|other| by_weight(other, &own).is_lt()) + 1;
    }
}
