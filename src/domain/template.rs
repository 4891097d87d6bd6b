//! What a new document starts from: the project's template, or the one that ships with the
//! program.
//!
//! A template is a document like any other. `new` sets its fields by the same edits as `set`, so
//! that the order, the comments and the sections of the template stay.

use include_dir::{Dir, include_dir};

use super::assign;
use super::date::Date;
use super::document::Document;
use super::edit::{self, Value};
use super::kind::Kind;
use super::problem::Problem;

/// The example backlog, which is also where the templates come from.
pub static EXAMPLE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/.backlog-example");

/// The path of a template below the backlog's folder: one for each type of item and each kind of
/// record.
pub fn path(name: &str) -> String {
    format!("templates/{name}.md")
}

/// The template that ships with the program; for a type that only the project knows, that of a
/// task.
pub fn shipped(name: &str) -> &'static str {
    let text = |name: &str| EXAMPLE.get_file(path(name)).and_then(|file| file.contents_utf8());
    text(name).or_else(|| text("task")).unwrap_or("---\n---\n")
}

/// The fields that `new` always sets.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// The id.
    pub id: &'a str,
    /// The title.
    pub title: &'a str,
    /// The type, for items.
    pub item_type: Option<&'a str>,
    /// The status, unless the template has one.
    pub status: Option<&'a str>,
    /// The day.
    pub created: Date,
    /// The rank key, for items.
    pub rank: Option<&'a str>,
}

/// A new document from a template. Optional fields that the template leaves empty are left out.
pub fn fill(template: &str, path: &str, kind: &Kind, head: &Head<'_>) -> Result<Document, Problem> {
    let order = assign::order(kind);
    let mut document = Document::parse(path, template);
    let created = head.created.to_string();
    let status =
        head.status.filter(|_| document.text_of("status").is_none_or(|text| text.is_empty()));
    let fields = [
        ("id", Some(Value::Text(head.id.to_owned()))),
        ("title", Some(Value::Text(head.title.to_owned()))),
        ("type", head.item_type.map(|word| Value::Text(word.to_owned()))),
        ("status", status.map(|word| Value::Text(word.to_owned()))),
        ("created", Some(Value::Literal(created))),
        ("rank", head.rank.map(|key| Value::Literal(key.to_owned()))),
    ];
    for (field, value) in fields {
        let Some(value) = value else { continue };
        document = Document::parse(path, edit::set(&document, field, &value, &order)?);
    }
    Ok(document)
}

/// A document without the keys that have no value, as a template has them to show what there is.
pub fn without_empty(document: Document) -> Result<Document, Problem> {
    let text = document.text();
    let empty = document.pairs().iter().filter(|pair| pair.value().is_empty(text));
    let empty: Vec<String> = empty.map(|pair| pair.key(text).into_owned()).collect();
    let path = document.path().to_owned();
    empty.iter().try_fold(document, |document, key| {
        Ok(Document::parse(path.as_str(), edit::remove(&document, key)?))
    })
}
