//! Small backlogs, worked out by hand.

use super::*;
use crate::domain::source::SourceFile;

const TODAY: Date = Date::constant(2026, 11, 25);

fn item(id: &str, rank: &str, more: &str) -> SourceFile {
    let text = format!("---\nid: {id}\ntitle: {id}\nstatus: ready\nrank: {rank}\n{more}---\n");
    SourceFile { path: format!("items/{id}.md"), text: Ok(text) }
}

fn done(id: &str, created: &str, done: &str, numbers: &str) -> SourceFile {
    let text = format!(
        "---\nid: {id}\ntitle: {id}\nstatus: done\ncreated: {created}\n{done}{numbers}---\n"
    );
    SourceFile { path: format!("items/{id}.md"), text: Ok(text) }
}

/// Items from the top to the bottom, each with its value, its effort and what else it says.
fn backlog(items: &[(&str, &str)]) -> Backlog {
    let ranks = ["bbbb", "cccc", "dddd", "ffff", "gggg", "hhhh"];
    let files = items.iter().zip(ranks).map(|((id, more), rank)| item(id, rank, more));
    Backlog::parse(files.collect())
}

/// Ratios 0.5, 4, 1 and 3. Value 21, effort 14.
const FOUR: [(&str, &str); 4] = [
    ("BL-a", "value: 3\neffort: 6\n"),
    ("BL-b", "value: 8\neffort: 2\n"),
    ("BL-c", "value: 4\neffort: 4\n"),
    ("BL-d", "value: 6\neffort: 2\n"),
];

fn ids<'a>(value: &'a Value<'_>, curve: &Curve) -> Vec<&'a str> {
    curve.order().into_iter().map(|item| value.plan.items[item].id()).collect()
}

fn told(value: &Value<'_>) -> Vec<(String, f64, String, f64)> {
    let id = |item: usize| value.plan.items[item].id();
    let told = value.inversions.iter().map(|(pair, advice)| {
        let (command, gain) = match advice {
            Some(advice) => (advice.command(), advice.gain),
            None => (String::new(), 0.0),
        };
        (format!("{} above {}", id(pair.above), id(pair.below)), pair.loss, command, gain)
    });
    told.collect()
}

#[test]
fn four_items_are_worked_out_by_hand() {
    let backlog = backlog(&FOUR);
    let it = value(&backlog, TODAY, |_| true);
    // 3×6 + 8×8 + 4×12 + 6×14
    assert_eq!(it.today.cost, 214.0);
    // 8×2 + 6×4 + 4×8 + 3×14
    assert_eq!((ids(&it, &it.best), it.best.cost), (vec!["BL-b", "BL-d", "BL-c", "BL-a"], 114.0));
    // Of b and d, which take as long, the one that stands higher comes first.
    assert_eq!(ids(&it, &it.cheapest), ["BL-b", "BL-d", "BL-c", "BL-a"]);
    assert_eq!(it.gap(), Some(214.0 / 114.0 - 1.0));
    assert_eq!(it.lost(), 100.0);
    assert_eq!((it.points_a_week, it.weeks(100.0)), (None, None));
    let points: Vec<(f64, f64)> = it.today.points.iter().map(|it| (it.effort, it.value)).collect();
    assert_eq!(points, [(6.0, 3.0), (8.0, 11.0), (12.0, 15.0), (14.0, 21.0)]);
    // Half of the effort is 7 points: a is done, and b is only begun.
    assert_eq!(it.today.share_at(0.5), Some(3.0 / 21.0));
    assert_eq!(it.best.share_at(0.5), Some(14.0 / 21.0));
    let command = |words: &str| format!("git backlog rank {words}");
    assert_eq!(
        told(&it),
        [
            // 8×6 − 3×2; the two are neighbours, so that a move gains just that. What else a costs
            // is not told, and c and d stand as they should not: 6×4 − 4×2.
            ("BL-a above BL-b".to_owned(), 42.0, command("BL-b --before BL-a"), 42.0),
            ("BL-c above BL-d".to_owned(), 16.0, command("BL-d --before BL-c"), 16.0),
        ]
    );
}

