//! Evidence speaks for and against the same.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::kind::EVIDENCE;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "RC012",
    name: "evidence-both-ways",
    summary: "Evidence speaks for and against the same document",
    why: "Such a piece decides nothing, and is counted on both sides. Often two findings were written down as one, or one of the two links is a slip.",
    bad: "%% evidence/EV-h2vkd.md\n\
          ---\n\
          id: EV-h2vkd\n\
          title: Shoppers leave at the account form\n\
          status: new\n\
          source: Five shoppers\n\
          date: 2026-10-20\n\
          supports: [EV-k7q3d]\n\
          contradicts: [EV-k7q3d]\n\
          ---\n\
          %% evidence/EV-k7q3d.md\n\
          ---\n\
          id: EV-k7q3d\n\
          title: Who fills a basket also orders\n\
          status: new\n\
          source: A survey of 90 shoppers\n\
          date: 2026-10-02\n\
          ---\n",
    good: "%% evidence/EV-h2vkd.md\n\
           ---\n\
           id: EV-h2vkd\n\
           title: Shoppers leave at the account form\n\
           status: new\n\
           source: Five shoppers\n\
           date: 2026-10-20\n\
           supports: [EV-k7q3d]\n\
           ---\n\
           %% evidence/EV-k7q3d.md\n\
           ---\n\
           id: EV-k7q3d\n\
           title: Who fills a basket also orders\n\
           status: new\n\
           source: A survey of 90 shoppers\n\
           date: 2026-10-02\n\
           ---\n",
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let entry = subject.entry;
    if !std::ptr::eq(entry.kind, &EVIDENCE) {
        return;
    }
    let supported = at.targets(entry, "supports");
    for (_, target) in at.targets(entry, "contradicts") {
        if supported.iter().any(|(_, it)| it.path() == target.path()) {
            let message = format!("it speaks for and against {}", target.id());
            let hint = format!("git backlog set {} contradicts-={}", entry.id(), target.id());
            reports.push(Report::at_field(entry, "contradicts", message).hint(hint));
        }
    }
}
