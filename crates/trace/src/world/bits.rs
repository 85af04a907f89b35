//! Numbers that were met, one bit each.

/// A set of small numbers. Numbers beyond its size are never in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Bits(Vec<u64>);

/// Numbers in a word.
pub(super) const WORD: usize = 64;

impl Bits {
    pub(super) fn new(n: usize) -> Bits {
        Bits(vec![0; n.div_ceil(WORD)])
    }

    /// Makes room for numbers below `n`.
    pub(super) fn reserve(&mut self, n: usize) {
        let words = n.div_ceil(WORD);
        if words > self.0.len() {
            self.0.resize(words, 0);
        }
    }

    /// True if it was not met before.
    pub(super) fn meet(&mut self, at: usize) -> bool {
        self.meet_word(at / WORD, 1 << (at % WORD)) != 0
    }

    /// Those of a word's numbers that were not met before.
    pub(super) fn meet_word(&mut self, at: usize, numbers: u64) -> u64 {
        let Some(word) = self.0.get_mut(at) else { return 0 };
        let fresh = numbers & !*word;
        *word |= numbers;
        fresh
    }

    pub(super) fn has(&self, at: usize) -> bool {
        self.word(at / WORD) >> (at % WORD) & 1 == 1
    }

    pub(super) fn word(&self, at: usize) -> u64 {
        self.0.get(at).copied().unwrap_or_default()
    }

    /// Puts a number in, or takes it out.
    pub(super) fn set(&mut self, at: usize, is_in: bool) {
        if let Some(word) = self.0.get_mut(at / WORD) {
            let place = at % WORD;
            *word = *word & !(1 << place) | u64::from(is_in) << place;
        }
    }

    /// Forgets the numbers of a word.
    pub(super) fn clear_word(&mut self, at: usize) {
        if let Some(word) = self.0.get_mut(at) {
            *word = 0;
        }
    }
}

/// The numbers of word `at` that lie between `start` and `end`.
pub(super) fn mask(at: usize, start: usize, end: usize) -> u64 {
    let base = at * WORD;
    let low = start.saturating_sub(base).min(WORD);
    let high = end.saturating_sub(base).min(WORD);
    let below = |n: usize| if n == WORD { u64::MAX } else { (1 << n) - 1 };
    below(high) & !below(low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_are_the_numbers_between() {
        for (start, end) in [(0, 0), (0, 64), (3, 7), (60, 70), (64, 128), (1, 200), (130, 131)] {
            let counted: usize = (0..4).map(|at| mask(at, start, end).count_ones() as usize).sum();
            assert_eq!(counted, end - start, "{start}..{end}");
            let is_between = |n: usize| mask(n / WORD, start, end) >> (n % WORD) & 1 == 1;
            assert!((0..256).all(|n| is_between(n) == (start..end).contains(&n)), "{start}..{end}");
        }
    }

    #[test]
    fn each_number_is_met_once() {
        let mut bits = Bits::new(70);
        assert!(bits.meet(69) && !bits.meet(69) && bits.has(69) && !bits.has(68));
        assert_eq!(bits.meet_word(1, 0b11_0000), 0b01_0000);
        // beyond its size
        assert!(!bits.meet(500) && !bits.has(500));
        bits.reserve(501);
        assert!(bits.meet(500));
        bits.set(68, false);
        bits.set(70, true);
        bits.set(5000, true);
        assert!(!bits.has(68) && bits.has(69) && bits.has(70) && !bits.has(5000));
        bits.clear_word(1);
        assert!(!bits.has(69) && bits.has(500));
    }
}
