//! Order statistics: values at ranks, quartiles, medians, mid-ranks.

/// `values` in ascending order.
pub(crate) fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted
}

/// The median of ascending values; NaN for none.
pub(crate) fn median(sorted: &[f64]) -> f64 {
    let n = sorted.len();
    match (sorted.get(n.wrapping_sub(1) / 2), sorted.get(n / 2)) {
        (Some(low), Some(high)) => f64::midpoint(*low, *high),
        _ => f64::NAN,
    }
}

/// The median of the distances of `values` from `centre`; NaN for none.
pub(crate) fn median_distance(values: &[f64], centre: f64) -> f64 {
    let distances: Vec<f64> = values.iter().map(|value| (value - centre).abs()).collect();
    median(&sorted(&distances))
}

/// Quantile of ascending values by linear interpolation of the order statistics (Hyndman and Fan's type 7,
/// which R and spreadsheets use); NaN for none.
pub(crate) fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = (sorted.len() as f64 - 1.0) * share;
    let (below, part) = (libm::floor(place), place - libm::floor(place));
    let Some(low) = sorted.get(below as usize) else { return f64::NAN };
    let high = sorted.get(below as usize + 1).unwrap_or(low);
    low + part * (high - low)
}

/// Tukey's hinges of ascending values, the medians of the halves (the median belongs to both).
pub(crate) fn hinges(sorted: &[f64]) -> (f64, f64) {
    let half = sorted.len().div_ceil(2);
    let lower = sorted.get(..half).unwrap_or_default();
    let upper = sorted.get(sorted.len() - half..).unwrap_or_default();
    (median(lower), median(upper))
}

/// Ranks from 1; equal values share the mean of theirs.
pub(crate) fn mid_ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut start = 0;
    for group in order.chunk_by(|&a, &b| values[a] == values[b]) {
        let rank = start as f64 + f64::midpoint(group.len() as f64, 1.0);
        for &i in group {
            ranks[i] = rank;
        }
        start += group.len();
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_samples() {
        assert_eq!(median(&[1.0, 2.0, 4.0]), 2.0);
        assert!(median(&[]).is_nan());
        // fivenum(c(1, 2, 3, 4, 5, 6)) and c(1, 2, 3, 4, 5): 2 and 5, 2 and 4
        assert_eq!(hinges(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]), (2.0, 5.0));
        assert_eq!(hinges(&[1.0, 2.0, 3.0, 4.0, 5.0]), (2.0, 4.0));
        assert_eq!(quantile(&[1.0, 2.0, 3.0, 4.0], 0.25), 1.75);
        assert_eq!(quantile(&[1.0, 2.0], 1.0), 2.0);
        assert_eq!(mid_ranks(&[3.0, 1.0, 3.0, -0.0, 0.0]), [4.5, 3.0, 4.5, 1.5, 1.5]);
    }
}
