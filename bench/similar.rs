//! How long the search for stories that say the same takes, beside comparing each with each.
//!
//! ```text
//! cargo bench --bench similar
//! ```
//!
//! The stories are made of words that are as frequent as words are, and one of fifty repeats another
//! with a word more; a second kind is formulaic, where nearly all words are the same everywhere. Both
//! are deterministic. The exit code is 1 if ten times as many stories take more than twenty times as
//! long, or if more than one in a hundred of those that repeat another is not found: one without a
//! rare word, which is the price.

use std::io::{self, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use git_backlog::domain::similar::{Limits, Parts, Texts};

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

/// The most that ten times as many stories may take: ten, and as much again for what does not fit
/// into the caches any more. Comparing each with each takes a hundred.
const BAR: f64 = 20.0;

/// How often a size is measured; the fastest counts.
const ROUNDS: usize = 3;

fn main() -> io::Result<ExitCode> {
    let mut out = io::stdout().lock();
    let mut is_missed = false;
    for (kind, story) in [("usual", usual as fn(usize) -> Story), ("formulaic", formulaic)] {
        let mut before: Option<Duration> = None;
        for size in SIZES {
            let stories = stories(size, story);
            let (time, found) = fastest(|| search(&stories));
            let ratio = before.map(|before| time.as_secs_f64() / before.as_secs_f64());
            let is_found = lost(&stories, &found) * 100 <= size / 50;
            let is_ok = ratio.is_none_or(|ratio| ratio <= BAR) && is_found;
            is_missed |= !is_ok;
            let verdict = if is_ok { "ok  " } else { "MISS" };
            let n_pairs = found.len();
            write!(out, "{verdict} {size:>7} {kind} stories: {time:>10.1?}, {n_pairs:>5} pairs")?;
            match ratio {
                Some(ratio) => writeln!(out, ", {ratio:.1} times the time of a tenth")?,
                None => writeln!(out)?,
            }
            before = Some(time);
        }
        let stories = stories(SIZES[0], story);
        let (time, found) = fastest(|| each_with_each(&stories));
        let n_pairs = found.len();
        writeln!(out, "     {:>7} each with each:   {time:>10.1?}, {n_pairs:>5} pairs", SIZES[0])?;
    }
    Ok(ExitCode::from(u8::from(is_missed)))
}

/// Two stories by their places.
type Pair = (usize, usize);

fn search(stories: &[Story]) -> Vec<Pair> {
    let texts = Texts::read(stories.iter().map(Story::parts));
    texts.pairs(Limits::default()).iter().map(|pair| (pair.first, pair.second)).collect()
}

fn each_with_each(stories: &[Story]) -> Vec<Pair> {
    let texts = Texts::read(stories.iter().map(Story::parts));
    let pairs = (0..texts.len()).flat_map(|second| (0..second).map(move |first| (first, second)));
    pairs.filter(|(a, b)| texts.likeness(*a, *b, Limits::default()).is_some()).collect()
}

fn fastest<T>(mut run: impl FnMut() -> T) -> (Duration, T) {
    let mut once = || {
        let start = Instant::now();
        let result = run();
        (start.elapsed(), result)
    };
    let first = once();
    (1..ROUNDS).fold(first, |best, _| {
        let next = once();
        if next.0 < best.0 { next } else { best }
    })
}

/// How many of the stories that repeat another are not found.
fn lost(stories: &[Story], found: &[Pair]) -> usize {
    let is_found = |second: usize| found.iter().any(|(_, it)| *it == second);
    let repeats = stories.iter().enumerate().filter(|(_, story)| story.is_repeated);
    repeats.filter(|(second, _)| !is_found(*second)).count()
}

struct Story {
    role: String,
    means: String,
    ends: String,
    is_repeated: bool,
}

impl Story {
    fn parts(&self) -> Parts<'_> {
        Parts { role: &self.role, means: &self.means, ends: &self.ends }
    }
}

fn stories(size: usize, story: fn(usize) -> Story) -> Vec<Story> {
    let mut stories: Vec<Story> = (0..size).map(story).collect();
    for second in (49..size).step_by(50) {
        let Story { role, means, ends, .. } = story(second - 25);
        let means = format!("{means} quickly");
        stories[second] = Story { role, means, ends, is_repeated: true };
    }
    stories
}

/// Eight words of what is wanted and five of what for, by one of twenty roles.
fn usual(number: usize) -> Story {
    let mut chance = Chance(number as u64);
    let mut words =
        |count: usize| (0..count).map(|_| word(chance.zipf(20_000))).collect::<Vec<_>>().join(" ");
    let (means, ends) = (words(8), words(5));
    Story { role: format!("role {}", word(chance.below(20))), means, ends, is_repeated: false }
}

/// The same sentence with two other words in it.
fn formulaic(number: usize) -> Story {
    let mut chance = Chance(number as u64);
    // No word is both: one that is everywhere finds nothing.
    let (part, kind) = (word(chance.below(500)), word(500 + chance.below(20_000)));
    Story {
        role: "data manager".to_owned(),
        means: format!("know which kind of {kind} is produced or collected in the {part} phase"),
        ends: "I can determine which services are required".to_owned(),
        is_repeated: false,
    }
}

/// A word of syllables for a number, without an ending that could be taken for one.
fn word(number: usize) -> String {
    const SYLLABLES: [&str; 16] = [
        "bal", "cor", "dun", "fim", "gar", "hol", "jum", "kip", "lam", "mon", "nur", "pol", "ram",
        "sol", "tum", "vak",
    ];
    let mut word = String::new();
    let mut rest = number;
    for _ in 0..4 {
        word.push_str(SYLLABLES[rest % SYLLABLES.len()]);
        rest /= SYLLABLES.len();
    }
    word
}

struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d).wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    /// A number of which small ones are as frequent as frequent words are (Zipf): the logarithm is
    /// spread evenly.
    fn zipf(&mut self, n: usize) -> usize {
        let share = self.below(1 << 20) as f64 / f64::from(1 << 20);
        ((n as f64).powf(share) as usize).min(n) - 1
    }
}
