//! Cohen's kappa: two raters, categories.
//!
//! **What it answers.** How far do two raters agree beyond what their frequencies would give by chance, with near misses
//! counted in part if the categories are ordered?
//!
//! **Formula.** With weights `v_ij` (1 on the diagonal): `κ = (Σ v p − Σ v p_i p_j)/(1 − Σ v p_i p_j)`. Linear weights
//! `1 − |i − j|/(c − 1)`, quadratic `1 − (i − j)²/(c − 1)²`. Variance under κ = 0:
//! `(Σ p_i p_j (v − v̄_i − v̄_j)² − P_e²)/(n(1 − P_e)²)`; for the interval
//! `(Σ p (v − (v̄_i + v̄_j)(1 − κ))² − (κ − P_e(1 − κ))²)/(n(1 − P_e)²)`.
//!
//! **Source.** Cohen (1960), *Educational and Psychological Measurement* 20:37–46; Cohen (1968), *Psychological Bulletin*
//! 70:213–220; Fleiss, Cohen and Everitt (1969), *Psychological Bulletin* 72:323–327. Equals `kappa2` of R's irr (which
//! orders ten and more numeric categories as text; here they are in the order of numbers).
//!
//! **When not to use it.** One rare category makes κ low in spite of high agreement: print the table. Weights use the order
//! of the categories that occur, so a category nobody chose does not count.

use super::{Ratings, Tested, coded, tested};
use crate::interval::{Interval, level_tail};
use crate::refusal::{Refusal, at_least};
use crate::special::normal_upper_quantile;
use crate::sum::sum;

/// What a disagreement by so many categories is worth.
#[derive(Debug, Clone, PartialEq)]
pub enum Weights {
    /// Only equal categories agree.
    Unweighted,
    /// In proportion to the distance.
    Linear,
    /// In proportion to its square.
    Quadratic,
    /// One figure of disagreement per distance 0, 1, 2 …, as many as there are categories; rescaled to 0–1.
    Distances(Vec<f64>),
}

/// Cohen's kappa with its table's size, test and interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cohen {
    /// Kappa and the test that it is 0.
    pub kappa: Tested,
    /// Share of (weighted) agreement.
    pub agreement: f64,
    /// The same expected by chance.
    pub by_chance: f64,
    /// Normal interval of kappa, not clipped.
    pub interval: Interval,
    /// Subjects that both rated.
    pub n_subjects: usize,
}

/// Kappa of raters `first` and `second` over the subjects that both rated.
///
/// Refuses ratings that are all of one category: chance agreement is then complete.
///
/// ```
/// use zhiheng_methods::agreement::{Ratings, cohen::{Weights, cohen}};
/// // 20 and 15 agreed, 5 and 10 not: (0.7 - 0.5)/(1 - 0.5)
/// let table = [(1.0, 1.0, 20), (1.0, 2.0, 5), (2.0, 1.0, 10), (2.0, 2.0, 15)];
/// let column = |part: fn(&(f64, f64, usize)) -> f64| table.iter().flat_map(|t| vec![part(t); t.2]).collect();
/// let ratings = Ratings::from_raters(&[column(|t| t.0), column(|t| t.1)]).unwrap();
/// let it = cohen(&ratings, 0, 1, &Weights::Unweighted, 0.95).unwrap();
/// assert!((it.kappa.value - 0.4).abs() < 1e-15);
/// ```
pub fn cohen(
    ratings: &Ratings,
    first: usize,
    second: usize,
    weights: &Weights,
    level: f64,
) -> Result<Cohen, Refusal> {
    let side = level_tail(level)?;
    if first.max(second) >= ratings.n_raters() {
        let (found, needed) = (ratings.n_raters(), first.max(second).saturating_add(1));
        return Err(Refusal::TooFew { what: "raters", found, needed });
    }
    let pair = Ratings::from_raters(&[ratings.rater(first), ratings.rater(second)])?.complete()?;
    let categories = pair.categories();
    at_least("categories", categories.len(), 2)?;
    let values = values(weights, categories.len())?;
    let shares = shares(&pair, &categories);
    let n_subjects = pair.n_subjects();
    let of = Table { shares: &shares, values: &values };
    let (agreement, by_chance) = (of.agreement(), of.by_chance());
    if 1.0 - by_chance <= 1e-15 {
        return Err(Refusal::NoVariation { what: "ratings".into() });
    }
    let value = (agreement - by_chance) / (1.0 - by_chance);
    let scale = n_subjects as f64 * (1.0 - by_chance) * (1.0 - by_chance);
    let kappa = tested(value, of.null_spread(by_chance) / scale)?;
    let spread = of.spread(value, by_chance).max(0.0);
    let half = normal_upper_quantile(side) * (spread / scale).sqrt();
    let interval = Interval::new(value - half, value + half);
    Ok(Cohen { kappa, agreement, by_chance, interval, n_subjects })
}

