//! The documents that changed since a day or a revision.

use std::collections::BTreeSet;

use super::error::{Failure, exit};
use super::states::States;
use super::workspace::Workspace;
use crate::domain::assign;
use crate::domain::config::Config;
use crate::domain::date::Date;
use crate::domain::diff::{Change, Pairs, diff};
use crate::store::{DEEPEN, Moment, Shape};

/// The ids of the documents that say something else at `at`, or in the worktree, than they did
/// at a revision, or before a day.
pub(super) fn ids(
    since: &str,
    at: Option<&str>,
    workspace: &Workspace,
    today: Date,
) -> anyhow::Result<BTreeSet<String>> {
    let base = match assign::date_of(since, today) {
        Some(day) => last_before(day, at.unwrap_or("HEAD"), workspace)?,
        None => Some(since.to_owned()),
    };
    let end = at.or(workspace.root.is_none().then_some("HEAD")).map(str::to_owned);
    let words: Vec<String> = base.clone().into_iter().chain(end).collect();
    let files = match base {
        Some(_) => States::of(&words, false, workspace)?.files,
        // Everything is younger than the day.
        None => States::from_nothing(at, workspace)?,
    };
    // Which statuses are open does not matter here, nor where criteria are found.
    let settings = Config::default();
    let diff = diff(Pairs::of(files), (&settings, &settings), None);
    let says_more = |change: &Change| !matches!(change, Change::Layout | Change::Renamed { .. });
    let changed = diff.documents.iter().filter(|it| it.changes.iter().any(says_more));
    Ok(changed.map(|it| it.id.clone()).collect())
}

/// The last commit on the line of first parents that was made before a day; `None` if there is
/// none.
fn last_before(day: Date, rev: &str, workspace: &Workspace) -> anyhow::Result<Option<String>> {
    let day = day.to_string();
    let repository = workspace.repository()?;
    let history = match repository.history(rev, &workspace.folder, Shape::FirstParent) {
        Err(error) if error.is_unborn() => return Ok(None),
        history => history?,
    };
    for moment in history {
        let Moment { commit, is_cut, .. } = moment?;
        if *commit.date() < *day {
            return Ok(Some(commit.id));
        }
        if is_cut {
            let message =
                format!("this clone is shallow, and does not hold the history back to {day}");
            return Err(Failure::new(exit::REPOSITORY, message).hint(DEEPEN).into());
        }
    }
    Ok(None)
}
