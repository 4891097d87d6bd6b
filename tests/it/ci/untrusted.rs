//! The privileged events of GitHub, and a checkout that is not of the base.

use insta::assert_snapshot;

use super::{change, pull_request, without_criteria};
use crate::support::{Repo, Run};

const COMMANDS: [&[&str]; 9] = [
    &["check"],
    &["check", "--since", "HEAD~1"],
    &["review", "HEAD~1..HEAD"],
    &["diff", "HEAD~1..HEAD"],
    &["list"],
    &["show", "7k3qd"],
    &["log"],
    &["set", "7k3qd", "value=3"],
    &["commit"],
];

/// The head of a pull request, one commit above its base.
fn repo() -> Repo {
    let repo = pull_request();
    change(&repo, ".backlog/items/BL-9qqrt-pay-by-fax.md", without_criteria("Pay by fax"));
    repo
}

fn run(repo: &Repo, arguments: &[&str], event: &str, sha: Option<&str>) -> Run {
    let mut program = repo.program();
    program.args(arguments).env("GITHUB_EVENT_NAME", event);
    program.envs(sha.map(|sha| ("GITHUB_SHA", sha)));
    repo.output(&mut program)
}

#[test]
fn a_privileged_event_with_the_head_of_a_pull_request_is_refused() {
    let repo = repo();
    let base = repo.git(&["rev-parse", "HEAD~1"]);
    let head = repo.git(&["rev-parse", "HEAD"]);
    let events = ["pull_request_target", "workflow_run", "issue_comment"];
    for (arguments, event) in COMMANDS.iter().flat_map(|it| events.map(|event| (*it, event))) {
        for sha in [Some(&*base), Some(""), None] {
            assert_eq!(run(&repo, arguments, event, sha).code, Some(7), "{arguments:?} {sha:?}");
        }
    }
    for event in events {
        assert_eq!(run(&repo, &["list"], event, Some(&head)).code, Some(0), "{event}");
    }
}

#[test]
fn what_the_base_had_before_may_be_looked_at() {
    let repo = repo();
    let head = repo.git(&["rev-parse", "HEAD"]);
    repo.git(&["checkout", "--quiet", "HEAD~1"]);
    assert_eq!(run(&repo, &["list"], "workflow_run", Some(&head)).code, Some(0));
}

#[test]
fn other_events_are_as_ever() {
    let repo = repo();
    let base = repo.git(&["rev-parse", "HEAD~1"]);
    for event in ["pull_request", "push", "schedule", ""] {
        assert_eq!(run(&repo, &["list"], event, Some(&base)).code, Some(0), "{event}");
    }
}

#[test]
fn the_refusal_names_the_recipe() {
    let repo = repo();
    let base = repo.git(&["rev-parse", "HEAD~1"]);
    assert_snapshot!(run(&repo, &["check"], "pull_request_target", Some(&base)), @"
    ! error: refusing: pull_request_target is a privileged event with an untrusted checkout
    ! hint: run it on pull_request, as docs/ci/github.yml and docs/ci/github-review.yml do
    = 7
    ");
}
