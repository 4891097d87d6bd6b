//! What happened to each item and when: from the history of the backlog together with the days that
//! commands write into the items (`created`, `started`, `done`).
//!
//! Neither is enough alone. A squash merge or an import brings items into a history already done, and
//! who edits files by hand forgets the days. So the earliest evidence counts for the day on which an
//! item came and for that on which work on it began. For the end it is the last time that it became
//! done, if the history knows of several; its field, if that is earlier and nothing was reopened since.
//! An item is known by its id and not by the path of its file. Commits on branches count on the day on
//! which their author wrote them.
//!
//! What is not known stays so, and [`Coverage`] counts it. A day after today, or before the item came,
//! is evidence of nothing.

use std::collections::HashMap;

use super::backlog::Backlog;
use super::config::Config;
use super::date::{Date, days_between};
use super::diff::{Change, shown};
use super::entry::Entry;
use super::kind::{Category, ITEM};
use super::log::{LogDocument, LogEntry};

/// The lives of all items that are there now.
#[derive(Debug)]
pub struct Timeline<'a> {
    /// One for each item, in the order of the backlog.
    pub lives: Vec<Life<'a>>,
    /// The day on which all is looked at.
    pub today: Date,
}

/// What happened to one item.
#[derive(Debug)]
pub struct Life<'a> {
    /// The item as it is now.
    pub item: &'a Entry,
    /// What its status means now.
    pub now: Category,
    /// The day on which it came, as far as anything tells.
    pub created: Option<Date>,
    /// The day on which work on it began.
    pub started: Option<Date>,
    /// The day on which it was done, the last time; `None` unless it is done now.
    pub done: Option<Date>,
    /// How often it was opened again after it had been done.
    pub n_reopened: u32,
    /// Whether the history knows it from its first day on as done.
    pub came_done: bool,
    /// What its status meant, from the day on which that began, oldest first.
    pub states: Vec<(Date, Category)>,
}

impl Life<'_> {
    /// How many days passed from its coming to its end, both counted as begun.
    pub fn lead_time(&self) -> Option<i64> {
        Some(days_between(self.created?, self.done?))
    }

    /// How many days passed from the beginning of work to its end.
    pub fn cycle_time(&self) -> Option<i64> {
        Some(days_between(self.started?, self.done?))
    }

    /// What its status meant in the evening of a day; `None` before it came.
    pub fn on(&self, day: Date) -> Option<Category> {
        self.states.iter().rev().find(|(since, _)| *since <= day).map(|(_, category)| *category)
    }
}

/// How much of what is done can be measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The items that are done.
    pub n_done: usize,
    /// Those of which the day is known.
    pub n_dated: usize,
    /// Those of which it is known when they came.
    pub n_with_creation: usize,
    /// Those of which it is known when work on them began.
    pub n_with_start: usize,
    /// Those that the history knows from the first day on as done.
    pub n_came_done: usize,
}

impl<'a> Timeline<'a> {
    /// The lives of the items of a backlog, from the entries of its history, newest first.
    pub fn of(
        backlog: &'a Backlog,
        history: impl IntoIterator<Item = LogEntry>,
        today: Date,
    ) -> Self {
        let mut traces = Traces::of(backlog);
        for entry in history {
            traces.read(&entry, &backlog.config);
        }
        let life = |item: &'a Entry| {
            let trace = traces.by_item.remove(item.id()).unwrap_or_default();
            trace.life(item, backlog.category(item), today)
        };
        Self { lives: backlog.items().map(life).collect(), today }
    }

    /// How much of what is done can be measured.
    pub fn coverage(&self) -> Coverage {
        let mut coverage = Coverage::default();
        for life in self.lives.iter().filter(|life| life.now == Category::Done) {
            coverage.n_done += 1;
            coverage.n_dated += usize::from(life.done.is_some());
            coverage.n_with_creation += usize::from(life.lead_time().is_some());
            coverage.n_with_start += usize::from(life.cycle_time().is_some());
            coverage.n_came_done += usize::from(life.came_done);
        }
        coverage
    }
}

