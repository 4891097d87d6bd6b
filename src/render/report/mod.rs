//! The views, one file each: what a command found, as blocks for people and as JSON for programs.

mod amount;
pub mod blame;
pub mod board;
mod canvas;
pub mod case;
mod change;
pub mod criteria;
pub mod diff;
pub mod doctor;
pub mod experiment;
pub mod findings;
pub mod import;
pub mod list;
pub mod log;
pub mod proposal;
pub mod review;
mod room;
pub mod rule;
pub mod score;
pub mod scores;
pub mod show;
pub mod statistics;
pub mod value;
mod values;
pub mod voice;
pub mod why;
