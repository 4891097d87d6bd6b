//! How far an item would move if its numbers were a little different.
//!
//! Numbers are guesses. If one step of one of them moves an item from place 3 to place 9, that number
//! deserves a second look; if none moves it, the place is safe.

use super::input::Direction;
use super::table::Table;
use super::{Scoring, Worth};

/// The most inputs of which all combinations are tried.
const MOST: usize = 10;

/// The places of an item under other numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivity {
    /// One for each input, in the order of the model.
    pub shifts: Vec<Shift>,
    /// The best and the worst place if all inputs may be one step off at once.
    pub all: (usize, usize),
}

/// The places of an item if one input is one step off.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift {
    /// The input.
    pub field: String,
    /// The number one step down, and the place that it gives; `None` at the end of the scale.
    pub down: Option<(f64, usize)>,
    /// The same one step up.
    pub up: Option<(f64, usize)>,
}

/// The places that an item with these values could have among the other scored items.
pub fn sensitivity(scoring: &Scoring, table: &Table<'_>, at: usize) -> Sensitivity {
    let item = &table.scored[at];
    let place = |values: &[f64]| Some(place(table, at, &scoring.worth(values).ok()?));
    let shifts = scoring.inputs.iter().enumerate().map(|(n, input)| {
        let moved = |direction| {
            let mut values = item.values.clone();
            values[n] = input.step(values[n], direction)?;
            Some((values[n], place(&values)?))
        };
        let (down, up) = (moved(Direction::Down), moved(Direction::Up));
        Shift { field: input.field.clone(), down, up }
    });
    let shifts: Vec<Shift> = shifts.collect();
    let places = corners(&shifts, &item.values).filter_map(|values| place(&values));
    let all = places
        .fold((item.rank, item.rank), |(best, worst), place| (best.min(place), worst.max(place)));
    Sensitivity { shifts, all }
}

/// All combinations of values one step down and one step up: what is made of products and sums is
/// greatest and smallest at one of these corners.
fn corners<'a>(shifts: &'a [Shift], values: &'a [f64]) -> impl Iterator<Item = Vec<f64>> + 'a {
    let n = shifts.len().min(MOST);
    (0..1usize << n).map(move |bits| {
        let mut corner = values.to_vec();
        for (at, shift) in shifts.iter().take(n).enumerate() {
            let moved = if bits & 1 << at == 0 { shift.down } else { shift.up };
            corner[at] = moved.map_or(values[at], |(value, _)| value);
        }
        corner
    })
}

/// The place of a worth among all items but the one at `at`.
fn place(table: &Table<'_>, at: usize, worth: &Worth) -> usize {
    let better = table.scored.partition_point(|it| it.worth.best_first(worth).is_lt());
    better + 1 - usize::from(at < better)
}
