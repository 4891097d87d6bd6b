//! Where a product stands: its goal, the sprint that runs, what comes next, what waits for somebody.

use super::acceptance;
use super::backlog::Backlog;
use super::date::{Date, days_between};
use super::entry::Entry;
use super::kind::{Category, DECISION, GOAL, SPRINT};
use super::progress::Pursued;
use super::{overdue, policy, question};

/// How many items of the top are shown.
const TOP: usize = 5;

/// Where a product stands.
#[derive(Debug)]
pub struct Overview<'a> {
    /// The backlog.
    pub backlog: &'a Backlog,
    /// What the product is called, if it is written down.
    pub product: Option<&'a Entry>,
    /// The Product Goal, and how far it has come.
    pub goal: Option<Pursued<'a>>,
    /// The sprints that run.
    pub sprints: Vec<Running<'a>>,
    /// The first of the open items.
    pub top: Vec<&'a Entry>,
    /// How many items are open.
    pub n_open: usize,
    /// What waits for somebody; nothing is in it that does not.
    pub attention: Vec<Attention>,
}

/// A sprint that runs.
#[derive(Debug)]
pub struct Running<'a> {
    /// The record.
    pub sprint: &'a Entry,
    /// The days until its last one: 0 on that day, less once it is past.
    pub days_left: Option<i64>,
    /// How many of its items are open.
    pub n_open: usize,
    /// How many items it has, those left out that were dropped.
    pub n_items: usize,
}

/// A number of things that wait for somebody, and the command that shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attention {
    /// The word that programs know it by.
    pub key: &'static str,
    /// How many there are.
    pub count: usize,
    /// What one of them is, and what several are.
    pub words: [&'static str; 2],
    /// The command that shows them.
    pub command: &'static str,
}

impl Attention {
    /// Things that wait, unless there is none.
    pub fn of(
        key: &'static str,
        count: usize,
        words: [&'static str; 2],
        command: &'static str,
    ) -> Option<Self> {
        (count > 0).then_some(Self { key, count, words, command })
    }

    /// What these are: the noun for as many as there are.
    pub fn noun(&self) -> &'static str {
        self.words[usize::from(self.count != 1)]
    }
}

/// Where the product of a backlog stands. `who` is the person who looks at it, by address.
pub fn overview<'a>(backlog: &'a Backlog, who: Option<&str>, today: Date) -> Overview<'a> {
    let product = backlog.product().filter(|it| it.is_readable());
    let goal = product.and_then(|it| backlog.targets(it, "goal").next());
    let goal = goal.filter(|it| std::ptr::eq(it.kind, &GOAL));
    Overview {
        backlog,
        product,
        goal: goal.map(|it| Pursued::of(backlog, it)),
        sprints: running(backlog, today),
        top: backlog.open_items().take(TOP).collect(),
        n_open: backlog.open_items().count(),
        attention: waiting(backlog, who, today),
    }
}

/// The sprints that run, with their items.
pub(super) fn running(backlog: &Backlog, today: Date) -> Vec<Running<'_>> {
    let is_running = |it: &&Entry| backlog.category(it) == Category::Doing;
    let mut running: Vec<Running<'_>> = backlog
        .of_kind(&SPRINT)
        .filter(is_running)
        .map(|sprint| {
            let days_left = sprint.date("end").map(|end| days_between(today, end));
            Running { sprint, days_left, n_open: 0, n_items: 0 }
        })
        .collect();
    for item in backlog.items().filter(|it| backlog.category(it) != Category::Dropped) {
        let Some(sprint) = item.text("sprint").and_then(|id| backlog.called(&id)) else { continue };
        if let Some(it) = running.iter_mut().find(|it| it.sprint == sprint) {
            it.n_items += 1;
            it.n_open += usize::from(backlog.category(item).is_open());
        }
    }
    running
}

