//! Mann–Kendall over several series at once: seasons of one place, or one figure at several places.
//!
//! **What it answers.** Do the values rise, each month compared only with the same month of other years? Or: do
//! the cities of a region rise together?
//!
//! **Formula.** Scores and variances of the series are added. If the series depend on each other, the variance
//! is the sum of all covariances `σ_gh = (K_gh + 4 Σ R_ig R_ih − n(n + 1)²) / 3` with `R` ranks and `K` the
//! pairs that both series order alike less those they order unlike.
//!
//! **Source.** Hirsch, Slack and Smith (1982), *Water Resources Research* 18:107–121; Hirsch and Slack (1984),
//! the same journal 20:727–732; Helsel and Frans (2006), *Environmental Science & Technology* 40:4066–4073;
//! Libiseller and Grimvall (2002), *Environmetrics* 13:71–84. Figures equal those of pyMannKendall 1.4.3.
//!
//! **When not to use it.** Where some series rise and others fall the sum hides both: look at each. The
//! correlated form needs some 10 years.

use crate::refusal::{Refusal, at_least, same_length};

use super::mann_kendall::{MannKendall, pairs, standard, two_sided, variance};
use super::pairs::{present, score, ties};

/// Tests a series with `period` values per cycle, each season against itself. NaN is a gap.
///
/// Errors: an infinite value; a period of 0; no season with two different values.
///
/// ```
/// use zhiheng_methods::trend::several::seasonal;
/// // two seasons, both 1 < 2 < 3: S = 3 + 3, variance 2 · 3 · 2 · 11 / 18
/// let it = seasonal(&[1.0, 11.0, 2.0, 12.0, 3.0, 13.0], 2).unwrap();
/// assert_eq!((it.score, it.tau), (6.0, 1.0));
/// assert!((it.variance - 22.0 / 3.0).abs() < 1e-12);
/// ```
pub fn seasonal(values: &[f64], period: usize) -> Result<MannKendall, Refusal> {
    regional(&seasons(values, period)?)
}

/// Tests several series together, assumed independent: the variances are added. NaN is a gap.
///
/// Errors: as [`seasonal`].
pub fn regional<S: AsRef<[f64]>>(series: &[S]) -> Result<MannKendall, Refusal> {
    at_least("series", series.len(), 1)?;
    let mut all = Total::default();
    for one in series {
        let values: Vec<f64> = present(one.as_ref())?.into_iter().map(|(_, value)| value).collect();
        all.add(&values);
    }
    all.variance = all.own_variance;
    all.tested(true)
}

/// As [`seasonal`], for seasons that depend on each other. Years with a gap are left out, an unfinished last
/// year too.
///
/// Errors: as [`seasonal`]; fewer than two whole years.
pub fn seasonal_correlated(values: &[f64], period: usize) -> Result<MannKendall, Refusal> {
    regional_correlated(&seasons(values, period)?)
}

/// As [`regional`], for series that depend on each other; rows with a gap in any series are left out. The
/// score is not brought nearer to 0.
///
/// Errors: as [`regional`]; series of different lengths; fewer than two whole rows. O(rows² × series²).
pub fn regional_correlated<S: AsRef<[f64]>>(series: &[S]) -> Result<MannKendall, Refusal> {
    let columns = whole_rows(series)?;
    let mut all = Total::default();
    for column in &columns {
        all.add(column);
    }
    let ranks: Vec<Vec<f64>> = columns.iter().map(|column| super::pairs::ranks(column)).collect();
    for (g, one) in columns.iter().enumerate() {
        all.variance += covariance(one, one, &ranks[g], &ranks[g]);
        for h in 0..g {
            all.variance += 2.0 * covariance(one, &columns[h], &ranks[g], &ranks[h]);
        }
    }
    all.tested(false)
}

