//! The kinds of document about people: for whom the product is, and who has a say in it.

use super::Category::{Doing, Dropped};
use super::FieldType::{Any, Date, Links, List, Text};
use super::{Kind, field};

/// A group of users, as one person.
pub static PERSONA: Kind = Kind {
    name: "persona",
    folder: "personas",
    prefix: "PER",
    summary: "A persona: a group of users as one person, with what they need",
    statuses: &[("active", Doing), ("retired", Dropped)],
    columns: &["id", "status", "share", "size", "title"],
    fields: &[
        field("id", Text, "identity, never changed"),
        field("title", Text, "who they are, in a few words"),
        field("created", Date, "the day on which it was written down"),
        field("status", Text, "active or retired"),
        field("share", Any, "which part of all users they are: 0.6 or 60 %"),
        field("size", Any, "how many they are, as in 58 households"),
        field("needs", List, "what they need, one line each"),
        field("evidence", Links, "the evidence that it rests on"),
        field("aliases", List, "other ids that it is known by"),
        field("allow", List, "findings that are accepted, each as `CODE because …`"),
    ],
};

/// Somebody who has a say in the product, or an interest in it.
pub static STAKEHOLDER: Kind = Kind {
    name: "stakeholder",
    folder: "stakeholders",
    prefix: "STK",
    summary: "A stakeholder: somebody with an interest in the product, and how they are kept posted",
    statuses: &[("active", Doing), ("gone", Dropped)],
    columns: &["id", "status", "role", "interest", "influence", "updates", "title"],
    fields: &[
        field("id", Text, "identity, never changed"),
        field("title", Text, "their name, or that of the group"),
        field("created", Date, "the day on which it was written down"),
        field("status", Text, "active or gone"),
        field("role", Text, "what they are to the product: customer, sponsor, operations"),
        field("interest", Text, "how much it matters to them: low, medium or high"),
        field("influence", Text, "how much they can change: low, medium or high"),
        field("contact", Text, "how to reach them"),
        field(
            "updates",
            Text,
            "how often they want to hear of it: weekly, each sprint, on release",
        ),
        field("aliases", List, "other ids that it is known by"),
        field("allow", List, "findings that are accepted, each as `CODE because …`"),
    ],
};
