//! How long rank keys grow, and how often more than one file is written.
//!
//! ```text
//! cargo bench --bench rank
//! ```
//!
//! The workloads are deterministic. Each prints its figure beside the bar that it has to keep; the
//! exit code is 1 if one misses its bar.

use std::cell::Cell;
use std::collections::HashMap;
use std::io::{self, Write};
use std::process::ExitCode;

use git_backlog::domain::rank::{self, Place, Rank, Ranked};

/// How often a workload runs with other chances where the median counts.
const RUNS: u64 = 9;

/// A figure, and the most that it may be.
struct Figure {
    name: &'static str,
    value: f64,
    bar: f64,
    note: String,
}

fn main() -> io::Result<ExitCode> {
    let workloads: &[fn() -> Figure] = &[
        appends,
        mix,
        random_inserts,
        moves_without_compact,
        moves_with_compact,
        moves_to_the_top,
        inserts_at_one_spot,
        zig_zag,
        equal_keys_anywhere,
        equal_keys_at_the_top,
        two_inserts_in_one_gap,
        interleaved_blocks,
        moves_of_more_than_one_file,
    ];
    let mut out = io::stdout().lock();
    let mut is_missed = false;
    for workload in workloads {
        let Figure { name, value, bar, note } = workload();
        let verdict = if value <= bar { "ok  " } else { "MISS" };
        is_missed |= value > bar;
        writeln!(out, "{verdict} {name:<52} {value:>8.2}  bar {bar:>8.2}  {note}")?;
    }
    Ok(ExitCode::from(u8::from(is_missed)))
}

/// 10,000 items one after the other, each at the end.
fn appends() -> Figure {
    let mut list = List::new(1);
    for _ in 0..10_000 {
        list.insert(list.len());
    }
    list.lengths("10,000 appends: longest key", 6.0)
}

/// The longest key of a backlog that a team has worked with for a long time.
fn mix() -> Figure {
    let lists: Vec<List> = (0..RUNS).map(mixed).collect();
    let value = median(lists.iter().map(List::longest));
    let note = format!("ever {}", median(lists.iter().map(|list| list.longest_ever)));
    Figure { name: "a realistic mix, 20,000 changes: longest key", value, bar: 10.0, note }
}

/// What a team does: 35 % new items at the end, 15 % at the top, 25 % moves by a few places, 15 % in
/// runs at one spot, 10 % anywhere; done ones leave at the top.
fn mixed(seed: u64) -> List {
    let mut list = List::new(seed);
    let mut n_changes = 0;
    while n_changes < 20_000 {
        let n_items = list.len();
        n_changes += 1;
        // Of 80 changes, 3 runs of 4 on average are 12.
        match list.below(71) {
            0..28 => list.insert(n_items),
            28..40 => list.insert(0),
            40..60 if n_items > 0 => {
                let from = list.below(n_items);
                let to = (from + list.below(11)).saturating_sub(5).min(n_items - 1);
                list.relocate(from, to);
            }
            60..63 => {
                let (at, n_inserts) = (list.below(n_items + 1), 2 + list.below(5));
                (at..at + n_inserts).for_each(|at| list.insert(at));
                n_changes += n_inserts - 1;
            }
            _ => {
                let at = list.below(n_items + 1);
                list.insert(at);
            }
        }
        while list.len() > 250 {
            let done = list.below(10);
            list.items.remove(done);
        }
    }
    list
}

/// 100,000 items, each at a place of chance.
fn random_inserts() -> Figure {
    let mut list = List::new(3);
    for n_items in 0..100_000 {
        let at = list.below(n_items + 1);
        list.insert(at);
    }
    list.lengths("100,000 inserts anywhere: longest key", 18.0)
}

/// 100,000 moves from anywhere to anywhere among 500 items.
fn moves_without_compact() -> Figure {
    let longest = |seed| {
        let mut list = List::of(500, seed);
        for _ in 0..100_000 {
            let (from, to) = (list.below(500), list.below(500));
            list.relocate(from, to);
        }
        list.longest_ever
    };
    let value = median((0..RUNS).map(longest));
    Figure {
        name: "100,000 moves of 500 items: longest key ever",
        value,
        bar: 31.0,
        note: String::new(),
    }
}

/// The same, where keys are shortened as soon as one is longer than the soft limit.
fn moves_with_compact() -> Figure {
    let mut list = List::of(500, 4);
    let (mut n_compacts, mut n_files) = (0, 0);
    for _ in 0..100_000 {
        let (from, to) = (list.below(500), list.below(500));
        list.relocate(from, to);
        if list.items[to].1.as_str().len() > rank::SOFT_LIMIT {
            n_compacts += 1;
            n_files += list.write(rank::compact(&list.order()));
        }
    }
    let note = format!("{n_compacts} times");
    Figure {
        name: "the same, compacted: files of others",
        value: n_files as f64,
        bar: 1_000.0,
        note,
    }
}

