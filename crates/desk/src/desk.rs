//! The desk itself: everything that work on a project rests on, opened once.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use zhiheng_act::case::Staff;
use zhiheng_act::clock::Calendar;
use zhiheng_base::Date;
use zhiheng_catalog::Catalog;
use zhiheng_measure::engine::{Engine, EngineOptions};
use zhiheng_record::{Ledger, Project};

use crate::people::staff;
use crate::trouble::Trouble;

/// File of the working-day calendar in a catalog.
const HOLIDAYS: &str = "base/holidays.csv";

/// When something is done: the instant that the ledger keeps, and the day in China on which clocks and checks go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The instant.
    pub at: Timestamp,
    /// The day.
    pub today: Date,
}

/// A project at work.
pub struct Desk {
    /// The folder.
    pub project: Project,
    /// The definitions.
    pub catalog: Arc<Catalog>,
    /// Working days.
    pub calendar: Calendar,
    /// Who holds which role.
    pub staff: Staff,
    /// What has happened.
    pub ledger: Ledger,
    /// What it comes to in figures.
    pub engine: Engine,
}

impl Desk {
    /// Opens the project's ledger and brings its figures and people up to it. `folders` are the catalog folders over the shipped
    /// definitions, from which the calendar of working days is taken if one of them has it.
    ///
    /// Errors: those of the ledger, the lake and the calendar.
    pub async fn open(
        project: Project,
        catalog: Arc<Catalog>,
        folders: &[PathBuf],
        options: &EngineOptions,
    ) -> Result<Desk, Trouble> {
        let ledger = project.ledger().await?;
        let engine = Engine::open(&project.lake(), Arc::clone(&catalog), options)?;
        Desk::with(project, catalog, folders, ledger, engine).await
    }

    /// As [`Desk::open`], over a ledger and an engine that are open already.
    ///
    /// Errors: those of the lake and the calendar.
    pub async fn with(
        project: Project,
        catalog: Arc<Catalog>,
        folders: &[PathBuf],
        ledger: Ledger,
        engine: Engine,
    ) -> Result<Desk, Trouble> {
        let calendar = calendar(folders)?;
        let mut desk = Desk { project, catalog, calendar, staff: Staff::default(), ledger, engine };
        desk.refresh().await?;
        Ok(desk)
    }

    /// Brings figures and people up to the ledger's size.
    ///
    /// Errors: those of the lake.
    pub async fn refresh(&mut self) -> Result<(), Trouble> {
        let size = self.ledger.size().await?;
        if !self.engine.is_current(size) {
            self.engine.refresh(&self.ledger).await?;
        }
        self.staff = staff(&self.engine).await?;
        Ok(())
    }
}

/// The calendar of working days: that of the last folder that has one, else the shipped one.
///
/// Errors: those of reading the file, and of its lines.
pub fn calendar(folders: &[PathBuf]) -> Result<Calendar, Trouble> {
    for folder in folders.iter().rev() {
        let path = folder.join(HOLIDAYS);
        if path.is_file() {
            return Ok(Calendar::parse(&std::fs::read_to_string(&path)?, "")?);
        }
    }
    Ok(Calendar::parse(zhiheng_catalog::shipped(HOLIDAYS).unwrap_or_default(), "")?)
}
