//! Documents and settings that the pages show.

use git_backlog::domain::config::Config;
use git_backlog::domain::document::Document;
use git_backlog::domain::entry::Entry;
use git_backlog::domain::kind::{ITEM, KINDS, Kind};
use git_backlog::domain::problem::Problem;

use super::page::{Block, Page};

/// What is wrong with the examples of a page: whole documents, and settings. A block whose file is
/// that of another program is none.
pub(super) fn problems(page: &Page) -> Vec<String> {
    let mut wrong = Vec::new();
    for block in page.blocks() {
        let problems = match block.info {
            "markdown" if is_own_document(page, &block) => document(&block),
            "yaml" if is_settings(page, &block) => Config::parse(block.text).1,
            _ => continue,
        };
        let line = |problem: Problem| {
            let place = page.place(block.range.start + problem.span.start);
            format!("{place}: {}", problem.message)
        };
        wrong.extend(problems.into_iter().map(line));
    }
    wrong
}

/// Rules show documents that break them, and imports those of other programs.
fn is_own_document(page: &Page, block: &Block<'_>) -> bool {
    let written = block.comment.strip_prefix("write ");
    let is_foreign = written.is_some_and(|path| !path.contains(".backlog/"));
    block.text.starts_with("---\n") && !is_foreign && !is_of_rule(page)
}

/// The examples of rules hold settings that break them too; those below them are headed by a path.
fn is_settings(page: &Page, block: &Block<'_>) -> bool {
    !is_of_rule(page) || block.text.starts_with("# .backlog/config.yml")
}

fn is_of_rule(page: &Page) -> bool {
    page.name.starts_with("docs/rules/") && !page.name.ends_with("README.md")
}

fn document(block: &Block<'_>) -> Vec<Problem> {
    let document = Document::parse("items/unknown.md", block.text);
    let id = document.text_of("id").unwrap_or_default().into_owned();
    let kind = kind(&id);
    let path = match kind.folder.ends_with(".md") {
        true => kind.folder.to_owned(),
        false => format!("{}/{id}.md", kind.folder),
    };
    let entry = Entry::new(Document::parse(path, block.text), kind, &Config::default());
    entry.problems().cloned().collect()
}

/// The kind to which an id belongs.
fn kind(id: &str) -> &'static Kind {
    let prefix = id.split_once('-').map_or(id, |(prefix, _)| prefix);
    let is_sprint = prefix.bytes().all(|byte| byte.is_ascii_digit());
    let named = |kind: &&&Kind| match kind.prefix {
        "" => (kind.name == "sprint" && is_sprint) || kind.name == id,
        own => own == prefix,
    };
    KINDS.iter().find(named).copied().unwrap_or(&ITEM)
}

/// The settings that the page shows as defaults and that are none, and those that it forgets.
pub(super) fn wrong_defaults(page: &Page) -> Vec<String> {
    let blocks = page.blocks();
    let shown = blocks.iter().find(|block| block.comment == "every default");
    let shown = shown.expect("the page has a block with every default").text;
    let (config, problems) = Config::parse(shown);
    assert!(problems.is_empty(), "{problems:?}");
    let mut wrong = Vec::new();
    if format!("{config:?}") != format!("{:?}", Config::default()) {
        wrong.push(format!("not the defaults: {config:?}"));
    }
    for key in keys("") {
        for name in keys(&key).iter().map(|name| format!("`{key}.{name}`")) {
            if !page.text.contains(&name) {
                wrong.push(format!("{name} is nowhere"));
            }
        }
        if !page.text.contains(&format!("`{key}`")) && keys(&key).is_empty() {
            wrong.push(format!("`{key}` is nowhere"));
        }
    }
    wrong
}

/// The keys of a section of the settings, of all of them for "". Those of a section that takes any
/// key are none.
fn keys(section: &str) -> Vec<String> {
    let unknown = "an-unknown-key-that-is-like-no-other";
    let text = match section {
        "" => format!("{unknown}: 1\n"),
        section => format!("{section}:\n  {unknown}: 1\n"),
    };
    let (_, problems) = Config::parse(&text);
    let hint = problems.first().and_then(|problem| problem.hint.as_deref()).unwrap_or_default();
    let keys = hint.strip_prefix("the keys here are ").map(|keys| keys.split(", "));
    keys.into_iter().flatten().map(str::to_owned).collect()
}
