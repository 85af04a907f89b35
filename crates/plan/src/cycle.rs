//! The year's fixed stages (四段式): plan, joint meetings, inspection, acceptance, each with its due day.
//!
//! Which stages there are and on which days of the assessment year they are due is a register of stage rules, by region and
//! date; here they become the dated events of one year. An assessment year may begin in any month, and a stage may fall
//! after its end (an acceptance in July of a year that ended in June). A due day is a fixed date: it moves off a rest day only if its
//! rule says so.

use std::collections::BTreeMap;

use jiff::ToSpan;
use serde::{Deserialize, Serialize};
use zhiheng_base::{Date, Diagnostic, Period, Place, RegionCode};

use crate::row::{FromRow, Row};

/// Rule of one stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stage {
    /// Set of rules that belong together.
    pub rule_set: String,
    /// Kind of stage, a code of the record type.
    pub stage: String,
    /// Number within its kind, from 1.
    pub number: i64,
    /// First month of the assessment year.
    pub first_month: i64,
    /// Month of the assessment year, from 1; above 12 it lies after the year's end.
    pub month: i64,
    /// Day of the month; later than the month's last day means that day.
    pub day: i64,
    /// What happens on a rest day.
    pub on_rest_day: OnRestDay,
    /// Region for which the rule holds, with all below it.
    pub region: RegionCode,
    /// First day of the assessment years that it holds for.
    pub since: Date,
    /// Last such day.
    pub until: Option<Date>,
    /// Ledger entry.
    pub entry: u64,
}

/// What happens to a due day that is a rest day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OnRestDay {
    /// It stays.
    Stay,
    /// The next working day.
    Next,
    /// The working day before.
    Previous,
}

impl FromRow for Stage {
    const OF: &'static str = "responsibility.stage";

    fn from_row(row: Row<'_>) -> Result<Stage, Diagnostic> {
        let rest = [("stay", OnRestDay::Stay), ("next", OnRestDay::Next), ("previous", OnRestDay::Previous)];
        Ok(Stage {
            rule_set: row.text("rule_set")?,
            stage: row.text("stage")?,
            number: row.whole("number")?,
            first_month: row.whole("first_month")?,
            month: row.whole("month")?,
            day: row.whole("day")?,
            on_rest_day: row.word("on_rest_day", &rest)?,
            region: row.region("region")?,
            since: row.date("since_day")?,
            until: row.may_date("until_day")?,
            entry: row.entry,
        })
    }
}

/// A dated stage of one year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Set of rules that it comes from.
    pub rule_set: String,
    /// Region.
    pub region: RegionCode,
    /// Assessment year.
    pub period: Period,
    /// Kind of stage.
    pub stage: String,
    /// Number within its kind.
    pub number: i64,
    /// Due day.
    pub due_on: Date,
    /// Due day before it moved off rest days, if it did.
    pub moved_from: Option<Date>,
}

/// Longest run of rest days that a due day moves across.
const REST_DAYS_MAX: usize = 31;

