//! Rules about the order.

pub(super) mod blocked;
pub(super) mod invalid;
pub(super) mod inversion;
pub(super) mod long;
pub(super) mod missing;
pub(super) mod tied;
