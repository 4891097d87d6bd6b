//! What somebody asks of the program, and what may come of it.

use super::snapshot::{Doc, Snapshot};
use crate::clones::Chance;

/// What a command may change once it says that it is done.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// Nothing at all.
    Read,
    /// The lines of these fields, in these documents; the line is there afterwards.
    Fields { paths: Vec<String>, keys: &'static [&'static str], line: Option<String> },
    /// One new document, and ranks of others.
    New { title: String },
    /// One line of this document.
    Line { path: String },
    /// Whatever is in the backlog.
    Free,
    /// The same, and that Git takes a file for merged.
    Resolve,
    /// A commit and no file.
    Commit,
    /// What was done last.
    Undo,
    /// Commits of others.
    Sync,
    /// The same as `Free`, and how Git merges.
    Setup,
}

/// A command.
#[derive(Clone, Debug)]
pub(super) struct Order {
    pub(super) words: Vec<String>,
    pub(super) editor: Option<String>,
    pub(super) kind: Kind,
    /// Whether it is asked to commit.
    pub(super) commits: bool,
}

impl Order {
    pub(super) fn new(words: &[&str], kind: Kind) -> Self {
        let commits = matches!(kind, Kind::Commit | Kind::Undo | Kind::Sync);
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        Self { words, editor: None, kind, commits }
    }

    /// Whether it runs the hooks that may forbid a commit.
    pub(super) fn verifies(&self) -> bool {
        !self.words.iter().any(|word| word == "--no-verify")
    }
}

const READS: [&[&str]; 16] = [
    &["list", "--all"],
    &["board"],
    &["log"],
    &["diff"],
    &["diff", "--staged"],
    &["diff", "main...feature"],
    &["review", "main"],
    &["check"],
    &["check", "--since", "start"],
    &["check", "--fix", "--dry-run"],
    &["doctor"],
    &["undo", "--dry-run"],
    &["commit", "--dry-run"],
    &["resolve"],
    &["set", "--where", "value>=1", "value=77", "--dry-run"],
    &["schema"],
];

/// A command as chance has it.
pub(super) fn order(chance: &mut Chance, now: &Snapshot, n: usize) -> Order {
    let docs = now.docs();
    let mut order = match chance.below(20) {
        0..=4 if !docs.is_empty() => set(chance, &docs, n),
        5 | 6 if !docs.is_empty() => shape(chance, &docs, n),
        7 if !docs.is_empty() => edit(chance, &docs),
        8 | 9 => {
            let title = format!("Work {n}");
            let kind = *chance.of(&["task", "story", "bug"]);
            let words = ["new", kind, &title];
            let words = [&words[..], *chance.of(&[&[][..], &["--top"]])].concat();
            Order::new(&words, Kind::New { title: title.clone() })
        }
        10 | 11 => {
            let why = format!("Reason {n}");
            let all = [&["commit"][..], &["commit", "-m", &why]];
            let words: &&[&str] = chance.of(&all);
            let order = Order::new(words, Kind::Commit);
            return unverified(chance, order);
        }
        12 | 13 => return unverified(chance, Order::new(&["undo"], Kind::Undo)),
        14 => return sync(chance),
        15 => return housekeeping(chance),
        16 if !docs.is_empty() => resolve(chance, &docs),
        17 => return refused(chance, &docs),
        _ => return read(chance, &docs),
    };
    if chance.below(3) == 0 {
        order.words.extend(["-m".to_owned(), format!("Because {n}")]);
        order.commits = true;
    }
    unverified(chance, order)
}

fn unverified(chance: &mut Chance, mut order: Order) -> Order {
    if chance.below(8) == 0 {
        order.words.push("--no-verify".to_owned());
    }
    order
}

fn set(chance: &mut Chance, docs: &[Doc], n: usize) -> Order {
    let doc = chance.of(docs);
    // A merge of Git may have given two files one id; the program goes by the name of the file.
    let twins = docs.iter().filter(|it| it.id == doc.id);
    let paths: Vec<String> = twins.map(|it| it.path.clone()).collect();
    let number = 10 + chance.below(5);
    let of = |key: &str, value: &str, keys| {
        let line = Some(format!("{key}: {value}"));
        let kind = Kind::Fields { paths: paths.clone(), keys, line };
        Order::new(&["set", &doc.id, &format!("{key}={value}")], kind)
    };
    match chance.below(8) {
        0 | 1 => of("value", &number.to_string(), &["value"]),
        2 => of("effort", &number.to_string(), &["effort"]),
        3 => {
            let status = *chance.of(&["ready", "in-progress", "review", "done", "proposed"]);
            of("status", status, &["status", "started", "done"])
        }
        4 => of("title", &format!("Item {n} anew"), &["title"]),
        5 => {
            let kind = Kind::Fields { paths: paths.clone(), keys: &["labels"], line: None };
            Order::new(&["set", &doc.id, &format!("labels+=l{number}")], kind)
        }
        6 => {
            let paths = docs.iter().map(|doc| doc.path.clone()).collect();
            let kind = Kind::Fields { paths, keys: &["effort"], line: None };
            Order::new(&["set", "--where", "value>=12", &format!("effort={number}")], kind)
        }
        _ => of("assignee", &format!("m{n}"), &["assignee"]),
    }
}

