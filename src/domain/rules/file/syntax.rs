//! The front matter or the configuration is not valid YAML.

use super::super::{Check, Fixes, Rule};
use crate::domain::config::Severity;
use crate::domain::problem::ProblemKind;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "FM007",
    name: "invalid-yaml",
    summary: "The front matter or the configuration is not valid YAML",
    why: "A document whose fields cannot be read is left out of every list and plan.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Checkout: guests\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          ---\n",
    good: "---\n\
          id: BL-7k3qd\n\
          title: \"Checkout: guests\"\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          ---\n",
    severity: Severity::Error,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Problem(ProblemKind::Syntax, None),
};
