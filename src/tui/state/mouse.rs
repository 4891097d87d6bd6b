//! The mouse: a click selects, the wheel scrolls, and an item goes where it is dragged to.

use ratatui::crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use super::{Mode, Page, Slot, State};
use crate::domain::rank::Place;
use crate::tui::event::Effect;

/// How many lines a turn of the wheel is.
const WHEEL: isize = 3;

impl State {
    pub(super) fn mouse(&mut self, mouse: MouseEvent) -> Vec<Effect> {
        if !matches!(self.mode, Mode::Normal) {
            return Vec::new();
        }
        match mouse.kind {
            MouseEventKind::ScrollDown => self.go(WHEEL),
            MouseEventKind::ScrollUp => self.go(-WHEEL),
            MouseEventKind::Down(MouseButton::Left) => self.press(mouse),
            MouseEventKind::Up(MouseButton::Left) => return self.release(mouse),
            _ => {}
        }
        Vec::new()
    }

    fn press(&mut self, mouse: MouseEvent) {
        let Some(layout) = self.layout() else { return };
        let position = Position { x: mouse.column, y: mouse.row };
        if layout.side.contains(position) {
            self.is_in_document = true;
            let line = self.detail.first + usize::from(mouse.row - layout.side.y);
            self.detail.at = line.min(self.detail.len().saturating_sub(1));
            return;
        }
        self.pressed = self.row_at(mouse);
        if layout.main.contains(position) {
            self.is_in_document = false;
        }
        match (self.pressed, self.page) {
            (Some(row), _) => self.at = row,
            (None, Page::Changes | Page::Findings | Page::Value) => {
                let line = self.page_first + usize::from(mouse.row.saturating_sub(layout.main.y));
                self.page_at = line.min(self.page_lines.len().saturating_sub(1));
            }
            _ => {}
        }
    }

    /// What was pressed on one row and released on another is put there.
    fn release(&mut self, mouse: MouseEvent) -> Vec<Effect> {
        let (from, to) = (self.pressed.take(), self.row_at(mouse));
        let (Some(from), Some(to)) = (from, to) else { return Vec::new() };
        if from == to || self.at != from || from >= self.rows.len() {
            return Vec::new();
        }
        let id = self.rows[to].id().to_owned();
        self.place(if to > from { Place::After(&id) } else { Place::Before(&id) })
    }

    /// The row of the list at a place of the screen.
    fn row_at(&self, mouse: MouseEvent) -> Option<usize> {
        let layout = self.layout().filter(|_| self.page == Page::List)?;
        let position = Position { x: mouse.column, y: mouse.row };
        if !layout.main.contains(position) {
            return None;
        }
        // The first line is the heading.
        let line = usize::from(mouse.row - layout.main.y).checked_sub(1)?;
        match self.slots(usize::from(layout.main.height)).get(line)? {
            Slot::Row(row) => Some(*row),
            Slot::Capacity => None,
        }
    }
}
