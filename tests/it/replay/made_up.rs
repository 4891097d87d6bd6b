//! Histories that are made up from a seed: branches, merges, and every sort of change.

use std::collections::{BTreeMap, BTreeSet};

use super::{Commit, Files};

/// How many commits a history has, about.
const N_COMMITS: usize = 50;

/// Numbers that look random, the same for the same seed (Steele, Lea & Flood, SplitMix, 2014).
struct Random(u64);

impl Random {
    fn of(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below a limit.
    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit).unwrap()).unwrap()
    }

    fn is_one_in(&mut self, limit: usize) -> bool {
        self.below(limit) == 0
    }

    fn of_list<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

/// An item as it is written.
#[derive(Clone, PartialEq)]
struct Item {
    id: String,
    title: String,
    status: &'static str,
    rank: Option<String>,
    value: Option<usize>,
    labels: Vec<&'static str>,
    criteria: Vec<(Option<String>, bool, String)>,
    text: usize,
    is_turned: bool,
    is_broken: bool,
}

type Items = BTreeMap<String, Item>;

impl Item {
    fn new(id: String, random: &mut Random) -> Self {
        let n_criteria = random.below(4);
        let criterion = |at| (None, false, words(at));
        Self {
            title: format!("Item {id}"),
            id,
            status: random.of_list(&["proposed", "ready", "in-progress", "done"]),
            rank: rank(random),
            value: None,
            labels: Vec::new(),
            criteria: (0..n_criteria).map(criterion).collect(),
            text: 0,
            is_turned: false,
            is_broken: false,
        }
    }

    fn change(&mut self, random: &mut Random) {
        match random.below(14) {
            0..=3 => self.rank = rank(random),
            4 => self.value = (!random.is_one_in(4)).then(|| random.below(20)),
            5 => {
                self.status =
                    random.of_list(&["proposed", "ready", "in-progress", "done", "rejected"]);
            }
            6 => {
                self.labels = ["a", "b", "c"].into_iter().filter(|_| random.is_one_in(2)).collect();
            }
            7 => self.title = format!("Title {}", random.below(1_000)),
            8 => self.text += 1,
            9 => self.is_turned = !self.is_turned,
            10 => self.is_broken = random.is_one_in(2),
            _ => self.change_criteria(random),
        }
    }

    fn change_criteria(&mut self, random: &mut Random) {
        let n = self.criteria.len();
        let at = random.below(n.max(1));
        match random.below(6) {
            0 | 1 => self
                .criteria
                .insert(at.min(n), (None, random.is_one_in(3), words(random.below(900)))),
            _ if n == 0 => {}
            2 => drop(self.criteria.remove(at)),
            3 => self.criteria[at].1 = !self.criteria[at].1,
            4 => {
                let it = self.criteria.remove(at);
                self.criteria.insert(random.below(n), it);
            }
            _ if random.is_one_in(2) => self.criteria[at].2 += " and more",
            _ => {
                let id = format!("ac-{}", ["22", "33", "44", "55"][random.below(4)]);
                let is_taken = self.criteria.iter().any(|it| it.0.as_ref() == Some(&id));
                self.criteria[at].0 = (!is_taken).then_some(id);
            }
        }
    }

    fn file(&self, path: &str) -> String {
        let mut lines = vec![
            format!("id: {}", self.id),
            format!("title: {}", self.title),
            "type: story".to_owned(),
            format!("status: {}", self.status),
        ];
        lines.extend(self.rank.as_ref().map(|rank| format!("rank: {rank}")));
        lines.extend(self.value.map(|value| format!("value: {value}")));
        lines.push(format!("labels: [{}]", self.labels.join(", ")));
        if self.is_turned {
            lines.reverse();
        }
        // It would have the id of its file name, which another item may have by now.
        if self.is_broken && path.contains(&self.id) {
            lines.push("title: twice".to_owned());
        }
        let mut text = format!("---\n{}\n---\n\nText {}.\n", lines.join("\n"), self.text);
        if !self.criteria.is_empty() {
            text += "\n## Acceptance criteria\n\n";
        }
        for (id, is_met, words) in &self.criteria {
            let mark = if *is_met { 'x' } else { ' ' };
            let id = id.as_ref().map(|id| format!(" ^{id}")).unwrap_or_default();
            text += &format!("- [{mark}] {words}{id}\n");
        }
        text
    }
}

