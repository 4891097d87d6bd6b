//! A model of a backlog that is changed as the rows of `log` and `diff` say, and by nothing else.

use std::collections::{BTreeMap, BTreeSet};

use git_backlog::domain::backlog::Backlog;
use git_backlog::domain::source::SourceFile;
use serde_json::Value;

use super::Files;

/// What became of one document.
pub(super) struct Row {
    id: String,
    pub(super) changes: Vec<Value>,
}

/// The rows of a difference, or of one commit.
pub(super) fn rows(value: &Value) -> Vec<Row> {
    let documents = value["documents"].as_array().unwrap().iter();
    let row = |it: &Value| Row {
        id: it["id"].as_str().unwrap().to_owned(),
        changes: it["changes"].as_array().unwrap().clone(),
    };
    documents.map(row).collect()
}

impl Row {
    fn all(&self, word: &str) -> impl Iterator<Item = &Value> {
        self.changes.iter().filter(move |change| change["change"] == *word)
    }

    fn has(&self, word: &str) -> bool {
        self.all(word).next().is_some()
    }
}

/// A criterion: its lasting id, whether it is met, what it says.
type Criterion = (Option<String>, bool, String);

/// What a document says, beside its text.
#[derive(Clone, Debug, PartialEq)]
struct Document {
    path: String,
    is_item: bool,
    fields: BTreeMap<String, Value>,
    criteria: Vec<Criterion>,
}

/// A backlog.
#[derive(Debug, PartialEq)]
pub(super) struct State {
    documents: BTreeMap<String, Document>,
    /// The open items.
    order: Vec<String>,
}

fn documents(files: &Files) -> BTreeMap<String, Document> {
    let file = |(path, text): (&String, &String)| SourceFile {
        path: path.clone(),
        text: Ok(text.clone()),
    };
    let backlog = Backlog::parse(files.iter().map(file).collect());
    let mut documents = BTreeMap::new();
    for entry in backlog.entries() {
        let text = entry.document.text();
        let pairs = entry.document.pairs().iter().filter(|_| entry.is_readable());
        let fields = pairs.map(|it| (it.key(text).into_owned(), it.value().to_json(text)));
        let criteria = entry.criteria(&backlog.config).list.into_iter();
        let document = Document {
            path: entry.path().to_owned(),
            is_item: entry.kind.is_ranked(),
            fields: fields.filter(|(_, value)| !value.is_null()).collect(),
            criteria: match entry.is_readable() {
                true => criteria.map(|it| (it.id, it.checked == Some(true), it.text)).collect(),
                false => Vec::new(),
            },
        };
        let known = documents.insert(entry.id().to_owned(), document);
        assert!(known.is_none(), "two documents are {}", entry.id());
    }
    documents
}

/// The open items by their keys, those without one last.
fn order(documents: &BTreeMap<String, Document>) -> Vec<String> {
    let is_open = |it: &Document| {
        let status = it.fields.get("status").and_then(Value::as_str);
        it.is_item && !it.fields.is_empty() && !matches!(status, Some("done" | "rejected"))
    };
    let mut open: Vec<(bool, Option<&str>, &String)> = documents
        .iter()
        .filter(|(_, it)| is_open(it))
        .map(|(id, it)| {
            let rank = it.fields.get("rank").and_then(Value::as_str);
            (rank.is_none(), rank, id)
        })
        .collect();
    open.sort_unstable();
    open.into_iter().map(|(_, _, id)| id.clone()).collect()
}

impl State {
    pub(super) fn of(files: &Files) -> Self {
        let documents = documents(files);
        let order = order(&documents);
        Self { documents, order }
    }

    /// Does what rows say, and returns how many items moved. Of what is new, and of what could not
    /// be read, `after` has the rest.
    pub(super) fn follow(&mut self, rows: &[Row], after: &Self, place: &str) -> usize {
        let new = &after.documents;
        let mut names = BTreeMap::new();
        let mut next = BTreeMap::new();
        for row in rows {
            let former = self.former(row, after, place);
            if row.has("added") {
                assert!(!row.has("removed") && !row.has("set"), "{place}: {}", row.id);
                next.insert(row.id.clone(), new[&row.id].clone());
                continue;
            }
            let document = self.documents.remove(&former);
            let mut document = document.unwrap_or_else(|| panic!("{place}: there was no {former}"));
            if row.has("removed") {
                continue;
            }
            names.insert(former, row.id.clone());
            match row.has("unreadable") {
                true => document = new[&row.id].clone(),
                false => document.follow(row, place),
            }
            next.insert(row.id.clone(), document);
        }
        for (id, document) in next {
            let known = self.documents.insert(id, document);
            assert!(known.is_none(), "{place}: it was there already: {known:?}");
        }
        self.reorder(rows, &names, place)
    }

    /// The id under which a document of a row is known.
    fn former(&self, row: &Row, after: &Self, place: &str) -> String {
        let id = row.all("set").find(|it| it["field"] == "id").and_then(|it| it["from"].as_str());
        let former = id.unwrap_or(&row.id);
        if !row.has("unreadable") || row.has("added") || self.documents.contains_key(former) {
            return former.to_owned();
        }
        // What cannot be read has the id of its file name.
        let path = after.documents.get(&row.id).map(|it| &it.path);
        let found = self.documents.iter().find(|(_, it)| Some(&it.path) == path);
        found.unwrap_or_else(|| panic!("{place}: there was no {path:?}")).0.clone()
    }

