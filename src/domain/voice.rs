//! The voice of the user: what the top of the backlog rests on, what speaks against it, who is
//! heard and not served.

pub mod kano;
pub mod money;
pub mod pairwise;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::backlog::Backlog;
use super::date::{Date, days_between};
use super::entry::Entry;
use super::kind::{Category, EVIDENCE, PERSONA};
use super::table::{Table, tables};

/// After how many days evidence is told as old, unless somebody says otherwise.
pub const STALE_AFTER: i64 = 180;

/// What the users say, and what became of it.
#[derive(Debug)]
pub struct Voice<'a> {
    /// The items that were asked for, in their order, with what each rests on.
    pub items: Vec<Grounds<'a>>,
    /// Evidence that speaks against an open item or goal.
    pub against: Vec<Against<'a>>,
    /// Evidence that no document rests on.
    pub unused: Vec<Source<'a>>,
    /// Evidence that is old.
    pub stale: Vec<Source<'a>>,
    /// The personas in use; empty where none is declared.
    pub personas: Vec<Coverage<'a>>,
    /// Open items that are for no persona, where there are personas.
    pub n_for_nobody: usize,
    /// The results of surveys that can be counted.
    pub results: Vec<Counted<'a>>,
    /// How many pieces of evidence count: those that were not withdrawn.
    pub n_evidence: usize,
}

/// A piece of evidence with its age.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The evidence.
    pub entry: &'a Entry,
    /// How many days ago it was seen, or else written down.
    pub age: Option<i64>,
    /// Whether that is long ago.
    pub is_stale: bool,
}

/// What an item rests on.
#[derive(Debug)]
pub struct Grounds<'a> {
    /// The item.
    pub item: &'a Entry,
    /// What speaks for it.
    pub supports: Vec<Source<'a>>,
    /// What speaks against it.
    pub contradicts: Vec<Source<'a>>,
    /// The nearest item above it that rests on evidence, if it has none of its own.
    pub through: Option<&'a Entry>,
}

/// Evidence that speaks against something that is planned.
#[derive(Debug)]
pub struct Against<'a> {
    /// The evidence.
    pub source: Source<'a>,
    /// What it speaks against.
    pub target: &'a Entry,
    /// Whether the same evidence speaks for it as well, which cannot be meant.
    pub is_both: bool,
}

/// What is planned for a persona.
#[derive(Debug)]
pub struct Coverage<'a> {
    /// The persona.
    pub persona: &'a Entry,
    /// How many open items are for it.
    pub n_items: usize,
    /// The sum of their values.
    pub value: f64,
    /// How many of them have no value.
    pub n_unvalued: usize,
    /// How many pieces of evidence are about it.
    pub n_evidence: usize,
}

impl Coverage<'_> {
    /// Whether it is heard and nothing is planned for it.
    pub fn is_unserved(&self) -> bool {
        self.n_evidence > 0 && self.n_items == 0
    }
}

/// A survey that was counted.
#[derive(Debug)]
pub struct Counted<'a> {
    /// The evidence that holds the numbers.
    pub source: Source<'a>,
    /// What they say, or why they cannot be read.
    pub outcome: Result<Outcome, Broken>,
}

/// Why a table cannot be counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The line in the file, from 1; `None` if it is about the whole.
    pub line: Option<usize>,
    /// What is wrong, in lower case and without a full stop.
    pub message: String,
}

/// What the numbers of a survey say.
#[derive(Debug)]
pub enum Outcome {
    /// Kano's questions.
    Kano(Vec<kano::Answers>),
    /// Buy a feature.
    Money(money::Purchase),
    /// One against one.
    Pairwise(pairwise::Order),
}

