//! How far a recall came.
//!
//! **What it answers.** Of all affected units, how many were remedied or taken back, how sure is that where only a
//! sample of owners was asked, and how long did half of it take?
//!
//! **Formula.** Completion `c = (remedied + taken back)/affected`: a count of a finite population, without
//! sampling error. From a sample of `n` units out of `N`, `x` of them remedied: the numbers `K` of remedied units
//! for which neither tail of the hypergeometric distribution at `x` is below `(1 − level)/2`; exact, never
//! covering less than the level. Time to a share: the first crossing of the stage reports, straight between them.
//!
//! **Source.** GB/T 40993-2021 (return rate of consumer goods), GB/T 39603-2020 (completion rate of vehicles);
//! Wright (1997), *The American Statistician* 51:309–315, after Katz (1953), *Journal of the American Statistical
//! Association* 48:256–261 (limits for finite populations). Points and grades of GB/T 40993 are not here: to be
//! confirmed.
//!
//! **When not to use it.** The interval holds for a random sample: owners who answer a letter are not one. Units
//! exported or scrapped leave the population only with proof. A completion rate says nothing about the units left:
//! their number times the probability of injury is the risk that remains.

use crate::halving::first;
use crate::interval::{Interval, level_tail};
use crate::refusal::{Refusal, at_least};
use crate::special::hypergeometric_pmf;

/// A completion rate of the whole population.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Completion {
    /// Units remedied or taken back.
    pub done: u64,
    /// Units left.
    pub left: u64,
    /// Share done.
    pub share: f64,
}

/// The completion of a recall of `affected` units.
///
/// Refuses no affected unit, and more done than affected.
///
/// ```
/// let it = zhiheng_methods::risk::recall::completion(7_300, 450, 10_000).unwrap();
/// assert_eq!((it.done, it.left, it.share), (7_750, 2_250, 0.775));
/// ```
pub fn completion(remedied: u64, taken_back: u64, affected: u64) -> Result<Completion, Refusal> {
    if affected == 0 {
        return Err(Refusal::Empty { what: "affected" });
    }
    let done = remedied.checked_add(taken_back).filter(|done| *done <= affected).ok_or_else(|| {
        let what = format!("{remedied} remedied and {taken_back} taken back of {affected} affected units");
        Refusal::Contradiction { what }
    })?;
    Ok(Completion { done, left: affected - done, share: done as f64 / affected as f64 })
}

/// A completion rate estimated from a sample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Share of the sample.
    pub share: f64,
    /// Fewest remedied units in the population.
    pub units_low: u64,
    /// Most remedied units in the population.
    pub units_high: u64,
    /// The same as shares of the population.
    pub interval: Interval,
}

/// The remedied units of a population of `population`, from `x` of `n` sampled ones.
///
/// Refuses an empty sample, a sample larger than the population, more remedied than sampled, a population above
/// 2³² and a level outside (0, 1).
///
/// ```
/// // 18 of 20 asked out of 200 owners
/// let it = zhiheng_methods::risk::recall::from_sample(18, 20, 200, 0.95).unwrap();
/// assert_eq!((it.units_low, it.units_high), (139, 197));
/// // nobody was left unasked
/// let it = zhiheng_methods::risk::recall::from_sample(18, 20, 20, 0.95).unwrap();
/// assert_eq!((it.units_low, it.units_high), (18, 18));
/// ```
pub fn from_sample(x: u64, n: u64, population: u64, level: f64) -> Result<Estimate, Refusal> {
    if n == 0 {
        return Err(Refusal::Empty { what: "sample" });
    }
    if x > n || n > population {
        let what = format!("{x} remedied of {n} sampled of {population} affected units");
        return Err(Refusal::Contradiction { what });
    }
    if population > 1 << 32 {
        return Err(Refusal::OutOfRange {
            what: "population",
            value: population as f64,
            allowed: "1 to 2^32",
        });
    }
    let tail = level_tail(level)?;
    // P(X >= x) rises with K, P(X <= x) falls: the set between is found by halving.
    let (fewest, most) = (x, population - (n - x));
    let units_low = first(fewest, most, |k| upper_tail(x, n, k, population) > tail);
    let units_high =
        population - first(n - x, population - x, |k| upper_tail(n - x, n, k, population) > tail);
    let size = population as f64;
    Ok(Estimate {
        share: x as f64 / n as f64,
        units_low,
        units_high,
        interval: Interval::new(units_low as f64 / size, units_high as f64 / size),
    })
}

