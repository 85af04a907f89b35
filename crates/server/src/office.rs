//! The project at work behind the pages: before anything is asked, figures and people are brought up to the ledger.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OnceCell, RwLock, RwLockReadGuard};
use zhiheng_base::{Date, Period, PeriodKind, RegionCode};
use zhiheng_catalog::Catalog;
use zhiheng_desk::answers::Answers;
use zhiheng_desk::handin::read::Reading;
use zhiheng_desk::tasks::Task;
use zhiheng_desk::trace::{Named, Repository, Tracing};
use zhiheng_desk::{Desk, Trouble};
use zhiheng_measure::engine::query::{Area, Query};
use zhiheng_record::{Ledger, Project};

use crate::counter::Counter;
use crate::press::Press;
use crate::problem::Problem;
use crate::showcase::Showcase;

/// The desk, shared by all requests.
pub struct Office {
    desk: RwLock<Desk>,
    /// Region with which the pages begin.
    pub(crate) region: RegionCode,
    /// Indicator with which a region's page begins.
    pub(crate) headline: String,
    /// Where documents are made.
    pub(crate) press: Press,
    /// What waits for whom, at a ledger size and on a day.
    tasks: Mutex<Option<Tasks>>,
    /// What programs were answered.
    pub(crate) answers: Answers,
    /// Where files are handed in.
    pub(crate) counter: Option<Counter>,
    /// What is shown to the public.
    pub(crate) showcase: Showcase,
    /// What clients of the repository have left.
    pub(crate) named: Named,
    /// Events and what they tell, once somebody asked.
    repository: OnceCell<Arc<Repository>>,
}

/// How long an upload may lie about.
const SPOOLED: Duration = Duration::from_secs(24 * 3600);
/// Tasks with the ledger size and the day for which they hold.
type Tasks = (u64, Date, Arc<Vec<Task>>);

/// Years back in which figures are looked for.
const YEARS: i32 = 30;

impl Office {
    /// An office over a desk; pages begin with `region` and the indicator `headline`.
    pub fn new(desk: Desk, region: RegionCode, headline: &str) -> Office {
        let named = Named::new(&desk.project.dir().join("trace"));
        let answers = Answers::of(&desk.project);
        Office {
            named,
            answers,
            desk: RwLock::new(desk),
            region,
            headline: headline.to_owned(),
            press: Press::default(),
            tasks: Mutex::default(),
            counter: None,
            showcase: Showcase::default(),
            repository: OnceCell::new(),
        }
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

    /// The project.
    pub(crate) async fn project(&self) -> Project {
        self.desk.read().await.project.clone()
    }

    /// Folders of definitions over the shipped ones, as they are read now.
    pub(crate) fn folders(&self) -> Vec<PathBuf> {
        self.counter.as_ref().map(|counter| counter.reading.folders.clone()).unwrap_or_default()
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

    /// The repository of events.
    pub(crate) async fn repository(&self) -> Result<Arc<Repository>, Problem> {
        let opened = self.repository.get_or_try_init(|| async {
            let (project, ledger) = {
                let desk = self.desk.read().await;
                (desk.project.clone(), desk.ledger.clone())
            };
            let tracing = Tracing::open(&project, ledger).await?;
            Ok::<_, Problem>(Arc::new(Repository::new(tracing, self.named.clone())))
        });
        opened.await.cloned()
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

    /// What waits for whom on a day; read once for each state of the ledger.
    pub(crate) async fn tasks(&self, desk: &Desk, on: Date) -> Result<Arc<Vec<Task>>, Problem> {
        let size = desk.ledger.size().await?;
        {
            let kept = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((_, _, tasks)) = kept.as_ref().filter(|kept| (kept.0, kept.1) == (size, on)) {
                return Ok(Arc::clone(tasks));
            }
        }
        let tasks = Arc::new(desk.tasks(on).await?);
        *self.tasks.lock().unwrap_or_else(PoisonError::into_inner) = Some((size, on, Arc::clone(&tasks)));
        Ok(tasks)
    }

    /// The newest quarter up to a day in which a region has figures of the headline; `None` if there is none.
    pub(crate) async fn newest_quarter(
        &self,
        desk: &Desk,
        region: RegionCode,
        on: Date,
    ) -> Result<Option<Period>, Problem> {
        let mut quarters = vec![Period::of(PeriodKind::Quarter, on)?];
        while let Some(before) =
            quarters.last().and_then(Period::previous).filter(|_| quarters.len() < 4 * YEARS as usize)
        {
            quarters.push(before);
        }
        let table = desk.engine.table(&Query::new(&self.headline, Area::One(region), quarters)).await?;
        let with = table.iter().filter(|measure| measure.records > 0).map(|measure| measure.address.period);
        Ok(with.max_by_key(Period::start))
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
pub(crate) fn year_of(day: Date) -> Result<Period, Problem> {
    Ok(Period::of(PeriodKind::Year, day)?)
}
