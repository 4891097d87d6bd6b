//! The workflows and jobs that post a review, acted out with services that only write down what they
//! are asked.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::{assert_pinned, change, make_executable, pull_request, script};
use crate::support::{Repo, Run, has, link};

/// The shell of `shell: bash`.
const BASH: &[&str] = &["bash", "--noprofile", "--norc", "-eo", "pipefail"];

const MARKER: &str = "<!-- git-backlog review -->";

const SHA: &str = "a975d31f08a975d31f08a975d31f08a975d31f08";

/// Answers what the recipe asks GitHub, through the filter that it gives, and keeps what it posts.
const GH: &str = r#"#!/bin/bash
echo "gh $*" >> "$SERVICE/calls"
filter=.
for ((at = 1; at < $#; at++)); do
  next=$((at + 1))
  if [ "${!at}" = --jq ]; then filter=${!next}; fi
done
case "$*" in
  *"--field body=@comment.md"*) cp comment.md "$SERVICE/posted" ;;
  *"/comments?"*) jq -r "$filter" "$SERVICE/comments.json" ;;
  *"/pulls/7 "*) jq -r "$filter" "$SERVICE/pull.json" ;;
  *) echo "gh: Not Found (HTTP 404)" >&2; exit 1 ;;
esac
"#;

/// Answers what the recipe asks GitLab, and keeps what it posts.
const CURL: &str = r#"#!/bin/bash
echo "curl $*" >> "$SERVICE/calls"
case "$*" in
  *"--data-urlencode body@note.md"*) cp note.md "$SERVICE/posted" ;;
  */user) echo '{"id": 42}' ;;
  *"/notes?"*) cat "$SERVICE/comments.json" ;;
  *) exit 22 ;;
esac
"#;

/// A service with a pull request, seen from the folder in which a job runs.
struct Service {
    job: Repo,
}

impl Service {
    /// The comments are id, author and text.
    fn with(comments: &[(u32, &str, &str)]) -> Self {
        let job = Repo::without_repository();
        let script = job.beside("script");
        fs::create_dir_all(&script).unwrap();
        for (name, text) in [("gh", GH), ("curl", CURL)] {
            fs::write(script.join(name), text).unwrap();
            make_executable(&script.join(name));
        }
        let comment = |(id, author, body): &(u32, &str, &str)| {
            let number = if *author == "github-actions[bot]" { 42 } else { 1 };
            json!({ "id": id, "user": { "login": author }, "author": { "id": number }, "body": body })
        };
        let comments: Vec<Value> = comments.iter().map(comment).collect();
        let head = json!({ "sha": SHA, "repo": { "full_name": "fork/shop" }, "ref": "new-order" });
        let service = Self { job };
        fs::create_dir(service.file("")).unwrap();
        fs::write(service.file("comments.json"), json!(comments).to_string()).unwrap();
        fs::write(service.file("pull.json"), json!({ "head": head }).to_string()).unwrap();
        service
    }

    fn file(&self, name: &str) -> PathBuf {
        self.job.beside("service").join(name)
    }

    /// What was posted last.
    fn posted(&self) -> Option<String> {
        fs::read_to_string(self.file("posted")).ok()
    }

    /// The last request.
    fn last_call(&self) -> String {
        let calls = fs::read_to_string(self.file("calls")).unwrap_or_default();
        calls.lines().last().unwrap_or_default().to_owned()
    }

    /// Puts an artifact where the job finds it.
    fn receives(&self, number: &str, review: &str) {
        self.job.write("backlog-review/number", number);
        self.job.write("backlog-review/review.md", review);
    }

