//! Release notes: what is new, better and mended, in the words of the items that are done.
//!
//! What an item is called and what it is good for stands in its title and in its story. For users
//! nothing else is told: no id, no effort, no name, and nothing of tasks that only the team knows.

use std::collections::HashSet;

use crate::domain::backlog::Backlog;
use crate::domain::entry::Entry;
use crate::domain::heading;
use crate::domain::kind::Category;
use crate::domain::mention::mentions;
use crate::domain::note::one_line;
use crate::domain::story;

/// For whom notes are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Audience {
    /// Whoever uses the product.
    #[default]
    Users,
    /// Whoever makes it.
    Team,
}

/// What a change is to a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// Something that was not there before.
    New,
    /// Something that was there, and is better now.
    Better,
    /// Something that was wrong.
    Mended,
    /// Something that no user sees.
    Internal,
}

/// All sorts, in the order in which they are told.
pub const SORTS: [Sort; 4] = [Sort::New, Sort::Better, Sort::Mended, Sort::Internal];

/// A done item as notes tell it.
#[derive(Clone, Debug, PartialEq)]
pub struct Told<'a> {
    /// The item.
    pub item: &'a Entry,
    /// What it is to a user.
    pub sort: Sort,
    /// Its title; for users without ids.
    pub title: String,
    /// For whom it is, by its story.
    pub role: Option<String>,
    /// What it is good for, by its story: `so that I can buy in under a minute`.
    pub benefit: Option<String>,
}

/// Types of items that mend something.
const MENDS: &[&str] = &["bug", "defect", "error", "fix", "hotfix", "incident"];

/// Types and labels of items that make something better which was there before.
const BETTERS: &[&str] =
    &["better", "change", "enhancement", "improvement", "performance", "usability"];

/// Types and labels of items that only the team sees.
const INTERNAL: &[&str] = &[
    "chore",
    "infrastructure",
    "internal",
    "maintenance",
    "refactoring",
    "research",
    "spike",
    "subtask",
    "task",
    "test",
];

/// The headings under which a release says what is told to everybody.
const ANNOUNCEMENT: &[&str] = &["announcement", "release notes", "for users"];

impl Sort {
    /// What an item is to a user, by its type and its labels. A label counts more than the type.
    pub fn of(item: &Entry) -> Self {
        let is = |word: &str, words: &[&str]| words.iter().any(|it| word.eq_ignore_ascii_case(it));
        let labels = item.list("labels");
        let has = |words: &[&str]| labels.iter().any(|label| is(label, words));
        let item_type = item.item_type();
        match () {
            () if labels.iter().any(|it| it.eq_ignore_ascii_case("internal")) => Self::Internal,
            () if is(&item_type, MENDS) => Self::Mended,
            () if is(&item_type, BETTERS) || has(BETTERS) => Self::Better,
            () if is(&item_type, INTERNAL) => Self::Internal,
            () => Self::New,
        }
    }

    /// The heading above such items.
    pub fn heading(self) -> &'static str {
        match self {
            Self::New => "New",
            Self::Better => "Better",
            Self::Mended => "Mended",
            Self::Internal => "Behind the scenes",
        }
    }

    /// The word for it that programs read.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Better => "better",
            Self::Mended => "mended",
            Self::Internal => "internal",
        }
    }
}

/// Done items as notes tell them to an audience, by sort and then as they came. What is not done is left
/// out, whoever hands it in.
pub fn told<'a>(
    backlog: &'a Backlog,
    items: impl IntoIterator<Item = &'a Entry>,
    audience: Audience,
) -> Vec<Told<'a>> {
    let done = items.into_iter().filter(|item| backlog.category(item) == Category::Done);
    let told = done.map(|item| told_of(backlog, item, audience));
    let is_for_them = |it: &Told<'_>| audience == Audience::Team || it.sort != Sort::Internal;
    let mut told: Vec<Told<'a>> = told.filter(is_for_them).collect();
    told.sort_by_key(|it| it.sort);
    told
}

fn told_of<'a>(backlog: &'a Backlog, item: &'a Entry, audience: Audience) -> Told<'a> {
    let text = item.document.text();
    let story = story::find(item, &backlog.config);
    let words = |words: &str| match audience {
        Audience::Users => without_ids(backlog, &one_line(words)),
        Audience::Team => one_line(words),
    };
    let role = story.as_ref().and_then(|story| story.role_name(text)).map(words);
    let ends = story.as_ref().and_then(|story| story.ends);
    let benefit = ends.map(|ends| {
        let (indicator, end) = (ends.indicator.of(text), ends.span.of(text));
        words(&format!("{indicator} {end}"))
    });
    let has_words = |text: &String| text.chars().any(char::is_alphanumeric);
    Told {
        item,
        sort: Sort::of(item),
        title: words(&item.title()),
        role: role.filter(has_words),
        benefit: benefit.filter(has_words),
    }
}

/// What a release says to everybody, as Markdown; for users with titles in place of ids.
pub fn announcement(backlog: &Backlog, record: &Entry, audience: Audience) -> Option<String> {
    let text = heading::text_of(record.document.body(), ANNOUNCEMENT)?;
    let text = heading::without_comments(text);
    let text = text.trim();
    Some(match audience {
        Audience::Users => without_ids(backlog, text),
        Audience::Team => text.to_owned(),
    })
}

/// The items that are done in one state and were not in an earlier one, in the order of their days.
/// Those with parts are left out: their parts are told.
pub fn done_since<'a>(before: &Backlog, after: &'a Backlog) -> Vec<&'a Entry> {
    let names = |item: &Entry| -> Vec<String> {
        let aliases = item.list("aliases").into_iter().map(|it| it.to_lowercase());
        std::iter::once(item.id().to_lowercase()).chain(aliases).collect()
    };
    let was_done: HashSet<String> = before
        .items()
        .filter(|item| before.category(item) == Category::Done)
        .flat_map(names)
        .collect();
    let parents = super::parents(after);
    let is_new = |item: &&Entry| {
        after.category(item) == Category::Done
            && !parents.contains(item.path())
            && !names(item).iter().any(|name| was_done.contains(name))
    };
    let mut items: Vec<&Entry> = after.items().filter(is_new).collect();
    items.sort_by_key(|item| item.date("done"));
    items
}

/// A text with the title of a document, or the words beside its id, in place of each id that stands in
/// it.
fn without_ids(backlog: &Backlog, text: &str) -> String {
    let (mut plain, mut done) = (String::new(), 0);
    for mention in mentions(text) {
        let Some(document) = backlog.called(mention.id) else { continue };
        let (start, end, words) = match mention.in_brackets {
            true => brackets(text, mention.start, mention.id),
            false => (mention.start, mention.start + mention.id.len(), None),
        };
        if start < done {
            continue;
        }
        plain.push_str(&text[done..start]);
        plain.push_str(words.unwrap_or(&document.title()));
        done = end;
    }
    plain + &text[done..]
}

/// Where `[[BL-7k3qd|the checkout]]` begins and ends, and its words.
fn brackets<'a>(text: &'a str, at: usize, id: &str) -> (usize, usize, Option<&'a str>) {
    let start = text[..at].rfind("[[").unwrap_or(at);
    let after = &text[at + id.len()..];
    let near = after.split("[[").next().unwrap_or_default();
    match near.find("]]") {
        Some(length) => {
            let words = near[..length].split_once('|').map(|(_, words)| words.trim());
            (start, at + id.len() + length + 2, words.filter(|it| !it.is_empty()))
        }
        None => (at, at + id.len(), None),
    }
}
