//! One binary for all integration tests.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod ci;
mod cli;
mod commit;
mod commit_refused;
mod commit_repositories;
mod commit_signed;
mod docs;
mod gherkin;
mod git;
mod history;
mod ranks;
mod real;
mod replay;
mod store;
mod support;
mod tidy;
mod worktree;
