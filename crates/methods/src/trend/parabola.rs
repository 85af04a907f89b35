//! The minimum of a function of one share by golden section and parabolas.
//!
//! Source: Brent, R. P. (1973), *Algorithms for Minimization without Derivatives*, chapter 5. With R's tolerance
//! of `optimize` (the fourth root of a rounding), so that the answer has R's digits.

/// Where `function` has a minimum between 0 and 1, to about 1e-4.
pub(super) fn minimum(function: impl Fn(f64) -> f64) -> f64 {
    let golden = (3.0 - 5.0_f64.sqrt()) * 0.5;
    let rounding = f64::EPSILON.sqrt();
    let tolerance = f64::EPSILON.sqrt().sqrt();
    let (mut low, mut high) = (0.0, 1.0);
    let mut best = golden;
    let (mut second, mut third) = (best, best);
    let mut at_best = function(best);
    let (mut at_second, mut at_third) = (at_best, at_best);
    let (mut step, mut step_before): (f64, f64) = (0.0, 0.0);
    loop {
        let middle = (low + high) * 0.5;
        let near = rounding * best.abs() + tolerance / 3.0;
        let twice = 2.0 * near;
        if (best - middle).abs() <= twice - (high - low) * 0.5 {
            return best;
        }
        let (mut p, mut q, mut r) = (0.0, 0.0, 0.0);
        if step_before.abs() > near {
            r = (best - second) * (at_best - at_third);
            q = (best - third) * (at_best - at_second);
            p = (best - third) * q - (best - second) * r;
            q = (q - r) * 2.0;
            if q > 0.0 {
                p = -p;
            } else {
                q = -q;
            }
            r = step_before;
            step_before = step;
        }
        if p.abs() >= (q * 0.5 * r).abs() || p <= q * (low - best) || p >= q * (high - best) {
            step_before = if best < middle { high - best } else { low - best };
            step = golden * step_before;
        } else {
            step = p / q;
            let there = best + step;
            if there - low < twice || high - there < twice {
                step = if best >= middle { -near } else { near };
            }
        }
        let there = if step.abs() >= near {
            best + step
        } else if step > 0.0 {
            best + near
        } else {
            best - near
        };
        let at_there = function(there);
        if at_there <= at_best {
            if there < best {
                high = best;
            } else {
                low = best;
            }
            (third, second, best) = (second, best, there);
            (at_third, at_second, at_best) = (at_second, at_best, at_there);
        } else {
            if there < best {
                low = there;
            } else {
                high = there;
            }
            if at_there <= at_second || second == best {
                (third, at_third) = (second, at_second);
                (second, at_second) = (there, at_there);
            } else if at_there <= at_third || third == best || third == second {
                (third, at_third) = (there, at_there);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::minimum;

    #[test]
    fn finds_the_bottom() {
        assert!((minimum(|x| (x - 0.37).powi(2)) - 0.37).abs() < 1e-6);
        assert!(minimum(|x| x) < 1e-4);
        // A function that is nowhere a number still ends.
        assert!(minimum(|_| f64::NAN).is_finite());
    }
}
