//! Order key v1: which key an item gets between two others.
//!
//! The choice depends on the item and its neighbours and on nothing else, so that every clone and
//! every retry makes the same one. A hash spreads the choice, so that two people who insert two
//! items at one place on two branches hardly ever choose the same key.

use std::cmp::Ordering;
use std::iter;

use blake2::digest::consts::U8;
use blake2::{Blake2b, Digest};

use super::position::{Gap, Position};
use super::{LETTERS, LONGEST, Rank, SHORTEST};

/// How many keys there have to be to choose from. More would make keys longer, fewer would make
/// equal choices on two branches likelier.
const CHOICES: i64 = 64;

/// A key strictly between two others for the item `id`; a missing neighbour is an end of the list.
///
/// `None` if there is no key between the two.
pub fn between(left: Option<&Rank>, right: Option<&Rank>, id: &str) -> Option<Rank> {
    chosen(left, right, id).or_else(|| packed(left, right, 1)?.pop())
}

/// Keys for items that come to one place together.
///
/// They all begin with the first one's key, so that what is inserted beside them at the same time
/// on another branch does not end up among them.
pub(super) fn block(left: Option<&Rank>, right: Option<&Rank>, ids: &[&str]) -> Option<Vec<Rank>> {
    let (first, others) = ids.split_first()?;
    let mut stem = chosen(left, right, first)?;
    if others.is_empty() {
        return Some(vec![stem]);
    }
    while right.is_some_and(|right| right.as_str().starts_with(stem.as_str())) {
        stem = chosen(left, Some(&stem), first)?;
    }
    let digits = &LETTERS[1..];
    let other = |nth: usize| {
        let tens = "z".repeat(nth / digits.len());
        let ones = char::from(digits[nth % digits.len()]);
        Rank::parse(&format!("{}{tens}{ones}", stem.as_str()))
    };
    iter::once(Some(stem.clone())).chain((0..others.len()).map(other)).collect()
}

/// Keys for many items, as far apart as there is room.
pub(super) fn spread(left: Option<&Rank>, right: Option<&Rank>, ids: &[&str]) -> Option<Vec<Rank>> {
    match (left, right) {
        (Some(left), Some(right)) => evenly(left, right, ids.len()),
        (None, Some(right)) => {
            let mut keys =
                chain(ids.iter().rev(), |last, id| chosen(None, last.or(Some(right)), id))?;
            keys.reverse();
            Some(keys)
        }
        (left, None) => chain(ids.iter(), |last, id| chosen(last.or(left), None, id)),
    }
}

/// The lowest keys between two others, without a thought for what comes between them later.
pub(super) fn packed(left: Option<&Rank>, right: Option<&Rank>, count: usize) -> Option<Vec<Rank>> {
    let lowest = || Rank::parse(&"b".repeat(SHORTEST));
    let first = left.map_or_else(lowest, next);
    let is_below = |key: &Rank| right.is_none_or(|right| key < right);
    let keys = iter::successors(first, next).take_while(is_below).take(count);
    let keys: Vec<Rank> = keys.collect();
    (keys.len() == count).then_some(keys)
}

/// The key of order key v1, with room on both sides.
fn chosen(left: Option<&Rank>, right: Option<&Rank>, id: &str) -> Option<Rank> {
    let hash = hash(left, right, id);
    let step = 1 + (hash % CHOICES as u64) as i64;
    match (left, right) {
        (None, None) => Position::at(0).key(),
        (Some(left), None) => Position::at(Position::of(left).whole() + step).key(),
        (None, Some(right)) => Position::at(Position::of(right).whole() - step).key(),
        (Some(left), Some(right)) if left < right => inside(left, right, hash),
        _ => None,
    }
}

/// A key between two neighbours. The longer one is the newer one, and the choice keeps close to
/// it: who brings several items to one spot, one after the other, has the next one on its far side,
/// where most of the gap is left.
fn inside(left: &Rank, right: &Rank, hash: u64) -> Option<Rank> {
    let (left, right) = (Position::of(left), Position::of(right));
    let Gap { n_digits, size } = left.gap(&right, CHOICES)?;
    let (centre, width) = match left.n_digits().cmp(&right.n_digits()) {
        Ordering::Equal => (1 + (size - 1) / 2, 3 * size / 8),
        Ordering::Greater => (1 + size / 4, size / 8),
        Ordering::Less => (size - size / 4, size / 8),
    };
    let offset = scaled(hash, 2 * width + 1);
    left.plus((centre - width + offset).clamp(1, size), n_digits).key()
}

/// `count` keys at equal distances.
fn evenly(left: &Rank, right: &Rank, count: usize) -> Option<Vec<Rank>> {
    if left >= right {
        return None;
    }
    let (left, right) = (Position::of(left), Position::of(right));
    let count = i64::try_from(count).ok()?;
    let Gap { n_digits, size } = left.gap(&right, CHOICES.checked_mul(count)?)?;
    let steps = |nth: i64| i128::from(nth) * i128::from(size) / i128::from(count + 1);
    (1..=count).map(|nth| left.plus(steps(nth) as i64, n_digits).key()).collect()
}

/// Keys that each follow from the one before.
fn chain<'a>(
    ids: impl Iterator<Item = &'a &'a str>,
    following: impl Fn(Option<&Rank>, &str) -> Option<Rank>,
) -> Option<Vec<Rank>> {
    let mut keys: Vec<Rank> = Vec::new();
    for id in ids {
        keys.push(following(keys.last(), id)?);
    }
    Some(keys)
}

