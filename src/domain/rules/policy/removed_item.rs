//! An item that was ready is gone.

use super::super::{Check, Fixes, Inspection, Rule};
use crate::domain::config::Severity;
use crate::domain::finding::{Report, excerpt};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "PO004",
    name: "removed-item",
    summary: "An item that was ready is gone from the backlog",
    why: "Whoever planned with it finds nothing, not even that it was dropped. A rejected item keeps its id, its criteria and the reason.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          ---\n\
          %% base items/BL-7k3qd-guest-checkout.md\n\
          ---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          ---\n\
          %% base items/BL-9qqrt-orders-by-address.md\n\
          ---\n\
          id: BL-9qqrt\n\
          title: Orders belong to an address\n\
          type: task\n\
          status: ready\n\
          rank: mcbb\n\
          ---\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: task\n\
           status: ready\n\
           rank: mbbb\n\
           ---\n\
           %% items/BL-9qqrt-orders-by-address.md\n\
           ---\n\
           id: BL-9qqrt\n\
           title: Orders belong to an address\n\
           type: task\n\
           status: ready\n\
           rank: mcbb\n\
           ---\n\
           %% base items/BL-7k3qd-guest-checkout.md\n\
           ---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: task\n\
           status: ready\n\
           rank: mbbb\n\
           ---\n\
           %% base items/BL-9qqrt-orders-by-address.md\n\
           ---\n\
           id: BL-9qqrt\n\
           title: Orders belong to an address\n\
           type: task\n\
           status: ready\n\
           rank: mcbb\n\
           ---\n",
    severity: Severity::Error,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Backlog(check),
};

fn check(at: &Inspection<'_>, reports: &mut Vec<Report>) {
    let Some(since) = at.since else { return };
    let before = Inspection::new(since.base, at.config, at.today, None);
    let ready = since.base.open_items().filter(|item| before.is_ready(item));
    for item in ready.filter(|item| at.backlog.called(item.id()).is_none()) {
        let message = format!("{} '{}' was ready, and is gone", item.id(), excerpt(&item.title()));
        let hint = format!("put it back, and reject it: git backlog set {} status=…", item.id());
        reports.push(Report::at_path(item.path(), item.id(), message).hint(hint));
    }
}
