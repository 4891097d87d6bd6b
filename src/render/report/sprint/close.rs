//! What a sprint delivered, and where the rest goes.

use serde_json::{Value, json};

use super::{done, goal, values};
use crate::domain::acceptance;
use crate::domain::entry::Entry;
use crate::domain::kind::Category;
use crate::domain::sprint::{State, Undone};
use crate::render::block::{Block, Cell, Line, Tone};
use crate::render::{Format, View};

/// What a sprint delivered, and where the rest goes.
pub struct CloseView<'a> {
    /// Where it stands.
    pub state: &'a State<'a>,
    /// What is not done.
    pub undone: &'a [Undone<'a>],
    /// The sprint that this goes into; `None`: back to the backlog.
    pub to: Option<&'a str>,
}

impl View for CloseView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let state = self.state;
        let fields = vec![
            ("goal".into(), goal(state.backlog, &state.sprint)),
            ("delivered".into(), done(state)),
        ];
        let mut blocks = vec![values::heading(state.sprint.record), Block::Fields(fields)];
        let finished: Vec<Line<'_>> = self.done().map(|it| accepted(it)).collect();
        if !finished.is_empty() {
            blocks.extend([Block::Blank, Block::heading(2, "Done"), Block::List(finished)]);
        }
        if !self.undone.is_empty() {
            let heading = match self.to {
                Some(sprint) => format!("Not done, and goes on into {sprint}"),
                None => "Not done, and goes back to the backlog".to_owned(),
            };
            let lines = self.undone.iter().map(undone).collect();
            blocks.extend([Block::Blank, Block::heading(2, heading), Block::List(lines)]);
        }
        blocks.push(Block::Blank);
        blocks
    }

    fn json(&self) -> Value {
        json!({
            "sprint": self.state.sprint.record.id(),
            "done": self.done().map(Entry::id).collect::<Vec<_>>(),
            "undone": self.undone.iter().map(|it| it.item.id()).collect::<Vec<_>>(),
            "to": self.to,
        })
    }

    fn formats(&self) -> &'static [Format] {
        Format::PAGES
    }
}

impl<'a> CloseView<'a> {
    fn done(&self) -> impl Iterator<Item = &'a Entry> {
        let (backlog, items) = (self.state.backlog, self.state.sprint.items.iter().copied());
        items.filter(|item| backlog.category(item) == Category::Done)
    }
}

/// `BL-7k3qd Guest checkout (accepted by mira@example.org)`
fn accepted(item: &Entry) -> Line<'_> {
    match acceptance::of(&item.document) {
        Some(it) if !it.by.is_empty() => {
            values::noted(values::named(item), &format!("accepted by {}", it.by))
        }
        Some(_) => values::noted(values::named(item), "accepted"),
        None => values::named(item).then(Cell::new(" (not accepted)", Tone::Warn)),
    }
}

fn undone<'a>(it: &'a Undone<'a>) -> Line<'a> {
    let line = values::named(it.item);
    if it.has_begun { values::noted(line, &it.item.status()) } else { line }
}
