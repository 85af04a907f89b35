//! Product risk, warranty and recall over a table.

use super::{Answer, Choice, Frame, Holds, Method, Options, choice, may_have, needs, option};
use crate::certainty::Certainty;
use crate::refusal::Refusal;
use crate::risk::fraction::Fraction;
use crate::risk::matrix::Matrix;
use crate::risk::scenario::{Scenario, worst};
use crate::risk::use_compensation::{Rounding, Rule, fen, millionths, shifted};
use crate::risk::{kinetic_temperature, recall};

const MATRIX: Choice = option("matrix", "");
const RULE: Choice = option("rule", "");
const CASE: Choice = option("case", "");
const ROUNDING: Choice = choice("rounding", &["half_even", "half_up", "down"]);
const LEVEL: Choice = option("level", "0.95");
const SHARE: Choice = option("share", "0.5");
const ACTIVATION: Choice = option("activation_kj", "83.144");

/// The family's methods.
pub(super) const METHODS: &[Method] = &[
    Method {
        id: "risk.level",
        columns: &[
            needs("scenario", Holds::Names),
            needs("severity", Holds::Counts),
            needs("step", Holds::Names),
        ],
        options: &[MATRIX],
        run: levels,
    },
    Method {
        id: "risk.use_compensation",
        columns: &[
            needs("price", Holds::Names),
            needs("kilometres", Holds::Counts),
            needs("n", Holds::Names),
        ],
        options: &[RULE, CASE, ROUNDING],
        run: compensation,
    },
    Method {
        id: "risk.recall",
        columns: &[
            needs("remedied", Holds::Counts),
            may_have("taken_back", Holds::Counts),
            needs("affected", Holds::Counts),
        ],
        options: &[],
        run: completion,
    },
    Method {
        id: "risk.recall_sample",
        columns: &[needs("x", Holds::Counts), needs("n", Holds::Counts), needs("affected", Holds::Counts)],
        options: &[LEVEL],
        run: sample,
    },
    Method {
        id: "risk.recall_time",
        columns: &[needs("time", Holds::Numbers), needs("done", Holds::Numbers)],
        options: &[SHARE],
        run: time,
    },
    Method {
        id: "risk.kinetic_temperature",
        columns: &[needs("celsius", Holds::Numbers), may_have("hours", Holds::Numbers)],
        options: &[ACTIVATION],
        run: temperature,
    },
];

fn levels(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let names: Vec<&str> = frame.texts("scenario")?.iter().map(|name| name.trim()).collect();
    let severities = frame.each("severity", "count", |text| text.parse::<u32>().ok())?;
    let steps = frame.each("step", "probability as 1/50, 0.02 or 2%", Fraction::read)?;
    let mut scenarios: Vec<(&str, Scenario)> = Vec::new();
    for (row, &name) in names.iter().enumerate() {
        let at = scenarios.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
            scenarios.push((name, Scenario { steps: Vec::new(), severity: severities[row] }));
            scenarios.len() - 1
        });
        let (_, scenario) = &mut scenarios[at];
        if scenario.severity != severities[row] {
            let what = format!("scenario {name} has severity {} and {}", scenario.severity, severities[row]);
            return Err(Refusal::Contradiction { what });
        }
        scenario.steps.push(steps[row]);
    }
    let list: Vec<Scenario> = scenarios.iter().map(|(_, scenario)| scenario.clone()).collect();
    let table = Frame::from_table(include_str!("../../tables/risk_matrices.csv"))?;
    let (risks, first) = worst(&list, &Matrix::read(&table, options.text(&MATRIX).trim())?)?;
    let rows = risks.iter().zip(&scenarios).enumerate().map(|(i, (it, (name, scenario)))| {
        vec![
            (*name).into(),
            it.probability.to_string().as_str().into(),
            u64::from(scenario.severity).into(),
            it.level.word().into(),
            it.more_likely.word().into(),
            it.less_likely.word().into(),
            it.more_severe.word().into(),
            it.less_severe.word().into(),
            it.stable().into(),
            (i == first).into(),
        ]
    });
    let columns = [
        "scenario",
        "probability",
        "severity",
        "risk",
        "more_likely",
        "less_likely",
        "more_severe",
        "less_severe",
        "stable",
        "worst",
    ];
    Ok(Answer::one(&columns, rows.collect()))
}

fn compensation(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let table = Frame::from_table(include_str!("../../tables/use_compensation.csv"))?;
    let rule = Rule::read(&table, options.text(&RULE).trim())?;
    let case = options.text(&CASE).trim();
    let rounding = match options.text(&ROUNDING) {
        "half_up" => Rounding::HalfUp,
        "down" => Rounding::Down,
        _ => Rounding::HalfEven,
    };
    let prices = frame.each("price", "price in yuan with at most two decimals", |text| shifted(text, 2))?;
    let shares = frame.each("n", "share as 0.005 or 0.5%", millionths)?;
    let kilometres = frame.counts("kilometres")?;
    let mut rows = Vec::new();
    for ((&price, &share), &kilometres) in prices.iter().zip(&shares).zip(&kilometres) {
        let it = fen(price, kilometres, share, &rule, case, rounding)?;
        let confirmed = rule.certainty == Certainty::Seen;
        rows.push(vec![
            (price as f64 / 100.0).into(),
            kilometres.into(),
            (it as f64 / 100.0).into(),
            confirmed.into(),
        ]);
    }
    Ok(Answer::one(&["price", "kilometres", "compensation", "confirmed"], rows))
}

fn completion(frame: &Frame, _: &Options) -> Result<Answer, Refusal> {
    let (remedied, affected) = (frame.counts("remedied")?, frame.counts("affected")?);
    let taken_back =
        if frame.has("taken_back") { frame.counts("taken_back")? } else { vec![0; remedied.len()] };
    let mut rows = Vec::new();
    for ((&remedied, &taken_back), &affected) in remedied.iter().zip(&taken_back).zip(&affected) {
        let it = recall::completion(remedied, taken_back, affected)?;
        rows.push(vec![affected.into(), it.done.into(), it.left.into(), it.share.into()]);
    }
    Ok(Answer::one(&["affected", "done", "left", "share"], rows))
}

fn sample(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let level = options.real(&LEVEL)?;
    let (x, n, affected) = (frame.counts("x")?, frame.counts("n")?, frame.counts("affected")?);
    let mut rows = Vec::new();
    for ((&x, &n), &affected) in x.iter().zip(&n).zip(&affected) {
        let it = recall::from_sample(x, n, affected, level)?;
        rows.push(vec![
            affected.into(),
            it.share.into(),
            it.units_low.into(),
            it.units_high.into(),
            it.interval.low.into(),
            it.interval.high.into(),
        ]);
    }
    Ok(Answer::one(&["affected", "share", "units_low", "units_high", "low", "high"], rows))
}

fn time(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let reports: Vec<(f64, f64)> = frame.numbers("time")?.into_iter().zip(frame.numbers("done")?).collect();
    let share = options.real(&SHARE)?;
    let it = recall::time_to(share, &reports)?;
    Ok(Answer::one(&["share", "reached_at"], vec![vec![share.into(), it.into()]]))
}

fn temperature(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let celsius = frame.numbers("celsius")?;
    let hours = if frame.has("hours") { Some(frame.numbers("hours")?) } else { None };
    let it = kinetic_temperature::mean(&celsius, hours.as_deref(), options.real(&ACTIVATION)?)?;
    let (low, high) =
        celsius.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &t| (low.min(t), high.max(t)));
    Ok(Answer::one(&["kinetic_mean", "lowest", "highest"], vec![vec![it.into(), low.into(), high.into()]]))
}
