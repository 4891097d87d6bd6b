//! Days to come as views tell them, and what to say where there are none.

use serde_json::{Value, json};

use crate::domain::date::Date;
use crate::domain::forecast::{SHARES, Unfit};
use crate::domain::message::counted;
use crate::domain::outlook::Outlook;
use crate::domain::progress::percent;
use crate::domain::timeline::Coverage;
use crate::render::block::{Block, Cell, Column, Tone};

/// The chance from which on a day is as good as kept.
const LIKELY: f64 = 0.85;

/// The chance below which it is rather not.
const UNLIKELY: f64 = 0.5;

/// What a page says below a table: there is nobody to ask where the days come from.
pub(super) fn on_page(blocks: Vec<Block<'_>>) -> Vec<Block<'_>> {
    let told = |block| match block {
        Block::Footer(line) => Block::Text(line),
        other => other,
    };
    blocks.into_iter().map(told).collect()
}

/// A day, or the word for one that nobody can see.
pub(super) fn cell<'a>(day: Option<Date>) -> Cell<'a> {
    day.map_or(Cell::new("> 20 years", Tone::Bad), |day| Cell::from(day.to_string()))
}

/// The columns of the days by which something is done.
pub(super) fn columns<'a>() -> [Column<'a>; SHARES.len()] {
    SHARES.map(|share| Column::whole(percent(share)).keyed(format!("by_{:.0}", share * 100.0)))
}

/// The cells for them; empty where nothing can be told.
pub(super) fn cells<'a>(days: Option<[Option<Date>; SHARES.len()]>) -> [Cell<'a>; SHARES.len()] {
    days.map_or_else(Default::default, |days| days.map(cell))
}

/// A chance, and how good it is.
pub(super) fn chance<'a>(chance: Option<f64>) -> Cell<'a> {
    let Some(chance) = chance else { return Cell::default() };
    let tone = match chance {
        _ if chance >= LIKELY => Tone::Good,
        _ if chance >= UNLIKELY => Tone::Warn,
        _ => Tone::Bad,
    };
    Cell::new(percent(chance), tone)
}

/// The days for programs: null where nothing can be told, and each null if it is too far away.
pub(super) fn object(days: Option<[Option<Date>; SHARES.len()]>) -> Value {
    let Some([half, likely, sure]) = days else { return Value::Null };
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    json!({ "by_50": day(half), "by_85": day(likely), "by_95": day(sure) })
}

/// What days are drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Basis<'a> {
    /// The open items and the past.
    pub outlook: &'a Outlook<'a>,
    /// How much of the past can be measured.
    pub coverage: Coverage,
    /// The seed of chance.
    pub seed: u64,
}

impl Basis<'_> {
    /// Where the days come from, or why there are none.
    pub(super) fn words(&self) -> String {
        let seed = self.seed;
        let source = match &self.outlook.forecast {
            Ok(forecast) => {
                let items = counted(forecast.n_done() as usize, "item");
                let weeks = counted(forecast.n_weeks(), "week");
                format!(
                    "days from {items} in the last {weeks}, with all that stands above, seed {seed}"
                )
            }
            Err(unfit) => format!("no days: {}", unfit.reason()),
        };
        match self.coverage.n_done - self.coverage.n_dated {
            0 => source,
            1 => format!("{source}; 1 done item has no day"),
            n => format!("{source}; {n} of {} done items have no day", self.coverage.n_done),
        }
    }

    /// The same for programs.
    pub(super) fn object(&self) -> Value {
        let done: u32 = self.outlook.flow.done.iter().sum();
        json!({
            "seed": self.seed,
            "weeks": self.outlook.flow.done.len(),
            "done": done,
            "undated": self.coverage.n_done - self.coverage.n_dated,
            "refused": self.outlook.forecast.as_ref().err().copied().map(refused),
        })
    }
}

/// Why there are no days, for programs.
pub(super) fn refused(unfit: Unfit) -> Value {
    let found = match unfit {
        Unfit::Weeks(n) => Some(n as u64),
        Unfit::Done(n) => Some(u64::from(n)),
        Unfit::Idle => None,
    };
    json!({ "reason": unfit.word(), "found": found, "message": unfit.reason() })
}
