//! How far a number has come: from where it began, over its last reading, to where it should be.
//!
//! A number that nobody has read is *unmeasured*, and so is a share of a way that has no beginning
//! or no end. None of them is ever taken for zero.

use super::backlog::Backlog;
use super::date::{Date, days_between};
use super::entry::{self, Entry};
use super::kind::{EXPERIMENT, GOAL, METRIC};
use super::reading::{Reading, Readings};

/// How many of the last readings make a slope.
const RECENT: usize = 4;

/// How many days a reading may be old before it counts as stale: four weeks.
pub const STALE: i64 = 28;

/// Which way of a number is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// More is better.
    Up,
    /// Less is better.
    Down,
}

impl Direction {
    /// The direction of a metric, if it says one.
    pub fn of(metric: &Entry) -> Option<Self> {
        match &*metric.text("direction")? {
            "up" => Some(Self::Up),
            "down" => Some(Self::Down),
            _ => None,
        }
    }
}

/// What a change of the number means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// It goes the way that is better.
    Better,
    /// It goes the other way.
    Worse,
    /// It stays.
    Same,
    /// It moves, and nobody has said which way is better.
    Unknown,
}

impl Course {
    /// What a change by `amount` means.
    fn of(amount: f64, direction: Option<Direction>) -> Self {
        match direction {
            _ if amount == 0.0 => Self::Same,
            None => Self::Unknown,
            Some(direction) if (amount > 0.0) == (direction == Direction::Up) => Self::Better,
            Some(_) => Self::Worse,
        }
    }

    /// The word for it; empty if nobody knows.
    pub fn word(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Worse => "worse",
            Self::Same => "same",
            Self::Unknown => "",
        }
    }
}

/// A metric with what follows from its readings.
#[derive(Debug)]
pub struct Progress<'a> {
    /// The record.
    pub metric: &'a Entry,
    /// The readings, by day.
    pub readings: Vec<Reading>,
    /// The rows that cannot be read: the byte in the document, and what is wrong.
    pub broken: Vec<(usize, String)>,
    /// Where the number began: the baseline of a goal that wants it moved, or the first reading.
    pub baseline: Option<f64>,
    /// Where it should be: the target of the record, or of such a goal.
    pub target: Option<f64>,
    /// Which way is better.
    pub direction: Option<Direction>,
    /// The goals that name it.
    pub goals: Vec<&'a Entry>,
    /// The experiments that name it.
    pub experiments: Vec<&'a Entry>,
}

impl<'a> Progress<'a> {
    /// The metric of a record.
    pub fn of(backlog: &'a Backlog, metric: &'a Entry) -> Self {
        let read = Readings::of(&metric.document);
        let readings: Vec<Reading> = read.sorted().into_iter().cloned().collect();
        let names = |entry: &&Entry| named(backlog, entry).is_some_and(|it| it == metric);
        let goals: Vec<&Entry> = backlog.of_kind(&GOAL).filter(names).collect();
        let of_goals = |field: &str| {
            let open = goals.iter().filter(|goal| backlog.category(goal).is_open());
            open.chain(&goals).find_map(|goal| goal.number(field))
        };
        Self {
            baseline: of_goals("baseline").or_else(|| readings.first().map(|it| it.value)),
            target: metric.number("target").or_else(|| of_goals("target")),
            direction: Direction::of(metric),
            broken: read.broken().map(|(span, it)| (span.start, it.to_owned())).collect(),
            experiments: backlog.of_kind(&EXPERIMENT).filter(names).collect(),
            metric,
            readings,
            goals,
        }
    }

    /// The newest reading.
    pub fn last(&self) -> Option<&Reading> {
        self.readings.last()
    }

    /// The last reading against the one before, and what that means.
    pub fn step(&self) -> Option<(f64, Course)> {
        let [.., before, last] = &self.readings[..] else { return None };
        let amount = tidy(last.value - before.value);
        Some((amount, Course::of(amount, self.direction)))
    }

