//! Views as JSON for programs.

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::{Style, View, put, safe};

/// The number of the shape of what is printed; it rises when a program that reads it would break.
const SCHEMA: u64 = 1;

/// The object of a view, to be read by people too.
pub(super) fn object(view: &dyn View) -> String {
    line(format!("{:#}", with_schema(view.json())))
}

/// One object a line: the rows of the view, or the whole of one that has none.
pub(super) fn lines(view: &dyn View) -> String {
    let object = view.json();
    match view.rows_key().and_then(|key| object.get(key)) {
        Some(Value::Array(rows)) => rows.iter().map(|row| line(row.to_string())).collect(),
        _ => line(with_schema(object).to_string()),
    }
}

fn with_schema(object: Value) -> Value {
    let mut with_schema = Map::new();
    with_schema.insert("schema".to_owned(), SCHEMA.into());
    match object {
        Value::Object(object) => with_schema.extend(object),
        other => drop(with_schema.insert("value".to_owned(), other)),
    }
    Value::Object(with_schema)
}

/// Rows that are printed while they come: one a line, or as the array of one object.
#[derive(Debug)]
pub struct JsonRows {
    /// The key of the array; `None` for one row a line.
    key: Option<&'static str>,
    n_rows: usize,
}

impl JsonRows {
    /// The array under a key of one object.
    pub fn array(key: &'static str) -> Self {
        Self { key: Some(key), n_rows: 0 }
    }

    /// One row a line.
    pub fn lines() -> Self {
        Self { key: None, n_rows: 0 }
    }

    /// Writes a row, which [`line_of`] has made.
    pub fn row(&mut self, line: &str, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        match (self.key, self.n_rows) {
            (None, _) => {}
            (Some(_), 0) => self.begin(out)?,
            (Some(_), _) => out.write_all(b",\n")?,
        }
        self.n_rows += 1;
        put(line, style, out)?;
        if self.key.is_none() {
            out.write_all(b"\n")?;
        }
        Ok(())
    }

    /// Writes what comes after the last row.
    pub fn end(self, out: &mut dyn Write) -> io::Result<()> {
        match (self.key, self.n_rows) {
            (None, _) => Ok(()),
            (Some(_), 0) => {
                self.begin(out)?;
                out.write_all(b"]}\n")
            }
            (Some(_), _) => out.write_all(b"\n]}\n"),
        }
    }

    fn begin(&self, out: &mut dyn Write) -> io::Result<()> {
        let key = self.key.unwrap_or_default();
        writeln!(out, "{{\"schema\": {SCHEMA}, \"{key}\": [")
    }
}

/// A value on one line, safe for where it goes.
pub fn line_of(value: &Value) -> String {
    let mut line = line(value.to_string());
    line.pop();
    line
}

fn line(json: String) -> String {
    safe::json(&json).into_owned() + "\n"
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::render::block::Block;

    struct Items(Value, Option<&'static str>);

    impl View for Items {
        fn blocks(&self) -> Vec<Block<'_>> {
            Vec::new()
        }

        fn json(&self) -> Value {
            self.0.clone()
        }

        fn rows_key(&self) -> Option<&'static str> {
            self.1
        }
    }

    #[test]
    fn puts_the_schema_first() {
        let view = Items(json!({ "items": [{ "id": "BL-1" }], "a": 1 }), Some("items"));
        insta::assert_snapshot!(object(&view), @r#"
        {
          "schema": 1,
          "items": [
            {
              "id": "BL-1"
            }
          ],
          "a": 1
        }
        "#);
    }

    #[test]
    fn writes_one_row_a_line() {
        let items = json!({ "items": [{ "id": "BL-1" }, { "id": "BL-2" }] });
        assert_eq!(lines(&Items(items, Some("items"))), "{\"id\":\"BL-1\"}\n{\"id\":\"BL-2\"}\n");
        assert_eq!(lines(&Items(json!({ "items": [] }), Some("items"))), "");
        assert_eq!(
            lines(&Items(json!({ "code": "AC001" }), None)),
            "{\"schema\":1,\"code\":\"AC001\"}\n"
        );
    }

    #[test]
    fn shows_what_is_hidden_and_keeps_the_value() {
        let title = "a\u{202e}b\u{7f}\u{85}\u{e0041}\u{1b}[2J ##[x] é 👩\u{200d}💻";
        let text = object(&Items(json!({ "title": title }), None));
        assert!(
            text.contains(r"a\u202eb\u007f\u0085\udb40\udc41\u001b[2J \u0023#[x] é 👩"),
            "{text}"
        );
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["title"], title);
    }
}
