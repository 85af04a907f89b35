//! Disproportionality: which products and events are reported together more often than chance explains?
//!
//! **What it answers.** Reports (complaints, injuries, adverse events) name products and events, but not
//! how many products are in use. A pair stands out if it takes a larger share of the product's reports than
//! of all others.
//!
//! | Question | Function | When not to use it |
//! |---|---|---|
//! | the 2×2 table of every pair | [`table`] | – |
//! | how much larger is the share, with interval and χ² | [`ratio`] | few reports: the intervals do not hold |
//! | the usual rule for a signal | [`ratio::Evans`] | as proof: it is a filter |
//! | the same in bits, shrunk | [`information`] | – |
//! | shrunk towards what is usual in the whole data set | [`gps`], [`prior`] | few pairs: the prior rests on them |
//!
//! No method here gives a risk: reports have no denominator, and one product's scandal dilutes all others
//! (masking). A signal asks for a look at the cases.

pub mod gps;
pub mod information;
pub mod prior;
pub mod ratio;
pub mod squash;
pub mod table;

mod likelihood;

pub use table::{Contingency, Pair};

use crate::refusal::Refusal;

/// Refuses a number of reports whose gamma quantiles would take minutes.
fn few_enough(n: u64) -> Result<(), Refusal> {
    if n <= 1_000_000_000 {
        Ok(())
    } else {
        Err(Refusal::OutOfRange { what: "n", value: n as f64, allowed: "0 to 1e9" })
    }
}
