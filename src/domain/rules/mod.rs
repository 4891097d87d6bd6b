//! The rules of `check`, one file each, and the one list of them.
//!
//! A rule is a value with a function in it. Its examples are small backlogs, and a test runs every
//! rule over its own: the bad one is found, the good one is not. Codes are never used again for
//! something else, because suppressions and baselines name them.

mod allow;
mod example;
mod fix;
mod inspection;
mod run;

mod criteria;
mod definition;
mod file;
mod id;
mod link;
mod metric;
mod policy;
mod rank;
mod record;
mod scenario;
mod score;
mod story;
mod suppression;

use super::config::Severity;
use super::criteria::Criterion;
use super::entry::Entry;
use super::finding::{Replacement, Report, Safety};
use super::problem::{Problem, ProblemKind};
use super::story::Story;
pub use allow::Allowance;
pub use definition::{is_at_ready, lacks, largest};
pub use example::Example;
pub use fix::fixes;
pub(crate) use inspection::words;
pub use inspection::{Inspection, Since, Subject};
pub use run::{Outcome, check, count_problems, news};

/// How many findings of one rule in one document are told one by one. A text that is not meant for
/// a backlog may hold thousands.
const SHOWN: usize = 100;

/// A rule of `check`.
#[derive(Debug)]
pub struct Rule {
    /// Two letters for the family and three digits; never used again.
    pub code: &'static str,
    /// A name that reads after "allow".
    pub name: &'static str,
    /// What is wrong, in one line.
    pub summary: &'static str,
    /// Why it matters, with its source.
    pub why: &'static str,
    /// A backlog in which it is found, see [`Example`]; empty where no text can show it.
    pub bad: &'static str,
    /// The same backlog in good order.
    pub good: &'static str,
    /// How severe its findings are unless the settings say otherwise.
    pub severity: Severity,
    /// The numbers that the settings may give it.
    pub parameters: &'static [Parameter],
    /// What `--fix` may do about its findings.
    pub fixes: Fixes,
    /// The check itself.
    check: Check,
}

/// A number that the settings may give to a rule.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its name in the settings.
    pub name: &'static str,
    /// Its value without a setting.
    pub default: f64,
    /// What it means, with its unit.
    pub summary: &'static str,
}

/// What `--fix` may do about the findings of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixes {
    /// A person has to mend them.
    None,
    /// They can be mended without a look at the result.
    Safe,
    /// They can be mended, and somebody should look at the result.
    Unsafe,
}

