//! The project at work behind the pages: before anything is asked, figures and people are brought up to the ledger.

use std::path::PathBuf;
use std::time::Duration;

use tokio::sync::{RwLock, RwLockReadGuard};
use zhiheng_base::{Period, PeriodKind, RegionCode};
use zhiheng_desk::Desk;
use zhiheng_measure::engine::query::{Area, Query};
use zhiheng_record::Ledger;

use crate::problem::Problem;

/// The desk, shared by all requests.
pub struct Office {
    desk: RwLock<Desk>,
    /// Region with which the pages begin.
    pub(crate) region: RegionCode,
    /// Indicator with which a region's page begins.
    pub(crate) headline: String,
}

/// How long an upload may lie about.
const SPOOLED: Duration = Duration::from_secs(24 * 3600);

/// Years back in which figures are looked for.
const YEARS: i32 = 30;

impl Office {
    /// An office over a desk; pages begin with `region` and the indicator `headline`.
    pub fn new(desk: Desk, region: RegionCode, headline: &str) -> Office {
        Office { desk: RwLock::new(desk), region, headline: headline.to_owned() }
    }

    /// Where uploads lie until they are kept or dropped. What a process that died left there is removed after a day.
    pub(crate) async fn spool(&self) -> Result<PathBuf, Problem> {
        let folder = self.desk.read().await.project.dir().join("uploads");
        tokio::fs::create_dir_all(&folder).await.map_err(Problem::ours)?;
        let mut old = tokio::fs::read_dir(&folder).await.map_err(Problem::ours)?;
        while let Ok(Some(entry)) = old.next_entry().await {
            let changed = entry.metadata().await.and_then(|meta| meta.modified());
            if changed.is_ok_and(|at| at.elapsed().is_ok_and(|age| age > SPOOLED)) {
                // Another request may have removed it already.
                let _ = tokio::fs::remove_file(entry.path()).await;
            }
        }
        Ok(folder)
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
