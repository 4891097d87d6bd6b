//! `groom --tui`: the backlog in a full-screen view.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use super::context::Context;
use super::editor::{self, Edited};
use super::error::{self, Failure, exit};
use super::new;
use super::save::{self, Writing};
use super::workspace::Workspace;
use crate::domain::assign::Refusal;
use crate::domain::backlog::{Backlog, CONFIG};
use crate::domain::session::{Draft, OnDisk};
use crate::domain::source::{Edits, SourceFile};
use crate::render::{self, Style};
use crate::store::{self, Error, Source, Watch};
use crate::tui::{self, End, Event, Outside, State};

/// Runs the view. Each step is written to the worktree at once; commits pass by the hooks that may
/// forbid them with `no_verify`.
pub(super) fn run(no_verify: bool, workspace: &Workspace, cx: &mut Context) -> anyhow::Result<u8> {
    refuse_without_terminal(cx)?;
    let watch = workspace.root.as_deref().map(Watch::new);
    let backlog = workspace.load_to_write(cx)?;
    workspace.worktree()?;
    workspace.repository()?;
    let size =
        terminal_size::terminal_size().map_or((80, 24), |(width, height)| (width.0, height.0));
    // Links would be ornaments that the view cannot tell from text.
    let style = Style { links: None, ..cx.style.clone() };
    let mut state = State::new(backlog, cx.today, style, size);
    store::leave_ending_to_the_caller();
    let mut files = Files { cx, workspace, watch, edited: Vec::new(), no_verify };
    let end = tui::run(&mut state, &mut files);
    store::install_signal_cleanup();
    let Files { edited, .. } = files;
    for (path, edited) in edited {
        let lost = Failure::new(exit::CHANGED, format!("{path} was not saved"));
        let _told = edited.settle(cx, workspace, &path, Err(lost.into()));
    }
    let end = end?;
    if end == End::Gone {
        // There is nobody to tell.
        return Ok(exit::IO);
    }
    let code = finish(cx, workspace, &state, no_verify)?;
    match end {
        End::Quit | End::Gone => Ok(code),
        End::Signal(signal) => {
            cx.out.flush()?;
            die_of(signal);
            Ok(exit::IO)
        }
    }
}

fn refuse_without_terminal(cx: &Context) -> Result<(), Failure> {
    let is_dumb = (cx.env)("TERM").is_none_or(|term| term == "dumb" || term.is_empty());
    match cx.interactive && cx.terminal && !is_dumb {
        true => Ok(()),
        false => Err(Failure::usage("the full-screen view needs a terminal").hint(
            "without one: git backlog list, git backlog rank ID --top, git backlog set ID value=8",
        )),
    }
}

/// Says what the session has changed and what to do about it.
fn finish(
    cx: &mut Context,
    workspace: &Workspace,
    state: &State,
    no_verify: bool,
) -> anyhow::Result<u8> {
    let session = state.session();
    if !session.is_changed() {
        return Ok(exit::DONE);
    }
    if cx.verbosity >= 0 {
        cx.tell(&session.changes().lines)?;
    }
    if !state.unwritten().is_empty() {
        let paths: Vec<String> =
            state.unwritten().files().iter().map(|file| file.path.clone()).collect();
        return Err(Failure::new(exit::CHANGED, format!("not saved: {}", paths.join(", "))).into());
    }
    let backlog = session.backlog();
    if backlog.config.commit.auto {
        return commit(cx, workspace, state, None, no_verify);
    }
    cx.say("saved, not committed: commit it with: git backlog commit -m 'WHY'")?;
    cx.say("see it with: git backlog diff; take the last step back with: git backlog undo")?;
    Ok(exit::DONE)
}

fn commit(
    cx: &mut Context,
    workspace: &Workspace,
    state: &State,
    why: Option<&str>,
    no_verify: bool,
) -> anyhow::Result<u8> {
    let paths = state.session().changed_paths();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let writing = Writing { why: why.map(str::to_owned), no_verify, ..Writing::default() };
    save::commit_saved(cx, workspace, state.session().backlog(), &paths, &writing)
}

/// Ends as a process does that does not care for the signal, so that whoever waits for it knows.
#[cfg(unix)]
fn die_of(signal: i32) {
    let _still_here = signal_hook::low_level::emulate_default_handler(signal);
}

#[cfg(not(unix))]
fn die_of(_signal: i32) {}

/// The files of a backlog, for the view.
struct Files<'a> {
    cx: &'a mut Context,
    workspace: &'a Workspace,
    watch: Option<Watch>,
    /// What was edited and is not saved yet, with the paths.
    edited: Vec<(String, Edited)>,
    no_verify: bool,
}

