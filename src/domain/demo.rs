//! A history for the example backlog, derived from the days in its documents.
//!
//! The example is one state, written by hand. Its past follows from it backwards: an item was
//! written down on the day of `created`, refined before it was started, ticked when it was done.
//! What was done before the product had a backlog came with it, and only its own days tell when.
//! So the example stays the only thing to keep in order, and its history ends exactly there.

use super::assign;
use super::backlog::Backlog;
use super::config::Config;
use super::criteria;
use super::date::Date;
use super::document::Document;
use super::edit::{self, Value};
use super::entry::Entry;
use super::kind::{Category, ITEM, Kind, SPRINT};
use super::message::Message;
use super::rank::{self, Place};
use super::source::{Edits, FileEdit, SourceFile};
use super::sprint;
use super::template::EXAMPLE;

/// The branch on which the product owner proposes another order.
pub const BRANCH: &str = "reprioritise";

/// The item that the demo moves to the top.
pub const TO_TOP: &str = "BL-7k3qd";

/// One commit of the history.
#[derive(Clone, Debug)]
pub struct Step {
    /// The day on which it was made.
    pub day: Date,
    /// How many commits came before it on that day.
    pub number: usize,
    /// The name of its author.
    pub author: String,
    /// What it changes.
    pub edits: Edits,
    /// Its message.
    pub message: String,
}

