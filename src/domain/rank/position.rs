//! What a key is worth: a whole number and a fraction, both in base 19.
//!
//! The first letter of a key says how many letters of the whole number follow: `m` stands for the
//! first numbers from 0 on, with three letters, `p` for the next, with four; `l`, `k` and so on
//! for those below 0. Short numbers are in the middle, where a backlog begins, and both ends can
//! grow without touching a key.

use super::{LETTERS, LONGEST, Rank};

const BASE: i64 = LETTERS.len() as i64;

/// The first letter of the numbers from 0 on.
const ZERO: usize = 9;

/// The lowest number for each first letter.
const LOWEST: [i64; LETTERS.len()] = lowest();

/// A place on the line on which all keys lie.
///
/// Positions ascend as keys do, but two keys can share one: `mbfc` and `mbfcb`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Position {
    whole: i64,
    /// Values of letters. Invariant: the last is not 0.
    fraction: Vec<u8>,
}

/// Free positions between two others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gap {
    /// How many letters of fraction they have.
    pub(super) n_digits: usize,
    /// How many there are.
    pub(super) size: i64,
}

impl Position {
    /// The whole number `whole`.
    pub(super) fn at(whole: i64) -> Self {
        Self { whole, fraction: Vec::new() }
    }

    /// The position of a key. Letters that a hand-written key lacks count as the lowest.
    pub(super) fn of(key: &Rank) -> Self {
        let mut digits = key.as_str().bytes().map(value);
        let head = usize::from(digits.next().unwrap_or_default());
        let push = |number, _| number * BASE + i64::from(digits.next().unwrap_or_default());
        let whole = LOWEST[head] + (0..n_whole_digits(head)).fold(0, push);
        Self { whole, fraction: digits.collect() }.trimmed()
    }

    /// The key at this position, unless it would be too long.
    pub(super) fn key(&self) -> Option<Rank> {
        let head = LOWEST.partition_point(|lowest| *lowest <= self.whole).checked_sub(1)?;
        let mut rest = self.whole - LOWEST[head];
        let mut digits = vec![0; n_whole_digits(head)];
        for digit in digits.iter_mut().rev() {
            *digit = (rest % BASE) as u8;
            rest /= BASE;
        }
        if rest > 0 {
            return None;
        }
        let digits = [head as u8].into_iter().chain(digits).chain(self.fraction.iter().copied());
        let text: String = digits.map(|digit| char::from(LETTERS[usize::from(digit)])).collect();
        Rank::parse(&text)
    }

    /// The whole number, without the fraction.
    pub(super) fn whole(&self) -> i64 {
        self.whole
    }

    /// The length of the fraction.
    pub(super) fn n_digits(&self) -> usize {
        self.fraction.len()
    }

    /// The free positions up to `upper` with the fewest letters of fraction that give `wanted` or
    /// more; none if that takes more letters than a key can have.
    pub(super) fn gap(&self, upper: &Self, wanted: i64) -> Option<Gap> {
        let mut distance = upper.whole - self.whole;
        for n_digits in 0..LONGEST {
            let is_upper_cut = upper.n_digits() > n_digits;
            let size = distance - 1 + i64::from(is_upper_cut);
            if size >= wanted {
                return Some(Gap { n_digits, size });
            }
            distance = distance * BASE + upper.digit(n_digits) - self.digit(n_digits);
        }
        None
    }

    /// The position `steps` after this one in a gap with `n_digits` letters of fraction.
    pub(super) fn plus(&self, steps: i64, n_digits: usize) -> Self {
        let mut sum = self.clone();
        sum.fraction.resize(n_digits, 0);
        let mut carry = steps;
        for digit in sum.fraction.iter_mut().rev() {
            carry += i64::from(*digit);
            *digit = (carry % BASE) as u8;
            carry /= BASE;
        }
        sum.whole += carry;
        sum.trimmed()
    }

