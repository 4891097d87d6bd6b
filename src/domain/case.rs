//! The business case of an item, a goal or a release, and the budgets of releases.
//!
//! The parts of an item count in its place where they have the number themselves: the value of an
//! epic is the guess that was made before its stories had theirs, and both together would be twice
//! the same.

mod family;

use std::collections::BTreeSet;

use super::backlog::Backlog;
use super::config::Budget;
use super::entry::Entry;
use super::heading;
use super::kind::{Category, DECISION, EVIDENCE, GOAL, RELEASE};
use super::message::counted;
use super::note::one_line;
use super::progress::Pursued;
use super::standing::{self, Link};
use super::story;
pub(super) use family::Family;

/// The headings under which people write what goes wrong today, or why something is wanted.
const PROBLEM: &[&str] = &["problem", "why", "context", "need", "needs", "background"];

/// The headings under which people write what is wanted, where nothing says why.
const WISH: &[&str] = &["description", "user story", "story"];

/// The headings under which people write what could go wrong.
const RISK: &[&str] = &["risk", "risks", "risks and assumptions", "assumptions"];

/// A business case.
#[derive(Debug)]
pub struct Case<'a> {
    /// The item, goal or release.
    pub subject: &'a Entry,
    /// The problem that it solves, in one paragraph.
    pub problem: Option<String>,
    /// What speaks for it and against it, or for its parts.
    pub evidence: Vec<Link<'a>>,
    /// The items that it is made of, in their order; dropped ones are left out.
    pub items: Vec<&'a Entry>,
    /// What it is worth.
    pub value: Sum,
    /// What it costs.
    pub effort: Sum,
    /// The money that follows from the effort.
    pub money: Money,
    /// What could go wrong.
    pub risk: Option<String>,
    /// The goals that it serves, the nearest first, each with its progress.
    pub goals: Vec<Pursued<'a>>,
    /// The decisions that shaped it or one of its parts.
    pub decisions: Vec<&'a Entry>,
    /// Open questions, each with the item that has it.
    pub questions: Vec<(&'a Entry, String)>,
    /// What is missing, each with what to do about it.
    pub missing: Vec<(&'static str, String)>,
}

/// A number over several items.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sum {
    /// The number of the subject itself.
    pub own: Option<f64>,
    /// The sum over what is done.
    pub done: f64,
    /// The sum over what is open.
    pub open: f64,
    /// How many open items have no number, and no part that has one.
    pub n_open_without: usize,
    /// How many done items have none.
    pub n_done_without: usize,
}

impl Sum {
    /// The sum over everything that has a number.
    pub fn all(&self) -> f64 {
        self.done + self.open
    }
}

/// Money, in the currency of the budget. `None`: the settings do not say what a point costs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Money {
    /// What the done items cost.
    pub spent: Option<f64>,
    /// What the open items with an estimate will cost.
    pub remaining: Option<f64>,
    /// What there is to spend.
    pub budget: Option<f64>,
    /// What is left of the budget once everything estimated is done; below 0: it is not enough.
    pub left: Option<f64>,
    /// What the open value brings in a year, where the settings give value a price.
    pub yearly: Option<f64>,
    /// After how many months the open work has brought in what it costs.
    pub payback_months: Option<f64>,
}

/// The case of an item, a goal or a release; `None` for another kind of document.
pub fn case<'a>(backlog: &'a Backlog, subject: &'a Entry) -> Option<Case<'a>> {
    let is_of_kind = subject.kind.is_ranked() || is(subject, &GOAL) || is(subject, &RELEASE);
    if !is_of_kind {
        return None;
    }
    let family = Family::of(backlog);
    let items = family.items_of(subject);
    let (value, effort) =
        (family.sum(subject, &items, "value"), family.sum(subject, &items, "effort"));
    let mut case = Case {
        subject,
        problem: problem(backlog, subject),
        evidence: evidence(backlog, subject, &items),
        money: money(&backlog.config.budget, subject.number("budget"), &value, &effort),
        risk: risk(subject),
        goals: goals(backlog, subject, &items),
        decisions: decisions(backlog, subject, &items),
        questions: questions(subject, &items),
        items,
        value,
        effort,
        missing: Vec::new(),
    };
    case.missing = missing(&case, &backlog.config.budget);
    Some(case)
}

