//! The places of changed items in both orders, and the moves that follow from them.

use std::collections::BTreeMap;

use super::moves::{Candidate, Mover, Spot, movers};
use super::pair::Pair;
use super::{Direction, Move, PASSED};
use crate::domain::config::Config;
use crate::domain::order::{Order, Placed};

/// How many places beside its new one are looked at to name what a move passed.
const LOOKED_AT: usize = 200;

/// Where changed items are in both orders.
#[derive(Debug)]
pub(super) struct Places {
    before: Side,
    after: Side,
    candidates: Vec<Candidate>,
    /// The pair of each candidate.
    pairs: Vec<usize>,
    /// How many items are in both orders and did not change.
    n_rest: usize,
    /// The sizes of both orders.
    pub(super) n_open: (usize, usize),
    direction: Direction,
}

/// The changed items of one order.
#[derive(Debug)]
struct Side {
    /// By pair; `None` for what is not in this order.
    spots: Vec<Option<Spot>>,
    /// The index of each changed item with its pair; every index is larger than the one before.
    indices: Vec<(usize, usize)>,
    /// By pair.
    ids: Vec<Option<Box<str>>>,
}

/// The moves, by what moved.
#[derive(Debug, Default)]
pub(super) struct Moves {
    /// By pair.
    pub(super) candidates: BTreeMap<usize, Move>,
    /// Items whose files did not change, by id.
    pub(super) rest: Vec<(String, Move)>,
}

impl Places {
    /// The places of the items in `pairs`; brings `order` to the other state.
    pub(super) fn of(
        pairs: &[Pair],
        settings: (&Config, &Config),
        order: &mut Order,
        direction: Direction,
    ) -> Self {
        let placed = |entry: Option<&_>, config| entry.and_then(|it| Placed::of(it, config));
        let old: Vec<_> = pairs.iter().map(|it| placed(it.before.as_ref(), settings.0)).collect();
        let new: Vec<_> = pairs.iter().map(|it| placed(it.after.as_ref(), settings.1)).collect();
        let (here, there) = match direction {
            Direction::Forward => (&old, &new),
            Direction::Backward => (&new, &old),
        };
        let (n_here, first) = (order.len(), Side::of(order, here));
        for it in here.iter().flatten() {
            order.remove(it);
        }
        let n_rest = order.len();
        there.iter().flatten().for_each(|it| order.insert(it.clone()));
        let (n_there, second) = (order.len(), Side::of(order, there));
        let (before, after, n_open) = match direction {
            Direction::Forward => (first, second, (n_here, n_there)),
            Direction::Backward => (second, first, (n_there, n_here)),
        };
        let mut candidates = Vec::new();
        let mut of_pair = Vec::new();
        for at in 0..pairs.len() {
            if let (Some(was), Some(is)) = (before.spots[at], after.spots[at]) {
                let is_rekeyed = old[at] != new[at];
                candidates.push(Candidate { before: was, after: is, is_rekeyed });
                of_pair.push(at);
            }
        }
        Self { before, after, candidates, pairs: of_pair, n_rest, n_open, direction }
    }

    /// The places of an item before and after, from 1.
    pub(super) fn positions(&self, pair: usize) -> (Option<usize>, Option<usize>) {
        let position = |side: &Side| side.spots[pair].map(|spot| spot.index + 1);
        (position(&self.before), position(&self.after))
    }

    /// The moves. `order` is the one that [`Places::of`] left.
    pub(super) fn moves(&self, order: &Order) -> Moves {
        let movers = movers(&self.candidates, self.n_rest);
        let stayers = Stayers::of(&self.candidates, &movers);
        let teller = Teller { places: self, order, stayers };
        let common = Common::of(&self.candidates);
        let mut moves = Moves::default();
        for mover in &movers {
            match *mover {
                Mover::Candidate(at) => {
                    let Candidate { before, after, is_rekeyed } = self.candidates[at];
                    if is_rekeyed || !common.keeps(before, after) {
                        moves.candidates.insert(self.pairs[at], teller.told(before, after));
                    }
                }
                Mover::Rest(n_rest) => {
                    let spot = |side: &Side| Spot { index: side.index_of_rest(n_rest), n_rest };
                    let (before, after) = (spot(&self.before), spot(&self.after));
                    if !common.keeps(before, after) {
                        let id = teller.id_of_rest(n_rest).unwrap_or_default();
                        moves.rest.push((id, teller.told(before, after)));
                    }
                }
            }
        }
        moves
    }
}

impl Side {
    fn of(order: &Order, placed: &[Option<Placed>]) -> Self {
        let mut indices: Vec<(usize, usize)> = Vec::new();
        for (pair, it) in placed.iter().enumerate() {
            indices.extend(it.as_ref().map(|it| (order.n_before(it), pair)));
        }
        indices.sort_unstable();
        // Two files may claim the same id and the same key: nothing but their number tells them
        // apart, and each has a place of its own.
        for at in 1..indices.len() {
            indices[at].0 = indices[at].0.max(indices[at - 1].0 + 1);
        }
        let mut spots = vec![None; placed.len()];
        for (n_changed, (index, pair)) in indices.iter().enumerate() {
            let n_rest = index - n_changed;
            spots[*pair] = Some(Spot { index: *index, n_rest });
        }
        let ids = placed.iter().map(|it| it.as_ref().map(|it| it.id().into())).collect();
        Self { spots, indices, ids }
    }

