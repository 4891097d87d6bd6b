//! Questions: a line to type, a word to choose, a yes or no.

use std::sync::Arc;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::State;
use crate::domain::assign::{Assignment, Operation, Refusal};
use crate::domain::entry::Entry;
use crate::domain::rank::Place;
use crate::domain::session::{Beside, CriterionEdit, Draft};
use crate::tui::event::Effect;
use crate::tui::fuzzy::Fuzzy;
use crate::tui::input::Input;
use crate::tui::keys::HELP_LINES;
use crate::tui::layout::Layout;

/// What a key is taken for.
#[derive(Debug)]
pub(in crate::tui) enum Mode {
    /// A command.
    Normal,
    /// A command while items get the number that they lack, one after the other.
    Round(&'static str),
    /// A letter of an answer.
    Ask(Ask),
    /// A word to choose.
    Choose(Choice),
    /// Yes or no.
    Sure(Sure),
    /// The help is shown, from this line on.
    Help(usize),
}

/// A line that is typed.
#[derive(Debug)]
pub(in crate::tui) struct Ask {
    /// What for.
    pub(in crate::tui) what: What,
    /// What is asked, in words.
    pub(in crate::tui) words: String,
    /// The line.
    pub(in crate::tui) input: Input,
    /// Why it was not taken.
    pub(in crate::tui) error: Option<String>,
    /// The items that it may mean, and the one that is chosen.
    pub(in crate::tui) found: Vec<Arc<Entry>>,
    pub(in crate::tui) at: usize,
    /// The field of the round that goes on then.
    round: Option<&'static str>,
}

/// What a line is typed for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tui) enum What {
    /// The filter; what it was before, and the file of the item that was selected.
    Filter(String, Option<String>),
    /// A position.
    Position,
    /// An item, below which the targets go.
    Below,
    /// The value of a field.
    Field(&'static str),
    /// An assignment.
    Assignment,
    /// The title of a new item.
    New(Option<Beside>),
    /// A new criterion, after this one.
    Criterion(Option<usize>),
    /// Other words for a criterion.
    Reword(usize),
    /// The reason of a commit.
    Why,
}

/// A status to choose.
#[derive(Debug)]
pub(in crate::tui) struct Choice {
    /// The words.
    pub(in crate::tui) words: Vec<String>,
    /// The one that is chosen.
    pub(in crate::tui) at: usize,
}

impl Choice {
    /// Goes to the next word with this first letter, if there is one.
    fn go_to(&mut self, letter: char) {
        let is_meant = |word: &String| {
            let first = word.chars().next().into_iter().flat_map(char::to_lowercase);
            first.eq(letter.to_lowercase())
        };
        let after = (self.at + 1..self.words.len()).chain(0..=self.at);
        if let Some(at) = after.into_iter().find(|at| self.words.get(*at).is_some_and(is_meant)) {
            self.at = at;
        }
    }
}

/// What is asked again before it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) enum Sure {
    /// Take everything back that is not committed.
    TakeBack,
    /// Quit although something is not on disk.
    Quit,
}

/// What is asked for a new item.
const NEW: &str = "new item, title or type: title: ";

/// How many items are offered while one is looked for.
const OFFERED: usize = 8;

impl State {
    /// Asks for a line.
    pub(super) fn ask(&mut self, what: What, words: impl Into<String>, text: impl Into<String>) {
        let round = match self.mode {
            Mode::Round(field) => Some(field),
            _ => None,
        };
        let input = Input::new(text);
        let words = words.into();
        let (error, found) = (None, Vec::new());
        self.mode = Mode::Ask(Ask { what, words, input, error, found, at: 0, round });
        self.typed();
    }

    /// Takes a key while something is asked.
    pub(super) fn answer(&mut self, key: KeyEvent) -> Vec<Effect> {
        let is_cancel = key.code == KeyCode::Esc
            || key.code == KeyCode::Char('c') && key.modifiers.contains(KeyModifiers::CONTROL);
        match &mut self.mode {
            Mode::Ask(_) if is_cancel => self.cancel(),
            Mode::Ask(_) if key.code == KeyCode::Enter => return self.submit(),
            Mode::Ask(ask) => match key.code {
                KeyCode::Down if !ask.found.is_empty() => {
                    ask.at = (ask.at + 1).min(ask.found.len() - 1);
                }
                KeyCode::Up if !ask.found.is_empty() => ask.at = ask.at.saturating_sub(1),
                _ => {
                    if ask.input.key(key) {
                        self.typed();
                    }
                }
            },
            Mode::Choose(_) if is_cancel => self.mode = Mode::Normal,
            Mode::Choose(_) => return self.choose(key),
            Mode::Sure(sure) => {
                let (sure, is_yes) = (*sure, key.code == KeyCode::Char('y'));
                self.mode = Mode::Normal;
                return if is_yes { self.sure(sure) } else { Vec::new() };
            }
            Mode::Help(first) => self.mode = scrolled_help(*first, key.code, self.layout()),
            Mode::Normal | Mode::Round(_) => {}
        }
        Vec::new()
    }

