//! Splitting an item: which of its criteria go to which new item, and how people find the parts.
//!
//! No criterion is lost and none is doubled: whatever is not given to a new item stays where it is.

use super::assign::{self, Refusal};
use super::backlog::Backlog;
use super::criteria::{self, Criteria, Taken};
use super::document::Document;
use super::edit::{self, Value};
use super::entry::Entry;
use super::kind::ITEM;
use super::note::one_line;
use super::problem::Problem;

/// A way to split a story.
#[derive(Clone, Copy, Debug)]
pub struct Pattern {
    /// What it is called.
    pub name: &'static str,
    /// The question that finds the parts.
    pub ask: &'static str,
    /// Parts that it found for a story of a shop.
    pub example: &'static str,
}

/// Ways to split a story, in the order in which they are worth a try. After Richard Lawrence and Peter
/// Green, The Humanizing Work Guide to Splitting User Stories (humanizingwork.com), in other words.
pub const PATTERNS: &[Pattern] = &[
    Pattern {
        name: "workflow steps",
        ask: "Can the first and the last step be had without those between, and these added later?",
        example: "order and pay; then the review of the basket; then the gift wrap",
    },
    Pattern {
        name: "operations",
        ask: "Does it say 'manage'? To create, read, change and delete are four items.",
        example: "subscribe; see the subscription; change it; cancel it",
    },
    Pattern {
        name: "business rules",
        ask: "Which of the rules could be left out at first?",
        example: "one price for all; then the discount for families",
    },
    Pattern {
        name: "variations of data",
        ask: "Is one kind of data enough to begin with?",
        example: "one pick-up point; then several; then those with opening hours",
    },
    Pattern {
        name: "interfaces",
        ask: "Is there a plain way to enter or show it, before the comfortable one?",
        example: "type the address; then choose it on a map",
    },
    Pattern {
        name: "major effort",
        ask: "Is most of the work in whichever part comes first? Then make that part the first item.",
        example: "pay by one kind of card; then by the others",
    },
    Pattern {
        name: "simple and complex",
        ask: "What is the simplest case that is worth having? All else is another item.",
        example: "pause for one week; then for any weeks of the year",
    },
    Pattern {
        name: "performance later",
        ask: "Is it worth having slow or for a few, and can it be made fast or large later?",
        example: "search by name; then in less than 200 ms",
    },
    Pattern {
        name: "spike",
        ask: "Does nobody know enough to split it? Then find out first, within a fixed time.",
        example: "which bank can take an amount that varies; then pay by direct debit",
    },
];

/// Fields that say as much of a part as of the whole. What a part is worth, what it costs and when it
/// is done has to be said anew.
const INHERITED: [&str; 9] = [
    "depends_on",
    "goal",
    "parent",
    "release",
    "blocks",
    "evidence",
    "decisions",
    "labels",
    "moscow",
];

/// A new item that takes a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its title.
    pub title: String,
    /// The numbers of the criteria that it takes.
    pub ordinals: Vec<usize>,
}

/// The parts that `--by` and `--criteria` name: titles, and for some criteria the number of a title,
/// `1,2:1`.
pub fn from_words(
    titles: &[String],
    shares: &[String],
    criteria: &Criteria,
) -> Result<Vec<Part>, Refusal> {
    let mut parts = titles.iter().map(|title| part(title)).collect::<Result<Vec<_>, _>>()?;
    for share in shares {
        let wrong = || {
            Refusal::new(format!("'{share}' does not say which criteria go to which item"))
                .hint("write the numbers of criteria, and that of the new item: 1,2:1")
        };
        let (which, to) = share.rsplit_once(':').ok_or_else(wrong)?;
        let to: usize = to.trim().parse().map_err(|_| wrong())?;
        let n_parts = parts.len();
        let index = to.checked_sub(1).filter(|index| *index < n_parts).ok_or_else(|| {
            Refusal::new(format!("'{share}': there is no new item {to}, but {n_parts}"))
        })?;
        for which in which.split(',').map(str::trim) {
            let ordinal = numbered(criteria, which)?;
            give_once(&mut parts, index, ordinal)?;
        }
    }
    Ok(parts)
}

/// The number of the criterion that a person means.
fn numbered(criteria: &Criteria, which: &str) -> Result<usize, Refusal> {
    let found = criteria::find(criteria, which).map(|it| it.ordinal);
    let count = criteria.list.len();
    found.ok_or_else(|| {
        Refusal::new(format!("there is no criterion '{which}', but {count} criteria"))
    })
}

fn part(title: &str) -> Result<Part, Refusal> {
    Ok(Part { title: assign::title(title)?.to_owned(), ordinals: Vec::new() })
}

/// Gives a criterion to a part, unless one has it.
fn give_once(parts: &mut [Part], index: usize, ordinal: usize) -> Result<(), Refusal> {
    if parts.iter().any(|part| part.ordinals.contains(&ordinal)) {
        return Err(Refusal::new(format!("criterion {ordinal} is given away twice")));
    }
    parts[index].ordinals.push(ordinal);
    Ok(())
}