/// What the history told of one item, newest first.
#[derive(Debug, Default)]
struct Trace {
    /// On which day its status became which, as words.
    statuses: Vec<(Date, Option<Category>)>,
    /// The day on which it came.
    added: Option<Date>,
}

/// The traces of all items, while a history is read backwards.
struct Traces<'a> {
    /// By the id of today.
    by_item: HashMap<&'a str, Trace>,
    /// The id of today by the one that counts at the next entry, in lower case.
    ids: HashMap<String, &'a str>,
    /// What the status of each meant, at the next entry.
    states: HashMap<&'a str, Option<Category>>,
}

impl<'a> Traces<'a> {
    fn of(backlog: &'a Backlog) -> Self {
        let ids = backlog.items().map(|item| (item.id().to_lowercase(), item.id())).collect();
        let states = backlog.items().map(|item| (item.id(), Some(backlog.category(item))));
        Self { by_item: HashMap::new(), ids, states: states.collect() }
    }

    fn read(&mut self, entry: &LogEntry, config: &Config) {
        let Ok(day) = entry.day().parse::<Date>() else { return };
        for document in entry.documents.iter().filter(|it| it.kind == ITEM.name) {
            if let Some(item) = self.ids.get(&document.id.to_lowercase()).copied() {
                self.document(document, item, day, config);
            }
        }
    }

    fn document(&mut self, document: &LogDocument, item: &'a str, day: Date, config: &Config) {
        let trace = self.by_item.entry(item).or_default();
        for change in &document.changes {
            match change {
                Change::Added => {
                    trace.added = Some(day);
                    trace.statuses.push((day, self.states.get(item).copied().flatten()));
                }
                Change::Set(set) if set.field == "status" => {
                    let means = |value| Some(config.status(&shown(value))?.category);
                    trace.statuses.push((day, means(set.to.as_ref())));
                    self.states.insert(item, means(set.from.as_ref()));
                }
                Change::Set(set) if set.field == "id" => {
                    self.ids.insert(shown(set.from.as_ref()).to_lowercase(), item);
                }
                _ => {}
            }
        }
    }
}

impl Trace {
    fn life(mut self, item: &Entry, now: Category, today: Date) -> Life<'_> {
        self.statuses.retain(|(day, _)| *day <= today);
        self.statuses.reverse();
        // Clocks differ between machines: an entry that is told later was not made earlier.
        let mut latest = Date::MIN;
        for (day, _) in &mut self.statuses {
            latest = latest.max(*day);
            *day = latest;
        }
        let field = |name: &str| item.date(name).filter(|day| *day <= today);
        let became = |wanted: Category| move |it: &&(Date, Option<Category>)| it.1 == Some(wanted);
        let first = |wanted: Category| self.statuses.iter().find(became(wanted)).map(|it| it.0);
        let created = earliest([field("created"), self.added.filter(|day| *day <= today)]);
        let since = |day: &Date| created.is_none_or(|created| created <= *day);
        let started = earliest([field("started").filter(since), first(Category::Doing)]);
        let runs: Vec<Option<Category>> = self.statuses.iter().map(|it| it.1).collect();
        let is_end = |pair: &[Option<Category>]| {
            pair[0] == Some(Category::Done) && pair[1].is_some_and(Category::is_open)
        };
        let n_reopened = runs.windows(2).filter(|pair| is_end(pair)).count() as u32;
        let last_open = self.statuses.iter().rfind(|it| it.1.is_some_and(Category::is_open));
        let reopened = last_open.filter(|_| n_reopened > 0).map(|it| it.0);
        let told = self.statuses.iter().rev().take_while(|it| it.1 == Some(Category::Done)).last();
        let written =
            field("done").filter(since).filter(|day| reopened.is_none_or(|it| it <= *day));
        let done = earliest([written, told.map(|it| it.0)]).filter(|_| now == Category::Done);
        let came_done = self.added.is_some()
            && self.statuses.first().is_some_and(|it| it.1 == Some(Category::Done));
        let mut life = Life {
            item,
            now,
            created,
            started: started.filter(|day| done.is_none_or(|done| *day <= done)),
            done,
            n_reopened,
            came_done,
            states: Vec::new(),
        };
        life.states = states(&life, &self.statuses);
        life
    }
}

