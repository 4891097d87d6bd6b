//! What the keys do.

use super::asking::What;
use super::{Choice, Mode, Page, State, Sure};
use crate::domain::assign::{Assignment, Operation, Refusal};
use crate::domain::kind::Category;
use crate::domain::session::{Beside, CriterionEdit};
use crate::render::block::Tone;
use crate::tui::event::Effect;
use crate::tui::keys::Action;

impl State {
    /// Does what a key means.
    pub(super) fn act(&mut self, action: Action) -> Vec<Effect> {
        if let Mode::Round(field) = self.mode
            && let Some(effects) = self.in_round(field, action)
        {
            return effects;
        }
        match action {
            Action::ItemDown => return self.move_by_one(true),
            Action::ItemUp => return self.move_by_one(false),
            Action::ItemTop => return self.move_to_end(false),
            Action::ItemBottom => return self.move_to_end(true),
            Action::PutBelow => return self.put(true),
            Action::PutAbove => return self.put(false),
            Action::ItemLeft => return self.move_across(-1),
            Action::ItemRight => return self.move_across(1),
            Action::Drop => return self.drop(),
            Action::Editor => return self.open(),
            Action::Tick => return self.criterion(CriterionEdit::Tick),
            Action::RemoveCriterion => return self.criterion(CriterionEdit::Remove),
            Action::Undo => return self.undo(),
            Action::Redo => return self.redo(),
            Action::Suspend => return vec![Effect::Suspend],
            Action::Redraw => return vec![Effect::Redraw],
            Action::Quit => return vec![Effect::Quit],
            other => self.look(other),
        }
        Vec::new()
    }

    /// What changes nothing but what is seen, or asks first.
    fn look(&mut self, action: Action) {
        let page = self.page_length();
        match action {
            Action::Down => self.go(1),
            Action::Up => self.go(-1),
            Action::PageDown => self.go(page),
            Action::PageUp => self.go(-page),
            Action::First => self.go(isize::MIN),
            Action::Last => self.go(isize::MAX),
            Action::Left => self.go_across(-1),
            Action::Right => self.go_across(1),
            Action::Mark => self.mark(),
            Action::MarkAll => self.mark_all(),
            Action::Everything => {
                self.shows_all = !self.shows_all;
                self.list_anew();
            }
            Action::Focus => self.focus(),
            Action::Split => self.split_hint(),
            Action::RoundOfEffort => self.begin_round("effort"),
            Action::RoundOfValue => self.begin_round("value"),
            Action::TakeBack => self.ask_to_take_back(),
            Action::ShowList => self.show(Page::List),
            Action::ShowBoard => self.show(Page::Board),
            Action::ShowChanges => self.show(Page::Changes),
            Action::ShowFindings => self.show(Page::Findings),
            Action::ShowValue => self.show(Page::Value),
            Action::Help => self.mode = Mode::Help(0),
            Action::Back => self.back(),
            Action::GoTo => self.go_there(),
            Action::Filter => {
                let selected = self.selected().map(|item| item.path().to_owned());
                let before = self.filter.clone();
                self.ask(What::Filter(before.clone(), selected), "/", before);
            }
            Action::Commit if !self.session.is_changed() => {
                self.say("nothing to commit: all is as it was", Tone::Plain);
            }
            Action::Commit => self.ask(What::Why, "why? ", self.why.clone()),
            other => self.ask_about_items(other),
        }
    }

    /// Asks for what is to become of the targets.
    fn ask_about_items(&mut self, action: Action) {
        let is_new = matches!(action, Action::NewBelow | Action::NewAbove);
        let Some(item) = self.selected().cloned() else {
            match is_new {
                true => self.ask_for_new(None),
                false => self.say("no item is listed", Tone::Plain),
            }
            return;
        };
        let what = match &self.targets()[..] {
            [id] => id.clone(),
            ids => format!("{} items", ids.len()),
        };
        let now = |field: &str| match item.text(field).filter(|_| !what.contains(' ')) {
            Some(value) => format!("{field} of {what} (now {value}): "),
            None => format!("{field} of {what}: "),
        };
        let id = item.id().to_owned();
        match action {
            Action::ItemTo => self.ask(What::Position, format!("position of {what}: "), ""),
            Action::ItemBelow => self.ask(What::Below, format!("{what} below: "), ""),
            Action::Value => self.ask(What::Field("value"), now("value"), ""),
            Action::Effort => self.ask(What::Field("effort"), now("effort"), ""),
            Action::Title => {
                self.marks.clear();
                self.ask(What::Field("title"), "title: ", item.title().into_owned());
            }
            Action::Field => self.ask(What::Assignment, format!("{what}, field=value: "), ""),
            Action::Status => self.ask_status(&item.status()),
            // What is done or dropped has no place beside which an open item could go.
            _ if is_new && !self.backlog().category(&item).is_open() => self.ask_for_new(None),
            Action::NewBelow => self.ask_for_new(Some(Beside::Below(id))),
            Action::NewAbove => self.ask_for_new(Some(Beside::Above(id))),
            Action::AddCriterion => {
                let after = self.detail.criterion();
                self.ask(What::Criterion(after), "new criterion: ", "");
            }
            Action::Reword => self.ask_to_reword(),
            _ => {}
        }
    }

