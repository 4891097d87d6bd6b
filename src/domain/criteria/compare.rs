//! What became of the criteria of one item from one state to another.

use std::collections::{BTreeSet, HashMap};

use super::{Criteria, Criterion};

/// What became of criteria. Ticks do not count.
#[derive(Debug, Default)]
pub struct Comparison<'a> {
    /// Those that are gone.
    pub removed: Vec<&'a Criterion>,
    /// Those that are new.
    pub added: Vec<&'a Criterion>,
    /// Those that say something else, before and after.
    pub reworded: Vec<(&'a Criterion, &'a Criterion)>,
    /// Those that are in both states, reworded or not, before and after.
    pub kept: Vec<(&'a Criterion, &'a Criterion)>,
}

impl Comparison<'_> {
    /// Whether every criterion says what it said.
    pub fn is_empty(&self) -> bool {
        self.removed.is_empty() && self.added.is_empty() && self.reworded.is_empty()
    }
}

/// From how many pairs on a reworded criterion is told as one removed and one added.
const MAX_PAIRS: usize = 10_000;

/// The share of words in common from which on a text is another wording of the same.
const SAME: f64 = 0.5;

/// Compares criteria: those with the same id or the same text are the same, and of the rest those
/// that share at least half of their words.
pub fn compare<'a>(before: &'a Criteria, after: &'a Criteria) -> Comparison<'a> {
    let mut comparison = Comparison::default();
    let mut taken = vec![false; after.list.len()];
    let mut gone: Vec<&Criterion> = before.list.iter().collect();
    gone = take(gone, after, &mut taken, &mut comparison, |it| it.id.as_deref());
    gone = take(gone, after, &mut taken, &mut comparison, |it| Some(&*it.text));
    let mut new: Vec<&Criterion> = Vec::new();
    new.extend(after.list.iter().zip(&taken).filter(|(_, taken)| !**taken).map(|(it, _)| it));
    if gone.len() * new.len() <= MAX_PAIRS {
        let mut pairs: Vec<(usize, &Criterion, &Criterion)> = Vec::new();
        for one in &gone {
            let close = new.iter().map(|other| (share(&one.text, &other.text), *one, *other));
            pairs.extend(close.filter(|(share, _, _)| *share >= (SAME * 1000.0) as usize));
        }
        pairs.sort_by_key(|(share, one, other)| (usize::MAX - share, one.ordinal, other.ordinal));
        for (_, one, other) in pairs {
            let is_there = |list: &[&Criterion], it: &Criterion| {
                list.iter().any(|other| std::ptr::eq(*other, it))
            };
            if is_there(&gone, one) && is_there(&new, other) {
                gone.retain(|it| !std::ptr::eq(*it, one));
                new.retain(|it| !std::ptr::eq(*it, other));
                comparison.reworded.push((one, other));
                comparison.kept.push((one, other));
            }
        }
    }
    comparison.reworded.sort_by_key(|(_, after)| after.ordinal);
    comparison.removed = gone;
    comparison.added = new;
    comparison
}

/// Takes out what has the same key in both states, and gives the rest back.
fn take<'a>(
    before: Vec<&'a Criterion>,
    after: &'a Criteria,
    taken: &mut [bool],
    comparison: &mut Comparison<'a>,
    key: fn(&Criterion) -> Option<&str>,
) -> Vec<&'a Criterion> {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (place, criterion) in after.list.iter().enumerate().rev().filter(|(at, _)| !taken[*at]) {
        if let Some(key) = key(criterion) {
            places.entry(key).or_default().push(place);
        }
    }
    let mut rest = Vec::new();
    for one in before {
        let place = key(one).and_then(|key| places.get_mut(key)?.pop());
        let Some(place) = place else {
            rest.push(one);
            continue;
        };
        taken[place] = true;
        comparison.kept.push((one, &after.list[place]));
        if one.text != after.list[place].text {
            comparison.reworded.push((one, &after.list[place]));
        }
    }
    rest
}

/// The share of words that two texts have in common, in thousandths.
fn share(one: &str, other: &str) -> usize {
    let words = |text: &str| -> BTreeSet<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let (one, other) = (words(one), words(other));
    let n_common = one.intersection(&other).count();
    let n_all = one.union(&other).count();
    (n_common * 1000).checked_div(n_all).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::criteria::criteria;

    fn of(list: &[&str]) -> Criteria {
        let elements: String = list.iter().map(|text| format!("- [ ] {text}\n")).collect();
        let text = format!("## Acceptance criteria\n\n{elements}");
        criteria(&text, 0, &["Acceptance criteria".to_owned()])
    }

    #[test]
    fn tells_removed_added_and_reworded_apart() {
        let before = of(&["A guest pays by card", "The total is shown", "A mail is sent ^ac-k3"]);
        let after = of(&["Nobody waits ^ac-k3", "A guest pays by invoice", "Boats float"]);
        let it = compare(&before, &after);
        let texts = |list: &[&Criterion]| list.iter().map(|it| it.text.clone()).collect::<Vec<_>>();
        assert_eq!(texts(&it.removed), ["The total is shown"]);
        assert_eq!(texts(&it.added), ["Boats float"]);
        let reworded: Vec<_> =
            it.reworded.iter().map(|(one, other)| (&*one.text, &*other.text)).collect();
        assert_eq!(
            reworded,
            [
                ("A mail is sent", "Nobody waits"),
                ("A guest pays by card", "A guest pays by invoice"),
            ]
        );
    }

    #[test]
    fn order_and_ticks_do_not_count() {
        let text = "## Acceptance criteria\n\n- [x] B\n- [ ] A\n- [ ] A\n";
        let after = criteria(text, 0, &["Acceptance criteria".to_owned()]);
        assert!(compare(&of(&["A", "B", "A"]), &after).is_empty());
    }
}
