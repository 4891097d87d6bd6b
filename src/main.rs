//! The process: arguments, streams and clock in; exit code out.

fn main() {}
