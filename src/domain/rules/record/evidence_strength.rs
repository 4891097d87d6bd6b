//! The strength of evidence is not on its scale.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::kind::EVIDENCE;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "RC011",
    name: "evidence-strength",
    summary: "The strength of evidence is not a number from 1 to 5",
    why: "Strength says how much a piece of evidence proves: 1 is a remark, 5 is a measurement of many. A 9 among them makes every other one look weak.",
    bad: "%% evidence/EV-h2vkd.md\n\
          ---\n\
          id: EV-h2vkd\n\
          title: Shoppers leave at the account form\n\
          status: new\n\
          source: Five shoppers\n\
          date: 2026-10-20\n\
          strength: 9\n\
          ---\n",
    good: "%% evidence/EV-h2vkd.md\n\
           ---\n\
           id: EV-h2vkd\n\
           title: Shoppers leave at the account form\n\
           status: new\n\
           source: Five shoppers\n\
           date: 2026-10-20\n\
           strength: 4\n\
           ---\n",
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(_: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let entry = subject.entry;
    if !std::ptr::eq(entry.kind, &EVIDENCE) {
        return;
    }
    // What is no number at all is told by the rules of the file.
    let Some(strength) = entry.number("strength") else { return };
    if !(1.0..=5.0).contains(&strength) || strength.fract() != 0.0 {
        let hint = format!("git backlog set {} strength=3", entry.id());
        let message = "strength is not one of 1, 2, 3, 4, 5";
        reports.push(Report::at_field(entry, "strength", message).hint(hint));
    }
}
