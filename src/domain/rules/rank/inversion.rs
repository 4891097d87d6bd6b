//! Something far better stands far below.

use std::collections::HashSet;

use super::super::{Check, Fixes, Inspection, Parameter, Rule};
use crate::domain::config::Severity;
use crate::domain::entry::Entry;
use crate::domain::finding::Report;
use crate::domain::kind::Category;
use crate::domain::message::counted;
use crate::domain::score::Scoring;
use crate::domain::select;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "RK005",
    name: "value-inversion",
    summary: "An item far below is worth far more for its effort",
    why: "Of two items that can be swapped, the one with more value for its effort goes first: that is the order with the least cost of delay (Smith 1956; CD3, Reinertsen 2009). One that is far better and far below was probably forgotten. Items that wait, that others wait for, or that have a due day stand where they do for another reason.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          value: 2\n\
          effort: 8\n\
          ---\n\
          %% items/BL-9qqrb-a.md\n\
          ---\n\
          id: BL-9qqrb\n\
          title: Orders of a farm\n\
          type: task\n\
          status: ready\n\
          rank: mcbb\n\
          value: 3\n\
          effort: 3\n\
          ---\n\
          %% items/BL-9qqrc-a.md\n\
          ---\n\
          id: BL-9qqrc\n\
          title: Orders of a host\n\
          type: task\n\
          status: ready\n\
          rank: mccb\n\
          value: 3\n\
          effort: 3\n\
          ---\n\
          %% items/BL-9qqrd-a.md\n\
          ---\n\
          id: BL-9qqrd\n\
          title: Orders of a household\n\
          type: task\n\
          status: ready\n\
          rank: mcdb\n\
          value: 3\n\
          effort: 3\n\
          ---\n\
          %% items/BL-9qqrf-a.md\n\
          ---\n\
          id: BL-9qqrf\n\
          title: Orders of an office\n\
          type: task\n\
          status: ready\n\
          rank: mcfb\n\
          value: 3\n\
          effort: 3\n\
          ---\n\
          %% items/BL-9qqrg-a.md\n\
          ---\n\
          id: BL-9qqrg\n\
          title: Orders of a school\n\
          type: task\n\
          status: ready\n\
          rank: mcgb\n\
          value: 3\n\
          effort: 3\n\
          ---\n\
          %% items/BL-9qqrh-a.md\n\
          ---\n\
          id: BL-9qqrh\n\
          title: Orders of a bakery\n\
          type: task\n\
          status: ready\n\
          rank: mchb\n\
          value: 3\n\
          effort: 3\n\
          ---\n\
          %% items/BL-9qqrj-a.md\n\
          ---\n\
          id: BL-9qqrj\n\
          title: Orders of a clinic\n\
          type: task\n\
          status: ready\n\
          rank: mcjb\n\
          value: 3\n\
          effort: 3\n\
          ---\n\
          %% items/BL-9qqrk-a.md\n\
          ---\n\
          id: BL-9qqrk\n\
          title: Orders of a shop\n\
          type: task\n\
          status: ready\n\
          rank: mckb\n\
          value: 3\n\
          effort: 3\n\
          ---\n\
          %% items/BL-9qqrm-a.md\n\
          ---\n\
          id: BL-9qqrm\n\
          title: Orders of a club\n\
          type: task\n\
          status: ready\n\
          rank: mcmb\n\
          value: 3\n\
          effort: 3\n\
          ---\n\
          %% items/BL-zvtx5-mail.md\n\
          ---\n\
          id: BL-zvtx5\n\
          title: Confirm by mail\n\
          type: task\n\
          status: ready\n\
          rank: mdbb\n\
          value: 8\n\
          effort: 1\n\
          ---\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: task\n\
           status: ready\n\
           rank: mbbb\n\
           value: 8\n\
           effort: 2\n\
           ---\n\
           %% items/BL-zvtx5-mail.md\n\
           ---\n\
           id: BL-zvtx5\n\
           title: Confirm by mail\n\
           type: task\n\
           status: ready\n\
           rank: mdbb\n\
           value: 3\n\
           effort: 3\n\
           ---\n",
    severity: Severity::Warning,
    parameters: &[
        Parameter {
            name: "ratio",
            default: 4.0,
            summary: "how many times as much value for its effort the lower item has",
        },
        Parameter {
            name: "places",
            default: 10.0,
            summary: "how many places lie between them at least",
        },
    ],
    fixes: Fixes::None,
    check: Check::Backlog(check),
};

/// How many items are told: those that stick out most.
const TOLD: usize = 10;

fn check(at: &Inspection<'_>, reports: &mut Vec<Report>) {
    let limits = (at.number(&RULE, "ratio"), at.number(&RULE, "places") as usize);
    let scoring = Scoring::new(at.config, None, at.today).ok();
    let needed = needed(at);
    let is_movable = |item: &Entry| {
        at.backlog.category(item) == Category::Todo
            && !select::is_blocked(at.backlog, item)
            && !needed.contains(item.path())
            && item.text("due").is_none()
    };
    let open = at.backlog.open_items().enumerate().filter(|(_, item)| is_movable(item));
    let mut items: Vec<Item<'_>> = open
        .filter_map(|(place, entry)| {
            Some(Item { place, entry, worth: worth(scoring.as_ref(), entry)? })
        })
        .collect();
    for _ in 0..TOLD {
        // One item that is far too high is a pair with each good one below it. It is told once,
        // and what is left without it is looked at again.
        let pairs = pairs(&items, limits);
        let most =
            (0..items.len()).max_by_key(|&n| (pairs[n].below + pairs[n].above, items.len() - n));
        let Some(n) = most.filter(|&n| pairs[n].below + pairs[n].above > 0) else { return };
        reports.push(report(&items[n], &pairs[n]));
        items.remove(n);
    }
}

