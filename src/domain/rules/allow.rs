//! Suppressions: findings that somebody allowed, with the reason beside them.
//!
//! `<!-- backlog: allow AC004 because the glossary defines it -->` on a line of its own holds for
//! its document, at the end of a line for the paragraph or the element of a list that ends there. In
//! the front matter, `allow: [AC004 because …]` holds for the document.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::Rule;
use crate::domain::document::Node;
use crate::domain::edit;
use crate::domain::entry::Entry;
use crate::domain::finding::{Finding, Replacement};
use crate::domain::span::Span;

/// The word that a comment begins with.
const MARK: &str = "backlog:";

/// How many comments of one document are looked at; each costs a look at what stands around it. The
/// rest allow nothing.
const MAX: usize = 200;

/// One code of one suppression.
#[derive(Clone, Debug)]
pub struct Allowance {
    /// The code or name as it is written; empty if there is none.
    pub word: String,
    /// The rule that it names.
    pub rule: Option<&'static Rule>,
    /// Why its findings are allowed.
    pub reason: Option<String>,
    /// Where it is written.
    pub span: Span,
    /// The part of the document that it holds for.
    pub holds_for: Scope,
    /// Whether it allowed something.
    pub is_used: bool,
    /// Whether it allowed an earlier change, so that it says nothing about this one.
    is_of_another_change: bool,
    /// Whether it is the only code of its suppression.
    is_alone: bool,
    /// The text of an element of the field, for one that stands in the front matter.
    element: Option<String>,
}

/// What a suppression holds for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Its document.
    Document,
    /// The paragraph or the element of a list that it ends.
    Block(Range<usize>),
}

impl Allowance {
    fn allows(&self, finding: &Finding) -> bool {
        // Whoever breaks the policy cannot allow it as well.
        if finding.code.starts_with("PO") {
            return false;
        }
        let is_inside = match &self.holds_for {
            Scope::Document => true,
            Scope::Block(block) => block.contains(&finding.span.start),
        };
        // A reason is the price: without one nothing is allowed.
        is_inside
            && !self.is_of_another_change
            && self.reason.is_some()
            && self.rule.is_some_and(|rule| rule.code == finding.code)
    }
}

/// Takes the findings that are allowed out of `findings`: the rest, and those with their reasons.
pub(super) fn apply(
    allowances: &mut [Allowance],
    findings: Vec<Finding>,
) -> (Vec<Finding>, Vec<(Finding, String)>) {
    let (mut rest, mut allowed) = (Vec::new(), Vec::new());
    for finding in findings {
        let by = match finding.is_fatal {
            true => None,
            false => allowances.iter_mut().find(|allowance| allowance.allows(&finding)),
        };
        match by {
            Some(allowance) => {
                allowance.is_used = true;
                allowed.push((finding, allowance.reason.clone().unwrap_or_default()));
            }
            None => rest.push(finding),
        }
    }
    (rest, allowed)
}

/// Marks what allowed an earlier change: it stood in the document before this one.
pub(super) fn mark_old(allowances: &mut [Allowance], before: &Entry) {
    let old = self::allowances(before);
    for allowance in allowances {
        let is_same = |it: &Allowance| it.word == allowance.word && it.reason == allowance.reason;
        let is_change = allowance.rule.is_some_and(Rule::is_about_changes);
        allowance.is_of_another_change = is_change && old.iter().any(is_same);
    }
}

/// The suppressions of a document.
pub(super) fn allowances(entry: &Entry) -> Vec<Allowance> {
    let document = &entry.document;
    let mut allowances = Vec::new();
    if !document.is_readable() {
        return allowances;
    }
    for text in entry.list("allow") {
        let span = document.get("allow").map(Node::span).unwrap_or_default();
        let of_text = of(&text, span, &Scope::Document).into_iter();
        let element = Some(text.into_owned());
        allowances.extend(of_text.map(|it| Allowance { element: element.clone(), ..it }));
    }
    let body = document.body_span();
    if document.body().contains(MARK) {
        for comment in comments(document.body()).into_iter().take(MAX) {
            let span = Span::new(comment.start, comment.end).shifted(body.start);
            let text = document.body()[comment.clone()].trim_start_matches("<!--");
            let text = text.trim_end_matches("-->").trim();
            let Some(order) = text.strip_prefix(MARK).map(str::trim_start) else { continue };
            let order = order.strip_prefix("allow").unwrap_or_default();
            let scope = scope(document.text(), span);
            allowances.extend(of(order, span, &scope));
        }
    }
    allowances
}

