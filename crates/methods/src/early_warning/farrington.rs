//! Farrington's method: a quasi-Poisson line through the same weeks of past years, past outbreaks weighed
//! down.
//!
//! **What it answers.** Given a trend and the same weeks of past years, which count would surprise this week?
//!
//! **Formula.** `ln μ = α + β t` by quasi-Poisson regression on the `2w + 1` weeks around the same week of
//! each of `b` past years; dispersion `φ = max(1, Pearson χ²/df)`. Weeks with a standardised Anscombe
//! residual `s > 1` are weighed down by `s⁻²` and the line is fitted again. The line stays only if it is
//! significant at 5 %, `b ≥ 3` and it does not predict more than the greatest count of the baseline. The
//! bound is `μ (1 + ⅔ z √((φ μ + Var μ̂)/μ²))^(3/2)` (power ⅔) with `z = z₁₋ₐ⸝₂`. A week alarms above it,
//! if the last four weeks had five cases.
//!
//! **Source.** Farrington, Andrews, Beale and Catchpole (1996), *Journal of the Royal Statistical Society A*
//! 159:547–563. Equals R `surveillance::farrington`.
//!
//! **When not to use it.** With less than three years; for rare events (bounds are then too low and alarms
//! too many: use [`super::flexible`] with quantiles); with strong seasons wider than the window.

use super::baseline::Baseline;
use super::calendar::Calendar;
use super::quasi_poisson::{Fit, Regression, mean};
use super::threshold::{self, Power};
use super::{checked, probability};
use crate::refusal::{Refusal, same_length};
use crate::special::student_upper;
use rayon::prelude::*;
use std::ops::Range;

/// A series: counts with their calendar and, where rates differ, the population behind each count.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Series<'a> {
    /// One count per step, oldest first; NaN is missing.
    pub counts: &'a [f64],
    /// Population (or any exposure) per step, above 0; used only with the option `offset`.
    pub population: Option<&'a [f64]>,
    /// How the steps lie in the year.
    pub calendar: Calendar<'a>,
}

/// From how many cases on a week may alarm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Few {
    /// At least so many cases …
    pub cases: f64,
    /// … in so many steps, the judged one included.
    pub weeks: usize,
}

/// What a Farrington method says about one week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judged {
    /// The week's index.
    pub at: usize,
    /// The count that the past leads one to expect.
    pub expected: Option<f64>,
    /// The count above which the week alarms.
    pub bound: Option<f64>,
    /// How far the count is from the expectation (0) to the bound (1). Given even where there are too few
    /// cases.
    pub score: Option<f64>,
    /// Probability of so high a count if nothing happened.
    pub p_value: Option<f64>,
    /// Dispersion of the baseline, at least 1.
    pub dispersion: Option<f64>,
    /// Growth of the logarithm per step, where the trend was kept.
    pub trend: Option<f64>,
    /// Whether the week alarms; `None` where that cannot be said.
    pub alarm: Option<bool>,
    /// Why there is no bound, or no alarm whatever the count.
    pub silence: Option<Silence>,
}

/// Why a week has no verdict of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silence {
    /// Too few cases in the last weeks ([`Few`]): no alarm.
    FewCases,
    /// The week's count, or one that [`Few`] adds up, is missing.
    Missing,
    /// The regression did not settle, with or without trend (mostly: nothing but zeros over years).
    NotConverged,
    /// Too few weeks in the baseline for the regression.
    ThinBaseline,
}

/// Options of [`detect`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Farrington {
    /// Past years `b`.
    pub years: usize,
    /// Weeks `w` to each side.
    pub half_window: usize,
    /// Whether past outbreaks are weighed down.
    pub reweight: bool,
    /// Whether a trend is tried.
    pub trend: bool,
    /// Two-sided probability outside the prediction interval.
    pub alpha: f64,
    /// Scale of the interval.
    pub power: Power,
    /// From how many cases on a week may alarm.
    pub few: Few,
    /// Whether rates per population are compared instead of counts.
    pub offset: bool,
}

impl Default for Farrington {
    fn default() -> Self {
        Self {
            years: 5,
            half_window: 3,
            reweight: true,
            trend: true,
            alpha: 0.05,
            power: Power::TwoThirds,
            few: Few { cases: 5.0, weeks: 4 },
            offset: false,
        }
    }
}

