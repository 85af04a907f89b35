//! Methods that compare a series with its own past.

use super::{Group, PER_YEAR, WEEKS, begin, choice, days, each, option, step, yes};
use crate::early_warning::bayes::{self, Reference};
use crate::early_warning::calendar::Calendar;
use crate::early_warning::ears::{self, Ears};
use crate::early_warning::farrington::{self, Farrington, Few, Judged, Series, Silence};
use crate::early_warning::flexible::{self, Bounds, Flexible};
use crate::early_warning::threshold::Power;
use crate::early_warning::{Verdict, historical_limits as limits, rki as institute};
use crate::refusal::Refusal;
use crate::run::{Answer, Cell, Choice, Frame, Options};

const METHOD: Choice = choice("method", &["C1", "C2", "C3"]);
const BASELINE: Choice = option("baseline", "7");
const SIGMA_MIN: Choice = option("sigma_min", "0");
const EARS_ALPHA: Choice = option("alpha", "");
pub(super) const EARS: &[Choice] = &[METHOD, BASELINE, SIGMA_MIN, EARS_ALPHA, WEEKS];

const BAYES_YEARS: Choice = option("years", "0");
const BAYES_WINDOW: Choice = option("half_window", "6");
const BAYES_THIS_YEAR: Choice = choice("this_year", &["yes", "no"]);
const ALPHA: Choice = option("alpha", "0.05");
pub(super) const BAYES: &[Choice] = &[BAYES_YEARS, BAYES_WINDOW, BAYES_THIS_YEAR, ALPHA, PER_YEAR, WEEKS];

const RKI_YEARS: Choice = option("years", "2");
const RKI_WINDOW: Choice = option("half_window", "4");
const RKI_THIS_YEAR: Choice = choice("this_year", &["no", "yes"]);
pub(super) const RKI: &[Choice] = &[RKI_YEARS, RKI_WINDOW, RKI_THIS_YEAR, PER_YEAR, WEEKS];

const YEARS: Choice = option("years", "5");
const WINDOWS: Choice = option("windows", "1");
const LIMITS_ALPHA: Choice = option("alpha", "0.025");
pub(super) const LIMITS: &[Choice] = &[YEARS, WINDOWS, LIMITS_ALPHA, WEEKS];

const HALF_WINDOW: Choice = option("half_window", "3");
const REWEIGHT: Choice = choice("reweight", &["yes", "no"]);
const TREND: Choice = choice("trend", &["yes", "no"]);
const POWER: Choice = choice("power", &["2/3", "1/2", "none"]);
const CASES: Choice = option("cases", "5");
const CASE_WEEKS: Choice = option("case_weeks", "4");
const OFFSET: Choice = choice("offset", &["no", "yes"]);
const CALENDAR: Choice = choice("calendar", &["steps", "dates"]);
const STEP: Choice = choice("step", &["week", "day", "month"]);
pub(super) const FARRINGTON: &[Choice] = &[
    YEARS,
    HALF_WINDOW,
    REWEIGHT,
    TREND,
    ALPHA,
    POWER,
    CASES,
    CASE_WEEKS,
    OFFSET,
    CALENDAR,
    STEP,
    PER_YEAR,
    WEEKS,
];

const PERIODS: Choice = option("periods", "1");
const WEEKS_LEFT_OUT: Choice = option("weeks_left_out", "");
const WEIGHTS_THRESHOLD: Choice = option("weights_threshold", "2.58");
const TREND_P: Choice = option("trend_p", "0.05");
const BOUNDS: Choice = choice("bounds", &["delta", "plugin", "upper"]);
pub(super) const FLEXIBLE: &[Choice] = &[
    YEARS,
    HALF_WINDOW,
    PERIODS,
    WEEKS_LEFT_OUT,
    REWEIGHT,
    WEIGHTS_THRESHOLD,
    TREND,
    TREND_P,
    BOUNDS,
    POWER,
    ALPHA,
    CASES,
    CASE_WEEKS,
    OFFSET,
    CALENDAR,
    STEP,
    PER_YEAR,
    WEEKS,
];

pub(super) fn ears(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let usual = Ears::new(match options.text(&METHOD) {
        "C2" => ears::Method::C2,
        "C3" => ears::Method::C3,
        _ => ears::Method::C1,
    });
    let how = Ears {
        baseline: options.count(&BASELINE)? as usize,
        sigma_min: options.real(&SIGMA_MIN)?,
        alpha: options.number(&EARS_ALPHA)?.unwrap_or(usual.alpha),
        ..usual
    };
    verdicts(frame, options, |counts, weeks| ears::detect(counts, weeks, &how))
}

pub(super) fn bayes(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let how = reference(options, &BAYES_YEARS, &BAYES_WINDOW, &BAYES_THIS_YEAR)?;
    let alpha = options.real(&ALPHA)?;
    verdicts(frame, options, |counts, weeks| bayes::detect(counts, weeks, how, alpha))
}

pub(super) fn rki(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let how = reference(options, &RKI_YEARS, &RKI_WINDOW, &RKI_THIS_YEAR)?;
    verdicts(frame, options, |counts, weeks| institute::detect(counts, weeks, how))
}

fn reference(
    options: &Options,
    years: &Choice,
    half_window: &Choice,
    this_year: &Choice,
) -> Result<Reference, Refusal> {
    Ok(Reference {
        years: options.count(years)? as usize,
        half_window: options.count(half_window)? as usize,
        this_year: yes(options, this_year),
        per_year: options.count(&PER_YEAR)? as usize,
    })
}

