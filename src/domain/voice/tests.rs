//! What is heard, by example.

use super::*;
use crate::domain::source::SourceFile;

const TODAY: Date = Date::constant(2026, 11, 25);

fn backlog(documents: &[(&str, &str)]) -> Backlog {
    let file = |(path, front): &(&str, &str)| {
        let (front, body) = front.split_once("\n\n").unwrap_or((front, ""));
        let text = format!("---\n{front}\n---\n\n{body}");
        SourceFile { path: (*path).to_owned(), text: Ok(text) }
    };
    Backlog::parse(documents.iter().map(file).collect())
}

fn heard(backlog: &Backlog) -> Voice<'_> {
    let items: Vec<&Entry> = backlog.open_items().collect();
    voice(backlog, &items, TODAY, STALE_AFTER)
}

#[test]
fn an_item_rests_on_what_either_side_names() {
    let backlog = backlog(&[
        ("items/BL-e.md", "id: BL-e\ntitle: E\nstatus: ready\nrank: bbbb\nevidence: [EV-1]"),
        ("items/BL-a.md", "id: BL-a\ntitle: A\nstatus: ready\nrank: cccc\nparent: BL-e"),
        ("items/BL-b.md", "id: BL-b\ntitle: B\nstatus: ready\nrank: dddd\nevidence: [EV-2, EV-9]"),
        ("items/BL-c.md", "id: BL-c\ntitle: C\nstatus: ready\nrank: ffff\nparent: BL-c"),
        ("evidence/EV-1.md", "id: EV-1\ntitle: One\nsupports: [BL-e]\ndate: 2026-05-28"),
        (
            "evidence/EV-2.md",
            "id: EV-2\ntitle: Two\nsupports: [BL-b]\ncontradicts: [BL-b]\ndate: 2026-05-29",
        ),
        ("evidence/EV-3.md", "id: EV-3\ntitle: Three\ndate: 2025-01-01"),
        ("evidence/EV-4.md", "id: EV-4\ntitle: Four\nstatus: withdrawn\nsupports: [BL-c]"),
    ]);
    let voice = heard(&backlog);
    let ids = |sources: &[Source<'_>]| -> Vec<String> {
        sources.iter().map(|it| it.entry.id().to_owned()).collect()
    };
    let told: Vec<(Vec<String>, Option<&str>)> =
        voice.items.iter().map(|it| (ids(&it.supports), it.through.map(Entry::id))).collect();
    let wanted = [
        (vec!["EV-1".to_owned()], None),
        (Vec::new(), Some("BL-e")),
        (vec!["EV-2".to_owned()], None),
        (Vec::new(), None),
    ];
    assert_eq!(told, wanted);
    assert_eq!(ids(&voice.unused), ["EV-3"]);
    // 181 days and 180 days.
    assert_eq!(ids(&voice.stale), ["EV-1", "EV-3"]);
    assert_eq!((voice.n_evidence, voice.against.len()), (3, 1));
    assert!(voice.against[0].is_both && voice.personas.is_empty());
}

#[test]
fn a_persona_that_is_heard_and_not_served_is_known() {
    let backlog = backlog(&[
        ("personas/PER-a.md", "id: PER-a\ntitle: A\nstatus: active"),
        ("personas/PER-b.md", "id: PER-b\ntitle: B\nstatus: active"),
        ("personas/PER-c.md", "id: PER-c\ntitle: C\nstatus: retired"),
        (
            "items/BL-e.md",
            "id: BL-e\ntitle: E\nstatus: ready\nrank: bbbb\npersonas: [PER-a]\nvalue: 5",
        ),
        ("items/BL-a.md", "id: BL-a\ntitle: A\nstatus: ready\nrank: cccc\nparent: BL-e"),
        (
            "items/BL-d.md",
            "id: BL-d\ntitle: D\nstatus: done\nrank: cccd\npersonas: [PER-b]\nvalue: 9",
        ),
        ("items/BL-x.md", "id: BL-x\ntitle: X\nstatus: ready\nrank: dddd\nvalue: 1"),
        ("evidence/EV-1.md", "id: EV-1\ntitle: One\npersonas: [PER-b, PER-b, PER-zz]"),
    ]);
    let voice = heard(&backlog);
    let told: Vec<(&str, usize, f64, usize, usize, bool)> = voice
        .personas
        .iter()
        .map(|it| {
            (it.persona.id(), it.n_items, it.value, it.n_unvalued, it.n_evidence, it.is_unserved())
        })
        .collect();
    assert_eq!(told, [("PER-a", 2, 5.0, 1, 0, false), ("PER-b", 0, 0.0, 0, 1, true)]);
    assert_eq!(voice.n_for_nobody, 1);
}

