//! The order: has every item its place?

pub(super) mod invalid;
pub(super) mod missing;
