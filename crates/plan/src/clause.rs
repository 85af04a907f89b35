//! Clauses of responsibility letters and of action plans: what is promised, who leads, what proves it.

use serde::{Deserialize, Serialize};
use zhiheng_base::{Decimal, Diagnostic, Period, PeriodKind};

use crate::row::{FromRow, Row, unreadable};
use crate::task::Task;

/// A clause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clause {
    /// Letter or action plan that it stands in.
    pub letter: String,
    /// Version of the letter, from 1.
    pub version: i64,
    /// Number within it.
    pub number: String,
    /// What is to be done or reached.
    pub says: String,
    /// Indicator that it is measured by.
    pub indicator: Option<String>,
    /// Number of the target.
    pub target: Option<String>,
    /// Share of the full score.
    pub weight: Option<Decimal>,
    /// Leading unit (牵头单位).
    pub lead: Option<String>,
    /// Joint units (配合单位).
    pub joint: Vec<String>,
    /// What is handed in as proof.
    pub evidence: Vec<String>,
    /// What follows if it is not kept.
    pub consequence: Option<String>,
    /// How often: once in the year, or in each of its parts.
    pub each: Option<PeriodKind>,
    /// Ledger entry.
    pub entry: u64,
}

impl FromRow for Clause {
    const OF: &'static str = "responsibility.clause";

    fn from_row(row: Row<'_>) -> Result<Clause, Diagnostic> {
        let each = row.may_text("often")?;
        Ok(Clause {
            letter: row.text("letter")?,
            version: row.may_whole("version")?.unwrap_or(1),
            number: row.text("number")?,
            says: row.text("says")?,
            indicator: row.may_text("indicator")?,
            target: row.may_text("target")?,
            weight: row.may_decimal("weight")?,
            lead: row.may_text("lead")?,
            joint: row.texts("joint")?,
            evidence: row.texts("evidence")?,
            consequence: row.may_text("consequence")?,
            each: each
                .map(|word| PeriodKind::parse(&word).map_err(|_| unreadable("often", &word)))
                .transpose()?,
            entry: row.entry,
        })
    }
}

impl Clause {
    /// The tasks that it makes in `year`: one, or one for each part of the year, due on its last day.
    ///
    /// # Errors
    ///
    /// ZH8549 if the year has no such parts.
    pub fn tasks(&self, year: Period) -> Result<Vec<Task>, Diagnostic> {
        let parts = match self.each {
            None => vec![year],
            Some(kind) => year.parts(kind).ok_or_else(|| {
                let problem = Diagnostic::error("ZH8549").arg("clause", self.name()).arg("year", year);
                problem.arg("each", kind).at(zhiheng_base::Place::Entry(self.entry)).rule(Clause::OF)
            })?,
        };
        let many = parts.len() > 1;
        let task = |(n, part): (usize, Period)| Task {
            number: if many { format!("{}-{}-{n}", self.letter, self.number) } else { self.name() },
            letter: self.letter.clone(),
            clause: self.number.clone(),
            says: self.says.clone(),
            lead: self.lead.clone().unwrap_or_default(),
            joint: self.joint.clone(),
            evidence: self.evidence.clone(),
            due_on: part.last_day(),
            state: crate::task::State::Open,
            done_on: None,
            reason: None,
            entry: self.entry,
        };
        Ok((1..).zip(parts).map(task).collect())
    }

    /// `letter-number`.
    pub fn name(&self) -> String {
        format!("{}-{}", self.letter, self.number)
    }
}
