//! From answers to means, deviations and correlations, with missing answers decided.

use crate::refusal::{Refusal, at_least, same_length};

use super::fit::Missing;
use super::model::Model;

/// Answers to the model's items, complete.
#[derive(Debug, Clone)]
pub(super) struct Answers {
    /// Rows of the table that are used.
    pub(super) rows: Vec<usize>,
    /// Row by row, item by item; less the item's mean. A missing answer is NaN.
    pub(super) centred: Vec<f64>,
    /// Number of items.
    pub(super) width: usize,
    /// Means of the items.
    pub(super) means: Vec<f64>,
    /// Missing answers in the rows used.
    pub(super) gaps: usize,
}

/// Answers of the model's items from `columns` (one vector per item of the table; NaN is missing).
pub(super) fn answers(model: &Model, columns: &[Vec<f64>], missing: Missing) -> Result<Answers, Refusal> {
    let wanted = model.columns();
    let mut used: Vec<&[f64]> = Vec::with_capacity(wanted.len());
    for &column in wanted {
        let Some(values) = columns.get(column) else {
            return Err(Refusal::OutOfRange {
                what: "item",
                value: column as f64,
                allowed: "columns of the data",
            });
        };
        used.push(values);
    }
    let n = used[0].len();
    for values in &used {
        same_length("item", values.len(), n)?;
        if let Some(row) = values.iter().position(|value| value.is_infinite()) {
            return Err(Refusal::NotFinite { what: "item", row });
        }
    }
    let whole = |row: &usize| used.iter().all(|values| !values[*row].is_nan());
    let rows: Vec<usize> = match missing {
        Missing::Refused => {
            if let Some(row) = (0..n).find(|row| !whole(row)) {
                return Err(Refusal::NotFinite { what: "item", row });
            }
            (0..n).collect()
        }
        Missing::WholeRows => (0..n).filter(whole).collect(),
        Missing::Mean => (0..n).collect(),
    };
    at_least("answer", rows.len(), 3)?;
    let width = used.len();
    let mut means = Vec::with_capacity(width);
    for (values, block) in used.iter().zip((0..width).map(|item| model.block_of(item))) {
        let there: Vec<f64> = rows.iter().map(|row| values[*row]).filter(|value| !value.is_nan()).collect();
        if there.is_empty() {
            let what = format!("an item of {}", model.blocks()[block].name);
            return Err(Refusal::EmptyGroup { what });
        }
        means.push(crate::sum::mean(&there));
    }
    let mut centred = Vec::with_capacity(rows.len() * width);
    for row in &rows {
        centred.extend(used.iter().zip(&means).map(|(values, mean)| values[*row] - mean));
    }
    let gaps = centred.iter().filter(|value| value.is_nan()).count();
    Ok(Answers { rows, centred, width, means, gaps })
}

/// Means (less those of all answers), deviations and correlations of a sample.
#[derive(Debug, Clone)]
pub(super) struct Moments {
    pub(super) shifts: Vec<f64>,
    pub(super) deviations: Vec<f64>,
    /// Row by row, `width × width`.
    pub(super) correlations: Vec<f64>,
}

impl Answers {
    /// Number of rows.
    pub(super) fn n(&self) -> usize {
        self.rows.len()
    }

