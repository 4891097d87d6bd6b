//! `stats`.

use insta::assert_snapshot;

use super::{document, shop};
use crate::support::Repo;

/// The repository that `demo` makes.
fn korb() -> Repo {
    let repo = Repo::without_repository();
    let run = repo.run(&["demo", "korb"]);
    assert_eq!(run.code, Some(0), "{run}");
    repo.at("repo/korb")
}

#[test]
fn tells_how_the_work_flows() {
    assert_snapshot!(korb().session("git backlog stats --weeks 8"), @"");
}

#[test]
fn tells_some_metrics_of_some_items() {
    let session = "\
git backlog stats type=bug --only times,reopened
git backlog stats 'titel=x'
git backlog stats --only speed
git backlog stats --weeks 0
git backlog stats --since tomorrow
git backlog stats --since 2082-01-01
git backlog stats --only rank_churn --format svg";
    assert_snapshot!(korb().session(session), @"");
}

#[test]
fn programs_get_all_figures() {
    let run = korb().run(&["stats", "--format", "json"]);
    assert_eq!(run.code, Some(0), "{run}");
    let json = run.json();
    let keys: Vec<&String> = json.as_object().unwrap().keys().collect();
    let sections = [
        "throughput",
        "times",
        "ageing",
        "cumulative_flow",
        "velocity",
        "scope",
        "flow_efficiency",
        "rank_churn",
        "criteria",
        "reopened",
        "answers",
        "value_delivered",
    ];
    let first = ["schema", "query", "first", "last", "coverage"];
    assert_eq!(keys, first.iter().chain(&sections).collect::<Vec<_>>());
    let days = json["cumulative_flow"]["days"].as_array().unwrap();
    let last = days.last().unwrap();
    let sum: u64 =
        ["todo", "doing", "done", "dropped"].iter().map(|it| last[it].as_u64().unwrap()).sum();
    let items = korb().run(&["list", "--all", "--format", "json"]).json();
    let n_items = items["documents"].as_array().unwrap().len();
    let wholes = json["coverage"]["with_parts"].as_u64().unwrap();
    assert!(sum + wholes <= n_items as u64 && sum > 0, "{sum} of {n_items}");
}

#[test]
fn charts_are_pictures_that_say_what_they_show() {
    for metric in ["throughput", "times", "cumulative_flow"] {
        let run = korb().run(&["stats", "--only", metric, "--format", "svg"]);
        assert_eq!(run.code, Some(0), "{run}");
        assert!(run.out.starts_with("<svg") && run.out.contains("<title>"), "{run}");
        assert!(!run.out.contains("<desc></desc>") && !run.out.contains("NaN"), "{run}");
    }
}

#[test]
fn without_a_history_the_days_in_the_items_tell() {
    let repo = Repo::without_repository();
    repo.write(".backlog/config.yml", "");
    let fields = "status: done\ncreated: 2026-11-02\nstarted: 2026-11-05\ndone: 2026-11-20\n";
    document(&repo, "items/BL-22222-first", fields);
    assert_snapshot!(repo.session("git backlog stats --only throughput,times --weeks 2"), @"");
}

#[test]
fn nothing_is_told_of_nothing() {
    let repo = Repo::new();
    repo.write(".backlog/config.yml", "");
    assert_snapshot!(repo.session("git backlog stats"), @"");
    let first = shop();
    let run = first.run(&["stats", "--format", "json"]);
    assert_eq!(run.code, Some(0), "{run}");
}

#[test]
fn sprints_that_cannot_be_measured_are_named() {
    let repo = shop();
    let sprint = |id: &str, days: &str| {
        let text = format!("---\nid: {id}\ntitle: Sprint\nstatus: active\n{days}---\n");
        repo.write(&format!(".backlog/sprints/{id}.md"), text);
    };
    sprint("S1", "start: 2026-11-02\n");
    sprint("S2", "start: 2026-11-02\nend: 2026-11-13\ncapacity: 0\n");
    sprint("S3", "start: 2026-11-13\nend: 2026-11-27\n");
    sprint("S4", "start: 2026-11-13\nend: 2026-11-01\n");
    assert_snapshot!(repo.session("git backlog stats --only velocity,scope"), @"");
}
