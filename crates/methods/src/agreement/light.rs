//! Light's kappa: the mean of Cohen's kappas of all pairs of raters.
//!
//! **What it answers.** How far do any two of several raters agree, on the average?
//!
//! **Formula.** Mean of the unweighted `κ` over the `m(m − 1)/2` pairs. The test repeats R's irr: with `D` the product over
//! the pairs of the chance disagreement, times the number of pairs, the variance is `(1 − D)/(n D)`.
//!
//! **Source.** Light (1971), *Psychological Bulletin* 76:365–377; Conger (1980), *Psychological Bulletin* 88:322–328. The test is
//! the formula of `kappam.light` in R's irr.
//!
//! **When not to use it.** The test for more than two raters has no derivation that we know of, and no answer where `D > 1`:
//! for a standard error resample the subjects ([`super::bootstrap`]).

use super::cohen::plain;
use super::{Ratings, Tested, coded, tested};
use crate::refusal::{Refusal, at_least};
use crate::sum::{mean, sum};

/// Light's kappa.
#[derive(Debug, Clone, PartialEq)]
pub struct Light {
    /// Mean of the pairs' kappas.
    pub value: f64,
    /// irr's test, where it has an answer.
    pub test: Option<Tested>,
    /// Kappa of each pair: first rater, second rater, kappa.
    pub pairs: Vec<(usize, usize, f64)>,
    /// Subjects that all raters rated.
    pub n_subjects: usize,
}

/// Light's kappa over the subjects that all raters rated. Refuses a pair of raters who both used one and the same category
/// only.
pub fn light(ratings: &Ratings) -> Result<Light, Refusal> {
    let complete = ratings.complete()?;
    let categories = complete.categories();
    at_least("categories", categories.len(), 2)
        .map_err(|_| Refusal::NoVariation { what: "ratings".into() })?;
    let codes: Vec<Vec<usize>> =
        (0..complete.n_raters()).map(|rater| coded(&complete.rater(rater), &categories)).collect();
    let n = complete.n_subjects() as f64;
    let shares = |codes: &Vec<usize>| {
        let mut shares = vec![0.0; categories.len()];
        for &code in codes {
            shares[code] += 1.0 / n;
        }
        shares
    };
    let shares: Vec<Vec<f64>> = codes.iter().map(shares).collect();
    let (mut pairs, mut disagreement) = (Vec::new(), 1.0);
    for a in 0..codes.len() {
        for b in a + 1..codes.len() {
            let kappa = plain(&codes[a], &codes[b], categories.len());
            let kappa = kappa.ok_or_else(|| Refusal::NoVariation { what: format!("raters {a} and {b}") })?;
            pairs.push((a, b, kappa));
            disagreement *= 1.0 - sum(shares[a].iter().zip(&shares[b]).map(|(p, q)| p * q));
        }
    }
    let value = mean(&pairs.iter().map(|pair| pair.2).collect::<Vec<f64>>());
    disagreement *= pairs.len() as f64;
    let test = tested(value, (1.0 - disagreement) / (n * disagreement)).ok();
    Ok(Light { value, test, pairs, n_subjects: complete.n_subjects() })
}
