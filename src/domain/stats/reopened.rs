//! What was opened again after it had been done.

use super::Past;
use crate::domain::kind::Category;
use crate::domain::timeline::Life;

/// What was opened again in a time.
#[derive(Debug, Default)]
pub struct Reopened<'a> {
    /// The items with how often, those that it happened to most first.
    pub items: Vec<(&'a Life<'a>, usize)>,
    /// How often items became done in the same time.
    pub n_done: usize,
}

impl<'a> Reopened<'a> {
    pub(super) fn of(past: &Past<'a, '_>) -> Self {
        let mut reopened = Self::default();
        for life in past.lives.iter().copied() {
            let mut n = 0;
            let mut before = None;
            for (day, state) in &life.states {
                let is_within = past.period.contains(*day);
                let is_opened = before == Some(Category::Done) && state.is_open();
                n += usize::from(is_within && is_opened);
                reopened.n_done += usize::from(is_within && *state == Category::Done);
                before = Some(*state);
            }
            if n > 0 {
                reopened.items.push((life, n));
            }
        }
        reopened.items.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        reopened
    }

    /// How often something was opened again.
    pub fn n_times(&self) -> usize {
        self.items.iter().map(|(_, n)| n).sum()
    }
}
