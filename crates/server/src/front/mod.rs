//! What every request goes through, in this order: an id, the framing and the host, how often, how many at once, the routes,
//! the headers, the log.
//!
//! In reading order: [`answer`] (the way), `framing`, `accept`, `cookie`, `view`, `headers`, `compress`, `log`.

pub(crate) mod accept;
mod answer;
mod compress;
pub(crate) mod cookie;
pub(crate) mod framing;
mod headers;
mod log;
pub(crate) mod view;

pub(crate) use answer::{answer, retry_after};
pub(crate) use headers::{Wanted, here, takes_gzip};
pub(crate) use log::Line;
pub use log::Log;

use std::net::IpAddr;

use crate::door::Door;

/// What is known of a request before it is routed.
#[derive(Clone, Debug)]
pub(crate) struct Arrival {
    /// Its id, in the log, in the answer and on error pages.
    pub(crate) id: String,
    /// The door it came through.
    pub(crate) door: Door,
    /// Where it comes from, as far as proxies that are believed say.
    pub(crate) address: IpAddr,
}
