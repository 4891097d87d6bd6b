//! A document in the making: fields in the order of its kind, then a body.

use blake2::Blake2b;
use blake2::digest::Digest;
use blake2::digest::consts::U8;

use crate::domain::assign;
use crate::domain::document::Document;
use crate::domain::edit::{self, Value};
use crate::domain::id;
use crate::domain::kind::Kind;
use crate::domain::problem::Problem;
use crate::domain::source::FileEdit;

/// A new document.
pub(super) struct Draft {
    pub kind: &'static Kind,
    pub id: String,
    pub title: String,
    pub fields: Vec<(&'static str, Value)>,
    pub body: String,
}

impl Draft {
    /// The file that it becomes.
    pub(super) fn into_file(self) -> Result<FileEdit, Problem> {
        let path =
            format!("{}/{}", self.kind.folder, id::file_name(&self.id, &id::slug(&self.title)));
        let gap = if self.body.is_empty() { "" } else { "\n" };
        let mut document = Document::parse(&*path, format!("---\n---\n{gap}{}", self.body));
        let head = [("id", Value::Text(self.id)), ("title", Value::Text(self.title))];
        for (field, value) in head.into_iter().chain(self.fields) {
            let text = edit::set(&document, field, &value, &assign::order(self.kind))?;
            document = Document::parse(&*path, text);
        }
        Ok(FileEdit { path, before: None, after: Some(document.text().to_owned()) })
    }
}

/// An id for a foreign one. It follows from the foreign id alone, so that two people who import
/// the same backlog give its items the same ids.
pub(super) fn id_for(
    prefix: &str,
    length: usize,
    foreign: &str,
    taken: impl Fn(&str) -> bool,
) -> Option<String> {
    let mut number = 0_u32;
    let random = || {
        let hash = Blake2b::<U8>::digest(format!("{foreign}|{number}"));
        number += 1;
        u32::from_le_bytes([hash[0], hash[1], hash[2], hash[3]])
    };
    id::draw(prefix, length, random, taken)
}
