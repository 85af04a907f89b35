//! The quality competitiveness index of manufacturing: twelve indicators with fixed ends, 60 to 100 points.
//!
//! **What it answers.** Where does a province or an industry stand between the worst and the best of the base years, and
//! which indicators moved it since last year?
//!
//! **Formula.** `s = 60 + 40 (x − L)/(U − L)`, clipped to 60–100, with `L` the worse and `U` the better end fixed in the
//! base years (for an inverse indicator `L > U`); groups are weighted means, up to the index. The 2006 and 2007 releases
//! agree with equal weights of the two second-level figures: (83.41 + 76.55)/2 = 79.98.
//!
//! **Source.** AQSIQ, *National report on the quality competitiveness index of manufacturing* (2006–2011): 2 second-level,
//! 6 third-level figures, 12 indicators, each standardised to 60–100. The bands differ between issuers, so they are data.
//!
//! **When not to use it.** Weights below the second level were not published: say which ones were used. Values beyond the
//! ends are clipped and no longer move the index; when many are, the ends want renewal and the series a break.

use super::mean::Mean;
use super::scale::{Scale, normalise};
use super::tree::Tree;
use super::{Direction, range};
use crate::refusal::{Refusal, same_length};

/// Fixed ends of an indicator. `worst > best` makes it inverse, as for a loss rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ends {
    /// Value that gets 60 points.
    pub worst: f64,
    /// Value that gets 100 points.
    pub best: f64,
}

/// One unit's index.
#[derive(Debug, Clone, PartialEq)]
pub struct Competitiveness {
    /// Points per node of the tree, indicators included; the root is the index.
    pub points: Vec<f64>,
    /// Indicators (by their order) beyond an end, so clipped.
    pub clipped: Vec<usize>,
}

/// Points of one indicator, 60 to 100; missing stays missing.
///
/// ```
/// use zhiheng_methods::composite::competitiveness::{Ends, points};
/// let loss_rate = Ends { worst: 4.0, best: 0.0 };
/// assert_eq!(points(&[3.0, 0.5, 5.0], loss_rate).unwrap(), [70.0, 95.0, 60.0]);
/// ```
pub fn points(values: &[f64], ends: Ends) -> Result<Vec<f64>, Refusal> {
    let (direction, scale) = (direction(ends), goalposts(ends));
    Ok(normalise(values, direction, &scale)?.iter().map(|points| 60.0 + points).collect())
}

/// The index of every unit. `columns` are the indicators in the order of the tree's leaves, as long as `ends`; all means of
/// the tree must be arithmetic.
///
/// ```
/// use zhiheng_methods::composite::{competitiveness::{Ends, index}, mean::Mean, tree::Tree};
/// let tree = Tree::flat(&[1.0, 1.0], Mean::Arithmetic).unwrap();
/// let ends = [Ends { worst: 60.0, best: 100.0 }; 2];
/// let it = index(&[vec![83.41], vec![76.55]], &ends, &tree).unwrap();
/// assert!((it[0].points[2] - 79.98).abs() < 1e-12);
/// ```
pub fn index(columns: &[Vec<f64>], ends: &[Ends], tree: &Tree) -> Result<Vec<Competitiveness>, Refusal> {
    same_length("columns", columns.len(), tree.leaves().len())?;
    same_length("ends", ends.len(), columns.len())?;
    if tree.groups().iter().any(|&group| tree.nodes()[group].mean != Mean::Arithmetic) {
        return Err(Refusal::Contradiction { what: "the index is an arithmetic mean on every level".into() });
    }
    let standardised = columns
        .iter()
        .zip(ends)
        .map(|(column, &ends)| points(column, ends))
        .collect::<Result<Vec<_>, _>>()?;
    let nodes = tree.aggregate(&standardised)?;
    let n_units = columns.first().map_or(0, Vec::len);
    let unit = |unit: usize| {
        let beyond = |(column, ends): (&Vec<f64>, &Ends)| {
            let (low, high) = range(&[ends.worst, ends.best]);
            column[unit] < low || column[unit] > high
        };
        let clipped =
            columns.iter().zip(ends).enumerate().filter(|(_, pair)| beyond(*pair)).map(|(at, _)| at);
        Competitiveness { points: nodes.iter().map(|node| node[unit]).collect(), clipped: clipped.collect() }
    };
    Ok((0..n_units).map(unit).collect())
}

/// What each indicator added to the change of the index between two periods: its effective weight times its change in
/// points. The sum is the change of the index, if no indicator is missing in either period (refused).
pub fn contributions(
    before: &Competitiveness,
    after: &Competitiveness,
    tree: &Tree,
) -> Result<Vec<f64>, Refusal> {
    let n_nodes = tree.nodes().len();
    same_length("before", before.points.len(), n_nodes)?;
    same_length("after", after.points.len(), n_nodes)?;
    let shares = tree.effective_weights();
    let one = |&leaf: &usize| {
        let change = shares[leaf] * (after.points[leaf] - before.points[leaf]);
        if change.is_finite() { Ok(change) } else { Err(Refusal::NotFinite { what: "points", row: leaf }) }
    };
    tree.leaves().iter().map(one).collect()
}

/// The band of a figure: the last of `lower_ends` (ascending) that it reaches, by its full value; `None` below the first.
///
/// ```
/// use zhiheng_methods::composite::competitiveness::band;
/// // AQSIQ 2011: below 75 none, from 75 insufficient, 80 initial, 85 medium, 90 fairly strong
/// assert_eq!(band(80.985, &[75.0, 80.0, 85.0, 90.0]), Ok(Some(1)));
/// ```
pub fn band(value: f64, lower_ends: &[f64]) -> Result<Option<usize>, Refusal> {
    if !value.is_finite() {
        return Err(Refusal::NotFinite { what: "value", row: 0 });
    }
    if lower_ends.iter().any(|end| end.is_nan()) || lower_ends.windows(2).any(|pair| pair[0] >= pair[1]) {
        return Err(Refusal::Contradiction { what: "the bands do not ascend".into() });
    }
    Ok(lower_ends.partition_point(|&end| end <= value).checked_sub(1))
}

fn direction(ends: Ends) -> Direction {
    if ends.worst > ends.best { Direction::LowerIsBetter } else { Direction::HigherIsBetter }
}

fn goalposts(ends: Ends) -> Scale {
    Scale::Goalposts { worst: ends.worst, best: ends.best, points: 40.0, clipped: true }
}
