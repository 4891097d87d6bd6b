//! Who may change what, and what a change has to say.
//!
//! The Product Owner is one person, accountable for the order of the Product Backlog (Scrum Guide
//! 2020). Authors are known by the e-mail address of a commit, which anybody can write there: this
//! tells honest people, and stops nobody.

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;

use super::backlog::Backlog;
use super::config::Config;
use super::criteria::Criteria;
use super::document::Document;
use super::entry::{Entry, id_of_path};
use super::history::Step;
use super::kind::{Category, Kind};
use super::note::Note;

/// The name of acceptance criteria where fields are named.
pub const CRITERIA: &str = "criteria";

/// The name of the scope where fields are named: items that come or go, and the sprint and the
/// release that they are in.
pub const SCOPE: &str = "scope";

/// The field that says who accepted an item.
pub const ACCEPTED: &str = "accepted";

/// The word for the product owners where people are named.
const OWNER: &str = "owner";

/// The fields that are the scope.
const SCOPE_FIELDS: [&str; 2] = ["sprint", "release"];

/// One document before and after a change; `None` if it was or is not there.
#[derive(Debug)]
pub struct Change {
    /// Its id.
    pub id: String,
    /// Its path after the change, or before it, if it is gone.
    pub path: String,
    /// Before.
    pub before: Option<Document>,
    /// After.
    pub after: Option<Document>,
}

/// The documents that a step changed, by id: one that got another file name is one change.
pub fn changes(step: &Step) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for file in step.edits.files() {
        let Some(kind) = Kind::of_path(&file.path) else { continue };
        let parse = |text: &Option<String>| {
            let parse = |text: &String| Document::parse(file.path.clone(), text.clone());
            text.as_ref().map(parse).filter(Document::is_readable)
        };
        let (before, after) = (parse(&file.before), parse(&file.after));
        let written = after.as_ref().or(before.as_ref()).and_then(|it| it.text_of("id"));
        let id = written.map_or_else(|| id_of_path(&file.path, kind).to_owned(), Cow::into_owned);
        let place = *places.entry(id.clone()).or_insert(changes.len());
        match changes.get_mut(place) {
            Some(change) => {
                change.before = change.before.take().or(before);
                if after.is_some() {
                    change.path.clone_from(&file.path);
                    change.after = after;
                }
            }
            None => changes.push(Change { id, path: file.path.clone(), before, after }),
        }
    }
    changes
}

impl Change {
    /// Whether the change is one of `field`: a key of the front matter, [`CRITERIA`] or [`SCOPE`].
    pub fn touches(&self, field: &str, config: &Config) -> bool {
        match (field, &self.before, &self.after) {
            (SCOPE, Some(before), Some(after)) => {
                SCOPE_FIELDS.iter().any(|field| before.text_of(field) != after.text_of(field))
            }
            (SCOPE, before, after) => before.is_some() || after.is_some(),
            (CRITERIA, Some(before), Some(after)) => {
                texts(before, config).list.iter().map(|it| &*it.text).collect::<Vec<_>>()
                    != texts(after, config).list.iter().map(|it| &*it.text).collect::<Vec<_>>()
            }
            (_, Some(before), Some(after)) => value(before, field) != value(after, field),
            _ => false,
        }
    }
}

/// The criteria of a document; they are read where the settings say.
fn texts(document: &Document, config: &Config) -> Criteria {
    let (text, body) = (document.text(), document.body_span().start);
    super::criteria::criteria(text, body, &config.criteria.sections)
}

/// A value as it is written, without regard to how it is laid out.
fn value(document: &Document, field: &str) -> Option<String> {
    document.get(field).map(|node| node.to_json(document.text()).to_string())
}

/// The product owners, by e-mail address.
pub fn owners(backlog: &Backlog) -> Vec<String> {
    let Some(product) = backlog.product() else { return Vec::new() };
    let listed = product.list(OWNER).into_iter();
    listed.map(|owner| address(&owner).to_owned()).filter(|owner| owner.contains('@')).collect()
}

/// The address in `Mira <mira@example.org>`, or the text itself.
fn address(text: &str) -> &str {
    let inside = text.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inside.map_or(text, |(address, _)| address).trim()
}

