//! What a change does to the dates: both states with the same past and the same chance, so that
//! what differs comes from the plan.

use std::collections::BTreeMap;

use super::{Scope, Target, planned};
use crate::domain::backlog::Backlog;
use crate::domain::date::Date;
use crate::domain::entry::Entry;
use crate::domain::forecast::{SHARES, Unfit};
use crate::domain::outlook::{Dates, Outlook, counted};

/// How far down the order something reaches in one state, and by when that is done.
#[derive(Clone, Debug, PartialEq)]
pub struct Reached {
    /// How many open items it has.
    pub n_items: usize,
    /// How many items are done when they are.
    pub n_to_last: usize,
    /// By when; `None` without enough of a past.
    pub dates: Option<Dates>,
}

/// A sprint, a release or a goal that reaches further down the order than before, or less far.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift<'a> {
    /// Which it is.
    pub record: &'a Entry,
    /// The day on which it should be done.
    pub until: Option<Date>,
    /// How it was; `None` if it had no open item.
    pub before: Option<Reached>,
    /// How it is; `None` if it has none any more.
    pub after: Option<Reached>,
}

/// What a change does to the dates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shifts<'a> {
    /// What is done at another time.
    pub shifts: Vec<Shift<'a>>,
    /// Why there are no dates.
    pub unfit: Option<Unfit>,
}

impl<'a> Shifts<'a> {
    /// What reaches further down or less far than before. Costs no look at the past.
    pub fn of(before: &Backlog, after: &'a Backlog) -> Self {
        let old = planned(before, &counted(before));
        let mut old: BTreeMap<&str, Reached> =
            old.iter().filter_map(|it| Some((record(it)?.id(), Reached::of(it)))).collect();
        let mut shifts = Vec::new();
        for target in planned(after, &counted(after)) {
            let Some(record) = record(&target) else { continue };
            let (before, after) = (old.remove(record.id()), Reached::of(&target));
            if before.as_ref().map(|it| it.n_to_last) != Some(after.n_to_last) {
                shifts.push(Shift { record, until: target.until, before, after: Some(after) });
            }
        }
        // What is still to come and has nothing left to do.
        for (id, before) in old {
            let record = after.called(id).filter(|it| after.category(it).is_open());
            let emptied = |record| Shift { record, until: None, before: Some(before), after: None };
            shifts.extend(record.map(emptied));
        }
        Self { shifts, unfit: None }
    }

    /// Puts the dates in, and leaves out what ends on the same days as before.
    #[must_use]
    pub fn dated(mut self, outlook: &Outlook<'_>) -> Self {
        self.unfit = outlook.forecast.as_ref().err().copied();
        let states = self.shifts.iter_mut().flat_map(|it| [&mut it.before, &mut it.after]);
        let mut states: Vec<&mut Reached> = states.flatten().collect();
        let numbers: Vec<usize> = states.iter().map(|it| it.n_to_last).collect();
        if let Ok(dates) = outlook.dates_of_each(&numbers) {
            states.iter_mut().zip(dates).for_each(|(state, dates)| state.dates = Some(dates));
            self.shifts.retain(Shift::is_felt);
        }
        self
    }
}

impl Reached {
    fn of(target: &Target<'_>) -> Self {
        Self { n_items: target.n_items, n_to_last: target.n_to_last, dates: None }
    }

    /// The day by which it is done in a share of the futures.
    pub fn by(&self, share: f64) -> Option<Date> {
        self.dates.as_ref()?.by(share)
    }
}

impl Shift<'_> {
    /// Whether the day changes by which it is done in one half, or in 85 of 100 futures.
    fn is_felt(&self) -> bool {
        let told =
            |it: &Option<Reached>| it.as_ref().map(|it| (it.by(SHARES[0]), it.by(SHARES[1])));
        told(&self.before) != told(&self.after)
    }

    /// The chances to be done by its day, before and after.
    pub fn chances(&self) -> [Option<f64>; 2] {
        let chance = |it: &Option<Reached>| {
            let dates = it.as_ref()?.dates.as_ref()?;
            Some(dates.chance_by(self.until?))
        };
        [chance(&self.before), chance(&self.after)]
    }
}

fn record<'a>(target: &Target<'a>) -> Option<&'a Entry> {
    match target.scope {
        Scope::Record(record) => Some(record),
        _ => None,
    }
}