/// Whether `values` rise apart from what they share with the covariate `other`; rows with a gap are left out.
///
/// The variance is that of series without equal values. Errors: as [`regional_correlated`]; a covariate that
/// orders the rows exactly as `values` do.
pub fn partial(values: &[f64], other: &[f64]) -> Result<MannKendall, Refusal> {
    let columns = whole_rows(&[values, other])?;
    let [x, y] = columns.as_slice() else { return Err(Refusal::Empty { what: "value" }) };
    let n = x.len() as f64;
    let plain = n * (n - 1.0) * (2.0 * n + 5.0) / 18.0;
    let rho = covariance(x, y, &super::pairs::ranks(x), &super::pairs::ranks(y)) / plain;
    let own = score(x) as f64;
    let variance = (1.0 - rho * rho) * plain;
    if variance <= 1e-9 * plain {
        return Err(Refusal::Contradiction {
            what: "the covariate orders the rows as the values do".to_owned(),
        });
    }
    let z = standard(own - rho * score(y) as f64, variance, false);
    let tied: f64 = ties(x).iter().map(|&tie| pairs(tie as usize)).sum();
    let all = pairs(x.len());
    if tied >= all {
        return Err(Refusal::NoVariation { what: "value".to_owned() });
    }
    Ok(MannKendall {
        n: x.len(),
        score: own - rho * score(y) as f64,
        variance,
        z,
        p_value: two_sided(z),
        tau: own / all,
        tau_b: own / libm::sqrt((all - tied) * all),
    })
}

/// One series per season.
pub(super) fn seasons(values: &[f64], period: usize) -> Result<Vec<Vec<f64>>, Refusal> {
    if period == 0 {
        return Err(Refusal::OutOfRange { what: "period", value: 0.0, allowed: ">= 1" });
    }
    at_least("value", values.len(), 1)?;
    let years = values.len().div_ceil(period);
    let one = |first: usize| {
        (0..years).map(|year| values.get(first + year * period).copied().unwrap_or(f64::NAN)).collect()
    };
    Ok((0..period.min(values.len())).map(one).collect())
}

/// Rows without a gap, one vector per series.
fn whole_rows<S: AsRef<[f64]>>(series: &[S]) -> Result<Vec<Vec<f64>>, Refusal> {
    at_least("series", series.len(), 1)?;
    let n = series[0].as_ref().len();
    for one in series {
        same_length("series", one.as_ref().len(), n)?;
        present(one.as_ref())?;
    }
    let whole: Vec<usize> =
        (0..n).filter(|&row| series.iter().all(|one| !one.as_ref()[row].is_nan())).collect();
    at_least("whole row", whole.len(), 2)?;
    Ok(series.iter().map(|one| whole.iter().map(|&row| one.as_ref()[row]).collect()).collect())
}

/// Scores, variances and pairs added up over series.
#[derive(Default)]
struct Total {
    n: usize,
    score: f64,
    variance: f64,
    own_variance: f64,
    pairs: f64,
    untied: f64,
}

impl Total {
    fn add(&mut self, values: &[f64]) {
        self.n += values.len();
        self.score += score(values) as f64;
        self.own_variance += variance(values);
        let all = pairs(values.len());
        let tied: f64 = ties(values).iter().map(|&tie| pairs(tie as usize)).sum();
        self.pairs += all;
        self.untied += libm::sqrt((all - tied) * all);
    }

    fn tested(self, continuity: bool) -> Result<MannKendall, Refusal> {
        if self.pairs == 0.0 {
            return Err(Refusal::TooFew { what: "value of one series", found: 1, needed: 2 });
        }
        if self.own_variance <= 0.0 || self.variance <= 0.0 {
            return Err(Refusal::NoVariation { what: "value".to_owned() });
        }
        let z = standard(self.score, self.variance, continuity);
        Ok(MannKendall {
            n: self.n,
            score: self.score,
            variance: self.variance,
            z,
            p_value: two_sided(z),
            tau: self.score / self.pairs,
            tau_b: self.score / self.untied,
        })
    }
}

/// Covariance of two scores without trend.
fn covariance(x: &[f64], y: &[f64], x_ranks: &[f64], y_ranks: &[f64]) -> f64 {
    let n = x.len() as f64;
    let mut alike = 0_i64;
    for i in 0..x.len() {
        for j in i + 1..x.len() {
            let (over, across) = (x[j] - x[i], y[j] - y[i]);
            if over != 0.0 && across != 0.0 {
                alike += if (over > 0.0) == (across > 0.0) { 1 } else { -1 };
            }
        }
    }
    let product: f64 = x_ranks.iter().zip(y_ranks).map(|(a, b)| a * b).sum();
    (alike as f64 + 4.0 * product - n * (n + 1.0) * (n + 1.0)) / 3.0
}
