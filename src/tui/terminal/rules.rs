//! The rules, which look at the backlog on a thread of their own while somebody types.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::domain::assign::Refusal;
use crate::domain::backlog::Backlog;
use crate::domain::date::Date;
use crate::domain::rules::{Inspection, check};
use crate::tui::event::Event;

/// The name of the thread.
pub(super) const THREAD: &str = "rules";

/// The rules at work.
pub(super) struct Rules {
    /// A pool of its own: what the screen computes must not wait for a rule.
    pool: ThreadPool,
    sender: Sender<Event>,
    receiver: Receiver<Event>,
}

impl Rules {
    pub(super) fn new() -> io::Result<Self> {
        let pool = ThreadPoolBuilder::new().num_threads(1).thread_name(|_| THREAD.to_owned());
        let pool = pool.build().map_err(io::Error::other)?;
        let (sender, receiver) = channel();
        Ok(Self { pool, sender, receiver })
    }

    /// Begins to look at a state.
    pub(super) fn look(&self, backlog: Arc<Backlog>, version: u64, today: Date) {
        let sender = self.sender.clone();
        self.pool.spawn(move || {
            let found = catch_unwind(AssertUnwindSafe(|| {
                check(&Inspection::new(&backlog, &backlog.config, today, None)).findings
            }));
            let event = match found {
                Ok(findings) => Event::Checked(version, findings),
                Err(_) => {
                    let refusal = Refusal::new("a rule has failed, which is a bug");
                    Event::Failed(
                        refusal.hint("please report it with what git backlog check prints"),
                    )
                }
            };
            // Nobody waits for it any more once the session has ended.
            let _gone = sender.send(event);
        });
    }

    /// What was found, if it is there.
    pub(super) fn answer(&self) -> Option<Event> {
        self.receiver.try_recv().ok()
    }
}
