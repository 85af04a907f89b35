//! The engine: catalog × lake → measures.
//!
//! In reading order: [`query`] (what can be asked), [`ask`] (a question to the roll-ups or the lake), `scan` (one
//! pass over the lake), [`finish`] (states → a number with its uncertainty), [`figures`] (the kinds of indicators),
//! [`rows`] (the records behind a number), [`explain`] (how a number came about).

pub mod ask;
pub mod cells;
pub mod change;
pub mod check;
mod conditions;
pub mod contributors;
mod design;
pub mod examples;
pub mod explain;
pub mod figures;
pub mod finish;
pub mod groups;
mod kept;
mod method;
pub mod query;
mod ready;
pub mod records;
pub mod reported;
pub mod rows;
mod scan;
pub mod weighted;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use datafusion::execution::disk_manager::{DiskManagerBuilder, DiskManagerMode};
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::logical_expr::ScalarUDF;
use datafusion::prelude::{SessionConfig, SessionContext};
use zhiheng_base::Diagnostic;
use zhiheng_catalog::Catalog;
use zhiheng_catalog::model::Indicator;

use crate::formula::functions::{PeriodOf, RegionNow};
use crate::lake::leaves::Leaves;
use crate::lake::refresh::Refreshed;
use crate::lake::{Lake, fault};
use crate::places::Places;
use crate::rollup::{RolledUp, Rollup};

/// How much of the machine the engine may use.
#[derive(Clone, Debug)]
pub struct EngineOptions {
    /// Bytes that queries may hold before they spill. Always set: there is no unlimited engine.
    pub memory_limit: usize,
    /// Threads of a query.
    pub threads: usize,
    /// Where queries spill; `None`: a folder within the lake.
    pub spill_dir: Option<PathBuf>,
    /// Rows per batch.
    pub batch_size: usize,
    /// Tables of at most so many records are answered from memory; 0 keeps nothing in memory.
    pub small_rows: u64,
}

impl Default for EngineOptions {
    fn default() -> EngineOptions {
        EngineOptions {
            memory_limit: 1 << 30,
            threads: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            spill_dir: None,
            batch_size: 8192,
            small_rows: 50_000,
        }
    }
}

/// What a refresh of lake and roll-ups did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// The lake.
    pub lake: Refreshed,
    /// The roll-ups.
    pub rollup: RolledUp,
    /// Quarters compacted.
    pub compacted: u64,
}

/// Answers questions about numbers.
pub struct Engine {
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) lake: Lake,
    pub(crate) rollup: Rollup,
    pub(crate) places: Arc<Places>,
    pub(crate) context: SessionContext,
    pub(crate) small_rows: u64,
    pub(crate) kept: kept::Kept,
    threads: usize,
}

impl Engine {
    /// Opens the lake of a project with the catalog that defines its numbers.
    ///
    /// # Errors
    ///
    /// ZH5101 if the lake's folders cannot be made or read.
    pub fn open(
        lake_dir: &Path,
        catalog: Arc<Catalog>,
        options: &EngineOptions,
    ) -> Result<Engine, Diagnostic> {
        let lake = Lake::open(lake_dir, &catalog)?;
        let places = Arc::new(Places::new(Arc::clone(&catalog)));
        let mut rollup = Rollup::open(&lake, &catalog, &places)?;
        rollup.holds(options.small_rows > 0);
        let spill = options.spill_dir.clone().unwrap_or_else(|| lake_dir.join("spill"));
        std::fs::create_dir_all(&spill).map_err(|cause| fault(&spill, cause))?;
        let runtime = RuntimeEnvBuilder::new()
            .with_memory_pool(Arc::new(FairSpillPool::new(options.memory_limit)))
            .with_disk_manager_builder(
                DiskManagerBuilder::default().with_mode(DiskManagerMode::Directories(vec![spill.clone()])),
            )
            .build_arc()
            .map_err(|cause| fault(&spill, cause))?;
        let mut config = SessionConfig::new()
            .with_target_partitions(options.threads.max(1))
            .with_batch_size(options.batch_size.max(1));
        // Texts stay plain texts, as the lake's columns declare them.
        config.options_mut().execution.parquet.schema_force_view_types = false;
        // Shared parts of filters over dictionaries are told to be nullable in one plan and not in the other; the
        // values are the same, and a property test holds them against the catalog's own evaluator.
        config.options_mut().execution.skip_physical_aggregate_schema_check = true;
        let context = SessionContext::new_with_config_rt(config, runtime);
        context.register_udf(ScalarUDF::from(RegionNow::new(Arc::clone(&places))));
        context.register_udf(ScalarUDF::from(PeriodOf::new()));
        Ok(Engine {
            catalog,
            lake,
            rollup,
            places,
            context,
            small_rows: options.small_rows,
            kept: kept::Kept::default(),
            threads: options.threads.max(1),
        })
    }

