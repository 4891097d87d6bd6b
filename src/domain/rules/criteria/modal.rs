//! A criterion that wishes instead of saying what is so.

use super::super::{Check, Fixes, Inspection, Parameter, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::criteria::Criterion;
use crate::domain::finding::Report;
use crate::domain::wording::{Class, Hit, Prose};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "AC006",
    name: "modal",
    summary: "A criterion says what should be so, not what is so",
    why: "'Should' and 'may' leave open whether the item is done without it. A criterion is a sentence that is true or false (INCOSE R36 on terms, IEEE 830 and RFC 2119 on the strength of words); of nine smells in 985 labelled requirements this one is found most surely (Zakeri-Nasrabadi 2024).",
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
          - [ ] The receipt should show the VAT number.\n",
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
           - [ ] The receipt shows the VAT number.\n",
    severity: Severity::Warning,
    parameters: &[Parameter {
        name: "can",
        default: 0.0,
        summary: "1 to find 'can' as well, in texts that say what a system shall do",
    }],
    fixes: Fixes::None,
    check: Check::Criterion(check),
};

fn check(
    at: &Inspection<'_>,
    subject: &Subject<'_>,
    criterion: &Criterion,
    reports: &mut Vec<Report>,
) {
    let prose = subject.prose_of(criterion);
    let class = if at.number(&RULE, "can") > 0.0 { Class::Ability } else { Class::Modal };
    if !prose.has(class) || !subject.is_english(criterion) {
        return;
    }
    for hit in prose.hits(class).into_iter().filter(|hit| !is_about_words(prose, *hit)) {
        let message = format!("'{}' leaves open whether it is so", prose.text_of(hit));
        let hint = "write what is so: 'shows', not 'should show'";
        reports.push(Report::at(subject.entry, prose.span_of(hit), message).hint(hint));
    }
}

/// Whether it is the month, a remark in brackets, or what a text says or somebody finds out: "the
/// manual explains that orders may be late", "decide if it should be kept".
fn is_about_words(prose: &Prose<'_>, hit: Hit) -> bool {
    const SAYING: &[&str] = &[
        "say",
        "says",
        "state",
        "states",
        "explain",
        "explains",
        "emphasize",
        "emphasizes",
        "mention",
        "mentions",
        "note",
        "notes",
        "warn",
        "warns",
        "document",
        "documents",
        "describe",
        "describes",
        "clarify",
        "clarifies",
        "determine",
        "decide",
        "evaluate",
    ];
    let is_month = hit.first > 0 && prose.text_of(hit) == "May";
    let is_said = prose.has_before(hit.first, &["that", "if", "whether", "why", "how", "what"])
        && prose.has_before(hit.first, SAYING);
    is_month || is_said || prose.is_in_brackets(hit)
}
