//! A status, a type or another word is none that the configuration knows.

use super::super::{Check, Rule};
use crate::domain::config::Severity;
use crate::domain::problem::ProblemKind;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "FM012",
    name: "unknown-word",
    summary: "A status, a type or another word is none that the configuration knows",
    why: "An unknown status counts as not begun, which is rarely what was meant.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: redy\n\
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
    check: Check::Problem(ProblemKind::UnknownWord),
};
