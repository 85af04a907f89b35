//! Counting over all pairs of a series: which rises and falls there are, how steep, how many ties.

use crate::refusal::Refusal;

/// Rises less falls over all pairs `i < j` (Kendall's score S). O(n log n).
pub(super) fn score(values: &[f64]) -> i64 {
    let n = values.len() as i64;
    let mut sorted = values.to_vec();
    let mut room = sorted.clone();
    let falls = falls(&mut sorted, &mut room);
    let equal: i64 = ties(values).iter().map(|&tie| tie * (tie - 1) / 2).sum();
    n * (n - 1) / 2 - equal - 2 * falls
}

/// Pairs `i < j` with a greater value first; sorts `values` by merging.
fn falls(values: &mut [f64], room: &mut [f64]) -> i64 {
    let n = values.len();
    if n <= 16 {
        // Insertion: each place moved is one fall.
        let mut count = 0;
        for i in 1..n {
            let mut at = i;
            while at > 0 && values[at - 1] > values[at] {
                values.swap(at - 1, at);
                at -= 1;
                count += 1;
            }
        }
        return count;
    }
    let half = n / 2;
    let mut count = falls(&mut values[..half], &mut room[..half]);
    count += falls(&mut values[half..], &mut room[half..]);
    room.copy_from_slice(values);
    let (left, right) = room.split_at(half);
    let (mut i, mut j) = (0, 0);
    for slot in values {
        if j == right.len() || (i < left.len() && left[i] <= right[j]) {
            *slot = left[i];
            i += 1;
        } else {
            *slot = right[j];
            j += 1;
            count += (left.len() - i) as i64;
        }
    }
    count
}

/// Sizes of the groups of equal values, those of one included.
pub(super) fn ties(values: &[f64]) -> Vec<i64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted.chunk_by(|a, b| a == b).map(|tie| tie.len() as i64).collect()
}

/// Ranks from 1, equal values sharing the mean of theirs.
pub(super) fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0;
    for tie in order.chunk_by(|&a, &b| values[a] == values[b]) {
        let shared = before as f64 + 0.5 * (tie.len() as f64 + 1.0);
        for &i in tie {
            ranks[i] = shared;
        }
        before += tie.len();
    }
    ranks
}

/// Points of a series with gaps: time and value of each value that is there. Refuses infinite values.
pub(super) fn present(values: &[f64]) -> Result<Vec<(f64, f64)>, Refusal> {
    if let Some(row) = values.iter().position(|value| value.is_infinite()) {
        return Err(Refusal::NotFinite { what: "value", row });
    }
    let points = values.iter().enumerate().filter(|(_, value)| !value.is_nan());
    Ok(points.map(|(time, &value)| (time as f64, value)).collect())
}

/// Slopes of all pairs of several series, kept or made anew for every question.
pub(super) enum Slopes<'a> {
    /// All slopes, sorted.
    Sorted(Vec<f64>),
    /// Too many to keep.
    Anew(Vec<&'a [(f64, f64)]>),
}

/// As many slopes are kept in memory: 32 MB.
const KEPT: usize = 1 << 22;

/// Most slopes: each question goes over all of them four times.
const MOST: f64 = 1e8;

impl<'a> Slopes<'a> {
    /// Slopes inside each of `series`, with points in the order of time.
    ///
    /// Refuses more than a hundred million, which some 14,000 values have.
    pub(super) fn new(series: Vec<&'a [(f64, f64)]>) -> Result<Self, Refusal> {
        let slopes = Self::Anew(series);
        let value = slopes.count() as f64;
        if value > MOST {
            return Err(Refusal::OutOfRange { what: "pairs of values", value, allowed: "1 to 100000000" });
        }
        if slopes.count() > KEPT {
            return Ok(slopes);
        }
        let mut all = Vec::with_capacity(slopes.count());
        slopes.each(|slope| all.push(slope));
        all.sort_unstable_by(f64::total_cmp);
        Ok(Self::Sorted(all))
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        match self {
            Self::Sorted(all) => all.len(),
            Self::Anew(series) => series.iter().map(|one| one.len() * one.len().saturating_sub(1) / 2).sum(),
        }
    }

    /// The slope of rank `rank`, from 0; NaN beyond the last.
    pub(super) fn ranked(&self, rank: usize) -> f64 {
        match self {
            Self::Sorted(all) => all.get(rank).copied().unwrap_or(f64::NAN),
            Self::Anew(_) => self.select(rank),
        }
    }

    /// The middle one, or the mean of the two in the middle; NaN if there is none.
    pub(super) fn median(&self) -> f64 {
        let n = self.count();
        if n == 0 {
            return f64::NAN;
        }
        let high = self.ranked(n / 2);
        if n % 2 == 1 { high } else { 0.5 * self.ranked(n / 2 - 1) + 0.5 * high }
    }

    fn each(&self, mut take: impl FnMut(f64)) {
        let Self::Anew(series) = self else { return };
        for points in series {
            for (i, &(from, low)) in points.iter().enumerate() {
                for &(to, high) in &points[i + 1..] {
                    take((high - low) / (to - from));
                }
            }
        }
    }

    /// The slope of this rank without keeping any: 16 bits of it are settled by each of four rounds.
    fn select(&self, rank: usize) -> f64 {
        let (mut rank, mut known, mut prefix) = (rank as u64, 0_u32, 0_u64);
        while known < 64 {
            let mut counts = vec![0_u64; 1 << 16];
            self.each(|slope| {
                let key = ordered(slope);
                if known == 0 || key >> (64 - known) == prefix {
                    counts[(key >> (48 - known)) as usize & 0xffff] += 1;
                }
            });
            let mut digit = 0;
            while digit < counts.len() - 1 && counts[digit] <= rank {
                rank -= counts[digit];
                digit += 1;
            }
            prefix = prefix << 16 | digit as u64;
            known += 16;
        }
        // Back from the key to the number.
        f64::from_bits(if prefix >> 63 == 1 { prefix ^ (1 << 63) } else { !prefix })
    }
}

/// A key that orders as the numbers do (0 and -0 alike).
fn ordered(value: f64) -> u64 {
    let bits = (value + 0.0).to_bits();
    if bits >> 63 == 1 { !bits } else { bits ^ (1 << 63) }
}

/// The median of `values`; NaN for none.
pub(super) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    let n = values.len();
    match n {
        0 => f64::NAN,
        n if n % 2 == 1 => values[n / 2],
        n => 0.5 * values[n / 2 - 1] + 0.5 * values[n / 2],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;

    #[test]
    fn the_score_equals_counting() {
        let mut draw = Stream::new(5, 0);
        for n in [0, 1, 2, 15, 16, 17, 40, 333] {
            let values: Vec<f64> = (0..n).map(|_| draw.below(20) as f64).collect();
            let mut score = 0;
            for i in 0..n {
                for j in i + 1..n {
                    score += i64::from(values[j] > values[i]) - i64::from(values[j] < values[i]);
                }
            }
            assert_eq!(super::score(&values), score);
        }
    }

    #[test]
    fn selecting_without_keeping_equals_sorting() {
        let mut draw = Stream::new(6, 0);
        let points: Vec<(f64, f64)> = (0..60).map(|i| (f64::from(i), draw.normal().round())).collect();
        let sorted = Slopes::new(vec![&points]).unwrap();
        let anew = Slopes::Anew(vec![&points]);
        for rank in [0, 1, 500, 884, 885, 1769] {
            assert_eq!(sorted.ranked(rank), anew.ranked(rank), "{rank}");
        }
        assert_eq!(sorted.median(), anew.median());
    }
}
