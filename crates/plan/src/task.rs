//! Tasks of the year: one leading unit, others that help, proof, a due day, a state.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use zhiheng_base::{Date, Diagnostic, Period, Place, Severity};

use crate::clause::Clause;
use crate::row::{FromRow, Row};

/// A task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// Number, unique.
    pub number: String,
    /// Letter or action plan of the clause.
    pub letter: String,
    /// Number of the clause.
    pub clause: String,
    /// What is to be done.
    pub says: String,
    /// The one leading unit (牵头单位).
    pub lead: String,
    /// Joint units (配合单位).
    pub joint: Vec<String>,
    /// What is handed in as proof.
    pub evidence: Vec<String>,
    /// Due day.
    pub due_on: Date,
    /// How it stands.
    pub state: State,
    /// Day on which it was done.
    pub done_on: Option<Date>,
    /// Why it was dropped.
    pub reason: Option<String>,
    /// Ledger entry.
    pub entry: u64,
}

/// How a task stands. Overdue is no state: it follows from the due day and today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// To be done.
    Open,
    /// Done.
    Done,
    /// Given up, for a reason.
    Dropped,
}

impl FromRow for Task {
    const OF: &'static str = "responsibility.task";

    fn from_row(row: Row<'_>) -> Result<Task, Diagnostic> {
        let states = [("open", State::Open), ("done", State::Done), ("dropped", State::Dropped)];
        Ok(Task {
            number: row.text("number")?,
            letter: row.text("letter")?,
            clause: row.text("clause")?,
            says: row.text("says")?,
            lead: row.may_text("lead")?.unwrap_or_default(),
            joint: row.texts("joint")?,
            evidence: row.texts("evidence")?,
            due_on: row.date("due_on")?,
            state: row.word("state", &states)?,
            done_on: row.may_date("done_on")?,
            reason: row.may_text("reason")?,
            entry: row.entry,
        })
    }
}

// The ideographic signs are what people type between units, not text for people.
/// Signs that part units in one cell: more than one leading unit is none.
const BETWEEN_UNITS: [char; 7] = ['、', ';', '；', ',', '，', '/', '\n'];

/// Checks the tasks of a year against the clauses that they carry out.
pub fn check(clauses: &[Clause], tasks: &[Task], year: Period, today: Date) -> Vec<Diagnostic> {
    let known: BTreeSet<(&str, &str)> =
        clauses.iter().map(|clause| (clause.letter.as_str(), clause.number.as_str())).collect();
    let mut problems = Vec::new();
    let mut carried: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    let mut numbers = BTreeSet::new();
    for task in tasks {
        if !numbers.insert(task.number.as_str()) {
            problems.push(about("ZH8539", task));
        }
        let clause = (task.letter.as_str(), task.clause.as_str());
        if !known.contains(&clause) {
            problems.push(about("ZH8545", task).arg("clause", format!("{}-{}", task.letter, task.clause)));
        }
        if task.state != State::Dropped {
            *carried.entry(clause).or_default() += 1;
        }
        one(task, year, today, &mut problems);
    }
    for clause in clauses {
        let led = clause.lead.as_deref().is_some_and(is_one_unit);
        let at = Place::Entry(clause.entry);
        if !led {
            problems.push(
                Diagnostic::error("ZH8540").arg("clause", clause.name()).at(at.clone()).rule(Clause::OF),
            );
        }
        if !carried.contains_key(&(clause.letter.as_str(), clause.number.as_str())) {
            problems.push(Diagnostic::error("ZH8538").arg("clause", clause.name()).at(at).rule(Clause::OF));
        }
    }
    problems
}

fn about(code: &'static str, task: &Task) -> Diagnostic {
    Diagnostic::error(code).arg("task", &task.number).at(Place::Entry(task.entry)).rule(Task::OF)
}

fn is_one_unit(lead: &str) -> bool {
    !lead.trim().is_empty() && !lead.contains(BETWEEN_UNITS)
}

fn one(task: &Task, year: Period, today: Date, problems: &mut Vec<Diagnostic>) {
    if !is_one_unit(&task.lead) {
        problems.push(about("ZH8541", task).arg("lead", &task.lead));
    }
    if task.joint.iter().any(|unit| unit.trim() == task.lead.trim()) {
        problems.push(about("ZH8542", task).arg("lead", &task.lead));
    }
    if !year.contains(task.due_on) {
        problems.push(about("ZH8543", task).arg("day", task.due_on).arg("year", year));
    }
    if task.evidence.is_empty() {
        problems.push(about("ZH8544", task));
    }
    match (task.state, task.done_on) {
        (State::Done, None) => problems.push(about("ZH8546", task)),
        (State::Done, Some(done)) if done > today => problems.push(about("ZH8546", task)),
        (State::Done, Some(done)) if done > task.due_on => {
            let mut late = about("ZH8535", task).arg("day", done).arg("due", task.due_on);
            late.severity = Severity::Note;
            problems.push(late);
        }
        (State::Dropped, _) if task.reason.is_none() => problems.push(about("ZH8547", task)),
        (State::Open, _) if today > task.due_on => {
            let mut overdue = about("ZH8548", task).arg("due", task.due_on).arg("lead", &task.lead);
            overdue.severity = Severity::Warning;
            problems.push(overdue);
        }
        _ => {}
    }
}
