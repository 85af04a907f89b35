//! Draws in proportion to weight, with exact chances.
//!
//! Units so large that they are certain (`n w ≥ W`) are taken first and the rest is shared anew. The others are put in random
//! order and laid end to end, and of the length `W` every `W/n`-th point is taken from a random start `r` in `0 … W − 1`:
//! the points `⌊(r + i W)/n⌋`. Over all `r` each point is taken `n` times, so a unit of weight `w` has exactly the chance
//! `n w/W`; and since `w < W/n` it is taken once at most.
//!
//! Source: Madow (1949), *Annals of Mathematical Statistics* 20:333–354, on random order: Hartley and Rao (1962),
//! *ibid.* 33:350–374.

use zhiheng_methods::random::Stream;

/// Places, from 1, of the `n` units drawn; `n` is at most their number, weights are above 0.
pub(super) fn weighted(weights: &[u64], n: u64, stream: &mut Stream) -> Vec<u64> {
    let mut order: Vec<usize> = (0..weights.len()).collect();
    let weight = |unit: usize| u128::from(weights.get(unit).copied().unwrap_or(0));
    // The largest first, equal ones by place.
    order.sort_by(|&a, &b| weight(b).cmp(&weight(a)).then(a.cmp(&b)));
    let mut rest: u128 = order.iter().map(|&unit| weight(unit)).sum();
    let (mut left, mut certain) = (u128::from(n), 0);
    while left > 0 {
        let Some(&largest) = order.get(certain) else { break };
        if left * weight(largest) < rest {
            break;
        }
        rest -= weight(largest);
        left -= 1;
        certain += 1;
    }
    let mut taken: Vec<u64> = order.iter().take(certain).map(|&unit| unit as u64 + 1).collect();
    if left == 0 {
        return taken;
    }
    let mut line: Vec<usize> = order.split_off(certain);
    line.sort_unstable();
    stream.shuffle(&mut line);
    let start = u128::from(stream.below(u64::try_from(rest).unwrap_or(u64::MAX)));
    let (mut at, mut end) = (0, line.first().map_or(0, |&unit| weight(unit)));
    for i in 0..left {
        let point = (start + i * rest) / left;
        while point >= end && at + 1 < line.len() {
            at += 1;
            end += line.get(at).map_or(0, |&unit| weight(unit));
        }
        taken.extend(line.get(at).map(|&unit| unit as u64 + 1));
    }
    taken
}
