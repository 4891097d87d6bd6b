//! The views, one file each: what a command found, as blocks for people and as JSON for programs.

pub mod board;
pub mod criteria;
pub mod findings;
pub mod import;
pub mod list;
pub mod rule;
pub mod show;
pub mod statistics;
mod values;
