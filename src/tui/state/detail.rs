//! The selected document as lines, made anew when it or the room for it has changed.

use std::borrow::Cow;
use std::sync::Arc;

use super::State;
use super::page::tone;
use crate::domain::criteria::Criteria;
use crate::domain::entry::Entry;
use crate::domain::finding::Finding;
use crate::render;
use crate::render::block::{Block, Cell, Line};
use crate::render::report::show::ShowView;

/// The lines of a document.
#[derive(Debug, Default)]
pub(in crate::tui) struct Detail {
    lines: Vec<DetailLine>,
    /// The line with the cursor, and the first one on the screen.
    pub(in crate::tui) at: usize,
    pub(in crate::tui) first: usize,
    /// What they were made of.
    entry: Option<Arc<Entry>>,
    width: usize,
    /// Whether what other documents say of it is among them.
    is_full: bool,
}

/// A line of a document.
#[derive(Clone, Debug, Default)]
pub(in crate::tui) struct DetailLine {
    /// What it says.
    pub(in crate::tui) line: Line<'static>,
    /// The number of the criterion that it belongs to.
    pub(in crate::tui) criterion: Option<usize>,
}

impl Detail {
    /// The lines from the first on the screen.
    pub(in crate::tui) fn shown(&self) -> &[DetailLine] {
        self.lines.get(self.first..).unwrap_or_default()
    }

    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// The criterion under the cursor.
    pub(super) fn criterion(&self) -> Option<usize> {
        self.lines.get(self.at)?.criterion
    }

    /// The next time, the lines are made anew, whatever they were made of.
    pub(super) fn forget(&mut self) {
        self.width = 0;
    }

    /// Puts the cursor on the first criterion, if there is one.
    pub(super) fn go_to_criteria(&mut self) {
        self.at = self.lines.iter().position(|line| line.criterion.is_some()).unwrap_or(0);
    }
}

impl State {
    /// Makes the lines of the selected document, unless they are there.
    pub(super) fn detail_anew(&mut self) {
        let Some(layout) = self.layout().filter(|layout| layout.side.width > 0) else { return };
        let width = usize::from(layout.side.width);
        let selected = self.selected().cloned();
        let is_same = match (&selected, &self.detail.entry) {
            (Some(new), Some(old)) => Arc::ptr_eq(new, old),
            (None, None) => true,
            _ => false,
        };
        if is_same && self.detail.width == width {
            return;
        }
        let is_same_path =
            selected.as_ref().map(|it| it.path()) == self.detail.entry.as_ref().map(|it| it.path());
        let (at, first) = if is_same_path { (self.detail.at, self.detail.first) } else { (0, 0) };
        let lines = selected.as_ref().map(|entry| self.document(entry, width, false));
        let lines = lines.unwrap_or_default();
        let at = at.min(lines.len().saturating_sub(1));
        self.detail = Detail { lines, at, first, entry: selected, width, is_full: false };
        self.scroll();
    }

    /// Adds what other documents say of the selected one. All of them are asked, so that this waits
    /// until nobody types.
    pub(super) fn detail_in_full(&mut self) {
        let (Some(entry), false) = (self.detail.entry.clone(), self.detail.is_full) else { return };
        if self.detail.width > 0 {
            self.detail.lines = self.document(&entry, self.detail.width, true);
            self.detail.is_full = true;
        }
    }

    fn document(&self, entry: &Entry, width: usize, is_full: bool) -> Vec<DetailLine> {
        let style = render::Style { width: Some(width.max(20)), ..self.style.clone() };
        let text = entry.document.text();
        let found = entry.criteria(&self.backlog().config);
        let (above, below) = around_criteria(entry, &found);
        let mut lines = Vec::new();
        let show = ShowView { backlog: self.backlog(), shown: Vec::new(), folder: "" };
        let mut add = |blocks: Vec<Block<'_>>, criterion| {
            let blocks: Vec<_> = blocks.into_iter().map(|block| show.named(block)).collect();
            let new = render::lines(&blocks, &style).into_iter();
            lines.extend(new.map(|line| DetailLine { line, criterion }));
        };
        let mut head = self.head(entry);
        head.push(Block::Blank);
        head.push(Block::Markdown(above.into()));
        add(head, None);
        if !found.list.is_empty() {
            let (met, all) = found.met();
            let heading = Block::heading(2, format!("Acceptance criteria {met}/{all}"));
            add(vec![Block::text("")], None);
            add(vec![heading], None);
            for criterion in &found.list {
                let mark = match criterion.checked {
                    Some(true) => "- [x] ",
                    Some(false) => "- [ ] ",
                    None => "- ",
                };
                let words = criterion.span.of(text).replace('\n', " ");
                let block = Block::Markdown(format!("{mark}{words}").into());
                add(vec![block], Some(criterion.ordinal));
            }
        }
        if !below.trim().is_empty() {
            add(vec![Block::text(""), Block::Markdown(below.into())], None);
        }
        add(vec![Block::text(""), Block::Fields(self.fields(entry, is_full))], None);
        lines
    }

    /// The title, and what the rules find.
    fn head<'a>(&'a self, entry: &'a Entry) -> Vec<Block<'a>> {
        let title = Line::from(Cell::id(entry.id())).then("  ").then(Cell::strong(entry.title()));
        let findings = self.findings.get(entry.path()).into_iter().flatten();
        let finding = |finding: &'a Finding| {
            let code = Cell::new(finding.code, tone(finding.severity));
            Block::text(Line::from(code).then(" ").then(&*finding.message))
        };
        let mut blocks = vec![Block::text(title)];
        blocks.extend(findings.map(finding));
        blocks
    }

    /// The fields, and with `is_full` what other documents say.
    fn fields<'a>(&'a self, entry: &'a Entry, is_full: bool) -> Vec<(Cow<'a, str>, Line<'a>)> {
        let show = ShowView { backlog: self.backlog(), shown: Vec::new(), folder: "" };
        let mut fields = show.own_fields(entry);
        if is_full {
            fields.extend(show.fields_from_elsewhere(entry));
        }
        // A key says nothing to people.
        fields.retain(|(name, _)| name != "rank");
        fields
    }
}

/// The body above the criteria, and what is below and between them, without their heading.
fn around_criteria(entry: &Entry, found: &Criteria) -> (String, String) {
    let (text, body) = (entry.document.text(), entry.document.body_span().start);
    let Some(start) = found.section_start().filter(|_| !found.list.is_empty()) else {
        return (text[body..].trim().to_owned(), String::new());
    };
    let above = &text[body..start];
    let rest = found.rest(text);
    let section = rest.get(above.len()..).unwrap_or_default();
    let below = section.split_once('\n').map_or("", |(_, below)| below);
    (above.trim().to_owned(), below.trim().to_owned())
}
