//! Chance that is the same everywhere: SplitMix64 (Steele, Lea, Flood 2014), seeded by what it is for.

/// A source of numbers.
#[derive(Clone, Debug)]
pub(super) struct Chance(u64);

impl Chance {
    /// For one purpose of a seed.
    pub(super) fn new(seed: u64, purpose: [u64; 2]) -> Chance {
        let mut chance = Chance(seed);
        for part in purpose {
            chance.0 = chance.next() ^ part.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 if that is 0.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(end)) >> 64) as u64
    }

    /// True once in `n` chances; never for 0.
    pub(super) fn once_in(&mut self, n: u64) -> bool {
        let drawn = self.below(n.max(1));
        n > 0 && drawn == 0
    }
}
