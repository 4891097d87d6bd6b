//! Decisions: their text, the option that was chosen, and what replaced what.

pub mod record;

use super::backlog::Backlog;
use super::entry::Entry;
use super::kind::DECISION;
use super::note::one_line;

/// What a decision says, before it is a document.
#[derive(Clone, Debug, Default)]
pub struct Wording<'a> {
    /// What forces it; Markdown.
    pub context: &'a str,
    /// The options, each in one line.
    pub options: &'a [String],
    /// The place of the chosen one, from 0; `None` while nothing is chosen.
    pub chosen: Option<usize>,
    /// The reason in a sentence.
    pub because: &'a str,
    /// What follows from it, one line each.
    pub consequences: &'a [String],
}

impl Wording<'_> {
    /// The body of the document, with the sections of the template.
    pub fn body(&self) -> String {
        let mut body = String::from("## Context\n\n");
        if !self.context.trim().is_empty() {
            body += &format!("{}\n\n", self.context.trim());
        }
        body += "## Options\n\n";
        for (at, option) in self.options.iter().enumerate() {
            body += &format!("{}. {}\n", at + 1, one_line(option));
        }
        body += if self.options.is_empty() { "" } else { "\n" };
        body += "## Decision\n\n";
        let because = self.because.trim();
        if let Some(option) = self.chosen.and_then(|at| chosen(self.options, at)) {
            body += &paragraph(&option);
        }
        body += &paragraph(because);
        body += "## Consequences\n";
        for (at, consequence) in self.consequences.iter().enumerate() {
            body += if at == 0 { "\n" } else { "" };
            body += &format!("- {}\n", one_line(consequence));
        }
        body
    }
}

/// `Option 2: A web page`, for the option at a place from 0.
pub fn chosen(options: &[String], at: usize) -> Option<String> {
    options.get(at).map(|option| format!("Option {}: {}", at + 1, one_line(option)))
}

fn paragraph(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{text}\n\n") }
}

/// The option that a person means: by its number, its words, their beginning or a part of them, in any case. All
/// that fit are returned, so that more or less than one can be told.
pub fn options_meant(options: &[String], word: &str) -> Vec<usize> {
    let wanted = one_line(word).to_lowercase();
    if let Ok(number) = wanted.parse::<usize>()
        && (1..=options.len()).contains(&number)
    {
        return vec![number - 1];
    }
    let own = |option: &String| one_line(option).to_lowercase();
    let all = || options.iter().enumerate();
    let exact: Vec<usize> = all().filter(|(_, it)| own(it) == wanted).map(|(at, _)| at).collect();
    if !exact.is_empty() || wanted.is_empty() {
        return exact;
    }
    let having = |fits: fn(&str, &str) -> bool| -> Vec<usize> {
        all().filter(|(_, it)| fits(&own(it), &wanted)).map(|(at, _)| at).collect()
    };
    let begun = having(|option, wanted| option.starts_with(wanted));
    if begun.is_empty() { having(|option, wanted| option.contains(wanted)) } else { begun }
}

/// The decisions that led to this one and those that followed, the oldest first; the decision
/// itself is among them. Where two replace the same one, both follow it. A circle ends.
pub fn chain<'a>(backlog: &'a Backlog, decision: &'a Entry) -> Vec<&'a Entry> {
    let mut chain = vec![decision];
    let mut at = 0;
    while let Some(newer) = chain.get(at).copied() {
        for id in newer.links("supersedes") {
            let older = backlog.called(&id).filter(|it| std::ptr::eq(it.kind, &DECISION));
            if let Some(older) = older.filter(|it| !chain.contains(it)) {
                chain.push(older);
            }
        }
        at += 1;
    }
    chain.reverse();
    let mut at = chain.len() - 1;
    while let Some(older) = chain.get(at).copied() {
        for newer in superseding(backlog, older) {
            if !chain.contains(&newer) {
                chain.push(newer);
            }
        }
        at += 1;
    }
    chain
}

/// The decisions that replace one.
pub fn superseding<'a>(backlog: &'a Backlog, older: &'a Entry) -> impl Iterator<Item = &'a Entry> {
    backlog.of_kind(&DECISION).filter(move |it| {
        let names = it.links("supersedes");
        names.iter().any(|id| backlog.called(id) == Some(older))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::source::SourceFile;

    #[test]
    fn an_option_is_meant_by_number_or_words() {
        let options = ["An app".to_owned(), "A web page".to_owned(), "2 mails".to_owned()];
        let meant = |word: &str| options_meant(&options, word);
        assert_eq!(meant("2"), [1]);
        assert_eq!(meant("a  WEB page"), [1]);
        assert_eq!(meant("an"), [0]);
        assert_eq!(meant("a"), [0, 1]);
        assert_eq!(meant("PAGE"), [1]);
        assert_eq!(meant("2 mails"), [2]);
        assert!(meant("4").is_empty());
        assert!(meant("").is_empty());
    }

    #[test]
    fn the_body_has_the_sections_of_the_template() {
        let options = ["Keep it".to_owned(), "Drop\n\u{1b}it".to_owned()];
        let wording = Wording {
            context: "It costs.\n",
            options: &options,
            chosen: Some(1),
            because: "Nobody uses it.",
            consequences: &["Less to do".to_owned()],
        };
        assert_eq!(
            wording.body(),
            "## Context\n\nIt costs.\n\n## Options\n\n1. Keep it\n2. Drop it\n\n## Decision\n\n\
             Option 2: Drop it\n\nNobody uses it.\n\n## Consequences\n\n- Less to do\n"
        );
        let empty = "## Context\n\n## Options\n\n## Decision\n\n## Consequences\n";
        assert_eq!(Wording::default().body(), empty);
    }

    #[test]
    fn a_chain_is_told_from_anywhere_in_it() {
        let file = |id: &str, supersedes: &str| SourceFile {
            path: format!("decisions/{id}.md"),
            text: Ok(format!("---\nid: {id}\ntitle: {id}\nsupersedes: [{supersedes}]\n---\n")),
        };
        let backlog = Backlog::parse(vec![
            file("DEC-a", ""),
            file("DEC-b", "DEC-a"),
            file("DEC-c", "DEC-b, DEC-zz"),
            file("DEC-x", "DEC-y"),
            file("DEC-y", "DEC-x"),
        ]);
        let ids = |id: &str| -> Vec<&str> {
            chain(&backlog, backlog.called(id).unwrap()).into_iter().map(Entry::id).collect()
        };
        for id in ["DEC-a", "DEC-b", "DEC-c"] {
            assert_eq!(ids(id), ["DEC-a", "DEC-b", "DEC-c"], "{id}");
        }
        assert_eq!(ids("DEC-x"), ["DEC-y", "DEC-x"]);
    }
}
