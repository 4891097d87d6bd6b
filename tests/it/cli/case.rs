//! `case`.

use insta::assert_snapshot;

use super::{document, edit, shop};
use crate::support::Repo;

fn priced() -> Repo {
    let repo = shop();
    let settings = repo.read(".backlog/config.yml");
    let budget = "budget: {cost_per_point: 1000, currency: EUR}\n";
    repo.write(".backlog/config.yml", settings + budget);
    document(
        &repo,
        "releases/REL-22222-winter",
        "status: planned\ntarget: 2026-12-14\nbudget: 4000\nrisk: Snow\n",
    );
    document(&repo, "releases/REL-33333-pilot", "status: shipped\n");
    for (path, id) in [
        (super::CHECKOUT, "value: 8\n"),
        (".backlog/items/BL-9qqrt-orders-belong-to-an-address.md", "value: 5\n"),
        (".backlog/items/BL-d4bcg-pay-by-invoice.md", "value: 3\n"),
    ] {
        edit(&repo, path, id, &format!("{id}release: REL-22222\n"));
    }
    repo
}

#[test]
fn tells_what_a_release_is_worth_and_what_it_costs() {
    let repo = priced();
    assert_snapshot!(repo.session("git backlog case\ngit backlog case REL-22222"), @"");
    let json = repo.run(&["case", "REL-22222", "--format", "json"]).json();
    assert_eq!(json["money"]["left"], -1000.0);
    assert_eq!(json["effort"]["open_without"], 1);
}

#[test]
fn payback_is_told_where_value_means_money() {
    let repo = priced();
    edit(&repo, ".backlog/config.yml", "currency: EUR", "currency: EUR, value_per_point: 1500");
    let run = repo.run(&["case", "7k3qd"]);
    assert!(run.out.contains("12,000 EUR in a year, paid back after 3 months"), "{run}");
    edit(&repo, ".backlog/config.yml", "value_per_point: 1500", "value_per_point: -1");
    let run = repo.run(&["case", "7k3qd"]);
    assert!(run.err.contains("budget.value_per_point is -1, not more than 0"), "{run}");
}

#[test]
fn what_has_no_case_is_refused_and_an_empty_backlog_has_none() {
    let repo = shop();
    assert_snapshot!(repo.session("git backlog case EV-h2vkd\ngit backlog case zzz\ngit backlog case"), @"");
}
