//! `schema`: the fields of each kind as JSON Schema, for editors.

use serde_json::{Map, Value, json};

use super::Global;
use super::context::Context;
use super::error::{Failure, exit};
use super::workspace::Workspace;
use crate::domain::config::Config;
use crate::domain::entry;
use crate::domain::kind::{FieldType, KINDS, Kind};
use crate::domain::suggest;

/// Print the JSON Schema of a kind's front matter
///
/// Editors that know YAML schemas then complete and check fields as they are typed. The statuses,
/// types and declared fields of this backlog's settings are in it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog schema
  git backlog schema goal > goal.schema.json")]
pub(super) struct Args {
    /// item, goal, evidence, decision, experiment, metric, sprint, release or product
    #[arg(default_value = "item")]
    kind: String,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let Some(kind) = Kind::named(&args.kind) else {
        let kinds: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
        let failure = Failure::usage(format!("unknown kind '{}'", args.kind));
        return Err(failure.hint(suggest::did_you_mean(&args.kind, &kinds)).into());
    };
    let config = match Workspace::open(cx, global.dir.as_deref()) {
        Ok(workspace) if workspace.root.as_ref().is_some_and(|root| root.is_dir()) => {
            workspace.load(cx, None)?.config
        }
        _ => Config::default(),
    };
    serde_json::to_writer_pretty(&mut cx.out, &schema(kind, &config))?;
    writeln!(cx.out)?;
    Ok(exit::DONE)
}

use std::io::Write;

fn schema(kind: &'static Kind, config: &Config) -> Value {
    let mut properties = Map::new();
    for field in kind.fields {
        let mut property = property(field.value, &entry::words(kind, field.name, config));
        property["description"] = json!(field.summary);
        properties.insert(field.name.to_owned(), property);
    }
    for (name, field) in config.fields.iter().filter(|_| kind.is_ranked()) {
        let mut property = property(field.value, &entry::words(kind, name, config));
        property["description"] = json!(field.summary);
        properties.insert(name.to_owned(), property);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": kind.name,
        "description": kind.summary,
        "type": "object",
        "required": ["id", "title"],
        "properties": properties,
    })
}

fn property(value: FieldType, words: &[&str]) -> Value {
    if !words.is_empty() {
        return json!({ "enum": words });
    }
    match value {
        FieldType::Number => json!({ "type": "number" }),
        FieldType::Date => json!({ "type": "string", "format": "date" }),
        FieldType::List | FieldType::Links => json!({
            "anyOf": [
                { "type": "array", "items": { "type": ["string", "number"] } },
                { "type": "string" },
            ],
        }),
        FieldType::Rank => json!({ "type": "string", "pattern": "^[b-df-hj-mp-tv-xz]{4,64}$" }),
        FieldType::Text | FieldType::Link => json!({ "type": ["string", "number"] }),
        FieldType::Any => json!({}),
    }
}
