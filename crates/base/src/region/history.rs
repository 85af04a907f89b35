//! Codes that have ended, and what followed them.

use super::{RegionCode, Regions, Succession, SuccessionKind};
use crate::Date;

/// Chains of succession are short; longer ones are circles in the data.
const LONGEST_CHAIN: usize = 16;

impl Regions {
    /// What followed `code`, in order of dates: several entries for a split.
    pub fn successors(&self, code: RegionCode) -> &[Succession] {
        let start = self.successions.partition_point(|step| step.from < code);
        let end = self.successions.partition_point(|step| step.from <= code);
        &self.successions[start..end]
    }

    /// What came before `code`, by old code.
    pub fn predecessors(&self, code: RegionCode) -> Vec<&Succession> {
        self.successions.iter().filter(|step| step.to == code && step.from != code).collect()
    }

    /// The code that holds on `date` for the region that once was `code`, if exactly one follows it.
    ///
    /// A township without an entry of its own goes with its county: to the same digits under the new
    /// county if the table knows them, else to the county. `None` if nothing followed up to
    /// `date`, or if the region was split.
    pub fn successor(&self, code: RegionCode, date: Date) -> Option<RegionCode> {
        self.follow(code, Some(date))
    }

    /// The present code of the region that once was `code`; `code` itself if nothing single followed it.
    pub fn as_now(&self, code: RegionCode) -> RegionCode {
        self.follow(code, None).unwrap_or(code)
    }

    fn follow(&self, code: RegionCode, until: Option<Date>) -> Option<RegionCode> {
        let mut now = code;
        for _ in 0..LONGEST_CHAIN {
            match self.step(now, until) {
                Some(next) => now = next,
                None => break,
            }
        }
        (now != code).then_some(now)
    }

    /// One step forward, by the entry of the code itself or of the nearest region above that has one.
    fn step(&self, code: RegionCode, until: Option<Date>) -> Option<RegionCode> {
        // A code that still holds goes nowhere, even if a part of it moved once.
        if self.get(code).is_some_and(|version| match (version.valid_to, until) {
            (None, _) => true,
            (Some(to), Some(date)) => date < to,
            (Some(_), None) => false,
        }) {
            return None;
        }
        for region in std::iter::once(code).chain(code.ancestors()) {
            let steps: Vec<&Succession> = self
                .successors(region)
                .iter()
                .filter(|step| step.to != region && step.kind != SuccessionKind::Transfer)
                .filter(|step| until.is_none_or(|date| step.date <= date))
                .collect();
            match steps[..] {
                [] => {}
                [only] if region == code => return Some(only.to),
                [only] => {
                    let moved = code.rebase(region, only.to);
                    return Some(moved.filter(|&moved| self.get(moved).is_some()).unwrap_or(only.to));
                }
                // Split: no single answer.
                _ => return None,
            }
        }
        None
    }
}
