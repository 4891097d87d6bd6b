//! Questions, open or answered.

use serde_json::{Value, json};

use crate::domain::backlog::Backlog;
use crate::domain::date::Date;
use crate::domain::date::days_between;
use crate::domain::entry::Entry;
use crate::domain::message::counted;
use crate::domain::question::Question;
use crate::render::block::{Block, Cell, Column, Line, Table, Tone};
use crate::render::{Format, View};

/// A question with its document and its days.
pub struct Asked<'a> {
    /// The document.
    pub entry: &'a Entry,
    /// The question.
    pub question: Question,
    /// The day on which it was asked, if anybody knows.
    pub asked: Option<Date>,
    /// The day on which it was answered.
    pub answered: Option<Date>,
}

impl Asked<'_> {
    /// How many days it has been open, or was.
    pub fn days(&self, today: Date) -> Option<i64> {
        let end = match self.question.answers.is_empty() {
            true => today,
            false => self.answered?,
        };
        Some(days_between(self.asked?, end).max(0))
    }
}

/// The questions that were asked for.
pub struct QuestionsView<'a> {
    /// The backlog.
    pub backlog: &'a Backlog,
    /// The questions, in the order in which they are shown.
    pub questions: &'a [Asked<'a>],
    /// Half of all answers came within so many days; `None` without any.
    pub median: Option<f64>,
    /// How many answers that is said of.
    pub n_timed: usize,
    /// The day.
    pub today: Date,
    /// Whether there are answers to show.
    pub has_answers: bool,
}

impl View for QuestionsView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let mut columns = vec![
            Column::whole("days").right(),
            Column::whole("for"),
            Column::whole("from"),
            Column::whole("id"),
            Column::whole("#").keyed("position").right(),
            Column::whole("no").keyed("number").right(),
            Column::shrink("question"),
        ];
        if self.has_answers {
            columns.push(Column::shrink("answer"));
        }
        let mut table = Table::new(columns).wrapped();
        for it in self.questions {
            table.push(self.row(it));
        }
        vec![Block::Table(table), Block::Footer(Line::from(Cell::dim(self.footer())))]
    }

    fn json(&self) -> Value {
        let questions: Vec<Value> = self.questions.iter().map(|it| self.object(it)).collect();
        json!({ "questions": questions, "median_days": self.median, "answers_timed": self.n_timed })
    }

    fn rows_key(&self) -> Option<&'static str> {
        Some("questions")
    }

    fn formats(&self) -> &'static [Format] {
        Format::DATA
    }
}

fn counted_days(days: i64) -> String {
    counted(usize::try_from(days).unwrap_or_default(), "day")
}

impl QuestionsView<'_> {
    fn row<'b>(&self, it: &'b Asked<'_>) -> Vec<Cell<'b>> {
        let name = |name: &'b Option<String>| Cell::from(name.as_deref().unwrap_or_default());
        let number = |number: Option<usize>| number.map(|it| it.to_string()).unwrap_or_default();
        let answers: Vec<&str> = it.question.answers.iter().map(|it| &*it.text).collect();
        vec![
            self.age(it),
            name(&it.question.note.to),
            name(&it.question.note.by),
            Cell::id(it.entry.id()),
            Cell::dim(number(self.backlog.position(it.entry))),
            Cell::dim(number(it.question.number)),
            Cell::from(&*it.question.note.text),
            Cell::from(answers.join(" ")),
        ]
    }

    /// What waits for more than a week stands out.
    fn age(&self, it: &Asked<'_>) -> Cell<'static> {
        const WEEK: i64 = 7;
        let Some(days) = it.days(self.today) else { return Cell::dim("?") };
        let is_late = it.question.answers.is_empty() && days > WEEK;
        Cell::new(days.to_string(), if is_late { Tone::Warn } else { Tone::Plain })
    }

    /// `3 open questions, the oldest 12 days old; median time to answer 2 days, of 5 answers`
    fn footer(&self) -> String {
        let open: Vec<&Asked<'_>> =
            self.questions.iter().filter(|it| it.question.answers.is_empty()).collect();
        let n_answered = self.questions.len() - open.len();
        let mut parts = Vec::new();
        if !open.is_empty() || n_answered == 0 {
            let oldest = open.iter().filter_map(|it| it.days(self.today)).max();
            let oldest = oldest.map(|days| format!(", the oldest {} old", counted_days(days)));
            let count = counted(open.len(), "open question");
            parts.push(count + &oldest.unwrap_or_default());
        }
        if n_answered > 0 {
            parts.push(counted(n_answered, "answered question"));
        }
        if let Some(median) = self.median {
            let noun = if median == 1.0 { "day" } else { "days" };
            let answers = counted(self.n_timed, "answer");
            parts.push(format!("median time to answer {median} {noun}, of {answers}"));
        }
        parts.join("; ")
    }

    fn object(&self, it: &Asked<'_>) -> Value {
        let answers = it.question.answers.iter().map(
            |it| json!({ "text": it.text, "by": it.by, "date": it.on.map(|day| day.to_string()) }),
        );
        json!({
            "id": it.entry.id(),
            "title": it.entry.title(),
            "kind": it.entry.kind.name,
            "position": self.backlog.position(it.entry),
            "number": it.question.number,
            "text": it.question.note.text,
            "from": it.question.note.by,
            "for": it.question.note.to,
            "asked": it.asked.map(|day| day.to_string()),
            "days": it.days(self.today),
            "open": it.question.answers.is_empty(),
            "answers": answers.collect::<Vec<_>>(),
        })
    }
}
