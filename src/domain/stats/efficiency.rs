//! Flow efficiency: which share of the time under way somebody worked, where the statuses tell waiting
//! from working.

use super::Past;
use crate::domain::config::Config;
use crate::domain::date::{Date, days_between};
use crate::domain::diff::{Change, shown};
use crate::domain::kind::Category;
use crate::domain::timeline::Life;

/// How words begin for states in which nobody works.
const WAITING: [&str; 6] = ["wait", "block", "onhold", "paused", "stalled", "readyfor"];

/// Days of work and of waiting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Efficiency {
    /// The statuses in which nobody works.
    pub waiting_statuses: Vec<String>,
    /// Of how many done items it is said.
    pub n_items: usize,
    /// How many days they were worked on.
    pub working: i64,
    /// How many days they waited.
    pub waiting: i64,
}

/// Why it is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmeasured {
    /// No status says that an item is under way and waits.
    NoStatus,
    /// No item was done whose statuses the history tells over a day or more.
    NoItem,
}

impl Efficiency {
    pub(super) fn of(past: &Past<'_, '_>) -> Result<Self, Unmeasured> {
        let config = &past.backlog.config;
        let words = config.statuses.0.iter().map(|(word, _)| word);
        let waiting_statuses: Vec<String> =
            words.filter(|word| is_waiting(word, config)).map(str::to_owned).collect();
        if waiting_statuses.is_empty() {
            return Err(Unmeasured::NoStatus);
        }
        let mut all = Self { waiting_statuses, ..Self::default() };
        for life in past.done() {
            let (working, waiting) = days(life, config);
            all.n_items += usize::from(working + waiting > 0);
            all.working += working;
            all.waiting += waiting;
        }
        if all.n_items > 0 { Ok(all) } else { Err(Unmeasured::NoItem) }
    }

    /// The share of the days on which somebody worked.
    pub fn share(&self) -> f64 {
        self.working as f64 / (self.working + self.waiting).max(1) as f64
    }
}

fn is_waiting(word: &str, config: &Config) -> bool {
    let letters = word.chars().filter(|it| it.is_alphanumeric());
    let plain: String = letters.flat_map(char::to_lowercase).collect();
    let is_doing = config.status(word).is_some_and(|it| it.category == Category::Doing);
    is_doing && WAITING.iter().any(|begin| plain.starts_with(begin))
}

/// How many days an item was worked on, and how many it waited.
fn days(life: &Life<'_>, config: &Config) -> (i64, i64) {
    let set = |it: &(Date, Change)| match &it.1 {
        Change::Set(set) if set.field == "status" => Some((it.0, shown(set.to.as_ref()))),
        _ => None,
    };
    let told: Vec<(Date, String)> = life.told.iter().filter_map(set).collect();
    let (mut working, mut waiting) = (0, 0);
    for pair in told.windows(2) {
        let (from, word) = &pair[0];
        let days = days_between(*from, pair[1].0);
        match config.status(word).map(|it| it.category) {
            Some(Category::Doing) if is_waiting(word, config) => waiting += days,
            Some(Category::Doing) => working += days,
            _ => {}
        }
    }
    (working, waiting)
}
