//! Shares and totals of all categories of a variable at once.

use super::domain::{Domain, Missing};
use super::estimate::Estimate;
use crate::refusal::{Refusal, same_length};

impl Domain<'_> {
    /// The share of each of `n_levels` categories; rows with a greater number have none and are left out.
    ///
    /// Refusals as [`Domain::mean`].
    pub fn shares(&self, category: &[u32], n_levels: usize) -> Result<Vec<Estimate>, Refusal> {
        self.each_level(category, n_levels, |events| self.mean(events, Missing::Drop))
    }

    /// The total number of units in each of `n_levels` categories, rows as in [`Domain::shares`].
    ///
    /// Refusals as [`Domain::total`].
    pub fn counts(&self, category: &[u32], n_levels: usize) -> Result<Vec<Estimate>, Refusal> {
        self.each_level(category, n_levels, |events| self.total(events, Missing::Drop))
    }

    fn each_level(
        &self,
        category: &[u32],
        n_levels: usize,
        estimate: impl Fn(&[f64]) -> Result<Estimate, Refusal>,
    ) -> Result<Vec<Estimate>, Refusal> {
        same_length("category", category.len(), self.design.n_rows())?;
        let mut events = vec![0.0; category.len()];
        let each = (0..n_levels as u32).map(|level| {
            for (event, &category) in events.iter_mut().zip(category) {
                *event = if category as usize >= n_levels {
                    f64::NAN
                } else {
                    f64::from(u8::from(category == level))
                };
            }
            estimate(&events)
        });
        each.collect()
    }
}
