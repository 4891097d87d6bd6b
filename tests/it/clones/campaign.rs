//! Many clones at once, and a nemesis.

use std::thread;

use super::document;
use super::judge::{Case, judge};
use super::user::{Figures, User};
use super::{Clones, Desk, NAMES, files, nemesis};
use crate::support::report;

/// A campaign of so many clones that make so many edits each.
struct Campaign {
    n_clones: usize,
    n_edits: usize,
    /// One run in so many is killed.
    kills: usize,
    /// One run in so many finds a lock held.
    holds: usize,
    /// One sync in so many finds the remote cut off.
    cuts: usize,
    seed: u64,
}

impl Campaign {
    fn run(&self) -> (Figures, Vec<String>) {
        let clones = Clones::new(self.n_clones);
        let first = document::read(&clones.desk("ada").path(".backlog"));
        let desks: Vec<Desk> = NAMES[..self.n_clones].iter().map(|it| clones.desk(it)).collect();
        let mut users: Vec<User> = thread::scope(|scope| {
            let work = |(at, desk): (usize, &Desk)| {
                let user = User::new(desk.clone(), self.seed * 100 + at as u64);
                scope.spawn(move || self.work(user, at))
            };
            let threads: Vec<_> = desks.iter().enumerate().map(work).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        // Whoever was killed while it pushed has left a lock there.
        nemesis::unlock(&clones.path("origin.git"));
        settle(&mut users);
        let wrong = [inspect(&clones, &users), judge(&case(&users, first))].concat();
        (sum(&users), wrong)
    }

    fn work(&self, mut user: User, at: usize) -> User {
        // Even a short campaign has a kill of an edit and one of a sync.
        for step in 0..self.n_edits {
            let mut is_one_in = |n: usize| n > 0 && user.chance.below(n) == 0;
            let (is_killed, is_held) = (is_one_in(self.kills), is_one_in(self.holds));
            user.edit(is_killed || (at, step) == (0, 2), is_held);
            if user.chance.below(3) == 0 || step == 3 {
                let mut is_one_in = |n: usize| n > 0 && user.chance.below(n) == 0;
                let (is_killed, is_held) = (is_one_in(self.kills), is_one_in(self.holds));
                let is_cut_off = is_one_in(self.cuts);
                user.sync(is_killed || (at, step) == (1, 3), is_held, is_cut_off);
            }
        }
        user
    }
}

/// Syncs by turns until nobody has anything new.
fn settle(users: &mut [User]) {
    for _ in 0..20 {
        let mut is_quiet = true;
        for user in users.iter_mut() {
            is_quiet &= user.sync(false, false, false);
        }
        if is_quiet {
            return;
        }
    }
    let odd: Vec<_> = users.iter().flat_map(|user| &user.odd).collect();
    panic!("the clones do not come to rest: {odd:#?}");
}

/// What is wrong with the clones and the remote, whatever was edited.
fn inspect(clones: &Clones, users: &[User]) -> Vec<String> {
    let mut wrong: Vec<String> = users.iter().flat_map(|user| user.odd.clone()).collect();
    let first = &users[0].desk;
    let (head, held) = (first.head(), files(&first.path(".backlog")));
    for desk in users.iter().map(|user| &user.desk) {
        let name = &desk.name;
        if desk.head() != head || clones.remote() != head {
            wrong.push(format!("{name} is at another commit"));
        }
        if files(&desk.path(".backlog")) != held {
            wrong.push(format!("{name} holds other files"));
        }
        let status = desk.git(&["status", "--porcelain"]);
        if !status.is_empty() {
            wrong.push(format!("{name} is not clean: {status}"));
        }
        let said = desk.git(&["fsck", "--strict", "--no-dangling"]);
        if !said.is_empty() {
            wrong.push(format!("{name} is not sound: {said}"));
        }
        wrong.extend(harmful(&desk.trace()).map(|line| format!("{name} ran: {line}")));
    }
    // Each commit that the branch was at is there still.
    let bare = clones.desk("");
    let log = std::fs::read_to_string(bare.folder.join("origin.git/logs/refs/heads/main")).unwrap();
    for id in held_by_branch(&log, &head) {
        let missing = bare.git(&["-C", "origin.git", "rev-list", "--count", id, "^main"]);
        if missing != "0" {
            let mut what = format!("the remote was at {id}, which is not in its branch any more");
            let mut logs = vec![("origin", "origin.git/logs/refs/heads/main".to_owned())];
            logs.extend(users.iter().map(|user| {
                let name = user.desk.name.as_str();
                (name, format!("{name}/.git/logs/HEAD"))
            }));
            for (name, path) in logs {
                let log = std::fs::read_to_string(bare.folder.join(path)).unwrap();
                let lines: Vec<&str> = log.lines().collect();
                for at in (0..lines.len()).filter(|at| lines[*at].contains(id)) {
                    let near =
                        lines[at.saturating_sub(2)..(at + 3).min(lines.len())].join("\n    ");
                    what.push_str(&format!("\n  {name}:\n    {near}"));
                }
            }
            wrong.push(what);
        }
    }
    wrong
}

/// The commits that a branch was at, from its log, and where it is now. Git writes the log before it
/// moves the branch: when it is killed in between, the log names a commit that the branch never was
/// at, and the next line goes on from the one before.
fn held_by_branch<'a>(log: &'a str, now: &'a str) -> Vec<&'a str> {
    let steps: Vec<(&str, &str)> = log.lines().map(|line| (&line[..40], &line[41..81])).collect();
    let next = steps.iter().skip(1).map(|(from, _)| *from).chain([now]);
    steps.iter().zip(next).filter(|((_, to), next)| to == next).map(|((_, to), _)| *to).collect()
}

#[test]
fn a_move_that_was_killed_is_none() {
    let [a, b, c, zero] = ["a", "b", "c", "0"].map(|it| it.repeat(40));
    let line = |from: &str, to: &str| format!("{from} {to} Mira <m@e.org> 0 +0000\tpush\n");
    let log = line(&zero, &a) + &line(&a, &b) + &line(&a, &c);
    assert_eq!(held_by_branch(&log, &c), [&a, &c]);
    assert_eq!(held_by_branch(&log, &a), [&a]);
}

/// Commands of Git that throw something away.
fn harmful(trace: &str) -> impl Iterator<Item = &str> {
    let is_harmful = |line: &&str| {
        let Some((_, command)) = line.split_once("trace: built-in: git ") else { return false };
        let mut words = command.split(' ').map(|word| word.trim_matches('\''));
        let name = words.next().unwrap_or_default().to_owned();
        match name.as_str() {
            "reset" | "checkout" | "clean" | "restore" | "switch" | "stash" | "rebase" => true,
            "push" => words.any(|word| {
                word.starts_with(['+', ':']) || word.starts_with("--force") || word == "-f"
            }),
            _ => false,
        }
    };
    trace.lines().filter(is_harmful)
}

#[test]
fn a_harmful_command_is_seen() {
    let line = |words: &str| format!("10:00:00.1 git.c:1 trace: built-in: git {words}\n");
    for words in ["push origin +a:b", "push --force-with-lease origin", "reset --hard", "push o :b"]
    {
        assert_eq!(harmful(&line(words)).count(), 1, "{words}");
    }
    assert_eq!(harmful(&line("push --porcelain origin abc:refs/heads/main")).count(), 0);
}

fn case(users: &[User], first: document::State) -> Case {
    let desk = users[0].desk.clone();
    let log = desk.git(&["log", "--topo-order", "--reverse", "--format=%H %P"]);
    let commit = |line: &str| {
        let mut ids = line.split_whitespace().map(str::to_owned);
        (ids.next().unwrap(), ids.collect())
    };
    Case {
        edits: users.iter().flat_map(|user| user.edits.clone()).collect(),
        first,
        last: document::read(&desk.path(".backlog")),
        commits: log.lines().map(commit).collect(),
        state_at: Box::new(move |id| {
            let mut state = document::State::new();
            let names = desk.git(&["ls-tree", "--name-only", id, ".backlog/items/"]);
            for name in names.lines() {
                let text = desk.git(&["show", &format!("{id}:{name}")]) + "\n";
                document::fields(&text, &mut state);
            }
            state
        }),
    }
}

fn sum(users: &[User]) -> Figures {
    let mut sum = Figures::default();
    for figures in users.iter().map(|user| &user.figures) {
        sum.runs += figures.runs;
        sum.edits += figures.edits;
        sum.syncs += figures.syncs;
        sum.kills += figures.kills;
        sum.held += figures.held;
        sum.cut_off += figures.cut_off;
        sum.decided += figures.decided;
        sum.locks_left += figures.locks_left;
        sum.in_the_way += figures.in_the_way;
        sum.busy += figures.busy;
    }
    sum
}

#[test]
fn no_edit_of_any_clone_is_lost() {
    let campaign = Campaign { n_clones: 3, n_edits: 6, kills: 0, holds: 6, cuts: 0, seed: 1 };
    let (figures, wrong) = campaign.run();
    assert_eq!(wrong, Vec::<String>::new(), "{figures:?}");
    assert!(figures.edits >= 10 && figures.syncs >= 6, "{figures:?}");
}

/// Long, so only where it is asked for: `GIT_BACKLOG_LONG=1`, from the seed `GIT_BACKLOG_SEED` on.
#[test]
fn no_edit_of_many_clones_is_lost_in_a_long_time() {
    let number = |name: &str| std::env::var(name).ok().and_then(|it| it.parse::<u64>().ok());
    if number("GIT_BACKLOG_LONG").is_none() {
        return;
    }
    let start = number("GIT_BACKLOG_SEED").unwrap_or(1);
    let n_edits = number("GIT_BACKLOG_EDITS").unwrap_or(200) as usize;
    let mut bad = Vec::new();
    for seed in start..start + number("GIT_BACKLOG_SEEDS").unwrap_or(3) {
        let campaign = Campaign { n_clones: 8, n_edits, kills: 12, holds: 12, cuts: 10, seed };
        let (figures, wrong) = campaign.run();
        report(&format!("seed {seed}: {figures:?}, {} wrong", wrong.len()));
        bad.extend(wrong.into_iter().map(|it| format!("seed {seed}: {it}")));
    }
    assert_eq!(bad, Vec::<String>::new());
}
