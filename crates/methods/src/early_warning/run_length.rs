//! How long a Poisson CUSUM runs until it alarms, and the limit for a wanted length.
//!
//! **What it answers.** With limit `h` and reference value `k`, after how many weeks does the chart alarm
//! on average, if nothing happens and if something does? Which `h` gives one false alarm in, say, 500
//! weeks?
//!
//! **Formula.** The sum `S = max(0, S + x − k)`, with alarm at `S ≥ h`, is a Markov chain on multiples of
//! `1/grid`; the average run lengths solve `(I − R) a = 1` with the transitions `R` that do not alarm. The
//! best `k` for a change of the mean from `μ₀` to `μ₁` is `(μ₁ − μ₀)/(ln μ₁ − ln μ₀)`.
//!
//! **Source.** Brook and Evans (1972), *Biometrika* 59:539–549; Hawkins and Olwell (1998), *Cumulative Sum
//! Charts*, 6. Equals R `surveillance::arlCusum` and `findK`.
//!
//! **When not to use it.** Where counts are overdispersed or the mean changes with the season: run lengths
//! are then shorter than computed.

use super::positive;
use crate::refusal::Refusal;
use crate::special::{gamma_upper, poisson_pmf};
use nalgebra::{DMatrix, DVector};

/// Average numbers of weeks until the alarm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RunLength {
    /// From a sum of 0.
    pub from_zero: f64,
    /// From half the limit: the chart with a fast start.
    pub fast_start: f64,
}

/// Run lengths of the chart at a mean count of `mean` per week.
///
/// `k` and `h` are taken as multiples of `1/grid` (1 to 100), rounded to it.
///
/// Refuses a mean or limit that is not above 0, a negative `k`, a grid outside 1–100, more than 1000 states
/// (`h · grid`), and a chart that never alarms as far as numbers can tell.
///
/// ```
/// use zhiheng_methods::early_warning::run_length::of;
/// // h = 1, k = 0: the chart alarms with the first case, after 1/(1 − e^−½) weeks
/// let it = of(0.5, 0.0, 1.0, 1).unwrap();
/// assert!((it.from_zero - 1.0 / (1.0 - (-0.5_f64).exp())).abs() < 1e-12);
/// ```
pub fn of(mean: f64, k: f64, h: f64, grid: u32) -> Result<RunLength, Refusal> {
    positive("mean", mean)?;
    positive("h", h)?;
    if !(k >= 0.0 && k.is_finite()) {
        return Err(Refusal::OutOfRange { what: "k", value: k, allowed: ">= 0" });
    }
    if grid == 0 || grid > 100 {
        return Err(Refusal::OutOfRange { what: "grid", value: f64::from(grid), allowed: "1 to 100" });
    }
    let fine = f64::from(grid);
    if h * fine > 1000.5 || k * fine > 1e9 {
        return Err(Refusal::OutOfRange { what: "h", value: h, allowed: "h * grid <= 1000" });
    }
    let (states, reference) = (libm::round(h * fine).max(1.0) as i64, libm::round(k * fine) as i64);
    let grid = i64::from(grid);
    // A count of x moves the sum by x · grid − reference.
    let exactly = |move_by: i64| {
        let cases = move_by + reference;
        if cases >= 0 && cases % grid == 0 { poisson_pmf((cases / grid) as u64, mean) } else { 0.0 }
    };
    let at_most = |move_by: i64| {
        let cases = (move_by + reference).div_euclid(grid);
        if cases < 0 { 0.0 } else { gamma_upper(cases as f64 + 1.0, mean) }
    };
    let n = states as usize;
    let matrix = DMatrix::from_fn(n, n, |from, to| {
        let (from, to) = (from as i64, to as i64);
        let stays = if to == 0 { at_most(-from) } else { exactly(to - from) };
        f64::from(u8::from(from == to)) - stays
    });
    let never = Refusal::Singular { what: "chart that never alarms" };
    let Some(lengths) = matrix.lu().solve(&DVector::from_element(n, 1.0)) else { return Err(never) };
    let half = (n / 2).min(n - 1);
    let (from_zero, fast_start) = (lengths[0], lengths[half]);
    // Beyond this, 1 − R has lost its digits.
    if !(1.0 - 1e-9..=1e12).contains(&from_zero) {
        return Err(never);
    }
    Ok(RunLength { from_zero, fast_start })
}

/// The best reference value for a change of the mean.
///
/// Refuses means that are not above 0, or equal.
///
/// ```
/// use zhiheng_methods::early_warning::run_length::reference_value;
/// assert!((reference_value(1.0, 2.0).unwrap() - 1.0 / 2.0_f64.ln()).abs() < 1e-15);
/// ```
pub fn reference_value(mean: f64, changed: f64) -> Result<f64, Refusal> {
    positive("mean", mean)?;
    positive("changed mean", changed)?;
    if mean == changed {
        return Err(Refusal::NoVariation { what: "mean before and after the change".to_owned() });
    }
    Ok((changed - mean) / libm::log(changed / mean))
}

/// The least limit, a multiple of `1/grid`, whose chart runs at least `wanted` weeks on average without
/// change.
///
/// Refuses what [`of`] refuses, and a length that no limit within its states reaches.
///
/// ```
/// use zhiheng_methods::early_warning::run_length::{limit_for, of};
/// let h = limit_for(2.0, 2.5, 500.0, 2).unwrap();
/// assert!(of(2.0, 2.5, h, 2).unwrap().from_zero >= 500.0);
/// assert!(of(2.0, 2.5, h - 0.5, 2).unwrap().from_zero < 500.0);
/// ```
pub fn limit_for(mean: f64, k: f64, wanted: f64, grid: u32) -> Result<f64, Refusal> {
    if !(1.0..=1e9).contains(&wanted) {
        return Err(Refusal::OutOfRange { what: "wanted run length", value: wanted, allowed: "1 to 1e9" });
    }
    let fine = f64::from(grid.clamp(1, 100));
    // a chart that hardly ever alarms is long enough
    let enough = |steps: u32| match of(mean, k, f64::from(steps) / fine, grid) {
        Ok(it) => Ok(it.from_zero >= wanted),
        Err(Refusal::Singular { .. }) => Ok(true),
        Err(why) => Err(why),
    };
    let (mut low, mut high) = (0, 1);
    while !enough(high)? {
        low = high;
        high = (high * 2).min(1000);
        if low == high {
            return Err(Refusal::OutOfRange {
                what: "wanted run length",
                value: wanted,
                allowed: "reachable by h * grid <= 1000",
            });
        }
    }
    while high - low > 1 {
        let middle = u32::midpoint(low, high);
        if enough(middle)? {
            high = middle;
        } else {
            low = middle;
        }
    }
    Ok(f64::from(high) / fine)
}
