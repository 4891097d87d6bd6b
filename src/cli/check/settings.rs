//! `check --show-config`: the rules as they are set here.

use serde_json::{Value, json};

use crate::domain::backlog::Backlog;
use crate::domain::config::{Config, RuleSetting};
use crate::domain::rules::{RULES, Rule};
use crate::render::block::{Block, Cell, Column, Table};
use crate::render::{Format, View};

/// The rules as they are set.
pub(super) struct SettingsView<'a> {
    /// The backlog whose settings these are.
    pub backlog: &'a Backlog,
}

impl SettingsView<'_> {
    fn config(&self) -> &Config {
        &self.backlog.config
    }

    /// The severity of a rule, and the key of the settings that says so.
    fn setting(&self, rule: &Rule) -> (String, String) {
        let words = [rule.code, rule.name, rule.family()];
        let set = words.iter().find_map(|word| Some((word, self.config().rules.get(word)?)));
        let preset = self.config().preset;
        let of_preset = preset.severity(rule.severity).word().to_owned();
        let Some((word, setting)) = set else {
            return (of_preset, format!("preset {}", preset.word()));
        };
        let says_one = match setting {
            RuleSetting::Severity(_) => true,
            RuleSetting::Detailed(detail) => detail.severity.is_some(),
        };
        let text = if says_one { setting.to_string() } else { format!("{of_preset}, {setting}") };
        (text, format!("rules.{word}"))
    }

    fn parameters(&self, rule: &Rule) -> Vec<(&'static str, f64)> {
        let words = [rule.code, rule.name, rule.family()];
        let settings = || words.iter().filter_map(|word| self.config().rules.get(word));
        let value = |name| settings().find_map(|setting| setting.parameter(name));
        let parameters = rule.parameters.iter();
        parameters.map(|it| (it.name, value(it.name).unwrap_or(it.default))).collect()
    }
}

impl View for SettingsView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let columns = [
            Column::whole("code"),
            Column::whole("name"),
            Column::whole("severity"),
            Column::whole("set by"),
            Column::shrink("parameters"),
        ];
        let mut table = Table::new(columns);
        for rule in RULES {
            let (severity, by) = self.setting(rule);
            let parameters = self.parameters(rule).into_iter();
            let parameters: Vec<String> =
                parameters.map(|(name, value)| format!("{name} = {value}")).collect();
            let parameters = parameters.join(", ");
            table.push([
                Cell::id(rule.code),
                rule.name.into(),
                severity.into(),
                by.into(),
                parameters.into(),
            ]);
        }
        vec![Block::Table(table)]
    }

    fn json(&self) -> Value {
        let rule = |rule: &&Rule| {
            let (severity, set_by) = self.setting(rule);
            let parameters: serde_json::Map<String, Value> = self
                .parameters(rule)
                .into_iter()
                .map(|(name, value)| (name.to_owned(), json!(value)))
                .collect();
            json!({
                "code": rule.code,
                "name": rule.name,
                "severity": severity,
                "set_by": set_by,
                "parameters": parameters,
            })
        };
        let config = self.config();
        let definition = |it: &crate::domain::config::Definition| json!({ "from": it.from, "rules": it.rules, "fields": it.fields, "max_effort": it.max_effort });
        let lists = |it: &crate::domain::config::Ordered<Vec<String>>| -> Value {
            it.iter()
                .map(|(name, list)| (name.to_owned(), json!(list)))
                .collect::<serde_json::Map<_, _>>()
                .into()
        };
        json!({
            "extends": config.extends,
            "preset": config.preset.word(),
            "rules": RULES.iter().map(rule).collect::<Vec<_>>(),
            "ready": definition(&config.ready),
            "done": definition(&config.done),
            "policy": {
                "teams": lists(&config.policy.teams),
                "change": lists(&config.policy.change),
                "reason": config.policy.reason,
            },
            "criteria": { "sections": config.criteria.sections, "vague": lists(&config.criteria.vague) },
        })
    }

    fn rows_key(&self) -> Option<&'static str> {
        Some("rules")
    }

    fn formats(&self) -> &'static [Format] {
        Format::DATA
    }
}