/// The problem that a document is about, in one paragraph: what says so, or what stands first, or
/// the wish, or the story of an item.
fn problem(backlog: &Backlog, subject: &Entry) -> Option<String> {
    let body = subject.document.body();
    let section = |names| heading::text_of(body, names).and_then(heading::first_paragraph);
    let story = || {
        let story = story::find(subject, &backlog.config)?;
        let is_told =
            story.means.is_some() && story.span.start >= subject.document.body_span().start;
        is_told.then(|| one_line(story.span.of(subject.document.text())))
    };
    section(PROBLEM)
        .or_else(|| heading::first_paragraph(heading::intro(body)))
        .or_else(|| section(WISH))
        .or_else(story)
}

/// What could go wrong, in one paragraph: the field, or a section that is called so.
pub fn risk(subject: &Entry) -> Option<String> {
    let field = subject.text("risk").map(|it| it.into_owned());
    let section = || heading::text_of(subject.document.body(), RISK);
    field.or_else(|| heading::first_paragraph(section()?))
}

/// The releases, each with what it costs and what it may cost, those that are open first.
pub fn budgets(backlog: &Backlog) -> Vec<(&Entry, Sum, Money)> {
    let family = Family::of(backlog);
    let row = |release| {
        let items = family.items_of(release);
        let effort = family.sum(release, &items, "effort");
        let budget = release.number("budget");
        (release, effort, money(&backlog.config.budget, budget, &Sum::default(), &effort))
    };
    let counts = |it: &&Entry| backlog.category(it) != Category::Dropped;
    let mut rows: Vec<_> = backlog.of_kind(&RELEASE).filter(counts).map(row).collect();
    rows.sort_by_key(|(release, ..)| {
        (!backlog.category(release).is_open(), release.date("target"))
    });
    rows
}

fn is(entry: &Entry, kind: &super::kind::Kind) -> bool {
    std::ptr::eq(entry.kind, kind)
}

/// The money that follows from an effort.
pub(super) fn money(settings: &Budget, budget: Option<f64>, value: &Sum, effort: &Sum) -> Money {
    let cost = |points: f64| settings.cost_per_point.map(|rate| points * rate);
    let (spent, remaining) = (cost(effort.done), cost(effort.open));
    let left = match (budget, spent, remaining) {
        (Some(budget), Some(spent), Some(remaining)) => Some(budget - spent - remaining),
        _ => None,
    };
    let yearly = settings.value_per_point.map(|rate| value.open * rate).filter(|it| *it > 0.0);
    let payback = remaining.filter(|it| *it > 0.0).zip(yearly);
    let payback_months = payback.map(|(cost, yearly)| cost / yearly * 12.0);
    Money { spent, remaining, budget, left, yearly, payback_months }
}

/// What the subject and its items name as evidence, then what names one of them, each piece once.
fn evidence<'a>(backlog: &'a Backlog, subject: &'a Entry, items: &[&'a Entry]) -> Vec<Link<'a>> {
    let about = paths(subject, items);
    let link = |id: &str, is_against: bool| Link {
        is_against,
        ..standing::link(backlog, id, standing::strength)
    };
    let mut links: Vec<Link<'a>> = Vec::new();
    let mut seen: BTreeSet<(String, bool)> = BTreeSet::new();
    let mut add = |id: &str, is_against: bool| {
        if seen.insert((id.to_owned(), is_against)) {
            links.push(link(id, is_against));
        }
    };
    for id in
        std::iter::once(subject).chain(items.iter().copied()).flat_map(|it| it.links("evidence"))
    {
        add(&id, false);
    }
    let counts = |it: &&Entry| backlog.category(it) != Category::Dropped;
    for it in backlog.of_kind(&EVIDENCE).filter(counts) {
        for (field, is_against) in [("supports", false), ("contradicts", true)] {
            if backlog.targets(it, field).any(|it| about.contains(it.path())) {
                add(it.id(), is_against);
            }
        }
    }
    links
}

