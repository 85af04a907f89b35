//! The single steps of an index over a table.

use super::super::lists::{
    chosen, labels, number, numbers, numbers_by_name, pairs, rest, two_numbers, unknown,
};
use super::super::{Answer, Cell, Frame, Options, Sheet};
use super::{
    CAPPED, COMBINE, CONSTANT, DEVIATION, DRAWS, ENDS, FACTOR, FILL, FORCE, HIGH, KURTOSIS, LEVEL, LONGEST,
    LOW, LOWER, MEAN_TO, MOST, POINTS, POWER, REFERENCE, SCALE, SEED, SKEWNESS, TARGETS, THEN, TIES, UNIT,
};
use crate::composite::impute::{self, Fill};
use crate::composite::rank::Ties;
use crate::composite::scale::{Scale, normalise};
use crate::composite::sobol::{Bootstrap, indices};
use crate::composite::transform::Transform;
use crate::composite::treat::{Treatment, treat};
use crate::composite::{Direction, denominate, em, panel};
use crate::refusal::Refusal;

/// Indicators of a table: their names, values and directions.
pub(super) struct Indicators {
    pub(super) names: Vec<String>,
    pub(super) columns: Vec<Vec<f64>>,
    pub(super) directions: Vec<Direction>,
}

pub(super) fn indicators(frame: &Frame, options: &Options, named: &[&str]) -> Result<Indicators, Refusal> {
    let names = rest(frame, named)?;
    let columns = numbers(frame, &names)?;
    let lower = chosen(options, &LOWER, &names)?;
    let way = |lower: bool| if lower { Direction::LowerIsBetter } else { Direction::HigherIsBetter };
    Ok(Indicators { names, columns, directions: lower.into_iter().map(way).collect() })
}

/// The scale called `kind` for every indicator.
pub(super) fn scales(
    frame: &Frame,
    options: &Options,
    it: &Indicators,
    kind: &str,
) -> Result<Vec<Scale>, Refusal> {
    let capped = options.text(&CAPPED) == "yes";
    let ties = match options.text(&TIES) {
        "max" => Ties::Max,
        "average" => Ties::Average,
        _ => Ties::Min,
    };
    let mut ends = vec![None; it.names.len()];
    for (at, text) in pairs(options, &ENDS, &it.names)? {
        ends[at] = Some(two_numbers(&text)?);
    }
    let targets = numbers_by_name(options, &TARGETS, &it.names, f64::NAN)?;
    let end = |at: usize| ends[at].ok_or_else(|| unknown("end", &it.names[at], &[]));
    let one = |at: usize| {
        Ok(match kind {
            "zscore" => Scale::ZScore { mean: options.real(&MEAN_TO)?, deviation: options.real(&DEVIATION)? },
            "scaled" => Scale::Scaled { worst: end(at)?.0, best: end(at)?.1 },
            "to_best" => Scale::ToBest,
            "to_unit" => {
                let name = options.text(&REFERENCE);
                let units = labels(frame, UNIT);
                let row = units.iter().position(|unit| unit == name);
                Scale::ToUnit { row: row.ok_or_else(|| unknown("unit", name, &units))?, capped }
            }
            "to_target" => Scale::ToTarget { target: targets[at], capped },
            "share_of_best" => Scale::ShareOfBest,
            "rank" => Scale::Rank(ties),
            "percentile_rank" => Scale::PercentileRank(ties),
            "borda" => Scale::Borda(ties),
            "goalposts" => {
                let (worst, best) = end(at)?;
                Scale::Goalposts { worst, best, points: options.real(&POINTS)?, clipped: capped }
            }
            "as_is" => Scale::AsIs,
            "minmax" => Scale::MinMax { low: options.real(&LOW)?, high: options.real(&HIGH)? },
            other => {
                return Err(unknown(
                    "scale",
                    other,
                    &SCALE.values.iter().map(|&v| v.into()).collect::<Vec<_>>(),
                ));
            }
        })
    };
    (0..it.names.len()).map(one).collect()
}

pub(super) fn normalised(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let it = indicators(frame, options, &[UNIT])?;
    let scales = scales(frame, options, &it, options.text(&SCALE))?;
    let one = |at: usize| normalise(&it.columns[at], it.directions[at], &scales[at]);
    let columns = (0..it.names.len()).map(one).collect::<Result<Vec<_>, _>>()?;
    Ok(Answer { sheets: vec![table(frame, &it.names, &columns)] })
}

pub(super) fn treated(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let names = rest(frame, &[UNIT])?;
    let columns = numbers(frame, &names)?;
    let then = match options.text(&THEN) {
        "log_skew" => Some(Transform::LogSkew),
        "log_from_one" => Some(Transform::LogFromOne),
        "log_gii" => Some(Transform::LogGii),
        "boxcox" => Some(Transform::BoxCox(options.real(&POWER)?)),
        "none" => None,
        _ => Some(Transform::LogShifted),
    };
    let how = Treatment {
        most: options.count_or_blank(&MOST)?.map(|most| most as usize),
        skewness: options.real(&SKEWNESS)?,
        kurtosis: options.real(&KURTOSIS)?,
        force: options.text(&FORCE) == "yes",
        then,
        combine: options.text(&COMBINE) == "yes",
    };
    let all = columns.iter().map(|column| treat(column, &how)).collect::<Result<Vec<_>, _>>()?;
    let values: Vec<Vec<f64>> = all.iter().map(|it| it.values.clone()).collect();
    let report = names.iter().zip(&all).map(|(name, it)| {
        vec![
            name.as_str().into(),
            it.before.skewness.into(),
            it.before.kurtosis.into(),
            (it.winsorised as u64).into(),
            it.transformed.is_some().into(),
            it.after.skewness.into(),
            it.after.kurtosis.into(),
            it.passes.into(),
        ]
    });
    let head = [
        "indicator",
        "skewness",
        "kurtosis",
        "winsorised",
        "transformed",
        "skewness_after",
        "kurtosis_after",
        "passes",
    ];
    Ok(Answer { sheets: vec![table(frame, &names, &values), Sheet::new("report", &head, report.collect())] })
}

