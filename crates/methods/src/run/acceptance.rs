//! Acceptance sampling over a table: plans and lots row by row.

use super::acceptance_text::{flags, join, kind_name, numbers, plan, severity_name, state_name};
use super::{Answer, Cell, Choice, Column, Frame, Holds, Method, Options, choice, may_have, needs, option};
use crate::acceptance::declared::{Measure, Risks, audit, small_audit};
use crate::acceptance::draw::{self, stratified};
use crate::acceptance::find::{RiskPoint, single_plan};
use crate::acceptance::scheme::{Request, Tabulated, plan_for_lot};
use crate::acceptance::switching::{Lot, State, Switching, points};
use crate::acceptance::tables::{Kind, Level, Severity, Standard, code_letter};
use crate::acceptance::variables::{Deviation, VariablesPlan, variables_plan, variables_plan_like_r};
use crate::acceptance::{Population, oc, quality, variables};
use crate::refusal::Refusal;

const POPULATION: Choice = choice("population", &["binomial", "poisson", "hypergeometric"]);
const TYPE: Choice = choice("type", &["binomial", "poisson", "hypergeometric", "normal"]);
const DEVIATION: Choice = choice("deviation", &["known", "unknown"]);
const DIGITS: Choice = choice("digits", &["r", "exact"]);
const STANDARD: Choice = choice("standard", &["gbt2828.1", "mil-std-105e"]);
const KIND: Choice = choice("kind", &["single", "double", "multiple"]);
const SEVERITY: Choice = choice("severity", &["normal", "tightened", "reduced"]);
const LEVEL: Choice = choice("level", &["II", "I", "III", "S-1", "S-2", "S-3", "S-4"]);
const AQL: Choice = option("aql", "");
const REDUCED: Choice = choice("reduced", &["no", "yes"]);
const MEASURE: Choice = choice("measure", &["units", "nonconformities"]);
const RISK: Choice = option("risk", "0.05");
const LIMITING_RISK: Choice = option("limiting_risk", "0.10");
const METHOD: Choice = choice("method", &["simple", "systematic"]);
const SEED: Choice = option("seed", "");

const PLAN: [Column; 3] = [needs("n", Holds::Names), needs("c", Holds::Names), may_have("r", Holds::Names)];

/// The family's methods.
pub(super) const METHODS: &[Method] = &[
    Method {
        id: "acceptance.characteristic",
        columns: &[PLAN[0], PLAN[1], PLAN[2], needs("p", Holds::Numbers), may_have("lot", Holds::Numbers)],
        options: &[POPULATION],
        run: characteristic,
    },
    Method {
        id: "acceptance.aoql",
        columns: &[PLAN[0], PLAN[1], PLAN[2], may_have("lot", Holds::Numbers)],
        options: &[POPULATION],
        run: aoql,
    },
    Method {
        id: "acceptance.find_plan",
        columns: &[
            needs("producer_quality", Holds::Numbers),
            needs("producer_accept", Holds::Numbers),
            needs("consumer_quality", Holds::Numbers),
            needs("consumer_accept", Holds::Numbers),
            may_have("lot", Holds::Numbers),
        ],
        options: &[TYPE, DEVIATION, DIGITS],
        run: find_plan,
    },
    Method {
        id: "acceptance.variables",
        columns: &[needs("n", Holds::Counts), needs("k", Holds::Numbers), needs("p", Holds::Numbers)],
        options: &[DEVIATION],
        run: by_variables,
    },
    Method {
        id: "acceptance.table",
        columns: &[needs("lot", Holds::Counts), needs("aql", Holds::Numbers)],
        options: &[STANDARD, KIND, SEVERITY, LEVEL],
        run: table,
    },
    Method {
        id: "acceptance.switching",
        columns: &[
            needs("lot", Holds::Counts),
            needs("found", Holds::Names),
            may_have("steady", Holds::Names),
            may_have("resubmitted", Holds::Names),
            may_have("resumed", Holds::Names),
        ],
        options: &[AQL, LEVEL, KIND, REDUCED],
        run: switching,
    },
    Method {
        id: "acceptance.declared",
        columns: &[
            needs("declared", Holds::Numbers),
            needs("limit", Holds::Counts),
            may_have("found", Holds::Numbers),
        ],
        options: &[MEASURE, RISK, LIMITING_RISK],
        run: declared,
    },
    Method {
        id: "acceptance.declared_small",
        columns: &[
            needs("population", Holds::Counts),
            needs("declared", Holds::Counts),
            needs("n", Holds::Counts),
            may_have("found", Holds::Numbers),
        ],
        options: &[RISK, LIMITING_RISK],
        run: declared_small,
    },
    Method {
        id: "acceptance.draw",
        columns: &[needs("population", Holds::Counts), needs("n", Holds::Counts)],
        options: &[METHOD, SEED],
        run: draw_units,
    },
];

