//! What a page shows in figures and sentences, written in the language of reports: a page says what a report says.
//!
//! Titles that state a finding, groups that cannot be told apart, tables behind figures: all of it is decided once, where
//! reports are evaluated.

use tokio::runtime::Handle;
use zhiheng_base::{Diagnostic, Lang, Period, RegionCode, Words};
use zhiheng_catalog::model::{Head, Origin, ReportFile, ReportFront};
use zhiheng_publish::figures::EngineFigures;
use zhiheng_publish::model::{Block, Issue, Pins, Report};
use zhiheng_publish::{EvaluationRequest, evaluate};
use zhiheng_record::verify::to_hex;

use crate::desk::Desk;
use crate::trouble::Trouble;

/// Of what a paper speaks.
#[derive(Clone, Copy, Debug)]
pub struct Paper {
    /// Region.
    pub region: RegionCode,
    /// Period.
    pub period: Period,
    /// Language.
    pub lang: Lang,
    /// Ledger size; now if not given.
    pub as_of: Option<u64>,
}

impl Desk {
    /// Evaluates directives of reports. What stands in `body` is written by the program: nothing that a visitor typed may
    /// come into it, since directives can name other regions.
    ///
    /// Blocks the thread while figures are asked for, so it runs on a runtime of several threads only.
    ///
    /// Errors: those of the figures; a directive that is wrong is an error of ours.
    pub fn paper(&self, body: &str, of: &Paper) -> Result<Report, Trouble> {
        let runtime = Handle::try_current().map_err(|none| Trouble::Internal(Box::new(none)))?;
        let today = of.period.start();
        let file = ReportFile {
            head: Head {
                id: "page".to_owned(),
                name: Words::new("", ""),
                basis: Vec::new(),
                owner: String::new(),
                since: today,
                until: None,
                confirmed: true,
                says: None,
                origin: Origin::default(),
            },
            front: ReportFront {
                kind: "special".to_owned(),
                levels: Vec::new(),
                layout: "gbt9704".to_owned(),
            },
            // The notes on method come last, behind a page break that marks where the body ends.
            body: format!("# {{{{region}}}}\n\n{body}\n\n::pagebreak\n\n::methods\n"),
            body_line: 1,
        };
        let request = self.request(of, String::new(), String::new());
        let figures = EngineFigures::new(&self.engine, runtime);
        let (mut report, problems) = evaluate(&file, &figures, &request);
        if let Some(end) = report.blocks.iter().rposition(|block| *block == Block::PageBreak) {
            report.blocks.truncate(end);
        }
        match problems.into_iter().find(Diagnostic::is_error) {
            Some(problem) => Err(problem.into()),
            None => Ok(report),
        }
    }

    /// Evaluates a report of the catalog, with everything that lets it be made again.
    ///
    /// Blocks the thread as [`Desk::paper`] does.
    ///
    /// Errors: ZH7050 if there is no such report, ZH5007 for a ledger size that is not reached, those of the figures.
    pub async fn report(&self, id: &str, of: &Paper, version: &str) -> Result<Report, Trouble> {
        let runtime = Handle::try_current().map_err(|none| Trouble::Internal(Box::new(none)))?;
        let file = self.catalog.reports.get(id).ok_or_else(|| {
            let known: Vec<&str> = self.catalog.reports.keys().map(String::as_str).collect();
            Diagnostic::error("ZH7050").arg("id", id).arg("known", known.join(", "))
        })?;
        let size = of.as_of.unwrap_or(self.engine.size());
        if size > self.engine.size() {
            return Err(Diagnostic::error("ZH5007")
                .arg("size", self.engine.size())
                .arg("asked", size)
                .into());
        }
        let root = to_hex(&self.ledger.root_at(size).await?);
        let request = self.request(of, root, format!("zhiheng {version}"));
        let figures = EngineFigures::new(&self.engine, runtime);
        let (report, problems) = evaluate(file, &figures, &request);
        match problems.into_iter().find(Diagnostic::is_error) {
            Some(problem) => Err(problem.into()),
            None => Ok(report),
        }
    }

    fn request(&self, of: &Paper, ledger_root: String, program: String) -> EvaluationRequest {
        EvaluationRequest {
            region: of.region,
            period: of.period,
            lang: of.lang,
            issue: Issue::default(),
            pins: Pins {
                ledger_size: of.as_of.unwrap_or(self.engine.size()),
                ledger_root,
                catalog: self.catalog.digest.clone(),
                program,
                ..Pins::default()
            },
        }
    }
}
