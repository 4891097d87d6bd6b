//! What a reviewer should not overlook in a change.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Act, Change, Diff, DocumentChange, shown};
use crate::domain::backlog::{Backlog, CONFIG};
use crate::domain::entry::Entry;
use crate::domain::history::Step;
use crate::domain::kind::{Category, PRODUCT};
use crate::domain::order::{Order, Placed};
use crate::domain::policy;

/// Something that deserves a look.
#[derive(Clone, Debug, PartialEq)]
pub struct Risk {
    /// The document that it is about.
    pub id: String,
    /// What it is.
    pub what: Hazard,
}

/// The sorts of risk, the gravest first.
#[derive(Clone, Debug, PartialEq)]
pub enum Hazard {
    /// It cannot be read any more, so that nothing else can be said of it.
    Unreadable,
    /// Somebody else is the product owner.
    OwnerChanged {
        /// The owner before.
        from: String,
        /// The owner after.
        to: String,
    },
    /// Other rules or another policy hold after the change. They do not judge it, but everything
    /// after it.
    SettingsChanged {
        /// Whether the policy is one of the things that changed.
        is_policy: bool,
    },
    /// A criterion is gone from an item of a running sprint.
    CriterionRemoved {
        /// Its words.
        text: String,
        /// The sprint.
        sprint: String,
    },
    /// An item that was done is open again.
    Reopened,
    /// An item was moved above one that it waits for.
    AboveBlocker {
        /// What it waits for.
        blocker: String,
    },
    /// Something was changed by somebody who may not.
    NotAllowed {
        /// The field.
        field: String,
        /// Who changed it.
        author: String,
        /// Who may.
        people: Vec<String>,
    },
    /// An item has left a running sprint and is not done.
    LeftSprint {
        /// The sprint.
        sprint: String,
    },
    /// An estimate is higher than before.
    EstimateGrown {
        /// The effort before.
        from: f64,
        /// The effort after.
        to: f64,
    },
    /// A place was changed by a commit that does not say why.
    NoReason {
        /// The first digits of the commit's id.
        commit: String,
    },
    /// An item came or moved up, although evidence speaks against it.
    Contradicted {
        /// The evidence.
        evidence: String,
        /// What it says.
        title: String,
    },
}

impl Hazard {
    /// The word for it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::OwnerChanged { .. } => "owner-changed",
            Self::SettingsChanged { .. } => "settings-changed",
            Self::CriterionRemoved { .. } => "criterion-removed",
            Self::Reopened => "reopened",
            Self::AboveBlocker { .. } => "above-blocker",
            Self::NotAllowed { .. } => "not-allowed",
            Self::LeftSprint { .. } => "left-sprint",
            Self::EstimateGrown { .. } => "estimate-grown",
            Self::NoReason { .. } => "no-reason",
            Self::Contradicted { .. } => "contradicted",
        }
    }

    /// What it is, in a sentence without its subject.
    pub fn sentence(&self) -> String {
        match self {
            Self::Unreadable => "cannot be read, and counts nowhere until it is mended".to_owned(),
            Self::OwnerChanged { from, to } => {
                format!("the product owner is {to} from now on, and was {from}")
            }
            Self::SettingsChanged { is_policy: true } => {
                "who may change what is another from now on: read it with git diff".to_owned()
            }
            Self::SettingsChanged { is_policy: false } => {
                "the settings are others from now on: read them with git diff".to_owned()
            }
            Self::CriterionRemoved { text, sprint } => {
                format!("loses a criterion while sprint {sprint} is running: {text}")
            }
            Self::Reopened => "was done, and is open again".to_owned(),
            Self::AboveBlocker { blocker } => format!("is above {blocker}, which it waits for"),
            Self::NotAllowed { field, author, people } => {
                let author = policy::named(author);
                let verb = if field == policy::CRITERIA { "were" } else { "was" };
                let people = people.join(", ");
                format!("{field} {verb} changed by {author}, and only {people} may")
            }
            Self::LeftSprint { sprint } => format!("leaves the running sprint {sprint} undone"),
            Self::EstimateGrown { from, to } => format!("effort grows from {from} to {to}"),
            Self::NoReason { commit } => format!("moves, and commit {commit} does not say why"),
            Self::Contradicted { evidence, title } => {
                format!("comes up, and {evidence} speaks against it: {title}")
            }
        }
    }

    fn gravity(&self) -> usize {
        match self {
            Self::Unreadable => 0,
            Self::OwnerChanged { .. } => 1,
            Self::SettingsChanged { .. } => 2,
            Self::CriterionRemoved { .. } => 3,
            Self::Reopened => 4,
            Self::AboveBlocker { .. } => 5,
            Self::NotAllowed { .. } => 6,
            Self::LeftSprint { .. } => 7,
            Self::EstimateGrown { .. } => 8,
            Self::NoReason { .. } => 9,
            Self::Contradicted { .. } => 10,
        }
    }
}

