//! Evidence does not say where it comes from.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::kind::{Category, EVIDENCE};
use crate::domain::span::Span;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "RC002",
    name: "evidence-without-source",
    summary: "Evidence has no source or no day",
    why: "What was seen, by whom and when decides how much it proves; and what was true of users two years ago need not be today.",
    bad: "%% evidence/EV-h2vkd.md\n\
          ---\n\
          id: EV-h2vkd\n\
          title: Shoppers leave at the account form\n\
          status: new\n\
          method: interview\n\
          ---\n",
    good: "%% evidence/EV-h2vkd.md\n\
           ---\n\
           id: EV-h2vkd\n\
           title: Shoppers leave at the account form\n\
           status: new\n\
           method: interview\n\
           source: Five shoppers\n\
           date: 2026-10-20\n\
           ---\n",
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let entry = subject.entry;
    let counts = at.backlog.category(entry) != Category::Dropped;
    if !std::ptr::eq(entry.kind, &EVIDENCE) || !counts {
        return;
    }
    for field in ["source", "date"].into_iter().filter(|field| entry.text(field).is_none()) {
        let hint = format!("git backlog set {} {field}=…", entry.id());
        reports.push(
            Report::at(entry, Span::default(), format!("evidence without {field}")).hint(hint),
        );
    }
}
