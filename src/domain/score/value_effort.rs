//! Value for each point of effort.

use super::input::{Input, Scale};
use super::{Model, Worth, short};

pub(super) const MODEL: Model = Model {
    name: "value-effort",
    formula: "value / effort",
    inputs: |settings| {
        vec![
            Input::new(settings, "value", Scale::NotNegative),
            Input::new(settings, "effort", Scale::Positive),
        ]
    },
    worth: |_, values| Worth::of(values[0], values[1]),
    arithmetic: |_, values| format!("{} / {}", short(values[0]), short(values[1])),
};
