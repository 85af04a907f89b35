//! The improved Farrington method of Noufaily: all weeks of past years with a season in steps, gentler
//! weights, quantiles for rare events.
//!
//! **What it answers.** As [`super::farrington`], with the season modelled and fewer false alarms: which
//! count would surprise this week, given trend, season and spread of past years?
//!
//! **Formula.** `ln μ = α + β t + γ_part`, quasi-Poisson; the part of the judged week is the window of
//! `2w + 1` weeks around its day in each of `b` past years, the weeks between are cut into `periods − 1` equal
//! parts. Weeks with Anscombe residual `s > weights_threshold` (2.58) are weighed down by `s⁻²`. The trend
//! stays if its p-value is below `trend_p`, `b ≥ 3` and the prediction does not exceed the greatest count.
//! The bound is one of three: `Delta` (prediction interval on the scale of `power`), `Plugin` (quantile of
//! NB(μ̂, φ)), `Upper` (the same at the upper `1 − alpha` limit of μ̂, the proposal called *muan*).
//!
//! **Source.** Noufaily, Enki, Farrington, Garthwaite, Andrews and Charlett (2013), *Statistics in
//! Medicine* 32:1206–1222; Salmon, Schumacher and Höhle (2016), *Journal of Statistical Software* 70(10).
//! Equals R `surveillance::farringtonFlexible` 1.20.3, with two of its peculiarities: the error of the
//! prediction and of the slope use the dispersion from the outbreak weights (the package overwrites the
//! fit's weights with them), and the scores of quantile bounds are measured from the linear predictor. Not
//! repeated: with dates and the first week of the baseline missing, the package predicts for an earlier
//! date.
//!
//! **When not to use it.** With less than three years; for daily data with effects of the day of the week;
//! where reporting lags are long (the last weeks are then not complete and look quiet).

use super::farrington::{
    Few, Judged, Rule, Series, Silence, Work, check, enough_cases, fitted, number, offset_at, silence,
    silent, slope_p_value,
};
use super::quasi_poisson::mean;
use super::threshold::{self, Power};
use super::{positive, probability};
use crate::refusal::Refusal;
use crate::special::normal_upper_quantile;
use rayon::prelude::*;
use std::ops::Range;

/// How the bound follows from the expectation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bounds {
    /// A normal prediction interval on the scale of `power`, error of the expectation included.
    Delta,
    /// The negative binomial quantile at the expectation, its error neglected.
    Plugin,
    /// The negative binomial quantile at the upper limit of the expectation.
    Upper,
}

/// Options of [`detect`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flexible {
    /// Past years `b`.
    pub years: usize,
    /// Weeks `w` to each side.
    pub half_window: usize,
    /// Parts of the year; 1 compares with the windows alone, Noufaily has 10.
    pub periods: usize,
    /// Weeks just before the judged one that are not in the baseline; `None` for `half_window`, Noufaily
    /// has 26.
    pub weeks_left_out: Option<usize>,
    /// Whether past outbreaks are weighed down.
    pub reweight: bool,
    /// Residual above which a week is weighed down.
    pub weights_threshold: f64,
    /// Whether a trend is tried.
    pub trend: bool,
    /// The greatest p-value with which the trend stays; 1 keeps it always.
    pub trend_p: f64,
    /// How the bound follows.
    pub bounds: Bounds,
    /// Scale of the interval of [`Bounds::Delta`].
    pub power: Power,
    /// Probability above the bound.
    pub alpha: f64,
    /// From how many cases on a week may alarm.
    pub few: Few,
    /// Whether rates per population are compared instead of counts.
    pub offset: bool,
}

impl Default for Flexible {
    /// The defaults of the reference, not of the paper: see the fields.
    fn default() -> Self {
        Self {
            years: 5,
            half_window: 3,
            periods: 1,
            weeks_left_out: None,
            reweight: true,
            weights_threshold: 2.58,
            trend: true,
            trend_p: 0.05,
            bounds: Bounds::Delta,
            power: Power::TwoThirds,
            alpha: 0.05,
            few: Few { cases: 5.0, weeks: 4 },
            offset: false,
        }
    }
}