fn words(number: usize) -> String {
    let (noun, verb) =
        (["basket", "order", "guest", "invoice", "mail"], ["holds", "comes", "counts"]);
    format!("The {} {} {number} times.", noun[number % 5], verb[number % 3])
}

fn rank(random: &mut Random) -> Option<String> {
    let letters: Vec<char> = "bcdfghjklm".chars().collect();
    let key = |random: &mut Random| (0..3).map(|_| letters[random.below(10)]).collect::<String>();
    (!random.is_one_in(15)).then(|| format!("m{}", key(random)))
}

fn change(items: &mut Items, n_new: &mut usize, random: &mut Random) {
    for _ in 0..=random.below(4) {
        let paths: Vec<String> = items.keys().cloned().collect();
        let path = paths[random.below(paths.len())].clone();
        match random.below(12) {
            0 | 1 => {
                let item = Item::new(new_id(n_new), random);
                items.insert(format!("items/{}.md", item.id), item);
            }
            2 if items.len() > 4 => drop(items.remove(&path)),
            3 => {
                if let Some(item) = items.remove(&path) {
                    let to = format!("items/{}-{}.md", item.id, random.below(1_000));
                    items.insert(to, item);
                }
            }
            4 => {
                if let Some(item) = items.get_mut(&path) {
                    (item.id, item.is_broken) = (new_id(n_new), false);
                }
            }
            _ => drop(items.entry(path).and_modify(|item| item.change(random))),
        }
    }
}

/// An id that nobody had.
fn new_id(n_new: &mut usize) -> String {
    *n_new += 1;
    let letters: Vec<char> = "bcdfghjklmpqrstvwxz".chars().collect();
    format!(
        "BL-22{}{}{}",
        letters[*n_new / 361 % 19],
        letters[*n_new / 19 % 19],
        letters[*n_new % 19]
    )
}

/// What two branches become together: of each file one of the two, or some of both.
fn merge(ours: &Items, theirs: &Items, random: &mut Random) -> Items {
    let paths: BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
    let mut merged = Items::new();
    let mut ids = BTreeSet::new();
    for path in paths {
        let item = match (ours.get(path), theirs.get(path)) {
            (Some(one), Some(other)) if random.is_one_in(2) => Some(Item {
                rank: other.rank.clone(),
                criteria: other.criteria.clone(),
                ..one.clone()
            }),
            (one, other) => if random.is_one_in(2) { other.or(one) } else { one }.cloned(),
        };
        if let Some(item) = item.filter(|item| ids.insert(item.id.clone())) {
            merged.insert(path.clone(), item);
        }
    }
    merged
}

/// The same, with every document readable.
pub(crate) fn sound_history(seed: u64) -> Vec<Commit> {
    let mut commits = history(seed);
    for text in commits.iter_mut().flat_map(|commit| commit.files.values_mut()) {
        *text = text.replace("\ntitle: twice\n", "\n");
    }
    commits
}

/// A history; its last commit is the tip.
pub(crate) fn history(seed: u64) -> Vec<Commit> {
    const N_BRANCHES: usize = 3;
    let random = &mut Random::of(seed);
    let mut n_new = 0;
    let mut items = Items::new();
    for _ in 0..12 {
        let item = Item::new(new_id(&mut n_new), random);
        items.insert(format!("items/{}.md", item.id), item);
    }
    let mut states = vec![(Vec::new(), items)];
    let mut branches = [0; N_BRANCHES];
    while states.len() < N_COMMITS {
        let branch = if states.len() + 2 >= N_COMMITS { 0 } else { random.below(N_BRANCHES) };
        let (at, other) = (branches[branch], branches[random.below(N_BRANCHES)]);
        let mut items = states[at].1.clone();
        let mut parents = vec![at];
        if at != other && (random.is_one_in(3) || states.len() + 2 >= N_COMMITS) {
            items = merge(&items, &states[other].1, random);
            parents.push(other);
        }
        if parents.len() == 1 || random.is_one_in(3) {
            change(&mut items, &mut n_new, random);
        }
        branches[branch] = states.len();
        states.push((parents, items));
    }
    let files = |items: Items| -> Files {
        let file = |(path, item): (String, Item)| {
            let text = item.file(&path);
            (path, text)
        };
        items.into_iter().map(file).collect()
    };
    states.into_iter().map(|(parents, items)| Commit { parents, files: files(items) }).collect()
}
