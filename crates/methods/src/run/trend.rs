//! Trend and season over a table: a row per period, in the order of time.

use super::{Answer, Cell, Choice, Column, Frame, Holds, Method, Options, Sheet, choice, needs, option};
use crate::refusal::Refusal;
use crate::trend::autocorrelated::{hamed_rao, pre_whitened, trend_free_pre_whitened, yue_wang};
use crate::trend::chain::{chain, links, rebase};
use crate::trend::decompose::{Kind, decompose};
use crate::trend::forecast::{Variance, forecast};
use crate::trend::growth::{average_by_level, average_by_sum, growth};
use crate::trend::holt_winters::{HoltWinters, Weight, holt_winters};
use crate::trend::mann_kendall::{MannKendall, mann_kendall};
use crate::trend::pettitt::pettitt;
use crate::trend::sen::{seasonal_sen, sen};
use crate::trend::several::{partial, regional, regional_correlated, seasonal, seasonal_correlated};
use crate::trend::stl::{Season, Stl, stl};

const VALUE: &[Column] = &[needs("value", Holds::Numbers)];
const PERIOD: Choice = option("period", "12");
const KIND: Choice = choice("kind", &["additive", "multiplicative"]);
const SEASON_WINDOW: Choice = option("season_window", "periodic");
const SEASON_DEGREE: Choice = choice("season_degree", &["0", "1"]);
const TREND_WINDOW: Choice = option("trend_window", "");
const TREND_DEGREE: Choice = choice("trend_degree", &["1", "0"]);
const LOW_WINDOW: Choice = option("low_window", "");
const LOW_DEGREE: Choice = choice("low_degree", &["as_trend", "0", "1"]);
const SEASON_JUMP: Choice = option("season_jump", "");
const TREND_JUMP: Choice = option("trend_jump", "");
const LOW_JUMP: Choice = option("low_jump", "");
const ROBUST: Choice = choice("robust", &["no", "yes"]);
const INNER: Choice = option("inner", "");
const OUTER: Choice = option("outer", "");
const FILTER: Choice = option("filter", "");
const ALPHA: Choice = option("alpha", "");
const BETA: Choice = option("beta", "");
const GAMMA: Choice = option("gamma", "");
const START_CYCLES: Choice = option("start_cycles", "2");
const START_LEVEL: Choice = option("start_level", "");
const START_TREND: Choice = option("start_trend", "");
const START_SEASON: Choice = option("start_season", "");
const SEARCH_FROM: Choice = option("search_from", "0.3 0.1 0.1");
const AHEAD: Choice = option("ahead", "12");
const LEVEL: Choice = option("level", "0.95");
const VARIANCE: Choice = choice("variance", &["paper", "like_r"]);
const TEST: Choice = choice(
    "test",
    &["plain", "seasonal", "seasonal_correlated", "hamed_rao", "yue_wang", "pre_whitened", "trend_free"],
);
const CONTINUITY: Choice = choice("continuity", &["yes", "no"]);
const LAGS: Choice = option("lags", "");
const LAG_LEVEL: Choice = option("lag_level", "0.05");
const CORRELATED: Choice = choice("correlated", &["no", "yes"]);
const CYCLE: Choice = option("period", "1");
const BASE: Choice = option("base", "100");
const AT: Choice = option("at", "0");
const LAG: Choice = option("lag", "1");

const TESTED: [&str; 7] = ["n", "score", "variance", "z", "p_value", "tau", "tau_b"];

/// The family's methods.
pub(super) const METHODS: &[Method] = &[
    Method {
        id: "trend.stl",
        columns: VALUE,
        options: &[
            PERIOD,
            SEASON_WINDOW,
            SEASON_DEGREE,
            TREND_WINDOW,
            TREND_DEGREE,
            LOW_WINDOW,
            LOW_DEGREE,
            SEASON_JUMP,
            TREND_JUMP,
            LOW_JUMP,
            ROBUST,
            INNER,
            OUTER,
        ],
        run: split,
    },
    Method { id: "trend.decompose", columns: VALUE, options: &[PERIOD, KIND, FILTER], run: classical },
    Method {
        id: "trend.holt_winters",
        columns: VALUE,
        options: &[
            PERIOD,
            KIND,
            ALPHA,
            BETA,
            GAMMA,
            START_CYCLES,
            START_LEVEL,
            START_TREND,
            START_SEASON,
            SEARCH_FROM,
            AHEAD,
            LEVEL,
            VARIANCE,
        ],
        run: smooth,
    },
    Method {
        id: "trend.mann_kendall",
        columns: VALUE,
        options: &[TEST, PERIOD, CONTINUITY, LAGS, LAG_LEVEL],
        run: one_series,
    },
    Method {
        id: "trend.regional",
        columns: &[needs("*", Holds::TheRest)],
        options: &[CORRELATED],
        run: many_series,
    },
    Method {
        id: "trend.partial",
        columns: &[needs("value", Holds::Numbers), needs("other", Holds::Numbers)],
        options: &[],
        run: apart,
    },
    Method { id: "trend.sen", columns: VALUE, options: &[CYCLE, LEVEL], run: slope },
    Method { id: "trend.pettitt", columns: VALUE, options: &[], run: shift },
    Method { id: "trend.chain", columns: &[needs("link", Holds::Numbers)], options: &[BASE], run: chained },
    Method { id: "trend.rebase", columns: VALUE, options: &[AT, BASE], run: rebased },
    Method { id: "trend.growth", columns: VALUE, options: &[LAG], run: grown },
];