impl Outside for Files<'_> {
    fn write(&mut self, edits: &Edits) -> Event {
        let (written, _said) = quietly(self.cx, |cx| self.workspace.apply(cx, edits));
        let Err(error) = written else {
            self.settle(edits);
            return Event::Written(edits.clone());
        };
        let is_changed =
            error.downcast_ref::<Error>().is_some_and(|it| matches!(it, Error::Changed { .. }));
        let paths: Vec<String> = edits.files().iter().map(|file| file.path.clone()).collect();
        match is_changed.then(|| self.on_disk(&paths)) {
            Some(Ok(files)) => Event::Disk(files),
            Some(Err(error)) => Event::Failed(refusal(&error)),
            None => Event::Failed(refusal(&error)),
        }
    }

    fn commit(&mut self, state: &State, why: &str) -> Event {
        let why = Some(why).filter(|why| !why.is_empty());
        let (workspace, no_verify) = (self.workspace, self.no_verify);
        let (done, said) = quietly(self.cx, |cx| commit(cx, workspace, state, why, no_verify));
        match done {
            Ok(_) => Event::Committed(said.lines().next_back().unwrap_or("committed").to_owned()),
            Err(error) => {
                let refusal = refusal(&error);
                self.wait(&refusal);
                Event::Failed(refusal)
            }
        }
    }

    fn edit(&mut self, state: &State, id: &str) -> Event {
        let entry = match state.target(id) {
            Ok(entry) => entry,
            Err(refusal) => return Event::Failed(refusal),
        };
        let (path, before) = (entry.path().to_owned(), entry.document.text().to_owned());
        match editor::edit(self.cx, self.workspace, &path, &before) {
            Ok(edited) => {
                let after = edited.text.clone();
                self.edited.push((path, edited));
                if before == after {
                    self.settle_all_but_changed(&before);
                }
                Event::Edited(id.to_owned(), before, after)
            }
            Err(error) => Event::Failed(refusal(&error)),
        }
    }

    fn draw(&mut self, state: &State, draft: Draft) -> Event {
        let backlog: &Backlog = state.session().backlog();
        let prefix = &backlog.config.id.prefix;
        let drawn = new::draw_ids(prefix, 1, self.workspace, backlog)
            .and_then(|ids| Ok((ids, new::template(&draft.item_type, self.workspace)?)));
        let drawn = drawn.map(|(mut ids, template)| (ids.remove(0), template));
        Event::Drawn(draft, drawn.map_err(|error| refusal(&error)))
    }

    fn look(&mut self) -> Option<Event> {
        let changed = self.watch.as_mut()?.changed();
        if changed.is_empty() {
            return None;
        }
        let is_settings = changed.iter().any(|path| path == CONFIG);
        let event = match is_settings {
            true => self.everything().map(Event::Reloaded),
            false => self.on_disk(&changed).map(Event::Disk),
        };
        Some(event.unwrap_or_else(|error| Event::Failed(refusal(&error))))
    }
}

impl Files<'_> {
    fn everything(&self) -> anyhow::Result<Vec<SourceFile>> {
        Ok(self.workspace.worktree()?.files()?)
    }

    /// Files as they are on disk now.
    fn on_disk(&self, paths: &[String]) -> anyhow::Result<Vec<OnDisk>> {
        let worktree = self.workspace.worktree()?;
        let read = |path: &String| Ok((path.clone(), worktree.file(path)?.map(|file| file.text)));
        paths.iter().map(read).collect()
    }

    /// The copies of what was edited are not needed any more once it is saved.
    fn settle(&mut self, edits: &Edits) {
        let edited = std::mem::take(&mut self.edited);
        for (path, edited) in edited {
            match edits.at(&path).is_some() {
                true => drop(edited.settle(self.cx, self.workspace, &path, Ok(exit::DONE))),
                false => self.edited.push((path, edited)),
            }
        }
    }

    /// Nor are they of what was left as it was.
    fn settle_all_but_changed(&mut self, before: &str) {
        let edited = std::mem::take(&mut self.edited);
        for (path, edited) in edited {
            match edited.text == before {
                true => drop(edited.settle(self.cx, self.workspace, &path, Ok(exit::DONE))),
                false => self.edited.push((path, edited)),
            }
        }
    }

    /// Leaves what a hook has said on the screen until it was read.
    fn wait(&mut self, refusal: &Refusal) {
        let style = self.cx.err_style.clone();
        let err = &mut self.cx.err;
        let told = render::error::error(&style, &refusal.message, refusal.hint.as_deref(), err);
        let asked = told.and_then(|()| write!(err, "Enter goes back ")).and_then(|()| err.flush());
        if asked.is_ok() {
            let _any = io::stdin().read_line(&mut String::new());
        }
    }
}

/// An error as the view tells it.
fn refusal(error: &anyhow::Error) -> Refusal {
    match error::outcome(error) {
        Some((_, message, hint)) => Refusal { message, hint },
        None => Refusal::new("the terminal is gone"),
    }
}

/// Does something that says what it does, and returns what it has said: the screen is not ours.
fn quietly<T>(cx: &mut Context, act: impl FnOnce(&mut Context) -> T) -> (T, String) {
    let said = Rc::new(RefCell::new(Vec::new()));
    let err = std::mem::replace(&mut cx.err, Box::new(Said(said.clone())));
    let done = act(cx);
    cx.err = err;
    let said = String::from_utf8_lossy(&said.borrow()).into_owned();
    (done, said)
}

/// A stream that is kept.
struct Said(Rc<RefCell<Vec<u8>>>);

impl Write for Said {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
