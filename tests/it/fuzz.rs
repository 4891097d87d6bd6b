//! The fuzz targets over their corpus and over mutations of it, the same ones on every run.
//!
//! `fuzz/run` goes on from here, led by coverage.

#[path = "../../fuzz/src/targets.rs"]
mod targets;

use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::time::{Duration, Instant};

use targets::TARGETS;

/// How long one target may take, unless `GIT_BACKLOG_LONG` is set.
const SHORT: Duration = Duration::from_millis(400);

/// How long a single input may take. The programs of tests are not optimised.
const SLOW: Duration = Duration::from_secs(2);

#[test]
fn the_targets_hold_on_their_corpus_and_near_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let words = dictionary(&fs::read_to_string(root.join("dictionary")).unwrap());
    let time = if std::env::var_os("GIT_BACKLOG_LONG").is_some() { SHORT * 50 } else { SHORT };
    for (name, target) in TARGETS {
        let corpus = corpus(&root.join("corpus").join(name));
        assert!(corpus.len() <= 30, "{name}: {} files", corpus.len());
        corpus.iter().for_each(|input| check(name, *target, input));
        let mut random = Random(0x9e37_79b9_7f4a_7c15);
        let start = Instant::now();
        while start.elapsed() < time {
            check(name, *target, &mutated(&corpus, &words, &mut random));
        }
    }
}

#[test]
fn every_corpus_is_that_of_a_target() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(TARGETS.iter().any(|(target, _)| *target == name), "{name}");
    }
}

#[test]
fn the_lock_of_the_targets_knows_what_the_program_needs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    let manifest = read("Cargo.toml");
    let (_, needs) = manifest.split_once("\n[dependencies]\n").unwrap();
    let needs = needs.lines().take_while(|line| !line.starts_with('['));
    let name = |line: &str| {
        let (key, value) = line.split_once(" = ")?;
        let other = value.split_once("package = \"").and_then(|(_, rest)| rest.split('"').next());
        Some(other.unwrap_or(key).to_owned())
    };
    let lock = read("fuzz/Cargo.lock");
    let package = lock.split("[[package]]").find(|it| it.contains("name = \"git-backlog\""));
    let package = package.unwrap();
    for name in needs.filter(|line| !line.starts_with([' ', '#', ']'])).filter_map(name) {
        let is_there = package.contains(&format!(" \"{name}"));
        assert!(is_there, "{name} is not in fuzz/Cargo.lock: cd fuzz && cargo metadata");
    }
}

fn check(name: &str, target: targets::Target, input: &[u8]) {
    let start = Instant::now();
    if panic::catch_unwind(AssertUnwindSafe(|| target(input))).is_err() {
        panic!("{name}: {:?}", String::from_utf8_lossy(input));
    }
    let time = start.elapsed();
    assert!(time < SLOW, "{name}: {time:?} for {:?}", String::from_utf8_lossy(input));
}

fn corpus(folder: &Path) -> Vec<Vec<u8>> {
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty(), "{}", folder.display());
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// The words of a dictionary of libFuzzer.
fn dictionary(text: &str) -> Vec<Vec<u8>> {
    let words = text.lines().filter_map(|line| line.strip_prefix('"')?.strip_suffix('"'));
    words.map(unescaped).collect()
}

fn unescaped(line: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\\') {
        bytes.extend_from_slice(before.as_bytes());
        let length = if let Some(hex) = after.strip_prefix('x') {
            bytes.push(u8::from_str_radix(&hex[..2], 16).unwrap());
            3
        } else {
            bytes.extend_from_slice(&after.as_bytes()[..1]);
            1
        };
        rest = &after[length..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

/// An input with one to four changes: a byte, a part less, a part twice, a word more, a splice
/// with another input.
fn mutated(corpus: &[Vec<u8>], words: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut input = corpus[random.below(corpus.len())].clone();
    for _ in 0..=random.below(4) {
        let at = random.below(input.len() + 1);
        let end = (at + random.below(16)).min(input.len());
        match random.below(6) {
            0 if at < input.len() => input[at] ^= 1 << random.below(8),
            1 => drop(input.drain(at..end)),
            2 => {
                let part = input[at..end].to_vec();
                input.splice(at..at, part);
            }
            3 => {
                let other = &corpus[random.below(corpus.len())];
                let from = random.below(other.len() + 1);
                input.truncate(at);
                input.extend_from_slice(&other[from..]);
            }
            _ => drop(input.splice(at..at, words[random.below(words.len())].iter().copied())),
        }
    }
    input
}

/// Numbers that look random, and are the same on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % end.max(1)
    }
}
