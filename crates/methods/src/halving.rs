//! The first whole number from which something holds, by halving: for quantiles, plans and exact limits.

/// The first number from `low` to `high` that passes, if all above it pass too; `high` is known to and is not asked.
pub(crate) fn first(mut low: u64, mut high: u64, passes: impl Fn(u64) -> bool) -> u64 {
    while low < high {
        let middle = low + (high - low) / 2;
        if passes(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::first;

    #[test]
    fn every_border_is_found() {
        for border in 0..=9 {
            assert_eq!(first(0, 9, |k| k >= border), border);
        }
        assert_eq!(first(u64::MAX - 1, u64::MAX, |_| false), u64::MAX);
        assert_eq!(first(3, 3, |_| false), 3);
    }
}
