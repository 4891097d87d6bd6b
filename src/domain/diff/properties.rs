//! The changes are the whole way from one state to the other: who follows them arrives.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::Value;

use super::tests::{between, changed, step};
use super::*;
use crate::domain::backlog::Backlog;
use crate::domain::source::{FileChange, SourceFile};

/// What one item is about.
#[derive(Clone, Debug)]
struct Item {
    rank: usize,
    status: usize,
    value: Option<u8>,
    labels: Vec<usize>,
    criteria: Vec<(usize, bool, bool)>,
    note: usize,
    slug: bool,
}

/// One state: each item that is there.
type State = Vec<Option<Item>>;

const KEYS: [&str; 9] = ["bbbb", "cccc", "dddd", "ffff", "gggg", "hhhh", "jjjj", "not a key", ""];
const STATUSES: [&str; 4] = ["ready", "in-progress", "done", "rejected"];
const CRITERIA: [&str; 6] = [
    "The guest pays in one step",
    "The guest pays in two steps",
    "Nobody waits",
    "A mail is sent to the guest",
    "A mail is sent to the host",
    "All boats float",
];

fn item() -> impl Strategy<Value = Item> {
    let criterion = (0..CRITERIA.len(), any::<bool>(), any::<bool>());
    (
        0..KEYS.len(),
        0..STATUSES.len(),
        prop::option::of(0_u8..3),
        prop::collection::vec(0_usize..4, 0..3),
        prop::collection::vec(criterion, 0..5),
        0_usize..3,
        any::<bool>(),
    )
        .prop_map(|(rank, status, value, labels, criteria, note, slug)| Item {
            rank,
            status,
            value,
            labels,
            criteria,
            note,
            slug,
        })
}

fn state() -> impl Strategy<Value = State> {
    prop::collection::vec(prop::option::weighted(0.8, item()), 8)
}

/// Two states of which about half is the same.
fn states() -> impl Strategy<Value = (State, State)> {
    (state(), state(), prop::collection::vec(any::<bool>(), 8)).prop_map(|(before, after, same)| {
        let both = before.iter().zip(after).zip(same);
        let after = both.map(|((old, new), same)| if same { old.clone() } else { new }).collect();
        (before, after)
    })
}

fn files(state: &State) -> Vec<SourceFile> {
    let file = |(at, item): (usize, &Option<Item>)| {
        let item = item.as_ref()?;
        let slug = if item.slug { "-slug" } else { "" };
        let mut text = format!("---\nid: BL-{at}\ntitle: Item {at}\n");
        text += &format!("status: {}\nrank: {}\n", STATUSES[item.status], KEYS[item.rank]);
        if let Some(value) = item.value {
            text += &format!("value: {value}\n");
        }
        text += &format!("labels: {:?}\n---\n\n## Acceptance criteria\n\n", item.labels);
        for (number, (criterion, ticked, named)) in item.criteria.iter().enumerate() {
            let tick = if *ticked { "x" } else { " " };
            let id = if *named { format!(" ^ac-{number}") } else { String::new() };
            text += &format!("- [{tick}] {}{id}\n", CRITERIA[*criterion]);
        }
        text += ["", "\n## Notes\n\nOne\n", "\n## Notes\n\nTwo\n"][item.note];
        Some(SourceFile { path: format!("items/BL-{at}{slug}.md"), text: Ok(text) })
    };
    state.iter().enumerate().filter_map(file).collect()
}

/// What a document says.
#[derive(Clone, Debug, PartialEq)]
struct Said {
    path: String,
    fields: BTreeMap<String, Value>,
    criteria: Vec<(Option<String>, bool, String)>,
}

fn said(entry: &Entry, config: &Config) -> Said {
    let text = entry.document.text();
    let pairs = entry.document.pairs().iter();
    let fields = pairs.map(|it| (it.key(text).into_owned(), it.value().to_json(text)));
    let fields = fields.filter(|(_, value)| !value.is_null()).collect();
    let criteria = entry.criteria(config).list.into_iter();
    let criteria = criteria.map(|it| (it.id, it.checked == Some(true), it.text)).collect();
    Said { path: entry.path().to_owned(), fields, criteria }
}

fn all(backlog: &Backlog) -> BTreeMap<String, Said> {
    let documents = backlog.entries();
    documents.map(|it| (it.id().to_owned(), said(it, &backlog.config))).collect()
}

/// Follows the changes of one document.
fn follow(said: &mut Said, changes: &[Change]) {
    let before = said.criteria.clone();
    let mut is_left = vec![true; before.len()];
    let mut slots: BTreeMap<usize, (Option<String>, bool, String)> = BTreeMap::new();
    let criteria = || {
        changes.iter().filter_map(|change| match change {
            Change::Criterion(change) => Some(change),
            _ => None,
        })
    };
    for change in criteria() {
        match &change.act {
            Act::Removed => is_left[change.ordinal - 1] = false,
            Act::Added => {
                let criterion = (change.id.clone(), change.is_met, change.text.clone());
                slots.insert(change.ordinal, criterion);
            }
            Act::Moved { from } => {
                is_left[from - 1] = false;
                slots.insert(change.ordinal, before[from - 1].clone());
            }
            _ => {}
        }
    }
    let mut left = before.into_iter().zip(is_left).filter(|(_, left)| *left).map(|(it, _)| it);
    let mut list = Vec::new();
    while let Some(it) = slots.remove(&(list.len() + 1)).or_else(|| left.next()) {
        list.push(it);
    }
    for change in criteria() {
        match &change.act {
            Act::Reworded { .. } => list[change.ordinal - 1].2.clone_from(&change.text),
            Act::Ticked => list[change.ordinal - 1].1 = true,
            Act::Unticked => list[change.ordinal - 1].1 = false,
            Act::Named { .. } => list[change.ordinal - 1].0.clone_from(&change.id),
            _ => {}
        }
    }
    said.criteria = list;
    for change in changes {
        match change {
            Change::Set(FieldChange { field, to: Some(to), .. }) => {
                said.fields.insert(field.clone(), to.clone());
            }
            Change::Set(FieldChange { field, to: None, .. }) => {
                said.fields.remove(field);
            }
            Change::Renamed { to, .. } => said.path.clone_from(to),
            _ => {}
        }
    }
}

