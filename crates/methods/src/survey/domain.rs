//! A part of a sample: rows that stay tied to the whole plan.

use std::borrow::Cow;

use super::design::Design;
use super::variance::covariance;
use crate::refusal::{Refusal, same_length};

/// A domain: some rows of a design. Estimates for it use the strata and clusters of the whole.
#[derive(Debug, Clone)]
pub struct Domain<'a> {
    pub(super) design: &'a Design,
    /// Ascending positions.
    pub(super) rows: Vec<u32>,
}

/// What happens to rows whose value is NaN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Missing {
    /// The estimate is refused.
    #[default]
    Refuse,
    /// The estimate is that of the domain of rows with a value (as `na.rm = TRUE` in R).
    Drop,
}

impl Design {
    /// All rows.
    pub fn whole(&self) -> Domain<'_> {
        Domain::whole(self)
    }

    /// The rows for which `keep` holds; it gets the row's number in the data.
    pub fn domain(&self, keep: impl Fn(usize) -> bool) -> Domain<'_> {
        let order = self.layout.order.iter().enumerate();
        let rows = order.filter(|&(_, &row)| keep(row as usize)).map(|(at, _)| at as u32).collect();
        Domain { design: self, rows }
    }

    /// Domain `g` of `n_groups` has the rows with `groups[row] == g`; rows with a greater number are in
    /// none. One pass over the data, however many groups.
    pub fn split(&self, groups: &[u32], n_groups: usize) -> Result<Vec<Domain<'_>>, Refusal> {
        same_length("groups", groups.len(), self.n_rows())?;
        let mut sizes = vec![0; n_groups];
        for &group in groups {
            if let Some(size) = sizes.get_mut(group as usize) {
                *size += 1;
            }
        }
        let mut domains: Vec<Domain> =
            sizes.iter().map(|&size| Domain { design: self, rows: Vec::with_capacity(size) }).collect();
        for (at, &row) in self.layout.order.iter().enumerate() {
            if let Some(domain) = domains.get_mut(groups[row as usize] as usize) {
                domain.rows.push(at as u32);
            }
        }
        Ok(domains)
    }
}

impl<'a> Domain<'a> {
    pub(super) fn whole(design: &'a Design) -> Self {
        Self { design, rows: (0..design.n_rows() as u32).collect() }
    }

    /// Rows of the domain, with or without a value.
    pub fn n_rows(&self) -> usize {
        self.rows.len()
    }

    /// The rows in both.
    #[must_use]
    pub fn and(&self, keep: impl Fn(usize) -> bool) -> Self {
        let order = &self.design.layout.order;
        let rows = self.rows.iter().copied().filter(|&at| keep(order[at as usize] as usize)).collect();
        Self { design: self.design, rows }
    }

    /// Degrees of freedom: first-stage units less strata among the domain's rows with a weight.
    pub fn freedom(&self) -> f64 {
        let first = &self.design.layout.levels[0];
        let (mut units, mut strata) = (0.0, 0.0);
        let (mut unit_before, mut stratum_before) = (None, None);
        for &at in self.rows.iter().filter(|&&at| self.weight(at) != 0.0) {
            let unit = first.unit[at as usize];
            if unit_before == Some(unit) {
                continue;
            }
            unit_before = Some(unit);
            units += 1.0;
            let stratum = first.stratum[unit as usize];
            if stratum_before != Some(stratum) {
                stratum_before = Some(stratum);
                strata += 1.0;
            }
        }
        units - strata
    }

    /// The rows that methods for shares count: see [`Design::keeps_rows`].
    pub(super) fn n_counted(&self) -> usize {
        if self.design.keeps_rows() { self.design.n_rows() } else { self.n_rows() }
    }

    pub(super) fn weight(&self, at: u32) -> f64 {
        self.design.weights[at as usize]
    }

    /// `values[row]` of the row at a position.
    pub(super) fn value<T: Copy>(&self, values: &[T], at: u32) -> T {
        values[self.design.layout.order[at as usize] as usize]
    }

    /// The positions whose values are all there; refuses infinite ones, and missing ones if so told.
    pub(super) fn used(
        &self,
        columns: &[(&'static str, &[f64])],
        missing: Missing,
    ) -> Result<Cow<'_, [u32]>, Refusal> {
        for &(what, values) in columns {
            same_length(what, values.len(), self.design.n_rows())?;
        }
        let mut complete = true;
        for &at in &self.rows {
            for &(what, values) in columns {
                let value = self.value(values, at);
                if !value.is_finite() {
                    if !value.is_nan() || missing == Missing::Refuse {
                        let row = self.design.layout.order[at as usize] as usize;
                        return Err(Refusal::NotFinite { what, row });
                    }
                    complete = false;
                }
            }
        }
        if complete {
            return Ok(Cow::Borrowed(&self.rows));
        }
        let whole = |at: &u32| columns.iter().all(|(_, values)| !self.value(values, *at).is_nan());
        Ok(Cow::Owned(self.rows.iter().copied().filter(whole).collect()))
    }

    /// Covariance of totals over the positions `used`, as [`covariance`]; weights tied to known totals
    /// take the part explained by them out of the values first.
    pub(super) fn covariance(
        &self,
        used: &[u32],
        p: usize,
        mut fill: impl FnMut(usize, &mut [f64]),
    ) -> Result<Vec<f64>, Refusal> {
        let design = self.design;
        if !design.keeps_rows() {
            return covariance(&design.layout, used, p, fill);
        }
        // What the totals explain reaches rows outside the domain too.
        let n = design.n_rows();
        let mut columns = vec![vec![0.0; n]; p];
        let mut values = vec![0.0; p];
        for (k, &at) in used.iter().enumerate() {
            fill(k, &mut values);
            for (column, &value) in columns.iter_mut().zip(&values) {
                column[at as usize] = value;
            }
        }
        for column in &mut columns {
            for adjustment in &design.adjustments {
                adjustment.take_out(column);
            }
        }
        let all: Vec<u32> = (0..n as u32).collect();
        covariance(&design.layout, &all, p, |k, values| {
            for (value, column) in values.iter_mut().zip(&columns) {
                *value = column[k];
            }
        })
    }
}
