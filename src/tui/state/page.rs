//! The pages beside the list and the board: changes, findings, value.

use super::State;
use crate::domain::config::Severity;
use crate::domain::message::counted;
use crate::domain::progress::percent;
use crate::domain::score::short;
use crate::domain::value::Curve;
use crate::render;
use crate::render::block::{Block, Cell, Line, Tone};
use crate::render::chart::{Axis, Chart, Series};

/// What fills the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) enum Page {
    /// The items in their order.
    List,
    /// The items by status.
    Board,
    /// What the session has changed.
    Changes,
    /// What the rules find.
    Findings,
    /// How early the value comes.
    Value,
}

/// A line of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::tui) struct PageLine {
    /// What it says.
    pub(in crate::tui) line: Line<'static>,
    /// The file that it is about.
    pub(in crate::tui) path: Option<String>,
}

impl State {
    /// Turns to a page.
    pub(super) fn show(&mut self, page: Page) {
        self.page = page;
        self.is_in_document = false;
        (self.page_at, self.page_first) = (0, 0);
        self.page_anew();
    }

    /// Makes the lines of the page that is shown.
    pub(super) fn page_anew(&mut self) {
        if self.page == Page::Value {
            self.reckon_curve();
        }
        self.page_lines = match self.page {
            Page::List | Page::Board => Vec::new(),
            Page::Changes => self.changes_page(),
            Page::Findings => self.findings_page(),
            Page::Value => self.value_page(),
        };
        self.page_at = self.page_at.min(self.page_lines.len().saturating_sub(1));
        let is_about_a_file = |line: &PageLine| line.path.is_some();
        if !self.page_lines.get(self.page_at).is_some_and(is_about_a_file) {
            // Where there is something to go to, the cursor is not on a heading.
            self.page_at = self.page_lines.iter().position(is_about_a_file).unwrap_or(self.page_at);
        }
    }

    fn lines_of(&self, blocks: &[Block<'_>]) -> Vec<PageLine> {
        let width = self.layout().map_or(80, |layout| usize::from(layout.main.width));
        let style = render::Style { width: Some(width.max(20)), ..self.style.clone() };
        let lines = render::lines(blocks, &style).into_iter();
        lines.map(|line| PageLine { line, path: None }).collect()
    }

    fn changes_page(&self) -> Vec<PageLine> {
        let changes = self.session.changes().lines;
        let mut blocks = vec![Block::heading(1, "Not committed"), Block::Blank];
        match changes.is_empty() {
            true => blocks.push(Block::text(Cell::dim("Nothing: all is as it was."))),
            false => blocks.push(Block::List(changes.into_iter().map(Line::from).collect())),
        }
        let steps: Vec<Line<'_>> =
            self.session.steps().iter().rev().map(|step| Line::from(&*step.words)).collect();
        if !steps.is_empty() {
            blocks.push(Block::Blank);
            blocks.push(Block::heading(1, "Steps, the last one first: u takes it back"));
            blocks.push(Block::Blank);
            blocks.push(Block::List(steps));
        }
        let undone: Vec<Line<'_>> =
            self.session.undone().map(|step| Line::from(Cell::dim(&*step.words))).collect();
        if !undone.is_empty() {
            blocks.push(Block::Blank);
            blocks.push(Block::heading(1, "Taken back: U does it again"));
            blocks.push(Block::Blank);
            blocks.push(Block::List(undone));
        }
        self.lines_of(&blocks)
    }

    fn findings_page(&self) -> Vec<PageLine> {
        let state = match self.checked {
            Some(version) if version == self.version() => {
                counted(self.findings.values().map(Vec::len).sum(), "finding")
            }
            Some(_) => "The rules are looking again …".to_owned(),
            None => "The rules are looking …".to_owned(),
        };
        let mut lines = self.lines_of(&[Block::heading(1, state), Block::Blank]);
        let mut paths: Vec<&String> = self.findings.keys().collect();
        // Unreadable files first: nothing may hide them; then the order of the backlog.
        let place = |path: &String| {
            let fatal = self.findings[path].iter().any(|finding| finding.is_fatal);
            let entry = self.backlog().at_path(path);
            (!fatal, entry.and_then(|it| self.backlog().position(it)).unwrap_or(usize::MAX))
        };
        paths.sort_by_cached_key(|path| (place(path), (*path).clone()));
        for path in paths {
            for finding in &self.findings[path] {
                let tone = tone(finding.severity);
                let name = finding.id.as_deref().unwrap_or(path);
                let line = Line::from(Cell::new(finding.code, tone))
                    .then(" ")
                    .then(Cell::id(render::safe::line(name).into_owned()))
                    .then(" ")
                    .then(render::safe::line(&finding.message).into_owned());
                lines.push(PageLine { line, path: Some(path.clone()) });
            }
        }
        lines
    }

    fn value_page(&self) -> Vec<PageLine> {
        let figures = &self.figures;
        let series = |name: &'static str, mark, curve: &Curve| {
            let points = curve.points.iter().map(|point| (point.effort, point.value));
            Series::steps(name, mark, [(0.0, 0.0)].into_iter().chain(points))
        };
        let n_unscored = counted(figures.n_unscored, "open item");
        let unscored = format!("{n_unscored} without a value or an effort");
        let unscored = Block::text(Cell::dim(unscored));
        if figures.curve.points.len() < 2 || figures.curve.value() == 0.0 {
            let words = "There is no curve: fewer than two open items have a value and an effort.";
            return self.lines_of(&[Block::text(words), unscored]);
        }
        let mut chart = vec![series("now", 'n', &figures.curve)];
        if figures.change().is_some() {
            chart.push(series("at the start", 's', &figures.start));
        }
        let chart = Chart {
            title: "How much of the value has come when so much effort is spent".into(),
            summary: "".into(),
            x: Axis::numbers("effort", "points"),
            y: Axis::shares("value"),
            series: chart,
            is_plain: false,
        };
        let change = match figures.change() {
            Some(change) => format!(", {} in this session", signed(change)),
            None => String::new(),
        };
        let cost = format!("Cost of delay: {}{change}", short(figures.curve.cost.round()));
        self.lines_of(&[Block::Chart(chart), Block::Blank, Block::text(cost), unscored])
    }
}

/// A share as people say a change: `+5 %`.
pub(in crate::tui) fn signed(change: f64) -> String {
    let sign = if change < 0.0 { "−" } else { "+" };
    let tenths = (change.abs() * 1000.0).round() / 10.0;
    match tenths < 10.0 {
        true => format!("{sign}{tenths} %"),
        false => format!("{sign}{}", percent(change.abs())),
    }
}

/// The tone of a finding.
pub(in crate::tui) fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Error => Tone::Bad,
        Severity::Warning => Tone::Warn,
        Severity::Info | Severity::Off => Tone::Dim,
    }
}
