//! What an experiment showed: its result against the threshold that was named before.

use super::progress::Direction;

/// The outcome of an experiment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The hypothesis holds.
    Confirmed,
    /// It does not.
    Refuted,
}

impl Verdict {
    /// The word for it in `outcome`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Refuted => "refuted",
        }
    }
}

/// The verdict on a result; the threshold itself is enough.
pub fn verdict(result: f64, threshold: f64, direction: Direction) -> Verdict {
    let holds = match direction {
        Direction::Up => result >= threshold,
        Direction::Down => result <= threshold,
    };
    if holds { Verdict::Confirmed } else { Verdict::Refuted }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_direction_decides_which_side_of_the_threshold_confirms() {
        for (result, direction, expected) in [
            (46.0, Direction::Up, Verdict::Confirmed),
            (45.0, Direction::Up, Verdict::Confirmed),
            (44.9, Direction::Up, Verdict::Refuted),
            (45.0, Direction::Down, Verdict::Confirmed),
            (45.1, Direction::Down, Verdict::Refuted),
            (-1.0, Direction::Down, Verdict::Confirmed),
        ] {
            assert_eq!(verdict(result, 45.0, direction), expected, "{result} {direction:?}");
        }
    }
}
