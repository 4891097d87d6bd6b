//! The file is larger, deeper or wider than the limits.

use super::super::{Check, Fixes, Rule};
use crate::domain::config::Severity;
use crate::domain::problem::ProblemKind;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "FM004",
    name: "too-large",
    summary: "The file is larger, deeper or wider than the limits",
    why: "Limits keep a hostile or broken file from stopping the work on all others.",
    bad: "",
    good: "",
    severity: Severity::Error,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Problem(ProblemKind::Limit, None),
};