/// Kappa alone, without weights: what [`super::light`] averages. Both columns are complete.
pub(super) fn plain(a: &[usize], b: &[usize], n_categories: usize) -> Option<f64> {
    let n = a.len() as f64;
    let (mut rows, mut columns) = (vec![0.0; n_categories], vec![0.0; n_categories]);
    let mut agreed = 0.0;
    for (&i, &j) in a.iter().zip(b) {
        rows[i] += 1.0;
        columns[j] += 1.0;
        agreed += if i == j { 1.0 } else { 0.0 };
    }
    let by_chance = sum(rows.iter().zip(&columns).map(|(r, c)| r * c)) / (n * n);
    (by_chance < 1.0).then(|| (agreed / n - by_chance) / (1.0 - by_chance))
}

/// Shares of the pairs of categories, and what each pair is worth.
struct Table<'a> {
    shares: &'a [Vec<f64>],
    values: &'a [f64],
}

impl Table<'_> {
    fn value(&self, i: usize, j: usize) -> f64 {
        self.values[i.abs_diff(j)]
    }

    fn rows(&self) -> Vec<f64> {
        self.shares.iter().map(|row| sum(row.iter().copied())).collect()
    }

    fn columns(&self) -> Vec<f64> {
        (0..self.shares.len()).map(|j| sum(self.shares.iter().map(|row| row[j]))).collect()
    }

    /// Σ over all pairs of categories.
    fn total(&self, part: impl Fn(usize, usize) -> f64) -> f64 {
        let n = self.shares.len();
        sum((0..n).flat_map(|i| (0..n).map(move |j| (i, j))).map(|(i, j)| part(i, j)))
    }

    fn agreement(&self) -> f64 {
        self.total(|i, j| self.shares[i][j] * self.value(i, j))
    }

    fn by_chance(&self) -> f64 {
        let (rows, columns) = (self.rows(), self.columns());
        self.total(|i, j| rows[i] * columns[j] * self.value(i, j))
    }

    /// Mean value of a category of the first rater against the second's frequencies, and the other way round.
    fn means(&self) -> (Vec<f64>, Vec<f64>) {
        let mean = |others: &[f64], i: usize| {
            sum(others.iter().enumerate().map(|(j, share)| share * self.value(i, j)))
        };
        let (rows, columns) = (self.rows(), self.columns());
        let all = 0..self.shares.len();
        (all.clone().map(|i| mean(&columns, i)).collect(), all.map(|j| mean(&rows, j)).collect())
    }

    fn null_spread(&self, by_chance: f64) -> f64 {
        let (rows, columns) = (self.rows(), self.columns());
        let (of_first, of_second) = self.means();
        let off = |i: usize, j: usize| self.value(i, j) - of_first[i] - of_second[j];
        self.total(|i, j| rows[i] * columns[j] * off(i, j) * off(i, j)) - by_chance * by_chance
    }

    fn spread(&self, kappa: f64, by_chance: f64) -> f64 {
        let (of_first, of_second) = self.means();
        let off = |i: usize, j: usize| self.value(i, j) - (of_first[i] + of_second[j]) * (1.0 - kappa);
        let centre = kappa - by_chance * (1.0 - kappa);
        self.total(|i, j| self.shares[i][j] * off(i, j) * off(i, j)) - centre * centre
    }
}

fn shares(pair: &Ratings, categories: &[f64]) -> Vec<Vec<f64>> {
    let mut counts = vec![vec![0.0; categories.len()]; categories.len()];
    for subject in pair.subjects() {
        if let [i, j] = coded(subject, categories)[..] {
            counts[i][j] += 1.0;
        }
    }
    let n = pair.n_subjects() as f64;
    counts.iter().map(|row| row.iter().map(|count| count / n).collect()).collect()
}

/// What agreement up to each distance is worth.
fn values(weights: &Weights, n: usize) -> Result<Vec<f64>, Refusal> {
    let last = n as f64 - 1.0;
    let by_distance = |value: &dyn Fn(f64) -> f64| (0..n).map(|d| value(d as f64)).collect::<Vec<f64>>();
    Ok(match weights {
        Weights::Unweighted => by_distance(&|d| if d == 0.0 { 1.0 } else { 0.0 }),
        Weights::Linear => by_distance(&|d| 1.0 - d / last),
        Weights::Quadratic => by_distance(&|d| 1.0 - d * d / (last * last)),
        Weights::Distances(distances) => {
            crate::refusal::same_length("distances", distances.len(), n)?;
            crate::refusal::finite("distances", distances)?;
            let (low, high) = crate::composite::range(distances);
            if low == high || distances.first() != Some(&low) {
                return Err(Refusal::Contradiction { what: "the first distance is not the least".into() });
            }
            distances.iter().map(|d| 1.0 - (d - low) / (high - low)).collect()
        }
    })
}
