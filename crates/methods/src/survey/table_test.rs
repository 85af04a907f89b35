//! Association in a two-way table of a complex sample: Rao–Scott and Wald tests.
//!
//! **What it answers.** Does the share of conforming batches differ between kinds of enterprise, or is it the
//! sample?
//!
//! **Formula.** Pearson's `X²` of the estimated shares; with `Δ` the generalised design effects of the
//! interaction, `X²/tr Δ` is compared with F on `d = (tr Δ)²/tr Δ²` and `d·ν` degrees of freedom (second
//! order), or `X²/mean(Δ)` with chi-square (first order). Wald: `Y'V⁻¹Y` of cells less their expectation.
//!
//! **Source.** Rao and Scott (1984), *Annals of Statistics* 12:46–60; Koch, Freeman and Freeman (1975),
//! *International Statistical Review* 43:59–78. Equals R `survey::svychisq` 4.1.1.
//!
//! **When not to use it.** Wald with many cells and few clusters: it rejects too often.

use nalgebra::{DMatrix, DVector};

use super::domain::Domain;
use crate::refusal::{Refusal, same_length};
use crate::special::{beta_lower, gamma_upper};
use crate::sum::{Sum, sum};

/// Tests of association.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TableStatistic {
    /// Rao–Scott, second order, against F.
    #[default]
    F,
    /// Rao–Scott, first order, against chi-square.
    ChiSquare,
    /// Wald against F.
    Wald,
    /// Wald against F, with the degrees of freedom corrected.
    AdjustedWald,
}

/// What a test of association found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TableTest {
    /// The statistic: F, or Pearson's chi-square of the estimated table scaled to the rows.
    pub statistic: f64,
    /// Degrees of freedom of the numerator, or of chi-square.
    pub freedom: f64,
    /// Degrees of freedom of the denominator of F.
    pub freedom_below: Option<f64>,
    /// Probability of a statistic as great without association.
    pub p_value: f64,
}

/// Rows with both categories, and the table's shares.
struct Counted {
    used: Vec<u32>,
    /// Cell of each used row: `row · n_columns + column`.
    cells: Vec<u32>,
    n_rows: usize,
    n_columns: usize,
    /// Sum of weights.
    size: f64,
    /// Share of each cell.
    shares: Vec<f64>,
}

