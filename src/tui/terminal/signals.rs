//! Signals while the terminal is ours: they are noted, and heeded between two keys.

#[cfg(unix)]
pub(super) use unix::Signals;

#[cfg(not(unix))]
pub(super) use other::Signals;

#[cfg(unix)]
mod unix {
    use std::io;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use rustix::process::{Signal, getpgrp, kill_process_group};
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
    use signal_hook::{flag, low_level};

    /// The signals that have come.
    pub(in crate::tui::terminal) struct Signals {
        ends: [(i32, Arc<AtomicBool>); 3],
        stop: Arc<AtomicBool>,
        goes_on: Arc<AtomicBool>,
    }

    impl Signals {
        pub(in crate::tui::terminal) fn new() -> io::Result<Self> {
            let noted = |signal| -> io::Result<Arc<AtomicBool>> {
                let flag = Arc::new(AtomicBool::new(false));
                flag::register(signal, flag.clone())?;
                Ok(flag)
            };
            Ok(Self {
                ends: [
                    (SIGTERM, noted(SIGTERM)?),
                    (SIGHUP, noted(SIGHUP)?),
                    (SIGINT, noted(SIGINT)?),
                ],
                stop: noted(SIGTSTP)?,
                goes_on: noted(SIGCONT)?,
            })
        }

        /// The signal that asks the process to end, if one has come.
        pub(in crate::tui::terminal) fn ended(&self) -> Option<i32> {
            self.ends
                .iter()
                .find(|(_, flag)| flag.load(Ordering::SeqCst))
                .map(|(signal, _)| *signal)
        }

        /// Whether the process was asked to stop.
        pub(in crate::tui::terminal) fn stopped(&self) -> bool {
            self.stop.swap(false, Ordering::SeqCst)
        }

        /// Whether the process goes on after it was stopped.
        pub(in crate::tui::terminal) fn continued(&self) -> bool {
            self.goes_on.swap(false, Ordering::SeqCst)
        }

        /// Stops the process, and those that wait for it: Git, which has started it. Returns when
        /// it goes on.
        pub(in crate::tui::terminal) fn stop(&self) {
            // Without a group there is nobody to stop but oneself.
            let _alone = kill_process_group(getpgrp(), Signal::TSTP);
            let _unheeded = low_level::emulate_default_handler(SIGTSTP);
            self.stop.store(false, Ordering::SeqCst);
            self.goes_on.store(false, Ordering::SeqCst);
        }

        /// Forgets what came while another program had the terminal, but for the end of all.
        pub(in crate::tui::terminal) fn forget(&self) {
            let interrupt = self.ends.iter().find(|(signal, _)| *signal == SIGINT);
            let flags =
                interrupt.map(|(_, flag)| flag).into_iter().chain([&self.stop, &self.goes_on]);
            flags.for_each(|flag| flag.store(false, Ordering::SeqCst));
        }
    }
}

#[cfg(not(unix))]
mod other {
    use std::io;

    /// There are no signals here.
    pub(in crate::tui::terminal) struct Signals;

    impl Signals {
        pub(in crate::tui::terminal) fn new() -> io::Result<Self> {
            Ok(Self)
        }

        pub(in crate::tui::terminal) fn ended(&self) -> Option<i32> {
            None
        }

        pub(in crate::tui::terminal) fn stopped(&self) -> bool {
            false
        }

        pub(in crate::tui::terminal) fn continued(&self) -> bool {
            false
        }

        pub(in crate::tui::terminal) fn stop(&self) {}

        pub(in crate::tui::terminal) fn forget(&self) {}
    }
}
