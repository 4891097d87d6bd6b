//! One document, whole: fields, place, links both ways, text.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::{Value, json};

use super::values::{self, Field};
use super::{canvas, criteria};
use crate::domain;
use crate::domain::backlog::{Backlog, Link, TEXT};
use crate::domain::canvas::Canvas;
use crate::domain::date::Date;
use crate::domain::decision;
use crate::domain::entry::Entry;
use crate::domain::kind::{Category, DECISION, GOAL, METRIC, PRODUCT};
use crate::domain::mention::mentions;
use crate::domain::message::counted;
use crate::domain::progress::{Progress, Way, sparkline};
use crate::domain::question;
use crate::domain::span::Span;
use crate::domain::story::{self, Clause, Story};
use crate::render::block::{Block, Body, Cell, Line, Named, Tone};
use crate::render::{Format, View};

/// The documents asked for, one after the other.
pub struct ShowView<'a> {
    /// The backlog.
    pub backlog: &'a Backlog,
    /// The documents.
    pub shown: Vec<Shown<'a>>,
    /// The folder of the backlog below the root of the repository.
    pub folder: &'a str,
}

/// One document, and what history says of it.
pub struct Shown<'a> {
    /// The document.
    pub entry: &'a Entry,
    /// Its last commit, if there is one and it is not too long ago.
    pub last_change: Option<LastChange>,
    /// Whether it has been changed since.
    pub is_uncommitted: bool,
}

/// The commit that changed a document last.
pub struct LastChange {
    /// The day.
    pub day: Date,
    /// The name of the author.
    pub author: String,
    /// The first line of the message.
    pub subject: String,
    /// The first digits of the commit's id.
    pub commit: String,
}

impl Shown<'_> {
    /// `2026-11-25 Mira: backlog: rank BL-7k3qd 12 → 1 (f69b298); changed since`
    fn history(&self) -> Option<Line<'static>> {
        let commit = self.last_change.as_ref().map(|change| {
            let LastChange { day, author, subject, commit } = change;
            let line = Line::from(Cell::day(day.to_string()));
            line.then(format!(" {author}: {subject} ({commit})"))
        });
        match (commit, self.is_uncommitted) {
            (Some(commit), true) => Some(commit.then("; changed since")),
            (None, true) => Some(Line::from("not committed")),
            (commit, false) => commit,
        }
    }
}

impl View for ShowView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let mut blocks = Vec::new();
        for (at, shown) in self.shown.iter().enumerate() {
            if at > 0 {
                blocks.push(Block::Blank);
            }
            blocks.extend(self.document(shown));
        }
        blocks
    }

    fn json(&self) -> Value {
        let documents = self.shown.iter().map(|shown| self.object(shown));
        json!({ "documents": documents.collect::<Vec<_>>() })
    }

    fn rows_key(&self) -> Option<&'static str> {
        Some("documents")
    }

    fn title(&self) -> Cow<'_, str> {
        counted(self.shown.len(), "document").into()
    }

    fn formats(&self) -> &'static [Format] {
        Format::PAGES
    }
}

