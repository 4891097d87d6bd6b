//! `sprint`.

mod close;
mod note;
mod plan;
mod refused;

use insta::assert_snapshot;

use super::{document, edit, shop};
use crate::support::Repo;

/// The record of the sprint of [`shop`].
const SPRINT: &str = ".backlog/sprints/2026-24-pay-without-an-account.md";

/// The same with a goal and a capacity, and two more items in it: one that is done, and one that came
/// when it had begun.
fn team() -> Repo {
    let repo = shop();
    edit(
        &repo,
        SPRINT,
        "end: 2026-11-27\n",
        "end: 2026-11-27\ncapacity: 8\ngoal: A guest can pay\n",
    );
    let orders = ".backlog/items/BL-9qqrt-orders-belong-to-an-address.md";
    edit(&repo, orders, "value: 5\n", "value: 5\neffort: 3\n");
    document(
        &repo,
        "items/BL-h4rtz-pay-by-card",
        "type: story\nstatus: in-progress\ncreated: 2026-11-03\nrank: mbgd\neffort: 2\n\
         started: 2026-11-16\nsprint: 2026-24\n",
    );
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--date", "2026-11-16T09:00:00Z", "--message", "plan"]);
    edit(&repo, super::CHECKOUT, "effort: 3\n", "effort: 3\nsprint: 2026-24\n");
    let card = ".backlog/items/BL-h4rtz-pay-by-card.md";
    edit(&repo, card, "status: in-progress", "status: done\ndone: 2026-11-18");
    repo.git(&["commit", "--quiet", "--all", "--date", "2026-11-18T09:00:00Z", "-m", "more"]);
    repo
}

