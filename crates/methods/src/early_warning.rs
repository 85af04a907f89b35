//! Early warning: is this week's count of a series (complaints, injuries, nonconforming batches, cases) more
//! than its own past explains?
//!
//! **What it answers.** For each judged week: up to which count the past explains it (the bound), and whether
//! the week is above (the alarm).
//!
//! | Question | Module | When not to use it |
//! |---|---|---|
//! | a short past, no season | [`ears`] | series with a season or a trend; mostly zeros |
//! | several years, a trend and reweighted outbreaks | [`farrington`], [`flexible`] | less than three years |
//! | several years, few counts | [`bayes`], [`rki`] | a trend |
//! | four weeks against the same weeks of past years | [`historical_limits`] | sudden one-week events |
//! | small lasting shifts from a known mean | [`cusum`], [`likelihood_ratio`] | the mean is not known |
//! | which in-control mean | [`season`] | less than two years |
//! | which week is it | [`epiweek`] | – |
//! | thousands of series, a budget of false alarms | [`budget`], [`run_length`] | – |
//!
//! **Conventions.** A series is a slice of counts, one per step (week, month, day), oldest first. Counts
//! may be weighted estimates, so they are real numbers from 0 to 1e9; NaN is a missing step. Judged weeks are a
//! range of indices from 0. Every method says in its documentation what a missing week does. References
//! compare with R package *surveillance* 1.20.3; where it does something that surprises, the documentation
//! says so.

pub mod bayes;
pub mod budget;
pub mod calendar;
pub mod cusum;
pub mod ears;
pub mod epiweek;
pub mod farrington;
pub mod flexible;
pub mod historical_limits;
pub mod likelihood_ratio;
pub mod rki;
pub mod run_length;
pub mod season;

mod baseline;
mod count;
mod glr;
mod quasi_poisson;
pub mod threshold;

use crate::refusal::Refusal;
use std::ops::Range;

/// What a method says about one week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdict {
    /// The week's index.
    pub at: usize,
    /// The count up to which the past explains the week; `None` where there is none.
    pub bound: Option<f64>,
    /// Whether the count is above; `None` where that cannot be said.
    pub alarm: Option<bool>,
}

/// Checks counts (0 to 1e9 where present) and that the judged weeks lie inside.
fn checked(counts: &[f64], weeks: &Range<usize>) -> Result<(), Refusal> {
    if counts.is_empty() {
        return Err(Refusal::Empty { what: "count" });
    }
    if let Some(row) = counts.iter().position(|count| count.is_infinite()) {
        return Err(Refusal::NotFinite { what: "count", row });
    }
    // A larger count is a mistake, and its quantiles would take minutes.
    if let Some(&value) = counts.iter().find(|&&count| !(0.0..=1e9).contains(&count) && !count.is_nan()) {
        return Err(Refusal::OutOfRange { what: "count", value, allowed: "0 to 1e9" });
    }
    if weeks.start >= weeks.end {
        return Err(Refusal::Empty { what: "weeks" });
    }
    if weeks.end > counts.len() {
        return Err(Refusal::TooFew { what: "count", found: counts.len(), needed: weeks.end });
    }
    Ok(())
}

/// Refuses a probability outside (0, 1).
fn probability(what: &'static str, value: f64) -> Result<(), Refusal> {
    if value > 0.0 && value < 1.0 {
        Ok(())
    } else {
        Err(Refusal::OutOfRange { what, value, allowed: "(0, 1)" })
    }
}

/// Refuses a number that is not finite and above 0.
fn positive(what: &'static str, value: f64) -> Result<(), Refusal> {
    if value > 0.0 && value.is_finite() {
        Ok(())
    } else {
        Err(Refusal::OutOfRange { what, value, allowed: "> 0" })
    }
}

/// Refuses when week `at` has fewer than `needed` weeks before it.
fn enough_past(at: usize, needed: usize) -> Result<(), Refusal> {
    if at < needed {
        Err(Refusal::TooFew { what: "weeks before the first judged one", found: at, needed })
    } else {
        Ok(())
    }
}

/// `count > bound`, unless either is missing.
fn above(count: f64, bound: Option<f64>) -> Option<bool> {
    bound.filter(|_| !count.is_nan()).map(|bound| count > bound)
}
