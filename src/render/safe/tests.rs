//! No text of a document reaches a terminal, a comment or a log with a meaning of its own.

use proptest::prelude::*;

use super::*;

fn check_line(text: &str, expected: &str) {
    assert_eq!(line(text), expected);
}

fn check_markdown(text: &str, expected: &str) {
    assert_eq!(markdown(text, true), expected);
}

fn check_workflow(text: &str, expected: &str) {
    assert_eq!(workflow(text), expected);
}

#[test]
fn borrows_what_is_harmless() {
    for text in ["", "Guest checkout", "Grüße, 日本 👍🏽"] {
        assert!(matches!(line(text), Cow::Borrowed(_)), "{text}");
    }
}

#[test]
fn shows_control_characters() {
    check_line("a\nb\tc\r\nd", "a b c d");
    check_line("\u{1b}[2J\u{7}\r\u{7f}", "\\e[2J\\x07\\x0d\\x7f");
    check_line("\u{9b}2J\u{85}", "‹U+009B›2J‹U+0085›");
}

#[test]
fn shows_what_is_hidden() {
    check_line("BL-\u{202e}7k3qd\u{202c}", "BL-‹U+202E›7k3qd‹U+202C›");
    check_line("a\u{200b}b\u{feff}\u{2028}", "a‹U+200B›b‹U+FEFF›‹U+2028›");
    check_line("a\u{e0041}\u{e0042}", "a‹U+E0041›‹U+E0042›");
}

#[test]
fn leaves_joiners_where_a_script_needs_them() {
    check_line("👩🏽\u{200d}💻", "👩🏽\u{200d}💻");
    check_line("می\u{200c}خواهم", "می\u{200c}خواهم");
    check_line("BL\u{200d}-7", "BL‹U+200D›-7");
    check_line("é\u{200d}\u{200d}é", "é‹U+200D›‹U+200D›é");
    check_line("🏴\u{e0067}\u{e0062}\u{e007f}", "🏴\u{e0067}\u{e0062}\u{e007f}");
}

#[test]
fn keeps_what_a_patch_needs() {
    assert_eq!(file_line("a\tb\r"), "a\tb\r");
    assert_eq!(file_line("a\rb\u{1b}\tc"), "a\\x0db\\e\tc");
}

#[test]
fn breaks_commands_of_workflow_runners() {
    check_workflow("::error::x\n  ::set-env::y", ": :error::x\n  : :set-env::y");
    check_workflow("\u{1b}[1m::x\u{1b}[0m", "\u{1b}[1m: :x\u{1b}[0m");
    check_workflow("use std::fs ##", "use std::fs ##");
    check_workflow("a ##[error]b ##vso[task]c", "a # #[error]b # #vso[task]c");
    check_workflow("###[x] ## [y]", "## #[x] ## [y]");
}

#[test]
fn shows_markdown_as_it_is_written() {
    check_markdown("a *b* _c_ `d` ~~e~~ f|g", "a \\*b\\* \\_c\\_ \\`d\\` \\~\\~e\\~\\~ f\\|g");
    check_markdown("<img src=x> &amp;", "&lt;img src=x&gt; &amp;amp;");
    check_markdown("[a](b) ![c](d)", "\\[a\\](b) !\\[c\\](d)");
    check_markdown("time_criticality in C#", "time_criticality in C#");
    check_markdown("# a", "\\# a");
    check_markdown("1. a", "1\\. a");
    check_markdown("2026.5", "2026\\.5");
    check_markdown("  - a", "\\- a");
    check_markdown("/close", "\\/close");
    assert_eq!(markdown("-2 and 1.5", false), "-2 and 1.5");
}

#[test]
fn calls_nobody_and_refers_to_nothing() {
    check_markdown("@mira and a@b.example", "@&#8203;mira and a@&#8203;b.example");
    check_markdown("#1 o/r#2 !3 &4", "\\#&#8203;1 o/r#&#8203;2 !&#8203;3 &amp;&#8203;4");
    check_markdown("GH-12 gh-1 high-5", "GH&#8203;-12 gh&#8203;-1 high-5");
    check_markdown(
        "https://a.example WWW.b.example",
        "https:&#8203;//a.example WWW&#8203;.b.example",
    );
}

fn check_html(text: &str, expected: &str) {
    assert_eq!(html(text), expected);
}

#[test]
fn shows_html_as_it_is_written() {
    check_html("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;");
    check_html("\" onload='x' &lt;", "&quot; onload=&#39;x&#39; &amp;lt;");
    check_html("a\u{202e}b\u{1b}[0m\n-->", "a‹U+202E›b\\e[0m --&gt;");
    check_html("\u{fdd0}\u{fffe}\u{10ffff}", "‹U+FDD0›‹U+FFFE›‹U+10FFFF›");
    assert!(matches!(html("Grüße, 日本 👍🏽"), Cow::Borrowed(_)));
}

/// What must not reach a reader: controls and overrides of direction.
fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

proptest! {
    #[test]
    fn lets_nothing_harmful_through(text in ".*") {
        for safe in [line(&text), csv(&text), markdown(&text, true).into(), html(&text), json(&format!("{text:?}"))] {
            prop_assert!(!safe.contains(is_harmful), "{safe:?}");
        }
    }

    #[test]
    fn is_done_after_one_pass(text in "[ -~é\u{200b}-\u{202e}\u{1b}\n👩]*") {
        let once = line(&text);
        prop_assert!(!once.contains(is_harmful));
        prop_assert_eq!(&*line(&once), &*once);
    }

    #[test]
    fn leaves_no_command_in_a_log(text in "[ :#a\\[\n\u{1b}m]*") {
        let safe = workflow(&text);
        for line in safe.lines() {
            prop_assert!(!line.trim_start().starts_with("::"), "{line:?}");
        }
        prop_assert!(!safe.contains("##[") && !safe.contains("##a["), "{safe:?}");
    }
}
