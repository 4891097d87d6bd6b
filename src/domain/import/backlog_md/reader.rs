//! One foreign document on its way: each field finds its place, or is counted as lost.

use std::borrow::Cow;

use super::flow::status;
use super::foreign::{Foreign, Holds, Names};
use crate::domain::date::{self, Date};
use crate::domain::edit::Value;
use crate::domain::import::draft::Draft;
use crate::domain::import::{Import, Request};
use crate::domain::kind::Kind;
use crate::domain::rank::Rank;

/// Why a field is lost.
const HOMELESS: &str = "it has no home here";
const NOWHERE: &str = "it names something that is not there";

/// One foreign document on its way.
pub(super) struct Reader<'a> {
    pub(super) request: &'a Request<'a>,
    pub(super) names: &'a Names,
    pub(super) it: &'a Foreign,
    pub(super) import: &'a mut Import,
}

impl Reader<'_> {
    pub(super) fn draft(mut self, rank: Option<&Rank>) -> Draft {
        let kind = self.it.holds.kind();
        let mut fields: Vec<(&'static str, Value)> = Vec::new();
        let mut sections: Vec<(&'static str, Vec<String>)> = Vec::new();
        if kind.is_ranked() {
            fields.push(("type", Value::Text(self.item_type())));
        }
        fields.push(("status", Value::Text(self.status())));
        fields.push(("created", Value::Literal(self.created().to_string())));
        if let Some(rank) = rank {
            fields.push(("rank", Value::Literal(rank.as_str().to_owned())));
        }
        let document = &self.it.document;
        for pair in document.pairs() {
            let key = pair.key(document.text());
            if pair.value().is_empty(document.text())
                || document.list_of(&key).is_some_and(|list| list.is_empty())
            {
                continue;
            }
            self.field(&key, kind, &mut fields, &mut sections);
        }
        fields.push(("aliases", Value::List(vec![self.it.alias.clone()])));
        let title =
            document.text_of("title").map_or_else(|| self.it.alias.clone(), Cow::into_owned);
        Draft { kind, id: self.it.id.clone(), title, fields, body: self.body(&sections) }
    }

    /// Takes one field over, and counts what became of it.
    fn field(
        &mut self,
        key: &str,
        kind: &'static Kind,
        fields: &mut Vec<(&'static str, Value)>,
        sections: &mut Vec<(&'static str, Vec<String>)>,
    ) {
        let list = self.it.document.list_of(key).unwrap_or_default();
        let list: Vec<String> = list.into_iter().map(|text| text.trim().to_owned()).collect();
        let first = list.first().cloned().unwrap_or_default();
        let people =
            || list.iter().map(|name| name.trim_start_matches('@')).collect::<Vec<_>>().join(", ");
        let is_item = kind.is_ranked();
        let became = match key {
            "id" => Ok("aliases"),
            "title" => Ok("title"),
            "status" => Ok("status"),
            "type" if is_item => Ok("type"),
            "created_date" | "created" | "date" if date_in(&first).is_some() => Ok("created"),
            "updated_date" => Err("Git history tells the times of change"),
            "ordinal" | "priority" if is_item => Ok("the order of the open items"),
            "assignee" if is_item => {
                fields.push(("assignee", Value::Text(people())));
                Ok("assignee")
            }
            "labels" if is_item => {
                fields.push(("labels", Value::List(list)));
                Ok("labels")
            }
            "parent_task_id" if is_item => self.link_field("parent", &first, fields),
            "milestone" if is_item => self.link_field("release", &first, fields),
            "dependencies" if is_item => {
                let ids: Vec<String> = list.iter().filter_map(|id| self.link(id)).collect();
                let is_whole = ids.len() == list.len();
                fields.push(("depends_on", Value::List(ids)));
                if is_whole { Ok("depends_on") } else { Err(NOWHERE) }
            }
            "completed_date" if is_item => match date_in(&first) {
                Some(day) => {
                    fields.push(("done", Value::Literal(day.to_string())));
                    Ok("done")
                }
                None => Err(HOMELESS),
            },
            "references" | "documentation" => {
                let title = if key == "references" { "References" } else { "Documentation" };
                sections.push((title, list));
                Ok("a section of the text")
            }
            _ => Err(HOMELESS),
        };
        self.import.count(key, became);
    }

    /// Sets a link to the document that `foreign` means.
    fn link_field(
        &self,
        field: &'static str,
        foreign: &str,
        fields: &mut Vec<(&'static str, Value)>,
    ) -> Result<&'static str, &'static str> {
        let id = self.link(foreign).ok_or(NOWHERE)?;
        fields.push((field, Value::Text(id)));
        Ok(field)
    }

    /// The id here of a foreign one.
    fn link(&self, foreign: &str) -> Option<String> {
        let here = || Some(self.request.backlog.called(foreign)?.id().to_owned());
        self.names.get(foreign).cloned().or_else(here)
    }

    /// The status here; a word that has no counterpart is counted as lost.
    fn status(&mut self) -> String {
        let kind = self.it.holds.kind();
        let foreign = self.it.document.text_of("status").unwrap_or_default();
        if kind.is_ranked() {
            let (word, _) = status(self.request, self.it);
            let became = format!("status: {word}");
            let whence = match self.it.holds {
                Holds::Archive => format!("status: {foreign} (archived)"),
                Holds::Drafts => format!("status: {foreign} (draft)"),
                _ => format!("status: {foreign}"),
            };
            self.import.count(&whence, Ok(&became));
            return word.to_owned();
        }
        let own = kind.statuses.iter().find(|(word, _)| foreign.eq_ignore_ascii_case(word));
        own.or(kind.statuses.first()).map_or_else(String::new, |(word, _)| (*word).to_owned())
    }

    /// The type here: that of the same name or of its counterpart, a story for a text in the form
    /// of one, else a task.
    fn item_type(&mut self) -> String {
        let foreign = self.it.document.text_of("type").unwrap_or_default().to_lowercase();
        let types = &self.request.backlog.config.types.0;
        let body = self.it.document.body();
        let is_story = body.contains("As a") && body.contains("I want");
        let word = match &*foreign {
            word if types.get(word).is_some() => word,
            "feature" | "enhancement" => "story",
            _ if is_story => "story",
            _ => "task",
        };
        match types.get(word) {
            Some(_) => word.to_owned(),
            None => types.keys().next().unwrap_or("task").to_owned(),
        }
    }

    fn created(&self) -> Date {
        let fields = ["created_date", "created", "date"];
        let dates = fields.iter().filter_map(|field| date_in(&self.it.document.text_of(field)?));
        dates.min().unwrap_or(self.request.today)
    }

    /// The text without the numbers of its criteria, and with sections for fields that have no
    /// other home.
    fn body(&self, sections: &[(&'static str, Vec<String>)]) -> String {
        let mut in_list = false;
        let line = |line: &str| {
            if line.contains(":BEGIN -->") {
                in_list = line.contains("AC:BEGIN") || line.contains("DOD:BEGIN");
            } else if line.contains(":END -->") {
                in_list = false;
            }
            if in_list { without_number(line) } else { line.to_owned() }
        };
        let body = self.it.document.body().trim_start_matches(['\r', '\n']);
        let mut text: String = body.split_inclusive('\n').map(line).collect();
        for (title, lines) in sections {
            let lines: String = lines.iter().map(|line| format!("- {line}\n")).collect();
            let gap = match (text.is_empty(), text.ends_with('\n')) {
                (true, _) => "",
                (_, true) => "\n",
                (_, false) => "\n\n",
            };
            text.push_str(&format!("{gap}## {title}\n\n{lines}"));
        }
        text
    }
}

/// `- [ ] #3 It works` without the `#3`.
fn without_number(line: &str) -> String {
    let Some(at) = line.find("] #") else { return line.to_owned() };
    let digits = line[at + 3..].bytes().take_while(u8::is_ascii_digit).count();
    let is_number = digits > 0 && line[at + 3 + digits..].starts_with(' ');
    let is_box = line.trim_start().starts_with("- [") && line[..at].trim_start().len() == 4;
    if is_number && is_box {
        [&line[..=at], &line[at + 3 + digits..]].concat()
    } else {
        line.to_owned()
    }
}

/// The day in `2026-01-03 20:43`.
fn date_in(text: &str) -> Option<Date> {
    date::parse(text.get(..10)?)
}
