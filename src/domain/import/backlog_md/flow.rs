//! Statuses and the order, which the other tool keeps in words, numbers and priorities.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::foreign::{Foreign, Holds};
use crate::domain::import::Request;
use crate::domain::kind::Category;
use crate::domain::rank::{self, Place, Rank};

/// The order of the new open items, after those that are here: by ordinal, then by priority, then
/// by age.
pub(super) fn ranks(request: &Request<'_>, foreign: &[Foreign]) -> BTreeMap<String, Rank> {
    let mut order: Vec<_> =
        request.backlog.open_items().map(|item| (item.id(), item.rank())).collect();
    let is_open = |it: &&Foreign| {
        it.holds.kind().is_ranked() && !it.is_known && status(request, it).1.is_open()
    };
    let mut new: Vec<&Foreign> = foreign.iter().filter(is_open).collect();
    new.sort_by_key(|it| {
        let text = |field: &str| it.document.text_of(field).unwrap_or_default().into_owned();
        let ordinal: Option<i64> =
            text("ordinal").parse::<f64>().ok().map(|ordinal| ordinal as i64);
        let priority = match &*text("priority") {
            "high" => 3,
            "medium" => 2,
            "low" => 1,
            _ => 0,
        };
        let is_begun = status(request, it).1 == Category::Doing;
        (
            Reverse(is_begun),
            ordinal.is_none(),
            ordinal,
            Reverse(priority),
            text("created_date"),
            it.alias.clone(),
        )
    });
    let ids: Vec<&str> = new.iter().map(|it| it.id.as_str()).collect();
    order.extend(ids.iter().map(|id| (*id, None)));
    rank::place(&order, &ids, Place::Bottom).unwrap_or_default().into_iter().collect()
}

/// The status here, with its category. Words of the settings count; the usual ones are known.
pub(super) fn status<'a>(request: &Request<'a>, it: &Foreign) -> (&'a str, Category) {
    let config = &request.backlog.config;
    let of_category = |category: Category| {
        let statuses = config.statuses.0.iter();
        statuses.filter(|(_, status)| status.category == category).map(|(word, _)| word).next()
    };
    let first = (config.first_status(), config.category(config.first_status()));
    let foreign = it.document.text_of("status").unwrap_or_default().to_lowercase();
    let words = foreign.replace([' ', '_', '\''], "-").replace("--", "-");
    let category = match &*words {
        "done" | "complete" | "completed" | "closed" => Category::Done,
        "in-progress" | "doing" | "started" | "review" | "in-review" => Category::Doing,
        "won-t-do" | "wont-do" | "cancelled" | "canceled" | "rejected" => Category::Dropped,
        _ => Category::Todo,
    };
    let category = match it.holds {
        Holds::Archive if category != Category::Done => Category::Dropped,
        Holds::Drafts => return first,
        _ => category,
    };
    let own = config.statuses.0.iter().find(|(word, _)| *word == words);
    match own {
        Some((word, status)) if status.category == category => (word, category),
        _ if category == Category::Todo => first,
        _ => of_category(category).map_or(first, |word| (word, category)),
    }
}
