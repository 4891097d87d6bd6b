//! The workflow for GitHub, acted out.

use std::fs;

use serde_json::Value;

use super::{assert_pinned, change, pull_request, script, without_criteria};
use crate::support::Repo;

/// Where the workflow is.
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/ci/github.yml");

/// The shell of `shell: bash`.
const BASH: &[&str] = &["bash", "--noprofile", "--norc", "-eo", "pipefail"];

/// What a run of the job `check` left behind.
struct Job {
    /// The step that failed, and its exit code.
    failed: Option<(String, i32)>,
    /// What all steps printed.
    log: String,
    summary: String,
    sarif: Option<Value>,
}

impl Job {
    /// The lines of the log that the runner takes for commands.
    fn commands(&self) -> Vec<&str> {
        // The runner looks for `##[` anywhere in a line, and for `::` at its beginning.
        let is_command = |line: &&str| line.trim_start().starts_with("::") || line.contains("##[");
        self.log.lines().filter(is_command).collect()
    }

    fn codes(&self) -> Vec<&str> {
        let results = self.sarif.as_ref().unwrap()["runs"][0]["results"].as_array().unwrap();
        results.iter().map(|result| result["ruleId"].as_str().unwrap()).collect()
    }
}

fn workflow() -> (String, Value) {
    let text = fs::read_to_string(FILE).unwrap();
    let value = serde_yaml::from_str(&text).unwrap();
    (text, value)
}

/// The steps of all jobs.
fn steps(workflow: &Value) -> Vec<&Value> {
    let jobs = workflow["jobs"].as_object().unwrap().values();
    jobs.flat_map(|job| job["steps"].as_array().unwrap()).collect()
}

/// Runs the scripts of the job `check`, as the runner does: each in a shell of its own, until one
/// fails.
fn run(repo: &Repo, base: &str) -> Job {
    let summary = repo.beside("summary.md");
    fs::write(&summary, "").unwrap();
    let (_, workflow) = workflow();
    let version = workflow["env"]["GIT_BACKLOG_VERSION"].as_str().unwrap();
    let variables = [
        ("GITHUB_BASE_REF", base),
        ("GITHUB_STEP_SUMMARY", summary.to_str().unwrap()),
        ("GITHUB_ACTIONS", "true"),
        ("CI", "true"),
        ("GIT_BACKLOG_VERSION", version),
    ];
    let (mut failed, mut log) = (None, String::new());
    for step in workflow["jobs"]["check"]["steps"].as_array().unwrap() {
        let Some(text) = step["run"].as_str() else { continue };
        let run = script(repo, BASH, text, &variables);
        log += &run.out;
        log += &run.err;
        if run.code != Some(0) {
            let name = step["name"].as_str().unwrap().to_owned();
            failed = Some((name, run.code.unwrap()));
            break;
        }
    }
    let sarif = fs::read_to_string(repo.path("backlog.sarif")).ok();
    let sarif = sarif.and_then(|text| serde_json::from_str(&text).ok());
    Job { failed, log, summary: fs::read_to_string(summary).unwrap(), sarif }
}

#[test]
fn a_pull_request_in_good_order_is_green() {
    let repo = pull_request();
    change(&repo, "README.md", "words\n");
    let job = run(&repo, "main");
    assert_eq!(job.failed, None, "{}", job.log);
    assert_eq!(job.commands(), [""; 0]);
    assert_eq!(job.codes(), [""; 0]);
    assert!(!job.summary.trim().is_empty());
    assert!(job.log.contains("cargo install --locked git-backlog --version 0.1.0"), "{}", job.log);
}

#[test]
fn a_story_without_criteria_turns_it_red_at_its_line() {
    let repo = pull_request();
    let path = ".backlog/items/BL-9qqrt-invoice.md";
    change(&repo, path, without_criteria("Invoice"));
    let job = run(&repo, "main");
    assert_eq!(job.failed, Some(("Check the pull request".to_owned(), 1)), "{}", job.log);
    let commands = job.commands();
    let wanted = format!("::error file={path},line=10,");
    assert!(commands.iter().any(|line| line.starts_with(&wanted)), "{commands:?}");
    assert!(commands.iter().any(|line| line.contains("AC001")), "{commands:?}");
    assert!(job.summary.contains("AC001") && job.summary.contains("BL-9qqrt"), "{}", job.summary);
    assert!(job.codes().contains(&"AC001"));
}

