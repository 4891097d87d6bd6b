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
    assert_snapshot!(repo.session("git backlog show product"), @"");
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
    assert_snapshot!(repo.session("git backlog show product"), @"");
}
