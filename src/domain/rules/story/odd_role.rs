//! A role is written otherwise than in the other stories.

use std::collections::{BTreeMap, HashMap};

use super::super::{Check, Fixes, Inspection, Rule};
use super::{examples, stories};
use crate::domain::config::Severity;
use crate::domain::entry::Entry;
use crate::domain::finding::{Replacement, Report};
use crate::domain::span::Span;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "ST009",
    name: "odd-role",
    summary: "A role is written otherwise than in the other stories",
    why: "Two spellings of one role look like two kinds of people, and a search for the stories of one finds half of them (Cohn 2004: user roles; INCOSE rule R36: consistent terms).",
    bad: examples!(
        "As a repeat byer, I want to order my last basket again, so that I save time.",
        "9qqrt" "mccc" "As a repeat buyer, I want to keep a list, so that I forget nothing.",
        "4ckrj" "mddd" "As a repeat buyer, I want to see my orders, so that I can return one."
    ),
    good: examples!(
        "As a repeat buyer, I want to order my last basket again, so that I save time.",
        "9qqrt" "mccc" "As a repeat buyer, I want to keep a list, so that I forget nothing.",
        "4ckrj" "mddd" "As a repeat buyer, I want to see my orders, so that I can return one."
    ),
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::Unsafe,
    check: Check::Backlog(check),
};

/// Shorter roles are next to too many others.
const SHORTEST: usize = 6;

/// Longer ones are sentences, and no slip in them makes another role.
const LONGEST: usize = 48;

/// A role as it is written, and where it stands first.
struct Role<'a> {
    name: String,
    entry: &'a Entry,
    span: Span,
    count: usize,
}

fn check(at: &Inspection<'_>, reports: &mut Vec<Report>) {
    let roles = roles(at);
    let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
    let frequent = |role: &&Role<'_>| role.count > 1;
    for (n, role) in roles.iter().enumerate().filter(|(_, role)| frequent(role)) {
        for key in keys(&role.name) {
            by_key.entry(key).or_default().push(n);
        }
    }
    for role in roles.iter().filter(|role| role.count == 1) {
        let keys = keys(&role.name);
        let near = keys.iter().filter_map(|key| by_key.get(key)).flatten();
        let near = near.map(|n| &roles[*n]).filter(|other| is_slip(&role.name, &other.name));
        let Some(usual) = near.max_by_key(|other| (other.count, &other.name)) else { continue };
        let message = format!("the role '{}' is '{}' elsewhere", role.name, usual.name);
        let replacement = Replacement { span: role.span, text: usual.name.clone() };
        let title = format!("write '{}'", usual.name);
        let report = Report::at(role.entry, role.span, message);
        reports.push(report.hint("write each role in one way").fix(title, vec![replacement]));
    }
}

/// The roles of all stories, by name; case makes no difference.
fn roles<'a>(at: &'a Inspection<'_>) -> Vec<Role<'a>> {
    let mut roles: BTreeMap<String, Role<'a>> = BTreeMap::new();
    for (entry, story) in stories(at) {
        let text = entry.document.text();
        let (Some(name), Some(clause)) = (story.role_name(text), story.role) else { continue };
        let span = Span::new(clause.span.start, clause.span.start + name.len());
        let first = || Role { name: name.to_owned(), entry, span, count: 0 };
        if (SHORTEST..=LONGEST).contains(&name.len()) {
            roles.entry(name.to_lowercase()).or_insert_with(first).count += 1;
        }
    }
    roles.into_values().collect()
}

/// What two names have in common if one letter is added, lost, swapped or another: the letters
/// alone, and the same with each one left out.
fn keys(name: &str) -> Vec<String> {
    let letters: Vec<char> = letters(name).collect();
    let without = |skip: usize| {
        let rest = letters.iter().enumerate().filter(move |(n, _)| *n != skip);
        rest.map(|(_, c)| *c).collect::<String>()
    };
    (0..=letters.len()).map(without).collect()
}

fn letters(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// Whether one name may be a slip for the other. A number makes another role, and so does the end
/// of "trainee".
fn is_slip(name: &str, usual: &str) -> bool {
    let has_digit = |name: &str| name.contains(|c: char| c.is_ascii_digit());
    let (a, b): (Vec<char>, Vec<char>) = (letters(name).collect(), letters(usual).collect());
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (rest_a, rest_b) = (&a[same..], &b[same..]);
    let is_other_person = matches!((rest_a, rest_b), (['r'], ['e']) | (['e'], ['r']));
    !has_digit(name) && !has_digit(usual) && !is_other_person
}
