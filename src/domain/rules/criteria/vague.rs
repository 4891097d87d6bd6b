//! A criterion hangs on a vague word.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::criteria::Criterion;
use crate::domain::finding::Report;
use crate::domain::wording::{Class, Hit, Kind, Prose};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "AC004",
    name: "vague-criterion",
    summary: "A criterion hangs on a word that everybody understands in another way",
    why: "Two testers who read 'works properly' test two things. INCOSE (Guide to Writing Requirements, R7 and R34) asks for measurable terms, ISO/IEC/IEEE 29148 warns of subjective language. A criterion that has a number, an example or an explanation beside the word is left alone; 'criteria.vague' adds words.",
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
          - [ ] The payment page loads fast.\n",
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
           - [ ] The payment page loads in less than 2 seconds at the 95th percentile.\n\
           - [ ] A card that is declined is handled gracefully (the basket stays, the reason is shown).\n",
    severity: Severity::Warning,
    parameters: &[],
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
    let mut hits = prose.hits_of(at.config.criteria.vague_words(), Class::Vague);
    if subject.is_english(criterion) {
        let escapes = prose.hits(Class::Escape);
        let is_free =
            |hit: &Hit| escapes.iter().all(|it| hit.last < it.first || it.last < hit.first);
        hits.extend(prose.hits(Class::Vague).into_iter().filter(is_free));
    }
    if hits.is_empty() || prose.has_number() {
        return;
    }
    for hit in hits {
        let is_clear = prose.is_defined_after(hit) || prose.is_in_brackets(hit);
        if !is_clear && !means_something(prose, hit) {
            let message = format!("'{}' cannot be checked", prose.text_of(hit));
            let hint = "write what can be seen: a number with its unit, an example, a list";
            reports.push(Report::at(subject.entry, prose.span_of(hit), message).hint(hint));
        }
    }
}

/// Whether the words around make it one of those that mean something.
fn means_something(prose: &Prose<'_>, hit: Hit) -> bool {
    let before = |words: &[&str]| hit.first > 0 && prose.is_one_of(hit.first - 1, words);
    let after = |words: &[&str]| prose.is_one_of(hit.last + 1, words);
    let has = |words: &[&str]| (0..prose.tokens.len()).any(|at| prose.is_one_of(at, words));
    let word = prose.text_of(hit).to_ascii_lowercase();
    match word.as_str() {
        "fast" => before(&["fail", "fails", "failing"]),
        "relevant" => after(&["to"]),
        "good" => has(&["bad"]),
        "certain" => before(&["make", "makes"]),
        "correctly" | "properly" | "accurately" | "clearly" | "appropriately" => {
            says_what(prose, hit.last)
        }
        // What a thing is good for is its purpose, not the check.
        _ => before(&["for"]),
    }
}

/// Whether the sentence says what happens, and an adverb only confirms it: "correctly identifies all
/// calls", "are properly tracked as incoming". "Handles errors correctly" and "are shown properly"
/// say nothing without it.
fn says_what(prose: &Prose<'_>, adverb: usize) -> bool {
    /// So near the result stands: "linked correctly to the order".
    const REACH: usize = 4;
    const RESULTS: &[&str] = &["as", "to", "into", "from", "between"];
    const GENERAL: &[&str] = &[
        "handles",
        "handle",
        "works",
        "work",
        "functions",
        "function",
        "processes",
        "process",
        "renders",
        "render",
        "displays",
        "display",
        "shows",
        "show",
        "manages",
        "manage",
        "supports",
        "support",
        "formats",
        "format",
        "behaves",
        "behave",
        "updates",
        "update",
    ];
    const PARTICIPLES: &[&str] =
        &["shown", "set", "built", "sent", "written", "kept", "drawn", "bound", "done", "read"];
    let next = prose.word(adverb + 1);
    let is_verb = prose
        .tokens
        .get(adverb + 1)
        .is_some_and(|it| it.kind == Kind::Word && !it.is(Class::English));
    let has_object = prose.tokens.get(adverb + 2).is_some_and(|it| it.kind != Kind::Mark);
    let is_active = is_verb
        && has_object
        && !next.ends_with("ed")
        && !next.ends_with("ing")
        && !prose.is_one_of(adverb + 1, PARTICIPLES)
        && !prose.is_one_of(adverb + 1, GENERAL);
    is_active || (adverb + 1..=adverb + REACH).any(|at| prose.is_one_of(at, RESULTS))
}
