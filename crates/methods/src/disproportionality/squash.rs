//! Data squashing: many pairs with the same count and nearly the same expected count become one with a
//! weight.
//!
//! **What it answers.** How can a prior be fitted to millions of pairs in seconds, without losing what
//! matters?
//!
//! **Formula.** Per count, pairs are sorted by expected count; all but the `keep` with the largest ones are
//! cut into bins of one size, and a bin becomes a point at its mean with its size as weight. Bins are as
//! many as [`Squash`] says for so many pairs.
//!
//! **Source.** DuMouchel and Pregibon (2001), KDD '01, 67–76. Equals R `openEBGM::autoSquash`.
//!
//! **When not to use it.** With some thousands of pairs: [`super::prior::fit`] takes them as they are.

use crate::refusal::Refusal;
use crate::sum::sum;

/// A pair, or several in one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Reports with both.
    pub n: u64,
    /// Expected reports.
    pub expected: f64,
    /// How many pairs it stands for.
    pub weight: f64,
}

/// How strongly pairs are squashed; the defaults are those of the reference.
#[derive(Debug, Clone, PartialEq)]
pub struct Squash {
    /// Pairs left as they are, for the smallest squashed count, the next … the last entry holds for all
    /// others.
    pub keep: Vec<usize>,
    /// With fewer pairs to squash than the first cut-off, the first number of points; and so on.
    pub cut_offs: Vec<usize>,
    /// Points that remain; one entry more than `cut_offs`.
    pub points: Vec<usize>,
}

impl Default for Squash {
    fn default() -> Self {
        Self {
            keep: vec![100, 75, 50, 25],
            cut_offs: vec![500, 1_000, 10_000, 100_000, 500_000, 1_000_000, 5_000_000],
            points: vec![50, 75, 150, 500, 750, 1_000, 2_000, 5_000],
        }
    }
}

/// Squashes pairs `(n, expected)`; points come by count, then by expected count.
///
/// Refuses an empty `keep`, a number of `points` other than one more than `cut_offs`, a 0 among them, and
/// expected counts that are not finite.
///
/// ```
/// use zhiheng_methods::disproportionality::squash::{Squash, squash};
/// // 6 pairs seen once, 1 kept, the others in bins of 5 / 2 → 2
/// let pairs: Vec<(u64, f64)> = (1..=6).map(|i| (1, f64::from(i))).collect();
/// let few = Squash { keep: vec![1], cut_offs: vec![], points: vec![2] };
/// let it = squash(&pairs, &few).unwrap();
/// let found: Vec<(f64, f64)> = it.iter().map(|point| (point.expected, point.weight)).collect();
/// assert_eq!(found, [(1.5, 2.0), (3.5, 2.0), (5.0, 1.0), (6.0, 1.0)]);
/// ```
pub fn squash(pairs: &[(u64, f64)], how: &Squash) -> Result<Vec<Point>, Refusal> {
    let Some((&most, &last)) = how.keep.iter().max().zip(how.keep.last()) else {
        return Err(Refusal::Empty { what: "keep" });
    };
    crate::refusal::same_length("points", how.points.len(), how.cut_offs.len() + 1)?;
    if how.points.contains(&0) {
        return Err(Refusal::OutOfRange { what: "points", value: 0.0, allowed: ">= 1" });
    }
    if let Some(row) = pairs.iter().position(|pair| !pair.1.is_finite()) {
        return Err(Refusal::NotFinite { what: "expected", row });
    }
    let mut sorted = pairs.to_vec();
    sorted.sort_by(|x, y| x.0.cmp(&y.0).then(x.1.total_cmp(&y.1)));
    let mut points = Vec::new();
    let mut squashed = 0;
    for same in sorted.chunk_by(|x, y| x.0 == y.0) {
        let n = same[0].0;
        let mut add = |bin: &[(u64, f64)]| {
            let weight = bin.len() as f64;
            points.push(Point { n, expected: sum(bin.iter().map(|pair| pair.1)) / weight, weight });
        };
        // counts with few pairs stay, and do not move on to the next number to keep
        if same.len() <= most + 1 {
            same.chunks(1).for_each(&mut add);
            continue;
        }
        let keep = *how.keep.get(squashed).unwrap_or(&last);
        squashed += 1;
        let (small, large) = same.split_at(same.len() - keep);
        let class = how.cut_offs.iter().position(|&cut| small.len() < cut).unwrap_or(how.cut_offs.len());
        let size = (small.len() / how.points[class]).max(2);
        small.chunks(size).for_each(&mut add);
        large.chunks(1).for_each(&mut add);
    }
    Ok(points)
}
