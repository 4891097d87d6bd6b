//! The list as a text: a line an item, and at the end what may be done with it.

use std::borrow::Cow;

use super::{Column, List, Row};
use crate::domain::config::Config;
use crate::domain::kind::Category;
use crate::domain::message::counted;

/// Makes a text harmless for a line, as every text of a document that is shown.
pub type Shown = fn(&str) -> Cow<'_, str>;

/// What stands for a value that is there and cannot stand on a line.
pub(super) const AS_IT_IS: &str = "?";

/// What stands for a number that is not set.
pub(super) const NONE: &str = "-";

/// The type of a new item where the settings have none.
pub(super) const FIRST_TYPE: &str = "story";

/// What a list is about.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The settings.
    pub config: &'a Config,
    /// How many open items there are.
    pub n_open: usize,
    /// Whether other open items are not in the list.
    pub is_part: bool,
}

/// The text of a list.
pub fn text(list: &List, about: About<'_>, shown: Shown) -> String {
    let mut text = String::new();
    let cells: Vec<Vec<Cow<'_, str>>> =
        list.rows.iter().map(|row| cells(row, &list.columns, shown)).collect();
    let widths = widths(&cells);
    for (row, cells) in list.rows.iter().zip(&cells) {
        text.push_str(&line(cells, &widths, &title(row, shown)));
    }
    if !list.rows.is_empty() {
        text.push('\n');
    }
    text + &help(list, about)
}

/// The title of a row as its line shows it.
pub(super) fn title(row: &Row, shown: Shown) -> String {
    shown(&row.title).trim().to_owned()
}

/// The status of a row as its line shows it. Words of the settings may have blanks inside.
pub(super) fn status(row: &Row, shown: Shown) -> Cow<'_, str> {
    let status = shown(&row.status);
    match status.trim() == row.status && !row.status.is_empty() {
        true => status,
        false => AS_IT_IS.into(),
    }
}

/// A value on a line: `v8`, `v-` without one, `m=must`.
pub(super) fn number(column: &Column, value: Option<&str>) -> String {
    let written = match value {
        None => NONE,
        Some(value) if column.holds(value) => value,
        Some(_) => AS_IT_IS,
    };
    format!("{}{written}", column.label)
}

/// What stands before the title.
fn cells<'a>(row: &'a Row, columns: &[Column], shown: Shown) -> Vec<Cow<'a, str>> {
    let numbers = columns.iter().zip(&row.numbers);
    let numbers = numbers.map(|(column, value)| number(column, value.as_deref()).into());
    let head = [Cow::Borrowed(row.id.as_str()), status(row, shown)];
    head.into_iter().chain(numbers).collect()
}

fn widths(cells: &[Vec<Cow<'_, str>>]) -> Vec<usize> {
    let mut widths = Vec::new();
    for row in cells {
        widths.resize(row.len().max(widths.len()), 0);
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    widths
}

/// `BL-7k3qd  ready     v8 e3  Guest checkout`
fn line(cells: &[Cow<'_, str>], widths: &[usize], title: &str) -> String {
    let mut line = String::new();
    for (at, (cell, &width)) in cells.iter().zip(widths).enumerate() {
        // Two blanks around the status, one between numbers.
        let gap = if at == 0 {
            ""
        } else if at <= 2 {
            "  "
        } else {
            " "
        };
        line.push_str(&format!("{gap}{cell:width$}"));
    }
    format!("{line}  {title}").trim_end().to_owned() + "\n"
}

fn help(list: &List, about: About<'_>) -> String {
    let config = about.config;
    let statuses: Vec<&str> = config.statuses.0.keys().collect();
    let mut lines = vec![counts(list, about), String::new()];
    lines.push("Move lines to change the order. Change the words of a line:".to_owned());
    lines.push(format!("  status    {}", statuses.join(", ")));
    lines.extend(numbers(list));
    lines.push("  title     the rest of the line".to_owned());
    lines.push(String::new());
    lines.extend(verbs(config).map(|(typed, meaning)| format!("{typed:20}  {meaning}")));
    lines.push(String::new());
    lines.push("An item whose line is deleted stays as it is, where it is.".to_owned());
    lines.push("If you delete all lines, nothing is changed.".to_owned());
    lines.iter().map(|line| format!("# {line}").trim_end().to_owned() + "\n").collect()
}

/// The words before the title of a new line, for numbers.
fn numbers(list: &List) -> Option<String> {
    let first = list.columns.first()?;
    let name = |column: &Column| format!("{} {}", column.label, column.field);
    let names: Vec<String> = list.columns.iter().map(name).collect();
    Some(format!("  numbers   {}; {} for none", names.join(", "), number(first, None)))
}

/// What may be typed in front of an id or a title, and what it does.
fn verbs(config: &Config) -> impl Iterator<Item = (String, String)> {
    let dropped = dropped(config)
        .map(|word| ("d, drop ID …".to_owned(), format!("the item gets the status '{word}'")));
    let mut types = config.types.0.keys();
    let first = types.next().unwrap_or(FIRST_TYPE);
    let new = ("n, new TITLE".to_owned(), format!("a new {first} at this place"));
    let other = types.next().map(|other| {
        (format!("n, new {other}: TITLE"), format!("a new {other}; numbers may stand before TITLE"))
    });
    dropped.into_iter().chain([new]).chain(other)
}

fn counts(list: &List, about: About<'_>) -> String {
    let n_rows = list.rows.len();
    match about.is_part {
        false => format!("{}, the first at the top.", counted(about.n_open, "open item")),
        true => format!(
            "{n_rows} of {}. They change places with each other; all others stay where they are.",
            counted(about.n_open, "open item")
        ),
    }
}

/// The status that `drop` means: the first that stands for what will not be done.
pub(super) fn dropped(config: &Config) -> Option<&str> {
    let mut statuses = config.statuses.0.iter();
    statuses.find(|(_, status)| status.category == Category::Dropped).map(|(word, _)| word)
}
