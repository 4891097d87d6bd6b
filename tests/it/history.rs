//! The trees of a history, what differs between them, and what is staged.

mod bases;
mod chronicle;
mod edits;
mod mailmap;
mod memo;
mod order;
mod reads;
