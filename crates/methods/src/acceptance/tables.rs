//! The tables of GB/T 2828.1-2012 and MIL-STD-105E as data, and what is not yet confirmed in them.
//!
//! The files in `tables/` name their source and how each was checked. GB/T 2828.1-2012 is ISO 2859-1:1999;
//! MIL-STD-105E is ANSI/ASQ Z1.4. The single plans of both for normal and tightened inspection are the same
//! but for one cell (letter A, AQL 10, tightened); the reduced ones and the double and multiple ones differ.
//! Double and multiple plans of GB/T 2828.1 have been checked against one source only: they say so wherever
//! they appear.

use std::sync::OnceLock;

use crate::frame::Frame;
use crate::refusal::Refusal;

/// Which standard's tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standard {
    /// GB/T 2828.1-2012, identical with ISO 2859-1:1999.
    GbT2828,
    /// MIL-STD-105E of 1989, also ANSI/ASQ Z1.4.
    MilStd105e,
}

/// Inspection level: how much is inspected for a lot of a given size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Special level S-1.
    S1,
    /// Special level S-2.
    S2,
    /// Special level S-3.
    S3,
    /// Special level S-4.
    S4,
    /// General level I, less discrimination.
    I,
    /// General level II, unless agreed otherwise.
    II,
    /// General level III, more discrimination.
    III,
}

/// Severity of inspection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Normal inspection.
    Normal,
    /// Tightened inspection.
    Tightened,
    /// Reduced inspection.
    Reduced,
}

/// Kind of plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One sample.
    Single,
    /// Up to two samples.
    Double,
    /// Up to five (GB/T 2828.1) or seven (MIL-STD-105E) samples.
    Multiple,
}

/// The AQLs of the tables, in per cent nonconforming (to 10) or nonconformities per 100 units.
pub const AQLS: [f64; 26] = [
    0.010, 0.015, 0.025, 0.040, 0.065, 0.10, 0.15, 0.25, 0.40, 0.65, 1.0, 1.5, 2.5, 4.0, 6.5, 10.0, 15.0,
    25.0, 40.0, 65.0, 100.0, 150.0, 250.0, 400.0, 650.0, 1000.0,
];

/// A cell of a single sampling table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// Acceptance and rejection number.
    Plan(u64, u64),
    /// The first plan below, with its own sample size.
    Below,
    /// The first plan above, with its own sample size.
    Above,
    /// No plan and no arrow.
    Nothing,
}

/// A row of a single sampling table.
#[derive(Debug, Clone)]
pub struct Row {
    /// Code letter.
    pub letter: char,
    /// Sample size.
    pub n: u64,
    /// One cell per AQL of [`AQLS`].
    pub cells: Vec<Cell>,
}

/// Acceptance and rejection numbers of a double or multiple plan, cumulative, stage by stage.
pub(super) type Numbers = Vec<(Option<u64>, u64)>;

/// A double or multiple plan, by the single plan whose place it takes.
#[derive(Debug)]
pub(super) struct Staged {
    standard: Standard,
    kind: Kind,
    single: (u64, u64),
    pub(super) numbers: Numbers,
    pub(super) confirmed: bool,
}

struct Tables {
    letters: Vec<(u64, Vec<char>)>,
    single: Vec<(Standard, Severity, Vec<Row>)>,
    sizes: Vec<(Severity, char, Option<u64>, Option<u64>)>,
    staged: Vec<Staged>,
}

/// The code letter for a lot (GB/T 2828.1 table 1). Refused below 2 units.
///
/// ```
/// use zhiheng_methods::acceptance::tables::{Level, code_letter};
/// assert_eq!(code_letter(1000, Level::II).unwrap(), 'J');
/// ```
pub fn code_letter(lot: u64, level: Level) -> Result<char, Refusal> {
    let row = tables().letters.iter().rev().find(|(from, _)| *from <= lot);
    row.and_then(|(_, letters)| letters.get(level as usize).copied()).ok_or(Refusal::OutOfRange {
        what: "lot",
        value: lot as f64,
        allowed: ">= 2",
    })
}

/// The rows of a single sampling table.
pub fn single_table(standard: Standard, severity: Severity) -> &'static [Row] {
    let found = tables().single.iter().find(|(s, v, _)| (*s, *v) == (standard, severity));
    found.map_or(&[], |(_, _, rows)| rows)
}

/// Sample size of each stage of a double or multiple plan of a letter, if there is one.
pub(super) fn stage_size(kind: Kind, severity: Severity, letter: char) -> Option<u64> {
    let row = tables().sizes.iter().find(|row| (row.0, row.1) == (severity, letter))?;
    if kind == Kind::Double { row.2 } else { row.3 }
}

