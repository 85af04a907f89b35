//! The desk as the command uses it: waiting for each answer, saying where the time goes.

use std::ops::Deref;

use zhiheng_act::case::{Case, Evidence, World};
use zhiheng_base::Diagnostic;
use zhiheng_desk::{Trouble, form};
use zhiheng_record::CaseHead;

use crate::commands::measure::engine;
use crate::context::Context;
use crate::failure::Failure;

/// Everything that cases of a project rest on.
pub(crate) struct Desk<'c> {
    pub(crate) context: &'c Context,
    desk: zhiheng_desk::Desk,
}

impl Deref for Desk<'_> {
    type Target = zhiheng_desk::Desk;

    fn deref(&self) -> &zhiheng_desk::Desk {
        &self.desk
    }
}

impl<'c> Desk<'c> {
    /// The project's desk; people as the registers have them now.
    pub(crate) fn open(context: &'c Context) -> Result<Desk<'c>, Failure> {
        let desk = opened(context)?;
        Ok(Desk { context, desk })
    }

    /// As [`zhiheng_desk::Desk::within`], today.
    pub(crate) fn within<T>(&self, below: &[Case], work: impl FnOnce(World<'_>) -> T) -> Result<T, Failure> {
        let runtime = self.context.handle();
        let _inside = runtime.enter();
        Ok(self.desk.within(self.context.today(), below, work)?)
    }

    /// As [`zhiheng_desk::Desk::case`].
    pub(crate) fn case(&self, number: &str, as_of: Option<u64>) -> Result<Case, Failure> {
        Ok(self.context.wait(self.desk.case(number, as_of))?)
    }

    /// As [`zhiheng_desk::Desk::below`].
    pub(crate) fn below(&self, number: &str) -> Result<Vec<Case>, Failure> {
        Ok(self.context.wait(self.desk.below(number))?)
    }

    /// As [`zhiheng_desk::Desk::open_cases`].
    pub(crate) fn open_cases(&self, family: Option<&str>) -> Result<Vec<CaseHead>, Failure> {
        Ok(self.context.wait(self.desk.open_cases(family))?)
    }
}

/// The desk itself, for work that keeps it.
pub(crate) fn opened(context: &Context) -> Result<zhiheng_desk::Desk, Failure> {
    let catalog = context.catalog()?;
    let (project, ledger) = context.ledger()?;
    let (engine, folders) = (engine(context)?, context.catalog_folders());
    let project = (*project).clone();
    Ok(context.wait(zhiheng_desk::Desk::with(project, catalog, &folders, ledger, engine))?)
}

/// `kind=path` pairs as files kept by the project.
///
/// Errors: ZH7033 for a pair without `=`, ZH8228 for files that cannot be read.
pub(crate) fn attached(context: &Context, texts: &[String]) -> Result<Vec<Evidence>, Failure> {
    let project = context.project()?;
    let pairs = form::pairs(texts)?;
    let kept = pairs.iter().map(|(kind, path)| {
        let file = std::fs::File::open(path)
            .map_err(|error| Diagnostic::error("ZH8228").arg("file", path).arg("why", error))?;
        form::keep(&project, kind, path, file)
    });
    Ok(kept.collect::<Result<Vec<_>, Trouble>>()?)
}
