//! Stretches of a series that occur more than once.

use super::same_by_chance;
use crate::refusal::{Refusal, at_least};

/// A stretch that occurs twice.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Block {
    /// Where it first stands, from 0.
    pub first: usize,
    /// Where it stands again; the nearest place after `first`.
    pub second: usize,
    /// Values in it; cannot be made longer on either side.
    pub length: usize,
    /// Probability that chance repeats any stretch of this length among so many values.
    pub p_value: f64,
}

/// Repeated stretches of at least `length_min` values, in order of their second places.
///
/// A stretch is compared with its last occurrence before it; the two do not overlap. Stretches of one value only
/// (zeros, missing) are not reported. Values are anything that can be compared; for numbers use
/// [`f64::to_bits`] or the recorded text. Refuses `length_min < 2` and fewer than `2 length_min` values.
///
/// ```
/// use zhiheng_methods::truth::duplicates::blocks;
/// let months = [31, 45, 27, 50, 38, 41, 45, 27, 50, 38, 29];
/// let it = blocks(&months, 3).unwrap();
/// assert_eq!((it.len(), it[0].first, it[0].second, it[0].length), (1, 1, 6, 4));
/// ```
pub fn blocks<T: Ord>(values: &[T], length_min: usize) -> Result<Vec<Block>, Refusal> {
    if length_min < 2 {
        return Err(Refusal::OutOfRange { what: "length_min", value: length_min as f64, allowed: ">= 2" });
    }
    at_least("values", values.len(), length_min.saturating_mul(2))?;
    let q = same_by_chance(values);
    let n = values.len() as f64;
    let chance = |length: usize| {
        let expected = n * (n - 1.0) / 2.0 * (1.0 - q) * libm::pow(q, length as f64);
        -libm::expm1(-expected)
    };
    let mut found = Vec::new();
    let previous = previous_same(&classes(values, length_min), length_min);
    for (second, first) in previous.iter().enumerate().filter_map(|(i, first)| first.map(|first| (i, first)))
    {
        // Part of the stretch that started one earlier.
        if second > 0 && previous[second - 1].is_some_and(|before| before + 1 == first) {
            continue;
        }
        let same = values[first..second].iter().zip(&values[second..]).take_while(|(a, b)| a == b).count();
        let stretch = &values[second..second + same];
        if stretch.windows(2).any(|pair| pair[0] != pair[1]) {
            found.push(Block { first, second, length: same, p_value: chance(same) });
        }
    }
    Ok(found)
}

/// A number for every window of `length` values, the same for equal windows.
///
/// Numbers of single values are joined to numbers of pairs, of fours and so on (Karp, Miller and Rosenberg):
/// `n log n` per doubling and no hash that could collide.
fn classes<T: Ord>(values: &[T], length: usize) -> Vec<u32> {
    let mut classes = number(values);
    let mut covered = 1;
    while covered < length {
        let shift = covered.min(length - covered);
        let pairs: Vec<(u32, u32)> =
            classes.iter().copied().zip(classes.iter().skip(shift).copied()).collect();
        classes = number(&pairs);
        covered += shift;
    }
    classes
}

/// The place of each value among the distinct values.
fn number<T: Ord>(values: &[T]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..values.len() as u32).collect();
    order.sort_unstable_by(|&a, &b| values[a as usize].cmp(&values[b as usize]));
    let mut classes = vec![0; values.len()];
    for (class, group) in (0..).zip(order.chunk_by(|&a, &b| values[a as usize] == values[b as usize])) {
        for &i in group {
            classes[i as usize] = class;
        }
    }
    classes
}

/// For each window the last equal one that ends before it starts.
fn previous_same(classes: &[u32], length: usize) -> Vec<Option<usize>> {
    let mut order: Vec<usize> = (0..classes.len()).collect();
    order.sort_by_key(|&i| classes[i]);
    let mut previous = vec![None; classes.len()];
    for group in order.chunk_by(|&a, &b| classes[a] == classes[b]) {
        let mut behind = 0;
        for (k, &here) in group.iter().enumerate() {
            while behind < k && group[behind] + length <= here {
                behind += 1;
            }
            if behind > 0 {
                previous[here] = Some(group[behind - 1]);
            }
        }
    }
    previous
}
