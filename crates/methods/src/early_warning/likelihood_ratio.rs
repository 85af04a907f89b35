//! Likelihood-ratio charts for counts with a known mean: CUSUM for a known shift, GLR for an unknown one.
//!
//! **What it answers.** Since some unknown week, do counts follow a raised mean rather than the known one?
//!
//! **Formula.** With in-control means `μ_t`, a shift multiplies them by `e^κ`. For a known `κ`: `L_n =
//! max(0, L_{n−1} + ln f_κ(x_n)/f_0(x_n))` (CUSUM). For an unknown one the generalised ratio `max_k sup_κ
//! Σ_{t=k}^n ln f_κ/f_0` over the weeks `k` since which the shift may last. Alarm at `threshold`; the chart
//! then starts anew with the next week. The epidemic alternative is `μ_t + λ x_{t−1}`: each case brings `λ`
//! others.
//!
//! **Source.** Höhle and Paul (2008), *Computational Statistics & Data Analysis* 52:4357–4368; Lucas
//! (1985), *Technometrics* 27:129–144; Held, Höhle and Hofmann (2005), *Statistical Modelling* 5:187–199.
//! Equals R `surveillance::glrpois` and `glrnb`, except that in the direction [`Direction::Decrease`] zeros
//! count as evidence (R leaves out runs of zeros, whose logarithm is infinite), and that the epidemic
//! alternative is maximised for every start (R takes each estimate from the longer stretch before and, once
//! that is 0, finds nothing any more).
//!
//! **When not to use it.** Without a good in-control mean; a wrong mean is found as a shift. `threshold`
//! follows from a wanted run length by simulation, or for Poisson CUSUM from [`super::run_length`].

use super::glr;
use super::season::{self, Season};
use super::{checked, positive};
use crate::refusal::{Refusal, same_length};
use std::ops::Range;

/// How counts vary about their mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Distribution {
    /// Variance `μ`.
    Poisson,
    /// Variance `μ + α μ²`.
    NegativeBinomial {
        /// The dispersion, above 0.
        alpha: f64,
    },
}

impl Distribution {
    /// `α`, 0 for Poisson; refused if it is not above 0.
    pub(super) fn alpha(self) -> Result<f64, Refusal> {
        match self {
            Distribution::Poisson => Ok(0.0),
            Distribution::NegativeBinomial { alpha } => positive("alpha", alpha).map(|()| alpha),
        }
    }
}

/// What a change does to the mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Change {
    /// Multiplies it by `e^κ`, `κ > 0` known.
    Known(f64),
    /// Multiplies it by an unknown factor.
    Unknown(Direction),
    /// Adds `λ` times the count before, `λ` unknown (Poisson only).
    Epidemic,
}

/// Where an unknown factor lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Above 1.
    Increase,
    /// Below 1.
    Decrease,
}

/// Options of [`detect`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LikelihoodRatio {
    /// How counts vary.
    pub distribution: Distribution,
    /// What is looked for.
    pub change: Change,
    /// Log-likelihood ratio at which the chart alarms.
    pub threshold: f64,
    /// The shortest stretch a shift is looked for in (`Mtilde`), at least 1. As in the reference, Poisson
    /// charts without `window` only wait so many weeks, and with `window` need one week more.
    pub shortest: usize,
    /// The longest stretch (`M`), or `None` for all weeks since the last alarm.
    pub window: Option<usize>,
    /// Whether the count that would just have alarmed is sought too.
    pub cases: bool,
}

impl Default for LikelihoodRatio {
    fn default() -> Self {
        Self {
            distribution: Distribution::Poisson,
            change: Change::Unknown(Direction::Increase),
            threshold: 5.0,
            shortest: 1,
            window: None,
            cases: false,
        }
    }
}

/// What the chart says about one week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// The week's index.
    pub at: usize,
    /// The (generalised) log-likelihood ratio; 0 while the chart waits for `shortest` weeks.
    pub statistic: f64,
    /// The count at which the chart would just have alarmed (for [`Direction::Decrease`]: the least that
    /// would not); a fraction for a known shift. `None` if not asked for.
    pub cases: Option<f64>,
    /// Whether the chart alarms, after which it starts anew.
    pub alarm: bool,
}