fn shape(chance: &mut Chance, docs: &[Doc], n: usize) -> Order {
    let (doc, other) = (chance.of(docs), chance.of(docs));
    let line = Kind::Line { path: doc.path.clone() };
    let nth = (1 + chance.below(3)).to_string();
    match chance.below(8) {
        0 | 1 => Order::new(&["criteria", &doc.id, "check", &nth], line),
        2 => Order::new(&["criteria", &doc.id, "uncheck", &nth], line),
        3 => Order::new(&["criteria", &doc.id, "edit", &nth, &format!("It is {n}")], line),
        4 => Order::new(&["criteria", &doc.id, "add", &format!("It does {n}")], line),
        _ => {
            let paths = docs.iter().map(|doc| doc.path.clone()).collect();
            let kind = Kind::Fields { paths, keys: &["rank"], line: None };
            let places = [&["--top"][..], &["--bottom"], &["--after", &other.id]];
            Order::new(&[&["rank", doc.id.as_str()], *chance.of(&places)].concat(), kind)
        }
    }
}

fn edit(chance: &mut Chance, docs: &[Doc]) -> Order {
    let doc = chance.of(docs);
    let number = 10 + chance.below(5);
    let editors = [
        format!("sed -i 's/^effort:.*/effort: {number}/'"),
        format!("sed -i 's/^None yet.*/None yet, but {number}/'"),
        "sed -i 's/^title: /title: [/'".to_owned(),
        "false".to_owned(),
    ];
    let editor = Some(chance.of(&editors).clone());
    Order { editor, ..Order::new(&["edit", &doc.id], Kind::Line { path: doc.path.clone() }) }
}

fn sync(chance: &mut Chance) -> Order {
    let more = [&[][..], &["--no-push"], &["-m", "All of it"], &["--dry-run"], &["-m", "So"]];
    let words = [&["sync"], *chance.of(&more)].concat();
    unverified(chance, Order::new(&words, Kind::Sync))
}

fn housekeeping(chance: &mut Chance) -> Order {
    match chance.below(5) {
        0 => Order::new(&["check", "--fix"], Kind::Free),
        1 => Order::new(&["check", "--fix", "--unsafe-fixes"], Kind::Free),
        2 => Order::new(&["init"], Kind::Setup),
        3 => Order::new(&["doctor", "--fix"], Kind::Setup),
        _ => Order::new(&["import", "backlog-md", "../foreign"], Kind::Free),
    }
}

fn resolve(chance: &mut Chance, docs: &[Doc]) -> Order {
    let open: Vec<&Doc> = docs.iter().filter(|doc| doc.text.contains("\nconflicts:")).collect();
    let doc = match open.is_empty() {
        true => chance.of(docs),
        false => chance.of(&open),
    };
    let take = (1 + chance.below(2)).to_string();
    Order::new(&["resolve", &doc.id, "--take", &take], Kind::Resolve)
}

/// What the program has to refuse.
fn refused(chance: &mut Chance, docs: &[Doc]) -> Order {
    let id = docs.first().map_or("BL-22222", |doc| doc.id.as_str());
    let words = [
        &["set", "BL-zzzzz", "value=1"][..],
        &["set", id, "value=many", "-m", "No"],
        &["set", id, "value=5", "status=nonsense"],
        &["rank", id, "--after", "BL-zzzzz"],
        &["criteria", id, "check", "99"],
        &["new", "nonsense", "A title"],
    ];
    let words: &&[&str] = chance.of(&words);
    Order::new(words, Kind::Read)
}

fn read(chance: &mut Chance, docs: &[Doc]) -> Order {
    if docs.is_empty() || chance.below(4) > 0 {
        let words: &&[&str] = chance.of(&READS);
        return Order::new(words, Kind::Read);
    }
    let command = *chance.of(&["show", "why", "log", "blame", "criteria"]);
    Order::new(&[command, &chance.of(docs).id], Kind::Read)
}
