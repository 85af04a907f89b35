//! The page as data: what was asked, and every series as the API gives it.

use serde::Serialize;
use zhiheng_base::{Date, Period, RegionCode};

use crate::api::signals::Signal;

/// What was asked, and every series.
#[derive(Serialize)]
pub(super) struct Signals {
    pub(super) region: RegionCode,
    pub(super) period: Period,
    /// Last day that counts as over.
    pub(super) until: Date,
    pub(super) signals: Vec<Signal>,
}
