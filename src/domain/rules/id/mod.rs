//! Identity: one document, one id.

pub(super) mod duplicate;
pub(super) mod malformed;