/// What waits for an answer, a judgement or a decision.
fn waiting(backlog: &Backlog, who: Option<&str>, today: Date) -> Vec<Attention> {
    let open = || backlog.readable().filter(|it| backlog.category(it).is_open());
    let questions = open().flat_map(question::open);
    let n_asked = questions.filter(|it| policy::is_asked(&it.note, who, backlog)).count();
    let asked_command = match who {
        Some(_) => "git backlog list questions --for me",
        None => "git backlog list questions --for owner",
    };
    let n_awaited = backlog.open_items().filter(|it| acceptance::is_awaited(backlog, it)).count();
    let is_overdue = |it: &&Entry| overdue::is_overdue(backlog, it, today);
    let n_decisions = backlog.of_kind(&DECISION).filter(is_overdue).count();
    let n_overdue = backlog.open_items().filter(is_overdue).count();
    [
        Attention::of(
            "questions",
            n_asked,
            ["open question for you", "open questions for you"],
            asked_command,
        ),
        Attention::of(
            "awaiting_acceptance",
            n_awaited,
            ["item to accept or to send back", "items to accept or to send back"],
            "git backlog list --awaiting-acceptance",
        ),
        Attention::of(
            "overdue_items",
            n_overdue,
            ["item past its day", "items past their day"],
            "git backlog list --overdue",
        ),
        Attention::of(
            "overdue_decisions",
            n_decisions,
            ["decision past its day", "decisions past their day"],
            "git backlog list decisions --overdue",
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::source::SourceFile;

    const TODAY: Date = Date::constant(2026, 11, 25);

    fn backlog(files: &[(&str, &str)]) -> Backlog {
        let file = |(path, fields): &(&str, &str)| {
            let text = Ok(format!("---\n{fields}---\n"));
            SourceFile { path: (*path).to_owned(), text }
        };
        Backlog::parse(files.iter().map(file).collect())
    }

    fn item(id: &str, fields: &str) -> (String, String) {
        let path = format!("items/BL-{id}.md");
        (path, format!("id: BL-{id}\ntitle: T\ntype: task\nrank: {id}\n{fields}"))
    }

    fn of_items(items: &[(String, String)]) -> Backlog {
        let files: Vec<(&str, &str)> = items.iter().map(|(a, b)| (&**a, &**b)).collect();
        backlog(&files)
    }

    #[test]
    fn an_empty_backlog_has_nothing_to_tell() {
        let backlog = backlog(&[]);
        let it = overview(&backlog, None, TODAY);
        assert!(it.product.is_none() && it.goal.is_none() && it.sprints.is_empty());
        assert!(it.top.is_empty() && it.attention.is_empty() && it.n_open == 0);
    }

    #[test]
    fn the_running_sprint_counts_its_items_and_its_days() {
        let check = |end: &str, days: Option<i64>| {
            let mut items = vec![
                item("bbbbb", "status: ready\nsprint: S1\n"),
                item("ccccc", "status: done\nsprint: s1\n"),
                item("ddddd", "status: rejected\nsprint: S1\n"),
                item("fffff", "status: ready\n"),
            ];
            let sprint = format!("id: S1\ntitle: One\nstatus: active\n{end}");
            items.push(("sprints/S1.md".to_owned(), sprint));
            items
                .push(("sprints/S2.md".to_owned(), "id: S2\ntitle: Two\nstatus: planned\n".into()));
            let backlog = of_items(&items);
            let it = overview(&backlog, None, TODAY);
            let [sprint] = &it.sprints[..] else { panic!("{it:?}") };
            assert_eq!((sprint.n_open, sprint.n_items, sprint.days_left), (1, 2, days), "{end}");
        };
        check("end: 2026-11-27\n", Some(2));
        check("end: 2026-11-25\n", Some(0));
        check("end: 2026-11-20\n", Some(-5));
        check("", None);
    }

    #[test]
    fn what_waits_is_counted_with_its_command() {
        let backlog = of_items(&[
            item(
                "bbbbb",
                "status: review\ndue: 2026-11-01\nquestions: ['A? (to mira, 2026-11-20)', 'B?']\n",
            ),
            item("ccccc", "status: ready\nquestions: ['C? (to ada, 2026-11-20)']\n"),
            item(
                "ddddd",
                "status: done\ndue: 2026-11-01\nquestions: ['D? (to mira, 2026-11-20)']\n",
            ),
        ]);
        let told = |who: Option<&str>| -> Vec<String> {
            let it = overview(&backlog, who, TODAY);
            it.attention.iter().map(|it| format!("{} {}", it.count, it.noun())).collect()
        };
        let others = ["1 item to accept or to send back", "1 item past its day"];
        let with = |questions: &'static str| [&[questions], &others[..]].concat();
        assert_eq!(told(Some("mira")), with("1 open question for you"));
        assert_eq!(told(Some("ada")), with("1 open question for you"));
        assert_eq!(told(Some("zoe")), others);
        // Without an address, those for nobody in particular are told.
        assert_eq!(told(None), with("1 open question for you"));
    }

    #[test]
    fn no_more_than_five_items_are_at_the_top() {
        let ids = ["bbbbb", "ccccc", "ddddd", "fffff", "ggggg", "hhhhh"];
        let backlog = of_items(&ids.map(|id| item(id, "status: ready\n")));
        let it = overview(&backlog, None, TODAY);
        assert_eq!((it.top.len(), it.n_open), (5, 6));
        assert_eq!(it.top[0].id(), "BL-bbbbb");
    }
}
