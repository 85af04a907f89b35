//! Process control over a table: charts, their signals, capability, run lengths, Pareto tables and yields.

use super::acceptance_text::flags;
use super::spc_sheets::{chart_answer, width};
use super::{
    Answer, Cell, Choice, Column, Frame, Holds, Method, Options, Sheet, choice, may_have, needs, option,
};
use crate::refusal::Refusal;
use crate::spc::arl::{self, EwmaLimits, Reflection, Sides};
use crate::spc::capability::{self, Index, Specification, TargetInterval};
use crate::spc::individuals::{self, Spread};
use crate::spc::subgroups::Estimator;
use crate::spc::{
    Chart, Constants, Settings, Subgroups, attributes, constants, cusum, ewma, laney, pareto, variables,
    yields,
};

pub(super) const SIGMAS: Choice = option("sigmas", "3");
pub(super) const COVERAGE: Choice = option("coverage", "");
pub(super) const RUN: Choice = option("run", "7");
const CENTRE: Choice = option("centre", "");
const DEVIATION: Choice = option("deviation", "");
const ESTIMATOR: Choice =
    choice("estimator", &["auto", "uwave-r", "uwave-sd", "mvlue-r", "mvlue-sd", "rmsdf"]);
const CONSTANTS: Choice = choice("constants", &["qcc", "exact"]);
const SPREAD: Choice = choice("spread", &["moving-range", "sample-deviation"]);
const SPAN: Choice = option("span", "2");
const INTERVAL: Choice = option("interval", "5");
const SHIFT: Choice = option("shift", "1");
const HEAD_START: Choice = option("head_start", "0");
const LAMBDA: Choice = option("lambda", "0.2");
const LOWER: Choice = option("lower", "");
const UPPER: Choice = option("upper", "");
const TARGET: Choice = option("target", "");
const LEVEL: Choice = option("level", "0.95");
const TARGET_INTERVAL: Choice = choice("target_interval", &["qcc", "boyles"]);
const OF: Choice = choice("of", &["capability", "performance"]);
const CHART: Choice = choice("chart", &["shewhart", "cusum", "ewma"]);
const LIMIT: Choice = option("limit", "3");
const REFERENCE: Choice = option("reference", "0.5");
const SIDES: Choice = choice("sides", &["two", "one"]);
const REFLECTION: Choice = option("reflection", "0");
const LIMITS: Choice = choice("limits", &["fixed", "exact"]);
const CUT: Choice = option("cut", "0.8");

const VALUE: Column = needs("value", Holds::Numbers);
const SAMPLE: Column = needs("sample", Holds::Names);
const BASE: Column = may_have("base", Holds::Names);
const MAY_SAMPLE: Column = may_have("sample", Holds::Names);
const X: Column = needs("x", Holds::Counts);
const N: Column = needs("n", Holds::Counts);
const AREA: Column = needs("n", Holds::Numbers);

const SUBGROUP_OPTIONS: &[Choice] = &[SIGMAS, COVERAGE, RUN, CENTRE, DEVIATION, ESTIMATOR, CONSTANTS];
const SINGLE_OPTIONS: &[Choice] = &[SIGMAS, COVERAGE, RUN, CENTRE, DEVIATION, SPREAD, SPAN, CONSTANTS];
const COUNT_OPTIONS: &[Choice] = &[SIGMAS, COVERAGE, RUN, CENTRE];
const LANEY_OPTIONS: &[Choice] = &[SIGMAS, COVERAGE, RUN, CONSTANTS];
const SUBGROUPED: &[Column] = &[VALUE, SAMPLE, BASE];

