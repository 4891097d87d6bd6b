//! The voice of the user: what the top rests on, what speaks against it, who is not served.

mod survey;

use serde_json::{Value, json};

use super::values;
use crate::domain::backlog::Backlog;
use crate::domain::entry::Entry;
use crate::domain::message::counted;
use crate::domain::standing;
use crate::domain::voice::{Against, Coverage, Grounds, Source, Voice};
use crate::render::block::{Block, Cell, Column, Line, Table, Tone};
use crate::render::{Format, View};

/// What users say, and what became of it.
pub struct VoiceView<'a> {
    /// The backlog.
    pub backlog: &'a Backlog,
    /// What was heard.
    pub voice: &'a Voice<'a>,
    /// How many items were to be told that are not, because there are too many.
    pub n_more: usize,
    /// After how many days evidence is old.
    pub stale_after: i64,
}

impl<'a> View for VoiceView<'a> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let mut blocks = vec![Block::heading(1, "Voice of the user"), Block::text(self.summary())];
        let mut part = |title: String, inner: Vec<Block<'a>>| {
            blocks.extend([Block::Blank, Block::heading(2, title)]);
            blocks.extend(inner);
        };
        let voice = self.voice;
        if !voice.items.is_empty() {
            part("What the items rest on".into(), vec![Block::Table(self.grounds())]);
        }
        let without = self.without();
        if !without.is_empty() {
            part("Without evidence".into(), vec![Block::List(without)]);
        }
        if !voice.against.is_empty() {
            let lines = voice.against.iter().map(|it| self.against(it)).collect();
            part("Speaks against what is planned".into(), vec![Block::List(lines)]);
        }
        if !voice.unused.is_empty() {
            let lines = voice.unused.iter().map(source_line).collect();
            part("Evidence that nothing rests on".into(), vec![Block::List(lines)]);
        }
        if !voice.personas.is_empty() {
            part("Personas".into(), self.personas());
        }
        for counted in &voice.results {
            let source = counted.source.entry;
            let title = format!("{} {}", source.id(), source.title());
            part(title, survey::blocks(self.backlog, counted));
        }
        if !voice.stale.is_empty() {
            let lines = voice.stale.iter().map(source_line).collect();
            part(format!("Older than {} days", self.stale_after), vec![Block::List(lines)]);
        }
        blocks
    }

    fn json(&self) -> Value {
        let voice = self.voice;
        json!({
            "items": voice.items.iter().map(|it| self.grounds_object(it)).collect::<Vec<_>>(),
            "more": self.n_more,
            "against": voice.against.iter().map(|it| json!({
                "evidence": source(&it.source), "id": it.target.id(),
                "position": self.backlog.position(it.target), "both": it.is_both,
            })).collect::<Vec<_>>(),
            "unused": voice.unused.iter().map(source).collect::<Vec<_>>(),
            "stale": voice.stale.iter().map(source).collect::<Vec<_>>(),
            "stale_after": self.stale_after,
            "personas": voice.personas.iter().map(|it| json!({
                "id": it.persona.id(), "title": it.persona.title(), "items": it.n_items,
                "value": it.value, "unvalued": it.n_unvalued, "evidence": it.n_evidence,
                "unserved": it.is_unserved(),
            })).collect::<Vec<_>>(),
            "for_nobody": voice.n_for_nobody,
            "surveys": voice.results.iter().map(survey::object).collect::<Vec<_>>(),
            "evidence": voice.n_evidence,
        })
    }

    fn formats(&self) -> &'static [Format] {
        Format::PAGES
    }
}

/// A piece of evidence for programs.
fn source(source: &Source<'_>) -> Value {
    let entry = source.entry;
    json!({
        "id": entry.id(),
        "title": entry.title(),
        "strength": entry.number("strength"),
        "method": entry.text("method"),
        "participants": entry.number("participants"),
        "age": source.age,
        "stale": source.is_stale,
    })
}

/// `EV-zw8d2 Neighbours bring neighbours (strength 2, survey, 52 people, 17 days)`
fn source_line<'a>(source: &Source<'a>) -> Line<'a> {
    let strength = Some(standing::strength(source.entry)).filter(|it| !it.is_empty());
    let notes = [strength, source.age.map(days)].into_iter().flatten().collect::<Vec<_>>();
    values::noted(values::named(source.entry), &notes.join(", "))
}

fn days(age: i64) -> String {
    if age == 1 { "1 day".to_owned() } else { format!("{age} days") }
}

impl<'a> VoiceView<'a> {
    fn summary(&self) -> String {
        let voice = self.voice;
        let more = match self.n_more {
            0 => String::new(),
            more => format!(", and {more} more (--limit)"),
        };
        let evidence = match voice.n_evidence {
            0 => "no evidence is recorded: git backlog new evidence 'What you saw'".to_owned(),
            1 => "1 piece of evidence".to_owned(),
            n => format!("{n} pieces of evidence"),
        };
        format!("{evidence}; {}{more}", counted(voice.items.len(), "open item"))
    }

