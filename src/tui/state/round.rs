//! Rounds of the table: a number for each item that has none, one item after the other.

use super::{Mode, State};
use crate::domain::assign::{Assignment, Operation};
use crate::render::block::Tone;
use crate::tui::event::Effect;
use crate::tui::keys::Action;

use super::asking::What;

impl State {
    /// Begins with the first item that is listed and lacks the number.
    pub(super) fn begin_round(&mut self, field: &'static str) {
        self.marks.clear();
        self.is_in_document = false;
        match self.lacking(field).first() {
            Some(row) => {
                self.at = *row;
                self.mode = Mode::Round(field);
            }
            None => self.say(format!("every item that is listed has {}", a(field)), Tone::Good),
        }
    }

    /// What a key means in a round; `None` if it means what it always does.
    pub(super) fn in_round(&mut self, field: &'static str, action: Action) -> Option<Vec<Effect>> {
        let mut effects = Vec::new();
        match action {
            Action::Points(points) => {
                let operation = Operation::Set(points.to_string());
                let next = self.lacking_beside(field, true);
                effects = self.assign(&[Assignment { field: field.to_owned(), operation }]);
                if !effects.is_empty() {
                    self.go_on(field, next.as_deref());
                }
            }
            Action::OtherPoints => self.ask(What::Field(field), format!("{field}: "), ""),
            Action::Down | Action::Up => {
                let next = self.lacking_beside(field, action == Action::Down);
                self.go_on(field, next.as_deref());
            }
            Action::Back => self.mode = Mode::Normal,
            // A round is about the list.
            Action::ShowBoard | Action::ShowChanges | Action::ShowFindings | Action::ShowValue => {}
            _ => return None,
        }
        Some(effects)
    }

    /// The rows of open items that lack a number.
    pub(in crate::tui) fn lacking(&self, field: &str) -> Vec<usize> {
        let lacks = |row: &usize| {
            let item = &self.rows[*row];
            item.text(field).is_none() && self.backlog().category(item).is_open()
        };
        (0..self.rows.len()).filter(lacks).collect()
    }

    /// The file of the next item that lacks the number, or of the one before. After the last one
    /// comes the first.
    pub(super) fn lacking_beside(&self, field: &str, is_down: bool) -> Option<String> {
        let rows = self.lacking(field);
        let next = match is_down {
            true => rows.iter().find(|row| **row > self.at).or(rows.first()),
            false => rows.iter().rev().find(|row| **row < self.at).or(rows.last()),
        };
        next.map(|row| self.rows[*row].path().to_owned())
    }

    /// Goes to the item in that file. It is named by its file, as an item that has its number now may
    /// have left the filter and the rows be others. Where no item lacks the number, the round is over.
    pub(super) fn go_on(&mut self, field: &'static str, next: Option<&str>) {
        let rows = self.lacking(field);
        let is_next = |row: &&usize| Some(self.rows[**row].path()) == next;
        match rows.iter().find(is_next).or(rows.first()) {
            Some(row) => self.at = *row,
            None => {
                self.mode = Mode::Normal;
                self.say(format!("every item that is listed has {} now", a(field)), Tone::Good);
            }
        }
    }
}

/// A field with its article.
fn a(field: &str) -> String {
    let article = if field.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {field}")
}
