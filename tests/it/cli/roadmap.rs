//! `roadmap`.

use insta::assert_snapshot;

use super::{document, edit, shop};
use crate::support::Repo;

/// A shop with a release, a sprint to come, and items that were done two a week.
fn planned() -> Repo {
    let repo = shop();
    document(&repo, "releases/REL-22222-winter-opening", "status: planned\ntarget: 2026-12-14\n");
    document(&repo, "sprints/2026-25-next", "status: planned\nstart: 2026-11-30\n");
    edit(&repo, super::CHECKOUT, "value: 8\n", "value: 8\nrelease: REL-22222\n");
    let today = jiff::civil::date(2026, 11, 25);
    let letters = ['b', 'c', 'd', 'f', 'g', 'h', 'j', 'k'];
    for n in 0_u8..40 {
        let days = i64::from(n / 2) * 7;
        let day = today.checked_sub(jiff::Span::new().days(days)).unwrap();
        let id = format!("zz{}{}z", letters[usize::from(n / 8)], letters[usize::from(n % 8)]);
        let days = format!("created: {day}\nstarted: {day}\ndone: {day}\n");
        let fields = format!("type: task\nstatus: done\n{days}");
        document(&repo, &format!("items/BL-{id}-past"), &fields);
    }
    repo
}

#[test]
fn items_come_now_next_or_later() {
    let repo = planned();
    assert_snapshot!(repo.session("git backlog roadmap\ngit backlog roadmap --format markdown"), @"
    $ git backlog roadmap
    Now 1
      BL-9qqrt Orders belong to an address (by 2026-12-30)

    Next 1
      BL-7k3qd Guest checkout (by 2026-12-23)

    Later 1
      Without a goal (1 item)

    Next is what the next sprint holds, and what is ready among the first 3: so many are done in 6 weeks in 85 of 100 cases. Later has no days.
    days from 40 items in the last 26 weeks, with all that stands above, seed 1
    $ git backlog roadmap --format markdown
    ## Now 1

    - BL-9qqrt Orders belong to an address (by 2026-12-30)

    ## Next 1

    - BL-7k3qd Guest checkout (by 2026-12-23)

    ## Later 1

    - Without a goal (1 item)

    Next is what the next sprint holds, and what is ready among the first 3: so many are done in 6 weeks in 85 of 100 cases. Later has no days.

    days from 40 items in the last 26 weeks, with all that stands above, seed 1
    ");
    let json = repo.run(&["roadmap", "--format", "json"]).json();
    assert_eq!(
        (&json["now"][0]["id"], &json["next"][0]["id"]),
        (&"BL-9qqrt".into(), &"BL-7k3qd".into())
    );
    assert_eq!(json["later"][0]["items"][0]["id"], "BL-7kxxm");
}

#[test]
fn releases_and_goals_stand_over_time() {
    let repo = planned();
    assert_snapshot!(repo.session(
        "git backlog roadmap --by date
git backlog roadmap --by release --format markdown
git backlog roadmap --by goal --format csv"
    ), @"
    $ git backlog roadmap --by date
    Releases
    id         status     done  target      50 %        85 %        95 %        chance  title
    REL-22222  planned  0 of 1  2026-12-14  2026-12-02  2026-12-23  2026-12-30    79 %  Winter opening

    Goals
    id               status    done  wanted by   50 %        85 %        95 %        chance  title
    GOAL-activation  active  0 of 1  2027-03-31  2026-12-02  2026-12-23  2026-12-30   100 %  Who fills a basket also orders
    days from 40 items in the last 26 weeks, with all that stands above, seed 1
    $ git backlog roadmap --by release --format markdown
    ```mermaid
    gantt
        title Roadmap
        dateFormat YYYY-MM-DD
        axisFormat %Y-%m-%d
        section Releases
        Winter opening, 50 of 100 :active, r1p50, 2026-11-25, 2026-12-02
        Winter opening, 85 of 100 :r1p85, 2026-12-02, 2026-12-23
        Winter opening, 95 of 100 :r1p95, 2026-12-23, 2026-12-30
        Winter opening, wanted :crit, milestone, r1w, 2026-12-14, 0d
    ```

    ## Releases

    | id | status | done | target | 50 % | 85 % | 95 % | chance | title |
    | --- | --- | ---: | --- | --- | --- | --- | ---: | --- |
    | REL-22222 | planned | 0 of 1 | 2026-12-14 | 2026-12-02 | 2026-12-23 | 2026-12-30 | 79 % | Winter opening |

    days from 40 items in the last 26 weeks, with all that stands above, seed 1
    $ git backlog roadmap --by goal --format csv
    ! error: invalid value 'csv' for '--format <FORMAT>'
    !   [possible values: table, json, jsonl, markdown, html, svg, mermaid]
    ! hint: see what there is with -h
    = 2
    ");
    let json = repo.run(&["roadmap", "--by", "release", "--format", "json"]).json();
    assert_eq!(
        (&json["rows"][0]["id"], &json["rows"][0]["open"]),
        (&"REL-22222".into(), &1.into())
    );
}

#[test]
fn a_picture_is_by_date_unless_somebody_says_otherwise() {
    let repo = planned();
    let run = repo.run(&["roadmap", "--format", "svg"]);
    assert!(run.code == Some(0) && run.out.starts_with("<svg"), "{run}");
    assert!(run.out.contains("<desc>Winter opening: 1 open"), "{run}");
    let run = repo.run(&["roadmap", "--format", "mermaid"]);
    assert!(run.code == Some(0) && run.out.starts_with("gantt\n"), "{run}");
    let run = repo.run(&["roadmap", "--by", "now", "--format", "svg"]);
    assert!(run.code == Some(2) && run.err.contains("no format 'svg' here"), "{run}");
    let page = repo.run(&["roadmap", "--by", "date", "--format", "html"]).out;
    assert!(page.contains("class=\"gantt\"") && !page.contains("<script"), "{page}");
}

#[test]
fn hostile_titles_are_text() {
    let repo = planned();
    let title = "\"</text><script>alert(1)</script> %%{init: {}}%% : # ; section \u{202e}x\"";
    let path = ".backlog/releases/REL-22222-winter-opening.md";
    edit(&repo, path, "title: Winter opening", &format!("title: {title}"));
    for words in [["--format", "svg"], ["--format", "mermaid"], ["--format", "html"]] {
        let run = repo.run(&[&["roadmap", "--by", "date"], &words[..]].concat());
        assert_eq!(run.code, Some(0), "{run}");
        assert!(!run.out.contains("<script") && !run.out.contains('\u{202e}'), "{run}");
        // A directive of Mermaid is nothing to a page.
        assert!(words[1] != "mermaid" || !run.out.contains("%%{"), "{run}");
    }
    let text = repo.run(&["roadmap", "--by", "release", "--format", "markdown"]).out;
    let chart = text.split("```").nth(1).unwrap();
    assert!(!text.contains("<script") && !chart.contains("%%{"), "{text}");
}

#[test]
fn a_query_shows_a_part() {
    let repo = planned();
    assert_snapshot!(repo.session(
        "git backlog roadmap type=bug
git backlog roadmap label=nothing
git backlog roadmap --by date label=mobile
git backlog roadmap 'status='
git backlog roadmap statsu=x
git backlog roadmap --by weeks"
    ), @"
    $ git backlog roadmap type=bug
    Now 0

    Next 0

    Later 1
      Without a goal (1 item)

    Next is what the next sprint holds, and what is ready among the first 3: so many are done in 6 weeks in 85 of 100 cases. Later has no days.
    days from 40 items in the last 26 weeks, with all that stands above, seed 1
    $ git backlog roadmap label=nothing
    Now 0

    Next 0

    Later 0

    Next is what the next sprint holds, and what is ready among the first 3: so many are done in 6 weeks in 85 of 100 cases. Later has no days.
    days from 40 items in the last 26 weeks, with all that stands above, seed 1
    ! the query finds no open item
    $ git backlog roadmap --by date label=mobile
    Releases
    The query finds nothing in a release.

    Goals
    The query finds nothing that serves a goal.
    days from 40 items in the last 26 weeks, with all that stands above, seed 1
    $ git backlog roadmap 'status='
    Now 0

    Next 0

    Later 0

    Next is what the next sprint holds, and what is ready among the first 3: so many are done in 6 weeks in 85 of 100 cases. Later has no days.
    days from 40 items in the last 26 weeks, with all that stands above, seed 1
    ! the query finds no open item
    $ git backlog roadmap statsu=x
    ! error: query: unknown field 'statsu'
    !     statsu=x
    !     ^^^^^^
    ! hint: did you mean 'status'?
    = 2
    $ git backlog roadmap --by weeks
    ! error: invalid value 'weeks' for '--by <WHAT>'
    !   [possible values: now, release, goal, date]
    ! hint: see what there is with -h
    = 2
    ");
}

#[test]
fn an_empty_backlog_has_an_empty_roadmap() {
    let repo = Repo::new();
    repo.write(".backlog/config.yml", "");
    assert_snapshot!(repo.session(
        "git backlog roadmap
git backlog roadmap --by date
git backlog roadmap --format mermaid"
    ), @"
    $ git backlog roadmap
    Now 0

    Next 0

    Later 0

    Next is what the next sprint holds, and all that is ready: there are no days to go by.
    no days: the past has no whole week yet, and a date needs 8
    ! no item is open
    $ git backlog roadmap --by date
    Releases
    No release is planned. Write one down with: git backlog new release TITLE

    Goals
    No goal is pursued. Write one down with: git backlog new goal TITLE
    no days: the past has no whole week yet, and a date needs 8
    ! no item is open
    $ git backlog roadmap --format mermaid
    gantt
        title Roadmap
        dateFormat YYYY-MM-DD
        axisFormat %Y-%m-%d
    ! no item is open
    ");
    let run = repo.run(&["roadmap", "--format", "svg"]);
    assert!(run.code == Some(0) && run.out.contains("Nothing is planned."), "{run}");
}

#[test]
fn statuses_may_be_called_otherwise() {
    let repo = Repo::new();
    let statuses = "statuses:\n  idea: {category: todo}\n  groomed: {category: todo}\n  \
                    making: {category: doing}\n  live: {category: done}\n";
    repo.write(".backlog/config.yml", format!("{statuses}ready: {{from: groomed}}\n"));
    for (id, status) in
        [("b2222", "making"), ("c2222", "groomed"), ("d2222", "idea"), ("f2222", "gone")]
    {
        document(
            &repo,
            &format!("items/BL-{id}-one"),
            &format!("status: {status}\nrank: mb{}\n", &id[..1].repeat(2)),
        );
    }
    let json = repo.run(&["roadmap", "--format", "json"]).json();
    let ids = |lane: &str| json[lane].as_array().unwrap().len();
    assert_eq!((ids("now"), ids("next")), (1, 1));
    assert_eq!(json["later"][0]["items"].as_array().unwrap().len(), 2);
}