    /// A row for each piece of evidence of each item.
    fn grounds(&self) -> Table<'a> {
        let columns = [
            Column::whole("#").right(),
            Column::whole("id"),
            Column::shrink("item"),
            Column::whole("evidence"),
            Column::shrink("finding"),
            Column::whole("says"),
            Column::whole("strength").right(),
            Column::shrink("method"),
            Column::whole("people").right(),
            Column::whole("days").right(),
        ];
        let mut table = Table::new(columns);
        for it in &self.voice.items {
            let position = self.backlog.position(it.item).map(|it| it.to_string());
            let head = [
                Cell::dim(position.unwrap_or_default()),
                Cell::id(it.item.id().to_owned()),
                Cell::from(it.item.title().into_owned()),
            ];
            let sources = it.supports.iter().map(|source| (source, false));
            let sources: Vec<_> =
                sources.chain(it.contradicts.iter().map(|source| (source, true))).collect();
            if it.supports.is_empty() {
                table.push(head.clone().into_iter().chain(without_cells(it)));
            }
            for (at, (source, is_against)) in sources.into_iter().enumerate() {
                let is_first = at == 0 && !it.supports.is_empty();
                let head = if is_first { head.clone() } else { Default::default() };
                table.push(head.into_iter().chain(source_cells(source, is_against)));
            }
        }
        table
    }

    fn without(&self) -> Vec<Line<'a>> {
        let is_without = |it: &&Grounds<'_>| it.supports.is_empty() && it.through.is_none();
        let items = self.voice.items.iter().filter(is_without);
        items.map(|it| values::named(it.item)).collect()
    }

    fn against(&self, against: &Against<'a>) -> Line<'a> {
        let mut line = source_line(&against.source);
        line = line.then(Cell::new(" speaks against ", Tone::Warn));
        line.cells.extend(values::named(against.target).cells);
        if let Some(position) = self.backlog.position(against.target) {
            let n_open = self.backlog.open_items().count();
            line = line.then(Cell::dim(format!(" (place {position} of {n_open})")));
        }
        match against.is_both {
            true => line.then(Cell::new(", and for it as well", Tone::Bad)),
            false => line,
        }
    }

    fn personas(&self) -> Vec<Block<'a>> {
        let columns = [
            Column::whole("id"),
            Column::shrink("persona"),
            Column::whole("items").right(),
            Column::whole("value").right(),
            Column::whole("without value").right(),
            Column::whole("evidence").right(),
            Column::shrink("note"),
        ];
        let mut table = Table::new(columns);
        for it in &self.voice.personas {
            table.push([
                Cell::id(it.persona.id().to_owned()),
                Cell::from(it.persona.title().into_owned()),
                Cell::from(it.n_items.to_string()),
                Cell::from(values::plain(it.value)),
                Cell::dim(it.n_unvalued.to_string()),
                Cell::from(it.n_evidence.to_string()),
                note(it),
            ]);
        }
        let mut blocks = vec![Block::Table(table)];
        if self.voice.n_for_nobody > 0 {
            let n = counted(self.voice.n_for_nobody, "open item");
            let verb = if self.voice.n_for_nobody == 1 { "names" } else { "name" };
            let line = format!("{n} {verb} no persona: git backlog set ID personas=PER-…");
            blocks.push(Block::text(Cell::dim(line)));
        }
        blocks
    }

    fn grounds_object(&self, it: &Grounds<'_>) -> Value {
        json!({
            "id": it.item.id(),
            "title": it.item.title(),
            "position": self.backlog.position(it.item),
            "supports": it.supports.iter().map(source).collect::<Vec<_>>(),
            "contradicts": it.contradicts.iter().map(source).collect::<Vec<_>>(),
            "through": it.through.map(Entry::id),
        })
    }
}

fn without_cells(it: &Grounds<'_>) -> Vec<Cell<'static>> {
    match it.through {
        Some(above) => vec![Cell::dim("–"), Cell::dim(format!("through {}", above.id()))],
        None => vec![Cell::new("none", Tone::Warn)],
    }
}

fn source_cells(source: &Source<'_>, is_against: bool) -> Vec<Cell<'static>> {
    let entry = source.entry;
    let text = |field: &str| Cell::from(entry.text(field).unwrap_or_default().into_owned());
    let age = source.age.map(|age| age.to_string()).unwrap_or_default();
    vec![
        Cell::id(entry.id().to_owned()),
        Cell::from(entry.title().into_owned()),
        if is_against { Cell::new("against", Tone::Warn) } else { Cell::from("for") },
        text("strength"),
        text("method"),
        text("participants"),
        if source.is_stale { Cell::new(age, Tone::Warn) } else { Cell::from(age) },
    ]
}

fn note(it: &Coverage<'_>) -> Cell<'static> {
    match (it.is_unserved(), it.n_evidence) {
        (true, _) => Cell::new("heard, and nothing is planned", Tone::Warn),
        (false, 0) => Cell::new("nobody has asked them", Tone::Warn),
        _ => Cell::default(),
    }
}
