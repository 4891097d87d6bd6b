//! Moving items in the order: one, or all that are marked, which stay in the order that they have.

use std::sync::Arc;

use super::State;
use crate::domain::assign::Refusal;
use crate::domain::entry::Entry;
use crate::domain::rank::Place;
use crate::tui::event::Effect;

impl State {
    /// Moves the targets past the next item that is listed and does not move itself.
    pub(super) fn move_by_one(&mut self, is_down: bool) -> Vec<Effect> {
        let ids = self.targets();
        let is_moved = |row: &usize| ids.iter().any(|id| id == self.rows[*row].id());
        let mut rows = (0..self.rows.len()).filter(is_moved);
        let (Some(first), last) = (rows.next(), rows.next_back()) else { return Vec::new() };
        let beside = match is_down {
            true => (last.unwrap_or(first) + 1..self.rows.len()).find(|row| !is_moved(row)),
            false => (0..first).rev().find(|row| !is_moved(row)),
        };
        let Some(id) = beside.map(|row| self.rows[row].id().to_owned()) else {
            let end = if is_down { "below" } else { "above" };
            self.refuse(Refusal::new(format!("nothing is listed {end}")));
            return Vec::new();
        };
        self.place(if is_down { Place::After(&id) } else { Place::Before(&id) })
    }

    /// Moves the targets to an end of what is listed: of the whole order, unless a filter is on.
    pub(super) fn move_to_end(&mut self, is_bottom: bool) -> Vec<Effect> {
        if self.filter.trim().is_empty() {
            return self.place(if is_bottom { Place::Bottom } else { Place::Top });
        }
        let ids = self.targets();
        let backlog = self.backlog().clone();
        let is_stay = |item: &&Arc<Entry>| {
            backlog.category(item).is_open() && !ids.iter().any(|id| id == item.id())
        };
        let mut stays = self.rows.iter().filter(is_stay);
        let beside = if is_bottom { stays.next_back() } else { stays.next() };
        match beside.map(|item| item.id().to_owned()) {
            Some(id) if is_bottom => self.place(Place::After(&id)),
            Some(id) => self.place(Place::Before(&id)),
            None => {
                self.refuse(Refusal::new("nothing else is listed"));
                Vec::new()
            }
        }
    }

    /// Puts what is marked above or below the selected item.
    pub(super) fn put(&mut self, is_below: bool) -> Vec<Effect> {
        let id = self.selected().map(|item| item.id().to_owned());
        let Some(id) = id.filter(|_| !self.marks.is_empty()) else {
            let refusal = Refusal::new("nothing is marked");
            self.refuse(refusal.hint("mark with Space what is to move, then go where it belongs"));
            return Vec::new();
        };
        self.place(if is_below { Place::After(&id) } else { Place::Before(&id) })
    }

    /// Moves the targets.
    pub(super) fn place(&mut self, place: Place<'_>) -> Vec<Effect> {
        let ids = self.targets();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let placed = self.session.place(&ids, place);
        self.step(placed)
    }
}
