//! The other recipes, acted out.

use std::fs;

use serde_json::Value;

use super::{change, pull_request, script, without_criteria};
use crate::support::{PROGRAM, Repo, Run};

fn recipe(name: &str) -> String {
    fs::read_to_string(format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn yaml(name: &str) -> Value {
    serde_yaml::from_str(&recipe(name)).unwrap()
}

/// Runs the job as GitLab does: all lines in one shell that ends with the first that fails.
fn gitlab(repo: &Repo) -> Run {
    let job = &yaml("docs/ci/gitlab.yml")["backlog"];
    assert_eq!(job["variables"]["GIT_DEPTH"], "0");
    let lines = |key: &str| job[key].as_array().unwrap().iter().map(|it| it.as_str().unwrap());
    let text = lines("before_script").chain(lines("script")).collect::<Vec<_>>().join("\n");
    let base = repo.git(&["merge-base", "origin/main", "HEAD"]);
    let home = repo.beside("cargo-home");
    let variables = [
        ("CI_MERGE_REQUEST_DIFF_BASE_SHA", base.as_str()),
        ("CARGO_HOME", home.to_str().unwrap()),
        ("GIT_BACKLOG_VERSION", "0.1.0"),
    ];
    script(repo, &["bash", "-eo", "pipefail"], &text, &variables)
}

fn report(repo: &Repo) -> Vec<Value> {
    serde_json::from_str(&repo.read("gl-code-quality-report.json")).unwrap()
}

#[test]
fn gitlab_gets_a_code_quality_report() {
    let repo = pull_request();
    change(&repo, "README.md", "words\n");
    let run = gitlab(&repo);
    assert_eq!((run.code, report(&repo).len()), (Some(0), 0), "{run}");
    let path = ".backlog/items/BL-9qqrt-invoice.md";
    change(&repo, path, without_criteria("Invoice"));
    let run = gitlab(&repo);
    assert_eq!(run.code, Some(1), "{run}");
    let report = report(&repo);
    let found = report.iter().find(|it| it["check_name"].to_string().contains("AC001")).unwrap();
    assert_eq!(found["location"]["path"], path);
    assert_eq!(found["location"]["lines"]["begin"], 10);
    let artifact = &yaml("docs/ci/gitlab.yml")["backlog"]["artifacts"]["reports"]["codequality"];
    assert_eq!(artifact, "gl-code-quality-report.json");
}

#[test]
fn the_script_compares_with_the_base_that_it_is_given() {
    let repo = pull_request();
    change(&repo, ".backlog/items/BL-9qqrt-invoice.md", without_criteria("Invoice"));
    let check = |base: &[(&str, &str)]| script(&repo, &["sh"], &recipe("docs/ci/check.sh"), base);
    let run = check(&[]);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.out.contains("AC001"), "{run}");
    assert_eq!(check(&[("BACKLOG_BASE", "HEAD")]).code, Some(0));
    let run = check(&[("BACKLOG_BASE", "nowhere")]);
    assert!(run.code.is_some_and(|code| code > 1), "{run}");
}

#[test]
fn the_hooks_of_pre_commit_call_the_program() {
    let repo = pull_request();
    repo.write(".backlog/items/BL-9qqrt-invoice.md", without_criteria("Invoice"));
    let hooks = yaml(".pre-commit-hooks.yaml");
    let local = yaml("docs/ci/pre-commit.yml");
    let local = local["repos"][0]["hooks"].as_array().unwrap();
    let hooks = hooks.as_array().unwrap().iter().chain(local);
    for hook in hooks.clone() {
        let entry = hook["entry"].as_str().unwrap();
        let run = script(&repo, &["sh"], entry, &[]);
        assert_eq!(run.code, Some(1), "{entry}: {run}");
        assert!(run.out.contains("AC001"), "{entry}: {run}");
        assert_eq!(hook["pass_filenames"], false, "{entry}");
        assert_eq!(hook["files"], r"^\.backlog/");
        let name = std::path::Path::new(PROGRAM).file_name().unwrap().to_str().unwrap();
        assert_eq!(entry.split(' ').next(), Some(name));
    }
    assert_eq!(hooks.count(), 3);
}