    /// Moments of all rows, each counted `times[row]` times (once each if `None`). A missing answer takes the mean
    /// of its item. Refuses items that do not vary.
    pub(super) fn moments(&self, model: &Model, times: Option<&[f64]>) -> Result<Moments, Refusal> {
        let width = self.width;
        let mut shifts = vec![0.0; width];
        let mut squares = vec![0.0; width * width];
        let mut total = 0.0;
        let mut there = vec![0.0; width];
        let mut waiting = Waiting::default();
        for (row, values) in self.centred.chunks_exact(width).enumerate() {
            let count = times.map_or(1.0, |times| times[row]);
            if count == 0.0 {
                continue;
            }
            total += count;
            for (item, value) in values.iter().enumerate() {
                if !value.is_nan() {
                    shifts[item] += count * value;
                    there[item] += count;
                }
            }
            if self.gaps == 0 {
                waiting.add(&mut squares, values, count);
            }
        }
        waiting.finish(&mut squares);
        for (shift, there) in shifts.iter_mut().zip(&there) {
            *shift = if *there > 0.0 { *shift / there } else { 0.0 };
        }
        if self.gaps > 0 {
            let mut filled = vec![0.0; width];
            for (row, values) in self.centred.chunks_exact(width).enumerate() {
                let count = times.map_or(1.0, |times| times[row]);
                if count == 0.0 {
                    continue;
                }
                for ((slot, value), shift) in filled.iter_mut().zip(values).zip(&shifts) {
                    *slot = if value.is_nan() { 0.0 } else { value - shift };
                }
                products(&mut squares, &filled, count);
            }
        } else {
            for i in 0..width {
                for j in 0..=i {
                    squares[i * width + j] -= total * shifts[i] * shifts[j];
                }
            }
        }
        let mut deviations = Vec::with_capacity(width);
        for item in 0..width {
            let variance = squares[item * width + item] / (total - 1.0);
            let size = shifts[item].abs().max(self.means[item].abs());
            // Below this the variance is rounding only.
            if variance.is_nan() || variance <= (1e-13 * size) * (1e-13 * size) || variance < 1e-280 {
                let block = &model.blocks()[model.block_of(item)];
                let place = item - model.items(model.block_of(item)).start + 1;
                return Err(Refusal::NoVariation { what: format!("item {place} of {}", block.name) });
            }
            deviations.push(variance.sqrt());
        }
        for i in 0..width {
            squares[i * width + i] = 1.0;
            for j in 0..i {
                let value = squares[i * width + j] / ((total - 1.0) * deviations[i] * deviations[j]);
                squares[i * width + j] = value;
                squares[j * width + i] = value;
            }
        }
        if squares.iter().any(|value| !value.is_finite()) {
            return Err(Refusal::Contradiction { what: "the answers are too large to multiply".to_owned() });
        }
        Ok(Moments { shifts, deviations, correlations: squares })
    }
}

/// Rows whose products are still to be added: four at a time, so that the triangle is read and written once for four.
#[derive(Default)]
struct Waiting<'a> {
    rows: [(&'a [f64], f64); 4],
    n: usize,
}

impl<'a> Waiting<'a> {
    fn add(&mut self, squares: &mut [f64], values: &'a [f64], count: f64) {
        self.rows[self.n] = (values, count);
        self.n += 1;
        if self.n < self.rows.len() {
            return;
        }
        self.n = 0;
        let [(a, times_a), (b, times_b), (c, times_c), (d, times_d)] = self.rows;
        let width = a.len();
        for i in 0..width {
            let (by_a, by_b, by_c, by_d) = (times_a * a[i], times_b * b[i], times_c * c[i], times_d * d[i]);
            let others = a.iter().zip(b).zip(c).zip(d);
            for (slot, (((a, b), c), d)) in squares[i * width..=i * width + i].iter_mut().zip(others) {
                // one after the other, as if the rows came alone
                *slot = *slot + by_a * a + by_b * b + by_c * c + by_d * d;
            }
        }
    }

    fn finish(&self, squares: &mut [f64]) {
        for (values, count) in &self.rows[..self.n] {
            products(squares, values, *count);
        }
    }
}

/// Adds the products of a row's values to the lower triangle.
fn products(squares: &mut [f64], values: &[f64], count: f64) {
    let width = values.len();
    for (i, value) in values.iter().enumerate() {
        let counted = count * value;
        for (slot, other) in squares[i * width..=i * width + i].iter_mut().zip(values) {
            *slot += counted * other;
        }
    }
}