    /// Brings lake and roll-ups forward to the ledger's size.
    ///
    /// # Errors
    ///
    /// ZH5101 for files; whatever the ledger answers.
    pub async fn refresh(&mut self, ledger: &impl Leaves) -> Result<Report, Diagnostic> {
        let _held = self.hold()?;
        let lake = self.refresh_lake(ledger).await?;
        // Before compaction the new rows lie in small parts of their own, so the roll-ups read little else.
        let rollup = self.refresh_rollup()?;
        let compacted = self.compact(false)?;
        Ok(Report { lake, rollup, compacted })
    }

    /// Whether lake and roll-ups stand at this ledger size; if not, [`Engine::refresh`] has work to do.
    pub fn is_current(&self, size: u64) -> bool {
        self.size() >= size && self.rollup.is_current(&self.lake)
    }

    /// Only the lake's part of [`Engine::refresh`]; the roll-ups stay behind until [`Engine::refresh_rollup`].
    ///
    /// # Errors
    ///
    /// As for [`Engine::refresh`].
    pub async fn refresh_lake(&mut self, ledger: &impl Leaves) -> Result<Refreshed, Diagnostic> {
        let lake = self.lake.refresh(ledger).await?;
        if lake.started_over {
            self.rollup.clear()?;
        }
        Ok(lake)
    }

    /// Brings the roll-ups forward to the lake's size.
    ///
    /// # Errors
    ///
    /// ZH5101 for files, ZH5104 for formulas that cannot be run.
    pub fn refresh_rollup(&mut self) -> Result<RolledUp, Diagnostic> {
        self.rollup.refresh(&self.lake, &self.context, &self.places, self.threads)
    }

    /// Compacts quarters of the lake with many parts; with `all`, every one that is not compact.
    ///
    /// # Errors
    ///
    /// ZH5101 for files.
    pub fn compact(&mut self, all: bool) -> Result<u64, Diagnostic> {
        self.lake.compact(all)
    }

    /// Drops lake and roll-ups and makes them again from the ledger, compacted: the same ledger gives the same
    /// bytes.
    ///
    /// # Errors
    ///
    /// ZH5101 for files; whatever the ledger answers.
    pub async fn rebuild(&mut self, ledger: &impl Leaves) -> Result<Report, Diagnostic> {
        let _held = self.hold()?;
        self.lake.manifest.start_over(self.lake.schemas.values().map(Arc::as_ref));
        self.lake.manifest.tables.clear();
        let mut report = Report { lake: self.lake.refresh(ledger).await?, ..Report::default() };
        report.compacted = self.lake.compact(true)?;
        self.rollup.clear()?;
        report.rollup = self.rollup.refresh(&self.lake, &self.context, &self.places, self.threads)?;
        Ok(report)
    }

    /// One process at a time changes the folder; whoever had to wait goes on from what the other has made. Held until
    /// the answer is dropped.
    fn hold(&mut self) -> Result<File, Diagnostic> {
        let path = self.lake.dir.join("lock");
        let failed = |cause| fault(&path, cause);
        let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
        file.lock().map_err(failed)?;
        self.lake = Lake::open(&self.lake.dir, &self.catalog)?;
        let mut rollup = Rollup::open(&self.lake, &self.catalog, &self.places)?;
        rollup.takes_over(&mut self.rollup);
        self.rollup = rollup;
        Ok(file)
    }

    /// The catalog.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The lake.
    pub fn lake(&self) -> &Lake {
        &self.lake
    }

    /// The roll-ups.
    pub fn rollup(&self) -> &Rollup {
        &self.rollup
    }

    /// Ledger size that numbers without `@size` are computed at.
    pub fn size(&self) -> u64 {
        self.lake.size()
    }

    /// The indicator with this id.
    ///
    /// # Errors
    ///
    /// ZH5005 with the nearest id.
    pub fn indicator(&self, id: &str) -> Result<&Indicator, Diagnostic> {
        self.catalog.indicators.get(id).ok_or_else(|| {
            let nearest = self.catalog.indicators.keys().min_by_key(|known| distance(known, id));
            Diagnostic::error("ZH5005")
                .arg("indicator", id)
                .arg("nearest", nearest.map_or("", String::as_str))
        })
    }
}

/// Changes of single characters that lead from one text to the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, &y) in b.iter().enumerate() {
            let cost = if x == y { corner } else { corner.min(row[j]).min(row[j + 1]) + 1 };
            corner = row[j + 1];
            row[j + 1] = cost;
        }
    }
    row[b.len()]
}