fn verdicts(
    frame: &Frame,
    options: &Options,
    detect: impl Fn(&[f64], std::ops::Range<usize>) -> Result<Vec<Verdict>, Refusal> + Sync,
) -> Result<Answer, Refusal> {
    let (counts, weeks) = (frame.numbers("count")?, options.count(&WEEKS)?);
    let groups = Group::all(frame)?;
    let rows = each(&groups, |group| {
        let counts = group.pick(&counts);
        let row = |it: Verdict| {
            let mut row = begin(group, it.at);
            row.extend([counts[it.at].into(), it.bound.into(), it.alarm.into()]);
            row
        };
        Ok(detect(&counts, group.last(weeks))?.into_iter().map(row).collect::<Vec<_>>())
    })?;
    Ok(Answer::one(&["series", "step", "count", "bound", "alarm"], rows.concat()))
}

pub(super) fn historical_limits(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (counts, weeks) = (frame.numbers("count")?, options.count(&WEEKS)?);
    let (years, windows) = (options.count(&YEARS)? as usize, options.count(&WINDOWS)? as usize);
    let alpha = options.real(&LIMITS_ALPHA)?;
    let groups = Group::all(frame)?;
    let rows = each(&groups, |group| {
        let all = limits::detect(&group.pick(&counts), group.last(weeks), years, windows, alpha)?;
        let row = |it: limits::FourWeeks| {
            let mut row = begin(group, it.at);
            row.extend([it.sum.into(), it.bound.into(), it.alarm.into()]);
            row
        };
        Ok(all.into_iter().map(row).collect::<Vec<_>>())
    })?;
    Ok(Answer::one(&["series", "step", "sum", "bound", "alarm"], rows.concat()))
}

pub(super) fn farrington(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let how = Farrington {
        years: options.count(&YEARS)? as usize,
        half_window: options.count(&HALF_WINDOW)? as usize,
        reweight: yes(options, &REWEIGHT),
        trend: yes(options, &TREND),
        alpha: options.real(&ALPHA)?,
        power: power(options),
        few: few(options)?,
        offset: yes(options, &OFFSET),
    };
    judged(frame, options, |series, weeks| farrington::detect(series, weeks, &how))
}

pub(super) fn flexible(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let left_out = options.count_or_blank(&WEEKS_LEFT_OUT)?.map(|weeks| weeks as usize);
    let how = Flexible {
        years: options.count(&YEARS)? as usize,
        half_window: options.count(&HALF_WINDOW)? as usize,
        periods: options.count(&PERIODS)? as usize,
        weeks_left_out: left_out,
        reweight: yes(options, &REWEIGHT),
        weights_threshold: options.real(&WEIGHTS_THRESHOLD)?,
        trend: yes(options, &TREND),
        trend_p: options.real(&TREND_P)?,
        bounds: match options.text(&BOUNDS) {
            "plugin" => Bounds::Plugin,
            "upper" => Bounds::Upper,
            _ => Bounds::Delta,
        },
        power: power(options),
        alpha: options.real(&ALPHA)?,
        few: few(options)?,
        offset: yes(options, &OFFSET),
    };
    judged(frame, options, |series, weeks| flexible::detect(series, weeks, &how))
}

fn power(options: &Options) -> Power {
    match options.text(&POWER) {
        "1/2" => Power::Half,
        "none" => Power::None,
        _ => Power::TwoThirds,
    }
}

fn few(options: &Options) -> Result<Few, Refusal> {
    Ok(Few { cases: options.real(&CASES)?, weeks: options.count(&CASE_WEEKS)? as usize })
}

fn judged(
    frame: &Frame,
    options: &Options,
    detect: impl Fn(&Series, std::ops::Range<usize>) -> Result<Vec<Judged>, Refusal> + Sync,
) -> Result<Answer, Refusal> {
    let (counts, weeks) = (frame.numbers("count")?, options.count(&WEEKS)?);
    let population = if frame.has("population") { Some(frame.numbers("population")?) } else { None };
    let dates = if options.text(&CALENDAR) == "dates" { Some(days(frame)?) } else { None };
    let per_year = options.count(&PER_YEAR)? as usize;
    let groups = Group::all(frame)?;
    let rows = each(&groups, |group| {
        let counts = group.pick(&counts);
        let population = population.as_ref().map(|column| group.pick(column));
        let days = dates.as_ref().map(|column| group.pick(column));
        let calendar = match &days {
            Some(days) => Calendar::Days { days, step: step(options.text(&STEP)) },
            None => Calendar::Steps(per_year),
        };
        let series = Series { counts: &counts, population: population.as_deref(), calendar };
        let row = |it: Judged| {
            let mut row = begin(group, it.at);
            row.extend([
                counts[it.at].into(),
                it.expected.into(),
                it.bound.into(),
                it.alarm.into(),
                it.score.into(),
                it.p_value.into(),
                it.dispersion.into(),
                it.trend.into(),
                it.silence.map(silence).into(),
            ]);
            row
        };
        Ok(detect(&series, group.last(weeks))?.into_iter().map(row).collect::<Vec<Vec<Cell>>>())
    })?;
    let columns = [
        "series",
        "step",
        "count",
        "expected",
        "bound",
        "alarm",
        "score",
        "p_value",
        "dispersion",
        "trend",
        "silence",
    ];
    Ok(Answer::one(&columns, rows.concat()))
}

fn silence(why: Silence) -> &'static str {
    match why {
        Silence::FewCases => "few_cases",
        Silence::Missing => "missing",
        Silence::NotConverged => "not_converged",
        Silence::ThinBaseline => "thin_baseline",
    }
}
