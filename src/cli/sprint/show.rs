//! `sprint show` and `sprint list`.

use super::{Look, named};
use crate::cli::context::Context;
use crate::cli::error::{Failure, exit};
use crate::cli::pager;
use crate::cli::timeline::timeline;
use crate::cli::workspace::{At, Workspace};
use crate::domain::kind::Category;
use crate::domain::sprint::{Members, Sprint, all, lost, state, velocities};
use crate::render::Format;
use crate::render::report::sprint::SprintView;
use crate::render::report::sprint::list::SprintsView;

/// Shows one sprint.
pub(super) fn one(
    id: Option<&str>,
    look: &Look,
    workspace: &Workspace,
    cx: &mut Context,
) -> anyhow::Result<u8> {
    let at = look.at.at.as_deref();
    let backlog = workspace.load(cx, at)?;
    let record = match id {
        Some(id) => named(&backlog, id)?.record,
        None => {
            let (sprint, note) = current(all(&backlog))?;
            if let Some(note) = note {
                cx.say(&note)?;
            }
            sprint.record
        }
    };
    let timeline = timeline(&backlog, at, workspace, cx)?;
    if look.format == Format::Table {
        pager::start(cx, workspace);
    }
    let state = state(&backlog, record, &timeline);
    cx.show(&SprintView { state: &state, is_plain: look.plain }, look.format)?;
    Ok(exit::DONE)
}

/// The sprint that is looked at when none is named, and what is to be said about the choice.
fn current(sprints: Vec<Sprint<'_>>) -> Result<(Sprint<'_>, Option<String>), Failure> {
    let of = |category| sprints.iter().filter(move |it: &&Sprint<'_>| it.category == category);
    let running: Vec<&str> = of(Category::Doing).map(|it| it.record.id()).collect();
    let (found, note) = if let Some(last) = of(Category::Doing).next_back() {
        let others = &running[..running.len() - 1];
        let note = format!("also running: {}", others.join(", "));
        (Some(last), Some(note).filter(|_| !others.is_empty()))
    } else if let Some(next) = of(Category::Todo).next() {
        (Some(next), Some("no sprint is running; this is the next one".to_owned()))
    } else {
        (
            of(Category::Done).next_back(),
            Some("no sprint is running; this is the last one".to_owned()),
        )
    };
    let found = found.cloned().ok_or_else(|| {
        Failure::usage("there is no sprint").hint("make one with: git backlog sprint new")
    })?;
    Ok((found, note))
}

/// Lists all sprints.
pub(super) fn list(
    format: Format,
    at: &At,
    workspace: &Workspace,
    cx: &mut Context,
) -> anyhow::Result<u8> {
    let at = at.at.as_deref();
    let backlog = workspace.load(cx, at)?;
    let timeline = timeline(&backlog, at, workspace, cx)?;
    let sprints = all(&backlog);
    let members = Members::of(&backlog, &timeline.lives);
    let velocities = velocities(&backlog, &sprints, &members, cx.today);
    if format == Format::Table {
        pager::start(cx, workspace);
    }
    let view = SprintsView {
        backlog: &backlog,
        sprints: &sprints,
        velocities: &velocities,
        lost: &lost(&backlog).collect::<Vec<_>>(),
        today: cx.today,
    };
    cx.show(&view, format)?;
    if sprints.is_empty() {
        cx.say("make the first one with: git backlog sprint new")?;
    }
    Ok(exit::DONE)
}
