//! What happened to each item and when, read from the history.

use super::blame::uncommitted;
use super::context::Context;
use super::history::{Teller, Walk, warn_of_cut};
use super::workspace::Workspace;
use crate::domain::backlog::Backlog;
use crate::domain::log::LogEntry;
use crate::domain::message::counted;
use crate::domain::timeline::{Reading, Timeline};

/// The timeline of a backlog at a revision, or of the worktree with what is not committed yet. A
/// folder outside of a repository, and one before its first commit, has only the days in its items.
pub(super) fn timeline<'a>(
    backlog: &'a Backlog,
    at: Option<&str>,
    workspace: &Workspace,
    cx: &mut Context,
) -> anyhow::Result<Timeline<'a>> {
    told(backlog, at, workspace, cx, &mut |_| {})
}

/// The same, with each entry of the history handed to `visit` too, newest first.
pub(super) fn told<'a>(
    backlog: &'a Backlog,
    at: Option<&str>,
    workspace: &Workspace,
    cx: &mut Context,
    visit: &mut dyn FnMut(&LogEntry),
) -> anyhow::Result<Timeline<'a>> {
    let mut reading = Reading::new(backlog, cx.today);
    let Some(repository) = &workspace.repository else { return Ok(reading.finish()) };
    if at.is_none()
        && let Some(entry) = uncommitted(&|_| true, workspace)?
    {
        reading.read(&entry);
        visit(&entry);
    }
    let rev = at.unwrap_or("HEAD");
    if repository.tree(rev, &workspace.folder).is_err_and(|error| error.is_unborn()) {
        return Ok(reading.finish());
    }
    let walk = Walk { rev, first_parent: false };
    let cut = Teller::new(workspace)?.tell(walk, &mut |line| {
        if let Some(entry) = LogEntry::from_json(line) {
            reading.read(&entry);
            visit(&entry);
        }
        Ok(true)
    })?;
    warn_of_cut(cut.as_deref(), cx)?;
    let timeline = reading.finish();
    if timeline.n_unread > 0 {
        let items = counted(timeline.n_unread, "item");
        cx.warn(&format!(
            "texts of {items} in the history are broken or not in this clone; what they were then is not counted"
        ))?;
    }
    Ok(timeline)
}
