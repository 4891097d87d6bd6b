//! The front matter uses anchors, aliases, tags, merge keys or several documents.

use super::super::{Check, Fixes, Rule};
use crate::domain::config::Severity;
use crate::domain::problem::ProblemKind;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "FM009",
    name: "forbidden-yaml",
    summary: "The front matter uses anchors, aliases, tags, merge keys or several documents",
    why: "They make the value of a line depend on other lines, so that no change of one line can be reviewed alone.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: &t Guest checkout\n\
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
    check: Check::Problem(ProblemKind::ForbiddenYaml, None),
};