    fn digit(&self, at: usize) -> i64 {
        self.fraction.get(at).copied().map_or(0, i64::from)
    }

    /// Without zeros at the end, so that each position has one spelling.
    fn trimmed(mut self) -> Self {
        let n_digits =
            self.fraction.iter().rposition(|digit| *digit > 0).map_or(0, |last| last + 1);
        self.fraction.truncate(n_digits);
        self
    }
}

/// The value of a letter of a key.
fn value(letter: u8) -> u8 {
    let is_letter = |other: &u8| *other == letter;
    LETTERS.iter().position(is_letter).expect("a key has no other letters") as u8
}

/// How many letters of the whole number follow a first letter.
const fn n_whole_digits(head: usize) -> usize {
    if head >= ZERO { head - ZERO + 3 } else { ZERO - head + 2 }
}

const fn lowest() -> [i64; LETTERS.len()] {
    let mut lowest = [0; LETTERS.len()];
    let mut head = ZERO;
    while head + 1 < LETTERS.len() {
        lowest[head + 1] = lowest[head] + BASE.pow(n_whole_digits(head) as u32);
        head += 1;
    }
    head = ZERO;
    while head > 0 {
        lowest[head - 1] = lowest[head] - BASE.pow(n_whole_digits(head - 1) as u32);
        head -= 1;
    }
    lowest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position(key: &str) -> Position {
        Position::of(&Rank::parse(key).unwrap())
    }

    fn check(whole: i64, key: &str) {
        assert_eq!(Position::at(whole).key().unwrap().as_str(), key);
        assert_eq!(position(key), Position::at(whole));
    }

    #[test]
    fn whole_numbers_are_spelled_with_three_letters_or_more() {
        check(0, "mbbb");
        check(-1, "lzzz");
        check(6_858, "mzzz");
        check(6_859, "pbbbb");
        check(137_180, "qbbbbb");
        check(-6_859, "lbbb");
        check(-6_860, "kzzzz");
    }

    #[test]
    fn both_ends_of_the_line_have_a_key_and_nothing_has_one_beyond() {
        let (first, last) = ("bbbbbbbbbbbb", "zzzzzzzzzzzzz");
        check(LOWEST[0], first);
        check(position(last).whole, last);
        assert_eq!(Position::at(LOWEST[0] - 1).key(), None);
        assert_eq!(Position::at(position(last).whole + 1).key(), None);
    }

    #[test]
    fn keys_that_only_people_write_have_a_position_too() {
        assert_eq!(position("mbfcbb"), position("mbfc"));
        assert_eq!(position("pbbb"), position("pbbbb"));
        assert_eq!(position("bbbb"), Position::at(LOWEST[0]));
    }

    #[test]
    fn a_gap_counts_what_lies_strictly_between() {
        let gap = |a, b, wanted| position(a).gap(&position(b), wanted);
        assert_eq!(gap("mbbb", "mbbf", 2), Some(Gap { n_digits: 0, size: 2 }));
        assert_eq!(gap("mbbb", "mbbf", 3), Some(Gap { n_digits: 1, size: 3 * 19 - 1 }));
        assert_eq!(gap("mbbbc", "mbbcc", 1), Some(Gap { n_digits: 0, size: 1 }));
        assert_eq!(gap("mzzz", "pbbbb", 1), Some(Gap { n_digits: 1, size: 18 }));
        assert_eq!(gap("mbbb", "mbbbbb", 1), None);
    }

    #[test]
    fn steps_carry_into_the_whole_number() {
        let sum = |key, steps, n_digits| position(key).plus(steps, n_digits).key().unwrap();
        assert_eq!(sum("mbbbz", 1, 1).as_str(), "mbbc");
        assert_eq!(sum("lzzzz", 2, 1).as_str(), "mbbbc");
        assert_eq!(sum("mbbbcz", 3, 1).as_str(), "mbbbg");
    }
}
