//! Nearly everything is a must.

use super::super::{Check, Fixes, Inspection, Parameter, Rule};
use crate::domain::config::Severity;
use crate::domain::entry::Entry;
use crate::domain::finding::Report;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "SC004",
    name: "all-must",
    summary: "More than 60 % of the effort is must",
    why: "What can be left out is what makes a date safe: DSDM asks for at most 60 % of the effort as Must and about 20 % as Could. Where all is must, the class says nothing any more. Counted are open items with a class and an effort, those of wont left out.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          effort: 5\n\
          moscow: must\n\
          ---\n\
          %% items/BL-zvtx5-mail.md\n\
          ---\n\
          id: BL-zvtx5\n\
          title: Confirm by mail\n\
          type: task\n\
          status: ready\n\
          rank: mdbb\n\
          effort: 3\n\
          moscow: should\n\
          ---\n\
          %% config.yml\n\
          score: {model: moscow}\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: task\n\
           status: ready\n\
           rank: mbbb\n\
           effort: 5\n\
           moscow: must\n\
           ---\n\
           %% items/BL-zvtx5-mail.md\n\
           ---\n\
           id: BL-zvtx5\n\
           title: Confirm by mail\n\
           type: task\n\
           status: ready\n\
           rank: mdbb\n\
           effort: 5\n\
           moscow: could\n\
           ---\n\
           %% config.yml\n\
           score: {model: moscow}\n",
    severity: Severity::Warning,
    parameters: &[Parameter {
        name: "percent",
        default: 60.0,
        summary: "the largest share of the effort that may be must",
    }],
    fixes: Fixes::None,
    check: Check::Backlog(check),
};

fn check(at: &Inspection<'_>, reports: &mut Vec<Report>) {
    if at.config.score.model != "moscow" {
        return;
    }
    let share = crate::domain::score::must_share(at.backlog);
    let percent = at.number(&RULE, "percent");
    let Some(share) = share.filter(|share| 100.0 * share > percent) else { return };
    let is_must = |item: &&Entry| item.text("moscow").is_some_and(|it| it == "must");
    let Some(first) = at.backlog.open_items().find(is_must) else { return };
    let hint = format!("{:.0} % are: what could be left out if time runs short?", 100.0 * share);
    let message = format!("more than {percent} % of the effort is must");
    reports.push(Report::at_field(first, "moscow", message).hint(hint));
}
