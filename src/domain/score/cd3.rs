//! Cost of delay divided by duration.
//!
//! What a week of delay costs depends on how the value is lost. Of something with a life of `L` weeks
//! and a value `V` that is the same whenever it comes, a week later is a week less: `V / L`. If being
//! late also lowers its peak, both sides of the curve shrink, and what is lost is `V × (1 − (1 − d/L)²)`,
//! about `2 V / L` for a week. A short life is taken for half a year and a long one for two years, so
//! that the factors are 8, 2 and 1. With a deadline, the value is spread over the weeks that are left.
//! The profiles are those of Arnold (Black Swan Farming, 2013); the numbers are ours.

use super::input::{Input, Scale};
use super::{Model, Worth, short};
use crate::domain::date::Date;
use crate::domain::entry::Entry;
use crate::domain::suggest;

/// How much faster value is lost than by the slowest profile.
pub(super) const PROFILES: [(&str, f64); 3] =
    [("short-peak", 8.0), ("long-peak", 2.0), ("long", 1.0)];

/// The profile that goes by the day in `due`.
const DEADLINE: &str = "deadline";

/// The words of the field `urgency`.
pub(in crate::domain) const WORDS: [&str; 4] = ["short-peak", "long-peak", "long", DEADLINE];

/// How many weeks a long life has.
const LONG: f64 = 104.0;

pub(super) const MODEL: Model = Model {
    name: "cd3",
    formula: "value * urgency / effort",
    inputs: |settings| {
        vec![
            Input::new(settings, "value", Scale::NotNegative),
            Input { field: "urgency".to_owned(), scale: Scale::Urgency },
            Input::new(settings, "effort", Scale::Positive),
        ]
    },
    worth: |_, values| Worth::of(values[0] * values[1], values[2]),
    arithmetic: |_, values| {
        let [value, urgency, effort] = [0, 1, 2].map(|at| short(values[at]));
        format!("{value} × {urgency} / {effort}")
    },
};

/// The factor of a profile.
pub(super) fn factor(word: &str, item: &Entry, today: Date) -> Result<f64, String> {
    if let Some((_, factor)) = PROFILES.iter().find(|(name, _)| *name == word) {
        return Ok(*factor);
    }
    if word != DEADLINE {
        return Err(format!("urgency '{word}': {}", suggest::did_you_mean(word, &WORDS)));
    }
    let Some(due) = item.date("due") else {
        return Err("urgency deadline, and no day in due".to_owned());
    };
    const DAYS: f64 = 7.0;
    match f64::from((due - today).get_days()) {
        days if days < 0.0 => Err(format!("due {due} is over, and the value with it")),
        days => Ok(LONG / (days / DAYS).max(1.0)),
    }
}
