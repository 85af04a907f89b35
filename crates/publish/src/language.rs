//! The report language: Markdown with directives, parsed and checked before anything is computed.
//!
//! [`parse`] reads the body of a report into [`Source`]; [`check`] compares every directive with the catalog. Both
//! answer problems with their place in the file. The language is described in `docs/reference/reports.md`.

mod ast;
mod blocks;
mod call;
mod check;
mod form;
mod inline;
mod over;
mod place;
#[cfg(test)]
mod shipped;
#[cfg(test)]
mod tests;
mod value;

pub use ast::{Call, Item, Piece, Source, Subject, Word};
pub use check::check;
pub(crate) use inline::is_wide;
pub use over::{From, Over};
pub use place::{Span, Text};
pub use value::{Column, FigureKind, Order};

use zhiheng_base::Diagnostic;
use zhiheng_catalog::model::ReportFile;

/// Reads text with inline directives that stands in an option, such as a caption. What cannot be read is left out.
pub(crate) fn inline_text(text: &Text<'_>) -> Vec<Piece> {
    inline::parse(text, text.body, Span::new(0, text.body.len()), &mut Vec::new())
}

/// Reads the body of a report. Problems never stop the rest: what cannot be read is left out.
pub fn parse(report: &ReportFile) -> (Source, Vec<Diagnostic>) {
    blocks::parse(&Text::of(report))
}
