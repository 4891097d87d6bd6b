//! Rules about metrics and their readings.

pub(super) mod broken_reading;
pub(super) mod out_of_order;
pub(super) mod to_come;
pub(super) mod twice;

use super::Subject;
use crate::domain::kind::METRIC;
use crate::domain::reading::Readings;

/// The readings of a metric; `None` of any other document.
fn readings(subject: &Subject<'_>) -> Option<Readings> {
    let entry = subject.entry;
    std::ptr::eq(entry.kind, &METRIC).then(|| Readings::of(&entry.document))
}
