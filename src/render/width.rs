//! How many columns of a terminal a text takes.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

/// The width of a text without control characters.
pub fn of(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}

/// The longest beginning of a text that fits into `width` columns and splits no character from
/// the marks and joined emoji that belong to it.
pub fn prefix(text: &str, width: usize) -> &str {
    if text.len() <= width {
        return text;
    }
    if text.as_bytes()[..width].is_ascii() && text.as_bytes()[width].is_ascii() {
        return &text[..width];
    }
    let mut end = 0;
    let mut used = 0;
    for cluster in clusters(text) {
        let next = end + cluster.len();
        used += of(cluster);
        if used > width {
            // Some letters of Arabic are narrower together than one by one.
            used = of(&text[..next]);
        }
        if used > width {
            break;
        }
        end = next;
    }
    &text[..end]
}

/// The text, or as much of it as fits with a mark that says so.
pub fn cut<'a>(text: Cow<'a, str>, width: usize, mark: &str) -> Cow<'a, str> {
    if text.len() <= width || of(&text) <= width {
        return text;
    }
    let Some(room) = width.checked_sub(of(mark)) else {
        return Cow::Owned(prefix(&text, width).to_owned());
    };
    Cow::Owned(format!("{}{mark}", prefix(&text, room).trim_end()))
}

/// A text in pieces that are shown as one: a character with its combining marks, its skin tone
/// and what is joined to it. Less than the rules of UAX 29, and enough not to tear emoji apart.
fn clusters(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut end = rest.chars().next()?.len_utf8();
        for c in rest[end..].chars() {
            let is_joined = rest[..end].ends_with('\u{200d}');
            if !is_joined && !extends(c) {
                break;
            }
            end += c.len_utf8();
        }
        let (cluster, tail) = rest.split_at(end);
        rest = tail;
        Some(cluster)
    })
}

fn extends(c: char) -> bool {
    let is_skin_tone = matches!(c, '\u{1f3fb}'..='\u{1f3ff}');
    is_skin_tone || (!c.is_ascii() && unicode_width::UnicodeWidthChar::width(c) == Some(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_cut(text: &str, width: usize, expected: &str) {
        let cut = cut(text.into(), width, "…");
        assert_eq!(cut, expected);
        assert!(of(&cut) <= width, "{cut} is wider than {width}");
    }

    #[test]
    fn cuts_what_does_not_fit() {
        check_cut("Guest checkout", 14, "Guest checkout");
        check_cut("Guest checkout", 13, "Guest checko…");
        check_cut("Guest checkout", 7, "Guest…");
        check_cut("Guest", 1, "…");
        check_cut("Guest", 0, "");
    }

    #[test]
    fn measures_wide_characters() {
        check_cut("日本語", 6, "日本語");
        check_cut("日本語", 5, "日本…");
        check_cut("日本語", 4, "日…");
        check_cut("é́é", 2, "é́é");
        check_cut("لالالا", 3, "لالالا");
        check_cut("لالالا", 2, "لا…");
    }

    #[test]
    fn keeps_emoji_whole() {
        let coder = "👩🏽\u{200d}💻";
        assert_eq!(of(coder), 2);
        check_cut(&format!("{coder}ab"), 3, &format!("{coder}…"));
        check_cut(&format!("a{coder}b"), 3, "a…");
        assert_eq!(prefix(&format!("{coder}x"), 2), coder);
        assert_eq!(prefix(&format!("{coder}x"), 1), "");
    }
}
