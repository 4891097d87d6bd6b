//! A suppression allows nothing.

use super::super::{Allowance, Check, Fixes, Rule};
use crate::domain::config::Severity;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "SU001",
    name: "unused-allow",
    summary: "A suppression allows nothing",
    why: "A suppression that outlives what it was written for will hide the next finding, which nobody has looked at.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          allow: [RK002 because it has a place]\n\
          ---\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: task\n\
           status: ready\n\
           allow: [RK002 because the order is made on Monday]\n\
           ---\n",
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::Safe,
    check: Check::Allowance(check),
};

fn check(allowance: &Allowance) -> Option<(String, String)> {
    let is_unused = allowance.reason.is_some() && !allowance.is_used;
    // What allows a change stays in the text as the reason for it, long after the change.
    let rule = allowance.rule.filter(|rule| is_unused && !rule.is_about_changes())?;
    let message = format!("{} ({}) finds nothing that this allows", rule.code, rule.name);
    Some((message, "remove it".to_owned()))
}
