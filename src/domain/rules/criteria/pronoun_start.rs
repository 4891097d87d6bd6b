//! A criterion that hangs on the line before it.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::criteria::Criterion;
use crate::domain::finding::Report;
use crate::domain::wording::{Class, Kind, Prose};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "AC018",
    name: "pronoun-start",
    summary: "A criterion begins with a word for something that another line names",
    why: "Criteria are ticked, moved and quoted one by one; 'it' then stands for nothing (INCOSE R24: no pronouns).",
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
          - [ ] It shows the VAT number.\n",
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
    severity: Severity::Info,
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
    if !prose.has(Class::Pronoun) || !subject.is_english(criterion) || !stands_for_a_thing(prose) {
        return;
    }
    let Some(hit) = prose.hit(0, 0) else { return };
    let message = format!("'{}' says nothing without the line before it", prose.text_of(hit));
    let hint = "name the thing";
    reports.push(Report::at(subject.entry, prose.span_of(hit), message).hint(hint));
}

/// Whether the first word stands for a thing: "it shows", "this is"; not "this page shows" nor "it
/// is possible".
fn stands_for_a_thing(prose: &Prose<'_>) -> bool {
    const NOTHING: &[&str] = &["possible", "impossible", "clear", "allowed", "forbidden", "not"];
    let (Some(first), Some(second)) = (prose.tokens.first(), prose.tokens.get(1)) else {
        return false;
    };
    let is_thing = prose.is_one_of(0, &["it", "they"]) && second.kind == Kind::Word;
    first.is(Class::Pronoun)
        && (is_thing || second.is(Class::Verb))
        && !(prose.is_one_of(1, &["is"]) && prose.is_one_of(2, NOTHING))
}
