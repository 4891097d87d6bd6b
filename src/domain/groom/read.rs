//! The text that comes back from the editor: what each line wants, and what cannot be understood.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::column::SIGN;
use super::plan::is_same;
use super::text::{self, AS_IT_IS, FIRST_TYPE, NONE, Shown};
use super::words::Words;
use super::{Column, List, Row, UNDECIDED, Wrong};
use crate::domain::assign;
use crate::domain::config::Config;
use crate::domain::entry;
use crate::domain::span::Span;
use crate::domain::suggest;

/// After so many mistakes, nobody reads on.
const MOST_WRONGS: usize = 20;

/// What a text wants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The lines that are understood, from the top.
    pub lines: Vec<Line>,
    /// What is not understood, from the top.
    pub wrongs: Vec<Wrong>,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is about.
    pub subject: Subject,
    /// What it wants of fields that are not as the list has them.
    pub changes: Vec<Change>,
    /// Its bytes.
    pub span: Span,
}

/// What a line is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The item of a row, counted from 0.
    Row(usize),
    /// An item that is to be made.
    New {
        /// Its type.
        item_type: String,
        /// Its title.
        title: String,
    },
}

/// Another value for a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The field.
    pub field: String,
    /// The value; `None` to have none.
    pub to: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// The word with which a line may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    /// The item will not be done.
    Drop,
    /// There is no such item yet.
    New,
}

impl Verb {
    pub(super) fn of_word(word: &str) -> Option<Self> {
        match word {
            "d" | "drop" => Some(Self::Drop),
            "n" | "new" => Some(Self::New),
            _ => None,
        }
    }
}

/// Reads a text that was made from a list.
pub fn read(list: &List, config: &Config, shown: Shown, text: &str) -> Reading {
    let reader = Reader { list, config, shown, names: names(&list.rows) };
    let mut reading = Reading::default();
    let mut seen = vec![false; list.rows.len()];
    let mut at = 0;
    for raw in text.split_inclusive('\n') {
        let line = Words::of_line(raw, at);
        at += raw.len();
        let Some(line) = line else { continue };
        match reader.line(line) {
            Ok(line) => match reader.again(&line, &mut seen) {
                None => reading.lines.push(line),
                Some(wrong) => reading.wrongs.push(wrong),
            },
            Err(wrong) => reading.wrongs.push(wrong),
        }
        if reading.wrongs.len() >= MOST_WRONGS {
            break;
        }
    }
    reading
}

/// Each row by its id and by what stands behind the dash of it, in lower case.
fn names(rows: &[Row]) -> BTreeMap<String, Vec<usize>> {
    let mut names: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let id = row.id.to_lowercase();
        if let Some((_, end)) = id.split_once('-') {
            names.entry(end.to_owned()).or_default().push(at);
        }
        names.entry(id).or_default().push(at);
    }
    names
}

/// What the line of an item says.
struct Item {
    row: usize,
    /// Where its status stands, if the line has one.
    status: Option<Span>,
    changes: Vec<Change>,
}

struct Reader<'a> {
    list: &'a List,
    config: &'a Config,
    shown: Shown,
    names: BTreeMap<String, Vec<usize>>,
}

