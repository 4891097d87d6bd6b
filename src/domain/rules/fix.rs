//! Makes the changes that findings propose.

use crate::domain::backlog::Backlog;
use crate::domain::document::Document;
use crate::domain::finding::{Finding, Fix, Replacement, Safety};
use crate::domain::source::{Edits, FileEdit};

/// The changes that the fixes of `findings` make in `backlog`, up to a safety; and how many of them
/// were made. A fix that touches what another one changed is left for the next round, and a document
/// that could not be read afterwards stays as it is.
pub fn fixes(backlog: &Backlog, findings: &[Finding], up_to: Safety) -> (Edits, usize) {
    let (mut edits, mut n_made) = (Edits::default(), 0);
    let documents = backlog.by_path();
    let mut rest = findings;
    while let Some(first) = rest.first() {
        let end = rest.iter().position(|it| it.path != first.path).unwrap_or(rest.len());
        let (of_document, others) = rest.split_at(end);
        rest = others;
        let allowed = of_document.iter().filter_map(|finding| finding.fix.as_ref());
        let allowed: Vec<&Fix> = allowed.filter(|fix| fix.safety <= up_to).collect();
        if allowed.is_empty() {
            continue;
        }
        let Some(entry) = documents.get(first.path.as_str()) else { continue };
        let before = entry.document.text();
        let (after, n) = fixed(before, &allowed);
        if after != before && Document::parse(first.path.clone(), after.clone()).is_readable() {
            n_made += n;
            let (before, after) = (Some(before.to_owned()), Some(after));
            edits.push(FileEdit { path: first.path.clone(), before, after });
        }
    }
    (edits, n_made)
}

/// A text with those of the fixes that do not get into each other's way, and how many these are.
fn fixed(text: &str, fixes: &[&Fix]) -> (String, usize) {
    let mut taken: Vec<&Replacement> = Vec::new();
    let mut n_made = 0;
    for fix in fixes {
        let is_free = |new: &Replacement| taken.iter().all(|old| are_apart(old, new));
        if fix.replacements.iter().all(is_free) {
            taken.extend(&fix.replacements);
            n_made += 1;
        }
    }
    taken.sort_by_key(|replacement| replacement.span);
    let (mut fixed, mut at) = (String::with_capacity(text.len()), 0);
    for replacement in taken {
        fixed.push_str(&text[at..replacement.span.start]);
        fixed.push_str(&replacement.text);
        at = replacement.span.end;
    }
    fixed.push_str(&text[at..]);
    (fixed, n_made)
}

/// Whether two replacements can both be made: they do not even touch.
fn are_apart(one: &Replacement, other: &Replacement) -> bool {
    one.span.end < other.span.start || other.span.end < one.span.start
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::span::Span;

    fn fix(start: usize, end: usize, text: &str) -> Fix {
        let replacement = Replacement { span: Span::new(start, end), text: text.to_owned() };
        Fix { title: String::new(), safety: Safety::Safe, replacements: vec![replacement] }
    }

    #[test]
    fn fixes_that_touch_wait_for_the_next_round() {
        let fixes = [fix(6, 7, "G"), fix(0, 2, ""), fix(1, 3, "x"), fix(7, 7, "y")];
        let (text, n) = fixed("abcdefgh", &fixes.iter().collect::<Vec<_>>());
        assert_eq!((text.as_str(), n), ("cdefGh", 2));
    }
}