/// The word before the title of a new item in a plan.
const PART: &str = "item ";

/// The word above the criteria that stay.
const REST: &str = "stay";

/// A plan to change in an editor: the criteria, one a line, and how it is done.
pub fn plan(item: &Entry, criteria: &Criteria) -> String {
    let mut plan = format!("{REST}\n");
    for it in &criteria.list {
        let mark = if it.checked == Some(true) { "[x]" } else { "[ ]" };
        plan += &format!("{} {mark} {}\n", it.ordinal, one_line(&it.text));
    }
    plan += &format!(
        "\n# Splits {} \"{}\".\n#\n\
         # Write a line for each new item:\n#\n#   {PART}TITLE\n#\n\
         # and move the lines of its criteria below it. What is below no new item stays.\n\
         # Without a new item, nothing is split.\n#\n# Ways to find the parts:\n",
        item.id(),
        one_line(&item.title()),
    );
    for it in PATTERNS {
        plan += &format!("#\n#   {}: {}\n#     {}\n", it.name, it.ask, it.example);
    }
    plan
}

/// The parts that a plan names; the message of an error begins with the line.
pub fn from_plan(plan: &str, criteria: &Criteria) -> Result<Vec<Part>, Refusal> {
    let mut parts: Vec<Part> = Vec::new();
    let mut is_rest = true;
    let mut seen: Vec<usize> = Vec::new();
    for (number, line) in (1..).zip(plan.lines()) {
        let line = line.trim();
        let at = |refusal: Refusal| Refusal {
            message: format!("line {number}: {}", refusal.message),
            ..refusal
        };
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if line == REST {
            is_rest = true;
            continue;
        }
        if line == PART.trim() || line.starts_with(PART) {
            parts.push(part(&line[PART.len() - 1..]).map_err(at)?);
            is_rest = false;
            continue;
        }
        let first = line.split_whitespace().next().unwrap_or_default();
        let ordinal = first.parse().map_err(|_| {
            at(Refusal::new(format!(
                "'{first}' is neither '{PART}TITLE' nor the number of a criterion"
            )))
        })?;
        numbered(criteria, first).map_err(at)?;
        if seen.contains(&ordinal) {
            return Err(at(Refusal::new(format!("criterion {ordinal} stands there twice"))));
        }
        seen.push(ordinal);
        if let Some(part) = parts.last_mut().filter(|_| !is_rest) {
            part.ordinals.push(ordinal);
        }
    }
    Ok(parts)
}

/// The text of the item without the criteria that are given away, and for each part those that it
/// takes. `None` where one cannot be moved, as a scenario cannot.
pub fn distribute(
    text: &str,
    criteria: &Criteria,
    parts: &[Part],
) -> Option<(String, Vec<Vec<Taken>>)> {
    let all: Vec<usize> = parts.iter().flat_map(|part| part.ordinals.iter().copied()).collect();
    let (rest, _) = criteria::take(text, criteria, &all)?;
    let of_part = |part: &Part| Some(criteria::take(text, criteria, &part.ordinals)?.1);
    Some((rest, parts.iter().map(of_part).collect::<Option<_>>()?))
}

/// Whether the parts of an item are its children, and it stays as their whole.
pub fn is_epic(item: &Entry) -> bool {
    item.item_type() == "epic"
}

/// A new document with what it has from the item that was split. Parts of an epic are its children;
/// others stand beside the item, and say where they come from.
pub fn inherit(document: Document, from: &Entry) -> Result<Document, Problem> {
    let order = assign::order(&ITEM);
    let mut fields: Vec<(&str, Value)> = Vec::new();
    for field in INHERITED {
        let is_list = ITEM.field(field).is_some_and(|it| it.value.is_list());
        let list: Vec<String> = from.list(field).into_iter().map(|it| it.into_owned()).collect();
        match (is_list, from.text(field)) {
            (true, _) if !list.is_empty() => fields.push((field, Value::List(list))),
            (false, Some(text)) => fields.push((field, Value::Text(text.into_owned()))),
            _ => {}
        }
    }
    let origin = if is_epic(from) { "parent" } else { "split_from" };
    fields.retain(|(field, _)| *field != origin);
    fields.push((origin, Value::Text(from.id().to_owned())));
    fields.iter().try_fold(document, |document, (field, value)| {
        let text = edit::set(&document, field, value, &order)?;
        Ok(Document::parse(document.path(), text))
    })
}

