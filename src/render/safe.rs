//! Text from documents, made harmless for where it goes.
//!
//! Whoever can write a title can write an escape sequence that rewrites the reader's terminal, a
//! bidirectional override that shows an id backwards (CVE-2021-42574), a line that a workflow
//! runner takes for a command, or a cell that a spreadsheet takes for a formula. What was hidden
//! is shown as what it is, so that nothing is lost and nothing is obeyed.

use std::borrow::Cow;
use std::fmt::Write;

/// A text on one line: line breaks and tabs become blanks, other control characters and hidden
/// ones become visible, as `\e`, `\x07` and `‹U+202E›`.
pub fn line(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::new();
    let mut done = 0;
    let mut before = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|&(_, next)| next);
        let Some(visible) = visible(c, before, after) else {
            before = Some(c);
            continue;
        };
        before = None;
        safe.push_str(&text[done..at]);
        safe.push_str(&visible);
        done = at + c.len_utf8();
    }
    match done {
        0 => Cow::Borrowed(text),
        _ => Cow::Owned(safe + &text[done..]),
    }
}

/// A text on one line, as [`line()`], without blanks at its ends.
pub(super) fn cell(text: &str) -> Cow<'_, str> {
    match line(text) {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_matches(' ')),
        Cow::Owned(text) => Cow::Owned(text.trim_matches(' ').to_owned()),
    }
}

/// A line of a file: as [`line()`], but tabs and a carriage return at the end stay, since a patch
/// has to have them.
pub(super) fn file_line(text: &str) -> Cow<'_, str> {
    let (text, end) = match text.strip_suffix('\r') {
        Some(text) => (text, "\r"),
        None => (text, ""),
    };
    if end.is_empty() && !text.contains('\t') {
        return line(text);
    }
    let parts: Vec<Cow<'_, str>> = text.split('\t').map(line).collect();
    Cow::Owned(parts.join("\t") + end)
}

/// What to show instead of `c`, or `None` if it can stay.
fn visible(c: char, before: Option<char>, after: Option<char>) -> Option<Cow<'static, str>> {
    match c {
        '\r' if after == Some('\n') => Some("".into()),
        '\n' | '\t' => Some(" ".into()),
        '\u{1b}' => Some("\\e".into()),
        '\0'..='\u{1f}' | '\u{7f}' => Some(format!("\\x{:02x}", u32::from(c)).into()),
        // Emoji are joined with these, and Persian and the Indic scripts cannot do without.
        ZWNJ | ZWJ if joins(before) && joins(after) => None,
        // The flags of England, Scotland and Wales are spelled with tags.
        '\u{e0020}'..='\u{e007f}'
            if before.is_some_and(|c| matches!(c, BLACK_FLAG | '\u{e0020}'..='\u{e007e}')) =>
        {
            None
        }
        _ if is_hidden(c) => Some(format!("‹U+{:04X}›", u32::from(c)).into()),
        _ => None,
    }
}

/// The zero-width non-joiner.
const ZWNJ: char = '\u{200c}';
/// The zero-width joiner.
const ZWJ: char = '\u{200d}';
const BLACK_FLAG: char = '\u{1f3f4}';

fn joins(neighbour: Option<char>) -> bool {
    neighbour.is_some_and(|c| !c.is_ascii() && !is_hidden(c))
}

/// Characters that change how others are shown, or that cannot be seen: C1 controls, marks and
/// overrides of direction, separators of lines, zero-width ones, annotations, tags.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A text that a workflow runner prints and does not obey: `::command::` at the start of a line
/// and `##[command]` anywhere get a blank in between. The runners of GitHub, Azure and TeamCity
/// take commands from whatever a step prints.
pub(super) fn workflow(text: &str) -> Cow<'_, str> {
    if !text.contains("::") && !text.contains("##") {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for line in text.split_inclusive('\n') {
        let (start, command) = line.split_at(start(line));
        safe.push_str(start);
        match command.strip_prefix("::") {
            Some(rest) => safe.push_str(&format!(": :{}", hashes(rest, "# "))),
            None => safe.push_str(&hashes(command, "# ")),
        }
    }
    Cow::Owned(safe)
}

/// Where a line starts for a runner: after blanks, and after our own colours.
fn start(line: &str) -> usize {
    let mut rest = line.trim_start();
    while let Some(sequence) = rest.strip_prefix("\x1b[") {
        let numbers = |c: char| c.is_ascii_digit() || c == ';';
        let Some(after) = sequence.trim_start_matches(numbers).strip_prefix('m') else { break };
        rest = after.trim_start();
    }
    line.len() - rest.len()
}

/// The text with `first` in place of the first mark of `##[`, `##vso[`, `##teamcity[`.
pub(super) fn hashes<'a>(text: &'a str, first: &str) -> Cow<'a, str> {
    let mut safe = String::new();
    let mut done = 0;
    let mut from = 0;
    while let Some(found) = text[from..].find("##") {
        let at = from + found;
        from = at + 1;
        let word = text[at + 2..].trim_start_matches(|c: char| c.is_ascii_alphabetic());
        if word.starts_with('[') {
            safe.push_str(&text[done..at]);
            safe.push_str(first);
            done = from;
        }
    }
    match done {
        0 => Cow::Borrowed(text),
        _ => Cow::Owned(safe + &text[done..]),
    }
}