impl Domain<'_> {
    /// Tests whether `rows` and `columns` (categories by row of the data; `u32::MAX` is missing) are
    /// associated in the domain.
    ///
    /// Rows that lack either are left out. Refused: fewer than two categories of either, a table whose
    /// covariance is singular, too few degrees of freedom.
    pub fn association(
        &self,
        rows: &[u32],
        columns: &[u32],
        statistic: TableStatistic,
    ) -> Result<TableTest, Refusal> {
        let table = self.counted(rows, columns)?;
        let nu = self.freedom();
        if nu <= 0.0 {
            return Err(Refusal::OutOfRange { what: "freedom", value: nu, allowed: "> 0" });
        }
        match statistic {
            TableStatistic::F | TableStatistic::ChiSquare => {
                self.rao_scott(&table, nu, statistic == TableStatistic::F)
            }
            TableStatistic::Wald => self.wald(&table, nu, false),
            TableStatistic::AdjustedWald => self.wald(&table, nu, true),
        }
    }

    fn counted(&self, rows: &[u32], columns: &[u32]) -> Result<Counted, Refusal> {
        same_length("rows", rows.len(), self.design.n_rows())?;
        same_length("columns", columns.len(), self.design.n_rows())?;
        let both = |&at: &u32| self.value(rows, at) != u32::MAX && self.value(columns, at) != u32::MAX;
        let used: Vec<u32> =
            self.rows.iter().copied().filter(|at| both(at) && self.weight(*at) != 0.0).collect();
        let number = |values: &[u32]| -> (Vec<u32>, usize) {
            let mut levels: Vec<u32> = used.iter().map(|&at| self.value(values, at)).collect();
            let own = levels.clone();
            levels.sort_unstable();
            levels.dedup();
            let place = |value| levels.partition_point(|&level| level < value) as u32;
            (own.into_iter().map(place).collect(), levels.len())
        };
        let ((row_of, n_rows), (column_of, n_columns)) = (number(rows), number(columns));
        for (what, n) in [("rows", n_rows), ("columns", n_columns)] {
            if n < 2 {
                return Err(Refusal::TooFew { what, found: n, needed: 2 });
            }
        }
        let cells: Vec<u32> =
            row_of.iter().zip(&column_of).map(|(row, column)| row * n_columns as u32 + column).collect();
        let mut sums = vec![Sum::default(); n_rows * n_columns];
        let mut size = Sum::default();
        for (&at, &cell) in used.iter().zip(&cells) {
            sums[cell as usize].add(self.weight(at));
            size.add(self.weight(at));
        }
        let size = size.value();
        let shares = sums.into_iter().map(|sum| sum.value() / size).collect();
        Ok(Counted { used, cells, n_rows, n_columns, size, shares })
    }

    fn rao_scott(&self, table: &Counted, nu: f64, second_order: bool) -> Result<TableTest, Refusal> {
        let n = self.n_rows() as f64;
        let p = table.shares.len();
        let covariance = self.covariance(&table.used, p, |k, values| {
            let weight = self.weight(table.used[k]) / table.size;
            for (value, share) in values.iter_mut().zip(&table.shares) {
                *value = -weight * share;
            }
            values[table.cells[k] as usize] += weight;
        })?;
        // Written out, since a library's product of matrices rounds otherwise on other processors.
        let contrasts = table.scaled_interaction();
        let k = contrasts.ncols();
        let dot = |a: &DMatrix<f64>, i: usize, b: &DMatrix<f64>, j: usize| {
            sum(a.column(i).iter().zip(b.column(j).iter()).map(|(a, b)| a * b))
        };
        let weighted = DMatrix::from_fn(p, k, |cell, j| {
            sum(contrasts.column(j).iter().enumerate().map(|(other, c)| covariance[cell * p + other] * c))
        });
        let shared = DMatrix::from_fn(p, k, |cell, j| contrasts[(cell, j)] * table.shares[cell]);
        let simple = DMatrix::from_fn(k, k, |i, j| dot(&contrasts, i, &shared, j) / n);
        let design = DMatrix::from_fn(k, k, |i, j| dot(&contrasts, i, &weighted, j));
        let delta = simple.lu().solve(&design).ok_or(Refusal::Singular { what: "the table" })?;
        let trace = delta.trace();
        let squares =
            sum((0..k).flat_map(|i| (0..k).map(move |j| (i, j))).map(|at| delta[at] * delta[(at.1, at.0)]));
        let chi_square = n * table.pearson();
        if !(trace > 0.0 && trace.is_finite() && squares > 0.0) {
            return Err(Refusal::NoVariation { what: "the table".to_owned() });
        }
        Ok(if second_order {
            let freedom = trace * trace / squares;
            let statistic = chi_square / trace;
            TableTest {
                statistic,
                freedom,
                freedom_below: Some(freedom * nu),
                p_value: f_upper(statistic, freedom, freedom * nu),
            }
        } else {
            let freedom = delta.nrows() as f64;
            let p_value = gamma_upper(freedom / 2.0, chi_square / (trace / freedom) / 2.0);
            TableTest { statistic: chi_square, freedom, freedom_below: None, p_value }
        })
    }

    fn wald(&self, table: &Counted, nu: f64, adjusted: bool) -> Result<TableTest, Refusal> {
        let (rows, columns) = table.margins();
        let inner: Vec<(usize, usize)> =
            (1..table.n_rows).flat_map(|row| (1..table.n_columns).map(move |column| (row, column))).collect();
        let freedom = inner.len() as f64;
        let below = if adjusted { nu - freedom + 1.0 } else { nu };
        if below <= 0.0 {
            return Err(Refusal::OutOfRange { what: "freedom", value: below, allowed: "> 0" });
        }
        let covariance = self.covariance(&table.used, inner.len(), |k, values| {
            let weight = self.weight(table.used[k]);
            let cell = table.cells[k] as usize;
            let (row, column) = (cell / table.n_columns, cell % table.n_columns);
            for (value, &(i, j)) in values.iter_mut().zip(&inner) {
                let (in_row, in_column) = (f64::from(u8::from(row == i)), f64::from(u8::from(column == j)));
                *value = weight * (in_row - rows[i]) * (in_column - columns[j]);
            }
        })?;
        let gap = |&(i, j): &(usize, usize)| {
            table.size * (table.shares[i * table.n_columns + j] - rows[i] * columns[j])
        };
        let gaps = DVector::from_iterator(inner.len(), inner.iter().map(gap));
        let solved = DMatrix::from_row_slice(inner.len(), inner.len(), &covariance).lu().solve(&gaps);
        let wald = solved.ok_or(Refusal::Singular { what: "the table" })?.dot(&gaps);
        let statistic = if adjusted { wald * below / (freedom * nu) } else { wald / freedom };
        if !(statistic.is_finite() && statistic >= 0.0) {
            return Err(Refusal::Singular { what: "the table" });
        }
        let p_value = f_upper(statistic, freedom, below);
        Ok(TableTest { statistic, freedom, freedom_below: Some(below), p_value })
    }
}

impl Counted {
    /// Shares of rows and of columns.
    fn margins(&self) -> (Vec<f64>, Vec<f64>) {
        let (mut rows, mut columns) = (vec![0.0; self.n_rows], vec![0.0; self.n_columns]);
        for (cell, share) in self.shares.iter().enumerate() {
            rows[cell / self.n_columns] += share;
            columns[cell % self.n_columns] += share;
        }
        (rows, columns)
    }

    /// Pearson's chi-square for a table that sums to 1.
    fn pearson(&self) -> f64 {
        let (rows, columns) = self.margins();
        let terms = self.shares.iter().enumerate().map(|(cell, share)| {
            let expected = rows[cell / self.n_columns] * columns[cell % self.n_columns];
            (share - expected) * (share - expected) / expected
        });
        sum(terms)
    }

    /// A basis of the tables whose rows and columns sum to 0, over the shares (0 where a cell is empty).
    fn scaled_interaction(&self) -> DMatrix<f64> {
        let (r, c) = (self.n_rows, self.n_columns);
        let mut basis = DMatrix::zeros(r * c, (r - 1) * (c - 1));
        for i in 1..r {
            for j in 1..c {
                let column = (i - 1) * (c - 1) + j - 1;
                for (row, col, sign) in [(0, 0, 1.0), (i, 0, -1.0), (0, j, -1.0), (i, j, 1.0)] {
                    let cell = row * c + col;
                    basis[(cell, column)] =
                        if self.shares[cell] == 0.0 { 0.0 } else { sign / self.shares[cell] };
                }
            }
        }
        basis
    }
}

/// The probability that an F variable exceeds `x`.
pub(super) fn f_upper(x: f64, above: f64, below: f64) -> f64 {
    beta_lower(below / (below + above * x), below / 2.0, above / 2.0)
}
