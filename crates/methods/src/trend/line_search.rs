//! A step along a descent direction that lowers the function enough and flattens its slope.
//!
//! Source: Moré, J. J. and Thuente, D. J. (1994), *ACM Transactions on Mathematical Software* 20:286–307.
//! The constants are those that Byrd, Lu, Nocedal and Zhu use, so that [`super::bounded`] takes R's steps.

const ENOUGH: f64 = 1e-3;
const FLAT: f64 = 0.9;
const NARROW: f64 = 0.1;

/// A step with the function and its slope there.
#[derive(Debug, Clone, Copy)]
struct Point {
    step: f64,
    value: f64,
    slope: f64,
}

/// What to do after a function value.
pub(super) enum Next {
    /// Try this step.
    Try(f64),
    /// The last step will do.
    Done,
}

/// The state of one search.
pub(super) struct Search {
    start: Point,
    longest: f64,
    best: Point,
    other: Point,
    bracketed: bool,
    modified: bool,
    low: f64,
    high: f64,
    width: f64,
    width_before: f64,
}

impl Search {
    /// A search from step 0 with this `value` and negative `slope`; the first step to try is `first`.
    pub(super) fn new(value: f64, slope: f64, first: f64, longest: f64) -> Self {
        let start = Point { step: 0.0, value, slope };
        Self {
            start,
            longest,
            best: start,
            other: start,
            bracketed: false,
            modified: true,
            low: 0.0,
            high: 5.0 * first,
            width: longest,
            width_before: 2.0 * longest,
        }
    }

    /// Takes the function's `value` and `slope` at `step`.
    pub(super) fn next(&mut self, step: f64, value: f64, slope: f64) -> Next {
        let wanted = ENOUGH * self.start.slope;
        let ceiling = self.start.value + step * wanted;
        if self.modified && value <= ceiling && slope >= 0.0 {
            self.modified = false;
        }
        let stuck = self.bracketed && (step <= self.low || step >= self.high);
        let tight = self.bracketed && self.high - self.low <= NARROW * self.high;
        let at_end = step == self.longest && value <= ceiling && slope <= wanted;
        let at_start = step == 0.0 && (value > ceiling || slope >= wanted);
        let good = value <= ceiling && slope.abs() <= FLAT * -self.start.slope;
        if stuck || tight || at_end || at_start || good {
            return Next::Done;
        }
        let here = Point { step, value, slope };
        let mut next = if self.modified && value <= self.best.value && value > ceiling {
            // The function less the wanted descent: its minimum satisfies the first condition.
            let shift = |point: Point, sign: f64| Point {
                step: point.step,
                value: point.value + sign * point.step * wanted,
                slope: point.slope + sign * wanted,
            };
            self.best = shift(self.best, -1.0);
            self.other = shift(self.other, -1.0);
            let next = self.safeguarded(shift(here, -1.0));
            self.best = shift(self.best, 1.0);
            self.other = shift(self.other, 1.0);
            next
        } else {
            self.safeguarded(here)
        };
        if self.bracketed {
            let width = (self.other.step - self.best.step).abs();
            if width >= 0.66 * self.width_before {
                next = self.best.step + 0.5 * (self.other.step - self.best.step);
            }
            self.width_before = self.width;
            self.width = width;
            self.low = self.best.step.min(self.other.step);
            self.high = self.best.step.max(self.other.step);
        } else {
            self.low = next + 1.1 * (next - self.best.step);
            self.high = next + 4.0 * (next - self.best.step);
        }
        next = next.max(0.0).min(self.longest);
        let stuck = next <= self.low || next >= self.high || self.high - self.low <= NARROW * self.high;
        if self.bracketed && stuck {
            next = self.best.step;
        }
        Next::Try(next)
    }

    /// The next step from cubic and quadratic interpolation; updates the interval that holds a minimum.
    fn safeguarded(&mut self, here: Point) -> f64 {
        let best = self.best;
        let turned = here.slope * (best.slope / best.slope.abs()) < 0.0;
        let next = if here.value > best.value {
            self.bracketed = true;
            let cubic = cubic(best, here);
            let drop = (best.value - here.value) / (here.step - best.step) + best.slope;
            let quadratic = best.step + best.slope / drop / 2.0 * (here.step - best.step);
            if (cubic - best.step).abs() < (quadratic - best.step).abs() {
                cubic
            } else {
                cubic + (quadratic - cubic) / 2.0
            }
        } else if turned {
            self.bracketed = true;
            let (cubic, secant) = (cubic(here, best), secant(here, best));
            if (cubic - here.step).abs() > (secant - here.step).abs() { cubic } else { secant }
        } else if here.slope.abs() < best.slope.abs() {
            self.closer(here)
        } else if self.bracketed {
            cubic(here, self.other)
        } else if here.step > best.step {
            self.high
        } else {
            self.low
        };
        if here.value > best.value {
            self.other = here;
        } else {
            if turned {
                self.other = best;
            }
            self.best = here;
        }
        next
    }

    /// The value fell and so did the slope: the minimum may lie far ahead.
    fn closer(&self, here: Point) -> f64 {
        let best = self.best;
        let secant = secant(here, best);
        let (theta, scale) = theta(best, here);
        let root = ((theta / scale).powi(2) - best.slope / scale * (here.slope / scale)).max(0.0).sqrt();
        let gamma = if here.step > best.step { -scale * root } else { scale * root };
        let share = (gamma - here.slope + theta) / (gamma + (best.slope - here.slope) + gamma);
        let cubic = if share < 0.0 && gamma != 0.0 {
            here.step + share * (best.step - here.step)
        } else if here.step > best.step {
            self.high
        } else {
            self.low
        };
        let (by_cubic, by_secant) = ((cubic - here.step).abs(), (secant - here.step).abs());
        if self.bracketed {
            let next = if by_cubic < by_secant { cubic } else { secant };
            let end = here.step + 0.66 * (self.other.step - here.step);
            if here.step > best.step { next.min(end) } else { next.max(end) }
        } else {
            let next = if by_cubic > by_secant { cubic } else { secant };
            next.min(self.high).max(self.low)
        }
    }
}

/// Three times the chord's excess over the slopes, and the greatest of the three in size.
fn theta(a: Point, b: Point) -> (f64, f64) {
    let theta = 3.0 * (a.value - b.value) / (b.step - a.step) + a.slope + b.slope;
    (theta, theta.abs().max(a.slope.abs()).max(b.slope.abs()))
}

/// The minimum of the cubic through `from` and `to`.
fn cubic(from: Point, to: Point) -> f64 {
    let (theta, scale) = theta(from, to);
    let root = ((theta / scale).powi(2) - from.slope / scale * (to.slope / scale)).max(0.0).sqrt();
    let gamma = if to.step < from.step { -scale * root } else { scale * root };
    let share = (gamma - from.slope + theta) / (gamma - from.slope + gamma + to.slope);
    from.step + share * (to.step - from.step)
}

/// Where the line through the two slopes is zero.
fn secant(here: Point, best: Point) -> f64 {
    here.step + here.slope / (here.slope - best.slope) * (best.step - here.step)
}
