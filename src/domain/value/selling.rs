//! How much of the planned value makes the product what others are not.

use crate::domain::entry::Entry;

use super::plan::worth;

/// What an item does to the unique selling proposition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selling {
    /// It makes the product better at what only it does.
    Strengthens,
    /// It brings the product to where others are.
    Parity,
    /// It has nothing to do with it.
    None,
    /// Nobody has said.
    Unknown,
}

impl Selling {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 4] = [Self::Strengthens, Self::Parity, Self::None, Self::Unknown];

    /// The word for it in the field `usp`; nothing is written for [`Self::Unknown`].
    pub fn word(self) -> &'static str {
        match self {
            Self::Strengthens => "strengthens",
            Self::Parity => "parity",
            Self::None => "none",
            Self::Unknown => "unknown",
        }
    }

    /// The words that a file may hold.
    pub fn words() -> Vec<&'static str> {
        Self::ALL.into_iter().filter(|it| *it != Self::Unknown).map(Self::word).collect()
    }

    /// What an item says. Any other word says nothing.
    pub fn of(item: &Entry) -> Self {
        let text = item.text("usp").unwrap_or_default();
        let known = Self::ALL.into_iter().filter(|it| *it != Self::Unknown);
        known.into_iter().find(|it| it.word() == text).unwrap_or(Self::Unknown)
    }
}

/// What the items of one sort come to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// What they do to the selling proposition.
    pub selling: Selling,
    /// How many these are.
    pub n: usize,
    /// Their value.
    pub value: f64,
    /// Their effort.
    pub effort: f64,
}

/// The shares of scored items, one for each sort.
pub(super) fn shares(items: &[&Entry]) -> Vec<Share> {
    let share = |selling| {
        let of = items.iter().filter(|item| Selling::of(item) == selling);
        let empty = Share { selling, n: 0, value: 0.0, effort: 0.0 };
        of.filter_map(|item| worth(item)).fold(empty, |sum, it| Share {
            n: sum.n + 1,
            value: sum.value + it.value,
            effort: sum.effort + it.effort,
            ..sum
        })
    };
    Selling::ALL.into_iter().map(share).collect()
}
