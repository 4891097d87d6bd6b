//! The order of the keys in a template, judged by Git: on a forge, nobody runs our merge.

use std::fs;
use std::path::Path;
use std::process::Command;

use git_backlog::domain::date::Date;
use git_backlog::domain::document::Document;
use git_backlog::domain::edit::{self, Value};
use git_backlog::domain::kind::ITEM;
use git_backlog::domain::template::{self, Head};
use git_backlog::domain::{assign, merge};

use crate::support::report;

/// A field, how often people change it, and whether a conflict in it is never good.
const FIELDS: [(&str, u32, bool); 14] = [
    ("status", 20, true),
    ("rank", 20, true),
    ("assignee", 15, true),
    ("- [ ]", 20, true),
    ("value", 8, false),
    ("effort", 8, false),
    ("sprint", 3, false),
    ("title", 2, false),
    ("labels", 2, false),
    ("goal", 1, false),
    ("parent", 1, false),
    ("release", 1, false),
    ("due", 1, false),
    ("depends_on", 1, false),
];

/// The shipped template with a value for every field, and three criteria.
fn filled() -> String {
    let template = include_str!("../../.backlog-example/templates/story.md");
    let fill = |line: &str| match line.strip_suffix(':') {
        Some(key) if !key.contains(' ') => format!("{key}: old\n"),
        _ => format!("{line}\n"),
    };
    let text: String = template.lines().map(fill).collect();
    let heading = "## Acceptance criteria\n\n";
    text.replace(heading, &format!("{heading}- [ ] one\n- [ ] two\n- [ ] three\n\n"))
}

/// The item with one field changed.
fn edited(item: &str, field: &str, new: &str) -> String {
    let change = |line: &str| match line.starts_with(field) {
        true if field.starts_with('-') => format!("{}\n", line.replace("- [ ] two", "- [x] two")),
        true => format!("{field}: {new}\n"),
        false => format!("{line}\n"),
    };
    item.lines().map(change).collect()
}

/// The item as `new` writes it, without what nobody has said yet, and with three criteria.
fn fresh() -> Document {
    let head = Head {
        id: "BL-7k3qd",
        title: "old",
        item_type: Some("story"),
        status: Some("ready"),
        created: Date::constant(2026, 11, 23),
        rank: Some("mbcd"),
    };
    let filled = template::fill(template::shipped("story"), "a.md", &ITEM, &head).unwrap();
    let item = template::without_empty(filled).unwrap();
    let heading = "## Acceptance criteria\n\n";
    let criteria = format!("{heading}- [ ] one\n- [ ] two\n- [ ] three\n\n");
    Document::parse("a.md", item.text().replace(heading, &criteria))
}

/// The same item with one field set, as `set` does it: at its place, if it was not there.
fn set(item: &Document, field: &str, new: &str) -> String {
    if field.starts_with('-') {
        return item.text().replace("- [ ] two", "- [x] two");
    }
    let order = assign::order(&ITEM);
    match ITEM.field(field).unwrap().value.is_list() {
        true => edit::add_to_list(item, field, &[new.to_owned()], &order).unwrap(),
        false => edit::set(item, field, &Value::Text(new.to_owned()), &order).unwrap(),
    }
}

/// What `git merge-file` makes of three texts, and whether it is clean.
fn by_git(folder: &Path, [base, one, other]: [&str; 3]) -> (String, bool) {
    for (name, text) in [("base", base), ("one", one), ("other", other)] {
        fs::write(folder.join(name), text).unwrap();
    }
    let mut git = Command::new("git");
    git.current_dir(folder).args(["merge-file", "-p", "one", "base", "other"]);
    let output = git.output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.success())
}

/// The next number of a fixed series.
fn next(state: &mut u64) -> u32 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as u32
}

fn n_pairs() -> usize {
    std::env::var("GIT_BACKLOG_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(150)
}

/// How many percent of all pairs of changes of two fields, weighted by how often people make them,
/// Git cannot merge. Ours always can, and does what Git does where Git can.
fn in_conflict(base: &str, edited: impl Fn(&str, &str) -> String) -> f64 {
    let folder = tempfile::tempdir().unwrap();
    let headings = ["Acceptance criteria".to_owned()];
    let (mut all, mut in_conflict) = (0, 0);
    let pairs = FIELDS.iter().flat_map(|one| FIELDS.iter().map(move |other| (one, other)));
    for ((one, weight, is_frequent), (other, other_weight, is_other_frequent)) in
        pairs.filter(|(one, other)| one.0 != other.0)
    {
        let (one_text, other_text) = (edited(one, "new"), edited(other, "newer"));
        assert!(base != one_text && base != other_text, "{one} and {other} change something");
        let (git, is_clean) = by_git(folder.path(), [base, &one_text, &other_text]);
        let ours = merge::documents(base, &one_text, &other_text, &headings, merge::MARKER);
        assert!(ours.is_clean(), "{one} and {other}");
        all += weight * other_weight;
        if is_clean {
            assert_eq!(ours.text, git);
            continue;
        }
        assert!(!is_frequent || !is_other_frequent, "{one} and {other} conflict");
        in_conflict += weight * other_weight;
    }
    100.0 * f64::from(in_conflict) / f64::from(all)
}

#[test]
fn two_people_who_change_different_fields_seldom_meet_a_conflict_in_git() {
    let item = filled();
    let share = in_conflict(&item, |field, new| edited(&item, field, new));
    report(&format!("{share:.2} % of weighted pairs conflict without a driver"));
    assert!(share <= 2.0, "{share:.2} %");
}

/// Fields that are not there yet are put side by side where their neighbours are missing too.
#[test]
fn nor_do_those_who_fill_in_a_new_item_where_it_matters_most() {
    let item = fresh();
    let share = in_conflict(item.text(), |field, new| set(&item, field, new));
    report(&format!("{share:.2} % of weighted pairs conflict in a new item without a driver"));
    assert!(share <= 8.0, "{share:.2} %");
}

#[test]
fn text_is_merged_as_git_does() {
    let folder = tempfile::tempdir().unwrap();
    let mut state = 11;
    let paragraphs: Vec<String> =
        (0..9).map(|nth| format!("Paragraph {nth}.\nIts end.\n")).collect();
    for _ in 0..n_pairs() {
        let at = next(&mut state) as usize % 4;
        let other_at = 5 + next(&mut state) as usize % 4;
        let edit = |at: usize, what: u32| {
            let mut all = paragraphs.clone();
            match what % 3 {
                0 => all[at] = "Another.\n".to_owned(),
                1 => all.insert(at, "A new one.\n".to_owned()),
                _ => drop(all.remove(at)),
            }
            format!("---\nid: a\n---\n\n{}", all.join("\n"))
        };
        let base = format!("---\nid: a\n---\n\n{}", paragraphs.join("\n"));
        let (one, other) = (edit(at, next(&mut state)), edit(other_at, next(&mut state)));
        let ours = merge::documents(&base, &one, &other, &[], merge::MARKER);
        assert_eq!(
            (ours.text.clone(), ours.is_clean()),
            by_git(folder.path(), [&base, &one, &other])
        );
    }
}
