//! Edits as the patch that Git would print, and could apply.

use std::io::{self, Write};
use std::ops::Range;

use similar::{ChangeTag, DiffOp, TextDiff};

use super::block::Tone;
use super::page::Page;
use super::{Style, put, safe};
use crate::domain::source::{Edits, FileEdit};

/// The unchanged lines around a change.
const CONTEXT: usize = 3;

/// Writes the differences that `edits` would make in `folder`.
pub fn write(edits: &Edits, folder: &str, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(style);
    for file in edits.files() {
        Patch::of(file, folder).write(&mut page);
    }
    put(&page.text, style, out)
}

/// The change of one file.
struct Patch<'a> {
    path: String,
    file: &'a FileEdit,
    before: Vec<&'a str>,
    after: Vec<&'a str>,
}

impl<'a> Patch<'a> {
    fn of(file: &'a FileEdit, folder: &str) -> Self {
        let path = match folder.trim_end_matches('/') {
            "" | "." => file.path.clone(),
            folder => format!("{folder}/{}", file.path),
        };
        Self {
            path,
            file,
            before: lines(file.before.as_deref()),
            after: lines(file.after.as_deref()),
        }
    }

    fn write(&self, page: &mut Page<'_>) {
        let (a, b) = (quoted(&format!("a/{}", self.path)), quoted(&format!("b/{}", self.path)));
        header(page, &format!("diff --git {a} {b}"));
        if self.file.before.is_none() {
            header(page, "new file mode 100644");
        }
        if self.file.after.is_none() {
            header(page, "deleted file mode 100644");
        }
        let diff = TextDiff::from_slices(&self.before, &self.after);
        let hunks = diff.grouped_ops(CONTEXT);
        if hunks.is_empty() {
            return;
        }
        header(page, &format!("--- {}", name(self.file.before.is_some(), a)));
        header(page, &format!("+++ {}", name(self.file.after.is_some(), b)));
        for hunk in &hunks {
            self.hunk(hunk, page);
        }
    }

    fn hunk(&self, hunk: &[DiffOp], page: &mut Page<'_>) {
        let whole = |range: fn(&DiffOp) -> Range<usize>| {
            let start = hunk.first().map_or(0, |op| range(op).start);
            start..hunk.last().map_or(start, |op| range(op).end)
        };
        let (before, after) = (place(&whole(DiffOp::old_range)), place(&whole(DiffOp::new_range)));
        page.paint(Tone::Code, &format!("@@ -{before} +{after} @@"));
        page.end();
        for change in hunk.iter().flat_map(|op| op.iter_changes(&self.before[..], &self.after[..]))
        {
            let is_first = change.old_index().or(change.new_index()) == Some(0);
            line(page, change.tag(), change.value(), is_first);
        }
    }
}

/// The lines of a text with their ends. Git ends lines at a line feed and nowhere else.
fn lines(text: Option<&str>) -> Vec<&str> {
    text.unwrap_or_default().split_inclusive('\n').collect()
}

fn header(page: &mut Page<'_>, line: &str) {
    page.paint(Tone::Strong, line);
    page.end();
}

/// Git ends a name with a tab if there is a blank in it.
fn name(exists: bool, path: String) -> String {
    match exists {
        false => "/dev/null".to_owned(),
        true if path.contains(' ') && !path.starts_with('"') => path + "\t",
        true => path,
    }
}

/// `start,count` as hunks have it: an empty range is named by the line before it.
fn place(range: &Range<usize>) -> String {
    match range.len() {
        0 => format!("{},0", range.start),
        1 => format!("{}", range.start + 1),
        count => format!("{},{count}", range.start + 1),
    }
}

fn line(page: &mut Page<'_>, tag: ChangeTag, text: &str, is_first: bool) {
    let (sign, tone) = match tag {
        ChangeTag::Equal => (' ', Tone::Plain),
        ChangeTag::Delete => ('-', Tone::Removed),
        ChangeTag::Insert => ('+', Tone::Good),
    };
    let (content, has_end) = match text.strip_suffix('\n') {
        Some(content) => (content, true),
        None => (text, false),
    };
    // A byte order mark belongs to the file, and hides nothing at its start.
    let (mark, content) = match content.strip_prefix('\u{feff}').filter(|_| is_first) {
        Some(content) => ("\u{feff}", content),
        None => ("", content),
    };
    page.paint(tone, &format!("{sign}{mark}{}", safe::file_line(content)));
    page.end();
    if !has_end {
        page.text.push_str("\\ No newline at end of file\n");
    }
}

/// What the lines of some code mean: those of a patch by how they start, others nothing.
pub(super) fn tones(language: &str, lines: &[impl AsRef<str>]) -> Vec<Tone> {
    if !language.eq_ignore_ascii_case("diff") {
        return vec![Tone::Plain; lines.len()];
    }
    let starts =
        |at: usize, with: &str| lines.get(at).is_some_and(|it| it.as_ref().starts_with(with));
    let is_pair = |at| starts(at, "--- ") && starts(at + 1, "+++ ") && starts(at + 2, "@@ ");
    let tone = |at: usize| match lines[at].as_ref().as_bytes().first() {
        // A line that was removed may begin with dashes too; the names of files are a pair above a hunk.
        Some(b'-' | b'+') if is_pair(at) || at.checked_sub(1).is_some_and(is_pair) => Tone::Strong,
        Some(b'+') => Tone::Good,
        Some(b'-') => Tone::Removed,
        Some(b'@') if starts(at, "@@ ") => Tone::Dim,
        Some(b'd') if starts(at, "diff ") => Tone::Strong,
        _ => Tone::Plain,
    };
    (0..lines.len()).map(tone).collect()
}

/// A path as Git writes it: in quotes, and byte by byte, where it is not plain.
fn quoted(path: &str) -> String {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
    if path.bytes().all(is_plain) {
        return path.to_owned();
    }
    let mut quoted = String::from("\"");
    for byte in path.bytes() {
        match byte {
            b'"' | b'\\' => quoted.extend(['\\', char::from(byte)]),
            byte if is_plain(byte) => quoted.push(char::from(byte)),
            byte => quoted.push_str(&format!("\\{byte:03o}")),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests;
