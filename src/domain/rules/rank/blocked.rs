//! A blocked item stands near the top.

use super::super::{Check, Fixes, Inspection, Parameter, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::entry::Entry;
use crate::domain::finding::Report;
use crate::domain::kind::Category;
use crate::domain::span::Span;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "RK006",
    name: "blocked-near-top",
    summary: "An item near the top waits for another that is not near the top",
    why: "What stands at the top is what the team takes next. An item that waits for something that nobody takes soon holds a place that another could use.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          depends_on: [BL-9qqrt]\n\
          ---\n\
          %% items/BL-9qqrt-orders-by-address.md\n\
          ---\n\
          id: BL-9qqrt\n\
          title: Orders belong to an address\n\
          type: task\n\
          status: ready\n\
          rank: mcbb\n\
          ---\n\
          %% config.yml\n\
          rules: {RK006: {parameters: {top: 1}}}\n",
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
           ---\n\
           %% config.yml\n\
           rules: {RK006: {parameters: {top: 1}}}\n",
    severity: Severity::Warning,
    parameters: &[Parameter { name: "top", default: 10.0, summary: "how many items are the top" }],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let entry = subject.entry;
    for (span, target) in waits_far(at, entry) {
        let message = format!("it is near the top, and waits for {}, which is not", target.id());
        let hint = format!("git backlog rank {} --before {}", target.id(), entry.id());
        reports.push(Report::at(entry, span, message).hint(hint));
    }
}

/// The open dependencies of an item near the top that are not near the top themselves.
pub(in crate::domain::rules) fn waits_far<'a>(
    at: &Inspection<'a>,
    entry: &Entry,
) -> Vec<(Span, &'a Entry)> {
    let top = at.number(&RULE, "top") as usize;
    let is_near = |entry: &Entry| at.backlog.position(entry).is_some_and(|place| place <= top);
    let is_begun = at.backlog.category(entry) == Category::Doing;
    if entry.rank().is_none() || is_begun || !is_near(entry) {
        return Vec::new();
    }
    // What has been begun is on its way, wherever it stands.
    let is_far = |it: &Entry| {
        at.backlog.category(it) == Category::Todo
            && at.backlog.position(it).is_some_and(|place| place > top)
    };
    let targets = at.targets(entry, "depends_on").into_iter();
    targets.filter(|(_, target)| is_far(target)).collect()
}
