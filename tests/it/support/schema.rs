//! JSON against a JSON schema, as far as the schema of SARIF goes. A keyword that is not known here
//! fails the test instead of passing unseen.

use std::collections::HashSet;

use serde_json::{Map, Value};

/// What is wrong with a value, each with its place.
pub(crate) fn problems(value: &Value, schema: &Value) -> Vec<String> {
    let mut judge = Judge { root: schema, problems: Vec::new() };
    judge.value(value, schema, "$");
    judge.problems
}

struct Judge<'a> {
    root: &'a Value,
    problems: Vec<String>,
}

impl<'a> Judge<'a> {
    fn value(&mut self, value: &Value, schema: &'a Value, at: &str) {
        let schema = schema.as_object().expect("a schema is an object");
        for (keyword, wanted) in schema {
            if let Some(problem) = self.keyword(value, schema, keyword, wanted, at) {
                self.problems.push(format!("{at}: {problem}"));
            }
        }
    }

    fn keyword(
        &mut self,
        value: &Value,
        schema: &'a Map<String, Value>,
        keyword: &str,
        wanted: &'a Value,
        at: &str,
    ) -> Option<String> {
        let (list, object) = (value.as_array(), value.as_object());
        let number = || wanted.as_f64().unwrap();
        let is_wrong = match keyword {
            "$schema" | "$id" | "title" | "description" | "default" | "definitions" => false,
            // Whether a text is a URI is said by a check of its own.
            "format" => false,
            "$ref" => {
                let name = wanted.as_str().unwrap().strip_prefix("#/definitions/").unwrap();
                self.value(value, &self.root["definitions"][name], at);
                false
            }
            "type" => !is_of(value, wanted.as_str().unwrap()),
            "enum" => !wanted.as_array().unwrap().contains(value),
            "minimum" => value.as_f64().is_some_and(|it| it < number()),
            "maximum" => value.as_f64().is_some_and(|it| it > number()),
            "minItems" => list.is_some_and(|it| (it.len() as f64) < number()),
            "uniqueItems" => {
                let texts: Vec<String> = list.into_iter().flatten().map(Value::to_string).collect();
                texts.iter().collect::<HashSet<_>>().len() < texts.len()
            }
            "items" => {
                for (index, item) in list.into_iter().flatten().enumerate() {
                    self.value(item, wanted, &format!("{at}[{index}]"));
                }
                false
            }
            "required" => {
                let names = wanted.as_array().unwrap().iter().map(|name| name.as_str().unwrap());
                object.is_some_and(|object| names.into_iter().any(|it| !object.contains_key(it)))
            }
            "properties" => {
                for (name, value) in object.into_iter().flatten() {
                    if let Some(schema) = wanted.get(name) {
                        self.value(value, schema, &format!("{at}.{name}"));
                    }
                }
                false
            }
            "additionalProperties" => self.additional(object, schema, wanted, at),
            "anyOf" => self.matches(value, wanted) == 0,
            "oneOf" => self.matches(value, wanted) != 1,
            other => panic!("the schema has the keyword {other} at {at}"),
        };
        is_wrong.then(|| format!("not as {keyword} {wanted} says"))
    }

    fn additional(
        &mut self,
        object: Option<&Map<String, Value>>,
        schema: &Map<String, Value>,
        wanted: &'a Value,
        at: &str,
    ) -> bool {
        let known = |name: &str| schema.get("properties").is_some_and(|it| it.get(name).is_some());
        let others = object.into_iter().flatten().filter(|(name, _)| !known(name));
        match wanted {
            Value::Bool(is_allowed) => !is_allowed && others.count() > 0,
            schema => {
                others.for_each(|(name, value)| self.value(value, schema, &format!("{at}.{name}")));
                false
            }
        }
    }

    fn matches(&self, value: &Value, schemas: &'a Value) -> usize {
        let matches = |schema: &&'a Value| {
            let mut judge = Judge { root: self.root, problems: Vec::new() };
            judge.value(value, schema, "$");
            judge.problems.is_empty()
        };
        schemas.as_array().unwrap().iter().filter(matches).count()
    }
}

fn is_of(value: &Value, name: &str) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        other => panic!("the schema has the type {other}"),
    }
}
