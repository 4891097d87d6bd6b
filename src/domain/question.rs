//! Questions to the people behind a backlog: asked in the field `questions`, answered in a section
//! of the text.
//!
//! A question in the field is open. Its answer moves it, whole, to the section [`SECTION`]; so the
//! field says at any time what is waited for, and the text what was said. When it was asked and
//! answered stands in it; for what was written by hand, Git knows.

use std::collections::HashMap;

use serde_json::Value;

use super::assign::{self, Refusal};
use super::config::Config;
use super::date::{self, Date};
use super::diff::{Change, FieldChange};
use super::document::{Document, Node};
use super::edit;
use super::entry::{self, Entry};
use super::log::LogEntry;
use super::note::Note;
use super::section::{self, Noted};
use super::span::Span;

/// The field that holds the open questions.
pub const FIELD: &str = "questions";

/// The heading under which answered questions stand.
pub const SECTION: &str = "Questions";

/// A question of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its place in the field of its document, from 1; `None` for an answered one.
    pub number: Option<usize>,
    /// The question.
    pub note: Note,
    /// The answers; none while it is open.
    pub answers: Vec<Note>,
    /// As it is written, which is what the history knows it by.
    pub written: String,
}

/// The open questions of a document, in their order. Their numbers are their places in the list, of
/// which some may be blank or [unread].
pub fn open(entry: &Entry) -> Vec<Question> {
    let text = entry.document.text();
    let question = |(at, node): (usize, &Node)| {
        let text = node.scalar(text).filter(|text| !text.trim().is_empty())?;
        Some(Question {
            number: Some(at + 1),
            note: Note::parse(&text),
            answers: Vec::new(),
            written: text.into_owned(),
        })
    };
    elements(entry).iter().enumerate().filter_map(question).collect()
}

/// What is wrong with the questions of a document that cannot be read, in their order.
pub fn unread(entry: &Entry) -> Vec<String> {
    let nested = entry.document.get(FIELD).into_iter().flat_map(Node::nested);
    nested.map(|(number, _, what)| entry::not_single(FIELD, number, what)).collect()
}

/// The bytes of an open question in its document.
pub fn span(entry: &Entry, question: &Question) -> Span {
    let at = question.number.and_then(|number| number.checked_sub(1));
    at.and_then(|at| elements(entry).get(at)).map(Node::span).unwrap_or_default()
}

/// The elements of the field, whatever they are.
fn elements(entry: &Entry) -> &[Node] {
    entry.document.get(FIELD).map_or(&[], Node::elements)
}

/// The answered questions of a document, in their order.
pub fn answered(entry: &Entry) -> Vec<Question> {
    answered_in(&entry.document)
}

/// The same of a document alone.
pub fn answered_in(document: &Document) -> Vec<Question> {
    let notes = section::notes(document, SECTION).into_iter();
    let question = |it: Noted| Question {
        number: None,
        written: it.note.to_string(),
        note: it.note,
        answers: it.below,
    };
    notes.filter(|it| !it.below.is_empty()).map(question).collect()
}

/// Whether the text of a document may have a section of answered questions; if not, it need not be
/// looked at any closer.
pub fn may_be_answered(document: &Document) -> bool {
    let body = document.body().as_bytes();
    let is_word = |at: usize| {
        body.get(at..at + SECTION.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(SECTION.as_bytes()))
    };
    memchr::memchr2_iter(b'q', b'Q', body).any(is_word)
}

/// The text of a document with one more question.
pub fn ask(entry: &Entry, question: &Note) -> Result<String, Refusal> {
    if question.text.is_empty() {
        return Err(Refusal::new("the question is empty"));
    }
    if entry.kind.field(FIELD).is_none() {
        let message =
            format!("{} is of kind {}, which has no questions", entry.id(), entry.kind.name);
        return Err(Refusal::new(message).hint("ask at the item or the goal that it is about"));
    }
    let order = assign::order(entry.kind);
    Ok(edit::add_to_list(&entry.document, FIELD, &[question.to_string()], &order)?)
}

