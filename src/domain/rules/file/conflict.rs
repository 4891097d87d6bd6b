//! A merge left its markers behind.

use super::super::{Check, Fixes, Rule};
use crate::domain::config::Severity;
use crate::domain::problem::ProblemKind;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "FM005",
    name: "conflict-marker",
    summary: "A merge left its markers behind",
    why: "Both versions are in the file and neither counts; choose one before anything else is changed.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          <<<<<<< HEAD\n\
          status: ready\n\
          =======\n\
          status: review\n\
          >>>>>>> other\n\
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
    check: Check::Problem(ProblemKind::Conflict, None),
};
