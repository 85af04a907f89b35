//! Brand value by multi-period excess earnings.
//!
//! **What it answers.** What are the future earnings worth today that the brand alone brings?
//!
//! **Formula.** `V = Σₜ Fₜ/(1 + R)ᵗ + F_{T+1}/((R − g)(1 + R)ᵀ)`, t = 1 … T, with
//! * `F = (P − A) β`: brand cash flow, `P` adjusted net profit, `A` earnings that tangible assets account for,
//!   `β` the brand's share of what is left ([`cash_flow`]);
//! * `A = A_c r_c + A_n r_n`: current and non-current tangible assets at their rates ([`tangible_earnings`]);
//! * `R = Z K`: discount rate, `Z` the industry's average return on assets, `K` the coefficient of brand strength,
//!   smaller for stronger brands ([`strength`]);
//! * `g` the growth after the `T` years of the forecast, and `F_{T+1} = F_T (1 + g)` if no other is given.
//!
//! **Source.** GB/T 29187-2012 (ISO 10668:2010, requirements for monetary brand valuation); GB/T 29188-2022,
//! multi-period excess earnings. How scores map to `K`, and its limits (about 0.6 to 2), are **to be confirmed**:
//! the map is therefore an argument, never a constant.
//!
//! **When not to use it.** Refused when `R ≤ g`: the value would be infinite. Where no excess is earned the value
//! is 0 and [`Value::floored`] says so. The value moves by half when `R − g` does: print [`sensitivity`] with it,
//! and the share that lies beyond the forecast. Group and product brands must not be added up.

mod sensitivity;
mod strength;

pub use sensitivity::{Grid, Inputs, sensitivity};
pub use strength::strength;

use crate::refusal::{Refusal, at_least, finite, same_length};
use crate::sum::{Sum, sum};

/// A brand's value and where it lies in time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Value {
    /// Present value of the forecast years.
    pub forecast: f64,
    /// Present value of the years after.
    pub terminal: f64,
    /// The value: forecast and terminal, at least 0.
    pub value: f64,
    /// Whether the sum was negative and was raised to 0: no excess earnings.
    pub floored: bool,
    /// Share of the value that lies after the forecast; `None` when the value is 0.
    pub terminal_share: Option<f64>,
}

/// The value of yearly brand `flows` at discount rate `rate` with growth `growth` afterwards; `next` is the flow
/// of the first year after the forecast, if it is not the last one grown by `growth`.
///
/// Refuses no flow, NaN, a growth of −1 or less, and `rate <= growth` or `rate <= -1`.
///
/// ```
/// use zhiheng_methods::brand::value;
/// // 110 a year later, then 121 growing by 2 % at 10 %: 100 + 100 + 123.42/0.08/1.21
/// let it = value(&[110.0, 121.0], 0.10, 0.02, None).unwrap();
/// assert!((it.forecast - 200.0).abs() < 1e-9 && (it.terminal - 1275.0).abs() < 1e-9);
/// assert!(value(&[110.0], 0.02, 0.02, None).is_err());
/// ```
pub fn value(flows: &[f64], rate: f64, growth: f64, next: Option<f64>) -> Result<Value, Refusal> {
    at_least("flows", flows.len(), 1)?;
    finite("flows", flows)?;
    finite("rate", &[rate])?;
    finite("growth", &[growth])?;
    if growth <= -1.0 {
        return Err(Refusal::OutOfRange { what: "growth", value: growth, allowed: "> -1" });
    }
    if rate <= growth {
        let what =
            format!("the discount rate {rate} is not above the growth {growth}: the value would be infinite");
        return Err(Refusal::Contradiction { what });
    }
    let mut discount = 1.0;
    let mut forecast = Sum::default();
    for flow in flows {
        discount /= 1.0 + rate;
        forecast.add(flow * discount);
    }
    let next = next.unwrap_or(flows.last().map_or(0.0, |last| last * (1.0 + growth)));
    let (forecast, terminal) = (forecast.value(), next / (rate - growth) * discount);
    let total = forecast + terminal;
    finite("value", &[forecast, terminal, total])?;
    let floored = total < 0.0;
    let value = total.max(0.0);
    let terminal_share = (value > 0.0).then(|| terminal / value);
    Ok(Value { forecast, terminal, value, floored, terminal_share })
}

