//! What every command needs: language, formats, catalog, project. Loaded when first asked for.

use std::cell::OnceCell;
use std::future::Future;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use anyhow::Context as _;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use zhiheng_base::words::{Lang, say};
use zhiheng_base::{Date, Diagnostic};
use zhiheng_catalog::Catalog;
use zhiheng_desk::Moment;
use zhiheng_record::{Ledger, LedgerError, Project};

use crate::args::{Format, Global};
use crate::failure::{Failure, show};
use crate::output::default_format;
use crate::progress::Progress;

/// The setting of one command.
pub(crate) struct Context {
    pub(crate) global: Global,
    pub(crate) lang: Lang,
    runtime: tokio::runtime::Runtime,
    catalog: OnceCell<Arc<Catalog>>,
    project: OnceCell<Rc<Project>>,
}

impl Context {
    pub(crate) fn new(global: Global, lang: Lang) -> anyhow::Result<Context> {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().enable_all().build().context("tokio runtime")?;
        Ok(Context { global, lang, runtime, catalog: OnceCell::new(), project: OnceCell::new() })
    }

    /// Runs asynchronous work to its end.
    pub(crate) fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// The runtime, for work that waits from within.
    pub(crate) fn handle(&self) -> tokio::runtime::Handle {
        self.runtime.handle().clone()
    }

    /// The sentence `id`.
    pub(crate) fn say(&self, id: &str, args: &[(&str, &str)]) -> String {
        say(self.lang, id, args)
    }

    /// The format asked for, or the one that suits where stdout goes.
    pub(crate) fn format(&self) -> Format {
        self.global.format.unwrap_or_else(default_format)
    }

    /// True when the answer is for people: a table on a terminal or asked for.
    pub(crate) fn is_plain(&self) -> bool {
        matches!(self.global.format, None | Some(Format::Table))
    }

    /// A progress bar that says the message `id`.
    pub(crate) fn progress(&self, id: &str, total: u64) -> Progress {
        Progress::new(self.say(id, &[]), total, !self.global.quiet && !self.global.no_progress)
    }

    /// Says something on stderr unless `--quiet`.
    pub(crate) fn note(&self, text: &str) {
        if !self.global.quiet {
            crate::output::note(text);
        }
    }

    /// Folders of definitions over the shipped ones: the project's, then those given.
    pub(crate) fn catalog_folders(&self) -> Vec<PathBuf> {
        let mut folders = match self.project() {
            Ok(project) => project.catalogs(),
            Err(_) => Vec::new(),
        };
        folders.extend(self.global.catalog.iter().cloned());
        folders
    }

    /// The catalog. Warnings are shown; errors end the command.
    pub(crate) fn catalog(&self) -> Result<Arc<Catalog>, Failure> {
        if let Some(catalog) = self.catalog.get() {
            return Ok(catalog.clone());
        }
        if let Some(digest) = &self.global.rules {
            let (project, ledger) = self.ledger()?;
            let then = self.wait(zhiheng_desk::rules::adopted(&project, &ledger, digest))?;
            return Ok(self.catalog.get_or_init(|| then).clone());
        }
        let folders = self.catalog_folders();
        let paths: Vec<&std::path::Path> = folders.iter().map(PathBuf::as_path).collect();
        let loaded = zhiheng_catalog::load(&paths);
        let (errors, others): (Vec<Diagnostic>, Vec<Diagnostic>) =
            loaded.problems.into_iter().partition(Diagnostic::is_error);
        if !errors.is_empty() {
            return Err(Failure::Problems(errors));
        }
        let warnings: Vec<Diagnostic> = others
            .into_iter()
            .filter(|problem| problem.severity == zhiheng_base::Severity::Warning)
            .collect();
        if !self.global.quiet {
            show(&warnings, self.lang, self.global.color);
        }
        Ok(self.catalog.get_or_init(|| Arc::new(loaded.catalog)).clone())
    }

    /// The project in `--project`.
    pub(crate) fn project(&self) -> Result<Rc<Project>, Failure> {
        if let Some(project) = self.project.get() {
            return Ok(project.clone());
        }
        let project = Project::open(&self.global.project)?;
        Ok(self.project.get_or_init(|| Rc::new(project)).clone())
    }

    /// The project and its ledger. A ledger that raises an alarm is named on stderr; it takes no writes.
    pub(crate) fn ledger(&self) -> Result<(Rc<Project>, Ledger), Failure> {
        let project = self.project()?;
        let ledger = self.wait(project.ledger())?;
        if let Some(alarm) = ledger.alarm() {
            show(&[alarm], self.lang, self.global.color);
        }
        Ok((project, ledger))
    }

    /// Now, to the microsecond, as both databases keep it. `ZHIHENG_NOW` fixes it for tests.
    pub(crate) fn now(&self) -> Timestamp {
        let fixed = std::env::var("ZHIHENG_NOW").ok().and_then(|text| text.parse().ok());
        fixed.unwrap_or_else(Timestamp::now)
    }

    /// Now, and today.
    pub(crate) fn moment(&self) -> Moment {
        Moment { at: self.now(), today: self.today() }
    }

    /// Today in China, which decides whether a date lies in the future. `ZHIHENG_TODAY` fixes it for tests.
    pub(crate) fn today(&self) -> Date {
        let fixed = std::env::var("ZHIHENG_TODAY").ok().and_then(|text| text.parse().ok());
        fixed.unwrap_or_else(|| {
            let china = TimeZone::fixed(jiff::tz::offset(8));
            self.now().to_zoned(china).date()
        })
    }
}

impl From<LedgerError> for Failure {
    fn from(error: LedgerError) -> Failure {
        match error.diagnostic() {
            Some(problem) if error.is_machine() => Failure::Machine(problem),
            Some(problem) => Failure::Problems(vec![problem]),
            None => Failure::Internal(error.into()),
        }
    }
}
