//! The engine of measures as a source of figures.

use std::future::Future;

use tokio::runtime::{Handle, RuntimeFlavor};
use zhiheng_base::Diagnostic;
use zhiheng_catalog::Catalog;
use zhiheng_measure::{Address, Area, Engine, Measure, Query};

use super::{By, Figures, Series};

/// Asks an [`Engine`] and waits for its answers.
///
/// Evaluation itself waits for nothing else, so it may run on a thread of its own or on a worker of a multi-threaded
/// runtime; not on a single-threaded one, which would wait for itself.
pub struct EngineFigures<'a> {
    engine: &'a Engine,
    runtime: Handle,
}

impl<'a> EngineFigures<'a> {
    /// Figures of `engine`, whose work runs on `runtime`.
    pub fn new(engine: &'a Engine, runtime: Handle) -> EngineFigures<'a> {
        EngineFigures { engine, runtime }
    }

    fn wait<T>(&self, answer: impl Future<Output = T>) -> T {
        match Handle::try_current() {
            Ok(here) if here.runtime_flavor() != RuntimeFlavor::CurrentThread => {
                tokio::task::block_in_place(|| self.runtime.block_on(answer))
            }
            _ => self.runtime.block_on(answer),
        }
    }
}

impl Figures for EngineFigures<'_> {
    fn catalog(&self) -> &Catalog {
        self.engine.catalog()
    }

    fn measure(&self, address: &Address) -> Result<Measure, Diagnostic> {
        self.wait(self.engine.measure(address))
    }

    fn series(&self, series: &Series) -> Result<Vec<Measure>, Diagnostic> {
        let mut query = Query::of(&series.base);
        match &series.by {
            By::Region(level) => query.area = Area::Below(series.base.region, *level),
            By::Period(periods) if periods.is_empty() => return Ok(Vec::new()),
            By::Period(periods) => query.periods.clone_from(periods),
            By::Dimension(dimension) => query = query.by(dimension.clone()),
        }
        self.wait(self.engine.table(&query))
    }
}
