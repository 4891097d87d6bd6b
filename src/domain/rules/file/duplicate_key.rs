//! A key stands twice.

use super::super::{Check, Fixes, Rule};
use crate::domain::config::Severity;
use crate::domain::problem::ProblemKind;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "FM008",
    name: "duplicate-key",
    summary: "A key stands twice",
    why: "Readers of YAML disagree on which of the two counts.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          status: done\n\
          rank: mbbb\n\
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
    check: Check::Problem(ProblemKind::DuplicateKey, None),
};
