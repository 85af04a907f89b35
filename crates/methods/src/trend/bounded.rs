//! The minimum of a smooth function of few shares, each between 0 and 1.
//!
//! A quasi-Newton method: the curvature is learnt from the last five steps, the bounds are met by following the
//! projected gradient (Cauchy point), the free shares go on by a Newton step. Gradients are differences over
//! ±0.001, as R's `optim` takes them, and the rule for stopping is R's too: the answer then has R's digits,
//! which an exact minimum would not have (the surface is flat there).
//!
//! Source: Byrd, R. H., Lu, P., Nocedal, J. and Zhu, C. (1995), *SIAM Journal on Scientific Computing*
//! 16:1190–1208; Nocedal and Wright (2006), *Numerical Optimization*, section 7.2.

use nalgebra::{DMatrix, DVector};

use crate::refusal::Refusal;

use super::line_search::{Next, Search};
use super::subspace::{MEMORY, Pair, Products, Sets, is_definite};

const STEPS: usize = 100;
const TRIES: usize = 20;
/// Relative fall of the function below which the search ends: 10⁷ roundings.
const FALL: f64 = 1e7 * f64::EPSILON;

/// Where `function` is least in the unit cube, searched from `start`.
///
/// Errors: the function is not finite somewhere on the way, or 100 steps are not enough.
pub(super) fn minimum(start: &[f64], function: impl Fn(&[f64]) -> f64) -> Result<Vec<f64>, Refusal> {
    let mut here = At::new(start.iter().map(|share| share.clamp(0.0, 1.0)).collect(), &function)?;
    let mut memory = Memory::new(start.len());
    let mut products = Products::default();
    let mut free_before: Option<Vec<bool>> = None;
    let mut first = true;
    let mut accepted = 0;
    while accepted < STEPS {
        if here.is_stationary() {
            return Ok(here.x);
        }
        let (mut target, free) = cauchy(&here, &memory.curvature);
        let sets = sets(&free, free_before.as_deref().filter(|_| !first));
        free_before = Some(free);
        if !(memory.pairs.is_empty() || sets.free.is_empty()) {
            products.update(&memory.pairs, &sets, memory.added, memory.learnt > MEMORY);
            memory.added = false;
            let rest = reduced(&here, &memory.curvature, &sets.free, &target);
            let Some(step) = products.newton(&memory.pairs, &sets.free, memory.theta, &rest) else {
                memory = Memory::new(start.len());
                continue;
            };
            go(&sets.free, &step, &mut target);
        }
        let Some(next) = search(&here, &target, first, &function)? else {
            // No way down in this direction: forget the curvature once, then give in where we stand.
            if memory.pairs.is_empty() {
                return Ok(here.x);
            }
            memory = Memory::new(start.len());
            continue;
        };
        first = false;
        accepted += 1;
        let fall = here.value - next.value;
        if fall <= FALL * here.value.abs().max(next.value.abs()).max(1.0) {
            return Ok(next.x);
        }
        memory.learn(&here, &next);
        here = next;
    }
    Err(Refusal::NotConverged { what: "the search for smoothing parameters", steps: STEPS })
}

/// Which shares are free, and what changed since the round `before`.
fn sets(free: &[bool], before: Option<&[bool]>) -> Sets {
    let at = |wanted: &dyn Fn(usize) -> bool| (0..free.len()).filter(|&i| wanted(i)).collect::<Vec<usize>>();
    Sets {
        free: at(&|i| free[i]),
        bound: at(&|i| !free[i]),
        entering: at(&|i| before.is_some_and(|before| free[i] && !before[i])),
        leaving: at(&|i| before.is_some_and(|before| !free[i] && before[i])),
    }
}

/// A point with the function and its gradient there.
struct At {
    x: Vec<f64>,
    value: f64,
    gradient: Vec<f64>,
}

