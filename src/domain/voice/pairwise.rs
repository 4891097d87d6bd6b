//! One against one: what people prefer of two, for many pairs.
//!
//! The order counts the pairs that each wins (Copeland). Three that beat each other in a circle
//! say that there is no order among them, and are told rather than averaged away.

use std::collections::{BTreeMap, BTreeSet};

use super::{Broken, with_columns};
use crate::domain::table::Table;

/// How many circles are told one by one.
const TOLD: usize = 10;

/// The order that follows from pairs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// The items, the one that wins most first.
    pub places: Vec<Place>,
    /// Circles of three, each from one that beats the next; the first ten.
    pub circles: Vec<[String; 3]>,
    /// How many circles there are.
    pub n_circles: usize,
    /// How many choices were made.
    pub n_choices: u64,
    /// How many pairs nobody was asked about.
    pub n_open: usize,
}

/// An item among others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The item, as the table names it: an id or words.
    pub item: String,
    /// How many others it beats.
    pub n_won: usize,
    /// How many others beat it.
    pub n_lost: usize,
}

/// The order in a table of winners and losers, with a row for each choice or for each pair.
pub(super) fn read(tables: &[Table]) -> Result<Order, Broken> {
    const WINNER: &[&str] = &["winner", "better", "preferred"];
    const LOSER: &[&str] = &["loser", "worse", "other"];
    let (table, [winner, loser]) = with_columns(tables, [WINNER, LOSER])?;
    let votes = table.column(&["votes", "n", "times", "count"]);
    let mut won: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    let mut order = Order::default();
    for row in &table.rows {
        let (winner, loser) = (row.text(winner), row.text(loser));
        if winner == loser || winner.is_empty() || loser.is_empty() {
            let message = format!("'{winner}' against '{loser}' is no pair");
            return Err(Broken::at(row.line, message));
        }
        let text = votes.map(|it| row.text(it)).filter(|it| !it.is_empty()).unwrap_or("1");
        let wrong = || Broken::at(row.line, format!("'{text}' is not a number of votes"));
        let n = u64::from(text.parse::<u32>().map_err(|_| wrong())?);
        *won.entry((winner, loser)).or_default() += n;
        order.n_choices += n;
    }
    order.judge(&won);
    Ok(order)
}

impl Order {
    fn judge(&mut self, won: &BTreeMap<(&str, &str), u64>) {
        let items: BTreeSet<&str> = won.keys().flat_map(|(a, b)| [*a, *b]).collect();
        let votes = |a: &str, b: &str| won.get(&(a, b)).copied().unwrap_or(0);
        let mut beats: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut pairs: BTreeSet<(&str, &str)> = BTreeSet::new();
        for (a, b) in won.keys() {
            pairs.insert((a.min(b), a.max(b)));
            if votes(a, b) > votes(b, a) {
                beats.entry(a).or_default().insert(b);
            }
        }
        let mut lost: BTreeMap<&str, usize> = BTreeMap::new();
        for loser in beats.values().flatten() {
            *lost.entry(loser).or_default() += 1;
        }
        let place = |item: &&str| Place {
            item: (*item).to_owned(),
            n_won: beats.get(*item).map_or(0, BTreeSet::len),
            n_lost: lost.get(*item).copied().unwrap_or(0),
        };
        self.places = items.iter().map(place).collect();
        self.places.sort_by_key(|it| (std::cmp::Reverse(it.n_won), it.n_lost));
        self.n_open = (items.len() * items.len().saturating_sub(1) / 2).saturating_sub(pairs.len());
        self.find_circles(&beats);
    }

    /// Each circle once, from its first name in the alphabet.
    fn find_circles(&mut self, beats: &BTreeMap<&str, BTreeSet<&str>>) {
        let losers = |item: &str| beats.get(item).into_iter().flatten();
        let is_beaten = |winner: &str, loser: &str| {
            beats.get(winner).is_some_and(|losers| losers.contains(loser))
        };
        for a in beats.keys() {
            for b in losers(a).filter(|b| *b > a) {
                for c in losers(b).filter(|c| *c > a && is_beaten(c, a)) {
                    self.n_circles += 1;
                    if self.circles.len() < TOLD {
                        self.circles.push([a, b, c].map(|it| (*it).to_owned()));
                    }
                }
            }
        }
    }
}
