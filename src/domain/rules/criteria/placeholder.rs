//! A criterion that nobody has written yet.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::criteria::Criterion;
use crate::domain::finding::{Report, excerpt};
use crate::domain::span::Span;
use crate::domain::wording::{Class, Hit, Kind, Prose};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "AC003",
    name: "placeholder",
    summary: "A criterion holds the place of one that is still to be written",
    why: "A text such as TBD is taken for a criterion by everybody who counts them. What is not known is a question to the product owner; what is not wanted is no criterion (ISO/IEC/IEEE 29148: complete; INVEST: estimable).",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: story\n\
          status: ready\n\
          rank: mbbb\n\
          ---\n\
          \n\
          As a shopper, I want to pay without an account, so that I can buy in a minute.\n\
          \n\
          ## Acceptance criteria\n\
          \n\
          - [ ] A guest reaches payment in one step.\n\
          - [ ] Limits for guests: TBD\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: story\n\
           status: ready\n\
           rank: mbbb\n\
           ---\n\
           \n\
           As a shopper, I want to pay without an account, so that I can buy in a minute.\n\
           \n\
           ## Acceptance criteria\n\
           \n\
           - [ ] A guest reaches payment in one step.\n\
           - [ ] A guest cannot order for more than 200 €.\n",
    severity: Severity::Error,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Criterion(check),
};

fn check(
    _: &Inspection<'_>,
    subject: &Subject<'_>,
    criterion: &Criterion,
    reports: &mut Vec<Report>,
) {
    let prose = subject.prose_of(criterion);
    if let Some(hit) = placeholder(prose) {
        let (span, words) = (prose.span_of(hit), prose.text_of(hit));
        report(subject, span, words, reports);
    } else if TEMPLATE_TEXTS.iter().any(|text| criterion.text.contains(text)) {
        report(subject, criterion.span, "the text of the template", reports);
    }
}

/// What the templates that ship with the program say in the place of criteria.
const TEMPLATE_TEXTS: &[&str] = &[
    "What can be seen when it is done?",
    "Given …, when …, then …",
    "What is true afterwards that is not true today?",
];

fn report(subject: &Subject<'_>, span: Span, words: &str, reports: &mut Vec<Report>) {
    let hint = "write the criterion, or take it out and put the question into 'questions'";
    let message = format!("{} is not a criterion yet", excerpt(words));
    reports.push(Report::at(subject.entry, span, message).hint(hint));
}

/// The words that hold a place.
fn placeholder(prose: &Prose<'_>) -> Option<Hit> {
    let whole = || prose.hit(0, prose.tokens.len().checked_sub(1)?);
    if let Some(hit) = prose.hits(Class::Placeholder).first() {
        return Some(*hit);
    }
    let all_marks = prose.tokens.iter().all(|token| token.kind == Kind::Mark);
    if all_marks || is_numbered(prose) || is_alone(prose) {
        return whole();
    }
    let may_have = |mark: &str| prose.text().contains(mark);
    if !(may_have("TODO") || may_have("???") || may_have("<")) {
        return None;
    }
    (0..prose.tokens.len()).find_map(|at| to_do(prose, at).or_else(|| template(prose, at)))
}

/// "Criterion 1", "Updated criterion 2": a few words that end with its number.
fn is_numbered(prose: &Prose<'_>) -> bool {
    const NAMES: &[&str] = &["criterion", "criteria", "ac"];
    let words = prose.tokens.iter().filter(|token| token.kind != Kind::Mark).count();
    let is_number = |at: usize| prose.tokens[at].kind == Kind::Number;
    let last = prose.tokens.iter().rposition(|token| token.kind != Kind::Mark);
    last.is_some_and(|at| words <= 4 && at > 0 && is_number(at) && prose.is_one_of(at - 1, NAMES))
}

/// "N/A", or a text in brackets and nothing else: `<outcome>`, `[outcome]`.
fn is_alone(prose: &Prose<'_>) -> bool {
    let is_tag = |word: &str| word.starts_with('<') && word.ends_with('>');
    let (first, last) = (prose.word(0), prose.word(prose.tokens.len().saturating_sub(1)));
    match prose.tokens.len() {
        0 => false,
        1 => is_tag(first) || first.eq_ignore_ascii_case("n/a"),
        n => {
            let inner = &prose.tokens[1..n - 1];
            let is_words = inner.iter().all(|token| token.kind == Kind::Word);
            first == "[" && last == "]" && is_words && prose.is_whole()
        }
    }
}

/// A `TODO` that is meant for the reader of the criterion, not the thing that it is about; and
/// three question marks.
fn to_do(prose: &Prose<'_>, at: usize) -> Option<Hit> {
    let word = prose.word(at);
    let follows = |mark: &str| prose.word(at + 1) == mark && prose.word(at + 2) == mark;
    if word == "?" && follows("?") {
        return prose.hit(at, at + 2);
    }
    let is_free = word == "TODO" && !prose.tokens[at].is_quoted;
    let ends = at + 1 == prose.tokens.len() || prose.word(at + 1) == ":";
    (is_free && ends).then(|| prose.hit(at, at)).flatten()
}

/// A text of three words or more in angle brackets, apart from all others: a hole in a template.
fn template(prose: &Prose<'_>, at: usize) -> Option<Hit> {
    let word = prose.word(at);
    let inner = word.strip_prefix('<')?.strip_suffix('>')?;
    let is_text = inner.split(' ').count() >= 3 && !inner.contains(['=', '"', '/', '|', '!']);
    (is_text && prose.is_apart(at)).then(|| prose.hit(at, at)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::template::EXAMPLE;

    fn found(text: &str) -> Option<&str> {
        let prose = Prose::of(text, Span::new(0, text.len()));
        placeholder(&prose).map(|hit| prose.text_of(hit))
    }

    #[test]
    fn holes_are_told_from_texts_about_holes() {
        for text in [
            "TBD",
            "Limits: tbd",
            "TODO: limits",
            "Limits ???",
            "…",
            "N/A",
            "Criterion 1",
            "<outcome>",
            "[what is seen]",
            "A guest <does what, and when>.",
            "To be defined",
        ] {
            assert!(found(text).is_some(), "{text}");
        }
        for text in [
            "`TBD` is shown",
            "A TODO comment is found",
            "The label is \"TBD\"",
            "Why?",
            "GET /tasks/<draft id> answers",
            "backlog show <id> prints it",
            "Is the <b>name</b> bold",
            "[The manual](x.md) says so",
            "Meets criterion 1 of the standard for cards",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn what_the_templates_ask_is_known() {
        for text in TEMPLATE_TEXTS {
            let has = |name: &str| {
                let file = EXAMPLE.get_file(format!("templates/{name}.md"));
                file.and_then(|file| file.contents_utf8()).is_some_and(|it| it.contains(text))
            };
            assert!(has("story") || has("task"), "{text}");
        }
    }
}
