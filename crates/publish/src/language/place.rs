//! Where something stands in a report's file.

use zhiheng_base::Place;
use zhiheng_catalog::model::ReportFile;

/// A stretch of the body, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
}

impl Span {
    /// From `start` up to `end`.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start, end }
    }

    /// Both and what lies between.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// The body of a report and where it begins in its file.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    /// File as the catalog names it.
    pub file: &'a str,
    /// Body.
    pub body: &'a str,
    /// Line of the file on which the body begins, from 1.
    pub first_line: u32,
}

impl<'a> Text<'a> {
    /// The text of a report file.
    pub fn of(report: &'a ReportFile) -> Text<'a> {
        Text { file: &report.head.origin.file, body: &report.body, first_line: report.body_line.max(1) }
    }

    /// The place of a span: line and column count in characters, and a span over several lines is cut at the
    /// end of its first line.
    pub fn place(&self, span: Span) -> Place {
        let start = floor(self.body, span.start);
        let end = floor(self.body, span.end).max(start);
        let line_start = self.body[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = self.body[start..].find('\n').map_or(self.body.len(), |at| start + at);
        let line = self.body[..start].bytes().filter(|&b| b == b'\n').count();
        Place::Text {
            file: self.file.to_owned(),
            line: self.first_line.saturating_add(u32::try_from(line).unwrap_or(u32::MAX)),
            column: n_chars(&self.body[line_start..start]) + 1,
            len: n_chars(&self.body[start..end.min(line_end).max(start)]).max(1),
            excerpt: self.body[line_start..line_end].trim_end_matches('\r').to_owned(),
        }
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

fn n_chars(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}
