//! The product on one page: vision, target group, needs, what sets it apart, the goal, the people.
//!
//! The text of `product.md` is the source. What is not there is told with what to write, because a
//! canvas with a gap that nobody sees is taken for a whole one.

use std::borrow::Cow;

use super::backlog::Backlog;
use super::entry::Entry;
use super::heading::{self, sections};
use super::kind::{Category, GOAL, PERSONA, STAKEHOLDER};
use super::progress::Pursued;

/// The product on one page.
#[derive(Debug)]
pub struct Canvas<'a> {
    /// What stands before the first heading.
    pub intro: &'a str,
    /// The parts that a canvas has, in their order.
    pub parts: Vec<Part<'a>>,
    /// The Product Goal and how far it has come.
    pub product_goal: Option<Pursued<'a>>,
    /// Who decides, by address.
    pub owners: Vec<Cow<'a, str>>,
    /// The personas that are in use.
    pub personas: Vec<&'a Entry>,
    /// The stakeholders that are still there.
    pub stakeholders: Vec<&'a Entry>,
    /// The other goals that are pursued now.
    pub goals: Vec<Pursued<'a>>,
    /// Sections that are no part of a canvas, with their headings.
    pub others: Vec<(String, &'a str)>,
    /// What is missing, each with what to write.
    pub missing: Vec<(&'static str, String)>,
}

/// A part of the canvas.
#[derive(Debug)]
pub struct Part<'a> {
    /// What it is called.
    pub name: &'static str,
    /// What the product says of it; `None`: nothing.
    pub text: Option<Cow<'a, str>>,
}

/// A part that a canvas has: its name, the headings under which people write it, the field that
/// says it in one line, and what belongs there.
struct Wanted {
    name: &'static str,
    headings: &'static [&'static str],
    field: &'static str,
    advice: &'static str,
}

const WANTED: [Wanted; 6] = [
    Wanted {
        name: "Vision",
        headings: &["vision", "product vision", "purpose"],
        field: "vision",
        advice: "what changes for whom when this succeeds, in one sentence",
    },
    Wanted {
        name: "Target group",
        headings: &["target group", "target groups", "target audience", "users", "customers"],
        field: "",
        advice: "who uses it, and who pays for it",
    },
    Wanted {
        name: "Needs",
        headings: &["needs", "user needs", "problem", "problems"],
        field: "",
        advice: "which problem it solves for them, and how you know",
    },
    Wanted {
        name: "Unique selling proposition",
        headings: &["unique selling proposition", "usp", "value proposition"],
        field: "",
        advice: "why this and not what they use today",
    },
    Wanted {
        name: "Competitors",
        headings: &["competitors", "competition", "alternatives", "what people use instead"],
        field: "",
        advice: "what people use instead, and what is good about it",
    },
    Wanted {
        name: "Product Goal",
        headings: &["product goal", "goal"],
        field: "product_goal",
        advice: "the state of the product that the team works towards now",
    },
];

/// The canvas of `product`.
pub fn canvas<'a>(backlog: &'a Backlog, product: &'a Entry) -> Canvas<'a> {
    let body = product.document.body();
    let parts: Vec<Part<'a>> = WANTED.iter().map(|it| part(product, body, it)).collect();
    let goal = backlog.targets(product, "goal").next();
    let goal = goal.filter(|it| std::ptr::eq(it.kind, &GOAL));
    let owners: Vec<Cow<'a, str>> =
        product.list("owner").into_iter().filter(|it| !it.trim().is_empty()).collect();
    let pursued = |goal| Pursued::of(backlog, goal);
    let is_active = |it: &&Entry| backlog.category(it) == Category::Doing;
    let goals = backlog.of_kind(&GOAL).filter(is_active).filter(|it| Some(*it) != goal);
    let mut canvas = Canvas {
        intro: heading::intro(body),
        parts,
        product_goal: goal.map(pursued),
        owners,
        personas: backlog.of_kind(&PERSONA).filter(is_active).collect(),
        stakeholders: backlog.of_kind(&STAKEHOLDER).filter(is_active).collect(),
        goals: goals.map(pursued).collect(),
        others: others(body),
        missing: Vec::new(),
    };
    canvas.missing = missing(&canvas);
    canvas
}

