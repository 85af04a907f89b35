//! Risk matrices as data: from severity and probability to a level.
//!
//! A rule has bands of probability, each with an exact lower border, and a level for every band and severity.
//! Rules change and differ, so a matrix is read from a table ([`Matrix::read`]); Zhiheng's own is in
//! `tables/risk_matrices.csv`, with Decision 2010/15/EU, the base of Chinese practice for consumer goods.
//!
//! **Not there, to be confirmed.** The four severities and eight grades of probability of GB/T 22760-2020 and
//! their table were not seen; they are rows to add once they were.

use super::fraction::Fraction;
use crate::frame::Frame;
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

impl Level {
    const WORDS: [(&'static str, Level); 4] =
        [("low", Level::Low), ("medium", Level::Medium), ("high", Level::High), ("serious", Level::Serious)];

    /// The level that a table calls `word`.
    fn named(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(name, _)| *name == word).map(|(_, level)| *level)
    }

    /// How a table calls it.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, level)| *level == self).map_or("", |(name, _)| name)
    }
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

    /// The matrix called `name` in a table with the columns `matrix`, `above` (lower border of the band, exact),
    /// `with_border` (whether the border belongs to the band) and one per severity, `1` first; the last matrix
    /// there if the name is blank. Refuses what [`Matrix::new`] refuses and cells that do not read.
    pub fn read(table: &Frame, name: &str) -> Result<Self, Refusal> {
        let part = table.part("matrix", name)?;
        let above = part.each("above", "fraction", Fraction::read)?;
        let with_border = part.each("with_border", "yes or no", |text| match text {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        })?;
        let mut bands: Vec<Band> = (above.into_iter().zip(with_border))
            .map(|(above, with_border)| Band { above, with_border, levels: Vec::new() })
            .collect();
        for severity in (1..).map(|severity: u32| severity.to_string()) {
            if !part.has(&severity) {
                break;
            }
            let levels = part.each(&severity, "low, medium, high or serious", |text| {
                if text.is_empty() { Some(None) } else { Level::named(text).map(Some) }
            })?;
            // A matrix with fewer severities than its neighbours in the table leaves the last columns blank.
            for (band, level) in bands.iter_mut().zip(levels) {
                band.levels.extend(level);
            }
        }
        Self::new(bands)
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
