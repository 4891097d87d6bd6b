//! What a rule may look at.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use rayon::prelude::*;

use super::{RULES, Rule, definition};
use crate::domain::backlog::Backlog;
use crate::domain::config::{Config, RuleSetting, Severity};
use crate::domain::criteria::{Criteria, Criterion};
use crate::domain::date::Date;
use crate::domain::document::{Node, Value};
use crate::domain::entry::Entry;
use crate::domain::finding::Report;
use crate::domain::history::Step;
use crate::domain::kind::Category;
use crate::domain::policy::Change;
use crate::domain::span::Span;
use crate::domain::story::{self, Story};
use crate::domain::wording::Prose;

/// A backlog under inspection, with the settings that it is judged by.
pub struct Inspection<'a> {
    /// The state that is looked at.
    pub backlog: &'a Backlog,
    /// The settings: those of the backlog, or of the state that it is compared with.
    pub config: &'a Config,
    /// The day.
    pub today: Date,
    /// The earlier state and what was done since, if there is one to compare with.
    pub since: Option<Since<'a>>,
    /// The stories of open items by path, once a rule has asked: reading one costs more than most
    /// rules, and several look at all of them.
    stories: OnceLock<HashMap<&'a str, Story>>,
    /// The criteria that are new where they stand, once a rule has asked.
    moved: OnceLock<HashMap<String, Vec<&'a str>>>,
}

/// What a state is compared with.
#[derive(Clone, Copy)]
pub struct Since<'a> {
    /// The earlier state.
    pub base: &'a Backlog,
    /// What was done since, oldest first.
    pub steps: &'a [Step],
}

impl<'a> Inspection<'a> {
    /// The readable documents that the links in a field name, each with the place of its name.
    pub(super) fn targets(&self, entry: &Entry, field: &str) -> Vec<(Span, &'a Entry)> {
        let Some(node) = entry.document.get(field) else { return Vec::new() };
        let nodes = match node.value() {
            Value::Sequence(nodes, _) => nodes,
            Value::Scalar(_) => std::slice::from_ref(node),
            Value::Mapping(_) => &[],
        };
        let target = |node: &Node| {
            let name = node.scalar(entry.document.text())?;
            let target = self.backlog.called(&name).filter(|target| target.is_readable());
            Some((node.span(), target?))
        };
        nodes.iter().filter_map(target).collect()
    }
}

impl<'a> Inspection<'a> {
    /// Looks at a backlog by its own settings or by others, on a day.
    pub fn new(
        backlog: &'a Backlog,
        config: &'a Config,
        today: Date,
        since: Option<Since<'a>>,
    ) -> Self {
        Self { backlog, config, today, since, stories: OnceLock::new(), moved: OnceLock::new() }
    }

    /// The stories of the open items, by path. The first to ask must not be one of several that
    /// run side by side: the reading itself is done so, and would wait for itself.
    pub(super) fn stories(&self) -> &HashMap<&'a str, Story> {
        let read = |entry: &'a Entry| Some((entry.path(), story::find(entry, self.config)?));
        self.stories.get_or_init(|| {
            let items: Vec<&Entry> = self.backlog.open_items().collect();
            let stories: Vec<(&str, Story)> = items.into_par_iter().filter_map(read).collect();
            stories.into_iter().collect()
        })
    }

    /// The number that the settings give to a parameter of a rule, or its default.
    ///
    /// # Panics
    ///
    /// If the rule has no such parameter, which its own examples show.
    pub fn number(&self, rule: &Rule, name: &str) -> f64 {
        let default = rule.parameters.iter().find(|parameter| parameter.name == name);
        let default = default.expect("a rule asks for parameters that it declares").default;
        let set = settings(self.config, rule).find_map(|setting| setting.parameter(name));
        set.unwrap_or(default)
    }

    /// The document before the change, with the inspection of the state that it is in.
    pub fn before(&self, entry: &Entry) -> Option<(&Entry, Inspection<'_>)> {
        let base = self.since?.base;
        // One that got another id keeps the old one as an alias.
        let of_alias = || {
            let mut aliases = entry.list("aliases").into_iter();
            aliases.find_map(|alias| base.with_id(&alias).find(|it| it.is_readable()))
        };
        let before = base.with_id(entry.id()).find(|it| it.is_readable()).or_else(of_alias)?;
        Some((before, Inspection::new(base, self.config, self.today, None)))
    }

    /// A report about a field of a document that somebody changed; it may be gone by now.
    pub(super) fn report_change(&self, change: &Change, field: &str, message: String) -> Report {
        match self.backlog.with_id(&change.id).next() {
            Some(entry) => Report::at_field(entry, field, message),
            None => Report::at_path(&change.path, &change.id, message),
        }
    }

    /// The criteria that open items have and did not have before, with the paths of the items.
    pub(super) fn moved(&self) -> &HashMap<String, Vec<&'a str>> {
        self.moved.get_or_init(|| {
            let mut moved: HashMap<String, Vec<&'a str>> = HashMap::new();
            for item in self.backlog.open_items() {
                let before = self.before(item).map(|(before, _)| before);
                if before.is_some_and(|it| it.document.text() == item.document.text()) {
                    continue;
                }
                let old = before.map(|it| it.criteria(self.config)).unwrap_or_default();
                let old: HashSet<&str> = old.list.iter().map(|it| it.text.as_str()).collect();
                for criterion in item.criteria(self.config).list {
                    if !old.contains(criterion.text.as_str()) {
                        moved.entry(criterion.text).or_default().push(item.path());
                    }
                }
            }
            moved
        })
    }

    /// How severe a finding of `rule` is in a document; `entry` is `None` for the settings and for
    /// files that are no documents.
    pub(super) fn severity(&self, rule: &Rule, path: &str, entry: Option<&Entry>) -> Severity {
        let item_type = entry.map(Entry::item_type).unwrap_or_default();
        let set = settings(self.config, rule).find_map(|it| it.severity(path, &item_type));
        let severity = set.unwrap_or_else(|| self.config.preset.severity(rule.severity));
        match entry.is_some_and(|entry| self.is_defined(rule, entry)) {
            true => Severity::Error,
            false => severity,
        }
    }

    /// Whether `rule` can report anything at all.
    pub(super) fn is_on(&self, rule: &Rule) -> bool {
        let everywhere = settings(self.config, rule).find_map(RuleSetting::everywhere);
        everywhere.unwrap_or_else(|| self.config.preset.severity(rule.severity)) != Severity::Off
            || settings(self.config, rule).any(RuleSetting::reports_somewhere)
            || [&self.config.ready, &self.config.done].iter().any(|it| names(&it.rules, rule))
    }

    /// Whether `rule` can report an error.
    pub(super) fn can_fail(&self, rule: &Rule) -> bool {
        let everywhere = settings(self.config, rule).find_map(RuleSetting::everywhere);
        rule.is_fatal()
            || everywhere.unwrap_or_else(|| self.config.preset.severity(rule.severity))
                == Severity::Error
            || settings(self.config, rule).any(RuleSetting::reports_somewhere)
            || [&self.config.ready, &self.config.done].iter().any(|it| names(&it.rules, rule))
    }

    /// Whether the Definition of Ready or of Done asks for `rule` in an item as far as this one.
    fn is_defined(&self, rule: &Rule, entry: &Entry) -> bool {
        names(&self.config.ready.rules, rule) && self.is_ready(entry)
            || names(&self.config.done.rules, rule) && self.is_done(entry)
    }

    /// Whether the Definition of Ready holds for an item: it is open, and at the status from which
    /// on it does, or past it. A project without such a status begins it with the work.
    pub fn is_ready(&self, entry: &Entry) -> bool {
        definition::is_at_ready(entry, self.backlog.category(entry), self.config)
    }

    /// Whether the Definition of Done holds for an item: its status is the one from which on it
    /// does, or one that means done.
    pub fn is_done(&self, entry: &Entry) -> bool {
        let from = self.config.done.from.as_deref();
        entry.kind.is_ranked()
            && (self.backlog.category(entry) == Category::Done || from == Some(&*entry.status()))
    }
}

