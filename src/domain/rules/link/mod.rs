//! Links: do they lead somewhere?

pub(super) mod dangling;
