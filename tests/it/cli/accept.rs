//! `accept` and `reject`.

use insta::assert_snapshot;

use super::{CHECKOUT, commit, edit, shop};
use crate::support::Repo;

/// A shop with an owner, in which the first item is in review.
fn in_review() -> Repo {
    let repo = shop();
    repo.write(
        ".backlog/product.md",
        "---\nid: product\ntitle: Korb\nowner: Mira <mira@example.org>\n---\n",
    );
    edit(&repo, CHECKOUT, "status: ready", "status: review");
    commit(&repo, "Mira", "In review");
    repo
}

#[test]
fn accepts_what_meets_its_criteria() {
    let repo = in_review();
    let commands = "
        git backlog list --awaiting-acceptance
        git backlog accept 7k3qd
        git backlog criteria 7k3qd check 1 3 -q
        git backlog accept 7k3qd -m 'Seen in the showcase'
        git log -1 --format=%B
        git backlog show 7k3qd
        git backlog list --awaiting-acceptance
        git backlog accept 7k3qd
        git backlog log 7k3qd -n 1
        git backlog check
        git backlog undo -q
        git diff HEAD~2 --stat
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog list --awaiting-acceptance
    #  id        type   status  value  effort  met  title
    1  BL-7k3qd  story  review      8       3  1/3  Guest checkout
    1 item
    $ git backlog accept 7k3qd
    ! error: 2 of 3 criteria of BL-7k3qd are open: criteria 1, 3
    ! hint: tick what is met: git backlog criteria BL-7k3qd check 1; or accept it open: --except 1 --why REASON
    = 7
    $ git backlog criteria 7k3qd check 1 3 -q
    $ git backlog accept 7k3qd -m 'Seen in the showcase'
    accept BL-7k3qd by mira@example.org "Guest checkout"
    set BL-7k3qd status review → done "Guest checkout"
    set BL-7k3qd done 2026-11-25 "Guest checkout"
    ! warning: BL-7k3qd depends on what is open: BL-9qqrt
    ! [main HASH] backlog: accept BL-7k3qd by mira@example.org "Guest checkout"
    $ git log -1 --format=%B
    backlog: accept BL-7k3qd by mira@example.org "Guest checkout"

    - accept BL-7k3qd by mira@example.org "Guest checkout"
    - set BL-7k3qd status review → done "Guest checkout"
    - set BL-7k3qd done 2026-11-25 "Guest checkout"
    - criteria BL-7k3qd tick 1, tick 3 "Guest checkout"

    Seen in the showcase

    Backlog: BL-7k3qd
    Accepted-by: mira@example.org

    $ git backlog show 7k3qd
    BL-7k3qd  Guest checkout
    type         story
    status       done
    created      2026-11-02
    rank         mbcd
    labels       checkout
    goal         GOAL-activation Who fills a basket also orders
    value        8
    effort       3
    depends_on   BL-9qqrt Orders belong to an address
    done         2026-11-25
    evidence     EV-h2vkd Shoppers leave at the form (assessed)
    accepted     mira@example.org on 2026-11-25
    last change  2026-01-01 Mira: backlog: accept BL-7k3qd by mira@example.org "Guest checkout" (HASH)

    As a shopper, I want to pay without an account, so that I can buy in a minute.

    ## Acceptance criteria

    ☑ A guest reaches payment in one step.
    ☑ The confirmation never requires an account. ^ac-k3
    ☑ The p95 of the payment step is at most 800 ms.

    ## Notes

    Follows from EV-h2vkd Shoppers leave at the form.
    $ git backlog list --awaiting-acceptance
    #  id  type  status  value  effort  met  title
    0 items
    $ git backlog accept 7k3qd
    ! BL-7k3qd was accepted by mira@example.org on 2026-11-25 already
    ! nothing to change
    $ git backlog log 7k3qd -n 1
    2026-01-01 Mira: Seen in the showcase (HASH)
      BL-7k3qd Guest checkout: status review → done; done none → 2026-11-25; accepted none → by mira@example.org, on 2026-11-25; criterion 1 met: A guest reaches payment in one step.; criterion 3 met: The p95 of the payment step is at most 800 ms.
    $ git backlog check
    .backlog/items/BL-7k3qd-guest-checkout.md:12:14: warning[LK008]: it is done, and BL-9qqrt, which it depends on, is not
        if it never did: git backlog set BL-7k3qd depends_on-=BL-9qqrt

    9 documents checked: 0 errors, 1 warning
    $ git backlog undo -q
    $ git diff HEAD~2 --stat
    "#);
}

