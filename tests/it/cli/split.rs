//! `split`.

use insta::assert_snapshot;

use super::{CHECKOUT, CHECKOUT_TEXT, commit, document, edit, shop};
use crate::support::{Repo, Run};

/// The result with the ids that were drawn in place of which others stand.
fn without_ids(repo: &Repo, text: &str) -> String {
    let mut text = text.to_owned();
    for (at, id) in new_ids(repo).into_iter().enumerate() {
        text = text.replace(&id, &format!("BL-nnnn{}", at + 1));
    }
    text
}

/// The ids of the items that `shop` has not, in the order of the backlog.
fn new_ids(repo: &Repo) -> Vec<String> {
    let known =
        ["BL-9qqrt", "BL-7k3qd", "BL-7kxxm", "BL-d4bcg", "BL-x2ttv", "BL-33333", "BL-44444"];
    let mut ids = super::listed(repo);
    ids.retain(|id| !known.contains(&id.as_str()));
    ids
}

fn waited_for() -> Repo {
    let repo = shop();
    document(
        &repo,
        "items/BL-33333-gifts",
        "type: story\nstatus: proposed\nrank: mbzz\ndepends_on: [BL-7k3qd]\n",
    );
    commit(&repo, "Mira", "Gifts");
    repo
}

#[test]
fn criteria_and_links_go_to_new_items() {
    let repo = waited_for();
    let split = "git backlog split 7k3qd --by 'Pay as a guest by card' --by 'A confirmation for guests' --criteria 3:1 ac-k3:2 -m 'Too large for a sprint'";
    let session = repo.session(split);
    assert_snapshot!(without_ids(&repo, &session), @r#"
    $ git backlog split 7k3qd --by 'Pay as a guest by card' --by 'A confirmation for guests' --criteria 3:1 ac-k3:2 -m 'Too large for a sprint'
    add story BL-nnnn1 "Pay as a guest by card"
    add story BL-nnnn2 "A confirmation for guests"
    criteria BL-7k3qd remove 2, remove 3 "Guest checkout"
    set BL-33333 depends_on BL-7k3qd → BL-7k3qd, BL-nnnn1, BL-nnnn2 "Gifts"
    ! [main HASH] backlog: add 2 documents, criteria 1 document, set 1 document
    ! BL-7k3qd still has value 8 and effort 3, which was for the whole
    ! 2 new items have no value and no effort yet: git backlog set BL-nnnn1 value=N effort=N
    "#);
    let session = repo.session("git backlog list");
    assert_snapshot!(without_ids(&repo, &session), @"
    $ git backlog list
    #  id        type   status       value  effort  met  title
    1  BL-7k3qd  story  ready            8       3  0/1  Guest checkout
    2  BL-nnnn1  story  proposed                    0/1  Pay as a guest by card
    3  BL-nnnn2  story  proposed                    1/1  A confirmation for guests
    4  BL-9qqrt  task   in-progress      5               Orders belong to an address
    5  BL-7kxxm  bug    proposed                         Basket is empty after login
    6  BL-33333  story  proposed                         Gifts
    6 items; 2 done or dropped (--all shows them)
    ");
    let ids = new_ids(&repo);
    for id in &ids {
        let show = repo.run(&["show", id, "--format", "markdown"]);
        assert!(show.out.contains("BL-7k3qd"), "{show}");
    }
    let path = format!(".backlog/items/{}-a-confirmation-for-guests.md", ids[1]);
    // The key follows from the id, which is drawn.
    let text = repo.read(&path);
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with("rank:")).collect();
    assert_snapshot!(without_ids(&repo, &lines.join("\n")), @"
    ---
    id: BL-nnnn2
    title: A confirmation for guests
    type: story
    status: proposed
    created: 2026-11-25
    depends_on: [BL-9qqrt]
    goal: GOAL-activation
    split_from: BL-7k3qd
    evidence: [EV-h2vkd]
    labels: [checkout]
    ---

    <!-- One person, one wish, one reason: As a …, I want …, so that … -->

    ## Acceptance criteria

    <!-- What can be seen when it is done? One check a line, with numbers and examples, failures included:
         Given …, when …, then … -->

    - [x] The confirmation never requires an account. ^ac-k3

    ## Notes

    <!-- What was said, sketches, numbers, what it leaves out. -->
    ");
    assert_eq!(repo.read(CHECKOUT).matches("- [").count(), 1);
    let check = repo.run(&["check"]);
    assert_eq!(check.code, Some(0), "{check}");
    repo.run(&["undo"]);
    assert_eq!(repo.git(&["diff", "HEAD~2"]), "");
}

#[test]
fn an_item_may_give_all_of_its_criteria_away() {
    let repo = shop();
    let session = repo.session("git backlog split 7k3qd --by A --criteria 1,2,3:1");
    assert_snapshot!(without_ids(&repo, &session), @r#"
    $ git backlog split 7k3qd --by A --criteria 1,2,3:1
    add story BL-nnnn1 "A"
    criteria BL-7k3qd remove 1, remove 2, remove 3 "Guest checkout"
    ! BL-7k3qd has no criterion left; if nothing else is left of it: git backlog set BL-7k3qd status=rejected
    ! BL-7k3qd still has value 8 and effort 3, which was for the whole
    ! 1 new item has no value and no effort yet: git backlog set BL-nnnn1 value=N effort=N
    "#);
}

#[test]
fn parts_of_an_epic_are_its_children() {
    let repo = waited_for();
    edit(&repo, CHECKOUT, "type: story", "type: epic");
    let run = repo.run(&["split", "7k3qd", "--by", "Pay by card", "--criteria", "1:1"]);
    assert_eq!(run.code, Some(0), "{run}");
    let item = repo.run(&["show", &new_ids(&repo)[0], "--format", "json"]).json();
    let item = &item["documents"][0];
    assert_eq!((&item["parent"], &item["type"]), (&"BL-7k3qd".into(), &"story".into()));
    assert!(item.get("split_from").is_none());
    assert!(!repo.read(".backlog/items/BL-33333-gifts.md").contains(&new_ids(&repo)[0]));
}

#[test]
fn shows_the_ways_to_split() {
    let repo = shop();
    assert_snapshot!(repo.session("git backlog split 7k3qd"), @"
    $ git backlog split 7k3qd
    BL-7k3qd  Guest checkout
    #  met  criterion
    1  [ ]  A guest reaches payment in one step.
    2  [x]  The confirmation never requires an account.  ^ac-k3
    3  [ ]  The p95 of the payment step is at most 800 ms.

    workflow steps      Can the first and the last step be had without those between, and these added later? (order and pay; then the review of the basket; then the gift wrap)
    operations          Does it say 'manage'? To create, read, change and delete are four items. (subscribe; see the subscription; change it; cancel it)
    business rules      Which of the rules could be left out at first? (one price for all; then the discount for families)
    variations of data  Is one kind of data enough to begin with? (one pick-up point; then several; then those with opening hours)
    interfaces          Is there a plain way to enter or show it, before the comfortable one? (type the address; then choose it on a map)
    major effort        Is most of the work in whichever part comes first? Then make that part the first item. (pay by one kind of card; then by the others)
    simple and complex  What is the simplest case that is worth having? All else is another item. (pause for one week; then for any weeks of the year)
    performance later   Is it worth having slow or for a few, and can it be made fast or large later? (search by name; then in less than 200 ms)
    spike               Does nobody know enough to split it? Then find out first, within a fixed time. (which bank can take an amount that varies; then pay by direct debit)

    Then: git backlog split BL-7k3qd --by TITLE --criteria 1,2:1
    ");
    let json = repo.run(&["split", "7k3qd", "--format", "json"]).json();
    assert_eq!(json["criteria"].as_array().unwrap().len(), 3);
    assert_eq!(json["patterns"].as_array().unwrap().len(), 9);
}

#[test]
fn says_what_is_wrong_and_writes_nothing() {
    let repo = shop();
    let commands = "
        git backlog split 7k3qd --by A --criteria 1:2
        git backlog split 7k3qd --by A --criteria 1
        git backlog split 7k3qd --by A --criteria 9:1
        git backlog split 7k3qd --by A --criteria 1:1 1:1
        git backlog split 7k3qd --by ''
        git backlog split 7k3qd --criteria 1:1
        git backlog split d4
        git backlog split GOAL-act
        git backlog split zz
    ";
    assert_snapshot!(repo.session(commands), @"
    $ git backlog split 7k3qd --by A --criteria 1:2
    ! error: '1:2': there is no new item 2, but 1
    = 2
    $ git backlog split 7k3qd --by A --criteria 1
    ! error: '1' does not say which criteria go to which item
    ! hint: write the numbers of criteria, and that of the new item: 1,2:1
    = 2
    $ git backlog split 7k3qd --by A --criteria 9:1
    ! error: there is no criterion '9', but 3 criteria
    = 2
    $ git backlog split 7k3qd --by A --criteria 1:1 1:1
    ! error: criterion 1 is given away twice
    = 2
    $ git backlog split 7k3qd --by ''
    ! error: the title is empty
    = 2
    $ git backlog split 7k3qd --criteria 1:1
    ! error: the following required arguments were not provided:
    !   --by <TITLE>
    !
    ! Usage: git backlog split --by <TITLE> --criteria <N,N:ITEM>... <ID>
    ! hint: see what there is with -h
    = 2
    $ git backlog split d4
    ! error: BL-d4bcg is done, and only open items are ranked
    ! hint: open it again with: git backlog set BL-d4bcg status=proposed
    = 2
    $ git backlog split GOAL-act
    ! error: GOAL-activation is of kind goal, and only items are ranked
    = 2
    $ git backlog split zz
    ! error: no document with id 'zz'
    ! hint: see the ids with: git backlog list --all
    = 2
    ");
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
    edit(
        &repo,
        CHECKOUT,
        "- [ ] A guest",
        "```gherkin\nScenario: A\n  Given a\n  When b\n  Then c\n```\n\n- [ ] A guest",
    );
    assert_snapshot!(repo.session("git backlog split 7k3qd --by A --criteria 1:1"), @"
    $ git backlog split 7k3qd --by A --criteria 1:1
    ! error: these criteria cannot be moved, as a scenario in Gherkin cannot
    ! hint: move them by hand with: git backlog edit BL-7k3qd
    = 2
    ");
}

/// Plans the split in a shell script as the editor.
fn planned(repo: &Repo, script: &str) -> Run {
    repo.write("../editor.sh", script);
    let editor = format!("sh '{}'", repo.beside("editor.sh").display());
    repo.output(repo.program().args(["split", "7k3qd", "--edit"]).env("GIT_EDITOR", editor))
}

#[test]
fn a_plan_is_made_in_the_editor() {
    let repo = shop();
    let run =
        planned(&repo, "cp \"$1\" plan.txt\nsed -i '3a item Keep it without an account' \"$1\"");
    assert_snapshot!(without_ids(&repo, &run.to_string()), @r#"
    add story BL-nnnn1 "Keep it without an account"
    criteria BL-7k3qd remove 3 "Guest checkout"
    ! BL-7k3qd still has value 8 and effort 3, which was for the whole
    ! 1 new item has no value and no effort yet: git backlog set BL-nnnn1 value=N effort=N
    "#);
    assert_snapshot!(repo.read("plan.txt"), @r#"
    stay
    1 [ ] A guest reaches payment in one step.
    2 [x] The confirmation never requires an account.
    3 [ ] The p95 of the payment step is at most 800 ms.

    # Splits BL-7k3qd "Guest checkout".
    #
    # Write a line for each new item:
    #
    #   item TITLE
    #
    # and move the lines of its criteria below it. What is below no new item stays.
    # Without a new item, nothing is split.
    #
    # Ways to find the parts:
    #
    #   workflow steps: Can the first and the last step be had without those between, and these added later?
    #     order and pay; then the review of the basket; then the gift wrap
    #
    #   operations: Does it say 'manage'? To create, read, change and delete are four items.
    #     subscribe; see the subscription; change it; cancel it
    #
    #   business rules: Which of the rules could be left out at first?
    #     one price for all; then the discount for families
    #
    #   variations of data: Is one kind of data enough to begin with?
    #     one pick-up point; then several; then those with opening hours
    #
    #   interfaces: Is there a plain way to enter or show it, before the comfortable one?
    #     type the address; then choose it on a map
    #
    #   major effort: Is most of the work in whichever part comes first? Then make that part the first item.
    #     pay by one kind of card; then by the others
    #
    #   simple and complex: What is the simplest case that is worth having? All else is another item.
    #     pause for one week; then for any weeks of the year
    #
    #   performance later: Is it worth having slow or for a few, and can it be made fast or large later?
    #     search by name; then in less than 200 ms
    #
    #   spike: Does nobody know enough to split it? Then find out first, within a fixed time.
    #     which bank can take an amount that varies; then pay by direct debit
    "#);
    let criteria =
        CHECKOUT_TEXT.replace("- [ ] The p95 of the payment step is at most 800 ms.\n", "");
    assert_eq!(repo.read(CHECKOUT), criteria);
}

#[test]
fn a_plan_without_new_items_or_with_a_mistake_splits_nothing() {
    let repo = shop();
    assert_snapshot!(planned(&repo, "exit 0"), @"! nothing to split");
    assert_snapshot!(planned(&repo, "sed -i '2a item A\\n1' \"$1\""), @"
    ! error: not saved: line 4: criterion 1 stands there twice
    ! hint: your text is kept in [TMP]/repo/.git/backlog/edit/split-BL-7k3qd.txt
    = 1
    ");
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}
