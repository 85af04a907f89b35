//! From the options of a directive to the address it means.

use zhiheng_base::{Level, Period, RegionCode};
use zhiheng_measure::Address;
use zhiheng_measure::address::Basis;

use super::session::Session;
use crate::language::{Call, From, Subject};

impl Session<'_> {
    /// The region a directive speaks of.
    pub(super) fn region_of(&self, call: &Call) -> RegionCode {
        let written = call.option("at").and_then(|at| at.split_once('/')).map(|(region, _)| region);
        match call.option("region").or(written) {
            Some("nation") => RegionCode::NATION,
            Some("above") => self.catalog.regions.parent(self.request.region).unwrap_or(RegionCode::NATION),
            Some(code) => RegionCode::parse(code).unwrap_or(self.request.region),
            None => self.request.region,
        }
    }

    /// The period a directive speaks of; `None` at the edge of the calendar.
    pub(super) fn period_of(&self, call: &Call) -> Option<Period> {
        let written = call.option("at").and_then(|at| at.split_once('/')).map(|(_, period)| period);
        match call.option("period").or(written) {
            Some(text) => From::parse(text)?.period(self.request.period),
            None => Some(self.request.period),
        }
    }

    /// The address of a subject.
    pub(super) fn address(&self, call: &Call, subject: &Subject) -> Option<Address> {
        let id = match self.catalog.indicators.get(&subject.id.text) {
            Some(indicator) => &indicator.head.id,
            None => &crate::names::count_of(self.catalog, &subject.id.text)?.head.id,
        };
        let mut cuts: Vec<(String, String)> = subject
            .cuts
            .iter()
            .map(|(dimension, value)| (dimension.text.clone(), value.text.clone()))
            .collect();
        cuts.sort();
        Some(Address {
            indicator: id.clone(),
            region: self.region_of(call),
            basis: Basis::AsNow,
            period: self.period_of(call)?,
            cuts,
            as_of: Some(self.request.pins.ledger_size),
        })
    }

    /// What a directive compares with.
    pub(super) fn from_of(call: &Call) -> From {
        call.option("from").and_then(From::parse).unwrap_or(From::YearBefore)
    }

    /// The level at which a directive lists places: the one it names, or the one below its region.
    pub(super) fn level_below(&self, call: &Call) -> Level {
        let region = self.region_of(call);
        call.option("level")
            .and_then(|word| Level::parse(word.split(',').next().unwrap_or_default().trim()))
            .or_else(|| region.level().below())
            .unwrap_or(Level::Village)
    }
}
