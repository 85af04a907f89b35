//! Intraclass correlation: measured values, several raters.
//!
//! **What it answers.** What share of the variation of ratings comes from the subjects, for one rater or for the mean of all?
//!
//! **Formula.** With mean squares of subjects `R`, within subjects `W`, of raters `C`, of error `E`, `n` subjects, `k`
//! raters. One way: `(R − W)/(R + (k − 1)W)`, average `(R − W)/R`. Two ways, consistency: the same with `E` for `W`.
//! Agreement: `(R − E)/(R + (k − 1)E + k(C − E)/n)`, average `(R − E)/(R + (C − E)/n)`. Tests and intervals from the F
//! distribution; for agreement with Satterthwaite's degrees of freedom `v`.
//!
//! **Source.** Shrout and Fleiss (1979), *Psychological Bulletin* 86:420–428; McGraw and Wong (1996), *Psychological Methods*
//! 1:30–46 and 390, tables 4, 7 and 8.
//!
//! **When not to use it.** Subjects that hardly differ give low coefficients however well raters agree. Subjects with a
//! missing rating are left out as a whole; the number is in the answer.
//!
//! For the agreement forms R's irr 0.84.1 departs from its source: it takes the degrees of freedom of the test from the
//! estimate instead of from the null value, and for the average it puts the coefficient of the average into the formula for
//! one rater. [`icc_like_irr`] repeats its digits.

use super::Ratings;
use crate::interval::{Interval, level_tail};
use crate::refusal::{Refusal, at_least};
use crate::special::{beta_lower_quantile, beta_upper};
use crate::sum::{mean, sum};

/// Which raters, and what counts as disagreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Model {
    /// Each subject has its own raters: ICC(1).
    OneWay,
    /// The same raters; a rater who is always higher does not disagree: ICC(C), ICC(3).
    Consistency,
    /// The same raters; he does: ICC(A), ICC(2).
    Agreement,
}

/// Whose reliability.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// One rater's.
    Single,
    /// That of the mean of all raters.
    Average,
}

/// An intraclass correlation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Icc {
    /// The coefficient; at most 1, negative if raters differ more within subjects than between.
    pub value: f64,
    /// F statistic of the test that the coefficient is at most the null value; infinite if raters agree in full.
    pub f: f64,
    /// Its degrees of freedom.
    pub freedom: (f64, f64),
    /// One-sided p-value.
    pub p_value: f64,
    /// Confidence interval; its lower end is −∞ where nothing bounds the coefficient from below.
    pub interval: Interval,
    /// Subjects that all raters rated.
    pub n_subjects: usize,
}

/// An intraclass correlation with its test against `null` (usually 0; below 1) and its interval.
///
/// Refuses fewer than 2 complete subjects, subjects whose means do not differ, and an average of ratings that differ so much
/// within subjects that the formula has no meaning (its divisor is not positive).
///
/// ```
/// use zhiheng_methods::agreement::{Ratings, icc::{Model, Unit, icc}};
/// // Shrout and Fleiss (1979), table 2: ICC(2,1) = .29, ICC(3,4) = .91
/// let judges = [
///     vec![9.0, 6.0, 8.0, 7.0, 10.0, 6.0], vec![2.0, 1.0, 4.0, 1.0, 5.0, 2.0],
///     vec![5.0, 3.0, 6.0, 2.0, 6.0, 4.0], vec![8.0, 2.0, 8.0, 6.0, 9.0, 7.0],
/// ];
/// let ratings = Ratings::from_raters(&judges).unwrap();
/// let value = |model, unit| format!("{:.2}", icc(&ratings, model, unit, 0.0, 0.95).unwrap().value);
/// assert_eq!((value(Model::Agreement, Unit::Single), value(Model::Consistency, Unit::Average)), ("0.29".into(), "0.91".into()));
/// ```
pub fn icc(ratings: &Ratings, model: Model, unit: Unit, null: f64, level: f64) -> Result<Icc, Refusal> {
    compute(ratings, model, unit, null, level, false)
}

/// As [`icc`], with the degrees of freedom of R's irr 0.84.1 for [`Model::Agreement`].
pub fn icc_like_irr(
    ratings: &Ratings,
    model: Model,
    unit: Unit,
    null: f64,
    level: f64,
) -> Result<Icc, Refusal> {
    compute(ratings, model, unit, null, level, true)
}

