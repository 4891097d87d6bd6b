//! The file has no front matter, or one that is not closed.

use super::super::{Check, Fixes, Rule};
use crate::domain::config::Severity;
use crate::domain::problem::ProblemKind;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "FM006",
    name: "no-front-matter",
    summary: "The file has no front matter, or one that is not closed",
    why: "Without its fields a document has no id, no status and no place in the order.",
    bad: "# Guest checkout\n",
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
    check: Check::Problem(ProblemKind::FrontMatter, None),
};
