//! The kinds of document and their fields: one table that every command reads.
//!
//! A field that is added here is at once known to `new`, `set`, `list`, `show`, `check`, the
//! schema and the docs. The order of the fields is the order of the keys in a file, and it is
//! chosen for merges: lines that two people are likely to change on the same day never touch.

mod people;

pub use people::{PERSONA, STAKEHOLDER};

/// A word with the category that gives it its meaning: `("in-progress", Category::Doing)`.
pub type StatusWord = (&'static str, Category);

/// What a status means for the flow of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Category {
    /// Not begun.
    Todo,
    /// Begun and not finished.
    Doing,
    /// Finished.
    Done,
    /// Will not be done.
    Dropped,
}

impl Category {
    /// Whether there is still something to do.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Todo | Self::Doing)
    }

    /// The word for it in files and in queries.
    pub fn word(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Doing => "doing",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }
}

/// A kind of document: where it lives and what it holds.
#[derive(Debug)]
pub struct Kind {
    /// The word for one of them, as commands take it: `goal`.
    pub name: &'static str,
    /// The word for many, which is also its folder below `.backlog`: `goals`.
    pub folder: &'static str,
    /// The prefix of new ids; items take theirs from the configuration.
    pub prefix: &'static str,
    /// One line that says what such a document is for.
    pub summary: &'static str,
    /// The words of `status`, the first being that of a new document. Empty: the configuration
    /// has them (items), or the kind has no status.
    pub statuses: &'static [StatusWord],
    /// The fields that a list shows.
    pub columns: &'static [&'static str],
    /// The fields, in the order of their keys in a file.
    pub fields: &'static [Field],
}

/// A field of a document.
#[derive(Debug)]
pub struct Field {
    /// Its key.
    pub name: &'static str,
    /// The type of its values.
    pub value: FieldType,
    /// What it means, in one line, with its unit.
    pub summary: &'static str,
}

/// The type of a field's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldType {
    /// One line of text.
    Text,
    /// A whole or decimal number.
    Number,
    /// A day, `2026-11-23`.
    Date,
    /// Several lines of text, as a list.
    List,
    /// The id of one document.
    Link,
    /// The ids of several documents.
    Links,
    /// A rank key.
    Rank,
    /// Anything: two numbers, a mapping.
    Any,
}

impl FieldType {
    /// Whether the values are ids of other documents.
    pub fn is_link(self) -> bool {
        matches!(self, Self::Link | Self::Links)
    }

    /// Whether the field holds several values.
    pub fn is_list(self) -> bool {
        matches!(self, Self::List | Self::Links)
    }

    /// The word for it in the configuration and in messages.
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Date => "date",
            Self::List => "list",
            Self::Link => "link",
            Self::Links => "links",
            Self::Rank => "rank",
            Self::Any => "any",
        }
    }
}

impl Kind {
    /// Whether documents of this kind have a place in the order of the backlog.
    pub fn is_ranked(&self) -> bool {
        std::ptr::eq(self, &ITEM)
    }

    /// The field of that name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The kind called `word`, in the singular or the plural, in any case.
    pub fn named(word: &str) -> Option<&'static Kind> {
        let is = |name: &str| name.eq_ignore_ascii_case(word);
        KINDS.iter().copied().find(|kind| is(kind.name) || is(kind.folder))
    }

    /// The kind of the document at `path` below `.backlog`; `None` for templates, the
    /// configuration and what does not belong to a backlog.
    pub fn of_path(path: &str) -> Option<&'static Kind> {
        if path == PRODUCT.folder {
            return Some(&PRODUCT);
        }
        let (folder, _) = path.split_once('/')?;
        let is_document = path.ends_with(".md");
        KINDS.iter().copied().find(|kind| is_document && kind.folder == folder)
    }
}

/// Every kind, items first.
pub const KINDS: &[&Kind] = &[
    &ITEM,
    &GOAL,
    &EVIDENCE,
    &DECISION,
    &EXPERIMENT,
    &METRIC,
    &SPRINT,
    &RELEASE,
    &PERSONA,
    &STAKEHOLDER,
    &PRODUCT,
];

