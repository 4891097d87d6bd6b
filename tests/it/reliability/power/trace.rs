//! What a run asked of the file system, with all that it wrote, from a trace of its calls.

use std::collections::BTreeMap;
use std::fs;

use crate::reliability::case::Case;
use crate::support::Repo;

/// One step of a run, as far as the disk is concerned. Paths are below the folder of the repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Op {
    /// A file or folder was opened, and made or emptied if asked for.
    Open { fd: i64, path: String, creates: bool, empties: bool },
    /// Bytes were added.
    Write { fd: i64, bytes: Vec<u8> },
    /// What comes next is written at the start of an open file.
    Rewind { fd: i64 },
    /// An open file was cut to a length.
    Cut { fd: i64, length: usize },
    /// What an open file or folder holds was made durable.
    Sync { fd: i64 },
    /// A name moved.
    Rename { from: String, to: String },
    /// A file got a second name.
    Link { from: String, to: String },
    /// A name was removed.
    Unlink { path: String },
    /// A folder was made.
    Mkdir { path: String },
    /// The user was told that the files are saved.
    Saved,
    /// The user was told that there is a commit.
    Committed,
}

const CALLS: &str = "?open,?openat,?write,?pwrite64,?writev,?rename,?renameat,?renameat2,?link,?linkat,?unlink,\
    ?unlinkat,?mkdir,?mkdirat,?rmdir,?fsync,?fdatasync,?ftruncate,?lseek,?truncate,?symlink,?symlinkat,?dup,?dup2,?dup3";

/// The steps of a case in a repository, in the order in which they were done.
pub(super) fn trace(case: &Case, repo: &Repo) -> Vec<Op> {
    let log = repo.beside("trace");
    let words = ["strace", "--seccomp-bpf", "-f", "-qq", "-xx", "-s", "4000000", "-o"];
    let mut words: Vec<String> = words.map(str::to_owned).to_vec();
    words.extend([log.display().to_string(), "-e".to_owned(), format!("trace={CALLS}")]);
    let run = repo.output(&mut case.command_under(repo, &words));
    assert_eq!(run.code, Some(0), "{}: {run}", case.name);
    let root = repo.path("").display().to_string();
    let whole = whole_calls(&fs::read_to_string(&log).unwrap());
    whole.iter().filter_map(|call| op(call, &root)).collect()
}

/// The calls in the order in which they ended; one that another thread interrupts is put together.
fn whole_calls(log: &str) -> Vec<String> {
    let mut open = BTreeMap::new();
    let mut calls = Vec::new();
    for line in log.lines() {
        let Some((thread, rest)) = line.split_once(' ') else { continue };
        let rest = rest.trim_start();
        if let Some(begun) = rest.strip_suffix("<unfinished ...>") {
            open.insert(thread, begun.trim_end().to_owned());
        } else if let Some((_, end)) = rest.split_once(" resumed>") {
            calls.push(open.remove(thread).unwrap() + end);
        } else {
            calls.push(rest.to_owned());
        }
    }
    calls
}

fn op(call: &str, root: &str) -> Option<Op> {
    let (name, rest) = call.split_once('(')?;
    let (arguments, result) = rest.rsplit_once(" = ")?;
    let result: i64 = result.split(' ').next()?.parse().ok()?;
    if result < 0 {
        return None;
    }
    let texts = texts(arguments);
    let path = |at: usize| below(texts.get(at)?, root);
    let fd = || arguments.split([',', ')']).next()?.trim().parse().ok();
    Some(match name {
        "open" | "openat" => Op::Open {
            fd: result,
            path: path(0)?,
            creates: arguments.contains("O_CREAT"),
            empties: arguments.contains("O_TRUNC"),
        },
        "write" => {
            let mut bytes = texts.into_iter().next()?;
            bytes.truncate(usize::try_from(result).ok()?);
            match fd()? {
                1 => Op::Saved,
                2 if bytes.starts_with(b"[main ") => Op::Committed,
                fd => Op::Write { fd, bytes },
            }
        }
        "lseek" if arguments.contains(", 0, SEEK_SET") => Op::Rewind { fd: fd()? },
        "lseek" => return None,
        "ftruncate" => {
            let length = arguments.split([',', ')']).nth(1)?.trim().parse().ok()?;
            Op::Cut { fd: fd()?, length }
        }
        "fsync" | "fdatasync" => Op::Sync { fd: fd()? },
        "rename" | "renameat" | "renameat2" => Op::Rename { from: path(0)?, to: path(1)? },
        "link" | "linkat" => Op::Link { from: path(0)?, to: path(1)? },
        "unlink" | "unlinkat" => Op::Unlink { path: path(0)? },
        "mkdir" | "mkdirat" => Op::Mkdir { path: path(0)? },
        other => panic!("the model does not know {other}: {arguments}"),
    })
}

/// The texts in quotes, all of whose bytes are written as `\xNN`.
fn texts(arguments: &str) -> Vec<Vec<u8>> {
    let quoted = arguments.split('"').skip(1).step_by(2);
    let byte = |hex: &str| u8::from_str_radix(hex, 16).unwrap();
    quoted.map(|text| text.split("\\x").skip(1).map(byte).collect()).collect()
}

fn below(path: &[u8], root: &str) -> Option<String> {
    let path = String::from_utf8(path.to_vec()).unwrap();
    match path.strip_prefix('/') {
        Some(_) => {
            let root = root.trim_end_matches('/');
            Some(path.strip_prefix(root)?.trim_matches('/').to_owned())
        }
        None => Some(path.trim_start_matches("./").to_owned()),
    }
}