    /// The index of one of the items that did not change, by its number among them.
    fn index_of_rest(&self, n_rest: usize) -> usize {
        let is_before = |(at, (index, _)): (usize, &(usize, usize))| index - at <= n_rest;
        // The differences of index and number never fall, so that this can be searched.
        let (mut low, mut high) = (0, self.indices.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match is_before((middle, &self.indices[middle])) {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        n_rest + low
    }

    /// What is at an index: a changed item by its pair, or one of the rest by its number.
    fn at(&self, index: usize) -> Result<usize, usize> {
        match self.indices.binary_search_by_key(&index, |(index, _)| *index) {
            Ok(at) => Ok(self.indices[at].1),
            Err(n_changed) => Err(index - n_changed),
        }
    }
}

/// The changed items that are in both orders.
///
/// Where several items change places around one, that one may belong to the smallest set of movers,
/// although as many pass it in one direction as in the other. If nobody touched its key and it has the
/// place that it had, nobody is told that it moved. What somebody did to a key is told: there may be
/// a reason for it, or one is missing.
#[derive(Debug)]
struct Common {
    /// Their indices in both orders, each ascending.
    before: Vec<usize>,
    after: Vec<usize>,
}

impl Common {
    fn of(candidates: &[Candidate]) -> Self {
        let indices = |index: fn(&Candidate) -> usize| {
            let mut indices: Vec<usize> = candidates.iter().map(index).collect();
            indices.sort_unstable();
            indices
        };
        Self { before: indices(|it| it.before.index), after: indices(|it| it.after.index) }
    }

    /// Whether a place is the same among all items that are in both orders.
    fn keeps(&self, before: Spot, after: Spot) -> bool {
        let place = |spot: Spot, indices: &[usize]| {
            spot.n_rest + indices.partition_point(|it| *it < spot.index)
        };
        place(before, &self.before) == place(after, &self.after)
    }
}

/// The items that did not move.
#[derive(Debug)]
struct Stayers {
    /// Indices of staying candidates in both orders, each ascending.
    before: Vec<usize>,
    after: Vec<usize>,
    /// The numbers of those of the rest that moved, ascending.
    moved_rest: Vec<usize>,
    /// Pairs do not say whether their candidate moved, so indices after the change do.
    moved_after: Vec<usize>,
}

impl Stayers {
    fn of(candidates: &[Candidate], movers: &[Mover]) -> Self {
        let mut moved = vec![false; candidates.len()];
        let mut moved_rest = Vec::new();
        for mover in movers {
            match mover {
                Mover::Candidate(at) => moved[*at] = true,
                Mover::Rest(n_rest) => moved_rest.push(*n_rest),
            }
        }
        let indices = |wanted: bool, index: fn(&Candidate) -> usize| {
            let chosen = candidates.iter().zip(&moved).filter(|(_, moved)| **moved == wanted);
            let mut indices: Vec<usize> = chosen.map(|(it, _)| index(it)).collect();
            indices.sort_unstable();
            indices
        };
        Self {
            before: indices(false, |it| it.before.index),
            after: indices(false, |it| it.after.index),
            moved_after: indices(true, |it| it.after.index),
            moved_rest,
        }
    }

    /// How many items that stay come before a spot.
    fn n_before(&self, spot: Spot, indices: &[usize]) -> usize {
        let below = |list: &[usize], limit: usize| list.partition_point(|it| *it < limit);
        spot.n_rest - below(&self.moved_rest, spot.n_rest) + below(indices, spot.index)
    }
}

/// Puts moves into words.
struct Teller<'a> {
    places: &'a Places,
    order: &'a Order,
    stayers: Stayers,
}

impl Teller<'_> {
    fn told(&self, before: Spot, after: Spot) -> Move {
        let was = self.stayers.n_before(before, &self.stayers.before);
        let is = self.stayers.n_before(after, &self.stayers.after);
        let n_passed = was.abs_diff(is);
        let is_up = is < was;
        Move {
            from: before.index + 1,
            to: after.index + 1,
            after: after.index.checked_sub(1).and_then(|index| self.id_at(index)),
            before: self.id_at(after.index + 1),
            n_passed,
            passed: self.passed(after.index, is_up, n_passed.min(PASSED)),
        }
    }

    /// The first items that a move passed, from its new place on.
    fn passed(&self, index: usize, is_up: bool, wanted: usize) -> Vec<String> {
        let mut passed = Vec::new();
        for step in 1..=LOOKED_AT {
            if passed.len() == wanted {
                break;
            }
            let at = if is_up { Some(index + step) } else { index.checked_sub(step) };
            let Some(at) = at.filter(|at| *at < self.places.n_open.1) else { break };
            if self.stays(at) {
                passed.extend(self.id_at(at));
            }
        }
        passed
    }

    /// Whether the item at an index of the new order was there before and did not move.
    fn stays(&self, index: usize) -> bool {
        match self.places.after.at(index) {
            Ok(pair) => {
                self.places.before.spots[pair].is_some()
                    && self.stayers.moved_after.binary_search(&index).is_err()
            }
            Err(n_rest) => self.stayers.moved_rest.binary_search(&n_rest).is_err(),
        }
    }

    /// The id at an index of the new order.
    fn id_at(&self, index: usize) -> Option<String> {
        if index >= self.places.n_open.1 {
            return None;
        }
        match self.places.after.at(index) {
            Ok(pair) => self.places.after.ids[pair].as_deref().map(str::to_owned),
            Err(n_rest) => self.id_of_rest(n_rest),
        }
    }

    /// The id of an item that did not change. It is in both orders, so the one at hand will do.
    fn id_of_rest(&self, n_rest: usize) -> Option<String> {
        let side = match self.places.direction {
            Direction::Forward => &self.places.after,
            Direction::Backward => &self.places.before,
        };
        self.order.at(side.index_of_rest(n_rest)).map(|placed| placed.id().to_owned())
    }
}