/// Lot sizes, row by row; none where the column is missing or blank.
fn lots(frame: &Frame) -> Result<Vec<Option<u64>>, Refusal> {
    if !frame.has("lot") {
        return Ok(vec![None; frame.n_rows()]);
    }
    let whole = |text: &str| if matches!(text, "" | "NA") { Some(None) } else { text.parse().ok().map(Some) };
    frame.each("lot", "count", whole)
}

fn population(name: &str, lot: Option<u64>) -> Result<Population, Refusal> {
    match (name, lot) {
        ("poisson", _) => Ok(Population::Poisson),
        ("hypergeometric", Some(lot)) => Ok(Population::Hypergeometric { lot }),
        ("hypergeometric", None) => Err(Refusal::Empty { what: "lot" }),
        _ => Ok(Population::Binomial),
    }
}

fn characteristic(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (p, lots) = (frame.numbers("p")?, lots(frame)?);
    let mut rows = Vec::with_capacity(p.len());
    for (row, (&p, &lot)) in p.iter().zip(&lots).enumerate() {
        let plan = plan(frame, row)?;
        let population = population(options.text(&POPULATION), lot)?;
        let curve = oc::characteristic(&plan, population, p)?;
        let out = quality::outgoing(&plan, population, p, lot)?;
        rows.push(vec![
            p.into(),
            curve.accept.into(),
            curve.sample_number.into(),
            out.quality.into(),
            out.inspection.into(),
        ]);
    }
    Ok(Answer::one(&["p", "accept", "sample_number", "outgoing", "inspection"], rows))
}

fn aoql(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let mut rows = Vec::new();
    for (row, &lot) in lots(frame)?.iter().enumerate() {
        let population = population(options.text(&POPULATION), lot)?;
        let limit = quality::limit(&plan(frame, row)?, population, lot)?;
        rows.push(vec![limit.quality.into(), limit.at.into()]);
    }
    Ok(Answer::one(&["aoql", "at"], rows))
}

fn find_plan(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let [good, often, bad, seldom] =
        ["producer_quality", "producer_accept", "consumer_quality", "consumer_accept"]
            .map(|column| frame.numbers(column));
    let (good, often, bad, seldom) = (good?, often?, bad?, seldom?);
    let mut rows = Vec::new();
    for (i, &lot) in lots(frame)?.iter().enumerate() {
        let producer = RiskPoint { quality: good[i], accept: often[i] };
        let consumer = RiskPoint { quality: bad[i], accept: seldom[i] };
        let kind = options.text(&TYPE);
        rows.push(if kind == "normal" {
            let it = match (options.text(&DEVIATION), options.text(&DIGITS)) {
                ("known", _) => variables_plan(producer, consumer, Deviation::Known)?,
                (_, "exact") => variables_plan(producer, consumer, Deviation::Unknown)?,
                _ => variables_plan_like_r(producer, consumer)?,
            };
            vec![it.n.into(), Cell::Missing, Cell::Missing, it.k.into()]
        } else {
            let it = single_plan(producer, consumer, population(kind, lot)?)?;
            vec![it.n.into(), it.accept.into(), it.reject().into(), Cell::Missing]
        });
    }
    Ok(Answer::one(&["n", "c", "r", "k"], rows))
}