/// The files of the example backlog.
pub fn files() -> Vec<SourceFile> {
    let mut files = Vec::new();
    let mut folders = vec![&EXAMPLE];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            let text = file.contents_utf8().unwrap_or_default().to_owned();
            files.push(SourceFile { path, text: Ok(text) });
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The commits that lead to `files`, in their order.
pub fn history(files: &[SourceFile]) -> Vec<Step> {
    let backlog = Backlog::parse(files.to_vec());
    let first = backlog.product().and_then(|it| it.date("created")).unwrap_or(FIRST);
    let mut events: Vec<Event> =
        backlog.readable().flat_map(|entry| events(entry, first, &backlog)).collect();
    for file in files.iter().filter(|file| Kind::of_path(&file.path).is_none()) {
        let text = file.text.clone().unwrap_or_default();
        events.push(Event {
            day: first,
            act: Act::Begin,
            who: OWNER.to_owned(),
            path: file.path.clone(),
            text,
        });
    }
    // Nothing happens after the last day that the documents know.
    let dates = backlog
        .readable()
        .flat_map(|entry| ["created", "started", "done"].map(|field| entry.date(field)));
    let last = dates.flatten().max().unwrap_or(first);
    events.iter_mut().for_each(|event| event.day = event.day.min(last));
    events.sort_by(|a, b| (a.day, a.act, &a.who, &a.path).cmp(&(b.day, b.act, &b.who, &b.path)));
    steps(&events)
}

/// What somebody proposes for one item.
enum Proposal<'a> {
    /// Another place.
    Move(Place<'a>),
    /// Other words for a criterion, by its number.
    Reword(usize, &'a str),
    /// Another estimate.
    Estimate(&'a str),
}

/// The commits of the branch on top of `backlog`: each changes one item, with its reason.
pub fn proposal(backlog: &Backlog, day: Date) -> Vec<Step> {
    const HOST_LIST: &str = "BL-3zsx3";
    let proposals = [
        (
            OWNER,
            "BL-mrdwh",
            Proposal::Move(Place::Before("BL-s7xv9")),
            "Three households paid twice on 17 November.",
        ),
        (
            OWNER,
            HOST_LIST,
            Proposal::Move(Place::Before("BL-2mvq8")),
            "A host is about to quit over 25 minutes of copying (EV-dj25p).",
        ),
        (
            OWNER,
            "BL-kbqd5",
            Proposal::Move(Place::Bottom),
            "Nobody asked for it, and the goal needs everything below it.",
        ),
        (
            OWNER,
            HOST_LIST,
            Proposal::Reword(
                1,
                "The list is in the host's mailbox on Thursday at 7:00, sorted by last name, on one sheet for up to 60 boxes.",
            ),
            "The bakery expects 55 boxes after the winter opening.",
        ),
        (DEVELOPER, HOST_LIST, Proposal::Estimate("3"), "Sixty names need two columns."),
    ];
    let mut state = backlog.after(&Edits::default());
    let mut steps = Vec::new();
    for (number, (who, id, proposal, why)) in proposals.into_iter().enumerate() {
        let edits = proposed(&state, id, &proposal);
        let after = state.after(&edits);
        steps.push(step(day, number, who, edits, why, &state, &after));
        state = after;
    }
    steps
}

/// The edits that a proposal for an item stands for.
fn proposed(state: &Backlog, id: &str, proposal: &Proposal<'_>) -> Edits {
    let mut edits = Edits::default();
    let mut write = |entry: &Entry, document: &Document| {
        edits.push(change(entry.path(), Some(entry.document.text()), document.text()));
    };
    let field = |entry: &Entry, key: &str, value: &str| {
        with(&entry.document, &ITEM, key, Value::Literal(value.to_owned()))
    };
    match proposal {
        Proposal::Move(place) => {
            let order: Vec<_> = state.open_items().map(|item| (item.id(), item.rank())).collect();
            for (id, key) in rank::place(&order, &[id], *place).unwrap_or_default() {
                let Some(entry) = state.called(&id) else { continue };
                write(entry, &field(entry, "rank", key.as_str()));
            }
        }
        Proposal::Reword(ordinal, words) => {
            let Some(entry) = state.called(id) else { return edits };
            let (text, found) = (entry.document.text(), entry.criteria(&state.config));
            if let Some(text) = criteria::reword(text, &found, *ordinal, words) {
                write(entry, &Document::parse(entry.path(), text));
            }
        }
        Proposal::Estimate(effort) => {
            let Some(entry) = state.called(id) else { return edits };
            write(entry, &field(entry, "effort", effort));
        }
    }
    edits
}

/// The day on which a product without one began.
const FIRST: Date = Date::constant(2026, 9, 21);

/// The product owner.
const OWNER: &str = "mira";

/// The one of the team who has looked at what it takes.
const DEVELOPER: &str = "jonas";

/// What was done to a document on a day; acts of one day happen in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Act {
    Begin,
    Write,
    Refine,
    Plan,
    Start,
    Show,
    Accept,
}

impl Act {
    fn why(self) -> &'static str {
        match self {
            Self::Begin => "The product has a backlog from today on.",
            Self::Write => "",
            Self::Refine => "Refined with the team.",
            Self::Plan => "Sprint Planning.",
            Self::Start => "",
            Self::Show => "Ready to be looked at.",
            Self::Accept => "Seen and accepted.",
        }
    }
}

struct Event {
    day: Date,
    act: Act,
    who: String,
    path: String,
    text: String,
}

fn steps(events: &[Event]) -> Vec<Step> {
    let mut state = Backlog::default();
    let mut texts = std::collections::BTreeMap::<&str, &str>::new();
    let mut steps: Vec<Step> = Vec::new();
    for group in events.chunk_by(|a, b| (a.day, a.act, &a.who) == (b.day, b.act, &b.who)) {
        let Some(first) = group.first() else { continue };
        let mut edits = Edits::default();
        for event in group {
            let before = texts.insert(&event.path, &event.text);
            edits.push(change(&event.path, before, &event.text));
        }
        if edits.is_empty() {
            continue;
        }
        let after = state.after(&edits);
        let number = steps.iter().rev().take_while(|step| step.day == first.day).count();
        steps.push(step(first.day, number, &first.who, edits, first.act.why(), &state, &after));
        state = after;
    }
    steps
}

fn step(
    day: Date,
    number: usize,
    who: &str,
    edits: Edits,
    why: &str,
    before: &Backlog,
    after: &Backlog,
) -> Step {
    let paths = edits.files().iter().map(|file| file.path.as_str());
    let message = Message::describe(before, after, paths);
    Step { day, number, author: who.to_owned(), edits, message: message.commit(why, true) }
}

fn change(path: &str, before: Option<&str>, after: &str) -> FileEdit {
    FileEdit {
        path: path.to_owned(),
        before: before.map(str::to_owned),
        after: Some(after.to_owned()),
    }
}

/// What happened to a document from the first day on, each with the text that it had then.
fn events(entry: &Entry, first: Date, backlog: &Backlog) -> Vec<Event> {
    let config = &backlog.config;
    let Some(created) = entry.date("created") else { return Vec::new() };
    let assignee = entry.text("assignee").map_or_else(|| OWNER.to_owned(), |who| who.into_owned());
    let mut events = Vec::new();
    let mut add = |day: Date, act: Act, who: &str, document: &Document| {
        let (path, text) = (entry.path().to_owned(), document.text().to_owned());
        events.push(Event { day: day.max(created), act, who: who.to_owned(), path, text });
    };
    let last = &entry.document;
    if entry.date("done").is_some_and(|done| done < first) {
        add(first, Act::Begin, OWNER, last);
        return events;
    }
    if std::ptr::eq(entry.kind, &SPRINT) {
        add(created, Act::Write, OWNER, &planned(last));
        let (start, end) = (entry.date("start"), entry.date("end"));
        if let Some(start) = start {
            add(start, Act::Plan, OWNER, &with(&planned(last), &SPRINT, "status", text("active")));
        }
        if let Some(end) = end.filter(|_| entry.status() == "closed") {
            add(end, Act::Accept, OWNER, last);
        } else if entry.status() == "active" {
            add(start.unwrap_or(created), Act::Plan, OWNER, last);
        }
        return events;
    }
    if !entry.kind.is_ranked() {
        add(created, Act::Write, OWNER, last);
        return events;
    }
    let started = started(last, config);
    let refined = refined(&started);
    add(created, Act::Write, OWNER, &written(&refined, config));
    match (entry.date("started"), entry.category(config)) {
        (_, Category::Todo) if entry.status() == config.first_status() => {
            add(created, Act::Write, OWNER, last);
        }
        (Some(day), category) => {
            let planning = planning(backlog, entry).filter(|it| created <= *it && *it < day);
            let refining = days_before(day, 3);
            add(planning.map_or(refining, |it| it.min(refining)), Act::Refine, OWNER, &refined);
            if let Some((day, sprint)) = planning.zip(entry.text("sprint")) {
                let planned = with(&refined, &ITEM, "sprint", text(&sprint));
                add(day, Act::Plan, OWNER, &planned);
            }
            add(day, Act::Start, &assignee, &started);
            match (entry.date("done"), category) {
                (Some(done), _) => add(done, Act::Accept, OWNER, last),
                (None, _) => add(days_before(day, -3), Act::Show, &assignee, last),
            }
        }
        (None, _) => add(days_before(created, -4), Act::Refine, OWNER, last),
    }
    events
}

/// The first day of the sprint that an item is planned for.
fn planning(backlog: &Backlog, item: &Entry) -> Option<Date> {
    sprint::of_item(backlog, item)?.date("start")
}

fn days_before(day: Date, days: i64) -> Date {
    day.checked_sub(jiff::Span::new().days(days)).unwrap_or(day)
}

/// An item when work on it began.
fn started(last: &Document, config: &Config) -> Document {
    let mut document = without(last, &["done", "accepted", "questions"]);
    let doing = config.statuses.0.iter().find(|(_, status)| status.category == Category::Doing);
    if let Some((word, _)) = doing {
        document = with(&document, &ITEM, "status", text(word));
    }
    let criteria =
        |text: &str, body: usize| criteria::criteria(text, body, &config.criteria.sections);
    let count = criteria(document.text(), document.body_span().start).list.len();
    for ordinal in 1..=count {
        let found = criteria(document.text(), document.body_span().start);
        let unticked = criteria::check(document.text(), &found, ordinal, false);
        let is_ticked = found.list[ordinal - 1].checked == Some(true);
        if let Some(text) = unticked.filter(|_| is_ticked) {
            document = Document::parse(document.path(), text);
        }
    }
    document
}

/// An item before work on it began.
fn refined(started: &Document) -> Document {
    let document = without(started, &["started", "assignee", "sprint"]);
    with(&document, &ITEM, "status", text("ready"))
}

/// An item as it was written down.
fn written(refined: &Document, config: &Config) -> Document {
    let document = without(refined, &["effort", "release", "estimate_range"]);
    with(&document, &ITEM, "status", text(config.first_status()))
}

/// A sprint before it began: without what was seen in it.
fn planned(last: &Document) -> Document {
    let text = last.text();
    let end = text.find("\n## Showcase").unwrap_or(text.len());
    let document = Document::parse(last.path(), &text[..end]);
    with(&document, &SPRINT, "status", self::text("planned"))
}

fn text(word: &str) -> Value {
    Value::Text(word.to_owned())
}

fn with(document: &Document, kind: &Kind, key: &str, value: Value) -> Document {
    match edit::set(document, key, &value, &assign::order(kind)) {
        Ok(text) => Document::parse(document.path(), text),
        Err(_) => document.clone(),
    }
}

fn without(document: &Document, keys: &[&str]) -> Document {
    let remove = |document: Document, key: &&str| match edit::remove(&document, key) {
        Ok(text) => Document::parse(document.path(), text),
        Err(_) => document,
    };
    keys.iter().fold(document.clone(), remove)
}

#[cfg(test)]
mod tests {
    use super::super::backlog::CONFIG;
    use super::*;

    #[test]
    fn the_history_ends_with_the_example_to_the_byte() {
        let files = files();
        let steps = history(&files);
        let mut texts = std::collections::BTreeMap::new();
        for file in steps.iter().flat_map(|step| step.edits.files()) {
            assert_eq!(texts.get(&file.path), file.before.as_ref(), "{}", file.path);
            texts.insert(file.path.clone(), file.after.clone().unwrap());
        }
        let wanted = files.into_iter().map(|file| (file.path, file.text.unwrap())).collect();
        assert_eq!(texts, wanted);
        assert!(steps.len() > 40, "{} commits", steps.len());
        assert!(steps.is_sorted_by_key(|step| (step.day, step.number)));
        assert!(steps.iter().any(|step| step.edits.files().iter().any(|file| file.path == CONFIG)));
    }

    #[test]
    fn every_state_of_the_history_can_be_read() {
        let mut state = Backlog::default();
        for step in history(&files()) {
            state = state.after(&step.edits);
            assert_eq!(state.unreadable().count(), 0, "{}", step.message);
        }
    }

    #[test]
    fn the_branch_changes_an_item_in_each_commit() {
        let backlog = Backlog::parse(files());
        let steps = proposal(&backlog, Date::constant(2026, 11, 25));
        let subjects: Vec<&str> =
            steps.iter().filter_map(|step| step.message.lines().next()).collect();
        assert_eq!(
            subjects,
            [
                "backlog: rank BL-mrdwh 26 → 8 \"A second tap on Order makes a second order\"",
                "backlog: rank BL-3zsx3 17 → 10 \"Pick-up list for the host\"",
                "backlog: rank BL-kbqd5 12 → 30 \"Retire the order form of the summer\"",
                "backlog: criteria BL-3zsx3 reword 1 \"Pick-up list for the host\"",
                "backlog: set BL-3zsx3 effort 2 → 3 \"Pick-up list for the host\"",
            ]
        );
        assert!(steps.iter().all(|step| step.edits.files().len() == 1));
    }
}
