//! An item is done before what it depends on.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::entry::Entry;
use crate::domain::finding::Report;
use crate::domain::kind::Category;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "LK008",
    name: "done-before-dependency",
    summary: "An item is done, and an item that it depends on is still open",
    why: "Either the dependency was none, and plans wait for it for nothing, or the item is not done.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: done\n\
          depends_on: [BL-9qqrt]\n\
          ---\n\
          %% items/BL-9qqrt-orders-by-address.md\n\
          ---\n\
          id: BL-9qqrt\n\
          title: Orders belong to an address\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          ---\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: task\n\
           status: done\n\
           depends_on: [BL-9qqrt]\n\
           ---\n\
           %% items/BL-9qqrt-orders-by-address.md\n\
           ---\n\
           id: BL-9qqrt\n\
           title: Orders belong to an address\n\
           type: task\n\
           status: done\n\
           ---\n",
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let entry = subject.entry;
    if !entry.kind.is_ranked() || at.backlog.category(entry) != Category::Done {
        return;
    }
    let targets = at.targets(entry, "depends_on").into_iter();
    let is_open = |it: &Entry| it.kind.is_ranked() && at.backlog.category(it).is_open();
    for (span, target) in targets.filter(|(_, it)| is_open(it)) {
        let message = format!("it is done, and {}, which it depends on, is not", target.id());
        let hint =
            format!("if it never did: git backlog set {} depends_on-={}", entry.id(), target.id());
        reports.push(Report::at(entry, span, message).hint(hint));
    }
}
