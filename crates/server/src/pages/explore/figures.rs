//! The figures of a view, each under what it is of.

use std::collections::BTreeMap;

use zhiheng_base::{Period, RegionCode};
use zhiheng_desk::Desk;
use zhiheng_measure::Measure;

use super::asked::Asked;
use crate::problem::Problem;

/// Which indicator of the view, where, when.
pub(super) type Key = (usize, RegionCode, Period);

/// The figures.
pub(super) struct Figures {
    /// As the engine answers them, indicator by indicator.
    pub(super) all: Vec<Measure>,
    at: BTreeMap<Key, usize>,
}

impl Figures {
    /// Asks the engine, once for each indicator.
    pub(super) async fn of(desk: &Desk, asked: &Asked) -> Result<Figures, Problem> {
        let mut figures = Figures { all: Vec::new(), at: BTreeMap::new() };
        for (n, indicator) in asked.indicators.iter().enumerate() {
            for measure in desk.engine.table(&asked.query(indicator)).await? {
                let key = (n, measure.address.region, measure.address.period);
                figures.at.insert(key, figures.all.len());
                figures.all.push(measure);
            }
        }
        Ok(figures)
    }

    /// The figure in a cell.
    pub(super) fn get(&self, key: Key) -> Option<&Measure> {
        self.all.get(*self.at.get(&key)?)
    }
}
