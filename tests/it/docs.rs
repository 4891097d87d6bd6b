//! The documentation is true: what it types works and prints what it shows, its tables and help
//! texts are those of the program, its examples can be read, its links lead somewhere.
//!
//! `UPDATE_DOCS=1 cargo test --test it docs` writes what the program says into the pages.

mod console;
mod example;
mod generated;
mod help;
mod link;
mod page;
mod screen;

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use page::Page;

/// The pages that show the program at work.
fn pages() -> Vec<Page> {
    let mut pages = page::folder("docs");
    pages.extend(page::folder("docs/rules"));
    pages.extend(page::folder("docs/guide"));
    pages.insert(0, Page::read("README.md"));
    pages
}

/// Whether to rewrite the pages instead of complaining about them.
fn is_update() -> bool {
    std::env::var_os("UPDATE_DOCS").is_some_and(|value| !value.is_empty())
}

/// Two tests rewrite pages, one after the other.
fn turn() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn generated_parts_are_what_the_program_says() {
    let _turn = turn();
    let mut stale = Vec::new();
    for page in pages() {
        let text = generated::renew(&page);
        if text == page.text {
            continue;
        }
        match is_update() {
            true => page.write(&text),
            false => stale.push(page.name),
        }
    }
    assert!(stale.is_empty(), "{stale:?} are out of date: UPDATE_DOCS=1 cargo test --test it docs");
}

#[test]
fn every_rule_has_its_page_and_no_other_has() {
    let _turn = turn();
    let mut wanted = generated::rule_pages();
    let mut stale = Vec::new();
    for page in page::folder("docs/rules").iter().filter(|page| !page.name.ends_with("README.md")) {
        match wanted.remove(&page.name) {
            Some(text) if text == page.text => {}
            Some(text) if is_update() => page.write(&text),
            None if is_update() => page.remove(),
            _ => stale.push(page.name.clone()),
        }
    }
    for (name, text) in wanted {
        match is_update() {
            true => Page { name, text: String::new() }.write(&text),
            false => stale.push(name),
        }
    }
    assert!(stale.is_empty(), "{stale:?} are out of date: UPDATE_DOCS=1 cargo test --test it docs");
}

#[test]
fn every_rule_command_kind_and_import_format_has_its_place() {
    let has = |page: &str, needle: &str| Page::read(page).text.contains(needle);
    for name in ["commands", "rules", "kinds", "derived fields"] {
        let marker = format!("<!-- generated: {name} -->");
        let count: usize = pages().iter().map(|page| page.text.matches(&marker).count()).sum();
        assert_eq!(count, 1, "{marker}");
    }
    for kind in git_backlog::domain::kind::KINDS {
        let name = kind.name;
        assert!(has("docs/format.md", &format!("<!-- generated: fields of {name} -->")), "{name}");
    }
    for word in git_backlog::domain::diff::WORDS {
        assert!(has("docs/json.md", &format!("`{word}`")), "{word}");
    }
    for format in git_backlog::domain::import::FORMATS {
        assert!(has("docs/guide.md", format.name), "{}", format.name);
    }
}

#[test]
fn what_the_pages_type_works_and_prints_what_they_show() {
    let _turn = turn();
    let wrong = console::run(pages());
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn help_texts_end_with_examples_that_work() {
    let wrong = help::problems();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn whole_documents_and_settings_can_be_read() {
    let pages = pages();
    let wrong: Vec<String> = pages.iter().flat_map(example::problems).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_settings_that_are_shown_as_defaults_are_the_defaults() {
    let page = Page::read("docs/format.md");
    let wrong = example::wrong_defaults(&page);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn links_lead_to_files_and_headings_that_exist() {
    let mut pages = pages();
    pages.extend(
        ["ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs/ci/README.md"].map(Page::read),
    );
    let wrong = link::broken(&pages);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
