//! The size of a persona is no count.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::kind::PERSONA;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "RC014",
    name: "persona-size",
    summary: "The size of a persona is not how many they are",
    why: "Size says how many people a persona stands for, so that three interviews can be held against three of three hosts or against three of three thousand households. Without a number, or with one below zero, it says nothing.",
    bad: "%% personas/PER-host.md\n\
          ---\n\
          id: PER-host\n\
          title: The host with a cold cellar\n\
          status: active\n\
          size: -3\n\
          ---\n",
    good: "%% personas/PER-host.md\n\
           ---\n\
           id: PER-host\n\
           title: The host with a cold cellar\n\
           status: active\n\
           size: 3 hosts\n\
           ---\n",
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(_: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let persona = subject.entry;
    if !std::ptr::eq(persona.kind, &PERSONA) {
        return;
    }
    let Some(size) = persona.text("size").filter(|it| !it.trim().is_empty()) else { return };
    let what = match (has_number(&size), is_below_zero(&size)) {
        (_, true) => "below zero",
        (false, _) => "no number",
        (true, false) => return,
    };
    let message = format!("size is {}, which is {what}", size.trim());
    let hint = format!("git backlog set {} size='3 hosts'", persona.id());
    reports.push(Report::at_field(persona, "size", message).hint(hint));
}

fn has_number(size: &str) -> bool {
    size.bytes().any(|byte| byte.is_ascii_digit())
}

fn is_below_zero(size: &str) -> bool {
    let rest = size.trim().strip_prefix(['-', '−']);
    rest.is_some_and(|rest| rest.trim_start().starts_with(|it: char| it.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_holds_a_number_that_is_not_below_zero() {
        let fits = |size: &str| has_number(size) && !is_below_zero(size);
        for size in ["0", "3", "58 households", "~1,200", "about 40–60 a year", "12.5"] {
            assert!(fits(size), "{size}");
        }
        for size in ["-3", " − 3 hosts", "many", "–"] {
            assert!(!fits(size), "{size}");
        }
    }
}
