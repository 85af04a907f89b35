//! A table with its gaps in five figures, as they are written down when it is released.

use super::rule::Reason;
use super::search::Protection;
use super::table::Table;

/// What is published of a table, totals included; cells with nothing behind them are not counted.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Summary {
    /// Cells that are published.
    pub cells: usize,
    /// Fewest contributors of one of these; 0 if there is none.
    pub smallest: u64,
    /// Largest share of one contributor in one of these, in percent, where contributions are told.
    pub largest_share: f64,
    /// Gaps that the rule asks for.
    pub hidden: usize,
    /// Gaps beside these.
    pub beside: usize,
}

impl Summary {
    /// Of a table and its gaps.
    pub fn of(table: &Table, protection: &Protection) -> Self {
        let mut summary = Summary::default();
        for (cell, judged) in table.cells().iter().zip(&protection.cells) {
            match judged.reason {
                Some(Reason::Beside) => summary.beside += 1,
                Some(_) => summary.hidden += 1,
                None if cell.contributors == 0 => {}
                None => {
                    let first = summary.cells == 0;
                    summary.smallest =
                        if first { cell.contributors } else { summary.smallest.min(cell.contributors) };
                    summary.cells += 1;
                    summary.largest_share = summary.largest_share.max(cell.share().unwrap_or(0.0));
                }
            }
        }
        summary
    }

    /// Of several tables that are published together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let smallest = match (self.cells, other.cells) {
            (0, _) => other.smallest,
            (_, 0) => self.smallest,
            _ => self.smallest.min(other.smallest),
        };
        Summary {
            cells: self.cells + other.cells,
            smallest,
            largest_share: self.largest_share.max(other.largest_share),
            hidden: self.hidden + other.hidden,
            beside: self.beside + other.beside,
        }
    }
}
