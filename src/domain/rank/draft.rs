//! A list in which some items have yet to get their keys.
//!
//! Between two neighbours there is nearly always room. Where there is none, because they have
//! equal keys after a merge or because keys have grown to the limit, their own keys have to change
//! too: the window of items that get a new key grows until the keys around it leave room.

use std::borrow::Cow;
use std::iter;
use std::ops::Range;

use super::{Rank, Ranked, key};

/// Items in the order that they are to have, those without a key to be given one.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    slots: Vec<Slot<'a>>,
    /// All slots before this one have a key.
    done: usize,
}

/// One item. Its key is borrowed if it is an old one, and owned if it is new.
#[derive(Debug)]
struct Slot<'a> {
    id: &'a str,
    key: Option<Cow<'a, Rank>>,
}

impl<'a> FromIterator<Ranked<'a>> for Draft<'a> {
    fn from_iter<T: IntoIterator<Item = Ranked<'a>>>(items: T) -> Self {
        let slot = |(id, key): Ranked<'a>| Slot { id, key: key.map(Cow::Borrowed) };
        Self { slots: items.into_iter().map(slot).collect(), done: 0 }
    }
}

impl Draft<'_> {
    /// The new keys, where items that come to one place together stay together.
    pub(super) fn filled(mut self) -> Vec<(String, Rank)> {
        while let Some(run) = self.run() {
            let window = self.with_ties(run);
            let (left, right) = self.around(&window);
            let ids = self.ids(&window);
            let keys = key::block(left, right, &ids)
                .filter(|keys| keys.len() == 1 || keys.iter().all(Rank::is_short))
                .or_else(|| key::spread(left, right, &ids))
                .or_else(|| key::packed(left, right, ids.len()));
            match keys {
                Some(keys) => self.set(window, keys),
                None => self.spread_out(&window),
            }
        }
        self.new_keys()
    }

    /// The new keys, all of them short and with room for others between them.
    pub(super) fn spread(mut self) -> Vec<(String, Rank)> {
        while let Some(run) = self.run() {
            self.spread_out(&run);
        }
        self.new_keys()
    }

    /// Gives short keys to the run, and to as few around it as it takes to have room for them.
    fn spread_out(&mut self, run: &Range<usize>) {
        let spread = |window: Range<usize>| {
            let (left, right) = self.around(&window);
            let keys = key::spread(left, right, &self.ids(&window))?;
            keys.iter().all(Rank::is_short).then_some((window, keys))
        };
        let spread = self.windows(run).find_map(spread);
        let (window, keys) = spread.expect("the last window has no neighbours to leave room");
        self.set(window, keys);
    }

    /// The run alone, and with more and more items after it, before it and on both sides, up to
    /// the whole list.
    fn windows(&self, run: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let n_items = self.slots.len();
        let sizes = iter::successors(Some(1), |more| Some(more * 2));
        let larger = sizes.take_while(move |more| *more < 2 * n_items).flat_map(move |more| {
            let start = run.start.saturating_sub(more);
            let end = self.end_of_run(n_items.min(run.end + more));
            [run.start..end, start..run.end, start..end]
        });
        iter::once(run.clone()).chain(larger)
    }

    /// The next items without a key.
    fn run(&self) -> Option<Range<usize>> {
        let keyless = self.slots[self.done..].iter().position(|slot| slot.key.is_none())?;
        let start = self.done + keyless;
        Some(start..self.end_of_run(start))
    }

    /// The end of the items without a key that begin here.
    fn end_of_run(&self, start: usize) -> usize {
        let slots = self.slots[start..].iter();
        start + slots.take_while(|slot| slot.key.is_none()).count()
    }

    /// The window and, if the keys around it are equal, the items with that key before or after
    /// it, whichever are fewer.
    fn with_ties(&self, window: Range<usize>) -> Range<usize> {
        let (Some(left), Some(right)) = self.around(&window) else { return window };
        if left < right {
            return window;
        }
        let before = self.slots[..window.start].iter().rev();
        let n_before = before.take_while(|slot| slot.key() >= Some(right)).count();
        let after = self.slots[window.end..].iter();
        let n_after = after.take_while(|slot| slot.key() <= Some(left)).count();
        if n_after <= n_before {
            window.start..window.end + n_after
        } else {
            window.start - n_before..window.end
        }
    }

    /// The keys before and after the window.
    fn around(&self, window: &Range<usize>) -> (Option<&Rank>, Option<&Rank>) {
        let left = self.slots[..window.start].last().and_then(Slot::key);
        let right = self.slots[window.end..].first().and_then(Slot::key);
        (left, right)
    }

    fn ids(&self, window: &Range<usize>) -> Vec<&str> {
        self.slots[window.clone()].iter().map(|slot| slot.id).collect()
    }

    fn set(&mut self, window: Range<usize>, keys: Vec<Rank>) {
        self.done = window.end;
        for (slot, key) in iter::zip(&mut self.slots[window], keys) {
            slot.key = Some(Cow::Owned(key));
        }
    }

    fn new_keys(self) -> Vec<(String, Rank)> {
        let new_key = |slot: Slot| match slot.key? {
            Cow::Owned(key) => Some((slot.id.to_owned(), key)),
            Cow::Borrowed(_) => None,
        };
        self.slots.into_iter().filter_map(new_key).collect()
    }
}

impl Slot<'_> {
    fn key(&self) -> Option<&Rank> {
        self.key.as_deref()
    }
}
