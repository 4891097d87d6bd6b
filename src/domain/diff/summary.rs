//! A change in one line: how many items moved, came, were done.

use super::{Act, Change, Diff, DocumentChange};
use crate::domain::kind::Category;
use crate::domain::message::counted;

/// The fields whose change is one of the estimate.
const ESTIMATE: [&str; 2] = ["effort", "estimate_range"];

/// The fields whose change is one of the worth, or of what a score is made of.
const WORTH: [&str; 7] =
    ["value", "time_criticality", "risk_reduction", "reach", "impact", "confidence", "moscow"];

/// The fields whose change is one of the plan.
const PLAN: [&str; 3] = ["sprint", "release", "goal"];

/// The parts of the line, each with its number, those that are 0 left out: `("moved", 3)`.
pub fn counts(diff: &Diff) -> Vec<(&'static str, usize)> {
    let items = || diff.documents.iter().filter(|it| it.kind.is_ranked());
    let having = |test: &dyn Fn(&DocumentChange) -> bool| items().filter(|it| test(it)).count();
    let sets = |fields: &[&str], it: &DocumentChange| {
        it.changes.iter().any(|change| match change {
            Change::Set(set) => fields.contains(&&*set.field),
            _ => false,
        })
    };
    // Whether one of the fields that changed had a value before.
    let had = |fields: &[&str], it: &DocumentChange| {
        it.changes.iter().any(|change| match change {
            Change::Set(set) => fields.contains(&&*set.field) && set.from.is_some(),
            _ => false,
        })
    };
    let acts = |test: fn(&Act) -> bool| {
        let changes = items().flat_map(|it| &it.changes);
        changes.filter(|it| matches!(it, Change::Criterion(it) if test(&it.act))).count()
    };
    let records = |test: &dyn Fn(&DocumentChange) -> bool| {
        diff.documents.iter().filter(|it| !it.kind.is_ranked() && test(it)).count()
    };
    let came = |it: &DocumentChange| it.changes.contains(&Change::Added);
    let went = |it: &DocumentChange| it.changes.contains(&Change::Removed);
    let counts = [
        ("moved", having(&|it| it.changes.iter().any(|it| matches!(it, Change::Moved(_))))),
        ("added", having(&|it| it.changes.contains(&Change::Added))),
        ("removed", having(&|it| it.changes.contains(&Change::Removed))),
        ("done", having(&|it| became(it, Category::Done))),
        ("dropped", having(&|it| became(it, Category::Dropped))),
        ("re-opened", having(&reopened)),
        ("started", having(&|it| became(it, Category::Doing))),
        ("estimated", having(&|it| sets(&ESTIMATE, it) && !had(&ESTIMATE, it))),
        ("re-estimated", having(&|it| sets(&ESTIMATE, it) && had(&ESTIMATE, it))),
        ("valued", having(&|it| sets(&WORTH, it) && !had(&WORTH, it))),
        ("re-valued", having(&|it| sets(&WORTH, it) && had(&WORTH, it))),
        ("re-planned", having(&|it| sets(&PLAN, it))),
        ("criteria added", acts(|it| matches!(it, Act::Added))),
        ("criteria removed", acts(|it| matches!(it, Act::Removed))),
        ("criteria reworded", acts(|it| matches!(it, Act::Reworded { .. }))),
        ("criteria met", acts(|it| matches!(it, Act::Ticked))),
        ("criteria unmet", acts(|it| matches!(it, Act::Unticked))),
        ("records added", records(&came)),
        ("records removed", records(&went)),
        ("records changed", records(&|it| !came(it) && !went(it))),
        ("other files", diff.files.len()),
        ("edited", having(&is_edited)),
        ("re-keyed", having(&|it| is_only(it, &is_key))),
        ("laid out anew", having(&|it| is_only(it, &|it| *it == Change::Layout))),
        ("unreadable", unreadable(diff)),
    ];
    counts.into_iter().filter(|(_, n)| *n > 0).collect()
}

/// The line: `3 moved, 1 re-estimated, 2 criteria removed`.
pub fn line(diff: &Diff) -> String {
    let part = |(word, n): &(&str, usize)| match *word {
        "other files" => counted(*n, "other file"),
        word => match (word.split_once(' '), n) {
            (Some(("criteria", rest)), 1) => format!("1 criterion {rest}"),
            (Some(("records", rest)), 1) => format!("1 record {rest}"),
            _ => format!("{n} {word}"),
        },
    };
    let parts: Vec<String> = counts(diff).iter().map(part).collect();
    match (parts.is_empty(), diff.documents.is_empty()) {
        (false, _) => parts.join(", "),
        (true, true) => "no change".to_owned(),
        (true, false) => format!("{} edited", counted(diff.documents.len(), "document")),
    }
}

/// Whether an item changed in a way that nothing else in the line tells: a title, a label, its text.
fn is_edited(it: &DocumentChange) -> bool {
    let has_told = |change: &Change| match change {
        Change::Set(set) => {
            let fields = [&ESTIMATE[..], &WORTH[..], &PLAN[..]].concat();
            fields.contains(&&*set.field) || set.field == "rank"
        }
        Change::Text { .. } | Change::Renamed { .. } | Change::Layout => false,
        _ => true,
    };
    let is_quiet = |it: &Change| is_key(it) || *it == Change::Layout;
    let (before, after) = it.categories;
    before == after && !it.changes.iter().any(has_told) && !is_only(it, &is_quiet)
}

fn is_only(it: &DocumentChange, is_meant: &dyn Fn(&Change) -> bool) -> bool {
    it.changes.iter().all(is_meant)
}

/// Whether it is a change of the key of a place alone.
fn is_key(change: &Change) -> bool {
    matches!(change, Change::Set(set) if set.field == "rank")
}

/// Whether an item that was there in another category is in this one now.
fn became(it: &DocumentChange, category: Category) -> bool {
    let (before, after) = it.categories;
    before.is_some() && after == Some(category) && before != after && !reopened(it)
}

/// Whether an item that was over is open again.
fn reopened(it: &DocumentChange) -> bool {
    let is_open = |category: Option<Category>| category.map(Category::is_open);
    (is_open(it.categories.0), is_open(it.categories.1)) == (Some(false), Some(true))
}

/// How many documents cannot be read in one of the states.
fn unreadable(diff: &Diff) -> usize {
    let is_unreadable = |it: &&DocumentChange| {
        it.changes.iter().any(|change| matches!(change, Change::Unreadable { .. }))
    };
    diff.documents.iter().filter(is_unreadable).count()
}
