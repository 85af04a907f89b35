//! A panel at work: declarations of interest, sheets that nobody else sees until all are sealed, and the score that comes of them.
//!
//! ```text
//! declare → mark (kept as often as one likes) → seal → … all sealed → open → settle
//!           panels/, the owner's alone       digest in the ledger   points in the ledger   assessment.score
//! ```
//!
//! A sealed sheet leaves its SHA-256 in the ledger before anybody knows its points. When the sheets are opened, their points and
//! salts go into the ledger, too; whoever doubts that a score was changed in between computes the digest again
//! ([`sheet::digest`]). Opening happens once enough different persons have sealed ([`zhiheng_catalog::model::Panel`]).

mod read;
pub mod sheet;
mod steps;

pub use read::{Interest, Opinion, Seal, Standing};
pub use sheet::{Sheet, Sheets};
pub use steps::{Agreed, Settling};

use zhiheng_base::{Diagnostic, Period, RegionCode};
use zhiheng_catalog::model::{Panel, Scheme};

/// What a panel scores: one place in one period by one scheme.
#[derive(Clone, Copy, Debug)]
pub struct Round<'c> {
    /// The scheme.
    pub scheme: &'c Scheme,
    /// Its panel.
    pub panel: &'c Panel,
    /// The place.
    pub place: RegionCode,
    /// The period.
    pub period: Period,
}

impl<'c> Round<'c> {
    /// The round of a place.
    ///
    /// Errors: ZH7330 the scheme has no panel, ZH7331 it does not assess places of this level.
    pub fn of(scheme: &'c Scheme, place: RegionCode, period: Period) -> Result<Round<'c>, Diagnostic> {
        let id = &scheme.head.id;
        let panel = scheme.panel.as_ref().ok_or_else(|| Diagnostic::error("ZH7330").arg("scheme", id))?;
        if place.level() != scheme.assesses {
            return Err(Diagnostic::error("ZH7331").arg("scheme", id).arg("level", scheme.assesses.word()));
        }
        Ok(Round { scheme, panel, place, period })
    }

    /// Its name in submissions.
    fn name(&self) -> String {
        format!("{}/{}/{}/{}", self.scheme.head.id, self.place, self.period, self.panel.stage)
    }
}
