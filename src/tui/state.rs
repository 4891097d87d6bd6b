//! What the screen shows and what a key means there: a value, and the one function that changes it.

mod acting;
mod asking;
mod board;
mod detail;
mod figures;
mod listing;
mod mouse;
mod moving;
mod page;
#[cfg(test)]
mod properties;
mod round;
#[cfg(test)]
pub(super) mod tests;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use ratatui::crossterm::event::{KeyEvent, KeyEventKind};

use super::event::{Effect, Event};
use super::keys::{self, Place};
use super::layout::Layout;
use crate::domain::assign::Refusal;
use crate::domain::backlog::Backlog;
use crate::domain::date::Date;
use crate::domain::entry::Entry;
use crate::domain::finding::Finding;
use crate::domain::score::Scoring;
use crate::domain::session::{Draft, Met, Session};
use crate::domain::source::{Edits, SourceFile};
use crate::render::Style;
use crate::render::block::Tone;
pub(super) use asking::{Ask, Choice, Mode, Sure};
pub(super) use board::Column;
pub(super) use detail::Detail;
pub(super) use figures::Figures;
pub(super) use listing::Slot;
pub(super) use page::{Page, PageLine, signed};

/// The view of one session.
pub struct State {
    pub(super) session: Session,
    pub(super) style: Style,
    pub(super) scoring: Option<Scoring>,
    /// Columns and rows of the screen.
    size: (u16, u16),
    pub(super) page: Page,
    /// The lines of a page that is neither the list nor the board, and the one with the cursor.
    pub(super) page_lines: Vec<PageLine>,
    pub(super) page_at: usize,
    pub(super) page_first: usize,
    /// Whether keys go to the document and not to the list.
    pub(super) is_in_document: bool,
    pub(super) mode: Mode,
    /// The items that are listed, in their order.
    pub(super) rows: Vec<Arc<Entry>>,
    /// The selected one, and the first that is shown.
    pub(super) at: usize,
    pub(super) first: usize,
    /// The paths of the marked items.
    pub(super) marks: BTreeSet<String>,
    pub(super) filter: String,
    /// What is wrong with the filter, if it is a query.
    pub(super) filter_error: Option<String>,
    pub(super) shows_all: bool,
    pub(super) detail: Detail,
    pub(super) figures: Figures,
    /// What there is to say, until something else is.
    pub(super) said: Option<(String, Tone)>,
    /// What the rules found last, by path, and in which version.
    pub(super) findings: HashMap<String, Vec<Finding>>,
    pub(super) checked: Option<u64>,
    is_checking: bool,
    /// Counts the changes of the backlog.
    version: u64,
    /// The row on which a mouse button was pressed.
    pressed: Option<usize>,
    /// The reason of a commit, until there is one: a hook may refuse it.
    why: String,
}

impl State {
    /// The view of a backlog on a screen of some size. `today` is the day on which it happens.
    pub fn new(backlog: Backlog, today: Date, style: Style, size: (u16, u16)) -> Self {
        let scoring = scoring(&backlog, today);
        let mut state = Self {
            session: Session::new(backlog, today),
            style,
            scoring,
            size,
            page: Page::List,
            page_lines: Vec::new(),
            page_at: 0,
            page_first: 0,
            is_in_document: false,
            mode: Mode::Normal,
            rows: Vec::new(),
            at: 0,
            first: 0,
            marks: BTreeSet::new(),
            filter: String::new(),
            filter_error: None,
            shows_all: false,
            detail: Detail::default(),
            figures: Figures::default(),
            said: None,
            findings: HashMap::new(),
            checked: None,
            is_checking: false,
            version: 0,
            pressed: None,
            why: String::new(),
        };
        state.list_anew();
        state.reckon();
        state.reckon_curve();
        state.figures.begin();
        state.refresh();
        state
    }

    /// Takes an event, and says what is to be done outside.
    pub fn update(&mut self, event: Event) -> Vec<Effect> {
        let effects = match event {
            Event::Key(key) if key.kind == KeyEventKind::Release => return Vec::new(),
            Event::Key(key) => self.key(key),
            Event::Mouse(mouse) => self.mouse(mouse),
            Event::Paste(text) => self.paste(&text),
            Event::Resize(width, height) => {
                self.size = (width, height);
                Vec::new()
            }
            Event::Idle => self.idle(),
            Event::Written(edits) => {
                self.session.written(&edits);
                Vec::new()
            }
            Event::Disk(files) => {
                let met = self.session.meet(files);
                self.met(&met)
            }
            Event::Reloaded(files) => self.reloaded(files),
            Event::Checked(version, findings) => self.take_findings(version, findings),
            Event::Edited(id, before, after) => self.edited(&id, &before, &after),
            Event::Drawn(draft, drawn) => self.drawn(draft, drawn),
            Event::Committed(words) => {
                self.session.committed();
                self.why.clear();
                self.say(words, Tone::Good);
                Vec::new()
            }
            Event::Unsaved => {
                self.mode = Mode::Sure(Sure::Quit);
                Vec::new()
            }
            Event::Failed(refusal) => {
                self.refuse(refusal);
                Vec::new()
            }
        };
        self.refresh();
        effects
    }

    /// What is to be written to disk.
    pub fn unwritten(&self) -> Edits {
        self.session.unwritten()
    }

    /// Columns and rows of the screen.
    pub fn size(&self) -> (u16, u16) {
        self.size
    }

    /// The session.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The number of the state that the rules look at.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The document that an id means, to be opened in an editor.
    pub fn target(&self, id: &str) -> Result<&Entry, Refusal> {
        self.session.target(id)
    }

