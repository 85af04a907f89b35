//! What is judged: figures of places, with their targets.

use std::collections::BTreeMap;

use zhiheng_base::{Decimal, RegionCode};

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
