//! The mean squared error of unit-level predictions, by a parametric bootstrap.
//!
//! **What it answers.** How far could the predicted mean of an area be from the true one, with everything estimated
//! that has to be?
//!
//! **Formula.** Draw populations and samples from the fitted model, predict from each sample, and average the squared
//! distance to the drawn population's mean `X̄_d'β̂ + u_d* + Ē_d*`.
//!
//! **Source.** González-Manteiga, Lombardía, Molina, Morales and Santamaría (2008), *Computational Statistics and Data
//! Analysis* 52:5242–5252; as R `sae::pbmseBHF` 1.3, with this crate's own draws.
//!
//! **When not to use it.** With fewer than about 200 draws: the error of the error is then tens of per cent.

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::nested_error::Fit;
use super::unit_level::{Target, UnitLevel, UnitModel, Units, unit_level};
use crate::random::{Stream, check_draws};
use crate::refusal::Refusal;
use crate::sum::Sum;

/// Samples that cannot be fitted are drawn again, this often.
const ATTEMPTS: usize = 100;

/// As [`unit_level`], with the mean squared error of each prediction from `n_draws` draws; draw `b` uses stream `b` of
/// `seed`, so that the same seed gives the same figures on every machine.
///
/// Refused: fewer than 2 draws or more than 100,000, and what [`unit_level`] refuses.
pub fn unit_level_mse(
    model: &UnitModel,
    targets: &[Target],
    n_draws: usize,
    seed: u64,
) -> Result<UnitLevel, Refusal> {
    check_draws("draws", n_draws)?;
    let mut it = unit_level(model, targets)?;
    let units = Units::new(model)?;
    let places = units.places(targets)?;
    let fit = units.products(&units.y).fit(model.method)?;
    let draw = |b: usize| -> Result<Vec<f64>, Refusal> {
        let mut stream = Stream::new(seed, b as u64);
        for _ in 0..ATTEMPTS {
            let drawn = Drawn::new(&mut stream, &units, &fit, targets, &places);
            let products = units.products(&drawn.y);
            if let Ok(fit) = products.fit(model.method) {
                let found = units.predict(&products, &fit, targets, &places);
                let squares = found.iter().zip(&drawn.means);
                return Ok(squares
                    .map(|(found, mean)| (found.estimate - mean) * (found.estimate - mean))
                    .collect());
            }
        }
        Err(Refusal::NotConverged { what: "the fit of a drawn sample", steps: ATTEMPTS })
    };
    let draws = (0..n_draws).into_par_iter().map(draw).collect::<Result<Vec<Vec<f64>>, Refusal>>()?;
    let mut sums = vec![Sum::default(); targets.len()];
    for squares in draws {
        for (sum, square) in sums.iter_mut().zip(squares) {
            sum.add(square);
        }
    }
    for (area, sum) in it.areas.iter_mut().zip(sums) {
        area.mse = Some(sum.value() / n_draws as f64);
    }
    Ok(it)
}

/// A drawn sample, and the means of the population it is from.
struct Drawn {
    y: Vec<f64>,
    means: Vec<f64>,
}

impl Drawn {
    fn new(
        stream: &mut Stream,
        units: &Units,
        fit: &Fit,
        targets: &[Target],
        places: &[Option<usize>],
    ) -> Self {
        let (sd_between, sd_error) = (fit.between.sqrt(), fit.error.sqrt());
        let effects: Vec<f64> = units.areas.iter().map(|_| sd_between * stream.normal()).collect();
        let mut sums = vec![(0.0, 0.0); units.areas.len()];
        let mut y = Vec::with_capacity(units.y.len());
        for (unit, &area) in units.area.iter().enumerate() {
            let error = sd_error * stream.normal();
            let (sum, n) = &mut sums[area as usize];
            *sum += error;
            *n += 1.0;
            let model: f64 =
                units.columns.iter().zip(fit.beta.iter()).map(|(column, beta)| column[unit] * beta).sum();
            y.push(model + effects[area as usize] + error);
        }
        let mean = |(target, place): (&Target, &Option<usize>)| {
            let model: f64 = target.means.iter().zip(fit.beta.iter()).map(|(mean, beta)| mean * beta).sum();
            let (effect, sum, n) = match *place {
                Some(place) => (effects[place], sums[place].0, sums[place].1),
                None => (sd_between * stream.normal(), 0.0, 0.0),
            };
            let others = sd_error * (target.size - n).sqrt() * stream.normal();
            model + effect + (sum + others) / target.size
        };
        let means = targets.iter().zip(places).map(mean).collect();
        Self { y, means }
    }
}
