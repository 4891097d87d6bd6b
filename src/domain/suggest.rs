//! What somebody meant who mistyped a word.

use std::mem;

use super::backlog::Backlog;
use super::entry::Entry;

/// How many words a message lists.
const SHOWN: usize = 8;

/// How many documents a message lists.
const DOCUMENTS: usize = 3;

/// The candidate that is nearest to `word`, if it is near enough to be a slip of the fingers: with
/// about a third of its letters wrong, left out, added or swapped with a neighbour, in any case.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let near = candidates.filter_map(|candidate| Some((distance(word, candidate)?, candidate)));
    near.min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

/// A hint for an unknown word: the one that was meant, or those that are known.
pub fn did_you_mean(word: &str, known: &[&str]) -> String {
    if let Some(near) = nearest(word, known.iter().copied()) {
        let others: Vec<&str> = known.iter().copied().filter(|known| *known != near).collect();
        return match others.len() {
            // A near word is not always the one that was meant.
            1..SHOWN => format!("did you mean '{near}'? (or {})", others.join(", ")),
            _ => format!("did you mean '{near}'?"),
        };
    }
    let shown = known[..known.len().min(SHOWN)].join(", ");
    match known.len() {
        0 => "there is none to choose from".to_owned(),
        1 => format!("use {shown}"),
        n_known if n_known > SHOWN => format!("use one of {shown} and {} more", n_known - SHOWN),
        _ => format!("use one of {shown}"),
    }
}

/// A hint for an id that no document has: the documents whose ids look like it, or else those whose
/// titles hold what was typed.
pub fn document(backlog: &Backlog, typed: &str, near: &[String]) -> String {
    let words = typed.trim().to_lowercase();
    let has_words = |it: &&Entry| !words.is_empty() && it.title().to_lowercase().contains(&words);
    let mut meant: Vec<&Entry> = near.iter().filter_map(|id| backlog.called(id)).collect();
    if meant.is_empty() {
        meant = backlog.readable().filter(has_words).take(DOCUMENTS + 1).collect();
    }
    let named: Vec<String> =
        meant.iter().map(|it| format!("{} \"{}\"", it.id(), it.title())).collect();
    match &named[..] {
        [] => "see the ids with: git backlog list --all".to_owned(),
        [only] => format!("did you mean {only}?"),
        all if all.len() > DOCUMENTS => {
            format!("several titles have these words: git backlog list --all '{words}'")
        }
        [others @ .., last] => format!("did you mean {} or {last}?", others.join(", ")),
    }
}

/// How many slips lead from one word to the other; `None` if they are too many to be slips.
pub(super) fn distance(a: &str, b: &str) -> Option<usize> {
    let letters = |word: &str| word.chars().flat_map(char::to_lowercase).collect();
    let (a, b): (Vec<char>, Vec<char>) = (letters(a), letters(b));
    let allowed = (a.len().max(b.len()) + 1) / 3;
    if a.len().abs_diff(b.len()) > allowed {
        return None;
    }
    Some(slips(&a, &b)).filter(|slips| *slips <= allowed)
}

/// The edit distance where swapped neighbours count once (optimal string alignment).
fn slips(a: &[char], b: &[char]) -> usize {
    // Distances between the first letters of `a` and all beginnings of `b`: with two letters of
    // `a` fewer, with one fewer, and so far.
    let mut before_last = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, other) in b.iter().enumerate() {
            let changed = last[j] + usize::from(letter != other);
            let mut least = changed.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *letter == b[j - 1] && a[i - 1] == *other {
                least = least.min(before_last[j - 1] + 1);
            }
            row.push(least);
        }
        before_last = mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::source::SourceFile;

    fn check(word: &str, candidates: &str, expected: Option<&str>) {
        assert_eq!(nearest(word, candidates.split(' ')), expected, "{word}");
    }

    #[test]
    fn slips_of_the_fingers_are_understood() {
        check("sttaus", "title status rank", Some("status"));
        check("Statu", "title status rank", Some("status"));
        check("asignee", "assignee aliases", Some("assignee"));
        check("to", "do", Some("do"));
    }

    #[test]
    fn other_words_are_not() {
        check("colour", "title status rank", None);
        check("x", "y", None);
        check("", "a", None);
        check(&"a".repeat(10_000), "title", None);
    }

    #[test]
    fn the_nearest_is_chosen_and_of_equals_the_first() {
        check("stories", "stores story stories", Some("stories"));
        check("tank", "rank tang", Some("rank"));
    }

    #[test]
    fn swapped_neighbours_are_one_slip() {
        let slips = |a: &str, b: &str| {
            slips(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>())
        };
        assert_eq!(slips("rnak", "rank"), 1);
        assert_eq!(slips("kitten", "sitting"), 3);
        assert_eq!(slips("", "abc"), 3);
        assert_eq!(slips("ca", "abc"), 3);
    }

    #[test]
    fn documents_are_named_by_id_or_by_words_of_their_titles() {
        let file = |id: &str, title: &str| {
            let text = Ok(format!("---\nid: {id}\ntitle: {title}\nstatus: ready\n---\n"));
            SourceFile { path: format!("items/{id}.md"), text }
        };
        let files =
            [("BL-22222", "Pay as a guest"), ("BL-33333", "Guest list"), ("BL-44444", "Pay")];
        let backlog = Backlog::parse(files.map(|(id, title)| file(id, title)).to_vec());
        let check = |typed: &str, near: &[&str], expected: &str| {
            let near: Vec<String> = near.iter().map(|it| (*it).to_owned()).collect();
            assert_eq!(document(&backlog, typed, &near), expected);
        };
        check("BL-4444", &["BL-44444"], "did you mean BL-44444 \"Pay\"?");
        check("list", &[], "did you mean BL-33333 \"Guest list\"?");
        let both = "did you mean BL-22222 \"Pay as a guest\" or BL-33333 \"Guest list\"?";
        check("GUEST", &[], both);
        check("fax", &[], "see the ids with: git backlog list --all");
        check(" ", &[], "see the ids with: git backlog list --all");
    }

    #[test]
    fn a_hint_names_the_word_or_lists_the_known_ones() {
        assert_eq!(did_you_mean("redy", &["ready", "done"]), "did you mean 'ready'? (or done)");
        assert_eq!(did_you_mean("redy", &["ready"]), "did you mean 'ready'?");
        assert_eq!(did_you_mean("maybe", &["ready", "done"]), "use one of ready, done");
        assert_eq!(did_you_mean("maybe", &["done"]), "use done");
        assert_eq!(did_you_mean("maybe", &[]), "there is none to choose from");
        let many = ["b"; 10];
        assert_eq!(did_you_mean("maybe", &many), "use one of b, b, b, b, b, b, b, b and 2 more");
    }
}