/// The text of a document with an open question answered.
pub fn answer(
    entry: &Entry,
    question: &Question,
    answer: &Note,
    config: &Config,
) -> Result<String, Refusal> {
    if answer.text.is_empty() {
        return Err(Refusal::new("the answer is empty"));
    }
    let noted = Noted { note: question.note.clone(), below: vec![answer.clone()] };
    let is_last = open(entry).len() == 1 && unread(entry).is_empty();
    let at = question.number.and_then(|number| number.checked_sub(1));
    let text = match at.filter(|_| !is_last) {
        Some(at) => edit::remove_element(&entry.document, FIELD, at)?,
        None => edit::remove(&entry.document, FIELD)?,
    };
    let document = Document::parse(entry.path(), text);
    section::append(&document, SECTION, &noted, &config.criteria.sections).ok_or_else(|| {
        let id = entry.id();
        Refusal::new(format!("the text of {id} leaves no room for a section '{SECTION}'"))
            .hint(format!("close what is open at its end: git backlog edit {id}"))
    })
}

/// The open question that a person means: its number, or words that only it has. Without either, the
/// only one.
pub fn find(entry: &Entry, which: Option<&str>) -> Result<Question, Refusal> {
    let mut all = open(entry);
    let id = entry.id();
    let Some(which) = which else {
        return match all.len() {
            0 => Err(none(entry)),
            1 => Ok(all.remove(0)),
            n => Err(Refusal::new(format!("{id} has {n} open questions")).hint(listed(&all))),
        };
    };
    if all.is_empty() {
        return Err(none(entry));
    }
    let number: Option<usize> = which.strip_prefix('#').unwrap_or(which).parse().ok();
    if let Some(at) = number.and_then(|_| all.iter().position(|it| it.number == number)) {
        return Ok(all.swap_remove(at));
    }
    if let Some(problem) = number.and_then(|number| unread_at(entry, number)) {
        return Err(Refusal::new(format!("{id}: {problem}"))
            .hint(format!("mend it with: git backlog edit {id}")));
    }
    let words = which.to_lowercase();
    let mut found: Vec<Question> = all.clone();
    found.retain(|it| it.note.text.to_lowercase().contains(&words));
    match found.len() {
        1 => Ok(found.remove(0)),
        0 => {
            let message = format!("{id} has no open question '{which}'");
            Err(Refusal::new(message).hint(listed(&all)))
        }
        n => {
            let message = format!("'{which}' stands in {n} open questions of {id}");
            Err(Refusal::new(message).hint(listed(&found)))
        }
    }
}

/// What is wrong with the question of a number, if it cannot be read.
fn unread_at(entry: &Entry, number: usize) -> Option<String> {
    let mut nested = entry.document.get(FIELD)?.nested();
    let (_, _, what) = nested.find(|(at, ..)| *at == number)?;
    Some(entry::not_single(FIELD, number, what))
}

fn none(entry: &Entry) -> Refusal {
    let id = entry.id();
    if let [problem, ..] = &unread(entry)[..] {
        return Refusal::new(format!("{id}: {problem}"))
            .hint(format!("mend it with: git backlog edit {id}"));
    }
    Refusal::new(format!("{id} has no open question"))
        .hint(format!("ask one with: git backlog ask {id} 'TEXT'"))
}

/// `1: Which rate?; 2: From when on?`
fn listed(questions: &[Question]) -> String {
    let line = |it: &Question| format!("{}: {}", it.number.unwrap_or_default(), it.note.text);
    questions.iter().map(line).collect::<Vec<_>>().join("; ")
}

/// When questions came into the field and went out of it, as a history tells, for those that do not
/// say it themselves.
#[derive(Clone, Debug, Default)]
pub struct Times {
    came: HashMap<(String, String), Date>,
    went: HashMap<(String, String), Date>,
    added: HashMap<String, Date>,
}

impl Times {
    /// Takes up an entry; the newest comes first.
    pub fn see(&mut self, entry: &LogEntry) {
        let Some(day) = date::parse(entry.day()) else { return };
        for document in &entry.documents {
            for change in &document.changes {
                match change {
                    Change::Added => {
                        self.added.entry(document.id.clone()).or_insert(day);
                    }
                    Change::Set(set) if set.field == FIELD => self.see_set(&document.id, set, day),
                    _ => {}
                }
            }
        }
    }