/// 100,000 moves, four of five into the top 10.
fn moves_to_the_top() -> Figure {
    let longest = |seed| {
        let mut list = List::of(500, seed);
        for _ in 0..100_000 {
            let from = list.below(500);
            let to = if list.below(5) < 4 { list.below(10) } else { list.below(500) };
            list.relocate(from, to);
        }
        list.longest_ever
    };
    let value = median((0..RUNS).map(longest));
    let name = "100,000 moves, most into the top 10: longest key ever";
    Figure { name, value, bar: 12.0, note: String::new() }
}

/// Items directly below one item, each above the one before.
fn inserts_at_one_spot() -> Figure {
    let mut list = List::of(2, 6);
    let mut longest_of_100 = 0;
    let mut n_inserts = 0;
    while list.longest() <= 32 {
        list.insert(1);
        n_inserts += 1;
        if n_inserts == 100 {
            longest_of_100 = list.longest();
        }
    }
    let note = format!("{n_inserts} until a key is longer than 32");
    Figure {
        name: "100 inserts at one spot: longest key",
        value: longest_of_100 as f64,
        bar: 15.0,
        note,
    }
}

/// The worst case: always between the last two.
fn zig_zag() -> Figure {
    let list = List::of(2, 7);
    let mut ends = [list.items[0].1.clone(), list.items[1].1.clone()];
    let mut n_inserts = 0;
    while ends.iter().all(|key| key.as_str().len() <= 32) {
        let key = rank::between(Some(&ends[0]), Some(&ends[1]), &id(n_inserts));
        ends[n_inserts % 2] = key.expect("there is room before the limit");
        n_inserts += 1;
    }
    let name = "adversarial zig-zag: letters for each of 74 inserts";
    let note = format!("{n_inserts} until a key is longer than 32");
    Figure { name, value: 32.0 / n_inserts as f64, bar: 32.0 / 70.0, note }
}

fn equal_keys_anywhere() -> Figure {
    let value = equal_keys(8, |list| list.below(list.len() + 1));
    Figure {
        name: "equal keys of 10,000 by 8 branches, anywhere",
        value,
        bar: 40.0,
        note: String::new(),
    }
}

fn equal_keys_at_the_top() -> Figure {
    let value = equal_keys(9, |list| match list.below(5) {
        0 => list.below(list.len() + 1),
        _ => list.below(4),
    });
    Figure {
        name: "equal keys of 10,000 by 8 branches, most in the top 4",
        value,
        bar: 300.0,
        note: String::new(),
    }
}

/// How many of the keys that 8 branches make in 50 runs, 25 each, are equal to another's.
fn equal_keys(seed: u64, place: fn(&List) -> usize) -> f64 {
    let mut n_equal = 0;
    for run in 0..50 {
        let mut n_by_key: HashMap<String, usize> = HashMap::new();
        for branch in 0..8_u64 {
            let mut list = List::of(250, seed + run);
            list.next = 1_000 * (branch as usize + 1);
            list.seed.set(seed << 32 | run << 8 | branch);
            for _ in 0..25 {
                let at = place(&list);
                list.insert(at);
                *n_by_key.entry(list.items[at].1.as_str().to_owned()).or_default() += 1;
            }
        }
        n_equal += n_by_key.values().map(|n_keys| n_keys - 1).sum::<usize>();
    }
    n_equal as f64
}

/// Percent of equal keys where two branches insert one item each at one place.
fn two_inserts_in_one_gap() -> Figure {
    let list = List::of(200, 10);
    let mut n_equal = 0;
    for trial in 0..20_000_usize {
        let gap = list.below(199);
        let (left, right) = (&list.items[gap].1, &list.items[gap + 1].1);
        let key =
            |branch: usize| rank::between(Some(left), Some(right), &id(1_000 + 2 * trial + branch));
        n_equal += usize::from(key(0) == key(1));
    }
    let value = percent(n_equal, 20_000);
    Figure { name: "two branches, one gap: percent equal", value, bar: 0.6, note: String::new() }
}

/// Percent of mixed-up blocks where two branches each bring five items to one place.
fn interleaved_blocks() -> Figure {
    let list = List::of(200, 11);
    let mut n_mixed = 0;
    for trial in 0..2_000 {
        let gap = list.below(199);
        let mut both = Vec::new();
        for branch in 0..2 {
            let ids: Vec<String> =
                (0..5).map(|nth| id(1_000 + 10 * trial + 5 * branch + nth)).collect();
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            let mut order = list.order();
            order.extend(ids.iter().map(|id| (*id, None)));
            let place = Place::After(&list.items[gap].0);
            let keys = rank::place(&order, &ids, place).expect("the place is in the list");
            both.extend(keys.into_iter().map(|(id, key)| (key, id, branch)));
        }
        both.sort();
        let n_changes = both.windows(2).filter(|pair| pair[0].2 != pair[1].2).count();
        n_mixed += usize::from(n_changes > 1);
    }
    let value = percent(n_mixed, 2_000);
    Figure {
        name: "two branches, one gap: percent of blocks mixed up",
        value,
        bar: 1.0,
        note: String::new(),
    }
}

