//! Links between pages.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::page::Page;
use super::root;

/// The links of these pages that lead to no file, or to a heading that no page has.
pub(super) fn broken(pages: &[Page]) -> Vec<String> {
    let mut broken = Vec::new();
    for page in pages {
        for (event, range) in page.events() {
            let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = event
            else {
                continue;
            };
            if !dest_url.contains("://") && !leads_somewhere(page, &dest_url, pages) {
                broken.push(format!("{}: {dest_url} leads nowhere", page.place(range.start)));
            }
        }
    }
    broken
}

fn leads_somewhere(page: &Page, link: &str, pages: &[Page]) -> bool {
    let (path, heading) = link.split_once('#').unwrap_or((link, ""));
    let folder = page.name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let target = match path {
        "" => page.name.clone(),
        path => joined(folder, path),
    };
    let has_heading = || {
        let target = pages.iter().find(|other| other.name == target);
        target.is_some_and(|target| headings(target).iter().any(|anchor| anchor == heading))
    };
    root().join(&target).exists() && (heading.is_empty() || has_heading())
}

/// A path from the root of the package.
fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The anchors of a page's headings, as GitHub makes them.
fn headings(page: &Page) -> Vec<String> {
    let mut anchors = Vec::new();
    let mut title: Option<String> = None;
    for (event, _) in page.events() {
        match event {
            Event::Start(Tag::Heading { .. }) => title = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => anchors.extend(title.take().map(|it| anchor(&it))),
            Event::Text(text) | Event::Code(text) => {
                if let Some(title) = &mut title {
                    title.push_str(&text);
                }
            }
            _ => {}
        }
    }
    anchors
}

fn anchor(title: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    title.to_lowercase().chars().filter(kept).map(|c| if c == ' ' { '-' } else { c }).collect()
}
