//! Risk matrices as data: from severity and probability to a level.
//!
//! A rule has bands of probability, each with an exact lower border, and a level for every band and severity.
//! Rules change and differ, so a matrix is a value that a caller builds from a table; [`Matrix::rapex_2010`] is the
//! one of Decision 2010/15/EU, the base of Chinese practice for consumer goods.
//!
//! **Not here, to be confirmed.** The four severities and eight grades of probability of GB/T 22760-2020 and
//! their table were not seen; load them with [`Matrix::new`] once they were.

use super::fraction::Fraction;
use crate::refusal::{Refusal, at_least, same_length};

/// A level of risk, from the least to the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Tolerable.
    Low,
    /// Measures.
    Medium,
    /// Measures soon.
    High,
    /// Act at once.
    Serious,
}

/// A band of probability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// Its lower border.
    pub above: Fraction,
    /// Whether the border itself belongs to the band; by the European rule it does not.
    pub with_border: bool,
    /// The level for each severity, from the least severity.
    pub levels: Vec<Level>,
}

/// Bands from the most to the least probable; the last one holds everything down to 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    bands: Vec<Band>,
}

impl Matrix {
    /// A matrix from its bands.
    ///
    /// Refuses no band, bands of different width, borders that do not fall, a last border other than 0, and a
    /// level that falls as severity or probability rises.
    pub fn new(mut bands: Vec<Band>) -> Result<Self, Refusal> {
        at_least("bands", bands.len(), 1)?;
        let severities = bands.first().map_or(0, |band| band.levels.len());
        at_least("severities", severities, 1)?;
        for band in &bands {
            same_length("levels", band.levels.len(), severities)?;
        }
        let falls = |what: &str| Err(Refusal::Contradiction { what: what.to_owned() });
        if bands.windows(2).any(|pair| pair[1].above >= pair[0].above) {
            return falls("the borders of the bands must fall");
        }
        if bands.iter().any(|band| band.levels.windows(2).any(|pair| pair[1] < pair[0])) {
            return falls("a level falls as severity rises");
        }
        let rises =
            |pair: &[Band]| pair[0].levels.iter().zip(&pair[1].levels).any(|(upper, lower)| lower > upper);
        if bands.windows(2).any(rises) {
            return falls("a level falls as probability rises");
        }
        match bands.last_mut() {
            Some(last) if last.above.to_f64() == 0.0 => last.with_border = true,
            _ => return falls("the last band must begin at 0"),
        }
        Ok(Self { bands })
    }

    /// Decision 2010/15/EU, part IV: eight bands with strict borders, severities 1 to 4.
    ///
    /// All 32 cells were compared with a public authority's code for the same method; the Decision's own table
    /// was not opened. The method ended in the Union on 2018-11-11 ((EU) 2019/417, itself repealed 2025-03-26).
    pub fn rapex_2010() -> Self {
        use Level::{High as H, Low as L, Medium as M, Serious as S};
        let border = |bottom: u128| Fraction::new(1, bottom).unwrap_or(Fraction::ONE);
        let band =
            |above: Fraction, levels: [Level; 4]| Band { above, with_border: false, levels: levels.to_vec() };
        let mut bands = vec![
            band(border(2), [H, S, S, S]),
            band(border(10), [M, S, S, S]),
            band(border(100), [M, S, S, S]),
            band(border(1_000), [L, H, S, S]),
            band(border(10_000), [L, M, H, S]),
            band(border(100_000), [L, L, M, H]),
            band(border(1_000_000), [L, L, L, M]),
        ];
        let zero = Fraction::new(0, 1).unwrap_or(Fraction::ONE);
        bands.push(Band { above: zero, with_border: true, levels: vec![L; 4] });
        Self { bands }
    }

    /// The bands, from the most probable.
    pub fn bands(&self) -> &[Band] {
        &self.bands
    }

    /// How many severities there are.
    pub fn severities(&self) -> usize {
        self.bands.first().map_or(0, |band| band.levels.len())
    }

    /// The band of a probability, counted from the most probable.
    pub fn band(&self, probability: Fraction) -> usize {
        let inside =
            |band: &Band| probability > band.above || (band.with_border && probability == band.above);
        self.bands.iter().position(inside).unwrap_or(self.bands.len().saturating_sub(1))
    }

    /// The level of a band and a severity from 1. Refuses ones that are not in the matrix.
    pub fn level(&self, band: usize, severity: u32) -> Result<Level, Refusal> {
        let levels = self.bands.get(band).map(|band| &band.levels).ok_or(Refusal::OutOfRange {
            what: "band",
            value: band as f64,
            allowed: "the bands of the matrix",
        })?;
        let place = (severity as usize).checked_sub(1);
        place.and_then(|place| levels.get(place)).copied().ok_or(Refusal::OutOfRange {
            what: "severity",
            value: f64::from(severity),
            allowed: "the severities of the matrix, from 1",
        })
    }
}
