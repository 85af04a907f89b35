//! Rows sorted by stratum and unit, and what share of its stratum each unit stands for.

use rayon::slice::ParallelSliceMut;

use super::plan::{Lonely, Stage};
use crate::refusal::Refusal;

/// Rows sorted by stratum and unit of every stage.
#[derive(Debug)]
pub(super) struct Layout {
    /// The row at each position.
    pub(super) order: Vec<u32>,
    /// Stages that add to the variance; the first is always there.
    pub(super) levels: Vec<Level>,
    pub(super) pps: bool,
    pub(super) lonely: Lonely,
    pub(super) adjust_domain_lonely: bool,
}

/// One stage: its units, numbered in the order of the positions.
#[derive(Debug, Default)]
pub(super) struct Level {
    /// Unit at each position.
    pub(super) unit: Vec<u32>,
    /// Stratum of each unit.
    pub(super) stratum: Vec<u32>,
    /// Share of the stratum that was not drawn, by unit; 1 for an infinite population.
    pub(super) left: Vec<f64>,
    /// Share that was drawn, by unit.
    pub(super) drawn: Vec<f64>,
    /// Units drawn, by stratum.
    pub(super) sampled: Vec<u32>,
    /// Sum of `left` over the units, by stratum.
    pub(super) left_sum: Vec<f64>,
}

/// Rows sorted by the keys from the first, rows with equal keys in their own order.
pub(super) fn sorted_rows(keys: &[&[u32]], n: usize) -> Vec<u32> {
    let (mut group, keys) = match keys {
        [] => return (0..n as u32).collect(),
        [only] => (vec![0; n], std::slice::from_ref(only)),
        [first, rest @ ..] => (first.to_vec(), rest),
    };
    let mut sorted: Vec<(u64, u32)> = Vec::new();
    for key in keys {
        let both = group.iter().zip(*key).map(|(&group, &key)| (u64::from(group) << 32) | u64::from(key));
        sorted = both.zip(0..n as u32).collect();
        sorted.par_sort_unstable();
        // the group of a row for the next key: how many distinct keys come before it
        let (mut before, mut number) = (None, 0);
        for &(key, row) in &sorted {
            if before.is_some_and(|before| before != key) {
                number += 1;
            }
            before = Some(key);
            group[row as usize] = number;
        }
    }
    sorted.into_iter().map(|(_, row)| row).collect()
}

/// Numbers strata and units along the order.
pub(super) fn number_units(stage: &Stage, order: &[u32], above: Option<&Level>) -> Level {
    let mut level = Level { unit: Vec::with_capacity(order.len()), ..Level::default() };
    let mut before: Option<(u32, u32, u32)> = None;
    for (position, &row) in order.iter().enumerate() {
        let parent = above.map_or(0, |above| above.unit[position]);
        let stratum = stage.strata.map_or(0, |strata| strata[row as usize]);
        let cluster = stage.clusters.map_or(position as u32, |clusters| clusters[row as usize]);
        let now = (parent, stratum, cluster);
        if before != Some(now) {
            let same_stratum = before.is_some_and(|it| (it.0, it.1) == (parent, stratum));
            if !same_stratum {
                level.sampled.push(0);
            }
            let last = level.sampled.len() - 1;
            level.sampled[last] += 1;
            level.stratum.push(last as u32);
            before = Some(now);
        }
        level.unit.push(level.stratum.len() as u32 - 1);
    }
    level
}

/// Fills in which share of its stratum each unit stands for.
pub(super) fn count_units(
    level: &mut Level,
    stage: &Stage,
    order: &[u32],
    fractions: bool,
    pps: bool,
) -> Result<(), Refusal> {
    let n_units = level.stratum.len();
    level.left = vec![1.0; n_units];
    level.drawn = vec![0.0; n_units];
    if let Some(fpc) = stage.fpc {
        let mut of_unit = vec![f64::NAN; n_units];
        let mut of_stratum = vec![f64::NAN; level.sampled.len()];
        for (position, &row) in order.iter().enumerate() {
            let unit = level.unit[position] as usize;
            let value = fpc[row as usize];
            let known = if pps { &mut of_unit[unit] } else { &mut of_stratum[level.stratum[unit] as usize] };
            if known.is_nan() {
                *known = value;
            } else if *known != value && (*known - value).abs() > 1e-9 * value {
                let what = if pps { "a cluster" } else { "a stratum" };
                return Err(Refusal::Contradiction {
                    what: format!("fpc differs within {what}: {known}, {value}"),
                });
            }
        }
        for (unit, &stratum) in level.stratum.iter().enumerate() {
            let stratum = stratum as usize;
            let n = f64::from(level.sampled[stratum]);
            let value = if pps { of_unit[unit] } else { of_stratum[stratum] };
            if fractions {
                (level.left[unit], level.drawn[unit]) = (1.0 - value, value);
            } else if value < n {
                return Err(Refusal::Contradiction {
                    what: format!("fpc says a stratum has {value} units, and {n} are in the sample"),
                });
            } else if value.is_finite() {
                (level.left[unit], level.drawn[unit]) = ((value - n) / value, n / value);
            }
        }
    }
    level.left_sum = vec![0.0; level.sampled.len()];
    for (unit, &stratum) in level.stratum.iter().enumerate() {
        level.left_sum[stratum as usize] += level.left[unit];
    }
    Ok(())
}
