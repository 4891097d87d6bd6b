//! A key is neither a field nor declared as one.

use super::super::{Check, Fixes, Inspection, Rule};
use crate::domain::config::Severity;
use crate::domain::document::Value;
use crate::domain::entry::Entry;
use crate::domain::finding::Replacement;
use crate::domain::problem::{Problem, ProblemKind};
use crate::domain::suggest;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "FM013",
    name: "unknown-field",
    summary: "A key is neither a field nor declared as one",
    why: "A slip of the pen hides the value that it was to set.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          efort: 3\n\
          ---\n",
    good: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          effort: 3\n\
          ---\n",
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::Unsafe,
    check: Check::Problem(ProblemKind::UnknownField, Some(mend)),
};

/// Writes the field that was probably meant, unless the document has it already.
fn mend(
    at: &Inspection<'_>,
    entry: &Entry,
    problem: &Problem,
) -> Option<(String, Vec<Replacement>)> {
    let key = problem.span.of(entry.document.text());
    let known = entry.kind.fields.iter().map(|field| field.name);
    let meant = suggest::nearest(key, known.chain(at.backlog.config.fields.keys()))?;
    let replacement = Replacement { span: problem.span, text: meant.to_owned() };
    // A value that does not fit there would make an error of a warning.
    let field = entry.field_type(meant, &at.backlog.config)?;
    let value = entry.document.get(key)?.value();
    let fits = !field.is_link() && field.is_list() == matches!(value, Value::Sequence(..));
    let is_free = entry.document.get(meant).is_none() && fits;
    is_free.then(|| (format!("rename it to '{meant}'"), vec![replacement]))
}
