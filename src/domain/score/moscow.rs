//! MoSCoW (DSDM): the classes one after the other, and value for effort inside of each.

use super::input::{Input, Scale};
use super::{Model, Worth, short};

/// The classes, with their places.
const CLASSES: [(&str, f64); 4] = [("must", 0.0), ("should", 1.0), ("could", 2.0), ("wont", 3.0)];

pub(super) const MODEL: Model = Model {
    name: "moscow",
    formula: "must before should before could before wont; value / effort in each",
    inputs: |settings| {
        vec![
            Input::words("moscow", &CLASSES),
            Input::new(settings, "value", Scale::NotNegative),
            Input::new(settings, "effort", Scale::Positive),
        ]
    },
    worth: |_, values| {
        let worth = Worth::of(values[1], values[2])?;
        Ok(Worth { class: values[0] as usize, ..worth })
    },
    arithmetic: |_, values| {
        let class = CLASSES.iter().find(|(_, place)| *place == values[0]).map_or("", |it| it.0);
        format!("{class}: {} / {}", short(values[1]), short(values[2]))
    },
};
