//! Kano's questions: how people feel with a feature, and how without it.
//!
//! Each pair of answers falls into a class; the table holds how many fell into which. After Kano
//! et al. (1984); the two coefficients after Berger et al. (1993).

use std::collections::BTreeMap;

use super::{Broken, with_columns};
use crate::domain::table::Table;

/// The classes, and the words for them above a column. The order decides ties: what people miss
/// goes before what delights them.
const CLASSES: [(Class, &[&str]); 6] = [
    (Class::MustBe, &["M", "must-be", "must be", "must"]),
    (Class::OneDimensional, &["O", "one-dimensional", "performance", "linear"]),
    (Class::Attractive, &["A", "attractive", "delighter"]),
    (Class::Indifferent, &["I", "indifferent"]),
    (Class::Reverse, &["R", "reverse"]),
    (Class::Questionable, &["Q", "questionable"]),
];

/// What a feature is to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Missed when it is not there, and not noticed when it is.
    MustBe,
    /// The more the better.
    OneDimensional,
    /// A delight, and not missed.
    Attractive,
    /// Neither.
    Indifferent,
    /// Not wanted.
    Reverse,
    /// The answers contradict each other.
    Questionable,
}

impl Class {
    /// The word for it.
    pub fn word(self) -> &'static str {
        CLASSES.iter().find(|(class, _)| *class == self).map_or("", |(_, names)| names[1])
    }
}

/// The answers about one feature.
#[derive(Clone, Debug, PartialEq)]
pub struct Answers {
    /// The feature, as the table names it: an id or words.
    pub item: String,
    /// How many answers fell into each class.
    pub counts: BTreeMap<Class, u64>,
}

impl Answers {
    fn count(&self, class: Class) -> u64 {
        self.counts.get(&class).copied().unwrap_or(0)
    }

    /// How many people answered.
    pub fn n(&self) -> u64 {
        self.counts.values().sum()
    }

    /// The class with the most answers, and whether another has as many; of two, the one that
    /// people would rather miss. `None` without answers.
    pub fn class(&self) -> Option<(Class, bool)> {
        let most = self.counts.values().copied().max().filter(|most| *most > 0)?;
        let mut classes = CLASSES.iter().filter(|(class, _)| self.count(*class) == most);
        let (first, _) = classes.next()?;
        Some((*first, classes.next().is_some()))
    }

    /// By how much having it pleases, 0 to 1: `(A + O) / (A + O + M + I)`. `None` without such
    /// answers.
    pub fn better(&self) -> Option<f64> {
        self.part(self.count(Class::Attractive) + self.count(Class::OneDimensional))
    }

    /// By how much missing it displeases, 0 to −1: `−(O + M) / (A + O + M + I)`.
    pub fn worse(&self) -> Option<f64> {
        let worse = self.part(self.count(Class::OneDimensional) + self.count(Class::MustBe))?;
        Some(0.0 - worse)
    }

    fn part(&self, count: u64) -> Option<f64> {
        use Class::{Attractive, Indifferent, MustBe, OneDimensional};
        let all: u64 =
            [Attractive, OneDimensional, MustBe, Indifferent].map(|it| self.count(it)).iter().sum();
        (all > 0).then(|| count as f64 / all as f64)
    }
}

/// The answers in a table with a column for each class.
pub(super) fn read(tables: &[Table]) -> Result<Vec<Answers>, Broken> {
    const ITEM: &[&str] = &["item", "feature", "id"];
    let names = |class: Class| {
        CLASSES.iter().find(|(it, _)| *it == class).map_or(&[][..], |(_, names)| *names)
    };
    let wanted = [ITEM, names(Class::Attractive), names(Class::OneDimensional)];
    let (table, [item, ..]) = with_columns(tables, wanted)?;
    let columns: Vec<(Class, usize)> =
        CLASSES.iter().filter_map(|(class, names)| Some((*class, table.column(names)?))).collect();
    if let Some((missing, _)) =
        CLASSES[..4].iter().find(|(it, _)| !columns.iter().any(|(class, _)| class == it))
    {
        let message = format!("no column for {}", missing.word());
        return Err(Broken { line: None, message });
    }
    let row = |row: &crate::domain::table::Row| {
        let count = |(class, column): &(Class, usize)| {
            let text = row.text(*column);
            let count = if text.is_empty() { Some(0) } else { text.parse().ok() };
            let count: Option<u32> = count;
            let wrong = || Broken::at(row.line, format!("'{text}' is not a count of answers"));
            Ok((*class, u64::from(count.ok_or_else(wrong)?)))
        };
        let counts = columns.iter().map(count).collect::<Result<_, Broken>>()?;
        Ok(Answers { item: row.text(item).to_owned(), counts })
    };
    table.rows.iter().map(row).collect()
}
