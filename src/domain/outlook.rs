//! When what is planned will be done: the open items in their order, and the pace of the past.
//!
//! What stands above is done first, so that a number of items is done when the last of them is, and
//! with it all that stands above it. Items are counted; those with parts are not, their parts are.

use std::collections::HashSet;

use super::backlog::Backlog;
use super::date::{Date, WEEK, days_between};
use super::entry::Entry;
use super::forecast::{Flow, Forecast, LIMIT, SHARES, Spread, Unfit};
use super::kind::Category;
use super::timeline::Timeline;

/// The open items, and what their dates are drawn from.
#[derive(Debug)]
pub struct Outlook<'a> {
    /// The open items that count, in their order.
    pub items: Vec<&'a Entry>,
    /// How many items were done and came in, in each week of the past.
    pub flow: Flow,
    /// What dates are drawn from, or why there are none.
    pub forecast: Result<Forecast, Unfit>,
    /// The day on which all is looked at.
    pub today: Date,
}

/// Some of the open items, and how far down the order they reach.
#[derive(Clone, Debug, PartialEq)]
pub struct Reach<'a> {
    /// The items, in their order. Never empty.
    pub items: Vec<&'a Entry>,
    /// How many items are done when the last of them is.
    pub n_to_last: usize,
}

/// By when something is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dates {
    /// In how many weeks, over all futures.
    pub spread: Spread,
    today: Date,
}

impl<'a> Outlook<'a> {
    /// The outlook of a backlog, from its past.
    pub fn of(backlog: &'a Backlog, timeline: &Timeline<'_>, seed: u64) -> Self {
        // What came in and was dropped again makes nothing later.
        let flow = timeline.flow(|life| life.now != Category::Dropped);
        let forecast = Forecast::from(&Flow { added: Vec::new(), ..flow.clone() }, seed);
        Self { items: counted(backlog), flow, forecast, today: timeline.today }
    }

    /// How far down some of the items reach; `None` if none of them is open.
    pub fn reach(&self, is_wanted: impl Fn(&Entry) -> bool) -> Option<Reach<'a>> {
        Reach::of(&self.items, is_wanted)
    }

    /// By when so many items are done.
    ///
    /// # Errors
    ///
    /// If there is too little of a past.
    pub fn dates(&self, n_items: usize) -> Result<Dates, Unfit> {
        Ok(self.dates_of_each(&[n_items])?.remove(0))
    }

    /// The same for several numbers of items at once.
    ///
    /// # Errors
    ///
    /// If there is too little of a past.
    pub fn dates_of_each(&self, n_items: &[usize]) -> Result<Vec<Dates>, Unfit> {
        let forecast = self.forecast.as_ref().map_err(|unfit| *unfit)?;
        let n_items: Vec<u32> = n_items.iter().map(|n| *n as u32).collect();
        let dates = |spread| Dates { spread, today: self.today };
        Ok(forecast.when_each(&n_items).into_iter().map(dates).collect())
    }

    /// By when so many items are done if the scope grows as it did, and how many items come in, in a
    /// week. Only a share of what comes in lands among them. Busy weeks bring more of both, so that what
    /// was done and what came in are drawn together.
    ///
    /// # Errors
    ///
    /// If there is too little of a past.
    pub fn growing(&self, n_items: usize, share: f64, seed: u64) -> Result<(f64, Dates), Unfit> {
        let forecast = Forecast::from(&self.flow, seed)?.with_growth(share);
        let spread = forecast.when(n_items as u32);
        Ok((forecast.growth(), Dates { spread, today: self.today }))
    }
}

impl<'a> Reach<'a> {
    /// How far some of the items reach down an order; `None` if none of them is in it.
    pub fn of(order: &[&'a Entry], is_wanted: impl Fn(&Entry) -> bool) -> Option<Self> {
        let wanted = order.iter().enumerate().filter(|(_, item)| is_wanted(item));
        let (places, items): (Vec<usize>, Vec<&Entry>) = wanted.unzip();
        Some(Self { n_to_last: *places.last()? + 1, items })
    }
}

/// The open items that count, in their order: those with parts do not, their parts do.
pub fn counted(backlog: &Backlog) -> Vec<&Entry> {
    let parents: HashSet<&str> =
        backlog.items().filter_map(|it| backlog.parent(it)).map(Entry::id).collect();
    backlog.open_items().filter(|it| !parents.contains(it.id())).collect()
}

impl Dates {
    /// The last day of the week by which it is done in so large a share of the futures, see
    /// [`Spread::told`]; `None` if that is further away than anybody can see.
    pub fn by(&self, share: f64) -> Option<Date> {
        let weeks = self.spread.told(share);
        let days = jiff::Span::new().days(i64::from(weeks) * WEEK);
        (weeks <= LIMIT).then(|| self.today.checked_add(days).ok())?
    }

    /// The dates for [`SHARES`].
    pub fn told(&self) -> [Option<Date>; 3] {
        SHARES.map(|share| self.by(share))
    }

    /// The chance that it is done by the end of a day.
    pub fn chance_by(&self, day: Date) -> f64 {
        let weeks = days_between(self.today, day).div_euclid(WEEK);
        self.spread.share_up_to(u32::try_from(weeks).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::source::SourceFile;
    use crate::domain::timeline::Reading;

    /// Thirty items that were done one a week, and three that are open.
    fn backlog() -> Backlog {
        let today = Date::constant(2026, 11, 26);
        let file = |name: String, front: String| SourceFile {
            path: format!("items/{name}.md"),
            text: Ok(format!("---\nid: {name}\ntitle: {name}\n{front}---\n")),
        };
        let done = (0..30).map(|week: i64| {
            let day = today.checked_sub(jiff::Span::new().days(week * WEEK)).unwrap();
            file(format!("BL-d{week:02}"), format!("status: done\nstarted: {day}\ndone: {day}\n"))
        });
        let open = ["bbbb", "cccc", "dddd"].map(|rank| {
            let sprint = if rank == "cccc" { "sprint: S1\n" } else { "" };
            file(format!("BL-{rank}"), format!("status: ready\nrank: {rank}\n{sprint}"))
        });
        Backlog::parse(done.chain(open).collect())
    }

    #[test]
    fn items_are_done_with_all_that_stands_above() {
        let backlog = backlog();
        let timeline = Reading::new(&backlog, Date::constant(2026, 11, 26)).finish();
        let outlook = Outlook::of(&backlog, &timeline, 1);
        let reach = outlook.reach(|item| item.text("sprint").is_some()).unwrap();
        assert_eq!((reach.items.len(), reach.n_to_last), (1, 2));
        assert_eq!(outlook.reach(|_| false), None);
        let dates = outlook.dates(reach.n_to_last).unwrap();
        let [half, likely, sure] = dates.told().map(Option::unwrap);
        assert!(half <= likely && likely <= sure, "{dates:?}");
        assert_eq!(dates.chance_by(outlook.today), 0.0);
        assert!(dates.chance_by(likely) >= 0.85 && dates.chance_by(half) < 0.85);
    }

    #[test]
    fn without_a_past_there_is_no_date() {
        let backlog = Backlog::parse(Vec::new());
        let timeline = Reading::new(&backlog, Date::constant(2026, 11, 26)).finish();
        let outlook = Outlook::of(&backlog, &timeline, 1);
        assert_eq!(outlook.dates(1), Err(Unfit::Weeks(0)));
    }
}
