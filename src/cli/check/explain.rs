//! `check --explain`: what the rules are.

use crate::cli::context::Context;
use crate::cli::error::{Failure, exit};
use crate::domain::rules::{self, RULES};
use crate::domain::suggest;
use crate::render::Format;
use crate::render::report::rule::{RuleView, RulesView};

/// Shows one rule, or all of them in one table.
pub(super) fn explain(word: &str, format: Format, cx: &mut Context) -> anyhow::Result<u8> {
    if word == "all" {
        cx.show(&RulesView, format)?;
        return Ok(exit::DONE);
    }
    let Some(rule) = rules::named(word) else {
        let codes: Vec<&str> = RULES.iter().flat_map(|rule| [rule.code, rule.name]).collect();
        let failure = Failure::usage(format!("no rule '{word}'"));
        return Err(failure.hint(suggest::did_you_mean(word, &codes)).into());
    };
    cx.show(&RuleView(rule), format)?;
    Ok(exit::DONE)
}
