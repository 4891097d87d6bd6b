//! Which document a person means who types an id, or a part of one.

use std::borrow::Cow;

use super::is_safe;
use crate::domain::suggest;

/// How many ids are suggested for an unknown one.
const SUGGESTED: usize = 3;

/// The outcome of a search for the document that a person means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found<'a, T> {
    /// This one. If several have its id, it is the first of them.
    One(&'a T),
    /// It could be any of these.
    Many(Vec<&'a T>),
    /// None; ids that look alike.
    None(Vec<String>),
}

/// The one of `all` that a person means by `input`: an id, the beginning of one, or another of its
/// names, in any case. What an id has before its dash can be left out. Other names are numbers most
/// of the time, of which one begins like many.
///
/// `names` lists the names of one, its id first.
pub fn find<'a, T>(
    input: &str,
    all: &'a [T],
    names: impl Fn(&'a T, &mut Vec<Cow<'a, str>>),
) -> Found<'a, T> {
    let mut best = None;
    let mut matches: Vec<(&T, Cow<str>)> = Vec::new();
    let mut own = Vec::new();
    for one in all {
        own.clear();
        names(one, &mut own);
        let likeness = likeness(input, &own);
        if likeness == Some(Likeness::Id) {
            return Found::One(one);
        }
        if likeness > best {
            best = likeness;
            matches.clear();
        }
        if likeness.is_some() && likeness == best {
            matches.push((one, own.swap_remove(0)));
        }
    }
    match matches.as_slice() {
        [] => Found::None(near(input, all, names)),
        [(first, id), others @ ..] if others.iter().all(|(_, other)| other == id) => {
            Found::One(first)
        }
        _ => Found::Many(matches.into_iter().map(|(one, _)| one).collect()),
    }
}

/// How well an input fits a document, the best last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    Beginning,
    Name,
    Id,
}

fn likeness(input: &str, names: &[Cow<str>]) -> Option<Likeness> {
    let (id, others) = names.split_first()?;
    let others = || others.iter().map(Cow::as_ref).chain(without_prefix(id));
    let is_beginning = |name: &str| {
        let start = name.get(..input.len());
        !input.is_empty() && start.is_some_and(|start| start.eq_ignore_ascii_case(input))
    };
    if id.eq_ignore_ascii_case(input) {
        Some(Likeness::Id)
    } else if others().any(|name| name.eq_ignore_ascii_case(input)) {
        Some(Likeness::Name)
    } else if is_beginning(id) || without_prefix(id).is_some_and(is_beginning) {
        Some(Likeness::Beginning)
    } else {
        None
    }
}

/// The ids that look most like `input`, the nearest first.
fn near<'a, T>(
    input: &str,
    all: &'a [T],
    names: impl Fn(&'a T, &mut Vec<Cow<'a, str>>),
) -> Vec<String> {
    if !is_safe(input) {
        return Vec::new();
    }
    let input_end = without_prefix(input).unwrap_or(input);
    let mut own = Vec::new();
    let mut near = Vec::new();
    for one in all {
        own.clear();
        names(one, &mut own);
        let Some(id) = own.first() else { continue };
        // What comes before the dash is nearly always the same, and makes all ids look alike.
        let end = without_prefix(id).unwrap_or(id);
        if let Some(distance) = suggest::distance(input_end, end) {
            near.push((distance, id.clone().into_owned()));
        }
    }
    near.sort();
    near.dedup();
    near.into_iter().map(|(_, id)| id).take(SUGGESTED).collect()
}

