//! `agenda`.

use insta::assert_snapshot;

use super::{CHECKOUT, edit, shop};

#[test]
fn a_daily_is_filled_from_the_data() {
    let repo = shop();
    let date = ["--date", "2026-11-20T09:00:00Z"];
    repo.git(&[&["commit", "--quiet", "--amend", "--no-edit"], &date[..]].concat());
    assert_snapshot!(repo.session("git backlog agenda daily"), @"
    $ git backlog agenda daily
    Daily Scrum: 2026-24 Pay without an account
    The developers look at how far they are on the way to the Sprint Goal, and plan the next day.
    At most 15 minutes (Scrum Guide 2020).

    The goal (2 minutes)
    Is it still within reach?
      no Sprint Goal
      day 10 of 12, 2 days left
      1 of 1 item open

    Since the last working day (3 minutes)
    What is new?
    Nothing has changed its status.

    In work (5 minutes)
    What does it take to finish these, the oldest first?
      BL-9qqrt Orders belong to an address: in-progress, mira: in work for 5 days

    What waits (2 minutes)
    Who helps, and who decides?
    Nothing waits.

    Next (2 minutes)
    What is begun when something is finished?
    Nothing is left to begin.
    ");
}

#[test]
fn a_page_is_made_for_a_forge_and_for_a_browser() {
    let repo = shop();
    assert_snapshot!(repo.run(&["agenda", "planning", "--format", "markdown"]).out, @"
    # Sprint Planning: 2026-24 Pay without an account

    The team agrees on why this sprint is worth it, what it takes on, and how it begins.

    At most 4 hours: 8 hours in a sprint of a month (Scrum Guide 2020), and less in a shorter one.

    ## Why (35 minutes)

    What will be better for users when this sprint is over? Say it in one sentence.

    - GOAL-activation Who fills a basket also orders: 1 of 1 item below serves it

    ## How much (25 minutes)

    Who is away, and how much does the team take on?

    - Capacity: none yet
    - In it already: 0 points in 1 item

    ## What (1 h 25 min)

    Which items carry the goal? These are the first that are ready.

    - BL-7k3qd Guest checkout: effort 3

    ## What waits (25 minutes)

    What has to happen first, and who sees to it?

    - BL-7k3qd Guest checkout: waits for BL-9qqrt

    ## How (1 h 10 min)

    What is done first? Cut the first items into pieces of a day or less.
    ");
    let page = repo.run(&["agenda", "review", "--format", "html"]);
    assert!(page.out.contains("<h1>") && page.out.contains("Sprint Review"), "{page}");
    let json = repo.run(&["agenda", "retro", "--format", "json"]).json();
    assert_eq!((&json["sprint"], &json["minutes"]), (&"2026-24".into(), &90.into()));
    assert_eq!(json["parts"].as_array().unwrap().len(), 5);
}

#[test]
fn texts_of_documents_are_harmless_on_every_page() {
    let repo = shop();
    edit(&repo, CHECKOUT, "title: Guest checkout", r#"title: "<b>\e[31m@all ::error::x""#);
    for format in ["table", "markdown", "html"] {
        let run = repo.run(&["agenda", "refinement", "--format", format]);
        assert!(!run.out.contains('\u{1b}'), "{run}");
        assert!(format != "html" || !run.out.contains("<b>"), "{run}");
        assert!(format != "markdown" || !run.out.contains("<b>"), "{run}");
    }
}

#[test]
fn the_past_has_its_ceremonies_too() {
    let repo = shop();
    edit(
        &repo,
        ".backlog/sprints/2026-24-pay-without-an-account.md",
        "status: active",
        "status: closed",
    );
    let run = repo.run(&["agenda", "daily", "--at", "HEAD"]);
    assert!(run.code == Some(0) && run.out.contains("day 10 of 12"), "{run}");
}
