//! The file: can it be read, and do its fields fit?

pub(super) mod conflict;
pub(super) mod duplicate_key;
pub(super) mod encoding;
pub(super) mod forbidden_yaml;
pub(super) mod front_matter;
pub(super) mod invalid_query;
pub(super) mod limit;
pub(super) mod missing_field;
pub(super) mod not_regular;
pub(super) mod syntax;
pub(super) mod unknown_field;
pub(super) mod unknown_word;
pub(super) mod unreadable;
pub(super) mod unresolved_conflict;
pub(super) mod wrong_type;
