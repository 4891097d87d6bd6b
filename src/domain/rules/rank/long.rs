//! A rank is long.

use super::super::{Check, Fixes, Inspection, Parameter, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::Report;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "RK004",
    name: "long-rank",
    summary: "A rank has grown long",
    why: "Keys grow where items are put between the same two again and again. Long ones are legal, hard to read, and can be given anew at once.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbbbcdfghjklmpqrstvwxzbbcc\n\
          ---\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: task\n\
           status: ready\n\
           rank: mbbb\n\
           ---\n",
    severity: Severity::Info,
    parameters: &[Parameter { name: "max", default: 20.0, summary: "the most letters of a rank" }],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let max = at.number(&RULE, "max") as usize;
    let Some(rank) = subject.entry.text("rank") else { return };
    if subject.entry.kind.is_ranked() && rank.len() > max {
        let hint = "give the items anew keys: git backlog rank --compact";
        reports.push(Report::at_field(subject.entry, "rank", "the rank has grown long").hint(hint));
    }
}
