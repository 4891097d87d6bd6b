//! The terminal: taken over, given back whatever happens, and read until the session ends.

mod rules;
mod screen;
mod signals;
mod wait;

use std::io;
use std::time::{Duration, Instant};

use ratatui::crossterm::event::{self, Event as Input};

use super::event::{Effect, Event};
use super::state::State;
use crate::domain::session::Draft;
use crate::domain::source::Edits;
use rules::Rules;
use screen::Screen;
use signals::Signals;
pub use wait::{Wait, wait};

/// What knows the files. Each answer is an event.
pub trait Outside {
    /// Writes to disk.
    fn write(&mut self, edits: &Edits) -> Event;
    /// Commits what the session has changed. The terminal is the program's until this returns.
    fn commit(&mut self, state: &State, why: &str) -> Event;
    /// Lets the user edit a document. The terminal is the program's until this returns.
    fn edit(&mut self, state: &State, id: &str) -> Event;
    /// Draws an id and fetches a template.
    fn draw(&mut self, state: &State, draft: Draft) -> Event;
    /// Looks whether somebody else has changed something.
    fn look(&mut self) -> Option<Event>;
}

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The user has quit.
    Quit,
    /// A signal asked the process to end.
    Signal(i32),
    /// The terminal is gone.
    Gone,
}

/// How long nobody types before there is time for what is not urgent.
const IDLE: Duration = Duration::from_millis(150);
/// How often to look at the disk while nobody types.
const LOOK: Duration = Duration::from_secs(1);
/// How long to wait at a time, so that a signal and the rules are not left waiting.
const TURN: Duration = Duration::from_millis(50);
/// How long a step may wait to be written while keys keep coming.
const LONGEST: Duration = Duration::from_millis(200);
/// How often to try again what somebody else has written over.
const TRIES: usize = 5;

/// Holds the terminal until the session ends.
pub fn run(state: &mut State, outside: &mut dyn Outside) -> io::Result<End> {
    let signals = Signals::new()?;
    let mut session = Running {
        screen: Screen::enter()?,
        rules: Rules::new()?,
        effects: Vec::new(),
        since: Instant::now(),
        typed: Instant::now(),
        looked: Instant::now(),
        is_idle: false,
        state,
        outside,
    };
    session.run(&signals)
}

/// A session that holds the terminal.
struct Running<'a> {
    screen: Screen,
    rules: Rules,
    /// What is to be done, and since when.
    effects: Vec<Effect>,
    since: Instant,
    /// When somebody typed last, and when the disk was looked at.
    typed: Instant,
    looked: Instant,
    /// Whether the state knows that nobody types.
    is_idle: bool,
    state: &'a mut State,
    outside: &'a mut dyn Outside,
}

