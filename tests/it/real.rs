//! Documents that other people wrote, where they are at hand: every edit changes one value.
//!
//! `GIT_BACKLOG_DATA` names a folder of Markdown files, such as the task folders of other tools.

use std::path::{Path, PathBuf};

use git_backlog::domain::backlog::Backlog;
use git_backlog::domain::criteria;
use git_backlog::domain::date::Date;
use git_backlog::domain::document::Document;
use git_backlog::domain::edit::{self, Value};
use git_backlog::domain::import::{self, Request};
use git_backlog::domain::source::{Edits, SourceFile};
use git_backlog::store::read_folder;

use crate::support::{report, skip};

fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("GIT_BACKLOG_DATA").map(PathBuf::from);
    if folder.is_none() {
        skip("GIT_BACKLOG_DATA names no folder of real documents");
    }
    folder
}

fn documents(folder: &Path) -> Vec<Document> {
    let files = read_folder(folder, |path| path.ends_with(".md")).unwrap();
    files.into_iter().filter_map(|file| Some(Document::parse(file.path, file.text.ok()?))).collect()
}

/// The bytes of `before` that are not in `after`, as a range.
fn changed(before: &str, after: &str) -> std::ops::Range<usize> {
    let start = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let most = before.len().min(after.len()) - start;
    let ends = before.bytes().rev().zip(after.bytes().rev());
    let end = ends.take(most).take_while(|(a, b)| a == b).count();
    start..before.len() - end
}

#[test]
fn every_value_of_real_documents_can_be_set_alone() {
    let Some(folder) = data() else { return };
    let (mut n_documents, mut n_edits, mut n_refused) = (0, 0, 0);
    for document in documents(&folder).iter().filter(|document| document.is_readable()) {
        n_documents += 1;
        for pair in document.pairs() {
            let key = pair.key(document.text()).into_owned();
            let wanted = "A new value: with a colon";
            let Ok(text) = edit::set(document, &key, &Value::Text(wanted.to_owned()), &[]) else {
                n_refused += 1;
                continue;
            };
            n_edits += 1;
            let span = pair.value().span();
            let changed = changed(document.text(), &text);
            let is_inside =
                changed.start + 1 >= span.start && changed.end <= span.end.max(changed.start);
            assert!(is_inside, "{}: {key}: {changed:?} is not in {span:?}", document.path());
            let after = Document::parse(document.path(), text);
            assert_eq!(after.text_of(&key).as_deref(), Some(wanted), "{}: {key}", document.path());
            assert_eq!(after.body(), document.body());
        }
    }
    // Lists are not replaced by one value; everything else can be set.
    report(&format!(
        "{n_documents} documents, {n_edits} values set, {n_refused} lists and mappings refused"
    ));
    assert!(n_documents > 0 && n_edits > n_refused);
}

#[test]
fn every_criterion_of_real_documents_can_be_ticked_alone() {
    let Some(folder) = data() else { return };
    let headings = vec!["Acceptance criteria".to_owned()];
    let (mut n_criteria, mut n_refused) = (0, 0);
    for document in documents(&folder).iter().filter(|document| document.is_readable()) {
        let (text, body) = (document.text(), document.body_span().start);
        let found = criteria::criteria(text, body, &headings);
        assert_eq!(found.met(), criteria::met(text, body, &headings), "{}", document.path());
        for criterion in found.list.iter().filter(|criterion| criterion.checked.is_some()) {
            n_criteria += 1;
            let is_checked = criterion.checked == Some(true);
            let ticked = criteria::check(text, &found, criterion.ordinal, !is_checked);
            let ticked =
                ticked.unwrap_or_else(|| panic!("{}: {}", document.path(), criterion.text));
            assert_eq!(changed(text, &ticked).len(), 1, "{}: {}", document.path(), criterion.text);
            match criteria::reword(text, &found, criterion.ordinal, "It works") {
                Some(reworded) => {
                    assert_eq!(criteria::criteria(&reworded, body, &headings).met(), found.met());
                }
                None => n_refused += 1,
            }
        }
    }
    report(&format!("{n_criteria} criteria ticked one by one, {n_refused} not reworded"));
    assert!(n_criteria > 0 && n_refused * 100 <= n_criteria);
}

#[test]
fn a_real_backlog_is_imported_once() {
    let Some(folder) = data().map(|data| data.join("backlog-md/backlog")) else { return };
    if !folder.is_dir() {
        return skip("there is no backlog-md/backlog in GIT_BACKLOG_DATA");
    }
    let format = import::named("backlog-md").unwrap();
    let files = read_folder(&folder, format.reads).unwrap();
    let today = Date::constant(2026, 11, 25);
    let import = |backlog: &Backlog| (format.import)(&Request { files: &files, backlog, today });
    let empty = Backlog::default();
    let first = import(&empty);
    assert!(
        first.n_new > 600 && first.n_known == 0 && first.problems.is_empty(),
        "{:?}",
        first.problems
    );
    let backlog = empty.after(&first.edits);
    assert_eq!(backlog.entries().len(), first.n_new);
    assert_eq!(backlog.unreadable().count(), 0);
    assert!(backlog.open_items().all(|item| item.rank().is_some()));
    let second = import(&backlog);
    assert_eq!((second.n_new, second.n_known, second.edits), (0, first.n_new, Edits::default()));
    let problems: Vec<_> = backlog.entries().flat_map(|entry| entry.problems()).collect();
    assert!(problems.is_empty(), "{problems:?}");
    let longest =
        backlog.items().filter_map(|item| item.rank()).map(|rank| rank.as_str().len()).max();
    assert!(longest <= Some(12), "{longest:?}");
    let lost = first.fields.iter().filter(|fate| fate.became.is_err()).count();
    report(&format!("{} documents imported, {lost} fields without a home", first.n_new));
    let files: Vec<SourceFile> = backlog.entries().map(|entry| entry.to_file()).collect();
    assert_eq!(Backlog::parse(files).entries().len(), first.n_new);
}
