//! What somebody found out, on its way to a piece of evidence: shared by interviews and surveys.

use std::collections::HashSet;

use blake2::Blake2b;
use blake2::digest::Digest;
use blake2::digest::consts::U8;

use super::draft::{Draft, id_for};
use super::{Import, Request};
use crate::domain::backlog::Backlog;
use crate::domain::date;
use crate::domain::edit::Value;
use crate::domain::entry::{self, Entry};
use crate::domain::kind::{EVIDENCE, PERSONA};
use crate::domain::problem::{Problem, ProblemKind};

/// The longest title that is made of a longer text, in characters.
const LONGEST_TITLE: usize = 100;

/// What somebody found out.
#[derive(Clone, Debug, Default)]
pub(super) struct Finding {
    /// The words, of which the title is made.
    pub words: String,
    /// What else there is to say; Markdown.
    pub more: String,
    /// The fields of the evidence.
    pub fields: Vec<(&'static str, Value)>,
}

/// The findings of one import, each once.
pub(super) struct Findings<'a> {
    request: &'a Request<'a>,
    seen: HashSet<String>,
    taken: HashSet<String>,
    n_same: usize,
}

impl<'a> Findings<'a> {
    pub(super) fn new(request: &'a Request<'a>) -> Self {
        Self { request, seen: HashSet::new(), taken: HashSet::new(), n_same: 0 }
    }

    /// Takes a finding over, unless it was imported before: it is known by its words, so that a
    /// file may be sorted, renamed and added to.
    pub(super) fn add(&mut self, finding: Finding, path: &str, import: &mut Import) {
        let alias = alias(&finding);
        if !self.seen.insert(alias.clone()) {
            self.n_same += 1;
            return;
        }
        let backlog = self.request.backlog;
        if backlog.called(&alias).is_some() {
            import.n_known += 1;
            return;
        }
        let taken = |id: &str| backlog.names(id) || self.taken.contains(id);
        let Some(id) = id_for(EVIDENCE.prefix, backlog.config.id.length, &alias, taken) else {
            let problem = Problem::whole(ProblemKind::Id, "no free id is left")
                .hint("set a larger id.length in config.yml");
            import.problems.push((path.to_owned(), problem));
            return;
        };
        self.taken.insert(id.clone());
        let title = title(&finding.words);
        let mut fields = finding.fields;
        fields.push(("status", Value::Text("new".to_owned())));
        fields.push(("created", Value::Literal(self.request.today.to_string())));
        fields.push(("aliases", Value::List(vec![alias])));
        let whole = if title == finding.words { String::new() } else { finding.words + "\n" };
        let gap = if whole.is_empty() || finding.more.is_empty() { "" } else { "\n" };
        let draft = Draft { kind: &EVIDENCE, id, title, fields, body: whole + gap + &finding.more };
        match draft.into_file() {
            Ok(file) => {
                import.n_new += 1;
                import.edits.push(file);
            }
            Err(problem) => import.problems.push((path.to_owned(), problem)),
        }
    }

    /// Says how many were the same as another one.
    pub(super) fn finish(self, import: &mut Import) {
        let by_fate = |it: &super::Fate| (it.became.is_err(), it.field.clone());
        import.fields.sort_by_key(by_fate);
        let note = match self.n_same {
            0 => return,
            1 => "1 finding says the same as another one, and is told once".to_owned(),
            n => format!("{n} findings say the same as others, and are told once"),
        };
        import.notes.push(note);
    }
}

/// The name by which a finding is known again; it follows from its words alone.
fn alias(finding: &Finding) -> String {
    let hash = Blake2b::<U8>::digest(format!("{}\n{}", finding.words, finding.more));
    hash.iter().fold("said-".to_owned(), |text, byte| text + &format!("{byte:02x}"))
}

/// The first sentence of a text, or its beginning.
fn title(words: &str) -> String {
    let end = words.find(". ").map_or(words.len(), |at| at);
    let sentence = words[..end].trim_end_matches('.');
    if sentence.chars().count() <= LONGEST_TITLE {
        return sentence.to_owned();
    }
    let cut: String = sentence.chars().take(LONGEST_TITLE).collect();
    let cut = cut.rsplit_once(' ').map_or(&*cut, |(start, _)| start);
    format!("{cut}…")
}

/// A text on one line, without control characters.
pub(super) fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The value of a field of evidence, or what is wrong with it and what to write instead.
pub(super) fn value(
    backlog: &Backlog,
    field: &'static str,
    text: &str,
) -> Result<Value, (String, &'static str)> {
    let text = text.trim();
    match field {
        // A moment begins with its day.
        "date" => match text.get(..10).and_then(date::parse) {
            Some(day) => Ok(Value::Literal(day.to_string())),
            None => Err((format!("'{text}' is no day"), "write it as 2026-11-23")),
        },
        "participants" => match entry::number(text).filter(|it| *it >= 1.0 && it.fract() == 0.0) {
            Some(_) => Ok(Value::Literal(text.to_owned())),
            None => {
                Err((format!("'{text}' is no number of people"), "write a whole number from 1"))
            }
        },
        "strength" => match entry::number(text).filter(|it| (1.0..=5.0).contains(it)) {
            Some(_) => Ok(Value::Literal(text.to_owned())),
            None => {
                Err((format!("'{text}' is no strength"), "write 1, an anecdote, to 5, measured"))
            }
        },
        "personas" => personas(backlog, text).map(Value::List),
        "supports" | "contradicts" => {
            let known = |word: &str| match backlog.called(word) {
                Some(entry) => Ok(entry.id().to_owned()),
                None => Err((format!("no document with id '{word}'"), "name ids, with commas")),
            };
            words(text).map(known).collect::<Result<_, _>>().map(Value::List)
        }
        _ => Ok(Value::Text(one_line(text))),
    }
}

/// The ids of the personas that a text names, by id or by title.
pub(super) fn personas(
    backlog: &Backlog,
    text: &str,
) -> Result<Vec<String>, (String, &'static str)> {
    let is_persona = |entry: &&Entry| std::ptr::eq(entry.kind, &PERSONA);
    let find = |word: &str| {
        let by_title = || {
            let is_called = |it: &&Entry| it.title().to_lowercase() == word.to_lowercase();
            backlog.of_kind(&PERSONA).find(is_called)
        };
        backlog.called(word).filter(is_persona).or_else(by_title)
    };
    // A title may have commas of its own.
    if let Some(persona) = find(text) {
        return Ok(vec![persona.id().to_owned()]);
    }
    let known = |word: &str| match find(word) {
        Some(persona) => Ok(persona.id().to_owned()),
        None => Err((format!("no persona '{word}'"), "see them with: git backlog list personas")),
    };
    words(text).map(known).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';']).map(str::trim).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_a_sentence_or_its_beginning() {
        assert_eq!(title("Five left. They were away."), "Five left");
        assert_eq!(title("Five left."), "Five left");
        let long = "wörter ".repeat(30);
        let title = title(long.trim());
        assert!(title.ends_with("wörter…") && title.chars().count() <= LONGEST_TITLE, "{title}");
    }
}