fn by_variables(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let (n, k, p) = (frame.counts("n")?, frame.numbers("k")?, frame.numbers("p")?);
    let deviation = if options.text(&DEVIATION) == "known" { Deviation::Known } else { Deviation::Unknown };
    let row = |((&n, &k), &p): ((&u64, &f64), &f64)| {
        let accept = variables::characteristic(VariablesPlan { n, k }, deviation, p)?;
        Ok(vec![p.into(), accept.into()])
    };
    let rows = n.iter().zip(&k).zip(&p).map(row).collect::<Result<_, Refusal>>()?;
    Ok(Answer::one(&["p", "accept"], rows))
}

fn request(options: &Options, standard: Standard, severity: Severity, aql: f64) -> Request {
    let kind = match options.text(&KIND) {
        "double" => Kind::Double,
        "multiple" => Kind::Multiple,
        _ => Kind::Single,
    };
    let level = match options.text(&LEVEL) {
        "I" => Level::I,
        "III" => Level::III,
        "S-1" => Level::S1,
        "S-2" => Level::S2,
        "S-3" => Level::S3,
        "S-4" => Level::S4,
        _ => Level::II,
    };
    Request { standard, kind, severity, level, aql }
}

/// Units, acceptance and rejection numbers of a plan, stage by stage.
fn plan_cells(plan: &Tabulated) -> [Cell; 3] {
    let accept = |accept: Option<u64>| accept.map_or("#".to_owned(), |accept| accept.to_string());
    [
        join(plan.stages.iter().map(|stage| stage.n.to_string())),
        join(plan.stages.iter().map(|stage| accept(stage.accept))),
        join(plan.stages.iter().map(|stage| stage.reject.to_string())),
    ]
}

fn table(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let standard = match options.text(&STANDARD) {
        "mil-std-105e" => Standard::MilStd105e,
        _ => Standard::GbT2828,
    };
    let severity = match options.text(&SEVERITY) {
        "tightened" => Severity::Tightened,
        "reduced" => Severity::Reduced,
        _ => Severity::Normal,
    };
    let (lots, aqls) = (frame.counts("lot")?, frame.numbers("aql")?);
    let mut rows = Vec::with_capacity(lots.len());
    for (&lot, &aql) in lots.iter().zip(&aqls) {
        let request = request(options, standard, severity, aql);
        let plan = plan_for_lot(&request, lot)?;
        let [n, accept, reject] = plan_cells(&plan);
        rows.push(vec![
            lot.into(),
            aql.into(),
            code_letter(lot, request.level)?.to_string().as_str().into(),
            plan.letter.to_string().as_str().into(),
            kind_name(plan.kind).into(),
            n,
            accept,
            reject,
            plan.whole_lot(lot).into(),
            plan.confirmed.into(),
        ]);
    }
    let columns = ["lot", "aql", "letter", "plan_letter", "kind", "n", "ac", "re", "whole_lot", "confirmed"];
    Ok(Answer::one(&columns, rows))
}

