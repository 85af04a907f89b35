//! Confidence intervals for one proportion, and the [`Interval`] type that every method returns.
//!
//! All functions take counts as integers and the confidence `level` as a share in `(0, 1)`, and answer
//! `None` when the question has no answer: no trials (`n = 0`), more successes than trials, or a level
//! that is not strictly between 0 and 1 (NaN included).

pub use crate::proportion::agresti_coull::agresti_coull;
pub use crate::proportion::arcsine::arcsine;
pub use crate::proportion::clopper_pearson::clopper_pearson;
pub use crate::proportion::jeffreys::{jeffreys, jeffreys_modified};
pub use crate::proportion::mid_p::mid_p;
pub use crate::proportion::wald::wald;
pub use crate::proportion::wilson::{wilson, wilson_corrected};

use crate::refusal::Refusal;

/// A two-sided confidence interval `[low, high]`, in the unit of the estimated quantity.
///
/// For a proportion both ends are shares (0.93, not 93 %).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end; never below `low`.
    pub high: f64,
}

impl Interval {
    /// The interval between `low` and `high`, which must already be in order.
    pub(crate) fn new(low: f64, high: f64) -> Self {
        Self { low, high }
    }

    /// The part inside 0–1, for the methods ([`wald`], [`agresti_coull`]) whose formula can leave it.
    #[must_use]
    pub fn clipped(self) -> Self {
        Self { low: self.low.clamp(0.0, 1.0), high: self.high.clamp(0.0, 1.0) }
    }

    /// `high - low`.
    pub fn width(self) -> f64 {
        self.high - self.low
    }

    /// Whether `value` lies in the interval, ends included.
    pub fn contains(self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }
}

/// The probability left on each side, `(1 - level) / 2`, or `None` when `level` is not in `(0, 1)`.
pub(crate) fn tail(level: f64) -> Option<f64> {
    (level > 0.0 && level < 1.0).then(|| (1.0 - level) / 2.0)
}

/// As [`tail`], for methods that say why they do not answer.
pub(crate) fn level_tail(level: f64) -> Result<f64, Refusal> {
    tail(level).ok_or(Refusal::OutOfRange { what: "level", value: level, allowed: "(0, 1)" })
}

/// The arguments shared by the one-sample methods, checked: the tail on each side.
pub(crate) fn checked_tail(x: u64, n: u64, level: f64) -> Option<f64> {
    if n == 0 || x > n { None } else { tail(level) }
}
