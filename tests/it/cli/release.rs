//! `release`.

mod notes;
mod ship;

use insta::assert_snapshot;

use super::{document, edit, shop};
use crate::support::Repo;

const INVOICE: &str = ".backlog/items/BL-d4bcg-pay-by-invoice.md";
const ADDRESS: &str = ".backlog/items/BL-9qqrt-orders-belong-to-an-address.md";
const WINTER: &str = "releases/REL-22222-winter-opening";

/// A shop with a release that is planned and one that has shipped.
fn planned() -> Repo {
    let repo = shop();
    let settings = repo.read(".backlog/config.yml");
    let budget = "budget: {cost_per_point: 1000, currency: EUR}\n";
    repo.write(".backlog/config.yml", settings + budget);
    document(&repo, WINTER, "status: planned\ntarget: 2026-12-14\nbudget: 4000\nrisk: Snow\n");
    document(&repo, "releases/REL-33333-pilot", "status: shipped\nshipped: 2026-10-10\n");
    for (path, field) in
        [(super::CHECKOUT, "value: 8\n"), (ADDRESS, "value: 5\n"), (INVOICE, "value: 3\n")]
    {
        edit(&repo, path, field, &format!("{field}release: REL-22222\n"));
    }
    super::commit(&repo, "Mira", "releases");
    repo
}

/// Items that were done two a week, for so many weeks.
fn past(repo: &Repo, n_weeks: u8) {
    let today = jiff::civil::date(2026, 11, 25);
    for n in 0..n_weeks * 2 {
        let days = i64::from(n / 2) * 7;
        let day = today.checked_sub(jiff::Span::new().days(days)).unwrap();
        let letters = ['b', 'c', 'd', 'f', 'g', 'h', 'j', 'k'];
        let id = format!("zz{}{}z", letters[usize::from(n / 8)], letters[usize::from(n % 8)]);
        let days = format!("created: {day}\nstarted: {day}\ndone: {day}\n");
        let fields = format!("type: task\nstatus: done\n{days}");
        document(repo, &format!("items/BL-{id}-past"), &fields);
    }
}

