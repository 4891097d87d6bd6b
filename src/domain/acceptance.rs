//! Accepting work, and sending it back.
//!
//! Work that meets its acceptance criteria is accepted by the product owner; work that does not meet
//! the Definition of Done returns to the Product Backlog (Scrum Guide 2020). Who accepted an item, and
//! when, stands in the field `accepted`; criteria that were left open on purpose, and reasons to send
//! work back, in sections of the text.

use super::assign::{self, Assignment, Operation, Refusal};
use super::backlog::Backlog;
use super::config::Config;
use super::criteria::{self, Criterion};
use super::date::{self, Date};
use super::document::Document;
use super::edit::{self, Value};
use super::entry::Entry;
use super::kind::Category;
use super::message::counted;
use super::note::{Note, one_line};
use super::policy::ACCEPTED;
use super::section::{self, Noted};

/// The heading under which criteria stand that were accepted open.
const EXCEPTIONS: &str = "Exceptions";

/// The heading under which reasons stand to send work back.
const REJECTED: &str = "Rejected";

/// Who accepted an item, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// By e-mail address, or as somebody wrote it; empty if nobody said.
    pub by: String,
    /// The day.
    pub on: Option<Date>,
}

/// The acceptance of an item: `accepted: {by: mira@example.org, on: 2026-11-25}`, or a text that says
/// who.
pub fn of(document: &Document) -> Option<Acceptance> {
    let text = document.text();
    let node = document.get(ACCEPTED).filter(|node| !node.is_empty(text))?;
    let json = node.to_json(text);
    let part = |key: &str| json.get(key).and_then(|it| it.as_str()).unwrap_or_default().to_owned();
    let plain = || node.scalar(text).unwrap_or_default().into_owned();
    Some(match json.is_object() {
        true => Acceptance { by: part("by"), on: date::parse(&part("on")) },
        false => Acceptance { by: plain(), on: None },
    })
}

/// A criterion that is accepted although it is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// Its number or its id.
    pub which: String,
    /// The reason.
    pub why: String,
}

/// Somebody who accepts or sends back, on a day.
#[derive(Clone, Copy, Debug)]
pub struct Judge<'a> {
    /// By e-mail address.
    pub who: &'a str,
    /// Today.
    pub today: Date,
}

/// The words of the criteria that were accepted open.
pub fn exceptions(document: &Document) -> Vec<String> {
    section::notes(document, EXCEPTIONS).into_iter().map(|it| it.note.text).collect()
}

/// The reasons for which an item was sent back, the last one last.
pub fn rejections(document: &Document) -> Vec<String> {
    section::notes(document, REJECTED).into_iter().map(|it| it.note.text).collect()
}

/// The text of an item that is accepted: done, with who and when, and with the criteria that are
/// accepted open, see [`excepted`].
pub fn accept(
    backlog: &Backlog,
    item: &Entry,
    excepted: &[(Criterion, String)],
    judge: Judge<'_>,
) -> Result<String, Refusal> {
    may_be_judged(backlog, item)?;
    no_part_open(backlog, item)?;
    all_met(item, excepted, &backlog.config)?;
    let text = match backlog.category(item) {
        Category::Done => item.document.text().to_owned(),
        _ => with_status(backlog, item, Category::Done, judge.today)?,
    };
    let value = vec![("by", judge.who.to_owned()), ("on", judge.today.to_string())];
    let document = Document::parse(item.path(), text);
    let text = edit::set(&document, ACCEPTED, &Value::Mapping(value), &assign::order(item.kind))?;
    let sections = &backlog.config.criteria.sections;
    excepted.iter().try_fold(text, |text, (criterion, why)| {
        let noted = Noted {
            note: Note::new(&criterion.text, judge.who, judge.today),
            // A reason may come with who gave it, and when.
            below: vec![Note::parse(&one_line(why))],
        };
        append(Document::parse(item.path(), text), EXCEPTIONS, &noted, sections)
    })
}

