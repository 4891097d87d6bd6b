//! Which items a person means with a few letters of their ids and titles.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::domain::entry::Entry;

/// A few letters, ready to be looked for.
#[derive(Clone)]
pub(super) struct Fuzzy {
    pattern: Pattern,
    matcher: Matcher,
    buffer: Vec<char>,
}

impl Fuzzy {
    /// Letters that have to come in this order; words may come in any.
    pub(super) fn new(text: &str) -> Self {
        let pattern = Pattern::parse(text, CaseMatching::Smart, Normalization::Smart);
        Self { pattern, matcher: Matcher::new(Config::DEFAULT), buffer: Vec::new() }
    }

    /// How well an item fits; `None` if it does not.
    pub(super) fn fits(&mut self, item: &Entry) -> Option<u32> {
        let text = format!("{} {}", item.id(), item.title());
        self.pattern.score(Utf32Str::new(&text, &mut self.buffer), &mut self.matcher)
    }
}