/// The double or multiple plan in the place of a single one, if it is known.
pub(super) fn staged(standard: Standard, kind: Kind, single: (u64, u64)) -> Option<&'static Staged> {
    tables().staged.iter().find(|it| (it.standard, it.kind, it.single) == (standard, kind, single))
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| Tables {
        letters: rows(include_str!("../../tables/code_letters.csv"), letters),
        single: [
            (Standard::GbT2828, include_str!("../../tables/gbt2828_1_single.csv")),
            (Standard::MilStd105e, include_str!("../../tables/mil_std_105e_single.csv")),
        ]
        .into_iter()
        .flat_map(|(standard, text)| {
            [Severity::Normal, Severity::Tightened, Severity::Reduced]
                .map(|severity| (standard, severity, rows(text, |cells| row(severity, cells))))
        })
        .collect(),
        sizes: rows(include_str!("../../tables/stage_sizes.csv"), sizes),
        staged: rows(include_str!("../../tables/staged_plans.csv"), plan),
    })
}

/// What `read` makes of every row of a table of the standards. A row that does not read is left out, and the tests
/// count what must be there.
fn rows<T>(text: &str, read: impl Fn(&[&str]) -> Option<T>) -> Vec<T> {
    let table = Frame::from_table(text).unwrap_or_default();
    let columns: Vec<&[String]> = table.names().filter_map(|name| table.texts(name).ok()).collect();
    let row = |at: usize| columns.iter().map(|column| column[at].as_str()).collect::<Vec<&str>>();
    (0..table.n_rows()).filter_map(|at| read(&row(at))).collect()
}

fn letters(cells: &[&str]) -> Option<(u64, Vec<char>)> {
    let letters = cells.get(1..)?.iter().map(|cell| cell.chars().next()).collect::<Option<_>>()?;
    Some((cells.first()?.parse().ok()?, letters))
}

fn severity(name: &str) -> Option<Severity> {
    match name {
        "normal" => Some(Severity::Normal),
        "tightened" => Some(Severity::Tightened),
        "reduced" => Some(Severity::Reduced),
        _ => None,
    }
}

fn row(wanted: Severity, cells: &[&str]) -> Option<Row> {
    if severity(cells.first()?)? != wanted {
        return None;
    }
    let cell = |text: &&str| match *text {
        "v" => Some(Cell::Below),
        "^" => Some(Cell::Above),
        "" => Some(Cell::Nothing),
        text => pair(text).map(|(accept, reject)| Cell::Plan(accept, reject)),
    };
    Some(Row {
        letter: cells.get(1)?.chars().next()?,
        n: cells.get(2)?.parse().ok()?,
        cells: cells.get(3..)?.iter().map(cell).collect::<Option<_>>()?,
    })
}

fn pair(text: &str) -> Option<(u64, u64)> {
    let (accept, reject) = text.split_once('/')?;
    Some((accept.parse().ok()?, reject.parse().ok()?))
}

fn sizes(cells: &[&str]) -> Option<(Severity, char, Option<u64>, Option<u64>)> {
    let size = |at: usize| cells.get(at).and_then(|cell| cell.parse().ok());
    Some((severity(cells.first()?)?, cells.get(1)?.chars().next()?, size(2), size(3)))
}

fn plan(cells: &[&str]) -> Option<Staged> {
    let standard = match *cells.first()? {
        "gbt2828_1" => Standard::GbT2828,
        "mil_std_105e" => Standard::MilStd105e,
        _ => return None,
    };
    let kind = match *cells.get(1)? {
        "double" => Kind::Double,
        "multiple" => Kind::Multiple,
        _ => return None,
    };
    let stage = |text: &str| {
        let (accept, reject) = text.split_once(':')?;
        let accept = if accept == "-" { None } else { Some(accept.parse().ok()?) };
        Some((accept, reject.parse().ok()?))
    };
    Some(Staged {
        standard,
        kind,
        single: pair(cells.get(2)?)?,
        numbers: cells.get(3)?.split(' ').map(stage).collect::<Option<_>>()?,
        confirmed: *cells.get(4)? == "confirmed",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_reads() {
        assert_eq!(tables().letters.len(), 15);
        assert!(tables().letters.iter().all(|(_, letters)| letters.len() == 7));
        for standard in [Standard::GbT2828, Standard::MilStd105e] {
            for severity in [Severity::Normal, Severity::Tightened, Severity::Reduced] {
                let rows = single_table(standard, severity);
                assert_eq!(rows.len(), if severity == Severity::Tightened { 17 } else { 16 });
                assert!(rows.iter().all(|row| row.cells.len() == AQLS.len()));
            }
        }
        assert_eq!(tables().sizes.len(), 49);
        assert_eq!(tables().staged.len(), 70);
    }

    /// The last stage decides, save for the gap of reduced plans in MIL-STD-105E, and no series falls.
    #[test]
    fn staged_plans_are_plans() {
        for it in &tables().staged {
            let stages = match (it.kind, it.standard) {
                (Kind::Double, _) => 2,
                (_, Standard::GbT2828) => 5,
                _ => 7,
            };
            assert_eq!(it.numbers.len(), stages, "{it:?}");
            assert!(
                it.numbers.windows(2).all(|pair| pair[0].0 <= pair[1].0 && pair[0].1 <= pair[1].1),
                "{it:?}"
            );
            let (accept, reject) = it.numbers[stages - 1];
            let gap = it.single.1 - it.single.0 > 1;
            assert!(if gap { accept < Some(reject) } else { accept == Some(reject - 1) }, "{it:?}");
        }
    }
}
