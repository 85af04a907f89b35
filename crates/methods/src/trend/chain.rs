//! Chain indices: from links to a series on one base, and back.
//!
//! **What it answers.** How high does a figure stand against a base year, if only changes against the previous
//! year are known? And how do two series with different bases become one?
//!
//! **Formula.** `I_t = I_{t−1} · L_t / 100` with links `L` (previous period = 100); `L_t = 100 I_t / I_{t−1}`;
//! another base divides by the index there; splicing scales the old series by the mean ratio over the overlap.
//!
//! **Source.** *Consumer Price Index Manual* (ILO and others, 2020), chapter 9; the fixed-base and
//! previous-period indices of the National Bureau of Statistics of China.
//!
//! **When not to use it.** Links of a figure that changes sign. Splicing assumes that both series moved alike
//! before the overlap: mark the break all the same.

use crate::refusal::{Refusal, at_least, finite, same_length};

/// The series on a fixed base from `links` (previous period = 100), beginning with `base` for the period before
/// the first link: one value more than links.
///
/// Errors: a value that is not finite, or not above 0.
///
/// ```
/// let it = zhiheng_methods::trend::chain::chain(&[110.0, 105.0], 100.0).unwrap();
/// assert_eq!(it, [100.0, 110.0, 115.5]);
/// ```
pub fn chain(links: &[f64], base: f64) -> Result<Vec<f64>, Refusal> {
    positive("link", links)?;
    positive("base", &[base])?;
    let mut index = Vec::with_capacity(links.len() + 1);
    index.push(base);
    let mut here = base;
    for link in links {
        here = here * link / 100.0;
        index.push(here);
    }
    positive("index", &index)?;
    Ok(index)
}

/// Links (previous period = 100) of a series: one fewer than values.
///
/// Errors: as [`chain`]; fewer than two values.
pub fn links(index: &[f64]) -> Result<Vec<f64>, Refusal> {
    at_least("index", index.len(), 2)?;
    positive("index", index)?;
    Ok(index.windows(2).map(|pair| 100.0 * pair[1] / pair[0]).collect())
}

/// The series with `base` (usually 100) at row `at`.
///
/// Errors: as [`chain`]; a row beyond the end.
pub fn rebase(index: &[f64], at: usize, base: f64) -> Result<Vec<f64>, Refusal> {
    positive("index", index)?;
    positive("base", &[base])?;
    let Some(here) = index.get(at) else {
        return Err(Refusal::OutOfRange { what: "row", value: at as f64, allowed: "rows of the series" });
    };
    let rebased: Vec<f64> = index.iter().map(|value| base * value / here).collect();
    positive("index", &rebased)?;
    Ok(rebased)
}

/// One series from an old and a new one whose last and first `overlap` periods are the same: the old one on the
/// new one's level, then the new one.
///
/// The ratio is that of the sums over the overlap. Errors: as [`chain`]; no overlap, or one longer than a
/// series.
///
/// ```
/// let it = zhiheng_methods::trend::chain::splice(&[100.0, 120.0], &[60.0, 66.0], 1).unwrap();
/// assert_eq!(it, [50.0, 60.0, 66.0]);
/// ```
pub fn splice(old: &[f64], new: &[f64], overlap: usize) -> Result<Vec<f64>, Refusal> {
    positive("old index", old)?;
    positive("new index", new)?;
    if overlap == 0 || overlap > old.len() || overlap > new.len() {
        let value = overlap as f64;
        return Err(Refusal::OutOfRange { what: "overlap", value, allowed: "1 to the shorter series" });
    }
    let kept = old.len() - overlap;
    let total = |part: &[f64]| crate::sum::sum(part.iter().copied());
    let ratio = total(&new[..overlap]) / total(&old[kept..]);
    let spliced: Vec<f64> =
        old[..kept].iter().map(|value| value * ratio).chain(new.iter().copied()).collect();
    positive("index", &spliced)?;
    Ok(spliced)
}

/// A chained index of several parts: in every period the parts' links, weighted with their shares of the
/// previous period, are chained.
///
/// `levels[period][part]` are prices or ratings, `shares[period][part]` the weights of that period (any scale).
/// Errors: fewer than two periods; rows of different lengths; values not above 0; shares below 0 or all 0.
///
/// ```
/// use zhiheng_methods::trend::chain::chain_weighted;
/// let levels = [vec![100.0, 200.0], vec![110.0, 200.0]];
/// // 0.25 · 110 + 0.75 · 100
/// let it = chain_weighted(&levels, &[vec![1.0, 3.0], vec![1.0, 1.0]], 100.0).unwrap();
/// assert!(it[0] == 100.0 && (it[1] - 102.5).abs() < 1e-12);
/// ```
pub fn chain_weighted<R: AsRef<[f64]>>(levels: &[R], shares: &[R], base: f64) -> Result<Vec<f64>, Refusal> {
    at_least("level", levels.len(), 2)?;
    same_length("share", shares.len(), levels.len())?;
    let parts = levels[0].as_ref().len();
    at_least("level", parts, 1)?;
    for row in 0..levels.len() {
        positive("level", levels[row].as_ref())?;
        same_length("level", levels[row].as_ref().len(), parts)?;
        same_length("share", shares[row].as_ref().len(), parts)?;
        finite("share", shares[row].as_ref())?;
    }
    let mut all = Vec::with_capacity(levels.len() - 1);
    for row in 1..levels.len() {
        let (now, before) = (levels[row].as_ref(), levels[row - 1].as_ref());
        let shares = shares[row - 1].as_ref();
        let total = crate::sum::sum(shares.iter().copied());
        if total <= 0.0 || shares.iter().any(|share| *share < 0.0) {
            return Err(Refusal::OutOfRange { what: "share", value: total, allowed: ">= 0, not all 0" });
        }
        let terms = (0..parts).map(|part| shares[part] * (now[part] / before[part]));
        all.push(100.0 * crate::sum::sum(terms) / total);
    }
    chain(&all, base)
}

/// Refuses values that are not finite or not above 0.
pub(super) fn positive(what: &'static str, values: &[f64]) -> Result<(), Refusal> {
    finite(what, values)?;
    match values.iter().find(|value| **value <= 0.0) {
        None => Ok(()),
        Some(&value) => Err(Refusal::OutOfRange { what, value, allowed: "> 0" }),
    }
}
