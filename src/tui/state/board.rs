//! The board: the listed items by status. The selected item is the same as in the list.

use super::State;
use crate::domain::assign::{Assignment, Operation, Refusal};
use crate::tui::event::Effect;

/// A status with its items.
#[derive(Clone, Debug)]
pub(in crate::tui) struct Column {
    /// The status.
    pub(in crate::tui) status: String,
    /// How many items may be in it at once.
    pub(in crate::tui) limit: Option<usize>,
    /// How many items are in it, whether they are listed or not.
    pub(in crate::tui) n_items: usize,
    /// The rows of its items that are listed.
    pub(in crate::tui) rows: Vec<usize>,
}

impl Column {
    /// Whether more items are in it than there may be.
    pub(in crate::tui) fn is_over_limit(&self) -> bool {
        self.limit.is_some_and(|limit| self.n_items > limit)
    }
}

impl State {
    /// The columns, in the order of the flow of work. Those of done and dropped items are shown
    /// when these are.
    pub(in crate::tui) fn columns(&self) -> Vec<Column> {
        let statuses = self.backlog().config.statuses.0.iter();
        let mut columns: Vec<Column> = statuses
            .filter(|(_, status)| self.shows_all || status.category.is_open())
            .map(|(word, status)| Column {
                status: word.to_owned(),
                limit: status.limit,
                n_items: 0,
                rows: Vec::new(),
            })
            .collect();
        for item in self.backlog().shared_items() {
            let status = item.status();
            if let Some(column) = columns.iter_mut().find(|it| it.status == *status) {
                column.n_items += 1;
            }
        }
        for (row, item) in self.rows.iter().enumerate() {
            let status = item.status();
            if let Some(column) = columns.iter_mut().find(|it| it.status == *status) {
                column.rows.push(row);
            }
        }
        columns
    }

    /// The column of the selected item, and its place there.
    pub(in crate::tui) fn place_on_board(&self, columns: &[Column]) -> Option<(usize, usize)> {
        let place = |column: &Column| column.rows.iter().position(|row| *row == self.at);
        columns.iter().enumerate().find_map(|(at, column)| Some((at, place(column)?)))
    }

    /// Goes up or down in the column of the selected item.
    pub(super) fn go_in_column(&mut self, by: isize) {
        let columns = self.columns();
        match self.place_on_board(&columns) {
            Some((column, place)) => {
                let rows = &columns[column].rows;
                self.at = rows[place.saturating_add_signed(by).min(rows.len() - 1)];
            }
            None => self.at = columns.iter().find_map(|it| it.rows.first()).copied().unwrap_or(0),
        }
    }

    /// Goes to the next column with items on the left or on the right.
    pub(super) fn go_across(&mut self, by: isize) {
        let columns = self.columns();
        let Some((from, place)) = self.place_on_board(&columns) else {
            return self.go_in_column(0);
        };
        let mut at = from;
        while let Some(next) = at.checked_add_signed(by).filter(|next| *next < columns.len()) {
            at = next;
            if let Some(last) = columns[at].rows.len().checked_sub(1) {
                self.at = columns[at].rows[place.min(last)];
                return;
            }
        }
    }

    /// Moves the items to the status on the left or on the right of that of the selected one.
    pub(super) fn move_across(&mut self, by: isize) -> Vec<Effect> {
        let columns = self.columns();
        let from = self.place_on_board(&columns).map(|(column, _)| column);
        let to = from.and_then(|at| columns.get(at.checked_add_signed(by)?));
        let Some(to) = to else {
            let refusal = Refusal::new("there is no status on that side");
            self.refuse(refusal.hint("a shows those of done and dropped items"));
            return Vec::new();
        };
        let status = to.status.clone();
        let operation = Operation::Set(status.clone());
        let effects = self.assign(&[Assignment { field: "status".to_owned(), operation }]);
        let columns = self.columns();
        let full = columns.iter().find(|it| it.status == status && it.is_over_limit());
        if let (Some(limit), false) = (full.and_then(|it| it.limit), effects.is_empty()) {
            let words = format!("{status} holds more than its limit of {limit}");
            self.say(words, crate::render::block::Tone::Warn);
        }
        effects
    }
}
