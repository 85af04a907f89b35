//! Data truth over a table. Blank cells are left out of the tests of sets and counted in `missing`; series must be
//! complete. Rows are numbered from 1, without the header.

mod rows;
mod series;

use super::{Answer, Cell, Choice, Frame, Holds, Method, Options, Sheet, choice, needs, option};
use crate::refusal::Refusal;
use crate::truth::benford::{self, Digits};
use crate::truth::bunching::{self, Reached};
use crate::truth::outlier::{self, Middle, Quartiles};
use crate::truth::{decimals_of, heaping, last_digit};

const VALUE: &[super::Column] = &[needs("value", Holds::Numbers)];
const LEVEL: Choice = option("level", "0.95");
const DIGITS: Choice = choice("digits", &["first", "second", "first_two", "first_three"]);
const SMALLEST: Choice = option("smallest", "0");
const LAST: Choice = choice("digits", &["single", "pairs"]);
const DECIMALS: Choice = option("decimals", "");
const BASE: Choice = option("base", "");
const LOWEST: Choice = option("lowest", "10");
const TARGET: Choice = option("target", "");
const WIDTH: Choice = option("width", "");
const REACH: Choice = option("reach", "3");
const REACHED: Choice = choice("reached", &["above", "below"]);
const BIN: Choice = option("bin", "");
const BANDWIDTH: Choice = option("bandwidth", "");
const FENCE: Choice = choice("method", &["mad", "tukey", "adjusted"]);
const LIMIT: Choice = option("limit", "");
const QUARTILES: Choice = choice("quartiles", &["hinges", "interpolated"]);
const MIDDLE: Choice = choice("middle", &["mean", "lower", "like_r"]);
const K: Choice = option("k", "10");
const ALPHA: Choice = option("alpha", "0.05");

/// The family's methods.
pub(super) const METHODS: &[Method] = &[
    Method { id: "truth.benford", columns: VALUE, options: &[DIGITS, SMALLEST], run: leading },
    Method { id: "truth.last_digit", columns: VALUE, options: &[LAST, DECIMALS], run: last },
    Method { id: "truth.round_numbers", columns: VALUE, options: &[BASE, DECIMALS, LEVEL], run: round },
    Method { id: "truth.myers", columns: VALUE, options: &[LOWEST], run: myers },
    Method {
        id: "truth.target",
        columns: VALUE,
        options: &[TARGET, WIDTH, REACH, REACHED, LEVEL],
        run: target,
    },
    Method { id: "truth.sides", columns: VALUE, options: &[TARGET, WIDTH, REACHED, LEVEL], run: sides },
    Method { id: "truth.jump", columns: VALUE, options: &[TARGET, BIN, BANDWIDTH], run: jump },
    Method {
        id: "truth.outliers",
        columns: VALUE,
        options: &[FENCE, LIMIT, QUARTILES, MIDDLE],
        run: outliers,
    },
    Method { id: "truth.esd", columns: VALUE, options: &[K, ALPHA], run: esd },
    series::COUNTS,
    series::RATES,
    series::RATIO,
    series::STRETCHES,
    series::HAMPEL,
    series::BLOCKS,
    rows::EQUAL,
    rows::NEAR,
    rows::BEST,
];

/// The filled cells of `value`, the row of each from 1, and how many cells are blank.
fn filled(frame: &Frame) -> Result<(Vec<f64>, Vec<usize>, u64), Refusal> {
    let all = frame.numbers("value")?;
    let kept = all.iter().zip(1..).filter(|(value, _)| !value.is_nan());
    let (values, rows): (Vec<f64>, Vec<usize>) = kept.map(|(value, row)| (*value, row)).unzip();
    let missing = (all.len() - values.len()) as u64;
    Ok((values, rows, missing))
}

/// The decimals asked for, or those written in the column.
fn decimals(frame: &Frame, options: &Options) -> Result<u32, Refusal> {
    match options.count_or_blank(&DECIMALS)? {
        None => Ok(decimals_of(frame.texts("value")?.iter().map(String::as_str))),
        Some(decimals) => Ok(u32::try_from(decimals).unwrap_or(u32::MAX)),
    }
}

