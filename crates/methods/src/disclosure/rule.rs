//! Primary suppression: cells with too few contributors, or one that dominates.

use super::table::Cell;
use crate::refusal::Refusal;

/// Parts of a percent that a share is compared in.
const PARTS: f64 = 1e6;

/// What is too much. Shares and margins are in percent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    least: u64,
    top: usize,
    share: Option<u128>,
    margin: Option<u128>,
    range: u128,
}

/// Why a cell is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Too few contributors.
    Few,
    /// The largest contributors make up too much of it.
    Dominated,
    /// The second contributor could come too close to the first.
    Close,
    /// Not sensitive itself: it keeps others from being worked out.
    Beside,
}

impl Reason {
    /// A word for it.
    pub fn word(self) -> &'static str {
        match self {
            Reason::Few => "few",
            Reason::Dominated => "dominated",
            Reason::Close => "close",
            Reason::Beside => "beside",
        }
    }
}

impl Rule {
    /// At least `least` contributors in a cell (the frequency rule). At least 1.
    pub fn least(least: u64) -> Result<Self, Refusal> {
        if least == 0 {
            return Err(Refusal::OutOfRange { what: "least", value: 0.0, allowed: ">= 1" });
        }
        Ok(Self { least, top: 1, share: None, margin: None, range: 0 })
    }

    /// Besides, the `top` largest contributors make up `share` percent at most (the (n, k) rule).
    pub fn and_share(self, top: usize, share: f64) -> Result<Self, Refusal> {
        if top == 0 {
            return Err(Refusal::OutOfRange { what: "top", value: 0.0, allowed: ">= 1" });
        }
        if !(share > 0.0 && share <= 100.0 && parts(share) > 0) {
            return Err(Refusal::OutOfRange { what: "share", value: share, allowed: "(0, 100]" });
        }
        Ok(Self { top, share: Some(parts(share)), ..self })
    }

    /// Besides, the second largest contributor cannot estimate the largest to within `margin` percent (the p % rule).
    pub fn and_margin(self, margin: f64) -> Result<Self, Refusal> {
        if !(margin > 0.0 && margin <= 100.0 && parts(margin) > 0) {
            return Err(Refusal::OutOfRange { what: "margin", value: margin, allowed: "(0, 100]" });
        }
        Ok(Self { margin: Some(parts(margin)), ..self })
    }

    /// What is suppressed must be possible at `range` percent above its value and more, not only somewhere else.
    pub fn and_range(self, range: f64) -> Result<Self, Refusal> {
        if !(0.0..=1000.0).contains(&range) {
            return Err(Refusal::OutOfRange { what: "range", value: range, allowed: "[0, 1000]" });
        }
        Ok(Self { range: parts(range), ..self })
    }

    /// Whether contributions are looked at, besides their number.
    pub fn asks_for_largest(&self) -> bool {
        self.share.is_some() || self.margin.is_some()
    }

    /// Why a cell is sensitive, and by how much more than its value it must be possible to be safe; `None` if it is not.
    /// A cell without contributors holds nothing that anybody could learn.
    pub fn judge(&self, cell: &Cell) -> Option<(Reason, u64)> {
        if cell.contributors == 0 {
            return None;
        }
        let few = (cell.contributors < self.least).then_some((Reason::Few, 1));
        let dominated = self.share.and_then(|share| dominated(cell, self.top, share));
        let close = self.margin.and_then(|margin| close(cell, margin));
        let found = [few, dominated.map(|up| (Reason::Dominated, up)), close.map(|up| (Reason::Close, up))];
        let level = found.iter().flatten().map(|(_, up)| *up).max()?;
        let range = (self.range * u128::from(cell.value)).div_ceil(100 * PARTS as u128);
        let reason = found.iter().flatten().map(|(reason, _)| *reason).next()?;
        Some((reason, level.max(whole(range))))
    }
}

fn parts(percent: f64) -> u128 {
    libm::round(percent * PARTS) as u128
}

fn whole(value: u128) -> u64 {
    u64::try_from(value).unwrap_or(u64::MAX)
}

