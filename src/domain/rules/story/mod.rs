//! User stories: who wants what, and what for, one thing at a time.

pub(super) mod benefit_repeats;
pub(super) mod broad_verb;
pub(super) mod duplicate_story;
pub(super) mod generic_role;
pub(super) mod no_benefit;
pub(super) mod no_means;
pub(super) mod no_role;
pub(super) mod not_minimal;
pub(super) mod odd_role;
pub(super) mod odd_template;
pub(super) mod several_objects;
pub(super) mod solution;
pub(super) mod system_role;
pub(super) mod two_actions;
pub(super) mod vague_story;

use crate::domain::entry::Entry;
use crate::domain::rules::Inspection;
use crate::domain::story::Story;

/// An example with one story; the text is what its body says.
macro_rules! example {
    ($text:literal) => {
        concat!(
            "---\nid: BL-7k3qd\ntitle: Guest checkout\ntype: story\nstatus: proposed\n",
            "rank: mbbb\n---\n\n",
            $text,
            "\n"
        )
    };
}
use example;

/// An example with several stories, each the body of an item.
macro_rules! examples {
    ($first:literal $(, $id:literal $rank:literal $text:literal)*) => {
        concat!(
            "---\nid: BL-7k3qd\ntitle: Guest checkout\ntype: story\nstatus: proposed\n",
            "rank: mbbb\n---\n\n",
            $first,
            "\n"
            $(, "%% items/BL-", $id, "-other.md\n---\nid: BL-", $id, "\ntitle: Other\n",
              "type: story\nstatus: proposed\nrank: ", $rank, "\n---\n\n", $text, "\n")*
        )
    };
}
use examples;

/// The stories of the open items, in the order of the backlog.
fn stories<'a>(at: &'a Inspection<'_>) -> Vec<(&'a Entry, &'a Story)> {
    let stories = at.stories();
    at.backlog.open_items().filter_map(|it| Some((it, stories.get(it.path())?))).collect()
}
