//! `zhiheng judge`: run, explain, compare.

use zhiheng_base::{Diagnostic, Period, RegionCode};
use zhiheng_catalog::model::{Better, Scheme};
use zhiheng_judge::{Figure, Figures, Verdict, compare, explain, judge};
use zhiheng_measure::engine::Engine;
use zhiheng_measure::engine::query::{Area, Query};
use zhiheng_measure::{Address, Measure};

use super::measure::engine;
use crate::args::{Format, JudgeVerb};
use crate::context::Context;
use crate::failure::{Failure, Outcome};
use crate::output::{Listing, json as print_json, line};

/// Runs a verb of `judge`.
pub(crate) fn run(context: &Context, verb: JudgeVerb) -> Outcome {
    match verb {
        JudgeVerb::Run { scheme, within, period, as_of } => {
            let asked = Asked { within: RegionCode::parse(&within)?, period: Period::parse(&period)?, as_of };
            let engine = engine(context)?;
            let scheme = known(&engine, &scheme)?;
            let verdicts = verdicts(context, &engine, scheme, &asked)?;
            table(context, &engine, scheme, &verdicts)
        }
        JudgeVerb::Explain { address, within } => why(context, &address, within.as_deref()),
        JudgeVerb::Compare { before, after, within, period, as_of } => {
            let asked = Asked { within: RegionCode::parse(&within)?, period: Period::parse(&period)?, as_of };
            moved(context, &before, &after, &asked)
        }
    }
}

/// Over which places, when, and as known at which ledger size.
struct Asked {
    within: RegionCode,
    period: Period,
    as_of: Option<u64>,
}

fn known<'e>(engine: &'e Engine, id: &str) -> Result<&'e Scheme, Diagnostic> {
    let schemes = &engine.catalog().schemes;
    schemes.get(id).ok_or_else(|| {
        let known: Vec<&str> = schemes.keys().map(String::as_str).collect();
        Diagnostic::error("ZH7080").arg("id", id).arg("known", known.join(", "))
    })
}

/// The verdicts over all places of the scheme's level, those without any figure left out.
fn verdicts(
    context: &Context,
    engine: &Engine,
    scheme: &Scheme,
    asked: &Asked,
) -> Result<Vec<Verdict>, Failure> {
    let area = match asked.within.level() == scheme.assesses {
        true => Area::One(asked.within),
        false => Area::Below(asked.within, scheme.assesses),
    };
    let mut figures = Figures::default();
    let mut places: Vec<RegionCode> = Vec::new();
    for id in scheme.measures() {
        let query = Query { as_of: asked.as_of, ..Query::new(id, area, vec![asked.period]) };
        let falls = engine.indicator(id)?.better == Better::Lower;
        for measure in context.wait(engine.table(&query))? {
            let figure = figure(engine, &measure, falls)?;
            if measure.records > 0 {
                places.push(measure.address.region);
            }
            figures.add(id, measure.address.region, figure);
        }
    }
    places.sort_unstable();
    places.dedup();
    Ok(judge(scheme, &places, &figures))
}

fn figure(engine: &Engine, measure: &Measure, falls: bool) -> Result<Figure, Diagnostic> {
    Ok(Figure {
        address: measure.address.to_string(),
        value: engine.exact(measure)?,
        shown: measure.value.clone().unwrap_or_default(),
        target: measure.target.as_ref().map(|target| target.value),
        falls,
    })
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
    let verdicts = verdicts(context, &engine, scheme, &asked)?;
    let Some(verdict) = verdicts.iter().find(|verdict| verdict.region == address.region) else {
        return Err(Diagnostic::error("ZH7081").arg("address", address).into());
    };
    let mut root = explain(scheme, verdict, &engine.catalog().regions, context.lang);
    // Below each item stands how its figure came about, down to the rows.
    for node in items(&mut root) {
        if let Some(inner) = node.address.as_ref().and_then(|address| address.parse::<Address>().ok()) {
            node.children.push(context.wait(engine.explain(&inner))?.root);
        }
    }
    if !context.is_plain() {
        return Ok(print_json(&serde_json::json!({ "verdict": verdict, "why": root }))?);
    }
    root.lines(context.lang).iter().try_for_each(|text| line(text)).map_err(Failure::from)
}

/// The nodes that speak of items, in parts or beside them.
fn items(root: &mut zhiheng_base::Node) -> Vec<&mut zhiheng_base::Node> {
    let mut found = Vec::new();
    for node in &mut root.children {
        if node.id == "judge-part" {
            found.extend(node.children.iter_mut());
        } else if node.address.is_some() {
            found.push(node);
        }
    }
    found
}

fn moved(context: &Context, before: &str, after: &str, asked: &Asked) -> Outcome {
    let engine = engine(context)?;
    let (before, after) = (known(&engine, before)?, known(&engine, after)?);
    let old = verdicts(context, &engine, before, asked)?;
    let new = verdicts(context, &engine, after, asked)?;
    let moved = compare(&old, &new);
    if context.global.format == Some(Format::Json) {
        return Ok(print_json(&moved)?);
    }
    let title = |id| context.say(id, &[]);
    let mut listing = Listing::new([
        ("region", title("cli-region"), false),
        ("name", title("cli-name"), false),
        ("grade_before", format!("{} ({})", title("cli-grade"), before.head.id), false),
        ("grade_after", format!("{} ({})", title("cli-grade"), after.head.id), false),
        ("rank_before", format!("{} ({})", title("cli-rank"), before.head.id), true),
        ("rank_after", format!("{} ({})", title("cli-rank"), after.head.id), true),
    ]);
    let grade = |grade: Option<String>| grade.unwrap_or_else(|| title("cli-open"));
    let number = |rank: Option<u32>| rank.map_or(serde_json::Value::Null, Into::into);
    for one in moved {
        listing.row(vec![
            one.region.to_string().into(),
            engine.catalog().regions.name(one.region).unwrap_or_default().into(),
            grade(one.grade.0).into(),
            grade(one.grade.1).into(),
            number(one.rank.0),
            number(one.rank.1),
        ]);
    }
    Ok(listing.print(context.format())?)
}