const fn field(name: &'static str, value: FieldType, summary: &'static str) -> Field {
    Field { name, value, summary }
}

use Category::{Doing, Done, Dropped, Todo};
use FieldType::{Any, Date, Link, Links, List, Number, Rank, Text};

/// A product backlog item.
pub static ITEM: Kind = Kind {
    name: "item",
    folder: "items",
    prefix: "BL",
    summary: "A product backlog item: a story, bug, task, spike or epic with its place in the order",
    statuses: &[],
    columns: &["position", "id", "type", "status", "value", "effort", "criteria", "title"],
    fields: &[
        field("id", Text, "identity, never changed"),
        field("title", Text, "one line that every list shows"),
        field("assignee", Text, "who works on it"),
        field("type", Text, "story, bug, task, spike, epic or a type of the configuration"),
        field("status", Text, "a status of the configuration"),
        field("created", Date, "the day on which it was written down"),
        field("rank", Rank, "its place in the order; written by `rank`"),
        field("depends_on", Links, "items that must be done before"),
        field("goal", Link, "the goal that it serves"),
        field("value", Number, "what it is worth, on the scale of the score"),
        field("parent", Link, "the epic or story that it is a part of"),
        field("effort", Number, "what it costs, in the team's points"),
        field("release", Link, "the release that it ships in"),
        field("due", Date, "the day after which it is worth less"),
        field("sprint", Link, "the sprint that it is planned for"),
        field("started", Date, "the day on which it first entered a status of category doing"),
        field("done", Date, "the day on which it last entered a status of category done"),
        field("time_criticality", Number, "what a delay costs, for WSJF"),
        field("risk_reduction", Number, "what it teaches or makes possible, for WSJF"),
        field("reach", Number, "how many users it touches in a quarter, for RICE"),
        field("impact", Number, "how much it matters to each of them, for RICE"),
        field("confidence", Number, "how sure the numbers are, 0 to 1, for RICE and ICE"),
        field("ease", Number, "how easy it is, 0 to 10, for ICE"),
        field("moscow", Text, "must, should, could or wont"),
        field(
            "urgency",
            Text,
            "how fast its value is lost: short-peak, long-peak, long or deadline, for CD3",
        ),
        field("importance", Number, "how much users care, 0 to 10, for the opportunity score"),
        field(
            "satisfaction",
            Number,
            "how content they are today, 0 to 10, for the opportunity score",
        ),
        field("pinned", Text, "why its place is kept, whatever its score"),
        field("estimate_range", Any, "the lowest and the highest effort, as [low, high]"),
        field("blocks", Links, "items that wait for this one"),
        field(
            "usp",
            Text,
            "what it does to the unique selling proposition: strengthens, parity or none",
        ),
        field("split_from", Link, "the item that it was a part of, until that was split"),
        field("evidence", Links, "the evidence that it rests on"),
        field("decisions", Links, "the decisions that shaped it"),
        field("personas", Links, "the personas that it is for"),
        field("questions", List, "open questions to the product owner"),
        field("labels", List, "free words to filter by"),
        field("risk", Text, "what could go wrong, in one line"),
        field("accepted", Any, "who accepted it, and when"),
        field("aliases", List, "other ids that it is known by, such as JIRA-12"),
        field("allow", List, "findings that are accepted, each as `CODE because …`"),
    ],
};