#[test]
fn the_better_of_two_moves_is_proposed() {
    let moves = |order: [&str; 4]| {
        let mut items = FOUR;
        items.sort_by_key(|(id, _)| order.iter().position(|it| it == id));
        let backlog = backlog(&items);
        told(&value(&backlog, TODAY, |_| true)).remove(0)
    };
    let command = |words: &str| format!("git backlog rank {words}");
    // Down past d, c and b: 30 + 12 + 42. Up past c, d and a: 24 + 4 + 42.
    let down = moves(["BL-a", "BL-d", "BL-c", "BL-b"]);
    assert_eq!(down, ("BL-a above BL-b".to_owned(), 42.0, command("BL-a --after BL-b"), 84.0));
    // Down past c and b: 12 + 42. Up past c and a: 24 + 42.
    let up = moves(["BL-a", "BL-c", "BL-b", "BL-d"]);
    assert_eq!(up, ("BL-a above BL-b".to_owned(), 42.0, command("BL-b --before BL-a"), 66.0));
}

#[test]
fn the_worst_order_is_the_best_one_reversed() {
    let mut items = FOUR;
    items.sort_by_key(|(id, _)| ["BL-a", "BL-c", "BL-d", "BL-b"].iter().position(|it| it == id));
    let backlog = backlog(&items);
    let it = value(&backlog, TODAY, |_| true);
    // 3×6 + 4×10 + 6×12 + 8×14
    assert_eq!((it.today.cost, it.best.cost), (242.0, 114.0));
}

#[test]
fn what_is_bound_is_no_inversion_and_comes_along() {
    let backlog = backlog(&[
        ("BL-a", "value: 1\neffort: 8\n"),
        ("BL-b", "value: 2\neffort: 4\nblocks: [BL-x]\n"),
        ("BL-x", "depends_on: [BL-a]\n"),
        ("BL-y", "value: 1\neffort: 2\n"),
        ("BL-c", "value: 8\neffort: 1\ndepends_on: [BL-x, BL-y]\n"),
        ("BL-d", "value: 1\neffort: 9\ndepends_on: [BL-gone]\n"),
    ]);
    let it = value(&backlog, TODAY, |_| true);
    // c needs a and b, through x, which has no numbers, and y.
    assert_eq!(it.plan.needs, [vec![], vec![], vec![], vec![0, 1, 2], vec![]]);
    assert_eq!(it.plan.unscored.len(), 1);
    assert_eq!(ids(&it, &it.best), ["BL-b", "BL-y", "BL-a", "BL-c", "BL-d"]);
    // Whatever c waits for stands above it and costs it much, and is no inversion.
    let pairs: Vec<String> = told(&it).into_iter().map(|it| it.0).collect();
    assert_eq!(pairs, ["BL-a above BL-b"]);
}

#[test]
fn an_item_brings_what_it_waits_for() {
    let backlog = backlog(&[
        ("BL-a", "value: 1\neffort: 8\n"),
        ("BL-x", "depends_on: [BL-b]\n"),
        ("BL-b", "value: 1\neffort: 1\n"),
        ("BL-c", "value: 8\neffort: 1\ndepends_on: [BL-x]\n"),
    ]);
    let it = value(&backlog, TODAY, |_| true);
    let (pair, loss, command, gain) = &told(&it)[0];
    assert_eq!((&**pair, *loss), ("BL-a above BL-c", 63.0));
    // b first, although x is listed above it; b gains 7 on its way.
    assert_eq!((&**command, *gain), ("git backlog rank BL-b BL-x BL-c --before BL-a", 70.0));
}

