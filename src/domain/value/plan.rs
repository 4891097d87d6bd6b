//! The open items as work: what each is worth, what it takes, and what has to be done before.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::domain::backlog::Backlog;
use crate::domain::entry::Entry;
use crate::domain::graph;
use crate::domain::precedence::Job;

/// Value and effort of an item.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Worth {
    /// Its value, zero or more.
    pub value: f64,
    /// Its effort in points, more than zero.
    pub effort: f64,
}

/// The value and the effort of an item; `None` where one of them is missing or makes no sense.
/// This is what "scored" means everywhere.
pub fn worth(item: &Entry) -> Option<Worth> {
    let (value, effort) = (item.number("value")?, item.number("effort")?);
    (value >= 0.0 && effort > 0.0).then_some(Worth { value, effort })
}

/// Why an item has no [`worth`], in words.
pub fn lack(item: &Entry) -> String {
    let value = lack_of(item, "value", |value| value >= 0.0, "below zero");
    let effort = lack_of(item, "effort", |effort| effort > 0.0, "not above zero");
    [value, effort].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn lack_of(item: &Entry, field: &str, fits: fn(f64) -> bool, wrong: &str) -> Option<String> {
    let Some(text) = item.text(field) else { return Some(format!("no {field}")) };
    match item.number(field) {
        None => Some(format!("{field} '{text}' is no number")),
        Some(number) if !fits(number) => Some(format!("{field} {text} is {wrong}")),
        Some(_) => None,
    }
}

/// The open items that are asked for, with what binds their order.
///
/// Invariant: `items`, `jobs` and `needs` are of one length, and `needs` runs in no circle.
#[derive(Debug, Default)]
pub struct Plan<'a> {
    /// The scored items, as they are listed.
    pub items: Vec<&'a Entry>,
    /// What each is worth, as weight, and what it takes, as size.
    pub jobs: Vec<Job>,
    /// For each item, the others that have to be done before: those that it names, and those that
    /// stand behind an open item that is not among them.
    pub needs: Vec<Vec<usize>>,
    /// The items without a value or an effort, as they are listed.
    pub unscored: Vec<&'a Entry>,
    /// How many items wait for themselves, round a circle. What binds them to each other is left
    /// out, because no order would do.
    pub n_in_circles: usize,
    /// Every open item, as it is listed.
    open: Vec<&'a Entry>,
    /// For each open item, those that it names.
    open_needs: Vec<Vec<usize>>,
    /// The place of each scored item among the open ones, ascending.
    places: Vec<usize>,
    /// For each open item, when its turn comes if all are worked off.
    turns: Vec<usize>,
}

impl<'a> Plan<'a> {
    /// The plan of the open items for which `is_asked` holds.
    pub fn of(backlog: &'a Backlog, is_asked: impl Fn(&Entry) -> bool) -> Self {
        let open: Vec<&Entry> = backlog.open_items().collect();
        let mut open_needs = needs(backlog, &open);
        let n_in_circles = straighten(&mut open_needs);
        let mut plan = Self { n_in_circles, ..Self::default() };
        let mut numbers: Vec<Option<usize>> = vec![None; open.len()];
        for (place, item) in open.iter().enumerate().filter(|(_, item)| is_asked(item)) {
            let Some(worth) = worth(item) else {
                plan.unscored.push(item);
                continue;
            };
            numbers[place] = Some(plan.items.len());
            plan.places.push(place);
            plan.items.push(item);
            plan.jobs.push(Job { weight: worth.value, size: worth.effort });
        }
        plan.needs = contracted(&open_needs, &numbers, &plan.places);
        let listed: Vec<usize> = (0..open.len()).collect();
        plan.turns = vec![0; open.len()];
        for (turn, place) in ready_first(&listed, &open_needs).into_iter().enumerate() {
            plan.turns[place] = turn;
        }
        Self { open, open_needs, ..plan }
    }

    /// The order in which a team works the items off that always takes the first one of `listed`
    /// for which nothing is missing. It is `listed` itself where nothing stands above what it
    /// waits for.
    pub fn worked_off(&self, listed: &[usize]) -> Vec<usize> {
        ready_first(listed, &self.needs)
    }

    /// The scored items that stand above one that they wait for.
    pub fn above_what_they_need(&self) -> impl Iterator<Item = usize> {
        let is_above = |item: usize| self.needs[item].iter().any(|&needed| needed > item);
        (0..self.items.len()).filter(move |&item| is_above(item))
    }

