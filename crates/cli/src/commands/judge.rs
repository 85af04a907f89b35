//! `zhiheng judge`: run, explain, compare; how sure, what if, stages and duties stand in files of their own.

mod duties;
mod robust;
mod stages;
mod what_if;

use zhiheng_base::{Diagnostic, Period, RegionCode};
use zhiheng_catalog::model::Scheme;
use zhiheng_desk::verdicts::{Asked, Judgement};
use zhiheng_judge::{Verdict, compare};
use zhiheng_measure::Address;
use zhiheng_measure::engine::Engine;

use super::measure::engine;
use crate::args::{Format, JudgeVerb, Over};
use crate::context::Context;
use crate::failure::{Failure, Outcome, show};
use crate::output::{Listing, json as print_json, line};

/// Runs a verb of `judge`.
pub(crate) fn run(context: &Context, verb: JudgeVerb) -> Outcome {
    match verb {
        JudgeVerb::Run { scheme, over, robust: false, .. } => {
            let (engine, asked) = (engine(context)?, asked(&over)?);
            let scheme = known(&engine, &scheme)?;
            let verdicts = judged(context, &engine, scheme, &asked)?.verdicts;
            table(context, &engine, scheme, &verdicts)
        }
        JudgeVerb::Run { scheme, over, draws, seed, level, .. } => {
            let (engine, asked) = (engine(context)?, asked(&over)?);
            robust::run(context, &engine, known(&engine, &scheme)?, &asked, (draws, seed, level.as_str()))
        }
        JudgeVerb::WhatIf { scheme, over, figure, points, from, place } => {
            let (engine, asked) = (engine(context)?, asked(&over)?);
            let scheme = known(&engine, &scheme)?;
            what_if::run(context, &engine, scheme, &asked, [&figure, &points, &from], place.as_deref())
        }
        JudgeVerb::Stages { scheme, over } => {
            let (engine, asked) = (engine(context)?, asked(&over)?);
            stages::run(context, &engine, known(&engine, &scheme)?, &asked)
        }
        JudgeVerb::Duties { scheme, over } => {
            let (engine, asked) = (engine(context)?, asked(&over)?);
            duties::run(context, &engine, known(&engine, &scheme)?, &asked)
        }
        JudgeVerb::Explain { address, within } => why(context, &address, within.as_deref()),
        JudgeVerb::Compare { before, after, over } => moved(context, &before, &after, &asked(&over)?),
    }
}

fn asked(over: &Over) -> Result<Asked, Diagnostic> {
    let (within, period) = (RegionCode::parse(&over.within)?, Period::parse(&over.period)?);
    Ok(Asked { within, period, as_of: over.as_of })
}

fn known<'e>(engine: &'e Engine, id: &str) -> Result<&'e Scheme, Diagnostic> {
    zhiheng_desk::verdicts::scheme(engine.catalog(), id)
}

/// The verdicts and what they rest on. What is wrong with scores and evidence is shown on stderr.
fn judged(context: &Context, engine: &Engine, scheme: &Scheme, asked: &Asked) -> Result<Judgement, Failure> {
    let judgement = context.wait(zhiheng_desk::verdicts::judged(engine, scheme, asked))?;
    if !context.global.quiet {
        show(&judgement.problems, context.lang, context.global.color);
    }
    Ok(judgement)
}

fn table(context: &Context, engine: &Engine, scheme: &Scheme, verdicts: &[Verdict]) -> Outcome {
    match context.global.format {
        Some(Format::Json) => return Ok(print_json(&verdicts)?),
        Some(Format::Jsonl) => {
            for verdict in verdicts {
                line(&serde_json::to_string(verdict)?)?;
            }
            return Ok(());
        }
        _ => {}
    }
    let title = |id| context.say(id, &[]);
    let mut columns = vec![
        ("rank".to_owned(), title("cli-rank"), true),
        ("region".to_owned(), title("cli-region"), false),
        ("name".to_owned(), title("cli-name"), false),
        ("points".to_owned(), title("cli-points-sum"), true),
        ("grade".to_owned(), title("cli-grade"), false),
    ];
    columns.extend(
        scheme.items.iter().map(|item| (item.id.clone(), item.name.get(context.lang).to_owned(), true)),
    );
    let mut listing = Listing::new(columns);
    let mut sorted: Vec<&Verdict> = verdicts.iter().collect();
    sorted.sort_by_key(|verdict| (verdict.rank.unwrap_or(u32::MAX), verdict.region));
    for verdict in sorted {
        let name = engine.catalog().regions.name(verdict.region).unwrap_or_default();
        let grade = verdict.grade.clone().unwrap_or_else(|| title("cli-open"));
        let grade = if verdict.veto.is_some() { format!("{grade} ({})", title("cli-veto")) } else { grade };
        let mut cells = vec![
            verdict.rank.map_or(serde_json::Value::Null, Into::into),
            verdict.region.to_string().into(),
            name.into(),
            verdict.points.map(|points| scheme.printed(points)).into(),
            grade.into(),
        ];
        cells.extend(verdict.items.iter().map(|item| match item.points {
            Some(points) => points.round_dp(2).normalize().to_string().into(),
            None => serde_json::Value::Null,
        }));
        listing.row(cells);
    }
    Ok(listing.print(context.format())?)
}