/// The paths of a subject and its items.
fn paths<'a>(subject: &'a Entry, items: &[&'a Entry]) -> BTreeSet<&'a str> {
    items.iter().copied().chain([subject]).map(Entry::path).collect()
}

/// The goals of the subject; those of its items, if it is a release.
fn goals<'a>(backlog: &'a Backlog, subject: &'a Entry, items: &[&'a Entry]) -> Vec<Pursued<'a>> {
    let mut goals: Vec<&Entry> = Vec::new();
    if is(subject, &GOAL) {
        goals.push(subject);
    }
    let own = standing::goals(backlog, subject);
    let of_items = || items.iter().flat_map(|it| standing::goals(backlog, it).into_iter().take(1));
    let links: Vec<Link<'a>> = if is(subject, &RELEASE) { of_items().collect() } else { own };
    for goal in links.into_iter().filter_map(|link| link.entry) {
        if is(goal, &GOAL) && !goals.contains(&goal) {
            goals.push(goal);
        }
    }
    goals.into_iter().map(|goal| Pursued::of(backlog, goal)).collect()
}

fn decisions<'a>(backlog: &'a Backlog, subject: &'a Entry, items: &[&'a Entry]) -> Vec<&'a Entry> {
    let about = paths(subject, items);
    let mut named: BTreeSet<&str> = BTreeSet::new();
    for item in items.iter().copied().chain([subject]) {
        named.extend(backlog.targets(item, "decisions").map(Entry::path));
    }
    let affects =
        |it: &'a Entry| backlog.targets(it, "affects").any(|it| about.contains(it.path()));
    let all = backlog.of_kind(&DECISION);
    all.filter(|it| named.contains(it.path()) || affects(it)).collect()
}

fn questions<'a>(subject: &'a Entry, items: &[&'a Entry]) -> Vec<(&'a Entry, String)> {
    let others = items.iter().copied().filter(|it| *it != subject);
    let all = std::iter::once(subject).chain(others);
    all.flat_map(|item| item.list("questions").into_iter().map(move |it| (item, it.into_owned())))
        .collect()
}

fn missing(case: &Case<'_>, settings: &Budget) -> Vec<(&'static str, String)> {
    let id = case.subject.id();
    let mut missing: Vec<(&'static str, String)> = Vec::new();
    if case.items.is_empty() {
        let field = case.subject.kind.name;
        let advice = format!("no item names it: git backlog set ITEM {field}={id}");
        missing.push(("items", advice));
    }
    if case.problem.is_none() {
        missing.push(("problem", format!("write it as the first lines: git backlog edit {id}")));
    }
    if case.evidence.is_empty() {
        let advice = format!("git backlog new evidence 'What you saw' -f supports={id}");
        missing.push(("evidence", advice));
    }
    for (field, sum) in [("value", &case.value), ("effort", &case.effort)] {
        let advice = |without| format!("{without}: git backlog set ID {field}=…");
        missing.extend(have_none(sum.n_open_without, "open").map(|it| (field, advice(it))));
    }
    if settings.cost_per_point.is_none() {
        let advice = "say what a point costs: budget.cost_per_point in config.yml";
        missing.push(("cost", advice.to_owned()));
    }
    if is(case.subject, &RELEASE) && case.money.budget.is_none() {
        missing.push(("budget", format!("git backlog set {id} budget=…")));
    }
    if case.risk.is_none() {
        let advice = format!("say what could go wrong: git backlog set {id} risk='…'");
        missing.push(("risk", advice));
    }
    if case.goals.iter().all(|it| it.way.metric.is_none()) {
        let advice = "no goal with a metric is served: git backlog set ID goal=GOAL-…";
        missing.push(("metric", advice.to_owned()));
    }
    missing
}

/// `2 open items have none`; `None` if all have a number.
pub fn have_none(n_without: usize, state: &str) -> Option<String> {
    let verb = if n_without == 1 { "has" } else { "have" };
    let items = counted(n_without, &format!("{state} item"));
    (n_without > 0).then(|| format!("{items} {verb} none"))
}

#[cfg(test)]
mod tests;
