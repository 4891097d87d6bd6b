//! Tables as comma-separated values for spreadsheets.

use super::block::{Block, Column, Table};
use super::safe;

/// The first table of a view; a view that is offered as CSV has one.
pub(super) fn text(blocks: &[Block<'_>]) -> String {
    let table = blocks.iter().find_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    table.map(records).unwrap_or_default()
}

fn records(table: &Table<'_>) -> String {
    const IN_MEMORY: &str = "memory takes all bytes";
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    let key =
        |column: &Column<'_>| safe::csv(column.key.as_deref().unwrap_or(&column.name)).into_owned();
    let header = table.columns().iter().map(key);
    writer.write_record(header).expect(IN_MEMORY);
    for row in table.rows() {
        for cell in row {
            writer.write_field(&*safe::csv(&cell.text)).expect(IN_MEMORY);
        }
        writer.write_record(None::<&[u8]>).expect(IN_MEMORY);
    }
    let bytes = writer.into_inner().map_err(|error| error.into_error()).expect(IN_MEMORY);
    String::from_utf8(bytes).expect("fields of text make a text")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: &str, expected: &str) {
        let mut table = Table::new([Column::whole("id"), Column::shrink("title")]);
        table.push(["BL-1".into(), cell.into()]);
        assert_eq!(
            text(&[Block::Blank, Block::Table(table)]),
            format!("id,title\nBL-1,{expected}\n")
        );
    }

    #[test]
    fn quotes_what_has_to_be() {
        check("Guest checkout", "Guest checkout");
        check("Pay, then \"go\"", "\"Pay, then \"\"go\"\"\"");
        check("two\nlines\u{1b}[2J", "two lines\\e[2J");
        check("", "");
    }

    #[test]
    fn lets_no_spreadsheet_compute() {
        check("=HYPERLINK(A1)", "'=HYPERLINK(A1)");
        check("  =1+1", "'  =1+1");
        check("\t=1+1", "' =1+1");
        check("+1-555", "'+1-555");
        check("-x", "'-x");
        check("@SUM(A1)", "'@SUM(A1)");
        check("＝1", "'＝1");
        check("-inf", "'-inf");
    }

    #[test]
    fn leaves_numbers_alone() {
        check("-2", "-2");
        check("-2.5e3", "-2.5e3");
        check("a = b", "a = b");
    }
}
