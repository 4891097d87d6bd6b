//! The proof of an edit: read again by two readers, it says what was wanted and nothing else.

use super::{Value, refusal};
use crate::domain::document::Document;
use crate::domain::problem::Problem;

/// `text`, if it is `document` with `key` changed to `value` and nothing else changed; without a
/// value, with `key` removed.
pub(super) fn changed(
    document: &Document,
    text: String,
    key: &str,
    value: Option<&Value>,
) -> Result<String, Problem> {
    let new = Document::parse(document.path(), text);
    if !new.is_readable() || !has_value(&new, key, value) || !same_elsewhere(document, &new, key) {
        return Err(refusal(document, &format!("changing {key} would change more than that")));
    }
    if !second_reader_agrees(document, &new, key, value) {
        return Err(refusal(document, &format!("two readers of YAML do not agree on {key}")));
    }
    Ok(new.text().to_owned())
}

/// `text`, if it is `document` without the element at one place of the list at `key`, and nothing
/// else changed.
pub(super) fn shortened(
    document: &Document,
    text: String,
    key: &str,
    at: usize,
) -> Result<String, Problem> {
    let new = Document::parse(document.path(), text);
    let json = |document: &Document| document.get(key).map(|node| node.to_json(document.text()));
    let mut wanted = json(document);
    let list = wanted.as_mut().and_then(serde_json::Value::as_array_mut);
    list.filter(|list| at < list.len()).map(|list| list.remove(at));
    if !new.is_readable() || json(&new) != wanted || !same_elsewhere(document, &new, key) {
        return Err(refusal(document, &format!("changing {key} would change more than that")));
    }
    let read =
        |document: &Document| serde_yaml::from_str::<serde_yaml::Value>(document.front_text()).ok();
    let mut wanted = read(document);
    let list = wanted.as_mut().and_then(|it| it.get_mut(key)?.as_sequence_mut());
    list.filter(|list| at < list.len()).map(|list| list.remove(at));
    match wanted == read(&new) {
        true => Ok(new.text().to_owned()),
        false => Err(refusal(document, &format!("two readers of YAML do not agree on {key}"))),
    }
}

/// Whether `key` has that value; without one, whether it is not there.
pub(super) fn has_value(new: &Document, key: &str, value: Option<&Value>) -> bool {
    match value {
        None => new.get(key).is_none(),
        Some(Value::Text(text) | Value::Literal(text)) => {
            new.text_of(key).is_some_and(|now| now == text.as_str())
        }
        Some(Value::List(elements)) => new.list_of(key).is_some_and(|now| now == *elements),
        Some(Value::Mapping(pairs)) => {
            let wanted =
                || pairs.iter().map(|(key, text)| ((*key).to_owned(), text.as_str().into()));
            let now = new.get(key).map(|node| node.to_json(new.text()));
            now == Some(serde_json::Value::Object(wanted().collect()))
        }
    }
}

/// Whether all other pairs are the same bytes in the same order, and the body is.
fn same_elsewhere(old: &Document, new: &Document, key: &str) -> bool {
    fn others<'a>(
        document: &'a Document,
        key: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        let text = document.text();
        let others = document.pairs().iter().filter(move |pair| !pair.has_key(text, key));
        others.map(move |pair| (pair.key_span().of(text), pair.value().span().of(text)))
    }
    others(old, key).eq(others(new, key)) && old.body() == new.body()
}

/// Whether serde_yaml reads the same. What it did not understand before the edit, it need not
/// understand now.
fn second_reader_agrees(old: &Document, new: &Document, key: &str, value: Option<&Value>) -> bool {
    let read =
        |document: &Document| serde_yaml::from_str::<serde_yaml::Value>(document.front_text()).ok();
    let Some(now) = read(new) else { return read(old).is_none() };
    let found = now.get(key);
    let text =
        |value: &serde_yaml::Value, text: &str| value.as_str().is_none_or(|found| found == text);
    match value {
        None => found.is_none(),
        Some(Value::Literal(literal)) => found.is_some_and(|found| text(found, literal)),
        Some(Value::Text(wanted)) => found.is_some_and(|found| found.as_str() == Some(wanted)),
        Some(Value::Mapping(wanted)) => {
            let found = found.and_then(serde_yaml::Value::as_mapping);
            found.is_some_and(|found| {
                let is_there = |(key, wanted): &(&str, String)| {
                    found.get(*key).is_some_and(|value| text(value, wanted))
                };
                found.len() == wanted.len() && wanted.iter().all(is_there)
            })
        }
        Some(Value::List(wanted)) => {
            let found = found.and_then(serde_yaml::Value::as_sequence);
            found.is_some_and(|found| {
                found.len() == wanted.len() && found.iter().zip(wanted).all(|(a, b)| text(a, b))
            })
        }
    }
}
