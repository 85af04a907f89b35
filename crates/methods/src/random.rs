//! Seeded random numbers whose streams do not depend on threads: replicate `i` always draws from stream `i`.
//!
//! ChaCha with 8 rounds (Bernstein 2008), one key per seed and one of its 2⁶⁴ streams per replicate. The same
//! seed gives the same draws on every machine.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

use crate::refusal::{Refusal, at_least};
use crate::special::normal_quantile;

/// Draws, resamples or replicates that one answer may take.
const DRAWS_MAX: usize = 100_000;

/// Refuses fewer than 2 draws and more than 100,000; `what` is what the caller calls them.
pub(crate) fn check_draws(what: &'static str, n: usize) -> Result<(), Refusal> {
    at_least(what, n, 2)?;
    if n > DRAWS_MAX {
        return Err(Refusal::OutOfRange { what, value: n as f64, allowed: "2 to 100000" });
    }
    Ok(())
}

/// Figures that may be drawn in all: more are too many to keep or to wait for.
const FIGURES_MAX: usize = 20_000_000;

/// As [`check_draws`], and refuses draws of more than 20 million figures in all, `each` of them per draw.
pub(crate) fn check_draws_of(what: &'static str, n: usize, each: usize) -> Result<(), Refusal> {
    check_draws(what, n)?;
    if n.saturating_mul(each) > FIGURES_MAX {
        let allowed = "2 to 100000, and at most 20000000 over the number of rows";
        return Err(Refusal::OutOfRange { what, value: n as f64, allowed });
    }
    Ok(())
}

/// One stream of random numbers.
#[derive(Debug, Clone)]
pub struct Stream(ChaCha8Rng);

impl Stream {
    /// Stream number `stream` of `seed`.
    ///
    /// ```
    /// use zhiheng_methods::random::Stream;
    /// let (mut a, mut b) = (Stream::new(7, 0), Stream::new(7, 1));
    /// assert_ne!(a.uniform(), b.uniform());
    /// assert_eq!(Stream::new(7, 1).below(100), Stream::new(7, 1).below(100));
    /// ```
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stream);
        Self(rng)
    }

    /// Uniform in the open interval (0, 1), with 53 bits.
    pub fn uniform(&mut self) -> f64 {
        ((self.0.next_u64() >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// Standard normal, by inversion.
    pub fn normal(&mut self) -> f64 {
        normal_quantile(self.uniform())
    }

    /// Uniform on `0..n`, without bias (Lemire 2019); 0 for `n = 0`.
    pub fn below(&mut self, n: u64) -> u64 {
        let floor = n.wrapping_neg().checked_rem(n).unwrap_or(0);
        loop {
            let wide = u128::from(self.0.next_u64()) * u128::from(n);
            if wide as u64 >= floor {
                return (wide >> 64) as u64;
            }
        }
    }

    /// Puts `items` in random order (Fisher–Yates, from the back).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i as u64 + 1) as usize);
        }
    }
}
