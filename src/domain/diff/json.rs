//! A change as JSON, and back: what programs get is also what the cache of the history holds.

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

/// The change that an object tells; `None` if it tells none.
pub fn read(object: &Map<String, Value>) -> Option<Change> {
    let text = |key: &str| Some(object.get(key)?.as_str()?.to_owned());
    let number = |key: &str| usize::try_from(object.get(key)?.as_u64()?).ok();
    let flag = |key: &str| object.get(key)?.as_bool();
    Some(match object.get("change")?.as_str()? {
        "added" => Change::Added,
        "removed" => Change::Removed,
        "layout" => Change::Layout,
        "renamed" => Change::Renamed { from: text("from")?, to: text("to")? },
        "unreadable" => Change::Unreadable { is_now: flag("now")?, reason: text("reason")? },
        "moved" => Change::Moved(Move {
            from: number("from")?,
            to: number("to")?,
            after: text("after"),
            before: text("before"),
            n_passed: number("n_passed")?,
            passed: texts(object.get("passed")?)?,
        }),
        "set" => {
            let value = |key: &str| object.get(key).filter(|value| !value.is_null()).cloned();
            let (from, to) = (value("from"), value("to"));
            Change::Set(FieldChange { field: text("field")?, from, to })
        }
        "criteria" => Change::Criterion(CriterionChange {
            act: act(object)?,
            ordinal: number("ordinal")?,
            id: text("criterion"),
            is_met: flag("met")?,
            text: text("text")?,
        }),
        "text" => Change::Text { added: number("added")?, removed: number("removed")? },
        _ => return None,
    })
}

fn act(object: &Map<String, Value>) -> Option<Act> {
    let was = object.get("was");
    let text = || was.and_then(Value::as_str).map(str::to_owned);
    Some(match object.get("act")?.as_str()? {
        "removed" => Act::Removed,
        "added" => Act::Added,
        "reworded" => Act::Reworded { from: text()? },
        "ticked" => Act::Ticked,
        "unticked" => Act::Unticked,
        "moved" => Act::Moved { from: usize::try_from(was?.as_u64()?).ok()? },
        "named" => Act::Named { from: text() },
        _ => return None,
    })
}

fn texts(list: &Value) -> Option<Vec<String>> {
    list.as_array()?.iter().map(|it| it.as_str().map(str::to_owned)).collect()
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
            assert_eq!(read(&of(&change)).as_ref(), Some(&change), "{change:?}");
        }
        assert_eq!(read(&Map::new()), None);
    }
}