/// A verdict on each of `weeks`.
///
/// Missing weeks are left out of the baseline; weeks before the series began too. With too few cases the
/// bound is 0 and there is no alarm, as in the reference.
///
/// Refuses counts that are negative or infinite, an `alpha` outside (0, 1), no years, a calendar or
/// population that does not fit, and no past at all. A week that cannot be judged says so in `silence`.
///
/// ```
/// use zhiheng_methods::early_warning::{calendar::Calendar, farrington::{Farrington, Series, detect}};
/// // three years of 1 or 3 cases a week, then 12
/// let mut counts: Vec<f64> = (0..200).map(|week| if week % 2 == 0 { 1.0 } else { 3.0 }).collect();
/// counts[199] = 12.0;
/// let series = Series { counts: &counts, population: None, calendar: Calendar::Steps(52) };
/// let it = detect(&series, 199..200, &Farrington { years: 3, ..Farrington::default() }).unwrap();
/// assert_eq!(it[0].alarm, Some(true));
/// ```
pub fn detect(series: &Series, weeks: Range<usize>, options: &Farrington) -> Result<Vec<Judged>, Refusal> {
    detect_with(&mut Work::default(), series, weeks, options)
}

/// [`detect`] for many series at once, on all cores; the answers are in the order of `series`.
pub fn detect_many(
    series: &[Series],
    weeks: Range<usize>,
    options: &Farrington,
) -> Vec<Result<Vec<Judged>, Refusal>> {
    let judge = |work: &mut Work, one: &Series| detect_with(work, one, weeks.clone(), options);
    series.par_iter().map_init(Work::default, judge).collect()
}

/// Buffers that a thread keeps from series to series.
#[derive(Debug, Default)]
pub(super) struct Work {
    pub(super) baseline: Baseline,
    pub(super) regression: Regression,
}

fn detect_with(
    work: &mut Work,
    series: &Series,
    weeks: Range<usize>,
    options: &Farrington,
) -> Result<Vec<Judged>, Refusal> {
    check(series, &weeks, options.years, options.half_window, options.few, options.offset)?;
    probability("alpha", options.alpha)?;
    weeks
        .map(|at| {
            work.baseline.windows(&series.calendar, at, options.years, options.half_window);
            work.gather(series, options.offset, |week| week as f64)?;
            Ok(judge(work, series, at, options))
        })
        .collect()
}

fn judge(work: &mut Work, series: &Series, at: usize, options: &Farrington) -> Judged {
    let regression = &mut work.regression;
    let rule = Rule { reweight: options.reweight, threshold: 1.0, stop: false };
    let (now, offset) = (at as f64, offset_at(series, at, options.offset));
    let Some(Ok(mut model)) = fitted(regression, options.trend, &rule) else {
        return silent(at, Silence::ThinBaseline);
    };
    if model.fit.slope.is_some() {
        let (predictor, _) = regression.predict(&model.fit, now, offset);
        let p_value = slope_p_value(&model.fit, regression.dispersion(&model.fit));
        let keep = options.years >= 3 && p_value < 0.05 && mean(predictor) <= regression.greatest();
        if !keep {
            let Some(Ok(without)) = fitted(regression, false, &rule) else {
                return silent(at, Silence::ThinBaseline);
            };
            model = without;
        }
    }
    let (predictor, variance) = regression.predict(&model.fit, now, offset);
    let expected = mean(predictor);
    let deviation = libm::sqrt(model.dispersion * variance) * expected;
    let count = series.counts[at];
    let bound =
        threshold::power(count, expected, deviation, model.dispersion, options.alpha / 2.0, options.power);
    let enough = enough_cases(series.counts, at, options.few);
    Judged {
        at,
        expected: Some(expected),
        bound: enough.map(|enough| if enough { bound.upper } else { 0.0 }),
        score: number(bound.score),
        p_value: number(bound.p_value),
        dispersion: Some(model.dispersion),
        trend: model.fit.slope,
        alarm: enough.and_then(|enough| {
            if enough { number(bound.score).map(|score| score > 1.0) } else { Some(false) }
        }),
        silence: silence(enough),
    }
}

/// How a model is fitted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    pub(super) reweight: bool,
    /// Residual above which a week is weighed down.
    pub(super) threshold: f64,
    /// Whether a fit that does not settle even without trend ends the week.
    pub(super) stop: bool,
}

/// A fitted line and its dispersion, at least 1.
#[derive(Debug, Clone, Copy)]
pub(super) struct Model {
    pub(super) fit: Fit,
    pub(super) dispersion: f64,
}

/// The regression, once more with outbreaks weighed down, without trend where it does not settle with one.
/// `None`: too few weeks; an error: it does not settle at all.
pub(super) fn fitted(
    regression: &mut Regression,
    trend: bool,
    rule: &Rule,
) -> Option<Result<Model, Silence>> {
    regression.weigh_alike();
    let mut fit = regression.fit(trend)?;
    let mut trend = trend;
    if !fit.converged && trend {
        trend = false;
        fit = regression.fit(false)?;
    }
    if !fit.converged && rule.stop {
        return Some(Err(Silence::NotConverged));
    }
    let mut dispersion = regression.dispersion(&fit).max(1.0);
    if rule.reweight {
        regression.weigh_outbreaks_down(&fit, dispersion, rule.threshold)?;
        fit = regression.fit(trend)?;
        dispersion = regression.dispersion(&fit).max(1.0);
    }
    Some(Ok(Model { fit, dispersion }))
}