/// A path as a part of a URI.
pub(super) fn address(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => write!(uri, "%{byte:02X}").expect("a string takes all text"),
        }
    }
    uri
}

/// A text for an element or an attribute in quotes: it opens nothing, ends nothing and is no
/// reference. The code points that are no characters become visible, since HTML does not allow them.
pub(super) fn html(text: &str) -> Cow<'_, str> {
    let text = line(text);
    let is_marked = |c: char| matches!(c, '&' | '<' | '>' | '"' | '\'') || is_no_character(c);
    if !text.contains(is_marked) {
        return text;
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c if is_no_character(c) => safe.push_str(&format!("‹U+{:04X}›", u32::from(c))),
            c => safe.push(c),
        }
    }
    Cow::Owned(safe)
}

/// The code points that Unicode keeps free for good.
fn is_no_character(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

/// The text of a JSON value with what is hidden written as `\u202e`: the same value for a
/// program, and harmless where a person looks at it. Outside of strings JSON is printable ASCII.
pub(super) fn json(text: &str) -> Cow<'_, str> {
    let escapes =
        |c: char| c == '\u{7f}' || (!c.is_ascii() && is_hidden(c) && !matches!(c, ZWNJ | ZWJ));
    let text = hashes(text, "\\u0023");
    if !text.contains(escapes) {
        return text;
    }
    let mut safe = String::with_capacity(text.len() + 16);
    let mut rest = &*text;
    while let Some(at) = rest.find(escapes) {
        safe.push_str(&rest[..at]);
        rest = &rest[at..];
        let hidden = rest.chars().next().unwrap_or_default();
        for unit in hidden.encode_utf16(&mut [0; 2]) {
            write!(safe, "\\u{unit:04x}").expect("a string takes all text");
        }
        rest = &rest[hidden.len_utf8()..];
    }
    Cow::Owned(safe + rest)
}

/// A cell that a spreadsheet shows and does not compute: what starts like a formula gets a `'`,
/// as <https://owasp.org/www-community/attacks/CSV_Injection> advises. Numbers stay numbers.
pub(super) fn csv(text: &str) -> Cow<'_, str> {
    let starts_formula =
        |text: &str| text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    let is_formula = starts_formula(text) || starts_formula(text.trim_start());
    let safe = line(text);
    match is_formula && !is_number(text) {
        true => Cow::Owned(format!("'{safe}")),
        false => safe,
    }
}

fn is_number(text: &str) -> bool {
    let is_figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e');
    text.chars().all(is_figure) && text.parse::<f64>().is_ok()
}

/// A text inside Markdown that shows as it is: nobody is mentioned, no issue is referred to, no
/// link is live, no HTML is run. `at_start` says that it begins a line, where more has a meaning.
///
/// Mentions are found in the text after Markdown is read, so that a backslash does not stop them;
/// a zero-width space does, and written as `&#8203;` it can be seen in the source.
pub(super) fn markdown(text: &str, at_start: bool) -> String {
    let text = line(text);
    let text = if at_start { text.trim_start() } else { &text };
    let mut safe = String::with_capacity(text.len() + 8);
    let start = if at_start { start_escape(text) } else { None };
    let mut before = None;
    for (at, c) in text.char_indices() {
        if start == Some(at) {
            safe.push('\\');
        }
        let rest = &text[at + c.len_utf8()..];
        push_markdown(&mut safe, c, before, rest);
        before = Some(c);
    }
    safe
}

/// Where a backslash goes in what would begin a heading, a list, a rule, a row of a table or a
/// quick action of GitLab.
fn start_escape(text: &str) -> Option<usize> {
    let after_number = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = text.len() - after_number.len();
    let marks: &[char] = if number == 0 { &['#', '+', '-', '=', '/', ':'] } else { &['.', ')'] };
    after_number.starts_with(marks).then_some(number)
}

fn push_markdown(safe: &mut String, c: char, before: Option<char>, rest: &str) {
    let after = rest.chars().next();
    let in_word =
        before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
    match c {
        '&' => safe.push_str("&amp;"),
        '<' => safe.push_str("&lt;"),
        '>' => safe.push_str("&gt;"),
        '\\' | '`' | '*' | '[' | ']' | '|' | '~' => safe.extend(['\\', c]),
        '_' if !in_word => safe.push_str("\\_"),
        _ => safe.push(c),
    }
    let is_live = match c {
        '@' => true,
        '#' | '!' | '&' => after.is_some_and(|c| c.is_ascii_digit()),
        ':' => rest.starts_with("//"),
        'w' | 'W' => rest.starts_with('.') && ends_with_www(safe),
        'H' | 'h' => is_issue_key(safe, rest),
        _ => false,
    };
    if is_live {
        safe.push_str("&#8203;");
    }
}

fn ends_with_www(safe: &str) -> bool {
    safe.len() >= 3
        && safe.is_char_boundary(safe.len() - 3)
        && safe[safe.len() - 3..].eq_ignore_ascii_case("www")
}

/// Whether `GH` has just been written and `-1` follows: another name of an issue on GitHub.
fn is_issue_key(safe: &str, rest: &str) -> bool {
    let has_number =
        rest.strip_prefix('-').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let word = || safe.rsplit(|c: char| !c.is_alphanumeric()).next();
    has_number && word().is_some_and(|word| word.eq_ignore_ascii_case("gh"))
}

#[cfg(test)]
mod tests;
