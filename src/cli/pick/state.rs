//! The choice as a value: what was typed, what fits, what is marked. No terminal.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// What a key has decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// This one, by its place among all.
    Chosen(usize),
    /// None.
    Left,
}

/// A choice among documents.
pub(super) struct Picker {
    /// Ids and titles.
    all: Vec<(String, String)>,
    typed: String,
    /// The places of those that fit, the best first.
    found: Vec<usize>,
    /// The place of the marked one among those.
    marked: usize,
    matcher: Matcher,
}

impl Picker {
    /// A choice in which nothing was typed yet.
    pub(super) fn new(all: Vec<(String, String)>) -> Self {
        let found = (0..all.len()).collect();
        let matcher = Matcher::new(Config::DEFAULT);
        Self { all, typed: String::new(), found, marked: 0, matcher }
    }

    /// What was typed.
    pub(super) fn typed(&self) -> &str {
        &self.typed
    }

    /// How many fit, and how many there are.
    pub(super) fn counts(&self) -> (usize, usize) {
        (self.found.len(), self.all.len())
    }

    /// So many of those that fit that the marked one is among them: whether it is that one, id, title.
    pub(super) fn shown(&self, n: usize) -> impl Iterator<Item = (bool, &str, &str)> {
        let first = (self.marked + 1).saturating_sub(n);
        let places = self.found.iter().enumerate().skip(first).take(n);
        places.map(|(at, place)| {
            let (id, title) = &self.all[*place];
            (at == self.marked, &**id, &**title)
        })
    }

    /// Does what a key says.
    pub(super) fn press(&mut self, key: KeyEvent) -> Option<Decision> {
        let is_control = key.modifiers.contains(KeyModifiers::CONTROL);
        match (key.code, is_control) {
            (KeyCode::Esc, _) | (KeyCode::Char('c' | 'd'), true) => return Some(Decision::Left),
            (KeyCode::Enter, _) => {
                return self.found.get(self.marked).map(|at| Decision::Chosen(*at));
            }
            (KeyCode::Up | KeyCode::BackTab, _) | (KeyCode::Char('p'), true) => {
                self.marked = self.marked.saturating_sub(1);
            }
            (KeyCode::Down | KeyCode::Tab, _) | (KeyCode::Char('n'), true) => {
                self.marked = (self.marked + 1).min(self.found.len().saturating_sub(1));
            }
            (KeyCode::Char('u'), true) => self.retype(|typed| typed.clear()),
            (KeyCode::Char('w'), true) => self.retype(|typed| {
                let kept = typed.trim_end().rfind(' ').map_or(0, |at| at + 1);
                typed.truncate(kept);
            }),
            (KeyCode::Backspace, _) => self.retype(|typed| _ = typed.pop()),
            (KeyCode::Char(letter), false) => self.retype(|typed| typed.push(letter)),
            _ => {}
        }
        None
    }

    fn retype(&mut self, change: impl FnOnce(&mut String)) {
        change(&mut self.typed);
        self.marked = 0;
        let pattern = Pattern::parse(&self.typed, CaseMatching::Ignore, Normalization::Smart);
        let (all, matcher) = (&self.all, &mut self.matcher);
        let mut buffer = Vec::new();
        let mut scored: Vec<(u32, usize)> = Vec::new();
        for (at, (id, title)) in all.iter().enumerate() {
            let text = format!("{id} {title}");
            let score = pattern.score(Utf32Str::new(&text, &mut buffer), matcher);
            scored.extend(score.map(|score| (score, at)));
        }
        // Of equals, the order of the backlog.
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        self.found = scored.into_iter().map(|(_, at)| at).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Types keys, `<name>` for those without a letter, and tells what is shown and decided.
    fn check(keys: &str, expected: &str) {
        let all = [
            ("BL-7k3qd", "Guest checkout"),
            ("BL-9qqrt", "Pay by invoice"),
            ("BL-d4bcg", "Über the guests"),
            ("BL-x2ttv", "Pay by fax"),
        ];
        let all = all.map(|(id, title)| (id.to_owned(), title.to_owned())).to_vec();
        let mut picker = Picker::new(all);
        let mut decision = None;
        for key in keys.split(' ') {
            let event = |code| KeyEvent::new(code, KeyModifiers::NONE);
            let control = |letter| KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL);
            decision = match key {
                "<up>" => picker.press(event(KeyCode::Up)),
                "<down>" => picker.press(event(KeyCode::Down)),
                "<back>" => picker.press(event(KeyCode::Backspace)),
                "<enter>" => picker.press(event(KeyCode::Enter)),
                "<esc>" => picker.press(event(KeyCode::Esc)),
                "<space>" => picker.press(event(KeyCode::Char(' '))),
                "<^c>" => picker.press(control('c')),
                "<^u>" => picker.press(control('u')),
                "<^w>" => picker.press(control('w')),
                word => {
                    let mut typed = word.chars();
                    typed.find_map(|letter| picker.press(event(KeyCode::Char(letter))))
                }
            };
        }
        let shown: Vec<String> = picker
            .shown(2)
            .map(|(is_marked, id, _)| format!("{}{id}", if is_marked { ">" } else { "" }))
            .collect();
        let decided = match decision {
            Some(Decision::Chosen(at)) => format!(" = {at}"),
            Some(Decision::Left) => " = left".to_owned(),
            None => String::new(),
        };
        assert_eq!(
            format!("{} {}{decided}", picker.counts().0, shown.join(" ")),
            expected,
            "{keys}"
        );
    }

    #[test]
    fn everything_fits_nothing() {
        check("<up>", "4 >BL-7k3qd BL-9qqrt");
        check("<enter>", "4 >BL-7k3qd BL-9qqrt = 0");
    }

    #[test]
    fn a_part_of_a_title_or_an_id_narrows() {
        check("guest", "2 >BL-7k3qd BL-d4bcg");
        check("FAX <enter>", "1 >BL-x2ttv = 3");
        check("uber", "1 >BL-d4bcg");
        check("x2t", "1 >BL-x2ttv");
        check("fax <space> pay", "1 >BL-x2ttv");
        check("gstchk", "1 >BL-7k3qd");
    }

    #[test]
    fn the_mark_moves_within_what_fits() {
        check("<down> <down>", "4 BL-9qqrt >BL-d4bcg");
        check("<down> <down> <down> <down> <down>", "4 BL-d4bcg >BL-x2ttv");
        check("<down> <up> <up>", "4 >BL-7k3qd BL-9qqrt");
        check("<down> pay <down> <enter>", "2 BL-9qqrt >BL-x2ttv = 3");
    }

    #[test]
    fn what_was_typed_can_be_taken_back() {
        check("faxx", "0 ");
        check("faxx <enter>", "0 ");
        check("faxx <back>", "1 >BL-x2ttv");
        check("faxx <^u>", "4 >BL-7k3qd BL-9qqrt");
        check("pay <space> fax <^w>", "2 >BL-9qqrt BL-x2ttv");
    }

    #[test]
    fn somebody_may_leave() {
        check("guest <esc>", "2 >BL-7k3qd BL-d4bcg = left");
        check("<^c>", "4 >BL-7k3qd BL-9qqrt = left");
    }
}
