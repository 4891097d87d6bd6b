//! The merge of running text, line by line, with marks around what only a person can decide.
//!
//! It is the three-way merge that Git does, made symmetric: the sides of a conflict stand in the
//! order of their bytes and carry no names, so that every clone writes the same text.

use std::collections::HashMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp};

use crate::domain::rank::longest_ascent;

/// From how many pairs of lines on a stretch without a line that occurs once is taken for changed
/// as a whole, so that no text takes longer than its size allows.
const MAX_PAIRS: usize = 1_000_000;

/// A merged text, and where its conflicts begin.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub text: String,
    /// The bytes at which the lines of `<<<<<<<` begin.
    pub conflicts: Vec<usize>,
}

/// Merges two versions of `was`, of which the lesser comes first.
pub(super) fn merge(was: &str, one: &str, other: &str, marker: usize) -> Lines {
    let mut merge = Merge::new([one, other, was], marker);
    let (was, one, other) = (split(was), split(one), split(other));
    let to_one = matches(&was, &one);
    let to_other = matches(&was, &other);
    let (mut w, mut a, mut b) = (0, 0, 0);
    for (at, ends) in to_one.iter().zip(&to_other).enumerate() {
        let (Some(in_one), Some(in_other)) = ends else { continue };
        merge.part(&was[w..at], &one[a..*in_one], &other[b..*in_other]);
        merge.lines(&was[at..=at]);
        merge.pass(&one[a..=*in_one], &other[b..=*in_other]);
        (w, a, b) = (at + 1, in_one + 1, in_other + 1);
    }
    merge.part(&was[w..], &one[a..], &other[b..]);
    merge.out
}

/// A conflict of two whole texts.
pub(super) fn conflict(was: &str, one: &str, other: &str, marker: usize) -> Lines {
    let mut merge = Merge::new([one, other, was], marker);
    merge.conflict(&split(was), &split(one), &split(other));
    merge.out
}

/// The break of the first line that has one.
pub(super) fn line_break<const N: usize>(texts: [&str; N]) -> &'static str {
    let first = texts.into_iter().find_map(|text| text.find('\n').map(|at| &text[..at]));
    if first.is_some_and(|line| line.ends_with('\r')) { "\r\n" } else { "\n" }
}

/// The lines with their breaks.
pub(super) fn split(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

struct Merge<'a> {
    out: Lines,
    line_break: &'static str,
    marker: usize,
    /// The block of code in which each side is, as its fence.
    fences: [Option<&'a str>; 2],
}

impl<'a> Merge<'a> {
    fn new(texts: [&str; 3], marker: usize) -> Self {
        let line_break = line_break(texts);
        Self { out: Lines::default(), line_break, marker: marker.max(7), fences: [None; 2] }
    }

    /// Both sides have come to the end of these lines.
    fn pass(&mut self, one: &[&'a str], other: &[&'a str]) {
        for (fence, lines) in self.fences.iter_mut().zip([one, other]) {
            *fence = lines.iter().fold(*fence, |open, line| fence_after(open, line));
        }
    }

    /// A part in which the three texts have no line in common.
    fn part(&mut self, was: &[&str], one: &[&str], other: &[&str]) {
        if one == other || other == was {
            return self.lines(one);
        }
        if one == was {
            return self.lines(other);
        }
        let is_code = self.fences.iter().any(Option::is_some);
        if was.is_empty() && !is_code && is_rows(one) && is_rows(other) {
            let (first, second) = in_order(one, other);
            self.lines(first);
            return self.lines(&without(second, first));
        }
        self.conflict(was, one, other);
    }

    /// Both sides between marks, without the lines that they have in common at their ends.
    fn conflict(&mut self, was: &[&str], one: &[&str], other: &[&str]) {
        let n_head = one.iter().zip(other).take_while(|(a, b)| a == b).count();
        let rest = one.len().min(other.len()) - n_head;
        let ends = one.iter().rev().zip(other.iter().rev()).take(rest);
        let n_tail = ends.take_while(|(a, b)| a == b).count();
        self.lines(&one[..n_head]);
        let (first, second) =
            in_order(&one[n_head..one.len() - n_tail], &other[n_head..other.len() - n_tail]);
        self.close_line();
        self.out.conflicts.push(self.out.text.len());
        self.mark('<', " either");
        self.side(first);
        self.mark('|', " was");
        self.side(was);
        self.mark('=', "");
        self.side(second);
        self.mark('>', " or");
        self.lines(&one[one.len() - n_tail..]);
    }

    fn side(&mut self, lines: &[&str]) {
        self.lines(lines);
        self.close_line();
    }

    fn mark(&mut self, sign: char, label: &str) {
        self.out.text.extend(std::iter::repeat_n(sign, self.marker));
        self.out.text.push_str(label);
        self.out.text.push_str(self.line_break);
    }

    fn lines(&mut self, lines: &[&str]) {
        for line in lines {
            self.close_line();
            self.out.text.push_str(line);
        }
    }

    /// A last line without a break gets one when it is not the last any more.
    fn close_line(&mut self) {
        if !self.out.text.is_empty() && !self.out.text.ends_with('\n') {
            self.out.text.push_str(self.line_break);
        }
    }
}

fn in_order<'a, 'b>(one: &'a [&'b str], other: &'a [&'b str]) -> (&'a [&'b str], &'a [&'b str]) {
    if one.concat() <= other.concat() { (one, other) } else { (other, one) }
}

