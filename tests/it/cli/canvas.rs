//! `show product`.

use insta::assert_snapshot;

use super::{document, edit, shop};

const PRODUCT: &str = "---
id: product
title: Korb
goal: GOAL-activation
owner: mira@example.org
---

Boxes of vegetables.

## VISION

Good vegetables are easy.

## Needs:

<!-- to be written -->

## Team

Four people.
";

#[test]
fn the_product_is_one_page_that_says_what_is_missing() {
    let repo = shop();
    repo.write(".backlog/product.md", PRODUCT);
    let goal = ".backlog/goals/GOAL-activation-who-fills-a-basket-also-orders.md";
    edit(
        &repo,
        goal,
        "status: active\n",
        "status: active\nmetric: METRIC-22222\nbaseline: 40\ntarget: 60\n",
    );
    document(&repo, "metrics/METRIC-22222-orders", "status: active\n");
    document(&repo, "personas/PER-22222-households", "status: active\nshare: 90 %\n");
    document(&repo, "personas/PER-33333-hosts", "status: retired\n");
    let table = "\n| date | value |\n| --- | --- |\n| 2026-11-01 | 45 |\n";
    let metric = ".backlog/metrics/METRIC-22222-orders.md";
    repo.write(metric, repo.read(metric) + table);
    assert_snapshot!(repo.session("git backlog show product"), @"
    $ git backlog show product
    product  Korb
    owner        mira@example.org
    goal         GOAL-activation Who fills a basket also orders
    progress     40 → 45 → 60, 25 % (Orders on 2026-11-01), by 2027-03-31
    personas     PER-22222 Households (90 %)
    last change  not committed

    Boxes of vegetables.

    Vision
    Good vegetables are easy.

    Team
    Four people.

    Missing
      Target group: write below '## Target group': who uses it, and who pays for it
      Needs: write below '## Needs': which problem it solves for them, and how you know
      Unique selling proposition: write below '## Unique selling proposition': why this and not what they use today
      Competitors: write below '## Competitors': what people use instead, and what is good about it
      Product Goal: write below '## Product Goal': the state of the product that the team works towards now
    ");
    let canvas =
        &repo.run(&["show", "product", "--format", "json"]).json()["documents"][0]["canvas"];
    assert_eq!(canvas["vision"], "Good vegetables are easy.");
    assert_eq!(canvas["goal"]["progress"]["share"], 0.25);
    assert_eq!(canvas["needs"], serde_json::Value::Null);
    for format in ["markdown", "html"] {
        let run = repo.run(&["show", "product", "--format", format]);
        assert!(run.out.contains("Competitors") && run.out.contains("PER-22222"), "{run}");
    }
}

#[test]
fn a_product_without_anything_is_a_list_of_what_to_write() {
    let repo = shop();
    repo.write(".backlog/product.md", "---\nid: product\ntitle: Korb\n---\n");
    assert_snapshot!(repo.session("git backlog show product"), @"
    $ git backlog show product
    product  Korb
    last change  not committed

    Goals
    id               goal                            metric  progress    by
    GOAL-activation  Who fills a basket also orders  none    unmeasured  2027-03-31

    Missing
      Vision: write below '## Vision': what changes for whom when this succeeds, in one sentence
      Target group: write below '## Target group': who uses it, and who pays for it
      Needs: write below '## Needs': which problem it solves for them, and how you know
      Unique selling proposition: write below '## Unique selling proposition': why this and not what they use today
      Competitors: write below '## Competitors': what people use instead, and what is good about it
      Product Goal: write below '## Product Goal': the state of the product that the team works towards now
      goal: name the goal that is the Product Goal: git backlog set product goal=GOAL-…
      owner: say who decides: git backlog set product owner=NAME@EXAMPLE.ORG
    ");
}

#[test]
fn ids_in_the_canvas_have_their_titles() {
    let repo = shop();
    let text = PRODUCT.replace("are easy.", "are easy ([[EV-h2vkd]]).");
    repo.write(".backlog/product.md", text);
    let run = repo.run(&["show", "product"]);
    assert!(run.out.contains("are easy (EV-h2vkd Shoppers leave at the form)."), "{run}");
}
