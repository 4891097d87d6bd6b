//! `value` for programs, and as pages and drawings.

use insta::assert_snapshot;

use super::korb;

#[test]
fn says_the_same_to_programs_and_on_pages() {
    let korb = korb();
    assert_snapshot!(korb.session("git backlog value label=checkout --at main --format json"), @r#"
    $ git backlog value label=checkout --at main --format json
    {
      "schema": 1,
      "query": "label=checkout",
      "scored": 5,
      "unscored": [
        {
          "id": "BL-hhx49",
          "title": "A checkout that people finish",
          "why": "no value, no effort"
        }
      ],
      "value": 32.0,
      "effort": 15.0,
      "points_a_week": 10.5,
      "gap": 0.034482758620689724,
      "lost_value_points": 9.0,
      "lost_value_weeks": 0.8571428571428571,
      "above_what_they_wait_for": [],
      "n_in_circles": 0,
      "orders": {
        "today": {
          "cost_value_points": 270.0,
          "points": [
            {
              "id": "BL-7k3qd",
              "effort": 3.0,
              "value": 8.0
            },
            {
              "id": "BL-qc2v2",
              "effort": 6.0,
              "value": 16.0
            },
            {
              "id": "BL-fqfdz",
              "effort": 11.0,
              "value": 24.0
            },
            {
              "id": "BL-mrdwh",
              "effort": 13.0,
              "value": 29.0
            },
            {
              "id": "BL-7h7pg",
              "effort": 15.0,
              "value": 32.0
            }
          ]
        },
        "best": {
          "cost_value_points": 261.0,
          "points": [
            {
              "id": "BL-7k3qd",
              "effort": 3.0,
              "value": 8.0
            },
            {
              "id": "BL-qc2v2",
              "effort": 6.0,
              "value": 16.0
            },
            {
              "id": "BL-mrdwh",
              "effort": 8.0,
              "value": 21.0
            },
            {
              "id": "BL-fqfdz",
              "effort": 13.0,
              "value": 29.0
            },
            {
              "id": "BL-7h7pg",
              "effort": 15.0,
              "value": 32.0
            }
          ]
        },
        "cheapest_first": {
          "cost_value_points": 278.0,
          "points": [
            {
              "id": "BL-mrdwh",
              "effort": 2.0,
              "value": 5.0
            },
            {
              "id": "BL-7h7pg",
              "effort": 4.0,
              "value": 8.0
            },
            {
              "id": "BL-7k3qd",
              "effort": 7.0,
              "value": 16.0
            },
            {
              "id": "BL-qc2v2",
              "effort": 10.0,
              "value": 24.0
            },
            {
              "id": "BL-fqfdz",
              "effort": 15.0,
              "value": 32.0
            }
          ]
        }
      },
      "inversions": [
        {
          "above": {
            "id": "BL-fqfdz",
            "title": "Order a box as a gift",
            "value": 8.0,
            "effort": 5.0
          },
          "below": {
            "id": "BL-mrdwh",
            "title": "A second tap on Order makes a second order",
            "value": 5.0,
            "effort": 2.0
          },
          "loss_value_points": 9.0,
          "loss_value_weeks": 0.8571428571428571,
          "move": {
            "command": "git backlog rank BL-mrdwh --before BL-fqfdz",
            "moved": [
              "BL-mrdwh"
            ],
            "gain_value_points": 9.0,
            "gain_value_weeks": 0.8571428571428571
          }
        }
      ],
      "bias": {
        "effort_tau": -0.4472135954999579,
        "value_tau": 0.8366600265340756,
        "p": null,
        "cheap_first": false
      },
      "starvation": {
        "from_value": 8.0,
        "usual_days": 25,
        "done_measured": 24,
        "done_unmeasured": 0,
        "undated": 0,
        "items": [
          {
            "id": "BL-7k3qd",
            "title": "Guest checkout",
            "value": 8.0,
            "days": 35
          },
          {
            "id": "BL-qc2v2",
            "title": "See the whole price before paying",
            "value": 8.0,
            "days": 34
          }
        ]
      },
      "delivered": {
        "n": 10,
        "since": "2026-10-15",
        "done": {
          "value": 7.2,
          "effort": 3.8
        },
        "open": {
          "value": 6.6417137029637034,
          "effort": 4.686727855477856
        },
        "unmeasured": 0
      },
      "usp": [
        {
          "usp": "strengthens",
          "n": 1,
          "value": 8.0,
          "effort": 3.0
        },
        {
          "usp": "parity",
          "n": 1,
          "value": 3.0,
          "effort": 2.0
        },
        {
          "usp": "none",
          "n": 0,
          "value": 0.0,
          "effort": 0.0
        },
        {
          "usp": "unknown",
          "n": 3,
          "value": 21.0,
          "effort": 10.0
        }
      ]
    }
    "#);
}

#[test]
fn makes_pages_and_a_drawing() {
    let korb = korb();
    let shown = |format: &str| korb.run(&["value", "--at", "main", "--format", format]);
    for (format, parts) in [
        (
            "html",
            &[
                "default-src 'none'; style-src 'unsafe-inline'",
                "<svg class=\"chart\"",
                "role=\"img\" aria-label=\"How much of the value has come when",
                "<summary>The same as a table</summary>",
            ][..],
        ),
        ("markdown", &["# Value: 145 in 27 items", "| 50 % | 48 | 63 % | 72 % | 64 % |"][..]),
        ("svg", &["<svg xmlns=\"http://www.w3.org/2000/svg\"", "class=\"line line-2\""][..]),
        ("jsonl", &["{\"schema\":1,\"query\":null,\"scored\":27,"][..]),
    ] {
        let run = shown(format);
        assert!(parts.iter().all(|part| run.out.contains(part)), "{format}: {run}");
        assert!(!run.out.contains("http-equiv=\"refresh\"") && !run.out.contains("<script"));
    }
    let wrong = korb.run(&["why", "BL-7k3qd", "--format", "svg"]);
    assert!(wrong.err.contains("invalid value 'svg'"), "{wrong}");
}