/// The family's methods.
pub(super) const METHODS: &[Method] = &[
    Method { id: "spc.xbar", columns: SUBGROUPED, options: SUBGROUP_OPTIONS, run: xbar },
    Method { id: "spc.r", columns: SUBGROUPED, options: SUBGROUP_OPTIONS, run: ranges },
    Method { id: "spc.s", columns: SUBGROUPED, options: SUBGROUP_OPTIONS, run: deviations },
    Method { id: "spc.individuals", columns: &[VALUE, BASE], options: SINGLE_OPTIONS, run: single },
    Method {
        id: "spc.moving_range",
        columns: &[VALUE, BASE],
        options: &[SIGMAS, COVERAGE, RUN, DEVIATION, SPAN, CONSTANTS],
        run: moving,
    },
    Method { id: "spc.p", columns: &[X, N, BASE], options: COUNT_OPTIONS, run: share },
    Method { id: "spc.np", columns: &[X, N, BASE], options: COUNT_OPTIONS, run: number },
    Method { id: "spc.c", columns: &[X, BASE], options: COUNT_OPTIONS, run: count },
    Method { id: "spc.u", columns: &[X, AREA, BASE], options: COUNT_OPTIONS, run: rate },
    Method { id: "spc.laney_p", columns: &[X, N, BASE], options: LANEY_OPTIONS, run: laney_share },
    Method { id: "spc.laney_u", columns: &[X, AREA, BASE], options: LANEY_OPTIONS, run: laney_rate },
    Method {
        id: "spc.cusum",
        columns: &[VALUE, MAY_SAMPLE, BASE],
        options: &[INTERVAL, SHIFT, HEAD_START, CENTRE, DEVIATION, ESTIMATOR, SPREAD, SPAN, CONSTANTS],
        run: sums,
    },
    Method {
        id: "spc.ewma",
        columns: &[VALUE, MAY_SAMPLE, BASE],
        options: &[LAMBDA, SIGMAS, CENTRE, DEVIATION, ESTIMATOR, SPREAD, SPAN, CONSTANTS],
        run: averages,
    },
    Method {
        id: "spc.capability",
        columns: &[VALUE, MAY_SAMPLE, BASE],
        options: &[
            OF,
            LOWER,
            UPPER,
            TARGET,
            LEVEL,
            SIGMAS,
            TARGET_INTERVAL,
            CENTRE,
            DEVIATION,
            ESTIMATOR,
            SPREAD,
            SPAN,
            CONSTANTS,
        ],
        run: indices,
    },
    Method {
        id: "spc.run_length",
        columns: &[needs("shift", Holds::Numbers)],
        options: &[CHART, LIMIT, REFERENCE, LAMBDA, SIDES, HEAD_START, REFLECTION, LIMITS],
        run: run_length,
    },
    Method {
        id: "spc.limit_for_run_length",
        columns: &[needs("run_length", Holds::Numbers)],
        options: &[CHART, REFERENCE, LAMBDA, SIDES, HEAD_START, REFLECTION, LIMITS],
        run: limit,
    },
    Method {
        id: "spc.pareto",
        columns: &[needs("cause", Holds::Names), needs("count", Holds::Numbers)],
        options: &[CUT],
        run: causes,
    },
    Method {
        id: "spc.dpmo",
        columns: &[
            needs("defects", Holds::Counts),
            needs("units", Holds::Counts),
            needs("opportunities", Holds::Counts),
        ],
        options: &[LEVEL],
        run: dpmo,
    },
    Method {
        id: "spc.first_time_yield",
        columns: &[needs("entered", Holds::Counts), needs("passed", Holds::Counts)],
        options: &[],
        run: first_time_yield,
    },
    Method { id: "spc.constants", columns: &[N], options: &[], run: factors },
];

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

fn xbar(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (groups, names, marks) = grouped(frame)?;
    chart_answer(&names, &variables::mean_chart(&groups, marks.as_deref(), &settings(options)?)?, options)
}

fn ranges(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (groups, names, marks) = grouped(frame)?;
    chart_answer(&names, &variables::range_chart(&groups, marks.as_deref(), &settings(options)?)?, options)
}