fn compute(
    ratings: &Ratings,
    model: Model,
    unit: Unit,
    null: f64,
    level: f64,
    like_irr: bool,
) -> Result<Icc, Refusal> {
    let side = level_tail(level)?;
    let complete = ratings.complete()?;
    at_least("subjects", complete.n_subjects(), 2)?;
    let squares = Squares::new(&complete)?;
    let is_average = unit == Unit::Average;
    // below −1/(k − 1) no correlation between k raters can lie
    let least = if is_average { f64::NEG_INFINITY } else { -1.0 / (squares.k - 1.0) };
    if !(null < 1.0 && null > least) {
        return Err(Refusal::OutOfRange { what: "null", value: null, allowed: "(-1/(k - 1), 1)" });
    }
    let base = match model {
        Model::OneWay => squares.one_way(is_average, null, side),
        Model::Consistency => squares.consistency(is_average, null, side),
        Model::Agreement => squares.agreement(is_average, null, side, like_irr)?,
    };
    Ok(Icc { n_subjects: complete.n_subjects(), ..base })
}

/// Mean squares of a complete table.
struct Squares {
    n: f64,
    k: f64,
    subjects: f64,
    within: f64,
    raters: f64,
    error: f64,
}

impl Squares {
    fn new(ratings: &Ratings) -> Result<Self, Refusal> {
        let (n, k) = (ratings.n_subjects() as f64, ratings.n_raters() as f64);
        let all: Vec<f64> = ratings.subjects().flatten().copied().collect();
        let grand = mean(&all);
        let of_subjects: Vec<f64> = ratings.subjects().map(mean).collect();
        let of_raters: Vec<f64> = (0..ratings.n_raters()).map(|rater| mean(&ratings.rater(rater))).collect();
        let square = |x: f64| x * x;
        let (mut within, mut error) = (Vec::with_capacity(all.len()), Vec::with_capacity(all.len()));
        for (subject, centre) in ratings.subjects().zip(&of_subjects) {
            for (rating, of_rater) in subject.iter().zip(&of_raters) {
                within.push(square(rating - centre));
                error.push(square(rating - centre - of_rater + grand));
            }
        }
        // what rounding alone leaves counts as nothing
        let noise = square(all.iter().fold(0.0, |most: f64, x| most.max(x.abs())) * 1e-14);
        let clean = |mean_square: f64| if mean_square <= noise { 0.0 } else { mean_square };
        let it = Self {
            n,
            k,
            subjects: clean(k * sum(of_subjects.iter().map(|x| square(x - grand))) / (n - 1.0)),
            within: clean(sum(within) / (n * (k - 1.0))),
            raters: clean(n * sum(of_raters.iter().map(|x| square(x - grand))) / (k - 1.0)),
            error: clean(sum(error) / ((n - 1.0) * (k - 1.0))),
        };
        if ![it.subjects, it.within, it.raters, it.error].iter().all(|square| square.is_finite()) {
            return Err(super::too_large());
        }
        if it.subjects > 0.0 { Ok(it) } else { Err(Refusal::NoVariation { what: "subjects".into() }) }
    }

    fn one_way(&self, is_average: bool, null: f64, side: f64) -> Icc {
        self.plain(self.within, self.n * (self.k - 1.0), is_average, null, side)
    }

    fn consistency(&self, is_average: bool, null: f64, side: f64) -> Icc {
        self.plain(self.error, (self.n - 1.0) * (self.k - 1.0), is_average, null, side)
    }

    /// The forms whose test is an exact F test.
    fn plain(&self, error: f64, below: f64, is_average: bool, null: f64, side: f64) -> Icc {
        let freedom = (self.n - 1.0, below);
        if error == 0.0 {
            return full(freedom);
        }
        let ratio = self.subjects / error;
        let (low, high) =
            (ratio / f_quantile(side, freedom), ratio * f_quantile(side, (freedom.1, freedom.0)));
        let k = if is_average { 1.0 } else { self.k };
        let coefficient = |f: f64| if is_average { 1.0 - 1.0 / f } else { (f - 1.0) / (f + k - 1.0) };
        let f = ratio * (1.0 - null) / (1.0 + (k - 1.0) * null);
        Icc {
            value: coefficient(ratio),
            f,
            freedom,
            p_value: f_upper(f, freedom),
            interval: Interval::new(coefficient(low), coefficient(high)),
            n_subjects: 0,
        }
    }

