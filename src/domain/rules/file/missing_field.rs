//! A field that every document needs is missing.

use super::super::{Check, Fixes, Rule};
use crate::domain::config::Severity;
use crate::domain::problem::ProblemKind;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "FM010",
    name: "missing-field",
    summary: "A field that every document needs is missing",
    why: "Lists show the id and the title, and nothing else says which document is meant.",
    bad: "---\n\
          id: BL-7k3qd\n\
          type: task\n\
          status: ready\n\
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
    check: Check::Problem(ProblemKind::MissingField, None),
};