    fn see_set(&mut self, id: &str, set: &FieldChange, day: Date) {
        let (before, after) = (texts(set.from.as_ref()), texts(set.to.as_ref()));
        let key = |text: &&String| (id.to_owned(), (*text).clone());
        for text in after.iter().filter(|text| !before.contains(text)) {
            self.came.entry(key(&text)).or_insert(day);
        }
        for text in before.iter().filter(|text| !after.contains(text)) {
            self.went.entry(key(&text)).or_insert(day);
        }
    }

    /// The day on which a question was asked: what it says itself, or that on which it was committed;
    /// one that was there from the beginning is as old as its document.
    pub fn asked(&self, id: &str, question: &Question) -> Option<Date> {
        let key = (id.to_owned(), question.written.clone());
        let by_history = || self.came.get(&key).or_else(|| self.added.get(id)).copied();
        question.note.on.or_else(by_history)
    }

    /// The day on which a question was answered.
    pub fn answered(&self, id: &str, question: &Question) -> Option<Date> {
        let first = question.answers.first()?;
        let key = (id.to_owned(), question.written.clone());
        first.on.or_else(|| self.went.get(&key).copied())
    }
}

/// The texts of a value that is a list, or one of them.
pub(super) fn texts(value: Option<&Value>) -> Vec<String> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    match value {
        Some(Value::Array(list)) => list.iter().filter_map(text).collect(),
        Some(single) => text(single).into_iter().collect(),
        None => Vec::new(),
    }
}