    fn agreement(&self, is_average: bool, null: f64, side: f64, like_irr: bool) -> Result<Icc, Refusal> {
        let (n, k, r, c, e) = (self.n, self.k, self.subjects, self.raters, self.error);
        if e == 0.0 && c == 0.0 {
            return Ok(full((n - 1.0, (n - 1.0) * (k - 1.0))));
        }
        let single = (r - e) / (r + (k - 1.0) * e + k / n * (c - e));
        let average = (r - e) / (r + (c - e) / n);
        // odds of the coefficient of one rater: k times those of one, or those of the average
        let odds =
            |rho: f64, is_average: bool| if is_average { rho / (1.0 - rho) } else { k * rho / (1.0 - rho) };
        let parts = |odds: f64| (odds / n, 1.0 + odds * (n - 1.0) / n);
        let freedom = |(a, b): (f64, f64)| {
            let (ac, be) = (a * c, b * e);
            (ac + be) * (ac + be) / (ac * ac / (k - 1.0) + be * be / ((n - 1.0) * (k - 1.0)))
        };
        let whole = if is_average { r + (c - e) / n } else { r + (k - 1.0) * e + k / n * (c - e) };
        if whole <= 0.0 {
            let what = "ratings differ so much within subjects that their mean has no reliability".to_owned();
            return Err(Refusal::Contradiction { what });
        }
        let at_null = parts(odds(null, is_average));
        let estimate = if like_irr && is_average { odds(average, false) } else { odds(single, false) };
        let estimated = freedom(parts(estimate));
        let denominator = at_null.0 * c + at_null.1 * e;
        // raters who differ by constants only leave no error under a null value of 0
        let (f, below) = if denominator <= 0.0 {
            (f64::INFINITY, (n - 1.0) * (k - 1.0))
        } else {
            (r / denominator, if like_irr { estimated } else { freedom(at_null) })
        };
        let (down, up) = (f_quantile(side, (n - 1.0, estimated)), f_quantile(side, (estimated, n - 1.0)));
        // Raters and error can cancel in the estimated divisor: then there are no degrees of freedom and no bounds.
        let is_bounded = estimated > 1e-9 && down.is_finite() && up.is_finite();
        // the coefficient of one rater at given mean squares; that of the average without the factor k
        let rest = if is_average { c - e } else { k * c + (k * n - k - n) * e };
        // where the divisor vanishes nothing bounds the reliability of the average from below
        let bound = |top: f64, below: f64| if below > 0.0 { n * top / below } else { f64::NEG_INFINITY };
        let low = bound(r - down * e, down * rest + n * r);
        let high = bound(up * r - e, rest + n * up * r);
        let interval =
            if is_bounded { Interval::new(low, high) } else { Interval::new(f64::NEG_INFINITY, 1.0) };
        Ok(Icc {
            value: if is_average { average } else { single },
            f,
            freedom: (n - 1.0, below),
            p_value: if f.is_finite() { f_upper(f, (n - 1.0, below)) } else { 0.0 },
            interval,
            n_subjects: 0,
        })
    }
}

/// Raters who agree in full.
fn full(freedom: (f64, f64)) -> Icc {
    let interval = Interval::new(1.0, 1.0);
    Icc { value: 1.0, f: f64::INFINITY, freedom, p_value: 0.0, interval, n_subjects: 0 }
}

/// The probability that F exceeds `f`.
pub(super) fn f_upper(f: f64, (above, below): (f64, f64)) -> f64 {
    if f <= 0.0 {
        return 1.0;
    }
    beta_upper(above * f / (above * f + below), above / 2.0, below / 2.0)
}

/// The value that F exceeds with probability `upper`.
fn f_quantile(upper: f64, (above, below): (f64, f64)) -> f64 {
    // both ends of the beta variable apart, so that neither loses digits near 1
    let share = beta_lower_quantile(1.0 - upper, above / 2.0, below / 2.0);
    let rest = beta_lower_quantile(upper, below / 2.0, above / 2.0);
    below * share / (above * rest)
}