/// `7k3qd` of `BL-7k3qd`; `None` for an id that has nothing to leave out, such as `2026-24`.
fn without_prefix(id: &str) -> Option<&str> {
    let (prefix, rest) = id.split_once('-')?;
    let is_prefix = prefix.starts_with(|first: char| first.is_ascii_alphabetic())
        && prefix.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_prefix && !rest.is_empty()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Finds in documents that are written as `id` or `id=alias=alias`.
    fn check(input: &str, documents: &str, expected: &str) {
        let documents: Vec<&str> = documents.split(' ').collect();
        let found = find(input, &documents, |document, names| {
            names.extend(document.split('=').map(Cow::Borrowed));
        });
        let found = match found {
            Found::One(one) => (*one).to_owned(),
            Found::Many(several) => several.into_iter().copied().collect::<Vec<_>>().join(" or "),
            Found::None(near) => format!("none, near: {}", near.join(", ")),
        };
        assert_eq!(found, expected, "{input}");
    }

    #[test]
    fn an_id_is_found_whole_or_by_its_beginning_in_any_case() {
        for input in ["BL-7k3qd", "bl-7K3QD", "7k3qd", "7k", "7", "BL-7K"] {
            check(input, "BL-9qqrt BL-7k3qd EV-h2vkd", "BL-7k3qd");
        }
        check("act", "BL-7k3qd GOAL-activation", "GOAL-activation");
        check("2026-2", "2026-23 2025-24", "2026-23");
    }

    #[test]
    fn several_candidates_are_all_named() {
        check("7k", "BL-7k3qd BL-9qqrt BL-7kxxm", "BL-7k3qd or BL-7kxxm");
        check("7k3qd", "BL-7k3qd EV-7k3qd", "BL-7k3qd or EV-7k3qd");
        check("BL-", "BL-7k3qd BL-9qqrt", "BL-7k3qd or BL-9qqrt");
    }

    #[test]
    fn a_whole_name_wins_over_the_beginning_of_another() {
        check("BL-7k3q", "BL-7k3qd BL-7k3q", "BL-7k3q");
        check("7k3q", "BL-7k3qd BL-7k3q", "BL-7k3q");
        check("goal", "GOAL-x BL-7k3qd=GOAL", "BL-7k3qd=GOAL");
    }

    #[test]
    fn an_alias_is_found_whole_and_an_id_wins_over_it() {
        check("jira-12", "BL-7k3qd=JIRA-12 BL-9qqrt=JIRA-123", "BL-7k3qd=JIRA-12");
        check("JIRA-123", "BL-7k3qd=JIRA-12 BL-9qqrt=JIRA-123", "BL-9qqrt=JIRA-123");
        check("OLD-1", "BL-7k3qd=OLD-1 BL-9qqrt=OLD-1", "BL-7k3qd=OLD-1 or BL-9qqrt=OLD-1");
        check("BL-9qqrt", "BL-7k3qd=BL-9qqrt BL-9qqrt", "BL-9qqrt");
        check("12", "BL-7k3qd=JIRA-12", "none, near: ");
        check("JIRA-1", "BL-7k3qd=JIRA-12", "none, near: ");
    }

    #[test]
    fn of_two_documents_with_one_id_the_first_is_found() {
        check("BL-7k3qd", "BL-7k3qd=a BL-7k3qd=b", "BL-7k3qd=a");
        check("7k", "BL-7k3qd=a BL-7k3qd=b", "BL-7k3qd=a");
    }

    #[test]
    fn a_mistyped_id_brings_those_that_look_alike() {
        check("BL-7k3qb", "BL-9qqrt BL-7k3qd", "none, near: BL-7k3qd");
        check("bl-7kq3d", "BL-7k3qd BL-zzzzz", "none, near: BL-7k3qd");
        check("activatoin", "GOAL-activation", "none, near: GOAL-activation");
        check("222", "BL-22z BL-22d BL-22c BL-22b BL-zzz", "none, near: BL-22b, BL-22c, BL-22d");
    }

    #[test]
    fn what_is_no_id_finds_nothing() {
        for input in ["", " ", "../../etc/passwd", "BL-7k3qd/..", "BL-7\0", "B\u{e4}", "*", "."] {
            check(input, "BL-7k3qd ä2", "none, near: ");
        }
        check(&"7".repeat(10_000), "BL-7k3qd", "none, near: ");
    }
}
