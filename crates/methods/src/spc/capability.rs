//! Capability and performance: how well a process fits its specification.
//!
//! **What it answers.** Would the process, if it stays as it is, keep within the specification, and how sure
//! is that?
//!
//! **Formula.** `C_p = (U − L)/(2kσ)`, `C_pu = (U − x̄)/(kσ)`, `C_pl = (x̄ − L)/(kσ)`, `C_pk` the smaller of
//! the two, `C_pm = C_p/√(1 + ((x̄ − T)/σ)²)`, with `k = 3` and σ from within subgroups. `P_p`, `P_pu`,
//! `P_pl`, `P_pk` take the deviation of all values instead. Intervals at level `1 − α`, `ν = n − 1`: `C_p
//! √(χ²_{α/2; ν}/ν)` and so on; `C_pk (1 ± z_{1−α/2} √(1/(9nC_pk²) + 1/(2ν)))`; for `C_pu`, `C_pl` the same
//! with `z_{1−α}`, so that each end is a one-sided bound; for `C_pm` a chi-square on `n(1 + d²)²/(1 + 2d²)`
//! degrees of freedom, where R's qcc has `n(1 + d²)/(1 + 2d²)`, `d = (x̄ − T)/σ`.
//!
//! **Source.** Kotz and Johnson, *Process Capability Indices* (1993), ch. 2–3; Bissell (1990), *Applied
//! Statistics* 39:331–340; Boyles (1991), *Journal of Quality Technology* 23:17–26. Equals R's
//! `process.capability` of qcc.
//!
//! **When not to use it.** Before the process is in control, and for values that are not normal: the indices
//! then promise what they cannot know.

use super::chart::measured;
use crate::interval::{Interval, level_tail};
use crate::refusal::{Refusal, at_least, finite};
use crate::special::{gamma_lower_quantile, gamma_upper_quantile, normal_cdf, normal_quantile, normal_upper};
use crate::sum::{mean, variance};

/// Specification limits; at least one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Specification {
    /// Lower limit.
    pub lower: Option<f64>,
    /// Upper limit.
    pub upper: Option<f64>,
    /// Target; the middle of two limits if not given.
    pub target: Option<f64>,
}

/// An index with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Index {
    /// The index.
    pub value: f64,
    /// Its confidence interval.
    pub interval: Interval,
}

/// The indices. Those that need both limits are `None` with one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Capability {
    /// `C_p`, or `P_p`.
    pub potential: Option<Index>,
    /// `C_pl`, or `P_pl`.
    pub lower: Option<Index>,
    /// `C_pu`, or `P_pu`.
    pub upper: Option<Index>,
    /// `C_pk`, or `P_pk`.
    pub actual: Index,
    /// `C_pm`, or `P_pm`.
    pub target: Option<Index>,
    /// Share of a normal process expected below the lower limit.
    pub expected_below: f64,
    /// … and above the upper limit.
    pub expected_above: f64,
    /// Share of the values below the lower limit.
    pub observed_below: f64,
    /// … and above the upper limit.
    pub observed_above: f64,
}

/// Which degrees of freedom the interval of `C_pm` has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetInterval {
    /// Those of Boyles (1991), `n(1 + d²)²/(1 + 2d²)`.
    Boyles,
    /// Those of R's qcc, `n(1 + d²)/(1 + 2d²)`: a little wider off the target.
    Qcc,
}

/// What the indices are computed with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Standard deviations to each side of the centre: 3.
    pub sigmas: f64,
    /// Confidence level.
    pub level: f64,
    /// Interval of `C_pm`.
    pub target_interval: TargetInterval,
}

impl Default for Settings {
    fn default() -> Self {
        Self { sigmas: 3.0, level: 0.95, target_interval: TargetInterval::Boyles }
    }
}

