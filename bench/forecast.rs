//! How often forecasts keep their dates, on the histories of real projects.
//!
//! ```text
//! cargo bench --bench forecast -- FOLDER
//! ```
//!
//! The folder holds issues as CSV: `NAME-issues.csv` with the columns `created` and `resolved`, or a log
//! of field changes with `key`, `field`, `toString` and `created`, of which the last change of
//! `resolution` counts. Each week of a history that has enough before it asks when the next 10, 25 and
//! 50 items will be done. Every other project, by name, is set apart: the pace was found on the first
//! ones alone.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::time::Instant;

use git_backlog::domain::forecast::{Flow, Forecast, Kept, Track};
use jiff::civil::Date;

/// For how many items it is asked.
const ITEMS: [u32; 3] = [10, 25, 50];

const SEED: u64 = 1;

fn main() -> io::Result<()> {
    let Some(folder) = std::env::args().skip(1).find(|it| !it.starts_with('-')) else {
        return speed(&mut io::stdout().lock());
    };
    let mut out = io::stdout().lock();
    let mut halves = [Sum::default(), Sum::default()];
    let mut plain = [Sum::default(), Sum::default()];
    writeln!(
        out,
        "{:<22} {:>6} {:>6} {:>6} {:>6}  {:>7} {:>7}",
        "project", "dates", "50 %", "85 %", "95 %", "error", "mean"
    )?;
    for (number, (name, flow)) in projects(Path::new(&folder))?.into_iter().enumerate() {
        let mut sum = Sum::default();
        for n_items in ITEMS {
            sum.add(&Track::of(&flow, n_items, SEED));
            plain[number % 2].add(&Track::by(&flow, n_items, SEED, &Forecast::plain));
        }
        sum.print(&name, &mut out)?;
        halves[number % 2].join(&sum);
    }
    for (name, of) in [("", &halves), (", plain", &plain)] {
        of[0].print(&format!("found on{name}"), &mut out)?;
        of[1].print(&format!("checked on{name}"), &mut out)?;
        let mut all = Sum::default();
        of.iter().for_each(|half| all.join(half));
        all.print(&format!("all{name}"), &mut out)?;
    }
    speed(&mut out)
}

/// How long a release of 500 items takes.
fn speed(out: &mut impl Write) -> io::Result<()> {
    let flow = Flow { done: (0..30).map(|week| week % 7).collect(), added: Vec::new() };
    let forecast = Forecast::from(&flow, SEED).expect("it is enough");
    let start = Instant::now();
    let weeks = forecast.when(500).at_most(0.85);
    writeln!(out, "500 items, 10,000 futures: {weeks} weeks, in {:.1?}", start.elapsed())
}

/// What the records of some questions add up to.
#[derive(Default)]
struct Sum {
    kept: [Kept; 3],
    /// How many ended, and the sums of what they were off, by the middle date and by the mean.
    errors: (f64, f64, f64),
}

impl Sum {
    fn add(&mut self, track: &Track) {
        for (sum, kept) in self.kept.iter_mut().zip(track.kept) {
            sum.n_met += kept.n_met;
            sum.n_known += kept.n_known;
        }
        let n = track.n_ended as f64;
        let (error, of_mean) =
            (track.error.unwrap_or_default(), track.error_of_mean.unwrap_or_default());
        self.count((n, n * error, n * of_mean));
    }

    fn count(&mut self, (n, error, of_mean): (f64, f64, f64)) {
        self.errors = (self.errors.0 + n, self.errors.1 + error, self.errors.2 + of_mean);
    }

    fn join(&mut self, other: &Self) {
        for (sum, kept) in self.kept.iter_mut().zip(other.kept) {
            sum.n_met += kept.n_met;
            sum.n_known += kept.n_known;
        }
        self.count(other.errors);
    }

    fn print(&self, name: &str, out: &mut impl Write) -> io::Result<()> {
        let share = |kept: &Kept| 100.0 * f64::from(kept.n_met) / f64::from(kept.n_known.max(1));
        let [half, likely, sure] = [0, 1, 2].map(|at| share(&self.kept[at]));
        let (n, error, of_mean) = self.errors;
        let (error, of_mean) = (error / n.max(1.0), of_mean / n.max(1.0));
        let n_known = self.kept[1].n_known;
        writeln!(
            out,
            "{name:<22} {n_known:>6} {half:>6.1} {likely:>6.1} {sure:>6.1}  {error:>7.2} {of_mean:>7.2}"
        )
    }
}

/// The flows of the projects in a folder, by name.
fn projects(folder: &Path) -> io::Result<BTreeMap<String, Flow>> {
    let mut projects = BTreeMap::new();
    for file in fs::read_dir(folder)? {
        let path = file?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let days = match () {
            () if name.ends_with("-issues.csv") => issues(&path)?,
            () if name.contains("changelog") => changes(&path)?,
            () => continue,
        };
        projects
            .insert(name.split(['-', '_']).next().unwrap_or_default().to_owned(), weekly(&days));
    }
    Ok(projects)
}

/// The days on which the issues of a list were made and resolved.
fn issues(path: &Path) -> io::Result<Vec<(Option<Date>, Option<Date>)>> {
    let mut rows = Vec::new();
    for row in csv::Reader::from_reader(File::open(path)?).deserialize() {
        let row: BTreeMap<String, String> = row?;
        rows.push((day(&row["created"]), day(&row["resolved"])));
    }
    Ok(rows)
}

/// The same from a log of changes: an issue is made with its first one.
fn changes(path: &Path) -> io::Result<Vec<(Option<Date>, Option<Date>)>> {
    let mut issues: BTreeMap<String, (Option<Date>, Option<Date>)> = BTreeMap::new();
    for row in csv::Reader::from_reader(File::open(path)?).deserialize() {
        let row: BTreeMap<String, String> = row?;
        let at = day(&row["created"]);
        let issue = issues.entry(row["key"].clone()).or_insert((at, None));
        issue.0 = issue.0.min(at);
        if row["field"] == "resolution" {
            issue.1 = at.filter(|_| !row["toString"].is_empty());
        }
    }
    Ok(issues.into_values().collect())
}

fn day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

/// How many were done in each week, from the first day on up to the last full week.
fn weekly(days: &[(Option<Date>, Option<Date>)]) -> Flow {
    let week = |day: Date| (day - Date::ZERO).get_days() / 7;
    let done: Vec<i32> = days.iter().filter_map(|it| it.1).map(week).collect();
    let first = days.iter().filter_map(|it| it.0).chain(days.iter().filter_map(|it| it.1)).min();
    let (Some(first), Some(last)) = (first.map(week), done.iter().max()) else {
        return Flow::default();
    };
    let mut counts = vec![0; (last - first) as usize];
    for week in &done {
        if let Some(count) = counts.get_mut((week - first) as usize) {
            *count += 1;
        }
    }
    Flow { done: counts, added: Vec::new() }
}