#[test]
fn each_release_is_told_with_what_it_costs_and_why_there_is_no_day() {
    let repo = planned();
    assert_snapshot!(repo.session("git backlog release\ngit backlog release list --format csv"), @r#"
    $ git backlog release
    id         status      done  value  effort  cost of budget  target      50 %  85 %  95 %  chance  at risk  title
    REL-22222  planned   1 of 3     16       5  5,000 of 4,000  2026-12-14                                  1  Winter opening
    REL-33333  shipped  no item      0       0               0  2026-10-10                                     Pilot
    2 releases; no days: the past has 1 done item with a day, and a date needs 15
    $ git backlog release list --format csv
    id,status,done,value,effort,cost,target,by_50,by_85,by_95,chance,at_risk,title
    REL-22222,planned,1 of 3,16,5,"5,000 of 4,000",2026-12-14,,,,,1,Winter opening
    REL-33333,shipped,no item,0,0,0,2026-10-10,,,,,,Pilot
    "#);
}

#[test]
fn with_a_past_there_are_days_and_a_chance() {
    let repo = planned();
    past(&repo, 12);
    assert_snapshot!(repo.session("git backlog release\ngit backlog release show winter"), @"
    $ git backlog release
    id         status      done  value  effort  cost of budget  target      50 %        85 %        95 %        chance  at risk  title
    REL-22222  planned   1 of 3     16       5  5,000 of 4,000  2026-12-14  2026-12-16  2027-01-27  2027-03-10    44 %        2  Winter opening
    REL-33333  shipped  no item      0       0               0  2026-10-10                                                       Pilot
    2 releases; days from 24 items in the last 26 weeks, with all that stands above, seed 1
    $ git backlog release show winter
    REL-22222  Winter opening
    status   planned
    target   2026-12-14, kept with a chance of 44 %
    items    1 of 3 done
    done by  2026-12-16 (50 %), 2027-01-27 (85 %), 2027-03-10 (95 %); 2 items with all that stands above the last
    value    16 in all: 3 done, 13 open
    effort   5 in all: 2 done, 3 open; 1 open item has none
    cost     5,000 of 4,000 EUR
    risk     Snow

    Still to do
    position  id        status       effort  85 %        title
           1  BL-7k3qd  ready             3  2027-01-27  Guest checkout
           2  BL-9qqrt  in-progress          2027-01-27  Orders belong to an address

    At risk
    BL-7k3qd  Guest checkout
              waits for what stands below it: BL-9qqrt Orders belong to an address
              is not done by the target in 85 of 100 cases
    BL-9qqrt  Orders belong to an address
              is not done by the target in 85 of 100 cases

    Done
      BL-d4bcg Pay by invoice (2026-10-09)

    Burn-up
           day  done  scope
    2026-01-01     1      3
    2026-11-25     1      3
    days from 24 items in the last 26 weeks, with all that stands above, seed 1
    ");
    let json = repo.run(&["release", "--format", "json"]).json();
    let winter = &json["releases"][0];
    assert_eq!((&winter["items_to_last"], &winter["open"]), (&2.into(), &2.into()));
    assert_eq!(winter["dates"]["by_50"].as_str().unwrap().len(), 10);
    assert_eq!((&json["forecast"]["seed"], &json["forecast"]["reason"]), (&1.into(), &().into()));
    // The same seed gives the same days.
    let run = |seed: &str| repo.run(&["release", "--seed", seed, "--format", "csv"]).out;
    assert_eq!(run("7"), run("7"));
}

#[test]
fn one_release_is_told_with_what_stands_in_the_way() {
    let repo = planned();
    edit(&repo, super::CHECKOUT, "effort: 3", "effort: 30");
    edit(&repo, ADDRESS, "status: in-progress", "status: proposed\nquestions: [Which rate?]");
    let settings = repo.read(".backlog/config.yml");
    repo.write(".backlog/config.yml", settings + "ready: {max_effort: 8}\n");
    assert_snapshot!(repo.session("git backlog release show 22222"), @"
    $ git backlog release show 22222
    REL-22222  Winter opening
    status   planned
    target   2026-12-14
    items    1 of 3 done
    done by  nobody can say: the past has 1 done item with a day, and a date needs 15
    value    16 in all: 3 done, 13 open
    effort   32 in all: 2 done, 30 open; 1 open item has none
    cost     32,000 of 4,000 EUR
    risk     Snow

    Still to do
    position  id        status    effort  85 %  title
           1  BL-7k3qd  ready         30        Guest checkout
           2  BL-9qqrt  proposed                Orders belong to an address

    At risk
    BL-7k3qd  Guest checkout
              waits for what stands below it: BL-9qqrt Orders belong to an address
              is large: 30 of at most 8 points
    BL-9qqrt  Orders belong to an address
              is not ready
              has 1 open question

    Done
      BL-d4bcg Pay by invoice (2026-10-09)

    Burn-up
           day  done  scope
    2026-01-01     1      3
    2026-11-25     1      3
    no days: the past has 1 done item with a day, and a date needs 15
    ");
    let json = repo.run(&["release", "show", "22222", "--format", "json"]).json();
    let threats = json["threats"][0]["threats"].as_array().unwrap();
    let words: Vec<&str> = threats.iter().map(|it| it["threat"].as_str().unwrap()).collect();
    assert_eq!(words, ["blocked_from_below", "large"]);
    assert_eq!(json["items"]["open"][0]["by_85"], serde_json::Value::Null);
}

#[test]
fn the_burn_up_knows_when_items_came_into_the_release() {
    let repo = planned();
    let json = repo.run(&["release", "show", "winter", "--format", "json"]).json();
    let marks = json["burn_up"].as_array().unwrap();
    let last = marks.last().unwrap();
    assert_eq!((&last["scope"], &last["done"]), (&3.into(), &1.into()));
    let run = repo.run(&["release", "show", "winter", "--format", "svg"]);
    assert!(run.code == Some(0) && run.out.starts_with("<svg"), "{run}");
}

#[test]
fn a_release_is_found_by_its_title_or_its_tag_and_nothing_else_is_one() {
    let repo = planned();
    edit(&repo, ".backlog/releases/REL-33333-pilot.md", "status:", "tag: v0.1\nstatus:");
    for word in ["REL-33333", "333", "pil", "v0.1", "rel-33333"] {
        let json = repo.run(&["release", "show", word, "--format", "json"]).json();
        assert_eq!(json["id"], "REL-33333", "{word}");
    }
    assert_snapshot!(repo.session(
        "git backlog release show 7k
git backlog release show zzz
git backlog release show EV-h2vkd
git backlog release show i
git backlog release show ''
git backlog release winter"
    ), @r#"
    $ git backlog release show 7k
    ! error: no release '7k'
    ! hint: see them with: git backlog release; write one down with: git backlog new release TITLE
    = 2
    $ git backlog release show zzz
    ! error: no release 'zzz'
    ! hint: see them with: git backlog release; write one down with: git backlog new release TITLE
    = 2
    $ git backlog release show EV-h2vkd
    ! error: EV-h2vkd is of kind evidence, and no release
    ! hint: see them with: git backlog release
    = 2
    $ git backlog release show i
    ! error: 'i' matches REL-22222 "Winter opening", REL-33333 "Pilot"
    ! hint: type more of the id or the title
    = 2
    $ git backlog release show ''
    ! error: no release ''
    ! hint: see them with: git backlog release; write one down with: git backlog new release TITLE
    = 2
    $ git backlog release winter
    REL-22222  Winter opening
    status   planned
    target   2026-12-14
    items    1 of 3 done
    done by  nobody can say: the past has 1 done item with a day, and a date needs 15
    value    16 in all: 3 done, 13 open
    effort   5 in all: 2 done, 3 open; 1 open item has none
    cost     5,000 of 4,000 EUR
    risk     Snow

    Still to do
    position  id        status       effort  85 %  title
           1  BL-7k3qd  ready             3        Guest checkout
           2  BL-9qqrt  in-progress                Orders belong to an address

    At risk
    BL-7k3qd  Guest checkout
              waits for what stands below it: BL-9qqrt Orders belong to an address

    Done
      BL-d4bcg Pay by invoice (2026-10-09)

    Burn-up
           day  done  scope
    2026-01-01     1      3
    2026-11-25     1      3
    no days: the past has 1 done item with a day, and a date needs 15
    "#);
}

#[test]
fn what_is_odd_about_a_release_is_said() {
    let repo = planned();
    document(&repo, "releases/REL-44444-empty", "status: planned\n");
    document(&repo, "releases/REL-55555-late", "status: planned\ntarget: 2026-11-01\n");
    document(&repo, "releases/REL-66666-gone", "status: withdrawn\n");
    document(&repo, "releases/REL-77777-ready", "status: planned\n");
    edit(&repo, INVOICE, "REL-22222", "REL-77777");
    edit(&repo, ADDRESS, "REL-22222", "REL-33333");
    edit(&repo, ".backlog/releases/REL-33333-pilot.md", "shipped: 2026-10-10\n", "tag: v0.1\n");
    assert_snapshot!(repo.session("git backlog release"), @"
    $ git backlog release
    id         status      done  value  effort  cost of budget  target      50 %  85 %  95 %  chance  at risk  title
    REL-55555  planned  no item      0       0               0  2026-11-01                                     Late
    REL-22222  planned   0 of 1      8       3  3,000 of 4,000  2026-12-14                                  1  Winter opening
    REL-44444  planned  no item      0       0               0                                                 Empty
    REL-77777  planned   1 of 1      3       2           2,000                                                 Ready
    REL-33333  shipped   0 of 1      5       0               0                                                 Pilot
    REL-55555 has no item: give it some with git backlog set ID release=REL-55555
    REL-55555 was wanted by 2026-11-01, and is not shipped
    REL-44444 has no item: give it some with git backlog set ID release=REL-44444
    REL-77777 has nothing left to do: git backlog release ship REL-77777
    REL-33333 is shipped, and 1 item of it is open
    REL-33333 is shipped, and nobody knows when: set its field shipped
    REL-33333 names the tag v0.1, which is not here
    5 releases; 1 withdrawn and not shown; no days: the past has 1 done item with a day, and a date needs 15
    ");
    repo.git(&["tag", "v0.1"]);
    assert!(!repo.run(&["release"]).out.contains("which is not here"));
    let json = repo.run(&["release", "--format", "json"]).json();
    let pilot = json["releases"].as_array().unwrap().iter().find(|it| it["id"] == "REL-33333");
    let tag = serde_json::json!({ "name": "v0.1", "exists": true, "date": "2026-01-01" });
    assert_eq!(pilot.unwrap()["tag"], tag);
}

#[test]
fn without_a_release_the_way_to_the_first_one_is_told() {
    let repo = shop();
    assert_snapshot!(repo.session("git backlog release"), @"
    $ git backlog release
    id  status  done  value  effort  target  50 %  85 %  95 %  chance  at risk  title
    0 releases; no days: the past has 1 done item with a day, and a date needs 15
    ! write the first one down with: git backlog new release TITLE --field target=DAY
    ");
}

#[test]
fn a_folder_outside_of_git_and_one_before_its_first_commit_are_read() {
    let outside = Repo::without_repository();
    outside.write(".backlog/config.yml", "");
    document(&outside, WINTER, "status: planned\ntag: v1\n");
    document(&outside, "items/BL-22222-one", "status: ready\nrelease: REL-22222\n");
    let run = outside.run(&["release", "show", "winter", "--dir", ".backlog"]);
    assert!(run.code == Some(0) && run.out.contains("0 of 1 done"), "{run}");
    assert!(run.out.contains("the past has no whole week yet"), "{run}");
    let unborn = Repo::new();
    unborn.write(".backlog/config.yml", "");
    document(&unborn, WINTER, "status: planned\ntag: v1\n");
    let run = unborn.run(&["release", "show", "winter"]);
    assert!(run.code == Some(0) && run.out.contains("no such tag"), "{run}");
    let run = unborn.run(&["roadmap", "--by", "date"]);
    assert!(run.code == Some(0) && run.out.contains("Winter opening"), "{run}");
}

#[test]
fn an_earlier_state_and_a_bare_repository_are_read() {
    let repo = planned();
    edit(&repo, super::CHECKOUT, "release: REL-22222\n", "");
    super::commit(&repo, "Mira", "less");
    let done = |words: &[&str]| repo.run(words).csv()[1][2].clone();
    assert_eq!(done(&["release", "--format", "csv"]), "1 of 2");
    assert_eq!(done(&["release", "--format", "csv", "--at", "HEAD~1"]), "1 of 3");
    repo.git(&["clone", "--quiet", "--bare", ".", "../bare"]);
    let bare = repo.at("bare");
    let run = bare.run(&["release"]);
    assert!(run.code == Some(0) && run.out.contains("Winter opening"), "{run}");
    let run = bare.run(&["release", "ship", "winter", "--anyway"]);
    assert_eq!(run.code, Some(3), "{run}");
}
