//! What readings are, and how they are written down.

use proptest::prelude::*;

use super::*;

const HEAD: &str = "---\nid: METRIC-a\ntitle: A\n---\n";

fn document(body: &str) -> Document {
    Document::parse("metrics/METRIC-a.md", format!("{HEAD}{body}"))
}

fn reading(day: &str, value: &str, note: &str) -> Reading {
    Reading::of(date::parse(day).unwrap(), value, note).unwrap()
}

fn check(body: &str, new: &Reading, replace: bool, expected: Result<&str, Refused>) {
    let result = record(&document(body), std::slice::from_ref(new), replace);
    assert_eq!(result, expected.map(|body| format!("{HEAD}{body}")), "{body:?}");
}

const TABLE: &str = "\nText.\n\n| date | value | note |\n| --- | --- | --- |\n\
                     | 2026-11-01 | 41 | first |\n| 2026-11-15 | 46 | |\n\nMore.\n";

#[test]
fn a_reading_goes_to_its_place_and_no_other_byte_changes() {
    let new = |at: &str, line: &str| TABLE.replace(at, &format!("{at}{line}\n"));
    let between = new("| 2026-11-01 | 41 | first |\n", "| 2026-11-08 | 39.50 | a \\| b |");
    check(TABLE, &reading("2026-11-08", "39.50", "a | b"), false, Ok(&between));
    let first = new("| --- | --- | --- |\n", "| 2026-10-31 | -3 | |");
    check(TABLE, &reading("2026-10-31", "-3", ""), false, Ok(&first));
    let last = new("| 2026-11-15 | 46 | |\n", "| 2026-11-22 | 47 | |");
    check(TABLE, &reading("2026-11-22", "+47", ""), false, Ok(&last));
    let crlf = |text: &str| text.replace('\n', "\r\n");
    check(&crlf(TABLE), &reading("2026-11-22", "47", ""), false, Ok(&crlf(&last)));
}

#[test]
fn one_day_has_one_reading() {
    check(TABLE, &reading("2026-11-15", "46.0", ""), false, Ok(TABLE));
    check(TABLE, &reading("2026-11-01", "41", ""), false, Ok(TABLE));
    let old = reading("2026-11-01", "41", "first");
    check(TABLE, &reading("2026-11-01", "42", ""), false, Err(Refused::Taken(vec![(0, old)])));
    let other = TABLE.replace("| 41 | first", "| 42 | first");
    check(TABLE, &reading("2026-11-01", "42", ""), true, Ok(&other));
}

#[test]
fn a_table_is_made_where_there_is_none() {
    let table = "| date | value | note |\n| --- | --- | --- |\n| 2026-11-08 | 39 | |";
    let new = reading("2026-11-08", "39", "");
    check("", &new, false, Ok(&format!("\n{table}\n")));
    check("\nText.", &new, false, Ok(&format!("\nText.\n\n{table}")));
    check(
        "\n| a | b |\n| - | - |\n",
        &new,
        false,
        Ok(&format!("\n| a | b |\n| - | - |\n\n{table}\n")),
    );
    check("\n```\nopen\n", &new, false, Err(Refused::NoRoom));
}

#[test]
fn other_tables_and_other_orders_of_columns_are_respected() {
    let body = "\n| Source | Value | Date |\n|---|--:|---|\n| shop | 41 | 2026-11-01 |";
    let after = format!("{body}\n| | 39 | 2026-11-08 |");
    check(body, &reading("2026-11-08", "39", "lost"), false, Err(Refused::NoRoom));
    check(body, &reading("2026-11-08", "39", ""), false, Ok(&after));
}

#[test]
fn what_cannot_be_read_is_told_and_stays() {
    let body = "\n| date | value |\n| --- | --- |\n| 2026-11-01 | 4,5 |\n| soon | 3 |\n| 2026-11-08 | 3 % |\n| 2026-11-09 | NaN |\n| 2026-11-10 |\n| 2026-11-11 | 7 |\n";
    let readings = Readings::of(&document(body));
    let broken: Vec<&str> = readings.broken().map(|(_, problem)| problem).collect();
    assert_eq!(
        broken,
        [
            "'4,5' is not a number; write 4.5",
            "'soon' is not a day",
            "'3 %' is not a number; write 3",
            "'NaN' is not a number",
            "'' is not a number",
        ]
    );
    assert_eq!(readings.last().map(|it| it.value), Some(7.0));
    let after = body.replace("| 2026-11-11", "| 2026-11-02 | 5 |\n| 2026-11-11");
    check(body, &reading("2026-11-02", "5", ""), false, Ok(&after));
}

