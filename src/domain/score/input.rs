//! The fields that scores are made of: how they are read, and what one step on their scale is.

use super::cd3;
use crate::domain::config::Score;
use crate::domain::date::Date;
use crate::domain::entry::{self, Entry};

/// The steps of a number that has no scale of its own: those of planning poker.
const STEPS: [f64; 10] = [0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 20.0, 40.0, 100.0];

/// How much a number beyond these steps changes in one step.
const FACTOR: f64 = 1.5;

/// A field that a model needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Its key.
    pub field: String,
    /// What it may hold.
    pub scale: Scale,
}

/// What a field may hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Scale {
    /// 0 or more.
    NotNegative,
    /// More than 0: what something is divided by.
    Positive,
    /// From one number to another, both included.
    Range(f64, f64),
    /// One of these numbers, ascending.
    Numbers(Vec<f64>),
    /// A word, which stands for a number.
    Words(&'static [(&'static str, f64)]),
    /// A word that says how fast the value is lost, see `cd3.rs`.
    Urgency,
    /// Any number: what a project's own expression makes of it is its own business.
    Any,
}

/// Why an item has no score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lack {
    /// The field that is missing or wrong; `None`: all are there, and together they give no score.
    pub field: Option<String>,
    /// What is wrong, `no effort`.
    pub message: String,
}

/// A way along a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the next smaller number.
    Down,
    /// To the next larger number.
    Up,
}

impl Input {
    /// A field with the scale that the settings give it, or its usual one.
    pub(super) fn new(settings: &Score, field: &str, usual: Scale) -> Self {
        let scale = match settings.scales.get(field) {
            Some(numbers) if !numbers.is_empty() => {
                let mut numbers = numbers.clone();
                numbers.sort_by(f64::total_cmp);
                Scale::Numbers(numbers)
            }
            _ => usual,
        };
        Self { field: field.to_owned(), scale }
    }

    /// A field that holds one of a few words.
    pub(super) fn words(field: &str, words: &'static [(&'static str, f64)]) -> Self {
        Self { field: field.to_owned(), scale: Scale::Words(words) }
    }

    /// The number that an item has for it.
    pub fn read(&self, item: &Entry, today: Date) -> Result<f64, Lack> {
        let lack = |message: String| Lack { field: Some(self.field.clone()), message };
        let field = &self.field;
        let Some(text) = item.text(field) else { return Err(lack(format!("no {field}"))) };
        match &self.scale {
            Scale::Words(words) => {
                let word = words.iter().find(|(word, _)| *word == text);
                word.map(|(_, number)| *number).ok_or_else(|| lack(self.not_one_of(&text, words)))
            }
            Scale::Urgency => cd3::factor(&text, item, today).map_err(lack),
            scale => {
                let Some(number) = entry::number(&text) else {
                    return Err(lack(format!("{field} '{text}' is not a number")));
                };
                match scale.refusal(number) {
                    None => Ok(number),
                    Some(why) => Err(lack(format!("{field} {text} {why}"))),
                }
            }
        }
    }

    fn not_one_of(&self, text: &str, words: &[(&str, f64)]) -> String {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        format!("{} '{text}' is not one of {}", self.field, known.join(", "))
    }

    /// The next number on the scale; `None` at its end.
    pub fn step(&self, value: f64, direction: Direction) -> Option<f64> {
        let next = match &self.scale {
            Scale::Numbers(numbers) => next_of(numbers.iter().copied(), value, direction),
            Scale::Words(words) => next_of(words.iter().map(|(_, it)| *it), value, direction),
            Scale::Urgency => next_of(cd3::PROFILES.iter().map(|(_, it)| *it), value, direction),
            Scale::Range(least, most) if most - least <= 1.0 => {
                // A share: a tenth of the range.
                let tenth = (most - least) / 10.0;
                Some(if direction == Direction::Up { value + tenth } else { value - tenth })
            }
            Scale::Range(..) => {
                Some(if direction == Direction::Up { value + 1.0 } else { value - 1.0 })
            }
            Scale::NotNegative | Scale::Positive | Scale::Any => Some(poker(value, direction)),
        };
        next.filter(|next| *next != value && self.scale.refusal(*next).is_none())
    }
}

impl Scale {
    /// Why a number is not on the scale.
    pub fn refusal(&self, number: f64) -> Option<String> {
        match self {
            Self::NotNegative if number < 0.0 => Some("is negative".to_owned()),
            Self::Positive if number < 0.0 => Some("is negative".to_owned()),
            Self::Positive if number == 0.0 => Some("cannot be divided by".to_owned()),
            Self::Range(least, most) if !(*least..=*most).contains(&number) => {
                Some(format!("is not from {least} to {most}"))
            }
            Self::Numbers(numbers) if !numbers.contains(&number) => {
                let numbers: Vec<String> = numbers.iter().map(f64::to_string).collect();
                Some(format!("is not on the scale {}", numbers.join(", ")))
            }
            _ => None,
        }
    }
}

fn next_of(numbers: impl Iterator<Item = f64>, value: f64, direction: Direction) -> Option<f64> {
    match direction {
        Direction::Up => numbers.filter(|it| *it > value).min_by(f64::total_cmp),
        Direction::Down => numbers.filter(|it| *it < value).max_by(f64::total_cmp),
    }
}

fn poker(value: f64, direction: Direction) -> f64 {
    let beyond = || match direction {
        Direction::Up => value * FACTOR,
        Direction::Down => value / FACTOR,
    };
    let is_beyond = value > STEPS[STEPS.len() - 1];
    next_of(STEPS.into_iter(), value, direction).filter(|_| !is_beyond).unwrap_or_else(beyond)
}
