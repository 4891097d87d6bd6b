//! Reach, impact, confidence, effort (Intercom).

use super::input::{Input, Scale};
use super::{Model, Worth, short};

/// From minimal to massive.
const IMPACT: [f64; 5] = [0.25, 0.5, 1.0, 2.0, 3.0];

pub(super) const MODEL: Model = Model {
    name: "rice",
    formula: "reach * impact * confidence / effort",
    inputs: |settings| {
        vec![
            Input::new(settings, "reach", Scale::NotNegative),
            Input::new(settings, "impact", Scale::Numbers(IMPACT.to_vec())),
            Input::new(settings, "confidence", Scale::Range(0.0, 1.0)),
            Input::new(settings, "effort", Scale::Positive),
        ]
    },
    worth: |_, values| Worth::of(values[0] * values[1] * values[2], values[3]),
    arithmetic: |_, values| {
        let [reach, impact, confidence, effort] = [0, 1, 2, 3].map(|at| short(values[at]));
        format!("{reach} × {impact} × {confidence} / {effort}")
    },
};
