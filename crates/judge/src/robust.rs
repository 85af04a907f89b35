//! How sure a grade is: figures have sampling errors and points could have been set otherwise, so every place is judged many
//! times with both drawn anew.
//!
//! **What is drawn.** In each draw every figure with a [`Spread`](crate::figures::Spread) once, whatever items share it, and
//! every item's points `p (1 + w · U)`, `U` uniform on (−1, 1) and `w` the declared range, then all of them multiplied so that
//! they add up to the full sum again. Items without data go by their rule in each draw; shared-out points are those of the draw.
//! Vetoes and targets stay. Errors of two figures are independent, which is not so for a rate and its own change.
//!
//! **What is told.** Between which sums and ranks the declared share of the draws lies (order statistics, taken outwards), in how
//! many draws a place has each grade, and runs of neighbours in the ranking no two of which can be told apart: `a` is told apart
//! from the lower-placed `b` if it is ahead in at least the declared share of the draws, a tie counting one half
//! ([`zhiheng_methods::composite::groups`]).
//!
//! **How exactly.** Draw `i` takes stream `i` of the seed, whatever the number of threads. Normal errors take one of 65,536 equally
//! likely values (standard deviation 0.99999). Floating point is used within a draw; sums are then whole billionths of a
//! point, so that equal sums tie. Points of certain figures are the exact ones.

mod draw;
mod setup;
mod summary;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use zhiheng_base::{Decimal, Diagnostic, RegionCode};
use zhiheng_catalog::model::Scheme;

use crate::figures::Figures;
use crate::given::Given;
use crate::judge::judge_given;
use setup::Setup;

/// How often, from which seed, and which share of the draws counts as sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draws {
    /// Number of draws, 2 to 100,000.
    pub n: u32,
    /// Seed: the same one gives the same draws.
    pub seed: u64,
    /// Share of the draws, above 0.5 and below 1.
    pub level: Decimal,
}

impl Default for Draws {
    fn default() -> Draws {
        Draws { n: 1000, seed: 1, level: Decimal::new(95, 2) }
    }
}

/// How sure all grades are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Robust {
    /// The draws.
    pub draws: Draws,
    /// Places in the order in which they were handed in.
    pub places: Vec<Sureness>,
    /// Places with points in the order of the ranking.
    pub order: Vec<RegionCode>,
    /// Runs that cannot be told apart, as first and last position in `order`; they overlap.
    pub runs: Vec<(usize, usize)>,
}

/// How sure the grade of a place is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sureness {
    /// Place.
    pub region: RegionCode,
    /// Sum as judged; `None` while open: nothing is drawn then.
    pub points: Option<Decimal>,
    /// Between which sums the level's share of the draws lies.
    pub between: Option<(Decimal, Decimal)>,
    /// Grade as judged.
    pub grade: Option<String>,
    /// Grades with the number of draws that give them, best grade first, none without any.
    pub grades: Vec<(String, u32)>,
    /// Whether the grade as judged comes out in at least the level's share of the draws; a veto's always does.
    pub sure: bool,
    /// Rank as judged.
    pub rank: Option<u32>,
    /// Between which ranks the level's share of the draws lies.
    pub ranks: Option<(u32, u32)>,
    /// Share of the draws in which it is ahead of the next in the order, a tie counting one half; to four places.
    pub ahead_of_next: Option<Decimal>,
    /// First and last position in the order of those from whom it cannot be told apart, itself included.
    pub beside: Option<(usize, usize)>,
}

/// Sums to keep: draws times places.
const SUMS_MAX: u64 = 20_000_000;

/// Judges every place as often as asked.
///
/// # Errors
///
/// ZH9101 for numbers of draws or levels out of range.
pub fn robust(
    scheme: &Scheme,
    places: &[RegionCode],
    figures: &Figures,
    given: &Given,
    draws: Draws,
) -> Result<Robust, Diagnostic> {
    let too_many = u64::from(draws.n).saturating_mul(places.len() as u64) > SUMS_MAX;
    let level = f64::try_from(draws.level).unwrap_or(f64::NAN);
    if !(2..=100_000).contains(&draws.n) || too_many || !(level > 0.5 && level < 1.0) {
        let problem = Diagnostic::error("ZH9101").arg("n", draws.n).arg("level", draws.level);
        return Err(problem.arg("places", places.len()));
    }
    let verdicts = judge_given(scheme, places, figures, given);
    let setup = Setup::new(scheme, places, figures, given, &verdicts);
    let sums: Vec<Vec<f64>> = (0..draws.n)
        .into_par_iter()
        .map_init(|| setup.scratch(), |scratch, at| setup.draw(draws.seed, u64::from(at), scratch))
        .collect();
    Ok(summary::summary(scheme, &verdicts, &sums, draws, level))
}
