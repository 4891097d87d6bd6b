//! Many commands in a row, as chance has it: whatever the order, the repository stays sound and
//! what nobody asked to change stays as it is.

use super::{CHECKOUT, CHECKOUT_TEXT, document, listed, shop};
use crate::support::{Repo, Run};

/// How many commands are run.
const STEPS: usize = 60;

/// Lines of an item that no command knows. They are to stay byte for byte.
const OWN_LINES: [&str; 5] = [
    "# Words of ours, with two  spaces",
    "x-team:   { name: blue,  size: [4] }   # not a field",
    "x-long: |",
    "  one",
    "\ttabs in the text, and an end of two blanks  ",
];

/// Numbers in an order that looks like chance and is the same on every run (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }

    fn of<'a>(&mut self, all: &'a [String]) -> &'a str {
        &all[self.below(all.len())]
    }
}

/// An item with lines of its own among those that commands change.
fn seeded() -> Repo {
    let repo = shop();
    let [comment, field, long, line, tabs] = OWN_LINES;
    let text = CHECKOUT_TEXT
        .replace("type: story\n", &format!("type: story\n{comment}\n{field}\n"))
        .replace("effort: 3\n", &format!("effort: 3\n{long}\n{line}\n"))
        .replace("## Notes\n", &format!("## Notes\n\n{tabs}\n"));
    repo.write(CHECKOUT, text);
    for name in ["BL-22222-one", "BL-33333-two", "BL-44444-three"] {
        document(
            &repo,
            &format!("items/{name}"),
            &format!(
                "type: task\nstatus: proposed\nrank: mg{}d\nvalue: 1\n",
                &name[3..4].replace(['2', '3', '4'], "b")
            ),
        );
    }
    // A commit of other work too, which `undo` never takes back.
    repo.write("src/main.rs", "fn seed() {}\n");
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--message", "seed"]);
    repo
}

fn open_items(repo: &Repo) -> Vec<String> {
    super::ids(&repo.run(&["list", "--columns", "id", "--format", "csv"]))
}

/// Runs one command. Returns it with what it printed, and whether it may change one line only.
fn step(repo: &Repo, chance: &mut Chance) -> (Vec<String>, Run, bool) {
    let items = open_items(repo);
    let (id, other) = (chance.of(&items).to_owned(), chance.of(&items).to_owned());
    let number = chance.below(90).to_string();
    let words: Vec<String> = match chance.below(12) {
        0 => ["new", "task", "Another thing"].map(str::to_owned).to_vec(),
        1 => vec!["new".into(), "bug".into(), "A \"bug\": broken".into(), "--after".into(), id],
        2 | 3 => vec!["set".into(), id, format!("value={number}")],
        4 => vec!["set".into(), id, format!("labels+=l{number}"), format!("effort={number}")],
        5 => vec!["set".into(), id, "status=in-progress".into()],
        6 => vec!["rank".into(), id, "--top".into()],
        7 if id != other => vec!["rank".into(), id, "--after".into(), other],
        7 | 8 => {
            vec!["rank".into(), id, "--to".into(), (1 + chance.below(items.len())).to_string()]
        }
        9 => vec!["criteria".into(), id, "add".into(), format!("It takes {number} ms")],
        10 => vec!["commit".into(), "-m".into(), format!("Because of {number}")],
        _ => vec!["undo".into()],
    };
    let mut arguments: Vec<&str> = words.iter().map(String::as_str).collect();
    let writes = !matches!(arguments[0], "commit" | "undo");
    if writes && chance.below(3) == 0 {
        arguments.extend(["-m", "at once"]);
    }
    let run = repo.run(&arguments);
    let changes_one_line = arguments[0] == "rank"
        || arguments[0] == "set" && words.len() == 3 && words[2].starts_with("value=");
    (arguments.iter().map(|it| (*it).to_owned()).collect(), run, changes_one_line)
}

#[test]
fn any_order_of_commands_leaves_a_sound_repository() {
    let repo = seeded();
    let mut chance = Chance(0x5EED_5EED_5EED_5EED);
    let mut history = Vec::new();
    let mut ranked = 0;
    for _ in 0..STEPS {
        // What is staged is as the files were before, so that the difference is that of the step.
        repo.git(&["add", "--all"]);
        let (words, run, changes_one_line) = step(&repo, &mut chance);
        history.push(words.join(" "));
        let so_far = history.join("\n");
        // A commit or an undo may have nothing to do.
        let is_idle = words[0] == "undo" && run.err.contains("nothing to take back");
        assert!(run.code == Some(0) || is_idle, "{so_far}\n{run}");
        let is_committed = words.contains(&"-m".to_owned());
        if is_committed {
            let status = repo.git(&["status", "--porcelain"]);
            let is_left = words[0] != "new" && status.contains(&words[1]);
            assert!(!is_left, "{so_far}\n{status}");
        }
        let difference = repo.git(&["diff", "--numstat"]);
        if changes_one_line && !difference.is_empty() {
            ranked += 1;
            let is_one = |line: &str| {
                line.starts_with("1\t1\t") || words[0] == "set" && line.starts_with("1\t0\t")
            };
            assert!(
                difference.lines().count() == 1 && difference.lines().all(is_one),
                "{so_far}\n{difference}"
            );
        }
        if words[0] == "commit" {
            assert_eq!(repo.git(&["status", "--porcelain"]), "", "{so_far}");
        }
        let text = repo.read(CHECKOUT);
        for line in OWN_LINES {
            assert!(
                text.split('\n').any(|it| it == line),
                "{line:?} is gone after\n{so_far}\n{text}"
            );
        }
    }
    assert!(ranked > 10, "too few steps changed one line: {ranked}");
    let check = repo.run(&["check", "--format", "json"]).json();
    let findings = check["findings"].as_array().unwrap();
    // What the commands were told may be unwise, and the files are sound.
    let is_unsound = |finding: &serde_json::Value| finding["severity"] == "error";
    let unsound: Vec<_> = findings.iter().filter(|it| is_unsound(it)).collect();
    assert!(unsound.is_empty(), "{unsound:?}");
    repo.run(&["commit"]);
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
    repo.assert_sound();
    let all = repo.git(&["ls-files", ".backlog/items"]).lines().count();
    assert_eq!(listed(&repo).len(), all);
}

#[test]
fn every_change_can_be_taken_back_once() {
    let repo = seeded();
    let state = |repo: &Repo| {
        (
            repo.git(&["status", "--porcelain", "-uall"]),
            repo.git(&["ls-files", "-s"]),
            repo.read(CHECKOUT),
            listed(repo),
        )
    };
    for words in [
        &["new", "task", "Another"][..],
        &["set", "7k3qd", "status=done", "value=1", "labels+=x"],
        &["set", "--where", "type=task", "moscow=must"],
        &["rank", "44444", "7k3qd", "--top"],
        &["criteria", "7k3qd", "remove", "2"],
        &["criteria", "9q", "add", "x"],
    ] {
        for why in [&[][..], &["-m", "why"]] {
            let before = state(&repo);
            assert_eq!(repo.run(&[words, why].concat()).code, Some(0), "{words:?}");
            assert_ne!(repo.run(&["undo", "--dry-run"]).out, "", "{words:?}");
            let undo = repo.run(&["undo"]);
            assert_eq!(undo.code, Some(0), "{words:?}: {undo}");
            assert_eq!(state(&repo), before, "{words:?} {why:?}");
        }
    }
}
