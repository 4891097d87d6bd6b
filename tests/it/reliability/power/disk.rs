//! A disk that forgets what it was not told to keep.
//!
//! Names belong to folders, bytes to files. Both are kept for certain once they were synced; until
//! then each change of names, and the bytes of each file, may have reached the disk or not, and a
//! file may have got its length but not its bytes. A rename changes its names at once.

use std::collections::{BTreeMap, BTreeSet};

use super::trace::Op;
use crate::reliability::state::Files;

/// A file or folder, whatever its names.
type Node = usize;

/// What a change of names does: the folder, the name, and what it stands for afterwards.
type Names = Vec<(Node, String, Option<Node>)>;

/// How many states of one moment are looked at, at most.
const MOST: usize = 256;

#[derive(Clone, Debug, Default)]
struct Inode {
    is_folder: bool,
    /// The names in a folder: those that are safe.
    names: BTreeMap<String, Node>,
    /// The names as the program sees them.
    seen: BTreeMap<String, Node>,
    /// The bytes of a file that are safe, and those that the program sees.
    safe: Vec<u8>,
    bytes: Vec<u8>,
}

/// An open file, and where the next bytes go: `None` for its end.
#[derive(Clone, Copy, Debug)]
struct Open {
    node: Node,
    at: Option<usize>,
}

/// The disk at one moment.
#[derive(Clone, Debug)]
pub(super) struct Disk {
    nodes: Vec<Inode>,
    /// Changes of names that may be lost, oldest first.
    pending: Vec<Names>,
    open: BTreeMap<i64, Open>,
}

impl Disk {
    /// A disk that holds these files and folders safely.
    pub(super) fn holding(files: &Files, folders: &[String]) -> Self {
        let root = Inode { is_folder: true, ..Inode::default() };
        let mut disk = Self { nodes: vec![root], pending: Vec::new(), open: BTreeMap::new() };
        for folder in folders {
            disk.mkdir(folder);
        }
        for (path, bytes) in files {
            let node = disk.create(path);
            disk.nodes[node].bytes.clone_from(bytes);
        }
        for node in &mut disk.nodes {
            node.names.clone_from(&node.seen);
            node.safe.clone_from(&node.bytes);
        }
        disk.pending.clear();
        disk
    }

    /// Takes one step.
    pub(super) fn step(&mut self, op: &Op) {
        match op {
            Op::Open { fd, path, creates, empties } => {
                let found = self.find(path);
                let node = match found {
                    Some(node) => node,
                    None if *creates => self.create(path),
                    None => return,
                };
                if *empties {
                    self.nodes[node].bytes.clear();
                }
                self.open.insert(*fd, Open { node, at: None });
            }
            Op::Write { fd, bytes } => {
                if let Some(open) = self.open.get_mut(fd) {
                    let old = &mut self.nodes[open.node].bytes;
                    let at = open.at.unwrap_or(old.len());
                    let end = old.len().min(at + bytes.len());
                    old.splice(at..end, bytes.iter().copied());
                    open.at = open.at.map(|at| at + bytes.len());
                }
            }
            Op::Rewind { fd } => {
                if let Some(open) = self.open.get_mut(fd) {
                    open.at = Some(0);
                }
            }
            Op::Cut { fd, length } => {
                if let Some(open) = self.open.get(fd) {
                    self.nodes[open.node].bytes.truncate(*length);
                }
            }
            Op::Sync { fd } => self.sync(self.open[fd].node),
            Op::Rename { from, to } => {
                let node = self.find(from).unwrap();
                let change = vec![self.name(from, None), self.name(to, Some(node))];
                self.change(change);
            }
            Op::Link { from, to } => {
                let node = self.find(from);
                let change = vec![self.name(to, node)];
                self.change(change);
            }
            Op::Unlink { path } => {
                let change = vec![self.name(path, None)];
                self.change(change);
            }
            Op::Mkdir { path } => self.mkdir(path),
            Op::Saved | Op::Committed => {}
        }
    }

    fn sync(&mut self, node: Node) {
        let inode = &mut self.nodes[node];
        inode.safe.clone_from(&inode.bytes);
        if inode.is_folder {
            let is_here = |names: &Names| names.iter().any(|(folder, ..)| *folder == node);
            let (safe, pending) = std::mem::take(&mut self.pending).into_iter().partition(is_here);
            self.pending = pending;
            let safe: Vec<Names> = safe;
            for (folder, name, to) in safe.into_iter().flatten() {
                set(&mut self.nodes[folder].names, name, to);
            }
        }
    }

