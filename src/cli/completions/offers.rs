//! What a shell is offered: ids with their titles, fields, the values that a field can have.
//!
//! A shell puts what it is offered on the command line, where it would be obeyed. So nothing is
//! offered that comes from a file and is more than a plain word; titles are only shown beside it.

use std::collections::BTreeSet;
use std::ffi::OsStr;

use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter, CompletionCandidate};

use crate::cli::workspace::FOLDER;
use crate::domain::backlog::Backlog;
use crate::domain::entry::{self, Entry};
use crate::domain::kind::{ITEM, KINDS, Kind};
use crate::domain::rules::RULES;
use crate::domain::score::MODELS;
use crate::domain::{id, select};
use crate::render::safe;
use crate::store::{Repository, Source, Worktree};

/// How many values are offered that others have used.
const MOST: usize = 100;

/// The ids of all documents, with their titles.
pub(in crate::cli) fn ids() -> ArgValueCandidates {
    ArgValueCandidates::new(|| backlog().map(|backlog| documents(&backlog)).unwrap_or_default())
}

/// Ids, the fields that `set` takes, and the values of a field.
pub(in crate::cli) fn ids_and_fields() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let backlog = backlog().unwrap_or_default();
        offered(
            typed,
            |field| values(&backlog, field),
            || {
                let settable = |field: &&str| !matches!(*field, "id" | "rank");
                let fields = ITEM.fields.iter().map(|field| field.name).filter(settable);
                documents(&backlog).into_iter().chain(assignments(&backlog, fields)).collect()
            },
        )
    })
}

/// What `list` can be asked for: kinds, saved queries, fields with their values.
pub(in crate::cli) fn queries() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let backlog = backlog().unwrap_or_default();
        offered(
            typed,
            |field| values(&backlog, field),
            || {
                let kinds = KINDS.iter().filter(|kind| kind.name != "product");
                let kinds = kinds.map(|kind| with_help(kind.folder, kind.summary));
                let saved = backlog.config.saved.keys().filter(|name| is_plain(name));
                let saved = saved.map(|name| CompletionCandidate::new(format!("@{name}")));
                kinds
                    .chain(saved)
                    .chain(assignments(&backlog, select::known_fields(&backlog)))
                    .collect()
            },
        )
    })
}

/// The fields that can be shown.
pub(in crate::cli) fn fields() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let backlog = backlog().unwrap_or_default();
        let known = select::known_fields(&backlog).into_iter().filter(|name| is_plain(name));
        known.map(CompletionCandidate::new).collect()
    })
}

/// The score models.
pub(in crate::cli) fn models() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        MODELS.iter().map(|model| CompletionCandidate::new(model.name)).collect()
    })
}

/// The codes of the rules.
pub(in crate::cli) fn rules() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        RULES.iter().map(|rule| with_help(rule.code, rule.summary)).collect()
    })
}

/// The types of items and the kinds of records.
pub(in crate::cli) fn types() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let backlog = backlog().unwrap_or_default();
        let types = backlog.config.types.0.keys().filter(|word| is_plain(word));
        let records = KINDS.iter().filter(|kind| !kind.is_ranked() && kind.name != "product");
        let kinds = records.map(|kind| with_help(kind.name, kind.summary));
        types.map(CompletionCandidate::new).chain(kinds).collect()
    })
}

/// Behind `field=` the values of the field, otherwise whole words.
fn offered(
    typed: &OsStr,
    values: impl Fn(&str) -> Vec<CompletionCandidate>,
    words: impl Fn() -> Vec<CompletionCandidate>,
) -> Vec<CompletionCandidate> {
    let Some(typed) = typed.to_str() else { return Vec::new() };
    // Of several values behind a field, the last is being typed.
    let field = typed.split_once('=').map(|(field, _)| field.trim_end_matches(['+', '-', '!']));
    let before = typed.rfind(['=', ',']).map_or("", |at| &typed[..=at]);
    let all = match field {
        Some(field) => values(field),
        None => words(),
    };
    let before = if field.is_some() { before } else { "" };
    let all = all.into_iter().map(|it| it.add_prefix(before));
    all.filter(|it| it.get_value().to_string_lossy().starts_with(typed)).collect()
}

