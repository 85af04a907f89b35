//! Weights that come from the data.
//!
//! **What it answers.** Which criteria tell the alternatives apart, and how much weight would that give them?
//!
//! **Formula.** All are divided by their sum over the criteria. With `p = x/Σx`: entropy `1 + Σ p ln p/ln n`; standard
//! deviation (of the values as they are) and variance (after min-max), divisor n − 1; CRITIC `s Σ_k (1 − r_jk)` after
//! min-max; Gini's mean difference `ΣΣ|x_i − x_k|/(2n²x̄)`; angle `arccos(1/(‖p‖√n))`; LOPCOW `|100 ln(rms/s)|` after
//! min-max; MEREC `Σ |S′ − S|`, `S = ln(1 + Σ|ln r|/m)` and `S′` the same without the criterion; CILOS the fixed point of
//! relative losses; IDOCRIW the product of entropy and CILOS. PCA: see [`pca_first`], [`pca_kaiser`].
//!
//! **Source.** Shannon (1948), *Bell System Technical Journal* 27:379–423; Diakoulaki, Mavrotas and Papayannakis (1995),
//! *Computers & Operations Research* 22:763–770 (CRITIC); Keshavarz-Ghorabaee, Amiri, Zavadskas, Turskis and
//! Antucheviciene (2021), *Symmetry* 13:525 (MEREC); Zavadskas and Podvezko (2016), *International Journal of Information
//! Technology & Decision Making* 15:267–283 (CILOS, IDOCRIW); Ecer and Pamucar (2022), *Omega* 112:102690 (LOPCOW);
//! Shuai, Zongzhun, Yongji and Lei (2012), *Telkomnika* 10:1041–1049 (angle); Li, Wang and Wei (2009) (Gini); OECD and
//! JRC (2008), *Handbook on Constructing Composite Indicators*, pp. 89–91 (PCA).
//!
//! **When not to use it.** None of them knows what matters: they reward spread, errors included. `standard_deviation`
//! depends on the units of measurement. Weights for a public index are a decision, to be made and named; these show what the
//! data would say.

use nalgebra::{DMatrix, DVector};

use super::check_criteria;
use super::eigen::principal_components;
use super::scaling::{Scaling, positive, scale};
use crate::composite::{Direction, range};
use crate::refusal::{Refusal, same_length};
use crate::sum::{mean, sum, variance};

/// The same for all of `n` criteria.
pub fn equal(n: usize) -> Result<Vec<f64>, Refusal> {
    shares(vec![1.0; n])
}

/// By entropy: criteria whose values are spread unevenly weigh more. Values must not be negative.
///
/// ```
/// use zhiheng_methods::decision::weights::entropy;
/// let it = entropy(&[vec![1.0, 1.0], vec![1.0, 3.0]]).unwrap();
/// assert_eq!(it, [0.0, 1.0]);
/// ```
pub fn entropy(criteria: &[Vec<f64>]) -> Result<Vec<f64>, Refusal> {
    check_criteria(criteria)?;
    let one = |column: &Vec<f64>| {
        let total = total_of(column)?;
        // x ln x is 0 at 0
        let terms = column.iter().map(|x| x / total).map(|p| if p > 0.0 { p * libm::log(p) } else { 0.0 });
        let left = 1.0 + sum(terms) / libm::log(column.len() as f64);
        // equal values have an entropy of 1 up to rounding
        Ok(if left > 1e-15 { left } else { 0.0 })
    };
    shares(each(criteria, one)?)
}

/// By standard deviation of the values as they are: depends on their units.
pub fn standard_deviation(criteria: &[Vec<f64>]) -> Result<Vec<f64>, Refusal> {
    check_criteria(criteria)?;
    shares(criteria.iter().map(|column| variance(column).sqrt()).collect())
}

/// By variance after min-max scaling.
pub fn variance_weights(criteria: &[Vec<f64>]) -> Result<Vec<f64>, Refusal> {
    check_criteria(criteria)?;
    shares(each(criteria, |column| Ok(variance(&scale(column, UP, Scaling::MinMax)?)))?)
}

/// CRITIC: spread times disagreement with the other criteria. Costs are turned round first, as in the source; pymcdm takes
/// all for benefits.
pub fn critic(criteria: &[Vec<f64>], directions: &[Direction]) -> Result<Vec<f64>, Refusal> {
    check_criteria(criteria)?;
    same_length("directions", directions.len(), criteria.len())?;
    refuse_constant(criteria)?;
    let scaled = criteria.iter().zip(directions).map(|(column, &way)| scale(column, way, Scaling::MinMax));
    let scaled = scaled.collect::<Result<Vec<_>, _>>()?;
    let one = |column: &Vec<f64>| {
        let conflict = sum(scaled.iter().map(|other| 1.0 - correlation(column, other).unwrap_or(0.0)));
        // 1 − r of a criterion with itself is rounding, and so is all conflict of perfectly correlated ones
        variance(column).sqrt() * if conflict > 1e-14 { conflict } else { 0.0 }
    };
    shares(scaled.iter().map(one).collect())
}

