//! EARS C1, C2 and C3: the last days or weeks against the few just before them.
//!
//! **What it answers.** Is this count above what the last `baseline` counts explain? Works after a week,
//! needs no history.
//!
//! **Formula.** With mean `m` and standard deviation `s` (at least `sigma_min`) of the baseline, the bound is
//! `m + z₁₋ₐ s`. C1 takes the `baseline` counts just before, C2 leaves the last two out, so that a beginning
//! outbreak does not raise its own bound. C3 adds the excess of the two days before over C2:
//! `C3 = C2(t) + Σ max(0, C2(t−i) − 1), i = 1, 2`, where `C2(t) = (x − m)/s`; its bound is the count at which
//! C3 reaches `z₁₋ₐ`.
//!
//! **Source.** Hutwagner, Thompson, Seeman and Treadwell (2003), *Journal of Urban Health* 80(2 suppl
//! 1):i89–i96; Fricker, Hegler and Dunfee (2008), *Statistics in Medicine* 27:3407–3429 (the form of C3).
//! Equals R `surveillance::earsC`.
//!
//! **When not to use it.** With a season, a trend or day-of-week effects: they are not modelled. Where
//! counts are mostly 0 the deviation is 0 and any count alarms: set `sigma_min` (0.5 is usual). Its alarms
//! are many: see [`super::budget`].

use super::{Verdict, above, checked, enough_past, probability};
use crate::refusal::Refusal;
use crate::special::normal_upper_quantile;
use crate::sum::{mean, variance};
use std::ops::Range;

/// Which of the three.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Mild: the baseline ends just before.
    C1,
    /// Medium: two steps lie between.
    C2,
    /// Ultra: C2 with the excess of the two steps between.
    C3,
}

/// Options of [`detect`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ears {
    /// Which of the three.
    pub method: Method,
    /// Length of the baseline, at least 3.
    pub baseline: usize,
    /// The least standard deviation assumed.
    pub sigma_min: f64,
    /// Probability of a false alarm per step, if counts were normal.
    pub alpha: f64,
}

impl Ears {
    /// The usual options: baseline 7, `alpha` 0.001 for C1 and C2, 0.025 for C3.
    pub fn new(method: Method) -> Self {
        Self { method, baseline: 7, sigma_min: 0.0, alpha: if method == Method::C3 { 0.025 } else { 0.001 } }
    }
}

/// A verdict on each of `weeks`.
///
/// `counts`: one per step, oldest first. A missing step leaves the bounds without a value whose baseline
/// (or, for C3, preceding two steps) it lies in. C3 also has no bound where a preceding step and its
/// baseline do not vary at all and `sigma_min` is 0.
///
/// Refuses counts that are negative or infinite, a baseline below 3, a negative `sigma_min`, an `alpha`
/// outside (0, 1), and weeks with less than `baseline` (C2: + 2, C3: + 4) steps before them.
///
/// ```
/// use zhiheng_methods::early_warning::ears::{Ears, Method, detect};
/// // Mean 2, deviation 1: the bound is 2 + 3.0902 (the 0.999 quantile of the normal distribution)
/// let counts = [1.0, 2.0, 3.0, 1.0, 2.0, 3.0, 2.0, 7.0];
/// let it = detect(&counts, 7..8, &Ears { sigma_min: 1.0, ..Ears::new(Method::C1) }).unwrap();
/// assert_eq!(format!("{:.4} {:?}", it[0].bound.unwrap(), it[0].alarm), "5.0902 Some(true)");
/// ```
pub fn detect(counts: &[f64], weeks: Range<usize>, options: &Ears) -> Result<Vec<Verdict>, Refusal> {
    checked(counts, &weeks)?;
    probability("alpha", options.alpha)?;
    if options.baseline < 3 {
        let value = options.baseline as f64;
        return Err(Refusal::OutOfRange { what: "baseline", value, allowed: ">= 3" });
    }
    if !(options.sigma_min >= 0.0 && options.sigma_min.is_finite()) {
        return Err(Refusal::OutOfRange { what: "sigma_min", value: options.sigma_min, allowed: ">= 0" });
    }
    let gap = match options.method {
        Method::C1 => 0,
        Method::C2 => 2,
        Method::C3 => 4,
    };
    enough_past(weeks.start, options.baseline.saturating_add(gap))?;
    let z = normal_upper_quantile(options.alpha);
    let verdict = |at: usize| {
        let bound = match options.method {
            Method::C1 => simple(counts, at, options, z),
            Method::C2 => simple(counts, at - 2, options, z),
            Method::C3 => cumulated(counts, at, options, z),
        };
        let bound = if bound.is_nan() { None } else { Some(bound) };
        Verdict { at, bound, alarm: above(counts[at], bound) }
    };
    Ok(weeks.map(verdict).collect())
}

/// Mean and deviation of the baseline that ends before `end`.
fn moments(counts: &[f64], end: usize, options: &Ears) -> (f64, f64) {
    let past = &counts[end - options.baseline..end];
    let deviation = libm::sqrt(variance(past));
    // f64::max would take sigma_min for a missing deviation
    (mean(past), if deviation.is_nan() { deviation } else { deviation.max(options.sigma_min) })
}

fn simple(counts: &[f64], end: usize, options: &Ears, z: f64) -> f64 {
    let (mean, deviation) = moments(counts, end, options);
    mean + z * deviation
}

fn cumulated(counts: &[f64], at: usize, options: &Ears, z: f64) -> f64 {
    let excess = |back: usize| {
        let (mean, deviation) = moments(counts, at - back - 2, options);
        let over = (counts[at - back] - mean) / deviation - 1.0;
        if over.is_nan() { over } else { over.max(0.0) }
    };
    let (_, deviation) = moments(counts, at - 2, options);
    let bound = counts[at] + deviation * (z - (excess(2) + excess(1)));
    if bound.is_nan() { bound } else { bound.max(0.0) }
}
