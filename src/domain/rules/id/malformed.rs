//! The id is none, or not the one in the file name.

use super::super::{Check, Fixes, Rule};
use crate::domain::config::Severity;
use crate::domain::problem::ProblemKind;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "ID001",
    name: "wrong-id",
    summary: "The id is none, or not the one in the file name",
    why: "Links, commits and branches find a document by its id; a file name that says another id misleads every reader.",
    bad: "---\n\
          id: BL-9qqrt\n\
          title: Guest checkout\n\
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
    check: Check::Problem(ProblemKind::Id, None),
};
