//! An item stands above what it depends on.

use super::super::rank::blocked;
use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::kind::Category;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "LK004",
    name: "ranked-above-dependency",
    summary: "An item is ranked above an open item that it depends on",
    why: "The order of the Product Backlog is the order of work. Whoever takes the upper item finds that it cannot be begun.",
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
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let entry = subject.entry;
    let Some(place) = at.backlog.position(entry) else { return };
    // What has no rank has no place that could be wrong.
    if entry.rank().is_none() || at.backlog.category(entry) == Category::Doing {
        return;
    }
    // Near the top it is worse, and another rule tells of it.
    let far = blocked::waits_far(at, entry);
    for (span, target) in at.targets(entry, "depends_on") {
        // What has been begun does not wait for its place any more.
        let waits = at.backlog.category(target) == Category::Todo
            && far.iter().all(|(_, other)| *other != target);
        if waits && at.backlog.position(target).is_some_and(|other| other > place) {
            let message = format!("it is ranked above {}, which it depends on", target.id());
            let hint = format!("git backlog rank {} --before {}", target.id(), entry.id());
            reports.push(Report::at(entry, span, message).hint(hint));
        }
    }
}