/// A verdict on each of `weeks`.
///
/// Missing weeks are left out of the baseline. With too few cases there is no bound and no alarm.
///
/// Refuses counts that are negative or infinite, probabilities outside their range, no years, more parts
/// than weeks, a calendar or population that does not fit, and a past that does not reach back `years`
/// years. A week that cannot be judged says so in `silence`.
///
/// ```
/// use zhiheng_methods::early_warning::calendar::Calendar;
/// use zhiheng_methods::early_warning::farrington::Series;
/// use zhiheng_methods::early_warning::flexible::{Bounds, Flexible, detect};
/// // Three years of 2 cases a week: expected 2, not overdispersed. The Poisson(2) quantile at 0.99 is 6.
/// let mut counts = vec![2.0; 200];
/// counts[199] = 7.0;
/// let series = Series { counts: &counts, population: None, calendar: Calendar::Steps(52) };
/// let options = Flexible { years: 3, bounds: Bounds::Plugin, alpha: 0.01, ..Flexible::default() };
/// let it = detect(&series, 199..200, &options).unwrap();
/// assert_eq!((it[0].bound, it[0].alarm), (Some(6.0), Some(true)));
/// ```
pub fn detect(series: &Series, weeks: Range<usize>, options: &Flexible) -> Result<Vec<Judged>, Refusal> {
    detect_with(&mut Work::default(), series, weeks, options)
}

/// [`detect`] for many series at once, on all cores; the answers are in the order of `series`.
pub fn detect_many(
    series: &[Series],
    weeks: Range<usize>,
    options: &Flexible,
) -> Vec<Result<Vec<Judged>, Refusal>> {
    let judge = |work: &mut Work, one: &Series| detect_with(work, one, weeks.clone(), options);
    series.par_iter().map_init(Work::default, judge).collect()
}

fn detect_with(
    work: &mut Work,
    series: &Series,
    weeks: Range<usize>,
    options: &Flexible,
) -> Result<Vec<Judged>, Refusal> {
    check(series, &weeks, options.years, options.half_window, options.few, options.offset)?;
    probability("alpha", options.alpha)?;
    positive("weights_threshold", options.weights_threshold)?;
    if !(0.0..=1.0).contains(&options.trend_p) {
        return Err(Refusal::OutOfRange { what: "trend_p", value: options.trend_p, allowed: "[0, 1]" });
    }
    if options.periods == 0 || options.periods > 366 {
        let value = options.periods as f64;
        return Err(Refusal::OutOfRange { what: "periods", value, allowed: "1 to 366" });
    }
    let left_out = options.weeks_left_out.unwrap_or(options.half_window);
    weeks
        .map(|at| {
            work.baseline.parts(
                &series.calendar,
                at,
                options.years,
                options.half_window,
                options.periods,
                left_out,
            )?;
            work.gather(series, options.offset, |week| series.calendar.time(week))?;
            Ok(judge(work, series, at, options).unwrap_or_else(|why| silent(at, why)))
        })
        .collect()
}

fn judge(work: &mut Work, series: &Series, at: usize, options: &Flexible) -> Result<Judged, Silence> {
    let regression = &mut work.regression;
    let rule = Rule { reweight: options.reweight, threshold: options.weights_threshold, stop: true };
    let (now, offset) = (series.calendar.time(at), offset_at(series, at, options.offset));
    if !offset.is_finite() {
        return Err(Silence::Missing);
    }
    let mut model = fitted(regression, options.trend, &rule).ok_or(Silence::ThinBaseline)??;
    if model.fit.slope.is_some() {
        let (predictor, _) = regression.predict(&model.fit, now, offset);
        let dispersion = regression.spread_of_predictions(&model.fit, options.reweight);
        let significant = slope_p_value(&model.fit, dispersion) < options.trend_p;
        if !(options.years >= 3 && significant && mean(predictor) <= regression.greatest()) {
            model = fitted(regression, false, &rule).ok_or(Silence::ThinBaseline)??;
        }
    }
    let (predictor, variance) = regression.predict(&model.fit, now, offset);
    if !predictor.is_finite() || !variance.is_finite() {
        return Err(Silence::ThinBaseline);
    }
    let deviation = libm::sqrt(regression.spread_of_predictions(&model.fit, options.reweight) * variance);
    let (count, expected) = (series.counts[at], mean(predictor));
    let bound = match options.bounds {
        Bounds::Delta => {
            let error = deviation * expected;
            threshold::power(count, expected, error, model.dispersion, options.alpha, options.power)
        }
        Bounds::Plugin => {
            threshold::quantile(count, libm::exp(predictor), model.dispersion, options.alpha, predictor)
        }
        Bounds::Upper => {
            let limit = libm::exp(predictor + normal_upper_quantile(options.alpha) * deviation);
            threshold::quantile(count, limit, model.dispersion, options.alpha, predictor)
        }
    };
    let enough = enough_cases(series.counts, at, options.few);
    let decided = enough == Some(true) && bound.upper.is_finite();
    let score = number(bound.score).filter(|_| bound.upper.is_finite());
    Ok(Judged {
        at,
        expected: decided.then_some(expected),
        bound: decided.then_some(bound.upper),
        score,
        p_value: number(bound.p_value),
        dispersion: Some(model.dispersion),
        trend: model.fit.slope,
        alarm: enough.map(|enough| enough && score.is_some_and(|score| score > 1.0) && count != 0.0),
        silence: silence(enough),
    })
}
