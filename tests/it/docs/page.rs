//! A page of Markdown and its fenced blocks.

use std::fs;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use super::root;

/// A page.
pub(super) struct Page {
    /// Its path from the root of the package.
    pub(super) name: String,
    /// Its text.
    pub(super) text: String,
}

/// A fenced block.
pub(super) struct Block<'a> {
    /// What stands after the opening fence.
    pub(super) info: &'a str,
    /// The text between the fences.
    pub(super) text: &'a str,
    /// Where that is in the page, in bytes.
    pub(super) range: Range<usize>,
    /// The HTML comment directly before the block, without its marks; empty if there is none.
    pub(super) comment: &'a str,
}

/// The pages in a folder, by name.
pub(super) fn folder(folder: &str) -> Vec<Page> {
    let files = fs::read_dir(root().join(folder)).unwrap();
    let mut names: Vec<String> =
        files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name.ends_with(".md"));
    names.sort();
    names.iter().map(|name| Page::read(&format!("{folder}/{name}"))).collect()
}

impl Page {
    /// The page at a path from the root of the package.
    pub(super) fn read(name: &str) -> Self {
        let text = fs::read_to_string(root().join(name)).unwrap_or_else(|error| {
            panic!("{name}: {error}");
        });
        Self { name: name.to_owned(), text }
    }

    /// Puts another text in the page's place.
    pub(super) fn write(&self, text: &str) {
        fs::write(root().join(&self.name), text).unwrap();
    }

    /// Takes the page away.
    pub(super) fn remove(&self) {
        fs::remove_file(root().join(&self.name)).unwrap();
    }

    /// Where a byte is, as editors name it.
    pub(super) fn place(&self, at: usize) -> String {
        format!("{}:{}", self.name, self.text[..at].matches('\n').count() + 1)
    }

    /// What stands in it, with the places.
    pub(super) fn events(&self) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
        Parser::new_ext(&self.text, Options::ENABLE_TABLES).into_offset_iter()
    }

    /// Its fenced blocks, which are not indented.
    pub(super) fn blocks(&self) -> Vec<Block<'_>> {
        let mut blocks = Vec::new();
        let mut comment = "";
        for (event, range) in self.events() {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
                    blocks.push(block(&self.text, range, comment));
                    comment = "";
                }
                Event::Start(Tag::HtmlBlock) => {
                    let html = self.text[range].trim();
                    let inner = html.strip_prefix("<!--").and_then(|html| html.strip_suffix("-->"));
                    comment = inner.map_or("", str::trim);
                }
                Event::Start(_) => comment = "",
                _ => {}
            }
        }
        blocks
    }
}

fn block<'a>(page: &'a str, range: Range<usize>, comment: &'a str) -> Block<'a> {
    let (start, end) = (range.start, range.end);
    let whole = &page[range];
    let first = whole.find('\n').map_or(whole.len(), |at| at + 1);
    let fence = whole.len() - whole.trim_start_matches('`').len();
    let last = whole.trim_end().rfind('\n').map_or(first, |at| at + 1).max(first);
    let range = start + first..(start + last).min(end);
    Block { info: whole[fence..first].trim(), text: &page[range.clone()], range, comment }
}
