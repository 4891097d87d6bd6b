//! A symbolic link, a device, a pipe or a folder stands where a document belongs.

use super::super::{Check, Fixes, Rule};
use crate::domain::config::Severity;
use crate::domain::problem::ProblemKind;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "FM002",
    name: "not-a-file",
    summary: "A symbolic link, a device, a pipe or a folder stands where a document belongs",
    why: "Following a link out of the folder would show, and write to, files that are not part of the backlog.",
    bad: "",
    good: "",
    severity: Severity::Error,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Problem(ProblemKind::NotRegular, None),
};