/// `P(X >= x)` when `k` of the population are remedied and `n` are drawn: summed from the end that is nearer, by
/// the ratio of neighbours.
fn upper_tail(x: u64, n: u64, k: u64, population: u64) -> f64 {
    let others = population - k;
    let (least, greatest) = (n.saturating_sub(others), n.min(k));
    if x <= least {
        return 1.0;
    }
    if x > greatest {
        return 0.0;
    }
    let (kf, nf, of) = (k as f64, n as f64, others as f64);
    let mode = (nf + 1.0) * (kf + 1.0) / (population as f64 + 2.0);
    if x as f64 > mode {
        // p(j + 1)/p(j) = (k − j)(n − j)/((j + 1)(others − n + j + 1))
        let (mut term, mut total) = (1.0, 1.0);
        for j in x..greatest {
            let j = j as f64;
            term *= (kf - j) * (nf - j) / ((j + 1.0) * (of - nf + j + 1.0));
            total += term;
            if term < total * 1e-17 {
                break;
            }
        }
        (hypergeometric_pmf(x, k, others, n) * total).min(1.0)
    } else {
        // 1 − P(X <= x − 1), from x − 1 downwards
        let (mut term, mut total) = (1.0, 1.0);
        for j in (least + 1..x).rev() {
            let j = j as f64;
            term *= j * (of - nf + j) / ((kf - j + 1.0) * (nf - j + 1.0));
            total += term;
            if term < total * 1e-17 {
                break;
            }
        }
        (1.0 - hypergeometric_pmf(x - 1, k, others, n) * total).max(0.0)
    }
}

/// The time at which `share` of the units was done, from stage reports of (time, share done).
///
/// `None` when the reports end below it. Refuses no report, times that do not rise, shares that fall or leave
/// 0–1, NaN, and a `share` outside 0–1. Before the first report nothing is known: a share it already holds is
/// answered with its time.
///
/// ```
/// use zhiheng_methods::risk::recall::time_to;
/// let reports = [(0.0, 0.0), (90.0, 0.35), (180.0, 0.60)];
/// assert!((time_to(0.5, &reports).unwrap().unwrap() - 144.0).abs() < 1e-9);
/// assert_eq!(time_to(0.9, &reports).unwrap(), None);
/// ```
pub fn time_to(share: f64, reports: &[(f64, f64)]) -> Result<Option<f64>, Refusal> {
    at_least("reports", reports.len(), 1)?;
    for (row, &(time, done)) in reports.iter().enumerate() {
        if !time.is_finite() {
            return Err(Refusal::NotFinite { what: "time", row });
        }
        if !(0.0..=1.0).contains(&done) {
            return Err(Refusal::OutOfRange { what: "share done", value: done, allowed: "0 to 1" });
        }
    }
    if !(0.0..=1.0).contains(&share) {
        return Err(Refusal::OutOfRange { what: "share", value: share, allowed: "0 to 1" });
    }
    if reports.windows(2).any(|pair| pair[1].0 <= pair[0].0 || pair[1].1 < pair[0].1) {
        let what = "times of the reports must rise and shares must not fall".to_owned();
        return Err(Refusal::Contradiction { what });
    }
    let Some(after) = reports.iter().position(|(_, done)| *done >= share) else { return Ok(None) };
    let (time, done) = reports[after];
    let Some((earlier, less)) = after.checked_sub(1).and_then(|i| reports.get(i)).copied() else {
        return Ok(Some(time));
    };
    Ok(Some(earlier + (time - earlier) * (share - less) / (done - less)))
}
