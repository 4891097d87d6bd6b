//! The numbers that a line shows, each behind a few letters, and words behind a sign: `v8 m=must`.

use super::text::NONE;
use crate::domain::assign;
use crate::domain::config::Config;
use crate::domain::entry;
use crate::domain::kind::{FieldType, ITEM};
use crate::domain::score::Scoring;
use crate::domain::suggest;

/// What stands between the letters and a word.
pub(super) const SIGN: char = '=';

/// A number or a word of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its field.
    pub field: String,
    /// What stands before it, which no other column has: letters, and a sign before a word.
    pub label: String,
}

impl Column {
    /// Whether its values are words.
    pub(super) fn is_word(&self) -> bool {
        self.label.ends_with(SIGN)
    }

    /// Whether a value can stand on a line.
    pub(super) fn holds(&self, value: &str) -> bool {
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        match self.is_word() {
            true => !value.is_empty() && value != NONE && value.chars().all(is_plain),
            false => entry::number(value).is_some(),
        }
    }
}

/// Value and effort, and the others that the scores of a project are made of.
pub fn columns(config: &Config, scoring: Option<&Scoring>) -> Vec<Column> {
    let inputs = scoring.into_iter().flat_map(|scoring| &scoring.inputs);
    let inputs = inputs.map(|input| input.field.as_str());
    labelled(["value", "effort"].into_iter().chain(inputs), config)
}

/// The columns of these fields; an error names one that cannot be one, and says what to write.
pub fn named_columns(fields: &[String], config: &Config) -> Result<Vec<Column>, (String, String)> {
    let own = fields.iter().map(|field| field.trim().replace('-', "_"));
    let own: Vec<String> = own.filter(|field| !field.is_empty()).collect();
    if let Some(wrong) = own.iter().find(|field| sign(field, config).is_none()) {
        let known = ITEM.fields.iter().map(|field| field.name).chain(config.fields.keys());
        let known: Vec<&str> = known.filter(|field| sign(field, config).is_some()).collect();
        return Err((wrong.clone(), suggest::did_you_mean(wrong, &known)));
    }
    Ok(labelled(own.iter().map(String::as_str), config))
}

/// What stands before the values of a field; `None` if these cannot stand on a line, or do so anyway.
fn sign(field: &str, config: &Config) -> Option<&'static str> {
    let is_known = ITEM.field(field).is_some() || config.fields.get(field).is_some();
    match assign::field_type(&ITEM, field, config) {
        FieldType::Number => Some(""),
        FieldType::Text if is_known && !matches!(field, "id" | "status" | "title") => Some("="),
        _ => None,
    }
}

/// A label for each field that can have one: the first letters of its name, as few as make it the
/// only one.
fn labelled<'a>(fields: impl Iterator<Item = &'a str>, config: &Config) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for field in fields {
        let Some(sign) = sign(field, config) else { continue };
        if columns.iter().any(|column| column.field == field) {
            continue;
        }
        let letters: String = field.chars().filter(|c| c.is_alphabetic()).collect();
        let is_free =
            |label: &str| columns.iter().all(|column| column.label.trim_end_matches(SIGN) != label);
        let ends = letters.char_indices().skip(1).map(|(at, _)| at).chain([letters.len()]);
        let label =
            ends.map(|end| &letters[..end]).find(|label| !label.is_empty() && is_free(label));
        let label = label.map_or_else(|| longer(&letters, is_free), str::to_owned);
        columns.push(Column { field: field.to_owned(), label: label + sign });
    }
    columns
}

/// The letters, and as many `x` behind them as it takes.
fn longer(letters: &str, is_free: impl Fn(&str) -> bool) -> String {
    let mut label = format!("{letters}x");
    while !is_free(&label) {
        label.push('x');
    }
    label
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_the_first_letters_that_nobody_else_has() {
        let settings = "fields: {v: {type: number}, v2: {type: number}, _: {type: number}, '7': {type: number}}";
        let (config, problems) = Config::parse(settings);
        assert_eq!(problems, []);
        let check = |fields: &str, expected: &str| {
            let columns = labelled(fields.split(' '), &config);
            let labels: Vec<&str> = columns.iter().map(|column| column.label.as_str()).collect();
            assert_eq!(labels.join(" "), expected);
        };
        check("value effort", "v e");
        check("value effort value time_criticality risk_reduction", "v e t r");
        check("value effort impact confidence ease", "v e i c ea");
        check("value v v2 _ 7", "v vx vxx x xx");
    }

    #[test]
    fn the_numbers_of_the_model_are_shown() {
        let labels = |settings: &str| {
            let (config, problems) = Config::parse(settings);
            assert_eq!(problems, []);
            let today = "2026-11-23".parse().unwrap();
            let scoring = Scoring::new(&config, None, today).unwrap();
            let columns = columns(&config, Some(&scoring));
            columns.into_iter().map(|column| column.label + " ").collect::<String>()
        };
        assert_eq!(labels(""), "v e ");
        assert_eq!(labels("score: {model: wsjf}"), "v e t r ");
        assert_eq!(labels("score: {model: rice}"), "v e r i c ");
        assert_eq!(labels("score: {model: moscow}"), "v e m= ");
        assert_eq!(labels("score: {model: cd3}"), "v e u= ");
        assert_eq!(labels("score: {model: manual}"), "v e ");
    }

    #[test]
    fn a_column_is_a_number_or_a_word() {
        let named = |field: &str| named_columns(&[field.to_owned()], &Config::default());
        assert!(named("risk-reduction").is_ok_and(|columns| columns[0].label == "r"));
        assert!(named("assignee").is_ok_and(|columns| columns[0].label == "a="));
        assert_eq!(named("title").unwrap_err().0, "title");
        assert_eq!(named("created").unwrap_err().0, "created");
        assert_eq!(named("valeu").unwrap_err().1, "did you mean 'value'?");
    }
}
