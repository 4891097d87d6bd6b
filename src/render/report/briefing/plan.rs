//! What comes next, and by when.

use super::{BriefingView, long};
use crate::domain::briefing::Briefing;
use crate::domain::overview::Running;
use crate::render::block::{Block, Cell, Column, Figure, Line, Table, Tone};

/// The sprint that runs, as a figure.
pub(super) fn figures<'a>(it: &Briefing<'a>) -> Vec<Figure<'a>> {
    let figure = |it: &Running<'a>| {
        let n_done = it.n_items - it.n_open;
        Figure {
            name: "of the sprint are done".into(),
            value: Cell::strong(format!("{n_done} of {}", it.n_items)),
            note: match it.days_left {
                Some(1) => format!("{} ends tomorrow", it.sprint.title()).into(),
                Some(days @ 2..) => format!("{} ends in {days} days", it.sprint.title()).into(),
                Some(0) => format!("{} ends today", it.sprint.title()).into(),
                Some(_) => Cell::new(format!("{} is over", it.sprint.title()), Tone::Warn).into(),
                None => it.sprint.title().into(),
            },
        }
    };
    it.sprints.iter().map(figure).collect()
}

/// The sprints, the releases and the next items.
pub(super) fn blocks<'v>(view: &'v BriefingView<'_>) -> Vec<Block<'v>> {
    let it = view.briefing;
    let mut blocks = Vec::new();
    let goals = it.sprints.iter().filter_map(|it| {
        let goal = it.sprint.text("goal")?;
        Some(Block::Text(Line::from(format!("{}: ", it.sprint.title())).then(Cell::strong(goal))))
    });
    blocks.extend(goals);
    if it.next.is_empty() {
        return blocks;
    }
    let mut table = Table::new([
        Column::whole("#").keyed("position").right(),
        Column::shrink("what").keyed("title"),
        Column::whole("status"),
        Column::whole("likely by").keyed("by_85"),
        Column::whole("id"),
    ]);
    for (at, (item, by)) in it.next.iter().enumerate() {
        table.push([
            Cell::dim((at + 1).to_string()),
            Cell::strong(item.title()),
            super::values::status_cell(it.backlog, item),
            by.map_or_else(|| Cell::dim("not known"), |day| Cell::from(long(day))),
            Cell::id(item.id()),
        ]);
    }
    blocks.push(Block::Table(table));
    blocks
}
