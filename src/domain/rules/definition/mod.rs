//! The Definition of Ready and the Definition of Done.

pub(super) mod not_done;
pub(super) mod not_ready;
pub(super) mod open_question;
pub(super) mod oversized;
pub(super) mod stale_question;
pub(super) mod unestimated;
mod wanted;

use crate::domain::config::Config;
use crate::domain::entry::Entry;

/// What an item lacks to count as ready, by the Definition of Ready and by its type: fields and
/// sections, each by its name. Empty: nothing.
pub fn lacks(entry: &Entry, config: &Config) -> Vec<String> {
    let fields = wanted::fields(&config.ready, entry, config);
    let mut lacks: Vec<String> =
        fields.filter(|field| wanted::lacks(entry, field)).cloned().collect();
    lacks.extend(wanted::sections(entry, config));
    lacks.extend(wanted::criteria(entry, config).then(|| "criteria".to_owned()));
    lacks
}