/// The middle of some numbers of days: half of them are at most that many. `None` without any.
pub fn median(mut days: Vec<i64>) -> Option<f64> {
    days.sort_unstable();
    let middle = days.len() / 2;
    let upper = *days.get(middle)? as f64;
    match days.len() % 2 {
        1 => Some(upper),
        _ => Some((days[middle - 1] as f64 + upper) / 2.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::kind::ITEM;
    use crate::domain::log::LogDocument;

    const DAY: Date = Date::constant(2026, 11, 25);

    fn entry(text: &str) -> Entry {
        Entry::new(Document::parse("items/BL-a.md", text), &ITEM, &Config::default())
    }

    #[test]
    fn a_question_is_asked_and_answered_and_nothing_else_changes() {
        let before = "---\nid: BL-a\ntitle: A\nlabels: [x] # ours\n---\n\nText.\n";
        let question = Note::new("Which\nrate?", "ada", DAY).to(Some("mira"));
        let asked = ask(&entry(before), &question).unwrap();
        assert_eq!(
            asked,
            before.replace(
                "labels:",
                "questions: [\"Which rate? (ada to mira, 2026-11-25)\"]\nlabels:"
            )
        );
        let item = entry(&asked);
        let found = find(&item, None).unwrap();
        let said = Note::new("The reduced one.", "mira", Date::constant(2026, 11, 27));
        let text = answer(&item, &found, &said, &Config::default()).unwrap();
        assert_eq!(
            text,
            format!(
                "{before}\n## Questions\n\n- Which rate? (ada to mira, 2026-11-25)\n  - The reduced one. (mira, 2026-11-27)\n"
            )
        );
        let item = entry(&text);
        assert!(open(&item).is_empty());
        let [done] = &answered(&item)[..] else { panic!("one is answered") };
        assert_eq!((&done.note, &done.answers[..]), (&question, &[said][..]));
    }

    #[test]
    fn a_question_is_meant_by_its_number_or_by_its_words() {
        let item = entry("---\nid: BL-a\ntitle: A\nquestions: [Which rate?, Which day?]\n---\n");
        let found = |which: Option<&str>| match find(&item, which) {
            Ok(question) => question.written,
            Err(refusal) => refusal.message,
        };
        assert_eq!(found(Some("2")), "Which day?");
        assert_eq!(found(Some("#1")), "Which rate?");
        assert_eq!(found(Some("RATE")), "Which rate?");
        assert_eq!(found(Some("which")), "'which' stands in 2 open questions of BL-a");
        assert_eq!(found(Some("3")), "BL-a has no open question '3'");
        assert_eq!(found(None), "BL-a has 2 open questions");
    }

    const ODD: &str = "---\nid: BL-a\ntitle: A\nquestions:\n  - Which tax: reduced or full?\n  - Plain?\n  - \"\"\n  - Plain?\n---\n";

    #[test]
    fn what_cannot_be_read_hides_no_other_question() {
        let item = entry(ODD);
        let told: Vec<_> = open(&item).into_iter().map(|it| (it.number, it.written)).collect();
        assert_eq!(told, [(Some(2), "Plain?".to_owned()), (Some(4), "Plain?".to_owned())]);
        assert_eq!(unread(&item), ["question 1 is a mapping; put it in quotes"]);
        assert_eq!(span(&item, &open(&item)[0]).of(ODD), "Plain?");
        let problems: Vec<_> = item.problems().map(|it| (it.position.line, &*it.message)).collect();
        assert_eq!(problems, [(5, "question 1 is a mapping; put it in quotes")]);
        let refused = |which: &str| find(&item, Some(which)).unwrap_err().message;
        assert_eq!(refused("1"), "BL-a: question 1 is a mapping; put it in quotes");
        assert_eq!(refused("3"), "BL-a has no open question '3'");
    }

    #[test]
    fn an_answer_takes_one_question_away_and_leaves_its_twin() {
        let said = Note::new("Yes.", "mira", DAY);
        let answered = |text: &str, which: &str| {
            let item = entry(text);
            answer(&item, &find(&item, Some(which)).unwrap(), &said, &Config::default()).unwrap()
        };
        let text = answered(ODD, "4");
        assert!(text.starts_with(&ODD.replace("\"\"\n  - Plain?\n", "\"\"\n")), "{text}");
        let text = answered(&text, "2");
        assert!(text.starts_with(&ODD.replace("  - Plain?\n", "")), "{text}");
        assert!(
            answered("---\nid: BL-a\nquestions: [\"\", a?]\n---\n", "2")
                .starts_with("---\nid: BL-a\n---\n")
        );
        let twins = "---\nid: BL-a\nquestions: [a?, b?, a?]\n---\n";
        assert!(answered(twins, "3").starts_with("---\nid: BL-a\nquestions: [a?, b?]\n---\n"));
    }

    #[test]
    fn the_history_tells_the_days_that_are_not_written() {
        let set = |from: Value, to: Value| {
            Change::Set(FieldChange { field: FIELD.to_owned(), from: Some(from), to: Some(to) })
        };
        let told = |day: &str, change: Change| LogEntry {
            date: format!("{day}T12:00:00+00:00"),
            documents: vec![LogDocument {
                id: "BL-a".to_owned(),
                kind: "item".to_owned(),
                title: None,
                changes: vec![change],
            }],
            ..LogEntry::default()
        };
        let list = |texts: &[&str]| Value::from(texts.to_vec());
        let mut times = Times::default();
        times.see(&told("2026-11-09", set(list(&["Old?", "New?"]), list(&["Old?"]))));
        times.see(&told("2026-11-05", set(list(&["Old?"]), list(&["Old?", "New?"]))));
        times.see(&told("2026-11-01", Change::Added));
        let question = |text: &str| Question {
            number: None,
            note: Note::parse(text),
            answers: vec![Note::parse("Yes.")],
            written: text.to_owned(),
        };
        let days = |text: &str| {
            let question = question(text);
            let days = [times.asked("BL-a", &question), times.answered("BL-a", &question)];
            days.map(|day| day.map_or_else(|| "-".to_owned(), |day| day.to_string()))
        };
        assert_eq!(days("New?"), ["2026-11-05", "2026-11-09"]);
        assert_eq!(days("Old?"), ["2026-11-01", "-"]);
        assert_eq!(days("Mine? (ada, 2026-10-30)"), ["2026-10-30", "-"]);
    }

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![9, 1, 3]), Some(3.0));
        assert_eq!(median(vec![4, 1]), Some(2.5));
    }
}
