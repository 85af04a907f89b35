//! Control charts and capability over a table.

use super::acceptance_text::flags;
use super::spc::{
    CENTRE, CONSTANTS, DEVIATION, ESTIMATOR, HEAD_START, INTERVAL, LAMBDA, LEVEL, LOWER, OF, SHIFT, SIGMAS,
    SPAN, SPREAD, TARGET, TARGET_INTERVAL, UPPER,
};
use super::spc_sheets::{chart_answer, width};
use super::{Answer, Frame, Options, Sheet};
use crate::refusal::Refusal;
use crate::spc::capability::{self, Index, Specification, TargetInterval};
use crate::spc::individuals::{self, Spread};
use crate::spc::subgroups::Estimator;
use crate::spc::{Chart, Constants, Settings, Subgroups, Width, attributes, cusum, ewma, laney, variables};

fn settings(options: &Options) -> Result<Settings, Refusal> {
    let estimator = match options.text(&ESTIMATOR) {
        "uwave-r" => Some(Estimator::UwaveR),
        "uwave-sd" => Some(Estimator::UwaveSd),
        "mvlue-r" => Some(Estimator::MvlueR),
        "mvlue-sd" => Some(Estimator::MvlueSd),
        "rmsdf" => Some(Estimator::Rmsdf),
        _ => None,
    };
    let (centre, deviation) = (options.number(&CENTRE)?, options.number(&DEVIATION)?);
    Ok(Settings { width: width(options)?, centre, deviation, estimator, constants: constants_of(options) })
}

fn constants_of(options: &Options) -> Constants {
    if options.text(&CONSTANTS) == "exact" { Constants::Exact } else { Constants::Qcc }
}

/// Which rows the limits are estimated from.
fn base(frame: &Frame) -> Result<Option<Vec<bool>>, Refusal> {
    if frame.has("base") { flags(frame, "base", true).map(Some) } else { Ok(None) }
}

/// Subgroups, their names, and which are in the base: those with a row that is.
type Grouped<'a> = (Subgroups, Vec<&'a str>, Option<Vec<bool>>);

fn grouped(frame: &Frame) -> Result<Grouped<'_>, Refusal> {
    let (values, names) = (frame.numbers("value")?, frame.texts("sample")?);
    let (groups, order) = Subgroups::from_long(&values, names)?;
    let marks = base(frame)?.map(|marks| {
        let based: std::collections::BTreeSet<&str> =
            names.iter().zip(&marks).filter(|(_, mark)| **mark).map(|(name, _)| name.as_str()).collect();
        order.iter().map(|name| based.contains(name)).collect()
    });
    Ok((groups, order, marks))
}

pub(super) fn xbar(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (groups, names, marks) = grouped(frame)?;
    chart_answer(&names, &variables::mean_chart(&groups, marks.as_deref(), &settings(options)?)?, options)
}

pub(super) fn ranges(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (groups, names, marks) = grouped(frame)?;
    chart_answer(&names, &variables::range_chart(&groups, marks.as_deref(), &settings(options)?)?, options)
}

pub(super) fn deviations(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (groups, names, marks) = grouped(frame)?;
    chart_answer(
        &names,
        &variables::deviation_chart(&groups, marks.as_deref(), &settings(options)?)?,
        options,
    )
}

fn spread(options: &Options) -> Result<Spread, Refusal> {
    Ok(match options.text(&SPREAD) {
        "sample-deviation" => Spread::SampleDeviation,
        _ => Spread::MovingRange(options.count(&SPAN)? as usize),
    })
}

pub(super) fn single(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (values, marks) = (frame.numbers("value")?, base(frame)?);
    let chart = individuals::value_chart(&values, marks.as_deref(), spread(options)?, &settings(options)?)?;
    chart_answer(&[], &chart, options)
}

pub(super) fn moving(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (values, marks) = (frame.numbers("value")?, base(frame)?);
    let span = options.count(&SPAN)? as usize;
    let settings = settings(options)?;
    chart_answer(&[], &individuals::moving_range_chart(&values, marks.as_deref(), span, &settings)?, options)
}

pub(super) fn share(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (x, n, marks) = (frame.counts("x")?, frame.counts("n")?, base(frame)?);
    let (width, centre) = (width(options)?, options.number(&CENTRE)?);
    chart_answer(&[], &attributes::share_chart(&x, &n, marks.as_deref(), width, centre)?, options)
}

pub(super) fn number(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (x, n, marks) = (frame.counts("x")?, frame.counts("n")?, base(frame)?);
    let (width, centre) = (width(options)?, options.number(&CENTRE)?);
    chart_answer(&[], &attributes::number_chart(&x, &n, marks.as_deref(), width, centre)?, options)
}

pub(super) fn count(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (x, marks) = (frame.counts("x")?, base(frame)?);
    let (width, centre) = (width(options)?, options.number(&CENTRE)?);
    chart_answer(&[], &attributes::count_chart(&x, marks.as_deref(), width, centre)?, options)
}

pub(super) fn rate(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (x, n, marks) = (frame.counts("x")?, frame.numbers("n")?, base(frame)?);
    let (width, centre) = (width(options)?, options.number(&CENTRE)?);
    chart_answer(&[], &attributes::rate_chart(&x, &n, marks.as_deref(), width, centre)?, options)
}

