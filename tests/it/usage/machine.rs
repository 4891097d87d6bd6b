//! Takes one step after the other, and has each judged.

use std::collections::BTreeMap;
use std::fmt;

use super::commands::{self, Kind, Order};
use super::judge::{self, Case};
use super::ordinary;
use super::place::Place;
use super::snapshot::Snapshot;
use super::undoing::{self, Change};
use crate::clones::Chance;
use crate::support::Run;

/// What was done.
#[derive(Debug, Default)]
pub(super) struct Figures {
    pub(super) steps: usize,
    pub(super) runs: usize,
    pub(super) commits: usize,
    pub(super) undos: usize,
    pub(super) returns: usize,
    pub(super) by_code: BTreeMap<i32, usize>,
    /// How often something was refused, by what was said.
    pub(super) refusals: BTreeMap<String, usize>,
}

impl Figures {
    pub(super) fn add(&mut self, other: Self) {
        self.steps += other.steps;
        self.runs += other.runs;
        self.commits += other.commits;
        self.undos += other.undos;
        self.returns += other.returns;
        other.by_code.into_iter().for_each(|(code, n)| *self.by_code.entry(code).or_default() += n);
        for (said, n) in other.refusals {
            *self.refusals.entry(said).or_default() += n;
        }
    }

    fn count(&mut self, run: &Run) {
        self.runs += 1;
        *self.by_code.entry(run.code.unwrap_or(-1)).or_default() += 1;
        if let Some(line) = run.err.lines().find(|line| line.starts_with("error: ")) {
            let is_digit = |word: &str| word.chars().any(|it| it.is_ascii_digit());
            let words = line.split(' ').map(|word| if is_digit(word) { "…" } else { word });
            let said = words.collect::<Vec<_>>().join(" ");
            *self.refusals.entry(format!("{:?} {said}", run.code)).or_default() += 1;
        }
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} steps, {} commands, {} commits, {} undos, {} of them right after a change; \
             by exit code {:?}",
            self.steps, self.runs, self.commits, self.undos, self.returns, self.by_code
        )?;
        self.refusals.iter().try_for_each(|(said, n)| write!(f, "\n{n:6} {said}"))
    }
}

/// A place, and who works in it.
pub(super) struct Machine {
    seed: u64,
    place: Place,
    chance: Chance,
    now: Snapshot,
    changes: Vec<Change>,
    figures: Figures,
    wrong: Vec<String>,
}

impl Machine {
    pub(super) fn new(seed: u64) -> Self {
        let place = Place::new();
        let now = Snapshot::take(&place, None);
        let (chance, figures) = (Chance::new(seed), Figures::default());
        Self { seed, place, chance, now, changes: Vec::new(), figures, wrong: Vec::new() }
    }

    /// Takes so many steps, or fewer if something is wrong: that is told with what led to it.
    pub(super) fn run(mut self, n_steps: usize) -> (Figures, Vec<String>) {
        for n in 1..=n_steps {
            self.figures.steps += 1;
            if self.chance.below(20) < 9 {
                self.ordinary(n);
            } else {
                let order = commands::order(&mut self.chance, &self.now, n);
                self.command(&order);
            }
            if n % 20 == 0 || n == n_steps {
                self.check_sound();
            }
            if !self.wrong.is_empty() {
                let again = format!("GIT_BACKLOG_SEED={} GIT_BACKLOG_STEPS={n}", self.seed);
                let wrong = format!("{again}\n{}\n{}", self.place.story(), self.wrong.join("\n"));
                return (self.figures, vec![wrong]);
            }
        }
        (self.figures, Vec::new())
    }

    fn ordinary(&mut self, n: usize) {
        if self.chance.below(12) == 0 {
            self.place.go(if self.place.at == "repo" { "linked" } else { "repo" });
        }
        for line in ordinary::lines(&mut self.chance, &self.now, n) {
            let is_done = self.place.shell(&line);
            if is_done && line.starts_with("git commit -q -a") {
                self.look();
                self.check_taken();
            }
        }
        self.look();
    }

