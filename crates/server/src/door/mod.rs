//! The doors: listeners that take connections and do not let anybody block them.
//!
//! In reading order: [`listen`] (accepting and serving), [`load`] (how many at once), [`rate`] (how often), `body` and
//! `patience` (clients that dawdle).
//!
//! `axum::serve` has no timers: idle and dribbling connections stay for ever. hyper's own `http1::Builder` with a timer and a
//! head time-out closes both; what it has no timers for, bodies that stop and answers that nobody takes, stands here.

pub(crate) mod body;
pub(crate) mod listen;
pub(crate) mod load;
pub(crate) mod patience;
pub(crate) mod rate;

/// Which door a request came through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Door {
    /// For officers, reporters, enterprises: behind a login.
    Officers,
    /// For everybody.
    Public,
}

impl Door {
    /// Its name in the log.
    pub fn word(self) -> &'static str {
        match self {
            Door::Officers => "officers",
            Door::Public => "public",
        }
    }
}
