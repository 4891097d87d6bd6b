//! The figures of `stats`, compared with those of a script that has nothing in common with the
//! program and asks Git alone.

use std::path::Path;

use serde_json::{Value, json};

use crate::support::{PROGRAM, Repo, has};

/// The day on which all is looked at.
const TODAY: &str = "2026-11-25";

/// A repository whose commits have the days that they are given.
struct Past(Repo);

impl Past {
    fn new() -> Self {
        let past = Self(Repo::new());
        past.0.write(".backlog/config.yml", "");
        past
    }

    fn git(&self, day: &str, arguments: &[&str]) {
        let time = format!("{day}T12:00:00 +0200");
        let mut git = self.0.command("git");
        let git = git.args(arguments).env("GIT_AUTHOR_DATE", &time);
        // Whoever rebases or merges later has another clock.
        let output = git.env("GIT_COMMITTER_DATE", "2026-11-24T12:00:00 +0000").output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {error}");
    }

    fn commit(&self, day: &str) {
        self.git(day, &["add", "--all"]);
        self.git(day, &["commit", "--quiet", "--allow-empty", "--message", "backlog: change"]);
    }

    /// Writes an item.
    fn item(&self, id: &str, front: &str) -> &Self {
        let path = format!(".backlog/items/{id}-thing.md");
        self.0.write(&path, format!("---\nid: {id}\ntitle: Thing {id}\n{front}---\n\nText.\n"));
        self
    }

    /// An item that is written, begun and done on three days.
    fn done(&self, id: &str, [came, began, ended]: [&str; 3]) {
        self.item(id, "status: ready\n").commit(came);
        self.item(id, "status: in-progress\n").commit(began);
        self.item(id, "status: done\n").commit(ended);
    }

    /// The figures of the program and of the script, in one form.
    fn figures(&self) -> (Value, Value) {
        let folder = self.0.path("");
        let since = ["stats", "--since", "2000-01-01", "--format", "json"];
        let run =
            self.0.output(self.0.command(PROGRAM).env("GIT_BACKLOG_TODAY", TODAY).args(since));
        assert_eq!(run.code, Some(0), "{run}");
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/flow.py");
        let mut python = self.0.command("python3");
        let script = self.0.output(python.arg(script).arg(&folder).arg(TODAY));
        assert_eq!(script.code, Some(0), "{script}");
        (in_one_form(&run.json()), script.json())
    }
}

/// What `stats` tells, as the script tells it.
fn in_one_form(stats: &Value) -> Value {
    let mut figures = stats["coverage"].clone();
    figures["reopened"] = stats["reopened"]["times"].clone();
    for time in ["lead_days", "cycle_days"] {
        figures[time] = stats["times"]["all"][time].clone();
    }
    let weeks = stats["throughput"]["weeks"].as_array().unwrap().iter();
    let busy = weeks.filter(|week| week["done"] != 0);
    let busy = busy.map(|week| (week["first"].as_str().unwrap().to_owned(), week["done"].clone()));
    figures["weeks"] = Value::Object(busy.collect());
    figures
}

#[test]
fn the_figures_are_those_of_an_independent_script() {
    if !has("python3") {
        return;
    }
    let past = Past::new();
    for n in 0..13 {
        let status = if n < 5 { "done" } else { "ready" };
        past.item(&format!("BL-imp{n:02}"), &format!("status: {status}\n"));
    }
    past.commit("2026-06-03");
    for (n, id) in ["BL-m22", "BL-m23", "BL-m24", "BL-m25", "BL-m26", "BL-m27"].iter().enumerate() {
        let day = |base: usize| format!("2026-06-{:02}", base + n);
        past.done(id, [&day(4), &day(8), &day(12 + n)]);
    }
    a_branch(&past);
    squashed_and_opened_again(&past);
    odd_clocks_and_names(&past);
    let (ours, theirs) = past.figures();
    assert_eq!(ours, theirs);
    // What was compared was not nothing.
    assert_eq!(ours["done"], 22);
    assert_eq!(ours["reopened"], 1);
    assert_ne!(ours["cycle_days"]["p85"], json!(null));
    assert!(ours["dated"].as_u64() < ours["done"].as_u64(), "{ours}");
}