/// A change that mends a problem of a document, if there is one: what it does, and where.
type Mend = fn(&Inspection<'_>, &Entry, &Problem) -> Option<(String, Vec<Replacement>)>;

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
enum Check {
    /// Problems of one kind that reading found, and how to mend one.
    Problem(ProblemKind, Option<Mend>),
    /// One readable document.
    Entry(fn(&Inspection<'_>, &Subject<'_>, &mut Vec<Report>)),
    /// One acceptance criterion of an open item that is not a scenario.
    Criterion(fn(&Inspection<'_>, &Subject<'_>, &Criterion, &mut Vec<Report>)),
    /// The story of an open item, if it tells one or is of the type `story`.
    Story(fn(&Inspection<'_>, &Subject<'_>, &Story, &mut Vec<Report>)),
    /// All documents.
    Backlog(fn(&Inspection<'_>, &mut Vec<Report>)),
    /// One suppression, once all other rules have run. The message, and what to write instead.
    Allowance(fn(&Allowance) -> Option<(String, String)>),
}

/// Every rule, by family and code.
pub const RULES: &[&Rule] = &[
    &criteria::no_criteria::RULE,
    &criteria::count::RULE,
    &criteria::placeholder::RULE,
    &criteria::vague::RULE,
    &criteria::duplicate::RULE,
    &criteria::modal::RULE,
    &criteria::escape::RULE,
    &criteria::open_ended::RULE,
    &criteria::quantity::RULE,
    &criteria::process::RULE,
    &criteria::tests_only::RULE,
    &criteria::comparative::RULE,
    &criteria::no_unit::RULE,
    &criteria::no_negative::RULE,
    &criteria::length::RULE,
    &criteria::open_done::RULE,
    &criteria::ticked_early::RULE,
    &criteria::pronoun_start::RULE,
    &criteria::coordination::RULE,
    &criteria::universal::RULE,
    &criteria::changed_in_sprint::RULE,
    &criteria::ears_form::RULE,
    &criteria::removed::RULE,
    &criteria::reworded::RULE,
    &file::unreadable::RULE,
    &file::not_regular::RULE,
    &file::encoding::RULE,
    &file::limit::RULE,
    &file::conflict::RULE,
    &file::front_matter::RULE,
    &file::syntax::RULE,
    &file::duplicate_key::RULE,
    &file::forbidden_yaml::RULE,
    &file::missing_field::RULE,
    &file::wrong_type::RULE,
    &file::unknown_word::RULE,
    &file::unknown_field::RULE,
    &file::invalid_query::RULE,
    &file::unresolved_conflict::RULE,
    &scenario::step_order::RULE,
    &scenario::several_whens::RULE,
    &scenario::no_when::RULE,
    &scenario::no_then::RULE,
    &scenario::repeated_keyword::RULE,
    &scenario::duplicate_scenario::RULE,
    &scenario::unnamed_scenario::RULE,
    &scenario::outline::RULE,
    &scenario::scenario_size::RULE,
    &scenario::ui_step::RULE,
    &scenario::unobservable_then::RULE,
    &scenario::syntax::RULE,
    &id::malformed::RULE,
    &id::duplicate::RULE,
    &id::alias::RULE,
    &link::dangling::RULE,
    &link::cycle::RULE,
    &link::dropped::RULE,
    &link::above_dependency::RULE,
    &link::done_early::RULE,
    &link::orphan::RULE,
    &link::wrong_kind::RULE,
    &link::done_first::RULE,
    &metric::broken_reading::RULE,
    &metric::out_of_order::RULE,
    &metric::twice::RULE,
    &metric::to_come::RULE,
    &policy::who::RULE,
    &policy::reason::RULE,
    &policy::changed_rules::RULE,
    &policy::removed_item::RULE,
    &record::goal_target::RULE,
    &record::evidence_source::RULE,
    &record::experiment_threshold::RULE,
    &record::overdue_experiment::RULE,
    &record::parked_decision::RULE,
    &record::overfull_sprint::RULE,
    &record::sprint_goal::RULE,
    &record::overdue_release::RULE,
    &record::product_goals::RULE,
    &record::replaced_decision::RULE,
    &record::evidence_strength::RULE,
    &record::evidence_both_ways::RULE,
    &record::persona_share::RULE,
    &record::persona_size::RULE,
    &definition::not_ready::RULE,
    &definition::not_done::RULE,
    &definition::oversized::RULE,
    &definition::open_question::RULE,
    &definition::unestimated::RULE,
    &definition::stale_question::RULE,
    &rank::invalid::RULE,
    &rank::missing::RULE,
    &rank::tied::RULE,
    &rank::long::RULE,
    &rank::inversion::RULE,
    &rank::blocked::RULE,
    &score::unscored::RULE,
    &score::off_scale::RULE,
    &score::no_one::RULE,
    &score::all_must::RULE,
    &story::no_role::RULE,
    &story::no_means::RULE,
    &story::no_benefit::RULE,
    &story::benefit_repeats::RULE,
    &story::two_actions::RULE,
    &story::several_objects::RULE,
    &story::not_minimal::RULE,
    &story::generic_role::RULE,
    &story::odd_role::RULE,
    &story::system_role::RULE,
    &story::solution::RULE,
    &story::vague_story::RULE,
    &story::broad_verb::RULE,
    &story::duplicate_story::RULE,
    &story::odd_template::RULE,
    &suppression::unused::RULE,
    &suppression::no_reason::RULE,
    &suppression::unknown_rule::RULE,
];

/// The rule with that code or name.
pub fn named(word: &str) -> Option<&'static Rule> {
    let is = |rule: &&&Rule| {
        rule.code.eq_ignore_ascii_case(word) || rule.name.eq_ignore_ascii_case(word)
    };
    RULES.iter().find(is).copied()
}

/// The parameters of the rules that a word names, a code, a name or a family.
pub(crate) fn parameters(word: &str) -> Vec<&'static str> {
    let is_named = |rule: &&&Rule| [rule.code, rule.name, rule.family()].contains(&word);
    let of_rule = |rule: &&'static Rule| rule.parameters.iter().map(|parameter| parameter.name);
    RULES.iter().filter(is_named).flat_map(of_rule).collect()
}

/// The families of rules: the two letters of their codes, and what they are about.
pub const FAMILIES: &[(&str, &str)] = &[
    ("AC", "acceptance criteria"),
    ("FM", "files and their fields"),
    ("GW", "scenarios: Given, When, Then"),
    ("ID", "ids and aliases"),
    ("LK", "links"),
    ("MT", "metrics and their readings"),
    ("PO", "policy: who may change what"),
    ("RC", "records: goals, evidence, decisions, experiments, sprints, releases"),
    ("RD", "the Definition of Ready and the Definition of Done"),
    ("RK", "rank"),
    ("SC", "scores"),
    ("ST", "user stories"),
    ("SU", "suppressions"),
];

impl Rule {
    /// The two letters of its family.
    pub fn family(&self) -> &'static str {
        &self.code[..2]
    }

    /// The safety of its fixes, if it has any.
    pub fn safety(&self) -> Option<Safety> {
        match self.fixes {
            Fixes::None => None,
            Fixes::Safe => Some(Safety::Safe),
            Fixes::Unsafe => Some(Safety::Unsafe),
        }
    }

    /// Whether its findings say that something cannot be read, or has two values of which one would
    /// be lost. Nothing may hide these.
    pub fn is_fatal(&self) -> bool {
        let is_unreadable = matches!(self.check, Check::Problem(kind, _) if kind.is_fatal());
        is_unreadable || self.code == "FM015"
    }

    /// Whether it looks at a change, so that it finds something only in comparison with a base.
    pub fn is_about_changes(&self) -> bool {
        self.family() == "PO" || matches!(self.code, "AC021" | "AC023" | "AC024")
    }

    /// Whether it tells of what reading found, in documents and in the settings.
    fn is_problem(&self) -> bool {
        matches!(self.check, Check::Problem(..))
    }

    /// Its examples: the one in which it finds something, and the one in which it does not.
    pub fn examples(&self) -> [Example; 2] {
        [Example::parse(self.bad), Example::parse(self.good)]
    }
}

#[cfg(test)]
mod cases;
#[cfg(test)]
mod tests;
