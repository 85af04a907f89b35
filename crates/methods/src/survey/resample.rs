//! Replicates made from a plan: the jackknife and two bootstraps.
//!
//! **Formula.** Jackknife: each first-stage unit left out once, the others of its stratum up by
//! `n_h/(n_h − 1)`, replicates scaled by `(1 − n_h/N_h)(n_h − 1)/n_h`. Bootstrap (Canty and Davison): `n_h`
//! units drawn anew with replacement, from a finite population without. Rao–Wu: `n_h − 1` units with
//! replacement, up by `n_h/(n_h − 1)`.
//!
//! **Source.** Jones (1974), *Biometrika* 61:313–321; Canty and Davison (1999), *The Statistician*
//! 48:379–391; Rao and Wu (1988), *Journal of the American Statistical Association* 83:231–241. As R
//! `survey::as.svrepdesign` 4.1.1, types JK1, JKn, bootstrap, subbootstrap; the bootstrap's draws are this
//! crate's own.

use super::design::Design;
use super::layout::Level;
use super::plan::Lonely;
use super::replicates::{Drop, Replicates, Versions};
use crate::random::{Stream, check_draws_of};
use crate::refusal::Refusal;

/// Ways to draw a sample anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Bootstrap {
    /// As many units as the stratum has (R's `bootstrap`), with its finite population.
    #[default]
    CantyDavison,
    /// One unit less (R's `subbootstrap`); a finite population is not used.
    RaoWu,
}

impl Design {
    /// Jackknife replicates: R's JK1 without strata, JKn with them.
    ///
    /// Later stages add nothing; adjusted weights count as given. Refused: a stratum with one unit under
    /// [`Lonely::Fail`], unequal probabilities, and a sample that is the whole population.
    pub fn jackknife(&self, about_estimate: bool) -> Result<Replicates, Refusal> {
        let level = &self.layout.levels[0];
        check_equal(level)?;
        let n_strata = level.sampled.len() as f64;
        let (mut drops, mut factors) = (Vec::new(), Vec::new());
        for (unit, &stratum) in level.stratum.iter().enumerate() {
            let n = f64::from(level.sampled[stratum as usize]);
            let left = level.left[unit];
            if left <= 0.0 {
                continue;
            }
            let mut drop = Drop { unit: unit as u32, stratum, kept: n / (n - 1.0), others: 1.0 };
            let mut factor = left * (n - 1.0) / n;
            if n < 2.0 {
                match self.layout.lonely {
                    Lonely::Fail => {
                        return Err(Refusal::TooFew { what: "units in a stratum", found: 1, needed: 2 });
                    }
                    Lonely::Adjust if n_strata > 1.0 => {
                        drop.kept = 0.0;
                        drop.others = n_strata / (n_strata - 1.0);
                        factor = 1.0 / drop.others;
                    }
                    _ => continue,
                }
            }
            drops.push(drop);
            factors.push(factor);
        }
        if drops.is_empty() {
            return Err(Refusal::TooFew { what: "units outside the sample", found: 0, needed: 1 });
        }
        let mut scale = 1.0;
        if self.layout.lonely == Lonely::Average {
            scale = level.stratum.len() as f64 / drops.len() as f64;
        }
        let weights = Versions::DropOne(drops);
        Ok(Replicates { design: self.plain(), weights, scale, factors, about_estimate, freedom_before: None })
    }

    /// `n` bootstrap replicates; replicate `r` draws from stream `r` of `seed`.
    ///
    /// Refused: fewer than two replicates or more than 100,000, more than 20 million factors in all, and what
    /// [`Design::jackknife`] refuses.
    pub fn bootstrap(
        &self,
        kind: Bootstrap,
        n: usize,
        seed: u64,
        about_estimate: bool,
    ) -> Result<Replicates, Refusal> {
        let level = &self.layout.levels[0];
        check_draws_of("replicates", n, level.stratum.len())?;
        check_equal(level)?;
        if self.layout.lonely == Lonely::Fail && level.sampled.contains(&1) {
            return Err(Refusal::TooFew { what: "units in a stratum", found: 1, needed: 2 });
        }
        // The population of copies is made once; only the sampling from it is repeated.
        let mut order: Vec<u32> = (0..level.stratum.len() as u32).collect();
        let mut stream = Stream::new(seed, u64::MAX);
        let mut first = 0;
        for &size in &level.sampled {
            stream.shuffle(&mut order[first..first + size as usize]);
            first += size as usize;
        }
        let draw = |replicate: usize| -> Vec<f64> {
            let mut stream = Stream::new(seed, replicate as u64);
            let mut factors = vec![0.0; level.stratum.len()];
            let mut first = 0;
            for &size in &level.sampled {
                let end = first + size as usize;
                match kind {
                    Bootstrap::CantyDavison => {
                        draw_all(&mut stream, &mut factors, &order[first..end], level.drawn[first]);
                    }
                    Bootstrap::RaoWu => draw_less_one(&mut stream, &mut factors[first..end]),
                }
                first = end;
            }
            factors
        };
        let weights = Versions::Units((0..n).map(draw).collect());
        let scale = match kind {
            Bootstrap::CantyDavison => {
                let inverse = crate::sum::sum(level.sampled.iter().map(|&size| 1.0 / f64::from(size)));
                let per_stratum = level.sampled.len() as f64 / inverse;
                if per_stratum <= 1.0 {
                    return Err(Refusal::TooFew { what: "units in a stratum", found: 1, needed: 2 });
                }
                per_stratum / ((per_stratum - 1.0) * (n as f64 - 1.0))
            }
            Bootstrap::RaoWu => 1.0 / (n as f64 - 1.0),
        };
        let (design, factors) = (self.plain(), vec![1.0; n]);
        Ok(Replicates { design, weights, scale, factors, about_estimate, freedom_before: None })
    }

    /// The design with its weights taken as given.
    fn plain(&self) -> Design {
        Design { adjustments: Vec::new(), ..self.clone() }
    }
}

/// Refuses units of one stratum with different chances.
fn check_equal(level: &Level) -> Result<(), Refusal> {
    for unit in 1..level.stratum.len() {
        if level.stratum[unit] == level.stratum[unit - 1]
            && (level.left[unit] - level.left[unit - 1]).abs() > 1e-12
        {
            return Err(Refusal::Contradiction {
                what: "replicates need equal probabilities within a stratum".to_owned(),
            });
        }
    }
    Ok(())
}

/// Counts how often each unit of a stratum is drawn when as many are drawn anew.
fn draw_all(stream: &mut Stream, counts: &mut [f64], units: &[u32], drawn: f64) {
    let n = units.len();
    let mut count = |place: u64| counts[units[place as usize] as usize] += 1.0;
    if drawn == 0.0 {
        for _ in 0..n {
            count(stream.below(n as u64));
        }
        return;
    }
    // A population of copies, the first units having one more; then Floyd's sampling without replacement.
    let population = libm::floor(n as f64 / drawn + 1e-9) as u64;
    let mut taken = std::collections::BTreeSet::new();
    for last in population - n as u64..population {
        let pick = stream.below(last + 1);
        let place = if taken.insert(pick) { pick } else { last };
        taken.insert(place);
        count(place % n as u64);
    }
}

/// Factors when one unit less than all is drawn with replacement.
fn draw_less_one(stream: &mut Stream, units: &mut [f64]) {
    let n = units.len();
    if n == 1 {
        units[0] = 1.0;
        return;
    }
    for _ in 1..n {
        units[stream.below(n as u64) as usize] += n as f64 / (n as f64 - 1.0);
    }
}
