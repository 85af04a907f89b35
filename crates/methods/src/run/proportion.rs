//! Proportions and rates over a table: one row, one question.

use super::{Answer, Cell, Choice, Frame, Holds, Method, Options, choice, needs, option};
use crate::interval::{Interval, level_tail};
use crate::refusal::Refusal;
use crate::{interval, poisson, two_samples};

const LEVEL: Choice = option("level", "0.95");
const ONE: Choice = choice(
    "method",
    &[
        "wilson",
        "wilson_corrected",
        "clopper_pearson",
        "mid_p",
        "jeffreys",
        "jeffreys_modified",
        "agresti_coull",
        "wald",
        "arcsine",
    ],
);

/// The family's methods.
pub(super) const METHODS: &[Method] = &[
    Method {
        id: "proportion.interval",
        columns: &[needs("x", Holds::Counts), needs("n", Holds::Counts)],
        options: &[ONE, LEVEL],
        run: one,
    },
    Method {
        id: "proportion.two_samples",
        columns: &[
            needs("x1", Holds::Counts),
            needs("n1", Holds::Counts),
            needs("x2", Holds::Counts),
            needs("n2", Holds::Counts),
        ],
        options: &[LEVEL],
        run: two,
    },
    Method {
        id: "proportion.poisson",
        columns: &[needs("x", Holds::Counts), needs("exposure", Holds::Numbers)],
        options: &[LEVEL],
        run: events,
    },
];

fn one(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let level = level(options)?;
    let method = match options.text(&ONE) {
        "wilson_corrected" => interval::wilson_corrected,
        "clopper_pearson" => interval::clopper_pearson,
        "mid_p" => interval::mid_p,
        "jeffreys" => interval::jeffreys,
        "jeffreys_modified" => interval::jeffreys_modified,
        "agresti_coull" => interval::agresti_coull,
        "wald" => interval::wald,
        "arcsine" => interval::arcsine,
        _ => interval::wilson,
    };
    let (x, n) = (frame.counts("x")?, frame.counts("n")?);
    let row = |(&x, &n): (&u64, &u64)| {
        let (low, high) = ends(method(x, n, level));
        let share = if n == 0 || x > n { Cell::Missing } else { (x as f64 / n as f64).into() };
        vec![x.into(), n.into(), share, low, high]
    };
    Ok(Answer::one(&["x", "n", "share", "low", "high"], x.iter().zip(&n).map(row).collect()))
}

fn two(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let level = level(options)?;
    let [x1, n1, x2, n2] = ["x1", "n1", "x2", "n2"].map(|column| frame.counts(column));
    let (x1, n1, x2, n2) = (x1?, n1?, x2?, n2?);
    let row = |i: usize| {
        let score = two_samples::score(x1[i], n1[i], x2[i], n2[i], level);
        let fisher = two_samples::fisher(x1[i], n1[i], x2[i], n2[i], level);
        let (low, high) = ends(two_samples::newcombe(x1[i], n1[i], x2[i], n2[i], level));
        let difference = score.map(|_| x1[i] as f64 / n1[i] as f64 - x2[i] as f64 / n2[i] as f64);
        vec![
            difference.into(),
            low,
            high,
            score.as_ref().map(|it| it.chi_square).into(),
            score.map(|it| it.p_value).into(),
            fisher.map(|it| it.p_value).into(),
        ]
    };
    let columns = ["difference", "low", "high", "chi_square", "p_value", "fisher_p_value"];
    Ok(Answer::one(&columns, (0..frame.n_rows()).map(row).collect()))
}

fn events(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let level = level(options)?;
    let (x, exposure) = (frame.counts("x")?, frame.numbers("exposure")?);
    let row = |(&x, &exposure): (&u64, &f64)| {
        let it = poisson::exact(x, exposure, level);
        let (low, high) = ends(it);
        vec![x.into(), exposure.into(), it.map(|_| x as f64 / exposure).into(), low, high]
    };
    let rows = x.iter().zip(&exposure).map(row).collect();
    Ok(Answer::one(&["x", "exposure", "rate", "low", "high"], rows))
}

/// The confidence level, refused here because the functions themselves answer `None` to whatever is wrong.
fn level(options: &Options) -> Result<f64, Refusal> {
    let level = options.real(&LEVEL)?;
    level_tail(level).map(|_| level)
}

fn ends(it: Option<Interval>) -> (Cell, Cell) {
    (it.map(|it| it.low).into(), it.map(|it| it.high).into())
}
