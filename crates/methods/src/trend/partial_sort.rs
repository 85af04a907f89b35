//! The two middle values of a sample, as STL's authors find them.
//!
//! They sort only as far as two ranks need, by Chambers' algorithm, which expects the ranks in rising order;
//! for an even number of values they hand them over falling. Where a split falls just between the two, one of
//! them is then not the value of its rank but a neighbour's. The robustness weights of R's `stl` carry this
//! slip, and so all its robust figures (by about 1e-5 of the range); to equal R it is repeated here.
//!
//! Source: Chambers, J. M. (1971), Algorithm 410: partial sorting, *Communications of the ACM* 14:357–358.

/// The sum of the two middle values of `values` (twice the middle one of an odd number), in the authors' way.
pub(super) fn middle_sum(values: &mut [f64]) -> f64 {
    let n = values.len();
    if n == 0 {
        return f64::NAN;
    }
    let ranks = [n / 2, n - n / 2 - 1];
    partial_sort(values, ranks);
    values[ranks[0]] + values[ranks[1]]
}

/// A stretch of the values, and which of the ranks are still sought in it: from `low` up to, not with, `high`.
#[derive(Clone, Copy)]
struct Stretch {
    first: usize,
    last: usize,
    low: usize,
    high: usize,
}

/// Sorts until `values[rank]` is that of its rank for both `ranks` (if these rise).
fn partial_sort(values: &mut [f64], ranks: [usize; 2]) {
    let mut waiting = Vec::new();
    let mut here = Stretch { first: 0, last: values.len() - 1, low: 0, high: 2 };
    loop {
        let is_short = here.last - here.first <= 10;
        if is_short && here.first > 0 {
            values[here.first..=here.last].sort_by(f64::total_cmp);
        } else if here.first < here.last {
            let (left, right) = split(values, here);
            // The longer side waits; each side keeps the ranks that lie in it.
            let mut other;
            if left.last - left.first <= right.last - right.first {
                (here, other) = (left, right);
                while here.high > here.low && ranks[here.high - 1] > here.last {
                    here.high -= 1;
                }
                if here.high > here.low {
                    other.low = here.high;
                }
            } else {
                (here, other) = (right, left);
                while here.low < here.high && ranks[here.low] < here.first {
                    here.low += 1;
                }
                if here.low < here.high {
                    other.high = here.low;
                }
            }
            waiting.push(other);
            if here.low < here.high {
                continue;
            }
        }
        match std::iter::from_fn(|| waiting.pop()).find(|stretch| stretch.low < stretch.high) {
            Some(next) => here = next,
            None => return,
        }
    }
}

/// Parts a stretch at the median of its ends and its middle.
fn split(values: &mut [f64], Stretch { first, last, low, high }: Stretch) -> (Stretch, Stretch) {
    // The middle is counted from 1, as the authors count.
    let middle = (first + last + 2) / 2 - 1;
    if values[first] > values[middle] {
        values.swap(first, middle);
    }
    if values[last] < values[middle] {
        values.swap(last, middle);
        if values[first] > values[middle] {
            values.swap(first, middle);
        }
    }
    let pivot = values[middle];
    let (mut k, mut l) = (first, last);
    loop {
        l -= 1;
        if values[l] > pivot {
            continue;
        }
        k += 1;
        while values[k] < pivot {
            k += 1;
        }
        if k > l {
            let left = Stretch { first, last: l, low, high };
            return (left, Stretch { first: k, last, low, high });
        }
        values.swap(k, l);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;

    #[test]
    fn odd_numbers_have_their_median() {
        for n in [1, 3, 11, 13, 57, 401] {
            let mut draw = Stream::new(n, 0);
            let mut values: Vec<f64> = (0..n).map(|_| draw.uniform()).collect();
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            assert_eq!(middle_sum(&mut values), 2.0 * sorted[n as usize / 2]);
        }
    }

    #[test]
    fn even_numbers_are_near_it() {
        for n in [2, 4, 12, 24, 240, 1000] {
            let mut draw = Stream::new(n, 0);
            let mut values: Vec<f64> = (0..n).map(|_| draw.below(1 + n / 2) as f64).collect();
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            let found = middle_sum(&mut values);
            let at = n as usize / 2;
            let exact = sorted[at] + sorted[at - 1];
            assert!((found - exact).abs() <= sorted[n as usize - 1] - sorted[0], "{n}: {found} {exact}");
        }
    }
}