/// Refuses the whole while a part of it is open.
fn no_part_open(backlog: &Backlog, item: &Entry) -> Result<(), Refusal> {
    let is_part = |it: &&Entry| {
        let parent = it.text("parent");
        parent.and_then(|id| backlog.called(&id)).is_some_and(|it| std::ptr::eq(it, item))
    };
    let open: Vec<&str> = backlog.open_items().filter(is_part).map(Entry::id).collect();
    if open.is_empty() {
        return Ok(());
    }
    let parts = counted(open.len(), "open part");
    let message = format!("{} has {parts}: {}", item.id(), open.join(", "));
    Err(Refusal::new(message).hint(format!("see them with: git backlog list parent={}", item.id())))
}

/// The text of an item that is sent back to work, with the reason.
pub fn reject(
    backlog: &Backlog,
    item: &Entry,
    why: &str,
    judge: Judge<'_>,
) -> Result<String, Refusal> {
    if one_line(why).is_empty() {
        return Err(Refusal::new("the reason is empty"));
    }
    may_be_judged(backlog, item)?;
    let text = with_status(backlog, item, Category::Doing, judge.today)?;
    let text = edit::remove(&Document::parse(item.path(), text), ACCEPTED)?;
    let noted = Noted { note: Note::new(why, judge.who, judge.today), below: Vec::new() };
    let sections = &backlog.config.criteria.sections;
    append(Document::parse(item.path(), text), REJECTED, &noted, sections)
}

/// Whether an item waits for somebody to accept it: it is under way, and either all of its criteria
/// are met or it is in the last status before done. Where a project has only one status for work,
/// only the criteria tell.
pub fn is_awaited(backlog: &Backlog, item: &Entry) -> bool {
    let is_doing = item.kind.is_ranked() && backlog.category(item) == Category::Doing;
    if !is_doing || item.document.get(ACCEPTED).is_some_and(|it| !it.is_empty(item.document.text()))
    {
        return false;
    }
    let doing: Vec<&str> = of_category(&backlog.config, Category::Doing).collect();
    let is_last = doing.len() > 1 && doing.last().is_some_and(|last| *last == item.status());
    let (met, all) = item.met(&backlog.config);
    is_last || all > 0 && met == all
}

/// The statuses of a category, in the order of the flow.
fn of_category(config: &Config, category: Category) -> impl Iterator<Item = &str> {
    let of_it = config.statuses.0.iter().filter(move |(_, status)| status.category == category);
    of_it.map(|(word, _)| word)
}

/// Only work that somebody has begun can be judged.
fn may_be_judged(backlog: &Backlog, item: &Entry) -> Result<(), Refusal> {
    let id = item.id();
    if !item.kind.is_ranked() {
        let message = format!("{id} is of kind {}, and only items are accepted", item.kind.name);
        return Err(Refusal::new(message));
    }
    match backlog.category(item) {
        Category::Doing | Category::Done => Ok(()),
        Category::Todo => {
            let doing =
                of_category(&backlog.config, Category::Doing).next().unwrap_or("in-progress");
            Err(Refusal::new(format!("{id} is {}, and nobody has begun it", item.status()))
                .hint(format!("begin it first with: git backlog set {id} status={doing}")))
        }
        Category::Dropped => Err(Refusal::new(format!("{id} is {}", item.status()))
            .hint(format!("open it again with: git backlog set {id} status=STATUS"))),
    }
}

/// The criteria that the exceptions mean, each with its reason.
pub fn excepted(
    item: &Entry,
    exceptions: &[Exception],
    config: &Config,
) -> Result<Vec<(Criterion, String)>, Refusal> {
    let all = item.criteria(config);
    let id = item.id();
    let mut excepted: Vec<(Criterion, String)> = Vec::new();
    for Exception { which, why } in exceptions {
        let Some(criterion) = criteria::find(&all, which) else {
            let count = all.list.len();
            return Err(Refusal::new(format!(
                "{id} has no criterion '{which}', but {count} criteria"
            ))
            .hint(format!("see them with: git backlog criteria {id}")));
        };
        if criterion.checked == Some(true) {
            return Err(Refusal::new(format!(
                "criterion {which} of {id} is met, and no exception"
            )));
        }
        if one_line(why).is_empty() {
            return Err(Refusal::new(format!("the reason for criterion {which} is empty")));
        }
        if excepted.iter().any(|(other, _)| other.ordinal == criterion.ordinal) {
            return Err(Refusal::new(format!("criterion {which} is named twice")));
        }
        excepted.push((criterion.clone(), why.clone()));
    }
    Ok(excepted)
}

