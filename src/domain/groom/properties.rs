//! Whatever a backlog holds, its list comes back as it was; and whatever order the lines get, the
//! backlog gets it with the fewest files written.

use proptest::prelude::*;

use super::tests::{shown, today};
use super::*;
use crate::domain::config::Config;
use crate::domain::rank;
use crate::domain::source::SourceFile;

/// Words that look like something else, and any others.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ v8e3#?<|>=m\\-a-d]{0,12}",
        "(v8|e3|m=must|m=|m=-|v-|e\\?|ready|new|drop|#|<\\|>|in progress| )( (v8|e3|ready|#! |v5)){0,4}",
        "\\PC{0,20}",
        ".{0,20}",
        "(\u{202e}|שלום|👩‍🌾|\u{7}|\u{1b}\\[31m|\u{2028}|\n|\r\n|\t|é){0,6}",
        "x{4000}",
    ]
}

fn any_rows() -> impl Strategy<Value = Vec<Row>> {
    let number = prop_oneof!["[0-9]{1,3}", "-?[0-9]\\.5", "soon", "\\PC{0,4}", any_text()];
    let word = prop_oneof!["must|could|wo_n-t", any_text()];
    let numbers =
        (prop::option::of(number.clone()), prop::option::of(number), prop::option::of(word));
    let row = (numbers, any_text(), any_text());
    prop::collection::vec(row, 0..8).prop_map(|rows| {
        let row = |(nth, ((value, effort, word), status, title))| Row {
            id: format!("BL-{nth}new"),
            rank: String::new(),
            status,
            numbers: vec![value, effort, word],
            title,
        };
        (0..).zip(rows).map(row).collect()
    })
}

fn list(rows: Vec<Row>) -> List {
    let fields = ["value", "effort", "moscow"].map(str::to_owned);
    List { columns: named_columns(&fields, &Config::default()).unwrap(), rows }
}

/// Items `BL-0x …` one after the other, with room between their keys.
fn backlog(n_items: usize) -> Backlog {
    let ids: Vec<String> = (0..n_items).map(|nth| format!("BL-{nth}x")).collect();
    let order: Vec<rank::Ranked<'_>> = ids.iter().map(|id| (id.as_str(), None)).collect();
    let wanted: Vec<&str> = ids.iter().map(String::as_str).collect();
    let keys = rank::place(&order, &wanted, rank::Place::Top).unwrap();
    let file = |(id, key): &(String, rank::Rank)| SourceFile {
        path: format!("items/{id}.md"),
        text: Ok(format!(
            "---\nid: {id}\ntitle: {id}\nstatus: ready\nrank: {}\n---\n",
            key.as_str()
        )),
    };
    Backlog::parse(keys.iter().map(file).collect())
}

/// The length of the longest ascent, found by trying.
fn longest(order: &[usize]) -> usize {
    let mut lengths: Vec<usize> = Vec::new();
    for (at, item) in order.iter().enumerate() {
        let before = (0..at).filter(|&other| order[other] < *item).map(|other| lengths[other]);
        let length = before.max().unwrap_or(0) + 1;
        lengths.push(length);
    }
    lengths.into_iter().max().unwrap_or(0)
}

fn order() -> impl Strategy<Value = Vec<usize>> {
    (1..20_usize).prop_flat_map(|n| Just((0..n).collect::<Vec<_>>()).prop_shuffle())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_list_that_nobody_changed_changes_nothing(rows in any_rows()) {
        let (config, list) = (Config::default(), list(rows));
        let text = text(&list, About { config: &config, n_open: 9, is_part: false }, shown);
        let reading = read(&list, &config, shown, &text);
        prop_assert_eq!(reading.wrongs, vec![]);
        let expected: Vec<Subject> = (0..list.rows.len()).map(Subject::Row).collect();
        let changes: usize = reading.lines.iter().map(|line| line.changes.len()).sum();
        prop_assert_eq!(changes, 0);
        prop_assert_eq!(reading.lines.into_iter().map(|it| it.subject).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn any_text_can_be_read_and_comes_back_with_its_notes(rows in any_rows(), lines in prop::collection::vec(("(new |drop |BL-1n|BL-2new|)", any_text()), 0..6)) {
        let (config, list) = (Config::default(), list(rows));
        let text: String = lines.into_iter().map(|(verb, rest)| format!("{verb} {rest}\n")).collect();
        let text = stripped(&text);
        let wrongs = read(&list, &config, shown, &text).wrongs;
        prop_assert!(wrongs.iter().all(|wrong| text.get(wrong.span.start..wrong.span.end).is_some()));
        prop_assert_eq!(stripped(&noted(&list, shown, &text, &wrongs)), text.clone());
        prop_assert_eq!(told(&text, &wrongs).len(), wrongs.len());
    }

    #[test]
    fn any_order_is_reached_with_the_fewest_files(order in order()) {
        let backlog = backlog(order.len());
        let items = editable(&backlog);
        let ids: Vec<String> = order.iter().map(|&at| items[at].id().to_owned()).collect();
        let list = List::of(columns(&backlog.config, None), items);
        let reading = read(&list, &backlog.config, shown, &ids.join("\n"));
        let plan = Plan { backlog: &backlog, list: &list, lines: &reading.lines, fresh: &[], today: today() };
        let edits = plan::plan(plan).unwrap().edits;
        prop_assert_eq!(edits.files().len(), order.len() - longest(&order));
        let after = backlog.after(&edits);
        prop_assert_eq!(after.open_items().map(Entry::id).collect::<Vec<_>>(), ids);
    }

    #[test]
    fn a_record_reads_back(rows in any_rows(), folder in any_text(), why in prop::option::of(any_text())) {
        let record = Record { folder, why, list: list(rows) };
        prop_assert_eq!(decode(&record.encoded()), Some(record));
    }
}
