//! What changed a total: the logarithmic mean Divisia index (LMDI).
//!
//! **What it answers.** Energy use rose: how much of it because more was produced, because the mix of industries
//! shifted, and because each industry uses more or less per unit?
//!
//! **Formula.** A total `V = Σᵢ Vᵢ`, `Vᵢ = Πₖ xᵢₖ` over sectors `i` and factors `k`. Additive, LMDI-I:
//! `ΔVₖ = Σᵢ L(Vᵢᵀ, Vᵢ⁰) ln(xᵢₖᵀ/xᵢₖ⁰)`, `L(a, b) = (a − b)/ln(a/b)`; the effects add up to `Vᵀ − V⁰` without a
//! rest. Multiplicative: `Dₖ = exp Σᵢ wᵢ ln(xᵢₖᵀ/xᵢₖ⁰)`, with `wᵢ = L(Vᵢᵀ, Vᵢ⁰)/L(Vᵀ, V⁰)` (LMDI-I) or the
//! logarithmic means of the sectors' shares scaled to a sum of 1 (LMDI-II); the effects multiply to `Vᵀ/V⁰`.
//! A zero factor is met by its analytical limit: the sector's whole change belongs to the factors that were zero.
//!
//! **Source.** Ang (2005), *Energy Policy* 33:867–871; Ang (2015), *Energy Policy* 86:233–238 (I and II); Wood and
//! Lenzen (2006), *Energy Policy* 34:1326–1331, and Ang and Liu (2007), *Energy Policy* 35:238–246 (zeros).
//!
//! **When not to use it.** It splits, it does not explain: “intensity” is all that activity and structure leave,
//! prices and quality included; take output at constant prices. Results depend on how finely sectors are cut:
//! compare only equal cuts. LMDI-I adds up over sub-sectors, LMDI-II does not.

use crate::refusal::{Refusal, at_least, same_length};
use crate::sum::{Sum, sum};

/// Which weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weights {
    /// LMDI-I: consistent in aggregation.
    One,
    /// LMDI-II: weights sum to 1.
    Two,
}

/// Effects of the factors on the total.
#[derive(Debug, Clone, PartialEq)]
pub struct Effects {
    /// Total before.
    pub before: f64,
    /// Total after.
    pub after: f64,
    /// Per factor in the unit of the total; they add up to `after − before`.
    pub additive: Vec<f64>,
    /// Per factor as ratio; they multiply to `after/before`. Empty when a total is 0.
    pub multiplicative: Vec<f64>,
    /// `by_sector[i][k]`: the share of sector `i` in the additive effect of factor `k`.
    pub by_sector: Vec<Vec<f64>>,
}

/// Splits the change from `before` to `after`, each `[sector][factor]`.
///
/// Refuses no sector, fewer than 2 factors, other shapes, factors that are negative or not finite, and LMDI-II
/// where hardly any sector lives through both periods.
///
/// ```
/// use zhiheng_methods::energy::decomposition::{Weights, decompose};
/// // one sector that doubles its output and halves its intensity
/// let it = decompose(&[vec![10.0, 2.0]], &[vec![20.0, 1.0]], Weights::One).unwrap();
/// assert!((it.additive[0] - 20.0 * 2_f64.ln()).abs() < 1e-12);
/// assert!((it.additive[0] + it.additive[1]).abs() < 1e-12);
/// assert!((it.multiplicative[0] - 2.0).abs() < 1e-12);
/// ```
pub fn decompose(before: &[Vec<f64>], after: &[Vec<f64>], weights: Weights) -> Result<Effects, Refusal> {
    let factors = before.first().map_or(0, Vec::len);
    at_least("sectors", before.len(), 1)?;
    at_least("factors", factors, 2)?;
    same_length("after", after.len(), before.len())?;
    for (row, sector) in before.iter().chain(after).enumerate() {
        same_length("factors", sector.len(), factors)?;
        if sector.iter().any(|factor| !factor.is_finite()) {
            return Err(Refusal::NotFinite { what: "factors", row: row % before.len() });
        }
        if let Some(&value) = sector.iter().find(|factor| **factor < 0.0) {
            return Err(Refusal::OutOfRange { what: "factors", value, allowed: ">= 0" });
        }
    }
    let product = |sector: &Vec<f64>| sector.iter().product::<f64>();
    let (parts0, parts1): (Vec<f64>, Vec<f64>) =
        (before.iter().map(product).collect(), after.iter().map(product).collect());
    let (total0, total1) = (sum(parts0.iter().copied()), sum(parts1.iter().copied()));
    if !(total0.is_finite() && total1.is_finite()) {
        return Err(Refusal::NotFinite { what: "totals", row: 0 });
    }
    let terms = |scale0: f64, scale1: f64| -> Vec<Vec<f64>> {
        before
            .iter()
            .zip(after)
            .zip(parts0.iter().zip(&parts1))
            .map(|((x0, x1), (v0, v1))| sector_terms(x0, x1, v0 / scale0, v1 / scale1))
            .collect()
    };
    let effects = |terms: &[Vec<f64>], scale: f64| -> Vec<f64> {
        (0..factors).map(|k| scale * sum(terms.iter().map(|sector| sector[k]))).collect()
    };
    let positive = total0 > 0.0 && total1 > 0.0;
    let mean = log_mean(total1, total0);
    let (by_sector, additive, multiplicative) = if weights == Weights::Two && positive {
        let mut terms = terms(total0, total1);
        let shares = parts0.iter().zip(&parts1).map(|(v0, v1)| log_mean(v1 / total1, v0 / total0));
        let all = sum(shares);
        // The weights are divided by this: from sectors that hardly live through both periods nothing follows.
        if all < 0.01 {
            let what = "hardly any sector has a share in both periods: LMDI-II has no weights".to_owned();
            return Err(Refusal::Contradiction { what });
        }
        terms.iter_mut().flatten().for_each(|term| *term /= all);
        let ratios = effects(&terms, 1.0).into_iter().map(libm::exp).collect();
        let additive = effects(&terms, mean);
        terms.iter_mut().flatten().for_each(|term| *term *= mean);
        (terms, additive, ratios)
    } else {
        let terms = terms(1.0, 1.0);
        let additive = effects(&terms, 1.0);
        let ratios = if positive {
            additive.iter().map(|effect| libm::exp(effect / mean)).collect()
        } else {
            Vec::new()
        };
        (terms, additive, ratios)
    };
    Ok(Effects { before: total0, after: total1, additive, multiplicative, by_sector })
}