/// The two states of a change. Neither needs to be whole: the documents that changed, and those
/// that they name, are enough.
#[derive(Clone, Copy, Debug)]
pub struct States<'a> {
    /// Before.
    pub before: &'a Backlog,
    /// After.
    pub after: &'a Backlog,
    /// The order after.
    pub order: &'a Order,
    /// What was done on the way; steps that are above suspicion, see [`is_suspect`], may be missing.
    pub steps: &'a [Step],
}

/// Whether a step may hold a risk, by its author and message alone: who may do everything and says
/// why need not be looked at.
pub fn is_suspect(author: &str, message: &str, before: &Backlog) -> bool {
    let config = &before.config;
    let owners = policy::owners(before);
    let is_free = config.policy.change.0.is_empty()
        && (owners.is_empty() || policy::is_one_of(author, &owners));
    !is_free || policy::reason(message).is_none()
}

/// The risks of a change, the gravest first.
pub fn risks(diff: &Diff, states: States<'_>) -> Vec<Risk> {
    let mut risks = Vec::new();
    let waiting = waiting(states.after);
    for document in &diff.documents {
        let mut add = |what: Hazard| risks.push(Risk { id: document.id.clone(), what });
        if let (Some(before), Some(after)) = (&document.before, &document.after)
            && document.kind.is_ranked()
        {
            compared(before, after, document, states).into_iter().for_each(&mut add);
        }
        if let (Some(before), None) = (&document.before, &document.after)
            && states.before.category(before).is_open()
        {
            // What is done may go.
            let sprint = running_sprint(states.before, before);
            sprint.map(|sprint| Hazard::LeftSprint { sprint }).into_iter().for_each(&mut add);
        }
        let is_lost = |it: &Change| matches!(it, Change::Unreadable { is_now: true, .. });
        if document.changes.iter().any(is_lost) {
            add(Hazard::Unreadable);
        }
        risks.extend(above_blockers(document, &waiting, states));
    }
    risks.extend(rules(diff, states));
    risks.extend(acts(states));
    risks.extend(without_reason(diff, states));
    risks.sort_by_key(|risk| risk.what.gravity());
    unique(risks)
}

/// What follows from the two states of one item.
fn compared(
    before: &Entry,
    after: &Entry,
    document: &DocumentChange,
    states: States<'_>,
) -> Vec<Hazard> {
    let mut hazards = Vec::new();
    let (was, is) = (states.before.category(before), states.after.category(after));
    if was == Category::Done && is.is_open() {
        hazards.push(Hazard::Reopened);
    }
    let sprint = running_sprint(states.before, before);
    if let Some(sprint) = sprint.clone().filter(|_| is == Category::Dropped && was.is_open()) {
        hazards.push(Hazard::LeftSprint { sprint });
    }
    for change in &document.changes {
        match (change, &sprint) {
            (Change::Criterion(it), Some(sprint)) if it.act == Act::Removed => {
                hazards.push(Hazard::CriterionRemoved {
                    text: it.text.clone(),
                    sprint: sprint.clone(),
                });
            }
            (Change::Set(it), Some(sprint)) if it.field == "sprint" && is != Category::Done => {
                hazards.push(Hazard::LeftSprint { sprint: sprint.clone() });
            }
            (Change::Set(it), _) if it.field == "effort" => {
                let grown = it.numbers().filter(|(from, to)| to > from);
                hazards.extend(grown.map(|(from, to)| Hazard::EstimateGrown { from, to }));
            }
            _ => {}
        }
    }
    hazards
}

/// Changes of what judges changes: the settings, and who the product owner is.
fn rules(diff: &Diff, states: States<'_>) -> Vec<Risk> {
    let mut risks = Vec::new();
    // Settings where there were none make nothing laxer. They may stand in files that these extend,
    // also beside the folder.
    let is_new = diff.files.iter().any(|file| file.path == CONFIG && !file.was_there);
    let is_rewritten = diff.files.iter().any(|file| file.path == CONFIG);
    let (before, after) = (&states.before.config, &states.after.config);
    if !is_new && (is_rewritten || format!("{before:?}") != format!("{after:?}")) {
        let is_policy = format!("{:?}", before.policy) != format!("{:?}", after.policy);
        let what = Hazard::SettingsChanged { is_policy };
        risks.push(Risk { id: CONFIG.to_owned(), what });
    }
    for document in diff.documents.iter().filter(|it| std::ptr::eq(it.kind, &PRODUCT)) {
        for change in &document.changes {
            let Change::Set(set) = change else { continue };
            // Who describes a product first takes it from nobody.
            if set.field == "owner" && set.from.is_some() {
                let (from, to) = (shown(set.from.as_ref()), shown(set.to.as_ref()));
                let to = if to.is_empty() { "nobody".to_owned() } else { to };
                let what = Hazard::OwnerChanged { from, to };
                risks.push(Risk { id: document.id.clone(), what });
            }
        }
    }
    risks
}

