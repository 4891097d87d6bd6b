//! `schema`.

use insta::assert_snapshot;

use super::shop;
use crate::support::Repo;

#[test]
fn describes_every_kind() {
    let repo = shop();
    for kind in [
        "item",
        "goal",
        "evidence",
        "decision",
        "experiment",
        "metric",
        "sprint",
        "release",
        "product",
    ] {
        let schema = repo.run(&["schema", kind]).json();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{kind}");
        assert_eq!(schema["title"], kind);
        for (name, property) in schema["properties"].as_object().unwrap() {
            assert!(
                property["description"].as_str().is_some_and(|text| !text.is_empty()),
                "{kind} {name}"
            );
        }
    }
    assert_eq!(repo.run(&["schema"]).out, repo.run(&["schema", "item"]).out);
}

#[test]
fn has_the_words_and_fields_of_the_settings() {
    let repo = shop();
    let settings = "statuses:\n  open: {category: todo}\n  shut: {category: done}\nfields:\n  audience: {type: text, values: [farm, host]}\n";
    repo.write(".backlog/config.yml", settings);
    let schema = repo.run(&["schema"]).json();
    assert_eq!(schema["properties"]["status"]["enum"], serde_json::json!(["open", "shut"]));
    assert_eq!(schema["properties"]["audience"]["enum"], serde_json::json!(["farm", "host"]));
}

#[test]
fn needs_no_backlog_and_names_what_it_does_not_know() {
    let repo = Repo::without_repository();
    assert_eq!(
        repo.run(&["schema", "goal"]).json()["required"],
        serde_json::json!(["id", "title"])
    );
    assert_snapshot!(repo.session("git backlog schema gaol"), @r"
    $ git backlog schema gaol
    ! error: unknown kind 'gaol'
    ! hint: did you mean 'goal'?
    = 2
    ");
}

#[test]
fn the_documents_of_the_example_fit() {
    let repo = Repo::without_repository();
    let python = repo.output(repo.command("python3").args(["-c", "import jsonschema, yaml"]));
    if python.code != Some(0) {
        crate::support::skip("python3 has no jsonschema and yaml");
        return;
    }
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/.backlog-example");
    let script = "
import glob, json, subprocess, sys, jsonschema, yaml
class Plain(yaml.SafeLoader): pass
Plain.yaml_implicit_resolvers = {k: [r for r in v if 'timestamp' not in r[0]] for k, v in Plain.yaml_implicit_resolvers.items()}
for kind, folder in [('item', 'items'), ('goal', 'goals'), ('evidence', 'evidence'), ('decision', 'decisions'), ('sprint', 'sprints')]:
    schema = json.loads(subprocess.run([sys.argv[1], '--dir', sys.argv[2], 'schema', kind], capture_output=True).stdout)
    judge = jsonschema.Draft202012Validator(schema)
    judge.check_schema(schema)
    for path in glob.glob(f'{sys.argv[2]}/{folder}/*.md'):
        front = yaml.load(open(path).read().split('---')[1], Plain)
        for error in judge.iter_errors(front):
            print(path, error.message)
";
    let run =
        repo.output(repo.command("python3").args(["-c", script, crate::support::PROGRAM, example]));
    assert_eq!(run.to_string(), "");
}
