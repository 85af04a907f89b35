//! A prepared sample: rows sorted into strata and units, so that every estimate is one pass.

use std::sync::Arc;

use super::adjust::Adjustment;
use super::domain::Domain;
use super::layout::{Layout, Level, count_units, number_units, sorted_rows};
use super::plan::{Plan, Stage};
use crate::refusal::{Refusal, finite, same_length};

/// A sample ready for estimation; cheap to adjust, since adjusted designs share the sorted rows.
#[derive(Debug, Clone)]
pub struct Design {
    pub(super) layout: Arc<Layout>,
    /// By position in [`Layout::order`].
    pub(super) weights: Vec<f64>,
    /// What tied the weights to known totals, from the first.
    pub(super) adjustments: Vec<Arc<Adjustment>>,
}

impl Design {
    /// Checks and sorts a sample.
    ///
    /// Refused: no rows, columns of different lengths, weights that are negative, not finite or all 0, a
    /// single first-stage unit without strata, a cluster in two strata (unless [`Plan::nest`]), populations
    /// smaller than their samples or not equal within a stratum.
    ///
    /// ```
    /// use zhiheng_methods::survey::{Design, Missing, Plan, Stage};
    /// // two strata, from 20 and 10 units two each: N_h ȳ_h = 20·3 + 10·10
    /// let stage = Stage { strata: Some(&[0, 0, 1, 1]), fpc: Some(&[20.0, 20.0, 10.0, 10.0]), ..Stage::default() };
    /// let design = Design::prepare(&Plan { n_rows: 4, stages: &[stage], ..Plan::default() }).unwrap();
    /// let total = design.whole().total(&[2.0, 4.0, 9.0, 11.0], Missing::Refuse).unwrap();
    /// assert_eq!(total.value, 160.0);
    /// // Σ N_h² (1 − 2/N_h) s_h²/2 = 400·0.9·1 + 100·0.8·1
    /// assert!((total.standard_error - 440.0_f64.sqrt()).abs() < 1e-12);
    /// ```
    pub fn prepare(plan: &Plan) -> Result<Self, Refusal> {
        let n = plan.n_rows;
        if n == 0 {
            return Err(Refusal::Empty { what: "rows" });
        }
        let whole = [Stage::default()];
        let stages = if plan.stages.is_empty() { &whole } else { plan.stages };
        check_columns(plan, stages)?;
        let fractions = fpc_are_fractions(plan, stages)?;

        let keys: Vec<&[u32]> =
            stages.iter().flat_map(|stage| [stage.strata, stage.clusters]).flatten().collect();
        let order = sorted_rows(&keys, n);
        let mut levels: Vec<Level> = Vec::new();
        for stage in stages {
            let mut level = number_units(stage, &order, levels.last());
            count_units(&mut level, stage, &order, fractions, plan.pps)?;
            levels.push(level);
        }
        let first = &levels[0];
        if first.stratum.len() == 1 && stages[0].strata.is_none() {
            return Err(Refusal::TooFew { what: "clusters", found: 1, needed: 2 });
        }
        if !plan.nest {
            check_nesting(&stages[0], &order, first)?;
        }
        let weights = match plan.weights {
            Some(weights) => order.iter().map(|&row| weights[row as usize]).collect(),
            None => weights_of_fractions(stages, &levels, n)?,
        };
        if weights.iter().all(|&weight: &f64| weight == 0.0) {
            return Err(Refusal::NoVariation { what: "weights (all 0)".to_owned() });
        }
        if plan.ultimate_cluster {
            levels.truncate(1);
        }
        let layout = Layout {
            order,
            levels,
            pps: plan.pps,
            lonely: plan.lonely,
            adjust_domain_lonely: plan.adjust_domain_lonely,
        };
        Ok(Self { layout: Arc::new(layout), weights, adjustments: Vec::new() })
    }

    /// Rows of the data.
    pub fn n_rows(&self) -> usize {
        self.layout.order.len()
    }

    /// The weight of each row, as adjusted.
    pub fn weights(&self) -> Vec<f64> {
        let mut weights = vec![0.0; self.n_rows()];
        for (&row, &weight) in self.layout.order.iter().zip(&self.weights) {
            weights[row as usize] = weight;
        }
        weights
    }

    /// Degrees of freedom of the whole: first-stage units less strata (rows with weight 0 do not count).
    pub fn freedom(&self) -> f64 {
        Domain::whole(self).freedom()
    }

