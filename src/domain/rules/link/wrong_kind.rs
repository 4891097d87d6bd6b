//! A link leads to another kind of document.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::kind::{DECISION, EVIDENCE, GOAL, ITEM, Kind, METRIC, PERSONA, RELEASE, SPRINT};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "LK007",
    name: "wrong-kind",
    summary: "A link names a document of another kind than its field is for",
    why: "Boards, forecasts and reports follow the link and count what they find there.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          sprint: BL-9qqrt\n\
          ---\n\
          %% items/BL-9qqrt-orders-by-address.md\n\
          ---\n\
          id: BL-9qqrt\n\
          title: Orders belong to an address\n\
          type: task\n\
          status: ready\n\
          rank: mcbb\n\
          ---\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: task\n\
           status: ready\n\
           rank: mdbb\n\
           depends_on: [BL-9qqrt]\n\
           ---\n\
           %% items/BL-9qqrt-orders-by-address.md\n\
           ---\n\
           id: BL-9qqrt\n\
           title: Orders belong to an address\n\
           type: task\n\
           status: ready\n\
           rank: mcbb\n\
           ---\n",
    severity: Severity::Error,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

/// The kind that a field of a kind of document leads to, if it has to be one.
fn wanted(kind: &'static Kind, field: &str) -> Option<&'static Kind> {
    Some(match field {
        "parent" if kind.is_ranked() => &ITEM,
        "parent" => kind,
        "depends_on" | "blocks" => &ITEM,
        "goal" => &GOAL,
        "sprint" => &SPRINT,
        "release" => &RELEASE,
        "evidence" => &EVIDENCE,
        "decisions" | "supersedes" => &DECISION,
        "metric" => &METRIC,
        "personas" => &PERSONA,
        _ => return None,
    })
}

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let entry = subject.entry;
    for field in entry.link_fields(&at.backlog.config) {
        let Some(wanted) = wanted(entry.kind, field) else { continue };
        for (span, target) in at.targets(entry, field) {
            if !std::ptr::eq(target.kind, wanted) {
                let (id, is, wanted) = (target.id(), one(target.kind), one(wanted));
                let message = format!("{field}: {id} is {is}, not {wanted}");
                reports.push(Report::at(entry, span, message));
            }
        }
    }
}

/// One document of a kind, as it is called in a sentence.
fn one(kind: &Kind) -> String {
    match kind.name {
        "evidence" => "evidence".to_owned(),
        "product" => "the product".to_owned(),
        name if name.starts_with(['a', 'e', 'i', 'o', 'u']) => format!("an {name}"),
        name => format!("a {name}"),
    }
}
