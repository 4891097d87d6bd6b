//! The open items in their order, and nothing else of them: small enough to be kept beside the
//! history, and cheap to bring from one state to the next.

use super::backlog::Backlog;
use super::config::Config;
use super::entry::Entry;
use super::rank::Rank;

/// How many places a chunk holds before it is split. A change moves the places of one chunk, and a
/// search looks at the sizes of all of them: for a hundred thousand items both are a few hundred.
const CHUNK: usize = 512;

/// What stands for a missing key in the text of an order.
const KEYLESS: &str = "-";

/// One open item and its key.
///
/// Ordered as the backlog is: by key, items without one last, and by id where keys are equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    rank: Option<Rank>,
    id: Box<str>,
}

impl Placed {
    /// The place of an entry; `None` if it is no item, not open, or cannot be read.
    pub fn of(entry: &Entry, config: &Config) -> Option<Self> {
        let is_open =
            entry.kind.is_ranked() && entry.is_readable() && entry.category(config).is_open();
        is_open.then(|| Self { rank: entry.rank().cloned(), id: entry.id().into() })
    }

    /// The id of the item.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The key of the item.
    pub fn rank(&self) -> Option<&Rank> {
        self.rank.as_ref()
    }

    fn key(&self) -> (bool, Option<&Rank>, &str) {
        (self.rank.is_none(), self.rank.as_ref(), &self.id)
    }
}

impl PartialOrd for Placed {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Placed {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

/// The open items of one state, first to last.
///
/// Invariant: no chunk is empty, and the places ascend within and across chunks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    chunks: Vec<Vec<Placed>>,
}

impl Order {
    /// The order of a backlog.
    pub fn of(backlog: &Backlog) -> Self {
        backlog.items().filter_map(|item| Placed::of(item, &backlog.config)).collect()
    }

    /// How many items are open.
    pub fn len(&self) -> usize {
        self.chunks.iter().map(Vec::len).sum()
    }

    /// Whether nothing is open.
    pub fn is_empty(&self) -> bool {
        self.chunks.is_empty()
    }

    /// Every place, first to last.
    pub fn iter(&self) -> impl Iterator<Item = &Placed> {
        self.chunks.iter().flatten()
    }

    /// The item at a place, counted from 0.
    pub fn at(&self, mut index: usize) -> Option<&Placed> {
        for chunk in &self.chunks {
            match chunk.get(index) {
                Some(placed) => return Some(placed),
                None => index -= chunk.len(),
            }
        }
        None
    }

    /// How many items come before a place.
    pub fn n_before(&self, placed: &Placed) -> usize {
        let chunk = self.chunk_of(placed);
        let n_above: usize = self.chunks[..chunk].iter().map(Vec::len).sum();
        let within = self.chunks.get(chunk);
        n_above + within.map_or(0, |chunk| chunk.partition_point(|other| other < placed))
    }

    /// Adds an item.
    pub fn insert(&mut self, placed: Placed) {
        if self.chunks.is_empty() {
            self.chunks.push(vec![placed]);
            return;
        }
        let at = self.chunk_of(&placed).min(self.chunks.len() - 1);
        let chunk = &mut self.chunks[at];
        let place = chunk.partition_point(|other| *other < placed);
        chunk.insert(place, placed);
        if chunk.len() > 2 * CHUNK {
            let rest = chunk.split_off(CHUNK);
            self.chunks.insert(at + 1, rest);
        }
    }

    /// Takes an item out; whether it was there.
    pub fn remove(&mut self, placed: &Placed) -> bool {
        let at = self.chunk_of(placed);
        let Some(chunk) = self.chunks.get_mut(at) else { return false };
        let Ok(place) = chunk.binary_search(placed) else { return false };
        chunk.remove(place);
        if chunk.is_empty() {
            self.chunks.remove(at);
        }
        true
    }

    /// The first chunk whose last place is not before `placed`.
    fn chunk_of(&self, placed: &Placed) -> usize {
        self.chunks.partition_point(|chunk| chunk.last().is_some_and(|last| last < placed))
    }

    /// The order as text: what the settings count as closed, then a line for each item. `None` if
    /// a word could not be read back from it.
    pub fn to_text(&self, config: &Config) -> Option<String> {
        let mut text = String::with_capacity(self.len() * 16);
        text += &closed(config)?;
        text.push('\n');
        for placed in self.iter() {
            if !is_word(&placed.id) {
                return None;
            }
            text.push_str(placed.rank.as_ref().map_or(KEYLESS, Rank::as_str));
            text.push(' ');
            text.push_str(&placed.id);
            text.push('\n');
        }
        Some(text)
    }

