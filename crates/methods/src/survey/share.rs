//! Intervals for a share (proportion) that stay between 0 and 1.
//!
//! **What it answers.** Between which shares could the true share of the population lie?
//!
//! **Formula.** With `p` and its standard error `s` from the design: on the logit scale
//! `ln(p/(1−p)) ± t s/(p(1−p))` (`Logit`, `Xlogit`); on the scale `arcsin √p ± t s/(2√(p(1−p)))` (`Asin`);
//! `p ± t s` (`Mean`); beta quantiles with `p(1−p)/s²` as the number of trials, times the squared ratio of
//! the t quantiles on `n − 1` and on the design's degrees of freedom (`Beta`); where the deviance of a
//! logistic model exceeds its least by what the design's variance makes of `t²` (`Likelihood`).
//!
//! **Source.** Korn and Graubard (1998), *Survey Methodology* 24:193–201 (beta); Rao and Scott (1984), *Annals
//! of Statistics* 12:46–60 (likelihood). Equals R `survey::svyciprop` 4.1.1.
//!
//! **When not to use it.** `Mean` near 0 or 1: it leaves the range. Shares of 0 or 1 have no such interval:
//! say how many rows were seen instead.

use super::domain::{Domain, Missing};
use super::estimate::{Estimate, quantile};
use super::likelihood::Logistic;
use crate::interval::{Interval, level_tail};
use crate::refusal::Refusal;
use crate::special::{beta_lower_quantile, beta_upper_quantile};

/// Intervals for a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ShareInterval {
    /// Wald on the logit scale from a fitted logistic model, repeating the steps of R's `glm` and with them
    /// its digits: estimate and interval differ from [`ShareInterval::Xlogit`] by about 1e-9.
    #[default]
    Logit,
    /// Where the logistic model's scaled deviance allows.
    Likelihood,
    /// As `Likelihood`, with R's interpolation between five steps to each side (about three digits) and
    /// with it R's answer.
    LikelihoodLikeR,
    /// Wald on the arcsine scale. Where its end passes 0 or 1 it turns back, as R's does: with few events the
    /// lower end is then above 0, and with few clusters an end can pass the share itself. Prefer another there.
    Asin,
    /// Clopper–Pearson with an effective sample size.
    Beta,
    /// Wald on the share itself.
    Mean,
    /// Wald on the logit scale.
    Xlogit,
}

/// A share with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// The share and its standard error.
    pub estimate: Estimate,
    /// Its interval.
    pub interval: Interval,
}

impl Domain<'_> {
    /// The share of rows with `event` 1 among those with 0 or 1 (by row of the data), with an interval.
    ///
    /// `freedom` is for the interval; the domain's own if `None`. Refused: values other than 0 and 1, a
    /// share of 0 or 1 (except `Mean`), no degrees of freedom, and what [`Domain::mean`] refuses.
    pub fn share(
        &self,
        event: &[f64],
        method: ShareInterval,
        level: f64,
        freedom: Option<f64>,
        missing: Missing,
    ) -> Result<Share, Refusal> {
        let bad = event.iter().find(|&&value| value != 0.0 && value != 1.0 && !value.is_nan());
        if let Some(&value) = bad {
            return Err(Refusal::OutOfRange { what: "event", value, allowed: "0 and 1" });
        }
        let mut estimate = self.mean(event, missing)?;
        let freedom = freedom.unwrap_or(estimate.freedom);
        let interval = match method {
            ShareInterval::Logit | ShareInterval::Likelihood | ShareInterval::LikelihoodLikeR => {
                inside(&estimate)?;
                let t = critical(level, freedom)?;
                let model = Logistic::fit(self, event, missing)?;
                if method != ShareInterval::Likelihood {
                    estimate.value = model.share();
                }
                match method {
                    ShareInterval::Logit => model.wald(t)?,
                    ShareInterval::Likelihood => model.likelihood(t)?,
                    _ => model.likelihood_like_r(t)?,
                }
            }
            _ => share_interval(&estimate, self.n_counted(), estimate.freedom, method, level, freedom)?,
        };
        Ok(Share { estimate, interval })
    }
}

/// The interval of an estimated share for the methods that need no more than it.
///
/// `n_rows` and `design_freedom` scale [`ShareInterval::Beta`]; methods by a logistic model are taken on the
/// logit scale.
pub(super) fn share_interval(
    estimate: &Estimate,
    n_rows: usize,
    design_freedom: f64,
    method: ShareInterval,
    level: f64,
    freedom: f64,
) -> Result<Interval, Refusal> {
    let (p, s) = (estimate.value, estimate.standard_error);
    let t = critical(level, freedom)?;
    if method == ShareInterval::Mean {
        return Ok(Interval::new(p - t * s, p + t * s));
    }
    inside(estimate)?;
    Ok(match method {
        ShareInterval::Asin => {
            let (centre, half) = (libm::asin(p.sqrt()), t * s / (2.0 * (p * (1.0 - p)).sqrt()));
            // Beyond 0 and a right angle the sine turns back, as it does in R.
            let back = |angle: f64| libm::sin(angle) * libm::sin(angle);
            Interval::new(back(centre - half), back(centre + half))
        }
        ShareInterval::Beta if s > 0.0 => {
            let tail = level_tail(level)?;
            let ratio = critical(level, n_rows as f64 - 1.0)? / critical(level, design_freedom)?;
            let n = p * (1.0 - p) / (s * s) * ratio * ratio;
            Interval::new(
                beta_lower_quantile(tail, n * p, n * (1.0 - p) + 1.0),
                beta_upper_quantile(tail, n * p + 1.0, n * (1.0 - p)),
            )
        }
        _ => {
            let (centre, half) = (libm::log(p / (1.0 - p)), t * s / (p * (1.0 - p)));
            Interval::new(expit(centre - half), expit(centre + half))
        }
    })
}

/// `e^x / (1 + e^x)`.
pub(super) fn expit(x: f64) -> f64 {
    crate::special::logistic(x)
}

/// Refuses shares without an interval.
fn inside(estimate: &Estimate) -> Result<(), Refusal> {
    if estimate.value > 0.0 && estimate.value < 1.0 {
        Ok(())
    } else {
        Err(Refusal::NoVariation { what: "event".to_owned() })
    }
}

fn critical(level: f64, freedom: f64) -> Result<f64, Refusal> {
    level_tail(level)?;
    quantile(level, freedom).ok_or(Refusal::OutOfRange { what: "freedom", value: freedom, allowed: "> 0" })
}
