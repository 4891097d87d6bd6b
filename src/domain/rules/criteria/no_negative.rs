//! A story in which nothing goes wrong.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::span::Span;
use crate::domain::wording::{Class, Kind, Prose};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "AC014",
    name: "no-negative",
    summary: "No criterion of a story says what happens when something goes wrong or at a limit",
    why: "What happens with a declined card, an empty basket or the eleventh try is most of the work and is asked last (Adzic 2011: examples at the boundaries; Wynne 2015: example mapping). One criterion about it keeps the question alive.",
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
          - [ ] The receipt shows the sum.\n",
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
           - [ ] A declined card leaves the basket as it is.\n",
    severity: Severity::Info,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let entry = subject.entry;
    let is_story = entry.kind.is_ranked() && entry.item_type() == "story";
    if !is_story || !at.backlog.category(entry).is_open() || subject.criteria().list.is_empty() {
        return;
    }
    let is_foreign = subject.prose().iter().map(Prose::foreignness).sum::<i32>() > 0;
    if is_foreign || subject.prose().iter().any(is_negative) {
        return;
    }
    let Some(start) = subject.criteria().section_start() else { return };
    let line = subject.text()[start..].lines().next().unwrap_or_default();
    let span = Span::new(start, start + line.len());
    let hint = "add what happens with a wrong, missing or late input";
    let message = "no criterion about a failure or a limit";
    reports.push(Report::at(entry, span, message).hint(hint));
}

/// Whether a criterion speaks of what must not be, of a failure or of an edge.
fn is_negative(prose: &Prose<'_>) -> bool {
    let is_code = |word: &str| {
        word.len() == 3
            && word.starts_with(['4', '5'])
            && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_un = |word: &str| {
        let prefixes = ["non-", "un", "in", "mis", "dis", "over"];
        let ends = ["ed", "able", "ible", "valid"];
        prefixes.iter().any(|it| word.starts_with(it)) && ends.iter().any(|it| word.ends_with(it))
    };
    prose.has(Class::Negative)
        || prose.tokens.iter().enumerate().any(|(at, token)| match token.kind {
            Kind::Number => is_code(prose.word(at)),
            Kind::Word => is_un(prose.word(at)),
            Kind::Opaque | Kind::Mark => false,
        })
}