#[test]
fn the_sprint_that_runs_is_told_day_by_day() {
    assert_snapshot!(team().session("git backlog sprint --plain"), @"
    $ git backlog sprint --plain
    2026-24  Pay without an account
    status    active, day 10 of 12, 2 days left (2026-11-16 to 2026-11-27)
    goal      A guest can pay
    capacity  8 points; 3 items with 8 points are planned
    done      1 of 3 items, 2 of 8 points
    chance    not told: the past has 2 done items with a day, and a date needs 15

    Day by day
           day  done  planned  open
    2026-11-16     0        5     5
    2026-11-17     0        5     5
    2026-11-18     2        8     6
    2026-11-19     2        8     6
    2026-11-20     2        8     6
    2026-11-21     2        8     6
    2026-11-22     2        8     6
    2026-11-23     2        8     6
    2026-11-24     2        8     6
    2026-11-25     2        8     6

    Items
    #  id        status       effort  met  assignee  title
    2  BL-9qqrt  in-progress       3       mira      Orders belong to an address
    1  BL-7k3qd  ready             3  1/3            Guest checkout
       BL-h4rtz  done              2                 Pay by card

    Came and left since the first day
      + 2026-11-18 BL-7k3qd Guest checkout

    Risks
      BL-9qqrt Orders belong to an address: has no acceptance criteria
    ");
}

#[test]
fn programs_get_the_same() {
    let run = team().run(&["sprint", "show", "2026-24", "--format", "json"]);
    let mut json = run.json();
    json["items"] = json["items"].as_array().unwrap().len().into();
    assert_snapshot!(serde_json::to_string_pretty(&json).unwrap(), @r#"
    {
      "schema": 1,
      "id": "2026-24",
      "title": "Pay without an account",
      "status": "active",
      "goal": "A guest can pay",
      "start": "2026-11-16",
      "end": "2026-11-27",
      "capacity": 8,
      "day": 10,
      "of_days": 12,
      "days_left": 2,
      "planned": {
        "items": 3,
        "points": 8,
        "unestimated": 0
      },
      "done": {
        "items": 1,
        "points": 2,
        "unestimated": 0
      },
      "items": 3,
      "days": [
        {
          "day": "2026-11-16",
          "planned": {
            "items": 2,
            "points": 5,
            "unestimated": 0
          },
          "done": {
            "items": 0,
            "points": 0,
            "unestimated": 0
          }
        },
        {
          "day": "2026-11-17",
          "planned": {
            "items": 2,
            "points": 5,
            "unestimated": 0
          },
          "done": {
            "items": 0,
            "points": 0,
            "unestimated": 0
          }
        },
        {
          "day": "2026-11-18",
          "planned": {
            "items": 3,
            "points": 8,
            "unestimated": 0
          },
          "done": {
            "items": 1,
            "points": 2,
            "unestimated": 0
          }
        },
        {
          "day": "2026-11-19",
          "planned": {
            "items": 3,
            "points": 8,
            "unestimated": 0
          },
          "done": {
            "items": 1,
            "points": 2,
            "unestimated": 0
          }
        },
        {
          "day": "2026-11-20",
          "planned": {
            "items": 3,
            "points": 8,
            "unestimated": 0
          },
          "done": {
            "items": 1,
            "points": 2,
            "unestimated": 0
          }
        },
        {
          "day": "2026-11-21",
          "planned": {
            "items": 3,
            "points": 8,
            "unestimated": 0
          },
          "done": {
            "items": 1,
            "points": 2,
            "unestimated": 0
          }
        },
        {
          "day": "2026-11-22",
          "planned": {
            "items": 3,
            "points": 8,
            "unestimated": 0
          },
          "done": {
            "items": 1,
            "points": 2,
            "unestimated": 0
          }
        },
        {
          "day": "2026-11-23",
          "planned": {
            "items": 3,
            "points": 8,
            "unestimated": 0
          },
          "done": {
            "items": 1,
            "points": 2,
            "unestimated": 0
          }
        },
        {
          "day": "2026-11-24",
          "planned": {
            "items": 3,
            "points": 8,
            "unestimated": 0
          },
          "done": {
            "items": 1,
            "points": 2,
            "unestimated": 0
          }
        },
        {
          "day": "2026-11-25",
          "planned": {
            "items": 3,
            "points": 8,
            "unestimated": 0
          },
          "done": {
            "items": 1,
            "points": 2,
            "unestimated": 0
          }
        }
      ],
      "came": [
        {
          "day": "2026-11-18",
          "id": "BL-7k3qd",
          "title": "Guest checkout"
        }
      ],
      "left": [],
      "risks": [
        {
          "risk": "no-criteria",
          "id": "BL-9qqrt",
          "text": "has no acceptance criteria"
        }
      ],
      "chance": {
        "refused": {
          "reason": "done",
          "found": 2,
          "message": "the past has 2 done items with a day, and a date needs 15"
        }
      },
      "velocity": {
        "mean_items": null,
        "mean_points": null,
        "sprints": []
      }
    }
    "#);
}

#[test]
fn all_sprints_are_listed_with_what_they_delivered() {
    let repo = team();
    document(
        &repo,
        "sprints/2026-23-find-the-shop",
        "status: closed\nstart: 2026-10-01\nend: 2026-10-14\ncapacity: 5\n",
    );
    edit(
        &repo,
        ".backlog/items/BL-d4bcg-pay-by-invoice.md",
        "effort: 2\n",
        "effort: 2\nsprint: 2026-23\n",
    );
    edit(
        &repo,
        ".backlog/items/BL-7kxxm-basket-is-empty-after-login.md",
        "labels:",
        "sprint: 2026-99\nlabels:",
    );
    assert_snapshot!(repo.session(
        "git backlog sprint list
git backlog sprint list --format csv"
    ), @"
    $ git backlog sprint list
    id       status  start       end         capacity  planned  done  items  goal
    2026-23  closed  2026-10-01  2026-10-14         5        2     2    1/1  none
    2026-24  active  2026-11-16  2026-11-27         8        8            3  A guest can pay
    2 sprints

    Planned for a sprint that does not exist
      BL-7kxxm Basket is empty after login: 2026-99 does not exist
    $ git backlog sprint list --format csv
    id,status,start,end,capacity,planned,done,items,goal
    2026-23,closed,2026-10-01,2026-10-14,5,2,2,1/1,none
    2026-24,active,2026-11-16,2026-11-27,8,8,,3,A guest can pay
    ");
    let json = repo.run(&["sprint", "list", "--format", "json"]).json();
    // It was written into the closed sprint when that was over.
    assert_eq!(json["sprints"][0]["delivered"]["points"], 2);
    assert_eq!(json["lost"][0]["sprint"], "2026-99");
}

#[test]
fn without_a_history_the_fields_tell_what_they_can() {
    let repo = team();
    std::fs::remove_dir_all(repo.path(".git")).unwrap();
    let run = repo.run(&["sprint", "--dir", ".backlog"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.out.contains("1 of 3 items, 2 of 8 points"), "{run}");
    assert!(run.out.contains("not told: "), "{run}");
    let repo = Repo::new();
    assert_eq!(repo.run(&["init"]).code, Some(0));
    repo.write(".backlog/sprints/S1.md", "---\nid: S1\ntitle: One\nstatus: active\n---\n");
    let run = repo.run(&["sprint"]);
    assert!(run.code == Some(0) && run.out.contains("no last day"), "{run}");
}

#[test]
fn a_sprint_of_the_past_is_told_as_it_was() {
    let repo = team();
    let run = repo.run(&["sprint", "show", "2026-24", "--at", "HEAD~1"]);
    assert!(run.out.contains("0 of 2 items, 0 of 5 points"), "{run}");
    assert!(!run.out.contains("Guest checkout"), "{run}");
}

#[test]
fn pages_and_pictures_have_the_chart() {
    let repo = team();
    let page = repo.run(&["sprint", "--format", "html"]);
    assert!(page.out.contains("<svg") && page.out.contains("Day by day"), "{page}");
    let picture = repo.run(&["sprint", "--format", "svg"]);
    assert!(picture.out.starts_with("<svg"), "{picture}");
    let text = repo.run(&["sprint", "--format", "markdown"]);
    assert!(text.out.contains("## Items"), "{text}");
}

#[test]
fn the_next_or_the_last_one_is_shown_where_none_runs() {
    let repo = team();
    edit(&repo, SPRINT, "status: active", "status: closed");
    assert!(repo.run(&["sprint"]).err.contains("this is the last one"));
    document(&repo, "sprints/2026-25-gifts", "status: planned\nstart: 2026-11-30\n");
    let run = repo.run(&["sprint"]);
    assert!(run.err.contains("this is the next one") && run.out.contains("Gifts"), "{run}");
    edit(&repo, SPRINT, "status: closed", "status: active");
    document(&repo, "sprints/2026-26-more", "status: active\nstart: 2026-11-20\n");
    let run = repo.run(&["sprint"]);
    assert!(run.err.contains("also running: 2026-24") && run.out.contains("More"), "{run}");
}

#[test]
fn the_next_sprint_goes_on_where_the_last_one_ends() {
    let repo = team();
    assert_snapshot!(repo.session(
        "git backlog sprint new --goal 'A gift can be ordered' -m 'Planning'
git backlog sprint new 'Away' --start +5w --end +6w --capacity 3.5 --id away -n
git backlog sprint new 'Twice' --start 2026-12-01 --end 2026-12-07 --goal GOAL-activation"
    ), @r#"
    $ git backlog sprint new --goal 'A gift can be ordered' -m 'Planning'
    add sprint 2026-25 "Sprint 25"
    ! 2026-25 is from 2026-11-30 to 2026-12-11
    ! [main HASH] backlog: add sprint 2026-25 "Sprint 25"
    ! fill it from the top with: git backlog sprint plan 2026-25
    $ git backlog sprint new 'Away' --start +5w --end +6w --capacity 3.5 --id away -n
    diff --git a/.backlog/sprints/away.md b/.backlog/sprints/away.md
    new file mode 100644
    --- /dev/null
    +++ b/.backlog/sprints/away.md
    @@ -0,0 +1,21 @@
    +---
    +id: away
    +title: Away
    +created: 2026-11-25
    +status: planned
    +start: 2026-12-30
    +end: 2027-01-06
    +capacity: 3.5
    +---
    +
    +## Plan
    +
    +<!-- Which items carry the Sprint Goal, and what stays behind if time runs out? -->
    +
    +## Showcase
    +
    +<!-- When, where, with whom; afterwards: what they said and what it changes in the backlog. -->
    +
    +## Retrospective
    +
    +<!-- What went well, and the one or two things that you change. -->
    ! warning: away has no Sprint Goal: git backlog set away goal='…'
    ! away is from 2026-12-30 to 2027-01-06
    $ git backlog sprint new 'Twice' --start 2026-12-01 --end 2026-12-07 --goal GOAL-activation
    add sprint 2026-26 "Twice"
    ! warning: 2026-26 has days in common with 2026-25 "Sprint 25"
    ! 2026-26 is from 2026-12-01 to 2026-12-07
    ! fill it from the top with: git backlog sprint plan 2026-26
    "#);
}

#[test]
fn a_sprint_begins_when_the_one_before_is_closed() {
    let repo = team();
    repo.run(&["sprint", "new", "--start", "today", "--goal", "Gifts", "-m", "Gifts"]);
    assert_snapshot!(repo.session(
        "git backlog sprint start
git backlog sprint start 2026-24
git backlog sprint start --anyway -n
git backlog sprint close --to next
git backlog sprint start -m 'Planned together'
git backlog sprint start 2026-25"
    ), @r#"
    $ git backlog sprint start
    ! error: 2026-24 is still running
    ! hint: close it with: git backlog sprint close 2026-24, or begin beside it with --anyway
    = 7
    $ git backlog sprint start 2026-24
    ! error: 2026-24 is active already
    = 2
    $ git backlog sprint start --anyway -n
    diff --git a/.backlog/sprints/2026-25.md b/.backlog/sprints/2026-25.md
    --- a/.backlog/sprints/2026-25.md
    +++ b/.backlog/sprints/2026-25.md
    @@ -2,7 +2,7 @@
     id: 2026-25
     title: Sprint 25
     created: 2026-11-25
    -status: planned
    +status: active
     start: 2026-11-25
     end: 2026-12-06
     capacity: 8
    ! warning: 2026-25 has days in common with 2026-24 "Pay without an account"
    ! warning: nothing is in it: git backlog sprint plan 2026-25
    $ git backlog sprint close --to next
    2026-24  Pay without an account
    goal       A guest can pay
    delivered  1 of 3 items, 2 of 8 points

    Done
      BL-h4rtz Pay by card (not accepted)

    Not done, and goes on into 2026-25
      BL-7k3qd Guest checkout
      BL-9qqrt Orders belong to an address (in-progress)

    close 2026-24 "Pay without an account"
    set BL-7k3qd sprint 2026-24 → 2026-25 "Guest checkout"
    set BL-9qqrt sprint 2026-24 → 2026-25 "Orders belong to an address"
    ! warning: 2026-24 has 2 days left
    ! say what you learned with: git backlog sprint note --went-well … --change …
    $ git backlog sprint start -m 'Planned together'
    start 2026-25 "Sprint 25"
    ! [main HASH] backlog: start 2026-25 "Sprint 25"
    $ git backlog sprint start 2026-25
    ! error: 2026-25 is active already
    = 2
    "#);
    let message = repo.git(&["log", "-1", "--format=%B"]);
    assert!(message.starts_with("backlog: start 2026-25"), "{message}");
}