/// The lines but for those of another text, each as often as it is there.
fn without<'a>(lines: &[&'a str], other: &[&str]) -> Vec<&'a str> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    other.iter().for_each(|line| *counts.entry(line).or_default() += 1);
    let is_new = |line: &&&str| match counts.get_mut(**line) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    lines.iter().filter(is_new).copied().collect()
}

/// The fence of the block of code that is open after a line.
fn fence_after<'a>(open: Option<&'a str>, line: &'a str) -> Option<&'a str> {
    let line = line.trim();
    let sign = if line.starts_with('~') { '~' } else { '`' };
    let rest = line.trim_start_matches(sign);
    let fence = &line[..line.len() - rest.len()];
    match open {
        _ if fence.len() < 3 => open,
        None if fence.starts_with('`') && rest.contains('`') => None,
        None => Some(fence),
        Some(open) if rest.is_empty() && fence.starts_with(open) => None,
        open => open,
    }
}

/// Whether the lines are elements of bulleted lists or rows of a table, which do each other no harm.
fn is_rows(lines: &[&str]) -> bool {
    let is_row =
        |line: &str| line.starts_with('|') && !line.contains("|-") && !line.contains("| -");
    let is_element = |line: &str| {
        let rest = line.strip_prefix(['-', '*', '+']);
        rest.is_some_and(|rest| rest.starts_with(' ') && !rest.trim().is_empty())
    };
    let all = |is: &dyn Fn(&str) -> bool| lines.iter().all(|line| is(line) && line.ends_with('\n'));
    !lines.is_empty() && (all(&is_row) || all(&is_element))
}

/// For each line of `old` the line of `new` that it became, in ascending order.
fn matches(old: &[&str], new: &[&str]) -> Vec<Option<usize>> {
    let mut names: HashMap<&str, usize> = HashMap::new();
    for line in old.iter().chain(new) {
        let next = names.len();
        names.entry(line).or_insert(next);
    }
    let named = |lines: &[&str]| lines.iter().map(|line| names[line]).collect::<Vec<_>>();
    let (old, new) = (named(old), named(new));
    let mut found = vec![None; old.len()];
    let n_head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - n_head;
    let ends = old.iter().rev().zip(new.iter().rev()).take(most);
    let n_tail = ends.take_while(|(a, b)| a == b).count();
    let (old_end, new_end) = (old.len() - n_tail, new.len() - n_tail);
    for (at, place) in found.iter_mut().enumerate().take(n_head) {
        *place = Some(at);
    }
    for at in 0..n_tail {
        found[old_end + at] = Some(new_end + at);
    }
    between(&old, n_head..old_end, &new, n_head..new_end, names.len(), &mut found);
    found
}

/// Matches a stretch: all of it at once if it is short, or else what stands between the lines that
/// occur once in both.
fn between(
    old: &[usize],
    old_part: Range<usize>,
    new: &[usize],
    new_part: Range<usize>,
    n_names: usize,
    found: &mut [Option<usize>],
) {
    if old_part.len().saturating_mul(new_part.len()) <= MAX_PAIRS {
        return short(old, old_part, new, new_part, found);
    }
    let mut counts = vec![(0_u32, 0_u32, 0_usize); n_names];
    for &name in &old[old_part.clone()] {
        counts[name].0 += 1;
    }
    for at in new_part.clone() {
        counts[new[at]].1 += 1;
        counts[new[at]].2 = at;
    }
    let is_anchor = |&at: &usize| matches!(counts[old[at]], (1, 1, _));
    let anchors: Vec<usize> = old_part.clone().filter(is_anchor).collect();
    let ends: Vec<usize> = anchors.iter().map(|&at| counts[old[at]].2).collect();
    let stays = longest_ascent(&ends);
    let (mut from_old, mut from_new) = (old_part.start, new_part.start);
    let kept = anchors.iter().zip(&ends).zip(stays).filter(|(_, stays)| *stays);
    let last = (old_part.end, new_part.end);
    for (at, end) in kept.map(|((at, end), _)| (*at, *end)).chain([last]) {
        if (at - from_old).saturating_mul(end - from_new) <= MAX_PAIRS {
            short(old, from_old..at, new, from_new..end, found);
        }
        if at < old_part.end {
            found[at] = Some(end);
            (from_old, from_new) = (at + 1, end + 1);
        }
    }
}

fn short(
    old: &[usize],
    old_part: Range<usize>,
    new: &[usize],
    new_part: Range<usize>,
    found: &mut [Option<usize>],
) {
    let (old_start, new_start) = (old_part.start, new_part.start);
    let ops = similar::capture_diff_slices(Algorithm::Myers, &old[old_part], &new[new_part]);
    for op in ops {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            for nth in 0..len {
                found[old_start + old_index + nth] = Some(new_start + new_index + nth);
            }
        }
    }
}