impl Reader<'_> {
    fn line(&self, mut line: Words<'_>) -> Result<Line, Wrong> {
        let word = line.peek();
        let is_id = self.names.contains_key(&word.to_lowercase());
        let verb = if is_id { None } else { Verb::of_word(word) };
        let start = line.span_of_rest();
        if verb.is_some() {
            line.take(word.len());
        }
        let (subject, changes) = match verb {
            Some(Verb::New) => self.new_item(line)?,
            Some(Verb::Drop) => {
                let verb = Span::new(start.start, start.start + word.len());
                let Item { row, status, changes } = self.item(line)?;
                let changes = self.dropped(row, changes, status.unwrap_or(verb))?;
                (Subject::Row(row), changes)
            }
            None => {
                let Item { row, changes, .. } = self.item(line)?;
                (Subject::Row(row), changes)
            }
        };
        Ok(Line { subject, changes, span: start })
    }

    /// Refuses a row that was there before.
    fn again(&self, line: &Line, seen: &mut [bool]) -> Option<Wrong> {
        let Subject::Row(row) = line.subject else { return None };
        let is_seen = std::mem::replace(&mut seen[row], true);
        let message = || format!("{} is here twice", self.list.rows[row].id);
        is_seen.then(|| Wrong::new(line.span, message()).hint("delete one of the two lines"))
    }

    /// A line of an item that is in the list.
    fn item(&self, mut line: Words<'_>) -> Result<Item, Wrong> {
        let at = self.row(line)?;
        let row = &self.list.rows[at];
        self.decided(row, line)?;
        line.take(line.peek().len());
        // An id alone is enough to say where the item goes.
        if line.rest().is_empty() {
            return Ok(Item { row: at, status: None, changes: Vec::new() });
        }
        let (status, change) = self.status(row, &mut line)?;
        let mut changes: Vec<Change> = change.into_iter().collect();
        let title = text::title(row, self.shown);
        changes.extend(self.numbers(Some(row), &title, &mut line)?);
        changes.extend(self.title(&title, line)?);
        Ok(Item { row: at, status: Some(status), changes })
    }

    /// The row that a word means: an id, or the beginning of one.
    fn row(&self, line: Words<'_>) -> Result<usize, Wrong> {
        let word = line.peek().to_lowercase();
        let start = line.span_of_rest().start;
        let span = Span::new(start, start + line.peek().len());
        if let Some([row]) = self.names.get(&word).map(Vec::as_slice) {
            return Ok(*row);
        }
        let fitting = self.names.range(word.clone()..);
        let fitting = fitting.take_while(|(name, _)| !word.is_empty() && name.starts_with(&word));
        let mut rows: Vec<usize> = fitting.flat_map(|(_, rows)| rows).copied().take(5).collect();
        rows.sort_unstable();
        rows.dedup();
        let id = |row: &usize| self.list.rows[*row].id.as_str();
        match &rows[..] {
            [row] => Ok(*row),
            [] if word.is_empty() => Err(Wrong::new(line.span_of_rest(), "the id is missing")),
            [] => {
                let ids = self.list.rows.iter().map(|row| row.id.as_str());
                let hint = match suggest::nearest(&word, ids) {
                    Some(near) => format!("did you mean {near}? A new item begins with 'new'"),
                    None => "a new item begins with 'new'".to_owned(),
                };
                let word = short(line.peek());
                Err(Wrong::new(span, format!("this list has no item '{word}'")).hint(hint))
            }
            several => {
                let ids: Vec<&str> = several.iter().map(id).collect();
                let message = format!("'{}' is the beginning of several ids", short(line.peek()));
                Err(Wrong::new(span, message).hint(ids.join(", ")))
            }
        }
    }

    /// Refuses a line in which two values still stand side by side.
    fn decided(&self, row: &Row, line: Words<'_>) -> Result<(), Wrong> {
        let is_own = [&row.title, &row.status].iter().any(|text| text.contains(UNDECIDED));
        let Some(at) = line.rest().find(UNDECIDED).filter(|_| !is_own) else { return Ok(()) };
        let start = line.span_of_rest().start + at;
        let span = Span::new(start, start + UNDECIDED.len());
        Err(Wrong::new(span, format!("{} has two values here", row.id))
            .hint(format!("keep the one before or behind {UNDECIDED}, and delete the rest")))
    }

    fn status(&self, row: &Row, line: &mut Words<'_>) -> Result<(Span, Option<Change>), Wrong> {
        let old = text::status(row, self.shown);
        let known = self.config.statuses.0.keys().chain([&*old]);
        // Of two words, one may be the beginning of the other.
        let word = known.filter(|word| line.begins_with(word)).max_by_key(|word| word.len());
        let Some(word) = word else {
            let known: Vec<&str> = self.config.statuses.0.keys().collect();
            let word = line.peek();
            let message = format!("unknown status '{}'", short(word));
            return Err(Wrong::new(line.take(word.len()), message)
                .hint(suggest::did_you_mean(word, &known)));
        };
        let span = line.take(word.len());
        let is_same = word == old || word == row.status;
        Ok((span, (!is_same).then(|| change("status", Some(word), span))))
    }

    /// The words with numbers, in any order, each at most once. One that is not there leaves the
    /// number as it is. `title` is what the line had behind them.
    fn numbers(
        &self,
        row: Option<&Row>,
        title: &str,
        line: &mut Words<'_>,
    ) -> Result<Vec<Change>, Wrong> {
        let mut changes = Vec::new();
        let mut seen = vec![false; self.list.columns.len()];
        while row.is_none() || line.rest() != title {
            let word = line.peek();
            let Some((at, written)) = self.column(word).filter(|(at, _)| !seen[*at]) else { break };
            seen[at] = true;
            let column = &self.list.columns[at];
            let old = row.and_then(|row| row.numbers[at].as_deref());
            let span = line.take(word.len());
            let to = match written {
                _ if word == text::number(column, old) => continue,
                NONE | "" => None,
                written if column.holds(written) => Some(written),
                written => {
                    let kind = if column.is_word() { "word" } else { "number" };
                    let message = format!("{} is a {kind}, not '{}'", column.field, short(written));
                    let hint =
                        format!("write {}, or {}{NONE} for none", example(column), column.label);
                    return Err(Wrong::new(span, message).hint(hint));
                }
            };
            changes.extend((!is_same(to, old)).then(|| change(&column.field, to, span)));
        }
        Ok(changes)
    }

    /// The column of a word such as `v8` or `m=must`, and what stands behind its label.
    fn column<'a>(&self, word: &'a str) -> Option<(usize, &'a str)> {
        let end = word.find(|c: char| !c.is_alphabetic())?;
        let sign = if word[end..].starts_with(SIGN) { SIGN.len_utf8() } else { 0 };
        let (label, written) = word.split_at(end + sign);
        let begins = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.');
        let is_number = written.starts_with(begins) || written == AS_IT_IS;
        let at = self.list.columns.iter().position(|column| column.label == label)?;
        (is_number || sign > 0).then_some((at, written))
    }

    fn title(&self, old: &str, line: Words<'_>) -> Result<Option<Change>, Wrong> {
        let (title, span) = (line.rest(), line.span_of_rest());
        if title == old {
            return Ok(None);
        }
        if title.is_empty() {
            return Err(Wrong::new(span, "the title is missing")
                .hint("to leave an item as it is, delete its whole line"));
        }
        if let Some(stray) = self.stray(title, old) {
            return Err(Wrong::new(span, format!("'{}' is no number of this list", short(stray)))
                .hint(self.known_numbers()));
        }
        match assign::title(title) {
            Ok(title) => Ok(Some(change("title", Some(title), span))),
            Err(refusal) => Err(Wrong::new(span, refusal.message)),
        }
    }

    /// The first word before an old title that was to be a number, and is none.
    fn stray<'a>(&self, title: &'a str, old: &str) -> Option<&'a str> {
        let before = title.strip_suffix(old).filter(|_| !old.is_empty())?;
        let is_number = |word: &str| {
            let digits = word.trim_start_matches(char::is_alphabetic);
            let n_letters = word[..word.len() - digits.len()].chars().count();
            n_letters <= 2 && (entry::number(digits).is_some() || digits == NONE)
        };
        let mut words = before.split_whitespace();
        before.ends_with(char::is_whitespace).then(|| words.find(|word| is_number(word)))?
    }

    fn known_numbers(&self) -> String {
        let word = |column: &Column| format!("{} for {}", example(column), column.field);
        let words: Vec<String> = self.list.columns.iter().map(word).collect();
        match words.is_empty() {
            true => "this list has no numbers".to_owned(),
            false => format!("write each once: {}", words.join(", ")),
        }
    }

    /// The changes of an item that will not be done.
    fn dropped(
        &self,
        row: usize,
        mut changes: Vec<Change>,
        span: Span,
    ) -> Result<Vec<Change>, Wrong> {
        let Some(word) = text::dropped(self.config) else {
            return Err(Wrong::new(span, "no status stands for what will not be done")
                .hint("give one the category 'dropped' in config.yml"));
        };
        if let Some(other) = changes.iter().find(|it| it.field == "status") {
            let to = other.to.as_deref().unwrap_or_default();
            if to != word {
                return Err(Wrong::new(other.span, format!("dropped, and '{to}'"))
                    .hint("delete 'drop', or leave the status as it was"));
            }
        } else if self.list.rows[row].status != word {
            changes.insert(0, change("status", Some(word), span));
        }
        Ok(changes)
    }

    /// `new TITLE`, `new bug: TITLE`, `new v5 e3 TITLE`.
    fn new_item(&self, mut line: Words<'_>) -> Result<(Subject, Vec<Change>), Wrong> {
        let item_type = self.item_type(&mut line)?;
        let changes = self.numbers(None, "", &mut line)?;
        let changes = changes.into_iter().filter(|change| change.to.is_some()).collect();
        let span = line.span_of_rest();
        match assign::title(line.rest()) {
            Ok(title) => Ok((Subject::New { item_type, title: title.to_owned() }, changes)),
            Err(refusal) => {
                Err(Wrong::new(span, refusal.message).hint("write: new TITLE, or new TYPE: TITLE"))
            }
        }
    }

    /// The type before a colon, or the first of the project.
    fn item_type(&self, line: &mut Words<'_>) -> Result<String, Wrong> {
        let types: Vec<&str> = self.config.types.0.keys().collect();
        let before = line.rest().split_once(':').map(|(before, _)| before);
        let word = before.filter(|word| !word.contains(char::is_whitespace));
        let known = word.and_then(|word| types.iter().find(|known| **known == word));
        match (known, word.and_then(|word| suggest::nearest(word, types.iter().copied()))) {
            (Some(known), _) => {
                line.take(known.len() + 1);
                Ok((*known).to_owned())
            }
            (None, Some(near)) => {
                let word = word.unwrap_or_default();
                let hint = format!(
                    "did you mean '{near}'? If it belongs to the title, write: new {}: {}: …",
                    types[0],
                    short(word)
                );
                Err(Wrong::new(line.take(word.len()), format!("unknown type '{}'", short(word)))
                    .hint(hint))
            }
            (None, None) => Ok(types.first().copied().unwrap_or(FIRST_TYPE).to_owned()),
        }
    }
}

/// How a value of a column may look.
fn example(column: &Column) -> String {
    format!("{}{}", column.label, if column.is_word() { "WORD" } else { "5" })
}

/// A word as a message repeats it: a file that went astray may have long ones.
fn short(word: &str) -> Cow<'_, str> {
    const LONGEST: usize = 40;
    match word.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &word[..end]).into(),
        None => word.into(),
    }
}

fn change(field: &str, to: Option<&str>, span: Span) -> Change {
    Change { field: field.to_owned(), to: to.map(str::to_owned), span }
}
