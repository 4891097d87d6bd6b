//! What waits too long although it is worth much, and what was done instead.

use crate::domain::backlog::Backlog;
use crate::domain::date::{Date, days_between};
use crate::domain::entry::Entry;
use crate::domain::kind::Category;

use super::plan::{Worth, worth};

/// How many done items it takes before their ages say what is usual.
pub const FEWEST: usize = 5;

/// The share of done items that were done by the age that counts as usual.
const USUAL: f64 = 0.85;

/// The share of open items that is worth less than what counts as worth much.
const MUCH: f64 = 0.75;

/// Open items that are worth much and wait longer than what was done had to.
#[derive(Debug, Default)]
pub struct Starvation<'a> {
    /// Them, the oldest first.
    pub items: Vec<Starved<'a>>,
    /// The age in days by which 85 % of the done items were done; `None` with too few to tell.
    pub usual_days: Option<i64>,
    /// How many done items have the two days that an age takes.
    pub n_done: usize,
    /// How many have not, or were done before they were created.
    pub n_done_undated: usize,
    /// The value from which an item belongs to the upper quarter; `None` where all are alike.
    pub from_value: Option<f64>,
    /// How many of that quarter do not say when they were created.
    pub n_undated: usize,
}

/// An item that is worth much and waits.
#[derive(Clone, Copy, Debug)]
pub struct Starved<'a> {
    /// The item.
    pub item: &'a Entry,
    /// Its value.
    pub value: f64,
    /// For how many days it has been open.
    pub days: i64,
}

/// What waits too long on `today`, among `open` items.
pub(super) fn starvation<'a>(backlog: &Backlog, open: &[&'a Entry], today: Date) -> Starvation<'a> {
    let done = backlog.items().filter(|item| backlog.category(item) == Category::Done);
    let ages: Vec<Option<i64>> = done.map(age_when_done).collect();
    let mut known: Vec<i64> = ages.iter().copied().flatten().collect();
    known.sort_unstable();
    let n_done = known.len();
    let usual_days = percentile(&known, USUAL).filter(|_| n_done >= FEWEST).copied();
    let valued = open.iter().filter_map(|item| Some((*item, item.number("value")?)));
    let valued: Vec<(&Entry, f64)> = valued.filter(|(_, value)| *value >= 0.0).collect();
    let from_value = much(&valued);
    let much = valued.into_iter().filter(|(_, value)| from_value.is_some_and(|it| *value >= it));
    let mut items = Vec::new();
    let mut n_undated = 0;
    for (item, value) in much {
        let Some(created) = item.date("created") else {
            n_undated += 1;
            continue;
        };
        let days = days_between(created, today);
        if usual_days.is_some_and(|usual| days > usual) {
            items.push(Starved { item, value, days });
        }
    }
    items.sort_by_key(|it| std::cmp::Reverse(it.days));
    let n_done_undated = ages.len() - n_done;
    Starvation { items, usual_days, n_done, n_done_undated, from_value, n_undated }
}

/// The age in days at which an item was done.
fn age_when_done(item: &Entry) -> Option<i64> {
    let days = days_between(item.date("created")?, item.date("done")?);
    (days >= 0).then_some(days)
}

/// The value from which an item belongs to the upper quarter.
fn much(valued: &[(&Entry, f64)]) -> Option<f64> {
    let mut values: Vec<f64> = valued.iter().map(|(_, value)| *value).collect();
    values.sort_by(f64::total_cmp);
    let lowest = *values.first()?;
    percentile(&values, MUCH).copied().filter(|from| *from > lowest)
}

/// The smallest of the ascending values that at least this share does not exceed (nearest rank).
fn percentile<T>(values: &[T], share: f64) -> Option<&T> {
    let rank = (values.len() as f64 * share).ceil() as usize;
    values.get(rank.max(1) - 1)
}

/// How many of the last done items are looked at.
const LAST: usize = 10;

/// What was done last, and what could have been done instead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Delivered {
    /// How many done items that is.
    pub n: usize,
    /// The day on which the first of them was done.
    pub since: Date,
    /// Their mean value and effort.
    pub done: Worth,
    /// The mean value and effort of what else was open when each of them was done; `None` if
    /// nothing was.
    pub open: Option<Worth>,
    /// How many done items are left out, because a number or a day is missing.
    pub n_unmeasured: usize,
}

/// What was done last. `None` if no done item has its day and its numbers.
///
/// The numbers are those of today. What was dropped does not say when, and is left out.
pub(super) fn delivered(backlog: &Backlog) -> Option<Delivered> {
    let kept = backlog.items().filter(|item| backlog.category(item) != Category::Dropped);
    let (done, open): (Vec<&Entry>, Vec<&Entry>) =
        kept.partition(|item| backlog.category(item) == Category::Done);
    let measured = |item: &&Entry| Some((item.date("done")?, item.id().to_owned(), worth(item)?));
    let mut last: Vec<(Date, String, Worth)> = done.iter().filter_map(measured).collect();
    let n_unmeasured = done.len() - last.len();
    last.sort_by(|a, b| (b.0, &b.1).cmp(&(a.0, &a.1)));
    last.truncate(LAST);
    let since = last.last()?.0;
    let of = |item: &&Entry, done: Option<Date>| Other::of(item, done);
    let open = open.iter().filter_map(|item| of(item, None));
    let others = done.iter().filter_map(|item| of(item, Some(item.date("done")?)));
    let others: Vec<Other> = open.chain(others).collect();
    let open = last.iter().filter_map(|(day, id, _)| {
        let was_open = |other: &&Other| other.was_open(*day) && other.id != *id;
        mean(others.iter().filter(was_open).map(|other| other.worth))
    });
    let open = mean(open);
    let done = mean(last.iter().map(|(_, _, worth)| *worth))?;
    Some(Delivered { n: last.len(), since, done, open, n_unmeasured })
}

/// An item that may have been open on a day.
struct Other {
    id: String,
    created: Date,
    done: Option<Date>,
    worth: Worth,
}

impl Other {
    /// An item that was done on a day, or is still open.
    fn of(item: &Entry, done: Option<Date>) -> Option<Self> {
        let (created, worth) = (item.date("created")?, worth(item)?);
        Some(Self { id: item.id().to_owned(), created, done, worth })
    }

    /// Whether it was open at the end of a day.
    fn was_open(&self, day: Date) -> bool {
        self.created <= day && self.done.is_none_or(|done| done > day)
    }
}

fn mean(all: impl Iterator<Item = Worth>) -> Option<Worth> {
    let (mut n, mut sum) = (0.0, Worth { value: 0.0, effort: 0.0 });
    for one in all {
        n += 1.0;
        sum = Worth { value: sum.value + one.value, effort: sum.effort + one.effort };
    }
    (n > 0.0).then(|| Worth { value: sum.value / n, effort: sum.effort / n })
}
