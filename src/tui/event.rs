//! What happens to the view, and what it wants done.

use ratatui::crossterm::event::{KeyEvent, MouseEvent};

use crate::domain::assign::Refusal;
use crate::domain::finding::Finding;
use crate::domain::session::{Draft, OnDisk};
use crate::domain::source::{Edits, SourceFile};

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// A key was pressed.
    Key(KeyEvent),
    /// The mouse was moved or pressed.
    Mouse(MouseEvent),
    /// Text was pasted.
    Paste(String),
    /// The terminal has another size: columns, rows.
    Resize(u16, u16),
    /// Nothing was typed for a moment.
    Idle,
    /// The changes are on disk.
    Written(Edits),
    /// Somebody else has changed these files.
    Disk(Vec<OnDisk>),
    /// Somebody else has changed the settings, so that all files were read anew.
    Reloaded(Vec<SourceFile>),
    /// What the rules found in the state of that number.
    Checked(u64, Vec<Finding>),
    /// The editor was closed: the id of the document, the text before, and the one after.
    Edited(String, String, String),
    /// An id and the template for an item to write down; or why there are none.
    Drawn(Draft, Result<(String, String), Refusal>),
    /// The changes are committed; in words, which commit it is.
    Committed(String),
    /// The end was wanted, and something cannot be written.
    Unsaved,
    /// Something could not be done.
    Failed(Refusal),
}

/// Something to be done outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Write to disk what [`State::unwritten`](super::State::unwritten) says.
    Write,
    /// Commit what the session has changed, with a reason.
    Commit(String),
    /// Open the document with this id in an editor.
    Edit(String),
    /// Draw an id for an item, and fetch its template.
    Draw(Draft),
    /// Let the rules look at the backlog.
    Check,
    /// Let the shell take over until the user comes back.
    Suspend,
    /// Paint everything anew.
    Redraw,
    /// End, once everything is on disk.
    Quit,
    /// End, although something is not.
    Abandon,
}