/// One allowance for each code in `AC004, AC006 because …`.
fn of(text: &str, span: Span, holds_for: &Scope) -> Vec<Allowance> {
    let (codes, reason) = text.split_once("because").unwrap_or((text, ""));
    let reason = reason.trim();
    let mut words: Vec<&str> =
        codes.split(|c: char| c == ',' || c.is_whitespace()).filter(|it| !it.is_empty()).collect();
    if words.is_empty() {
        words.push("");
    }
    let is_alone = words.len() == 1;
    let allowance = |word: &str| Allowance {
        word: word.to_owned(),
        rule: super::named(word),
        reason: (!reason.is_empty()).then(|| reason.to_owned()),
        span,
        holds_for: holds_for.clone(),
        is_used: false,
        is_of_another_change: false,
        is_alone,
        element: None,
    };
    words.into_iter().map(allowance).collect()
}

/// The change that takes a suppression out of its document.
pub(super) fn removal(entry: &Entry, allowance: &Allowance) -> Option<(String, Vec<Replacement>)> {
    let text = entry.document.text();
    let replacement = match &allowance.element {
        _ if !allowance.is_alone => return None,
        Some(element) => {
            let elements = std::slice::from_ref(element);
            let after = edit::remove_from_list(&entry.document, "allow", elements).ok()?;
            Replacement::between(text, &after)
        }
        None => Replacement { span: whole(text, allowance.span), text: String::new() },
    };
    Some(("remove the suppression".to_owned(), vec![replacement]))
}

/// A comment with what goes away with it: its line, if it is alone there, or the blanks before it.
fn whole(text: &str, comment: Span) -> Span {
    let before = &text[..comment.start];
    let blanks = before.len() - before.trim_end_matches([' ', '\t']).len();
    let start = comment.start - blanks;
    let after = &text[comment.end..];
    let is_first = start == 0 || text[..start].ends_with('\n');
    let rest_of_line = after.len() - after.trim_start_matches([' ', '\t', '\r']).len();
    match after[rest_of_line..].starts_with('\n') {
        true if is_first => Span::new(start, comment.end + rest_of_line + 1),
        _ => Span::new(start, comment.end),
    }
}

/// The comments of a text that are no part of a block of code.
fn comments(body: &str) -> Vec<Range<usize>> {
    let mut comments = Vec::new();
    for (event, range) in Parser::new(body).into_offset_iter() {
        if !matches!(event, Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_)) {
            continue;
        }
        let mut at = range.start;
        while let Some(start) = body[at..range.end].find("<!--").map(|found| at + found) {
            // One that is not closed runs to the end of the text, and is nothing that was meant.
            let Some(end) = body[start..range.end].find("-->") else { break };
            let end = start + end + "-->".len();
            comments.push(start..end);
            at = end;
        }
    }
    comments
}

