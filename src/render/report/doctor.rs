//! What stands in the way of a backlog, and what was mended.

use serde_json::{Value, json};

use crate::domain::message::counted;
use crate::render::block::{Block, Cell, Column, Line, Table, Tone};
use crate::render::{Format, View};

/// How something was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// As it should be.
    Sound,
    /// Worth knowing, and in nobody's way.
    Note,
    /// To be mended.
    Problem,
    /// Mended just now.
    Mended,
}

impl State {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sound => "ok",
            Self::Note => "note",
            Self::Problem => "problem",
            Self::Mended => "mended",
        }
    }
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    /// What was looked at, as in `merge driver`.
    pub subject: &'static str,
    /// How it was found.
    pub state: State,
    /// What was found, in words.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// All that was looked at.
pub struct DoctorView<'a> {
    /// In the order in which it was looked at.
    pub diagnoses: &'a [Diagnosis],
}

impl DoctorView<'_> {
    fn count(&self, state: State) -> usize {
        self.diagnoses.iter().filter(|it| it.state == state).count()
    }
}

impl View for DoctorView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let columns = [Column::whole("state"), Column::whole("subject"), Column::shrink("found")];
        let mut table = Table::new(columns).wrapped();
        for it in self.diagnoses {
            let tone = match it.state {
                State::Sound | State::Mended => Tone::Good,
                State::Note => Tone::Dim,
                State::Problem => Tone::Bad,
            };
            let hint = it.hint.as_ref().map(|hint| format!("; {hint}")).unwrap_or_default();
            let found = format!("{}{hint}", it.message);
            table.push([Cell::new(it.state.word(), tone), it.subject.into(), found.into()]);
        }
        let (n_problems, n_mended) = (self.count(State::Problem), self.count(State::Mended));
        let mended = if n_mended > 0 { format!(", {n_mended} mended") } else { String::new() };
        let footer = format!("{}{mended}", counted(n_problems, "problem"));
        vec![Block::Table(table), Block::Footer(Line::from(Cell::dim(footer)))]
    }

    fn json(&self) -> Value {
        let diagnosis = |it: &Diagnosis| {
            json!({
                "subject": it.subject,
                "state": it.state.word(),
                "message": it.message,
                "hint": it.hint,
            })
        };
        json!({ "checks": self.diagnoses.iter().map(diagnosis).collect::<Vec<_>>() })
    }

    fn rows_key(&self) -> Option<&'static str> {
        Some("checks")
    }

    fn formats(&self) -> &'static [Format] {
        Format::DATA
    }
}