#[test]
fn a_file_is_taken_whole_or_not_at_all() {
    let good = from_csv("\u{feff}date,value,note\r\n\r\n2026-11-01,41,first\n2026-11-01,41,first");
    assert_eq!(good, Ok(vec![(3, reading("2026-11-01", "41", "first"))]));
    assert_eq!(from_csv(""), Ok(Vec::new()));
    assert_eq!(
        from_csv("Tag;Wert\n2026-11-01;41,2\n"),
        Err(vec![
            (1, "'Tag' is not a day".to_owned()),
            (2, "'41,2' is not a number; write 41.2".to_owned()),
        ])
    );
    let bad = from_csv("2026-11-01,x\n2026-11-02,1\n2026-11-02,2\na\ndate,value\n");
    let bad: Vec<String> =
        bad.unwrap_err().iter().map(|(line, it)| format!("{line}: {it}")).collect();
    assert_eq!(
        bad,
        [
            "1: 'x' is not a number",
            "3: 2026-11-02 twice, with 1 and with 2",
            "4: 1 field instead of date,value or date,value,note",
            "5: 'date' is not a day",
        ]
    );
}

#[test]
fn a_header_names_a_day_and_a_number() {
    let told = |text: &str| match from_csv(text) {
        Ok(all) => {
            all.iter().map(|(line, it)| format!("{line}: {} {}", it.date, it.written)).collect()
        }
        Err(wrong) => wrong.iter().map(|(line, it)| format!("{line}! {it}")).collect::<Vec<_>>(),
    };
    assert_eq!(told("yesterday,many\n2026-10-01,5\n"), ["1! 'yesterday' is not a day"]);
    assert_eq!(told("Value;Unit;DATE\n41;%;2026-10-01\n"), ["2: 2026-10-01 41"]);
    assert_eq!(
        told("date,value\n2026-10-01\n2026-10-02,4,5\n"),
        ["2! 1 field instead of date,value", "3! 3 fields instead of date,value"]
    );
    assert_eq!(
        told("date,value,low,high\n2026-10-01,4,3,5\n"),
        ["2! 4 fields instead of date,value,note"]
    );
    assert_eq!(told("2026-10-01,41,\"a; b\"\n2026-10-02,42,x\n").len(), 2);
    assert_eq!(
        told("2026-10-01,41,\"a\n2026-10-02,42,x\n"),
        ["1! a quote is not closed at the end of its value"]
    );
}

#[test]
fn a_number_has_one_sign() {
    for text in ["++5", "+-5", "--5", "+"] {
        let problem = Reading::of(Date::constant(2026, 11, 1), text, "").unwrap_err();
        assert_eq!(problem, format!("'{text}' is not a number"));
    }
}

#[test]
fn readings_that_come_together_are_merged_by_day() {
    let body = "\n| date | value | note |\n| --- | --- | --- |\n| 2026-11-09 | 9 | late |\n\
                | soon | 1 | |\n| 2026-11-03 | 3 | |\n\nMore.\n";
    let new = [
        reading("2026-11-12", "12", ""),
        reading("2026-11-04", "4", ""),
        reading("2026-11-09", "8", ""),
        reading("2026-11-02", "2", ""),
    ];
    let after = "\n| date | value | note |\n| --- | --- | --- |\n| 2026-11-02 | 2 | |\n\
                 | 2026-11-04 | 4 | |\n| 2026-11-09 | 8 | late |\n| soon | 1 | |\n\
                 | 2026-11-03 | 3 | |\n| 2026-11-12 | 12 | |\n\nMore.\n";
    assert_eq!(record(&document(body), &new, true), Ok(format!("{HEAD}{after}")));
    let old = reading("2026-11-09", "9", "late");
    assert_eq!(record(&document(body), &new, false), Err(Refused::Taken(vec![(2, old)])));
}

proptest! {
    /// Whatever comes in whatever order, the table ends up sorted, with each day once.
    #[test]
    fn readings_are_in_order(days in prop::collection::vec((1_i8..=28, -99_i32..99), 0..20)) {
        let mut text = document("\nText.\n").text().to_owned();
        let mut wanted = std::collections::BTreeMap::new();
        for (day, value) in days {
            let date = Date::constant(2026, 11, day);
            let new = Reading::of(date, &value.to_string(), "n | \\ n").unwrap();
            text = record(&Document::parse("m.md", text), std::slice::from_ref(&new), true).unwrap();
            wanted.insert(date, new);
        }
        let at_once: Vec<Reading> = wanted.values().rev().cloned().collect();
        let together = record(&document("\nText.\n"), &at_once, true).unwrap();
        prop_assert_eq!(&together, &text);
        let readings = Readings::of(&Document::parse("m.md", text));
        let found: Vec<Reading> =
            readings.rows.into_iter().map(|row| row.reading.unwrap()).collect();
        prop_assert_eq!(found, wanted.into_values().collect::<Vec<_>>());
    }
}