    /// Takes pasted text.
    pub(super) fn paste(&mut self, text: &str) -> Vec<Effect> {
        if let Mode::Ask(ask) = &mut self.mode {
            ask.input.insert(text);
            self.typed();
        }
        Vec::new()
    }

    /// After a letter: what is looked for is looked for at once.
    fn typed(&mut self) {
        let Mode::Ask(ask) = &mut self.mode else { return };
        ask.error = None;
        match ask.what {
            What::Filter(..) => {
                self.filter = ask.input.text().to_owned();
                self.list_anew();
                if let (Some(error), Mode::Ask(ask)) = (self.filter_error.clone(), &mut self.mode) {
                    ask.error = Some(error);
                }
            }
            What::Below => {
                let found = self.offered();
                if let Mode::Ask(ask) = &mut self.mode {
                    (ask.found, ask.at) = (found, 0);
                }
            }
            _ => {}
        }
    }

    /// The open items that the line may mean, the best first.
    fn offered(&self) -> Vec<Arc<Entry>> {
        let Mode::Ask(ask) = &self.mode else { return Vec::new() };
        let targets = self.targets();
        let mut fuzzy = Fuzzy::new(ask.input.text());
        let is_other = |item: &&Arc<Entry>| !targets.iter().any(|id| id == item.id());
        let items = self.backlog().shared_open_items().filter(is_other);
        let mut found: Vec<(u32, &Arc<Entry>)> =
            items.filter_map(|item| Some((fuzzy.fits(item)?, item))).collect();
        found.sort_by_key(|(fits, _)| std::cmp::Reverse(*fits));
        found.into_iter().take(OFFERED).map(|(_, item)| item.clone()).collect()
    }

    fn cancel(&mut self) {
        let Mode::Ask(ask) = std::mem::replace(&mut self.mode, Mode::Normal) else { return };
        if let What::Filter(before, selected) = ask.what {
            self.filter = before;
            self.list_anew();
            selected.map(|path| self.select_path(&path));
        }
        if let Some(field) = ask.round {
            self.mode = Mode::Round(field);
        }
    }

    /// Takes the line. If it does not do, it stays, with the reason.
    fn submit(&mut self) -> Vec<Effect> {
        let Mode::Ask(ask) = std::mem::replace(&mut self.mode, Mode::Normal) else {
            return Vec::new();
        };
        let (version, round) = (self.version(), ask.round);
        let next = round.and_then(|field| self.lacking_beside(field, true));
        self.said = None;
        match self.submitted(&ask) {
            Ok(effects) => {
                if let Some(field) = round {
                    self.mode = Mode::Round(field);
                    if self.version() != version {
                        self.go_on(field, next.as_deref());
                    }
                }
                effects
            }
            Err(refusal) => {
                self.mode = Mode::Ask(Ask { error: Some(refusal.said()), ..ask });
                Vec::new()
            }
        }
    }

    fn submitted(&mut self, ask: &Ask) -> Result<Vec<Effect>, Refusal> {
        let text = ask.input.text().trim();
        let targets = self.targets();
        let ids: Vec<&str> = targets.iter().map(String::as_str).collect();
        let selected = self.selected().map(|item| item.id().to_owned()).unwrap_or_default();
        let is_empty = text.is_empty();
        let done = match &ask.what {
            What::Filter(..) => return Ok(Vec::new()),
            What::Why => {
                text.clone_into(&mut self.why);
                return Ok(vec![Effect::Commit(text.to_owned())]);
            }
            What::Below => match ask.found.get(ask.at) {
                Some(item) => self.session.place(&ids, Place::After(item.id()))?,
                None => return Err(Refusal::new("no open item fits")),
            },
            _ if is_empty => return Ok(Vec::new()),
            What::Position => self.session.place(&ids, Place::Position(position(text)?))?,
            What::Field(field) => {
                let operation = match text {
                    "-" if *field != "title" => Operation::Clear,
                    text => Operation::Set(text.to_owned()),
                };
                let assignment = Assignment { field: (*field).to_owned(), operation };
                self.session.assign(&ids, &[assignment])?
            }
            What::Assignment => self.session.assign(&ids, &assignments(text)?)?,
            What::Criterion(after) => {
                let change = CriterionEdit::Add(text.to_owned(), *after);
                self.session.criterion(&selected, &change)?
            }
            What::Reword(ordinal) => {
                let change = CriterionEdit::Reword(*ordinal, text.to_owned());
                self.session.criterion(&selected, &change)?
            }
            What::New(beside) => {
                let (item_type, title) = self.typed_title(text);
                crate::domain::assign::title(&title)?;
                return Ok(vec![Effect::Draw(Draft { item_type, title, beside: beside.clone() })]);
            }
        };
        Ok(self.step(Ok(done)))
    }

