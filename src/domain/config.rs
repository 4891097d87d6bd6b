//! The settings of a backlog: `config.yml`, typed and strict.
//!
//! Every key has a default, so an empty file is valid. An unknown key or a value of the wrong
//! type is a problem with a place, because a setting that is silently ignored is worse than none.

mod extend;
mod nonsense;
mod ordered;
mod severity;

use std::sync::OnceLock;

use serde::Deserialize;

use super::kind::{Category, FieldType};
use super::problem::{Problem, ProblemKind};
use super::span::{Position, Span};
use super::suggest;
use super::wording::{Class, Lexicon};
pub use extend::{SettingsProblem, extended};
pub use ordered::Ordered;
pub use severity::{Preset, RuleDetail, RuleSetting, Severity};

/// All settings.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// How ids are made.
    pub id: Ids,
    /// The types of items, in the order in which they are offered.
    pub types: Types,
    /// The statuses of items, in the order of the flow of work.
    pub statuses: Statuses,
    /// Fields that this project adds to items.
    pub fields: Ordered<CustomField>,
    /// How items are scored.
    pub score: Score,
    /// How acceptance criteria are found and judged.
    pub criteria: Criteria,
    /// Another file with settings, below the folder of the backlog; this file goes before it.
    pub extends: Option<String>,
    /// How severe findings are unless `rules` says otherwise.
    pub preset: Preset,
    /// Settings of rules, by code, name or family.
    pub rules: Ordered<RuleSetting>,
    /// The Definition of Ready.
    pub ready: Definition,
    /// The Definition of Done.
    pub done: Definition,
    /// Who may change what.
    pub policy: Policy,
    /// How commits are made.
    pub commit: Commit,
    /// What effort costs.
    pub budget: Budget,
    /// Named queries, used as `list @name`.
    pub saved: Ordered<String>,
}

/// How ids are made.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Ids {
    /// The letters before the dash.
    pub prefix: String,
    /// How many random characters follow it, 4 to 8.
    pub length: usize,
}

impl Default for Ids {
    fn default() -> Self {
        Self { prefix: "BL".to_owned(), length: 5 }
    }
}

/// The types of items.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct Types(pub Ordered<ItemType>);

/// What a type asks of its items.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ItemType {
    /// Headings that the body must have.
    pub sections: Vec<String>,
    /// Fields that must be set.
    pub fields: Vec<String>,
}

impl Default for Types {
    fn default() -> Self {
        let criteria = || vec![Criteria::default().sections.remove(0)];
        let of = |sections| ItemType { sections, fields: Vec::new() };
        Self(Ordered(vec![
            ("story".to_owned(), of(criteria())),
            ("bug".to_owned(), of(Vec::new())),
            ("task".to_owned(), of(Vec::new())),
            ("spike".to_owned(), of(Vec::new())),
            ("epic".to_owned(), of(Vec::new())),
        ]))
    }
}

/// The statuses of items.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct Statuses(pub Ordered<Status>);

/// A status of items.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Status {
    /// What it means for the flow of work.
    pub category: Category,
    /// The statuses that may follow; empty: any.
    #[serde(default)]
    pub to: Vec<String>,
    /// How many items may be in it at once.
    #[serde(default)]
    pub limit: Option<usize>,
}

impl Default for Statuses {
    fn default() -> Self {
        let of = |word: &str, category| {
            (word.to_owned(), Status { category, to: Vec::new(), limit: None })
        };
        Self(Ordered(vec![
            of("proposed", Category::Todo),
            of("ready", Category::Todo),
            of("in-progress", Category::Doing),
            of("review", Category::Doing),
            of("done", Category::Done),
            of("rejected", Category::Dropped),
        ]))
    }
}

/// A field that a project declares.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomField {
    /// The type of its values.
    #[serde(rename = "type")]
    pub value: FieldType,
    /// What it means.
    #[serde(default)]
    pub summary: String,
    /// The words that it may hold; empty: any.
    #[serde(default)]
    pub values: Vec<String>,
}

/// How items are scored.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Score {
    /// The model: `value-effort`, `wsjf`, `cd3`, `rice`, `ice`, `moscow`, `opportunity`, `custom` or
    /// `manual`.
    pub model: String,
    /// The numbers that a field may have, by field.
    pub scales: Ordered<Vec<f64>>,
    /// The weight in the model `custom`: an expression over fields that are numbers.
    pub custom: Option<String>,
    /// The size in the model `custom`; without one, all items are of one size.
    pub size: Option<String>,
}

