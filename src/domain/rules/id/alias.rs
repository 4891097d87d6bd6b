//! An alias means several documents.

use super::super::{Check, Fixes, Inspection, Rule};
use crate::domain::config::Severity;
use std::collections::HashMap;

use crate::domain::entry::Entry;
use crate::domain::finding::Report;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "ID003",
    name: "ambiguous-alias",
    summary: "An alias is also the id or the alias of another document",
    why: "Commands and links take an alias for the document, and of two they cannot know which.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          aliases: [JIRA-12]\n\
          ---\n\
          %% items/BL-9qqrt-orders-by-address.md\n\
          ---\n\
          id: BL-9qqrt\n\
          title: Orders belong to an address\n\
          type: task\n\
          status: ready\n\
          rank: mcbb\n\
          aliases: [jira-12]\n\
          ---\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: task\n\
           status: ready\n\
           rank: mbbb\n\
           aliases: [JIRA-12]\n\
           ---\n\
           %% items/BL-9qqrt-orders-by-address.md\n\
           ---\n\
           id: BL-9qqrt\n\
           title: Orders belong to an address\n\
           type: task\n\
           status: ready\n\
           rank: mcbb\n\
           aliases: [JIRA-13]\n\
           ---\n",
    severity: Severity::Error,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Backlog(check),
};

fn check(at: &Inspection<'_>, reports: &mut Vec<Report>) {
    let mut by_name: HashMap<String, Vec<&Entry>> = HashMap::new();
    for entry in at.backlog.readable() {
        for alias in entry.list("aliases") {
            by_name.entry(alias.to_lowercase()).or_default().push(entry);
        }
    }
    for entry in at.backlog.readable() {
        for alias in entry.list("aliases") {
            let by_id = at.backlog.with_id(&alias);
            let by_alias = by_name.get(&alias.to_lowercase()).into_iter().flatten().copied();
            let mut others = by_id.chain(by_alias).filter(|other| *other != entry);
            if let Some(other) = others.next() {
                let message = format!("the alias '{alias}' also means {}", other.id());
                let hint = "leave it to one of them";
                reports.push(Report::at_field(entry, "aliases", message).hint(hint));
            }
        }
    }
}