    /// After a commit of everything: an index of ours that hides an edit from Git would have kept
    /// Git from taking it.
    fn check_taken(&mut self) {
        let docs = self.now.docs();
        let mut paths: Vec<&str> = docs.iter().map(|doc| doc.path.as_str()).collect();
        paths.retain(|path| self.now.index.contains_key(*path));
        // What an autostash brought back after the commit, Git sees.
        let seen = self.place.ask(&["diff", "--name-only"]);
        paths.retain(|path| !seen.lines().any(|line| line == *path));
        let hashed = self.place.ask(&[&["hash-object", "--"], paths.as_slice()].concat());
        for (path, id) in paths.iter().zip(hashed.lines()) {
            if !self.now.index[*path].contains(id) {
                self.wrong.push(format!("git commit -a did not see what is in {path}"));
            }
        }
    }

    fn look(&mut self) -> Snapshot {
        let now = Snapshot::take(&self.place, Some(&self.now));
        std::mem::replace(&mut self.now, now)
    }

    fn command(&mut self, order: &Order) {
        let may_undo = matches!(
            order.kind,
            Kind::Fields { .. } | Kind::New { .. } | Kind::Line { .. } | Kind::Free | Kind::Commit
        );
        let dirty = (may_undo && self.chance.below(2) == 0).then(|| {
            self.place.ask(&["status", "--porcelain", "-uall", "--no-renames", "--", ".backlog"])
        });
        let (before, run) = self.perform(order);
        let is_changed = before.head != self.now.head
            || Change::between(self.place.at, &before, &self.now).is_some();
        let Some(dirty) = dirty else { return };
        if run.code == Some(0) && is_changed && self.wrong.is_empty() {
            self.take_back(&before, &dirty);
        }
    }

    /// Runs a command and has it judged.
    fn perform(&mut self, order: &Order) -> (Snapshot, Run) {
        let run = self.place.run(&order.words, order.editor.as_deref());
        let before = self.look();
        self.figures.count(&run);
        let case = Case { place: &self.place, before: &before, after: &self.now, order, run: &run };
        self.wrong.extend(judge::judge(&case));
        let is_undo = matches!(order.kind, Kind::Undo);
        if is_undo {
            self.figures.undos += 1;
            self.wrong.extend(undoing::judge(&case, &self.changes));
        }
        let is_committed = before.head != self.now.head;
        if is_committed {
            self.figures.commits += 1;
            if self.chance.below(5) == 0 && self.is_signing() {
                let verified = self.place.try_ask(&["verify-commit", "HEAD"]);
                if !verified.status.success() {
                    self.wrong.push("the commit has no good signature".to_owned());
                }
            }
        }
        // What was taken back is forgotten; what could not be committed is a change of its own.
        if !is_undo || is_committed || run.code != Some(0) {
            self.changes.extend(Change::between(self.place.at, &before, &self.now));
        }
        (before, run)
    }

    /// An undo right after a command; sometimes that is taken back as well.
    fn take_back(&mut self, origin: &Snapshot, dirty: &str) {
        self.figures.returns += 1;
        let done = self.now.clone();
        let is_committed = origin.head != done.head;
        let clean = !is_committed || {
            let paths =
                self.place.ask(&["diff-tree", "-r", "--name-only", &origin.head, &done.head]);
            !paths.lines().any(|path| dirty.contains(path))
        };
        let order = Order::new(&["undo"], Kind::Undo);
        self.return_to(&order, origin, clean);
        if is_committed && self.wrong.is_empty() && self.chance.below(2) == 0 {
            self.return_to(&order, &done, true);
        }
    }

    fn return_to(&mut self, order: &Order, origin: &Snapshot, clean: bool) {
        let (before, run) = self.perform(order);
        let case = Case { place: &self.place, before: &before, after: &self.now, order, run: &run };
        self.wrong.extend(undoing::judge_return(&case, origin, clean));
    }

    fn is_signing(&self) -> bool {
        self.now.files.contains_key("home/key")
    }

    fn check_sound(&mut self) {
        let fsck = self.place.try_ask(&["fsck", "--strict", "--no-dangling"]);
        let said = String::from_utf8_lossy(&[fsck.stdout, fsck.stderr].concat()).into_owned();
        if !fsck.status.success() || said.contains("error") {
            self.wrong.push(format!("git fsck: {said}"));
        }
    }
}