#[test]
fn criteria_may_stay_open_for_a_reason() {
    let repo = in_review();
    edit(&repo, ".backlog/config.yml", "AC014: off", "AC016: error");
    commit(&repo, "Mira", "Rules");
    let commands = "
        git backlog accept 7k3qd --except 1
        git backlog accept 7k3qd --except 1 --why ' ' --except 3 --why 'Later'
        git backlog accept 7k3qd --except 1 --why 'Seen on paper'
        git backlog accept 7k3qd --except 2 --why 'Why not'
        git backlog accept 7k3qd --except 9 --why 'Why not'
        git backlog accept 7k3qd 9q --except 1 --why 'Why not'
        git backlog accept 7k3qd --except 1 --why 'Seen on paper' --except 3 --why 'Measured after the launch' -m 'Good enough for the launch'
        git log -1 --format=%B
        git show --format= -U0
        git backlog check
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog accept 7k3qd --except 1
    ! error: 1 exception and 0 reasons were given
    ! hint: write --except N --why REASON for each criterion that may stay open
    = 2
    $ git backlog accept 7k3qd --except 1 --why ' ' --except 3 --why 'Later'
    ! error: the reason for criterion 1 is empty
    = 2
    $ git backlog accept 7k3qd --except 1 --why 'Seen on paper'
    ! error: 1 of 3 criteria of BL-7k3qd are open: criterion 3
    ! hint: tick what is met: git backlog criteria BL-7k3qd check 3; or accept it open: --except 3 --why REASON
    = 7
    $ git backlog accept 7k3qd --except 2 --why 'Why not'
    ! error: criterion 2 of BL-7k3qd is met, and no exception
    = 2
    $ git backlog accept 7k3qd --except 9 --why 'Why not'
    ! error: BL-7k3qd has no criterion '9', but 3 criteria
    ! hint: see them with: git backlog criteria BL-7k3qd
    = 2
    $ git backlog accept 7k3qd 9q --except 1 --why 'Why not'
    ! error: an exception is for one item, and several are named
    ! hint: accept that item alone
    = 2
    $ git backlog accept 7k3qd --except 1 --why 'Seen on paper' --except 3 --why 'Measured after the launch' -m 'Good enough for the launch'
    accept BL-7k3qd by mira@example.org "Guest checkout"
    set BL-7k3qd status review → done "Guest checkout"
    set BL-7k3qd done 2026-11-25 "Guest checkout"
    ! warning: BL-7k3qd depends on what is open: BL-9qqrt
    ! [main HASH] backlog: accept BL-7k3qd by mira@example.org "Guest checkout"
    $ git log -1 --format=%B
    backlog: accept BL-7k3qd by mira@example.org "Guest checkout"

    - accept BL-7k3qd by mira@example.org "Guest checkout"
    - set BL-7k3qd status review → done "Guest checkout"
    - set BL-7k3qd done 2026-11-25 "Guest checkout"

    Good enough for the launch

    Backlog: BL-7k3qd
    Accepted-by: mira@example.org

    $ git show --format= -U0
    diff --git a/.backlog/items/BL-7k3qd-guest-checkout.md b/.backlog/items/BL-7k3qd-guest-checkout.md
    index HASH..HASH 100644
    --- a/.backlog/items/BL-7k3qd-guest-checkout.md
    +++ b/.backlog/items/BL-7k3qd-guest-checkout.md
    @@ -5 +5 @@ type: story
    -status: review
    +status: done
    @@ -12,0 +13 @@ depends_on: [BL-9qqrt]
    +done: 2026-11-25
    @@ -13,0 +15 @@ evidence: [EV-h2vkd]
    +accepted: {by: mira@example.org, on: 2026-11-25}
    @@ -26,0 +29,7 @@ Follows from [[EV-h2vkd]].
    +
    +## Exceptions
    +
    +- A guest reaches payment in one step. (mira@example.org, 2026-11-25)
    +  - Seen on paper
    +- The p95 of the payment step is at most 800 ms. (mira@example.org, 2026-11-25)
    +  - Measured after the launch
    $ git backlog check
    .backlog/items/BL-7k3qd-guest-checkout.md:12:14: warning[LK008]: it is done, and BL-9qqrt, which it depends on, is not
        if it never did: git backlog set BL-7k3qd depends_on-=BL-9qqrt

    9 documents checked: 0 errors, 1 warning
    "#);
}

