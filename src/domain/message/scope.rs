//! What changed among the acceptance criteria of an item: its scope, told by numbers.

use crate::domain::config::Config;
use crate::domain::diff::{Act, Change, CriterionChange, DocumentChange};

/// More changes than this are told by their count.
const TOLD: usize = 6;

/// The changes in words, such as `add 3, tick 1`; `None` if nothing changed.
pub(super) fn told(document: &DocumentChange, before: &Config, after: &Config) -> Option<String> {
    let criteria = document.changes.iter().filter_map(|change| match change {
        Change::Criterion(change) => Some(change),
        _ => None,
    });
    let mut changes: Vec<(usize, String)> = criteria.map(one).collect();
    // What is gone and new comes first, what became of the others after.
    changes.sort_by_key(|(order, _)| *order);
    match changes.len() {
        0 => None,
        1..=TOLD => {
            let words: Vec<String> = changes.into_iter().map(|(_, words)| words).collect();
            Some(words.join(", "))
        }
        _ => {
            let from = document.before.as_ref()?.met(before);
            let to = document.after.as_ref()?.met(after);
            Some(format!("{}/{} → {}/{}", from.0, from.1, to.0, to.1))
        }
    }
}

/// One change, and its place among them.
fn one(change: &CriterionChange) -> (usize, String) {
    let number = change.ordinal;
    match &change.act {
        Act::Removed => (0, format!("remove {number}")),
        Act::Added => (1, format!("add {number}")),
        Act::Reworded { .. } => (2, format!("reword {number}")),
        Act::Ticked => (3, format!("tick {number}")),
        Act::Unticked => (3, format!("untick {number}")),
        Act::Moved { from } => (4, format!("move {from} → {number}")),
        Act::Named { .. } => (5, format!("name {number}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::diff::{Pairs, diff};
    use crate::domain::source::FileChange;

    fn check(old: &str, new: &str, expected: Option<&str>) {
        let text = |lines: &str| {
            let element = |word: &str| match word.strip_prefix('x') {
                Some(word) => format!("- [x] {word}\n"),
                None => format!("- [ ] {word}\n"),
            };
            let items: String = lines.split_whitespace().map(element).collect();
            Ok(format!("---\nid: BL-a\n---\n\n## Acceptance criteria\n\n{items}\nText\n{lines}\n"))
        };
        let (before, after) = (Some(text(old)), Some(text(new)));
        let file = FileChange { path: "items/BL-a.md".to_owned(), before, after };
        let config = Config::default();
        let diff = diff(Pairs::of(vec![file]), (&config, &config), None);
        let scope = diff.documents.first().and_then(|it| told(it, &config, &config));
        assert_eq!(scope.as_deref(), expected, "{old} to {new}");
    }

    #[test]
    fn tells_each_change_by_its_number() {
        check("a b", "a b", None);
        check("a b", "xa b", Some("tick 1"));
        check("xa b", "a xb", Some("untick 1, tick 2"));
        check("a b", "a b c", Some("add 3"));
        check("a b c", "a c", Some("remove 2"));
        check("a-1 b-2 c", "a-1 b-3 c", Some("remove 2, add 2"));
        check("a-1-2 b c", "a-1-3 b c", Some("reword 1"));
        check("a b c", "c a b", Some("move 3 → 1"));
        check("a b c", "xc a b d", Some("add 4, tick 1, move 3 → 1"));
        check("a b c d e f g", "xa xb xc xd xe xf xg", Some("0/7 → 7/7"));
    }
}
