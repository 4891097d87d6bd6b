//! Fields with another value.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::domain::document::Document;

/// A field with its value before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldChange {
    /// The key of the field.
    pub field: String,
    /// The value before; `None` without one.
    pub from: Option<Value>,
    /// The value after; `None` without one.
    pub to: Option<Value>,
}

impl FieldChange {
    /// Whether the field holds a list before or after, so that the change is one of its elements.
    pub fn is_list(&self) -> bool {
        [&self.from, &self.to].into_iter().flatten().any(Value::is_array)
    }

    /// The elements that are new.
    pub fn added(&self) -> Vec<String> {
        without(elements(self.to.as_ref()), &elements(self.from.as_ref()))
    }

    /// The elements that are gone.
    pub fn removed(&self) -> Vec<String> {
        without(elements(self.from.as_ref()), &elements(self.to.as_ref()))
    }

    /// The numbers before and after, where both are.
    pub fn numbers(&self) -> Option<(f64, f64)> {
        let number = |value: &Option<Value>| value.as_ref().and_then(Value::as_f64);
        Some((number(&self.from)?, number(&self.to)?))
    }
}

/// A value as people read it: text without quotes, a list with commas.
pub fn shown(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(_)) => elements(value).join(", "),
        Some(Value::Object(pairs)) => {
            let pair = |(key, value)| format!("{key} {}", shown(Some(value)));
            pairs.iter().map(pair).collect::<Vec<_>>().join(", ")
        }
        Some(other) => other.to_string(),
    }
}

/// The elements of a list; a single value is a list of one.
fn elements(value: Option<&Value>) -> Vec<String> {
    match value {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(list)) => list.iter().map(|it| shown(Some(it))).collect(),
        single => vec![shown(single)],
    }
}

fn without(list: Vec<String>, other: &[String]) -> Vec<String> {
    let known: BTreeSet<&String> = other.iter().collect();
    list.into_iter().filter(|it| !known.contains(it)).collect()
}

/// The fields that differ, in the order of the new text, those that are gone last. A key without a
/// value says as much as no key.
pub(super) fn changes(before: &Document, after: &Document) -> Vec<FieldChange> {
    if before.front_text() == after.front_text() {
        return Vec::new();
    }
    let keys = |document: &Document| -> Vec<String> {
        document.pairs().iter().map(|pair| pair.key(document.text()).into_owned()).collect()
    };
    let mut fields = keys(after);
    let known: BTreeSet<String> = fields.iter().cloned().collect();
    fields.extend(keys(before).into_iter().filter(|field| !known.contains(field)));
    let value = |document: &Document, field: &str| {
        let value = document.get(field).map(|node| node.to_json(document.text()));
        value.filter(|value| !value.is_null())
    };
    let change = |field: String| {
        let (from, to) = (value(before, &field), value(after, &field));
        (from != to).then_some(FieldChange { field, from, to })
    };
    fields.into_iter().filter_map(change).collect()
}