/// Takes out what moved, and puts it in again at its new places.
fn reorder(before: &[String], after: &[String], diff: &Diff) -> Vec<String> {
    let moves: BTreeMap<&str, &Move> = diff
        .documents
        .iter()
        .flat_map(|it| it.changes.iter().map(|change| (&*it.id, change)))
        .filter_map(|(id, change)| match change {
            Change::Moved(moved) => Some((id, moved)),
            _ => None,
        })
        .collect();
    let mut order: Vec<Option<String>> = vec![None; after.len()];
    for (id, moved) in &moves {
        order[moved.to - 1] = Some((*id).to_owned());
    }
    // What nobody moved, and has the place that it had among what is in both, is not told.
    let common = |order: &[String], other: &[String]| -> Vec<String> {
        order.iter().filter(|id| other.contains(id)).cloned().collect()
    };
    let kept = std::iter::zip(common(before, after), common(after, before));
    let kept: Vec<String> = kept.filter(|(was, is)| was == is).map(|(id, _)| id).collect();
    for (at, id) in after.iter().enumerate().filter(|(_, id)| kept.contains(id)) {
        order[at] = Some(id.clone());
    }
    // What came to the order is no move.
    for (at, id) in after.iter().enumerate().filter(|(_, id)| !before.contains(id)) {
        order[at] = Some(id.clone());
    }
    let stays =
        |id: &&String| after.contains(id) && !moves.contains_key(id.as_str()) && !kept.contains(id);
    let mut stayed = before.iter().filter(stays);
    order.into_iter().map(|id| id.or_else(|| stayed.next().cloned()).unwrap()).collect()
}

fn ids(order: &Order) -> Vec<String> {
    order.iter().map(|it| it.id().to_owned()).collect()
}

proptest! {
    #[test]
    fn who_follows_the_changes_arrives((before, after) in states()) {
        let (before, after) = (files(&before), files(&after));
        let (old, new) = (Backlog::parse(before.clone()), Backlog::parse(after.clone()));
        let diff = between(&before, &after);
        let mut documents = all(&old);
        for change in &diff.documents {
            match (&change.before, &change.after) {
                (None, Some(entry)) => {
                    prop_assert_eq!(&change.changes, &[Change::Added]);
                    documents.insert(change.id.clone(), said(entry, &new.config));
                }
                (Some(_), None) => {
                    prop_assert_eq!(&change.changes, &[Change::Removed]);
                    documents.remove(&change.id);
                }
                (Some(_), Some(_)) => {
                    let mut said = documents.remove(&change.id).unwrap();
                    follow(&mut said, &change.changes);
                    documents.insert(change.id.clone(), said);
                }
                (None, None) => prop_assert!(matches!(change.changes[..], [Change::Moved(_)])),
            }
        }
        prop_assert_eq!(documents, all(&new));
        let (from, to) = (ids(&Order::of(&old)), ids(&Order::of(&new)));
        prop_assert_eq!(reorder(&from, &to, &diff), to);
    }

    #[test]
    fn both_ways_tell_the_same((before, after) in states()) {
        let (before, after) = (files(&before), files(&after));
        let config = Config::default();
        let (old, new) = (Backlog::parse(before.clone()), Backlog::parse(after.clone()));
        let mut order = Order::of(&old);
        let forward = step(changed(&before, &after), &config, &mut order, Direction::Forward);
        prop_assert_eq!(ids(&order), ids(&Order::of(&new)));
        let backward = step(changed(&before, &after), &config, &mut order, Direction::Backward);
        prop_assert_eq!(ids(&order), ids(&Order::of(&old)));
        let changes = |diff: &Diff| -> Vec<(String, Vec<Change>)> {
            diff.documents.iter().map(|it| (it.id.clone(), it.changes.clone())).collect()
        };
        prop_assert_eq!(changes(&forward), changes(&backward));
        prop_assert_eq!(forward.n_open, backward.n_open);
    }

    #[test]
    fn a_state_does_not_differ_from_itself(state in state()) {
        let files = files(&state);
        let every = files.iter().map(|it| FileChange {
            path: it.path.clone(),
            before: Some(it.text.clone()),
            after: Some(it.text.clone()),
        });
        let config = Config::default();
        let mut order = Order::of(&Backlog::parse(files.clone()));
        let diff = step(every.collect(), &config, &mut order, Direction::Forward);
        prop_assert!(diff.documents.is_empty(), "{:?}", diff.documents);
    }
}
