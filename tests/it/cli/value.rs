//! `value`.

mod formats;
mod order;

use insta::assert_snapshot;

use super::{document, korb, shop};
use crate::support::Repo;

#[test]
fn tells_what_the_order_costs() {
    assert_snapshot!(korb().session("git backlog value --at main"), @"
    $ git backlog value --at main
    Value: 145 in 27 items, for 96 points of effort
    Today's order costs 21 % more delay than the best one: 99 value-weeks, at 11 points a week.
    The first quarter of the effort, 24 points, brings 34 % of the value; in the best order 43 %, the cheapest first 32 %.

    Value over effort
    effort  points  today  best order  cheapest first
      10 %     9.6   14 %        20 %             9 %
      20 %      19   31 %        39 %            26 %
      30 %      29   36 %        50 %            41 %
      40 %      38   52 %        61 %            56 %
      50 %      48   63 %        72 %            64 %
      60 %      58   67 %        80 %            73 %
      70 %      67   78 %        88 %            84 %
      80 %      77   81 %        90 %            91 %
      90 %      86   90 %        93 %            94 %
     100 %      96  100 %       100 %           100 %

    The wrong way round
    What it costs that two items stand as they do, in value-weeks, the worst first and each item once; and what would help.
    6.1  BL-6kbd3 Replace what the weather took (8/5) stands below BL-zvtx5 Deliver to the door (8/13)
         git backlog rank BL-6kbd3 --before BL-zvtx5 gains 6.1
    2.9  BL-3zsx3 Pick-up list for the host (8/2) stands below BL-2mvq8 Pause a subscription for the holidays (5/5)
         git backlog rank BL-3zsx3 --before BL-2mvq8 gains 8.6
    2.9  BL-2tfq3 Cancel a subscription without a call (5/2) stands below BL-5z3v8 Let a farm write its part of the list (5/8)
         git backlog rank BL-2tfq3 --before BL-5z3v8 gains 2.9
    2    BL-mrdwh A second tap on Order makes a second order (5/2) stands below BL-kkhwj Recipe of the week (2/5)
         git backlog rank BL-mrdwh --before BL-kkhwj gains 2
    1.5  BL-qc2v2 See the whole price before paying (8/3) stands below BL-74d5x Swap one vegetable (8/5)
         git backlog rank BL-qc2v2 --before BL-74d5x gains 1.5
    1.5  BL-sc8br Invite a neighbour (8/3) stands below BL-983dq Harvest forecast by Sunday noon (8/5)
         git backlog rank BL-983dq --after BL-sc8br gains 3.7
    1.4  BL-ptgvp Skip a week (13/3) stands below BL-7k3qd Guest checkout (8/3)
         git backlog rank BL-ptgvp --before BL-7k3qd gains 1.4
    0.6  BL-fqfdz Order a box as a gift (8/5) stands below BL-kbqd5 Retire the order form of the summer (2/2)
         git backlog rank BL-kbqd5 --after BL-fqfdz gains 3.8
    0.1  BL-s7xv9 Confirmation mail greets everybody as Dear {name} (2/1) stands below BL-vsj8j Pick-up point shows last week's opening hours (3/2)
         git backlog rank BL-s7xv9 --before BL-vsj8j gains 0.2
    0.1  BL-2htr9 Choose a small or a large box (5/3) stands below BL-bmfbz Rehearse the restore of a backup (3/2)
         git backlog rank BL-2htr9 --before BL-bmfbz gains 1.3

    Waiting
    85 % of the 24 done items were done within 25 days. Of the open items with a value of 8 and more, the upper quarter, these wait longer:
      BL-zvtx5 Deliver to the door (value 8, proposed) for 62 days
      BL-983dq Harvest forecast by Sunday noon (value 8, ready) for 47 days
      BL-6kbd3 Replace what the weather took (value 8, proposed) for 44 days
      BL-ptgvp Skip a week (value 13, review) for 43 days
      BL-74d5x Swap one vegetable (value 8, in-progress) for 43 days
      BL-7k3qd Guest checkout (value 8, ready) for 35 days
      BL-qc2v2 See the whole price before paying (value 8, in-progress) for 34 days

    Done
    The last 10 done items, since 2026-10-15, were worth 7.2 for 3.8 points on average; what else was open then is worth 6.6 for 4.7 points.

    Unique selling proposition
    usp          value  share  effort  items
    strengthens     42   29 %      21      5
    parity          16   11 %      17      3
    none             4    3 %       3      2
    unknown         83   57 %      55     17

    Not scored
    3 open items are not scored, and count nowhere above:
      BL-v9fhj A subscription that bends (epic, no value, no effort)
      BL-hhx49 A checkout that people finish (epic, no value, no effort)
      BL-3xp5q Farms harvest what is sold (epic, no value, no effort)
    ");
}

#[test]
fn looks_at_what_a_query_finds() {
    assert_snapshot!(korb().session("
        git backlog value goal=GOAL-activation --at main
        git backlog value --where 'value>=9' --at main
        git backlog value status=done --at main
        git backlog value volue=3
        git backlog value status=ready --where value=3
    "), @"
    $ git backlog value goal=GOAL-activation --at main
    Value: 36 in 7 items, for 19 points of effort (goal=GOAL-activation)
    Today's order costs 3 % more delay than the best one: 1 value-week, at 11 points a week.
    The first quarter of the effort, 4.8 points, brings 22 % of the value; in the best order 22 %, the cheapest first 19 %.

    Value over effort
    effort  points  today  best order  cheapest first
      10 %     1.9    0 %         0 %             6 %
      20 %     3.8   22 %        22 %            19 %
      30 %     5.7   22 %        22 %            28 %
      40 %     7.6   50 %        44 %            28 %
      50 %     9.5   50 %        64 %            50 %
      60 %      11   50 %        64 %            72 %
      70 %      13   72 %        64 %            72 %
      80 %      15   86 %        86 %            78 %
      90 %      17   94 %        94 %            78 %
     100 %      19  100 %       100 %           100 %

    The wrong way round
    What it costs that two items stand as they do, in value-weeks, the worst first and each item once; and what would help.
    0.9  BL-mrdwh A second tap on Order makes a second order (5/2) stands below BL-fqfdz Order a box as a gift (8/5)
         git backlog rank BL-mrdwh --before BL-fqfdz gains 0.9

    Waiting
    85 % of the 24 done items were done within 25 days. Of the open items with a value of 8 and more, the upper quarter, these wait longer:
      BL-7k3qd Guest checkout (value 8, ready) for 35 days
      BL-qc2v2 See the whole price before paying (value 8, in-progress) for 34 days

    Done
    The last 10 done items of the whole backlog, since 2026-10-15, were worth 7.2 for 3.8 points on average; what else was open then is worth 6.6 for 4.7 points.

    Unique selling proposition
    usp          value  share  effort  items
    strengthens      8   22 %       3      1
    parity           3    8 %       2      1
    none             2    6 %       1      1
    unknown         23   64 %      13      4

    Not scored
    1 open item is not scored, and counts nowhere above:
      BL-hhx49 A checkout that people finish (epic, no value, no effort)
    $ git backlog value --where 'value>=9' --at main
    Value: 13 in 1 item, for 3 points of effort (value>=9)
    Today's order costs as little delay as the best one that is known.

    Done
    The last 10 done items of the whole backlog, since 2026-10-15, were worth 7.2 for 3.8 points on average; what else was open then is worth 6.6 for 4.7 points.

    Unique selling proposition
    usp          value  share  effort  items
    strengthens     13  100 %       3      1
    $ git backlog value status=done --at main
    Value: 0 in 0 items, for 0 points of effort (status=done)
    The query finds no open item.

    Done
    The last 10 done items of the whole backlog, since 2026-10-15, were worth 7.2 for 3.8 points on average; what else was open then is worth 6.6 for 4.7 points.
    $ git backlog value volue=3
    ! error: query: unknown field 'volue'
    !     volue=3
    !     ^^^^^
    ! hint: did you mean 'value'?
    = 2
    $ git backlog value status=ready --where value=3
    ! error: the argument '[QUERY]' cannot be used with '--where <QUERY>'
    !
    ! Usage: git backlog value <QUERY>
    ! hint: see what there is with -h
    = 2
    ");
}

#[test]
fn little_says_little() {
    let repo = Repo::new();
    repo.write(".backlog/config.yml", "");
    assert_snapshot!(repo.session("git backlog value"), @"
    $ git backlog value
    Value: 0 in 0 items, for 0 points of effort
    No item is open.
    ");
    let repo = shop();
    assert_snapshot!(repo.session("git backlog value"), @"
    $ git backlog value
    Value: 8 in 1 item, for 3 points of effort
    Today's order costs as little delay as the best one that is known.

    Waiting
    How long is too long cannot be told: it takes 5 done items that say when they were created and done, and there is 1.

    Done
    The last done item was worth 3 for 2 points; nothing else was open then.

    Unique selling proposition
    No item says what it does to it. Say so with: git backlog set BL-7k3qd usp=strengthens (or parity, or none)

    Not scored
    2 open items are not scored, and count nowhere above:
      BL-9qqrt Orders belong to an address (task, no effort)
      BL-7kxxm Basket is empty after login (bug, no value, no effort)
    ");
    document(
        &repo,
        "items/BL-33333-gifts",
        "type: task\nstatus: ready\nrank: mczz\nvalue: 0\neffort: 2\n",
    );
    document(
        &repo,
        "items/BL-44444-terms",
        "type: task\nstatus: ready\nrank: mczz\nvalue: much\neffort: 0\n",
    );
    document(
        &repo,
        "items/BL-55555-more",
        "type: task\nstatus: ready\nrank: mcxz\nvalue: 9\neffort: 2\nusp: strong\ncreated: 2026-01-01\n",
    );
    assert_snapshot!(repo.session("git backlog value"), @"
    $ git backlog value
    Value: 17 in 3 items, for 7 points of effort
    Today's order costs 19 % more delay than the best one: 11 value × points. How many weeks that is nobody can say: no sprint has dates and a capacity.
    The first quarter of the effort, 1.8 points, brings 0 % of the value; in the best order 0 %, the cheapest first 0 %.

    Value over effort
    effort  points  today  best order  cheapest first
      10 %     0.7    0 %         0 %             0 %
      20 %     1.4    0 %         0 %             0 %
      30 %     2.1    0 %        53 %            53 %
      40 %     2.8    0 %        53 %            53 %
      50 %     3.5   47 %        53 %            53 %
      60 %     4.2   47 %        53 %            53 %
      70 %     4.9   47 %        53 %            53 %
      80 %     5.6  100 %       100 %            53 %
      90 %     6.3  100 %       100 %            53 %
     100 %       7  100 %       100 %           100 %

    The wrong way round
    What it costs that two items stand as they do, in value × points, the worst first and each item once; and what would help.
    11  BL-55555 More (9/2) stands below BL-7k3qd Guest checkout (8/3)
        git backlog rank BL-55555 --before BL-7k3qd gains 11

    Waiting
    How long is too long cannot be told: it takes 5 done items that say when they were created and done, and there is 1.

    Done
    The last done item was worth 3 for 2 points; what else was open then is worth 9 for 2 points.

    Unique selling proposition
    No item says what it does to it. Say so with: git backlog set BL-7k3qd usp=strengthens (or parity, or none)

    Not scored
    3 open items are not scored, and count nowhere above:
      BL-9qqrt Orders belong to an address (task, no effort)
      BL-7kxxm Basket is empty after login (bug, no value, no effort)
      BL-44444 Terms (task, value 'much' is no number, effort 0 is not above zero)
    ");
}
