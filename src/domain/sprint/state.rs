//! Where a sprint stands.

use super::{
    Course, Mean, Members, Odds, Risk, Sprint, Velocity, all, mean, odds, risks, velocities,
};
use crate::domain::backlog::Backlog;
use crate::domain::date::{Date, days_between};
use crate::domain::entry::Entry;
use crate::domain::forecast::{SEED, Unfit};
use crate::domain::outlook::Outlook;
use crate::domain::timeline::Timeline;

/// Where a sprint stands.
#[derive(Debug)]
pub struct State<'a> {
    /// The backlog.
    pub backlog: &'a Backlog,
    /// The sprint.
    pub sprint: Sprint<'a>,
    /// The day on which it is looked at.
    pub today: Date,
    /// How it went so far.
    pub course: Course<'a>,
    /// What may go wrong.
    pub risks: Vec<Risk<'a>>,
    /// The chance that what is open is done by its end; `None` where nothing is open, it is not to
    /// run any more, or has no end. Or why it cannot be told.
    pub odds: Option<Result<Odds, Unfit>>,
    /// What the closed sprints delivered.
    pub velocities: Vec<Velocity<'a>>,
}

/// Where the sprint of a record stands.
pub fn state<'a>(backlog: &'a Backlog, record: &'a Entry, timeline: &Timeline<'a>) -> State<'a> {
    let today = timeline.today;
    let sprints = all(backlog);
    let sprint = Sprint::of(backlog, record);
    let members = Members::of(backlog, &timeline.lives);
    let outlook = Outlook::of(backlog, timeline, SEED);
    State {
        course: Course::of(backlog, &sprint, &members, today),
        risks: risks(backlog, &sprint, &sprints, timeline, today),
        odds: odds_of(backlog, &sprint, &outlook, today),
        velocities: velocities(backlog, &sprints, &members, today),
        backlog,
        today,
        sprint,
    }
}

/// The chance that what is open in a sprint is done by its end: by the items themselves, since a team
/// works on those and not on what stands above them.
fn odds_of(
    backlog: &Backlog,
    sprint: &Sprint<'_>,
    outlook: &Outlook<'_>,
    today: Date,
) -> Option<Result<Odds, Unfit>> {
    let (start, end) = sprint.span()?;
    let open: Vec<&Entry> = sprint.open(backlog).collect();
    let n_open = super::counted(backlog, &open).len();
    let n_days = days_between(start.max(today), end) + 1;
    (sprint.category.is_open() && n_open > 0 && n_days > 0).then(|| odds(outlook, n_open, n_days))
}

impl State<'_> {
    /// What the last closed sprints delivered on average.
    pub fn velocity(&self) -> Option<Mean> {
        mean(&self.velocities)
    }
}
