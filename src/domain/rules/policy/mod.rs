//! Who changed what, and why.

pub(super) mod changed_rules;
pub(super) mod reason;
pub(super) mod removed_item;
pub(super) mod who;