#[test]
fn sends_back_with_the_reason() {
    let repo = in_review();
    let commands = "
        git backlog reject 7k3qd
        git backlog reject 7k3qd --why ' '
        git backlog reject 7k3qd --why 'The receipt has no VAT number' -m 'Showcase'
        git log -1 --format=%B
        git show --format= -U0
        git backlog reject 7k3qd --why 'Still none'
        git backlog criteria 7k3qd check 1 3 -q
        git backlog accept 7k3qd -q
        git backlog reject 7k3qd --why 'It was the wrong number'
        git backlog set 7k3qd status=review
        git backlog accept 7k3qd
        git diff -U0
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog reject 7k3qd
    ! error: the following required arguments were not provided:
    !   --why <REASON>
    !
    ! Usage: git backlog reject --why <REASON> <ID>
    ! hint: see what there is with -h
    = 2
    $ git backlog reject 7k3qd --why ' '
    ! error: the reason is empty
    = 2
    $ git backlog reject 7k3qd --why 'The receipt has no VAT number' -m 'Showcase'
    reject BL-7k3qd The receipt has no VAT number "Guest checkout"
    set BL-7k3qd status review → in-progress "Guest checkout"
    set BL-7k3qd started 2026-11-25 "Guest checkout"
    ! [main HASH] backlog: reject BL-7k3qd The receipt has no VAT number "Guest checkout"
    $ git log -1 --format=%B
    backlog: reject BL-7k3qd The receipt has no VAT number "Guest checkout"

    - reject BL-7k3qd The receipt has no VAT number "Guest checkout"
    - set BL-7k3qd status review → in-progress "Guest checkout"
    - set BL-7k3qd started 2026-11-25 "Guest checkout"

    Showcase

    Backlog: BL-7k3qd

    $ git show --format= -U0
    diff --git a/.backlog/items/BL-7k3qd-guest-checkout.md b/.backlog/items/BL-7k3qd-guest-checkout.md
    index HASH..HASH 100644
    --- a/.backlog/items/BL-7k3qd-guest-checkout.md
    +++ b/.backlog/items/BL-7k3qd-guest-checkout.md
    @@ -5 +5 @@ type: story
    -status: review
    +status: in-progress
    @@ -12,0 +13 @@ depends_on: [BL-9qqrt]
    +started: 2026-11-25
    @@ -26,0 +28,4 @@ Follows from [[EV-h2vkd]].
    +
    +## Rejected
    +
    +- The receipt has no VAT number (mira@example.org, 2026-11-25)
    $ git backlog reject 7k3qd --why 'Still none'
    reject BL-7k3qd Still none "Guest checkout"
    $ git backlog criteria 7k3qd check 1 3 -q
    $ git backlog accept 7k3qd -q
    ! warning: BL-7k3qd depends on what is open: BL-9qqrt
    $ git backlog reject 7k3qd --why 'It was the wrong number'
    reject BL-7k3qd It was the wrong number "Guest checkout"
    set BL-7k3qd status done → in-progress "Guest checkout"
    set BL-7k3qd done 2026-11-25 → none "Guest checkout"
    set BL-7k3qd accepted by mira@example.org, on 2026-11-25 → none "Guest checkout"
    ! BL-7k3qd is at 1 of 3 again
    $ git backlog set 7k3qd status=review
    set BL-7k3qd status in-progress → review "Guest checkout"
    $ git backlog accept 7k3qd
    accept BL-7k3qd by mira@example.org "Guest checkout"
    set BL-7k3qd status review → done "Guest checkout"
    set BL-7k3qd done 2026-11-25 "Guest checkout"
    ! warning: BL-7k3qd depends on what is open: BL-9qqrt
    $ git diff -U0
    diff --git a/.backlog/items/BL-7k3qd-guest-checkout.md b/.backlog/items/BL-7k3qd-guest-checkout.md
    index HASH..HASH 100644
    --- a/.backlog/items/BL-7k3qd-guest-checkout.md
    +++ b/.backlog/items/BL-7k3qd-guest-checkout.md
    @@ -5 +5 @@ type: story
    -status: in-progress
    +status: done
    @@ -13,0 +14 @@ started: 2026-11-25
    +done: 2026-11-25
    @@ -14,0 +16 @@ evidence: [EV-h2vkd]
    +accepted: {by: mira@example.org, on: 2026-11-25}
    @@ -21 +23 @@ As a shopper, I want to pay without an account, so that I can buy in a minute.
    -- [ ] A guest reaches payment in one step.
    +- [x] A guest reaches payment in one step.
    @@ -23 +25 @@ As a shopper, I want to pay without an account, so that I can buy in a minute.
    -- [ ] The p95 of the payment step is at most 800 ms.
    +- [x] The p95 of the payment step is at most 800 ms.
    @@ -31,0 +34,2 @@ Follows from [[EV-h2vkd]].
    +- Still none (mira@example.org, 2026-11-25)
    +- It was the wrong number (mira@example.org, 2026-11-25)
    "#);
}