    /// The order that a text spells; `None` if it is none, its lines do not ascend, or it was made
    /// under settings that count other statuses as closed.
    pub fn from_text(text: &str, config: &Config) -> Option<Self> {
        let text = text.strip_prefix(&closed(config)?)?.strip_prefix('\n')?;
        let placed = |line: &str| {
            let (key, id) = line.split_once(' ')?;
            let rank = match key {
                KEYLESS => None,
                key => Some(Rank::parse(key)?),
            };
            is_word(id).then(|| Placed { rank, id: id.into() })
        };
        let places = text.lines().map(placed).collect::<Option<Vec<Placed>>>()?;
        places.is_sorted().then(|| Self::of_sorted(places))
    }

    fn of_sorted(places: Vec<Placed>) -> Self {
        let mut places = places.into_iter();
        let mut chunks = Vec::new();
        loop {
            let chunk: Vec<Placed> = places.by_ref().take(CHUNK).collect();
            if chunk.is_empty() {
                return Self { chunks };
            }
            chunks.push(chunk);
        }
    }
}

/// Whether an id can stand in a line, between a blank and the end.
fn is_word(id: &str) -> bool {
    !id.is_empty() && !id.contains(['\n', '\r', ' '])
}

/// The words of the statuses that are not open, on one line; `None` if a word breaks it.
fn closed(config: &Config) -> Option<String> {
    let closed = config.statuses.0.iter().filter(|(_, status)| !status.category.is_open());
    let mut words: Vec<&str> = closed.map(|(word, _)| word).collect();
    words.sort_unstable();
    let is_plain = |word: &&str| !word.contains(['\t', '\n', '\r']);
    words.iter().all(is_plain).then(|| words.join("\t"))
}

/// Whether two settings count the same statuses as open, so that the order of one is that of the
/// other where no item differs.
pub fn agree(one: &Config, other: &Config) -> bool {
    closed(one).is_some_and(|words| closed(other).is_some_and(|others| words == others))
}

impl FromIterator<Placed> for Order {
    fn from_iter<T: IntoIterator<Item = Placed>>(iter: T) -> Self {
        let mut places: Vec<Placed> = iter.into_iter().collect();
        places.sort();
        Self::of_sorted(places)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn placed(number: u32) -> Placed {
        let letters = b"bcdfghjklmpqrstvwxz";
        let letter = |at: u32| letters[(number / 19_u32.pow(at) % 19) as usize] as char;
        let key: String = (0..4).rev().map(letter).collect();
        Placed { rank: Rank::parse(&key), id: format!("BL-{number:05}").into() }
    }

    proptest! {
        /// Whatever comes and goes, it is the sorted list.
        #[test]
        fn is_a_sorted_list(acts in prop::collection::vec((0_u32..3_000, any::<bool>()), 0..1_500)) {
            let mut order: Order = (0..2_000).step_by(2).map(placed).collect();
            let mut list: Vec<Placed> = order.iter().cloned().collect();
            for (number, comes) in acts {
                let place = placed(number);
                match (comes, list.binary_search(&place)) {
                    (true, Err(at)) => {
                        list.insert(at, place.clone());
                        order.insert(place);
                    }
                    (false, Ok(at)) => {
                        list.remove(at);
                        prop_assert!(order.remove(&place));
                    }
                    (false, Err(_)) => prop_assert!(!order.remove(&place)),
                    (true, Ok(at)) => prop_assert_eq!(order.n_before(&place), at),
                }
            }
            prop_assert_eq!(order.len(), list.len());
            prop_assert!(order.iter().eq(&list));
            for at in [0, 1, 511, 512, 1_000, list.len()] {
                prop_assert_eq!(order.at(at), list.get(at));
            }
            let config = Config::default();
            let again = Order::from_text(&order.to_text(&config).unwrap(), &config).unwrap();
            prop_assert!(again.iter().eq(&list));
        }
    }

    fn read(lines: &str) -> Option<Order> {
        Order::from_text(&format!("done\trejected\n{lines}"), &Config::default())
    }

    #[test]
    fn a_text_that_is_no_order_is_refused() {
        for text in ["bbbb", "bbbb BL-a\n\nbbbc BL-b", "cccc BL-a\nbbbb BL-b", "x BL-a", "bbbb "] {
            assert_eq!(read(text), None, "{text:?}");
        }
        assert!(read("").unwrap().is_empty());
        assert_eq!(Order::from_text("done\nbbbb BL-a\n", &Config::default()), None);
    }

    #[test]
    fn an_item_without_a_key_is_last() {
        let keyless = Placed { rank: None, id: "BL-00000".into() };
        let order: Order = [keyless.clone(), placed(7)].into_iter().collect();
        assert_eq!(order.n_before(&keyless), 1);
        assert_eq!(read("bbbb BL-a\n- BL-b\n").unwrap().len(), 2);
    }
}
