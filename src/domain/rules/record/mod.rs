//! Rules about records.

pub(super) mod evidence_both_ways;
pub(super) mod evidence_source;
pub(super) mod evidence_strength;
pub(super) mod experiment_threshold;
pub(super) mod goal_target;
pub(super) mod overdue_experiment;
pub(super) mod overdue_release;
pub(super) mod overfull_sprint;
pub(super) mod parked_decision;
pub(super) mod persona_share;
pub(super) mod persona_size;
pub(super) mod product_goals;
pub(super) mod replaced_decision;
pub(super) mod sprint_goal;
