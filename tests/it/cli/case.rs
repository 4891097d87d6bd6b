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
    assert_snapshot!(repo.session("git backlog case\ngit backlog case REL-22222"), @"
    $ git backlog case
    id         status   budget  spent  to come    left  not estimated  title
    REL-22222  planned   4,000  2,000    3,000  -1,000              1  Winter
    REL-33333  shipped              0        0                      0  Pilot
    2 releases; a point costs 1,000 EUR
    $ git backlog case REL-22222
    REL-22222  Winter
    status    planned
    problem   Winter, in more words.
    evidence  EV-h2vkd Shoppers leave at the form (strength 4, interview)
    value     16 in all: 3 done, 13 open
    effort    5 in all: 2 done, 3 open; 1 open item has none
    cost      5,000 EUR in all: 2,000 EUR spent, 3,000 EUR to come
    budget    4,000 EUR, 1,000 EUR over
    return    4.33 of value for a point of effort, 4.33 for 1,000 EUR; too good, because effort is missing
    risk      Snow
    moves     GOAL-activation Who fills a basket also orders: unmeasured

    Items
    id        status       value  effort  title
    BL-d4bcg  done             3       2  Pay by invoice
    BL-7k3qd  ready            8       3  Guest checkout
    BL-9qqrt  in-progress      5          Orders belong to an address

    Missing
      effort: 1 open item has none: git backlog set ID effort=…
      metric: no goal with a metric is served: git backlog set ID goal=GOAL-…
    ");
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
    assert_snapshot!(repo.session("git backlog case EV-h2vkd\ngit backlog case zzz\ngit backlog case"), @"
    $ git backlog case EV-h2vkd
    ! error: EV-h2vkd is of kind evidence, which has no case
    ! hint: name an item, a goal or a release
    = 2
    $ git backlog case zzz
    ! error: no document with id 'zzz'
    ! hint: see the ids with: git backlog list --all
    = 2
    $ git backlog case
    no release is planned: git backlog new release 'Winter opening'
    ");
}