/// The people who may change a field, by e-mail address, as `words` names them: addresses, teams
/// of the settings, or `owner`.
pub fn people(words: &[String], backlog: &Backlog, config: &Config) -> Vec<String> {
    let mut people = Vec::new();
    for word in words {
        match config.policy.teams.get(word) {
            Some(team) => people.extend(team.iter().map(|member| address(member).to_owned())),
            None if word == OWNER => people.extend(owners(backlog)),
            None => people.push(address(word).to_owned()),
        }
    }
    people
}

/// Whether `author` is one of `people`.
pub fn is_one_of(author: &str, people: &[String]) -> bool {
    people.iter().any(|person| person.eq_ignore_ascii_case(author))
}

/// Whether two ways to name somebody mean the same person: addresses are compared, and a name
/// without one is that before the @.
pub fn is_same_person(one: &str, other: &str) -> bool {
    let (one, other) = (address(one), address(other));
    let local = |text: &'_ str| text.split_once('@').map(|(local, _)| local.to_lowercase());
    let is_name = |name: &str, of: &str| local(of).is_some_and(|it| it == name.to_lowercase());
    one.eq_ignore_ascii_case(other)
        || !one.contains('@') && is_name(one, other)
        || !other.contains('@') && is_name(other, one)
}

/// Whether `word`, which names a person, a team of the settings or the `owner`, means `who`.
pub fn means(word: &str, who: &str, backlog: &Backlog) -> bool {
    let people = people(&[word.to_owned()], backlog, &backlog.config);
    people.iter().any(|person| is_same_person(person, who))
}

/// Whether a question is for somebody; one for nobody in particular is for the product owner, and
/// so is whoever does not say who they are.
pub fn is_asked(question: &Note, who: Option<&str>, backlog: &Backlog) -> bool {
    let to = question.to.as_deref().unwrap_or(OWNER);
    let who = who.unwrap_or(OWNER);
    to.eq_ignore_ascii_case(who) || means(to, who, backlog)
}

/// The people who may accept work, by e-mail address: those whom the settings let change
/// [`ACCEPTED`], or the product owners. None: anybody.
pub fn acceptors(backlog: &Backlog, config: &Config) -> Vec<String> {
    match config.policy.change.get(ACCEPTED) {
        Some(words) => people(words, backlog, config),
        None => owners(backlog),
    }
}

/// A change by somebody who may not make it.
#[derive(Debug)]
pub struct Trespass {
    /// The document.
    pub change: Rc<Change>,
    /// The field, [`CRITERIA`] or [`SCOPE`].
    pub field: String,
    /// The people who may, by e-mail address.
    pub people: Vec<String>,
}

/// What a step changed that is for others to change, as the state `base` says it.
pub fn trespasses(step: &Step, base: &Backlog, config: &Config) -> Vec<Trespass> {
    let mut trespasses = Vec::new();
    for change in changes(step) {
        let forbidden: Vec<(String, Vec<String>)> = protected(base, config, &change)
            .into_iter()
            .filter(|(_, people)| !people.is_empty() && !is_one_of(&step.author, people))
            .filter(|(field, _)| change.touches(field, config))
            .collect();
        let change = Rc::new(change);
        trespasses.extend(forbidden.into_iter().map(|(field, people)| Trespass {
            change: Rc::clone(&change),
            field,
            people,
        }));
    }
    trespasses
}

/// The fields of a document that only some people may change. Without settings it is the product
/// owner who changes ranks, accepts work, and changes the criteria of items in a running sprint.
fn protected(base: &Backlog, config: &Config, change: &Change) -> Vec<(String, Vec<String>)> {
    let fields = &config.policy.change;
    if !fields.0.is_empty() {
        let people = |words: &[String]| people(words, base, config);
        return fields.iter().map(|(field, words)| (field.to_owned(), people(words))).collect();
    }
    let mut fields = Vec::new();
    if Kind::of_path(&change.path).is_some_and(Kind::is_ranked) {
        fields.push(("rank".to_owned(), owners(base)));
        fields.push((ACCEPTED.to_owned(), owners(base)));
        if base.with_id(&change.id).any(|item| is_in_running_sprint(base, item)) {
            fields.push((CRITERIA.to_owned(), owners(base)));
        }
    }
    fields
}