#[test]
fn what_the_main_branch_has_already_is_for_code_scanning_alone() {
    let repo = pull_request();
    change(&repo, ".backlog/items/BL-9qqrt-invoice.md", without_criteria("Invoice"));
    repo.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    change(&repo, "README.md", "words\n");
    let job = run(&repo, "main");
    assert_eq!(job.failed, None, "{}", job.log);
    assert_eq!(job.commands(), [""; 0]);
    assert!(job.codes().contains(&"AC001"));
    // A push to the main branch compares with nothing.
    let job = run(&repo, "");
    assert_eq!(job.failed, None, "{}", job.log);
    assert!(job.codes().contains(&"AC001") && job.summary.contains("AC001"), "{}", job.summary);
}

#[test]
fn a_file_that_cannot_be_read_turns_it_red() {
    let repo = pull_request();
    let path = ".backlog/items/BL-9qqrt-invoice.md";
    change(&repo, path, "---\nid: BL-9qqrt\ntitle: [\n---\n");
    let job = run(&repo, "main");
    assert_eq!(job.failed, Some(("Check the pull request".to_owned(), 1)), "{}", job.log);
    let commands = job.commands();
    let wanted = format!("::error file={path},line=");
    assert!(commands.iter().any(|line| line.starts_with(&wanted)), "{commands:?}");
}

#[test]
fn a_clone_without_history_fails_and_says_what_to_set() {
    let repo = pull_request();
    change(&repo, "README.md", "words\n");
    let from = format!("file://{}", repo.path("").display());
    let to = repo.beside("shallow");
    repo.git(&[
        "clone",
        "--quiet",
        "--depth",
        "1",
        "--branch",
        "topic",
        &from,
        to.to_str().unwrap(),
    ]);
    let repo = repo.at("shallow");
    let job = run(&repo, "main");
    assert_eq!(job.failed, Some(("Write the job summary".to_owned(), 3)), "{}", job.log);
    assert!(job.log.contains("fetch-depth: 0"), "{}", job.log);
}

#[test]
fn titles_give_no_commands_to_the_runner() {
    let repo = pull_request();
    let title = "'::error::gone %0A ::set-output name=a::b ##[command]rm'";
    change(&repo, ".backlog/items/BL-9qqrt-invoice.md", without_criteria(title));
    change(
        &repo,
        ".backlog/items/BL-8pptr-x.md",
        "---\nid: BL-8pptr\ntitle: '::add-mask::x'\ntype: '##[group]y'\n---\n",
    );
    let job = run(&repo, "main");
    assert_eq!(job.failed, Some(("Check the pull request".to_owned(), 1)), "{}", job.log);
    for command in job.commands() {
        let is_ours = ["::error file=", "::warning file=", "::notice file="]
            .iter()
            .any(|begin| command.starts_with(begin));
        assert!(is_ours && !command.contains("##["), "{command}");
    }
    assert!(!job.summary.contains("##["), "{}", job.summary);
}

#[test]
fn actions_are_pinned_and_rights_are_few() {
    let (text, workflow) = workflow();
    assert_pinned(&text);
    assert_eq!(workflow["permissions"], serde_json::json!({ "contents": "read" }));
    assert_eq!(workflow["jobs"]["check"]["permissions"], Value::Null);
    let rights = &workflow["jobs"]["code-scanning"]["permissions"];
    assert_eq!(*rights, serde_json::json!({ "security-events": "write" }));
    let scripts: Vec<&str> =
        steps(&workflow).iter().filter_map(|step| step["run"].as_str()).collect();
    assert!(scripts.len() >= 4 && scripts.iter().all(|script| !script.contains("${{")));
    let checkout = steps(&workflow)[0];
    assert_eq!(checkout["with"]["fetch-depth"], 0);
    assert_eq!(checkout["with"]["persist-credentials"], false);
    assert_eq!(workflow["defaults"]["run"]["shell"], "bash");
}