/// All criteria that have a box are ticked, but for the exceptions.
fn all_met(item: &Entry, excepted: &[(Criterion, String)], config: &Config) -> Result<(), Refusal> {
    let is_open = |it: &&Criterion| {
        it.checked == Some(false) && !excepted.iter().any(|(other, _)| other.ordinal == it.ordinal)
    };
    let all = item.criteria(config).list;
    let open: Vec<&Criterion> = all.iter().filter(is_open).collect();
    let Some(first) = open.first() else { return Ok(()) };
    let id = item.id();
    let numbers: Vec<String> = open.iter().map(|it| it.ordinal.to_string()).collect();
    let noun = if open.len() == 1 { "criterion" } else { "criteria" };
    let message = format!(
        "{} of {} criteria of {id} are open: {noun} {}",
        open.len(),
        all.len(),
        numbers.join(", ")
    );
    let number = first.ordinal;
    Err(Refusal::new(message).hint(format!(
        "tick what is met: git backlog criteria {id} check {number}; or accept it open: --except {number} --why REASON"
    )))
}

/// The text with the first status of a category, and the days that go with it.
fn with_status(
    backlog: &Backlog,
    item: &Entry,
    category: Category,
    today: Date,
) -> Result<String, Refusal> {
    let status = of_category(&backlog.config, category).next().ok_or_else(|| {
        Refusal::new(format!("no status is of category {}", category.word()))
            .hint("add one under 'statuses' in config.yml")
    })?;
    let field = "status".to_owned();
    let set = Assignment { field, operation: Operation::Set(status.to_owned()) };
    assign::apply(backlog, item, &[set], today)
}

