//! Drawing a sample at random with a published seed, so that anyone can draw it again.
//!
//! **What it answers.** Which of the units 1 … N are inspected?
//!
//! **Rule.** Units are numbered from 1. Simple: the first `n` numbers of a Fisher–Yates shuffle from the
//! front, unit `i` being exchanged with one of `i … N`. Systematic: the units at `⌊(r + i N)/n⌋ + 1` for `i =
//! 0 … n − 1` and one random `r` in `0 … N − 1`. Stratified: either in every stratum, stratum `s` (from 0)
//! with stream `s` of the seed.
//!
//! **How to repeat it.** The numbers are those of ChaCha with 8 rounds as `rand_chacha` 0.9 gives them: the
//! key is made from the seed by `seed_from_u64` (PCG32), the stream number is the nonce, words of 64 bits are
//! reduced to `0 … k − 1` by Lemire's multiplication with rejection. `vectors/draw.py` does all of it in
//! Python without any library, and the tests compare the two.
//!
//! **Source.** GB/T 10111-2008 (record the method, the seed and the draw); Knuth, *The Art of Computer
//! Programming* vol. 2 (3rd ed., 1997), 3.4.2; Lemire (2019), *ACM Transactions on Modeling and Computer
//! Simulation* 29:3.
//!
//! **When not to use it.** With a seed that somebody could choose after seeing the numbered list: publish how
//! the seed will be found (a lottery number, say) before the list is closed. Systematic draws go wrong where
//! the list has a period.

use std::collections::HashMap;

use crate::random::Stream;
use crate::refusal::Refusal;

/// How the units are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Any `n` units with equal chances, in the order drawn.
    Simple,
    /// Every `N/n`-th unit from a random start, rising.
    Systematic,
}

/// Draws `n` different units out of `1 ..= size`, in the order in which they were drawn.
///
/// Memory and time grow with `n`, not with `size`. Refused when `n` exceeds `size`.
///
/// ```
/// use zhiheng_methods::acceptance::draw::simple;
/// assert_eq!(simple(1000, 5, 20130701).unwrap(), simple(1000, 5, 20130701).unwrap());
/// ```
pub fn simple(size: u64, n: u64, seed: u64) -> Result<Vec<u64>, Refusal> {
    from_stratum(Method::Simple, size, n, seed, 0)
}

/// Every `size/n`-th unit from a random start, rising; all units are equally likely.
pub fn systematic(size: u64, n: u64, seed: u64) -> Result<Vec<u64>, Refusal> {
    from_stratum(Method::Systematic, size, n, seed, 0)
}

/// A draw in every stratum: `strata` holds the size and the sample of each.
pub fn stratified(method: Method, strata: &[(u64, u64)], seed: u64) -> Result<Vec<Vec<u64>>, Refusal> {
    crate::refusal::at_least("strata", strata.len(), 1)?;
    let draw = |(i, &(size, n)): (usize, &(u64, u64))| from_stratum(method, size, n, seed, i as u64);
    strata.iter().enumerate().map(draw).collect()
}

/// Most units drawn at once.
const MOST_DRAWN: u64 = 5_000_000;

fn from_stratum(method: Method, size: u64, n: u64, seed: u64, stratum: u64) -> Result<Vec<u64>, Refusal> {
    check(size, n)?;
    let mut stream = Stream::new(seed, stratum);
    if method == Method::Systematic {
        let start = u128::from(stream.below(size));
        let unit = |i: u64| ((start + u128::from(i) * u128::from(size)) / u128::from(n)) as u64 + 1;
        return Ok((0..n).map(unit).collect());
    }
    // Where a unit no longer stands at its own place; never walked through, so its order does not matter.
    let mut moved: HashMap<u64, u64> = HashMap::new();
    let mut units = Vec::with_capacity(n as usize);
    for i in 0..n {
        let j = i + stream.below(size - i);
        let unit = moved.get(&j).copied().unwrap_or(j);
        let here = moved.get(&i).copied().unwrap_or(i);
        moved.insert(j, here);
        units.push(unit + 1);
    }
    Ok(units)
}

fn check(size: u64, n: u64) -> Result<(), Refusal> {
    if size == 0 {
        return Err(Refusal::Empty { what: "population" });
    }
    if n > size {
        return Err(Refusal::TooFew { what: "population", found: size as usize, needed: n as usize });
    }
    if n > MOST_DRAWN {
        return Err(Refusal::OutOfRange { what: "n", value: n as f64, allowed: "[0, 5e6]" });
    }
    Ok(())
}
