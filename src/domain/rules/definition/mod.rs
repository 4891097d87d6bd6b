//! The Definition of Ready and the Definition of Done.

pub(super) mod not_done;
pub(super) mod not_ready;
pub(super) mod open_question;
pub(super) mod oversized;
pub(super) mod stale_question;
pub(super) mod unestimated;
mod wanted;

pub use oversized::largest;

use crate::domain::config::Config;
use crate::domain::entry::Entry;
use crate::domain::kind::Category;

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

/// Whether an item of this category is at the status from which on the Definition of Ready holds, or
/// past it. A project without such a status begins it with the work.
pub fn is_at_ready(entry: &Entry, category: Category, config: &Config) -> bool {
    if !entry.kind.is_ranked() || !category.is_open() {
        return false;
    }
    let place = |word: &str| config.statuses.0.keys().position(|status| status == word);
    let from = config.ready.from.as_deref().unwrap_or("ready");
    match (place(from), place(&entry.status())) {
        (Some(from), Some(status)) => status >= from,
        _ => category == Category::Doing,
    }
}
