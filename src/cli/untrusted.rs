//! Workflows that run with the secrets of a project, on files that somebody else wrote.

use super::context::Context;
use super::error::{Failure, exit};
use crate::store::Repository;

/// Refuses to work on the head of a pull request in the event of GitHub that has the project's
/// secrets at hand. There `GITHUB_SHA` is the commit of the base, whose workflow runs; a checkout
/// of anything else is the work of whoever opened the pull request.
pub(super) fn refuse(cx: &Context, repository: &Repository) -> Result<(), Failure> {
    let variable = |name: &str| (cx.env)(name).map(|value| value.to_string_lossy().into_owned());
    if variable("GITHUB_EVENT_NAME").as_deref() != Some("pull_request_target") {
        return Ok(());
    }
    let head = repository.head_id();
    if head.is_some() && head == variable("GITHUB_SHA") {
        return Ok(());
    }
    let message = "refusing: pull_request_target is a privileged event with an untrusted checkout";
    Err(Failure::new(exit::REFUSED, message)
        .hint("run it on pull_request, as docs/ci/github.yml and docs/ci/github-review.yml do"))
}
