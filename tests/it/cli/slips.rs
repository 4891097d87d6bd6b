//! Slips of the fingers: wherever a name is refused, the one that was meant is offered.

use insta::assert_snapshot;

use super::shop;

#[test]
fn ids_are_offered_with_their_titles() {
    let repo = shop();
    assert_snapshot!(repo.session("
        git backlog show BL-7k3qb
        git backlog rank 7k3qd --after BL-9qqrx
        git backlog set 7k3qd goal=GOAL-actvation
        git backlog check evidense
        git backlog check BL-7kxxn
        git backlog metric orders
    "), @r#"
    $ git backlog show BL-7k3qb
    ! error: no document with id 'BL-7k3qb'
    ! hint: did you mean BL-7k3qd "Guest checkout"?
    = 2
    $ git backlog rank 7k3qd --after BL-9qqrx
    ! error: no document with id 'BL-9qqrx'
    ! hint: did you mean BL-9qqrt "Orders belong to an address"?
    = 2
    $ git backlog set 7k3qd goal=GOAL-actvation
    ! error: goal: no document with id 'GOAL-actvation'
    ! hint: did you mean GOAL-activation "Who fills a basket also orders"?
    = 2
    $ git backlog check evidense
    ! error: there is no file or document 'evidense'
    ! hint: see the ids with: git backlog list --all
    = 2
    $ git backlog check BL-7kxxn
    ! error: there is no file or document 'BL-7kxxn'
    ! hint: did you mean BL-7kxxm "Basket is empty after login"?
    = 2
    $ git backlog metric orders
    ! error: no metric 'orders'
    ! hint: see them with: git backlog metric; write one down with: git backlog new metric TITLE
    = 2
    "#);
}

#[test]
fn words_are_offered() {
    let repo = shop();
    repo.write(
        ".backlog/config.yml",
        "statuses: {ready: {category: todo, to: [dnoe]}, done: {category: done}}\n",
    );
    repo.git(&["remote", "add", "origin", "../elsewhere"]);
    assert_snapshot!(repo.session("
        git backlog lst
        git backlog status
        git backlog score --model wsfj
        git backlog score --model best
        git backlog completions zhs
        git backlog sync orgin
        git backlog schema itm
        git backlog set 7k3qd status=redy
    "), @"
    $ git backlog lst
    ! error: unrecognized subcommand 'lst'
    !
    !   tip: some similar subcommands exist: 'ls', 'list'
    !
    ! Usage: git backlog [OPTIONS] [COMMAND]
    ! hint: see what there is with -h
    = 2
    $ git backlog status
    ! error: unrecognized subcommand 'status'
    ! hint: see where things stand with: git backlog; what is not committed, with: git backlog diff
    = 2
    $ git backlog score --model wsfj
    ! warning: .backlog/config.yml:1:41: statuses.ready.to names 'dnoe', which is no status; the defaults are used
    ! error: no model 'wsfj'
    ! hint: did you mean 'wsjf'?
    = 2
    $ git backlog score --model best
    ! warning: .backlog/config.yml:1:41: statuses.ready.to names 'dnoe', which is no status; the defaults are used
    ! error: no model 'best'
    ! hint: use one of value-effort, wsjf, cd3, rice, ice, moscow, opportunity, custom and 1 more
    = 2
    $ git backlog completions zhs
    ! error: unknown shell 'zhs'
    ! hint: did you mean 'zsh'? (or bash, elvish, fish, powershell)
    = 2
    $ git backlog sync orgin
    ! error: there is no remote 'orgin'
    ! hint: did you mean 'origin'?
    = 3
    $ git backlog schema itm
    ! error: unknown kind 'itm'
    ! hint: did you mean 'item'?
    = 2
    $ git backlog set 7k3qd status=redy
    ! warning: .backlog/config.yml:1:41: statuses.ready.to names 'dnoe', which is no status; the defaults are used
    ! error: .backlog/config.yml:1:41: statuses.ready.to names 'dnoe', which is no status
    ! hint: did you mean 'done'? (or ready)
    = 3
    ");
}

#[test]
fn a_query_that_finds_nothing_says_what_may_be_a_slip() {
    let repo = shop();
    assert_snapshot!(repo.session("
        git backlog list goal=GOAL-actvation
        git backlog list decisons
        git backlog list invoices
        git backlog set --where goal=GOAL-actvation value=1
        git backlog list goal=GOAL-activation --columns id,goal
    "), @r#"
    $ git backlog list goal=GOAL-actvation
    #  id  type  status  value  effort  met  title
    0 items
    ! goal: no document with id 'GOAL-actvation'; did you mean GOAL-activation "Who fills a basket also orders"?
    $ git backlog list decisons
    #  id  type  status  value  effort  met  title
    0 items
    ! nothing has these words; you may mean: git backlog list decisions
    $ git backlog list invoices
    #  id  type  status  value  effort  met  title
    0 items
    $ git backlog set --where goal=GOAL-actvation value=1
    ! error: no item matches 'goal=GOAL-actvation'
    ! hint: goal: no document with id 'GOAL-actvation'; did you mean GOAL-activation "Who fills a basket also orders"?
    = 2
    $ git backlog list goal=GOAL-activation --columns id,goal
    id        goal
    BL-7k3qd  GOAL-activation
    1 item
    "#);
}
