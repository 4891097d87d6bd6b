//! A product's backlog, kept in its Git repository as Markdown files.
//!
//! The layers, where an arrow means "may name" and nothing points back:
//!
//! ```text
//! main → cli → tui → render → domain
//!        cli → store → domain
//! ```
//!
//! [`domain`] takes text and values and returns values. [`store`] is where texts come from and go
//! to: the worktree, or a commit. [`render`] turns values into text for people and programs.
//! [`tui`] is the full-screen view of them. [`cli`] has one file per command.

pub mod cli;
pub mod domain;
pub mod render;
pub mod store;
pub mod tui;