    /// Whether a domain keeps the rows outside it, with weight 0, as R survey does for unequal probabilities and
    /// for weights tied to totals. It decides what counts as a lonely unit, and which `n` methods for shares take.
    pub(super) fn keeps_rows(&self) -> bool {
        self.layout.pps || !self.adjustments.is_empty()
    }

    /// `values` by row brought into the order of the positions.
    pub(super) fn in_order<T: Copy>(&self, values: &[T]) -> Vec<T> {
        self.layout.order.iter().map(|&row| values[row as usize]).collect()
    }
}

fn check_columns(plan: &Plan, stages: &[Stage]) -> Result<(), Refusal> {
    let n = plan.n_rows;
    if u32::try_from(n).is_err() {
        return Err(Refusal::OutOfRange { what: "rows", value: n as f64, allowed: "below 2^32" });
    }
    for (at, stage) in stages.iter().enumerate() {
        if let Some(strata) = stage.strata {
            same_length("strata", strata.len(), n)?;
        }
        match stage.clusters {
            Some(clusters) => same_length("clusters", clusters.len(), n)?,
            None if at + 1 < stages.len() => {
                return Err(Refusal::Contradiction {
                    what: "a stage without clusters has rows as its units and must be the last".to_owned(),
                });
            }
            None => {}
        }
        if let Some(fpc) = stage.fpc {
            same_length("fpc", fpc.len(), n)?;
        }
    }
    if let Some(weights) = plan.weights {
        same_length("weights", weights.len(), n)?;
        finite("weights", weights)?;
        if let Some(&value) = weights.iter().find(|&&weight| weight < 0.0) {
            return Err(Refusal::OutOfRange { what: "weights", value, allowed: ">= 0" });
        }
    }
    Ok(())
}

/// Whether the finite populations are given as shares drawn.
fn fpc_are_fractions(plan: &Plan, stages: &[Stage]) -> Result<bool, Refusal> {
    let all = || stages.iter().filter_map(|stage| stage.fpc).flatten().copied();
    for stage in stages {
        let bad = stage.fpc.and_then(|fpc| fpc.iter().position(|value| value.is_nan()));
        if let Some(row) = bad {
            return Err(Refusal::NotFinite { what: "fpc", row });
        }
    }
    if let Some(value) = all().find(|&value| value <= 0.0) {
        return Err(Refusal::OutOfRange { what: "fpc", value, allowed: "> 0" });
    }
    let populations = all().any(|value| value > 1.0);
    let mixed = populations && all().any(|value| value < 1.0);
    // A column of ones alone could mean either.
    let unclear = !populations && all().next().is_some() && all().all(|value| value == 1.0);
    if mixed || unclear {
        return Err(Refusal::Contradiction {
            what: "fpc must hold population sizes (all at least 1) or sampling fractions (all at most 1)"
                .to_owned(),
        });
    }
    if plan.pps && (populations || all().next().is_none()) {
        return Err(Refusal::Contradiction {
            what: "unequal probabilities need fpc as sampling fractions".to_owned(),
        });
    }
    Ok(!populations)
}

/// Refuses a cluster that lies in two strata.
fn check_nesting(stage: &Stage, order: &[u32], first: &Level) -> Result<(), Refusal> {
    let (Some(clusters), Some(_)) = (stage.clusters, stage.strata) else { return Ok(()) };
    let mut seen: Vec<u32> = Vec::with_capacity(first.stratum.len());
    let mut last = u32::MAX;
    for (position, &row) in order.iter().enumerate() {
        if first.unit[position] != last {
            last = first.unit[position];
            seen.push(clusters[row as usize]);
        }
    }
    seen.sort_unstable();
    if seen.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(Refusal::Contradiction {
            what: "a cluster lies in two strata; if clusters are numbered anew in every stratum, say nest"
                .to_owned(),
        });
    }
    Ok(())
}

/// Weights from the shares drawn at all stages; 1 where no stage has any.
fn weights_of_fractions(stages: &[Stage], levels: &[Level], n: usize) -> Result<Vec<f64>, Refusal> {
    if stages.iter().all(|stage| stage.fpc.is_none()) {
        return Ok(vec![1.0; n]);
    }
    let mut weights = vec![1.0; n];
    for level in levels {
        for (position, weight) in weights.iter_mut().enumerate() {
            *weight /= level.drawn[level.unit[position] as usize];
        }
    }
    if weights.iter().all(|weight| weight.is_finite()) {
        Ok(weights)
    } else {
        Err(Refusal::Contradiction {
            what: "weights must be given: not every stage has a finite population".to_owned(),
        })
    }
}
