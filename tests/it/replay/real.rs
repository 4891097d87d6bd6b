//! The history of a real backlog, as `git fast-export` wrote it, imported commit by commit.

use std::collections::{BTreeMap, HashMap};
use std::process::Command;
use std::sync::Arc;

use git_backlog::domain::backlog::Backlog;
use git_backlog::domain::date::Date;
use git_backlog::domain::import::{self, Request};
use git_backlog::domain::source::SourceFile;

use super::{Commit, Files};
use crate::support::{has, skip};

/// The files of a foreign commit.
type Tree = BTreeMap<String, Arc<str>>;

/// A foreign commit with its parents.
struct Foreign {
    parents: Vec<usize>,
    tree: Tree,
}

/// The history, or about `wanted` of its commits, evenly spread along the first parents.
pub(super) fn history(wanted: Option<usize>) -> Option<Vec<Commit>> {
    let Some(data) = std::env::var_os("GIT_BACKLOG_DATA").map(std::path::PathBuf::from) else {
        skip("GIT_BACKLOG_DATA names no folder with a real history");
        return None;
    };
    let path = data.join("backlog-md/history.fast-export.xz");
    if !path.is_file() {
        skip("there is no backlog-md/history.fast-export.xz in GIT_BACKLOG_DATA");
        return None;
    }
    if !has("xz") {
        return None;
    }
    let output = Command::new("xz").arg("-dc").arg(path).output().unwrap();
    assert!(output.status.success());
    let foreign = commits(&output.stdout);
    let chosen = match wanted {
        None => foreign,
        Some(wanted) => {
            let parent = |at: &usize| foreign[*at].parents.first().copied();
            let mut line: Vec<usize> =
                std::iter::successors(Some(foreign.len() - 1), parent).collect();
            line.reverse();
            let step = line.len().div_ceil(wanted);
            let chosen = line.into_iter().rev().step_by(step).collect::<Vec<_>>().into_iter().rev();
            let chosen = chosen.enumerate().map(|(at, it)| Foreign {
                parents: at.checked_sub(1).into_iter().collect(),
                tree: foreign[it].tree.clone(),
            });
            chosen.collect()
        }
    };
    Some(
        chosen
            .into_iter()
            .map(|it| Commit { parents: it.parents, files: imported(&it.tree) })
            .collect(),
    )
}

fn imported(tree: &Tree) -> Files {
    let format = import::named("backlog-md").unwrap();
    let files: Vec<SourceFile> = tree
        .iter()
        .filter_map(|(path, text)| Some((path.strip_prefix("backlog/")?, text)))
        .filter(|(path, _)| (format.reads)(path))
        .map(|(path, text)| SourceFile { path: path.to_owned(), text: Ok(text.to_string()) })
        .collect();
    let backlog = Backlog::default();
    let today = Date::constant(2026, 11, 25);
    let import = (format.import)(&Request { files: &files, backlog: &backlog, today });
    let edits = import.edits.files().iter();
    edits.filter_map(|it| Some((it.path.clone(), it.after.clone()?))).collect()
}

/// Reads a stream; every commit has its whole tree.
fn commits(stream: &[u8]) -> Vec<Foreign> {
    let mut reader = Reader { rest: stream };
    let mut blobs: HashMap<String, Arc<str>> = HashMap::new();
    let mut marks: HashMap<String, usize> = HashMap::new();
    let mut commits: Vec<Foreign> = Vec::new();
    let (mut mark, mut is_blob) = (String::new(), false);
    while let Some(line) = reader.line() {
        let (word, rest) = line.split_once(' ').unwrap_or((&line, ""));
        match word {
            "blob" => is_blob = true,
            "commit" => {
                is_blob = false;
                commits.push(Foreign { parents: Vec::new(), tree: Tree::new() });
            }
            "mark" => {
                mark = rest.to_owned();
                if !is_blob {
                    marks.insert(mark.clone(), commits.len() - 1);
                }
            }
            "data" => {
                let data = reader.data(rest.parse().unwrap());
                if is_blob {
                    blobs.insert(mark.clone(), String::from_utf8_lossy(data).into());
                }
            }
            "from" | "merge" if !is_blob && !commits.is_empty() => {
                let Some(parent) = marks.get(rest).copied() else { continue };
                if word == "from" {
                    let tree = commits[parent].tree.clone();
                    commits.last_mut().unwrap().tree = tree;
                }
                commits.last_mut().unwrap().parents.push(parent);
            }
            "M" => {
                let mut parts = rest.splitn(3, ' ');
                let (_mode, blob) = (parts.next().unwrap(), parts.next().unwrap());
                let path = unquoted(parts.next().unwrap());
                if let Some(blob) = blobs.get(blob) {
                    commits.last_mut().unwrap().tree.insert(path, Arc::clone(blob));
                }
            }
            "D" => drop(commits.last_mut().unwrap().tree.remove(&unquoted(rest))),
            "R" | "C" => panic!("the stream names renames: {line}"),
            _ => {}
        }
    }
    commits
}

/// A path as the stream writes it: in quotes, if it has odd letters.
fn unquoted(path: &str) -> String {
    let Some(inner) = path.strip_prefix('"').and_then(|path| path.strip_suffix('"')) else {
        return path.to_owned();
    };
    let mut bytes = Vec::new();
    let mut rest = inner.bytes();
    while let Some(byte) = rest.next() {
        match (byte, byte == b'\\') {
            (_, false) => bytes.push(byte),
            _ => match rest.next().unwrap() {
                first @ b'0'..=b'7' => {
                    let mut digit = || u32::from(rest.next().unwrap() - b'0');
                    let code = u32::from(first - b'0') * 64 + digit() * 8 + digit();
                    bytes.push(u8::try_from(code).unwrap());
                }
                other => bytes.push(other),
            },
        }
    }
    String::from_utf8(bytes).unwrap()
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn line(&mut self) -> Option<String> {
        if self.rest.is_empty() {
            return None;
        }
        let end = self.rest.iter().position(|byte| *byte == b'\n').unwrap_or(self.rest.len());
        let line = String::from_utf8_lossy(&self.rest[..end]).into_owned();
        self.rest = self.rest.get(end + 1..).unwrap_or_default();
        Some(line)
    }

    fn data(&mut self, length: usize) -> &'a [u8] {
        let (data, rest) = self.rest.split_at(length);
        self.rest = rest;
        data
    }
}
