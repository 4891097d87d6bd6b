//! `why`: who moved an item, and for which reason.

use insta::assert_snapshot;

use super::super::{CHECKOUT, commit, document, edit, shop};
use super::*;

#[test]
fn tells_who_moved_it_and_why() {
    let repo = shop();
    assert_snapshot!(repo.session("git backlog why 7kxxm"), @"
    $ git backlog why 7kxxm
    BL-7kxxm  Basket is empty after login
    position   3 of 3, proposed
    moved      never since Mira added it, 2026-01-01
    worth      no value and no effort, so that no score can be told
    goal       none
    evidence   none recorded
    waits for  nothing
    ");
    edit(&repo, BASKET, "rank: mbfd", "rank: mbbb");
    commit(&repo, "Mira", "backlog: rank BL-7kxxm 3 → 1\n\nShoppers lose what they chose.\n");
    edit(&repo, BASKET, "rank: mbbb", "rank: mbdb");
    commit(&repo, "Max", "backlog: rank BL-7kxxm 1 → 2");
    assert_snapshot!(repo.session("
        git backlog why 7kxxm
        git backlog why 7kxxm --at HEAD~1
        git backlog why 7kxxm --at HEAD~2
    "), @"
    $ git backlog why 7kxxm
    BL-7kxxm  Basket is empty after login
    position   2 of 3, proposed
    moved      2026-01-01 Max: 1 → 2, below BL-7k3qd Guest checkout. No reason is given (HASH)
               2026-01-01 Mira: 3 → 1, at the top, above BL-7k3qd Guest checkout; passes 2. Shoppers lose what they chose. (HASH)
    worth      no value and no effort, so that no score can be told
    goal       none
    evidence   none recorded
    waits for  nothing
    $ git backlog why 7kxxm --at HEAD~1
    BL-7kxxm  Basket is empty after login
    position   1 of 3, proposed
    moved      2026-01-01 Mira: 3 → 1, at the top, above BL-7k3qd Guest checkout; passes 2. Shoppers lose what they chose. (HASH)
    worth      no value and no effort, so that no score can be told
    goal       none
    evidence   none recorded
    waits for  nothing
    $ git backlog why 7kxxm --at HEAD~2
    BL-7kxxm  Basket is empty after login
    position   3 of 3, proposed
    moved      never since Mira added it, 2026-01-01
    worth      no value and no effort, so that no score can be told
    goal       none
    evidence   none recorded
    waits for  nothing
    ");
    // Nobody touched it, and it is told as moved.
    edit(&repo, ORDERS, "rank: mbdd", "rank: mbcz");
    commit(&repo, "Mira", "Orders up");
    edit(&repo, CHECKOUT, "rank: mbcd", "rank: mbzd");
    edit(&repo, ORDERS, "rank: mbcz", "rank: mbzz");
    commit(&repo, "Jonas", "Baskets first");
    edit(&repo, BASKET, "rank: mbdb", "rank: mczz");
    assert_snapshot!(repo.session("
        git backlog why 7kxxm
        git backlog why 7kxxm --format json
    "), @r#"
    $ git backlog why 7kxxm
    BL-7kxxm  Basket is empty after login
    position   3 of 3, proposed
    moved      not committed yet: 1 → 3, at the end, below BL-9qqrt Orders belong to an address; passes 2
               2026-01-01 Jonas: 3 → 1, at the top, above BL-7k3qd Guest checkout; passes 2. Baskets first (HASH)
               2026-01-01 Max: 1 → 2, below BL-7k3qd Guest checkout. No reason is given (HASH)
               2026-01-01 Mira: 3 → 1, at the top, above BL-7k3qd Guest checkout; passes 2. Shoppers lose what they chose. (HASH)
    worth      no value and no effort, so that no score can be told
    goal       none
    evidence   none recorded
    waits for  nothing
    $ git backlog why 7kxxm --format json
    {
      "schema": 1,
      "id": "BL-7kxxm",
      "title": "Basket is empty after login",
      "status": "proposed",
      "position": 3,
      "open": 3,
      "moves": [
        {
          "from": 1,
          "to": 3,
          "after": "BL-9qqrt",
          "before": null,
          "n_passed": 2,
          "passed": [
            "BL-9qqrt",
            "BL-7k3qd"
          ],
          "commit": null,
          "date": null,
          "author": null,
          "reason": null
        },
        {
          "from": 3,
          "to": 1,
          "after": null,
          "before": "BL-7k3qd",
          "n_passed": 2,
          "passed": [
            "BL-7k3qd",
            "BL-9qqrt"
          ],
          "commit": "HASH",
          "date": "2026-01-01T12:00:05+00:00",
          "author": "Jonas",
          "reason": "Baskets first"
        },
        {
          "from": 1,
          "to": 2,
          "after": "BL-7k3qd",
          "before": "BL-9qqrt",
          "n_passed": 1,
          "passed": [
            "BL-7k3qd"
          ],
          "commit": "HASH",
          "date": "2026-01-01T12:00:03+00:00",
          "author": "Max",
          "reason": null
        },
        {
          "from": 3,
          "to": 1,
          "after": null,
          "before": "BL-7k3qd",
          "n_passed": 2,
          "passed": [
            "BL-7k3qd",
            "BL-9qqrt"
          ],
          "commit": "HASH",
          "date": "2026-01-01T12:00:02+00:00",
          "author": "Mira",
          "reason": "Shoppers lose what they chose."
        }
      ],
      "inputs": [],
      "value_per_effort": null,
      "score": null,
      "goals": [],
      "metrics": [],
      "risk": null,
      "personas": [],
      "evidence": [],
      "decisions": [],
      "waits_for": [],
      "waited_for_by": [],
      "plan": [],
      "questions": [],
      "commits": [],
      "branches": []
    }
    "#);
}

#[test]
fn many_moves_are_counted() {
    let repo = shop();
    for (at, (from, to)) in
        [("mbfd", "mbbb"), ("mbbb", "mbdb"), ("mbdb", "mbfd")].iter().cycle().take(7).enumerate()
    {
        edit(&repo, BASKET, &format!("rank: {from}"), &format!("rank: {to}"));
        commit(&repo, "Mira", &format!("For the {at}. time"));
    }
    assert_snapshot!(repo.session("git backlog why 7kxxm"), @"
    $ git backlog why 7kxxm
    BL-7kxxm  Basket is empty after login
    position   1 of 3, proposed
    moved      2026-01-01 Mira: 3 → 1, at the top, above BL-7k3qd Guest checkout; passes 2. For the 6. time (HASH)
               2026-01-01 Mira: 2 → 3, at the end, below BL-9qqrt Orders belong to an address. For the 5. time (HASH)
               2026-01-01 Mira: 1 → 2, below BL-7k3qd Guest checkout. For the 4. time (HASH)
               2026-01-01 Mira: 3 → 1, at the top, above BL-7k3qd Guest checkout; passes 2. For the 3. time (HASH)
               2026-01-01 Mira: 2 → 3, at the end, below BL-9qqrt Orders belong to an address. For the 2. time (HASH)
               and 2 moves before
    worth      no value and no effort, so that no score can be told
    goal       none
    evidence   none recorded
    waits for  nothing
    ");
}

#[test]
fn what_is_done_or_new_or_no_item() {
    let repo = shop();
    document(
        &repo,
        "items/BL-22222-vouchers",
        "type: story\nstatus: proposed\nrank: mbzz\nvalue: 0\neffort: 0\n",
    );
    document(&repo, "items/BL-33333-gifts", "type: story\nstatus: proposed\nvalue: much\n");
    assert_snapshot!(repo.session("
        git backlog why d4bcg
        git backlog why BL-22222
        git backlog why BL-33333
        git backlog why EV-h2vkd
        git backlog why nothing
        git backlog why 7k
        git backlog why 7k3qd --at nothing
    "), @r#"
    $ git backlog why d4bcg
    BL-d4bcg  Pay by invoice
    position   not in the order any more: done
    moved      never since Mira added it, 2026-01-01
    worth      value 3 (Mira 2026-01-01), effort 2 (Mira 2026-01-01)
    goal       none
    evidence   none recorded
    waits for  nothing
    $ git backlog why BL-22222
    BL-22222  Vouchers
    position      4 of 5, proposed
    moved         never, it is not committed yet
    worth         value 0 (not committed), effort 0 (not committed)
    value-effort  unscored: effort 0 cannot be divided by
    goal          none
    evidence      none recorded
    waits for     nothing
    $ git backlog why BL-33333
    BL-33333  Gifts
    position      5 of 5, proposed
    moved         never, it is not committed yet
    worth         value much (not committed)
    value-effort  unscored: value 'much' is not a number; no effort
    goal          none
    evidence      none recorded
    waits for     nothing
    $ git backlog why EV-h2vkd
    ! error: EV-h2vkd is no item, and has no place in the order
    ! hint: see its history with: git backlog log EV-h2vkd
    = 2
    $ git backlog why nothing
    ! error: no document with id 'nothing'
    ! hint: see the ids with: git backlog list --all
    = 2
    $ git backlog why 7k
    ! error: '7k' matches BL-7k3qd "Guest checkout", BL-7kxxm "Basket is empty after login"
    ! hint: type more of the id
    = 2
    $ git backlog why 7k3qd --at nothing
    ! error: no revision 'nothing'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    "#);
}
