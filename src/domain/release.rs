//! Releases: what ships in each, when it will, and what stands in the way.
//!
//! An item belongs to the release that it names, or else to that of the item of which it is a part.
//! Items with parts are not counted, their parts are. A release is done when the last of its open items
//! is, and with it all that stands above that in the order: see [`Outlook`].

mod burn_up;
pub mod notes;
#[cfg(test)]
mod tests;
mod threat;

use std::collections::HashSet;

pub use burn_up::{BurnUp, Mark};
pub use threat::{Threat, Threatened};

use super::backlog::Backlog;
use super::case::{Family, Money, Sum, money};
use super::date::Date;
use super::entry::Entry;
use super::kind::{Category, RELEASE};
use super::outlook::{Dates, Outlook};

/// What belongs to a release, a goal or anything else that items name.
#[derive(Clone, Debug, Default)]
pub struct Contents<'a> {
    /// The items that are done, in the order of their days, those without a day first.
    pub done: Vec<&'a Entry>,
    /// The items that are open, in their order.
    pub open: Vec<&'a Entry>,
    /// The open items that have parts, and are done with these.
    pub wholes: Vec<&'a Entry>,
}

/// A release and how it stands.
#[derive(Debug)]
pub struct Release<'a> {
    /// The record.
    pub record: &'a Entry,
    /// What its status means.
    pub category: Category,
    /// What belongs to it.
    pub contents: Contents<'a>,
    /// What it is worth.
    pub value: Sum,
    /// What it costs.
    pub effort: Sum,
    /// The budget against what it costs.
    pub money: Money,
    /// How many items of the order are done when its last one is; `None` if none of them counts.
    pub n_to_last: Option<usize>,
    /// By when that is; `None` if none of them counts or nothing can be told.
    pub dates: Option<Dates>,
    /// What stands in the way of its open items; those of which nothing does are left out.
    pub threatened: Vec<Threatened<'a>>,
}

impl<'a> Contents<'a> {
    /// Items by what is left to do, of which those with these paths have parts.
    fn of(backlog: &'a Backlog, items: Vec<&'a Entry>, parents: &HashSet<&str>) -> Self {
        let mut contents = Self::default();
        for item in items {
            let has_parts = parents.contains(item.path());
            match (backlog.category(item), has_parts) {
                (Category::Dropped, _) | (Category::Done, true) => {}
                (Category::Done, false) => contents.done.push(item),
                (_, true) => contents.wholes.push(item),
                (_, false) => contents.open.push(item),
            }
        }
        contents.done.sort_by_key(|item| item.date("done"));
        contents
    }

    /// How many items it has that count.
    pub fn n_items(&self) -> usize {
        self.done.len() + self.open.len()
    }

    /// Whether nothing is left to do, and something was.
    pub fn is_done(&self) -> bool {
        self.open.is_empty() && self.wholes.is_empty() && !self.done.is_empty()
    }
}

impl<'a> Release<'a> {
    /// The day on which it is wanted.
    pub fn target(&self) -> Option<Date> {
        self.record.date("target")
    }

    /// The day on which it shipped.
    pub fn shipped(&self) -> Option<Date> {
        self.record.date("shipped").filter(|_| self.category == Category::Done)
    }

    /// The chance that it is done by its target; `None` without one, or if nothing can be told.
    pub fn chance(&self) -> Option<f64> {
        Some(self.dates.as_ref()?.chance_by(self.target()?))
    }

    /// Whether it is past the day on which it is wanted, and not shipped.
    pub fn is_late(&self, today: Date) -> bool {
        self.category.is_open() && self.target().is_some_and(|target| target < today)
    }
}

/// What belongs to one record: a release, or a goal with those below it.
pub fn contents<'a>(backlog: &'a Backlog, record: &'a Entry) -> Contents<'a> {
    Contents::of(backlog, Family::of(backlog).items_of(record), &parents(backlog))
}

/// What belongs to each of several records.
pub fn contents_of_each<'a>(
    backlog: &'a Backlog,
    records: impl IntoIterator<Item = &'a Entry>,
) -> Vec<(&'a Entry, Contents<'a>)> {
    let (family, parents) = (Family::of(backlog), parents(backlog));
    let contents = |it| (it, Contents::of(backlog, family.items_of(it), &parents));
    records.into_iter().map(contents).collect()
}

/// The releases that are planned or shipped: what is to come first, by target, then what has shipped,
/// the last first.
pub fn releases<'a>(backlog: &'a Backlog, outlook: &Outlook<'a>) -> Vec<Release<'a>> {
    let (family, parents) = (Family::of(backlog), parents(backlog));
    let mut releases: Vec<Release<'a>> = backlog
        .of_kind(&RELEASE)
        .filter(|it| backlog.category(it) != Category::Dropped)
        .map(|record| release(backlog, record, &family, &parents, outlook))
        .collect();
    date_each(&mut releases, outlook);
    releases.sort_by_key(|it| {
        let is_over = !it.category.is_open();
        let day = it.shipped().or(it.target());
        // No day comes last.
        (is_over, day.is_none(), day.map(|day| if is_over { !ordinal(day) } else { ordinal(day) }))
    });
    releases
}

/// One release, whatever its status.
pub fn release_of<'a>(
    backlog: &'a Backlog,
    record: &'a Entry,
    outlook: &Outlook<'a>,
) -> Release<'a> {
    let (family, parents) = (Family::of(backlog), parents(backlog));
    let mut one = [release(backlog, record, &family, &parents, outlook)];
    date_each(&mut one, outlook);
    let [one] = one;
    one
}

fn release<'a>(
    backlog: &'a Backlog,
    record: &'a Entry,
    family: &Family<'a>,
    parents: &HashSet<&str>,
    outlook: &Outlook<'a>,
) -> Release<'a> {
    let category = backlog.category(record);
    let items = family.items_of(record);
    let [value, effort] = ["value", "effort"].map(|field| family.sum(record, &items, field));
    let settings = &backlog.config.budget;
    let contents = Contents::of(backlog, items, parents);
    let open: HashSet<&str> = contents.open.iter().map(|it| it.path()).collect();
    let reach = outlook.reach(|item| category.is_open() && open.contains(item.path()));
    Release {
        record,
        category,
        value,
        effort,
        money: money(settings, record.number("budget"), &Sum::default(), &effort),
        n_to_last: reach.map(|it| it.n_to_last),
        dates: None,
        threatened: threat::threatened(backlog, record, &contents, outlook),
        contents,
    }
}

/// The dates of all at once, in the same futures.
fn date_each(releases: &mut [Release<'_>], outlook: &Outlook<'_>) {
    let n_items: Vec<usize> = releases.iter().filter_map(|it| it.n_to_last).collect();
    if n_items.is_empty() {
        return;
    }
    let Ok(dates) = outlook.dates_of_each(&n_items) else { return };
    let counted = releases.iter_mut().filter(|it| it.n_to_last.is_some());
    counted.zip(dates).for_each(|(release, dates)| release.dates = Some(dates));
}

/// The paths of the items of which others are parts, as [`Outlook`] counts them.
fn parents(backlog: &Backlog) -> HashSet<&str> {
    backlog.items().filter_map(|it| backlog.parent(it)).map(Entry::path).collect()
}

/// A day as a number that grows.
fn ordinal(day: Date) -> i64 {
    super::date::days_between(Date::ZERO, day)
}
