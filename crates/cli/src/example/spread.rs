//! Spreading whole numbers: largest remainders, weighted picks, check-digited codes.

use rand::Rng;
use zhiheng_base::code::organisation_check;

/// Splits `total` in proportion to `weights`, whole numbers that add up exactly (largest remainder;
/// ties go to the earlier one). No part exceeds its `cap`.
pub(crate) fn split(total: u64, weights: &[f64], caps: Option<&[u64]>) -> Vec<u64> {
    let cap = |i: usize| caps.map_or(u64::MAX, |caps| caps[i]);
    let sum: f64 = weights.iter().sum();
    let ideal: Vec<f64> = weights.iter().map(|weight| total as f64 * weight / sum).collect();
    let mut parts: Vec<u64> = ideal.iter().enumerate().map(|(i, x)| (x.floor() as u64).min(cap(i))).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by(|&a, &b| {
        let rest = |i: usize| ideal[i] - ideal[i].floor();
        rest(b).total_cmp(&rest(a)).then(a.cmp(&b))
    });
    let mut missing = total - parts.iter().sum::<u64>();
    while missing > 0 {
        let before = missing;
        for &i in &order {
            if missing > 0 && parts[i] < cap(i) {
                parts[i] += 1;
                missing -= 1;
            }
        }
        assert!(missing < before, "caps leave no room for the total");
    }
    parts
}

/// An index picked with these weights.
pub(crate) fn pick(rng: &mut impl Rng, weights: &[f64]) -> usize {
    let mut point = rng.random::<f64>() * weights.iter().sum::<f64>();
    for (i, weight) in weights.iter().enumerate() {
        point -= weight;
        if point < 0.0 {
            return i;
        }
    }
    weights.len() - 1
}

/// One of the items; the lists of `[mix]` are never empty.
pub(crate) fn one_of<'a>(rng: &mut impl Rng, items: &'a [String]) -> &'a str {
    &items[rng.random_range(0..items.len())]
}

/// Marks `n` of the items, likelier where the weight is larger, without replacement
/// (Efraimidis–Spirakis keys).
pub(crate) fn mark(rng: &mut impl Rng, n: u64, weights: &[f64]) -> Vec<bool> {
    let mut keys: Vec<(f64, usize)> = weights
        .iter()
        .enumerate()
        .map(|(i, weight)| (rng.random::<f64>().max(f64::MIN_POSITIVE).ln() / weight.max(1e-9), i))
        .collect();
    keys.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut marked = vec![false; weights.len()];
    for &(_, i) in keys.iter().take(n as usize) {
        marked[i] = true;
    }
    marked
}

/// A synthetic organisation code, valid by GB 11714 and recognisable by its first letters `SY`.
pub(crate) fn organisation(serial: u64) -> String {
    let body = format!("SY{serial:06}");
    let check = organisation_check(&body).unwrap_or('0');
    format!("{body}-{check}")
}