fn deviations(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
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

fn single(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (values, marks) = (frame.numbers("value")?, base(frame)?);
    let chart = individuals::value_chart(&values, marks.as_deref(), spread(options)?, &settings(options)?)?;
    chart_answer(&[], &chart, options)
}

fn moving(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (values, marks) = (frame.numbers("value")?, base(frame)?);
    let span = options.count(&SPAN)? as usize;
    let settings = settings(options)?;
    chart_answer(&[], &individuals::moving_range_chart(&values, marks.as_deref(), span, &settings)?, options)
}

fn share(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (x, n, marks) = (frame.counts("x")?, frame.counts("n")?, base(frame)?);
    let (width, centre) = (width(options)?, options.number(&CENTRE)?);
    chart_answer(&[], &attributes::share_chart(&x, &n, marks.as_deref(), width, centre)?, options)
}

fn number(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (x, n, marks) = (frame.counts("x")?, frame.counts("n")?, base(frame)?);
    let (width, centre) = (width(options)?, options.number(&CENTRE)?);
    chart_answer(&[], &attributes::number_chart(&x, &n, marks.as_deref(), width, centre)?, options)
}

fn count(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (x, marks) = (frame.counts("x")?, base(frame)?);
    let (width, centre) = (width(options)?, options.number(&CENTRE)?);
    chart_answer(&[], &attributes::count_chart(&x, marks.as_deref(), width, centre)?, options)
}

fn rate(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (x, n, marks) = (frame.counts("x")?, frame.numbers("n")?, base(frame)?);
    let (width, centre) = (width(options)?, options.number(&CENTRE)?);
    chart_answer(&[], &attributes::rate_chart(&x, &n, marks.as_deref(), width, centre)?, options)
}

fn laney_share(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (x, n, marks) = (frame.counts("x")?, frame.counts("n")?, base(frame)?);
    let it = laney::share_chart(&x, &n, marks.as_deref(), width(options)?, constants_of(options))?;
    with_sigma_z(&it, options)
}

fn laney_rate(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
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
    let settings = Settings { width: crate::spc::Width::Sigmas(3.0), ..settings(options)? };
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

fn sums(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
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

fn averages(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (chart, names, _) = level_chart(frame, options)?;
    let points = ewma::averages(&chart, options.real(&LAMBDA)?, options.real(&SIGMAS)?)?;
    let rows = names.iter().zip(points).map(|(name, it)| {
        vec![name.as_str().into(), it.value.into(), it.low.into(), it.high.into(), it.signal().into()]
    });
    Ok(Answer::one(&["sample", "average", "low", "high", "signal"], rows.collect()))
}

fn indices(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
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

fn sides(options: &Options) -> Sides {
    if options.text(&SIDES) == "one" { Sides::One } else { Sides::Two }
}

fn reflection(options: &Options) -> Result<(Reflection, EwmaLimits), Refusal> {
    let reflection = match sides(options) {
        Sides::Two => Reflection::TwoSided,
        Sides::One => Reflection::At(options.real(&REFLECTION)?),
    };
    let limits = if options.text(&LIMITS) == "exact" { EwmaLimits::Exact } else { EwmaLimits::Fixed };
    Ok((reflection, limits))
}

fn run_length(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (limit, head_start) = (options.real(&LIMIT)?, options.real(&HEAD_START)?);
    let one = |shift: f64| match options.text(&CHART) {
        "cusum" => arl::cusum(options.real(&REFERENCE)?, limit, shift, head_start, sides(options)),
        "ewma" => {
            let (reflection, limits) = reflection(options)?;
            arl::ewma(options.real(&LAMBDA)?, limit, shift, head_start, reflection, limits)
        }
        _ => arl::shewhart(limit, shift, sides(options)),
    };
    let row = |&shift: &f64| Ok(vec![shift.into(), one(shift)?.into()]);
    let rows = frame.numbers("shift")?.iter().map(row).collect::<Result<_, Refusal>>()?;
    Ok(Answer::one(&["shift", "run_length"], rows))
}

fn limit(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let head_start = options.real(&HEAD_START)?;
    let one = |length: f64| match options.text(&CHART) {
        "cusum" => arl::cusum_interval(options.real(&REFERENCE)?, length, head_start, sides(options)),
        "ewma" => {
            let (reflection, limits) = reflection(options)?;
            arl::ewma_limit(options.real(&LAMBDA)?, length, head_start, reflection, limits)
        }
        _ => arl::shewhart_limit(length, sides(options)),
    };
    let row = |&length: &f64| Ok(vec![length.into(), one(length)?.into()]);
    let rows = frame.numbers("run_length")?.iter().map(row).collect::<Result<_, Refusal>>()?;
    Ok(Answer::one(&["run_length", "limit"], rows))
}

fn causes(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let names = frame.texts("cause")?;
    let table = pareto::table(&frame.numbers("count")?, options.real(&CUT)?)?;
    let rows = table.iter().map(|it| {
        vec![
            names.get(it.index).map(String::as_str).into(),
            it.count.into(),
            it.cumulative.into(),
            it.share.into(),
            it.cumulative_share.into(),
            it.vital.into(),
        ]
    });
    let columns = ["cause", "count", "cumulative", "share", "cumulative_share", "vital"];
    Ok(Answer::one(&columns, rows.collect()))
}

fn dpmo(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let [found, units, chances] = ["defects", "units", "opportunities"].map(|column| frame.counts(column));
    let (found, units, chances) = (found?, units?, chances?);
    let level = options.real(&LEVEL)?;
    let row = |((&found, &units), &chances): ((&u64, &u64), &u64)| {
        let it = yields::defects(found, units, chances, level)?;
        Ok(vec![
            it.dpmo.into(),
            it.interval.low.into(),
            it.interval.high.into(),
            it.per_unit.into(),
            it.z.into(),
            it.sigma_level.into(),
        ])
    };
    let rows = found.iter().zip(&units).zip(&chances).map(row).collect::<Result<_, Refusal>>()?;
    Ok(Answer::one(&["dpmo", "low", "high", "per_unit", "z", "sigma_level"], rows))
}

fn first_time_yield(frame: &Frame, _: &Options) -> Result<Answer, Refusal> {
    let (entered, passed) = (frame.counts("entered")?, frame.counts("passed")?);
    let steps: Vec<(u64, u64)> = entered.into_iter().zip(passed).collect();
    let it = yields::rolled(&steps)?;
    let rows = it.first_time.iter().enumerate().map(|(i, &first)| vec![(i as u64 + 1).into(), first.into()]);
    let mut answer = Answer::one(&["step", "first_time"], rows.collect());
    let totals: Vec<Cell> = vec![it.rolled.into(), it.normalised.into()];
    answer.sheets.push(Sheet::new("rolled", &["rolled", "normalised"], vec![totals]));
    Ok(answer)
}

fn factors(frame: &Frame, _: &Options) -> Result<Answer, Refusal> {
    let row = |&n: &u64| {
        let it = constants::factors(usize::try_from(n).unwrap_or(usize::MAX))?;
        Ok(vec![
            n.into(),
            it.d2.into(),
            it.d3.into(),
            it.c4.into(),
            it.a2.into(),
            it.a3.into(),
            it.lower_range.into(),
            it.upper_range.into(),
            it.lower_deviation.into(),
            it.upper_deviation.into(),
        ])
    };
    let rows = frame.counts("n")?.iter().map(row).collect::<Result<_, Refusal>>()?;
    Ok(Answer::one(&["n", "d2", "d3", "c4", "A2", "A3", "D3", "D4", "B3", "B4"], rows))
}
