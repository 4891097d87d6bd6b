//! What the definitions ask of an item.

use crate::domain::config::{Config, Definition};
use crate::domain::entry::Entry;

/// The fields that a definition and the type of an item ask for.
pub(super) fn fields<'a>(
    definition: &'a Definition,
    entry: &Entry,
    config: &'a Config,
) -> impl Iterator<Item = &'a String> {
    let of_type = config.types.0.get(&entry.item_type()).into_iter().flat_map(|it| &it.fields);
    definition.fields.iter().chain(of_type.filter(|it| !definition.fields.contains(it)))
}

/// Whether a field is not there, or empty.
pub(super) fn lacks(entry: &Entry, field: &str) -> bool {
    entry.document.get(field).is_none_or(|node| node.is_empty(entry.document.text()))
}

/// The sections that the type asks for and the text does not have. That criteria are missing is
/// told by a rule of their own.
pub(super) fn sections(entry: &Entry, config: &Config) -> Vec<String> {
    let Some(item_type) = config.types.0.get(&entry.item_type()) else { return Vec::new() };
    let is_criteria =
        |section: &str| config.criteria.sections.iter().any(|it| it.eq_ignore_ascii_case(section));
    let has = |section: &str| {
        let heading = |line: &str| {
            let title = line.strip_prefix('#')?.trim_start_matches('#');
            Some(title.trim().trim_end_matches('#').trim().to_lowercase())
        };
        entry.document.body().lines().filter_map(heading).any(|it| it == section.to_lowercase())
    };
    let asked = item_type.sections.iter().filter(|section| !is_criteria(section));
    asked.filter(|section| !has(section)).cloned().collect()
}

/// Whether the type asks for acceptance criteria and there are none.
pub(super) fn criteria(entry: &Entry, config: &Config) -> bool {
    let is_criteria = |section: &String| {
        config.criteria.sections.iter().any(|it| it.eq_ignore_ascii_case(section))
    };
    let item_type = config.types.0.get(&entry.item_type());
    item_type.is_some_and(|it| it.sections.iter().any(is_criteria)) && entry.met(config).1 == 0
}
