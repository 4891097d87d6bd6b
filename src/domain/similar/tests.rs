//! Which pairs are found, and which are not.

use super::*;

/// A story in the usual form, or a title.
fn parts(text: &str) -> Parts<'_> {
    let Some(story) = text.strip_prefix("As a ") else {
        return Parts { means: text, ..Parts::default() };
    };
    let (role, rest) = story.split_once(", I want to ").expect("the test has a role");
    let (means, ends) = rest.split_once(", so that ").unwrap_or((rest, ""));
    Parts { role, means, ends }
}

fn check(first: &str, second: &str, wanted: Option<Likeness>) {
    let texts = Texts::read([first, second].map(parts));
    assert_eq!(texts.likeness(0, 1, Limits::default()), wanted, "{first}\n{second}");
    let found: Vec<Likeness> =
        texts.pairs(Limits::default()).iter().map(|pair| pair.likeness).collect();
    assert_eq!(found, Vec::from_iter(wanted), "{first}\n{second}");
}

#[test]
fn the_same_words_are_the_same_story() {
    check("Mend the gate.", "mend the   GATE", Some(Likeness::Same));
    check(
        "As a host, I want to see the list, so that I can sort the boxes",
        "As a host, I want to see a list, so that I can sort boxes",
        Some(Likeness::Same),
    );
    check(
        "As a host, I want to see the list, so that I can sort the boxes",
        "As a farmer, I want to see the list, so that I can sort the boxes",
        None,
    );
}

#[test]
fn one_that_says_more_is_alike() {
    check(
        "As a host, I want to print the list of boxes, so that I can tick them off",
        "As a host, I want to print the list of boxes on paper, so that I can tick them off",
        Some(Likeness::MeansAndEnds),
    );
    check(
        "As a host, I want to print the weekly list of ordered boxes",
        "As a host, I want to print the weekly list of ordered boxes on paper",
        Some(Likeness::Means),
    );
    check("Map of pick-up points stays grey", "Map of pick-up points", None);
}

#[test]
fn another_word_for_the_same_verb_is_no_difference() {
    let story = |verb: &str| format!("As a host, I want to {verb} the list, so that I can plan");
    check(&story("see"), &story("view"), None);
    let story = |verb: &str| {
        format!("As a host, I want to {verb} the weekly list of boxes, so that I can plan")
    };
    check(&story("see"), &story("view"), Some(Likeness::MeansAndEnds));
    check(&story("print"), &story("view"), None);
}

#[test]
fn another_object_is_another_story() {
    let story = |what: &str| {
        format!("As a farmer, I want to download the {what} of a year, so that I can file them")
    };
    check(&story("invoices"), &story("receipts"), None);
    check(&story("invoices"), &story("unpaid invoices"), Some(Likeness::MeansAndEnds));
    check("Migrate the shop to version 1.80", "Migrate the shop to version 1.81", None);
    check("Rehearse the restore of a backup", "Rehearse the restore of a backup 2", None);
    check("Show prices with tax and shipping", "Show prices without tax and shipping", None);
}

#[test]
fn another_condition_is_no_other_action() {
    check(
        "As a host, I want to change my hours until the evening before, so that nobody waits outside",
        "As a host, I want to change my hours as long as no box is packed, so that nobody waits",
        Some(Likeness::Action),
    );
    check(
        "As a host, I want to change my hours until the evening before, so that nobody waits outside",
        "As a host, I want to change my address as long as no box is packed, so that nobody waits",
        None,
    );
}

#[test]
fn a_text_without_meaning_is_like_none() {
    check("", "", None);
    check("to be", "as it is", None);
}

#[test]
fn a_text_repeats_at_most_three_others() {
    let title = |n: usize| format!("Mend the gate of the {} field", "big ".repeat(n % 2));
    let titles: Vec<String> = (0..20).map(title).collect();
    let texts = Texts::read(titles.iter().map(|title| parts(title)));
    let pairs = texts.pairs(Limits::default());
    for second in 0..texts.len() {
        assert!(pairs.iter().filter(|pair| pair.second == second).count() <= MOST);
    }
    assert!(pairs.iter().all(|pair| pair.first < pair.second));
    assert!(pairs.len() >= 18, "{pairs:?}");
}

/// Every pair is compared here, and the index must find the same.
#[test]
fn the_index_loses_no_pair_with_a_rare_word() {
    const WORDS: &[&str] = &["box", "list", "farm", "print", "week", "price", "mail", "host"];
    let mut seed = 7_u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    for _ in 0..400 {
        // With three texts of a role every shared word is rare.
        let text = |next: &mut dyn FnMut(usize) -> usize| {
            let n_words = 3 + next(5);
            (0..n_words).map(|_| WORDS[next(WORDS.len())]).collect::<Vec<_>>().join(" ")
        };
        let all: Vec<String> = (0..3).map(|_| text(&mut next)).collect();
        let texts = Texts::read(all.iter().map(|text| parts(text)));
        let mut wanted = Vec::new();
        for (first, second) in [(0, 1), (0, 2), (1, 2)] {
            let likeness = texts.likeness(first, second, Limits::default());
            wanted.extend(likeness.map(|_| (first, second)));
        }
        let pairs = texts.pairs(Limits::default());
        let mut found: Vec<_> = pairs.iter().map(|pair| (pair.first, pair.second)).collect();
        found.sort_unstable();
        // Of three texts with the same words, two are said to repeat the first.
        let is_told = |pair: &(usize, usize)| found.contains(pair) || found.len() == 2;
        assert!(found.iter().all(|pair| wanted.contains(pair)), "{all:?}");
        assert!(wanted.iter().all(is_told), "{all:?}: {found:?}, not {wanted:?}");
    }
}