/// What a comment holds for.
fn scope(text: &str, comment: Span) -> Scope {
    let line_start = text[..comment.start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[comment.end..].find('\n').map_or(text.len(), |at| comment.end + at);
    let beside = [&text[line_start..comment.start], &text[comment.end..line_end]];
    if beside.iter().all(|part| part.trim().is_empty()) {
        return Scope::Document;
    }
    let mut start = line_start;
    while start > 0 && !begins_block(&text[start..]) {
        let above = text[..start - 1].rfind('\n').map_or(0, |at| at + 1);
        if text[above..start].trim().is_empty() {
            break;
        }
        start = above;
    }
    Scope::Block(start..line_end)
}

/// Whether a line begins an element of a list or a heading.
fn begins_block(line: &str) -> bool {
    let line = line.trim_start();
    let after_number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = after_number.len() < line.len() && after_number.starts_with(['.', ')']);
    let has_blank = |rest: &str| rest.starts_with([' ', '\t']);
    let is_number = is_number && has_blank(&after_number[1..]);
    let is_heading = line.starts_with('#') && has_blank(line.trim_start_matches('#'));
    is_number || is_heading || line.starts_with(['-', '*', '+']) && has_blank(&line[1..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::backlog::Backlog;
    use crate::domain::rules::{self, Inspection};
    use crate::domain::source::SourceFile;

    /// The codes that are found in a task with this body, and those that are allowed.
    fn codes(front: &str, body: &str) -> (Vec<&'static str>, Vec<&'static str>) {
        let text =
            format!("---\nid: BL-7k3qd\ntitle: A\ntype: task\nstatus: ready\n{front}---\n\n{body}");
        let file = SourceFile { path: "items/BL-7k3qd-a.md".to_owned(), text: Ok(text) };
        let backlog = Backlog::parse(vec![file]);
        let today = rules::Example::today();
        let at = Inspection::new(&backlog, &backlog.config, today, None);
        let outcome = rules::check(&at);
        let counts = |it: &&Finding| it.severity >= crate::domain::config::Severity::Warning;
        (
            outcome.findings.iter().filter(counts).map(|it| it.code).collect(),
            outcome.allowed.iter().map(|(it, _)| it.code).collect(),
        )
    }

    #[test]
    fn a_comment_on_a_line_of_its_own_holds_for_the_document() {
        let body =
            "See [[BL-zzzzz]].\n\n<!-- backlog: allow LK001 because it comes with the import -->\n";
        assert_eq!(codes("rank: mbbb\n", body), (vec![], vec!["LK001"]));
        let body = "See [[BL-zzzzz]].\n\n<!-- backlog: allow dangling-link, RK002 because of the import -->\n";
        assert_eq!(codes("", body), (vec![], vec!["RK002", "LK001"]));
    }

    #[test]
    fn a_comment_at_the_end_of_a_line_holds_for_what_ends_there() {
        let body = "- See [[BL-zzzzz]],\n  it is there. <!-- backlog: allow LK001 because of the import -->\n- And [[BL-zzzz2]].\n";
        assert_eq!(codes("rank: mbbb\n", body), (vec!["LK001"], vec!["LK001"]));
    }

    #[test]
    fn without_a_reason_or_a_use_it_is_a_finding_itself() {
        let body = "See [[BL-zzzzz]].\n\n<!-- backlog: allow LK001 -->\n";
        assert_eq!(codes("rank: mbbb\n", body), (vec!["LK001", "SU002"], vec![]));
        let body = "<!-- backlog: allow LK001 because of the import -->\n";
        assert_eq!(codes("rank: mbbb\n", body), (vec!["SU001"], vec![]));
        assert_eq!(codes("rank: mbbb\nallow: [LK01 because]\n", ""), (vec!["SU003"], vec![]));
    }

    #[test]
    fn code_is_no_comment_and_other_comments_are_no_matter() {
        let body = "```html\n<!-- backlog: allow LK001 -->\n```\n\n<!-- backlogs are fine -->\n";
        assert_eq!(codes("rank: mbbb\n", body), (vec![], vec![]));
    }

    #[test]
    fn nothing_allows_what_cannot_be_read() {
        let front = "rank: mbbb\nrank: mbbb\nallow: [FM008 because we like it]\n";
        assert_eq!(codes(front, "").0, ["FM008"]);
    }

    #[test]
    fn a_removal_leaves_no_empty_line_of_its_own() {
        for (text, expected) in [
            ("a\n<!-- x -->\nb\n", "a\nb\n"),
            ("a <!-- x -->\nb\n", "a\nb\n"),
            ("a\n  <!-- x --> \r\nb\n", "a\nb\n"),
            ("<!-- x -->", ""),
        ] {
            let start = text.find("<!--").unwrap();
            let end = text.find("-->").unwrap() + 3;
            let whole = whole(text, Span::new(start, end));
            assert_eq!(format!("{}{}", &text[..whole.start], &text[whole.end..]), expected);
        }
    }
}
