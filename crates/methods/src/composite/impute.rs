//! Imputation: what stands in for a missing value.
//!
//! **What it answers.** How can a unit with a gap still be ranked, and on which assumption?
//!
//! **Formula.** The gap takes the mean or median of its indicator, over all units or over the units of its group; a
//! constant; or, by row, the mean or median of the unit's other indicators after min-max normalisation, turned back
//! into the indicator's unit.
//!
//! **Source.** OECD and JRC (2008), *Handbook on Constructing Composite Indicators*, step 3, pp. 55–60; Little and Rubin
//! (2002), *Statistical Analysis with Missing Data*, 2nd ed., chapter 4. Repeats `Impute` with `i_mean`, `i_median`,
//! `i_mean_grp`, `i_median_grp` of COINr 1.1.
//!
//! **When not to use it.** Above some 20 % of gaps; or where values are missing because they are bad. Imputed values make
//! units look alike and intervals too short: print the share of gaps. A unit without a value in its group stays missing.

use super::rank::median;
use super::{Direction, present, range};
use crate::refusal::{Refusal, same_length};
use crate::sum::mean;

/// What fills a gap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fill {
    /// The mean of the values present.
    Mean,
    /// Their median.
    Median,
    /// A constant, such as 0.
    Constant(f64),
}

/// Fills the gaps of one indicator from the values present.
///
/// ```
/// use zhiheng_methods::composite::impute::{Fill, column};
/// assert_eq!(column(&[1.0, f64::NAN, 3.0], Fill::Mean).unwrap(), [1.0, 2.0, 3.0]);
/// ```
pub fn column(values: &[f64], fill: Fill) -> Result<Vec<f64>, Refusal> {
    let stand_in = of(&present("values", values)?, fill)?;
    Ok(values.iter().map(|&value| if value.is_nan() { stand_in } else { value }).collect())
}

/// Fills the gaps of one indicator from the values present in the same group. Gaps of a group without a value, and of
/// units without a group (`None`), stay.
///
/// ```
/// use zhiheng_methods::composite::impute::{Fill, by_group};
/// let groups = [Some(0), Some(0), Some(1), Some(1), None];
/// let filled = by_group(&[1.0, f64::NAN, 5.0, f64::NAN, f64::NAN], &groups, Fill::Mean).unwrap();
/// assert_eq!(filled[..4], [1.0, 1.0, 5.0, 5.0]);
/// assert!(filled[4].is_nan());
/// ```
pub fn by_group(values: &[f64], groups: &[Option<usize>], fill: Fill) -> Result<Vec<f64>, Refusal> {
    same_length("groups", groups.len(), values.len())?;
    present("values", values)?;
    let mut members = std::collections::BTreeMap::<usize, Vec<f64>>::new();
    for (&value, &group) in values.iter().zip(groups) {
        if let (Some(group), false) = (group, value.is_nan()) {
            members.entry(group).or_default().push(value);
        }
    }
    let mut stand_ins = std::collections::BTreeMap::new();
    for (group, known) in members {
        stand_ins.insert(group, of(&known, fill)?);
    }
    let filled = values.iter().zip(groups).map(|(&value, group)| {
        let stand_in = group.and_then(|group| stand_ins.get(&group).copied());
        if value.is_nan() { stand_in.unwrap_or(value) } else { value }
    });
    Ok(filled.collect())
}

/// Fills the gaps of every unit from its other indicators: each indicator is brought to 0–1 in its direction, the gap
/// takes the mean or median (or, for [`Fill::Constant`], that share) of the unit's values, and goes back to the unit of
/// its indicator. `columns` are the indicators, as long as `directions`. A unit without any value stays missing.
pub fn by_row(columns: &[Vec<f64>], directions: &[Direction], fill: Fill) -> Result<Vec<Vec<f64>>, Refusal> {
    same_length("directions", directions.len(), columns.len())?;
    let n_units = columns.first().map_or(0, Vec::len);
    let mut ends = Vec::with_capacity(columns.len());
    for (column, direction) in columns.iter().zip(directions) {
        same_length("column", column.len(), n_units)?;
        let (low, high) = range(&present("column", column)?);
        if low == high {
            return Err(Refusal::NoVariation { what: "column".into() });
        }
        let is_up = *direction == Direction::HigherIsBetter;
        ends.push(if is_up { (low, high) } else { (high, low) });
    }
    let mut filled = columns.to_vec();
    for unit in 0..n_units {
        let shares =
            columns.iter().zip(&ends).map(|(column, (worst, best))| (column[unit] - worst) / (best - worst));
        let known: Vec<f64> = shares.filter(|share| !share.is_nan()).collect();
        if known.is_empty() || known.len() == columns.len() {
            continue;
        }
        let share = of(&known, fill)?;
        for (column, (worst, best)) in filled.iter_mut().zip(&ends) {
            if column[unit].is_nan() {
                column[unit] = share * (best - worst) + worst;
                if !column[unit].is_finite() {
                    return Err(Refusal::NotFinite { what: "stand-in", row: unit });
                }
            }
        }
    }
    Ok(filled)
}

/// What stands in for a gap among `known`, which holds at least one value.
fn of(known: &[f64], fill: Fill) -> Result<f64, Refusal> {
    let value = match fill {
        Fill::Mean => mean(known),
        Fill::Median => median(known),
        Fill::Constant(value) => value,
    };
    let allowed = "finite numbers";
    if value.is_finite() { Ok(value) } else { Err(Refusal::OutOfRange { what: "stand-in", value, allowed }) }
}