/// Work on a branch, and a merge that decides between both sides.
fn a_branch(past: &Past) {
    past.item("BL-aaa", "status: ready\n").item("BL-kkk", "status: ready\n").commit("2026-06-09");
    past.git("2026-06-10", &["switch", "--quiet", "--create", "work"]);
    past.item("BL-aaa", "status: in-progress\n").commit("2026-06-10");
    past.item("BL-kkk", "status: in-progress\n").commit("2026-06-11");
    past.item("BL-aaa", "status: done\n").commit("2026-06-15");
    past.git("2026-06-16", &["switch", "--quiet", "main"]);
    past.item("BL-kkk", "status: review\n").commit("2026-06-16");
    past.git("2026-06-20", &["merge", "--quiet", "--no-commit", "--strategy=ours", "work"]);
    past.item("BL-aaa", "status: done\n").item("BL-kkk", "status: done\n").commit("2026-06-20");
}

fn squashed_and_opened_again(past: &Past) {
    let days = "created: 2026-06-12\nstarted: 2026-06-18\ndone: 2026-06-24\n";
    past.item("BL-sqa", &format!("status: done\n{days}")).commit("2026-06-25");
    past.item("BL-sqb", "status: done\n").commit("2026-06-26");
    past.done("BL-rrr", ["2026-06-20", "2026-06-22", "2026-07-01"]);
    past.item("BL-rrr", "status: in-progress\ndone: 2026-07-01\n").commit("2026-07-05");
    past.item("BL-rrr", "status: done\ndone: 2026-07-01\n").commit("2026-07-20");
}

fn odd_clocks_and_names(past: &Past) {
    // The second machine is two weeks behind; the third one lives in another century.
    past.done("BL-ccc", ["2026-07-20", "2026-07-25", "2026-07-10"]);
    past.done("BL-ddd", ["2026-07-21", "2026-07-26", "2082-01-01"]);
    // Words of another tool, and a field that cannot be.
    past.item("BL-www", "status: To Do\nstarted: 2026-01-01\n").commit("2026-07-27");
    past.item("BL-www", "status: In Progress\nstarted: 2026-01-01\n").commit("2026-07-29");
    past.item("BL-www", "status: done\nstarted: 2026-01-01\n").commit("2026-08-02");
    // Another id in the same file, then another file.
    past.item("BL-eee", "status: ready\n").commit("2026-08-03");
    past.item("BL-eee", "status: in-progress\n").commit("2026-08-05");
    past.0.write(
        ".backlog/items/BL-eee-thing.md",
        "---\nid: BL-fff\ntitle: Thing BL-eee\nstatus: in-progress\n---\n\nText.\n",
    );
    past.commit("2026-08-06");
    past.git(
        "2026-08-07",
        &["mv", ".backlog/items/BL-eee-thing.md", ".backlog/items/BL-fff-thing.md"],
    );
    past.commit("2026-08-07");
    past.item("BL-fff", "status: done\n").commit("2026-08-10");
    // A whole, whose part counts; and what was done and is gone.
    past.item("BL-epi", "status: ready\n").item("BL-par", "parent: BL-epi\nstatus: ready\n");
    past.commit("2026-08-11");
    past.item("BL-epi", "status: done\n").item("BL-par", "parent: BL-epi\nstatus: done\n");
    past.commit("2026-08-14");
    past.done("BL-ggg", ["2026-08-15", "2026-08-16", "2026-08-18"]);
    past.git("2026-08-20", &["rm", "--quiet", ".backlog/items/BL-ggg-thing.md"]);
    past.commit("2026-08-20");
}
