//! A suppression gives no reason.

use super::super::{Allowance, Check, Fixes, Rule};
use crate::domain::config::Severity;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "SU002",
    name: "allow-without-reason",
    summary: "A suppression gives no reason",
    why: "Whoever meets it later has to know whether it still holds; without a reason it allows nothing.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          allow: [AC001]\n\
          ---\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: task\n\
           status: ready\n\
           rank: mbbb\n\
           ---\n",
    severity: Severity::Error,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Allowance(check),
};

fn check(allowance: &Allowance) -> Option<(String, String)> {
    let rule = allowance.rule.filter(|_| allowance.reason.is_none())?;
    let message = format!("{} is allowed without a reason, so it is not", rule.code);
    Some((message, format!("write: allow {} because …", rule.code)))
}
