//! What somebody is asked before a list is written.
//!
//! A few values or moves are written as they are, as `git rebase -i` does: they are told, and `undo`
//! takes them back. What a slip in an editor does without being seen is worth a question.

use std::io::{self, BufRead, Write};

use crate::cli::context::{Context, TOLD};
use crate::domain::backlog::Backlog;
use crate::domain::groom::{self, Summary};
use crate::domain::message::Message;
use crate::domain::source::Edits;

/// What to do with a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Write it.
    Write,
    /// Open it in the editor again.
    Edit,
    /// Keep it for later.
    Keep,
}

/// Tells what large edits of a backlog change, and asks whoever sits at a terminal. `None` if nobody
/// was asked.
pub(super) fn asked(
    edits: &Edits,
    before: &Backlog,
    cx: &mut Context,
) -> anyhow::Result<Option<Answer>> {
    let after = before.after(edits);
    let summary = Summary::of(edits, before, &after);
    let paths = groom::by_weight(edits, before, &after);
    let changes = Message::describe(before, &after, paths).lines;
    if !is_large(&summary, changes.len()) {
        return Ok(None);
    }
    if !cx.interactive {
        cx.say(&summary.to_string())?;
        return Ok(None);
    }
    cx.tell(&changes)?;
    cx.out.flush()?;
    ask(&summary, &mut cx.err, &mut io::stdin().lock()).map(Some)
}

/// Whether a list is worth a question: something is dropped, or so much changes that it is not all
/// told one by one.
fn is_large(summary: &Summary, n_changes: usize) -> bool {
    summary.dropped > 0 || n_changes > TOLD
}

/// Asks until there is an answer. The end of the input keeps the list.
fn ask(summary: &Summary, err: &mut dyn Write, input: &mut dyn BufRead) -> anyhow::Result<Answer> {
    loop {
        write!(err, "{summary}. Write it? [Y]es, [e]dit again, [n]o: ")?;
        err.flush()?;
        let mut typed = String::new();
        if input.read_line(&mut typed)? == 0 {
            writeln!(err)?;
            return Ok(Answer::Keep);
        }
        if let Some(answer) = answer(&typed) {
            return Ok(answer);
        }
    }
}

fn answer(typed: &str) -> Option<Answer> {
    match typed.trim().to_lowercase().as_str() {
        "" | "y" | "yes" => Some(Answer::Write),
        "e" | "edit" => Some(Answer::Edit),
        "n" | "no" | "q" => Some(Answer::Keep),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_letter_or_the_word_answers() {
        let check = |typed: &str, expected: Option<Answer>| {
            assert_eq!(answer(typed), expected, "{typed:?}");
        };
        check("\n", Some(Answer::Write));
        check("Y\n", Some(Answer::Write));
        check(" yes\r\n", Some(Answer::Write));
        check("e\n", Some(Answer::Edit));
        check("No\n", Some(Answer::Keep));
        check("nope\n", None);
        check("ja", None);
    }

    #[test]
    fn it_is_asked_until_there_is_an_answer() {
        let check = |typed: &str, expected: Answer, n_asked: usize| {
            let mut err = Vec::new();
            let summary = Summary { moved: 2, changed: 3, dropped: 1, new: 0 };
            assert_eq!(ask(&summary, &mut err, &mut typed.as_bytes()).unwrap(), expected);
            let asked = String::from_utf8(err).unwrap();
            let question = "2 moved, 3 changed, 1 dropped. Write it? ";
            assert_eq!(asked.matches(question).count(), n_asked, "{asked}");
        };
        check("\n", Answer::Write, 1);
        check("what\ne\n", Answer::Edit, 2);
        check("", Answer::Keep, 1);
        check("what", Answer::Keep, 2);
    }

    #[test]
    fn a_drop_or_more_than_is_told_is_worth_a_question() {
        let few = Summary { moved: 20, ..Summary::default() };
        assert!(!is_large(&few, TOLD) && is_large(&few, TOLD + 1));
        assert!(is_large(&Summary { dropped: 1, ..Summary::default() }, 1));
    }
}