/// `field=`, with what the field means.
fn assignments<'a>(
    backlog: &'a Backlog,
    fields: impl IntoIterator<Item = &'a str>,
) -> impl Iterator<Item = CompletionCandidate> {
    let own = backlog.config.fields.keys();
    let names: BTreeSet<&str> = fields.into_iter().chain(own).filter(|it| is_plain(it)).collect();
    names.into_iter().map(|name| {
        let known = KINDS.iter().find_map(|kind| kind.field(name));
        let help = known.map(|field| field.summary.into());
        CompletionCandidate::new(format!("{name}=")).help(help)
    })
}

/// The values that a field can have: its words, the documents that it can name, or what others hold.
fn values(backlog: &Backlog, field: &str) -> Vec<CompletionCandidate> {
    let mut words: Vec<&str> = Vec::new();
    for word in KINDS.iter().flat_map(|kind| entry::words(kind, field, &backlog.config)) {
        if is_plain(word) && !words.contains(&word) {
            words.push(word);
        }
    }
    if !words.is_empty() {
        return words.into_iter().map(CompletionCandidate::new).collect();
    }
    let is_link = |kind: &&Kind| kind.field(field).is_some_and(|it| it.value.is_link());
    match (KINDS.iter().any(is_link), Kind::named(field)) {
        (true, Some(kind)) => backlog.of_kind(kind).filter_map(document).collect(),
        (true, None) => backlog.items().filter_map(document).collect(),
        _ => {
            let held = backlog.readable().flat_map(|entry| entry.list(field));
            let held: BTreeSet<_> = held.filter(|it| is_plain(it)).take(MOST).collect();
            held.into_iter().map(|value| CompletionCandidate::new(&*value)).collect()
        }
    }
}

fn documents(backlog: &Backlog) -> Vec<CompletionCandidate> {
    backlog.readable().filter_map(document).collect()
}

/// The id of a document with its title; `None` if it is no safe word.
fn document(entry: &Entry) -> Option<CompletionCandidate> {
    let title = safe::line(&entry.title()).into_owned();
    // PowerShell takes no candidate with a help that is empty, and then none of the others.
    let help = (!title.trim().is_empty()).then(|| title.into());
    let candidate = CompletionCandidate::new(entry.id()).help(help);
    id::is_safe(entry.id()).then_some(candidate)
}

fn with_help(word: &str, help: &'static str) -> CompletionCandidate {
    CompletionCandidate::new(word).help(Some(help.into()))
}

/// Whether no shell finds anything to obey in a word.
fn is_plain(word: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '@' | '/');
    !word.is_empty() && !word.starts_with('-') && word.chars().all(is_plain)
}

/// The backlog of the current directory; completion is silent where there is none.
fn backlog() -> Option<Backlog> {
    let repository = Repository::discover(&std::env::current_dir().ok()?).ok()?;
    let root = repository.workdir()?.join(FOLDER);
    let worktree = Worktree::open(&root, Some(&repository)).ok()?;
    Some(Backlog::parse(worktree.files().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, expected: &str) {
        let words = |words: &str| words.split(' ').map(CompletionCandidate::new).collect();
        let all =
            offered(OsStr::new(typed), |field| words(&format!("{field}-a b")), || words("a= b"));
        let all: Vec<_> = all.iter().map(|it| it.get_value().to_string_lossy()).collect();
        assert_eq!(all.join(" "), expected, "{typed}");
    }

    #[test]
    fn values_stand_behind_their_field() {
        check("", "a= b");
        check("b", "b");
        check("x=", "x=x-a x=b");
        check("x=b", "x=b");
        check("labels+=la", "labels+=labels-a");
        check("x=a,", "x=a,x-a x=a,b");
        check("x!=b", "x!=b");
        check("x=c", "");
    }

    #[test]
    fn a_word_that_a_shell_would_obey_is_not_plain() {
        for word in ["ready", "in-progress", "mira@example.org", "ä", "2026-24", "a/b"] {
            assert!(is_plain(word), "{word}");
        }
        for word in
            ["", "$(x)", "`x`", "a b", "a;b", "a'b", "a\"b", "-x", "a|b", "a&b", "~", "*", "a\nb"]
        {
            assert!(!is_plain(word), "{word}");
        }
    }
}