fn part<'a>(product: &'a Entry, body: &'a str, wanted: &Wanted) -> Part<'a> {
    let section = heading::text_of(body, wanted.headings).map(Cow::Borrowed);
    let field = || product.text(wanted.field).filter(|_| !wanted.field.is_empty());
    Part { name: wanted.name, text: section.or_else(field) }
}

/// The sections on the outermost level that belong to no part.
fn others(body: &str) -> Vec<(String, &str)> {
    let sections = sections(body);
    let Some(outermost) = sections.iter().map(|it| it.level).min() else { return Vec::new() };
    let is_part = |it: &heading::Section<'_>| WANTED.iter().any(|part| it.is_called(part.headings));
    // A page whose one title holds everything has its parts a level deeper.
    let holds_parts = |it: &heading::Section<'_>| heading::sections(it.text).iter().any(is_part);
    let own = sections.into_iter().filter(|it| it.level == outermost);
    own.filter(|it| !is_part(it) && !holds_parts(it) && heading::says_something(it.text))
        .map(|it| (it.title, it.text))
        .collect()
}

fn missing(canvas: &Canvas<'_>) -> Vec<(&'static str, String)> {
    let mut missing: Vec<(&'static str, String)> = Vec::new();
    for (part, wanted) in canvas.parts.iter().zip(&WANTED) {
        if part.text.is_none() {
            let advice = format!("write below '## {}': {}", wanted.name, wanted.advice);
            missing.push((wanted.name, advice));
        }
    }
    match &canvas.product_goal {
        None => missing.push((
            "goal",
            "name the goal that is the Product Goal: git backlog set product goal=GOAL-…".into(),
        )),
        Some(it) => {
            let advice = it.lack().map(|lack| format!("{}: {lack}", it.goal.id()));
            missing.extend(advice.map(|advice| ("progress", advice)));
        }
    }
    if canvas.owners.is_empty() {
        let advice = "say who decides: git backlog set product owner=NAME@EXAMPLE.ORG";
        missing.push(("owner", advice.to_owned()));
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::source::SourceFile;

    fn backlog(product: &str) -> Backlog {
        let text = Ok(product.to_owned());
        Backlog::parse(vec![SourceFile { path: "product.md".into(), text }])
    }

    #[test]
    fn sections_are_the_source_whatever_their_case() {
        let backlog = backlog(
            "---\nid: product\ntitle: Korb\nvision: In one line\n---\n\nIntro.\n\n\
             # VISION\n\nThe long one.\n\n# usp:\n\nThe list is known.\n\n# Team\n\nFour.\n",
        );
        let canvas = canvas(&backlog, backlog.product().unwrap());
        let text = |name: &str| {
            let part = canvas.parts.iter().find(|it| it.name == name).unwrap();
            part.text.as_deref().unwrap_or("-").to_owned()
        };
        assert_eq!(canvas.intro, "Intro.");
        assert_eq!(text("Vision"), "The long one.");
        assert_eq!(text("Unique selling proposition"), "The list is known.");
        assert_eq!(text("Needs"), "-");
        assert_eq!(canvas.others, [("Team".to_owned(), "Four.")]);
        let missing: Vec<&str> = canvas.missing.iter().map(|(name, _)| *name).collect();
        let wanted = ["Target group", "Needs", "Competitors", "Product Goal", "goal", "owner"];
        assert_eq!(missing, wanted);
    }

    #[test]
    fn a_title_above_all_parts_is_no_section_of_its_own() {
        let backlog = backlog(
            "---\nid: product\ntitle: Korb\nowner: []\n---\n\n# Korb\n\n## Vision\n\nA.\n\n## Needs\n\nB.\n",
        );
        let canvas = canvas(&backlog, backlog.product().unwrap());
        assert!(canvas.others.is_empty() && canvas.parts[0].text.is_some(), "{canvas:?}");
    }
}