pub(super) fn laney_share(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (x, n, marks) = (frame.counts("x")?, frame.counts("n")?, base(frame)?);
    let it = laney::share_chart(&x, &n, marks.as_deref(), width(options)?, constants_of(options))?;
    with_sigma_z(&it, options)
}

pub(super) fn laney_rate(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (x, n, marks) = (frame.counts("x")?, frame.numbers("n")?, base(frame)?);
    let it = laney::rate_chart(&x, &n, marks.as_deref(), width(options)?, constants_of(options))?;
    with_sigma_z(&it, options)
}

fn with_sigma_z(it: &laney::LaneyChart, options: &Options) -> Result<Answer, Refusal> {
    let mut answer = chart_answer(&[], &it.chart, options)?;
    if let Some(sheet) = answer.sheets.last_mut() {
        sheet.columns.push("sigma_z".to_owned());
        sheet.rows.iter_mut().for_each(|row| row.push(it.sigma_z.into()));
    }
    Ok(answer)
}

/// The chart of means, or of single values where no subgroup has more than one; the values of the base with it.
fn level_chart(frame: &Frame, options: &Options) -> Result<(Chart, Vec<String>, Vec<f64>), Refusal> {
    let settings = Settings { width: Width::Sigmas(3.0), ..settings(options)? };
    let (values, marks) = (frame.numbers("value")?, base(frame)?);
    if frame.has("sample") {
        let (groups, names, marks) = grouped(frame)?;
        if groups.sizes().any(|n| n > 1) {
            let chart = variables::mean_chart(&groups, marks.as_deref(), &settings)?;
            let in_base = crate::spc::chart::base(marks.as_deref(), groups.len())?;
            let values = groups.pick(&in_base).values().to_vec();
            return Ok((chart, names.into_iter().map(str::to_owned).collect(), values));
        }
    }
    let chart = individuals::value_chart(&values, marks.as_deref(), spread(options)?, &settings)?;
    let in_base = crate::spc::chart::base(marks.as_deref(), values.len())?;
    let names = (1..=values.len()).map(|i| i.to_string()).collect();
    Ok((chart, names, in_base.into_iter().filter_map(|i| values.get(i).copied()).collect()))
}

pub(super) fn sums(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (chart, names, _) = level_chart(frame, options)?;
    let settings = cusum::Settings {
        interval: options.real(&INTERVAL)?,
        shift: options.real(&SHIFT)?,
        head_start: options.real(&HEAD_START)?,
    };
    let rows = names
        .iter()
        .zip(cusum::sums(&chart, settings)?)
        .map(|(name, it)| vec![name.as_str().into(), it.above.into(), it.below.into(), it.signal.into()]);
    Ok(Answer::one(&["sample", "above", "below", "signal"], rows.collect()))
}

pub(super) fn averages(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (chart, names, _) = level_chart(frame, options)?;
    let points = ewma::averages(&chart, options.real(&LAMBDA)?, options.real(&SIGMAS)?)?;
    let rows = names.iter().zip(points).map(|(name, it)| {
        vec![name.as_str().into(), it.value.into(), it.low.into(), it.high.into(), it.signal().into()]
    });
    Ok(Answer::one(&["sample", "average", "low", "high", "signal"], rows.collect()))
}

pub(super) fn indices(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let specification = Specification {
        lower: options.number(&LOWER)?,
        upper: options.number(&UPPER)?,
        target: options.number(&TARGET)?,
    };
    let target_interval = match options.text(&TARGET_INTERVAL) {
        "boyles" => TargetInterval::Boyles,
        _ => TargetInterval::Qcc,
    };
    let settings = capability::Settings {
        sigmas: options.real(&SIGMAS)?,
        level: options.real(&LEVEL)?,
        target_interval,
    };
    let (chart, _, values) = level_chart(frame, options)?;
    let performance = options.text(&OF) == "performance";
    let (it, names) = if performance {
        let it = capability::performance(&values, &specification, settings)?;
        (it, ["Pp", "Ppl", "Ppu", "Ppk", "Ppm"])
    } else {
        let it = capability::capability(&values, chart.centre, chart.deviation, &specification, settings)?;
        (it, ["Cp", "Cpl", "Cpu", "Cpk", "Cpm"])
    };
    let row = |(name, index): (&str, Option<Index>)| {
        let interval = index.map(|index| index.interval);
        vec![
            name.into(),
            index.map(|index| index.value).into(),
            interval.map(|interval| interval.low).into(),
            interval.map(|interval| interval.high).into(),
        ]
    };
    let all = [it.potential, it.lower, it.upper, Some(it.actual), it.target];
    let rows = names.into_iter().zip(all).map(row).collect();
    let mut answer = Answer::one(&["index", "value", "low", "high"], rows);
    answer.sheets.push(Sheet::new(
        "outside",
        &["expected_below", "expected_above", "observed_below", "observed_above"],
        vec![vec![
            it.expected_below.into(),
            it.expected_above.into(),
            it.observed_below.into(),
            it.observed_above.into(),
        ]],
    ));
    Ok(answer)
}