/// Reads the voice of the users. `asked` are the items to be told one by one, `today` says how old
/// evidence is, and `stale_after` from how many days on it is told as old.
pub fn voice<'a>(
    backlog: &'a Backlog,
    asked: &[&'a Entry],
    today: Date,
    stale_after: i64,
) -> Voice<'a> {
    let source = |entry: &'a Entry| Source::of(entry, today, stale_after);
    let evidence: Vec<&Entry> =
        backlog.of_kind(&EVIDENCE).filter(|it| backlog.category(it) != Category::Dropped).collect();
    let links = Links::of(backlog, &evidence);
    let grounds = |item: &&'a Entry| {
        let of = |map: &HashMap<&str, Vec<&'a Entry>>| -> Vec<Source<'a>> {
            map.get(item.path()).into_iter().flatten().map(|it| source(it)).collect()
        };
        let (supports, contradicts) = (of(&links.supports), of(&links.contradicts));
        let through = match supports.is_empty() {
            true => backlog.above(item).find(|it| links.supports.contains_key(it.path())),
            false => None,
        };
        Grounds { item, supports, contradicts, through }
    };
    let (personas, n_for_nobody) = coverage(backlog, &evidence);
    let unused = evidence.iter().filter(|it| !links.used.contains(it.path()));
    let counted =
        |entry: &&'a Entry| Some(Counted { source: source(entry), outcome: outcome(entry)? });
    Voice {
        items: asked.iter().map(grounds).collect(),
        against: against(backlog, &links, source),
        unused: unused.map(|it| source(it)).collect(),
        stale: evidence.iter().map(|it| source(it)).filter(|it| it.is_stale).collect(),
        personas,
        n_for_nobody,
        results: evidence.iter().filter_map(counted).collect(),
        n_evidence: evidence.len(),
    }
}

impl<'a> Source<'a> {
    fn of(entry: &'a Entry, today: Date, stale_after: i64) -> Self {
        let seen = entry.date("date").or_else(|| entry.date("created"));
        let age = seen.map(|day| days_between(day, today));
        Self { entry, age, is_stale: age.is_some_and(|age| age > stale_after) }
    }
}

/// Which evidence speaks for and against which document, by the paths of both.
struct Links<'a> {
    supports: HashMap<&'a str, Vec<&'a Entry>>,
    contradicts: HashMap<&'a str, Vec<&'a Entry>>,
    /// Evidence that a document rests on.
    used: BTreeSet<&'a str>,
}

impl<'a> Links<'a> {
    fn of(backlog: &'a Backlog, evidence: &[&'a Entry]) -> Self {
        let mut links =
            Self { supports: HashMap::new(), contradicts: HashMap::new(), used: BTreeSet::new() };
        let counts: BTreeSet<&str> = evidence.iter().map(|it| it.path()).collect();
        // What an item names itself comes first, in its own order.
        for entry in backlog.readable().filter(|it| !std::ptr::eq(it.kind, &EVIDENCE)) {
            let named = backlog.targets(entry, "evidence");
            for found in named.filter(|it| counts.contains(it.path())) {
                links.used.insert(found.path());
                add(&mut links.supports, entry, found);
            }
        }
        for it in evidence {
            for (field, map) in
                [("supports", &mut links.supports), ("contradicts", &mut links.contradicts)]
            {
                for target in backlog.targets(it, field) {
                    links.used.insert(it.path());
                    add(map, target, it);
                }
            }
        }
        links
    }
}

fn add<'a>(map: &mut HashMap<&'a str, Vec<&'a Entry>>, target: &'a Entry, evidence: &'a Entry) {
    let list = map.entry(target.path()).or_default();
    if !list.contains(&evidence) {
        list.push(evidence);
    }
}

fn against<'a>(
    backlog: &'a Backlog,
    links: &Links<'a>,
    source: impl Fn(&'a Entry) -> Source<'a>,
) -> Vec<Against<'a>> {
    let mut against = Vec::new();
    for target in backlog.readable().filter(|it| backlog.category(it).is_open()) {
        for evidence in links.contradicts.get(target.path()).into_iter().flatten() {
            let is_both =
                links.supports.get(target.path()).is_some_and(|list| list.contains(evidence));
            against.push(Against { source: source(evidence), target, is_both });
        }
    }
    against
}

