//! Process control over a table: the methods and their options; run lengths, Pareto tables and yields.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::spc_charts as charts;
use super::{
    Answer, Cell, Choice, Column, Frame, Holds, Method, Options, Sheet, choice, may_have, needs, option,
};
use crate::refusal::Refusal;
use crate::spc::arl::{self, EwmaLimits, Reflection, Sides};
use crate::spc::{constants, pareto, yields};

pub(super) const SIGMAS: Choice = option("sigmas", "3");
pub(super) const COVERAGE: Choice = option("coverage", "");
pub(super) const RUN: Choice = option("run", "7");
pub(super) const CENTRE: Choice = option("centre", "");
pub(super) const DEVIATION: Choice = option("deviation", "");
pub(super) const ESTIMATOR: Choice =
    choice("estimator", &["auto", "uwave-r", "uwave-sd", "mvlue-r", "mvlue-sd", "rmsdf"]);
pub(super) const CONSTANTS: Choice = choice("constants", &["qcc", "exact"]);
pub(super) const SPREAD: Choice = choice("spread", &["moving-range", "sample-deviation"]);
pub(super) const SPAN: Choice = option("span", "2");
pub(super) const INTERVAL: Choice = option("interval", "5");
pub(super) const SHIFT: Choice = option("shift", "1");
pub(super) const HEAD_START: Choice = option("head_start", "0");
pub(super) const LAMBDA: Choice = option("lambda", "0.2");
pub(super) const LOWER: Choice = option("lower", "");
pub(super) const UPPER: Choice = option("upper", "");
pub(super) const TARGET: Choice = option("target", "");
pub(super) const LEVEL: Choice = option("level", "0.95");
pub(super) const TARGET_INTERVAL: Choice = choice("target_interval", &["qcc", "boyles"]);
pub(super) const OF: Choice = choice("of", &["capability", "performance"]);
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
    Method { id: "spc.xbar", columns: SUBGROUPED, options: SUBGROUP_OPTIONS, run: charts::xbar },
    Method { id: "spc.r", columns: SUBGROUPED, options: SUBGROUP_OPTIONS, run: charts::ranges },
    Method { id: "spc.s", columns: SUBGROUPED, options: SUBGROUP_OPTIONS, run: charts::deviations },
    Method { id: "spc.individuals", columns: &[VALUE, BASE], options: SINGLE_OPTIONS, run: charts::single },
    Method {
        id: "spc.moving_range",
        columns: &[VALUE, BASE],
        options: &[SIGMAS, COVERAGE, RUN, DEVIATION, SPAN, CONSTANTS],
        run: charts::moving,
    },
    Method { id: "spc.p", columns: &[X, N, BASE], options: COUNT_OPTIONS, run: charts::share },
    Method { id: "spc.np", columns: &[X, N, BASE], options: COUNT_OPTIONS, run: charts::number },
    Method { id: "spc.c", columns: &[X, BASE], options: COUNT_OPTIONS, run: charts::count },
    Method { id: "spc.u", columns: &[X, AREA, BASE], options: COUNT_OPTIONS, run: charts::rate },
    Method { id: "spc.laney_p", columns: &[X, N, BASE], options: LANEY_OPTIONS, run: charts::laney_share },
    Method { id: "spc.laney_u", columns: &[X, AREA, BASE], options: LANEY_OPTIONS, run: charts::laney_rate },
    Method {
        id: "spc.cusum",
        columns: &[VALUE, MAY_SAMPLE, BASE],
        options: &[INTERVAL, SHIFT, HEAD_START, CENTRE, DEVIATION, ESTIMATOR, SPREAD, SPAN, CONSTANTS],
        run: charts::sums,
    },
    Method {
        id: "spc.ewma",
        columns: &[VALUE, MAY_SAMPLE, BASE],
        options: &[LAMBDA, SIGMAS, CENTRE, DEVIATION, ESTIMATOR, SPREAD, SPAN, CONSTANTS],
        run: charts::averages,
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
        run: charts::indices,
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
    // an integral of some milliseconds for each size, however often it comes
    let mut known = BTreeMap::new();
    let row = |&n: &u64| {
        let it = match known.entry(n) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(new) => *new.insert(constants::factors(usize::try_from(n).unwrap_or(usize::MAX))?),
        };
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
