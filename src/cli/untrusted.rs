//! Workflows that run with the secrets of a project, on files that somebody else wrote.

use super::context::Context;
use super::error::{Failure, exit};
use crate::store::Repository;

/// The events of GitHub that have the project's secrets at hand and are set off by what anybody may
/// do: open a pull request, or write below one.
const PRIVILEGED: [&str; 3] = ["pull_request_target", "workflow_run", "issue_comment"];

/// Refuses to work on the head of a pull request in an event that has the project's secrets at hand.
/// There `GITHUB_SHA` is the newest commit of the base, whose workflow runs; a checkout of what is
/// not in its history is the work of whoever set off the event.
pub(super) fn refuse(cx: &Context, repository: &Repository) -> Result<(), Failure> {
    let variable = |name: &str| (cx.env)(name).map(|value| value.to_string_lossy().into_owned());
    let event = variable("GITHUB_EVENT_NAME").unwrap_or_default();
    if !PRIVILEGED.contains(&event.as_str()) {
        return Ok(());
    }
    let base = variable("GITHUB_SHA").unwrap_or_default();
    if repository.head_id().is_some_and(|head| is_in_history(repository, &head, &base)) {
        return Ok(());
    }
    let message = format!("refusing: {event} is a privileged event with an untrusted checkout");
    Err(Failure::new(exit::REFUSED, message)
        .hint("run it on pull_request, as docs/ci/github.yml and docs/ci/github-review.yml do"))
}

/// Whether a commit is another one or one of its ancestors; not, where the history ends too early.
fn is_in_history(repository: &Repository, commit: &str, base: &str) -> bool {
    commit == base || repository.merge_base(base, commit).is_ok_and(|it| it == commit)
}