    fn ask_status(&mut self, now: &str) {
        let words: Vec<String> =
            self.backlog().config.statuses.0.keys().map(str::to_owned).collect();
        let at = words.iter().position(|word| word == now).unwrap_or(0);
        self.mode = Mode::Choose(Choice { words, at });
    }

    fn ask_to_reword(&mut self) {
        let found = self.selected().map(|item| item.criteria(&self.backlog().config));
        let ordinal = self.detail.criterion();
        let criterion = ordinal.and_then(|it| found?.list.into_iter().nth(it.checked_sub(1)?));
        match criterion {
            Some(it) => self.ask(What::Reword(it.ordinal), "criterion: ", it.text),
            None => self.refuse(Refusal::new("the cursor is on no criterion")),
        }
    }

    fn undo(&mut self) -> Vec<Effect> {
        let path = self.session.steps().last().and_then(|step| step.path()).map(str::to_owned);
        match self.session.undo() {
            Some(undone) => self.reversed("taken back", undone, path),
            None => {
                self.say("nothing to take back", Tone::Plain);
                Vec::new()
            }
        }
    }

    fn redo(&mut self) -> Vec<Effect> {
        let path = self.session.undone().next().and_then(|step| step.path()).map(str::to_owned);
        match self.session.redo() {
            Some(redone) => self.reversed("done again", redone, path),
            None => {
                self.say("nothing to do again", Tone::Plain);
                Vec::new()
            }
        }
    }

    fn reversed(
        &mut self,
        what: &str,
        done: Result<String, Refusal>,
        path: Option<String>,
    ) -> Vec<Effect> {
        let effects = self.step(done.map(|words| format!("{what}: {words}")));
        path.map(|path| self.select_path(&path));
        effects
    }

    /// Sets fields of the targets.
    pub(super) fn assign(&mut self, assignments: &[Assignment]) -> Vec<Effect> {
        let ids = self.targets();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let assigned = self.session.assign(&ids, assignments);
        self.step(assigned)
    }

    fn drop(&mut self) -> Vec<Effect> {
        let backlog = self.backlog().clone();
        let mut statuses = backlog.config.statuses.0.iter();
        let dropped = statuses.find(|(_, status)| status.category == Category::Dropped);
        match dropped.map(|(word, _)| word.to_owned()) {
            Some(word) if !self.targets().is_empty() => {
                let operation = Operation::Set(word);
                self.assign(&[Assignment { field: "status".to_owned(), operation }])
            }
            Some(_) => Vec::new(),
            None => {
                self.refuse(Refusal::new("no status of the settings means dropped"));
                Vec::new()
            }
        }
    }

    /// Goes to the item that the line of a page is about.
    fn go_there(&mut self) {
        let path = self.page_lines.get(self.page_at).and_then(|line| line.path.clone());
        let Some(path) = path else { return };
        if !self.rows.iter().any(|item| item.path() == path) {
            self.filter.clear();
            self.shows_all = true;
            self.list_anew();
        }
        match self.select_path(&path) {
            true => self.show(Page::List),
            false => {
                self.say(format!("{path} is no item; see it with: git backlog show"), Tone::Plain);
            }
        }
    }

    /// Opens the selected item in the editor.
    fn open(&mut self) -> Vec<Effect> {
        let item = self.selected().map(|item| item.id().to_owned());
        item.map(Effect::Edit).into_iter().collect()
    }

    fn criterion(&mut self, change: fn(usize) -> CriterionEdit) -> Vec<Effect> {
        let (Some(item), Some(ordinal)) = (self.selected(), self.detail.criterion()) else {
            self.refuse(Refusal::new("the cursor is on no criterion").hint("j and k move it"));
            return Vec::new();
        };
        let id = item.id().to_owned();
        let changed = self.session.criterion(&id, &change(ordinal));
        self.step(changed)
    }

    fn mark(&mut self) {
        if let Some(path) = self.selected().map(|item| item.path().to_owned()) {
            if !self.marks.remove(&path) {
                self.marks.insert(path);
            }
            self.go(1);
        }
    }

    fn mark_all(&mut self) {
        let listed: Vec<String> = self.rows.iter().map(|item| item.path().to_owned()).collect();
        match listed.iter().all(|path| self.marks.contains(path)) {
            true => self.marks.clear(),
            false => self.marks.extend(listed),
        }
    }

    fn focus(&mut self) {
        self.is_in_document = !self.is_in_document && self.selected().is_some();
        if self.is_in_document {
            self.detail_anew();
            self.detail.go_to_criteria();
        }
    }

    fn split_hint(&mut self) {
        if let Some(id) = self.selected().map(|item| item.id().to_owned()) {
            self.say(format!("split it by its criteria with: git backlog split {id}"), Tone::Plain);
        }
    }

    fn ask_to_take_back(&mut self) {
        match self.session.is_changed() {
            true => self.mode = Mode::Sure(Sure::TakeBack),
            false => self.say("nothing to take back: all is as it was", Tone::Plain),
        }
    }

    /// One step back: from the document, from a page, from the marks, from the filter.
    fn back(&mut self) {
        match () {
            () if self.is_in_document => self.is_in_document = false,
            () if !matches!(self.page, Page::List | Page::Board) => self.show(Page::List),
            () if !self.marks.is_empty() => self.marks.clear(),
            () if !self.filter.is_empty() => {
                self.filter.clear();
                self.list_anew();
            }
            () => self.show(Page::List),
        }
    }
}