fn append(
    document: Document,
    heading: &str,
    noted: &Noted,
    sections: &[String],
) -> Result<String, Refusal> {
    section::append(&document, heading, noted, sections).ok_or_else(|| {
        let path = document.path();
        Refusal::new(format!("the text of {path} leaves no room for a section '{heading}'"))
            .hint("close what is open at its end, such as a block of code")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::source::SourceFile;

    const JUDGE: Judge<'_> = Judge { who: "mira@example.org", today: Date::constant(2026, 11, 25) };

    fn backlog(status: &str, criteria: &str) -> Backlog {
        let text = format!(
            "---\nid: BL-a\ntitle: A\nstatus: {status}\nstarted: 2026-11-20\n---\n\n## Acceptance criteria\n\n{criteria}"
        );
        Backlog::parse(vec![SourceFile { path: "items/BL-a.md".to_owned(), text: Ok(text) }])
    }

    fn accepted(
        status: &str,
        criteria: &str,
        exceptions: &[(&str, &str)],
    ) -> Result<String, String> {
        let backlog = backlog(status, criteria);
        let exception = |(which, why): &(&str, &str)| Exception {
            which: (*which).to_owned(),
            why: (*why).to_owned(),
        };
        let exceptions: Vec<Exception> = exceptions.iter().map(exception).collect();
        let item = backlog.called("BL-a").unwrap();
        excepted(item, &exceptions, &backlog.config)
            .and_then(|excepted| accept(&backlog, item, &excepted, JUDGE))
            .map_err(|refusal| refusal.message)
    }

    #[test]
    fn an_item_with_all_criteria_met_is_done() {
        let text = accepted("review", "- [x] One\n- [x] Two\n", &[]).unwrap();
        assert_eq!(
            text,
            "---\nid: BL-a\ntitle: A\nstatus: done\nstarted: 2026-11-20\ndone: 2026-11-25\n\
             accepted: {by: mira@example.org, on: 2026-11-25}\n---\n\n\
             ## Acceptance criteria\n\n- [x] One\n- [x] Two\n"
        );
        let document = Document::parse("items/BL-a.md", text);
        let on = Some(JUDGE.today);
        assert_eq!(of(&document), Some(Acceptance { by: JUDGE.who.to_owned(), on }));
    }

    #[test]
    fn an_exception_has_its_reason_in_the_text() {
        let text = accepted("review", "- [x] One\n- [ ] Two ^ac-2\n", &[("ac-2", "Only\nlater.")]);
        let text = text.unwrap();
        assert!(text.ends_with(
            "\n- [ ] Two ^ac-2\n\n## Exceptions\n\n- Two (mira@example.org, 2026-11-25)\n  - Only later.\n"
        ));
        assert_eq!(exceptions(&Document::parse("x.md", text)), ["Two"]);
    }

    #[test]
    fn a_reason_may_be_signed_by_somebody_else() {
        let why = "Agreed with the shop (ada,\n2026-11-01)";
        let text = accepted("review", "- [ ] One\n", &[("1", why)]).unwrap();
        let end =
            "- One (mira@example.org, 2026-11-25)\n  - Agreed with the shop (ada, 2026-11-01)\n";
        assert!(text.ends_with(end), "{text}");
    }

    #[test]
    fn what_is_open_is_named() {
        let refused = |status: &str, criteria: &str, exceptions: &[(&str, &str)]| {
            accepted(status, criteria, exceptions).unwrap_err()
        };
        let two = "- [ ] One\n- [ ] Two\n";
        assert_eq!(refused("review", two, &[]), "2 of 2 criteria of BL-a are open: criteria 1, 2");
        let one = [("1", "Later.")];
        assert_eq!(refused("review", two, &one), "1 of 2 criteria of BL-a are open: criterion 2");
        assert_eq!(
            refused("review", two, &[("3", "x")]),
            "BL-a has no criterion '3', but 2 criteria"
        );
        assert_eq!(refused("review", two, &[("1", " ")]), "the reason for criterion 1 is empty");
        let met = refused("review", "- [x] One\n", &one);
        assert_eq!(met, "criterion 1 of BL-a is met, and no exception");
        assert_eq!(refused("ready", "", &[]), "BL-a is ready, and nobody has begun it");
        assert_eq!(refused("rejected", "", &[]), "BL-a is rejected");
    }

    #[test]
    fn what_is_sent_back_says_why_and_is_under_way_again() {
        let text = accepted("review", "- [x] One\n", &[]).unwrap();
        let files = vec![SourceFile { path: "items/BL-a.md".to_owned(), text: Ok(text) }];
        let backlog = Backlog::parse(files);
        let text = reject(&backlog, backlog.called("BL-a").unwrap(), "No receipt.", JUDGE).unwrap();
        assert_eq!(
            text,
            "---\nid: BL-a\ntitle: A\nstatus: in-progress\nstarted: 2026-11-20\n---\n\n\
             ## Acceptance criteria\n\n- [x] One\n\n## Rejected\n\n\
             - No receipt. (mira@example.org, 2026-11-25)\n"
        );
    }

    #[test]
    fn an_item_is_awaited_in_the_last_status_or_with_all_criteria_met() {
        let awaited = |status: &str, criteria: &str| {
            let backlog = backlog(status, criteria);
            is_awaited(&backlog, backlog.called("BL-a").unwrap())
        };
        assert!(awaited("review", "- [ ] One\n"));
        assert!(awaited("in-progress", "- [x] One\n"));
        assert!(!awaited("in-progress", "- [x] One\n- [ ] Two\n"));
        assert!(!awaited("in-progress", ""));
        assert!(!awaited("done", "- [x] One\n"));
        assert!(!awaited("ready", "- [x] One\n"));
    }
}
