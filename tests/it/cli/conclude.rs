//! `conclude`, and what an experiment changed.

use insta::assert_snapshot;

use super::{commit, document, edit, shop};
use crate::support::Repo;

const EXPERIMENT: &str = ".backlog/experiments/EXP-22222-does-a-photo-help.md";

fn running() -> Repo {
    let repo = shop();
    document(&repo, "metrics/METRIC-22222-orders", "status: active\ndirection: up\n");
    document(
        &repo,
        "experiments/EXP-22222-does-a-photo-help",
        "status: running\nmetric: METRIC-22222\nthreshold: 45\nstart: 2026-11-02\nend: 2026-11-15\noutcome: open\naffects: [BL-7kxxm]\n",
    );
    commit(&repo, "Mira", "An experiment");
    repo
}

#[test]
fn the_verdict_follows_from_threshold_and_direction() {
    let repo = running();
    assert_snapshot!(repo.session("git backlog conclude EXP-22222 --result 46"), @r#"
    $ git backlog conclude EXP-22222 --result 46
    set EXP-22222 status running → finished "Does a photo help"
    set EXP-22222 outcome open → confirmed "Does a photo help"
    set EXP-22222 result 46 "Does a photo help"
    ! confirmed: 46 ≥ 45
    ! next: git backlog decide 'What follows from EXP-22222' --option …
    "#);
    assert_snapshot!(repo.read(EXPERIMENT), @r#"
    ---
    id: EXP-22222
    title: Does a photo help
    status: finished
    metric: METRIC-22222
    threshold: 45
    start: 2026-11-02
    end: 2026-11-15
    outcome: confirmed
    result: 46
    affects: [BL-7kxxm]
    ---

    Does a photo help, in more words.
    "#);
    edit(&repo, ".backlog/metrics/METRIC-22222-orders.md", "direction: up", "direction: down");
    let run = repo.run(&["set", "EXP-22222", "result=", "outcome=open", "status=running"]);
    assert_eq!(run.code, Some(0), "{run}");
    let run = repo.run(&["conclude", "EXP-22222", "--result", "46", "--dry-run"]);
    assert!(run.out.contains("+outcome: refuted") && run.err.contains("46 > 45"), "{run}");
}

#[test]
fn what_cannot_be_judged_is_refused_with_the_next_command() {
    let repo = running();
    assert_snapshot!(repo.session(
        "git backlog conclude EXP-22222 --result many
git backlog conclude BL-7k3qd --result 1
git backlog conclude EXP-22222 --result 1 --end 2027-01-01
git backlog conclude EXP-22222 --result 1 --end 2026-10-01"
    ), @"
    $ git backlog conclude EXP-22222 --result many
    ! error: the result is a number, not 'many'
    ! hint: write it with a point and without its unit: 41.2
    = 2
    $ git backlog conclude BL-7k3qd --result 1
    ! error: BL-7k3qd is of kind item, not an experiment
    ! hint: see them with: git backlog list experiments
    = 2
    $ git backlog conclude EXP-22222 --result 1 --end 2027-01-01
    ! error: 2027-01-01 is still to come
    = 2
    $ git backlog conclude EXP-22222 --result 1 --end 2026-10-01
    ! error: it would end on 2026-10-01, before its start on 2026-11-02
    ! hint: mend the start: git backlog set EXP-22222 start=…
    = 2
    ");
    let refused = |from: &str, to: &str| {
        let before = repo.read(EXPERIMENT);
        edit(&repo, EXPERIMENT, from, to);
        let run = repo.run(&["conclude", "EXP-22222", "--result", "1"]);
        repo.write(EXPERIMENT, &before);
        assert_eq!(run.code.filter(|code| *code > 0 && *code < 3), run.code, "{run}");
        run.err
    };
    assert!(refused("threshold: 45", "threshold: a lot").contains("'a lot', which is no number"));
    assert!(refused("threshold: 45\n", "").contains("has no threshold"));
    assert!(refused("METRIC-22222", "METRIC-zzzzz").contains("which does not exist"));
    assert!(refused("outcome: open", "result: 3").contains("has a result already: 3"));
    edit(&repo, ".backlog/metrics/METRIC-22222-orders.md", "direction: up\n", "");
    assert!(refused("outcome: open", "outcome: open").contains("which direction is better"));
}

#[test]
fn a_verdict_is_told_when_it_is_saved() {
    let repo = running();
    let run = repo.run(&["conclude", "EXP-22222", "--result", "46"]);
    assert!(run.err.contains("confirmed: 46 ≥ 45"), "{run}");
    repo.git(&["checkout", "-q", "."]);
    repo.write(".git/index.lock", "");
    let run = repo.run(&["conclude", "EXP-22222", "--result", "46", "-m", "Two weeks"]);
    assert!(run.code != Some(0) && !run.err.contains("confirmed:"), "{run}");
}

#[test]
fn what_it_changed_in_the_order_is_told() {
    let repo = running();
    assert_eq!(
        repo.run(&["conclude", "EXP-22222", "--result", "46", "-m", "Two weeks"]).code,
        Some(0)
    );
    let run = repo.run(&["rank", "7kxxm", "--top", "-m", "EXP-22222 says that it helps"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert_eq!(repo.run(&["rank", "9qqrt", "--top", "-m", "Another thing"]).code, Some(0));
    repo.write("src/main.rs", "fn main() { photo() }\n");
    commit(&repo, "Max", "Show the photo\n\nBacklog: EXP-22222\n");
    assert_snapshot!(repo.session("git backlog why EXP-22222"), @r#"
    $ git backlog why EXP-22222
    EXP-22222  Does a photo help
    status       finished
    metric       METRIC-22222
    threshold    45
    start        2026-11-02
    end          2026-11-15
    result       46
    outcome      confirmed
    hangs on it  BL-7kxxm Basket is empty after login
    moved since  2026-01-01 Mira: BL-7kxxm Basket is empty after login 3 → 1. EXP-22222 says that it helps
    named by     2026-01-01 Max: Show the photo
    "#);
}
