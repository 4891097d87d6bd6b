//! The full-screen view: a session of refinement, seen and steered with single keys.
//!
//! [`State`] is a value. [`State::update`] takes an event and says what is to be done outside of it;
//! [`draw`] shows it. Neither reads a file nor writes one, so that both are tested without a
//! terminal. [`run`] holds the terminal and hands effects to an [`Outside`], which knows the files.

mod event;
mod fuzzy;
mod input;
pub mod keys;
mod layout;
mod state;
mod terminal;
mod view;

pub use event::{Effect, Event};
pub use state::State;
pub use terminal::{End, Outside, Wait, run, wait};
pub use view::draw;
