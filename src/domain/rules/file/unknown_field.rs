//! A key is neither a field nor declared as one.

use super::super::{Check, Rule};
use crate::domain::config::Severity;
use crate::domain::problem::ProblemKind;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "FM013",
    name: "unknown-field",
    summary: "A key is neither a field nor declared as one",
    why: "A slip of the pen hides the value that it was to set.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          efort: 3\n\
          ---\n",
    good: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          effort: 3\n\
          ---\n",
    severity: Severity::Warning,
    check: Check::Problem(ProblemKind::UnknownField),
};
