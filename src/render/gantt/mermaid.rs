//! Plans as a Gantt chart in Mermaid's language, which forges draw.
//!
//! A label ends at a colon, and some words at its beginning are commands; what could be either is
//! written as the number of its character.

use super::{Gantt, Row};
use crate::domain::date::Date;
use crate::render::safe;

/// The longest label.
const LONGEST: usize = 60;

/// Words that begin a line with a meaning of its own.
const COMMANDS: &[&str] = &[
    "accdescr",
    "acctitle",
    "axisformat",
    "call",
    "click",
    "dateformat",
    "excludes",
    "gantt",
    "href",
    "includes",
    "inclusiveenddates",
    "section",
    "tickinterval",
    "title",
    "todaymarker",
    "topaxis",
    "weekday",
    "weekend",
];

/// The names of the three parts of a bar: in how many of 100 cases it is done by their ends.
const SHARES: [&str; 3] = ["50", "85", "95"];

/// Plans as text.
pub(in crate::render) fn text(gantt: &Gantt<'_>) -> String {
    let mut text = format!(
        "gantt\n    title {}\n    dateFormat YYYY-MM-DD\n    axisFormat %Y-%m-%d\n",
        label(&gantt.title)
    );
    let mut n_rows = 0;
    for section in gantt.sections.iter().filter(|it| it.rows.iter().any(has_day)) {
        text += &format!("    section {}\n", label(&section.name));
        for row in section.rows.iter().filter(|row| has_day(row)) {
            n_rows += 1;
            for task in tasks(row, n_rows, gantt.today) {
                text += &format!("    {task}\n");
            }
        }
    }
    let n_without = gantt.rows().filter(|row| !has_day(row)).count();
    if n_without > 0 {
        text += &format!("    %% without a date and not shown: {n_without}\n");
    }
    text
}

fn has_day(row: &Row<'_>) -> bool {
    row.days().next().is_some()
}

/// The lines of a row: the parts of its bar, one after the other, then its day.
fn tasks(row: &Row<'_>, number: usize, today: Date) -> Vec<String> {
    let name = label(&row.label);
    let mut tasks = Vec::new();
    let mut from = today;
    let parts = row.bar.into_iter().flatten().zip(SHARES).enumerate();
    for (at, (day, share)) in parts {
        let Some(day) = day.filter(|day| *day > from) else { continue };
        let look = if at == 0 { "active, " } else { "" };
        tasks.push(format!("{name}, {share} of 100 :{look}r{number}p{share}, {from}, {day}"));
        from = day;
    }
    if let Some(day) = row.wanted {
        let look = if row.is_at_risk { "crit, " } else { "" };
        tasks.push(format!("{name}, wanted :{look}milestone, r{number}w, {day}, 0d"));
    }
    if let Some(day) = row.done {
        tasks.push(format!("{name}, done :done, milestone, r{number}d, {day}, 0d"));
    }
    tasks
}

/// A text that is nothing but a label.
fn label(text: &str) -> String {
    let text = safe::line(text);
    let text: String = text.trim().chars().take(LONGEST).collect();
    let first: String = text.chars().take_while(|c| c.is_alphabetic()).collect();
    let is_command = COMMANDS.contains(&&*first.to_lowercase());
    let is_plain =
        |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '(' | ')' | '/' | '!' | '?');
    let mut label = String::new();
    for (at, c) in text.chars().enumerate() {
        // A day at the beginning is a command too.
        let is_start = at == 0 && (is_command || !c.is_alphabetic());
        match is_plain(c) && !is_start {
            true => label.push(c),
            false => label += &format!("#{};", u32::from(c)),
        }
    }
    if label.is_empty() { "#8211;".to_owned() } else { label }
}

#[cfg(test)]
mod tests {
    use super::super::tests::gantt;
    use super::*;

    #[test]
    fn a_bar_is_made_of_tasks_and_no_label_is_a_command() {
        insta::assert_snapshot!(text(&gantt()), @"
        gantt
            title Roadmap #60;b#62;
            dateFormat YYYY-MM-DD
            axisFormat %Y-%m-%d
            section Releases
            Pilot, done :done, milestone, r1d, 2026-10-26, 0d
            Winter opening, 50 of 100 :active, r2p50, 2026-11-26, 2026-12-10
            Winter opening, 85 of 100 :r2p85, 2026-12-10, 2026-12-24
            Winter opening, wanted :crit, milestone, r2w, 2026-12-14, 0d
            section Goals
            #115;ection #60;/text#62;#60;script#62;alert(1)#60;/script#62;#58; #35;1#59; #37;#37;#123;init#125;, 50 of 100 :active, r3p50, 2026-11-26, 2026-12-03
            #115;ection #60;/text#62;#60;script#62;alert(1)#60;/script#62;#58; #35;1#59; #37;#37;#123;init#125;, 95 of 100 :r3p95, 2026-12-03, 2026-12-17
        ");
    }

    #[test]
    fn a_plan_without_a_day_is_counted() {
        let mut gantt = gantt();
        for row in gantt.sections.iter_mut().flat_map(|section| &mut section.rows) {
            (row.bar, row.wanted, row.done) = (None, None, None);
        }
        assert!(text(&gantt).ends_with("%% without a date and not shown: 3\n"));
        assert!(!text(&gantt).contains("section"));
    }

    #[test]
    fn a_label_is_cut_and_never_empty() {
        assert_eq!(label(""), "#8211;");
        assert_eq!(label(&"ä".repeat(100)), "ä".repeat(60));
        assert_eq!(label("2026-12-01 launch"), "#50;026-12-01 launch");
        assert_eq!(label("Click here"), "#67;lick here");
    }
}