/// What the status meant and since when. Of what is done and was never opened again the three days
/// say it; of the rest the history, with the days of the fields where that knows nothing.
fn states(life: &Life<'_>, told: &[(Date, Option<Category>)]) -> Vec<(Date, Category)> {
    let day = |day: Option<Date>, category| day.map(|day| (day, category));
    let (came, began) = (day(life.created, Category::Todo), day(life.started, Category::Doing));
    let mut states: Vec<(Date, Category)> = if life.now == Category::Done && life.n_reopened == 0 {
        let days = [came, began, day(life.done, Category::Done)];
        days.into_iter().flatten().collect()
    } else {
        let told: Vec<_> = told.iter().filter_map(|it| Some((it.0, it.1?))).collect();
        let is_new = |it: &(Date, Category)| told.first().is_none_or(|first| it.0 < first.0);
        let written = [came, began.filter(|_| life.now == Category::Doing)];
        written.into_iter().flatten().filter(is_new).chain(told.iter().copied()).collect()
    };
    states.dedup_by_key(|it| it.1);
    states
}

fn earliest<const N: usize>(days: [Option<Date>; N]) -> Option<Date> {
    days.into_iter().flatten().min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::diff::FieldChange;
    use crate::domain::source::SourceFile;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn backlog(front: &str) -> Backlog {
        let text = format!("---\nid: BL-a2222\ntitle: A\n{front}---\n");
        Backlog::parse(vec![SourceFile { path: "items/BL-a2222.md".to_owned(), text: Ok(text) }])
    }

    fn set(field: &str, from: &str, to: &str) -> Change {
        let value = |text: &str| Some(text.into());
        Change::Set(FieldChange { field: field.to_owned(), from: value(from), to: value(to) })
    }

    fn at(date: &str, id: &str, changes: Vec<Change>) -> LogEntry {
        let (id, kind) = (id.to_owned(), "item".to_owned());
        let documents = vec![LogDocument { id, kind, title: None, changes }];
        LogEntry { date: format!("2026-{date}T09:30:00Z"), documents, ..LogEntry::default() }
    }

    /// The days of the only item: created, started, done; how often it was opened again.
    fn check(front: &str, history: Vec<LogEntry>, expected: [&str; 3], n_reopened: u32) {
        let backlog = backlog(front);
        let timeline = Timeline::of(&backlog, history, day("2026-11-26"));
        let life = &timeline.lives[0];
        let shown = |day: Option<Date>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
        assert_eq!([life.created, life.started, life.done].map(shown), expected);
        assert_eq!(life.n_reopened, n_reopened);
        assert!(life.states.is_sorted_by_key(|it| it.0), "{:?}", life.states);
        if let Some((_, category)) = life.states.last() {
            assert_eq!(*category, life.now, "{:?}", life.states);
        }
    }

    #[test]
    fn the_history_alone_tells_it() {
        let history = vec![
            at("11-20", "BL-a2222", vec![set("status", "in-progress", "done")]),
            at("11-10", "BL-a2222", vec![set("status", "ready", "in-progress")]),
            at("11-01", "BL-a2222", vec![Change::Added]),
        ];
        check("status: done\n", history, ["2026-11-01", "2026-11-10", "2026-11-20"], 0);
    }

    #[test]
    fn the_fields_alone_tell_it() {
        let front = "status: done\ncreated: 2026-10-01\nstarted: 2026-10-05\ndone: 2026-10-09\n";
        check(front, vec![], ["2026-10-01", "2026-10-05", "2026-10-09"], 0);
        // A squash merge brought it in as done, after that.
        let history = vec![at("11-01", "BL-a2222", vec![Change::Added])];
        check(front, history, ["2026-10-01", "2026-10-05", "2026-10-09"], 0);
    }

    #[test]
    fn what_came_done_is_counted_as_such() {
        let backlog = backlog("status: done\n");
        let history = vec![at("11-01", "BL-a2222", vec![Change::Added])];
        let timeline = Timeline::of(&backlog, history, day("2026-11-26"));
        let expected =
            Coverage { n_done: 1, n_dated: 1, n_with_creation: 1, n_with_start: 0, n_came_done: 1 };
        assert_eq!(timeline.coverage(), expected);
    }

    #[test]
    fn what_was_opened_again_is_done_the_last_time() {
        let history = vec![
            at("11-20", "BL-a2222", vec![set("status", "ready", "done")]),
            at("11-15", "BL-a2222", vec![set("status", "done", "ready")]),
            at("11-10", "BL-a2222", vec![set("status", "in-progress", "done")]),
            at("11-05", "BL-a2222", vec![set("status", "ready", "in-progress")]),
            at("11-01", "BL-a2222", vec![Change::Added]),
        ];
        let front = "status: done\ndone: 2026-11-10\n";
        check(front, history.clone(), ["2026-11-01", "2026-11-05", "2026-11-20"], 1);
        check("status: ready\n", history[1..].to_vec(), ["2026-11-01", "2026-11-05", "-"], 1);
    }

    #[test]
    fn an_item_is_known_by_its_id_through_all_of_its_names() {
        let history = vec![
            at("11-20", "BL-a2222", vec![set("status", "ready", "done")]),
            at("11-15", "BL-a2222", vec![set("id", "BL-b3333", "BL-a2222")]),
            at("11-01", "BL-B3333", vec![Change::Added]),
        ];
        check("status: done\n", history, ["2026-11-01", "-", "2026-11-20"], 0);
    }

    #[test]
    fn clocks_that_are_wrong_tell_nothing_that_cannot_be() {
        let front = "status: done\ncreated: 2082-01-01\nstarted: 2026-01-01\ndone: 2082-01-02\n";
        let history = vec![
            // Written by a machine whose clock is behind.
            at("11-05", "BL-a2222", vec![set("status", "in-progress", "done")]),
            at("11-20", "BL-a2222", vec![set("status", "ready", "in-progress")]),
            at("11-10", "BL-a2222", vec![Change::Added]),
        ];
        check(front, history, ["2026-11-10", "2026-11-20", "2026-11-20"], 0);
    }

    #[test]
    fn a_status_that_there_is_no_more_is_unknown() {
        let history = vec![
            at("11-20", "BL-a2222", vec![set("status", "doing", "done")]),
            at("11-10", "BL-a2222", vec![set("status", "open", "doing")]),
        ];
        check("status: done\n", history, ["-", "-", "2026-11-20"], 0);
    }

    #[test]
    fn the_states_of_a_day_are_those_of_its_evening() {
        let front = "status: done\ncreated: 2026-10-01\nstarted: 2026-10-05\ndone: 2026-10-09\n";
        let backlog = backlog(front);
        let timeline = Timeline::of(&backlog, [], day("2026-11-26"));
        let on = |text: &str| timeline.lives[0].on(day(text));
        assert_eq!(on("2026-09-30"), None);
        assert_eq!(on("2026-10-01"), Some(Category::Todo));
        assert_eq!(on("2026-10-05"), Some(Category::Doing));
        assert_eq!(on("2026-11-26"), Some(Category::Done));
        assert_eq!(
            (timeline.lives[0].lead_time(), timeline.lives[0].cycle_time()),
            (Some(8), Some(4))
        );
    }
}