/// By Gini's coefficient. Values must not be negative.
pub fn gini(criteria: &[Vec<f64>]) -> Result<Vec<f64>, Refusal> {
    check_criteria(criteria)?;
    let one = |column: &Vec<f64>| {
        let total = total_of(column)?;
        let n = column.len() as f64;
        let mut sorted = column.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        // ΣΣ|x_i − x_k| is 2 Σ (2i − n − 1) x_(i), here about the least value so that equal values give exactly 0
        let least = range(column).0;
        let terms = sorted.iter().enumerate().map(|(i, x)| (2.0 * i as f64 + 1.0 - n) * (x - least));
        Ok(sum(terms) / (n * total))
    };
    shares(each(criteria, one)?)
}

/// By the angle to a criterion that does not vary. Positive values.
pub fn angle(criteria: &[Vec<f64>]) -> Result<Vec<f64>, Refusal> {
    check_criteria(criteria)?;
    let one = |column: &Vec<f64>| {
        positive(column)?;
        let (length, total) = (sum(column.iter().map(|x| x * x)).sqrt(), sum(column.iter().copied()));
        Ok(libm::acos((total / (length * (column.len() as f64).sqrt())).min(1.0)))
    };
    shares(each(criteria, one)?)
}

/// LOPCOW. Refuses criteria that do not vary.
pub fn lopcow(criteria: &[Vec<f64>], directions: &[Direction]) -> Result<Vec<f64>, Refusal> {
    check_criteria(criteria)?;
    same_length("directions", directions.len(), criteria.len())?;
    refuse_constant(criteria)?;
    let one = |(column, &way): (&Vec<f64>, &Direction)| {
        let scaled = scale(column, way, Scaling::MinMax)?;
        let squares = sum(scaled.iter().map(|x| x * x)) / scaled.len() as f64;
        Ok((100.0 * libm::log((squares / variance(&scaled)).sqrt())).abs())
    };
    shares(criteria.iter().zip(directions).map(one).collect::<Result<Vec<_>, Refusal>>()?)
}

/// MEREC: what the alternatives' standing loses without the criterion. Positive values.
pub fn merec(criteria: &[Vec<f64>], directions: &[Direction]) -> Result<Vec<f64>, Refusal> {
    check_criteria(criteria)?;
    same_length("directions", directions.len(), criteria.len())?;
    let mut logs = Vec::with_capacity(criteria.len());
    for (column, &way) in criteria.iter().zip(directions) {
        positive(column)?;
        let (low, high) = range(column);
        let share = |x: f64| if way == Direction::HigherIsBetter { low / x } else { x / high };
        logs.push(column.iter().map(|&x| libm::log(share(x)).abs()).collect::<Vec<f64>>());
    }
    let m = criteria.len() as f64;
    let all: Vec<f64> = (0..criteria[0].len())
        .map(|alternative| sum(logs.iter().map(|column| column[alternative])))
        .collect();
    let one = |column: &Vec<f64>| {
        let lost = |(log, all): (&f64, &f64)| {
            // ln((1 + a)/(1 + b)) as ln(1 + (a − b)/(1 + b)), which keeps the digits of small losses
            libm::log1p(log / m / (1.0 + (all - log).max(0.0) / m))
        };
        sum(column.iter().zip(&all).map(lost))
    };
    shares(logs.iter().map(one).collect())
}

/// CILOS: by the impact a criterion's optimum would have on the others. Positive values, at least two criteria that vary.
pub fn cilos(criteria: &[Vec<f64>], directions: &[Direction]) -> Result<Vec<f64>, Refusal> {
    check_criteria(criteria)?;
    same_length("directions", directions.len(), criteria.len())?;
    let m = criteria.len();
    let mut scaled = Vec::with_capacity(m);
    for (column, &way) in criteria.iter().zip(directions) {
        positive(column)?;
        let low = range(column).0;
        let up: Vec<f64> =
            column.iter().map(|x| if way == Direction::LowerIsBetter { low / x } else { *x }).collect();
        scaled.push(scale(&up, UP, Scaling::Sum)?);
    }
    let best: Vec<usize> = scaled.iter().map(|column| first_greatest(column)).collect();
    let mut losses = DMatrix::from_fn(m, m, |i, j| 1.0 - scaled[j][best[i]] / scaled[j][best[j]]);
    for j in 0..m {
        losses[(j, j)] = -(losses.column(j).sum() - losses[(j, j)]);
    }
    // one equation follows from the others: the weights' sum takes its place
    losses.row_mut(m - 1).fill(1.0);
    let mut right = DVector::zeros(m);
    right[m - 1] = 1.0;
    let solved = losses.clone().lu().solve(&right).filter(|q| q.iter().all(|x| x.is_finite() && *x > -1e-12));
    let solved = solved.filter(|q| (&losses * q - &right).amax() < 1e-9);
    let solved = solved.ok_or(Refusal::Singular { what: "matrix of relative losses" })?;
    shares(solved.iter().map(|x| x.max(0.0)).collect())
}