    pub(super) fn backlog(&self) -> &Arc<Backlog> {
        self.session.backlog()
    }

    /// Where things stand on the screen; `None` if it is too small for anything.
    pub(super) fn layout(&self) -> Option<Layout> {
        let with_side = match self.page {
            Page::List => true,
            Page::Board => self.is_in_document,
            _ => false,
        };
        Layout::of(self.size.0, self.size.1, with_side, self.is_in_document)
    }

    /// Where a key is looked up, the narrowest place first.
    pub(super) fn places(&self) -> Vec<Place> {
        match (&self.mode, self.page, self.is_in_document) {
            (Mode::Round(_), ..) => vec![Place::Round, Place::Everywhere],
            (_, Page::List | Page::Board, true) => {
                vec![Place::Document, Place::Items, Place::Everywhere]
            }
            (_, Page::List, false) => vec![Place::List, Place::Items, Place::Everywhere],
            (_, Page::Board, false) => vec![Place::Board, Place::Items, Place::Everywhere],
            _ => vec![Place::Page, Place::Everywhere],
        }
    }

    fn key(&mut self, key: KeyEvent) -> Vec<Effect> {
        match self.mode {
            Mode::Normal | Mode::Round(_) => {
                self.said = None;
                match keys::action(key, &self.places()) {
                    Some(action) => self.act(action),
                    None => Vec::new(),
                }
            }
            _ => self.answer(key),
        }
    }

    fn say(&mut self, words: impl Into<String>, tone: Tone) {
        self.said = Some((words.into(), tone));
    }

    fn refuse(&mut self, refusal: Refusal) {
        self.say(refusal.said(), Tone::Bad);
    }

    /// After something was done, or refused.
    fn step(&mut self, done: Result<String, Refusal>) -> Vec<Effect> {
        match done {
            Ok(words) => {
                self.say(words, Tone::Plain);
                self.changed();
                self.if_unwritten()
            }
            Err(refusal) => {
                self.refuse(refusal);
                Vec::new()
            }
        }
    }

    fn if_unwritten(&self) -> Vec<Effect> {
        if self.session.n_unwritten() == 0 { Vec::new() } else { vec![Effect::Write] }
    }

    /// After the backlog has changed.
    fn changed(&mut self) {
        self.version += 1;
        self.list_anew();
        self.reckon();
        self.page_anew();
    }

    fn met(&mut self, met: &Met) -> Vec<Effect> {
        match (&met.paths[..], &met.in_conflict[..]) {
            ([], []) => return Vec::new(),
            (_, [path, ..]) => {
                self.say(format!("{path} is in conflict: decide it in the editor"), Tone::Bad);
            }
            ([path], []) => self.say(format!("{path} has changed elsewhere"), Tone::Plain),
            (paths, []) => {
                self.say(format!("{} files have changed elsewhere", paths.len()), Tone::Plain);
            }
        }
        self.changed();
        self.if_unwritten()
    }

    /// After the settings have changed, and all files with them.
    fn reloaded(&mut self, files: Vec<SourceFile>) -> Vec<Effect> {
        let met = self.session.meet_all(files);
        self.scoring = scoring(self.backlog(), self.session.today());
        self.changed();
        let problem = self.backlog().config_problems.first();
        match problem.map(|it| format!("{}: {}", it.path, it.problem.message)) {
            Some(words) => self.say(words, Tone::Bad),
            None => self.say("the settings have changed", Tone::Plain),
        }
        let mut effects = self.met(&met);
        effects.extend(self.if_unwritten());
        effects.dedup();
        effects
    }

    fn idle(&mut self) -> Vec<Effect> {
        self.detail_in_full();
        self.reckon_curve();
        let is_stale = self.checked != Some(self.version) && !self.is_checking;
        self.is_checking |= is_stale;
        // What could not be written may be written now.
        let mut effects = self.if_unwritten();
        effects.extend(is_stale.then_some(Effect::Check));
        effects
    }

    fn take_findings(&mut self, version: u64, findings: Vec<Finding>) -> Vec<Effect> {
        self.is_checking = false;
        self.checked = Some(version);
        self.findings.clear();
        for finding in findings {
            self.findings.entry(finding.path.clone()).or_default().push(finding);
        }
        self.detail.forget();
        self.page_anew();
        Vec::new()
    }

    fn edited(&mut self, id: &str, before: &str, after: &str) -> Vec<Effect> {
        if before == after {
            self.say(format!("{id} is as it was"), Tone::Plain);
            return Vec::new();
        }
        let edited = self.session.rewrite(id, before, after);
        self.step(edited)
    }

    /// Writes an item down; what cannot be written down is asked for again.
    fn drawn(&mut self, draft: Draft, drawn: Result<(String, String), Refusal>) -> Vec<Effect> {
        let added =
            drawn.and_then(|(id, template)| Ok((self.session.add(&draft, &id, &template)?, id)));
        match added {
            Ok((words, id)) => {
                let effects = self.step(Ok(words));
                self.select_id(&id);
                effects
            }
            Err(refusal) => {
                self.ask_again_for(draft, refusal);
                Vec::new()
            }
        }
    }

    /// Makes what is shown fit to what is selected and to the screen.
    fn refresh(&mut self) {
        self.scroll();
        self.detail_anew();
    }
}

/// The model of the settings, unless people set the order themselves.
fn scoring(backlog: &Backlog, today: Date) -> Option<Scoring> {
    Scoring::new(&backlog.config, None, today).ok().filter(|it| !it.is_manual())
}