fn split(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let season = match options.text(&SEASON_WINDOW) {
        "periodic" => Season::Periodic,
        _ => Season::Window(options.count(&SEASON_WINDOW)? as usize),
    };
    let settings = Stl {
        season_linear: options.text(&SEASON_DEGREE) == "1",
        trend_window: whole(options, &TREND_WINDOW)?,
        trend_linear: options.text(&TREND_DEGREE) == "1",
        low_window: whole(options, &LOW_WINDOW)?,
        low_linear: match options.text(&LOW_DEGREE) {
            "0" => Some(false),
            "1" => Some(true),
            _ => None,
        },
        season_jump: whole(options, &SEASON_JUMP)?,
        trend_jump: whole(options, &TREND_JUMP)?,
        low_jump: whole(options, &LOW_JUMP)?,
        robust: options.text(&ROBUST) == "yes",
        inner: whole(options, &INNER)?,
        outer: whole(options, &OUTER)?,
        ..Stl::new(options.count(&PERIOD)? as usize, season)
    };
    let values = frame.numbers("value")?;
    let it = stl(&values, &settings)?;
    let row = |i: usize| {
        vec![
            (i as u64).into(),
            it.seasonal[i].into(),
            it.trend[i].into(),
            it.remainder[i].into(),
            it.weights[i].into(),
        ]
    };
    let columns = ["row", "seasonal", "trend", "remainder", "weight"];
    Ok(Answer::one(&columns, (0..values.len()).map(row).collect()))
}

fn classical(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let values = frame.numbers("value")?;
    let filter = list(options, &FILTER)?;
    let period = options.count(&PERIOD)? as usize;
    let it = decompose(&values, period, kind(options), filter.as_deref())?;
    let row =
        |i: usize| vec![(i as u64).into(), it.seasonal[i].into(), it.trend[i].into(), it.remainder[i].into()];
    let figure = it.figure.iter().enumerate();
    let figure = figure.map(|(i, value)| vec![(i as u64 + 1).into(), (*value).into()]).collect();
    Ok(Answer {
        sheets: vec![
            Sheet::new(
                "result",
                &["row", "seasonal", "trend", "remainder"],
                (0..values.len()).map(row).collect(),
            ),
            Sheet::new("figure", &["season", "seasonal"], figure),
        ],
    })
}

fn smooth(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let values = frame.numbers("value")?;
    let mut settings = HoltWinters::new(options.count(&PERIOD)? as usize, kind(options));
    settings.alpha = weight(options, &ALPHA)?;
    settings.beta = weight(options, &BETA)?;
    settings.gamma = weight(options, &GAMMA)?;
    settings.start_cycles = options.count(&START_CYCLES)? as usize;
    settings.start_level = options.number(&START_LEVEL)?;
    settings.start_trend = options.number(&START_TREND)?;
    settings.start_season = list(options, &START_SEASON)?;
    let from = list(options, &SEARCH_FROM)?.unwrap_or_default();
    crate::refusal::same_length("search_from", from.len(), 3)?;
    settings.search_from = [from[0], from[1], from[2]];
    let it = holt_winters(&values, &settings)?;
    let variance = if options.text(&VARIANCE) == "like_r" { Variance::LikeR } else { Variance::Paper };
    let ahead = forecast(&it, options.count(&AHEAD)? as usize, options.real(&LEVEL)?, variance)?;

    let weights = vec![
        it.alpha.into(),
        it.beta.into(),
        it.gamma.into(),
        it.squared_error.into(),
        it.level.into(),
        it.beta.map(|_| it.trend).into(),
    ];
    let ahead = (1_u64..).zip(ahead).map(|(step, next)| {
        vec![step.into(), next.value.into(), next.interval.low.into(), next.interval.high.into()]
    });
    let season = (1_u64..).zip(&it.season).map(|(step, season)| vec![step.into(), (*season).into()]);
    let fitted = (0..it.fitted.len())
        .map(|i| vec![((it.first + i) as u64).into(), it.fitted[i].into(), it.residuals[i].into()]);
    let columns = ["alpha", "beta", "gamma", "squared_error", "level", "trend"];
    Ok(Answer {
        sheets: vec![
            Sheet::new("weights", &columns, vec![weights]),
            Sheet::new("forecast", &["step", "forecast", "low", "high"], ahead.collect()),
            Sheet::new("season", &["step", "seasonal"], season.collect()),
            Sheet::new("fitted", &["row", "fitted", "residual"], fitted.collect()),
        ],
    })
}