#[test]
fn an_order_that_cannot_be_worked_off_waits() {
    let backlog = backlog(&[
        ("BL-c", "value: 8\neffort: 1\ndepends_on: [BL-b]\n"),
        ("BL-a", "value: 1\neffort: 8\n"),
        ("BL-b", "value: 1\neffort: 1\n"),
    ]);
    let it = value(&backlog, TODAY, |_| true);
    assert_eq!(ids(&it, &it.today), ["BL-a", "BL-b", "BL-c"]);
    assert_eq!(it.plan.above_what_they_need().count(), 1);
    assert_eq!(ids(&it, &it.best), ["BL-b", "BL-c", "BL-a"]);
}

#[test]
fn a_circle_binds_nothing() {
    let backlog = backlog(&[
        ("BL-a", "value: 1\neffort: 8\ndepends_on: [BL-b]\n"),
        ("BL-b", "value: 8\neffort: 1\ndepends_on: [BL-a, BL-b]\n"),
        ("BL-c", "value: 9\neffort: 1\ndepends_on: [BL-b]\n"),
    ]);
    let it = value(&backlog, TODAY, |_| true);
    assert_eq!(it.plan.n_in_circles, 2);
    assert_eq!(it.plan.needs, [vec![], vec![], vec![1]]);
    assert_eq!(ids(&it, &it.best), ["BL-b", "BL-c", "BL-a"]);
}

#[test]
fn little_says_little() {
    let check = |items: &[(&str, &str)], scored: usize, gap: Option<f64>| {
        let backlog = backlog(items);
        let it = value(&backlog, TODAY, |_| true);
        assert_eq!((it.plan.items.len(), it.gap(), it.lost()), (scored, gap, 0.0), "{items:?}");
        assert!(it.inversions.is_empty() && it.bias.is_none(), "{items:?}");
        assert!(it.starvation.items.is_empty() && it.delivered.is_none(), "{items:?}");
    };
    let same = "value: 3\neffort: 2\n";
    check(&[], 0, None);
    check(&[("BL-a", same)], 1, Some(0.0));
    check(&[("BL-a", same), ("BL-b", same), ("BL-c", same)], 3, Some(0.0));
    check(&[("BL-a", "value: 0\neffort: 3\n"), ("BL-b", "value: 0\neffort: 2\n")], 2, None);
    check(&[("BL-a", "value: 3\n"), ("BL-b", "effort: 2\n"), ("BL-c", "")], 0, None);
}

#[test]
fn what_is_not_scored_says_why() {
    let check = |more: &str, why: &str| {
        let backlog = backlog(&[("BL-a", more)]);
        let it = value(&backlog, TODAY, |_| true);
        assert_eq!(lack(it.plan.unscored[0]), why, "{more}");
    };
    check("", "no value, no effort");
    check("value: much\neffort: 2\n", "value 'much' is no number");
    check("value: -1\neffort: 0\n", "value -1 is below zero, effort 0 is not above zero");
    check("value: 1\neffort: -0.5\n", "effort -0.5 is not above zero");
}

#[test]
fn only_what_is_asked_for_counts() {
    let backlog = backlog(&FOUR);
    let it = value(&backlog, TODAY, |item| item.id() != "BL-a");
    assert_eq!((it.plan.items.len(), it.today.effort()), (3, 8.0));
    // 8×2 + 4×6 + 6×8 instead of 8×2 + 6×4 + 4×8
    assert_eq!((it.today.cost, it.best.cost), (88.0, 72.0));
}