/// What is planned for each persona in use, without a look at what is known about it.
pub fn served(backlog: &Backlog) -> Vec<Coverage<'_>> {
    coverage(backlog, &[]).0
}

/// What is planned for each persona, and how many open items are for none. An item that names
/// nobody is for whom the nearest item above it is.
fn coverage<'a>(backlog: &'a Backlog, evidence: &[&'a Entry]) -> (Vec<Coverage<'a>>, usize) {
    let is_active = |it: &&Entry| backlog.category(it) == Category::Doing;
    let mut covered: BTreeMap<&str, Coverage<'a>> = BTreeMap::new();
    for persona in backlog.of_kind(&PERSONA).filter(is_active) {
        let none = Coverage { persona, n_items: 0, value: 0.0, n_unvalued: 0, n_evidence: 0 };
        covered.insert(persona.path(), none);
    }
    if covered.is_empty() {
        return (Vec::new(), 0);
    }
    let mut n_for_nobody = 0;
    for item in backlog.open_items() {
        let paths = for_whom(backlog, item);
        n_for_nobody += usize::from(paths.is_empty());
        for path in paths {
            let Some(coverage) = covered.get_mut(path) else { continue };
            coverage.n_items += 1;
            match item.number("value") {
                Some(value) => coverage.value += value,
                None => coverage.n_unvalued += 1,
            }
        }
    }
    for it in evidence {
        for path in named(backlog, it) {
            covered.entry(path).and_modify(|coverage| coverage.n_evidence += 1);
        }
    }
    (covered.into_values().collect(), n_for_nobody)
}

/// The paths of the personas that an item is for: its own, or those of the nearest item above it.
fn for_whom<'a>(backlog: &'a Backlog, item: &'a Entry) -> BTreeSet<&'a str> {
    let mut nearest = std::iter::once(item).chain(backlog.above(item));
    nearest.find_map(|it| Some(named(backlog, it)).filter(|it| !it.is_empty())).unwrap_or_default()
}

fn named<'a>(backlog: &'a Backlog, entry: &'a Entry) -> BTreeSet<&'a str> {
    backlog.targets(entry, "personas").map(Entry::path).collect()
}

/// What the numbers of a piece of evidence say; `None` if its method is none that is counted.
fn outcome(entry: &Entry) -> Option<Result<Outcome, Broken>> {
    let method = entry.text("method")?.to_lowercase();
    let tables = tables(entry.document.body());
    let outcome = match method.as_str() {
        "kano" => kano::read(&tables).map(Outcome::Kano),
        "buy-a-feature" | "buy a feature" => money::read(&tables).map(Outcome::Money),
        "pairwise" | "paired comparison" => pairwise::read(&tables).map(Outcome::Pairwise),
        _ => return None,
    };
    // Lines are counted from the beginning of the file.
    let text = entry.document.text();
    let n_above = text[..entry.document.body_span().start].matches('\n').count();
    let in_file = |broken: Broken| Broken { line: broken.line.map(|it| it + n_above), ..broken };
    Some(outcome.map_err(in_file))
}

/// The first table that has these columns, each by any of its names, and where they are.
fn with_columns<'t, const N: usize>(
    tables: &'t [Table],
    columns: [&[&str]; N],
) -> Result<(&'t Table, [usize; N]), Broken> {
    let places = |table: &Table| {
        let found: Vec<usize> = columns.iter().filter_map(|it| table.column(it)).collect();
        <[usize; N]>::try_from(found).ok()
    };
    tables.iter().find_map(|table| Some((table, places(table)?))).ok_or_else(|| {
        let names: Vec<&str> = columns.iter().filter_map(|it| it.first().copied()).collect();
        let message = format!("no table with the columns {}", names.join(", "));
        Broken { line: None, message }
    })
}

impl Broken {
    fn at(line: usize, message: impl Into<String>) -> Self {
        Self { line: Some(line), message: message.into() }
    }
}

#[cfg(test)]
mod tests;
