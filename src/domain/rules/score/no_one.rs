//! A column of WSJF that nothing is measured by.

use super::super::{Check, Fixes, Inspection, Parameter, Rule};
use super::scoring;
use crate::domain::config::Severity;
use crate::domain::entry::Entry;
use crate::domain::finding::Report;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "SC003",
    name: "no-one-in-column",
    summary: "A column of WSJF has no 1",
    why: "WSJF compares: in each column the smallest item is a 1, and the others are so many times as much (SAFe). A column without a 1 has been inflated, and counts for more than the others. It is asked for where enough items are scored to have a smallest.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          value: 8\n\
          time_criticality: 1\n\
          risk_reduction: 1\n\
          effort: 1\n\
          ---\n\
          %% items/BL-zvtx5-mail.md\n\
          ---\n\
          id: BL-zvtx5\n\
          title: Confirm by mail\n\
          type: task\n\
          status: ready\n\
          rank: mdbb\n\
          value: 5\n\
          time_criticality: 3\n\
          risk_reduction: 1\n\
          effort: 2\n\
          ---\n\
          %% config.yml\n\
          score: {model: wsjf}\n\
          rules: {SC003: {parameters: {items: 2}}}\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: task\n\
           status: ready\n\
           rank: mbbb\n\
           value: 5\n\
           time_criticality: 1\n\
           risk_reduction: 1\n\
           effort: 1\n\
           ---\n\
           %% items/BL-zvtx5-mail.md\n\
           ---\n\
           id: BL-zvtx5\n\
           title: Confirm by mail\n\
           type: task\n\
           status: ready\n\
           rank: mdbb\n\
           value: 1\n\
           time_criticality: 3\n\
           risk_reduction: 1\n\
           effort: 2\n\
           ---\n\
           %% config.yml\n\
           score: {model: wsjf}\n\
           rules: {SC003: {parameters: {items: 2}}}\n",
    severity: Severity::Warning,
    parameters: &[Parameter {
        name: "items",
        default: 5.0,
        summary: "how many open items must be scored before a 1 is asked for",
    }],
    fixes: Fixes::None,
    check: Check::Backlog(check),
};

fn check(at: &Inspection<'_>, reports: &mut Vec<Report>) {
    let Some(scoring) = scoring(at).filter(|it| it.model.name == "wsjf") else { return };
    let values = |item: &'_ Entry| scoring.values(item).ok();
    let rows: Vec<(&Entry, Vec<f64>)> =
        at.backlog.open_items().filter_map(|item| Some((item, values(item)?))).collect();
    if rows.len() < at.number(&RULE, "items") as usize {
        return;
    }
    for (column, input) in scoring.inputs.iter().enumerate() {
        let least = rows.iter().min_by(|a, b| a.1[column].total_cmp(&b.1[column]));
        let Some((item, values)) = least.filter(|(_, values)| values[column] > 1.0) else {
            continue;
        };
        let message = format!("{} is nowhere 1", input.field);
        let hint = format!("its least is {}, here: make that the 1", values[column]);
        reports.push(Report::at_field(item, &input.field, message).hint(hint));
    }
}
