//! PROMETHEE: alternatives compared two by two, criterion by criterion.
//!
//! **What it answers.** By how much does each alternative outrank the others, and is it outranked?
//!
//! **Formula.** With `d` the difference in favour of `a` over `b` on a criterion and `P(d)` the preference (0 to 1):
//! `π(a, b) = Σ w P(d)`, `φ⁺(a) = Σ_b π(a, b)/(n − 1)`, `φ⁻(a) = Σ_b π(b, a)/(n − 1)`, net flow `φ = φ⁺ − φ⁻`.
//! Preferences: usual (1 if d > 0), U-shape (1 if d > q), V-shape (d/p up to p), level (½ above q, 1 above p), linear
//! ((d − q)/(p − q) between q and p), Gaussian (1 − exp(−d²/2s²)).
//!
//! **Source.** Brans and Vincke (1985), *Management Science* 31:647–656; Brans, Vincke and Mareschal (1986), *European
//! Journal of Operational Research* 24:228–238.
//!
//! **When not to use it.** With thousands of alternatives: it looks at every pair. Thresholds `q`, `p`, `s` are judgements
//! in the criterion's unit; say who made them.

use super::{Order, Problem};
use crate::refusal::{Refusal, same_length};
use crate::sum::Sum;

/// How much a difference on a criterion is preferred. Thresholds are in its unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Preference {
    /// Any lead counts in full.
    Usual,
    /// A lead counts in full above `q`.
    UShape {
        /// Indifference: leads up to here do not count.
        q: f64,
    },
    /// A lead counts in proportion up to `p`.
    VShape {
        /// Preference: from here a lead counts in full.
        p: f64,
    },
    /// Half above `q`, in full above `p`.
    Level {
        /// Indifference.
        q: f64,
        /// Preference.
        p: f64,
    },
    /// In proportion between `q` and `p`.
    Linear {
        /// Indifference.
        q: f64,
        /// Preference.
        p: f64,
    },
    /// Rising along a bell curve with turning point `s`.
    Gaussian {
        /// Distance of the turning point.
        s: f64,
    },
}

/// Flows of PROMETHEE I and the order of PROMETHEE II.
#[derive(Debug, Clone, PartialEq)]
pub struct Promethee {
    /// Net flows and places.
    pub order: Order,
    /// `φ⁺`: how far each outranks the others.
    pub leaving: Vec<f64>,
    /// `φ⁻`: how far it is outranked.
    pub entering: Vec<f64>,
}

/// PROMETHEE II with one preference per criterion.
///
/// ```
/// use zhiheng_methods::{composite::Direction::HigherIsBetter, decision::{Problem, outranking::{Preference, promethee}}};
/// let problem = Problem::new(vec![vec![3.0, 4.0, 5.0]], vec![HigherIsBetter], &[1.0]).unwrap();
/// assert_eq!(promethee(&problem, &[Preference::Usual]).unwrap().order.scores, [-1.0, 0.0, 1.0]);
/// ```
pub fn promethee(problem: &Problem, preferences: &[Preference]) -> Result<Promethee, Refusal> {
    same_length("preferences", preferences.len(), problem.criteria().len())?;
    for preference in preferences {
        preference.check()?;
    }
    let n = problem.n_alternatives();
    let (mut leaving, mut entering) = (vec![Sum::default(); n], vec![Sum::default(); n]);
    for ((column, direction, weight), preference) in problem.each().zip(preferences) {
        let sign = direction.sign();
        for a in 0..n {
            for b in 0..n {
                let preferred = weight * preference.of(sign * (column[a] - column[b]));
                if preferred > 0.0 {
                    leaving[a].add(preferred);
                    entering[b].add(preferred);
                }
            }
        }
    }
    let mean = |flow: Sum| flow.value() / (n as f64 - 1.0);
    let leaving: Vec<f64> = leaving.into_iter().map(mean).collect();
    let entering: Vec<f64> = entering.into_iter().map(mean).collect();
    let order =
        Order::highest_first(leaving.iter().zip(&entering).map(|(plus, minus)| plus - minus).collect())?;
    Ok(Promethee { order, leaving, entering })
}

impl Preference {
    pub(super) fn of(self, lead: f64) -> f64 {
        let full_above = |threshold: f64| if lead > threshold { 1.0 } else { 0.0 };
        match self {
            _ if lead <= 0.0 => 0.0,
            Preference::Usual => 1.0,
            Preference::UShape { q } => full_above(q),
            Preference::VShape { p } => {
                if lead <= p {
                    lead / p
                } else {
                    1.0
                }
            }
            Preference::Level { q, p } => {
                if lead > q && lead <= p {
                    0.5
                } else {
                    full_above(p)
                }
            }
            Preference::Linear { q, p } => {
                if lead > q && lead <= p {
                    (lead - q) / (p - q)
                } else {
                    full_above(p)
                }
            }
            Preference::Gaussian { s } => -libm::expm1(-lead * lead / (2.0 * s * s)),
        }
    }

    pub(super) fn check(self) -> Result<(), Refusal> {
        let (q, p) = match self {
            Preference::Usual => return Ok(()),
            Preference::UShape { q } => (q, f64::INFINITY),
            Preference::VShape { p } => (0.0, p),
            Preference::Gaussian { s } => (0.0, s),
            Preference::Level { q, p } | Preference::Linear { q, p } => (q, p),
        };
        let is_bounded = p.is_finite() || matches!(self, Preference::UShape { .. });
        if q.is_nan() || q < 0.0 || q.is_infinite() {
            Err(Refusal::OutOfRange { what: "q", value: q, allowed: ">= 0" })
        } else if !is_bounded || p <= q {
            Err(Refusal::OutOfRange { what: "p", value: p, allowed: "> q" })
        } else {
            Ok(())
        }
    }
}