/// IDOCRIW: entropy times CILOS.
pub fn idocriw(criteria: &[Vec<f64>], directions: &[Direction]) -> Result<Vec<f64>, Refusal> {
    let (spread, loss) = (entropy(criteria)?, cilos(criteria, directions)?);
    shares(spread.iter().zip(loss).map(|(a, b)| a * b).collect())
}

/// PCA, first component only: the squares of its loadings.
pub fn pca_first(criteria: &[Vec<f64>]) -> Result<Vec<f64>, Refusal> {
    let components = principal_components(criteria)?;
    shares(components.vectors.into_iter().next().unwrap_or_default().iter().map(|x| x * x).collect())
}

/// PCA, all components with a variance above 1 (Kaiser; at least the first): squared loadings weighted by the variances.
pub fn pca_kaiser(criteria: &[Vec<f64>]) -> Result<Vec<f64>, Refusal> {
    let it = principal_components(criteria)?;
    let kept = it.variances.iter().filter(|&&variance| variance > 1.0 + 1e-12).count().max(1);
    let one = |j: usize| sum((0..kept).map(|k| it.variances[k] * it.vectors[k][j] * it.vectors[k][j]));
    shares((0..criteria.len()).map(one).collect())
}

/// Pearson's correlation; `None` for fewer than two values or one that does not vary.
///
/// ```
/// let r = zhiheng_methods::decision::weights::correlation(&[1.0, 2.0, 4.0], &[2.0, 4.0, 8.0]);
/// assert!((r.unwrap() - 1.0).abs() < 1e-15);
/// ```
pub fn correlation(a: &[f64], b: &[f64]) -> Option<f64> {
    if a.len() != b.len() || a.len() < 2 {
        return None;
    }
    let (centre_a, centre_b) = (mean(a), mean(b));
    let off = |values: &[f64], centre: f64| values.iter().map(|x| x - centre).collect::<Vec<f64>>();
    let (a, b) = (off(a, centre_a), off(b, centre_b));
    // scaled by the largest distance, so that squares neither overflow nor vanish
    let largest = |off: &[f64]| off.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
    let (most_a, most_b) = (largest(&a), largest(&b));
    // what rounding alone leaves of equal values is no variation
    let noise = |most: f64, centre: f64| most.is_nan() || most <= 1e-15 * centre.abs() || most == 0.0;
    if noise(most_a, centre_a) || noise(most_b, centre_b) {
        return None;
    }
    let product = |x: &[f64], y: &[f64], scale: (f64, f64)| {
        sum(x.iter().zip(y).map(|(x, y)| x / scale.0 * (y / scale.1)))
    };
    let r = product(&a, &b, (most_a, most_b))
        / (product(&a, &a, (most_a, most_a)) * product(&b, &b, (most_b, most_b))).sqrt();
    Some(r.clamp(-1.0, 1.0)).filter(|r| !r.is_nan())
}

const UP: Direction = Direction::HigherIsBetter;

fn each(criteria: &[Vec<f64>], one: impl Fn(&Vec<f64>) -> Result<f64, Refusal>) -> Result<Vec<f64>, Refusal> {
    criteria.iter().map(one).collect()
}

/// The sum of values that are not negative.
fn total_of(column: &[f64]) -> Result<f64, Refusal> {
    if let Some(&value) = column.iter().find(|&&value| value < 0.0) {
        return Err(Refusal::OutOfRange { what: "criterion", value, allowed: ">= 0" });
    }
    let total = sum(column.iter().copied());
    super::scaling::other_than_zero(total)?;
    Ok(total)
}

fn refuse_constant(criteria: &[Vec<f64>]) -> Result<(), Refusal> {
    match criteria.iter().position(|column| correlation(column, column).is_none()) {
        Some(at) => Err(Refusal::NoVariation { what: format!("criterion {at}") }),
        None => Ok(()),
    }
}

fn first_greatest(column: &[f64]) -> usize {
    let mut best = 0;
    for (at, value) in column.iter().enumerate() {
        if *value > column[best] {
            best = at;
        }
    }
    best
}

/// Divides by the sum; refuses if nothing weighs anything.
fn shares(raw: Vec<f64>) -> Result<Vec<f64>, Refusal> {
    let total = sum(raw.iter().copied());
    if raw.is_empty() {
        Err(Refusal::Empty { what: "criteria" })
    } else if total > 0.0 && total.is_finite() {
        Ok(raw.into_iter().map(|weight| weight / total).collect())
    } else {
        Err(Refusal::NoVariation { what: "criteria".into() })
    }
}
