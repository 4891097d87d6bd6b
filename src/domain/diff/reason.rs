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

/// The reasons that steps give, which are all steps of a change, oldest first; of several for one
/// item the last.
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

/// Adds the reason of one message for the ids that it names, unless there is one already. For
/// whoever reads messages newest first, and does not look at what the commits changed. An id counts
/// unless the program itself wrote beside it that something else than its place was changed.
pub fn add_named(reasons: &mut Reasons, author: &str, message: &str) {
    let Some(reason) = reason(author, message) else { return };
    let (mut elsewhere, mut placed) = (BTreeSet::new(), BTreeSet::new());
    for line in message.lines() {
        let made = line.strip_prefix("backlog: ").or_else(|| line.strip_prefix("- "));
        let Some((verb, rest)) = made.and_then(|made| made.split_once(' ')) else { continue };
        let ids = match verb {
            "rank" => &mut placed,
            "set" | "criteria" | "edit" | "rename" => &mut elsewhere,
            _ => continue,
        };
        ids.extend(mention::mentions(rest).next().map(|mention| mention.id));
    }
    for mention in mention::mentions(message) {
        if elsewhere.contains(mention.id) && !placed.contains(mention.id) {
            continue;
        }
        reasons.entry(mention.id.to_owned()).or_insert_with(|| reason.clone());
    }
}

fn reason(author: &str, message: &str) -> Option<Reason> {
    let text = policy::reason(message)?.to_owned();
    Some(Reason { text, author: author.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_message_that_names_an_item_counts() {
        let mut reasons = Reasons::new();
        for message in [
            "backlog: rank BL-7k3qd 7 → 1\n\nBacklog: BL-7k3qd\n",
            "backlog: rank BL-7k3qd 9 → 7\n\nGuests first\n\nBacklog: BL-7k3qd\n",
            "Boxes first: BL-7k3qd and BL-9qqrt",
        ] {
            add_named(&mut reasons, "mira@example.org", message);
        }
        let texts: Vec<&str> = reasons.values().map(|it| &*it.text).collect();
        assert_eq!(texts, ["Guests first", "Boxes first: BL-7k3qd and BL-9qqrt"]);
    }

    #[test]
    fn what_was_done_beside_the_order_is_no_reason_for_a_move() {
        let mut reasons = Reasons::new();
        for message in [
            "backlog: set BL-7k3qd effort 2 → 3 \"Guest checkout\"\n\nTwo columns\n\nBacklog: BL-7k3qd\n",
            "backlog: criteria BL-7k3qd reword 1 \"Guest checkout\"\n\nMore boxes\n\nBacklog: BL-7k3qd\n",
            "backlog: set BL-9qqrt value, rank \"Invoice\"\n\n- set BL-9qqrt value 3\n- rank BL-9qqrt 8 → 2\n\nLaw\n",
            "backlog: rank BL-7k3qd 9 → 7 \"After BL-2mvq8\"\n\nGuests first\n\nBacklog: BL-7k3qd\n",
        ] {
            add_named(&mut reasons, "mira@example.org", message);
        }
        let reason = |id: &str| reasons.get(id).map(|it| &*it.text);
        assert_eq!(reason("BL-7k3qd"), Some("Guests first"));
        assert_eq!(reason("BL-9qqrt"), Some("Law"));
    }
}