    /// The states in which the disk may be found after a power cut now: those in which one thing is
    /// lost or everything is, and if asked for, all others or a choice of them.
    pub(super) fn after_power_cut(&self, chance: &mut Chance, with_others: bool) -> Vec<Files> {
        let dirty: Vec<Node> = (0..self.nodes.len())
            .filter(|it| self.nodes[*it].safe != self.nodes[*it].bytes)
            .collect();
        let n_choices = self.pending.len() + dirty.len();
        let mut choices = BTreeSet::from([vec![0; n_choices], vec![1; n_choices]]);
        let single: &[(u8, u8)] =
            if with_others { &[(1, 0), (1, 2), (0, 1), (0, 2)] } else { &[(1, 0), (1, 2)] };
        for at in 0..n_choices {
            for (rest, this) in single.iter().copied() {
                let mut choice = vec![rest; n_choices];
                choice[at] = this;
                choices.insert(choice);
            }
        }
        let n_all = 3_usize.checked_pow(u32::try_from(n_choices).unwrap()).unwrap_or(MOST);
        for _ in 0..8 * MOST {
            if with_others && choices.len() < MOST.min(n_all) {
                choices.insert((0..n_choices).map(|_| chance.below(3)).collect());
            }
        }
        choices.iter().map(|choice| self.state(choice, &dirty)).collect()
    }

    /// The state in which names and bytes are kept (1), or lost (0); bytes may also be zeros (2).
    fn state(&self, choice: &[u8], dirty: &[Node]) -> Files {
        let mut names: Vec<BTreeMap<String, Node>> =
            self.nodes.iter().map(|node| node.names.clone()).collect();
        for (change, _) in self.pending.iter().zip(choice).filter(|(_, choice)| **choice > 0) {
            for (folder, name, to) in change {
                set(&mut names[*folder], name.clone(), *to);
            }
        }
        let chosen: BTreeMap<Node, u8> =
            dirty.iter().copied().zip(choice[self.pending.len()..].iter().copied()).collect();
        let mut files = Files::new();
        let mut folders = vec![(String::new(), 0)];
        while let Some((path, folder)) = folders.pop() {
            for (name, node) in &names[folder] {
                let path = format!("{path}{name}");
                let inode = &self.nodes[*node];
                if inode.is_folder {
                    files.insert(format!("{path}/"), Vec::new());
                    folders.push((format!("{path}/"), *node));
                } else {
                    files.insert(path, bytes(inode, chosen.get(node).copied()));
                }
            }
        }
        files
    }

    fn find(&self, path: &str) -> Option<Node> {
        let parts = path.split('/').filter(|part| !part.is_empty());
        parts.into_iter().try_fold(0, |node, part| self.nodes[node].seen.get(part).copied())
    }

    fn name(&self, path: &str, node: Option<Node>) -> (Node, String, Option<Node>) {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let folder = self.find(folder).unwrap_or_else(|| panic!("no folder for {path}"));
        (folder, name.to_owned(), node)
    }

    fn change(&mut self, names: Names) {
        for (folder, name, to) in &names {
            set(&mut self.nodes[*folder].seen, name.clone(), *to);
        }
        self.pending.push(names);
    }

    fn create(&mut self, path: &str) -> Node {
        self.add(path, Inode::default())
    }

    fn mkdir(&mut self, path: &str) {
        self.add(path, Inode { is_folder: true, ..Inode::default() });
    }

    fn add(&mut self, path: &str, inode: Inode) -> Node {
        let node = self.nodes.len();
        self.nodes.push(inode);
        let change = vec![self.name(path, Some(node))];
        self.change(change);
        node
    }
}

fn bytes(inode: &Inode, choice: Option<u8>) -> Vec<u8> {
    match choice {
        None | Some(1) => inode.bytes.clone(),
        Some(0) => inode.safe.clone(),
        Some(_) => {
            let kept =
                if inode.bytes.starts_with(&inode.safe) { inode.safe.as_slice() } else { &[] };
            let mut bytes = kept.to_vec();
            bytes.resize(inode.bytes.len(), 0);
            bytes
        }
    }
}

fn set(names: &mut BTreeMap<String, Node>, name: String, to: Option<Node>) {
    match to {
        Some(node) => names.insert(name, node),
        None => names.remove(&name),
    };
}

/// Numbers that look like chance and are the same each time.
pub(super) struct Chance(pub(super) u64);

impl Chance {
    /// A number below another.
    pub(super) fn below(&mut self, n: u8) -> u8 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u8::try_from((self.0 >> 33) % u64::from(n)).unwrap()
    }
}
