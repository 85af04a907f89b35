//! A control chart: points with their centre line and limits, and the settings that charts share.
//!
//! **When not to use it.** Limits are meant for a process whose variation within subgroups is all the
//! variation there should be. For drifting or autocorrelated series they signal too often; see
//! [`super::laney`] for counts.

use crate::refusal::Refusal;
use crate::special::normal_quantile;

/// A chart, ready to draw and to read with [`super::rules`].
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// The points, in the order of the data.
    pub points: Vec<Point>,
    /// Centre of the process: the mean, the average range, the overall rate …
    pub centre: f64,
    /// Deviation of the process, as the chart's own page defines it.
    pub deviation: f64,
}

/// A point of a chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// What is plotted.
    pub value: f64,
    /// Size of the subgroup or area of opportunity.
    pub size: f64,
    /// Centre line at this point.
    pub centre: f64,
    /// Lower control limit.
    pub low: f64,
    /// Upper control limit.
    pub high: f64,
    /// Standard error of what is plotted: the unit of the zones.
    pub error: f64,
}

impl Point {
    /// Distance from the centre in standard errors.
    pub fn z(&self) -> f64 {
        (self.value - self.centre) / self.error
    }
}

/// Limits so many standard errors from the centre, cut where what is plotted cannot lie.
pub(crate) struct Limits {
    pub(crate) sigmas: f64,
    pub(crate) least: f64,
    pub(crate) most: f64,
}

impl Limits {
    /// Both limits.
    pub(crate) fn around(&self, centre: f64, error: f64) -> (f64, f64) {
        let half = self.sigmas * error;
        ((centre - half).clamp(self.least, self.most), (centre + half).clamp(self.least, self.most))
    }

    /// A point with its limits.
    pub(crate) fn point(&self, value: f64, size: f64, centre: f64, error: f64) -> Point {
        let (low, high) = self.around(centre, error);
        Point { value, size, centre, low, high, error }
    }
}

/// How wide the limits are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Width {
    /// So many standard errors to each side; 3 unless there is a reason.
    Sigmas(f64),
    /// So that a point of a controlled process lies inside with this probability, each tail alike.
    Coverage(f64),
}

impl Width {
    /// Standard errors to each side of a normal quantity.
    pub(crate) fn sigmas(self) -> Result<f64, Refusal> {
        match self {
            Width::Sigmas(sigmas) if sigmas > 0.0 && sigmas <= GREATEST => Ok(sigmas),
            Width::Sigmas(value) => Err(Refusal::OutOfRange { what: "sigmas", value, allowed: "(0, 1e100]" }),
            Width::Coverage(_) => self.upper_tail().map(|tail| -normal_quantile(tail)),
        }
    }

    /// The probability above the upper limit.
    pub(crate) fn upper_tail(self) -> Result<f64, Refusal> {
        match self {
            Width::Coverage(value) if value > 0.0 && value < 1.0 => Ok((1.0 - value) / 2.0),
            Width::Coverage(value) => Err(Refusal::OutOfRange { what: "coverage", value, allowed: "(0, 1)" }),
            Width::Sigmas(_) => self.sigmas().map(crate::special::normal_upper),
        }
    }
}

/// Settings of a Shewhart chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Width of the limits.
    pub width: Width,
    /// A centre that is known, instead of the data's.
    pub centre: Option<f64>,
    /// A process deviation that is known, instead of an estimate.
    pub deviation: Option<f64>,
    /// How the deviation is estimated; `None` for what each chart takes by itself.
    pub estimator: Option<super::subgroups::Estimator>,
    /// Which factors of the normal distribution.
    pub constants: super::Constants,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            width: Width::Sigmas(3.0),
            centre: None,
            deviation: None,
            estimator: None,
            constants: super::Constants::Exact,
        }
    }
}

impl Settings {
    /// Refuses a given centre or deviation that is none.
    pub(crate) fn check(&self) -> Result<(), Refusal> {
        if let Some(value) = self.centre.filter(|value| !(-GREATEST..=GREATEST).contains(value)) {
            return Err(Refusal::OutOfRange { what: "centre", value, allowed: "[-1e100, 1e100]" });
        }
        if let Some(value) = self.deviation.filter(|value| !(1.0 / GREATEST..=GREATEST).contains(value)) {
            return Err(Refusal::OutOfRange { what: "deviation", value, allowed: "[1e-100, 1e100]" });
        }
        Ok(())
    }
}

/// Greatest measurement, and greatest setting: beyond it squares and sums leave double precision.
const GREATEST: f64 = 1e100;

/// Refuses measurements that no chart can be drawn of.
pub(crate) fn measured(values: &[f64]) -> Result<(), Refusal> {
    crate::refusal::finite("value", values)?;
    match values.iter().find(|value| value.abs() > GREATEST) {
        None => Ok(()),
        Some(&value) => Err(Refusal::OutOfRange { what: "value", value, allowed: "[-1e100, 1e100]" }),
    }
}

/// The positions of the points from which limits are estimated: all, or those marked in `base`.
pub(crate) fn base(base: Option<&[bool]>, n: usize) -> Result<Vec<usize>, Refusal> {
    let Some(marks) = base else {
        crate::refusal::at_least("points", n, 1)?;
        return Ok((0..n).collect());
    };
    crate::refusal::same_length("base", marks.len(), n)?;
    let chosen: Vec<usize> = (0..n).filter(|&i| marks.get(i) == Some(&true)).collect();
    crate::refusal::at_least("base", chosen.len(), 1)?;
    Ok(chosen)
}

/// `deviation` if a chart can be drawn with it.
pub(crate) fn spread(what: &str, deviation: f64) -> Result<f64, Refusal> {
    if deviation > 0.0 && deviation.is_finite() {
        Ok(deviation)
    } else {
        Err(Refusal::NoVariation { what: what.to_owned() })
    }
}
