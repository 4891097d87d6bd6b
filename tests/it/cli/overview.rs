//! `git backlog` alone.

use insta::assert_snapshot;

use super::{CHECKOUT, edit, shop};
use crate::support::Repo;

#[test]
fn tells_where_the_product_stands() {
    let repo = shop();
    repo.write(
        ".backlog/product.md",
        "---\ntitle: Corner shop\nowner: [mira@example.org]\ngoal: GOAL-activation\n---\n",
    );
    edit(&repo, CHECKOUT, "value: 8\n", "value: 8\ndue: 2026-11-01\nquestions: ['Which rate?']\n");
    assert_snapshot!(repo.session("
        git backlog
        git backlog -q --color never
    "), @"
    $ git backlog
    Corner shop
    goal      GOAL-activation Who fills a basket also orders
    progress  unmeasured; name its metric: git backlog set GOAL-activation metric=METRIC-…, by 2027-03-31
    sprint    2026-24 Pay without an account: 2 days left, 1 of 1 item open

    #  id        status       met  title
    1  BL-7k3qd  ready        1/3  Guest checkout
    2  BL-9qqrt  in-progress       Orders belong to an address
    3  BL-7kxxm  proposed          Basket is empty after login
    3 open items

       needs attention                         see
    1  problem in files or fields              git backlog check
    1  open question for you                   git backlog list questions --for me
    1  item past its day                       git backlog list --overdue
    2  files of the backlog are not committed  git backlog diff
    $ git backlog -q --color never
    Corner shop
    goal      GOAL-activation Who fills a basket also orders
    progress  unmeasured; name its metric: git backlog set GOAL-activation metric=METRIC-…, by 2027-03-31
    sprint    2026-24 Pay without an account: 2 days left, 1 of 1 item open

    #  id        status       met  title
    1  BL-7k3qd  ready        1/3  Guest checkout
    2  BL-9qqrt  in-progress       Orders belong to an address
    3  BL-7kxxm  proposed          Basket is empty after login
    3 open items

       needs attention                         see
    1  problem in files or fields              git backlog check
    1  open question for you                   git backlog list questions --for me
    1  item past its day                       git backlog list --overdue
    2  files of the backlog are not committed  git backlog diff
    ");
    let json = repo.run(&["--format", "json"]).json();
    assert_eq!(json["product"], "Corner shop");
    assert_eq!(json["sprints"][0]["days_left"], 2);
    let attention = json["attention"].as_array().unwrap();
    let what: Vec<&str> = attention.iter().map(|it| it["what"].as_str().unwrap()).collect();
    let expected = ["problems", "questions", "overdue_items", "uncommitted_files"];
    assert_eq!(what, expected);
    assert_eq!(json["items"].as_array().unwrap().len(), 3);
}

#[test]
fn tells_what_is_wrong_first() {
    let repo = shop();
    edit(&repo, CHECKOUT, "title: Guest checkout\n", "title: [\n");
    repo.write(
        ".backlog/items/BL-22222-x.md",
        "---\nid: BL-22222\ntitle: X\ntype: task\nstatus: redy\nrank: mmmm\n---\n",
    );
    repo.write(".git/MERGE_HEAD", repo.git(&["rev-parse", "HEAD"]));
    assert_snapshot!(repo.session("git backlog"), @"
    $ git backlog
    sprint  2026-24 Pay without an account: 2 days left, 1 of 1 item open

    #  id        status       met  title
    1  BL-9qqrt  in-progress       Orders belong to an address
    2  BL-7kxxm  proposed          Basket is empty after login
    3  BL-22222  redy              X
    3 open items

       needs attention                            see
    1  merge, rebase or the like is not finished  git status
    2  problems in files or fields                git backlog check
    2  files of the backlog are not committed     git backlog diff
    ! warning: .backlog/items/BL-7k3qd-guest-checkout.md:5:7: cannot be read: while parsing a flow mapping, did not find expected ',' or '}'
    ");
}

#[test]
fn where_there_is_no_backlog_it_tells_how_to_begin() {
    for repo in [Repo::new(), Repo::without_repository()] {
        let run = repo.run(&[]);
        assert_eq!(run.code, Some(0));
        assert!(run.out.contains("Usage: git backlog [OPTIONS] [COMMAND]"), "{run}");
        assert!(run.err.contains("git backlog init"), "{run}");
        assert_eq!(repo.run(&["-q"]).err, "");
    }
    let repo = Repo::without_repository();
    assert_snapshot!(repo.session("
        git backlog --dir nowhere
        git backlog -C nowhere
        git backlog --format json list
        git backlog --format csv
    "), @"
    $ git backlog --dir nowhere
    ! error: no backlog here: there is no nowhere
    ! hint: start one with: git backlog init
    = 3
    $ git backlog -C nowhere
    ! error: there is no folder 'nowhere'
    = 2
    $ git backlog --format json list
    ! error: --format stands before the command
    ! hint: put it behind: git backlog COMMAND --format json
    = 2
    $ git backlog --format csv
    ! error: invalid value 'csv' for '--format <FORMAT>'
    !   [possible values: table, json, jsonl, markdown, html]
    ! hint: see what there is with -h
    = 2
    ");
}

#[test]
fn reads_where_nothing_can_be_written() {
    let repo = shop();
    repo.git(&["clone", "--quiet", "--bare", ".", "../bare"]);
    let repo = repo.at("bare");
    assert_snapshot!(repo.session("git backlog"), @"
    $ git backlog
    sprint  2026-24 Pay without an account: 2 days left, 1 of 1 item open

    #  id        status       met  title
    1  BL-7k3qd  ready        1/3  Guest checkout
    2  BL-9qqrt  in-progress       Orders belong to an address
    3  BL-7kxxm  proposed          Basket is empty after login
    3 open items

    nothing waits for you
    ");
}