#[test]
fn only_the_product_owner_judges() {
    let repo = in_review();
    repo.git(&["config", "user.email", "max@example.org"]);
    let commands = "
        git backlog accept 7k3qd --except 1 --why a --except 3 --why b
        git backlog reject 7k3qd --why 'No.'
    ";
    assert_snapshot!(repo.session(commands), @"
    $ git backlog accept 7k3qd --except 1 --why a --except 3 --why b
    ! error: it is for mira@example.org to accept work, and you are max@example.org
    ! hint: the product owner stands in product.md; policy.change.accepted in config.yml names others
    = 7
    $ git backlog reject 7k3qd --why 'No.'
    ! error: it is for mira@example.org to reject work, and you are max@example.org
    ! hint: the product owner stands in product.md; policy.change.accepted in config.yml names others
    = 7
    ");
    let config = repo.read(".backlog/config.yml");
    let policy =
        "policy:\n  teams: {testers: [max@example.org]}\n  change: {accepted: [testers]}\n";
    repo.write(".backlog/config.yml", config + policy);
    let commands = "
        git backlog reject 7k3qd --why 'No.'
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog reject 7k3qd --why 'No.'
    reject BL-7k3qd No. "Guest checkout"
    set BL-7k3qd status review → in-progress "Guest checkout"
    set BL-7k3qd started 2026-11-25 "Guest checkout"
    ! warning: config.yml says who may reject work, and is not committed
    "#);
}

#[test]
fn a_review_tells_who_accepted_without_being_the_owner() {
    let repo = in_review();
    repo.git(&["switch", "--quiet", "-c", "max"]);
    edit(&repo, CHECKOUT, "labels:", "accepted: {by: max@example.org, on: 2026-11-25}\nlabels:");
    commit(&repo, "Max", "I like it");
    let review = repo.run(&["review", "main"]);
    assert!(review.out.contains("mira@example.org"), "{review}");
}

#[test]
fn what_is_not_begun_or_no_item_is_refused() {
    let repo = in_review();
    let commands = "
        git backlog accept 7kxxm
        git backlog accept x2
        git backlog accept GOAL-act
        git backlog accept zz
        git backlog reject 7kxxm --why 'No.'
        git backlog accept d4
        git backlog accept d4 9q
        git backlog accept 7k3qd --except 1 --why a --except 3 --why b --dry-run
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog accept 7kxxm
    ! error: BL-7kxxm is proposed, and nobody has begun it
    ! hint: begin it first with: git backlog set BL-7kxxm status=in-progress
    = 7
    $ git backlog accept x2
    ! error: BL-x2ttv is rejected
    ! hint: open it again with: git backlog set BL-x2ttv status=STATUS
    = 7
    $ git backlog accept GOAL-act
    ! error: GOAL-activation is of kind goal, and only items are accepted
    = 7
    $ git backlog accept zz
    ! error: no document with id 'zz'
    ! hint: see the ids with: git backlog list --all
    = 2
    $ git backlog reject 7kxxm --why 'No.'
    ! error: BL-7kxxm is proposed, and nobody has begun it
    ! hint: begin it first with: git backlog set BL-7kxxm status=in-progress
    = 7
    $ git backlog accept d4
    accept BL-d4bcg by mira@example.org "Pay by invoice"
    ! warning: BL-d4bcg has no acceptance criteria
    $ git backlog accept d4 9q
    accept BL-9qqrt by mira@example.org "Orders belong to an address"
    set BL-9qqrt status in-progress → done "Orders belong to an address"
    set BL-9qqrt done 2026-11-25 "Orders belong to an address"
    ! BL-d4bcg was accepted by mira@example.org on 2026-11-25 already
    ! warning: BL-9qqrt has no acceptance criteria
    $ git backlog accept 7k3qd --except 1 --why a --except 3 --why b --dry-run
    diff --git a/.backlog/items/BL-7k3qd-guest-checkout.md b/.backlog/items/BL-7k3qd-guest-checkout.md
    --- a/.backlog/items/BL-7k3qd-guest-checkout.md
    +++ b/.backlog/items/BL-7k3qd-guest-checkout.md
    @@ -2,7 +2,7 @@
     id: BL-7k3qd
     title: Guest checkout
     type: story
    -status: review
    +status: done
     created: 2026-11-02
     rank: mbcd
     labels: [checkout]
    @@ -10,7 +10,9 @@
     value: 8
     effort: 3
     depends_on: [BL-9qqrt]
    +done: 2026-11-25
     evidence: [EV-h2vkd]
    +accepted: {by: mira@example.org, on: 2026-11-25}
     ---
     
     As a shopper, I want to pay without an account, so that I can buy in a minute.
    @@ -24,3 +26,10 @@
     ## Notes
     
     Follows from [[EV-h2vkd]].
    +
    +## Exceptions
    +
    +- A guest reaches payment in one step. (mira@example.org, 2026-11-25)
    +  - a
    +- The p95 of the payment step is at most 800 ms. (mira@example.org, 2026-11-25)
    +  - b
    "#);
}

#[test]
fn the_whole_is_not_accepted_before_its_parts() {
    let repo = in_review();
    repo.run(&["set", "9qqrt", "parent=BL-7k3qd"]);
    let run = repo.run(&["accept", "7k3qd"]);
    assert_eq!(run.code, Some(7), "{run}");
    assert!(run.err.contains("error: BL-7k3qd has 1 open part: BL-9qqrt"), "{run}");
}

#[test]
fn what_is_begun_again_was_not_accepted() {
    let repo = in_review();
    repo.run(&["criteria", "7k3qd", "check", "1", "3"]);
    assert_eq!(repo.run(&["accept", "7k3qd", "-m", "Seen"]).code, Some(0));
    assert!(repo.read(CHECKOUT).contains("\naccepted: "));
    repo.run(&["set", "7k3qd", "status=in-progress"]);
    assert!(!repo.read(CHECKOUT).contains("\naccepted: "), "{}", repo.read(CHECKOUT));
    let run = repo.run(&["accept", "7k3qd"]);
    assert!(run.out.contains("accept BL-7k3qd"), "{run}");
    // By hand, or with another tool.
    edit(&repo, CHECKOUT, "status: done", "status: review");
    let run = repo.run(&["accept", "7k3qd"]);
    assert!(run.code == Some(0) && repo.read(CHECKOUT).contains("\nstatus: done\n"), "{run}");
}