impl At {
    fn new(x: Vec<f64>, function: &impl Fn(&[f64]) -> f64) -> Result<Self, Refusal> {
        let value = function(&x);
        let mut probe = x.clone();
        let mut gradient = Vec::with_capacity(x.len());
        for (i, &share) in x.iter().enumerate() {
            let (high, low) = ((share + 1e-3).min(1.0), (share - 1e-3).max(0.0));
            probe[i] = high;
            let above = function(&probe);
            probe[i] = low;
            let below = function(&probe);
            probe[i] = share;
            // The distance is added up from both sides, as R does.
            let up = if high < 1.0 { 1e-3 } else { high - share };
            let down = if low > 0.0 { 1e-3 } else { share - low };
            gradient.push((above - below) / (up + down));
        }
        let bad = !value.is_finite() || gradient.iter().any(|slope| !slope.is_finite());
        if bad {
            return Err(Refusal::NotConverged { what: "the search for smoothing parameters", steps: 0 });
        }
        Ok(Self { x, value, gradient })
    }

    /// Whether every share that could move has a slope of 0.
    fn is_stationary(&self) -> bool {
        self.x
            .iter()
            .zip(&self.gradient)
            .all(|(&x, &slope)| if slope < 0.0 { slope.max(x - 1.0) == 0.0 } else { slope.min(x) == 0.0 })
    }
}

/// The last steps and the curvature they teach.
struct Memory {
    pairs: Vec<Pair>,
    curvature: DMatrix<f64>,
    /// The curvature to start from.
    theta: f64,
    /// Whether the last pair is not yet in the products.
    added: bool,
    /// Pairs learnt since the memory was empty.
    learnt: usize,
}

impl Memory {
    fn new(n: usize) -> Self {
        Self { pairs: Vec::new(), curvature: DMatrix::identity(n, n), theta: 1.0, added: false, learnt: 0 }
    }

    fn learn(&mut self, from: &At, to: &At) {
        let n = from.x.len();
        let step = DVector::from_fn(n, |i, _| to.x[i] - from.x[i]);
        let turn = DVector::from_fn(n, |i, _| to.gradient[i] - from.gradient[i]);
        let along = step.dot(&turn);
        let before: f64 = step.iter().zip(&from.gradient).map(|(step, slope)| step * slope).sum();
        self.added = false;
        // A step along which the slope did not rise would make the curvature negative.
        if along <= f64::EPSILON * -before {
            return;
        }
        self.added = true;
        self.learnt += 1;
        self.theta = turn.dot(&turn) / along;
        if self.pairs.len() == MEMORY {
            self.pairs.remove(0);
        }
        self.pairs.push(Pair { step: step.as_slice().to_vec(), turn: turn.as_slice().to_vec() });
        let mut curvature = DMatrix::identity(n, n) * self.theta;
        for pair in &self.pairs {
            let (step, turn) =
                (DVector::from_column_slice(&pair.step), DVector::from_column_slice(&pair.turn));
            let bent = &curvature * &step;
            let straight = step.dot(&bent);
            curvature += &turn * turn.transpose() / step.dot(&turn) - &bent * bent.transpose() / straight;
        }
        if curvature.iter().all(|value| value.is_finite()) && is_definite(&self.pairs, self.theta) {
            self.curvature = curvature;
        } else {
            *self = Self::new(n);
        }
    }
}

/// The first minimum of the quadratic model along the projected gradient, and which shares are free there.
fn cauchy(here: &At, curvature: &DMatrix<f64>) -> (Vec<f64>, Vec<bool>) {
    let n = here.x.len();
    let mut direction = DVector::from_fn(n, |i, _| -here.gradient[i]);
    let mut free = vec![true; n];
    let mut ends = Vec::new();
    for i in 0..n {
        let (x, slope) = (here.x[i], here.gradient[i]);
        if (x <= 0.0 && slope >= 0.0) || (x >= 1.0 && slope <= 0.0) {
            free[i] = false;
            direction[i] = 0.0;
        } else if slope > 0.0 {
            ends.push((x / slope, i));
        } else if slope < 0.0 {
            ends.push(((x - 1.0) / slope, i));
        }
    }
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));

    let mut moved = DVector::zeros(n);
    let mut time = 0.0;
    for (end, i) in ends {
        let bent = curvature * &direction;
        let slope: f64 = (0..n).map(|j| here.gradient[j] * direction[j]).sum::<f64>() + bent.dot(&moved);
        let best = -slope / direction.dot(&bent);
        if best < end - time {
            return (finished(here, &(moved + direction * best.max(0.0)), &free), free);
        }
        moved += &direction * (end - time);
        time = end;
        moved[i] = if direction[i] > 0.0 { 1.0 - here.x[i] } else { -here.x[i] };
        direction[i] = 0.0;
        free[i] = false;
    }
    (finished(here, &moved, &free), free)
}

