//! A problem inside a formula's text.

use std::ops::Range;

use sqlparser::tokenizer::{Location, Span};
use zhiheng_base::{Diagnostic, Place};

/// A diagnostic and the bytes of the formula it points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormulaProblem {
    /// What is wrong; without a place.
    pub diagnostic: Diagnostic,
    /// Bytes of the formula's text.
    pub range: Range<usize>,
}

impl FormulaProblem {
    pub(super) fn new(diagnostic: Diagnostic, range: Range<usize>) -> FormulaProblem {
        FormulaProblem { diagnostic, range }
    }

    /// The diagnostic, placed in the formula's own text under the name `file` (`--where`).
    pub fn placed(self, file: &str, text: &str) -> Diagnostic {
        let place = place_in(file, text, self.range);
        self.diagnostic.at(place)
    }
}

/// The place of a byte range of a text.
pub(crate) fn place_in(file: &str, text: &str, range: Range<usize>) -> Place {
    let start = floor(text, range.start);
    let end = floor(text, range.end.max(start));
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let stop = end.min(line_end);
    Place::Text {
        file: file.to_owned(),
        line: text[..start].matches('\n').count() as u32 + 1,
        column: text[line_start..start].chars().count() as u32 + 1,
        len: (text[start..stop.max(start)].chars().count() as u32).max(1),
        excerpt: text[line_start..line_end].trim_end_matches('\r').to_owned(),
    }
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Byte offset of a parser location (lines and columns in characters, from 1).
pub(super) fn offset(text: &str, location: Location) -> usize {
    let mut start = 0;
    for _ in 1..location.line {
        match text[start..].find('\n') {
            Some(at) => start += at + 1,
            None => return text.len(),
        }
    }
    let column = usize::try_from(location.column).unwrap_or(usize::MAX).saturating_sub(1);
    text[start..].char_indices().nth(column).map_or(text.len(), |(at, _)| start + at)
}

/// Byte range of a parser span; an empty span means the whole text.
pub(super) fn range(text: &str, span: Span) -> Range<usize> {
    if span == Span::empty() {
        return 0..text.len();
    }
    let start = offset(text, span.start);
    start..offset(text, span.end).max(start)
}