/// The paths of what open items wait for: it stands above them for that, whatever it is worth.
fn needed<'a>(at: &Inspection<'a>) -> HashSet<&'a str> {
    let waiting = at.backlog.open_items();
    let targets = waiting.flat_map(|item| at.targets(item, "depends_on"));
    targets.map(|(_, target)| target.path()).collect()
}

/// An open item that could be moved.
struct Item<'a> {
    place: usize,
    entry: &'a Entry,
    /// Value for effort.
    worth: f64,
}

/// How many items stand in the wrong order with one.
#[derive(Clone, Copy, Default)]
struct Pairs {
    /// Far better ones, far below.
    below: usize,
    /// Far worse ones, far above.
    above: usize,
}

/// Counts the pairs of each item, from the top to the bottom and back.
fn pairs(items: &[Item<'_>], (ratio, places): (f64, usize)) -> Vec<Pairs> {
    let mut worths: Vec<f64> = items.iter().map(|item| item.worth).collect();
    worths.sort_by(f64::total_cmp);
    let up_to = |worth: f64| worths.partition_point(|it| *it <= worth);
    let mut pairs = vec![Pairs::default(); items.len()];
    let (mut seen, mut next) = (Counts::new(worths.len()), 0);
    for (n, item) in items.iter().enumerate() {
        while next < n && items[next].place + places <= item.place {
            seen.add(up_to(items[next].worth));
            next += 1;
        }
        pairs[n].above = seen.sum(up_to(item.worth / ratio));
    }
    let (mut seen, mut next) = (Counts::new(worths.len()), items.len());
    for (n, item) in items.iter().enumerate().rev() {
        while next > n + 1 && item.place + places <= items[next - 1].place {
            next -= 1;
            seen.add(up_to(items[next].worth));
        }
        let least = worths.partition_point(|it| *it < item.worth * ratio);
        pairs[n].below = (items.len() - next) - seen.sum(least);
    }
    pairs
}

/// Counts by place, with the sum of all up to one (Fenwick 1994).
struct Counts(Vec<usize>);

impl Counts {
    fn new(places: usize) -> Self {
        Self(vec![0; places + 1])
    }

    fn add(&mut self, mut place: usize) {
        while place < self.0.len() {
            self.0[place] += 1;
            place += place & place.wrapping_neg();
        }
    }

    fn sum(&self, mut place: usize) -> usize {
        let mut sum = 0;
        while place > 0 {
            sum += self.0[place];
            place &= place - 1;
        }
        sum
    }
}

fn report(item: &Item<'_>, pairs: &Pairs) -> Report {
    let id = item.entry.id();
    let (message, count, way) = match pairs.below >= pairs.above {
        true => (
            "it stands far above items that are worth far more for their effort",
            pairs.below,
            "bottom",
        ),
        false => (
            "it stands far below items that are worth far less for their effort",
            pairs.above,
            "top",
        ),
    };
    let hint = format!(
        "its value for effort is {:.2}, and {} of them: git backlog rank {id} --{way}, or say why not",
        item.worth,
        counted(count, "item"),
    );
    Report::at_field(item.entry, "rank", message).hint(hint)
}

/// The score of an item in the model of the project; `None` without one, or where classes come before
/// scores.
fn worth(scoring: Option<&Scoring>, item: &Entry) -> Option<f64> {
    let (_, worth) = scoring?.score(item).ok()?;
    Some(worth.score()).filter(|score| *score > 0.0 && worth.class == 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::backlog::Backlog;
    use crate::domain::source::SourceFile;

    #[test]
    fn counts_what_counting_pairs_counts() {
        let worths = [3.0, 1.0, 0.5, 8.0, 2.0, 2.0, 0.25, 4.0, 1.0, 9.0, 0.5];
        let file =
            |n: usize| SourceFile { path: format!("items/BL-{n}.md"), text: Ok(String::new()) };
        let backlog = Backlog::parse((0..worths.len()).map(file).collect());
        let entries: Vec<&Entry> = backlog.entries().collect();
        let items: Vec<Item<'_>> = worths
            .iter()
            .enumerate()
            .map(|(n, &worth)| Item { place: n + n / 3, entry: entries[n], worth })
            .collect();
        for (ratio, places) in [(2.0, 1), (4.0, 3), (1.0, 0), (8.0, 5)] {
            let is_pair = |a: &Item<'_>, b: &Item<'_>| {
                a.place < b.place && a.place + places <= b.place && b.worth >= ratio * a.worth
            };
            let counted = pairs(&items, (ratio, places));
            for (n, item) in items.iter().enumerate() {
                let below = items.iter().filter(|other| is_pair(item, other)).count();
                let above = items.iter().filter(|other| is_pair(other, item)).count();
                assert_eq!(
                    (counted[n].below, counted[n].above),
                    (below, above),
                    "{n} {ratio} {places}"
                );
            }
        }
    }
}
