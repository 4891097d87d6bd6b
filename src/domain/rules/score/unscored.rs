//! An item near the top cannot be compared.

use std::collections::HashSet;

use super::super::{Check, Fixes, Inspection, Parameter, Rule};
use super::scoring;
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::kind::Category;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "SC001",
    name: "unscored-near-top",
    summary: "An item near the top lacks a number that its score needs",
    why: "What stands near the top is done next, so it should be there for what it is worth. An item without a score is never compared with the others, and `rank --by score` leaves it where it is. Items that are begun, and those that others are parts of, are not asked for numbers; nor is anything where less than half of the open items have a score, because the project does not score then. A backlog that is no longer than these places has no top.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          value: 8\n\
          ---\n\
          %% items/BL-zvtx5-mail.md\n\
          ---\n\
          id: BL-zvtx5\n\
          title: Confirm by mail\n\
          type: task\n\
          status: ready\n\
          rank: mdbb\n\
          value: 3\n\
          effort: 2\n\
          ---\n\
          %% config.yml\n\
          rules: {SC001: {parameters: {places: 1}}}\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: task\n\
           status: ready\n\
           rank: mbbb\n\
           value: 8\n\
           effort: 3\n\
           ---\n\
           %% items/BL-zvtx5-mail.md\n\
           ---\n\
           id: BL-zvtx5\n\
           title: Confirm by mail\n\
           type: task\n\
           status: ready\n\
           rank: mdbb\n\
           value: 3\n\
           effort: 2\n\
           ---\n\
           %% config.yml\n\
           rules: {SC001: {parameters: {places: 1}}}\n",
    severity: Severity::Info,
    parameters: &[Parameter {
        name: "places",
        default: 10.0,
        summary: "how many items from the top are looked at",
    }],
    fixes: Fixes::None,
    check: Check::Backlog(check),
};

fn check(at: &Inspection<'_>, reports: &mut Vec<Report>) {
    let Some(scoring) = scoring(at) else { return };
    let open: Vec<_> = at.backlog.open_items().collect();
    let n_places = at.number(&RULE, "places") as usize;
    let n_scored = open.iter().filter(|item| scoring.score(item).is_ok()).count();
    if open.len() <= n_places || 2 * n_scored < open.len() {
        return;
    }
    let parents: HashSet<&str> = open
        .iter()
        .flat_map(|item| at.targets(item, "parent"))
        .map(|(_, parent)| parent.path())
        .collect();
    for item in open.iter().take(n_places) {
        let is_asked =
            at.backlog.category(item) == Category::Todo && !parents.contains(item.path());
        let Some(lacks) = scoring.score(item).err().filter(|_| is_asked) else { continue };
        // A number that is there and wrong is another rule's business.
        let missing = lacks.iter().filter_map(|lack| lack.field.as_deref());
        let missing: Vec<&str> = missing.filter(|field| item.text(field).is_none()).collect();
        if missing.is_empty() {
            continue;
        }
        let message = format!("it stands near the top and has no {}", missing.join(", no "));
        let first = missing[0];
        let hint = format!("say what you know: git backlog set {} {first}=…", item.id());
        reports.push(Report::at_field(item, "rank", message).hint(hint));
    }
}
