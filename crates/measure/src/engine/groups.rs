//! Ranked places that cannot be told apart.
//!
//! A league table of pass rates invites reading a difference into every step. Here all pairs are compared by the
//! two-proportion score test, p-values are adjusted by Holm's step-down rule (*Scandinavian Journal of Statistics*
//! 6, 1979, 65–70) so that the chance of any false difference in the whole table stays below 5 %, and places are
//! listed together as long as no pair among them differs.

use zhiheng_methods::two_samples;

use super::figures::counts;
use crate::measure::Measure;

/// Chance of a false difference anywhere in a table.
const LEVEL: f64 = 0.05;

/// Groups of indexes into `measures`, best rate first. Neighbours in rank share a group as long as no pair in it
/// differs; a place may stand in several overlapping groups. Numbers without two whole parts are left out.
pub fn groups(measures: &[Measure]) -> Vec<Vec<usize>> {
    let mut ranked: Vec<(usize, u64, u64)> = measures
        .iter()
        .enumerate()
        .filter(|(_, measure)| measure.value.is_some() && !measure.weighted)
        .filter_map(|(at, measure)| counts(measure).map(|(k, n)| (at, k, n)))
        .filter(|&(_, k, n)| n > 0 && k <= n)
        .collect();
    // By rate, without dividing; equal rates keep their order.
    ranked.sort_by(|a, b| {
        (u128::from(b.1) * u128::from(a.2)).cmp(&(u128::from(a.1) * u128::from(b.2))).then(a.0.cmp(&b.0))
    });
    let n = ranked.len();
    let mut pairs: Vec<(f64, usize, usize)> = Vec::with_capacity(n * n.saturating_sub(1) / 2);
    for i in 0..n {
        for j in i + 1..n {
            let test = two_samples::score(ranked[i].1, ranked[i].2, ranked[j].1, ranked[j].2, 1.0 - LEVEL);
            pairs.push((test.map_or(1.0, |test| test.p_value), i, j));
        }
    }
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut differ = vec![false; n * n];
    let tests = pairs.len();
    for (step, &(p, i, j)) in pairs.iter().enumerate() {
        if p > LEVEL / (tests - step) as f64 {
            break;
        }
        differ[i * n + j] = true;
    }
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut reached = 0;
    for start in 0..n {
        let mut end = start + 1;
        while end < n && (start..end).all(|before| !differ[before * n + end]) {
            end += 1;
        }
        // A stretch inside the one before it says nothing new.
        if end > reached {
            groups.push(ranked[start..end].iter().map(|place| place.0).collect());
            reached = end;
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use zhiheng_base::{Period, RegionCode};

    use super::*;
    use crate::Address;

    fn rate(k: u64, n: u64) -> Measure {
        let region = RegionCode::parse("621100").unwrap();
        let mut measure = Measure::empty(Address::new("a.b", region, Period::parse("2013").unwrap()));
        measure.top = Some(k.into());
        measure.bottom = Some(n.into());
        measure.value = (n > 0).then(|| "x".to_owned());
        measure
    }

    #[test]
    fn near_rates_stand_together() {
        let table = [rate(80, 100), rate(990, 1000), rate(82, 100), rate(0, 0), rate(300, 1000)];
        assert_eq!(groups(&table), [vec![1], vec![2, 0], vec![4]]);
        assert!(groups(&[]).is_empty());
        assert_eq!(groups(&[rate(1, 2)]), [vec![0]]);
    }

    #[test]
    fn groups_may_overlap() {
        let table = [rate(900, 1000), rate(870, 1000), rate(840, 1000)];
        assert_eq!(groups(&table), [vec![0, 1], vec![1, 2]]);
    }
}