fn finished(here: &At, moved: &DVector<f64>, free: &[bool]) -> Vec<f64> {
    let target = here.x.iter().zip(moved).zip(free);
    let target = target.map(|((x, step), &free)| {
        let to = x + step;
        // A share on its bound stands there exactly.
        if free { to } else { to.round() }
    });
    target.collect()
}

/// The model's slopes at `target`, turned round, of the free shares.
fn reduced(here: &At, curvature: &DMatrix<f64>, free: &[usize], target: &[f64]) -> Vec<f64> {
    let moved = DVector::from_fn(target.len(), |i, _| target[i] - here.x[i]);
    let bent = curvature * moved;
    free.iter().map(|&place| -(here.gradient[place] + bent[place])).collect()
}

/// Moves the free shares of `target` by `step`, or as far as the bounds let all of them go.
fn go(free: &[usize], step: &[f64], target: &mut [f64]) {
    let (mut share, mut limit) = (1.0, None);
    for (i, &place) in free.iter().enumerate() {
        let room = if step[i] < 0.0 { -target[place] } else { 1.0 - target[place] };
        let reached = if step[i] == 0.0 { 1.0 } else { (room / step[i]).max(0.0) };
        if reached < share {
            share = reached;
            limit = Some(i);
        }
    }
    for (i, &place) in free.iter().enumerate() {
        target[place] = if limit == Some(i) {
            if step[i] > 0.0 { 1.0 } else { 0.0 }
        } else {
            target[place] + share * step[i]
        };
    }
}

/// The next point on the way to `target`; `None` if the way does not lead down.
fn search(
    here: &At,
    target: &[f64],
    first: bool,
    function: &impl Fn(&[f64]) -> f64,
) -> Result<Option<At>, Refusal> {
    let direction: Vec<f64> = target.iter().zip(&here.x).map(|(to, from)| to - from).collect();
    let along = |gradient: &[f64]| gradient.iter().zip(&direction).map(|(slope, step)| slope * step).sum();
    let slope: f64 = along(&here.gradient);
    if slope >= 0.0 {
        return Ok(None);
    }
    let longest = if first { 1.0 } else { longest(&here.x, &direction) };
    if longest < 1.0 {
        return Ok(None);
    }
    let mut search = Search::new(here.value, slope, 1.0, longest);
    let mut step = 1.0;
    for _ in 0..TRIES {
        let x = if step == 1.0 {
            target.to_vec()
        } else {
            here.x.iter().zip(&direction).map(|(x, way)| (step * way + x).clamp(0.0, 1.0)).collect()
        };
        let next = At::new(x, function)?;
        match search.next(step, next.value, along(&next.gradient)) {
            Next::Done => return Ok(Some(next)),
            Next::Try(further) => step = further,
        }
    }
    Ok(None)
}

/// The longest step along `direction` inside the bounds.
fn longest(x: &[f64], direction: &[f64]) -> f64 {
    let ends = x.iter().zip(direction).filter(|(_, way)| **way != 0.0);
    ends.map(|(x, way)| if *way < 0.0 { -x / way } else { (1.0 - x) / way }).fold(1e10, f64::min)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_minima_inside_and_on_the_bounds() {
        let inside =
            minimum(&[0.3, 0.1], |p| (p[0] - 0.6).powi(2) + 3.0 * (p[1] - 0.2).powi(2) + p[0] * p[1]);
        let inside = inside.expect("smooth");
        // 2(a − 0.6) + b = 0 and 6(b − 0.2) + a = 0
        assert!((inside[0] - 6.0 / 11.0).abs() < 1e-6 && (inside[1] - 1.2 / 11.0).abs() < 1e-6, "{inside:?}");
        let bound = minimum(&[0.3, 0.1, 0.5], |p| (p[0] - 2.0).powi(2) + (p[1] + 1.0).powi(2) + p[2] * p[2]);
        let bound = bound.expect("smooth");
        assert!(bound[0] == 1.0 && bound[1] == 0.0 && bound[2] < 1e-6, "{bound:?}");
        assert!(minimum(&[0.5], |_| f64::NAN).is_err());
    }
}
