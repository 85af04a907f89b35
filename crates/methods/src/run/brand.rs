//! Brand value over a table of forecast years.

use super::{Answer, Cell, Choice, Frame, Holds, Method, Options, Sheet, may_have, needs, option};
use crate::brand::{Inputs, cash_flow, sensitivity, strength, value};
use crate::refusal::Refusal;

const SHARE: Choice = option("share", "1");
const RATE: Choice = option("rate", "");
const GROWTH: Choice = option("growth", "0");
const NEXT: Choice = option("next", "");
const RATE_STEP: Choice = option("rate_step", "0.01");
const GROWTH_STEP: Choice = option("growth_step", "0.005");
const SHARE_STEP: Choice = option("share_step", "0.05");
const MAP: Choice = option("map", "");

/// The family's methods.
pub(super) const METHODS: &[Method] = &[
    Method {
        id: "brand.value",
        columns: &[needs("profit", Holds::Numbers), may_have("tangible", Holds::Numbers)],
        options: &[SHARE, RATE, GROWTH, NEXT, RATE_STEP, GROWTH_STEP, SHARE_STEP],
        run: valuation,
    },
    Method {
        id: "brand.strength",
        columns: &[needs("score", Holds::Numbers), needs("weight", Holds::Numbers)],
        options: &[MAP],
        run: scores,
    },
];

fn valuation(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let profits = frame.numbers("profit")?;
    let tangible = if frame.has("tangible") { frame.numbers("tangible")? } else { vec![0.0; profits.len()] };
    let (share, rate, growth) = (options.real(&SHARE)?, options.real(&RATE)?, options.real(&GROWTH)?);
    let years = profits.iter().zip(&tangible);
    let flows: Vec<f64> =
        years.map(|(profit, tangible)| cash_flow(*profit, *tangible, share)).collect::<Result<_, _>>()?;
    let it = value(&flows, rate, growth, options.number(&NEXT)?)?;
    let steps = (options.real(&RATE_STEP)?, options.real(&GROWTH_STEP)?, options.real(&SHARE_STEP)?);
    let inputs = Inputs { profits: &profits, tangible: &tangible, share, rate, growth };
    let grid = sensitivity(inputs, steps)?;
    let columns = ["forecast", "terminal", "value", "floored", "terminal_share"];
    let row = vec![
        it.forecast.into(),
        it.terminal.into(),
        it.value.into(),
        it.floored.into(),
        it.terminal_share.into(),
    ];
    let cells = grid.iter().map(|cell| {
        vec![
            Cell::Count(cell.rate.into()),
            Cell::Count(cell.growth.into()),
            Cell::Count(cell.share.into()),
            cell.value.into(),
        ]
    });
    Ok(Answer {
        sheets: vec![
            Sheet::new("result", &columns, vec![row]),
            Sheet::new(
                "sensitivity",
                &["rate_steps", "growth_steps", "share_steps", "value"],
                cells.collect(),
            ),
        ],
    })
}

fn scores(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let map = points(options.text(&MAP))?;
    let (score, coefficient) = strength(&frame.numbers("score")?, &frame.numbers("weight")?, &map)?;
    Ok(Answer::one(&["total_score", "coefficient"], vec![vec![score.into(), coefficient.into()]]))
}

/// Points as `0:2 100:0.6`.
fn points(text: &str) -> Result<Vec<(f64, f64)>, Refusal> {
    let read = |point: &str| {
        let (score, coefficient) = point.split_once(':')?;
        Some((score.trim().parse().ok()?, coefficient.trim().parse().ok()?))
    };
    text.split_whitespace()
        .map(|point| {
            read(point).ok_or_else(|| Refusal::Unknown {
                kind: "value",
                name: format!("map={point}"),
                known: vec!["points as 0:2 100:0.6".to_owned()],
            })
        })
        .collect()
}
