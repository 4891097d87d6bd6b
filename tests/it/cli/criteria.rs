//! `criteria`.

use insta::assert_snapshot;

use super::{CHECKOUT, CHECKOUT_TEXT, shop};

#[test]
fn shows_them() {
    let commands = "
        git backlog criteria 7k3qd
        git backlog criteria 9q
        git backlog criteria nothing
    ";
    assert_snapshot!(shop().session(commands), @r"
    $ git backlog criteria 7k3qd
    BL-7k3qd  Guest checkout
    #  met  criterion
    1  [ ]  A guest reaches payment in one step.
    2  [x]  The confirmation never requires an account.  ^ac-k3
    3  [ ]  The p95 of the payment step is at most 800 ms.
    $ git backlog criteria 9q
    BL-9qqrt  Orders belong to an address
    no acceptance criteria
    $ git backlog criteria nothing
    ! error: no document with id 'nothing'
    ! hint: see the ids with: git backlog list --all
    = 2
    ");
}

#[test]
fn adds_ticks_rewords_moves_and_removes() {
    let repo = shop();
    let commands = "
        git backlog criteria 7k3qd add 'Guests get a receipt'
        git backlog criteria 7k3qd add 'First of all' --after 1
        git backlog criteria 7k3qd check 1 2
        git backlog criteria 7k3qd uncheck ac-k3
        git backlog criteria 7k3qd uncheck ^ac-k3
        git backlog criteria 7k3qd edit ac-k3 'No account is ever required'
        git backlog criteria 7k3qd move 5 1
        git backlog criteria 7k3qd remove 3
        git backlog criteria 7k3qd move 1 99
        git backlog criteria 7k3qd
        git diff -U0 --numstat
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog criteria 7k3qd add 'Guests get a receipt'
    criteria BL-7k3qd add 4 "Guest checkout"
    $ git backlog criteria 7k3qd add 'First of all' --after 1
    criteria BL-7k3qd add 2 "Guest checkout"
    $ git backlog criteria 7k3qd check 1 2
    criteria BL-7k3qd tick 1, tick 2 "Guest checkout"
    $ git backlog criteria 7k3qd uncheck ac-k3
    criteria BL-7k3qd untick 3 "Guest checkout"
    $ git backlog criteria 7k3qd uncheck ^ac-k3
    ! nothing to change
    $ git backlog criteria 7k3qd edit ac-k3 'No account is ever required'
    criteria BL-7k3qd reword 3 "Guest checkout"
    $ git backlog criteria 7k3qd move 5 1
    criteria BL-7k3qd move 5 → 1 "Guest checkout"
    $ git backlog criteria 7k3qd remove 3
    criteria BL-7k3qd remove 3 "Guest checkout"
    $ git backlog criteria 7k3qd move 1 99
    criteria BL-7k3qd move 1 → 4 "Guest checkout"
    $ git backlog criteria 7k3qd
    BL-7k3qd  Guest checkout
    #  met  criterion
    1  [x]  A guest reaches payment in one step.
    2  [ ]  No account is ever required  ^ac-k3
    3  [ ]  The p95 of the payment step is at most 800 ms.
    4  [ ]  Guests get a receipt
    $ git diff -U0 --numstat
    3	2	.backlog/items/BL-7k3qd-guest-checkout.md

    diff --git a/.backlog/items/BL-7k3qd-guest-checkout.md b/.backlog/items/BL-7k3qd-guest-checkout.md
    index HASH..HASH 100644
    --- a/.backlog/items/BL-7k3qd-guest-checkout.md
    +++ b/.backlog/items/BL-7k3qd-guest-checkout.md
    @@ -20,2 +20,2 @@ As a shopper, I want to pay without an account, so that I can buy in a minute.
    -- [ ] A guest reaches payment in one step.
    -- [x] The confirmation never requires an account. ^ac-k3
    +- [x] A guest reaches payment in one step.
    +- [ ] No account is ever required ^ac-k3
    @@ -22,0 +23 @@ As a shopper, I want to pay without an account, so that I can buy in a minute.
    +- [ ] Guests get a receipt
    "#);
    let head = CHECKOUT_TEXT.split("- [ ]").next().unwrap();
    let text = repo.read(CHECKOUT);
    assert!(
        text.starts_with(head) && text.ends_with("\n## Notes\n\nFollows from [[EV-h2vkd]].\n"),
        "{text}"
    );
}

#[test]
fn a_tick_changes_one_line() {
    let repo = shop();
    repo.run(&["criteria", "7k3qd", "check", "3"]);
    let expected = CHECKOUT_TEXT.replace("- [ ] The p95", "- [x] The p95");
    assert_eq!(repo.read(CHECKOUT), expected);
}

#[test]
fn the_first_criterion_makes_the_section() {
    let repo = shop();
    let commands = "
        git backlog criteria 9q add 'An order holds an address'
        git backlog show 9q --format markdown
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog criteria 9q add 'An order holds an address'
    criteria BL-9qqrt add 1 "Orders belong to an address"
    $ git backlog show 9q --format markdown
    # BL-9qqrt  Orders belong to an address

    - **position**: 2 of 3
    - **type**: task
    - **status**: in-progress
    - **created**: 2026-11-01
    - **rank**: mbdd
    - **assignee**: mira
    - **value**: 5
    - **started**: 2026-11-20
    - **sprint**: 2026-24 Pay without an account
    - **waited for by**: BL-7k3qd Guest checkout
    - **last change**: 2026-01-01 Mira: start (HASH); changed since

    Orders belong to an address, in more words.

    ## Acceptance criteria

    - [ ] An order holds an address
    "#);
}

#[test]
fn commits_with_a_reason_or_shows_what_it_would_write() {
    let repo = shop();
    let run = repo.run(&["criteria", "7k3qd", "check", "1", "-n"]);
    let difference = "\n-- [ ] A guest reaches payment in one step.\n+- [x] A guest reaches payment in one step.\n";
    assert!(run.code == Some(0) && run.out.contains(difference), "{run}");
    assert_eq!(repo.git(&["status", "--short"]), "");
    assert_snapshot!(repo.session("
        git backlog criteria 7k3qd check 1 -m 'Shown to the shops'
        git log -1 --format=%B
    "), @r#"
    $ git backlog criteria 7k3qd check 1 -m 'Shown to the shops'
    criteria BL-7k3qd tick 1 "Guest checkout"
    ! [main HASH] backlog: criteria BL-7k3qd tick 1 "Guest checkout"
    $ git log -1 --format=%B
    backlog: criteria BL-7k3qd tick 1 "Guest checkout"

    Shown to the shops

    Backlog: BL-7k3qd
    "#);
}

#[test]
fn names_what_is_not_there() {
    let repo = shop();
    let commands = "
        git backlog criteria 7k3qd check 9
        git backlog criteria 7k3qd check 0
        git backlog criteria 7k3qd check 1 ac-zz
        git backlog criteria 7k3qd check
        git backlog criteria 7k3qd move 1 0
        git backlog criteria 7k3qd add ''
        git backlog criteria 7k3qd tick 1
        git backlog criteria 7k add x
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog criteria 7k3qd check 9
    ! error: BL-7k3qd has no criterion '9', but 3 criteria
    ! hint: see them with: git backlog criteria BL-7k3qd
    = 2
    $ git backlog criteria 7k3qd check 0
    ! error: BL-7k3qd has no criterion '0', but 3 criteria
    ! hint: see them with: git backlog criteria BL-7k3qd
    = 2
    $ git backlog criteria 7k3qd check 1 ac-zz
    ! error: BL-7k3qd has no criterion 'ac-zz', but 3 criteria
    ! hint: see them with: git backlog criteria BL-7k3qd
    = 2
    $ git backlog criteria 7k3qd check
    ! error: the following required arguments were not provided:
    !   <WHICH>...
    !
    ! Usage: git backlog criteria <ID> check <WHICH>...
    ! hint: see what there is with -h
    = 2
    $ git backlog criteria 7k3qd move 1 0
    ! error: that would change more than this criterion, so nothing was written
    ! hint: change it by hand with: git backlog edit BL-7k3qd
    = 2
    $ git backlog criteria 7k3qd add ''
    ! error: the criterion is empty
    = 2
    $ git backlog criteria 7k3qd tick 1
    ! error: unexpected argument 'tick' found
    !
    ! Usage: git backlog criteria [OPTIONS] <ID> [COMMAND]
    ! hint: see what there is with -h
    = 2
    $ git backlog criteria 7k add x
    ! error: '7k' matches BL-7k3qd "Guest checkout", BL-7kxxm "Basket is empty after login"
    ! hint: type more of the id
    = 2
    "#);
    assert_eq!(repo.read(CHECKOUT), CHECKOUT_TEXT);
}

#[test]
fn no_text_breaks_out_of_its_criterion() {
    let repo = shop();
    for text in [
        "a\nb",
        "a\n## Notes",
        "## Notes",
        "- [ ] x",
        "``` x",
        "<!-- x",
        "a ^ac-k3",
        "\u{1b}[31m",
        "[x",
        "1. x",
        "***",
        "| a |",
    ] {
        let run = repo.run(&["criteria", "7k3qd", "add", text]);
        let list = repo.run(&["criteria", "7k3qd"]).out;
        let n_criteria = list.lines().count() - 2;
        let expected = if run.code == Some(0) { 4 } else { 3 };
        assert_eq!(n_criteria, expected, "{text:?}: {run}{list}");
        assert!(
            repo.read(CHECKOUT).ends_with("\n## Notes\n\nFollows from [[EV-h2vkd]].\n"),
            "{text:?}"
        );
        repo.write(CHECKOUT, CHECKOUT_TEXT);
    }
}
