//! What the history told of each item, gathered while it is read backwards.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::{Life, Timeline};
use crate::domain::backlog::Backlog;
use crate::domain::config::Config;
use crate::domain::date::Date;
use crate::domain::diff::{Change, shown};
use crate::domain::entry::Entry;
use crate::domain::kind::{Category, ITEM};
use crate::domain::log::{LogDocument, LogEntry};

/// So many items that come in one commit are an import: none of them was begun, written down or done
/// on that day because of it.
const IMPORT: usize = 12;

/// Words for states of work that are common in other tools and in the past of a backlog.
const FORMER: [(&str, Category); 12] = [
    ("todo", Category::Todo),
    ("open", Category::Todo),
    ("draft", Category::Todo),
    ("backlog", Category::Todo),
    ("doing", Category::Doing),
    ("inprogress", Category::Doing),
    ("started", Category::Doing),
    ("inreview", Category::Doing),
    ("done", Category::Done),
    ("closed", Category::Done),
    ("completed", Category::Done),
    ("wontdo", Category::Dropped),
];

/// A timeline while it is read, newest entry first.
#[derive(Debug)]
pub struct Reading<'a> {
    backlog: &'a Backlog,
    today: Date,
    traces: Vec<Trace<'a>>,
    /// The place of a trace by the id that counts at the next entry, in lower case.
    places: HashMap<String, usize>,
    /// The day of the entry that was read last. It is that of the oldest one in the end; the smallest
    /// day may be that of a machine whose clock is wrong.
    oldest: Option<Date>,
}

/// What the history told of one item, newest first.
#[derive(Debug)]
struct Trace<'a> {
    id: Cow<'a, str>,
    item: Option<&'a Entry>,
    /// What its status means now; `None` if its file is gone.
    now: Option<Category>,
    /// What its status meant at the next entry.
    state: Option<Category>,
    /// On which day its status became which, as far as its word is known.
    statuses: Vec<(Date, Option<Category>)>,
    /// The day on which it came.
    added: Option<Date>,
    /// The day on which its file went.
    removed: Option<Date>,
    is_import: bool,
    /// Whether somebody changed it in a way that cannot be read.
    is_unread: bool,
    told: Vec<(Date, Change)>,
}

impl<'a> Reading<'a> {
    /// Of the items of a backlog.
    pub fn new(backlog: &'a Backlog, today: Date) -> Self {
        let trace = |item: &'a Entry| {
            Trace::new(item.id().into(), Some(item), Some(backlog.category(item)))
        };
        let traces: Vec<Trace<'a>> = backlog.items().map(trace).collect();
        let ids = traces.iter().enumerate();
        let places = ids.map(|(place, trace)| (trace.id.to_lowercase(), place)).collect();
        Self { backlog, today, traces, places, oldest: None }
    }

    /// Takes in the entry that came before the last one.
    pub fn read(&mut self, entry: &LogEntry) {
        // What is not committed yet has no date.
        let day = if entry.date.is_empty() { Some(self.today) } else { entry.day().parse().ok() };
        let Some(day) = day else { return };
        self.oldest = Some(day);
        let items = || entry.documents.iter().filter(|it| it.kind == ITEM.name);
        let is_import = items().filter(|it| it.changes.contains(&Change::Added)).count() >= IMPORT;
        for document in items() {
            let place = self.place(&document.id);
            self.traces[place].read(document, day, is_import, &self.backlog.config);
            for change in &document.changes {
                if let Change::Set(set) = change
                    && set.field == "id"
                {
                    self.places.insert(shown(set.from.as_ref()).to_lowercase(), place);
                }
            }
        }
    }

    /// The place of the trace of an item; a new one for an item that is no longer there.
    fn place(&mut self, id: &str) -> usize {
        *self.places.entry(id.to_lowercase()).or_insert_with(|| {
            self.traces.push(Trace::new(Cow::Owned(id.to_owned()), None, None));
            self.traces.len() - 1
        })
    }

    /// The timeline, when everything is read.
    pub fn finish(self) -> Timeline<'a> {
        let parents: HashSet<&str> =
            self.backlog.items().filter_map(|it| self.backlog.parent(it)).map(Entry::id).collect();
        let n_unread = self.traces.iter().filter(|trace| trace.is_unread).count();
        let n_items = self.backlog.items().count();
        let mut lives: Vec<Life<'a>> =
            self.traces.into_iter().map(|trace| trace.life(self.today)).collect();
        for life in &mut lives {
            life.has_parts = parents.contains(&*life.id);
        }
        lives[n_items..].sort_by(|one, other| one.id.cmp(&other.id));
        let work = lives.iter().flat_map(|life| [life.started, life.done]).flatten();
        let since = work.chain(self.oldest).filter(|day| *day <= self.today).min();
        Timeline { lives, since, today: self.today, n_unread }
    }
}

impl<'a> Trace<'a> {
    fn new(id: Cow<'a, str>, item: Option<&'a Entry>, now: Option<Category>) -> Self {
        Self {
            id,
            item,
            now,
            state: now,
            statuses: Vec::new(),
            added: None,
            removed: None,
            is_import: false,
            is_unread: false,
            told: Vec::new(),
        }
    }

