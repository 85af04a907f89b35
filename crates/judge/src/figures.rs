//! What is judged: figures of places, with their targets.

use std::collections::BTreeMap;

use zhiheng_base::{Decimal, RegionCode};
use zhiheng_methods::special::normal_upper_quantile;

/// A figure of a place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figure {
    /// Address of the measure, for drilling on.
    pub address: String,
    /// Unrounded value in the indicator's unit; `None` is no data.
    pub value: Option<Decimal>,
    /// As printed.
    pub shown: String,
    /// Target of the indicator for this place and period.
    pub target: Option<Decimal>,
    /// Whether lower is better.
    pub falls: bool,
    /// How far the figure can be off, if that is known.
    pub spread: Option<Spread>,
}

/// How far a figure can be off: a normal error with its own standard deviation on either side, so that the figure is the
/// median. Floating point stays in here and in the draws; no verdict holds any.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Standard deviation below the figure.
    pub below: f64,
    /// Standard deviation above the figure.
    pub above: f64,
    /// Smallest and largest figure that there can be, such as 0 and 100 for a rate.
    pub range: (f64, f64),
}

impl Spread {
    /// A standard error; `None` if it is no number above 0.
    pub fn normal(error: f64) -> Option<Spread> {
        let good = error.is_finite() && error > 0.0;
        good.then_some(Spread { below: error, above: error, range: (f64::NEG_INFINITY, f64::INFINITY) })
    }

    /// The two sides of a confidence interval at `level`; `None` if it does not hold the figure, has no width or is not finite.
    pub fn limits(value: f64, low: f64, high: f64, level: f64) -> Option<Spread> {
        let tail = (1.0 - level) / 2.0;
        let good = low <= value && value <= high && low < high && (high - low).is_finite();
        if !(good && tail > 0.0 && tail < 0.5) {
            return None;
        }
        let width = normal_upper_quantile(tail);
        let (below, above) = ((value - low) / width, (high - value) / width);
        Some(Spread { below, above, range: (f64::NEG_INFINITY, f64::INFINITY) })
    }

    /// Draws that never leave this range.
    #[must_use]
    pub fn within(self, least: f64, most: f64) -> Spread {
        if least <= most { Spread { range: (least, most), ..self } } else { self }
    }
}

/// Figures by indicator and place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures(BTreeMap<String, BTreeMap<RegionCode, Figure>>);

impl Figures {
    /// Adds one; the last of an indicator and place counts.
    pub fn add(&mut self, indicator: &str, place: RegionCode, figure: Figure) {
        self.0.entry(indicator.to_owned()).or_default().insert(place, figure);
    }

    /// The figure of an indicator and place, if there is one with a value.
    pub fn with_value(&self, indicator: &str, place: RegionCode) -> Option<(&Figure, Decimal)> {
        let figure = self.get(indicator, place)?;
        Some((figure, figure.value?))
    }

    /// The figure of an indicator and place.
    pub fn get(&self, indicator: &str, place: RegionCode) -> Option<&Figure> {
        self.0.get(indicator)?.get(&place)
    }
}