impl Default for Score {
    fn default() -> Self {
        Self {
            model: "value-effort".to_owned(),
            scales: Ordered::default(),
            custom: None,
            size: None,
        }
    }
}

/// How acceptance criteria are found and judged.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Criteria {
    /// The headings under which criteria stand.
    pub sections: Vec<String>,
    /// Words that make a criterion vague, by language.
    pub vague: Ordered<Vec<String>>,
    /// These words, ready to be found.
    #[serde(skip)]
    lexicon: OnceLock<Lexicon>,
}

impl Default for Criteria {
    fn default() -> Self {
        let sections = vec!["Acceptance criteria".to_owned()];
        Self { sections, vague: Ordered::default(), lexicon: OnceLock::new() }
    }
}

impl Criteria {
    /// The words that make a criterion vague beside those that ship with the program.
    pub fn vague_words(&self) -> &Lexicon {
        let words = || self.vague.iter().flat_map(|(_, words)| words.iter().map(String::as_str));
        self.lexicon.get_or_init(|| Lexicon::new(Class::Vague, words()))
    }
}

/// A Definition of Ready or of Done.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Definition {
    /// The status from which on it holds; without one, `ready` or `done`.
    pub from: Option<String>,
    /// Codes of rules that must hold: their findings are errors from that status on.
    pub rules: Vec<String>,
    /// Fields that must be set.
    pub fields: Vec<String>,
    /// The most effort that an item may have.
    pub max_effort: Option<f64>,
}

/// Who may change what, by the e-mail address of a commit's author.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// Lists of people, by the name of the list.
    pub teams: Ordered<Vec<String>>,
    /// The people and teams that may change a field, by field.
    pub change: Ordered<Vec<String>>,
    /// The fields whose change asks for a reason.
    pub reason: Vec<String>,
}

/// How commits are made.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Commit {
    /// Whether every change is committed at once.
    pub auto: bool,
    /// Whether messages end with `Backlog: <id>` lines.
    pub trailers: bool,
}

impl Default for Commit {
    fn default() -> Self {
        Self { auto: false, trailers: true }
    }
}

/// What effort costs.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Budget {
    /// The cost of one point of effort.
    pub cost_per_point: Option<f64>,
    /// The currency, as a code of three letters.
    pub currency: Option<String>,
    /// What one point of value brings in a year, where values are meant as money.
    pub value_per_point: Option<f64>,
}

impl Config {
    /// The settings in `text`. With a problem, the defaults stand in for what could not be read,
    /// and a command that writes must refuse.
    pub fn parse(text: &str) -> (Self, Vec<Problem>) {
        let trimmed = text.trim_start_matches('\u{feff}');
        if is_blank(trimmed) {
            return (Self::default(), Vec::new());
        }
        match serde_yaml::from_str::<Self>(trimmed) {
            Ok(config) => {
                let nonsense = config.nonsense().into_iter();
                let problems = nonsense.map(|it| it.problem_in(text)).collect();
                (config, problems)
            }
            Err(error) => (Self::default(), vec![problem_of(&error)]),
        }
    }

    /// These settings, judged as another state judges: its rules and definitions, and the words of
    /// this one. What a change brings in is held against the rules before it.
    #[must_use]
    pub fn judged_as(&self, other: &Self) -> Self {
        let mut config = self.clone();
        config.preset = other.preset;
        config.rules.clone_from(&other.rules);
        config.ready.clone_from(&other.ready);
        config.done.clone_from(&other.done);
        config.policy.clone_from(&other.policy);
        config.criteria.clone_from(&other.criteria);
        for (word, status) in &mut config.statuses.0.0 {
            if let Some(before) = other.statuses.0.get(word) {
                status.clone_from(before);
            }
        }
        for (word, item_type) in &mut config.types.0.0 {
            if let Some(before) = other.types.0.get(word) {
                item_type.clone_from(before);
            }
        }
        config
    }

    /// The status of that word.
    pub fn status(&self, word: &str) -> Option<&Status> {
        self.statuses.0.get(word)
    }

    /// What a status word means for the flow of work; an unknown word counts as not begun, so
    /// that no item is lost from sight.
    pub fn category(&self, status: &str) -> Category {
        self.status(status).map_or(Category::Todo, |status| status.category)
    }