/// How much is missing until the largest contributors make up no more than the share: `100/k · Σ x − X`.
fn dominated(cell: &Cell, top: usize, share: u128) -> Option<u64> {
    let largest = cell.top(top)?;
    let (all, top) = (u128::from(cell.value), u128::from(largest));
    let hundred = 100 * PARTS as u128;
    (top * hundred > share * all).then(|| whole((top * hundred).div_ceil(share) - all))
}

/// How much is missing until the second cannot come that close to the first: `p/100 · x₁ − (X − x₁ − x₂)`.
fn close(cell: &Cell, margin: u128) -> Option<u64> {
    let first = cell.top(1)?;
    let rest = u128::from(cell.value.saturating_sub(cell.top(2)?));
    let needed = (margin * u128::from(first)).div_ceil(100 * PARTS as u128);
    (rest < needed).then(|| whole(needed - rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(value: u64, contributors: u64, largest: &[u64]) -> Cell {
        Cell { value, contributors, largest: largest.to_vec() }
    }

    #[test]
    fn few_contributors_are_too_few() {
        let rule = Rule::least(3).unwrap();
        assert_eq!(rule.judge(&cell(10, 2, &[])), Some((Reason::Few, 1)));
        assert_eq!(rule.judge(&cell(10, 3, &[])), None);
        assert_eq!(rule.judge(&cell(0, 0, &[])), None);
        // Two enterprises without a failure: that is something to learn.
        assert_eq!(rule.judge(&cell(0, 2, &[])), Some((Reason::Few, 1)));
    }

    #[test]
    fn levels_are_those_of_the_book() {
        // (1, 70): 80 of 100 dominate; 100/70 · 80 − 100 = 14.28…, so 115 must be possible: 80 of 115 are 69.6 %.
        let rule = Rule::least(1).unwrap().and_share(1, 70.0).unwrap();
        assert_eq!(rule.judge(&cell(100, 5, &[80, 5])), Some((Reason::Dominated, 15)));
        assert_eq!(rule.judge(&cell(100, 5, &[70, 5])), None);
        assert_eq!(rule.judge(&cell(100, 5, &[71, 5])), Some((Reason::Dominated, 2)));
        // (2, 85): 50 + 40 of 100; 100/85 · 90 − 100 = 5.88….
        let rule = Rule::least(1).unwrap().and_share(2, 85.0).unwrap();
        assert_eq!(rule.judge(&cell(100, 4, &[50, 40, 6])), Some((Reason::Dominated, 6)));
        // p = 10 %: the rest, 100 − 50 − 47 = 3, is less than 5.
        let rule = Rule::least(1).unwrap().and_margin(10.0).unwrap();
        assert_eq!(rule.judge(&cell(100, 4, &[50, 47, 2])), Some((Reason::Close, 2)));
        assert_eq!(rule.judge(&cell(100, 4, &[50, 45, 3])), None);
        // A single contributor is known to anybody: the level is p % of it.
        assert_eq!(rule.judge(&cell(100, 1, &[100])), Some((Reason::Close, 10)));
    }

    #[test]
    fn what_is_not_told_is_taken_at_its_worst() {
        // Of 100, 50 are told of; the second could have up to 50.
        let rule = Rule::least(1).unwrap().and_margin(10.0).unwrap();
        assert_eq!(rule.judge(&cell(100, 4, &[50])), Some((Reason::Close, 5)));
        // Nothing told at all: only the number of contributors is looked at.
        assert_eq!(rule.judge(&cell(100, 4, &[])), None);
    }

    #[test]
    fn a_range_is_a_part_of_the_value() {
        let rule = Rule::least(3).unwrap().and_range(10.0).unwrap();
        assert_eq!(rule.judge(&cell(45, 2, &[])), Some((Reason::Few, 5)));
    }

    #[test]
    fn limits_outside_their_range_are_refused() {
        let rule = || Rule::least(3).unwrap();
        assert!(Rule::least(0).is_err());
        for share in [0.0, 1e-300, -1.0, 100.1, f64::NAN, f64::INFINITY] {
            assert!(rule().and_share(1, share).is_err(), "{share}");
            assert!(rule().and_margin(share).is_err(), "{share}");
        }
        assert!(rule().and_share(0, 70.0).is_err());
        assert!(rule().and_range(-0.1).is_err() && rule().and_range(f64::NAN).is_err());
    }
}
