//! Tasks of letters and action plans: made from their clauses, or checked as they stand.

use std::collections::BTreeMap;

use zhiheng_base::{Date, Diagnostic, Period};
use zhiheng_measure::engine::Engine;
use zhiheng_plan::clause::Clause;
use zhiheng_plan::task::{State, check};

use super::Records;

pub use zhiheng_plan::task::Task;

/// Tasks, and what is wrong with them.
#[derive(Clone, Debug)]
pub struct Tasks {
    /// The tasks.
    pub tasks: Vec<Task>,
    /// What is wrong with them or their clauses.
    pub problems: Vec<Diagnostic>,
}

/// The recorded tasks of `letters` (of all where none is named), checked against the clauses and `today`.
///
/// # Errors
///
/// Those of the lake.
pub async fn checked(
    engine: &Engine,
    letters: &[String],
    period: Period,
    today: Date,
) -> Result<Tasks, Diagnostic> {
    let (clauses, mut problems) = clauses(engine, letters).await?;
    let tasks = Records::of(engine, "responsibility.task").await?;
    let (mut tasks, more) = zhiheng_plan::read::<Task>(tasks.rows());
    problems.extend(more);
    tasks.retain(|task| asked(letters, &task.letter));
    problems.extend(check(&clauses, &tasks, period, today));
    Ok(Tasks { tasks, problems })
}

/// The tasks that the clauses of `letters` make in a period.
///
/// # Errors
///
/// Those of the lake.
pub async fn made(engine: &Engine, letters: &[String], period: Period) -> Result<Tasks, Diagnostic> {
    let (clauses, mut problems) = clauses(engine, letters).await?;
    let mut tasks = Vec::new();
    for clause in &clauses {
        match clause.tasks(period) {
            Ok(made) => tasks.extend(made),
            Err(problem) => problems.push(problem),
        }
    }
    Ok(Tasks { tasks, problems })
}

/// The recorded tasks of one letter or action plan (of all if none is named) by due day; problems are records that cannot be read.
///
/// # Errors
///
/// Those of the lake.
pub async fn recorded(engine: &Engine, letter: Option<&str>) -> Result<Tasks, Diagnostic> {
    let tasks = match letter {
        Some(letter) => Records::only(engine, "responsibility.task", "letter", letter).await?,
        None => Records::of(engine, "responsibility.task").await?,
    };
    let (mut tasks, problems) = zhiheng_plan::read::<Task>(tasks.rows());
    tasks.sort_by(|a, b| (a.due_on, &a.number).cmp(&(b.due_on, &b.number)));
    Ok(Tasks { tasks, problems })
}

/// How a task stands on a day: `open`, `overdue`, `done`, `dropped`. Overdue is no state of records, it follows from the due day.
pub fn word(task: &Task, today: Date) -> &'static str {
    match task.state {
        State::Open if task.due_on < today => "overdue",
        State::Open => "open",
        State::Done => "done",
        State::Dropped => "dropped",
    }
}

/// How far the tasks of a letter are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// How many there are.
    pub tasks: usize,
    /// Of these, done.
    pub done: usize,
    /// Open and past their day.
    pub overdue: usize,
    /// Dropped for a reason.
    pub dropped: usize,
    /// Next due day of an open one.
    pub next: Option<Date>,
}

/// How far they are on a day, letter by letter.
pub fn progress(tasks: &[Task], today: Date) -> BTreeMap<&str, Progress> {
    let mut letters: BTreeMap<&str, Progress> = BTreeMap::new();
    for task in tasks {
        let letter = letters.entry(&task.letter).or_default();
        letter.tasks += 1;
        match word(task, today) {
            "done" => letter.done += 1,
            "dropped" => letter.dropped += 1,
            "overdue" => letter.overdue += 1,
            _ => letter.next = letter.next.into_iter().chain([task.due_on]).min(),
        }
    }
    letters
}

fn asked(letters: &[String], letter: &String) -> bool {
    letters.is_empty() || letters.contains(letter)
}

/// Of each letter the clauses of its newest version.
async fn clauses(engine: &Engine, letters: &[String]) -> Result<(Vec<Clause>, Vec<Diagnostic>), Diagnostic> {
    let clauses = Records::of(engine, "responsibility.clause").await?;
    let (mut clauses, problems) = zhiheng_plan::read::<Clause>(clauses.rows());
    clauses.retain(|clause| asked(letters, &clause.letter));
    let mut versions: BTreeMap<String, i64> = BTreeMap::new();
    for clause in &clauses {
        let newest = versions.entry(clause.letter.clone()).or_insert(clause.version);
        *newest = clause.version.max(*newest);
    }
    clauses.retain(|clause| versions.get(&clause.letter) == Some(&clause.version));
    Ok((clauses, problems))
}