/// The open items that wait for `item`, and so for all of its parts. Who waits for an epic waits for
/// it still.
pub fn dependants<'a>(backlog: &'a Backlog, item: &Entry) -> Vec<&'a Entry> {
    if is_epic(item) {
        return Vec::new();
    }
    let waits = |other: &&Entry| {
        let names = other.links("depends_on");
        names.iter().any(|id| backlog.called(id).is_some_and(|it| it == item))
    };
    backlog.open_items().filter(waits).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::config::Config;

    fn item(criteria: &str) -> Entry {
        let text = format!(
            "---\nid: BL-a\ntitle: A\n---\n\n## Acceptance criteria\n\n{criteria}\n## Notes\n\nText.\n"
        );
        Entry::new(Document::parse("items/BL-a.md", text), &ITEM, &Config::default())
    }

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    fn told(parts: Result<Vec<Part>, Refusal>) -> String {
        match parts {
            Ok(parts) => parts
                .iter()
                .map(|part| format!("{} {:?}", part.title, part.ordinals))
                .collect::<Vec<_>>()
                .join(", "),
            Err(refusal) => refusal.message,
        }
    }

    const THREE: &str = "- [ ] One\n- [x] Two ^ac-2\n- [ ] Three\n";

    #[test]
    fn words_say_which_criteria_go_where() {
        let criteria = item(THREE).criteria(&Config::default());
        let check = |titles: &[&str], shares: &[&str], expected: &str| {
            let parts = from_words(&words(titles), &words(shares), &criteria);
            assert_eq!(told(parts), expected, "{shares:?}");
        };
        check(&["A", "B"], &["1,ac-2:1", "3:2"], "A [1, 2], B [3]");
        check(&["A"], &[], "A []");
        check(&["A"], &["1,2:2"], "'1,2:2': there is no new item 2, but 1");
        check(&["A"], &["4:1"], "there is no criterion '4', but 3 criteria");
        check(&["A"], &["1:1", "1:1"], "criterion 1 is given away twice");
        check(&["A"], &["1"], "'1' does not say which criteria go to which item");
        check(&["A"], &[":1"], "there is no criterion '', but 3 criteria");
        check(&[" "], &[], "the title is empty");
    }

    #[test]
    fn a_plan_says_the_same_in_an_editor() {
        let item = item(THREE);
        let criteria = item.criteria(&Config::default());
        let check = |plan: &str, expected: &str| {
            assert_eq!(told(from_plan(plan, &criteria)), expected, "{plan:?}");
        };
        check(&plan(&item, &criteria), "");
        check("stay\n2\nitem A\n1 [ ] One\nitem B\n# 3\n", "A [1], B []");
        check("item A\n1\nstay\n3\n", "A [1]");
        check("1\nitem A\n1\n", "line 3: criterion 1 stands there twice");
        check(
            "item A\nOne\n",
            "line 2: 'One' is neither 'item TITLE' nor the number of a criterion",
        );
        check("item\n", "line 1: the title is empty");
        check("item A\n9\n", "line 2: there is no criterion '9', but 3 criteria");
    }

    proptest! {
        /// Each criterion is in exactly one text afterwards, and as it was.
        #[test]
        fn no_criterion_is_lost_or_doubled(
            lines in prop::collection::vec(("[a-z]{1,6}", any::<bool>(), any::<bool>()), 1..9),
            shares in prop::collection::vec(0_usize..4, 9),
            gap in "\n{0,1}",
        ) {
            let line = |(at, (word, met, id)): (usize, &(String, bool, bool))| {
                let mark = if *met { 'x' } else { ' ' };
                let id = if *id { format!(" ^c{at}") } else { String::new() };
                format!("- [{mark}] {word} {at}\n  more{id}\n{gap}")
            };
            let list: String = lines.iter().enumerate().map(line).collect();
            let item = item(&list);
            let config = Config::default();
            let criteria = item.criteria(&config);
            let parts: Vec<Part> = (1..4)
                .map(|share| Part {
                    title: "A".to_owned(),
                    ordinals: (1..=lines.len()).filter(|at| shares[at - 1] == share).collect(),
                })
                .collect();
            let (rest, taken) = distribute(item.document.text(), &criteria, &parts).unwrap();
            let say = |text: &str| -> Vec<(Option<String>, Option<bool>, String)> {
                let document = Document::parse("items/BL-a.md", text);
                let list = Entry::new(document, &ITEM, &config).criteria(&config).list;
                list.into_iter().map(|it| (it.id, it.checked, it.text)).collect()
            };
            let mut found = say(&rest);
            prop_assert!(rest.ends_with("## Notes\n\nText.\n"));
            for taken in taken {
                let empty = "---\nid: BL-b\ntitle: B\n---\n\n## Acceptance criteria\n\n<!-- x -->\n";
                let document = Document::parse("items/BL-b.md", empty);
                let entry = Entry::new(document, &ITEM, &config);
                let text = criteria::give(empty, &entry.criteria(&config), &taken).unwrap();
                prop_assert!(taken.iter().all(|it| text.contains(&it.written)));
                found.extend(say(&text));
            }
            let mut before = say(item.document.text());
            before.sort();
            found.sort();
            prop_assert_eq!(found, before);
        }
    }
}
