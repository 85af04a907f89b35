//! Outliers of an indicator: winsorise, and if that does not do, transform.
//!
//! **What it answers.** Which points of an indicator would dominate the index, and what becomes of them?
//!
//! **Formula.** An indicator passes if `|skewness| <` 2 or `kurtosis <` 3.5. While it fails and fewer than `most`
//! points are moved, the most extreme value on the side of the skewness takes the value next to it (all tied points
//! at once). If it still fails, the second treatment is applied to the original values, or to the winsorised ones
//! if `combine`.
//!
//! **Source.** OECD and JRC (2008), *Handbook on Constructing Composite Indicators*, p. 84; thresholds after Groeneveld
//! and Meeden (1984), *The Statistician* 33:391–399, as used by the JRC. Repeats `Treat` and `qTreat` of COINr 1.1.
//!
//! **When not to use it.** Outliers that are errors are to be corrected, not drawn in; and outliers that are the point
//! (one region has the accidents) are to be kept. The treatment is reported so that it can be printed.

use super::moments::{Shape, shape};
use super::transform::{Transform, transform};
use super::{present, range};
use crate::refusal::Refusal;

/// How to treat an indicator.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Treatment {
    /// At most so many points are winsorised; `None` for no limit.
    pub most: Option<usize>,
    /// An indicator passes if its absolute skewness is below this …
    pub skewness: f64,
    /// … or its kurtosis below this.
    pub kurtosis: f64,
    /// Winsorise up to `most` even where the indicator passes along the way (only where it failed at first).
    pub force: bool,
    /// What follows if winsorising does not do.
    pub then: Option<Transform>,
    /// Whether it works on the winsorised values instead of the original ones.
    pub combine: bool,
}

impl Default for Treatment {
    fn default() -> Self {
        let then = Some(Transform::LogShifted);
        Self { most: Some(5), skewness: 2.0, kurtosis: 3.5, force: false, then, combine: false }
    }
}

/// What was done to a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Nothing.
    Kept,
    /// Lowered to the next value below.
    Lowered,
    /// Raised to the next value above.
    Raised,
    /// Transformed with all others.
    Transformed,
}

/// An indicator after treatment.
#[derive(Debug, Clone, PartialEq)]
pub struct Treated {
    /// The values; missing ones stay missing.
    pub values: Vec<f64>,
    /// What was done to each point.
    pub marks: Vec<Mark>,
    /// Points that winsorising moved, also where the transform then started from the original values.
    pub winsorised: usize,
    /// The transform that followed.
    pub transformed: Option<Transform>,
    /// Shape before.
    pub before: Shape,
    /// Shape after.
    pub after: Shape,
    /// Whether it passes now.
    pub passes: bool,
}

/// Treats one indicator of at least 4 present values that are not all equal.
///
/// ```
/// use zhiheng_methods::composite::treat::{Mark, Treatment, treat};
/// let values = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 30.0, 100.0];
/// let it = treat(&values, &Treatment::default()).unwrap();
/// assert_eq!((it.winsorised, it.values[11], it.marks[11]), (1, 30.0, Mark::Lowered));
/// ```
pub fn treat(values: &[f64], how: &Treatment) -> Result<Treated, Refusal> {
    for (what, value) in [("skewness", how.skewness), ("kurtosis", how.kurtosis)] {
        if value.is_nan() {
            return Err(Refusal::OutOfRange { what, value, allowed: "numbers" });
        }
    }
    let passes = |shape: Shape| shape.skewness.abs() < how.skewness || shape.kurtosis < how.kurtosis;
    let before = shape(values)?;
    let mut it = Treated {
        values: values.to_vec(),
        marks: vec![Mark::Kept; values.len()],
        winsorised: 0,
        transformed: None,
        before,
        after: before,
        passes: passes(before),
    };
    if it.passes {
        return Ok(it);
    }
    winsorise(&mut it, how, &passes)?;
    if let (false, Some(kind)) = (it.passes, how.then) {
        let from = if how.combine { it.values.clone() } else { values.to_vec() };
        it.values = transform(&from, kind)?;
        it.after = shape(&it.values)?;
        it.passes = passes(it.after);
        it.transformed = Some(kind);
        it.marks = values.iter().map(|x| if x.is_nan() { Mark::Kept } else { Mark::Transformed }).collect();
    }
    Ok(it)
}

/// Moves the most extreme points inwards until the shape passes or the limit is reached.
fn winsorise(it: &mut Treated, how: &Treatment, passes: &dyn Fn(Shape) -> bool) -> Result<(), Refusal> {
    // Points last moved on each side; a tie counts every point of it.
    let (mut high_moved, mut low_moved) = (Vec::new(), Vec::new());
    while (!it.passes || how.force) && how.most.is_none_or(|most| it.winsorised < most) {
        let known = present("values", &it.values)?;
        let (low, high) = range(&known);
        let is_high = it.after.skewness >= 0.0;
        let end = if is_high { high } else { low };
        let rest: Vec<f64> = known.into_iter().filter(|&value| value != end).collect();
        let (inner_low, inner_high) = range(&rest);
        // one step further and all values would be equal
        if rest.is_empty() || inner_low == inner_high {
            break;
        }
        let moved: Vec<usize> = (0..it.values.len()).filter(|&i| it.values[i] == end).collect();
        for &i in &moved {
            it.values[i] = if is_high { inner_high } else { inner_low };
            it.marks[i] = if is_high { Mark::Lowered } else { Mark::Raised };
        }
        *(if is_high { &mut high_moved } else { &mut low_moved }) = moved;
        it.winsorised = high_moved.len() + low_moved.len();
        it.after = shape(&it.values)?;
        it.passes = passes(it.after);
    }
    Ok(())
}
