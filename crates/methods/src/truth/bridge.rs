//! The law of the Kolmogorov–Smirnov distance for digits: `max |B(tₖ)|` of a Brownian bridge at the few places
//! `tₖ` where a discrete distribution steps.
//!
//! The usual table belongs to continuous values; for nine digits it is far too conservative (its 5 % point
//! 1.358 is met in about 1 % of honest samples). A bridge is Markov: from `x` at `s` it is at `t` normal with
//! mean `x (1 − t)/(1 − s)` and variance `(t − s)(1 − t)/(1 − s)`, so that the probability of staying within
//! `±c` is one integral after the other, each taken at Gauss–Legendre points.

/// `P(max |B(tₖ)| > c)` at the cumulative probabilities `times`, in ascending order and inside (0, 1).
pub(crate) fn upper(c: f64, times: &[f64]) -> f64 {
    // Steps much finer than the distance between points: the continuous law is as good and never too small.
    if times.len() > 200 {
        return kolmogorov_upper(c);
    }
    if c <= 0.0 {
        return 1.0;
    }
    // Here the probability is below 1e-5 and the points begin to lie too far apart for the smallest steps.
    if c > 2.5 {
        return kolmogorov_upper(c);
    }
    let points = gauss_legendre(if times.len() > 20 { 140 } else { 60 });
    let (mut before, mut density) = (0.0, Vec::<f64>::new());
    for (k, &time) in times.iter().enumerate() {
        let shrink = (1.0 - time) / (1.0 - before);
        let spread = ((time - before) * shrink).sqrt();
        let step = |from: f64, to: f64| {
            let z = (to - from * shrink) / spread;
            if z.abs() > 7.0 { 0.0 } else { libm::exp(-0.5 * z * z) }
        };
        let scale = 1.0 / (spread * (2.0 * std::f64::consts::PI).sqrt());
        let next = |&(y, _): &(f64, f64)| {
            let paths = if k == 0 {
                step(0.0, c * y)
            } else {
                c * points.iter().zip(&density).map(|((x, w), f)| w * f * step(c * x, c * y)).sum::<f64>()
            };
            scale * paths
        };
        density = points.iter().map(next).collect();
        before = time;
    }
    let within = c * points.iter().zip(&density).map(|((_, w), f)| w * f).sum::<f64>();
    (1.0 - within).clamp(0.0, 1.0)
}

/// `P(K > c)` of Kolmogorov's limiting distribution.
fn kolmogorov_upper(c: f64) -> f64 {
    if c < 0.3 {
        return 1.0;
    }
    let term = |k: i32| {
        let k = f64::from(k);
        libm::exp(-2.0 * k * k * c * c)
    };
    let total: f64 = (1..=40).map(|k| if k % 2 == 1 { term(k) } else { -term(k) }).sum();
    (2.0 * total).clamp(0.0, 1.0)
}

/// Points and weights on (−1, 1), by Newton's iteration from Tricomi's first guess.
fn gauss_legendre(n: u32) -> Vec<(f64, f64)> {
    let size = f64::from(n);
    (0..n)
        .map(|i| {
            let mut x = -libm::cos(std::f64::consts::PI * (f64::from(i) + 0.75) / (size + 0.5));
            let mut slope = 1.0;
            for _ in 0..6 {
                let (mut p, mut last) = (x, 1.0);
                for k in 2..=n {
                    let k = f64::from(k);
                    (p, last) = (((2.0 * k - 1.0) * x * p - (k - 1.0) * last) / k, p);
                }
                slope = size * (x * p - last) / (x * x - 1.0);
                x -= p / slope;
            }
            (x, 2.0 / ((1.0 - x * x) * slope * slope))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::normal_upper;

    /// With two cells the bridge is looked at once, where it is normal with variance t(1 − t).
    #[test]
    fn one_place_is_normal() {
        for (c, time) in [(0.5, 0.3), (1.0, 0.5), (0.2, 0.9)] {
            let normal = 2.0 * normal_upper(c / (time * (1.0_f64 - time)).sqrt());
            assert!((upper(c, &[time]) - normal).abs() < 1e-12);
        }
    }

    /// Many places come near the continuous law from below: 1.3581 is its 5 % point.
    #[test]
    fn many_places_are_almost_continuous() {
        let times: Vec<f64> = (1..100).map(|k| f64::from(k) / 100.0).collect();
        let (many, all) = (upper(1.3581, &times), kolmogorov_upper(1.3581));
        assert!((all - 0.05).abs() < 1e-5, "{all}");
        // Chernoff's correction for a walk seen at intervals: c moves by 0.5826 √0.01
        assert!((many - kolmogorov_upper(1.3581 + 0.058_26)).abs() < 1e-3, "{many}");
    }
}