/// The brand's cash flow of a year: adjusted net profit less tangible earnings, times the brand's share.
///
/// Refuses NaN and a share outside 0–1. Negative where profit does not pay for the tangible assets.
pub fn cash_flow(profit: f64, tangible: f64, share: f64) -> Result<f64, Refusal> {
    finite("profit", &[profit])?;
    finite("tangible", &[tangible])?;
    if !(0.0..=1.0).contains(&share) {
        return Err(Refusal::OutOfRange { what: "share", value: share, allowed: "0 to 1" });
    }
    let flow = (profit - tangible) * share;
    finite("flow", &[flow])?;
    Ok(flow)
}

/// Earnings of the tangible assets: current ones at the one-year, non-current ones at the five-year loan rate.
///
/// Refuses NaN, negative assets and negative rates.
///
/// ```
/// let it = zhiheng_methods::brand::tangible_earnings((400.0, 0.0435), (600.0, 0.049)).unwrap();
/// assert!((it - 46.8).abs() < 1e-12);
/// ```
pub fn tangible_earnings(current: (f64, f64), non_current: (f64, f64)) -> Result<f64, Refusal> {
    let all = [
        ("current", current.0),
        ("rate", current.1),
        ("non_current", non_current.0),
        ("rate", non_current.1),
    ];
    for (what, value) in all {
        if !(value >= 0.0 && value.is_finite()) {
            return Err(Refusal::OutOfRange { what, value, allowed: ">= 0" });
        }
    }
    Ok(current.0 * current.1 + non_current.0 * non_current.1)
}

/// The base from which flows are forecast: past flows weighted, customarily 1 : 2 : 3 towards the present.
///
/// Refuses no flow, other lengths, NaN, negative weights and weights that add up to 0.
pub fn base_flow(past: &[f64], weights: &[f64]) -> Result<f64, Refusal> {
    at_least("past", past.len(), 1)?;
    same_length("weights", weights.len(), past.len())?;
    finite("past", past)?;
    finite("weights", weights)?;
    if let Some(&value) = weights.iter().find(|&&weight| weight < 0.0) {
        return Err(Refusal::OutOfRange { what: "weights", value, allowed: ">= 0" });
    }
    let all = sum(weights.iter().copied());
    if all <= 0.0 {
        return Err(Refusal::NoVariation { what: "weights (all are 0)".to_owned() });
    }
    let base = sum(past.iter().zip(weights).map(|(flow, weight)| flow * weight)) / all;
    finite("past", &[base])?;
    Ok(base)
}

/// Flows of the next `years`, grown from `base` by `rates[t]` in year `t`, the last rate going on.
///
/// Refuses no rate, no year or more than 100, NaN, and rates of −1 or less.
///
/// ```
/// let it = zhiheng_methods::brand::forecast(100.0, &[0.1, 0.05], 3).unwrap();
/// assert_eq!(it.iter().map(|flow| format!("{flow:.3}")).collect::<Vec<_>>(), ["110.000", "115.500", "121.275"]);
/// ```
pub fn forecast(base: f64, rates: &[f64], years: usize) -> Result<Vec<f64>, Refusal> {
    finite("base", &[base])?;
    at_least("rates", rates.len(), 1)?;
    if !(1..=100).contains(&years) {
        return Err(Refusal::OutOfRange { what: "years", value: years as f64, allowed: "1 to 100" });
    }
    if let Some(&value) = rates.iter().find(|&&rate| !(rate > -1.0 && rate.is_finite())) {
        return Err(Refusal::OutOfRange { what: "rates", value, allowed: "> -1" });
    }
    let last = rates.last().copied().unwrap_or(0.0);
    let mut flow = base;
    let flows: Vec<f64> = (0..years)
        .map(|year| {
            flow *= 1.0 + rates.get(year).copied().unwrap_or(last);
            flow
        })
        .collect();
    finite("flows", &flows)?;
    Ok(flows)
}
