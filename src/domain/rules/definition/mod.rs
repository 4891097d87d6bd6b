//! The Definition of Ready and the Definition of Done.

pub(super) mod not_done;
pub(super) mod not_ready;
pub(super) mod open_question;
pub(super) mod oversized;
pub(super) mod stale_question;
pub(super) mod unestimated;
mod wanted;
