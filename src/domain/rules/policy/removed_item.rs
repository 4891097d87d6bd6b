//! An item that was ready is gone.

use super::super::{Check, Fixes, Inspection, Rule};
use crate::domain::config::Severity;
use crate::domain::entry::Entry;
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
    // One that got another id keeps the old one as an alias; one that was there before is another.
    let is_renamed = |item: &Entry| {
        at.backlog.called(item.id()).is_some_and(|it| since.base.with_id(it.id()).next().is_none())
    };
    let is_there =
        |item: &Entry| at.backlog.with_id(item.id()).next().is_some() || is_renamed(item);
    for item in ready.filter(|item| !is_there(item)) {
        let message = format!("{} '{}' was ready, and is gone", item.id(), excerpt(&item.title()));
        let hint = format!("put it back, and reject it: git backlog set {} status=…", item.id());
        reports.push(Report::at_path(item.path(), item.id(), message).hint(hint));
    }
}