fn switching(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let aql = options.real(&AQL)?;
    let lots = frame.counts("lot")?;
    let found = frame.each("found", "count", numbers)?;
    let [steady, resubmitted, resumed] = [("steady", true), ("resubmitted", false), ("resumed", false)]
        .map(|(column, default)| flags(frame, column, default));
    let (steady, resubmitted, resumed) = (steady?, resubmitted?, resumed?);
    let mut series = Switching::new();
    let mut rows = Vec::with_capacity(lots.len());
    for (i, (&size, found)) in lots.iter().zip(&found).enumerate() {
        if resumed[i] {
            series.resume();
        }
        let state = series.state();
        let State::Inspect(severity) = state else {
            let nothing = || Cell::Missing;
            rows.push(vec![
                state_name(state).into(),
                nothing(),
                nothing(),
                nothing(),
                nothing(),
                nothing(),
                u64::from(series.score()).into(),
                state_name(state).into(),
            ]);
            continue;
        };
        let request = request(options, Standard::GbT2828, severity, aql);
        let plan = plan_for_lot(&request, size)?;
        let verdict = plan.judge(found)?;
        series.record(Lot {
            verdict,
            points: if severity == Severity::Normal { points(&request, &plan, found)? } else { 0 },
            resubmitted: resubmitted[i],
            steady: steady[i],
            reduced_allowed: options.text(&REDUCED) == "yes",
        });
        let [n, accept, reject] = plan_cells(&plan);
        rows.push(vec![
            severity_name(severity).into(),
            plan.letter.to_string().as_str().into(),
            n,
            accept,
            reject,
            verdict.accepted.into(),
            u64::from(series.score()).into(),
            state_name(series.state()).into(),
        ]);
    }
    Ok(Answer::one(&["severity", "plan_letter", "n", "ac", "re", "accepted", "score", "next"], rows))
}

fn risks(options: &Options) -> Result<Risks, Refusal> {
    Ok(Risks { declared: options.real(&RISK)?, limiting: options.real(&LIMITING_RISK)? })
}

/// Whether what was found contradicts, row by row; nothing where nothing was found out yet.
fn contradicts(frame: &Frame, row: usize, limit: u64) -> Result<Cell, Refusal> {
    if !frame.has("found") {
        return Ok(Cell::Missing);
    }
    let found = frame.numbers("found")?.get(row).copied().unwrap_or(f64::NAN);
    Ok(if found.is_nan() { Cell::Missing } else { (found > limit as f64).into() })
}

fn declared(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let measure = if options.text(&MEASURE) == "units" { Measure::Units } else { Measure::Nonconformities };
    let (level, limit) = (frame.numbers("declared")?, frame.counts("limit")?);
    let mut rows = Vec::with_capacity(level.len());
    for (row, (&level, &limit)) in level.iter().zip(&limit).enumerate() {
        let it = audit(level, limit, measure, risks(options)?)?;
        rows.push(vec![
            it.n.into(),
            it.limit.into(),
            it.risk.into(),
            it.limiting_quality.into(),
            it.ratio.into(),
            contradicts(frame, row, limit)?,
        ]);
    }
    Ok(Answer::one(&["n", "limit", "risk", "limiting_quality", "ratio", "contradicts"], rows))
}

fn declared_small(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let [size, declared, n] = ["population", "declared", "n"].map(|column| frame.counts(column));
    let (size, declared, n) = (size?, declared?, n?);
    let mut rows = Vec::with_capacity(n.len());
    for row in 0..n.len() {
        let it = small_audit(size[row], declared[row], n[row], risks(options)?)?;
        rows.push(vec![
            it.limit.into(),
            it.risk.into(),
            it.limiting_number.into(),
            contradicts(frame, row, it.limit)?,
        ]);
    }
    Ok(Answer::one(&["limit", "risk", "limiting_number", "contradicts"], rows))
}

fn draw_units(frame: &Frame, options: &Options) -> Result<Answer, Refusal> {
    let method = match options.text(&METHOD) {
        "systematic" => draw::Method::Systematic,
        _ => draw::Method::Simple,
    };
    let (size, n) = (frame.counts("population")?, frame.counts("n")?);
    let strata: Vec<(u64, u64)> = size.into_iter().zip(n).collect();
    let drawn = stratified(method, &strata, options.count(&SEED)?)?;
    let rows = drawn.iter().enumerate().flat_map(|(stratum, units)| {
        units.iter().enumerate().map(move |(order, &unit)| {
            vec![(stratum as u64 + 1).into(), (order as u64 + 1).into(), unit.into()]
        })
    });
    Ok(Answer::one(&["stratum", "order", "unit"], rows.collect()))
}
