//! Weighted shortest job first, as SAFe has it: cost of delay in three parts, by job size.

use super::input::{Input, Scale};
use super::{Model, Worth, short};

/// The numbers that SAFe gives to each part and to the size.
const SCALE: [f64; 7] = [1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 20.0];

pub(super) const MODEL: Model = Model {
    name: "wsjf",
    formula: "(value + time_criticality + risk_reduction) / effort",
    inputs: |settings| {
        let fields = ["value", "time_criticality", "risk_reduction", "effort"];
        let scale = || Scale::Numbers(SCALE.to_vec());
        fields.iter().map(|field| Input::new(settings, field, scale())).collect()
    },
    worth: |_, values| Worth::of(values[0] + values[1] + values[2], values[3]),
    arithmetic: |_, values| {
        let [value, time, risk, effort] = [0, 1, 2, 3].map(|at| short(values[at]));
        format!("({value} + {time} + {risk}) / {effort}")
    },
};