fn reached(options: &Options) -> Reached {
    if options.text(&REACHED) == "below" { Reached::Below } else { Reached::Above }
}

fn leading(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let which = match options.text(&DIGITS) {
        "second" => Digits::Second,
        "first_two" => Digits::FirstTwo,
        "first_three" => Digits::FirstThree,
        _ => Digits::First,
    };
    let (values, _, missing) = filled(frame)?;
    let it = benford::test(&values, which, options.real(&SMALLEST)?)?;
    let conformity = match it.conformity {
        benford::Conformity::Close => "close",
        benford::Conformity::Acceptable => "acceptable",
        benford::Conformity::Marginal => "marginal",
        benford::Conformity::None => "none",
    };
    let columns = [
        "n",
        "left_out",
        "missing",
        "chi_square",
        "freedom",
        "p_value",
        "distance",
        "distance_p_value",
        "mad",
        "mad_expected",
        "conformity",
    ];
    let row = vec![
        it.n.into(),
        it.left_out.into(),
        missing.into(),
        it.chi_square.into(),
        it.freedom.into(),
        it.p_value.into(),
        it.distance.into(),
        it.distance_p_value.into(),
        it.mad.into(),
        it.mad_expected.into(),
        conformity.into(),
    ];
    let cells = it.cells.iter().map(|cell| {
        vec![
            Cell::Count(cell.digits.into()),
            cell.count.into(),
            cell.share.into(),
            cell.expected.into(),
            cell.z.into(),
        ]
    });
    let cells = Sheet::new("digits", &["digits", "count", "share", "expected", "z"], cells.collect());
    Ok(Answer { sheets: vec![Sheet::new("result", &columns, vec![row]), cells] })
}

fn last(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (values, _, missing) = filled(frame)?;
    let decimals = decimals(frame, options)?;
    let test = if options.text(&LAST) == "pairs" { last_digit::pairs } else { last_digit::single };
    let it = test(&values, decimals)?;
    let columns = [
        "n",
        "missing",
        "decimals",
        "chi_square",
        "freedom",
        "p_value",
        "marked",
        "marked_share",
        "marked_low",
        "marked_high",
        "marked_p_value",
    ];
    let row = vec![
        it.n.into(),
        missing.into(),
        Cell::Count(decimals.into()),
        it.chi_square.into(),
        it.freedom.into(),
        it.p_value.into(),
        it.marked.count.into(),
        it.marked.share.into(),
        it.marked.interval.low.into(),
        it.marked.interval.high.into(),
        it.marked.p_value.into(),
    ];
    let cells = it.cells.iter();
    let cells = cells
        .map(|cell| {
            vec![Cell::Count(cell.digits.into()), cell.count.into(), cell.share.into(), cell.z.into()]
        })
        .collect();
    let cells = Sheet::new("digits", &["digits", "count", "share", "z"], cells);
    Ok(Answer { sheets: vec![Sheet::new("result", &columns, vec![row]), cells] })
}

fn round(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (values, _, missing) = filled(frame)?;
    let (base, level) = (options.real(&BASE)?, options.real(&LEVEL)?);
    let it = heaping::at_round(&values, decimals(frame, options)?, base, level)?;
    let columns =
        ["n", "missing", "round", "share", "low", "high", "expected", "index", "rounded", "p_value"];
    let row = vec![
        it.n.into(),
        missing.into(),
        it.round.into(),
        it.share.into(),
        it.interval.low.into(),
        it.interval.high.into(),
        it.expected.into(),
        it.index.into(),
        it.rounded.into(),
        it.p_value.into(),
    ];
    Ok(Answer::one(&columns, vec![row]))
}

fn myers(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (values, _, missing) = filled(frame)?;
    let lowest = u32::try_from(options.count(&LOWEST)?).unwrap_or(u32::MAX);
    let (index, shares) = heaping::myers(&values, lowest)?;
    let cells = (0..).zip(shares).map(|(digit, share)| vec![Cell::Count(digit), share.into()]).collect();
    Ok(Answer {
        sheets: vec![
            Sheet::new("result", &["index", "missing"], vec![vec![index.into(), missing.into()]]),
            Sheet::new("digits", &["digits", "per_cent"], cells),
        ],
    })
}

