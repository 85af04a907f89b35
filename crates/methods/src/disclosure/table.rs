//! A table with its totals, all in whole units: batches, persons, fen.

use super::network::Network;
use crate::refusal::Refusal;

/// Largest total, so that every figure is exact as a floating number too.
const LARGEST: u64 = 9_000_000_000_000_000;
/// Most cells, totals included.
const CELLS_MAX: usize = 10_000;

/// A cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// Value in whole units.
    pub value: u64,
    /// How many stand behind it.
    pub contributors: u64,
    /// The largest contributions, falling; as many as are known. Empty: nothing is known of them.
    pub largest: Vec<u64>,
}

impl Cell {
    /// The sum of the `n` largest contributions; those that are not told are as large as they could be. `None` if none is told.
    pub(super) fn top(&self, n: usize) -> Option<u64> {
        let last = *self.largest.last()?;
        let told: u64 = self.largest.iter().take(n).sum();
        let silent =
            n.min(usize::try_from(self.contributors).unwrap_or(n)).saturating_sub(self.largest.len());
        let most = last.saturating_mul(silent as u64);
        Some(told + most.min(self.value.saturating_sub(told)))
    }

    /// Share of the largest contributor in percent; `None` if it is not told or the cell is 0.
    pub fn share(&self) -> Option<f64> {
        let largest = self.largest.first().filter(|_| self.value > 0)?;
        Some(*largest as f64 * 100.0 / self.value as f64)
    }

    /// Nothing stands behind it, and everybody knows.
    pub(super) fn is_empty(&self) -> bool {
        self.value == 0 && self.contributors == 0
    }

    fn check(&self) -> Result<(), Refusal> {
        let wrong = |what: &str| Err(Refusal::Contradiction { what: what.to_owned() });
        if self.value > LARGEST {
            return Err(Refusal::OutOfRange {
                what: "value",
                value: self.value as f64,
                allowed: "whole numbers up to 9e15",
            });
        }
        if self.contributors == 0 && self.value > 0 {
            return wrong("a cell has a value and no contributors");
        }
        if self.largest.len() as u64 > self.contributors {
            return wrong("a cell tells of more contributions than it has contributors");
        }
        if self.largest.windows(2).any(|pair| pair[0] < pair[1]) {
            return wrong("the largest contributions do not fall");
        }
        let told = self.largest.iter().try_fold(0_u64, |sum, one| sum.checked_add(*one));
        if told.is_none_or(|told| told > self.value) {
            return wrong("the largest contributions add up to more than the cell");
        }
        Ok(())
    }
}

/// A table in one or two directions, with its totals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    rows: usize,
    columns: Option<usize>,
    cells: Vec<Cell>,
    pub(super) network: Network,
}

impl Table {
    /// A list of cells and their total, which stands last.
    pub fn one_way(cells: Vec<Cell>) -> Result<Self, Refusal> {
        let rows = cells.len().saturating_sub(1);
        if rows == 0 {
            return Err(Refusal::TooFew { what: "cells", found: cells.len(), needed: 2 });
        }
        Self::checked(Self { rows, columns: None, network: Network::one_way(rows), cells })
    }

    /// Cells row by row; the last column and the last row are totals.
    pub fn two_way(rows: usize, columns: usize, cells: Vec<Cell>) -> Result<Self, Refusal> {
        if rows == 0 || columns == 0 {
            return Err(Refusal::Empty { what: "table" });
        }
        let needed = rows.saturating_add(1).saturating_mul(columns.saturating_add(1));
        if cells.len() != needed {
            return Err(Refusal::Lengths { what: "cells", found: cells.len(), needed });
        }
        Self::checked(Self { rows, columns: Some(columns), network: Network::two_way(rows, columns), cells })
    }

    fn checked(self) -> Result<Self, Refusal> {
        if self.cells.len() > CELLS_MAX {
            let value = self.cells.len() as f64;
            return Err(Refusal::OutOfRange { what: "cells", value, allowed: "[2, 10000]" });
        }
        self.cells.iter().try_for_each(Cell::check)?;
        let values: Vec<u64> = self.cells.iter().map(|cell| cell.value).collect();
        if !self.network.is_consistent(&values) {
            return Err(Refusal::Contradiction {
                what: "the totals are not the sums of the cells".to_owned(),
            });
        }
        Ok(self)
    }

    /// Cells with their totals, row by row.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// Row and column of a cell; the last of each are totals.
    pub fn place(&self, at: usize) -> (usize, usize) {
        self.columns.map_or((at, 0), |columns| (at / (columns + 1), at % (columns + 1)))
    }

    /// Whether a cell is a total of which another cell is a part.
    pub(super) fn is_over(&self, total: usize, part: usize) -> bool {
        let ((row, column), (r, c)) = (self.place(total), self.place(part));
        let above = row == self.rows || row == r;
        let before = self.columns.is_none_or(|columns| column == columns || column == c);
        total != part && self.is_total(total) && above && before
    }

    /// Whether a cell is a total.
    pub fn is_total(&self, at: usize) -> bool {
        let (row, column) = self.place(at);
        row == self.rows || self.columns.is_some_and(|columns| column == columns)
    }
}
