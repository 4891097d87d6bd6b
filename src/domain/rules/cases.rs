//! What rules about several documents tell, and where; and what they keep quiet about.

use super::{Example, Inspection, check};
use crate::domain::backlog::Backlog;

/// What the rule `code` finds in the files of an example, each with its place.
fn found(code: &str, text: &'static str) -> Vec<String> {
    let backlog = Backlog::parse(Example::parse(text).state());
    let config = &backlog.config;
    let at = Inspection::new(&backlog, config, Example::today(), None);
    let findings = check(&at).findings.into_iter().filter(|finding| finding.code == code);
    let line = |it: crate::domain::finding::Finding| {
        let name = it.path.rsplit('/').next().unwrap_or_default().to_owned();
        format!("{name}:{}: {}", it.position, it.message)
    };
    findings.map(line).collect()
}

fn quiet(code: &str, text: &'static str) {
    assert_eq!(found(code, text), Vec::<String>::new(), "{text}");
}

/// An item with an id, a rank, a status and more fields.
macro_rules! item {
    ($id:literal $rank:literal $status:literal $($more:literal)*) => {
        concat!("%% items/", $id, ".md\n---\nid: ", $id, "\ntitle: Item ", $id, "\ntype: task\n",
            "status: ", $status, "\nrank: ", $rank, "\n", $($more, "\n",)* "---\n")
    };
}

#[test]
fn a_circle_is_told_once_at_its_smallest_id() {
    let circle = concat!(
        item!("BL-c2222" "mbbb" "ready" "depends_on: [BL-b2222]"),
        item!("BL-b2222" "mbbc" "ready" "depends_on: [BL-d2222, BL-c2222]"),
        item!("BL-d2222" "mbbd" "ready"),
    );
    let wanted = ["BL-b2222.md:7:24: depends_on runs in a circle: BL-b2222 → BL-c2222 → BL-b2222"];
    assert_eq!(found("LK002", circle), wanted);
    let itself = item!("BL-b2222" "mbbb" "ready" "parent: BL-b2222");
    let wanted = ["BL-b2222.md:7:9: parent runs in a circle: BL-b2222 → BL-b2222"];
    assert_eq!(found("LK002", itself), wanted);
    quiet("LK002", item!("BL-b2222" "mbbb" "done" "depends_on: [BL-b2222]"));
}

#[test]
fn a_part_that_is_open_is_told_where_the_whole_says_done() {
    let text = concat!(
        item!("BL-b2222" "mbbb" "done" "value: 8"),
        item!("BL-c2222" "mbbc" "ready" "parent: BL-b2222"),
    );
    let wanted = ["BL-b2222.md:5:9: BL-b2222 is done, and BL-c2222 is a part of it and open"];
    assert_eq!(found("LK005", text), wanted);
}

#[test]
fn what_was_dropped_is_told_at_its_name() {
    let text = concat!(
        item!("BL-b2222" "mbbb" "ready" "evidence: [EV-c2222, EV-d2222]"),
        "%% evidence/EV-c2222.md\n---\nid: EV-c2222\ntitle: A\nstatus: new\n---\n",
        "%% evidence/EV-d2222.md\n---\nid: EV-d2222\ntitle: A\nstatus: withdrawn\n---\n",
    );
    assert_eq!(found("LK003", text), ["BL-b2222.md:7:22: evidence: EV-d2222 is withdrawn"]);
    let decided = concat!(
        item!("BL-b2222" "mbbb" "ready" "decisions: [DEC-c2222]"),
        "%% decisions/DEC-c2222.md\n---\nid: DEC-c2222\ntitle: A\nstatus: rejected\n---\n",
    );
    quiet("LK003", decided);
}

#[test]
fn what_is_begun_does_not_wait_for_its_place() {
    let below = concat!(
        item!("BL-b2222" "mbbb" "ready" "depends_on: [BL-c2222]"),
        item!("BL-c2222" "mbbc" "in-progress"),
    );
    quiet("LK004", below);
    quiet("RK006", below);
}

#[test]
fn a_kind_is_called_as_in_a_sentence() {
    let text = concat!(
        item!("BL-b2222" "mbbb" "ready" "goal: EV-c2222"),
        "%% evidence/EV-c2222.md\n---\nid: EV-c2222\ntitle: A\nstatus: new\n---\n",
    );
    assert_eq!(found("LK007", text), ["BL-b2222.md:7:7: goal: EV-c2222 is evidence, not a goal"]);
}

