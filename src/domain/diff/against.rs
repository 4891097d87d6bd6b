//! What came into the backlog or moved up although evidence speaks against it.
//!
//! Evidence names the item and not the other way round, so all documents of the state after are
//! asked: this is for a review, and not for every difference.

use std::collections::HashMap;

use super::risk::{Hazard, Risk};
use super::{Change, Diff};
use crate::domain::backlog::Backlog;
use crate::domain::entry::Entry;
use crate::domain::kind::{Category, EVIDENCE};

/// The risks, in the order of the change. `after` is the whole state after it.
pub fn against(diff: &Diff, after: &Backlog) -> Vec<Risk> {
    let mut by_target: HashMap<&str, Vec<&Entry>> = HashMap::new();
    let counts = |it: &&Entry| after.category(it) != Category::Dropped;
    for evidence in after.of_kind(&EVIDENCE).filter(counts) {
        for id in evidence.links("contradicts") {
            if let Some(target) = after.called(&id) {
                by_target.entry(target.id()).or_default().push(evidence);
            }
        }
    }
    let comes_up = |change: &Change| match change {
        Change::Moved(it) => it.is_up(),
        change => *change == Change::Added,
    };
    let risks = |id: &String| -> Vec<Risk> {
        let evidence = by_target.get(id.as_str()).into_iter().flatten();
        let risk = |it: &&Entry| Risk {
            id: id.clone(),
            what: Hazard::Contradicted {
                evidence: it.id().to_owned(),
                title: it.title().into_owned(),
            },
        };
        evidence.map(risk).collect()
    };
    let items = diff.documents.iter().filter(|it| it.kind.is_ranked());
    items.filter(|it| it.changes.iter().any(comes_up)).flat_map(|it| risks(&it.id)).collect()
}
