//! Acceptance criteria: are they there, clear and testable?

pub(super) mod changed_in_sprint;
pub(super) mod comparative;
pub(super) mod coordination;
pub(super) mod count;
pub(super) mod duplicate;
pub(super) mod ears_form;
pub(super) mod escape;
pub(super) mod length;
pub(super) mod modal;
pub(super) mod no_criteria;
pub(super) mod no_negative;
pub(super) mod no_unit;
pub(super) mod open_done;
pub(super) mod open_ended;
pub(super) mod placeholder;
pub(super) mod process;
pub(super) mod pronoun_start;
pub(super) mod quantity;
pub(super) mod removed;
pub(super) mod reworded;
pub(super) mod tests_only;
pub(super) mod ticked_early;
pub(super) mod universal;
pub(super) mod vague;
