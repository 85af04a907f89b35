//! Mean kinetic temperature.
//!
//! **What it answers.** Goods were stored at changing temperatures: at which steady temperature would they have
//! aged as much?
//!
//! **Formula.** `T = (ΔH/R) / −ln(Σ tᵢ e^(−ΔH/(R Tᵢ)) / Σ tᵢ)`, temperatures in kelvin, `tᵢ` the time spent at
//! each; `ΔH = 83.144 kJ/mol` unless known better, `R = 8.3144 J/(mol K)`, so `ΔH/R = 10,000 K`.
//!
//! **Source.** Haynes (1971), *Journal of Pharmaceutical Sciences* 60:927–929; USP general chapter 1160; ICH
//! Q1A(R2), glossary. For highs and lows of each period give both, as the chapter does.
//!
//! **When not to use it.** It is never below the arithmetic mean but still hides excursions: a year's figure says
//! nothing about a hot week. Not where another mechanism sets in (melting, freezing), and not over gaps in the
//! record.

use crate::refusal::{Refusal, at_least, finite, same_length};
use crate::sum::sum;

/// The customary `ΔH`, in kJ/mol.
pub const ACTIVATION_KJ: f64 = 83.144;

/// The gas constant as the pharmacopoeia prints it, in kJ/(mol K).
const GAS: f64 = 0.008_314_4;

/// Kelvin of 0 °C.
const ZERO_CELSIUS: f64 = 273.15;

/// The mean kinetic temperature in °C of `celsius`; `hours` are the times spent, equal if not given.
///
/// Refuses no temperature, NaN, −273.15 °C and below, other lengths, times that are negative or all 0, and an
/// activation energy that is not positive.
///
/// ```
/// use zhiheng_methods::risk::kinetic_temperature::{ACTIVATION_KJ, mean};
/// let it = mean(&[20.0, 30.0], None, ACTIVATION_KJ).unwrap();
/// assert_eq!(format!("{it:.2}"), "26.26");
/// ```
pub fn mean(celsius: &[f64], hours: Option<&[f64]>, activation_kj: f64) -> Result<f64, Refusal> {
    at_least("celsius", celsius.len(), 1)?;
    finite("celsius", celsius)?;
    if let Some(&value) = celsius.iter().find(|&&value| value <= -ZERO_CELSIUS) {
        return Err(Refusal::OutOfRange { what: "celsius", value, allowed: "> -273.15" });
    }
    if !(activation_kj > 0.0 && activation_kj.is_finite()) {
        return Err(Refusal::OutOfRange { what: "activation_kj", value: activation_kj, allowed: "> 0" });
    }
    if let Some(hours) = hours {
        same_length("hours", hours.len(), celsius.len())?;
        finite("hours", hours)?;
        if let Some(&value) = hours.iter().find(|&&value| value < 0.0) {
            return Err(Refusal::OutOfRange { what: "hours", value, allowed: ">= 0" });
        }
    }
    let weight = |i: usize| hours.and_then(|hours| hours.get(i)).copied().unwrap_or(1.0);
    // Only times spent count, also for the hottest.
    let spent = || celsius.iter().enumerate().map(|(i, &value)| (value + ZERO_CELSIUS, weight(i)));
    let hottest = spent().filter(|(_, hours)| *hours > 0.0).map(|(kelvin, _)| kelvin).fold(0.0, f64::max);
    if hottest <= 0.0 {
        return Err(Refusal::NoVariation { what: "hours (all are 0)".to_owned() });
    }
    // Relative to the hottest, so that no exponential vanishes or overflows.
    let scale = activation_kj / GAS;
    let all = sum(spent().map(|(_, hours)| hours));
    let part = |(kelvin, hours): (f64, f64)| {
        if hours > 0.0 { hours / all * libm::exp(-scale * (1.0 / kelvin - 1.0 / hottest)) } else { 0.0 }
    };
    let mixed = sum(spent().map(part));
    let kelvin = 1.0 / (1.0 / hottest - libm::log(mixed) / scale);
    finite("celsius", &[kelvin])?;
    Ok(kelvin - ZERO_CELSIUS)
}
