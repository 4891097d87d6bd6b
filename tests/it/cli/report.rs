//! `report`.

use insta::assert_snapshot;

use super::{document, korb, shop};
use crate::support::Repo;

#[test]
fn tells_where_the_product_stands() {
    assert_snapshot!(korb().session("git backlog report --at main --since 2026-10-30"), @"
    $ git backlog report --at main --since 2026-10-30
    Korb: where we stand
    25 November 2026, with what happened from 31 October 2026 on (26 days)

    of the way to the goal  10 %; 300 households get a box every week, by 31 March 2027
    came out                5 items; all accepted
    delivered               35; points of value
    of the sprint are done  1 of 7; Sprint 24 ends in 2 days
    is likely done by       14 April 2027; Winter opening, wanted by 14 December 2026

    Goals
    300 households get a box every week  31 → 58 → 300, 10 % (Boxes per week on 2026-11-19), by 2027-03-31
    Who fills a basket also orders  41 → 47 → 60, 32 % (Orders per 100 baskets on 2026-11-22), by 2026-12-18

    Metrics
    metric                   now  unit   before  trend   target  on
    Boxes per week            58  boxes      31  better     300  2026-11-19
    Orders per 100 baskets    47  %              better      60  2026-11-22
    Forgotten boxes per 100  5.2  %         9.7  better       2  2026-11-19

    What came out
    what                                                     so that                                        value  on          id
    Remind households on the evening before pick-up          my box does not wilt at the bakery                 8  2026-11-19  BL-3rws8
    Pay by direct debit                                      a different price each week is no work for me      8  2026-11-13  BL-5vj69
    Subscribe to a weekly box                                I no longer have to remember it                   13  2026-11-12  BL-rwjgj
    Let an order belong to an address instead of an account                                                     3  2026-11-09  BL-9qqrt
    Umlauts break the packing list                                                                              3  2026-11-05  BL-hj8rj
           day  value
    2026-07-03      8
    2026-07-09     11
    2026-07-14     16
    2026-07-17     19
    2026-07-27     24
    2026-07-31     27
    2026-08-12     32
    2026-08-13     33
    2026-09-04     38
    2026-09-11     43
    2026-09-17     46
    2026-09-25     49
    2026-10-02     57
    2026-10-08     62
    2026-10-15     75
    2026-10-19     83
    2026-10-22     88
    2026-10-23     96
    2026-10-28     99
    2026-11-05    102
    2026-11-09    105
    2026-11-12    118
    2026-11-13    126
    2026-11-19    134
    2026-11-25    134

    What comes next
    Sprint 24: A subscription bends to the week that a family really has

    release            done  wanted by   chance  50 %        85 %        95 %
    Winter opening  5 of 11  2026-12-14     1 %  2027-02-03  2027-04-14  2027-06-09

    #  what                                               status       likely by         id
    1  Guest checkout                                     ready        9 December 2026   BL-7k3qd
    2  Skip a week                                        review       23 December 2026  BL-ptgvp
    3  Swap one vegetable                                 in-progress  30 December 2026  BL-74d5x
    4  See the whole price before paying                  in-progress  13 January 2027   BL-qc2v2
    5  Pick-up point shows last week's opening hours      review       20 January 2027   BL-vsj8j
    6  Rehearse the restore of a backup                   in-progress  3 February 2027   BL-bmfbz
    7  Confirmation mail greets everybody as Dear {name}  ready        10 February 2027  BL-s7xv9

    What changed in the plan
      New: Pick-up point shows last week's opening hours, at place 7
      New: Rehearse the restore of a backup, at place 8
      New: Confirmation mail greets everybody as Dear {name}, at place 9
      New: Can the van's route be planned from the orders?, at place 15
      New: Pick-up list for the host, at place 16
      New: Invite a neighbour, at place 17
      New: Order a box as a gift, at place 18
      New: What would delivery to the door cost?, at place 19
      6 more that are new

    What may go wrong
      Winter opening is wanted by 14 December 2026, with a chance of 1 %
      Pause a subscription for the holidays waits for: Skip a week
      Winter opening: The newspaper comes on 15 December, whether the checkout holds or not

    What we learned
      Does a photo of the real box bring first orders? (confirmed, 2026-11-15)
      Households spend their coins on bending the week (buy-a-feature, 2026-11-17)
      Skipping a week is a must, recipes are not (kano, 2026-11-15)
      Hosts write their own lists by hand (shadowing, 2026-11-12)
      Neighbours bring neighbours (survey, 2026-11-08)
      Seven boxes left behind in two weeks (support, 2026-11-06)

    Open questions
      What happens to a swap when the farm changes the list on Tuesday morning? — Swap one vegetable
      Does the receiver choose the pick-up point? — Order a box as a gift
      Is a gift one box or four? — Order a box as a gift
      How many of our visitors have such a phone? — Map of pick-up points stays grey on old phones

    How these figures were found
      Days come from the history and from the items: 24 of 24 that are done have one.
      Days to come are drawn from the 24 items that were done in the last 21 weeks: 'likely' is what 85 of 100 futures keep, with all that stands above (seed 1).
    ");
}

#[test]
fn tells_the_team_who_moved_what() {
    let repo = korb();
    let rank = |place: &[&str], why: &str, seconds: i64| {
        let mut program = repo.program();
        let date = format!("{seconds} +0000");
        program.args(["rank", "2mvq8"]).args(place).args(["-m", why]);
        let run = repo.output(program.env("GIT_AUTHOR_DATE", date));
        assert_eq!(run.code, Some(0), "{run}");
    };
    // On 18 and on 20 November, at noon.
    rank(&["--bottom"], "Nobody goes away in winter", 1_795_003_200);
    rank(&["--to", "3"], "School holidays begin on the 22nd", 1_795_176_000);
    let moves = |arguments: &[&str]| {
        let run = repo.run(&[&["report", "--format", "markdown"], arguments].concat());
        let lines = run.out.lines().filter(|line| line.contains("comes earlier"));
        lines.collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(moves(&[]), @"- **Pause a subscription for the holidays** comes earlier, from place 10 to 3: School holidays begin on the 22nd");
    assert_snapshot!(moves(&["--audience", "team"]), @"- **Pause a subscription for the holidays** comes earlier, from place 10 to 3: School holidays begin on the 22nd (Mira, 2026-11-20)");
    assert_eq!(moves(&["--since", "2026-11-20"]), "");
}

#[test]
fn begins_with_the_sprint_that_runs_or_two_weeks_ago() {
    let since = |repo: &Repo| repo.run(&["report", "--format", "json"]).json()["since"].clone();
    // The demo's sprint runs since 16 November.
    assert_eq!(since(&korb()), "2026-11-15");
    let repo = Repo::new();
    repo.write(".backlog/config.yml", "");
    assert_eq!(since(&repo), "2026-11-11");
}

#[test]
fn a_day_or_a_revision_begins_it() {
    let repo = shop();
    document(&repo, "items/BL-b2222-late", "status: done\ncreated: 2026-11-20\ndone: 2026-11-24\n");
    assert_snapshot!(repo.session(
        "git backlog report --since 2026-11-26
        git backlog report --since tomorrow
        git backlog report --since nowhere
        git backlog report --audience board"
    ), @"
    $ git backlog report --since 2026-11-26
    ! error: '2026-11-26' is 2026-11-26, and that is to come
    ! hint: name a day of the past: --since -2w
    = 2
    $ git backlog report --since tomorrow
    ! error: no revision 'tomorrow'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    $ git backlog report --since nowhere
    ! error: no revision 'nowhere'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    $ git backlog report --audience board
    ! error: invalid value 'board' for '--audience <WHO>'
    !   [possible values: stakeholders, team]
    ! hint: see what there is with -h
    = 2
    ");
    let done = |since: &str| {
        let report = repo.run(&["report", "--since", since, "--format", "json"]).json();
        report["done"].as_array().unwrap().len()
    };
    assert_eq!([done("2026-11-23"), done("2026-11-24")], [1, 0]);
    assert_eq!(repo.run(&["report", "--since", "HEAD"]).code, Some(0));
}

#[test]
fn an_empty_backlog_is_told_as_such() {
    let repo = Repo::new();
    repo.write(".backlog/config.yml", "");
    assert_snapshot!(repo.session("git backlog report"), @"
    $ git backlog report
    Product: where we stand
    25 November 2026, with what happened from 12 November 2026 on (14 days)

    came out  0 items

    What came out
    Nothing was finished in this time.

    How these figures were found
      Days come from the history and from the items: 0 of 0 that are done have one.
      No day is foretold: the past has no whole week yet, and a date needs 8; ask again on 2027-01-20, or write down what was done before, with its days.
    ");
}

#[test]
fn a_folder_outside_of_git_has_a_report_too() {
    let repo = Repo::without_repository();
    let text = "---\nid: BL-b2222\ntitle: A\nstatus: done\ndone: 2026-11-24\n---\n";
    repo.write("backlog/items/BL-b2222-a.md", text);
    let run = repo.run(&["--dir", "backlog", "report", "--format", "json"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert_eq!(run.json()["done"][0]["id"], "BL-b2222");
    let run = repo.run(&["--dir", "backlog", "report", "--since", "HEAD"]);
    assert_eq!(run.code, Some(3), "{run}");
}

#[test]
fn a_page_holds_nothing_that_runs_or_loads() {
    let repo = shop();
    let title = "</title><script>alert(1)</script><img src=//evil.example/x onerror=alert(2)>";
    let text = format!(
        "---\nid: BL-h2222\ntitle: '{title}'\nstatus: done\ndone: 2026-11-24\nvalue: 1\n---\n\n\
         As a host, I want it, so that <script>alert(3)</script> is shown.\n"
    );
    repo.write(".backlog/items/BL-h2222-hostile.md", text);
    let run = repo.run(&["report", "--format", "html"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.out.contains("&lt;script&gt;alert(1)"), "{run}");
    for mark in ["<script", "<img", " src=\"", " href=\"http", "@import", "url("] {
        assert!(!run.out.contains(mark), "{mark}: {run}");
    }
}
