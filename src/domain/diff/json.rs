//! A change as JSON, and back: what programs get is also what the cache of the history holds.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Act, Change, CriterionChange, FieldChange, Move};

/// The members of a change: `change` is its word, the others depend on it.
pub fn of(change: &Change) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert("change".to_owned(), change.word().into());
    match members(change) {
        Value::Object(members) => object.extend(members),
        _ => unreachable!("members are an object"),
    }
    object
}

fn members(change: &Change) -> Value {
    match change {
        Change::Added | Change::Removed | Change::Layout => json!({}),
        Change::Renamed { from, to } => json!({ "from": from, "to": to }),
        Change::Unreadable { is_now, reason } => json!({ "now": is_now, "reason": reason }),
        Change::Moved(it) => json!({
            "from": it.from,
            "to": it.to,
            "after": it.after,
            "before": it.before,
            "n_passed": it.n_passed,
            "passed": it.passed,
        }),
        Change::Set(it) if it.is_list() => json!({
            "field": it.field,
            "from": it.from,
            "to": it.to,
            "added": it.added(),
            "removed": it.removed(),
        }),
        Change::Set(it) => json!({ "field": it.field, "from": it.from, "to": it.to }),
        Change::Criterion(it) => criterion(it),
        Change::Text { added, removed } => json!({ "added": added, "removed": removed }),
    }
}

fn criterion(it: &CriterionChange) -> Value {
    let mut object = json!({
        "act": it.act.word(),
        "ordinal": it.ordinal,
        "criterion": it.id,
        "met": it.is_met,
        "text": it.text,
    });
    match &it.act {
        Act::Reworded { from } => object["was"] = json!(from),
        Act::Moved { from } => object["was"] = json!(from),
        Act::Named { from } => object["was"] = json!(from),
        Act::Removed | Act::Added | Act::Ticked | Act::Unticked => {}
    }
    object
}

/// A change as an object tells it: the members of all sorts of change, of which each has some. A
/// history is read by the thousand, and values of their own for all members would take most of that time.
#[derive(Debug, Deserialize)]
pub struct Members<'a> {
    #[serde(borrow)]
    change: Cow<'a, str>,
    field: Option<String>,
    from: Option<Value>,
    to: Option<Value>,
    now: Option<bool>,
    reason: Option<String>,
    after: Option<String>,
    before: Option<String>,
    n_passed: Option<usize>,
    passed: Option<Vec<String>>,
    #[serde(borrow)]
    act: Option<Cow<'a, str>>,
    ordinal: Option<usize>,
    criterion: Option<String>,
    met: Option<bool>,
    text: Option<String>,
    was: Option<Value>,
    added: Option<Value>,
    removed: Option<Value>,
}

/// The change that a text of JSON tells; `None` if it tells none.
pub fn read(text: &str) -> Option<Change> {
    serde_json::from_str::<Members<'_>>(text).ok()?.read()
}

impl Members<'_> {
    /// The change that they tell; `None` if they tell none.
    pub fn read(self) -> Option<Change> {
        Some(match &*self.change {
            "added" => Change::Added,
            "removed" => Change::Removed,
            "layout" => Change::Layout,
            "renamed" => Change::Renamed { from: text(self.from)?, to: text(self.to)? },
            "unreadable" => Change::Unreadable { is_now: self.now?, reason: self.reason? },
            "moved" => Change::Moved(Move {
                from: number(self.from.as_ref())?,
                to: number(self.to.as_ref())?,
                after: self.after,
                before: self.before,
                n_passed: self.n_passed?,
                passed: self.passed?,
            }),
            "set" => Change::Set(FieldChange { field: self.field?, from: self.from, to: self.to }),
            "criteria" => Change::Criterion(CriterionChange {
                act: act(&self.act?, self.was)?,
                ordinal: self.ordinal?,
                id: self.criterion,
                is_met: self.met?,
                text: self.text?,
            }),
            "text" => Change::Text {
                added: number(self.added.as_ref())?,
                removed: number(self.removed.as_ref())?,
            },
            _ => return None,
        })
    }
}

fn act(word: &str, was: Option<Value>) -> Option<Act> {
    Some(match word {
        "removed" => Act::Removed,
        "added" => Act::Added,
        "reworded" => Act::Reworded { from: text(was)? },
        "ticked" => Act::Ticked,
        "unticked" => Act::Unticked,
        "moved" => Act::Moved { from: number(was.as_ref())? },
        "named" => Act::Named { from: text(was) },
        _ => return None,
    })
}

fn text(value: Option<Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text),
        _ => None,
    }
}

fn number(value: Option<&Value>) -> Option<usize> {
    usize::try_from(value?.as_u64()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_can_be_read_back() {
        let criterion = |act| {
            let (id, text) = (Some("ac-k3".to_owned()), "A \"b\"".to_owned());
            Change::Criterion(CriterionChange { act, ordinal: 2, id, is_met: true, text })
        };
        let set = |from: Value, to: Value| {
            let value = |value: Value| Some(value).filter(|it| !it.is_null());
            Change::Set(FieldChange { field: "x".to_owned(), from: value(from), to: value(to) })
        };
        let changes = [
            Change::Added,
            Change::Removed,
            Change::Layout,
            Change::Renamed { from: "a".to_owned(), to: "b".to_owned() },
            Change::Unreadable { is_now: false, reason: "1:1: no".to_owned() },
            Change::Moved(Move::default()),
            Change::Moved(Move {
                from: 7,
                to: 3,
                after: Some("BL-a".to_owned()),
                before: None,
                n_passed: 9,
                passed: vec!["BL-b".to_owned()],
            }),
            set(json!(null), json!(8)),
            set(json!("ready"), json!("done")),
            set(json!(["a"]), json!([])),
            set(json!({"low": 1.5}), json!(null)),
            criterion(Act::Removed),
            criterion(Act::Added),
            criterion(Act::Reworded { from: "c".to_owned() }),
            criterion(Act::Ticked),
            criterion(Act::Unticked),
            criterion(Act::Moved { from: 4 }),
            criterion(Act::Named { from: None }),
            Change::Text { added: 1, removed: 2 },
        ];
        for change in changes {
            let text = Value::Object(of(&change)).to_string();
            assert_eq!(read(&text).as_ref(), Some(&change), "{text}");
        }
        assert_eq!(read("{}"), None);
        assert_eq!(read("{\"change\":\"moved\"}"), None);
    }
}
