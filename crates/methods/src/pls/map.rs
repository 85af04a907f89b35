//! Importance–performance map: what to work on first.
//!
//! **What it answers.** Which drivers matter much for satisfaction and are rated low?
//!
//! **Formula.** Importance: the total effect on the target, in points of its index per point of the driver's.
//! Performance: the driver's index. For an item: its share of the construct's weight times the construct's
//! importance; its own mean on 0–100.
//!
//! **Source.** Ringle and Sarstedt (2016), *Industrial Management & Data Systems* 116:1865–1886.
//!
//! **When not to use it.** With negative weights; and importance holds for small changes, as they occur in the
//! sample.

use crate::refusal::{Refusal, same_length};

use super::effects::effects;
use super::fit::Fit;
use super::index::{Bounds, index};

/// A place on the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Total effect on the target in standard deviations; for an item times its share of the weight.
    pub standardised: f64,
    /// Points of the target's index per point of this one.
    pub importance: f64,
    /// Mean on 0–100.
    pub performance: f64,
}

/// The map for one target.
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    /// One place per construct; the target itself has importance 0.
    pub constructs: Vec<Place>,
    /// One place per item, in the model's order.
    pub items: Vec<Place>,
}

/// The map of what drives construct `target`; `bounds` of every item of the model.
///
/// Errors: a target that is not there; as [`index`].
pub fn map(it: &Fit, target: usize, bounds: &[Bounds]) -> Result<Map, Refusal> {
    if target >= it.k() {
        return Err(Refusal::OutOfRange {
            what: "target",
            value: target as f64,
            allowed: "constructs of the model",
        });
    }
    same_length("bound", bounds.len(), it.weights.len())?;
    let indices = index(it, bounds, 0.95)?;
    let total = effects(it).total;
    let weights = it.raw_weights();
    let spread = |item: usize| weights[item] * (bounds[item].high - bounds[item].low);
    let span = |block: usize| it.model.items(block).map(spread).sum::<f64>();
    let mut constructs = Vec::with_capacity(it.k());
    let mut items = Vec::with_capacity(weights.len());
    for (block, own) in indices.iter().enumerate() {
        let standardised = total[(block, target)];
        // The index rises by 100 / span per standard deviation of the score.
        let importance = standardised * span(block) / span(target);
        constructs.push(Place { standardised, importance, performance: own.mean });
        for item in it.model.items(block) {
            let share = spread(item) / span(block);
            let Bounds { low, high } = bounds[item];
            items.push(Place {
                standardised: standardised * share,
                importance: importance * share,
                performance: 100.0 * (it.means[item] - low) / (high - low),
            });
        }
    }
    Ok(Map { constructs, items })
}
