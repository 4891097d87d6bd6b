//! Impact, confidence, ease (Ellis): no effort, so that every item takes the same time.

use super::input::{Input, Scale};
use super::{Model, Worth, short};

pub(super) const MODEL: Model = Model {
    name: "ice",
    formula: "impact * confidence * ease",
    inputs: |settings| {
        vec![
            Input::new(settings, "impact", Scale::Range(0.0, 10.0)),
            Input::new(settings, "confidence", Scale::Range(0.0, 1.0)),
            Input::new(settings, "ease", Scale::Range(0.0, 10.0)),
        ]
    },
    worth: |_, values| Worth::of(values[0] * values[1] * values[2], 1.0),
    arithmetic: |_, values| {
        let [impact, confidence, ease] = [0, 1, 2].map(|at| short(values[at]));
        format!("{impact} × {confidence} × {ease}")
    },
};