fn target(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (values, _, missing) = filled(frame)?;
    let reach = u32::try_from(options.count(&REACH)?).unwrap_or(u32::MAX);
    let (target, width) = (options.real(&TARGET)?, options.real(&WIDTH)?);
    let it = bunching::window(&values, target, width, reach, reached(options), options.real(&LEVEL)?)?;
    let columns = ["missing", "inside", "nearby", "expected", "excess", "low", "high", "z", "p_value"];
    let row = vec![
        missing.into(),
        it.inside.into(),
        it.nearby.into(),
        it.expected.into(),
        it.excess.into(),
        it.interval.low.into(),
        it.interval.high.into(),
        it.z.into(),
        it.p_value.into(),
    ];
    Ok(Answer::one(&columns, vec![row]))
}

fn sides(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (values, _, missing) = filled(frame)?;
    let (target, width) = (options.real(&TARGET)?, options.real(&WIDTH)?);
    let it = bunching::sides(&values, target, width, reached(options), options.real(&LEVEL)?)?;
    let columns = ["missing", "short", "past", "share", "low", "high", "p_value"];
    let row = vec![
        missing.into(),
        it.short.into(),
        it.past.into(),
        it.share.into(),
        it.interval.low.into(),
        it.interval.high.into(),
        it.p_value.into(),
    ];
    Ok(Answer::one(&columns, vec![row]))
}

fn jump(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (values, _, missing) = filled(frame)?;
    let (bin, bandwidth) = (options.number(&BIN)?, options.number(&BANDWIDTH)?);
    let it = bunching::jump(&values, options.real(&TARGET)?, bin, bandwidth)?;
    let columns =
        ["missing", "below", "above", "log_ratio", "standard_error", "z", "p_value", "bin", "bandwidth"];
    let row = vec![
        missing.into(),
        it.below.into(),
        it.above.into(),
        it.log_ratio.into(),
        it.standard_error.into(),
        it.z.into(),
        it.p_value.into(),
        it.bin.into(),
        it.bandwidth.into(),
    ];
    Ok(Answer::one(&columns, vec![row]))
}

fn outliers(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (values, rows, missing) = filled(frame)?;
    let quartiles = match options.text(&QUARTILES) {
        "interpolated" => Quartiles::Interpolated,
        _ => Quartiles::Hinges,
    };
    let middle = match options.text(&MIDDLE) {
        "lower" => Middle::Lower,
        "like_r" => Middle::LikeR,
        _ => Middle::Mean,
    };
    let limit = options.number(&LIMIT)?;
    let (it, skew) = match options.text(&FENCE) {
        "tukey" => (outlier::tukey(&values, limit.unwrap_or(1.5), quartiles)?, None),
        "adjusted" => {
            let (it, skew) = outlier::adjusted(&values, limit.unwrap_or(1.5), quartiles, middle)?;
            (it, Some(skew))
        }
        _ => (outlier::mad(&values, limit.unwrap_or(3.5))?, None),
    };
    let columns = ["n", "missing", "centre", "low", "high", "medcouple", "flagged"];
    let row = vec![
        (values.len() as u64).into(),
        missing.into(),
        it.centre.into(),
        it.low.into(),
        it.high.into(),
        skew.into(),
        (it.rows.len() as u64).into(),
    ];
    let flagged = it.rows.iter().map(|&i| vec![(rows[i] as u64).into(), values[i].into()]).collect();
    Ok(Answer {
        sheets: vec![
            Sheet::new("result", &columns, vec![row]),
            Sheet::new("flagged", &["row", "value"], flagged),
        ],
    })
}

fn esd(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (values, rows, _) = filled(frame)?;
    let it = outlier::esd(&values, options.count(&K)? as usize, options.real(&ALPHA)?)?;
    let columns = ["row", "value", "mean", "deviation", "statistic", "critical", "outlier"];
    let steps = it.steps.iter().enumerate().map(|(i, step)| {
        vec![
            (rows[step.row] as u64).into(),
            step.value.into(),
            step.mean.into(),
            step.deviation.into(),
            step.statistic.into(),
            step.critical.into(),
            (i < it.outliers).into(),
        ]
    });
    Ok(Answer::one(&columns, steps.collect()))
}
