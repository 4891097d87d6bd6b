//! How long questions to the people behind the backlog wait for an answer, by the days that stand in
//! them.

use super::{Past, Percentiles};
use crate::domain::date::{Date, days_between};
use crate::domain::entry::Entry;
use crate::domain::question::{self, Question};

/// How long questions wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// The days from the question to its first answer, of those answered in the time.
    pub days: Percentiles,
    /// How many answered questions do not say both days.
    pub n_undated: usize,
    /// How many questions are open.
    pub n_open: usize,
    /// For how many days the oldest of them waits, of those that say since when.
    pub oldest: Option<i64>,
}

impl Answers {
    pub(super) fn of(past: &Past<'_, '_>) -> Self {
        let mut answers = Self::default();
        let mut days = Vec::new();
        // Goals have questions too, and no query finds them.
        let is_asked = |it: &&Entry| match it.kind.is_ranked() {
            true => past.wants(it),
            false => past.is_wanted.is_none() && it.kind.field(question::FIELD).is_some(),
        };
        for entry in past.backlog.readable().filter(is_asked) {
            for question in question::answered(entry) {
                match asked_and_answered(&question) {
                    None => answers.n_undated += 1,
                    Some((asked, answered)) if past.period.contains(answered) => {
                        days.push(days_between(asked, answered));
                    }
                    Some(_) => {}
                }
            }
            let open = question::open(entry);
            let waits = |it: &Question| Some(days_between(it.note.on?, past.period.last).max(0));
            answers.n_open += open.len();
            answers.oldest = open.iter().filter_map(waits).chain(answers.oldest).max();
        }
        answers.days = Percentiles::of(days);
        answers
    }
}

/// The two days of an answered question, if it says both and they can be.
fn asked_and_answered(question: &Question) -> Option<(Date, Date)> {
    let (asked, answered) = (question.note.on?, question.answers.first()?.on?);
    (asked <= answered).then_some((asked, answered))
}
