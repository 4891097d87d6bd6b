//! How often forecasts keep their dates, on the histories of real projects, as a table for
//! `docs/forecasting.md`.
//!
//! ```text
//! cargo bench --bench forecast -- FOLDER [OTHER…]
//! ```
//!
//! A folder holds issues as CSV: `NAME-issues.csv` with the columns `created` and `resolved`, or a log
//! of field changes with `key`, `field`, `toString` and `created`, of which the last change of
//! `resolution` counts. Each week of a history that has enough before it asks when the next 10, 25 and
//! 50 items will be done. Every other project of the first folder, by name, is set apart: the method was
//! found on the others alone. Further folders are told apart too.

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
    let folders: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with('-')).collect();
    let mut out = io::stdout().lock();
    if !folders.is_empty() {
        table(&folders, &mut out)?;
    }
    speed(&mut out)
}

/// The projects and what they add up to.
fn table(folders: &[String], out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "| project | dates | 50 % | 85 % | 95 % | off by | plain | mean | last two weeks |"
    )?;
    writeln!(out, "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")?;
    let mut parts = [(); 3].map(|()| Both::default());
    for (nth, folder) in folders.iter().enumerate() {
        for (number, (name, flow)) in projects(Path::new(folder))?.into_iter().enumerate() {
            let mut both = Both::default();
            for n_items in ITEMS {
                both.ours.add(&Track::of(&flow, n_items, SEED));
                both.plain.add(&Track::by(&flow, n_items, SEED, &Forecast::plain));
            }
            both.print(&name, out)?;
            parts[if nth == 0 { number % 2 } else { 2 }].join(&both);
        }
    }
    let mut all = Both::default();
    for (name, part) in ["found on", "set apart", "others"].into_iter().zip(&parts) {
        part.print(&format!("**{name}**"), out)?;
        all.join(part);
    }
    all.print("**all**", out)?;
    let plain = Both { ours: all.plain.clone(), plain: all.plain };
    plain.print("**all, plain**", out)
}

/// How long a release of 500 items takes.
fn speed(out: &mut impl Write) -> io::Result<()> {
    let flow = Flow { done: (0..30).map(|week| week % 7).collect(), added: Vec::new() };
    let forecast = Forecast::from(&flow, SEED).expect("it is enough");
    let start = Instant::now();
    let weeks = forecast.when(500).at_most(0.85);
    writeln!(out, "500 items, 10,000 futures: {weeks} weeks, in {:.1?}", start.elapsed())
}

/// The method and what it is compared with.
#[derive(Default)]
struct Both {
    ours: Sum,
    plain: Sum,
}

/// What the records of some questions add up to.
#[derive(Clone, Default)]
struct Sum {
    kept: [Kept; 3],
    /// How many ended.
    n_ended: f64,
    /// By how many weeks they were off, in sum: the middle date, the mean, the last sprint.
    weeks: [f64; 3],
}

impl Both {
    fn join(&mut self, other: &Self) {
        self.ours.join(&other.ours);
        self.plain.join(&other.plain);
    }

    fn print(&self, name: &str, out: &mut impl Write) -> io::Result<()> {
        let share = |kept: &Kept| 100.0 * f64::from(kept.n_met) / f64::from(kept.n_known.max(1));
        let [half, likely, sure] = [0, 1, 2].map(|at| share(&self.ours.kept[at]));
        let [error, of_mean, of_last] = self.ours.off();
        let [plain, ..] = self.plain.off();
        let n_known = self.ours.kept[1].n_known;
        writeln!(
            out,
            "| {name} | {n_known} | {half:.1} | {likely:.1} | {sure:.1} | {error:.2} | {plain:.2} | {of_mean:.2} | {of_last:.1} |"
        )
    }
}

impl Sum {
    fn add(&mut self, track: &Track) {
        self.count(&track.kept);
        let n = track.n_ended as f64;
        let errors = [track.error, track.error_of_mean, track.error_of_last];
        self.n_ended += n;
        for (sum, error) in self.weeks.iter_mut().zip(errors) {
            *sum += n * error.unwrap_or_default();
        }
    }

    fn join(&mut self, other: &Self) {
        self.count(&other.kept);
        self.n_ended += other.n_ended;
        self.weeks.iter_mut().zip(other.weeks).for_each(|(sum, weeks)| *sum += weeks);
    }

    fn count(&mut self, kept: &[Kept; 3]) {
        for (sum, kept) in self.kept.iter_mut().zip(kept) {
            sum.n_met += kept.n_met;
            sum.n_known += kept.n_known;
        }
    }

    /// By how many weeks they were off, on average.
    fn off(&self) -> [f64; 3] {
        self.weeks.map(|weeks| weeks / self.n_ended.max(1.0))
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