    /// The slope over the last four readings, per week, and what that means: the line with the least
    /// squares of distances (Gauss 1809). `None` for fewer than three, which make a step and no
    /// slope.
    pub fn slope(&self) -> Option<(f64, Course)> {
        let recent = &self.readings[self.readings.len().saturating_sub(RECENT)..];
        let first = recent.first().filter(|_| recent.len() > 2)?.date;
        let weeks = |it: &Reading| days_between(first, it.date) as f64 / 7.0;
        let n = recent.len() as f64;
        let mean_week = recent.iter().map(weeks).sum::<f64>() / n;
        let mean_value = recent.iter().map(|it| it.value).sum::<f64>() / n;
        let (mut over, mut under) = (0.0, 0.0);
        for it in recent {
            over += (weeks(it) - mean_week) * (it.value - mean_value);
            under += (weeks(it) - mean_week).powi(2);
        }
        let slope = tidy(over / under);
        slope.is_finite().then(|| (slope, Course::of(slope, self.direction)))
    }

    /// The share of the way from the baseline to the target that is behind, 1 being all of it. Less
    /// than 0: it went the other way.
    pub fn share(&self) -> Option<f64> {
        share(self.baseline?, self.last()?.value, self.target?)
    }

    /// How many days old the last reading is, if that is too many for a metric in use.
    pub fn stale(&self, today: Date) -> Option<i64> {
        let is_used = self.metric.status() != "retired";
        let days = days_between(self.last()?.date, today);
        (is_used && days > STALE).then_some(days)
    }
}

/// How far a goal has come.
#[derive(Clone, Debug)]
pub struct Way<'a> {
    /// The metric that it names, if there is one that can be read.
    pub metric: Option<&'a Entry>,
    /// Where it began: the baseline of the goal, or the first reading.
    pub baseline: Option<f64>,
    /// The last reading of its metric.
    pub now: Option<Reading>,
    /// Where it should be: the target of the goal, or that of its metric.
    pub target: Option<f64>,
}

impl<'a> Way<'a> {
    /// The way of a goal.
    pub fn of_goal(backlog: &'a Backlog, goal: &Entry) -> Self {
        let metric = named(backlog, goal);
        let readings = metric.map(|it| Readings::of(&it.document)).unwrap_or_default();
        let first = || readings.sorted().first().map(|it| it.value);
        Self {
            metric,
            baseline: goal.number("baseline").or_else(first),
            now: readings.last().cloned(),
            target: goal.number("target").or_else(|| metric?.number("target")),
        }
    }

    /// The way of a metric, whatever goal wants it moved.
    pub fn of_metric(progress: &Progress<'a>) -> Self {
        Self {
            metric: Some(progress.metric),
            baseline: progress.baseline,
            now: progress.last().cloned(),
            target: progress.target,
        }
    }

    /// The share of the way that is behind.
    pub fn share(&self) -> Option<f64> {
        share(self.baseline?, self.now.as_ref()?.value, self.target?)
    }

    /// `41 → 47 → 60, 32 %`; what is not known is a question mark.
    pub fn words(&self) -> String {
        if self.now.is_none() && self.baseline.is_none() && self.target.is_none() {
            return "unmeasured".to_owned();
        }
        let number = |it: Option<f64>| it.map_or_else(|| "?".to_owned(), |it| it.to_string());
        let now = self.now.as_ref().map(|it| it.value);
        let [baseline, now, target] = [self.baseline, now, self.target].map(number);
        match (self.share(), &self.now) {
            (Some(share), _) => format!("{baseline} → {now} → {target}, {}", percent(share)),
            (None, None) => format!("{baseline} → {now} → {target}, unmeasured"),
            (None, Some(_)) => format!("{baseline} → {now} → {target}"),
        }
    }
}

/// A goal and how far it has come.
#[derive(Clone, Debug)]
pub struct Pursued<'a> {
    /// The goal.
    pub goal: &'a Entry,
    /// How far it has come.
    pub way: Way<'a>,
}

