//! Rules about links.

pub(super) mod above_dependency;
pub(super) mod cycle;
pub(super) mod dangling;
pub(super) mod done_early;
pub(super) mod done_first;
pub(super) mod dropped;
pub(super) mod orphan;
pub(super) mod wrong_kind;
