//! Which plan a standard prescribes for a lot: code letter, table, arrows, and the judgement of what was found.
//!
//! **What it answers.** For this lot size, inspection level, AQL and severity: how many units, accept with
//! how many?
//!
//! **Rule.** The code letter follows from lot size and level; the cell of letter and AQL is a plan or an
//! arrow to the first plan below or above, which then is used with its own sample size. Where the sample is
//! as large as the lot or larger, the whole lot is inspected. Where there is no double or multiple plan, the
//! single plan (or the double one) is used.
//!
//! **Source.** GB/T 2828.1-2012, clauses 10 and 11, tables 1–4; MIL-STD-105E (1989), tables I–IV.
//!
//! **When not to use it.** For a supervised sampling, which judges a population once: the AQL scheme protects
//! by its switching rules over a series of lots. For isolated lots GB/T 2828.2, for a declared level
//! [`super::declared`].

use super::plan::{Plan, Stage};
use super::tables::{
    AQLS, Cell, Kind, Level, Severity, Standard, code_letter, single_table, stage_size, staged,
};
use crate::refusal::Refusal;

/// What is asked of the tables.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Request {
    /// Whose tables.
    pub standard: Standard,
    /// Single, double or multiple.
    pub kind: Kind,
    /// Severity of inspection.
    pub severity: Severity,
    /// Inspection level.
    pub level: Level,
    /// Acceptance quality limit, in per cent or nonconformities per 100 units; one of [`AQLS`].
    pub aql: f64,
}

/// A plan of the tables.
#[derive(Debug, Clone, PartialEq)]
pub struct Tabulated {
    /// Letter of the plan, arrows followed.
    pub letter: char,
    /// What the plan is: a single one where there is no other.
    pub kind: Kind,
    /// Units, acceptance and rejection number of each stage, the numbers cumulative.
    pub stages: Vec<Stage>,
    /// Whether two independent sources agree on it; otherwise check the printed standard before use.
    pub confirmed: bool,
}

/// How a lot fared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// Whether the lot is accepted.
    pub accepted: bool,
    /// Stage of the decision, from 1.
    pub stage: usize,
    /// Accepted between the acceptance and the rejection number of a reduced plan of MIL-STD-105E: normal
    /// inspection comes back with the next lot.
    pub gap: bool,
}

/// The plan for a lot.
///
/// Refused for a lot below 2 units, an AQL that is not in the tables, and a plan that is not known (see
/// [`super::tables`]).
///
/// ```
/// use zhiheng_methods::acceptance::{scheme::{Request, plan_for_lot}, tables::{Kind, Level, Severity, Standard}};
/// let request = Request {
///     standard: Standard::GbT2828,
///     kind: Kind::Single,
///     severity: Severity::Normal,
///     level: Level::II,
///     aql: 1.5,
/// };
/// // letter F has an arrow to letter G
/// let plan = plan_for_lot(&request, 100).unwrap();
/// assert_eq!((plan.letter, plan.stages[0].n, plan.stages[0].accept), ('G', 32, Some(1)));
/// ```
pub fn plan_for_lot(request: &Request, lot: u64) -> Result<Tabulated, Refusal> {
    plan_for_letter(request, code_letter(lot, request.level)?)
}

/// The plan for a code letter; the level of the request is not needed.
pub fn plan_for_letter(request: &Request, letter: char) -> Result<Tabulated, Refusal> {
    let column = column(request.aql)?;
    let rows = single_table(request.standard, request.severity);
    let mut at = rows.iter().position(|row| row.letter == letter).ok_or_else(|| Refusal::Unknown {
        kind: "code letter",
        name: letter.to_string(),
        known: rows.iter().map(|row| row.letter.to_string()).collect(),
    })?;
    // An arrow never meets one that points back; the count is a belt.
    for _ in 0..rows.len() {
        let Some(row) = rows.get(at) else { break };
        match row.cells.get(column) {
            Some(Cell::Plan(accept, reject)) => {
                return chosen(request, row.letter, row.n, (*accept, *reject));
            }
            Some(Cell::Below) => at += 1,
            Some(Cell::Above) if at > 0 => at -= 1,
            _ => break,
        }
    }
    Err(Refusal::Contradiction { what: format!("the table has no plan for letter {letter} at this AQL") })
}

/// The next tighter AQL, if there is one.
pub fn tighter(aql: f64) -> Result<Option<f64>, Refusal> {
    let at = column(aql)?;
    Ok(at.checked_sub(1).and_then(|at| AQLS.get(at).copied()))
}

fn column(aql: f64) -> Result<usize, Refusal> {
    AQLS.iter().position(|known| (known - aql).abs() <= 1e-9 * known).ok_or_else(|| Refusal::Unknown {
        kind: "AQL",
        name: aql.to_string(),
        known: AQLS.iter().map(ToString::to_string).collect(),
    })
}

fn chosen(request: &Request, letter: char, n: u64, single: (u64, u64)) -> Result<Tabulated, Refusal> {
    // A plan with acceptance number 0 has one sample; so have letters without a double one. Where only the
    // multiple plan is missing, the double plan takes its place.
    for kind in [Kind::Multiple, Kind::Double] {
        let asked = request.kind == kind || request.kind == Kind::Multiple;
        if !asked || single == (0, 1) {
            continue;
        }
        let Some(n) = stage_size(kind, request.severity, letter) else { continue };
        let Some(found) = staged(request.standard, kind, single) else {
            return Err(Refusal::Contradiction {
                what: format!(
                    "the plan in place of Ac {} for letter {letter} is to be confirmed and not in the table",
                    single.0
                ),
            });
        };
        let stages = found.numbers.iter().map(|&(accept, reject)| Stage { n, accept, reject }).collect();
        return Ok(Tabulated { letter, kind, stages, confirmed: found.confirmed });
    }
    let stages = vec![Stage { n, accept: Some(single.0), reject: single.1 }];
    Ok(Tabulated { letter, kind: Kind::Single, stages, confirmed: true })
}

impl Tabulated {
    /// Units in all stages.
    pub fn size(&self) -> u64 {
        self.stages.iter().map(|stage| stage.n).sum()
    }

    /// Whether the first sample is as large as the lot or larger, so that every unit is inspected.
    pub fn whole_lot(&self, lot: u64) -> bool {
        self.stages.first().is_some_and(|stage| stage.n >= lot)
    }

    /// As a [`Plan`], for its curve. A gap between the last numbers accepts, as the standard does.
    pub fn plan(&self) -> Result<Plan, Refusal> {
        let mut stages = self.stages.clone();
        if let Some(last) = stages.last_mut() {
            last.accept = last.reject.checked_sub(1);
        }
        Plan::new(stages)
    }

    /// The verdict on what was found, sample by sample (not cumulative).
    ///
    /// Refused when a decision needs more samples than were given, or samples follow the decision.
    pub fn judge(&self, found: &[u64]) -> Result<Verdict, Refusal> {
        let mut all = 0_u64;
        for (i, stage) in self.stages.iter().enumerate() {
            let Some(here) = found.get(i) else {
                return Err(Refusal::TooFew { what: "found", found: found.len(), needed: i + 1 });
            };
            all = all.saturating_add(*here);
            let accepts = stage.accept.is_some_and(|accept| all <= accept);
            let last = i + 1 == self.stages.len();
            if accepts || all >= stage.reject || last {
                crate::refusal::same_length("found", found.len(), i + 1)?;
                let gap = last && !accepts && all < stage.reject;
                return Ok(Verdict { accepted: accepts || gap, stage: i + 1, gap });
            }
        }
        Err(Refusal::Empty { what: "stages" })
    }
}
