//! The levels of headings, of which a page leaves none out.
//!
//! A body that begins with `###` is a part of its document like one that begins with `##`: who
//! goes through a page by its headings looks for no level that nobody wrote.

/// The levels of the headings that a place stands below, from the outermost.
#[derive(Clone, Debug, Default)]
pub(super) struct Outline {
    open: Vec<u8>,
    /// How many of them no heading closes: those above the body that is being written.
    above: usize,
}

impl Outline {
    /// The tag of the next heading, which closes those of its own level and of deeper ones.
    pub(super) fn tag(&mut self, level: u8) -> &'static str {
        while self.open.len() > self.above && self.open.last().is_some_and(|last| *last >= level) {
            self.open.pop();
        }
        self.open.push(level);
        match self.open.len() {
            1 => "h1",
            2 => "h2",
            3 => "h3",
            4 => "h4",
            5 => "h5",
            _ => "h6",
        }
    }

    /// The levels within a body, all of them below the headings so far.
    pub(super) fn body(&self) -> Self {
        Self { open: self.open.clone(), above: self.open.len() }
    }
}