    /// Runs the scripts of the workflow that comments; the step that failed, and what all printed.
    fn comments(&self) -> (Option<String>, String) {
        let environment = self.job.beside("environment");
        fs::write(&environment, "").unwrap();
        let mut log = String::new();
        for step in yaml("github-comment.yml")["jobs"]["comment"]["steps"].as_array().unwrap() {
            let Some(text) = step["run"].as_str() else { continue };
            let set = fs::read_to_string(&environment).unwrap();
            let service = self.file("");
            let mut variables = vec![
                ("SERVICE", service.to_str().unwrap()),
                ("GITHUB_ENV", environment.to_str().unwrap()),
                ("GITHUB_REPOSITORY", "korb/shop"),
                ("HEAD_SHA", SHA),
                ("HEAD_REPOSITORY", "fork/shop"),
                ("HEAD_BRANCH", "new-order"),
                ("RUN", "https://github.com/korb/shop/actions/runs/1"),
            ];
            variables.extend(set.lines().filter_map(|line| line.split_once('=')));
            let run = script(&self.job, BASH, text, &variables);
            log += &run.to_string();
            if run.code != Some(0) {
                return (Some(step["name"].as_str().unwrap().to_owned()), log);
            }
        }
        (None, log)
    }

    /// Runs the script of the job that writes a note.
    fn notes(&self) -> Run {
        let service = self.file("");
        let variables = [
            ("SERVICE", service.to_str().unwrap()),
            ("GIT_BACKLOG_TOKEN", "secret"),
            ("CI_API_V4_URL", "https://gitlab.example.org/api/v4"),
            ("CI_PROJECT_ID", "3"),
            ("CI_MERGE_REQUEST_IID", "7"),
        ];
        let text = lines(&yaml("gitlab-review.yml")["backlog-note"]);
        script(&self.job, &["bash", "-eo", "pipefail"], &text, &variables)
    }
}

