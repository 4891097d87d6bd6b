//! Where in the order the documents are that are called by a name.
//!
//! Names lead to slots, and slots to places in the order. A move changes places and no name, so that
//! it need not look at the names of ten thousand documents again.

use std::collections::HashMap;
use std::sync::Arc;

use super::Entry;

/// The names of all documents, in lower case.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// Slots by id. Several: the id is not unique.
    ids: Arc<HashMap<String, Vec<usize>>>,
    /// Slots by alias.
    aliases: Arc<HashMap<String, Vec<usize>>>,
    /// The slot of the document at each place of the order.
    slots: Vec<usize>,
    /// The place of the document in each slot.
    places: Vec<usize>,
}

impl Index {
    /// The names of documents in their order.
    pub(super) fn of(entries: &[Arc<Entry>]) -> Self {
        let (ids, aliases) = rayon::join(|| index(entries, ids), || index(entries, aliases));
        let slots: Vec<usize> = (0..entries.len()).collect();
        Self { ids: ids.into(), aliases: aliases.into(), places: slots.clone(), slots }
    }

    /// The same names after documents have changed places: `from` says for each place of the new
    /// order where the document was in the old one.
    pub(super) fn moved(&self, from: &[usize]) -> Self {
        let slots: Vec<usize> = from.iter().map(|place| self.slots[*place]).collect();
        let mut places = vec![0; slots.len()];
        slots.iter().enumerate().for_each(|(place, slot)| places[*slot] = place);
        Self { ids: self.ids.clone(), aliases: self.aliases.clone(), slots, places }
    }

    /// The slot of the document at a place.
    pub(super) fn slot_at(&self, place: usize) -> usize {
        self.slots[place]
    }

    /// The place of the document in a slot.
    pub(super) fn place_of(&self, slot: usize) -> usize {
        self.places[slot]
    }

    /// The places of the documents with an id in lower case, in their order.
    pub(super) fn id(&self, id: &str) -> impl Iterator<Item = usize> + use<> {
        self.in_order(self.ids.get(id))
    }

    /// The place of the first document with a name in lower case: an id, or else an alias.
    pub(super) fn first(&self, name: &str) -> Option<usize> {
        let slots = self.ids.get(name).or_else(|| self.aliases.get(name))?;
        slots.iter().map(|slot| self.places[*slot]).min()
    }

    /// The places of documents that share an id, for each such id.
    pub(super) fn shared(&self) -> Vec<Vec<usize>> {
        let several = self.ids.values().filter(|slots| slots.len() > 1);
        several.map(|slots| self.in_order(Some(slots)).collect()).collect()
    }

    /// Nearly always there is one, for which nothing is put into a list.
    fn in_order(&self, slots: Option<&Vec<usize>>) -> impl Iterator<Item = usize> + use<> {
        let place = |slot: &usize| self.places[*slot];
        let (one, several) = match slots.map_or(&[][..], Vec::as_slice) {
            [slot] => (Some(place(slot)), Vec::new()),
            slots => (None, slots.iter().map(place).collect()),
        };
        let mut several = several;
        several.sort_unstable();
        one.into_iter().chain(several)
    }
}

/// Whether two versions of a document have the same names.
pub(super) fn is_same_names(one: &Entry, other: &Entry) -> bool {
    ids(one) == ids(other) && aliases(one) == aliases(other)
}

fn ids(entry: &Entry) -> Vec<String> {
    vec![entry.id().to_lowercase()]
}

fn aliases(entry: &Entry) -> Vec<String> {
    entry.list("aliases").iter().map(|alias| alias.to_lowercase()).collect()
}

fn index(entries: &[Arc<Entry>], names: fn(&Entry) -> Vec<String>) -> HashMap<String, Vec<usize>> {
    let mut index: HashMap<String, Vec<usize>> = HashMap::with_capacity(entries.len());
    for (at, entry) in entries.iter().enumerate() {
        for name in names(entry) {
            index.entry(name).or_default().push(at);
        }
    }
    index
}