/// Percent of moves that touch other items' files, after a merge of 8 branches with 25 moves each.
fn moves_of_more_than_one_file() -> Figure {
    let (mut n_moves, mut n_wide) = (0, 0);
    for trial in 0..100 {
        let base = List::of(200, 12 + trial);
        let mut merged = base.items.clone();
        for branch in 0..8_u64 {
            let mut list = List::with(base.items.clone(), trial << 8 | branch);
            for _ in 0..25 {
                list.place_somewhere();
            }
            let moved: HashMap<String, Rank> = list.items.into_iter().collect();
            for (nth, (id, key)) in merged.iter_mut().enumerate() {
                if moved[id] != base.items[nth].1 {
                    let is_first = *key == base.items[nth].1;
                    *key = if is_first {
                        moved[id].clone()
                    } else {
                        moved[id].clone().min(key.clone())
                    };
                }
            }
        }
        merged.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
        let mut list = List::with(merged, trial);
        for _ in 0..100 {
            n_moves += 1;
            n_wide += usize::from(list.place_somewhere() > 1);
        }
    }
    let value = percent(n_wide, n_moves);
    Figure {
        name: "moves after a merge: percent of more than one file",
        value,
        bar: 0.5,
        note: String::new(),
    }
}

/// A backlog, and chance.
struct List {
    items: Vec<(String, Rank)>,
    /// The number of the next new id.
    next: usize,
    longest_ever: usize,
    seed: Cell<u64>,
}

impl List {
    fn new(seed: u64) -> Self {
        Self::with(Vec::new(), seed)
    }

    fn with(items: Vec<(String, Rank)>, seed: u64) -> Self {
        Self { items, next: 0, longest_ever: 0, seed: Cell::new(seed) }
    }

    fn of(n_items: usize, seed: u64) -> Self {
        let mut list = Self::new(seed);
        (0..n_items).for_each(|at| list.insert(at));
        list
    }

    fn len(&self) -> usize {
        self.items.len()
    }

    fn order(&self) -> Vec<Ranked<'_>> {
        self.items.iter().map(|(id, key)| (id.as_str(), Some(key))).collect()
    }

    /// A number from 0 to before `end` (splitmix64).
    fn below(&self, end: usize) -> usize {
        self.seed.set(self.seed.get().wrapping_add(0x9e37_79b9_7f4a_7c15));
        let mut z = self.seed.get();
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % end as u64) as usize
    }

    fn insert(&mut self, at: usize) {
        let id = id(self.next);
        self.next += 1;
        self.put(at, id);
    }

    fn relocate(&mut self, from: usize, to: usize) {
        if from != to {
            let (id, _) = self.items.remove(from);
            self.put(to, id);
        }
    }

    fn put(&mut self, at: usize, id: String) {
        let left = at.checked_sub(1).map(|before| &self.items[before].1);
        let right = self.items.get(at).map(|(_, key)| key);
        let key = rank::between(left, right, &id).expect("there is room in these workloads");
        self.longest_ever = self.longest_ever.max(key.as_str().len());
        self.items.insert(at, (id, key));
    }

    /// Moves an item as the command does; the number of files that this writes.
    fn place_somewhere(&mut self) -> usize {
        let (from, to) = (self.below(self.len()), self.below(self.len()));
        let moved = self.items[from].0.clone();
        let keys = rank::place(&self.order(), &[&moved], Place::Position(to + 1));
        self.write(keys.expect("the item is in the list"))
    }

    fn write(&mut self, keys: Vec<(String, Rank)>) -> usize {
        let n_files = keys.len();
        for (id, key) in keys {
            let item = self.items.iter_mut().find(|(other, _)| *other == id);
            item.expect("the item is in the list").1 = key;
        }
        self.items.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
        n_files
    }

    fn longest(&self) -> usize {
        self.items.iter().map(|(_, key)| key.as_str().len()).max().unwrap_or(0)
    }

    fn lengths(&self, name: &'static str, bar: f64) -> Figure {
        let total: usize = self.items.iter().map(|(_, key)| key.as_str().len()).sum();
        let note = format!("mean {:.1}", total as f64 / self.len() as f64);
        Figure { name, value: self.longest() as f64, bar, note }
    }
}

fn id(nth: usize) -> String {
    format!("US-{nth}")
}

/// The middle one of an odd number of values.
fn median(values: impl Iterator<Item = usize>) -> f64 {
    let mut values: Vec<usize> = values.collect();
    values.sort_unstable();
    values[values.len() / 2] as f64
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole as f64
}
