//! Acceptance criteria: are they there, clear and testable?

pub(super) mod no_criteria;