    /// The status that a new item gets: the first of the flow.
    pub fn first_status(&self) -> &str {
        self.statuses.0.keys().next().unwrap_or("proposed")
    }
}

/// Whether a text has nothing but blank lines and comments.
fn is_blank(text: &str) -> bool {
    text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
}

/// The reader's error as a problem with a place and, for a slip of the pen, the word that was
/// meant.
fn problem_of(error: &serde_yaml::Error) -> Problem {
    let place = error.location();
    let text = error.to_string();
    let message = text.split(" at line ").next().unwrap_or(&text);
    let (message, hint) = in_our_words(message);
    let position = place
        .map_or(Position::START, |place| Position { line: place.line(), column: place.column() });
    let kind = ProblemKind::Syntax;
    Problem { kind, message, hint, span: Span::default(), position }
}

/// A message of the reader without the names of its own types, and what to write instead.
fn in_our_words(message: &str) -> (String, Option<String>) {
    if let Some((key, known)) = unknown(message, "unknown field `") {
        let hint = match suggest::nearest(key, known.iter().copied()) {
            Some(near) => format!("did you mean '{near}'?"),
            None => format!("the keys here are {}", known.join(", ")),
        };
        return (format!("unknown key '{key}'"), Some(hint));
    }
    if let Some((word, known)) = unknown(message, "unknown variant `") {
        return (format!("unknown word '{word}'"), Some(suggest::did_you_mean(word, &known)));
    }
    if message.contains("untagged enum RuleSetting") {
        let hint = "write off, info, warning or error, or a mapping with 'severity'";
        return ("not the setting of a rule".to_owned(), Some(hint.to_owned()));
    }
    (message.to_owned(), None)
}

/// The unknown word and the known ones in a message of serde.
fn unknown<'a>(message: &'a str, start: &str) -> Option<(&'a str, Vec<&'a str>)> {
    let (_, rest) = message.split_once(start)?;
    let (word, rest) = rest.split_once('`')?;
    Some((word, rest.split('`').skip(1).step_by(2).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> String {
        let (_, problems) = Config::parse(text);
        let line = |problem: &Problem| {
            let hint = problem.hint.as_deref().unwrap_or("-");
            format!("{}: {} ({hint})", problem.position, problem.message)
        };
        problems.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn an_empty_file_is_valid() {
        for text in ["", "\n\n", "# only a comment\n", "\u{feff}"] {
            let (config, problems) = Config::parse(text);
            assert!(problems.is_empty(), "{text:?}: {problems:?}");
            assert_eq!(config.id.prefix, "BL");
            assert_eq!(config.first_status(), "proposed");
        }
    }

    #[test]
    fn keeps_the_order_of_the_file() {
        let (config, problems) =
            Config::parse("statuses:\n  open: {category: todo}\n  closed: {category: done}\n");
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(config.statuses.0.keys().collect::<Vec<_>>(), ["open", "closed"]);
        assert_eq!(config.category("closed"), Category::Done);
        assert_eq!(config.category("nonsense"), Category::Todo);
    }

    #[test]
    fn points_at_an_unknown_key_and_suggests_the_one_meant() {
        let text = problem("id:\n  prefx: UX\n");
        assert!(text.starts_with("2:3: "), "{text}");
        assert!(text.contains("did you mean 'prefix'?"), "{text}");
    }

    #[test]
    fn reports_values_without_sense() {
        assert!(problem("id: {length: 3}\n").contains("id.length is 3, not 4 to 8"));
        assert!(
            problem("statuses: {a: {category: todo, to: [b]}}\n")
                .contains("'b', which is no status")
        );
        assert!(problem("fields: {value: {type: number}}\n").contains("is a field already"));
        assert!(problem("rules: {AC01: off}\n").contains("rules.AC01 names no rule (did you mean"));
        assert_eq!(problem("rules: {AC001: off, missing-rank: {severity: info}}\n"), "");
    }

    #[test]
    fn says_it_in_the_words_of_the_file() {
        assert_eq!(
            problem("rules:\n  AC001: {severity: of}\n"),
            "2:3: not the setting of a rule \
             (write off, info, warning or error, or a mapping with 'severity')"
        );
        assert_eq!(
            problem("statuses:\n  open: {category: finished}\n"),
            "2:20: unknown word 'finished' (use one of todo, doing, done, dropped)"
        );
    }
}