fn counted(method: &str, table: &str) -> Result<Outcome, Broken> {
    let front = format!("id: EV-1\ntitle: One\nmethod: {method}\n\n{table}");
    let backlog = backlog(&[("evidence/EV-1.md", &front)]);
    let mut voice = heard(&backlog);
    voice.results.remove(0).outcome
}

#[test]
fn kano_counts_become_a_class_and_two_coefficients() {
    let table = "| item | A | O | M | I | R | Q |\n|-|-|-|-|-|-|-|\n| BL-a | 3 | 9 | 16 | 2 | 0 | 1 |\n| B | 5 | 0 | 5 | | 0 | 0 |\n| C | 0 | 0 | 0 | 0 | 0 | 0 |\n";
    let Ok(Outcome::Kano(answers)) = counted("kano", table) else { panic!("no answers") };
    let told: Vec<_> =
        answers.iter().map(|it| (it.n(), it.class(), it.better(), it.worse())).collect();
    let (must, tie) = (Some((kano::Class::MustBe, false)), Some((kano::Class::MustBe, true)));
    assert_eq!(told[0], (31, must, Some(12.0 / 30.0), Some(-25.0 / 30.0)));
    assert_eq!(told[1], (10, tie, Some(0.5), Some(-0.5)));
    assert_eq!(told[2], (0, None, None, None));
}

#[test]
fn money_is_summed_by_item() {
    let table = "| who | item | coins | price |\n|-|-|-|-|\n| a | X | 5 | 20 |\n| b | Y | 10 | 8 |\n| b | X | 2.5 | |\n";
    let Ok(Outcome::Money(purchase)) = counted("buy-a-feature", table) else { panic!("no sums") };
    let told: Vec<_> =
        purchase.features.iter().map(|it| (it.item.as_str(), it.money, it.is_bought())).collect();
    assert_eq!(told, [("Y", 10.0, Some(true)), ("X", 7.5, Some(false))]);
    assert_eq!((purchase.total, purchase.n_people), (17.5, 2));
}

#[test]
fn pairs_become_an_order_and_circles_are_told() {
    let table = "| winner | loser | votes |\n|-|-|-|\n| a | b | 3 |\n| b | a | 1 |\n| b | c | 2 |\n| c | a | 2 |\n| a | d | |\n| b | d | 1 |\n";
    let Ok(Outcome::Pairwise(order)) = counted("pairwise", table) else { panic!("no order") };
    let told: Vec<_> =
        order.places.iter().map(|it| (it.item.as_str(), it.n_won, it.n_lost)).collect();
    assert_eq!(told, [("a", 2, 1), ("b", 2, 1), ("c", 1, 1), ("d", 0, 2)]);
    assert_eq!(order.circles, [["a", "b", "c"].map(str::to_owned)]);
    assert_eq!((order.n_circles, order.n_choices, order.n_open), (1, 10, 1));
}

#[test]
fn a_table_that_cannot_be_counted_says_why_and_where() {
    let broken = |method: &str, table: &str| {
        let it = counted(method, table).expect_err("it is broken");
        format!("{}: {}", it.line.unwrap_or(0), it.message)
    };
    assert_eq!(broken("kano", "Words."), "0: no table with the columns item, A, O");
    let table = "| item | A | O | I |\n|-|-|-|-|\n";
    assert_eq!(broken("Kano", table), "0: no column for must-be");
    let table = "| item | A | O | M | I |\n|-|-|-|-|-|\n| x | 1 | -2 | 3 | 4 |\n";
    assert_eq!(broken("kano", table), "9: '-2' is not a count of answers");
    let table = "| item | money |\n|-|-|\n| x | many |\n";
    assert_eq!(broken("buy-a-feature", table), "9: 'many' is not an amount of money");
    let table = "| winner | loser |\n|-|-|\n| x | x |\n";
    assert_eq!(broken("pairwise", table), "9: 'x' against 'x' is no pair");
}