/// The running sprint that an item is in.
fn running_sprint(backlog: &Backlog, item: &Entry) -> Option<String> {
    policy::is_in_running_sprint(backlog, item)
        .then(|| item.text("sprint").unwrap_or_default().into_owned())
}

/// Each risk once, the first time that it is told.
fn unique(risks: Vec<Risk>) -> Vec<Risk> {
    let mut unique: Vec<Risk> = Vec::with_capacity(risks.len());
    let mut seen = BTreeSet::new();
    for risk in risks {
        if seen.insert(format!("{} {:?}", risk.id, risk.what)) {
            unique.push(risk);
        }
    }
    unique
}

/// The items that wait for another, by the id of that.
type Waiting<'a> = HashMap<&'a str, Vec<&'a Entry>>;

fn waiting(backlog: &Backlog) -> Waiting<'_> {
    let mut waiting = Waiting::new();
    for item in backlog.items() {
        for blocker in item.links("depends_on") {
            let blocker = backlog.called(&blocker);
            blocker.into_iter().for_each(|it| waiting.entry(it.id()).or_default().push(item));
        }
    }
    waiting
}

/// What stands above something that it waits for, if that is new: the item came, moved up or waits
/// since now, or what it waits for moved down. Of those that wait for what moved down, only the
/// ones that the state after holds are known.
fn above_blockers(
    document: &DocumentChange,
    waiting: &Waiting<'_>,
    states: States<'_>,
) -> Vec<Risk> {
    let Some(item) = document.after.as_ref().or_else(|| states.after.called(&document.id)) else {
        return Vec::new();
    };
    let mut risks = Vec::new();
    let mut compare = |upper: &Entry, lower: &Entry| {
        let place = |entry| Placed::of(entry, &states.after.config);
        let (Some(above), Some(below)) = (place(upper), place(lower)) else { return };
        if states.order.n_before(&above) < states.order.n_before(&below) {
            let (id, blocker) = (upper.id().to_owned(), lower.id().to_owned());
            risks.push(Risk { id, what: Hazard::AboveBlocker { blocker } });
        }
    };
    for change in &document.changes {
        let waits = match change {
            Change::Moved(it) => it.is_up(),
            Change::Set(it) => it.field == "depends_on",
            change => *change == Change::Added,
        };
        let blockers = waits.then(|| item.links("depends_on")).into_iter().flatten();
        blockers.filter_map(|id| states.after.called(&id)).for_each(|it| compare(item, it));
        if matches!(change, Change::Moved(it) if !it.is_up()) {
            let upper = waiting.get(item.id()).into_iter().flatten();
            upper.for_each(|upper| compare(upper, item));
        }
    }
    risks
}

/// What was done by somebody who may not.
fn acts(states: States<'_>) -> Vec<Risk> {
    let mut risks = Vec::new();
    for step in states.steps {
        let config = &states.before.config;
        risks.extend(policy::trespasses(step, states.before, config).into_iter().map(|it| Risk {
            id: it.change.id.clone(),
            what: Hazard::NotAllowed {
                field: it.field,
                author: step.author.clone(),
                people: it.people,
            },
        }));
    }
    risks
}

/// What moved in a commit that gives no reason. What is not committed yet can still be given one.
fn without_reason(diff: &Diff, states: States<'_>) -> Vec<Risk> {
    let mut commits: BTreeMap<String, String> = BTreeMap::new();
    for step in states.steps.iter().filter(|step| policy::reason(&step.message).is_none()) {
        let Some(commit) = &step.commit else { continue };
        for change in policy::changes(step) {
            if change.touches("rank", &states.after.config) {
                commits.insert(change.id, commit.clone());
            }
        }
    }
    let risk = |document: &DocumentChange| {
        let has_moved = document.changes.iter().any(|it| matches!(it, Change::Moved(_)));
        let commit = commits.get(&document.id).filter(|_| has_moved)?.clone();
        Some(Risk { id: document.id.clone(), what: Hazard::NoReason { commit } })
    };
    diff.documents.iter().filter_map(risk).collect()
}
