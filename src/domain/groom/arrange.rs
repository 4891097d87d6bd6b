//! The order that a text wants, of a backlog that others may have changed since.
//!
//! Only lines that were moved move anything. The lines that kept their order, and the items whose
//! lines are gone, are a frame in which each moved line comes behind the line above it.

use std::collections::{HashMap, HashSet};

use crate::domain::rank::longest_ascent;

/// What stands at a place of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place<'a> {
    /// The item of a row.
    Row(usize),
    /// A new item, by its id.
    New(&'a str),
}

/// An order to write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Arranged<'a> {
    /// The ids, from the top.
    pub(super) wanted: Vec<&'a str>,
    /// The rows whose lines were moved.
    pub(super) moved: Vec<usize>,
}

/// The order of the open items `order`, each with the row that it has in the list, if any, after
/// the lines of a text, from the top. What has no row keeps its position.
pub(super) fn arranged<'a>(
    order: &[(&'a str, Option<usize>)],
    lines: &[Place<'a>],
) -> Arranged<'a> {
    let ids: HashMap<usize, &str> =
        order.iter().filter_map(|(id, row)| Some(((*row)?, *id))).collect();
    let is_there = |place: &&Place<'_>| match place {
        Place::Row(row) => ids.contains_key(row),
        Place::New(_) => true,
    };
    let lines: Vec<Place<'a>> = lines.iter().filter(is_there).copied().collect();
    let (runs, moved) = runs(&lines);
    let is_moved: HashSet<usize> = moved.iter().copied().collect();
    let frame = order.iter().filter_map(|(_, row)| row.filter(|row| !is_moved.contains(row)));
    let run = |above: Option<usize>| runs.get(&above).into_iter().flatten().copied();
    let mut places: Vec<Place<'a>> = run(None).collect();
    for row in frame {
        places.push(Place::Row(row));
        places.extend(run(Some(row)));
    }
    Arranged { wanted: filled(order, &ids, &places), moved }
}

/// The lines that have to move, behind the line of the frame below which they come; and their rows.
fn runs<'a>(lines: &[Place<'a>]) -> (HashMap<Option<usize>, Vec<Place<'a>>>, Vec<usize>) {
    let row = |place: &Place<'_>| match place {
        Place::Row(row) => Some(*row),
        Place::New(_) => None,
    };
    let rows: Vec<usize> = lines.iter().filter_map(row).collect();
    let mut stays = longest_ascent(&rows).into_iter();
    let mut runs: HashMap<Option<usize>, Vec<Place<'a>>> = HashMap::new();
    let (mut above, mut moved) = (None, Vec::new());
    for place in lines {
        match row(place) {
            Some(row) if stays.next() == Some(true) => above = Some(row),
            row => {
                moved.extend(row);
                runs.entry(above).or_default().push(*place);
            }
        }
    }
    (runs, moved)
}

/// The places put where the list has its items in the order, one after the other; new items come
/// directly behind what they follow.
fn filled<'a>(
    order: &[(&'a str, Option<usize>)],
    ids: &HashMap<usize, &'a str>,
    places: &[Place<'a>],
) -> Vec<&'a str> {
    let mut places = places.iter().peekable();
    let mut wanted = Vec::with_capacity(order.len() + places.len());
    for (id, row) in order {
        if row.is_none() {
            wanted.push(*id);
            continue;
        }
        while let Some(Place::New(id)) = places.peek() {
            wanted.push(id);
            places.next();
        }
        if let Some(Place::Row(row)) = places.next() {
            wanted.extend(ids.get(row));
        }
        while let Some(Place::New(id)) = places.peek() {
            wanted.push(id);
            places.next();
        }
    }
    let rest = places.filter_map(|place| match place {
        Place::New(id) => Some(*id),
        Place::Row(_) => None,
    });
    wanted.extend(rest);
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Items are small letters and rows of the list `abc…` without the items of `unlisted`; new ones
    /// are capital letters.
    fn check(order: &str, listed: &str, lines: &str, expected: &str, moved: &str) {
        let ids: Vec<&str> = order.split("").filter(|id| !id.is_empty()).collect();
        let row = |id: &str| listed.find(id);
        let order: Vec<(&str, Option<usize>)> = ids.iter().map(|id| (*id, row(id))).collect();
        let lines = lines.split("").filter(|id| !id.is_empty());
        let lines: Vec<Place<'_>> =
            lines.map(|id| row(id).map_or(Place::New(id), Place::Row)).collect();
        let arranged = arranged(&order, &lines);
        assert_eq!(arranged.wanted.concat(), expected);
        let found: String = arranged.moved.iter().map(|row| &listed[*row..=*row]).collect();
        assert_eq!(found, moved);
    }

    #[test]
    fn the_order_is_that_of_the_lines() {
        check("abcd", "abcd", "abcd", "abcd", "");
        check("abcd", "abcd", "dabc", "dabc", "d");
        check("abcd", "abcd", "dcba", "dcba", "dcb");
        check("", "", "", "", "");
    }

    #[test]
    fn an_item_whose_line_is_gone_stays_between_its_neighbours() {
        check("abcd", "abcd", "acd", "abcd", "");
        check("abcd", "abcd", "dac", "dabc", "d");
        check("abcd", "abcd", "ca", "cabd", "c");
        check("abcd", "abcd", "", "abcd", "");
    }

    #[test]
    fn what_is_not_in_the_list_keeps_its_position() {
        check("axbyc", "abc", "cab", "cxayb", "c");
        check("xaybz", "ab", "ba", "xbyaz", "b");
    }

    #[test]
    fn new_items_come_behind_the_line_above() {
        check("abc", "abc", "aNbc", "aNbc", "");
        check("abc", "abc", "NabcM", "NabcM", "");
        check("axbyc", "abc", "aNcb", "aNxcyb", "c");
        check("xay", "a", "Na", "xNay", "");
        check("xy", "", "N", "xyN", "");
    }

    #[test]
    fn moves_of_others_stay() {
        // Meanwhile, d was moved to the top; here, a was moved to the end.
        check("dabc", "abcd", "bcda", "dabc", "a");
        check("cabd", "abcd", "bacd", "bcad", "b");
        // Items that came meanwhile have no row.
        check("abnc", "abc", "cab", "canb", "c");
    }
}