/// One sector's output and energy in a period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sector {
    /// Output at constant prices.
    pub output: f64,
    /// Energy used.
    pub energy: f64,
}

/// Activity, structure and intensity effects on the energy of all sectors.
///
/// A sector without output must not use energy. Refuses what [`decompose`] refuses, and periods without output.
///
/// ```
/// use zhiheng_methods::energy::decomposition::{Sector, Weights, activity_structure_intensity};
/// let sector = |output, energy| Sector { output, energy };
/// let it = activity_structure_intensity(
///     &[sector(10.0, 30.0), sector(40.0, 20.0)],
///     &[sector(40.0, 80.0), sector(40.0, 16.0)],
///     Weights::One,
/// )
/// .unwrap();
/// let rounded: Vec<String> = it.additive.iter().map(|effect| format!("{effect:.2}")).collect();
/// assert_eq!(rounded, ["32.38", "38.28", "-24.67"]);
/// ```
pub fn activity_structure_intensity(
    before: &[Sector],
    after: &[Sector],
    weights: Weights,
) -> Result<Effects, Refusal> {
    decompose(&factors(before)?, &factors(after)?, weights)
}

fn factors(sectors: &[Sector]) -> Result<Vec<Vec<f64>>, Refusal> {
    let mut all = Sum::default();
    for sector in sectors {
        if !(sector.output >= 0.0 && sector.output.is_finite()) {
            return Err(Refusal::OutOfRange { what: "output", value: sector.output, allowed: ">= 0" });
        }
        if sector.output == 0.0 && sector.energy != 0.0 {
            let what = format!("a sector without output uses {} of energy", sector.energy);
            return Err(Refusal::Contradiction { what });
        }
        all.add(sector.output);
    }
    let all = all.value();
    if !(all > 0.0 && all.is_finite()) {
        return Err(Refusal::EmptyGroup { what: "output of all sectors".to_owned() });
    }
    let each = |sector: &Sector| {
        let intensity = if sector.output > 0.0 { sector.energy / sector.output } else { 0.0 };
        vec![all, sector.output / all, intensity]
    };
    Ok(sectors.iter().map(each).collect())
}

/// `L(v1, v0) ln(x1/x0)` for every factor of a sector, with the limits at zero.
fn sector_terms(x0: &[f64], x1: &[f64], v0: f64, v1: f64) -> Vec<f64> {
    let zero = |x: &[f64]| x.iter().filter(|&&factor| factor == 0.0).count();
    match (zero(x0), zero(x1)) {
        (0, 0) => {
            let mean = log_mean(v1, v0);
            x0.iter().zip(x1).map(|(x0, x1)| mean * ln_ratio(*x1, *x0)).collect()
        }
        (0, zeros) => x1.iter().map(|&x1| if x1 == 0.0 { -v0 / zeros as f64 } else { 0.0 }).collect(),
        (zeros, 0) => x0.iter().map(|&x0| if x0 == 0.0 { v1 / zeros as f64 } else { 0.0 }).collect(),
        _ => vec![0.0; x0.len()],
    }
}

/// The logarithmic mean; 0 when one of the values is 0.
pub(super) fn log_mean(a: f64, b: f64) -> f64 {
    if a <= 0.0 || b <= 0.0 {
        0.0
    } else if a == b {
        a
    } else {
        (a - b) / ln_ratio(a, b)
    }
}

/// `ln(a/b)`, without losing digits when they are close.
fn ln_ratio(a: f64, b: f64) -> f64 {
    let step = (a - b) / b;
    if step.abs() < 0.5 { libm::log1p(step) } else { libm::log(a) - libm::log(b) }
}
