//! One binary for all integration tests.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod canaries;
mod ci;
mod cli;
mod clones;
mod commit;
mod commit_hooks;
mod commit_refused;
mod commit_repositories;
mod commit_signed;
mod docs;
mod flow;
mod fuzz;
mod gherkin;
mod git;
mod history;
mod layout;
mod merging;
mod ranks;
mod real;
mod reliability;
mod replay;
mod shapes;
mod store;
mod support;
mod tidy;
mod tui;
mod usage;
mod worktree;
