//! The file could not be read.

use super::super::{Check, Fixes, Rule};
use crate::domain::config::Severity;
use crate::domain::problem::ProblemKind;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "FM001",
    name: "unreadable-file",
    summary: "The file could not be read",
    why: "A document that nobody can read is not absent: the next change would be made as if it did not exist.",
    bad: "",
    good: "",
    severity: Severity::Error,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Problem(ProblemKind::Unreadable, None),
};