fn one_series(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let values = frame.numbers("value")?;
    let period = options.count(&PERIOD)? as usize;
    let lags = whole(options, &LAGS)?;
    let it = match options.text(&TEST) {
        "seasonal" => seasonal(&values, period),
        "seasonal_correlated" => seasonal_correlated(&values, period),
        "hamed_rao" => hamed_rao(&values, options.real(&LAG_LEVEL)?, lags),
        "yue_wang" => yue_wang(&values, lags),
        "pre_whitened" => pre_whitened(&values),
        "trend_free" => trend_free_pre_whitened(&values),
        _ => mann_kendall(&values, options.text(&CONTINUITY) == "yes"),
    };
    Ok(tested(&it?))
}

fn many_series(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let names: Vec<String> = frame.names().map(str::to_owned).collect();
    let series = names.iter().map(|name| frame.numbers(name)).collect::<Result<Vec<_>, _>>()?;
    let it =
        if options.text(&CORRELATED) == "yes" { regional_correlated(&series) } else { regional(&series) };
    Ok(tested(&it?))
}

fn apart(frame: &Frame, _: &Options) -> Result<Answer, Refusal> {
    Ok(tested(&partial(&frame.numbers("value")?, &frame.numbers("other")?)?))
}

fn tested(it: &MannKendall) -> Answer {
    let numbers = [it.score, it.variance, it.z, it.p_value, it.tau, it.tau_b].map(Cell::from);
    Answer::one(&TESTED, vec![std::iter::once((it.n as u64).into()).chain(numbers).collect()])
}

fn slope(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (values, level) = (frame.numbers("value")?, options.real(&LEVEL)?);
    let it = match options.count(&CYCLE)? {
        1 => sen(&values, level)?,
        period => seasonal_sen(&values, period as usize, level)?,
    };
    let row = [it.slope, it.interval.low, it.interval.high, it.intercept, it.intercept_before];
    let columns = ["slope", "low", "high", "intercept", "intercept_before"];
    Ok(Answer::one(&columns, vec![row.map(Cell::from).to_vec()]))
}

fn shift(frame: &Frame, _: &Options) -> Result<Answer, Refusal> {
    let it = pettitt(&frame.numbers("value")?)?;
    let row = vec![(it.before as u64).into(), it.statistic.into(), it.p_value.into()];
    Ok(Answer::one(&["before", "statistic", "p_value"], vec![row]))
}

fn chained(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let all = chain(&frame.numbers("link")?, options.real(&BASE)?)?;
    let rows = (0_u64..).zip(all).map(|(period, index)| vec![period.into(), index.into()]);
    Ok(Answer::one(&["period", "index"], rows.collect()))
}

fn rebased(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let values = frame.numbers("value")?;
    let all = rebase(&values, options.count(&AT)? as usize, options.real(&BASE)?)?;
    let links = links(&values)?;
    let rows = (0..values.len()).map(|row| {
        let link = row.checked_sub(1).map(|before| links[before]);
        vec![(row as u64).into(), all[row].into(), link.into()]
    });
    Ok(Answer::one(&["row", "index", "link"], rows.collect()))
}

fn grown(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let values = frame.numbers("value")?;
    let lag = options.count(&LAG)?;
    let all = growth(&values, lag as usize)?;
    let rows = (0_u64..).zip(all).map(|(row, growth)| vec![row.into(), growth.into()]);
    let average = vec![average_by_level(&values).ok().into(), average_by_sum(&values).ok().into()];
    Ok(Answer {
        sheets: vec![
            Sheet::new("average", &["average_by_level", "average_by_sum"], vec![average]),
            Sheet::new("growth", &["row", "growth"], rows.collect()),
        ],
    })
}

fn kind(options: &Options) -> Kind {
    if options.text(&KIND) == "multiplicative" { Kind::Multiplicative } else { Kind::Additive }
}

/// A smoothing weight: blank is fitted, `off` leaves the part out.
fn weight(options: &Options, choice: &Choice) -> Result<Weight, Refusal> {
    if options.text(choice).trim() == "off" {
        return Ok(Weight::Off);
    }
    Ok(options.number(choice)?.map_or(Weight::Fitted, Weight::Given))
}

/// A whole number, or nothing if blank.
fn whole(options: &Options, choice: &Choice) -> Result<Option<usize>, Refusal> {
    Ok(options.count_or_blank(choice)?.map(|count| count as usize))
}

/// Numbers between blanks, or nothing if there are none.
fn list(options: &Options, choice: &Choice) -> Result<Option<Vec<f64>>, Refusal> {
    let text = options.text(choice);
    let numbers = text.split_whitespace().map(|part| {
        part.parse().ok().filter(|value: &f64| value.is_finite()).ok_or_else(|| Refusal::Unknown {
            kind: "value",
            name: format!("{}={text}", choice.name),
            known: vec!["numbers between blanks".to_owned()],
        })
    });
    let numbers: Vec<f64> = numbers.collect::<Result<_, _>>()?;
    Ok((!numbers.is_empty()).then_some(numbers))
}