#[test]
fn what_others_wait_for_is_in_no_wrong_place() {
    let text = concat!(
        item!("BL-b2222" "mbbb" "ready" "value: 1" "effort: 8"),
        item!("BL-c2222" "mbbc" "ready" "value: 8" "effort: 1"),
        "%% config.yml\nrules: {RK005: {parameters: {places: 1}}}\n",
    );
    assert_eq!(found("RK005", text).len(), 1);
    quiet(
        "RK005",
        concat!(
            item!("BL-b2222" "mbbb" "ready" "value: 1" "effort: 8"),
            item!("BL-c2222" "mbbc" "ready" "value: 8" "effort: 1"),
            item!("BL-d2222" "mbbd" "ready" "depends_on: [BL-b2222]"),
            "%% config.yml\nrules: {RK005: {parameters: {places: 1}}}\n",
        ),
    );
}

#[test]
fn a_goal_needs_a_metric_or_a_target_with_a_day() {
    quiet(
        "RC001",
        "%% goals/GOAL-a.md\n---\nid: GOAL-a\ntitle: A\nstatus: active\ntarget: 6\nby: 2026-12-18\n---\n",
    );
    quiet(
        "RC001",
        "%% goals/GOAL-a.md\n---\nid: GOAL-a\ntitle: A\nstatus: active\nmetric: METRIC-a\n---\n",
    );
    assert_eq!(
        found(
            "RC001",
            "%% goals/GOAL-a.md\n---\nid: GOAL-a\ntitle: A\nstatus: active\ntarget: 6\n---\n"
        ),
        ["GOAL-a.md:3:8: a goal with a target, and no day"]
    );
}

#[test]
fn a_day_before_an_event_is_a_day() {
    let decision = "%% decisions/DEC-a.md\n---\nid: DEC-a\ntitle: A\nstatus: accepted\n\
                    revisit: 2026-11-01, or when 150 households get a box\n---\n";
    let wanted = ["DEC-a.md:5:10: the day to look at it again is past"];
    assert_eq!(found("RC005", decision), wanted);
    quiet(
        "RC005",
        "%% decisions/DEC-a.md\n---\nid: DEC-a\ntitle: A\nstatus: accepted\nrevisit: when 150 order\n---\n",
    );
}

#[test]
fn a_part_is_not_planned_twice() {
    let parts = concat!(
        item!("BL-b2222" "mbbb" "ready" "effort: 8" "sprint: 2026-24"),
        item!("BL-c2222" "mbbc" "ready" "effort: 5" "sprint: 2026-24" "parent: BL-b2222"),
        "%% sprints/2026-24.md\n---\nid: 2026-24\ntitle: A\nstatus: active\n",
        "capacity: 8\ngoal: A guest can order\n---\n",
    );
    quiet("RC006", parts);
    let two = concat!(
        item!("BL-b2222" "mbbb" "ready" "effort: 8" "sprint: 2026-24"),
        item!("BL-c2222" "mbbc" "ready" "effort: 5" "sprint: 2026-24"),
        "%% sprints/2026-24.md\n---\nid: 2026-24\ntitle: A\nstatus: active\n",
        "capacity: 8\ngoal: A guest can order\n---\n",
    );
    assert_eq!(found("RC006", two), ["2026-24.md:5:11: more is planned than fits"]);
}

#[test]
fn the_product_goal_is_the_one_that_the_product_names() {
    let goals = concat!(
        "%% goals/GOAL-a.md\n---\nid: GOAL-a\ntitle: A\nstatus: active\nmetric: METRIC-a\n---\n",
        "%% goals/GOAL-b.md\n---\nid: GOAL-b\ntitle: B\nstatus: active\nmetric: METRIC-a\n---\n",
        "%% product.md\n---\nid: product\ntitle: Korb\ngoal: GOAL-b\n---\n",
    );
    let found = found("RC009", goals);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("GOAL-a.md:4:9: GOAL-b "), "{found:?}");
}

#[test]
fn duplicates_that_know_of_each_other_are_none() {
    let same = concat!(
        "%% items/BL-b2222.md\n---\nid: BL-b2222\ntitle: Mend the gate\ntype: task\nstatus: ready\n---\n",
        "%% items/BL-c2222.md\n---\nid: BL-c2222\ntitle: Mend the gate.\ntype: bug\nstatus: ready\n---\n",
    );
    assert_eq!(
        found("ST014", same),
        [
            "BL-b2222.md:3:8: the same title as BL-c2222",
            "BL-c2222.md:3:8: the same title as BL-b2222"
        ]
    );
    quiet(
        "ST014",
        concat!(
            "%% items/BL-b2222.md\n---\nid: BL-b2222\ntitle: Mend the gate\ntype: task\nstatus: ready\n---\n",
            "%% items/BL-c2222.md\n---\nid: BL-c2222\ntitle: Mend the gate\ntype: task\nstatus: ready\n",
            "parent: BL-b2222\n---\n",
        ),
    );
}
