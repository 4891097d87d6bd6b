//! Amounts in words.

use serde_json::{Value, json};

use super::values;
pub(super) use crate::domain::progress::percent;
use crate::domain::sprint::Amount;

/// One decimal below 10, none above.
pub(super) fn rounded(number: f64) -> String {
    let rounded = if number.abs() < 10.0 { (number * 10.0).round() / 10.0 } else { number.round() };
    (rounded + 0.0).to_string()
}

/// An effort: `1 point`, `18 points`.
pub(super) fn points(points: f64) -> String {
    format!("{} {}", rounded(points), if points == 1.0 { "point" } else { "points" })
}

/// A time: `1 week`, `2.5 weeks`.
pub(super) fn weeks(weeks: f64) -> String {
    let weeks = rounded(weeks);
    format!("{weeks} {}", if weeks == "1" { "week" } else { "weeks" })
}

/// Value that comes later: `1 value-week`, `2.5 value-weeks`.
pub(super) fn value_weeks(weeks: f64) -> String {
    let weeks = rounded(weeks);
    format!("{weeks} {}", if weeks == "1" { "value-week" } else { "value-weeks" })
}

/// So many items with so much effort, for programs.
pub(super) fn object(it: Amount) -> Value {
    json!({ "items": it.items, "points": values::number(it.points), "unestimated": it.unestimated })
}
