//! A report's source and a source of figures → a [`Report`].
//!
//! In reading order: [`evaluate`], then `blocks` and `inline` (the directives), `rows` (several numbers at once),
//! `table` and `figure`, `notes` and `methods` (what a reader must be told besides).

mod address;
mod blocks;
mod captions;
mod cells;
mod control;
mod figure;
pub(crate) mod heading;
mod inline;
mod methods;
mod notes;
mod number;
mod pieces;
mod rows;
mod session;
mod settle;
mod table;
#[cfg(test)]
mod tests;
pub mod tiles;
mod twin;

use zhiheng_base::{Diagnostic, Lang, Level, Period, RegionCode};
use zhiheng_catalog::model::ReportFile;

use crate::figures::Figures;
use crate::language::{self, Text};
use crate::model::{Issue, Pins, Report};
use session::Session;

/// For whom, where and when a report is evaluated.
#[derive(Clone, Debug, PartialEq)]
pub struct EvaluationRequest {
    /// Region of the report.
    pub region: RegionCode,
    /// Period of the report.
    pub period: Period,
    /// Language.
    pub lang: Lang,
    /// Issuing particulars, printed as given.
    pub issue: Issue,
    /// Ledger size, root, catalog digest and program; region and period are filled in. Figures are read at this
    /// ledger size.
    pub pins: Pins,
}

/// Evaluates a report. With an error in the source, or a figure that cannot be computed, the report is what
/// could be made of the rest; the problems say where.
pub fn evaluate(
    file: &ReportFile,
    figures: &dyn Figures,
    request: &EvaluationRequest,
) -> (Report, Vec<Diagnostic>) {
    let (source, mut problems) = language::parse(file);
    problems.extend(language::check(file, &source, figures.catalog()));
    let mut report = Report {
        id: file.head.id.clone(),
        lang: request.lang,
        layout: file.front.layout.clone(),
        title: file.head.name.get(request.lang).to_owned(),
        issue: request.issue.clone(),
        blocks: Vec::new(),
        notes: Vec::new(),
        pins: Pins {
            region: request.region.to_string(),
            period: request.period.to_string(),
            ..request.pins.clone()
        },
        synthetic: None,
    };
    if problems.iter().any(Diagnostic::is_error) {
        return (report, problems);
    }
    problems.extend(wrong_level(file, request));
    let mut session = Session::new(figures, request, Text::of(file), &source);
    let title = session.plain(&source.title);
    if !title.is_empty() {
        report.title = title;
    }
    report.blocks = session.items(&source.items);
    session.finish(&mut report);
    problems.append(&mut session.problems);
    (report, problems)
}

/// A report may be written for some levels only.
fn wrong_level(file: &ReportFile, request: &EvaluationRequest) -> Option<Diagnostic> {
    let level = request.region.level();
    let levels = &file.front.levels;
    (!levels.is_empty() && !levels.iter().any(|word| Level::parse(word) == Some(level))).then(|| {
        Diagnostic::warning("ZH6050")
            .arg("report", &file.head.id)
            .arg("levels", levels.join(", "))
            .arg("level", level.title(request.lang))
            .at(zhiheng_base::Place::File(file.head.origin.file.clone()))
    })
}