pub(super) fn imputed(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let it = indicators(frame, options, &[UNIT, "group", "time"])?;
    let fill = match options.text(&FILL) {
        "median" | "row_median" => Fill::Median,
        "zero" => Fill::Constant(0.0),
        "constant" => Fill::Constant(options.real(&CONSTANT)?),
        _ => Fill::Mean,
    };
    let columns = match options.text(&FILL) {
        "em" => em::impute(&it.columns, 10_000)?.columns,
        "row_mean" | "row_median" => impute::by_row(&it.columns, &it.directions, fill)?,
        "latest" | "linear" => along_time(frame, options, &it)?,
        _ if frame.has("group") => {
            let groups = groups(frame, "group")?;
            it.columns
                .iter()
                .map(|column| impute::by_group(column, &groups, fill))
                .collect::<Result<_, _>>()?
        }
        _ => it.columns.iter().map(|column| impute::column(column, fill)).collect::<Result<_, _>>()?,
    };
    Ok(Answer { sheets: vec![table(frame, &it.names, &columns)] })
}

/// Each unit's rows in the order of time.
fn along_time(frame: &Frame, options: &Options, it: &Indicators) -> Result<Vec<Vec<f64>>, Refusal> {
    let times = frame.numbers("time")?;
    crate::refusal::finite("time", &times)?;
    let units = groups(frame, UNIT)?;
    let longest = options.count_or_blank(&LONGEST)?.map(|longest| longest as usize);
    let mut rows: Vec<usize> = (0..times.len()).collect();
    rows.sort_by(|&a, &b| units[a].cmp(&units[b]).then(times[a].total_cmp(&times[b])));
    let mut columns = it.columns.clone();
    for own in rows.chunk_by(|&a, &b| units[a] == units[b]) {
        let time: Vec<f64> = own.iter().map(|&row| times[row]).collect();
        for (column, values) in columns.iter_mut().zip(&it.columns) {
            let known: Vec<f64> = own.iter().map(|&row| values[row]).collect();
            let filled = if options.text(&FILL) == "linear" && known.iter().any(|value| !value.is_nan()) {
                panel::linear(&time, &known)?
            } else {
                panel::last_known(&known, longest)?
            };
            for (&row, value) in own.iter().zip(filled) {
                column[row] = value;
            }
        }
    }
    Ok(columns)
}

/// Groups numbered by their names; blank is no group.
fn groups(frame: &Frame, column: &str) -> Result<Vec<Option<usize>>, Refusal> {
    let texts = frame.texts(column)?;
    let mut names: Vec<&String> = texts.iter().collect();
    names.sort_unstable();
    names.dedup();
    Ok(texts
        .iter()
        .map(|text| if text.trim().is_empty() { None } else { names.binary_search(&text).ok() })
        .collect())
}

pub(super) fn denominated(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (values, denominators) = (frame.numbers("value")?, frame.numbers("denominator")?);
    let rates = denominate::denominate(&values, &denominators, options.real(&FACTOR)?)?;
    let units = labels(frame, UNIT);
    let rows = units.iter().zip(rates).map(|(unit, rate)| vec![unit.as_str().into(), rate.into()]);
    Ok(Answer::one(&["unit", "rate"], rows.collect()))
}

pub(super) fn sobol(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let names = rest(frame, &["a", "b"])?;
    let mut answers = frame.numbers("a")?;
    let n = answers.len();
    answers.extend(frame.numbers("b")?);
    answers.extend(numbers(frame, &names)?.into_iter().flatten());
    let bootstrap = Bootstrap {
        replicates: options.count(&DRAWS)? as usize,
        seed: options.count(&SEED)?,
        level: options.real(&LEVEL)?,
    };
    let it = indices(&answers, n, names.len(), Some(bootstrap))?;
    let rows = names.iter().zip(&it.influences).map(|(name, influence)| {
        let ends = |interval: Option<crate::Interval>| {
            [interval.map(|it| it.low).into(), interval.map(|it| it.high).into()]
        };
        let ([first_low, first_high], [total_low, total_high]) =
            (ends(influence.first_interval), ends(influence.total_interval));
        vec![
            name.as_str().into(),
            influence.first.into(),
            first_low,
            first_high,
            influence.total.into(),
            total_low,
            total_high,
        ]
    });
    let head = ["input", "first", "first_low", "first_high", "total", "total_low", "total_high"];
    Ok(Answer::one(&head, rows.collect()))
}

/// The table of the units with other values in its indicators.
fn table(frame: &Frame, names: &[String], columns: &[Vec<f64>]) -> Sheet {
    let mut head = vec![UNIT];
    head.extend(names.iter().map(String::as_str));
    let row = |(at, unit): (usize, String)| {
        let mut cells = vec![Cell::Text(unit)];
        cells.extend(columns.iter().map(|column| Cell::from(column[at])));
        cells
    };
    Sheet::new("result", &head, labels(frame, UNIT).into_iter().enumerate().map(row).collect())
}

/// A number that an option names for a band or the like.
pub(super) fn reals(texts: &[String]) -> Result<Vec<f64>, Refusal> {
    texts.iter().map(|text| number(text)).collect()
}