impl Running<'_> {
    fn run(&mut self, signals: &Signals) -> io::Result<End> {
        self.draw()?;
        loop {
            if let Some(signal) = signals.ended() {
                self.write();
                return Ok(End::Signal(signal));
            }
            if signals.stopped() {
                self.suspend(signals)?;
            } else if signals.continued() {
                self.screen.enter_again()?;
                self.draw()?;
            }
            let is_open = self.effects.is_empty();
            let wait = wait(if is_open { TURN } else { Duration::ZERO })?;
            let is_late = !is_open && self.since.elapsed() > LONGEST;
            match wait {
                Wait::Gone => {
                    self.write();
                    return Ok(End::Gone);
                }
                Wait::Input if !is_late => self.read()?,
                Wait::Nothing if is_open => self.rest()?,
                Wait::Input | Wait::Nothing => {
                    if self.perform(signals)? {
                        return Ok(End::Quit);
                    }
                    self.draw()?;
                }
            }
        }
    }

    /// Paints the state, on a screen that may have another size than when it was told of it last.
    fn draw(&mut self) -> io::Result<()> {
        let size = self.screen.size()?;
        if size != self.state.size() {
            self.update(Event::Resize(size.0, size.1));
        }
        self.screen.draw(self.state)
    }

    /// Takes what was typed.
    fn read(&mut self) -> io::Result<()> {
        let event = match event::read()? {
            Input::Key(key) => Event::Key(key),
            Input::Mouse(mouse) => Event::Mouse(mouse),
            Input::Paste(text) => Event::Paste(text),
            Input::Resize(width, height) => Event::Resize(width, height),
            Input::FocusGained | Input::FocusLost => return Ok(()),
        };
        (self.typed, self.is_idle) = (Instant::now(), false);
        self.update(event);
        self.draw()
    }

    /// What there is time for while nobody types.
    fn rest(&mut self) -> io::Result<()> {
        let mut events: Vec<Event> = self.rules.answer().into_iter().collect();
        if !self.is_idle && self.typed.elapsed() >= IDLE {
            self.is_idle = true;
            events.push(Event::Idle);
        }
        if self.looked.elapsed() >= LOOK {
            self.looked = Instant::now();
            let news = self.outside.look();
            // What could not be written is tried again, however long nobody types.
            self.is_idle &= news.is_none() && self.state.session().n_unwritten() == 0;
            events.extend(news);
        }
        let is_news = !events.is_empty();
        events.into_iter().for_each(|event| self.update(event));
        if is_news { self.draw() } else { Ok(()) }
    }

    fn update(&mut self, event: Event) {
        if self.effects.is_empty() {
            self.since = Instant::now();
        }
        for effect in self.state.update(event) {
            if effect != Effect::Write || !self.effects.contains(&Effect::Write) {
                self.effects.push(effect);
            }
        }
    }

    /// Does what is to be done. Whether the session ends.
    fn perform(&mut self, signals: &Signals) -> io::Result<bool> {
        for effect in std::mem::take(&mut self.effects) {
            match effect {
                Effect::Write => {
                    self.write();
                }
                Effect::Check => {
                    let backlog = self.state.session().backlog().clone();
                    self.rules.look(backlog, self.state.version(), self.state.session().today());
                }
                Effect::Draw(draft) => {
                    let event = self.outside.draw(self.state, draft);
                    self.update(event);
                }
                // What could not be written was told, and is not committed.
                Effect::Commit(_) if !self.write() => {}
                Effect::Commit(why) => {
                    self.screen.leave();
                    let event = self.outside.commit(self.state, &why);
                    self.back(event, signals)?;
                }
                Effect::Edit(id) => {
                    self.write();
                    self.screen.leave();
                    let event = self.outside.edit(self.state, &id);
                    self.back(event, signals)?;
                }
                Effect::Suspend => self.suspend(signals)?,
                Effect::Redraw => self.screen.clear()?,
                Effect::Quit if !self.write() => self.update(Event::Unsaved),
                Effect::Quit | Effect::Abandon => return Ok(true),
            }
        }
        Ok(false)
    }

    /// Writes what is to be written, and says whether all of it is on disk. What somebody else has
    /// written meanwhile is merged, and tried again.
    fn write(&mut self) -> bool {
        for _ in 0..TRIES {
            let edits = self.state.unwritten();
            if edits.is_empty() {
                break;
            }
            let event = self.outside.write(&edits);
            let is_met = matches!(event, Event::Disk(_));
            self.update(event);
            if !is_met {
                break;
            }
        }
        self.effects.retain(|effect| *effect != Effect::Write);
        self.state.session().n_unwritten() == 0
    }

    /// After another program had the terminal. The signals that it was sent were not for us.
    fn back(&mut self, event: Event, signals: &Signals) -> io::Result<()> {
        signals.forget();
        self.screen.enter_again()?;
        self.update(event);
        Ok(())
    }

    fn suspend(&mut self, signals: &Signals) -> io::Result<()> {
        self.write();
        self.screen.leave();
        signals.stop();
        self.screen.enter_again()?;
        self.draw()
    }
}
