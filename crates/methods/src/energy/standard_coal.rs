//! Conversion to standard coal.
//!
//! **What it answers.** How much standard coal do these amounts of coal, gas, electricity and water come to?
//!
//! **Formula.** `E = Σ eᵢ pᵢ`, `eᵢ` the net amount (bought, plus stock drawn, less sold), `pᵢ` the coefficient of
//! the edition, or the measured lower heating value over 29,307.6 kJ/kgce. Electricity counts 0.1229 kgce/kWh
//! *equivalent* (the heat it can give) or, *equal value*, the coal burnt for it in the year's generation; both
//! totals are kept side by side and never mixed.
//!
//! **Source.** GB/T 2589-2008 and GB/T 2589-2020, clauses on conversion and annexes A, B; GB/T 28749 for the
//! layout by carrier.
//!
//! **When not to use it.** Coefficients with a range (slime, mine gas, natural gas of 2020) give a range: a single
//! figure needs the measured heating value. Media (water, air, oxygen) may only be added where the plant buys
//! them; what it makes itself is already in its electricity and fuel. Energy converted inside the boundary must
//! not be counted again.

use super::coefficient::{Coefficients, KGCE_KJ};
use super::unit::Unit;
use crate::certainty::Certainty;
use crate::interval::Interval;
use crate::refusal::Refusal;
use crate::sum::Sum;

/// A net amount of one carrier; negative when more was sold than bought.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Amount<'a> {
    /// Identifier of the carrier, as in the table of coefficients.
    pub carrier: &'a str,
    /// The amount.
    pub amount: f64,
    /// Its unit; `None` for that of the coefficient.
    pub unit: Option<Unit>,
    /// Measured lower heating value in kJ per unit of the coefficient (kg, m³), instead of the coefficient.
    pub heat_kj: Option<f64>,
}

/// One amount in kilograms of standard coal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// Equivalent value; a range where the coefficient is one.
    pub equivalent: Interval,
    /// With electricity at equal value, where that was given.
    pub equal_value: Option<Interval>,
    /// How sure the coefficient is; measured heating values are [`Certainty::Seen`].
    pub certainty: Certainty,
}

/// All amounts and their totals, in kilograms of standard coal.
#[derive(Debug, Clone, PartialEq)]
pub struct Converted {
    /// One line per amount, in order.
    pub lines: Vec<Line>,
    /// Total at equivalent value.
    pub equivalent: Interval,
    /// Total with electricity at equal value.
    pub equal_value: Option<Interval>,
    /// Coefficients used that are still to be confirmed.
    pub to_be_confirmed: usize,
}

/// Converts `amounts` by the coefficients of an edition; `equal_value` is the coal burnt per kilowatt-hour
/// generated in the year, in kgce (0.404 in older tables).
///
/// Refuses no amounts, unknown carriers, a unit that does not measure what the coefficient is for, NaN, heating
/// values and equal values that are not positive.
///
/// ```
/// use zhiheng_methods::energy::{coefficient::Coefficients, standard_coal::{Amount, convert}, unit::Unit};
/// let table = zhiheng_methods::run::Frame::from_csv(
///     "edition,id,per,kgce_low,kgce_high,kind,certainty\n\
///      2008,raw_coal,kg,0.7143,0.7143,carrier,seen\n\
///      2008,electricity,kWh,0.1229,0.1229,carrier,seen\n".as_bytes(),
/// )
/// .unwrap();
/// let amount = |carrier, amount, unit| Amount { carrier, amount, unit: Some(unit), heat_kj: None };
/// let it = convert(
///     &Coefficients::read(&table, "2008").unwrap(),
///     &[amount("raw_coal", 100.0, Unit::Tonne), amount("electricity", 1.0, Unit::TenThousandKilowattHours)],
///     Some(0.404),
/// )
/// .unwrap();
/// // 71.43 tce of coal; 1.229 tce equivalent and 4.04 tce equal value of electricity
/// assert!((it.equivalent.low - 72_659.0).abs() < 1e-6);
/// assert!((it.equal_value.unwrap().high - 75_470.0).abs() < 1e-6);
/// ```
pub fn convert(
    coefficients: &Coefficients,
    amounts: &[Amount<'_>],
    equal_value: Option<f64>,
) -> Result<Converted, Refusal> {
    if amounts.is_empty() {
        return Err(Refusal::Empty { what: "amounts" });
    }
    if let Some(value) = equal_value
        && !(value > 0.0 && value.is_finite())
    {
        return Err(Refusal::OutOfRange { what: "equal_value", value, allowed: "> 0" });
    }
    let mut lines = Vec::with_capacity(amounts.len());
    let mut totals = [Sum::default(); 4];
    for (row, amount) in amounts.iter().enumerate() {
        let line = line(coefficients, amount, row, equal_value)?;
        let other = line.equal_value.unwrap_or(line.equivalent);
        let ends = [line.equivalent.low, line.equivalent.high, other.low, other.high];
        totals.iter_mut().zip(ends).for_each(|(total, end)| total.add(end));
        lines.push(line);
    }
    let [low, high, other_low, other_high] = totals.map(Sum::value);
    if [low, high, other_low, other_high].iter().any(|total| !total.is_finite()) {
        return Err(Refusal::NotFinite { what: "amounts", row: 0 });
    }
    Ok(Converted {
        to_be_confirmed: lines.iter().filter(|line| line.certainty == Certainty::ToBeConfirmed).count(),
        equivalent: Interval::new(low, high),
        equal_value: equal_value.map(|_| Interval::new(other_low, other_high)),
        lines,
    })
}

fn line(
    coefficients: &Coefficients,
    it: &Amount<'_>,
    row: usize,
    equal_value: Option<f64>,
) -> Result<Line, Refusal> {
    if !it.amount.is_finite() {
        return Err(Refusal::NotFinite { what: "amount", row });
    }
    let table = coefficients.of(it.carrier)?;
    let unit = it.unit.unwrap_or(table.per);
    let Some(scale) = unit.in_units_of(table.per) else {
        let what = format!(
            "row {row}: {} is recorded in {} and its coefficient is per {}",
            it.carrier,
            unit.name(),
            table.per.name()
        );
        return Err(Refusal::Contradiction { what });
    };
    let (kgce, certainty) = match it.heat_kj {
        None => (table.kgce, table.certainty),
        Some(heat) if heat > 0.0 && heat.is_finite() => ((heat / KGCE_KJ, heat / KGCE_KJ), Certainty::Seen),
        Some(value) => return Err(Refusal::OutOfRange { what: "heat_kj", value, allowed: "> 0" }),
    };
    let amount = it.amount * scale;
    let range = |(low, high): (f64, f64)| {
        let (a, b) = (amount * low, amount * high);
        Interval::new(a.min(b), a.max(b))
    };
    let electric = table.per == Unit::KilowattHour;
    let other = equal_value.map(|value| if electric { range((value, value)) } else { range(kgce) });
    Ok(Line { equivalent: range(kgce), equal_value: other, certainty })
}
