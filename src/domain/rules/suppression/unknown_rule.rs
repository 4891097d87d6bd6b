//! A suppression names no rule.

use super::super::{Allowance, Check, Fixes, RULES, Rule};
use crate::domain::config::Severity;
use crate::domain::suggest;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "SU003",
    name: "allow-unknown-rule",
    summary: "A suppression names no rule",
    why: "A slip in a code would look like a suppression and be none.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          allow: [AC901 because the glossary defines it]\n\
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
    if allowance.rule.is_some() {
        return None;
    }
    let codes: Vec<&str> = RULES.iter().flat_map(|rule| [rule.code, rule.name]).collect();
    let message = match &*allowance.word {
        "" => "a suppression without a code".to_owned(),
        word => format!("there is no rule '{word}'"),
    };
    Some((message, suggest::did_you_mean(&allowance.word, &codes)))
}
