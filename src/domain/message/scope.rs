//! What changed among the acceptance criteria of an item: its scope, told by numbers.

use crate::domain::criteria::{Criteria, Criterion};

/// More changes than this are told by their count.
const TOLD: usize = 6;

/// The changes in words, such as `add 3, tick 1`; empty if nothing changed.
pub(super) fn changes(old: &Criteria, new: &Criteria) -> String {
    let mut changes = Vec::new();
    let is_known =
        |criterion: &Criterion, list: &Criteria| list.list.iter().any(|it| same(it, criterion));
    let gone: Vec<&Criterion> = old.list.iter().filter(|it| !is_known(it, new)).collect();
    let fresh: Vec<&Criterion> = new.list.iter().filter(|it| !is_known(it, old)).collect();
    // Other words at the same place are the same criterion, said differently.
    let is_reworded = |a: &Criterion, list: &[&Criterion]| {
        old.list.len() == new.list.len() && list.iter().any(|b| a.ordinal == b.ordinal)
    };
    for criterion in &gone {
        if !is_reworded(criterion, &fresh) {
            changes.push(format!("remove {}", criterion.ordinal));
        }
    }
    for criterion in &fresh {
        let verb = if is_reworded(criterion, &gone) { "reword" } else { "add" };
        changes.push(format!("{verb} {}", criterion.ordinal));
    }
    for after in &new.list {
        let before = old.list.iter().find(|it| same(it, after));
        match (before.and_then(|it| it.checked), after.checked) {
            (Some(false) | None, Some(true)) if before.is_some() => {
                changes.push(format!("tick {}", after.ordinal));
            }
            (Some(true), Some(false)) => changes.push(format!("untick {}", after.ordinal)),
            _ => {}
        }
        if let Some(before) = before.filter(|it| it.text != after.text) {
            changes.push(format!("reword {}", before.ordinal));
        }
    }
    changes.extend(moved(old, new));
    match changes.len() {
        0..=TOLD => changes.join(", "),
        _ => {
            let (from, to) = (old.met(), new.met());
            format!("{}/{} → {}/{}", from.0, from.1, to.0, to.1)
        }
    }
}

/// Whether two criteria are the same one: by their lasting id, or by their words.
fn same(a: &Criterion, b: &Criterion) -> bool {
    match (&a.id, &b.id) {
        (Some(a), Some(b)) => a == b,
        _ => a.text == b.text,
    }
}

/// The one criterion that moved, or that several did.
fn moved(old: &Criteria, new: &Criteria) -> Option<String> {
    let kept = |list: &[Criterion], other: &[Criterion]| -> Vec<Criterion> {
        list.iter().filter(|it| other.iter().any(|other| same(it, other))).cloned().collect()
    };
    let (before, after) = (kept(&old.list, &new.list), kept(&new.list, &old.list));
    let is_equal = |a: &[Criterion], b: &[Criterion]| {
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
    };
    if before.len() != after.len() || is_equal(&before, &after) {
        return None;
    }
    let without = |list: &[Criterion], gone: &Criterion| -> Vec<Criterion> {
        list.iter().filter(|it| !same(it, gone)).cloned().collect()
    };
    let single = before.iter().find(|it| is_equal(&without(&before, it), &without(&after, it)))?;
    let to = after.iter().find(|it| same(it, single))?;
    Some(format!("move {} → {}", single.ordinal, to.ordinal))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::criteria::criteria;

    fn check(old: &str, new: &str, wanted: &str) {
        let read = |lines: &str| {
            let items: String = lines
                .split_whitespace()
                .map(|word| match word.strip_prefix('x') {
                    Some(word) => format!("- [x] {word}\n"),
                    None => format!("- [ ] {word}\n"),
                })
                .collect();
            criteria(&format!("## AC\n\n{items}"), 0, &["AC".to_owned()])
        };
        assert_eq!(changes(&read(old), &read(new)), wanted, "{old} to {new}");
    }

    #[test]
    fn tells_each_change_by_its_number() {
        check("a b", "a b", "");
        check("a b", "xa b", "tick 1");
        check("xa b", "a xb", "untick 1, tick 2");
        check("a b", "a b c", "add 3");
        check("a b c", "a c", "remove 2");
        check("a b c", "a d c", "reword 2");
        check("a b c", "c a b", "move 3 → 1");
        check("a b c", "xc a b d", "add 4, tick 1, move 3 → 1");
        check("a b c d e f g", "xa xb xc xd xe xf xg", "0/7 → 7/7");
    }
}
