//! What anybody can work out of a table with gaps.

use super::network::Arc;
use super::table::Table;
use crate::refusal::{Refusal, same_length};

/// What a gap can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// At least.
    pub low: u64,
    /// At most; `None` if nothing bounds it.
    pub high: Option<u64>,
}

impl Interval {
    /// Whether there is but one value.
    pub fn is_known(&self) -> bool {
        self.high == Some(self.low)
    }
}

/// The interval of each gap, and `None` for cells that are published: the least and the most that the others, the totals and
/// the knowledge that nothing is negative allow. Both ends are reached by whole numbers.
pub fn intervals(table: &Table, gaps: &[bool]) -> Result<Vec<Option<Interval>>, Refusal> {
    same_length("gaps", gaps.len(), table.cells().len())?;
    let audit = Audit::new(table);
    Ok((0..gaps.len()).map(|at| gaps[at].then(|| audit.interval(at, gaps, None))).collect())
}

/// A table's values beside its network.
pub(super) struct Audit<'t> {
    pub(super) table: &'t Table,
    pub(super) values: Vec<u64>,
}

impl<'t> Audit<'t> {
    pub(super) fn new(table: &'t Table) -> Self {
        Self { table, values: table.cells().iter().map(|cell| cell.value).collect() }
    }

    /// What a gap can hold for somebody who knows the cell `insider` besides what is published.
    pub(super) fn interval(&self, at: usize, gaps: &[bool], insider: Option<usize>) -> Interval {
        let value = self.values[at];
        let up = self.rise(at, gaps, insider, None);
        Interval {
            low: value - self.fall(at, gaps, insider, value),
            high: up.and_then(|up| value.checked_add(up)),
        }
    }

    /// By how much the cell can be larger, up to `most`; `None` without end.
    pub(super) fn rise(
        &self,
        at: usize,
        gaps: &[bool],
        insider: Option<usize>,
        most: Option<u64>,
    ) -> Option<u64> {
        let Arc { from, to } = self.table.network.arcs[at];
        self.flow(at, Arc { from: to, to: from }, gaps, insider, most)
    }

    /// By how much it can be smaller, up to `most`.
    pub(super) fn fall(&self, at: usize, gaps: &[bool], insider: Option<usize>, most: u64) -> u64 {
        self.flow(at, self.table.network.arcs[at], gaps, insider, Some(most)).unwrap_or(most)
    }

    fn flow(
        &self,
        at: usize,
        ends: Arc,
        gaps: &[bool],
        insider: Option<usize>,
        most: Option<u64>,
    ) -> Option<u64> {
        let open = |arc: usize| arc != at && gaps[arc] && Some(arc) != insider;
        self.table.network.flow(ends, open, &self.values, most)
    }

    /// Whether somebody who knows the cell `insider` cannot tell this one.
    pub(super) fn is_unknown_to(&self, insider: usize, at: usize, gaps: &[bool]) -> bool {
        self.fall(at, gaps, Some(insider), self.values[at].min(1)) > 0
            || self.rise(at, gaps, Some(insider), Some(1)) != Some(0)
    }
}