impl<'a> Pursued<'a> {
    /// A goal of a backlog.
    pub fn of(backlog: &'a Backlog, goal: &'a Entry) -> Self {
        Self { goal, way: Way::of_goal(backlog, goal) }
    }

    /// What is missing to tell the share, and what to do about it; `None` if nothing is.
    pub fn lack(&self) -> Option<String> {
        let (id, way) = (self.goal.id(), &self.way);
        match (way.metric, &way.now, way.target) {
            _ if way.share().is_some() => None,
            (None, ..) => Some(format!("name its metric: git backlog set {id} metric=METRIC-…")),
            (Some(metric), None, _) => {
                Some(format!("it is unmeasured: git backlog metric {} VALUE", metric.id()))
            }
            (_, _, None) => Some(format!("say what is wanted: git backlog set {id} target=…")),
            _ => Some("baseline and target are the same number".to_owned()),
        }
    }
}

/// `32 %`
pub fn percent(share: f64) -> String {
    // Nobody wants to read of minus nothing.
    format!("{} %", (share * 100.0).round() + 0.0)
}

/// The readings as a line of eight heights; those beyond the last twenty are left out. All of one
/// height: nothing moves.
pub fn sparkline(readings: &[Reading]) -> String {
    const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    const LONGEST: usize = 20;
    let shown = &readings[readings.len().saturating_sub(LONGEST)..];
    let values = || shown.iter().map(|it| it.value);
    let (low, high) = (values().fold(f64::MAX, f64::min), values().fold(f64::MIN, f64::max));
    // Halves, since the distance of two numbers may be larger than any number.
    let span = high / 2.0 - low / 2.0;
    let height = |value: f64| match span > 0.0 {
        true => ((value / 2.0 - low / 2.0) / span * 7.0).round() as usize,
        false => 3,
    };
    values().map(|value| HEIGHTS[height(value).min(7)]).collect()
}

fn share(baseline: f64, now: f64, target: f64) -> Option<f64> {
    let share = (now - baseline) / (target - baseline);
    (baseline != target && share.is_finite()).then_some(share)
}

/// The metric that a document names.
fn named<'a>(backlog: &'a Backlog, entry: &Entry) -> Option<&'a Entry> {
    let metric = backlog.called(entry.links("metric").first()?)?;
    let is_metric = std::ptr::eq(metric.kind, &METRIC) && metric.is_readable();
    is_metric.then_some(metric)
}

