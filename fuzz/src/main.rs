//! One target of [`targets`], named by the variable `FUZZ_TARGET`, under libFuzzer.

#![no_main]

mod targets;

use std::sync::OnceLock;

static TARGET: OnceLock<fn(&[u8])> = OnceLock::new();

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let target = TARGET.get_or_init(|| {
        let name = std::env::var("FUZZ_TARGET").expect("FUZZ_TARGET names the target");
        let found = targets::TARGETS.iter().find(|(target, _)| *target == name);
        found.unwrap_or_else(|| panic!("no target '{name}'")).1
    });
    target(data);
});