/// The chart over `weeks` with the in-control mean of each.
///
/// Refuses missing counts (replace them by their mean, or judge the stretches between them), means that are
/// not above 0, a threshold or `κ` that is not above 0, a window shorter than `shortest`, and the epidemic
/// alternative for negative binomial counts.
///
/// ```
/// use zhiheng_methods::early_warning::likelihood_ratio::{Change, LikelihoodRatio, detect};
/// // a doubled mean: each week adds x ln 2 − μ
/// let options = LikelihoodRatio { change: Change::Known(2.0_f64.ln()), threshold: 1.0, ..Default::default() };
/// let it = detect(&[4.0, 5.0], 0..2, &[3.0, 3.0], &options).unwrap();
/// assert_eq!(it[0].statistic, 0.0);
/// assert!((it[1].statistic - (5.0 * 2.0_f64.ln() - 3.0)).abs() < 1e-15 && !it[1].alarm);
/// ```
pub fn detect(
    counts: &[f64],
    weeks: Range<usize>,
    means: &[f64],
    options: &LikelihoodRatio,
) -> Result<Vec<Step>, Refusal> {
    check(counts, &weeks, options)?;
    same_length("mean", means.len(), weeks.len())?;
    charts(counts, weeks.clone(), options, |from| Ok(means[from - weeks.start..].to_vec()))
}

/// The chart with a mean fitted to the weeks before the first judged one, with `refit` once more after
/// every alarm.
///
/// A negative binomial chart without given dispersion takes that of the season's first fit.
///
/// Refuses what [`detect`] and [`season::fit`] refuse.
pub fn detect_with_season(
    counts: &[f64],
    weeks: Range<usize>,
    season: &Season,
    refit: bool,
    options: &LikelihoodRatio,
) -> Result<Vec<Step>, Refusal> {
    let first = season::fit(counts.get(..weeks.start).unwrap_or_default(), season)?;
    let options = LikelihoodRatio { distribution: first.distribution, ..*options };
    check(counts, &weeks, &options)?;
    charts(counts, weeks.clone(), &options, |from| {
        let again =
            if refit && from > weeks.start { Some(season::fit(&counts[..from], season)?) } else { None };
        let fitted = again.as_ref().unwrap_or(&first);
        let means: Vec<f64> = (from..weeks.end).map(|week| fitted.mean(week)).collect();
        means.iter().try_for_each(|&mean| positive("mean", mean))?;
        Ok(means)
    })
}

fn check(counts: &[f64], weeks: &Range<usize>, options: &LikelihoodRatio) -> Result<(), Refusal> {
    checked(counts, weeks)?;
    let alpha = options.distribution.alpha()?;
    positive("threshold", options.threshold)?;
    if let Some(row) = weeks.clone().find(|&week| counts[week].is_nan()) {
        return Err(Refusal::NotFinite { what: "count", row });
    }
    match options.change {
        Change::Known(kappa) => positive("kappa", kappa)?,
        Change::Epidemic if alpha > 0.0 => {
            let what = "the epidemic alternative is for Poisson counts only".to_owned();
            return Err(Refusal::Contradiction { what });
        }
        _ => {}
    }
    if options.shortest == 0 || options.window.is_some_and(|window| window < options.shortest) {
        let value = options.shortest as f64;
        return Err(Refusal::OutOfRange { what: "shortest", value, allowed: "1 to the window" });
    }
    Ok(())
}

/// Chart after chart: each ends with an alarm or with the last week.
fn charts(
    counts: &[f64],
    weeks: Range<usize>,
    options: &LikelihoodRatio,
    means: impl Fn(usize) -> Result<Vec<f64>, Refusal>,
) -> Result<Vec<Step>, Refusal> {
    let mut steps = Vec::with_capacity(weeks.len());
    let (mut from, mut before) = (weeks.start, 0.0);
    while from < weeks.end {
        let means = means(from)?;
        means.iter().try_for_each(|&mean| positive("mean", mean))?;
        let stretch = glr::Stretch { counts: &counts[from..weeks.end], means: &means, before };
        let mut sum = 0.0;
        for now in 0..stretch.counts.len() {
            let at = from + now;
            let (statistic, strict) = match options.change {
                Change::Known(kappa) => {
                    let last = sum;
                    sum = glr::add(sum, stretch.ratio(now, kappa, options.distribution));
                    let cases = options.cases.then(|| {
                        stretch.cases_of_known(now, kappa, options.distribution, options.threshold - last)
                    });
                    (Some((sum, cases)), true)
                }
                Change::Unknown(direction) => (stretch.generalised(now, direction, options), false),
                Change::Epidemic => (stretch.epidemic(now, options).map(|value| (value, None)), true),
            };
            // The reference alarms beyond the threshold for a known shift and an epidemic, on it otherwise.
            let (statistic, cases) = statistic.unwrap_or((0.0, options.cases.then_some(0.0)));
            let alarm = if strict { statistic > options.threshold } else { statistic >= options.threshold };
            steps.push(Step { at, statistic: statistic.max(0.0), cases, alarm });
            if alarm {
                before = stretch.counts[now];
                break;
            }
        }
        // the week after the alarm, or after the last one
        from = steps.last().map_or(weeks.end, |step| step.at + 1);
    }
    Ok(steps)
}
