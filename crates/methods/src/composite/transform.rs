//! Transforms that draw in the long end of an indicator.
//!
//! **What it answers.** How to keep the order of the units when a few of them tower over the rest?
//!
//! **Formula.** With `m`, `M` the least and greatest value and `a = (M − m)/100`:
//! `LogShifted` ln(x − m + a); `LogSkew` the same if the skewness is positive, else −ln(M − x + a);
//! `LogFromOne` ln(x − m + 1); `LogGii` ln((M − 1)(x − m)/(M − m) + 1); `BoxCox(λ)` ((x − m + 1)^λ − 1)/λ, or
//! ln(x − m + 1) for λ = 0.
//!
//! **Source.** Becker, Benavente, Dominguez Torreiro, Moura Alves and others (2022), *Journal of Open Source
//! Software* 7:4567 (COINr); Box and Cox (1964), *Journal of the Royal Statistical Society B* 26:211–252; Cornell,
//! INSEAD and WIPO, *Global Innovation Index 2020*, appendix on the logarithm.
//!
//! **When not to use it.** `LogGii` with `M ≤ 1`: it would turn the order round and is refused. The transformed
//! values have no unit that a reader knows: normalise them before showing them.
//!
//! R's `log_GII` of COINr 1.1 returns its argument unchanged; here it is the formula above.

use super::moments::shape;
use super::{present, range};
use crate::refusal::Refusal;

/// A transform; all keep the order of the values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Transform {
    /// ln(x − min + (max − min)/100).
    LogShifted,
    /// The same, mirrored when the long end is the low one.
    LogSkew,
    /// ln(x − min + 1).
    LogFromOne,
    /// The logarithm of the Global Innovation Index.
    LogGii,
    /// Box and Cox's power with the minimum moved to 1.
    BoxCox(f64),
}

/// The transformed values; missing ones stay missing. Refuses values that do not vary.
///
/// ```
/// use zhiheng_methods::composite::transform::{Transform, transform};
/// let it = transform(&[0.0, 9.0, 99.0], Transform::LogFromOne).unwrap();
/// assert!((it[1] / it[2] - 0.5).abs() < 1e-15);
/// ```
pub fn transform(values: &[f64], kind: Transform) -> Result<Vec<f64>, Refusal> {
    let known = present("values", values)?;
    let (low, high) = range(&known);
    if low == high {
        return Err(Refusal::NoVariation { what: "values".into() });
    }
    let small = 0.01 * (high - low);
    let each = |change: &dyn Fn(f64) -> f64| values.iter().map(|&value| change(value)).collect::<Vec<f64>>();
    let changed = match kind {
        Transform::LogShifted => each(&|x| libm::log(x - low + small)),
        Transform::LogSkew if shape(values)?.skewness > 0.0 => each(&|x| libm::log(x - low + small)),
        Transform::LogSkew => each(&|x| -libm::log(high + small - x)),
        Transform::LogFromOne => each(&|x| libm::log(x - low + 1.0)),
        Transform::LogGii if high > 1.0 => {
            each(&|x| libm::log((high - 1.0) * (x - low) / (high - low) + 1.0))
        }
        Transform::LogGii => {
            return Err(Refusal::OutOfRange { what: "greatest value", value: high, allowed: "> 1" });
        }
        Transform::BoxCox(power) if !power.is_finite() => {
            return Err(Refusal::OutOfRange { what: "power", value: power, allowed: "finite numbers" });
        }
        Transform::BoxCox(0.0) => each(&|x| libm::log(x - low + 1.0)),
        Transform::BoxCox(power) => each(&|x| (libm::pow(x - low + 1.0, power) - 1.0) / power),
    };
    match changed.iter().zip(values).position(|(changed, value)| !changed.is_finite() && !value.is_nan()) {
        Some(row) => Err(Refusal::NotFinite { what: "transformed values", row }),
        None => Ok(changed),
    }
}
