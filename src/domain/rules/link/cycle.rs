//! Links run in a circle.

use super::super::{Check, Fixes, Inspection, Rule};
use crate::domain::config::Severity;
use std::collections::HashMap;

use crate::domain::entry::Entry;
use crate::domain::finding::Report;
use crate::domain::graph;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "LK002",
    name: "link-cycle",
    summary: "Links run in a circle",
    why: "Each of the items waits for the others, so none of them can ever be begun. Independent and small enough to finish, says INVEST (Wake 2003).",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: in-progress\n\
          rank: mbbb\n\
          depends_on: [BL-9qqrt]\n\
          ---\n\
          %% items/BL-9qqrt-orders-by-address.md\n\
          ---\n\
          id: BL-9qqrt\n\
          title: Orders belong to an address\n\
          type: task\n\
          status: in-progress\n\
          rank: mcbb\n\
          depends_on: [BL-7k3qd]\n\
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
    check: Check::Backlog(check),
};

/// The fields that may not lead back to where they began.
const FIELDS: [&str; 2] = ["depends_on", "parent"];

fn check(at: &Inspection<'_>, reports: &mut Vec<Report>) {
    let mut entries: Vec<&Entry> = at.backlog.readable().collect();
    entries.sort_by(|a, b| a.id().cmp(b.id()));
    let places: HashMap<&str, usize> =
        entries.iter().enumerate().map(|(place, entry)| (entry.path(), place)).collect();
    for field in FIELDS {
        let next = |entry: &&Entry| -> Vec<usize> {
            let targets = at.targets(entry, field).into_iter();
            targets.filter_map(|(_, target)| places.get(target.path()).copied()).collect()
        };
        let edges: Vec<Vec<usize>> = entries.iter().map(next).collect();
        for cycle in graph::cycles(&edges) {
            // What is finished stands in nobody's way.
            if !cycle.iter().any(|&place| at.backlog.category(entries[place]).is_open()) {
                continue;
            }
            let first = entries[cycle[0]];
            let ids = cycle.iter().chain(&cycle[..1]).map(|&place| entries[place].id());
            let path = ids.collect::<Vec<_>>().join(" → ");
            let next = entries[cycle.get(1).copied().unwrap_or(cycle[0])];
            let link = at.targets(first, field).into_iter().find(|(_, target)| *target == next);
            let span = link.map(|(span, _)| span).unwrap_or_default();
            let report = Report::at(first, span, format!("{field} runs in a circle: {path}"));
            reports.push(report.hint("take out the link that matters least"));
        }
    }
}
