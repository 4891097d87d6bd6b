//! Rules about the numbers that scores are made of.

pub(super) mod all_must;
pub(super) mod no_one;
pub(super) mod off_scale;
pub(super) mod unscored;

use super::Inspection;
use crate::domain::score::Scoring;

/// The model of the project; `None` where the order is set by hand.
fn scoring(at: &Inspection<'_>) -> Option<Scoring> {
    Scoring::new(at.config, None, at.today).ok().filter(|scoring| !scoring.is_manual())
}
