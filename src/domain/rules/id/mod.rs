//! Rules about ids.

pub(super) mod alias;
pub(super) mod duplicate;
pub(super) mod malformed;