    /// All open items that have to move up for `item` to stand above `above`: itself, and what it
    /// waits for and is listed below `above`, scored or not.
    pub fn risen_with(&self, item: usize, above: usize) -> Company<'a> {
        let from = self.places[above];
        self.company(self.places[item], &self.open_needs, |place| place > from)
    }

    /// All open items that have to move down for `item` to stand below `below`: itself, and what
    /// waits for it and is listed above `below`.
    pub fn sunk_with(&self, item: usize, below: usize) -> Company<'a> {
        let to = self.places[below];
        self.company(self.places[item], &reversed(&self.open_needs), |place| place < to)
    }

    /// What can be reached from an open item and has a place that fits, and itself.
    fn company(
        &self,
        from: usize,
        edges: &[Vec<usize>],
        fits: impl Fn(usize) -> bool,
    ) -> Company<'a> {
        let mut is_reached = vec![false; self.open.len()];
        let mut next = vec![from];
        while let Some(at) = next.pop() {
            if !std::mem::replace(&mut is_reached[at], true) {
                next.extend(edges[at].iter().copied());
            }
        }
        let is_meant = |&place: &usize| is_reached[place] && (place == from || fits(place));
        let mut places: Vec<usize> = (0..self.open.len()).filter(is_meant).collect();
        places.sort_by_key(|&place| self.turns[place]);
        Company {
            entries: places.iter().map(|&place| self.open[place]).collect(),
            scored: places
                .iter()
                .filter_map(|place| self.places.binary_search(place).ok())
                .collect(),
        }
    }
}

/// Items that move together.
#[derive(Clone, Debug, Default)]
pub struct Company<'a> {
    /// All of them, in the order in which they can be done.
    pub entries: Vec<&'a Entry>,
    /// The numbers of the scored ones, in the same order.
    pub scored: Vec<usize>,
}

/// `listed` in the order that always takes the first one for which nothing is missing; `needs` may
/// not run in a circle.
fn ready_first(listed: &[usize], needs: &[Vec<usize>]) -> Vec<usize> {
    let mut place = vec![0; needs.len()];
    listed.iter().enumerate().for_each(|(at, &item)| place[item] = at);
    let mut missing: Vec<usize> = needs.iter().map(Vec::len).collect();
    let waiting = reversed(needs);
    let free = (0..needs.len()).filter(|&item| missing[item] == 0);
    let mut free: BinaryHeap<Reverse<usize>> = free.map(|item| Reverse(place[item])).collect();
    let mut order = Vec::with_capacity(listed.len());
    while let Some(Reverse(at)) = free.pop() {
        order.push(listed[at]);
        for &item in &waiting[listed[at]] {
            missing[item] -= 1;
            if missing[item] == 0 {
                free.push(Reverse(place[item]));
            }
        }
    }
    order
}

/// The edges the other way round.
fn reversed(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut reversed = vec![Vec::new(); edges.len()];
    for (from, list) in edges.iter().enumerate() {
        list.iter().for_each(|&to: &usize| reversed[to].push(from));
    }
    reversed
}

/// For each open item, the places of the open ones that it waits for: by its own `depends_on`, and
/// by `blocks` of the other.
fn needs(backlog: &Backlog, open: &[&Entry]) -> Vec<Vec<usize>> {
    let place_of = |id: &str| {
        let other = backlog.called(id).filter(|other| other.kind.is_ranked())?;
        Some(backlog.position(other)? - 1)
    };
    let mut needs: Vec<Vec<usize>> = vec![Vec::new(); open.len()];
    for (place, item) in open.iter().enumerate() {
        needs[place].extend(item.links("depends_on").iter().filter_map(|id| place_of(id)));
        for blocked in item.links("blocks").iter().filter_map(|id| place_of(id)) {
            needs[blocked].push(place);
        }
    }
    for list in &mut needs {
        list.sort_unstable();
        list.dedup();
    }
    needs
}

/// Takes out what binds the members of a circle to each other, and says how many these are.
fn straighten(needs: &mut [Vec<usize>]) -> usize {
    let mut circle: Vec<Option<usize>> = vec![None; needs.len()];
    let is_circle = |members: &Vec<usize>| {
        members.len() > 1 || members.first().is_some_and(|&one| needs[one].contains(&one))
    };
    let circles: Vec<Vec<usize>> = graph::components(needs).into_iter().filter(is_circle).collect();
    for (number, members) in circles.iter().enumerate() {
        members.iter().for_each(|&member| circle[member] = Some(number));
    }
    for (item, list) in needs.iter_mut().enumerate() {
        list.retain(|&needed| circle[item].is_none() || circle[item] != circle[needed]);
    }
    circles.iter().map(Vec::len).sum()
}

/// The needs of the numbered items alone: what lies between two of them is passed through.
fn contracted(
    needs: &[Vec<usize>],
    numbers: &[Option<usize>],
    places: &[usize],
) -> Vec<Vec<usize>> {
    let mut seen_by = vec![usize::MAX; needs.len()];
    let mut of = |place: usize| {
        let mut found = Vec::new();
        let mut next = needs[place].clone();
        while let Some(at) = next.pop() {
            if std::mem::replace(&mut seen_by[at], place) == place {
                continue;
            }
            match numbers[at] {
                Some(number) => found.push(number),
                None => next.extend(needs[at].iter().copied()),
            }
        }
        found.sort_unstable();
        found
    };
    places.iter().map(|&place| of(place)).collect()
}