/// An objective under the Product Goal.
pub static GOAL: Kind = Kind {
    name: "goal",
    folder: "goals",
    prefix: "GOAL",
    summary: "An objective under the Product Goal, with the number that shows it is reached",
    statuses: &[("proposed", Todo), ("active", Doing), ("reached", Done), ("dropped", Dropped)],
    columns: &["id", "status", "by", "progress", "title"],
    fields: &[
        field("id", Text, "identity, never changed"),
        field("title", Text, "the objective in one line"),
        field("created", Date, "the day on which it was written down"),
        field("status", Text, "proposed, active, reached or dropped"),
        field("parent", Link, "the goal that it serves"),
        field("metric", Link, "the metric that shows it"),
        field("baseline", Any, "the value of the metric at the start"),
        field("target", Any, "the value of the metric that is wanted"),
        field("by", Date, "the day until which it is wanted"),
        field("risk", Text, "what could go wrong, in one line"),
        field("questions", List, "open questions to the product owner"),
        field("aliases", List, "other ids that it is known by"),
        field("allow", List, "findings that are accepted, each as `CODE because …`"),
    ],
};

/// What users showed or said.
pub static EVIDENCE: Kind = Kind {
    name: "evidence",
    folder: "evidence",
    prefix: "EV",
    summary: "What an interview, a survey, shadowing, a support ticket or a data query showed",
    statuses: &[("new", Todo), ("assessed", Done), ("withdrawn", Dropped)],
    columns: &["id", "status", "strength", "method", "date", "title"],
    fields: &[
        field("id", Text, "identity, never changed"),
        field("title", Text, "the finding in one line"),
        field("created", Date, "the day on which it was written down"),
        field("status", Text, "new, assessed or withdrawn"),
        field("source", Text, "where it comes from"),
        field("date", Date, "the day on which it was seen"),
        field("method", Text, "interview, survey, shadowing, support, data or another"),
        field("participants", Number, "how many people it is about"),
        field("strength", Number, "how much it proves, 1 to 5"),
        field("supports", Links, "the documents that it speaks for"),
        field("contradicts", Links, "the documents that it speaks against"),
        field("personas", Links, "the personas that it is about"),
        field("aliases", List, "other ids that it is known by"),
        field("allow", List, "findings that are accepted, each as `CODE because …`"),
    ],
};

/// A decision and its reasons.
pub static DECISION: Kind = Kind {
    name: "decision",
    folder: "decisions",
    prefix: "DEC",
    summary: "A decision: its context, the options, the choice and what follows from it",
    statuses: &[
        ("proposed", Todo),
        ("deferred", Todo),
        ("accepted", Done),
        ("rejected", Dropped),
        ("superseded", Dropped),
    ],
    columns: &["id", "status", "date", "title"],
    fields: &[
        field("id", Text, "identity, never changed"),
        field("title", Text, "the decision in one line"),
        field("created", Date, "the day on which it was written down"),
        field("status", Text, "proposed, deferred, accepted, rejected or superseded"),
        field("date", Date, "the day on which it was taken"),
        field("decided_by", Text, "who took it"),
        field("affects", Links, "the documents that it changes"),
        field("supersedes", Links, "the decisions that it replaces"),
        field("evidence", Links, "the evidence that it rests on"),
        field("revisit", Text, "the day or the event at which to look at it again"),
        field("owner", Text, "who takes it, as long as it is put off"),
        field("questions", List, "open questions to the product owner"),
        field("aliases", List, "other ids that it is known by"),
        field("allow", List, "findings that are accepted, each as `CODE because …`"),
    ],
};

/// A hypothesis under test.
pub static EXPERIMENT: Kind = Kind {
    name: "experiment",
    folder: "experiments",
    prefix: "EXP",
    summary: "An experiment: hypothesis, measure, threshold and result",
    statuses: &[("planned", Todo), ("running", Doing), ("finished", Done), ("abandoned", Dropped)],
    columns: &["id", "status", "start", "end", "outcome", "title"],
    fields: &[
        field("id", Text, "identity, never changed"),
        field("title", Text, "the question in one line"),
        field("created", Date, "the day on which it was written down"),
        field("status", Text, "planned, running, finished or abandoned"),
        field("hypothesis", Text, "what is believed"),
        field("metric", Link, "the metric that is measured"),
        field("threshold", Any, "the value from which the hypothesis holds"),
        field("start", Date, "the first day"),
        field("end", Date, "the last day"),
        field("outcome", Text, "confirmed, refuted or open"),
        field("result", Any, "the value that was measured"),
        field("affects", Links, "the documents that hang on it"),
        field("questions", List, "open questions to the product owner"),
        field("aliases", List, "other ids that it is known by"),
        field("allow", List, "findings that are accepted, each as `CODE because …`"),
    ],
};

