//! The backlog as values: no files, no Git, no clock, no environment, no printing.
//!
//! Nothing here can fail: a text that cannot be read becomes a [`problem::Problem`] beside the
//! rest. `clippy.toml` lists what these modules may not call; the lines below switch the list on.

#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

pub mod acceptance;
pub mod assign;
pub mod backlog;
pub mod baseline;
pub mod bearing;
pub mod blame;
pub mod briefing;
pub mod canvas;
pub mod case;
pub mod chance;
pub mod config;
pub mod criteria;
pub mod date;
pub mod decision;
pub mod demo;
pub mod diff;
pub mod document;
pub mod edit;
pub mod effect;
pub mod entry;
pub mod experiment;
pub mod finding;
pub mod forecast;
pub mod gherkin;
pub mod graph;
pub mod groom;
pub mod heading;
pub mod history;
pub mod id;
pub mod import;
pub mod kind;
pub mod log;
pub mod mention;
pub mod merge;
pub mod message;
pub mod note;
pub mod order;
pub mod outlook;
pub mod overdue;
pub mod overview;
pub mod policy;
pub mod precedence;
pub mod problem;
pub mod progress;
pub mod prospect;
pub mod query;
pub mod question;
pub mod rank;
pub mod reading;
pub mod reconcile;
pub mod rules;
pub mod score;
pub mod section;
pub mod select;
pub mod separated;
pub mod session;
pub mod similar;
pub mod source;
pub mod span;
pub mod split;
pub mod standing;
pub mod stats;
pub mod story;
pub mod suggest;
pub mod table;
pub mod template;
pub mod timeline;
pub mod twins;
pub mod value;
pub mod voice;
pub mod wording;