/// The settings that speak of a rule, the narrowest first.
fn settings<'a>(config: &'a Config, rule: &'a Rule) -> impl Iterator<Item = &'a RuleSetting> {
    [rule.code, rule.name, rule.family()].into_iter().filter_map(|word| config.rules.get(word))
}

/// Whether a list of codes, names and families has `rule`.
fn names(words: &[String], rule: &Rule) -> bool {
    words.iter().any(|word| [rule.code, rule.name, rule.family()].contains(&word.as_str()))
}

/// The words that name a rule or a family in the settings.
pub(crate) fn words() -> Vec<&'static str> {
    let mut words: Vec<&str> =
        RULES.iter().flat_map(|rule| [rule.code, rule.name, rule.family()]).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// One document under inspection, with what several rules want to know about it.
pub struct Subject<'a> {
    /// The document.
    pub entry: &'a Entry,
    config: &'a Config,
    criteria: OnceCell<Criteria>,
    story: Option<&'a Story>,
    prose: OnceCell<Vec<Prose<'a>>>,
    /// How many small words of other languages its criteria have more than of English.
    foreignness: OnceCell<i32>,
}

impl<'a> Subject<'a> {
    /// A document of an inspection.
    pub(super) fn new(entry: &'a Entry, at: &'a Inspection<'_>) -> Self {
        let (criteria, prose) = (OnceCell::new(), OnceCell::new());
        let story = at.stories().get(entry.path());
        Self { entry, config: at.config, criteria, story, prose, foreignness: OnceCell::new() }
    }

    /// The whole text, which all spans are in.
    pub fn text(&self) -> &'a str {
        self.entry.document.text()
    }

    /// Its acceptance criteria; a record has none.
    pub fn criteria(&self) -> &Criteria {
        self.criteria.get_or_init(|| self.entry.criteria(self.config))
    }

    /// Its story; `None` for an item that tells none and is of another type, or is not open.
    pub fn story(&self) -> Option<&Story> {
        self.story
    }

    /// The words of its criteria, in their order.
    pub fn prose(&self) -> &[Prose<'a>] {
        let text = self.text();
        let read = || self.criteria().list.iter().map(|it| Prose::of(text, it.span)).collect();
        self.prose.get_or_init(read)
    }

    /// The words of one of its criteria.
    pub fn prose_of(&self, criterion: &Criterion) -> &Prose<'a> {
        &self.prose()[criterion.ordinal - 1]
    }

    /// Whether the word lists for English have something to say about a criterion: it is not in
    /// another language, by its own small words or, if it has none, by those of the others.
    pub fn is_english(&self, criterion: &Criterion) -> bool {
        let of_all = || self.prose().iter().map(Prose::foreignness).sum();
        match self.prose_of(criterion).foreignness() {
            0 => *self.foreignness.get_or_init(of_all) <= 0,
            foreignness => foreignness < 0,
        }
    }
}
