//! What changed among the acceptance criteria of an item.

use crate::domain::criteria::{self, Criteria, Criterion};
use crate::domain::rank::longest_ascent;

/// The change of one criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CriterionChange {
    /// What was done to it.
    pub act: Act,
    /// Its number after the change, or before it, if it is gone.
    pub ordinal: usize,
    /// Its lasting id, without the mark.
    pub id: Option<String>,
    /// Whether it is met after the change, or was before it, if it is gone.
    pub is_met: bool,
    /// Its words after the change, or before it, if it is gone.
    pub text: String,
}

/// What was done to a criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// It is gone.
    Removed,
    /// It is new.
    Added,
    /// It says something else.
    Reworded {
        /// What it said.
        from: String,
    },
    /// It is met now.
    Ticked,
    /// It is not met any more.
    Unticked,
    /// It has another place among the others.
    Moved {
        /// Its number before.
        from: usize,
    },
    /// It has another lasting id.
    Named {
        /// The id before.
        from: Option<String>,
    },
}

impl Act {
    /// The word for it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::Added => "added",
            Self::Reworded { .. } => "reworded",
            Self::Ticked => "ticked",
            Self::Unticked => "unticked",
            Self::Moved { .. } => "moved",
            Self::Named { .. } => "named",
        }
    }
}

/// The changes: what is gone, what is new, then what became of the others, each by number.
pub(super) fn changes(before: &Criteria, after: &Criteria) -> Vec<CriterionChange> {
    let comparison = criteria::compare(before, after);
    let mut changes: Vec<CriterionChange> = Vec::new();
    changes.extend(comparison.removed.iter().map(|it| change(Act::Removed, it)));
    changes.extend(comparison.added.iter().map(|it| change(Act::Added, it)));
    let mut kept = comparison.kept;
    kept.sort_by_key(|(old, _)| old.ordinal);
    let ordinals: Vec<usize> = kept.iter().map(|(_, new)| new.ordinal).collect();
    let stays = longest_ascent(&ordinals);
    for ((old, new), stays) in kept.into_iter().zip(stays) {
        changes.extend(acts(old, new, stays).into_iter().map(|act| change(act, new)));
    }
    changes
}

fn acts(old: &Criterion, new: &Criterion, stays: bool) -> Vec<Act> {
    let mut acts = Vec::new();
    if old.text != new.text {
        acts.push(Act::Reworded { from: old.text.clone() });
    }
    match (old.checked == Some(true), new.checked == Some(true)) {
        (false, true) => acts.push(Act::Ticked),
        (true, false) => acts.push(Act::Unticked),
        _ => {}
    }
    if !stays {
        acts.push(Act::Moved { from: old.ordinal });
    }
    if old.id != new.id {
        acts.push(Act::Named { from: old.id.clone() });
    }
    acts
}

fn change(act: Act, it: &Criterion) -> CriterionChange {
    CriterionChange {
        act,
        ordinal: it.ordinal,
        id: it.id.clone(),
        is_met: it.checked == Some(true),
        text: it.text.clone(),
    }
}
