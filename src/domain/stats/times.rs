//! Lead time, from the day on which an item came to the one on which it was done, and cycle time, from
//! the beginning of work on it.

use super::{Past, Percentiles};
use crate::domain::timeline::Life;

/// How long the items took that were done in a time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// Of all of them.
    pub all: Group,
    /// The same by type, in the order of the settings; types without an item are left out.
    pub by_type: Vec<Group>,
    /// The cycle times in days, shortest first.
    pub cycle_days: Vec<i64>,
}

/// Some items that were done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Their type; empty for all, and for items that are gone.
    pub name: String,
    /// How many there are.
    pub n_done: usize,
    /// Their lead times, where it is known when they came.
    pub lead: Percentiles,
    /// Their cycle times, where it is known when work on them began.
    pub cycle: Percentiles,
}

impl Times {
    pub(super) fn of(past: &Past<'_, '_>) -> Self {
        let done: Vec<&Life<'_>> = past.done().collect();
        let mut cycle_days: Vec<i64> = done.iter().filter_map(|life| life.cycle_time()).collect();
        cycle_days.sort_unstable();
        let types = past.backlog.config.types.0.iter().map(|(name, _)| name);
        let by_type = types.filter_map(|name| {
            let is_of_it =
                |life: &&&Life<'_>| life.item.is_some_and(|item| item.item_type() == name);
            let group: Vec<&Life<'_>> = done.iter().filter(is_of_it).copied().collect();
            (!group.is_empty()).then(|| Group::of(name, &group))
        });
        Self { all: Group::of("", &done), by_type: by_type.collect(), cycle_days }
    }
}

impl Group {
    fn of(name: &str, done: &[&Life<'_>]) -> Self {
        let days = |time: &dyn Fn(&Life<'_>) -> Option<i64>| {
            Percentiles::of(done.iter().filter_map(|life| time(life)).collect())
        };
        Self {
            name: name.to_owned(),
            n_done: done.len(),
            lead: days(&|life| life.lead_time()),
            cycle: days(&|life| life.cycle_time()),
        }
    }
}
