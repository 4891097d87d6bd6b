//! Two documents have one id.

use super::super::{Check, Rule};
use crate::domain::backlog::Backlog;
use crate::domain::config::Severity;
use crate::domain::document::Node;
use crate::domain::finding::Report;
use crate::domain::problem::{Problem, ProblemKind};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "ID002",
    name: "duplicate-id",
    summary: "Two documents have one id",
    why: "Every link to the id means one of the two, and nobody can say which. Both are read-only until one has another id.",
    bad: "",
    good: "",
    severity: Severity::Error,
    check: Check::Backlog(check),
};

fn check(backlog: &Backlog, reports: &mut Vec<Report>) {
    for group in backlog.duplicates() {
        let paths: Vec<&str> = group.iter().map(|entry| entry.path()).collect();
        for entry in &group {
            let others: Vec<&str> =
                paths.iter().copied().filter(|path| *path != entry.path()).collect();
            let message = format!("{} is also the id of {}", entry.id(), others.join(", "));
            let span = entry.document.get("id").map(Node::span).unwrap_or_default();
            let problem = Problem::at(ProblemKind::Id, entry.document.text(), span, message);
            let hint = "give one of them a new id and file name, and mend the links to it";
            reports.push(Report::of(entry, problem.hint(hint)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::source::SourceFile;

    #[test]
    fn names_both_files() {
        let file = |name: &str| SourceFile {
            path: format!("items/BL-7k3qd-{name}.md"),
            text: Ok("---\nid: BL-7k3qd\ntitle: A\ntype: task\nstatus: ready\n---\n".to_owned()),
        };
        let backlog = Backlog::parse(vec![file("a"), file("b")]);
        let found: Vec<String> = RULE.findings(&backlog).into_iter().map(|it| it.message).collect();
        assert_eq!(
            found,
            [
                "BL-7k3qd is also the id of items/BL-7k3qd-b.md",
                "BL-7k3qd is also the id of items/BL-7k3qd-a.md"
            ]
        );
    }
}
