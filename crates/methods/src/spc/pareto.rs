//! The Pareto table: which few causes make most of the trouble?
//!
//! **What it answers.** In which order should the causes be worked on, and how many of them make up 80 %?
//!
//! **Rule.** Causes by falling count, equal ones in the order given; shares and cumulative shares of the sum.
//! The vital few are the causes up to and including the one with which the cumulative share reaches the cut.
//!
//! **Source.** Juran (1954), *Industrial Quality Control* 11:25; equals R's `pareto.chart` of qcc.
//!
//! **When not to use it.** For causes counted over different times or outputs: compare rates. Differences
//! between neighbouring bars are often chance.

use crate::refusal::{Refusal, at_least};
use crate::sum::Sum;

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cause {
    /// Position in the data.
    pub index: usize,
    /// Count, or cost.
    pub count: f64,
    /// Count so far.
    pub cumulative: f64,
    /// Share of the sum.
    pub share: f64,
    /// Share so far.
    pub cumulative_share: f64,
    /// Whether it is one of the vital few.
    pub vital: bool,
}

/// The table of `counts` (not negative, not all 0), with the vital few up to `cut`, a share such as 0.8.
///
/// ```
/// let table = zhiheng_methods::spc::pareto::table(&[2.0, 7.0, 1.0], 0.8).unwrap();
/// assert_eq!(table.iter().map(|it| it.index).collect::<Vec<_>>(), [1, 0, 2]);
/// assert_eq!(table.iter().filter(|it| it.vital).count(), 2);
/// ```
pub fn table(counts: &[f64], cut: f64) -> Result<Vec<Cause>, Refusal> {
    at_least("count", counts.len(), 1)?;
    if let Some(value) = counts.iter().find(|count| !(**count >= 0.0 && count.is_finite())) {
        return Err(Refusal::OutOfRange { what: "count", value: *value, allowed: ">= 0" });
    }
    if !(cut > 0.0 && cut <= 1.0) {
        return Err(Refusal::OutOfRange { what: "cut", value: cut, allowed: "(0, 1]" });
    }
    let mut order: Vec<(usize, f64)> = counts.iter().copied().enumerate().collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    let all = crate::sum::sum(counts.iter().copied());
    if !(all > 0.0 && all.is_finite()) {
        return Err(Refusal::NoVariation { what: "count: all are 0".to_owned() });
    }
    let mut so_far = Sum::default();
    let row = |(index, count): (usize, f64)| {
        let vital = so_far.value() / all < cut;
        so_far.add(count);
        let cumulative = so_far.value();
        Cause { index, count, cumulative, share: count / all, cumulative_share: cumulative / all, vital }
    };
    Ok(order.into_iter().map(row).collect())
}
