//! The project at work behind the pages: before anything is asked, figures and people are brought up to the ledger.

use std::sync::Arc;

use tokio::sync::{RwLock, RwLockReadGuard};
use zhiheng_base::{Period, PeriodKind, RegionCode};
use zhiheng_catalog::Catalog;
use zhiheng_desk::handin::read::Reading;
use zhiheng_desk::{Desk, Trouble};
use zhiheng_measure::engine::query::{Area, Query};
use zhiheng_record::Ledger;

use crate::counter::Counter;
use crate::problem::Problem;

/// The desk, shared by all requests.
pub struct Office {
    desk: RwLock<Desk>,
    /// Region with which the pages begin.
    pub(crate) region: RegionCode,
    /// Indicator with which a region's page begins.
    pub(crate) headline: String,
    /// Where files are handed in.
    pub(crate) counter: Option<Counter>,
}

/// Years back in which figures are looked for.
const YEARS: i32 = 30;

impl Office {
    /// An office over a desk; pages begin with `region` and the indicator `headline`.
    pub fn new(desk: Desk, region: RegionCode, headline: &str) -> Office {
        Office { desk: RwLock::new(desk), region, headline: headline.to_owned(), counter: None }
    }

    /// The same, taking files: they are read as `reading` says, and kept in the project's folder until they are sent.
    ///
    /// # Errors
    ///
    /// The folder cannot be made.
    pub async fn taking(self, reading: Reading) -> Result<Office, Trouble> {
        let counter = Counter::new(&self.desk.read().await.project, reading)?;
        Ok(Office { counter: Some(counter), ..self })
    }

    /// The definitions.
    pub(crate) async fn catalog(&self) -> Arc<Catalog> {
        Arc::clone(&self.desk.read().await.catalog)
    }

    /// The ledger, and the digest of the catalog.
    pub(crate) async fn pins(&self) -> (Ledger, String) {
        let desk = self.desk.read().await;
        (desk.ledger.clone(), desk.catalog.digest.clone())
    }

    /// The desk, as the ledger stands.
    pub(crate) async fn desk(&self) -> Result<RwLockReadGuard<'_, Desk>, Problem> {
        {
            let desk = self.desk.read().await;
            let size = desk.ledger.size().await?;
            if desk.engine.is_current(size) {
                return Ok(desk);
            }
        }
        let mut desk = self.desk.write().await;
        desk.refresh().await?;
        Ok(desk.downgrade())
    }

    /// The newest year up to `year` in which a region has figures of the headline; `year` itself if there is none.
    pub(crate) async fn newest(
        &self,
        desk: &Desk,
        region: RegionCode,
        year: Period,
    ) -> Result<Period, Problem> {
        let mut years = vec![year];
        while let Some(before) =
            years.last().and_then(|year| year.previous()).filter(|_| years.len() < YEARS as usize)
        {
            years.push(before);
        }
        let query = Query::new(&self.headline, Area::One(region), years);
        let table = desk.engine.table(&query).await?;
        let newest = table
            .iter()
            .filter(|measure| measure.records > 0)
            .map(|measure| measure.address.period)
            .max_by_key(Period::start);
        Ok(newest.unwrap_or(year))
    }
}

/// The calendar year of a day.
pub(crate) fn year_of(day: zhiheng_base::Date) -> Result<Period, Problem> {
    Ok(Period::of(PeriodKind::Year, day)?)
}