    fn read(&mut self, document: &LogDocument, day: Date, is_import: bool, config: &Config) {
        for change in &document.changes {
            match change {
                Change::Added => {
                    self.added = Some(day);
                    self.is_import = is_import;
                    self.statuses.push((day, self.state));
                }
                // What it was before, nobody can say.
                Change::Unreadable { .. } => {
                    self.is_unread = true;
                    self.state = None;
                }
                Change::Removed => {
                    // A file that went and came back is told by what came last.
                    if self.item.is_none() && self.added.is_none() {
                        self.removed = Some(day);
                    }
                    self.state = None;
                }
                Change::Set(set) if set.field == "status" => {
                    let to = meaning(&shown(set.to.as_ref()), config);
                    self.statuses.push((day, to));
                    self.state = meaning(&shown(set.from.as_ref()), config);
                }
                _ => {}
            }
            if !matches!(change, Change::Text { .. } | Change::Layout | Change::Renamed { .. }) {
                self.told.push((day, change.clone()));
            }
        }
    }

    fn life(mut self, today: Date) -> Life<'a> {
        put_in_order(&mut self.statuses, today);
        put_in_order(&mut self.told, today);
        let removed = self.removed.filter(|day| *day <= today);
        let now = self.now();
        let item = self.item;
        let field = |name: &str| item.and_then(|item| item.date(name)).filter(|day| *day <= today);
        let added = self.added.filter(|day| *day <= today && !self.is_import);
        let created = earliest([field("created"), added]);
        // A file may come long after the work that it tells of; the day that is written may not.
        let since = |day: &Date| field("created").is_none() || created <= Some(*day);
        let started = earliest([field("started").filter(since), self.first(Category::Doing)]);
        let came_done = self.added.is_some()
            && self.statuses.first().is_some_and(|it| it.1 == Some(Category::Done));
        let done = match now {
            Category::Done => self.done(field("done").filter(since), came_done),
            _ => None,
        };
        let started = started.filter(|day| done.is_none_or(|done| *day <= done));
        let work = earliest([started, done]);
        let mut life = Life {
            n_reopened: self.n_reopened(),
            id: self.id,
            item,
            now,
            created: created.filter(|day| work.is_none_or(|work| *day <= work)),
            started,
            done,
            came_done,
            is_import: self.is_import,
            has_parts: false,
            states: Vec::new(),
            told: self.told,
        };
        life.states = states(&life, &self.statuses);
        if life.states.last().is_none_or(|it| it.1 != now) {
            let last = life.states.last().map_or(Date::MIN, |it| it.0);
            life.states.push((removed.unwrap_or(today).max(last), now));
        }
        life
    }

    /// What the status means now.
    fn now(&self) -> Category {
        let last = self.statuses.last().and_then(|it| it.1);
        let gone = if last == Some(Category::Done) { Category::Done } else { Category::Dropped };
        self.now.unwrap_or(gone)
    }

    /// The first day on which the status meant something.
    fn first(&self, wanted: Category) -> Option<Date> {
        self.statuses.iter().find(|it| it.1 == Some(wanted)).map(|it| it.0)
    }

    fn n_reopened(&self) -> u32 {
        let is_end = |pair: &&[(Date, Option<Category>)]| {
            pair[0].1 == Some(Category::Done) && pair[1].1.is_some_and(Category::is_open)
        };
        self.statuses.windows(2).filter(is_end).count() as u32
    }

    /// The day on which it was done, the last time: what is written counts if it is earlier than what
    /// is told, unless it is from before it was opened again.
    fn done(&self, written: Option<Date>, came_done: bool) -> Option<Date> {
        let last_open = self.statuses.iter().rfind(|it| it.1.is_some_and(Category::is_open));
        let reopened = last_open.filter(|_| self.n_reopened() > 0).map(|it| it.0);
        let is_done = |it: &&(Date, Option<Category>)| it.1 == Some(Category::Done);
        let told = self.statuses.iter().rev().take_while(is_done).last().map(|it| it.0);
        let told = told.filter(|_| !(came_done && self.is_import && self.statuses.len() == 1));
        let written = written.filter(|day| reopened.is_none_or(|it| it <= *day));
        earliest([written, told])
    }
}

/// What a word for a status meant: today, or, where nobody uses it any more, to most people.
fn meaning(word: &str, config: &Config) -> Option<Category> {
    if let Some(status) = config.status(word) {
        return Some(status.category);
    }
    let plain = |word: &str| -> String {
        word.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let word = plain(word);
    let renamed = config.statuses.0.iter().find(|it| plain(it.0) == word).map(|it| it.1.category);
    renamed.or_else(|| FORMER.iter().find(|it| it.0 == word).map(|it| it.1))
}

/// Puts what was read backwards into its order. Clocks differ between machines: what is told later was
/// not done earlier, and nothing was done after today.
fn put_in_order<T>(told: &mut Vec<(Date, T)>, today: Date) {
    told.retain(|(day, _)| *day <= today);
    told.reverse();
    let mut latest = Date::MIN;
    for (day, _) in told {
        latest = latest.max(*day);
        *day = latest;
    }
}

/// What the status meant and since when. Of what was done once the three days
/// say it; of the rest the history, with the days of the fields where that knows nothing.
fn states(life: &Life<'_>, told: &[(Date, Option<Category>)]) -> Vec<(Date, Category)> {
    let day = |day: Option<Date>, category| day.map(|day| (day, category));
    let (came, began) = (day(life.created, Category::Todo), day(life.started, Category::Doing));
    let mut states: Vec<(Date, Category)> = if life.done.is_some() && life.n_reopened == 0 {
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
