//! A status, a type or another word is none that the configuration knows.

use super::super::{Check, Fixes, Inspection, Rule};
use crate::domain::config::Severity;
use crate::domain::edit;
use crate::domain::entry::{self, Entry};
use crate::domain::finding::Replacement;
use crate::domain::problem::{Problem, ProblemKind};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "FM012",
    name: "unknown-word",
    summary: "A status, a type or another word is none that the configuration knows",
    why: "An unknown status counts as not begun, which is rarely what was meant.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: Ready\n\
          rank: mbbb\n\
          ---\n",
    good: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          ---\n",
    severity: Severity::Error,
    parameters: &[],
    fixes: Fixes::Safe,
    check: Check::Problem(ProblemKind::UnknownWord, Some(mend)),
};

/// Writes the word as the configuration has it, if only case, dashes and blanks are different.
fn mend(
    at: &Inspection<'_>,
    entry: &Entry,
    problem: &Problem,
) -> Option<(String, Vec<Replacement>)> {
    let text = entry.document.text();
    let pair = entry.document.pairs().iter().find(|pair| pair.value().span() == problem.span)?;
    let key = pair.key(text);
    let written = entry.text(&key)?;
    let letters = |word: &str| -> String {
        word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let known = entry::words(entry.kind, &key, &at.backlog.config);
    let meant = known.iter().find(|known| letters(known) == letters(&written))?;
    let value = edit::Value::Text((*meant).to_owned());
    let after = edit::set(&entry.document, &key, &value, &[]).ok()?;
    Some((format!("write '{meant}'"), vec![Replacement::between(text, &after)]))
}
