//! Rows of values with a separator between them, as spreadsheets write them (RFC 4180).
//!
//! A value in quotes may hold the separator, line breaks and doubled quotes. Quotes are read
//! strictly: one that is never closed, or closed in the middle of a value, is told with its line
//! instead of taking the rows below it into the value.

use csv::{ReaderBuilder, StringRecord};

use super::span::Positions;

/// Something with the line of the file that it stands in, from 1.
pub type InLine<T> = (usize, T);

/// The rows of a text, each with the line that it begins in, or with what is wrong with its quotes.
/// Rows that say nothing are passed over; a row may have any number of values.
pub fn rows(text: &str) -> Vec<InLine<Result<Vec<String>, String>>> {
    // A mark at the beginning says only that the rest is UTF-8.
    let text = text.trim_start_matches('\u{feff}');
    let separator = separator(text);
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut positions = Positions::new(text);
    let mut rows = Vec::new();
    let mut record = StringRecord::new();
    loop {
        let start = usize::try_from(reader.position().byte()).unwrap_or(text.len());
        let rest = text.get(start..).unwrap_or_default();
        // Blank lines before a record count as a part of it.
        let written = rest.trim_start_matches(['\r', '\n']);
        let start = text.len() - written.len();
        match reader.read_record(&mut record) {
            Ok(true) if record.iter().all(|value| value.trim().is_empty()) => {}
            Ok(true) => {
                let read = as_written(written, &record, char::from(separator));
                let at = start + read.err().unwrap_or_default();
                let values = || record.iter().map(str::to_owned).collect();
                let problem = "a quote is not closed at the end of its value".to_owned();
                rows.push((positions.of(at).line, read.map(|()| values()).map_err(|_| problem)));
            }
            Ok(false) => return rows,
            // In a text nothing else than its size can be wrong with a record.
            Err(error) => rows.push((positions.of(start).line, Err(error.to_string()))),
        }
    }
}

/// Whether a text begins with the values of a record as they have to be written; if not, where the
/// first one begins that is written otherwise.
fn as_written(text: &str, record: &StringRecord, separator: char) -> Result<(), usize> {
    let mut rest = text;
    for (at, value) in record.iter().enumerate() {
        if at > 0 {
            rest = rest.strip_prefix(separator).ok_or(text.len() - rest.len())?;
        }
        let place = text.len() - rest.len();
        rest = match rest.strip_prefix('"') {
            Some(quoted) => {
                let value = value.replace('"', "\"\"") + "\"";
                quoted.strip_prefix(&*value).ok_or(place)?
            }
            None => rest.strip_prefix(value).ok_or(place)?,
        };
    }
    match rest.chars().next().is_none_or(|c| matches!(c, '\r' | '\n')) {
        true => Ok(()),
        false => Err(text.len() - rest.len()),
    }
}

/// The separator that the first row has most of, outside of quotes. Of equally many, a tab or a
/// semicolon: where numbers have a comma in them, it is not what separates them.
fn separator(text: &str) -> u8 {
    const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];
    let mut counts = [0_usize; SEPARATORS.len()];
    let (mut is_quoted, mut is_begin) = (false, true);
    for byte in text.trim_start_matches([' ', '\r', '\n']).bytes() {
        let was_quoted = is_quoted;
        let found = SEPARATORS.iter().position(|separator| *separator == byte);
        match (byte, found) {
            (b'"', _) => is_quoted = !is_quoted && is_begin,
            (b'\r' | b'\n', _) if !is_quoted => break,
            (_, Some(at)) if !is_quoted => counts[at] += 1,
            _ => {}
        }
        // A doubled quote inside of quotes closes them and opens them again.
        is_begin = found.is_some() || byte == b'"' && was_quoted;
    }
    let most = (0..counts.len()).max_by_key(|at| counts[*at]).filter(|at| counts[*at] > 0);
    SEPARATORS[most.unwrap_or_default()]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of a text, a line for each: its line, then its values or what is wrong.
    fn check(text: &str, expected: &[&str]) {
        let told = |(line, row): InLine<Result<Vec<String>, String>>| match row {
            Ok(values) => format!("{line}: {}", values.join("|")),
            Err(problem) => format!("{line}! {problem}"),
        };
        assert_eq!(rows(text).into_iter().map(told).collect::<Vec<_>>(), expected, "{text:?}");
    }

    #[test]
    fn values_have_true_lines() {
        check("", &[]);
        check(
            "\u{feff}a,b\r\n\r\n,\r\n\"c\r\nd\",\"e \"\"f\"\"\"\r\ng",
            &["1: a|b", "4: c\r\nd|e \"f\"", "6: g"],
        );
        check("\n\n a ,b\n \nc,5\" wide\n", &["3:  a |b", "5: c|5\" wide"]);
    }

    #[test]
    fn a_quote_that_is_not_closed_takes_no_rows_in() {
        let open = "a quote is not closed at the end of its value";
        check("a,b\nc,\"d\ne,f\n", &["1: a|b", &format!("2! {open}")]);
        check("\"x\ny\",\"d\ne,f\n", &[&format!("2! {open}")]);
        // The next quote would close it, in the middle of a value.
        check("c,\"d\ne,\"f\"\ng,h\n", &[&format!("1! {open}"), "3: g|h"]);
        check("\"a\"b,c\nd,e\n", &[&format!("1! {open}"), "2: d|e"]);
    }

    #[test]
    fn the_separator_stands_outside_of_quotes() {
        check("a,b,\"c; d; e; f\"\ng,h;i\n", &["1: a|b|c; d; e; f", "2: g|h;i"]);
        check("a;\"b \"\",,, c\"\n", &["1: a|b \",,, c"]);
        check("2026-11-01;41,2\n", &["1: 2026-11-01|41,2"]);
        check("a, b\tc, d\n", &["1: a| b\tc| d"]);
        check("a, b\tc\n", &["1: a, b|c"]);
        check("alone\n", &["1: alone"]);
    }
}
