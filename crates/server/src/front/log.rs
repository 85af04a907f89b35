//! The access log: one line of JSON for each request, without anything about persons.
//!
//! No address, no account, no query, and the route's pattern instead of the path, which may name an enterprise or a case.
//! Who read what stands on the trail, which is protected; the request's id connects the two.

use std::io::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;

/// A line of the access log.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Line<'a> {
    pub(crate) door: &'a str,
    pub(crate) method: &'a str,
    /// Pattern of the route, such as `/r/{region}`; empty if there was none.
    pub(crate) route: &'a str,
    pub(crate) status: u16,
    pub(crate) micros: u64,
    /// Id of the request.
    pub(crate) request: &'a str,
}

/// Where lines go.
#[derive(Clone, Debug, Default)]
pub enum Log {
    /// Standard error.
    #[default]
    Stderr,
    /// Kept, for tests.
    Kept(Arc<Mutex<Vec<String>>>),
}

impl Log {
    pub(crate) fn write(&self, line: &Line<'_>) {
        let Ok(text) = serde_json::to_string(line) else { return };
        self.text(&text);
    }

    /// Writes something that is no request: that the server starts, or a fault of ours.
    pub(crate) fn text(&self, text: &str) {
        match self {
            // A full disk or a closed pipe does not stop the server.
            Log::Stderr => drop(writeln!(std::io::stderr().lock(), "{text}")),
            Log::Kept(kept) => kept.lock().unwrap_or_else(PoisonError::into_inner).push(text.to_owned()),
        }
    }
}