fn text(name: &str) -> String {
    fs::read_to_string(format!("{}/docs/ci/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn yaml(name: &str) -> Value {
    serde_yaml::from_str(&text(name)).unwrap()
}

/// The lines of a job of GitLab, which run in one shell.
fn lines(job: &Value) -> String {
    let lines = |key: &str| job[key].as_array().unwrap().iter().map(|it| it.as_str().unwrap());
    lines("before_script").chain(lines("script")).collect::<Vec<_>>().join("\n")
}

/// Moves an item of the pull request to the top, for a reason.
fn new_order(repo: &Repo) {
    let story = super::STORY.replace("BL-7k3qd", "BL-9qqrt").replace("mbbb", "mbb");
    change(repo, ".backlog/items/BL-9qqrt-invoice.md", story.replace("Guest checkout", "Invoice"));
}

#[test]
fn a_review_goes_from_a_pull_request_to_its_comment() {
    if !has("jq") {
        return;
    }
    let repo = pull_request();
    new_order(&repo);
    let summary = repo.beside("summary.md");
    let variables = [
        ("GITHUB_BASE_REF", "main"),
        ("GITHUB_STEP_SUMMARY", summary.to_str().unwrap()),
        ("PULL_REQUEST", "7"),
        ("GIT_BACKLOG_VERSION", "0.1.0"),
    ];
    for step in yaml("github-review.yml")["jobs"]["review"]["steps"].as_array().unwrap() {
        let Some(text) = step["run"].as_str() else { continue };
        let run = script(&repo, BASH, text, &variables);
        assert_eq!(run.code, Some(0), "{run}");
    }
    let review = repo.read("backlog-review/review.md");
    assert!(review.contains("Backlog: 1 added"), "{review}");
    assert_eq!(fs::read_to_string(summary).unwrap(), review);

    let service = Service::with(&[]);
    service.receives(&repo.read("backlog-review/number"), &review);
    assert_eq!(service.comments().0, None);
    let posted = service.posted().unwrap();
    assert!(posted.starts_with(MARKER), "{posted}");
    assert!(posted.contains("Backlog: 1 added"), "{posted}");
    assert!(service.last_call().contains("POST repos/korb/shop/issues/7/comments"));
}

#[test]
fn the_bot_replaces_its_own_comment_and_no_other() {
    if !has("jq") {
        return;
    }
    let body = format!("{MARKER}\nold");
    let quoted = format!("> {MARKER}\nwhat is this?");
    let service = Service::with(&[
        (1, "stranger", &body),
        (2, "github-actions[bot]", &quoted),
        (3, "github-actions[bot]", &body),
    ]);
    service.receives("7\n", "new\n");
    assert_eq!(service.comments().0, None);
    let call = service.last_call();
    assert!(call.contains("PATCH repos/korb/shop/issues/comments/3 "), "{call}");
    assert!(service.posted().unwrap().ends_with("new\n"));
}

#[test]
fn an_artifact_that_is_none_of_its_run_is_refused() {
    if !has("jq") {
        return;
    }
    let look = "Look at what came";
    let compare = "Compare with the run";
    let cases = [
        ("8\n", compare),
        ("7\n8\n", look),
        ("7/../8", look),
        ("$(touch pwned)", look),
        ("-7", look),
        ("07", look),
        ("77777777777777777777", look),
        ("", look),
    ];
    for (number, step) in cases {
        let service = Service::with(&[]);
        service.receives(number, "text\n");
        let (failed, log) = service.comments();
        assert_eq!(failed.as_deref(), Some(step), "{number:?}: {log}");
        assert_eq!(service.posted(), None, "{number:?}");
        assert!(!service.job.path("pwned").exists(), "{number:?}");
    }
    // Each of commit, repository and branch has to be the one of the run.
    for (key, value) in [
        ("sha", json!("b".repeat(40))),
        ("repo", json!({ "full_name": "korb/shop" })),
        ("ref", json!("other")),
        ("repo", json!(null)),
    ] {
        let service = Service::with(&[]);
        let mut pull: Value =
            serde_json::from_str(&fs::read_to_string(service.file("pull.json")).unwrap()).unwrap();
        pull["head"][key] = value;
        fs::write(service.file("pull.json"), pull.to_string()).unwrap();
        service.receives("7\n", "text\n");
        let (failed, log) = service.comments();
        assert_eq!(failed.as_deref(), Some(compare), "{key}: {log}");
        assert_eq!(service.posted(), None, "{key}");
    }
}

#[test]
fn links_and_floods_are_refused() {
    let refuses = |prepare: &dyn Fn(&Service)| {
        let service = Service::with(&[]);
        service.receives("7\n", "text\n");
        prepare(&service);
        let (failed, log) = service.comments();
        assert_eq!(failed.as_deref(), Some("Look at what came"), "{log}");
        assert!(!log.contains("secret"), "{log}");
        assert_eq!(service.posted(), None);
    };
    for name in ["number", "review.md"] {
        refuses(&|service| {
            let file = service.job.path("backlog-review").join(name);
            let target = service.job.beside("secret");
            fs::write(&target, "secret").unwrap();
            fs::remove_file(&file).unwrap();
            link(target, file);
        });
    }
    refuses(&|service| service.receives("7\n", &"x".repeat(60_001)));
    refuses(&|service| fs::remove_file(service.job.path("backlog-review/review.md")).unwrap());
}

/// What somebody might hope that a shell, a runner, a service or a reader takes for an order.
const HOSTILE: &str = "<!-- git-backlog review -->\n@everyone `touch pwned` $(touch pwned) ${{ github.token }}\n\
    ::set-output name=a::b\n/merge\n  /approve\n%0A\\n'\"; touch pwned #\n<!-- ```\n";

#[test]
fn a_hostile_review_is_posted_as_text() {
    if !has("jq") {
        return;
    }
    let service = Service::with(&[]);
    service.receives("7\n", HOSTILE);
    let (failed, log) = service.comments();
    assert_eq!((failed, log.as_str()), (None, ""));
    let posted = service.posted().unwrap();
    assert_eq!(posted.matches(MARKER).count(), 1);
    assert!(!posted.contains("@everyone") && posted.contains("@\u{200b}everyone"), "{posted}");
    assert!(posted.contains("$(touch pwned) ${{ github.token }}"), "{posted}");
    // Where it is from stands above what could hide it.
    let from = posted.find("https://github.com/korb/shop/actions/runs/1").unwrap();
    assert!(from < posted.find("everyone").unwrap(), "{posted}");
    assert!(!service.job.path("pwned").exists());
}

#[test]
fn gitlab_posts_a_note_once_and_replaces_it_later() {
    if !has("jq") {
        return;
    }
    let repo = pull_request();
    new_order(&repo);
    let base = repo.git(&["merge-base", "origin/main", "HEAD"]);
    let home = repo.beside("cargo-home");
    let variables = [
        ("CI_MERGE_REQUEST_DIFF_BASE_SHA", base.as_str()),
        ("CARGO_HOME", home.to_str().unwrap()),
        ("GIT_BACKLOG_VERSION", "0.1.0"),
    ];
    let text = lines(&yaml("gitlab-review.yml")["backlog-review"]);
    let run = script(&repo, &["bash", "-eo", "pipefail"], &text, &variables);
    assert_eq!(run.code, Some(0), "{run}");

    let service = Service::with(&[]);
    service.job.write("review.md", repo.read("review.md"));
    let run = service.notes();
    assert_eq!(run.code, Some(0), "{run}");
    assert!(service.posted().unwrap().contains("Backlog: 1 added"));
    let call = service.last_call();
    assert!(call.contains("--request POST") && call.ends_with("merge_requests/7/notes"), "{call}");

    let body = format!("{MARKER}\nold");
    let service = Service::with(&[(1, "stranger", &body), (3, "github-actions[bot]", &body)]);
    service.job.write("review.md", "new\n");
    assert_eq!(service.notes().code, Some(0));
    let call = service.last_call();
    assert!(call.contains("--request PUT") && call.ends_with("/notes/3"), "{call}");
}

#[test]
fn gitlab_takes_no_orders_from_a_review() {
    if !has("jq") {
        return;
    }
    let service = Service::with(&[]);
    service.job.write("review.md", HOSTILE);
    let run = service.notes();
    assert_eq!(run.code, Some(0), "{run}");
    let posted = service.posted().unwrap();
    assert!(posted.starts_with(MARKER) && posted.matches(MARKER).count() == 1, "{posted}");
    assert!(posted.lines().all(|line| !line.trim_start().starts_with('/')), "{posted}");
    assert!(posted.contains("@\u{200b}everyone"), "{posted}");
    assert!(!service.job.path("pwned").exists());
    for review in ["x".repeat(60_001), String::new()] {
        let service = Service::with(&[]);
        if !review.is_empty() {
            service.job.write("review.md", review);
        }
        assert_ne!(service.notes().code, Some(0));
        assert_eq!(service.posted(), None);
    }
}

#[test]
fn who_reads_strangers_may_not_write_and_who_writes_reads_no_stranger() {
    let known = text("github.yml");
    for name in ["github-review.yml", "github-comment.yml"] {
        let text = text(name);
        assert_pinned(&text);
        // One version of each action, wherever it is used.
        for line in text.lines().filter(|line| line.contains("uses:")) {
            assert!(known.contains(line.trim()), "{name}: {line}");
        }
        assert!(!text.contains("pull_request_target"), "{name}");
        assert!(!text.contains("secrets."), "{name}");
        let workflow = yaml(name);
        for job in workflow["jobs"].as_object().unwrap().values() {
            let scripts =
                job["steps"].as_array().unwrap().iter().filter_map(|it| it["run"].as_str());
            assert!(scripts.clone().count() > 1, "{name}");
            scripts.for_each(|script| assert!(!script.contains("${{"), "{name}: {script}"));
        }
        assert_eq!(workflow["defaults"]["run"]["shell"], "bash", "{name}");
    }
    let review = yaml("github-review.yml");
    assert_eq!(review["permissions"], json!({ "contents": "read" }));
    assert_eq!(review["jobs"]["review"]["permissions"], Value::Null);
    let checkout = &review["jobs"]["review"]["steps"][0]["with"];
    assert_eq!(*checkout, json!({ "fetch-depth": 0, "persist-credentials": false }));

    let comment = yaml("github-comment.yml");
    assert_eq!(comment["on"]["workflow_run"]["workflows"], json!([review["name"]]));
    assert_eq!(comment["permissions"], json!({}));
    let rights = json!({ "actions": "read", "pull-requests": "write" });
    assert_eq!(comment["jobs"]["comment"]["permissions"], rights);
    let text = text("github-comment.yml");
    assert!(!text.contains("checkout@") && !text.contains("cargo"));
    let note = &yaml("gitlab-review.yml")["backlog-note"];
    assert_eq!(note["variables"]["GIT_STRATEGY"], "none");
    let own = "$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID";
    assert_eq!(note["rules"][1]["if"], own);
}
