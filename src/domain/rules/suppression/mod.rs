//! What is wrong with suppressions.

pub(super) mod no_reason;
pub(super) mod unknown_rule;
pub(super) mod unused;
