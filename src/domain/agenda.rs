//! The page of a ceremony, filled from the data: what it is for, how long it may take, and what there is
//! to talk about in each part of it.
//!
//! A ceremony is a value in a file of its own and a line in [`CEREMONIES`].

mod daily;
mod facts;
mod planning;
mod refinement;
mod retro;
mod review;
#[cfg(test)]
mod tests;

pub use facts::Facts;

use super::date::WEEK;
use super::entry::Entry;

/// All ceremonies, in the order in which a sprint has them.
pub const CEREMONIES: &[&Ceremony] =
    &[&planning::PLANNING, &daily::DAILY, &refinement::REFINEMENT, &review::REVIEW, &retro::RETRO];

/// The weeks of the longest sprint, a month.
const MONTH: i64 = 4;

/// A ceremony.
#[derive(Debug)]
pub struct Ceremony {
    /// The word for it on the command line.
    pub name: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// What it is for, in a sentence.
    pub purpose: &'static str,
    /// How long it may take.
    pub time: TimeBox,
    /// Which sprint it is about, if nobody names one.
    pub about: About,
    /// What there is to talk about.
    parts: for<'a> fn(&Facts<'a>) -> Vec<Part<'a>>,
}

/// How long a ceremony may take (Scrum Guide 2020).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeBox {
    /// So many minutes for a sprint of a month, less for a shorter one.
    Month(u32),
    /// So many minutes, however long the sprint is.
    Fixed(u32),
    /// It goes on all the time.
    Ongoing,
}

/// Which sprint a ceremony is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The next one that is planned, or else the one that runs.
    Next,
    /// The one that runs, or else the last one that was closed.
    Current,
}

/// A part of a ceremony.
#[derive(Clone, Debug, PartialEq)]
pub struct Part<'a> {
    /// What it is called.
    pub title: &'static str,
    /// What is to be found out in it.
    pub question: &'static str,
    /// Which share of the time it gets, in percent.
    pub share: u32,
    /// What there is to talk about.
    pub points: Vec<Point<'a>>,
    /// What is said if there is nothing.
    pub without: &'static str,
}

/// Something to talk about.
#[derive(Clone, Debug, PartialEq)]
pub struct Point<'a> {
    /// The document that it is about.
    pub entry: Option<&'a Entry>,
    /// What is said.
    pub told: String,
}

impl<'a> Point<'a> {
    /// Something about a document; empty if its name says it all.
    fn of(entry: &'a Entry, told: impl Into<String>) -> Self {
        Self { entry: Some(entry), told: told.into() }
    }

    /// Something about no document.
    fn words(told: impl Into<String>) -> Self {
        Self { entry: None, told: told.into() }
    }
}

/// The page of a ceremony.
#[derive(Debug)]
pub struct Agenda<'a> {
    /// The ceremony.
    pub ceremony: &'static Ceremony,
    /// The record of the sprint that it is about.
    pub sprint: Option<&'a Entry>,
    /// How many minutes it may take; `None` if it has no end.
    pub minutes: Option<u32>,
    /// Its parts, in their order.
    pub parts: Vec<Part<'a>>,
}

impl Ceremony {
    /// The ceremony of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        CEREMONIES.iter().copied().find(|it| it.name == name)
    }

    /// Its page.
    pub fn agenda<'a>(&'static self, facts: &Facts<'a>) -> Agenda<'a> {
        Agenda {
            ceremony: self,
            sprint: facts.sprint().map(|it| it.record),
            minutes: self.time.minutes(facts.n_days()),
            parts: (self.parts)(facts),
        }
    }
}

impl TimeBox {
    /// How many minutes it is in a sprint of so many days; of a month if nobody knows.
    pub fn minutes(self, n_days: Option<i64>) -> Option<u32> {
        match self {
            Self::Fixed(minutes) => Some(minutes),
            Self::Ongoing => None,
            Self::Month(minutes) => {
                let weeks = n_days.map_or(MONTH, |days| (days + WEEK - 1).div_euclid(WEEK));
                Some(minutes * weeks.clamp(1, MONTH) as u32 / MONTH as u32)
            }
        }
    }
}

impl Agenda<'_> {
    /// How many minutes a part gets, in steps of five, or of one in a short ceremony.
    pub fn minutes_of(&self, part: &Part<'_>) -> Option<u32> {
        let minutes = self.minutes.filter(|_| part.share > 0)?;
        let step = if minutes >= 60 { 5 } else { 1 };
        Some(((minutes * part.share + 50 * step) / (100 * step) * step).max(step))
    }
}
