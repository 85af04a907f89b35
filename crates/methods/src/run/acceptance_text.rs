//! Cells that hold several numbers (`20;20`), yes and no, and the names of states.

use super::{Cell, Frame};
use crate::acceptance::Plan;
use crate::acceptance::switching::State;
use crate::acceptance::tables::{Kind, Severity};
use crate::refusal::Refusal;

/// The plan of a row: `n`, `c` and, unless every rejection number is one more, `r`; `;` between stages, `#`
/// where a stage does not accept.
pub(super) fn plan(frame: &Frame, row: usize) -> Result<Plan, Refusal> {
    let n = cell(frame, "n", row, numbers)?;
    let accept = cell(frame, "c", row, |text| {
        split(text, |part| match part {
            "#" | "-" | "-1" => Some(None),
            part => part.parse().ok().map(Some),
        })
    })?;
    let reject = if frame.has("r") && !frame.texts("r")?[row].trim().is_empty() {
        cell(frame, "r", row, numbers)?
    } else {
        accept
            .iter()
            .map(|accept: &Option<u64>| accept.map_or(1, |accept| accept.saturating_add(1)))
            .collect()
    };
    Plan::from_numbers(&n, &accept, &reject)
}

/// The whole numbers of a cell, `;` between them.
pub(super) fn numbers(text: &str) -> Option<Vec<u64>> {
    split(text, |part| part.parse().ok())
}

fn split<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    text.split(';').map(|part| read(part.trim())).collect()
}

fn cell<T>(frame: &Frame, column: &str, row: usize, read: impl Fn(&str) -> Option<T>) -> Result<T, Refusal> {
    let text = frame.texts(column)?.get(row).map_or("", String::as_str);
    read(text.trim()).ok_or_else(|| Refusal::Cell {
        column: column.to_owned(),
        row,
        text: text.to_owned(),
        needed: "list of counts, as 20;20",
    })
}

/// Numbers as one cell.
pub(super) fn join(parts: impl Iterator<Item = String>) -> Cell {
    Cell::Text(parts.collect::<Vec<_>>().join(";"))
}

/// A column of yes and no, or `default` where it is missing or blank.
pub(in crate::run) fn flags(frame: &Frame, column: &str, default: bool) -> Result<Vec<bool>, Refusal> {
    if !frame.has(column) {
        return Ok(vec![default; frame.n_rows()]);
    }
    frame.each(column, "yes or no", |text| match text.to_ascii_lowercase().as_str() {
        "" | "na" => Some(default),
        "yes" | "true" | "1" => Some(true),
        "no" | "false" | "0" => Some(false),
        _ => None,
    })
}

pub(super) fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Normal => "normal",
        Severity::Tightened => "tightened",
        Severity::Reduced => "reduced",
    }
}

pub(super) fn state_name(state: State) -> &'static str {
    match state {
        State::Inspect(severity) => severity_name(severity),
        State::Discontinued => "discontinued",
    }
}

pub(super) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Single => "single",
        Kind::Double => "double",
        Kind::Multiple => "multiple",
    }
}
