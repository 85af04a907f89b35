//! A control chart as an answer: its points with their signals, and its centre and deviation.

use super::spc::{COVERAGE, RUN, SIGMAS};
use super::{Answer, Cell, Options, Sheet};
use crate::refusal::Refusal;
use crate::spc::rules::{Rule, nelson, violating_runs};
use crate::spc::{Chart, Width};

/// The width of the limits: a coverage if one is given, else sigmas.
pub(super) fn width(options: &Options) -> Result<Width, Refusal> {
    match options.number(&COVERAGE)? {
        Some(coverage) => Ok(Width::Coverage(coverage)),
        None => Ok(Width::Sigmas(options.real(&SIGMAS)?)),
    }
}

/// The points of a chart, called by `names` or numbered, and a second sheet with centre and deviation.
pub(super) fn chart_answer(names: &[&str], chart: &Chart, options: &Options) -> Result<Answer, Refusal> {
    let n = chart.points.len();
    let mut rules: Vec<Vec<String>> = vec![Vec::new(); n];
    for signal in nelson(chart, &Rule::NELSON) {
        if let Some(list) = rules.get_mut(signal.point) {
            list.push(signal.rule.number().to_string());
        }
    }
    let mut runs = vec![false; n];
    for point in violating_runs(chart, options.count(&RUN)? as usize) {
        if let Some(mark) = runs.get_mut(point) {
            *mark = true;
        }
    }
    let rows = chart.points.iter().enumerate().map(|(i, point)| {
        let name = names.get(i).map_or_else(|| (i + 1).to_string(), |name| (*name).to_owned());
        vec![
            Cell::Text(name),
            point.size.into(),
            point.value.into(),
            point.centre.into(),
            point.low.into(),
            point.high.into(),
            (point.value < point.low || point.value > point.high).into(),
            runs.get(i).copied().into(),
            rules.get(i).map(|list| list.join(";")).as_deref().into(),
        ]
    });
    let columns = ["sample", "size", "value", "centre", "low", "high", "beyond", "run", "nelson"];
    let mut answer = Answer::one(&columns, rows.collect());
    answer.sheets.push(Sheet::new(
        "process",
        &["centre", "deviation"],
        vec![vec![chart.centre.into(), chart.deviation.into()]],
    ));
    Ok(answer)
}
