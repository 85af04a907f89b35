//! McCrary's test for a jump of the density at a threshold.

use nalgebra::{DMatrix, DVector};

use crate::refusal::{Refusal, at_least, finite};
use crate::special::normal_upper;
use crate::sum::{sum, variance};

/// A jump of the density.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Jump {
    /// Density just below the threshold.
    pub below: f64,
    /// Density at and above it.
    pub above: f64,
    /// `ln(above/below)`: positive when values gather above.
    pub log_ratio: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// `log_ratio / standard_error`.
    pub z: f64,
    /// Two-sided p-value.
    pub p_value: f64,
    /// Width of the histogram's bins.
    pub bin: f64,
    /// Bandwidth of the local lines.
    pub bandwidth: f64,
}

/// Tests whether the density of `values` jumps at `threshold`; values equal to it count as above.
///
/// `bin` and `bandwidth` are McCrary's (`2 s/√n`, and the mean of the two sides' rule-of-thumb bandwidths) where
/// not given. Refuses NaN, fewer than 30 values on a side, values without variation, more than a million bins,
/// and a density that comes out as zero on a side.
pub fn jump(
    values: &[f64],
    threshold: f64,
    bin: Option<f64>,
    bandwidth: Option<f64>,
) -> Result<Jump, Refusal> {
    finite("values", values)?;
    finite("threshold", &[threshold])?;
    let above = values.iter().filter(|&&value| value >= threshold).count();
    at_least("values above the threshold", above, 30)?;
    at_least("values below the threshold", values.len() - above, 30)?;
    let n = values.len() as f64;
    let bin = match bin {
        Some(bin) => positive("bin", bin)?,
        None => 2.0 * variance(values).sqrt() / n.sqrt(),
    };
    if bin <= 0.0 {
        return Err(Refusal::NoVariation { what: "values".to_owned() });
    }
    let (left, right) = histogram(values, threshold, bin)?;
    let bandwidth = match bandwidth {
        Some(bandwidth) => positive("bandwidth", bandwidth)?,
        None => f64::midpoint(rule_of_thumb(&left)?, rule_of_thumb(&right)?),
    };
    let (below, above) = (density_at_zero(&left, bandwidth)?, density_at_zero(&right, bandwidth)?);
    let log_ratio = libm::log(above) - libm::log(below);
    let standard_error = (4.8 / (n * bandwidth) * (1.0 / above + 1.0 / below)).sqrt();
    let z = log_ratio / standard_error;
    let p_value = 2.0 * normal_upper(z.abs());
    Ok(Jump { below, above, log_ratio, standard_error, z, p_value, bin, bandwidth })
}

fn positive(what: &'static str, value: f64) -> Result<f64, Refusal> {
    if value > 0.0 && value.is_finite() {
        Ok(value)
    } else {
        Err(Refusal::OutOfRange { what, value, allowed: "> 0" })
    }
}

/// Bins of one side: distance of the middle from the threshold, and density.
type Bins = Vec<(f64, f64)>;

/// Bins that start at the threshold and go both ways, so that none of them crosses it; both sides in order of
/// their distance.
fn histogram(values: &[f64], threshold: f64, bin: f64) -> Result<(Bins, Bins), Refusal> {
    let place = |value: f64| libm::floor((value - threshold) / bin);
    let (mut first, mut last) = (0.0_f64, 0.0_f64);
    for &value in values {
        (first, last) = (first.min(place(value)), last.max(place(value)));
    }
    if last - first > 1e6 {
        let what = "values spread over more than a million bins: single values lie too far out".to_owned();
        return Err(Refusal::Contradiction { what });
    }
    let mut left = vec![0_u64; -first as usize];
    let mut right = vec![0_u64; last as usize + 1];
    for &value in values {
        let place = place(value);
        let count =
            if place < 0.0 { left.get_mut((-place) as usize - 1) } else { right.get_mut(place as usize) };
        if let Some(count) = count {
            *count += 1;
        }
    }
    let density = 1.0 / (values.len() as f64 * bin);
    let bins = |counts: Vec<u64>| -> Bins {
        counts
            .into_iter()
            .enumerate()
            .map(|(k, count)| ((k as f64 + 0.5) * bin, count as f64 * density))
            .collect()
    };
    Ok((bins(left), bins(right)))
}

/// McCrary's bandwidth of one side: `3.348 (σ² L / Σ f''²)^⅕` from a polynomial of degree 4 through all bins,
/// with `L` the side's length to the middle of the last bin.
fn rule_of_thumb(bins: &[(f64, f64)]) -> Result<f64, Refusal> {
    at_least("bins on a side of the threshold", bins.len(), 6)?;
    let length = bins.last().map_or(0.0, |(x, _)| *x);
    // Powers of x / length, so that the columns stay apart.
    let design = DMatrix::from_fn(bins.len(), 5, |i, j| (bins[i].0 / length).powi(j as i32));
    let heights = DVector::from_iterator(bins.len(), bins.iter().map(|(_, y)| *y));
    let decomposed = design.clone().qr();
    let slopes = decomposed
        .r()
        .solve_upper_triangular(&(decomposed.q().transpose() * &heights))
        .ok_or(Refusal::Singular { what: "the polynomial through the histogram" })?;
    let rest = &heights - design * &slopes;
    let scatter = sum(rest.iter().map(|e| e * e)) / (bins.len() as f64 - 5.0);
    let bend = |x: f64| {
        let t = x / length;
        (2.0 * slopes[2] + 6.0 * slopes[3] * t + 12.0 * slopes[4] * t * t) / (length * length)
    };
    let bends = sum(bins.iter().map(|(x, _)| bend(*x) * bend(*x)));
    let bandwidth = 3.348 * libm::pow(scatter * length / bends, 0.2);
    if bandwidth > 0.0 && bandwidth.is_finite() {
        Ok(bandwidth)
    } else {
        Err(Refusal::NoVariation { what: "the histogram on a side of the threshold".to_owned() })
    }
}

/// The local line with triangular weights through the bins, at distance 0.
fn density_at_zero(bins: &[(f64, f64)], bandwidth: f64) -> Result<f64, Refusal> {
    let near: Vec<(f64, f64, f64)> = bins
        .iter()
        .map(|&(x, y)| (x, y, 1.0 - x / bandwidth))
        .take_while(|(_, _, weight)| *weight > 0.0)
        .collect();
    at_least("bins within the bandwidth", near.len(), 2)?;
    let total = |term: fn(f64, f64) -> f64| sum(near.iter().map(|&(x, y, weight)| weight * term(x, y)));
    let (s0, s1, s2) = (total(|_, _| 1.0), total(|x, _| x), total(|x, _| x * x));
    let (t0, t1) = (total(|_, y| y), total(|x, y| x * y));
    let density = (s2 * t0 - s1 * t1) / (s0 * s2 - s1 * s1);
    if density > 0.0 {
        Ok(density)
    } else {
        Err(Refusal::EmptyGroup { what: "the density at the threshold, on one side".to_owned() })
    }
}