    /// Takes out of the order what moved and what is not open any more, and puts in again what
    /// moved at the places that the rows say, and what is newly open at its own.
    fn reorder(&mut self, rows: &[Row], names: &BTreeMap<String, String>, place: &str) -> usize {
        let target = order(&self.documents);
        let named = |id: &String| names.get(id).unwrap_or(id).clone();
        let is_open: BTreeSet<&String> = target.iter().collect();
        let kept: Vec<String> =
            self.order.iter().map(named).filter(|id| is_open.contains(id)).collect();
        let mut slots: Vec<Option<String>> = vec![None; target.len()];
        let mut moved = BTreeSet::new();
        for row in rows {
            for change in row.all("moved") {
                let number = |key: &str| usize::try_from(change[key].as_u64().unwrap()).unwrap();
                let from = self.order.iter().position(|id| named(id) == row.id);
                assert_eq!(from, Some(number("from") - 1), "{place}: {}", row.id);
                let at = number("to") - 1;
                let neighbour =
                    |at: Option<usize>| at.and_then(|at| target.get(at)).map(|it| &**it);
                assert_eq!(
                    change["after"].as_str(),
                    neighbour(at.checked_sub(1)),
                    "{place}: {}",
                    row.id
                );
                assert_eq!(
                    change["before"].as_str(),
                    neighbour(Some(at + 1)),
                    "{place}: {}",
                    row.id
                );
                slots[at] = Some(row.id.clone());
                moved.insert(row.id.clone());
            }
        }
        for (at, id) in target.iter().enumerate().filter(|(_, id)| !kept.contains(id)) {
            slots[at] = Some(id.clone());
        }
        let mut stayed = kept.iter().filter(|id| !moved.contains(*id)).cloned();
        self.order = slots.into_iter().map(|id| id.or_else(|| stayed.next()).unwrap()).collect();
        // As few as possible moved.
        let places: Vec<usize> =
            kept.iter().map(|id| target.iter().position(|it| it == id).unwrap()).collect();
        assert_eq!(moved.len(), places.len() - longest_ascent(&places), "{place}");
        moved.len()
    }
}

impl Document {
    fn follow(&mut self, row: &Row, place: &str) {
        for change in row.all("renamed") {
            assert_eq!(change["from"], *self.path, "{place}: {}", row.id);
            self.path = change["to"].as_str().unwrap().to_owned();
        }
        for change in row.all("set") {
            let (field, to) = (change["field"].as_str().unwrap(), &change["to"]);
            let from = self.fields.get(field).unwrap_or(&Value::Null);
            assert_eq!(change["from"], *from, "{place}: {} {field}", row.id);
            match to.is_null() {
                true => self.fields.remove(field),
                false => self.fields.insert(field.to_owned(), to.clone()),
            };
        }
        self.follow_criteria(row, place);
    }

    fn follow_criteria(&mut self, row: &Row, place: &str) {
        let ordinal = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap() - 1;
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let mut left: Vec<Option<Criterion>> = self.criteria.iter().cloned().map(Some).collect();
        let mut slots: BTreeMap<usize, Criterion> = BTreeMap::new();
        for change in row.all("criteria") {
            let at = ordinal(&change["ordinal"]);
            match change["act"].as_str().unwrap() {
                "removed" => {
                    let gone = left[at].take().unwrap();
                    assert_eq!(change["text"], *gone.2, "{place}: {}", row.id);
                }
                "added" => {
                    let is_met = change["met"].as_bool().unwrap();
                    let it = (text(&change["criterion"]), is_met, text(&change["text"]).unwrap());
                    slots.insert(at, it);
                }
                "moved" => {
                    slots.insert(at, left[ordinal(&change["was"])].take().unwrap());
                }
                _ => {}
            }
        }
        let mut left = left.into_iter().flatten();
        self.criteria.clear();
        while let Some(it) = slots.remove(&self.criteria.len()).or_else(|| left.next()) {
            self.criteria.push(it);
        }
        for change in row.all("criteria") {
            let act = change["act"].as_str().unwrap();
            if act == "removed" {
                continue;
            }
            let it = &mut self.criteria[ordinal(&change["ordinal"])];
            match act {
                "reworded" => {
                    assert_eq!(change["was"], *it.2, "{place}: {}", row.id);
                    it.2 = text(&change["text"]).unwrap();
                }
                "ticked" | "unticked" => {
                    assert_eq!(it.1, act == "unticked", "{place}: {}", row.id);
                    it.1 = act == "ticked";
                }
                "named" => it.0 = text(&change["criterion"]),
                _ => {}
            }
        }
    }
}

/// The length of the longest ascending selection, in the plainest way.
fn longest_ascent(places: &[usize]) -> usize {
    let mut ends: Vec<usize> = Vec::new();
    for place in places {
        match ends.partition_point(|end| end < place) {
            at if at == ends.len() => ends.push(*place),
            at => ends[at] = *place,
        }
    }
    ends.len()
}