    /// Asks for a new item.
    pub(super) fn ask_for_new(&mut self, beside: Option<Beside>) {
        self.ask(What::New(beside), NEW, "");
    }

    /// Asks again for an item that could not be written down: what was typed is not lost.
    pub(super) fn ask_again_for(&mut self, draft: Draft, refusal: Refusal) {
        let typed = format!("{}: {}", draft.item_type, draft.title);
        self.ask(What::New(draft.beside), NEW, typed);
        if let Mode::Ask(ask) = &mut self.mode {
            ask.error = Some(refusal.said());
        }
    }

    /// A title, before which a type may stand: `bug: Basket is empty`. Without one, it is the first
    /// type of the settings.
    fn typed_title(&self, text: &str) -> (String, String) {
        let types = &self.backlog().config.types.0;
        let typed = text.split_once(':').filter(|(word, _)| types.get(word.trim()).is_some());
        match typed {
            Some((word, title)) => (word.trim().to_owned(), title.trim().to_owned()),
            None => (types.keys().next().unwrap_or("story").to_owned(), text.to_owned()),
        }
    }

    fn choose(&mut self, key: KeyEvent) -> Vec<Effect> {
        let Mode::Choose(choice) = &mut self.mode else { return Vec::new() };
        let last = choice.words.len().saturating_sub(1);
        let number = match key.code {
            KeyCode::Char(c) => {
                c.to_digit(10).and_then(|n| usize::try_from(n).ok()?.checked_sub(1))
            }
            _ => None,
        };
        match key.code {
            KeyCode::Char('j' | 'l') | KeyCode::Down | KeyCode::Right | KeyCode::Tab => {
                choice.at = if choice.at == last { 0 } else { choice.at + 1 };
                return Vec::new();
            }
            KeyCode::Char('k' | 'h') | KeyCode::Up | KeyCode::Left => {
                choice.at = choice.at.checked_sub(1).unwrap_or(last);
                return Vec::new();
            }
            KeyCode::Char(letter) if number.is_none() => {
                choice.go_to(letter);
                return Vec::new();
            }
            _ => {}
        }
        let at = if key.code == KeyCode::Enter { Some(choice.at) } else { number };
        let word = at.and_then(|at| choice.words.get(at).cloned());
        let Some(word) = word else { return Vec::new() };
        self.mode = Mode::Normal;
        self.assign(&[Assignment { field: "status".to_owned(), operation: Operation::Set(word) }])
    }

    fn sure(&mut self, sure: Sure) -> Vec<Effect> {
        match sure {
            Sure::Quit => vec![Effect::Abandon],
            Sure::TakeBack => match self.session.take_back() {
                Some(taken) => self.step(taken),
                None => Vec::new(),
            },
        }
    }
}

/// The help after a key, which scrolls it or closes it.
fn scrolled_help(first: usize, key: KeyCode, layout: Option<Layout>) -> Mode {
    // Two lines for the box.
    let room = layout.map_or(0, |it| usize::from(it.talk.y - it.head.bottom()).saturating_sub(2));
    let last = HELP_LINES.saturating_sub(room);
    Mode::Help(match key {
        KeyCode::Char('j') | KeyCode::Down => (first + 1).min(last),
        KeyCode::Char('k') | KeyCode::Up => first.saturating_sub(1),
        KeyCode::PageDown | KeyCode::Char(' ') => (first + room.max(1)).min(last),
        KeyCode::PageUp => first.saturating_sub(room.max(1)),
        _ => return Mode::Normal,
    })
}

fn position(text: &str) -> Result<usize, Refusal> {
    let number = text.parse().ok().filter(|position| *position > 0);
    number.ok_or_else(|| Refusal::new(format!("'{text}' is no position; they count from 1")))
}

/// The assignments of a line. Words without a sign belong to the value before them.
fn assignments(text: &str) -> Result<Vec<Assignment>, Refusal> {
    let mut parts: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match parts.last_mut() {
            Some(last) if !word.contains('=') => *last += &format!(" {word}"),
            _ => parts.push(word.to_owned()),
        }
    }
    parts.iter().map(|part| Assignment::parse(part)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_may_hold_several_assignments() {
        let of = |text: &str| assignments(text).unwrap();
        assert_eq!(of("assignee=mira").len(), 1);
        assert_eq!(of("assignee=mira labels+=a,b").len(), 2);
        let spaced = of("goal=Sell more boxes value=5");
        assert_eq!(spaced[0].operation, Operation::Set("Sell more boxes".to_owned()));
        assert_eq!(spaced[1].field, "value");
        assert!(assignments("nothing").is_err());
    }
}
