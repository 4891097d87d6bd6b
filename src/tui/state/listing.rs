//! Which items are listed, which one is selected, and which rows are on the screen.

use std::sync::Arc;

use rayon::prelude::*;

use super::{Page, State};
use crate::domain::entry::Entry;
use crate::domain::query::QueryError;
use crate::domain::select;
use crate::tui::fuzzy::Fuzzy;
use crate::tui::layout::scrolled;

/// One line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) enum Slot {
    /// The item of this row.
    Row(usize),
    /// Below here, the sprint is full.
    Capacity,
}

impl State {
    /// The selected item.
    pub(in crate::tui) fn selected(&self) -> Option<&Arc<Entry>> {
        self.rows.get(self.at)
    }

    /// The ids that a step is about: those of the marked items that are listed, or that of the
    /// selected one.
    pub(super) fn targets(&self) -> Vec<String> {
        let marked = self.rows.iter().filter(|item| self.marks.contains(item.path()));
        let marked: Vec<String> = marked.map(|item| item.id().to_owned()).collect();
        match marked.is_empty() {
            true => self.selected().map(|item| item.id().to_owned()).into_iter().collect(),
            false => marked,
        }
    }

    /// Lists what there is now. The same item stays selected.
    pub(super) fn list_anew(&mut self) {
        let selected = self.selected().map(|item| item.path().to_owned());
        let backlog = self.backlog().clone();
        let mut rows: Vec<Arc<Entry>> = backlog.shared_open_items().cloned().collect();
        if self.shows_all {
            let is_closed = |item: &&Arc<Entry>| !backlog.category(item).is_open();
            rows.extend(backlog.shared_items().iter().filter(is_closed).cloned());
        }
        self.filter_error = None;
        if !self.filter.trim().is_empty() {
            self.narrow(&mut rows);
        }
        self.rows = rows;
        self.marks.retain(|path| backlog.at_path(path).is_some());
        let same = selected.and_then(|path| self.rows.iter().position(|it| it.path() == path));
        self.at = same.unwrap_or(self.at).min(self.rows.len().saturating_sub(1));
    }

    /// Keeps what the filter finds. A query that is not finished yet finds everything.
    fn narrow(&mut self, rows: &mut Vec<Arc<Entry>>) {
        let backlog = self.backlog().clone();
        if !is_query(&self.filter) {
            let fuzzy = Fuzzy::new(&self.filter);
            *rows = rows
                .par_iter()
                .map_init(|| fuzzy.clone(), |fuzzy, item| fuzzy.fits(item).map(|_| item.clone()))
                .flatten()
                .collect();
            return;
        }
        match select::query(&backlog, &self.filter, self.session.today()) {
            Ok(query) => {
                let is_found = |item: &&Arc<Entry>| query.matches(&backlog, item);
                *rows = rows.par_iter().filter(is_found).cloned().collect();
            }
            Err(QueryError { message, hint, .. }) => {
                let hint = hint.map(|hint| format!(" ({hint})")).unwrap_or_default();
                self.filter_error = Some(format!("{message}{hint}"));
            }
        }
    }

    /// Selects the item with an id, if it is listed.
    pub(super) fn select_id(&mut self, id: &str) {
        if let Some(at) = self.rows.iter().position(|item| item.id() == id) {
            self.at = at;
        }
    }

    /// Selects the item in a file, if it is listed.
    pub(super) fn select_path(&mut self, path: &str) -> bool {
        let found = self.rows.iter().position(|item| item.path() == path);
        self.at = found.unwrap_or(self.at);
        found.is_some()
    }

    /// Goes some lines down, or up.
    pub(super) fn go(&mut self, by: isize) {
        let to = |at: usize, n: usize| at.saturating_add_signed(by).min(n.saturating_sub(1));
        match (self.page, self.is_in_document) {
            (Page::List | Page::Board, true) => {
                self.detail.at = to(self.detail.at, self.detail.len());
            }
            (Page::List, false) => self.at = to(self.at, self.rows.len()),
            (Page::Board, false) => self.go_in_column(by),
            _ => self.page_at = to(self.page_at, self.page_lines.len()),
        }
    }

    /// How many lines a page of what has the keys is.
    pub(super) fn page_length(&self) -> isize {
        let Some(layout) = self.layout() else { return 1 };
        let pane = if self.is_in_document { layout.side } else { layout.main };
        isize::try_from(pane.height.saturating_sub(2)).unwrap_or(1).max(1)
    }

    /// Brings what is selected onto the screen.
    pub(super) fn scroll(&mut self) {
        let Some(layout) = self.layout() else { return };
        let height = usize::from(layout.main.height);
        let side = usize::from(layout.side.height);
        self.page_first = scrolled(self.page_first, self.page_at, height, self.page_lines.len());
        self.detail.first = scrolled(self.detail.first, self.detail.at, side, self.detail.len());
        if layout.main.height == 0 || self.page != Page::List {
            return;
        }
        // One line for the heading.
        let height = height.saturating_sub(1);
        self.first = scrolled(self.first, self.at, height, self.rows.len() + 1);
        while self.first < self.at && !self.slots(height).contains(&Slot::Row(self.at)) {
            self.first += 1;
        }
    }

    /// What the lines of the list hold, from the first one on the screen.
    pub(in crate::tui) fn slots(&self, height: usize) -> Vec<Slot> {
        let line = self.capacity_row();
        let mut slots = Vec::with_capacity(height + 1);
        for row in self.first..self.rows.len() {
            if line == Some(row) {
                slots.push(Slot::Capacity);
            }
            if slots.len() >= height {
                break;
            }
            slots.push(Slot::Row(row));
        }
        slots.truncate(height);
        slots
    }

    /// The row above which the sprint is full, where the list is whole.
    fn capacity_row(&self) -> Option<usize> {
        let capacity = self.figures.capacity.as_ref().filter(|_| self.filter.is_empty())?;
        Some(capacity.n_fit)
    }
}

/// Whether a filter is meant as a query.
fn is_query(filter: &str) -> bool {
    filter.starts_with('@') || filter.contains(['=', '<', '>', '~'])
}