/// A number that the product owner must move.
pub static METRIC: Kind = Kind {
    name: "metric",
    folder: "metrics",
    prefix: "METRIC",
    summary: "A number that the product owner must move, with its readings",
    statuses: &[("active", Doing), ("retired", Dropped)],
    columns: &["id", "status", "unit", "direction", "target", "title"],
    fields: &[
        field("id", Text, "identity, never changed"),
        field("title", Text, "what is measured"),
        field("created", Date, "the day on which it was written down"),
        field("status", Text, "active or retired"),
        field("unit", Text, "the unit of the readings"),
        field("direction", Text, "up or down: which way is better"),
        field("target", Any, "the value that is wanted"),
        field("aliases", List, "other ids that it is known by"),
        field("allow", List, "findings that are accepted, each as `CODE because …`"),
    ],
};

/// A sprint.
pub static SPRINT: Kind = Kind {
    name: "sprint",
    folder: "sprints",
    prefix: "",
    summary: "A sprint: its goal, dates and capacity, showcase and retrospective notes",
    statuses: &[("planned", Todo), ("active", Doing), ("closed", Done), ("cancelled", Dropped)],
    columns: &["id", "status", "start", "end", "capacity", "title"],
    fields: &[
        field("id", Text, "identity, never changed"),
        field("title", Text, "its name"),
        field("created", Date, "the day on which it was written down"),
        field("status", Text, "planned, active, closed or cancelled"),
        field("start", Date, "the first day"),
        field("end", Date, "the last day"),
        field("capacity", Number, "the effort that fits, in the team's points"),
        field("goal", Text, "the Sprint Goal in one line, or the id of a goal"),
        field("aliases", List, "other ids that it is known by"),
        field("allow", List, "findings that are accepted, each as `CODE because …`"),
    ],
};

/// A release.
pub static RELEASE: Kind = Kind {
    name: "release",
    folder: "releases",
    prefix: "REL",
    summary: "A release: what ships, to whom, and the announcement",
    statuses: &[("planned", Todo), ("shipped", Done), ("withdrawn", Dropped)],
    columns: &["id", "status", "target", "tag", "title"],
    fields: &[
        field("id", Text, "identity, never changed"),
        field("title", Text, "its name"),
        field("created", Date, "the day on which it was written down"),
        field("status", Text, "planned, shipped or withdrawn"),
        field("target", Date, "the day on which it should ship"),
        field("shipped", Date, "the day on which it shipped"),
        field("tag", Text, "its Git tag"),
        field("budget", Number, "what it may cost, in the currency of the budget"),
        field("risk", Text, "what could go wrong, in one line"),
        field("questions", List, "open questions to the product owner"),
        field("aliases", List, "other ids that it is known by"),
        field("allow", List, "findings that are accepted, each as `CODE because …`"),
    ],
};

/// The product itself, one document.
pub static PRODUCT: Kind = Kind {
    name: "product",
    folder: "product.md",
    prefix: "",
    summary: "The product: vision, target group, needs, unique selling proposition, Product Goal",
    statuses: &[],
    columns: &["id", "title"],
    fields: &[
        field("id", Text, "identity, never changed"),
        field("title", Text, "the name of the product"),
        field("created", Date, "the day on which it was written down"),
        field("vision", Text, "the vision in one sentence"),
        field("product_goal", Text, "the Product Goal in one sentence"),
        field("goal", Link, "the goal that is the Product Goal"),
        field("owner", Any, "the product owner, by e-mail address"),
        field("allow", List, "findings that are accepted, each as `CODE because …`"),
    ],
};
