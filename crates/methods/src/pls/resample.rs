//! One replicate of the bootstrap: the same model from rows drawn with replacement.

use nalgebra::DMatrix;

use crate::random::Stream;
use crate::refusal::Refusal;

use super::bootstrap::{Quantity, Signs, What};
use super::data::Answers;
use super::effects::total;
use super::fit::{Fit, of_moments};
use super::index::{Bounds, of_means};
use super::validity::{Htmt, htmt};

/// What every replicate shares.
pub(super) struct Plan<'a> {
    pub(super) original: &'a Fit,
    pub(super) answers: &'a Answers,
    pub(super) quantities: &'a [Quantity],
    pub(super) signs: Signs,
    pub(super) bounds: Option<&'a [Bounds]>,
    pub(super) seed: u64,
}

impl Plan<'_> {
    /// The quantities of replicate number `stream`.
    pub(super) fn replicate(&self, stream: u64) -> Result<Vec<f64>, Refusal> {
        let n = self.answers.n();
        let mut draw = Stream::new(self.seed, stream);
        let mut times = vec![0.0; n];
        for _ in 0..n {
            times[draw.below(n as u64) as usize] += 1.0;
        }
        let model = &self.original.model;
        let moments = self.answers.moments(model, Some(&times))?;
        let mut it = of_moments(model, &moments, self.answers, &self.original.settings)?;
        if self.signs == Signs::Construct {
            let turned = self.turned(&it);
            if turned.contains(&true) {
                it.turn(&turned);
                it.explain()?;
            }
        }
        let values = values(&it, self.quantities, self.bounds)?;
        match values.iter().position(|value| !value.is_finite()) {
            None => Ok(values),
            Some(row) => Err(Refusal::NotFinite { what: "bootstrapped value", row }),
        }
    }

    /// Constructs whose loadings lie nearer to the original ones with the other sign.
    fn turned(&self, it: &Fit) -> Vec<bool> {
        (0..it.k())
            .map(|block| {
                let (mut apart, mut together) = (0.0, 0.0);
                for item in it.model.items(block) {
                    apart += self.original.loadings[item] - it.loadings[item];
                    together += self.original.loadings[item] + it.loadings[item];
                }
                f64::abs(apart) > f64::abs(together)
            })
            .collect()
    }
}

/// All quantities of an estimate.
pub(super) fn values(
    it: &Fit,
    quantities: &[Quantity],
    bounds: Option<&[Bounds]>,
) -> Result<Vec<f64>, Refusal> {
    let total: DMatrix<f64> = total(&it.paths);
    let wants_htmt = quantities.iter().any(|quantity| quantity.what == What::Htmt);
    let ratios = wants_htmt.then(|| htmt(it, Htmt::Absolute));
    let raw = it.raw_weights();
    quantities
        .iter()
        .map(|quantity| {
            let (row, column) = (quantity.row, quantity.column);
            Ok(match quantity.what {
                What::Path => it.paths[(row, column)],
                What::Total => total[(row, column)],
                What::Loading => it.loadings[row],
                What::Weight => it.weights[row],
                What::RSquared => it.r_squared[row].unwrap_or(f64::NAN),
                What::Htmt => ratios.as_ref().and_then(|all| all[(row, column)]).unwrap_or(f64::NAN),
                What::Index => {
                    let range = it.model.items(row);
                    let bounds = bounds.map_or(&[][..], |bounds| &bounds[range.clone()]);
                    of_means(&it.means[range.clone()], &raw[range], bounds)?
                }
            })
        })
        .collect()
}