#[test]
fn what_is_worth_much_and_older_than_usual_starves() {
    let numbers = "value: 2\neffort: 2\n";
    let day = |age: usize| format!("2026-10-{:02}", age + 1);
    let mut files: Vec<SourceFile> = (1..=7)
        .map(|age| {
            let done_at = format!("done: {}\n", day(age));
            done(&format!("BL-d{age}"), "2026-10-01", &done_at, numbers)
        })
        .collect();
    files.push(done("BL-u", "2026-10-09", "done: 2026-10-01\n", numbers));
    files.push(done("BL-v", "2026-10-09", "", numbers));
    for (id, rank, value, created) in [
        ("BL-a", "bbbb", 1, "2026-01-01"),
        ("BL-b", "cccc", 2, "2026-01-01"),
        ("BL-c", "dddd", 3, "2026-11-19"),
        ("BL-e", "ffff", 8, "2026-11-18"),
        ("BL-f", "gggg", 8, "2026-11-17"),
    ] {
        files.push(item(id, rank, &format!("created: {created}\nvalue: {value}\n")));
    }
    files.push(item("BL-g", "hhhh", "value: 9\n"));
    let backlog = Backlog::parse(files);
    let it = value(&backlog, TODAY, |_| true).starvation;
    // 85 % of seven are six: the sixth age. Three quarters of six are four and a half: the fifth
    // value.
    assert_eq!((it.usual_days, it.n_done, it.n_done_undated), (Some(6), 7, 2));
    assert_eq!((it.from_value, it.n_undated), (Some(8.0), 1));
    let items: Vec<(&str, i64)> = it.items.iter().map(|it| (it.item.id(), it.days)).collect();
    assert_eq!(items, [("BL-f", 8), ("BL-e", 7)]);
}

#[test]
fn what_was_done_is_held_against_what_was_open() {
    let mut files = vec![
        // Open when both were done.
        item("BL-a", "bbbb", "created: 2026-10-01\nvalue: 8\neffort: 8\n"),
        // Too late for the first.
        item("BL-b", "cccc", "created: 2026-10-05\nvalue: 4\neffort: 2\n"),
        item("BL-c", "dddd", "created: 2026-10-01\nvalue: 40\n"),
        done("BL-d", "2026-10-01", "done: 2026-10-04\n", "value: 2\neffort: 1\n"),
        done("BL-e", "2026-10-01", "done: 2026-10-06\n", "value: 4\neffort: 2\n"),
        done("BL-f", "2026-10-01", "done: 2026-10-06\n", "value: 4\n"),
    ];
    let delivered = |files: &[SourceFile]| {
        let backlog = Backlog::parse(files.to_vec());
        value(&backlog, TODAY, |_| true).delivered.unwrap()
    };
    let it = delivered(&files);
    assert_eq!((it.n, it.n_unmeasured), (2, 1));
    assert_eq!(it.since, Date::constant(2026, 10, 4));
    assert_eq!(it.done, Worth { value: 3.0, effort: 1.5 });
    // With d: a and e, (8 + 4) / 2 and (8 + 2) / 2. With e: a and b, 6 and 5.
    assert_eq!(it.open, Some(Worth { value: 6.0, effort: 5.0 }));
    files.drain(..3);
    files.remove(0);
    assert_eq!(delivered(&files).open, None);
}

#[test]
fn shares_of_value_by_what_it_does_to_the_selling_proposition() {
    let backlog = backlog(&[
        ("BL-a", "value: 3\neffort: 6\nusp: strengthens\n"),
        ("BL-b", "value: 8\neffort: 2\nusp: parity\n"),
        ("BL-c", "value: 4\neffort: 4\nusp: strong\n"),
        ("BL-d", "value: 6\neffort: 2\n"),
        ("BL-e", "value: 6\nusp: strengthens\n"),
    ]);
    let it = value(&backlog, TODAY, |_| true);
    let shares: Vec<_> =
        it.selling.iter().map(|it| (it.selling.word(), it.n, it.value, it.effort)).collect();
    let expected = [
        ("strengthens", 1, 3.0, 6.0),
        ("parity", 1, 8.0, 2.0),
        ("none", 0, 0.0, 0.0),
        ("unknown", 2, 10.0, 6.0),
    ];
    assert_eq!(shares, expected);
    let c = backlog.called("BL-c").unwrap();
    assert!(c.problems().any(|it| it.message == "unknown usp 'strong'"));
}