/// An author as a sentence names one.
pub fn named(author: &str) -> &str {
    if author.is_empty() { "somebody without an address" } else { author }
}

/// Whether an item is in a sprint that has begun and not ended.
pub fn is_in_running_sprint(backlog: &Backlog, item: &Entry) -> bool {
    let sprint = item.text("sprint").and_then(|sprint| backlog.called(&sprint));
    sprint.is_some_and(|sprint| backlog.category(sprint) == Category::Doing)
}

/// How the body of a commit begins that takes another one back.
pub const UNDONE: &str = "This takes back ";

/// The reason that the message of a commit gives: what stands there beside the subject, the list
/// of changes and the trailers. A subject that was not made from the changes is a reason too.
pub fn reason(message: &str) -> Option<&str> {
    let lines: Vec<&str> = message.lines().map(str::trim).collect();
    let (subject, rest) = lines.split_first()?;
    if !subject.is_empty() && !subject.starts_with("backlog: ") {
        return Some(subject);
    }
    let parts = rest.split(|line| line.is_empty()).filter(|part| !part.is_empty());
    let mut parts: Vec<&[&str]> = parts.collect();
    // One change is told in the subject, and only several are listed.
    let is_listed =
        |part: &&[&str]| part.len() > 1 && part.iter().all(|line| line.starts_with("- "));
    if parts.first().is_some_and(is_listed) {
        parts.remove(0);
    }
    parts.pop_if(|part| are_trailers(part));
    parts.retain(|part| !part[0].starts_with(UNDONE));
    Some(parts.first()?[0])
}

/// Whether the last paragraph of a message is for programs. `Christmas: the shop is closed` is what
/// somebody wrote; the keys of trailers have a dash, but for our own.
fn are_trailers(lines: &[&str]) -> bool {
    let key = |line: &str| line.split_once(": ").map_or(String::new(), |(key, _)| key.to_owned());
    let keys: Vec<String> = lines.iter().map(|line| key(line)).collect();
    let is_key = |key: &String| {
        key.starts_with(|c: char| c.is_ascii_uppercase())
            && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    keys.iter().all(is_key) && keys.iter().any(|key| key.contains('-') || key == "Backlog")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_what_a_person_wrote() {
        for (message, expected) in [
            ("backlog: rank BL-7k3qd 7 → 3 \"Guest checkout\"\n", None),
            ("backlog: 2 changes\n\n- rank BL-7k3qd\n- set x\n\nBacklog: BL-7k3qd\n", None),
            (
                "backlog: rank BL-7k3qd\n\nThree interviews\n\nBacklog: BL-7k3qd\n",
                Some("Three interviews"),
            ),
            (
                "Put the checkout first: the shop opens in May",
                Some("Put the checkout first: the shop opens in May"),
            ),
            ("", None),
            (
                "backlog: rank BL-7k3qd\n\nChristmas: too late\n\nBacklog: BL-7k3qd\n",
                Some("Christmas: too late"),
            ),
            ("backlog: rank BL-7k3qd\n\nScore: value first\n", Some("Score: value first")),
            ("backlog: rank BL-7k3qd\n\n- because\n", Some("- because")),
            (
                "backlog: 2 changes\n\n- a\n- b\n\nFeedback: x\n\nBacklog: a\nAccepted-by: b\n",
                Some("Feedback: x"),
            ),
            ("backlog: set a\n\nSigned-off-by: A <a@b>\n", None),
        ] {
            assert_eq!(reason(message), expected, "{message:?}");
        }
    }

    #[test]
    fn people_are_known_by_their_address() {
        assert_eq!(address("Mira <mira@example.org>"), "mira@example.org");
        assert!(is_one_of("Mira@Example.org", &["mira@example.org".to_owned()]));
        assert!(!is_one_of("", &["mira@example.org".to_owned()]));
        assert!(is_same_person("mira", "Mira <Mira@example.org>"));
        assert!(is_same_person("mira@example.org", "mira"));
        assert!(!is_same_person("mira@example.org", "mira@example.com"));
        assert!(!is_same_person("mir", "mira"));
    }
}
