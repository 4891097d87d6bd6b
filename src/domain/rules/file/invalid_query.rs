//! A saved query cannot be read.

use super::super::{Check, Fixes, Inspection, Rule};
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::select;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "FM014",
    name: "invalid-query",
    summary: "A query that the settings save cannot be read",
    why: "Whoever types its name gets an error instead of a list, and that is found out in the middle of a meeting.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          ---\n\
          %% config.yml\n\
          saved: {next: status=ready and}\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: task\n\
           status: ready\n\
           rank: mbbb\n\
           ---\n\
           %% config.yml\n\
           saved: {next: status=ready}\n",
    severity: Severity::Error,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Backlog(check),
};

fn check(at: &Inspection<'_>, reports: &mut Vec<Report>) {
    for (name, _) in at.backlog.config.saved.iter() {
        if let Err(error) = select::query(at.backlog, &format!("@{name}"), at.today) {
            let report = Report::at_settings(format!("saved.{name}: {}", error.message));
            reports.push(match error.hint {
                Some(hint) => report.hint(hint),
                None => report,
            });
        }
    }
}
