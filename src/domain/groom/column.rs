//! The numbers that a line shows, each behind a few letters: `v8 e3`.

use crate::domain::assign;
use crate::domain::config::Config;
use crate::domain::kind::{FieldType, ITEM};
use crate::domain::score::Scoring;
use crate::domain::suggest;

/// A number of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its field.
    pub field: String,
    /// The letters before it, which no other column has.
    pub label: String,
}

/// Value and effort, and the other numbers that the scores of a project are made of.
pub fn columns(config: &Config, scoring: Option<&Scoring>) -> Vec<Column> {
    let inputs = scoring.into_iter().flat_map(|scoring| &scoring.inputs);
    let inputs = inputs.map(|input| input.field.as_str());
    labelled(["value", "effort"].into_iter().chain(inputs).filter(|field| is_number(field, config)))
}

/// The columns of these fields; an error names one that is no number, and says what to write.
pub fn named_columns(fields: &[String], config: &Config) -> Result<Vec<Column>, (String, String)> {
    let own = fields.iter().map(|field| field.trim().replace('-', "_"));
    let own: Vec<String> = own.filter(|field| !field.is_empty()).collect();
    if let Some(wrong) = own.iter().find(|field| !is_number(field, config)) {
        let known = ITEM.fields.iter().map(|field| field.name).chain(config.fields.keys());
        let known: Vec<&str> = known.filter(|field| is_number(field, config)).collect();
        return Err((wrong.clone(), suggest::did_you_mean(wrong, &known)));
    }
    Ok(labelled(own.iter().map(String::as_str)))
}

fn is_number(field: &str, config: &Config) -> bool {
    assign::field_type(&ITEM, field, config) == FieldType::Number
}

/// A label for each field: the first letters of its name, as few as make it the only one.
fn labelled<'a>(fields: impl Iterator<Item = &'a str>) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for field in fields {
        if columns.iter().any(|column| column.field == field) {
            continue;
        }
        let letters: String = field.chars().filter(|c| c.is_alphabetic()).collect();
        let is_free = |label: &str| columns.iter().all(|column| column.label != label);
        let ends = letters.char_indices().skip(1).map(|(at, _)| at).chain([letters.len()]);
        let label =
            ends.map(|end| &letters[..end]).find(|label| !label.is_empty() && is_free(label));
        let label = label.map_or_else(|| longer(&letters, is_free), str::to_owned);
        columns.push(Column { field: field.to_owned(), label });
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
        let check = |fields: &str, expected: &str| {
            let columns = labelled(fields.split(' '));
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
        assert_eq!(labels("score: {model: moscow}"), "v e ");
        assert_eq!(labels("score: {model: manual}"), "v e ");
    }

    #[test]
    fn a_column_is_a_number() {
        let named = |field: &str| named_columns(&[field.to_owned()], &Config::default());
        assert!(named("risk-reduction").is_ok_and(|columns| columns[0].label == "r"));
        assert_eq!(named("titel").unwrap_err().0, "titel");
        assert_eq!(named("valeu").unwrap_err().1, "did you mean 'value'?");
    }
}
