//! The fields of all documents, read without the program's help: what a checker believes must not
//! come from what it checks.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::files;

/// The id of a document, and a field of it. Labels and criteria are a field each.
pub(super) type Field = (String, String);

/// The values of all fields; one that is not there is empty.
pub(super) type State = BTreeMap<Field, String>;

/// Reads the documents of a backlog.
pub(super) fn read(backlog: &Path) -> State {
    let mut state = State::new();
    for (path, bytes) in files(backlog) {
        if path.extension().is_some_and(|it| it == "md") && path.starts_with("items") {
            fields(&String::from_utf8(bytes).unwrap(), &mut state);
        }
    }
    state
}

/// Adds the fields of one document.
pub(super) fn fields(text: &str, state: &mut State) {
    let Some((front, body)) = text.strip_prefix("---\n").and_then(|it| it.split_once("\n---\n"))
    else {
        return;
    };
    let pairs: Vec<(&str, &str)> = front.lines().filter_map(|line| line.split_once(": ")).collect();
    let id = pairs.iter().find(|(key, _)| *key == "id").map(|(_, id)| (*id).to_owned());
    let id = id.unwrap_or_default();
    let mut put = |key: String, value: &str| {
        let before = state.insert((id.clone(), key.clone()), value.to_owned());
        assert_eq!(before, None, "{id} has {key} twice");
    };
    for (key, value) in pairs.iter().filter(|(key, _)| !key.starts_with([' ', '-', '#'])) {
        if *key == "labels" {
            let labels = value.trim_matches(['[', ']']).split(", ").filter(|it| !it.is_empty());
            labels.for_each(|label| put(format!("label {label}"), "on"));
        } else {
            put((*key).to_owned(), value);
        }
    }
    for line in body.lines() {
        let box_of = line.strip_prefix("- [").and_then(|rest| rest.split_once("] "));
        if let Some((ticked, text)) = box_of {
            put(format!("criterion {text}"), ticked);
        }
    }
}

/// What differs between two states: field, before, after.
pub(super) fn changes(before: &State, after: &State) -> Vec<(Field, String, String)> {
    let fields: BTreeSet<&Field> = before.keys().chain(after.keys()).collect();
    let of = |state: &State, field: &Field| state.get(field).cloned().unwrap_or_default();
    let all = fields.into_iter().map(|it| (it.clone(), of(before, it), of(after, it)));
    all.filter(|(_, old, new)| old != new).collect()
}

/// The ids of all documents.
pub(super) fn ids(state: &State) -> BTreeSet<String> {
    state.keys().map(|(id, _)| id.clone()).collect()
}

/// The fields of documents in which a conflict is open.
pub(super) fn open(backlog: &Path) -> Vec<Field> {
    let mut open = Vec::new();
    for (_, bytes) in files(backlog) {
        let text = String::from_utf8(bytes).unwrap();
        let Some((_, list)) = text.split_once("\nconflicts:\n") else { continue };
        let mut state = State::new();
        fields(&text, &mut state);
        let id = ids(&state).pop_first().unwrap();
        let inside = list.lines().take_while(|line| line.starts_with([' ', '-']));
        let named = inside.filter_map(|line| line.trim_start().strip_prefix("- ")?.split_once(':'));
        open.extend(named.map(|(name, _)| (id.clone(), name.to_owned())));
    }
    open
}
