//! Rules about metrics and their readings.

pub(super) mod broken_reading;
pub(super) mod out_of_order;
pub(super) mod twice;
