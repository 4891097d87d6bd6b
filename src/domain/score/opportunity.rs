//! The opportunity score of Ulwick: what matters and is not served well. No effort, so that every
//! item takes the same time.

use super::input::{Input, Scale};
use super::{Model, Worth, short};

pub(super) const MODEL: Model = Model {
    name: "opportunity",
    formula: "importance + max(importance - satisfaction, 0)",
    inputs: |settings| {
        vec![
            Input::new(settings, "importance", Scale::Range(0.0, 10.0)),
            Input::new(settings, "satisfaction", Scale::Range(0.0, 10.0)),
        ]
    },
    worth: |_, values| Worth::of(values[0] + (values[0] - values[1]).max(0.0), 1.0),
    arithmetic: |_, values| {
        let [importance, satisfaction] = [0, 1].map(|at| short(values[at]));
        format!("{importance} + max({importance} − {satisfaction}, 0)")
    },
};
