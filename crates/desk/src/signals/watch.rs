//! Which series are watched, and what each says of a region and its parts.

use zhiheng_base::{Date, Diagnostic, Period, RegionCode};
use zhiheng_catalog::model::{Indicator, IndicatorKind, MethodKind};
use zhiheng_measure::Address;
use zhiheng_measure::engine::query::{Area, Query};

use super::mute::{Mute, Mutes};
use super::{Fault, Reading, State};
use crate::desk::Desk;
use crate::trouble::Trouble;

/// A series with what it says.
#[derive(Clone, Debug)]
pub struct Watched<'c> {
    /// What is watched.
    pub indicator: &'c Indicator,
    /// The number whose steps the series are, without a ledger size.
    pub address: Address,
    /// What it says.
    pub reading: Reading,
    /// The mute that holds on the day asked for.
    pub mute: Option<Mute>,
}

/// For which time series are read.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// The period whose steps are looked at.
    pub period: Period,
    /// The last day that counts as over.
    pub until: Date,
    /// The day on which it is asked.
    pub today: Date,
}

impl Watched<'_> {
    /// Whether the mute is of any use: what is in order needs none.
    pub fn is_muted(&self) -> bool {
        self.mute.is_some() && self.reading.state != State::Normal
    }
}

/// Whether an indicator watches a series.
pub fn is_watched(indicator: &Indicator) -> bool {
    let IndicatorKind::Method(by) = &indicator.kind else { return false };
    matches!(by.word, MethodKind::Signal | MethodKind::Spc)
}

impl Desk {
    /// The indicators that watch a series and were in force in a time, by id.
    pub fn watching(&self, window: Window) -> impl Iterator<Item = &Indicator> {
        self.catalog.indicators.values().filter(move |one| {
            is_watched(one)
                && one.head.since <= window.until
                && one.head.until.is_none_or(|until| window.period.start() <= until)
        })
    }

    /// Every watched series of some areas: area by area, in each by indicator, then by region. A series that cannot be computed
    /// is there and says why.
    ///
    /// Errors: those of reading the lake for mutes.
    pub async fn watched(&self, areas: &[Area], window: Window) -> Result<Vec<Watched<'_>>, Trouble> {
        let mutes = self.mutes().await?;
        let mut found = Vec::new();
        for area in areas {
            for indicator in self.watching(window) {
                for (address, reading) in self.series(indicator, *area, window).await {
                    let mute = held(&mutes, &address, window.today);
                    found.push(Watched { indicator, address, reading, mute });
                }
            }
        }
        Ok(found)
    }

    async fn series(&self, indicator: &Indicator, area: Area, window: Window) -> Vec<(Address, Reading)> {
        let query = Query::new(&indicator.head.id, area, vec![window.period]);
        match self.engine.table(&query).await {
            Ok(measures) => (measures.iter())
                .map(|measure| {
                    let address = Address { as_of: None, ..measure.address.clone() };
                    (address, Reading::of(measure, window.until))
                })
                .collect(),
            Err(problem) => self.failed(indicator, area, window.period, &problem),
        }
    }

    /// The same reason for every region of an area.
    fn failed(
        &self,
        indicator: &Indicator,
        area: Area,
        period: Period,
        problem: &Diagnostic,
    ) -> Vec<(Address, Reading)> {
        let regions: Vec<RegionCode> = match area {
            Area::One(region) => vec![region],
            Area::Below(region, level) => {
                self.catalog.regions.descendants(region, level).iter().map(|one| one.code).collect()
            }
        };
        let failed = |region| {
            let address = Address::new(&indicator.head.id, region, period);
            (address, Reading::failed(Fault::Problem(problem.clone())))
        };
        regions.into_iter().map(failed).collect()
    }
}

fn held(mutes: &Mutes, address: &Address, today: Date) -> Option<Mute> {
    let key = (address.indicator.clone(), address.region);
    mutes.get(&key).filter(|mute| mute.holds(today)).cloned()
}
