//! Why items moved: what the messages of commits say.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::config::Config;
use crate::domain::history::Step;
use crate::domain::mention;
use crate::domain::policy;

/// The reasons of moves, by id.
pub type Reasons = BTreeMap<String, Reason>;

/// Why somebody moved an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What the message says.
    pub text: String,
    /// The address of the author.
    pub author: String,
}

/// The reasons of the steps that moved something, oldest first; of several for one item the last.
pub fn of_steps(steps: &[Step], config: &Config) -> Reasons {
    let mut reasons = Reasons::new();
    for step in steps {
        let Some(reason) = reason(&step.author, &step.message) else { continue };
        let changes = policy::changes(step).into_iter();
        let moved = changes.filter(|change| change.touches("rank", config));
        reasons.extend(moved.map(|change| (change.id, reason.clone())));
    }
    reasons
}

/// Whether a message gives a reason and names one of these items, so that the commit may be the one
/// that moved it.
pub fn may_explain(message: &str, moved: &BTreeSet<&str>) -> bool {
    policy::reason(message).is_some()
        && mention::mentions(message).any(|mention| moved.contains(mention.id))
}

fn reason(author: &str, message: &str) -> Option<Reason> {
    let text = policy::reason(message)?.to_owned();
    Some(Reason { text, author: author.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::source::{Edits, FileEdit};

    /// A commit with this message that changes one line of an item.
    fn step(message: &str, id: &str, line: (&str, &str)) -> Step {
        let text = |line: &str| Some(format!("---\nid: {id}\ntitle: T\n{line}\n---\n"));
        let mut edits = Edits::default();
        let path = format!("items/{id}.md");
        edits.push(FileEdit { path, before: text(line.0), after: text(line.1) });
        let (commit, author) = (Some("f69b298".to_owned()), "mira@example.org".to_owned());
        Step { commit, author, message: message.to_owned(), edits }
    }

    /// The reasons of these steps, the oldest first.
    fn reasons(steps: &[(&str, &str, (&str, &str))]) -> Vec<(String, String)> {
        let steps: Vec<Step> =
            steps.iter().map(|(message, id, line)| step(message, id, *line)).collect();
        let reasons = of_steps(&steps, &Config::default());
        reasons.into_iter().map(|(id, reason)| (id, reason.text)).collect()
    }

    const MOVE: (&str, &str) = ("rank: bbbb", "rank: cccc");
    const AGAIN: (&str, &str) = ("rank: cccc", "rank: dddd");
    const EFFORT: (&str, &str) = ("effort: 2", "effort: 3");

    fn told(id: &str, text: &str) -> (String, String) {
        (id.to_owned(), text.to_owned())
    }

    #[test]
    fn the_newest_commit_that_moved_an_item_and_says_why_counts() {
        let steps = [
            ("Boxes first: BL-7k3qd and BL-9qqrt", "BL-7k3qd", MOVE),
            ("backlog: rank BL-7k3qd 9 → 7\n\nGuests first\n", "BL-7k3qd", AGAIN),
            ("backlog: rank BL-7k3qd 7 → 1\n\nBacklog: BL-7k3qd\n", "BL-7k3qd", MOVE),
        ];
        assert_eq!(reasons(&steps), [told("BL-7k3qd", "Guests first")]);
    }

    #[test]
    fn what_was_done_beside_the_order_is_no_reason_for_a_move() {
        let steps = [
            ("backlog: rank BL-7k3qd 9 → 7\n\nGuests first\n", "BL-7k3qd", MOVE),
            ("backlog: set BL-7k3qd effort 2 → 3\n\nTwo columns\n", "BL-7k3qd", EFFORT),
            ("Because of BL-7k3qd: BL-9qqrt first", "BL-9qqrt", MOVE),
        ];
        let because = "Because of BL-7k3qd: BL-9qqrt first";
        assert_eq!(reasons(&steps), [told("BL-7k3qd", "Guests first"), told("BL-9qqrt", because)]);
    }

    #[test]
    fn only_a_message_that_names_what_moved_and_says_why_may_explain() {
        let moved = BTreeSet::from(["BL-7k3qd"]);
        assert!(may_explain("Guests first\n\nBacklog: BL-7k3qd\n", &moved));
        assert!(!may_explain("backlog: rank BL-7k3qd 7 → 1\n\nBacklog: BL-7k3qd\n", &moved));
        assert!(!may_explain("Guests first: BL-9qqrt", &moved));
    }
}
