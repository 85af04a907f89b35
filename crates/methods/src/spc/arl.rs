//! Average run lengths: how many points until a chart signals, and limits for a run length that is wanted.
//!
//! **What it answers.** How often will this chart cry wolf, and how soon will it see a shift of μ standard
//! errors?
//!
//! **Formula.** With independent points a Shewhart chart has `1/P(signal)`. CUSUM and EWMA are Markov
//! processes: the run length from state `z` solves `L(z) = 1 + P(z → a) L(a) + ∫ f(x | z) L(x) dx`, with `a`
//! the barrier at which the one-sided statistic is held. The integral is done at Gauss–Legendre nodes, which
//! makes it a system of equations.
//!
//! **Source.** Page (1954), *Biometrika* 41:100–115; Crowder (1987), *Technometrics* 29:401–407; Lucas and
//! Crosier (1982), *Technometrics* 24:199–205, for two sides with a head start. Equals `xcusum.arl`,
//! `xewma.arl`, `xcusum.crit` and `xewma.crit` of R's spc; for a small `λ` that package needs more nodes than
//! its default.
//!
//! **When not to use it.** When the centre or the deviation were estimated from few subgroups the true run
//! lengths are shorter; autocorrelation shortens them further.

mod cusum;
mod equation;
mod ewma;
mod limits;

pub use cusum::cusum;
pub use ewma::{EwmaLimits, Reflection, ewma};
pub use limits::{cusum_interval, ewma_limit, shewhart_limit};

use crate::refusal::Refusal;
use crate::special::{normal_cdf, normal_upper};

/// On which sides a chart signals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sides {
    /// Upwards only.
    One,
    /// Upwards and downwards.
    Two,
}

/// Average run length of a Shewhart chart with limits of `limit` standard errors when the mean is `shift`
/// standard errors off.
///
/// ```
/// use zhiheng_methods::spc::arl::{Sides, shewhart};
/// assert_eq!(format!("{:.1}", shewhart(3.0, 0.0, Sides::Two).unwrap()), "370.4");
/// ```
pub fn shewhart(limit: f64, shift: f64, sides: Sides) -> Result<f64, Refusal> {
    positive("limit", limit)?;
    finite("shift", shift)?;
    let above = normal_upper(limit - shift);
    let below = if sides == Sides::Two { normal_cdf(-limit - shift) } else { 0.0 };
    lasting("run length", 1.0 / (above + below))
}

fn positive(what: &'static str, value: f64) -> Result<(), Refusal> {
    if value > 0.0 && value.is_finite() {
        Ok(())
    } else {
        Err(Refusal::OutOfRange { what, value, allowed: "> 0" })
    }
}

fn finite(what: &'static str, value: f64) -> Result<(), Refusal> {
    if value.abs() <= 100.0 {
        Ok(())
    } else {
        Err(Refusal::OutOfRange { what, value, allowed: "[-100, 100]" })
    }
}

/// A run length that double precision can tell.
fn lasting(what: &'static str, length: f64) -> Result<f64, Refusal> {
    if (1.0 - 1e-9..1e12).contains(&length) {
        Ok(length.max(1.0))
    } else {
        Err(Refusal::OutOfRange { what, value: length, allowed: "[1, 1e12]" })
    }
}
