//! What is wrong with a text, written into the text: at the top, and above each line.

use super::text::{self, Shown};
use super::{List, Theirs, UNDECIDED, Verb, Wrong};
use crate::domain::span::{Position, Positions};

/// How the lines begin that are ours, and that are gone when the text is read again.
const MARK: &str = "#! ";

/// How many lines stand above everything.
const N_HEAD: usize = 2;

/// A text without what [`noted`] has written into it.
pub fn stripped(text: &str) -> String {
    text.split_inclusive('\n').filter(|line| !line.starts_with(MARK)).collect()
}

/// A text with what is wrong in it. Where somebody else has written another value meanwhile, both
/// stand there to choose from.
pub fn noted(list: &List, shown: Shown, text: &str, wrongs: &[Wrong]) -> String {
    let sorted = sorted(wrongs);
    let mut notes = sorted.iter().zip(positions(text, &sorted)).peekable();
    let head = match wrongs.len() {
        1 => "One line cannot be done as it stands, so nothing is written yet.".to_owned(),
        n => format!("{n} lines cannot be done as they stand, so nothing is written yet."),
    };
    let advice = "Correct what is marked, and save. Saved as it is, the text is kept for later.";
    let mut noted = format!("{MARK}{head}\n{MARK}{advice}\n");
    for (nth, line) in with_both(list, shown, text, &sorted).split_inclusive('\n').enumerate() {
        while let Some((wrong, _)) = notes.next_if(|(_, position)| position.line == nth + 1) {
            noted.push_str(&format!("{MARK}{}\n", shown(&wrong.said())));
        }
        noted.push_str(line);
    }
    noted
}

/// What is wrong, each with its line and column in the text that has the notes on it.
pub fn told(text: &str, wrongs: &[Wrong]) -> Vec<String> {
    let sorted = sorted(wrongs);
    let told = positions(text, &sorted).into_iter().zip(&sorted).enumerate();
    told.map(|(nth, (Position { line, column }, wrong))| {
        // Above a line stand all notes up to its own, and those of the same line that follow.
        let same = sorted[nth + 1..].iter().take_while(|it| is_in_line(text, wrong, it)).count();
        format!("{}:{column}: {}", line + N_HEAD + nth + 1 + same, wrong.said())
    })
    .collect()
}

fn is_in_line(text: &str, wrong: &Wrong, other: &Wrong) -> bool {
    !text[wrong.span.start..other.span.start].contains('\n')
}

fn sorted(wrongs: &[Wrong]) -> Vec<&Wrong> {
    let mut sorted: Vec<&Wrong> = wrongs.iter().collect();
    sorted.sort_by_key(|wrong| wrong.span.start);
    sorted
}

fn positions(text: &str, sorted: &[&Wrong]) -> Vec<Position> {
    let mut positions = Positions::new(text);
    sorted.iter().map(|wrong| positions.of(wrong.span.start)).collect()
}

/// The text with two values in the place of one, where somebody has to choose.
fn with_both(list: &List, shown: Shown, text: &str, sorted: &[&Wrong]) -> String {
    let mut both = String::with_capacity(text.len());
    let mut done = 0;
    for wrong in sorted {
        let Some(theirs) = &wrong.theirs else { continue };
        let own = wrong.span.of(text);
        let theirs_written = written(list, shown, theirs);
        // Beside a verb stands the old status, and a verb is no value: who leaves it has decided.
        let is_verb = Verb::of_word(own).is_some();
        let is_own = theirs.field != "status" || theirs.mine.as_deref() == Some(own);
        both.push_str(&text[done..wrong.span.start]);
        both.push_str(&match (is_verb, is_own) {
            (true, _) => own.to_owned(),
            (_, false) => theirs_written,
            (_, true) => format!("{theirs_written}{UNDECIDED}{own}"),
        });
        done = wrong.span.end;
    }
    both + &text[done..]
}

/// The value of somebody else as a line would have it.
fn written(list: &List, shown: Shown, theirs: &Theirs) -> String {
    let value = theirs.value.as_deref();
    match list.columns.iter().find(|column| column.field == theirs.field) {
        Some(column) => text::number(column, value),
        None => shown(value.unwrap_or_default()).trim().to_owned(),
    }
}
