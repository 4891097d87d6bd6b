//! What comes next, and by when.

use super::super::dates;
use super::{BriefingView, long};
use crate::domain::briefing::Briefing;
use crate::domain::outlook::Dates;
use crate::domain::overview::Running;
use crate::domain::release::Release;
use crate::render::block::{Block, Cell, Column, Figure, Line, Table, Tone};

/// The share of futures in which a day that is likely is kept.
const LIKELY: f64 = 0.85;

/// The sprint that runs, and the next release, as figures.
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
    let sprints = it.sprints.iter().map(figure);
    sprints.chain(it.releases.first().and_then(of_release)).collect()
}

/// The release that is next, as a figure; `None` if no day can be told.
fn of_release<'a>(it: &Release<'a>) -> Option<Figure<'a>> {
    let likely = it.dates.as_ref()?.by(LIKELY)?;
    let title = it.record.title();
    let note = match it.target() {
        Some(target) => format!("{title}, wanted by {}", long(target)),
        None => title.into_owned(),
    };
    Some(Figure {
        name: "is likely done by".into(),
        value: Cell::strong(long(likely)),
        note: note.into(),
    })
}

fn releases<'v>(releases: &'v [Release<'_>]) -> Table<'v> {
    let columns = [
        Column::shrink("release").keyed("title"),
        Column::whole("done").right(),
        Column::whole("wanted by").keyed("target"),
        Column::whole("chance").right(),
    ];
    let mut table = Table::new(columns.into_iter().chain(dates::columns()));
    for it in releases {
        let row = [
            Cell::strong(it.record.title()),
            Cell::from(format!("{} of {}", it.contents.done.len(), it.contents.n_items())),
            it.target().map_or(Cell::default(), |day| Cell::from(day.to_string())),
            dates::chance(it.chance()),
        ];
        table.push(row.into_iter().chain(dates::cells(it.dates.as_ref().map(Dates::told))));
    }
    table
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
    let is_planned = view.plan.schedule.sections.iter().any(|section| !section.rows.is_empty());
    if is_planned {
        blocks.extend([Block::Gantt(view.plan.plans()), Block::Blank]);
    }
    if !it.releases.is_empty() {
        blocks.push(Block::Table(releases(&it.releases)));
        blocks.push(Block::Blank);
    }
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
