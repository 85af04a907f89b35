//! What is said at a cell and in the list of errors: one place for both, so that the words agree.

use std::collections::BTreeMap;

use zhiheng_base::words::say;
use zhiheng_base::{Diagnostic, Lang, Place, Severity};

use crate::text::shown;

/// Author of our comments, by which they are found again.
pub(super) const AUTHOR: &str = "Zhiheng";
/// Fill of a wrong cell.
pub(super) const WRONG: u32 = 0x00FF_C7CE;
/// Fill of a flagged cell.
pub(super) const FLAGGED: u32 = 0x00FF_EB9C;
/// Longest text in a cell of ours, in characters; a workbook takes 32,767.
const LONGEST: usize = 2_000;

/// One line of the list of errors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) row: u64,
    /// `E17`; `A17` for whole rows.
    pub(super) cell: String,
    pub(super) has_cell: bool,
    pub(super) severity: Severity,
    pub(super) column: String,
    pub(super) value: String,
    pub(super) message: String,
    pub(super) hint: String,
    pub(super) rule: String,
}

/// The problems that have a row, in order of the file.
pub(super) fn lines(problems: &[Diagnostic], lang: Lang) -> Vec<Line> {
    let mut lines: Vec<Line> = problems
        .iter()
        .filter_map(|problem| {
            let Place::Cell { row, column, .. } = &problem.at else { return None };
            let cell = problem.args.get("cell").cloned();
            Some(Line {
                row: *row,
                has_cell: cell.is_some(),
                cell: cell.unwrap_or_else(|| format!("A{row}")),
                severity: problem.severity,
                column: column.clone().unwrap_or_default(),
                value: problem.args.get("value").cloned().unwrap_or_default(),
                message: shown(&problem.message(lang), LONGEST),
                hint: shown(&problem.hint(lang).unwrap_or_default(), LONGEST),
                rule: problem.rule.clone().unwrap_or_default(),
            })
        })
        .collect();
    lines.sort_by(|a, b| (a.row, &a.cell).cmp(&(b.row, &b.cell)));
    lines
}

/// Per cell: the worst severity and the comment.
pub(super) fn comments(lines: &[Line]) -> BTreeMap<(u64, String), (Severity, String)> {
    let mut comments: BTreeMap<(u64, String), (Severity, String)> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.has_cell) {
        let (severity, text) =
            comments.entry((line.row, line.cell.clone())).or_insert_with(|| (line.severity, String::new()));
        *severity = (*severity).max(line.severity);
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(&line.message);
        if !line.hint.is_empty() {
            text.push('\n');
            text.push_str(&line.hint);
        }
    }
    comments
}

/// Fill of a cell.
pub(super) fn fill(severity: Severity) -> u32 {
    if severity == Severity::Error { WRONG } else { FLAGGED }
}

/// Titles of the list of errors.
pub(super) fn titles(lang: Lang) -> [String; 8] {
    ["row", "cell", "kind", "column", "value", "message", "hint", "rule"]
        .map(|id| say(lang, &format!("intake-list-{id}"), &[]))
}

/// Cells of a line under [`titles`].
pub(super) fn cells(line: &Line, lang: Lang) -> [String; 8] {
    let kind = match line.severity {
        Severity::Error => "intake-kind-error",
        Severity::Warning => "intake-kind-warning",
        Severity::Note => "intake-kind-note",
    };
    [
        line.row.to_string(),
        line.cell.clone(),
        say(lang, kind, &[]),
        line.column.clone(),
        line.value.clone(),
        line.message.clone(),
        line.hint.clone(),
        line.rule.clone(),
    ]
}

/// Widths of the list's columns, in characters.
pub(super) const WIDTHS: [f64; 8] = [8.0, 8.0, 8.0, 18.0, 24.0, 60.0, 60.0, 40.0];

/// A sheet's name as it stands in references.
pub(super) fn quoted_sheet(name: &str) -> String {
    format!("'{}'", name.replace('\'', "''"))
}

/// Name of the sheet with the list of errors.
pub(super) fn sheet_name(lang: Lang) -> String {
    say(lang, "intake-list-sheet", &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_comment_holds_all_problems_of_its_cell() {
        let place = || Place::Cell { file: "f".into(), sheet: None, row: 3, column: Some("x".into()) };
        let problems = vec![
            Diagnostic::warning("ZH3216").arg("value", "a").arg("cell", "B3").at(place()),
            Diagnostic::error("ZH3201").arg("cell", "B3").at(place()),
            Diagnostic::error("ZH3101").at(Place::Cell {
                file: "f".into(),
                sheet: None,
                row: 2,
                column: None,
            }),
            Diagnostic::error("ZH3001").at(Place::File("f".into())),
        ];
        let lines = lines(&problems, Lang::En);
        assert_eq!(lines.iter().map(|line| line.row).collect::<Vec<_>>(), [2, 3, 3]);
        let comments = comments(&lines);
        assert_eq!(comments.len(), 1);
        assert_eq!(comments[&(3, "B3".to_owned())].0, Severity::Error);
        assert_eq!(quoted_sheet("it's"), "'it''s'");
    }
}