fn why(context: &Context, address: &str, within: Option<&str>) -> Outcome {
    let address: Address = address.parse()?;
    let engine = engine(context)?;
    let scheme = known(&engine, &address.indicator)?;
    let within = match within {
        Some(code) => RegionCode::parse(code)?,
        // A rank is one among the places of the same parent.
        None => engine.catalog().regions.parent(address.region).unwrap_or(address.region),
    };
    let asked = Asked { within, period: address.period, as_of: address.as_of };
    let verdicts = judged(context, &engine, scheme, &asked)?.verdicts;
    let Some(verdict) = verdicts.iter().find(|verdict| verdict.region == address.region) else {
        return Err(Diagnostic::error("ZH7081").arg("address", address).into());
    };
    let root = context.wait(zhiheng_desk::verdicts::why(&engine, scheme, verdict, context.lang))?;
    if !context.is_plain() {
        return Ok(print_json(&serde_json::json!({ "verdict": verdict, "why": root }))?);
    }
    root.lines(context.lang).iter().try_for_each(|text| line(text)).map_err(Failure::from)
}

fn moved(context: &Context, before: &str, after: &str, asked: &Asked) -> Outcome {
    let engine = engine(context)?;
    let (before, after) = (known(&engine, before)?, known(&engine, after)?);
    let old = judged(context, &engine, before, asked)?.verdicts;
    let new = judged(context, &engine, after, asked)?.verdicts;
    moves(context, &engine, (before, &old), (after, &new), [&before.head.id, &after.head.id])
}

/// Who has another grade or rank, and the items that moved most; `titles` say what stands on either side.
fn moves(
    context: &Context,
    engine: &Engine,
    (before, old): (&Scheme, &[Verdict]),
    (after, new): (&Scheme, &[Verdict]),
    titles: [&str; 2],
) -> Outcome {
    let moved = compare(old, new);
    if context.global.format == Some(Format::Json) {
        return Ok(print_json(&moved)?);
    }
    let title = |id| context.say(id, &[]);
    let [on_one, on_other] = titles;
    let mut listing = Listing::new([
        ("region", title("cli-region"), false),
        ("name", title("cli-name"), false),
        ("grade_before", format!("{} ({on_one})", title("cli-grade")), false),
        ("grade_after", format!("{} ({on_other})", title("cli-grade")), false),
        ("rank_before", format!("{} ({on_one})", title("cli-rank")), true),
        ("rank_after", format!("{} ({on_other})", title("cli-rank")), true),
        ("why", title("cli-why"), false),
    ]);
    let name = |id: &str| {
        let mut items = before.items.iter().chain(&after.items);
        items.find(|item| item.id == id).map_or(id, |item| item.name.get(context.lang)).to_owned()
    };
    let points = |points: Option<zhiheng_base::Decimal>| {
        points.map_or_else(|| "–".to_owned(), |points| points.round_dp(2).normalize().to_string())
    };
    let grade = |grade: Option<String>| grade.unwrap_or_else(|| title("cli-open"));
    let number = |rank: Option<u32>| rank.map_or(serde_json::Value::Null, Into::into);
    let why = |items: &[zhiheng_judge::MovedItem]| {
        let told = items.iter().take(3);
        let told = told
            .map(|item| format!("{} {} → {}", name(&item.id), points(item.points.0), points(item.points.1)));
        told.collect::<Vec<String>>().join("; ")
    };
    for one in moved {
        listing.row(vec![
            one.region.to_string().into(),
            engine.catalog().regions.name(one.region).unwrap_or_default().into(),
            grade(one.grade.0).into(),
            grade(one.grade.1).into(),
            number(one.rank.0),
            number(one.rank.1),
            why(&one.items).into(),
        ]);
    }
    Ok(listing.print(context.format())?)
}
