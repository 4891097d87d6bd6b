//! Somebody who edits in a clone as chance has it, and remembers each edit that was acknowledged.

use std::collections::BTreeSet;

use super::document::{self, State, changes};
use super::judge::Edit;
use super::{Chance, Desk, nemesis};
use crate::support::Run;

const STATUSES: [&str; 4] = ["proposed", "ready", "in-progress", "review"];

/// How often things happened.
#[derive(Clone, Debug, Default)]
pub(super) struct Figures {
    pub(super) runs: usize,
    pub(super) edits: usize,
    pub(super) syncs: usize,
    pub(super) kills: usize,
    pub(super) held: usize,
    pub(super) cut_off: usize,
    pub(super) decided: usize,
    pub(super) locks_left: usize,
    pub(super) in_the_way: usize,
    pub(super) busy: usize,
}

pub(super) struct User {
    pub(super) desk: Desk,
    pub(super) chance: Chance,
    pub(super) edits: Vec<Edit>,
    pub(super) figures: Figures,
    /// Ends of runs that nobody would expect.
    pub(super) odd: Vec<String>,
    head: String,
}

impl User {
    pub(super) fn new(desk: Desk, seed: u64) -> Self {
        let head = desk.head();
        let (chance, figures) = (Chance::new(seed), Figures::default());
        Self { desk, chance, edits: Vec::new(), figures, odd: Vec::new(), head }
    }

    fn state(&self) -> State {
        document::read(&self.desk.path(".backlog"))
    }

    /// An edit; nothing else needs to be told, since what differs afterwards is what was done.
    pub(super) fn edit(&mut self, is_killed: bool, is_held: bool) {
        let before = self.state();
        let ids: Vec<String> = document::ids(&before).into_iter().collect();
        let mut words = self.words(&ids);
        if self.chance.below(2) == 0 {
            words.extend(["-m".to_owned(), "Because".to_owned()]);
        }
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let run = self.perform(&words, is_killed, is_held);
        self.remember(&before, &[]);
        // Not every item has the label that is to go.
        let codes: &[i32] = if words.contains(&"labels-=old") { &[0, 2, 5] } else { &[0, 5] };
        self.expect(&words, run, codes);
    }

    fn words(&mut self, ids: &[String]) -> Vec<String> {
        let chance = &mut self.chance;
        let (id, other) = (chance.of(ids).clone(), chance.of(ids).clone());
        let n = self.edits.len() + 1;
        let mark = format!("{}-{n}", self.desk.name);
        let number = n + 1000 * usize::from(self.desk.name.as_bytes()[0] - b'a');
        let set = |word: String| vec!["set".to_owned(), id.clone(), word];
        let rank = |place: &[&str]| {
            let words = [&["rank", id.as_str()], place].concat();
            words.into_iter().map(str::to_owned).collect()
        };
        match chance.below(12) {
            0 | 1 => set(format!("value={number}")),
            2 => set(format!("effort={number}")),
            3 => set(format!("status={}", chance.of(&STATUSES))),
            4 => set(format!("assignee={mark}")),
            5 => set(format!("title=The item of {mark}")),
            6 => set(format!("labels+={mark}")),
            7 => set("labels-=old".to_owned()),
            8 => rank(&[*chance.of(&["--top", "--bottom"])]),
            9 if id != other => rank(&["--after", &other]),
            10 => vec!["new".to_owned(), "task".to_owned(), format!("New of {mark}")],
            _ => {
                let which = (1 + chance.below(3)).to_string();
                ["criteria", "BL-22222", "check", &which].map(str::to_owned).to_vec()
            }
        }
    }

    /// Runs the program; `None` if it was killed.
    fn perform(&mut self, words: &[&str], is_killed: bool, is_held: bool) -> Option<Run> {
        self.figures.runs += 1;
        let mut program = self.desk.program();
        program.args(words);
        if is_killed {
            self.figures.kills += usize::from(nemesis::kill(program, &mut self.chance));
            // Some see a lock and remove it, as Git tells them to; others run the next command.
            let mends = |user: &mut Self| drop(user.desk.run(&["doctor", "--fix"]));
            let mends_first = self.chance.below(2) == 0;
            if mends_first {
                mends(self);
            }
            self.figures.locks_left += nemesis::unlock(&self.desk.path(".git")).len();
            if !mends_first {
                mends(self);
            }
            return None;
        }
        if !is_held {
            return Some(self.desk.output(&mut program));
        }
        self.figures.held += 1;
        let desk = self.desk.clone();
        Some(nemesis::hold(&desk, &mut self.chance, || desk.output(&mut program)))
    }

