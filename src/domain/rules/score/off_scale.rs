//! A number that the scale does not have.

use super::super::{Check, Fixes, Inspection, Rule};
use super::scoring;
use crate::domain::config::Severity;
use crate::domain::finding::Report;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "SC002",
    name: "off-scale",
    summary: "An input of the score is not on its scale",
    why: "A scale keeps estimates comparable: a value of 100 in a column of 1 to 13 would decide the order alone. Such an item has no score until somebody says what is meant. The scales are those of the model or of `score.scales`.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          value: 100\n\
          effort: 3\n\
          ---\n\
          %% config.yml\n\
          score: {scales: {value: [1, 2, 3, 5, 8, 13]}}\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: task\n\
           status: ready\n\
           rank: mbbb\n\
           value: 13\n\
           effort: 3\n\
           ---\n\
           %% config.yml\n\
           score: {scales: {value: [1, 2, 3, 5, 8, 13]}}\n",
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Backlog(check),
};

fn check(at: &Inspection<'_>, reports: &mut Vec<Report>) {
    let Some(scoring) = scoring(at) else { return };
    for item in at.backlog.open_items() {
        for input in &scoring.inputs {
            // What is no number at all, or no word of the field, is told by the rules of the file.
            let Some(number) = item.number(&input.field) else { continue };
            let Some(why) = input.scale.refusal(number) else { continue };
            let message = format!("{} {why}", input.field);
            let report = Report::at_field(item, &input.field, message);
            reports.push(report.hint("until it is, the item has no score"));
        }
    }
}
