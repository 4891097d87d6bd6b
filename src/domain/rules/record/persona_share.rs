//! The share of a persona is no part of a whole.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::entry;
use crate::domain::finding::Report;
use crate::domain::kind::PERSONA;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "RC013",
    name: "persona-share",
    summary: "The share of a persona is neither from 0 to 1 nor from 0 % to 100 %",
    why: "A share says which part of all users a persona stands for. A bare 10 may be ten users or ten in a hundred, and whoever weighs personas against each other takes it for the wrong one.",
    bad: "%% personas/PER-host.md\n\
          ---\n\
          id: PER-host\n\
          title: The host with a cold cellar\n\
          status: active\n\
          share: 10\n\
          ---\n",
    good: "%% personas/PER-host.md\n\
           ---\n\
           id: PER-host\n\
           title: The host with a cold cellar\n\
           status: active\n\
           share: 10 %\n\
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
    let Some(share) = persona.text("share").filter(|it| !it.trim().is_empty()) else { return };
    if is_part(&share) {
        return;
    }
    let advice = match entry::number(share.trim()).filter(|it| (0.0..=100.0).contains(it)) {
        Some(_) => format!("{} %", share.trim()),
        None => "10 %".to_owned(),
    };
    let message = format!("share is {}, no part from 0 to 1 and none in percent", share.trim());
    let hint = format!("git backlog set {} share='{advice}'", persona.id());
    reports.push(Report::at_field(persona, "share", message).hint(hint));
}

/// `0.6` or `60 %`; a sign before it may say that it is not exact.
fn is_part(share: &str) -> bool {
    let share = share.trim().trim_start_matches(['~', '≈', '<', '>', '≤', '≥']).trim();
    let (number, whole) = match share.strip_suffix('%') {
        Some(number) => (number.trim_end(), 100.0),
        None => (share, 1.0),
    };
    entry::number(number).is_some_and(|it| (0.0..=whole).contains(&it))
}

#[cfg(test)]
mod tests {
    use super::is_part;

    #[test]
    fn a_share_is_a_part_of_a_whole() {
        for share in ["0", "1", "0.6", "60 %", "60%", "12.5 %", "~5 %", "100 %", "< 1 %"] {
            assert!(is_part(share), "{share}");
        }
        for share in ["10", "1.1", "-0.1", "101 %", "-1 %", "most", "%", "6o %"] {
            assert!(!is_part(share), "{share}");
        }
    }
}