/// Two-sided p-value of the slope; 1 where it has no error to compare with.
pub(super) fn slope_p_value(fit: &Fit, dispersion: f64) -> f64 {
    let error = libm::sqrt(dispersion * Regression::slope_variance(fit));
    let t = fit.slope.unwrap_or(0.0) / error;
    if t.is_nan() { 1.0 } else { 2.0 * student_upper(t.abs(), fit.freedom) }
}

impl Work {
    /// Hands the baseline's weeks to the regression, missing ones left out.
    pub(super) fn gather(
        &mut self,
        series: &Series,
        offset: bool,
        time: impl Fn(usize) -> f64,
    ) -> Result<(), Refusal> {
        self.regression.clear();
        for (&week, &part) in self.baseline.weeks.iter().zip(&self.baseline.part) {
            let count = series.counts[week];
            if !count.is_nan() {
                let offset = offset_at(series, week, offset);
                if !offset.is_finite() {
                    let allowed = "> 0 in every week used";
                    return Err(Refusal::OutOfRange {
                        what: "population",
                        value: libm::exp(offset),
                        allowed,
                    });
                }
                self.regression.push(count, time(week), part, offset);
            }
        }
        Ok(())
    }
}

/// The logarithm of the population, 0 where it is not used.
pub(super) fn offset_at(series: &Series, week: usize, offset: bool) -> f64 {
    if offset { series.population.map_or(0.0, |population| libm::log(population[week])) } else { 0.0 }
}

/// What both Farrington methods need of series and options.
pub(super) fn check(
    series: &Series,
    weeks: &Range<usize>,
    years: usize,
    half_window: usize,
    few: Few,
    offset: bool,
) -> Result<(), Refusal> {
    checked(series.counts, weeks)?;
    series.calendar.check(series.counts.len())?;
    if years == 0 || years > 100 {
        return Err(Refusal::OutOfRange { what: "years", value: years as f64, allowed: "1 to 100" });
    }
    let per_year = match series.calendar {
        Calendar::Steps(per_year) => per_year,
        Calendar::Days { step: super::calendar::Step::Day, .. } => 365,
        Calendar::Days { step: super::calendar::Step::Week, .. } => 52,
        Calendar::Days { step: super::calendar::Step::Month, .. } => 12,
    };
    if 2 * half_window >= per_year {
        let allowed = "less than half a year";
        return Err(Refusal::OutOfRange { what: "half_window", value: half_window as f64, allowed });
    }
    if few.weeks == 0 || !few.cases.is_finite() || few.cases < 0.0 {
        return Err(Refusal::OutOfRange {
            what: "few",
            value: few.cases,
            allowed: "cases >= 0 in at least 1 week",
        });
    }
    super::enough_past(weeks.start + 1, few.weeks)?;
    match (series.population, offset) {
        (None, true) => Err(Refusal::Empty { what: "population" }),
        (Some(population), true) => {
            same_length("population", population.len(), series.counts.len())?;
            match population.iter().find(|value| value.is_infinite() || **value < 0.0) {
                Some(&value) => Err(Refusal::OutOfRange { what: "population", value, allowed: "> 0" }),
                None => Ok(()),
            }
        }
        (_, false) => Ok(()),
    }
}

/// Whether the last weeks have enough cases; `None` if one of them is missing.
pub(super) fn enough_cases(counts: &[f64], at: usize, few: Few) -> Option<bool> {
    let cases: f64 = counts[at + 1 - few.weeks..=at].iter().sum();
    (!cases.is_nan()).then_some(cases >= few.cases)
}

pub(super) fn silence(enough: Option<bool>) -> Option<Silence> {
    match enough {
        Some(true) => None,
        Some(false) => Some(Silence::FewCases),
        None => Some(Silence::Missing),
    }
}

/// A week about which nothing can be said.
pub(super) fn silent(at: usize, why: Silence) -> Judged {
    Judged {
        at,
        expected: None,
        bound: None,
        score: None,
        p_value: None,
        dispersion: None,
        trend: None,
        alarm: None,
        silence: Some(why),
    }
}

/// `value` unless it is NaN.
pub(super) fn number(value: f64) -> Option<f64> {
    (!value.is_nan()).then_some(value)
}
