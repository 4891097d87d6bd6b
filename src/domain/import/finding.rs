//! What somebody found out, on its way to a piece of evidence: shared by interviews and surveys.

use std::collections::{HashMap, HashSet};

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
use crate::domain::note::one_line;
use crate::domain::problem::{Problem, ProblemKind};

/// The longest title that is made of a longer text, in characters.
const LONGEST_TITLE: usize = 100;

/// The field that says of how many people a finding is.
const PARTICIPANTS: &str = "participants";

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

impl Finding {
    /// The field of a name, if it has it.
    fn field(&mut self, name: &str) -> Option<&mut Value> {
        self.fields.iter_mut().find(|(field, _)| *field == name).map(|(_, value)| value)
    }

    /// How many people it is said of, if it says so.
    fn participants(&mut self) -> Option<f64> {
        match self.field(PARTICIPANTS)? {
            Value::Literal(text) | Value::Text(text) => entry::number(text),
            Value::List(_) | Value::Mapping(_) => None,
        }
    }

    /// Takes up what another finding with the same words has in lists: its personas, and what it
    /// speaks for and against.
    fn add_lists(&mut self, other: &Finding) {
        for (name, value) in &other.fields {
            let Value::List(new) = value else { continue };
            match self.field(name) {
                Some(Value::List(own)) => {
                    let known = own.clone();
                    own.extend(new.iter().filter(|it| !known.contains(it)).cloned());
                }
                Some(_) => {}
                None => self.fields.push((name, value.clone())),
            }
        }
    }

    /// Says of how many people it is.
    fn set_participants(&mut self, n: f64) {
        let value = Value::Literal(n.to_string());
        match self.field(PARTICIPANTS) {
            Some(old) => *old = value,
            None => self.fields.push((PARTICIPANTS, value)),
        }
    }
}

/// A finding that will be written, with the file that it came from first.
struct Pending {
    finding: Finding,
    alias: String,
    path: String,
    /// The file that it came from last.
    last: String,
}

/// The findings of one import, each once.
pub(super) struct Findings<'a> {
    request: &'a Request<'a>,
    /// Whether each finding is a row of a table, and so somebody else's.
    are_rows: bool,
    /// By their aliases, where findings are among those to be written; nowhere if they were
    /// imported before.
    seen: HashMap<String, Option<usize>>,
    pending: Vec<Pending>,
    n_same: usize,
}

impl<'a> Findings<'a> {
    /// Findings of talks: what is said twice in the notes of one is said by the same people.
    pub(super) fn of_notes(request: &'a Request<'a>) -> Self {
        let (seen, pending) = (HashMap::new(), Vec::new());
        Self { request, are_rows: false, seen, pending, n_same: 0 }
    }

    /// Findings that are rows of tables, each said by others.
    pub(super) fn of_rows(request: &'a Request<'a>) -> Self {
        Self { are_rows: true, ..Self::of_notes(request) }
    }

    /// Takes a finding over, unless it was imported before: it is known by its words, so that a
    /// file may be sorted, renamed and added to. What others say in the same words is the same
    /// finding, of more people.
    pub(super) fn add(&mut self, finding: Finding, path: &str, import: &mut Import) {
        let alias = alias(&finding);
        if let Some(place) = self.seen.get(&alias) {
            self.n_same += 1;
            if let Some(at) = *place {
                self.merge(at, finding, path);
            }
            return;
        }
        let is_known = self.request.backlog.called(&alias).is_some();
        self.seen.insert(alias.clone(), (!is_known).then_some(self.pending.len()));
        if is_known {
            import.n_known += 1;
            return;
        }
        let (path, last) = (path.to_owned(), path.to_owned());
        self.pending.push(Pending { finding, alias, path, last });
    }

    /// Adds those who say the same to those who said it first. A row that does not say how many
    /// they are is one of them; of a talk, nobody knows.
    fn merge(&mut self, at: usize, mut other: Finding, path: &str) {
        let first = &mut self.pending[at];
        let is_others = self.are_rows || first.last != path;
        path.clone_into(&mut first.last);
        first.finding.add_lists(&other);
        let least = self.are_rows.then_some(1.0);
        let (own, more) = (first.finding.participants(), other.participants());
        if let (true, Some(own), Some(more)) = (is_others, own.or(least), more.or(least)) {
            first.finding.set_participants(own + more);
        }
    }

    /// Makes the pieces of evidence, and says how many findings were the same as another one.
    pub(super) fn finish(self, import: &mut Import) {
        let by_fate = |it: &super::Fate| (it.became.is_err(), it.field.clone());
        import.fields.sort_by_key(by_fate);
        let mut taken = HashSet::new();
        for pending in self.pending {
            write(pending, self.request, &mut taken, import);
        }
        let note = match self.n_same {
            0 => return,
            1 => "1 finding says the same as another one, and is told once".to_owned(),
            n => format!("{n} findings say the same as others, and are told once"),
        };
        import.notes.push(note);
    }
}

/// Makes a piece of evidence of a finding.
fn write(
    pending: Pending,
    request: &Request<'_>,
    taken: &mut HashSet<String>,
    import: &mut Import,
) {
    let Pending { finding, alias, path, .. } = pending;
    let backlog = request.backlog;
    let is_taken = |id: &str| backlog.names(id) || taken.contains(id);
    let Some(id) = id_for(EVIDENCE.prefix, backlog.config.id.length, &alias, is_taken) else {
        let problem = Problem::whole(ProblemKind::Id, "no free id is left")
            .hint("set a larger id.length in config.yml");
        import.problems.push((path, problem));
        return;
    };
    taken.insert(id.clone());
    let title = title(&finding.words);
    let mut fields = finding.fields;
    fields.push(("status", Value::Text("new".to_owned())));
    fields.push(("created", Value::Literal(request.today.to_string())));
    fields.push(("aliases", Value::List(vec![alias])));
    let whole = if title == finding.words { String::new() } else { finding.words + "\n" };
    let gap = if whole.is_empty() || finding.more.is_empty() { "" } else { "\n" };
    let draft = Draft { kind: &EVIDENCE, id, title, fields, body: whole + gap + &finding.more };
    match draft.into_file() {
        Ok(file) => {
            import.n_new += 1;
            import.edits.push(file);
        }
        Err(problem) => import.problems.push((path, problem)),
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