    fn expect(&mut self, words: &[&str], run: Option<Run>, codes: &[i32]) {
        let Some(run) = run else { return };
        self.figures.busy += usize::from(run.code == Some(5));
        if !run.code.is_some_and(|code| codes.contains(&code)) {
            self.odd.push(format!("{} {words:?}: {run}", self.desk.name));
        }
    }

    /// Takes down what was changed here since `before`, and which commits it went into. `decided`
    /// are fields that somebody decided, whatever they hold now.
    fn remember(&mut self, before: &State, decided: &[document::Field]) {
        let after = self.state();
        let mut changed = changes(before, &after);
        for field in decided.iter().collect::<BTreeSet<_>>() {
            if !changed.iter().any(|(it, ..)| it == field) {
                let value = after.get(field).cloned().unwrap_or_default();
                changed.push((field.clone(), value.clone(), value));
            }
        }
        self.figures.edits += changed.len();
        for (field, _, new) in changed {
            let (desk, seq) = (self.desk.name.clone(), self.edits.len());
            self.edits.push(Edit { desk, seq, field, new, commit: None });
        }
        self.find_commits();
    }

    /// Which of the new commits of this desk hold what was not committed before.
    fn find_commits(&mut self) {
        let head = self.desk.head();
        if head == self.head {
            return;
        }
        let (range, author) =
            (format!("{}..{head}", self.head), format!("--author={}", self.desk.name));
        let log = ["log", "--reverse", "--no-merges", "--name-only", "--format=commit %H"];
        let log = self.desk.git(&[&log[..], &[author.as_str(), range.as_str()]].concat());
        let mut commit = String::new();
        for line in log.lines() {
            if let Some(id) = line.strip_prefix("commit ") {
                id.clone_into(&mut commit);
                continue;
            }
            let of_file = |edit: &&mut Edit| {
                edit.commit.is_none() && line.contains(&format!("/{}", edit.field.0))
            };
            for edit in self.edits.iter_mut().filter(of_file) {
                edit.commit = Some(commit.clone());
            }
        }
        self.head = head;
    }

    /// Syncs once, and decides what it could not. Whether all is in step now.
    pub(super) fn sync(&mut self, is_killed: bool, is_held: bool, is_cut_off: bool) -> bool {
        self.figures.syncs += 1;
        let commits = self.edits.iter().any(|edit| edit.commit.is_none());
        let words: &[&str] = if commits { &["sync", "-m", "Work"] } else { &["sync"] };
        if is_cut_off {
            self.figures.cut_off += 1;
            let mut program = self.desk.program();
            let remote = self.desk.folder.join("origin.git");
            program.args(words).env("GIT_CONFIG_COUNT", "1");
            program
                .env("GIT_CONFIG_KEY_0", "url./nowhere.insteadOf")
                .env("GIT_CONFIG_VALUE_0", remote);
            let run = self.desk.output(&mut program);
            self.find_commits();
            self.expect(words, Some(run), &[6]);
            return false;
        }
        let run = self.perform(words, is_killed, is_held);
        self.find_commits();
        let Some(run) = run else { return false };
        let is_quiet = run.err.contains("already in step");
        match run.code {
            Some(1) => {
                self.decide();
                return false;
            }
            // A sync that was killed while it changed the files.
            Some(4) => {
                self.figures.in_the_way += 1;
                let run = self.perform(&["sync", "-m", "Work"], false, false);
                self.find_commits();
                self.expect(&["sync", "-m", "again"], run, &[0, 1, 5]);
                self.decide();
                return false;
            }
            _ => {}
        }
        // 6: the others were always faster.
        self.expect(words, Some(run), &[0, 5, 6]);
        is_quiet
    }

    fn decide(&mut self) {
        let open = document::open(&self.desk.path(".backlog"));
        let ids: BTreeSet<&String> = open.iter().map(|(id, _)| id).collect();
        for id in ids {
            let before = self.state();
            let take = (1 + self.chance.below(2)).to_string();
            let words = ["resolve", id, "--take", &take, "-m", "Decided"];
            let run = self.perform(&words, false, false);
            let fields: Vec<_> = open.iter().filter(|(it, _)| it == id).cloned().collect();
            self.figures.decided += fields.len();
            self.remember(&before, &fields);
            self.expect(&words, run, &[0]);
        }
    }
}