/// The events of `region` in the assessment year named `year` (that in which it ends), in order of their days.
///
/// The rules of the nearest region above (or the region's own) hold, all of one set; `is_rest_day` answers for the
/// calendar.
pub fn cycle(
    stages: &[Stage],
    region: RegionCode,
    year: i16,
    is_rest_day: &dyn Fn(Date) -> bool,
) -> (Vec<Event>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let holding: Vec<(&Stage, Period)> = stages
        .iter()
        .filter(|stage| stage.region.contains(region))
        .filter_map(|stage| {
            let period = assessment_year(stage, year).map_err(|problem| problems.push(problem)).ok()?;
            let holds =
                stage.since <= period.start() && stage.until.is_none_or(|until| period.start() <= until);
            holds.then_some((stage, period))
        })
        .collect();
    let Some(nearest) = holding.iter().map(|(stage, _)| stage.region.level()).max() else {
        problems.push(Diagnostic::error("ZH8530").arg("region", region).arg("year", year));
        return (Vec::new(), problems);
    };
    let chosen: Vec<(&Stage, Period)> =
        holding.into_iter().filter(|(stage, _)| stage.region.level() == nearest).collect();
    problems.extend(agree(&chosen));
    let mut events: Vec<Event> = Vec::new();
    for (stage, period) in chosen {
        match due(stage, period, is_rest_day) {
            Ok((due_on, plain)) => events.push(Event {
                rule_set: stage.rule_set.clone(),
                region,
                period,
                stage: stage.stage.clone(),
                number: stage.number,
                due_on,
                moved_from: (due_on != plain).then_some(plain),
            }),
            Err(problem) => problems.push(problem),
        }
    }
    events.sort_by(|a, b| (a.due_on, &a.stage, a.number).cmp(&(b.due_on, &b.stage, b.number)));
    (events, problems)
}

fn about(code: &'static str, stage: &Stage) -> Diagnostic {
    Diagnostic::error(code)
        .arg("set", &stage.rule_set)
        .arg("stage", &stage.stage)
        .arg("number", stage.number)
        .at(Place::Entry(stage.entry))
        .rule(Stage::OF)
}

/// The calendar year, or the assessment year that ends in `year`.
fn assessment_year(stage: &Stage, year: i16) -> Result<Period, Diagnostic> {
    let period = match stage.first_month {
        1 => Period::year(year),
        month => i8::try_from(month)
            .map_or_else(|_| Err(Diagnostic::error("ZH8532")), |month| Period::assessment(year, month)),
    };
    period.map_err(|_| about("ZH8532", stage).arg("month", stage.first_month).arg("day", 1))
}

/// One set, one first month, numbers without gaps.
fn agree(chosen: &[(&Stage, Period)]) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    if let Some((first, _)) = chosen.first() {
        let other = chosen
            .iter()
            .find(|(stage, _)| stage.rule_set != first.rule_set || stage.first_month != first.first_month);
        if let Some((other, _)) = other {
            problems.push(about("ZH8531", other).arg("other", &first.rule_set));
        }
    }
    let mut numbers: BTreeMap<&str, Vec<(i64, &Stage)>> = BTreeMap::new();
    for (stage, _) in chosen {
        numbers.entry(&stage.stage).or_default().push((stage.number, stage));
    }
    for found in numbers.values_mut() {
        found.sort_by_key(|(number, _)| *number);
        if let Some((_, stage)) =
            (1_i64..).zip(found.iter()).find(|(at, (number, _))| at != number).map(|(_, it)| it)
        {
            problems.push(about("ZH8533", stage));
        }
    }
    problems
}

/// The due day, and what it was before it moved.
fn due(
    stage: &Stage,
    period: Period,
    is_rest_day: &dyn Fn(Date) -> bool,
) -> Result<(Date, Date), Diagnostic> {
    let wrong = || about("ZH8532", stage).arg("month", stage.month).arg("day", stage.day);
    if !(1..=24).contains(&stage.month) || !(1..=31).contains(&stage.day) {
        return Err(wrong());
    }
    let month = period.start().checked_add((stage.month - 1).months()).map_err(|_| wrong())?;
    let last = month.last_of_month();
    let plain = month.checked_add((stage.day - 1).days()).map_or(last, |day| day.min(last));
    let step = match stage.on_rest_day {
        OnRestDay::Stay => return Ok((plain, plain)),
        OnRestDay::Next => Date::tomorrow,
        OnRestDay::Previous => Date::yesterday,
    };
    let days = std::iter::successors(Some(plain), |day| step(*day).ok()).take(REST_DAYS_MAX);
    let moved = { days }.find(|day| !is_rest_day(*day));
    moved.map(|moved| (moved, plain)).ok_or_else(|| about("ZH8534", stage).arg("day", plain))
}
