//! Hampel's filter: values of a series that stand apart from their neighbours.

use super::{enough, positive};
use crate::refusal::Refusal;
use crate::truth::rank;

/// What is done where a window does not fit: near the ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// Windows are cut at the ends.
    Shorten,
    /// The first and the last `half_width` values are not judged.
    Leave,
}

/// A series with its far values replaced by the median of their neighbours.
#[derive(Debug, Clone, PartialEq)]
pub struct Hampel {
    /// Rows flagged, in order.
    pub rows: Vec<usize>,
    /// The series with flagged values replaced by their window's median.
    pub filtered: Vec<f64>,
}

/// Values farther than `limit` (3) times `1.4826 MAD` from the median of the window of `half_width` values on
/// either side, the value itself included.
///
/// Where more than half of a window is equal its MAD is 0, and any other value in its middle is flagged: that
/// is right for a series that does not move, and too strict for one recorded coarsely. Refuses NaN, a half width
/// of 0, windows longer than the series, and a limit that is not positive.
///
/// ```
/// use zhiheng_methods::truth::outlier::{Ends, hampel};
/// let it = hampel(&[5.0, 5.2, 4.9, 9.9, 5.1, 5.0, 5.3], 2, 3.0, Ends::Shorten).unwrap();
/// assert_eq!((it.rows.as_slice(), it.filtered[3]), (&[3][..], 5.1));
/// ```
pub fn hampel(values: &[f64], half_width: usize, limit: f64, ends: Ends) -> Result<Hampel, Refusal> {
    let needed = half_width.saturating_mul(2).saturating_add(1);
    enough(values, needed.max(3))?;
    positive("limit", limit)?;
    if half_width == 0 {
        return Err(Refusal::OutOfRange { what: "half_width", value: 0.0, allowed: ">= 1" });
    }
    let mut it = Hampel { rows: Vec::new(), filtered: values.to_vec() };
    let mut window = Window::default();
    let mut distances = Vec::with_capacity(needed);
    for row in 0..values.len() {
        if row == 0 {
            values.iter().take(half_width).for_each(|&value| window.put(value));
        }
        if let Some(&next) = values.get(row + half_width) {
            window.put(next);
        }
        if let Some(&old) = row.checked_sub(half_width + 1).and_then(|i| values.get(i)) {
            window.take(old);
        }
        if ends == Ends::Leave && window.0.len() < needed {
            continue;
        }
        let centre = rank::median(&window.0);
        distances.clear();
        distances.extend(window.0.iter().map(|value| (value - centre).abs()));
        distances.sort_unstable_by(f64::total_cmp);
        if (values[row] - centre).abs() > limit * 1.4826 * rank::median(&distances) {
            it.rows.push(row);
            it.filtered[row] = centre;
        }
    }
    Ok(it)
}

/// The values of a window in ascending order.
#[derive(Default)]
struct Window(Vec<f64>);

impl Window {
    fn put(&mut self, value: f64) {
        let place = self.0.partition_point(|other| other.total_cmp(&value).is_lt());
        self.0.insert(place, value);
    }

    fn take(&mut self, value: f64) {
        let place = self.0.partition_point(|other| other.total_cmp(&value).is_lt());
        if place < self.0.len() {
            self.0.remove(place);
        }
    }
}
