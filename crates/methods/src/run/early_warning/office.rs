//! What an office needs around the methods: run lengths, budgets, weeks.

use super::{choice, days, option};
use crate::early_warning::epiweek::{System, first_day, week};
use crate::early_warning::{budget, calendar, run_length as chart};
use crate::refusal::Refusal;
use crate::run::{Answer, Cell, Choice, Frame, Options};

pub(super) const GRID: Choice = option("grid", "10");
pub(super) const SYSTEM: Choice = choice("system", &["iso", "mmwr"]);
const PAST_WEEKS: Choice = option("weeks", "52");
const BUDGET: Choice = option("budget", "1");
const LEVEL: Choice = option("level", "0.95");
pub(super) const CUTOFF: &[Choice] = &[PAST_WEEKS, BUDGET, LEVEL];

pub(super) fn run_length(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let grid = u32::try_from(options.count(&GRID)?).unwrap_or(u32::MAX);
    let [mean, k, h] = ["mean", "k", "h"].map(|column| frame.numbers(column));
    let (mean, k, h) = (mean?, k?, h?);
    let row = |i: usize| {
        let it = chart::of(mean[i], k[i], h[i], grid)?;
        Ok([mean[i], k[i], h[i], it.from_zero, it.fast_start].map(Cell::from).to_vec())
    };
    let rows: Result<Vec<_>, Refusal> = (0..frame.n_rows()).map(row).collect();
    Ok(Answer::one(&["mean", "k", "h", "run_length", "fast_start"], rows?))
}

pub(super) fn cutoff(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (weeks, level) = (options.count(&PAST_WEEKS)?, options.real(&LEVEL)?);
    let it = budget::cutoff(&frame.numbers("score")?, weeks, options.real(&BUDGET)?, level)?;
    let row = vec![
        it.score.into(),
        it.alarms.into(),
        it.per_week.into(),
        it.interval.low.into(),
        it.interval.high.into(),
    ];
    Ok(Answer::one(&["cutoff", "alarms", "per_week", "low", "high"], vec![row]))
}

pub(super) fn adjusted(frame: &Frame, _: &Options) -> Result<Answer, Refusal> {
    let p_values = frame.numbers("p_value")?;
    let all = budget::adjusted(&p_values)?;
    let rows = p_values.iter().zip(&all).map(|(&p, &q)| vec![p.into(), q.into()]).collect();
    Ok(Answer::one(&["p_value", "adjusted"], rows))
}

pub(super) fn epiweek(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let system = if options.text(&SYSTEM) == "mmwr" { System::Mmwr } else { System::Iso };
    let row = |day: i32| {
        let of = week(day, system);
        let text = |day| {
            let (year, month, day) = calendar::date(day);
            Cell::Text(format!("{year:04}-{month:02}-{day:02}"))
        };
        let number = |value: i32| Cell::Count(i64::from(value));
        Ok(vec![text(day), number(of.year), number(of.week), text(first_day(of, system)?)])
    };
    let rows: Result<Vec<_>, Refusal> = days(frame)?.into_iter().map(row).collect();
    Ok(Answer::one(&["date", "year", "week", "begins"], rows?))
}