/// A difference without the dust of the twelfth digit: 8.5 - 5.2 is 3.3.
fn tidy(number: f64) -> f64 {
    entry::number(&format!("{number:.9}")).unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::source::SourceFile;

    fn backlog(metric: &str, table: &str, goal: &str) -> Backlog {
        let file = |path: &str, text: String| SourceFile { path: path.to_owned(), text: Ok(text) };
        let rows: String =
            table.split_whitespace().map(|row| row.replace('=', "|") + "\n").collect();
        let table = format!("date|value\n---|---\n{rows}");
        Backlog::parse(vec![
            file(
                "metrics/METRIC-a.md",
                format!("---\nid: METRIC-a\ntitle: A\n{metric}\n---\n\n{table}"),
            ),
            file(
                "goals/GOAL-a.md",
                format!(
                    "---\nid: GOAL-a\ntitle: A\nstatus: active\nmetric: METRIC-a\n{goal}\n---\n"
                ),
            ),
        ])
    }

    fn told(metric: &str, table: &str, goal: &str) -> String {
        let backlog = backlog(metric, table, goal);
        let it = Progress::of(&backlog, backlog.called("METRIC-a").unwrap());
        let course = |it: Option<(f64, Course)>| {
            it.map_or_else(|| "-".to_owned(), |(by, course)| format!("{by} {}", course.word()))
        };
        let share = it.share().map_or_else(|| "-".to_owned(), percent);
        let line = sparkline(&it.readings);
        format!("{}; {}; {share}; {line}", course(it.step()), course(it.slope()))
    }

    #[test]
    fn a_step_a_slope_and_a_share() {
        let falling = "2026-10-29=9.7 2026-11-05=10.5 2026-11-12=8.5 2026-11-19=5.2";
        assert_eq!(
            told("direction: down\ntarget: 2", falling, "baseline: 9.7"),
            "-3.3 better; -1.55 better; 58 %; ▇█▅▁"
        );
        assert_eq!(
            told("direction: up\ntarget: 2", falling, ""),
            "-3.3 worse; -1.55 worse; 58 %; ▇█▅▁"
        );
        assert_eq!(told("", falling, ""), "-3.3 ; -1.55 ; -; ▇█▅▁");
        assert_eq!(told("direction: up\ntarget: 60", "2026-11-01=41", ""), "-; -; 0 %; ▄");
        assert_eq!(told("direction: up\ntarget: 60", "", ""), "-; -; -; ");
        let flat = "2026-11-01=41 2026-11-08=41 2026-11-15=41";
        assert_eq!(told("direction: up\ntarget: 41", flat, ""), "0 same; 0 same; -; ▄▄▄");
    }

    #[test]
    fn huge_numbers_break_nothing() {
        let max = format!("2026-11-01=-{0} 2026-11-08={0} 2026-11-15=-{0}", "9".repeat(308));
        assert!(told("direction: up\ntarget: 1", &max, "").ends_with("▁█▁"));
    }

    #[test]
    fn the_way_of_a_goal_says_what_is_not_known() {
        let way = |metric: &str, table: &str, goal: &str| {
            let backlog = backlog(metric, table, goal);
            Way::of_goal(&backlog, backlog.called("GOAL-a").unwrap()).words()
        };
        let table = "2026-11-01=41 2026-11-08=47";
        assert_eq!(way("target: 60", table, "baseline: 40"), "40 → 47 → 60, 35 %");
        assert_eq!(way("", table, "target: 53"), "41 → 47 → 53, 50 %");
        assert_eq!(way("", table, ""), "41 → 47 → ?");
        assert_eq!(way("", "", "target: 53"), "? → ? → 53, unmeasured");
        assert_eq!(way("target: 0", "2026-11-01=1 2026-11-02=2", ""), "1 → 2 → 0, -100 %");
        assert_eq!(
            way("", "2026-11-08=45 2026-11-01=99", "baseline: 45\ntarget: 45"),
            "45 → 45 → 45"
        );
    }

    #[test]
    fn a_goal_that_cannot_be_told_says_what_to_do() {
        let lack = |metric: &str, table: &str, goal: &str| {
            let backlog = backlog(metric, table, goal);
            Pursued::of(&backlog, backlog.called("GOAL-a").unwrap()).lack().unwrap_or_default()
        };
        assert_eq!(lack("", "", ""), "it is unmeasured: git backlog metric METRIC-a VALUE");
        let table = "2026-11-01=41 2026-11-08=47";
        assert_eq!(lack("", table, ""), "say what is wanted: git backlog set GOAL-a target=…");
        assert_eq!(lack("", table, "target: 41"), "baseline and target are the same number");
        assert_eq!(lack("", table, "target: 53"), "");
        let nobody = Backlog::parse(vec![SourceFile {
            path: "goals/GOAL-b.md".to_owned(),
            text: Ok("---\nid: GOAL-b\ntitle: B\nbaseline: 1\ntarget: 2\n---\n".to_owned()),
        }]);
        let it = Pursued::of(&nobody, nobody.called("GOAL-b").unwrap());
        assert_eq!(it.way.words(), "1 → ? → 2, unmeasured");
        let advice = "name its metric: git backlog set GOAL-b metric=METRIC-…";
        assert_eq!(it.lack().as_deref(), Some(advice));
    }
}
