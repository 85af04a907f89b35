//! Series: smoothness, neighbours, repeated stretches.

use super::VALUE;
use crate::refusal::Refusal;
use crate::run::{Answer, Choice, Frame, Holds, Method, Options, choice, may_have, needs, option};
use crate::truth::duplicates;
use crate::truth::outlier::{self, Ends};
use crate::truth::smooth::{self, Scatter};

const LENGTH: Choice = option("length", "4");
const WITHIN: Choice = option("within", "0.000000001");
const HALF_WIDTH: Choice = option("half_width", "3");
const HAMPEL_LIMIT: Choice = option("limit", "3");
const ENDS: Choice = choice("ends", &["shorten", "leave"]);

pub(super) const COUNTS: Method = Method {
    id: "truth.smooth_counts",
    columns: &[needs("events", Holds::Counts), may_have("exposure", Holds::Numbers)],
    options: &[],
    run: counts,
};
pub(super) const RATES: Method = Method {
    id: "truth.smooth_rates",
    columns: &[needs("x", Holds::Counts), needs("n", Holds::Counts)],
    options: &[],
    run: rates,
};
pub(super) const RATIO: Method =
    Method { id: "truth.smooth_series", columns: VALUE, options: &[], run: ratio };
pub(super) const STRETCHES: Method =
    Method { id: "truth.stretches", columns: VALUE, options: &[LENGTH, WITHIN], run: stretches };
pub(super) const HAMPEL: Method =
    Method { id: "truth.hampel", columns: VALUE, options: &[HALF_WIDTH, HAMPEL_LIMIT, ENDS], run: hampel };
pub(super) const BLOCKS: Method =
    Method { id: "truth.blocks", columns: &[needs("value", Holds::Names)], options: &[LENGTH], run: blocks };

fn counts(frame: &Frame, _: &Options) -> Result<Answer, Refusal> {
    let events = frame.counts("events")?;
    let exposures = if frame.has("exposure") { frame.numbers("exposure")? } else { vec![1.0; events.len()] };
    Ok(scatter(smooth::counts(&events, &exposures)?))
}

fn rates(frame: &Frame, _: &Options) -> Result<Answer, Refusal> {
    Ok(scatter(smooth::rates(&frame.counts("x")?, &frame.counts("n")?)?))
}

fn scatter(it: Scatter) -> Answer {
    let columns = ["chi_square", "freedom", "index", "smooth_p_value", "rough_p_value", "thin"];
    let row = vec![
        it.chi_square.into(),
        it.freedom.into(),
        it.index.into(),
        it.smooth_p_value.into(),
        it.rough_p_value.into(),
        it.thin.into(),
    ];
    Answer::one(&columns, vec![row])
}

fn ratio(frame: &Frame, _: &Options) -> Result<Answer, Refusal> {
    let it = smooth::ratio(&frame.numbers("value")?)?;
    let row = vec![
        (it.n as u64).into(),
        it.ratio.into(),
        it.z.into(),
        it.smooth_p_value.into(),
        it.rough_p_value.into(),
    ];
    Ok(Answer::one(&["n", "ratio", "z", "smooth_p_value", "rough_p_value"], vec![row]))
}

fn stretches(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (length, within) = (options.count(&LENGTH)? as usize, options.real(&WITHIN)?);
    let found = smooth::stretches(&frame.numbers("value")?, length, within)?;
    let row =
        |it: &smooth::Stretch| vec![(it.start as u64 + 1).into(), (it.length as u64).into(), it.step.into()];
    Ok(Answer::one(&["row", "length", "step"], found.iter().map(row).collect()))
}

fn hampel(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let values = frame.numbers("value")?;
    let ends = if options.text(&ENDS) == "leave" { Ends::Leave } else { Ends::Shorten };
    let half_width = options.count(&HALF_WIDTH)? as usize;
    let it = outlier::hampel(&values, half_width, options.real(&HAMPEL_LIMIT)?, ends)?;
    let row = |&i: &usize| vec![(i as u64 + 1).into(), values[i].into(), it.filtered[i].into()];
    Ok(Answer::one(&["row", "value", "median"], it.rows.iter().map(row).collect()))
}

fn blocks(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let texts: Vec<&str> = frame.texts("value")?.iter().map(|text| text.trim()).collect();
    let found = duplicates::blocks(&texts, options.count(&LENGTH)? as usize)?;
    let row = |it: &duplicates::Block| {
        vec![
            (it.first as u64 + 1).into(),
            (it.second as u64 + 1).into(),
            (it.length as u64).into(),
            it.p_value.into(),
        ]
    };
    Ok(Answer::one(&["first", "second", "length", "p_value"], found.iter().map(row).collect()))
}