/// The key directly after another: nothing fits between the two.
fn next(key: &Rank) -> Option<Rank> {
    let text = key.as_str();
    if text.len() < LONGEST {
        return Rank::parse(&format!("{text}b"));
    }
    let text = text.trim_end_matches('z');
    let (last, kept) = text.as_bytes().split_last()?;
    let at = LETTERS.iter().position(|letter| letter == last)?;
    let kept = &text[..kept.len()];
    let raised = char::from(LETTERS[at + 1]);
    Rank::parse(&format!("{:b<SHORTEST$}", format!("{kept}{raised}")))
}

fn hash(left: Option<&Rank>, right: Option<&Rank>, id: &str) -> u64 {
    let left = left.map_or("None", Rank::as_str);
    let right = right.map_or("None", Rank::as_str);
    let digest = Blake2b::<U8>::digest(format!("{id}|{left}|{right}"));
    u64::from_be_bytes(digest.into())
}

/// A hash as a number from 0 to before `end`.
fn scaled(hash: u64, end: i64) -> i64 {
    ((i128::from(hash) * i128::from(end)) >> 64) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Option<Rank> {
        (!text.is_empty()).then(|| Rank::parse(text).unwrap())
    }

    /// The key between two others, where an empty one is an end of the list.
    fn check(left: &str, right: &str, id: &str, expected: &str) {
        let found = between(key(left).as_ref(), key(right).as_ref(), id);
        assert_eq!(found.as_ref().map_or("none", Rank::as_str), expected, "{left} {right}");
    }

    fn words(keys: Option<Vec<Rank>>) -> String {
        keys.map_or("none".to_owned(), |keys| {
            keys.iter().map(Rank::as_str).collect::<Vec<_>>().join(" ")
        })
    }

    fn check_block(left: &str, right: &str, ids: &str, expected: &str) {
        let ids: Vec<&str> = ids.split(' ').collect();
        assert_eq!(words(block(key(left).as_ref(), key(right).as_ref(), &ids)), expected);
    }

    #[test]
    fn the_choice_is_that_of_order_key_v1() {
        check("", "", "US-0", "mbbb");
        check("mbbb", "", "US-1", "mbcm");
        check("mbcm", "", "US-2", "mbfc");
        check("mbfc", "", "US-3", "mbhk");
        check("mbhk", "", "US-4", "mblb");
        check("mblb", "", "US-5", "mbls");
        check("mbfc", "mbhk", "US-x", "mbfvm");
        check("", "mbbb", "US-top", "lzwr");
    }

    #[test]
    fn where_numbers_leave_no_room_the_next_key_by_bytes_is_taken() {
        check("mbfc", "mbfcbb", "a", "mbfcb");
        check("", "bbbbb", "a", "bbbb");
        check("zzzzzzzzzzzzz", "", "a", "zzzzzzzzzzzzzb");
        check(&format!("mbb{}", "z".repeat(61)), "mbcb", "a", "none");
        check(&format!("mbb{}", "z".repeat(61)), "mbcbb", "a", "mbcb");
    }

    #[test]
    fn without_room_there_is_none() {
        check("mbfc", "mbfcb", "a", "none");
        check("mbfc", "mbfc", "a", "none");
        check("mbfd", "mbfc", "a", "none");
        check("", "bbbb", "a", "none");
        check(&"z".repeat(64), "", "a", "none");
    }

    #[test]
    fn a_block_begins_with_one_key() {
        check_block("mbfc", "mbhk", "US-x", "mbfvm");
        check_block("mbfc", "mbhk", "US-x b c", "mbfvm mbfvmc mbfvmd");
        check_block("mbfc", "", "US-3 b", "mbhk mbhkc");
        check_block("mbfc", "mbfc", "a b", "none");
    }

    #[test]
    fn a_block_of_more_than_19_goes_on_below_z() {
        let keys = words(block(None, None, &["a"; 21]));
        assert!(keys.starts_with("mbbb mbbbc mbbbd "), "{keys}");
        assert!(keys.ends_with(" mbbbx mbbbz mbbbzc mbbbzd"), "{keys}");
    }

    #[test]
    fn a_block_comes_before_a_neighbour_that_begins_with_the_same_key() {
        let (left, stem) = (key("mbfc"), key("mbfvm"));
        let right = key("mbfvmc");
        let stem_again = chosen(left.as_ref(), right.as_ref(), "US-x");
        assert_ne!(stem_again, stem);
        let keys = block(left.as_ref(), right.as_ref(), &["US-x", "b", "c"]).unwrap();
        assert!(left.unwrap() < keys[0] && keys.is_sorted() && keys[2] < right.unwrap());
    }

    #[test]
    fn many_keys_are_spread_over_the_room() {
        let spread =
            |left, right, ids: &[&str]| words(spread(key(left).as_ref(), key(right).as_ref(), ids));
        assert_eq!(spread("mbbb", "mzzz", &["a", "b"]), "mjjh mrrq");
        assert_eq!(spread("mbfc", "", &["US-3", "US-4", "US-5"]), "mbhk mblb mbls");
        assert_eq!(
            spread("", "mbbb", &["b", "US-top"]),
            format!("{} lzwr", spread("", "lzwr", &["b"]))
        );
        assert_eq!(spread("mbbb", "mbbbb", &["a"]), "none");
    }
}