impl<'a> ShowView<'a> {
    fn document(&self, shown: &Shown<'a>) -> Vec<Block<'a>> {
        let entry = shown.entry;
        let mut blocks = vec![values::heading(entry)];
        let canvas = self.canvas(entry);
        match &canvas {
            Some(canvas) => blocks.push(Block::Fields(self.product_fields(shown, canvas))),
            None => blocks.push(Block::Fields(self.fields(shown))),
        }
        for problem in entry.problems() {
            let text = format!("{}: {}", problem.position, problem.message);
            blocks.push(Block::text(Cell::new(text, Tone::Bad)));
        }
        if !entry.is_readable() {
            blocks.push(Block::Blank);
            let lines = entry.document.text().lines().map(Line::from).collect();
            blocks.push(Block::Code { language: "", lines });
        } else if let Some(canvas) = canvas {
            blocks.extend(canvas::blocks(canvas).into_iter().map(|block| self.named(block)));
        } else if !entry.document.body().trim().is_empty() {
            blocks.push(Block::Blank);
            blocks.push(Block::Markdown(self.body(entry)));
        }
        blocks
    }

    /// The text, with the titles of the documents that it names.
    fn body(&self, entry: &'a Entry) -> Body<'a> {
        let text = entry.document.body().trim();
        Body { text: text.into(), names: self.names(text) }
    }

    /// The same for a part of a text.
    pub fn named(&self, block: Block<'a>) -> Block<'a> {
        match block {
            Block::Markdown(body) => {
                Block::Markdown(Body { names: self.names(&body.text), ..body })
            }
            other => other,
        }
    }

    fn names(&self, text: &str) -> HashMap<String, Named> {
        let mut names = HashMap::new();
        for mention in mentions(text).filter(|it| it.in_brackets) {
            let Some(entry) = self.backlog.called(mention.id) else { continue };
            names.entry(mention.id.to_lowercase()).or_insert_with(|| Named {
                id: entry.id().to_owned(),
                title: entry.title().into_owned(),
                target: format!("{}/{}", self.folder, entry.path()),
            });
        }
        names
    }

    /// The product is shown as its canvas.
    fn canvas(&self, entry: &'a Entry) -> Option<Canvas<'a>> {
        let is_product = std::ptr::eq(entry.kind, &PRODUCT) && entry.is_readable();
        is_product.then(|| domain::canvas::canvas(self.backlog, entry))
    }

    /// The fields of the product that are no part of its canvas, and its people.
    fn product_fields(&self, shown: &Shown<'a>, canvas: &Canvas<'a>) -> Vec<Field<'a>> {
        let is_told = |name: &str| ["vision", "product_goal", "goal", "owner"].contains(&name);
        let mut fields = canvas::fields(canvas);
        fields.extend(self.fields(shown).into_iter().filter(|(name, _)| !is_told(name)));
        fields
    }

    /// The fields in the order of the file, then what other documents say of this one.
    fn fields(&self, shown: &Shown<'a>) -> Vec<Field<'a>> {
        let entry = shown.entry;
        let mut fields = self.own_fields(entry);
        fields.extend(self.fields_from_elsewhere(entry));
        fields.extend(self.chain(entry).map(|line| ("replaced in turn".into(), line)));
        fields.extend(shown.history().map(|history| ("last change".into(), history)));
        fields
    }

    /// What a document says of itself: its place, and its fields in the order of the file.
    pub fn own_fields(&self, entry: &'a Entry) -> Vec<(Cow<'a, str>, Line<'a>)> {
        let text = entry.document.text();
        let mut fields = Vec::new();
        if let Some(position) = self.backlog.position(entry) {
            let open = self.backlog.open_items().count();
            fields.push(("position".into(), Line::from(format!("{position} of {open}"))));
        }
        for node in entry.document.pairs() {
            let key = node.key(text);
            let is_empty_list = node.value().list(text).is_some_and(|list| list.is_empty());
            if matches!(&*key, "id" | "title") || is_empty_list {
                continue;
            }
            if key == question::FIELD {
                fields.extend(values::questions(entry));
                continue;
            }
            let line = match &*key {
                "status" => Line::from(values::status_cell(self.backlog, entry)),
                "accepted" => values::accepted(entry),
                _ => self.value(entry, &key),
            };
            fields.push((key, line));
        }
        fields.extend(self.measured(entry));
        fields
    }

    /// What other documents say of this one. All of them are asked.
    pub fn fields_from_elsewhere(&self, entry: &'a Entry) -> Vec<(Cow<'a, str>, Line<'a>)> {
        // A link that goes both ways is shown once.
        let forward = self.backlog.links_from(entry);
        let is_forward =
            |id: &String| forward.iter().any(|link| link.to == *id && link.field != TEXT);
        let mut fields = Vec::new();
        for (field, mut ids) in back_links(self.backlog.links_to(entry)) {
            ids.retain(|id| !is_forward(id));
            if !ids.is_empty() {
                fields.push((from_there(&field).into(), self.titles(&ids)));
            }
        }
        fields
    }

    /// The decisions before and after one, where they are more than the neighbours that the links
    /// name.
    fn chain(&self, entry: &'a Entry) -> Option<Line<'a>> {
        if !std::ptr::eq(entry.kind, &DECISION) || !entry.is_readable() {
            return None;
        }
        let chain = decision::chain(self.backlog, entry);
        let mut line = Line::default();
        for (at, it) in chain.iter().enumerate() {
            line = line.then(if at == 0 { "" } else { " → " });
            line = line.then(if *it == entry { Cell::strong(it.id()) } else { Cell::id(it.id()) });
        }
        (chain.len() > 2).then_some(line)
    }

    /// How far a goal has come, or a metric.
    fn measured(&self, entry: &'a Entry) -> Vec<Field<'a>> {
        if std::ptr::eq(entry.kind, &GOAL) {
            let way = Way::of_goal(self.backlog, entry);
            let has_metric = way.metric.is_some();
            let field = || ("progress".into(), Line::from(way.words()));
            return has_metric.then(field).into_iter().collect();
        }
        if !std::ptr::eq(entry.kind, &METRIC) || !entry.is_readable() {
            return Vec::new();
        }
        let progress = Progress::of(self.backlog, entry);
        let Some(last) = progress.last() else {
            return vec![("now".into(), Line::from(Cell::dim("unmeasured")))];
        };
        let now = format!("{} on {}", last.written, last.date);
        let line = sparkline(&progress.readings);
        vec![("now".into(), Line::from(now)), ("readings".into(), Line::from(line))]
    }

    fn value(&self, entry: &'a Entry, key: &str) -> Line<'a> {
        let is_link = entry.kind.field(key).is_some_and(|field| field.value.is_link());
        if is_link {
            let ids: Vec<String> = entry.links(key).into_iter().map(|id| id.into_owned()).collect();
            return self.titles(&ids);
        }
        match entry.document.text_of(key) {
            Some(text) => Line::from(text),
            None => match entry.document.list_of(key) {
                Some(list) => Line::from(list.join(", ")),
                None => {
                    let json =
                        entry.document.get(key).map(|node| node.to_json(entry.document.text()));
                    Line::from(json.map(|json| json.to_string()).unwrap_or_default())
                }
            },
        }
    }

    /// Ids with the titles of their documents.
    fn titles(&self, ids: &[String]) -> Line<'a> {
        let mut line = Line::default();
        for (at, id) in ids.iter().enumerate() {
            if at > 0 {
                line = line.then(", ");
            }
            line = match self.backlog.called(id) {
                Some(entry) => self.title_of(line, entry),
                None => line.then(id.clone()),
            };
        }
        line
    }

    /// An id with its title, and the status of what is over: it is waited for no more.
    fn title_of(&self, line: Line<'a>, entry: &'a Entry) -> Line<'a> {
        let line = line.then(Cell::id(entry.id())).then(" ").then(entry.title());
        match self.backlog.category(entry) {
            Category::Done | Category::Dropped => {
                line.then(Cell::dim(format!(" ({})", entry.status())))
            }
            Category::Todo | Category::Doing => line,
        }
    }

    fn object(&self, shown: &Shown<'a>) -> Value {
        let entry = shown.entry;
        let mut object = values::entry(self.backlog, entry);
        let list = entry.criteria(&self.backlog.config).list;
        object.insert("criteria".to_owned(), list.iter().map(criteria::criterion).collect());
        let told = story::find(entry, &self.backlog.config);
        let told = told.map(|it| story_object(entry.document.text(), &it));
        object.insert("story".to_owned(), told.unwrap_or_default());
        let back = back_links(self.backlog.links_to(entry));
        let back = back.into_iter().map(|(field, ids)| (field, json!(ids)));
        object.insert("linked_from".to_owned(), Value::Object(back.collect()));
        if let Some(canvas) = self.canvas(entry) {
            object.insert("canvas".to_owned(), canvas::object(&canvas));
        }
        object.insert(
            "last_change".to_owned(),
            match &shown.last_change {
                Some(LastChange { day, author, subject, commit }) => json!({
                    "day": day.to_string(), "author": author, "subject": subject, "commit": commit,
                }),
                None => Value::Null,
            },
        );
        object.insert("uncommitted".to_owned(), json!(shown.is_uncommitted));
        object.insert("body".to_owned(), json!(entry.document.body()));
        Value::Object(object)
    }
}

/// A story by its parts; what it does not say is null.
fn story_object(text: &str, story: &Story) -> Value {
    let plain = |span: Span| span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let clause = |clause: Option<Clause>| clause.map(|clause| plain(clause.span));
    json!({
        "role": clause(story.role),
        "means": clause(story.means),
        "ends": clause(story.ends),
        "verb": story.verb.map(plain),
        "objects": story.objects.iter().map(|span| plain(*span)).collect::<Vec<_>>(),
    })
}

/// The ids of the documents that link here, by the field in which they do.
fn back_links(links: Vec<Link<'_>>) -> Vec<(String, Vec<String>)> {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for link in links {
        let id = link.from.id().to_owned();
        match groups.iter_mut().find(|(field, _)| *field == link.field) {
            Some((_, ids)) => ids.push(id),
            None => groups.push((link.field, vec![id])),
        }
    }
    groups
}

/// What a link means seen from its end: who has this document as its parent is a child.
fn from_there(field: &str) -> String {
    match field {
        "parent" => "children".to_owned(),
        "depends_on" => "waited for by".to_owned(),
        "blocks" => "blocked by".to_owned(),
        "supersedes" => "superseded by".to_owned(),
        "supports" => "supported by".to_owned(),
        "contradicts" => "contradicted by".to_owned(),
        "affects" => "affected by".to_owned(),
        field => format!("in {field} of"),
    }
}