/// Capability of `values` with a centre and a deviation from a control chart (`chart.centre`,
/// `chart.deviation`).
///
/// Refused without a limit, with limits in the wrong order, a target outside them, or fewer than two values.
///
/// ```
/// use zhiheng_methods::spc::capability::{Settings, Specification, capability};
/// let values = [9.0, 10.0, 11.0, 10.0];
/// let spec = Specification { lower: Some(4.0), upper: Some(16.0), target: None };
/// let it = capability(&values, 10.0, 1.0, &spec, Settings::default()).unwrap();
/// assert_eq!((it.potential.unwrap().value, it.actual.value), (2.0, 2.0));
/// ```
pub fn capability(
    values: &[f64],
    centre: f64,
    deviation: f64,
    specification: &Specification,
    settings: Settings,
) -> Result<Capability, Refusal> {
    measured(values)?;
    at_least("value", values.len(), 2)?;
    finite("centre", &[centre])?;
    if !(deviation > 0.0 && deviation.is_finite()) {
        return Err(Refusal::NoVariation { what: "value".to_owned() });
    }
    let Specification { lower, upper, target } = *specification;
    let target = check(lower, upper, target)?;
    check_settings(settings)?;
    let scale = Scale { n: values.len() as f64, k: settings.sigmas * deviation, level: settings.level };
    let potential = lower.zip(upper).map(|(lower, upper)| (upper - lower) / (2.0 * scale.k));
    let to_lower = lower.map(|lower| (centre - lower) / scale.k);
    let to_upper = upper.map(|upper| (upper - centre) / scale.k);
    let actual = to_lower.into_iter().chain(to_upper).fold(f64::INFINITY, f64::min);
    let off = target.map(|target| ((centre - target) / deviation).powi(2));
    let on_target = potential.zip(off).map(|(potential, off)| {
        let power = if settings.target_interval == TargetInterval::Boyles { 2 } else { 1 };
        let freedom = scale.n * (1.0 + off).powi(power) / (1.0 + 2.0 * off);
        scale.chi_square(potential / (1.0 + off).sqrt(), freedom)
    });
    let share = |outside: &dyn Fn(f64) -> bool| {
        values.iter().filter(|value| outside(**value)).count() as f64 / scale.n
    };
    Ok(Capability {
        potential: potential.map(|it| scale.chi_square(it, scale.n - 1.0)),
        lower: to_lower.map(|it| scale.normal(it, 1.0 - settings.level)),
        upper: to_upper.map(|it| scale.normal(it, 1.0 - settings.level)),
        actual: scale.normal(actual, (1.0 - settings.level) / 2.0),
        target: on_target,
        expected_below: lower.map_or(0.0, |lower| normal_cdf((lower - centre) / deviation)),
        expected_above: upper.map_or(0.0, |upper| normal_upper((upper - centre) / deviation)),
        observed_below: lower.map_or(0.0, |lower| share(&|value| value < lower)),
        observed_above: upper.map_or(0.0, |upper| share(&|value| value > upper)),
    })
}

/// Performance (`P_p`, `P_pk` …): [`capability`] with the mean and the sample deviation of the values
/// themselves.
pub fn performance(
    values: &[f64],
    specification: &Specification,
    settings: Settings,
) -> Result<Capability, Refusal> {
    measured(values)?;
    at_least("value", values.len(), 2)?;
    capability(values, mean(values), variance(values).sqrt(), specification, settings)
}

struct Scale {
    n: f64,
    k: f64,
    level: f64,
}

impl Scale {
    /// An index whose square is a chi-square on `freedom` degrees of freedom.
    fn chi_square(&self, value: f64, freedom: f64) -> Index {
        let tail = (1.0 - self.level) / 2.0;
        let half = freedom / 2.0;
        let low = value * (gamma_lower_quantile(tail, half) / half).sqrt();
        let high = value * (gamma_upper_quantile(tail, half) / half).sqrt();
        Index { value, interval: Interval::new(low, high) }
    }

    /// An index with Bissell's standard error and `tail` on each side.
    fn normal(&self, value: f64, tail: f64) -> Index {
        let half =
            -normal_quantile(tail) * (1.0 / (9.0 * self.n) + value * value / (2.0 * (self.n - 1.0))).sqrt();
        Index { value, interval: Interval::new(value - half.abs(), value + half.abs()) }
    }
}

/// The target, if there is one.
fn check(lower: Option<f64>, upper: Option<f64>, target: Option<f64>) -> Result<Option<f64>, Refusal> {
    let given: Vec<f64> = [lower, upper, target].into_iter().flatten().collect();
    finite("specification", &given)?;
    if lower.is_none() && upper.is_none() {
        return Err(Refusal::Empty { what: "specification" });
    }
    if lower.zip(upper).is_some_and(|(lower, upper)| lower >= upper) {
        return Err(Refusal::Contradiction { what: "the lower limit is not below the upper one".to_owned() });
    }
    let outside =
        |target: f64| lower.is_some_and(|lower| target < lower) || upper.is_some_and(|upper| target > upper);
    if target.is_some_and(outside) {
        return Err(Refusal::Contradiction { what: "the target is outside the specification".to_owned() });
    }
    Ok(target.or_else(|| lower.zip(upper).map(|(lower, upper)| 0.5 * (lower + upper))))
}

fn check_settings(settings: Settings) -> Result<(), Refusal> {
    let Settings { sigmas, level, .. } = settings;
    if !(sigmas > 0.0 && sigmas.is_finite()) {
        return Err(Refusal::OutOfRange { what: "sigmas", value: sigmas, allowed: "> 0" });
    }
    level_tail(level)?;
    Ok(())
}
