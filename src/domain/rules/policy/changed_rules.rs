//! The rules themselves changed.

use super::super::{Check, Fixes, Inspection, Rule};
use crate::domain::config::Config;
use crate::domain::config::Severity;
use crate::domain::finding::Report;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "PO003",
    name: "changed-rules",
    summary: "The settings that findings are judged by changed",
    why: "A change that makes its own findings disappear has to be seen. Until it is merged, the settings of the state before it count.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          ---\n\
          %% config.yml\n\
          rules: {RK002: off}\n\
          %% base items/BL-7k3qd-guest-checkout.md\n\
          ---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          ---\n\
          %% base config.yml\n\
          rules: {RK002: error}\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: task\n\
           status: ready\n\
           rank: mbbb\n\
           ---\n\
           %% config.yml\n\
           rules: {RK002: off}\n\
           %% base items/BL-7k3qd-guest-checkout.md\n\
           ---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: task\n\
           status: ready\n\
           rank: mbbb\n\
           ---\n\
           %% base config.yml\n\
           rules: {RK002: off}\n",
    severity: Severity::Info,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Backlog(check),
};

fn check(at: &Inspection<'_>, reports: &mut Vec<Report>) {
    let Some(since) = at.since else { return };
    let (before, after) = (&since.base.config, &at.backlog.config);
    for message in differences(before, after) {
        let hint = "until this is merged, the settings before it count";
        reports.push(Report::at_settings(message).hint(hint));
    }
}

/// What is judged differently.
fn differences(before: &Config, after: &Config) -> Vec<String> {
    let mut messages = Vec::new();
    if before.preset != after.preset {
        let (before, after) = (before.preset.word(), after.preset.word());
        messages.push(format!("preset: {before} → {after}"));
    }
    let mut words: Vec<&str> = before.rules.keys().chain(after.rules.keys()).collect();
    words.sort_unstable();
    words.dedup();
    for word in words {
        let text = |config: &Config| config.rules.get(word).map(|it| it.to_string());
        let (before, after) = (text(before), text(after));
        if before != after {
            let text = |it: Option<String>| it.unwrap_or_else(|| "as the preset".to_owned());
            messages.push(format!("rules.{word}: {} → {}", text(before), text(after)));
        }
    }
    type Part = fn(&Config) -> String;
    let parts: [(&str, Part); 7] = [
        ("statuses", |config| format!("{:?}", config.statuses)),
        ("fields", |config| format!("{:?}", config.fields)),
        ("ready", |config| format!("{:?}", config.ready)),
        ("done", |config| format!("{:?}", config.done)),
        ("policy", |config| format!("{:?}", config.policy)),
        ("criteria", |config| format!("{:?}", config.criteria)),
        ("types", |config| format!("{:?}", config.types)),
    ];
    let changed = parts.iter().filter(|(_, part)| part(before) != part(after));
    messages.extend(changed.map(|(key, _)| format!("{key} is another")));
    messages
}
