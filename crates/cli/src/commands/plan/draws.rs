//! `plan draw` and `plan pair`: who is inspected, by whom, with a log that anyone can repeat.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::json;
use zhiheng_base::{Date, Decimal, Diagnostic, RegionCode};
use zhiheng_desk::plans::Records;
use zhiheng_desk::plans::record::Drawn;
use zhiheng_measure::engine::Engine;
use zhiheng_plan::Row;
use zhiheng_plan::draw::{
    Log, Method, Request, Unit, draw as draw_units, population, redraw, verify, whole_weights,
};
use zhiheng_plan::norm::{Norm, NormKind, needed};
use zhiheng_plan::pair::{Interest, pair as pair_up};
use zhiheng_plan::quota::{may_be_drawn, quotas};

use crate::args::{DrawArgs, DrawMethod, Format, PairArgs};
use crate::commands::measure::engine;
use crate::context::Context;
use crate::desk::opened;
use crate::failure::{Failure, Outcome};
use crate::output::{Listing, json as print_json};

/// A log and what it was drawn from, as it is published.
#[derive(Serialize, Deserialize)]
struct Published {
    log: Log,
    population: Vec<Unit>,
}

/// `plan draw`: draws from a library; or draws a published log again, and replaces a unit in it. Either is recorded if asked for.
pub(super) fn draw(context: &Context, args: &DrawArgs) -> Outcome {
    let published = match &args.log {
        Some(path) => again(path, args)?,
        None => fresh(context, args)?,
    };
    if args.record {
        record(context, args, &published.log)?;
    }
    print(context, &published)
}

/// A published log, drawn again and compared; with a unit replaced if one is named.
fn again(path: &Path, args: &DrawArgs) -> Result<Published, Failure> {
    let mut published = published(path)?;
    let problems = verify(&published.log, &published.population);
    if !problems.is_empty() {
        return Err(problems.into());
    }
    if let (Some(out), Some(reason)) = (&args.replace, &args.reason) {
        published.log = redraw(&published.log, &published.population, out, reason)?;
    }
    Ok(published)
}

/// Into the ledger, as far as it does not stand there.
fn record(context: &Context, args: &DrawArgs, log: &Log) -> Outcome {
    let region = args.region.as_deref().ok_or_else(|| Diagnostic::error("ZH8592"))?;
    let drawn = Drawn { region: RegionCode::parse(region)?, on: super::day(context, args.on.as_deref())? };
    let desk = opened(context)?;
    let receipts = context.wait(desk.record_draw(context.moment(), log, drawn, &args.by))?;
    let id = if receipts.is_empty() { "plan-recorded-before" } else { "plan-recorded" };
    context.note(&context.say(id, &[("number", &log.number)]));
    Ok(())
}

/// A draw from a library.
fn fresh(context: &Context, args: &DrawArgs) -> Result<Published, Failure> {
    let missing = || Diagnostic::error("ZH8592");
    let region = RegionCode::parse(args.region.as_deref().ok_or_else(missing)?)?;
    let on = super::day(context, args.on.as_deref())?;
    let engine = engine(context)?;
    let norms = context.wait(Records::of(&engine, "inspection.norm"))?;
    let (norms, problems) = zhiheng_plan::read::<Norm>(norms.rows());
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let library = args.library.as_deref().ok_or_else(missing)?;
    let drawn = drawn_this_year(context, &engine, on)?;
    let objects = context
        .wait(Records::of(&engine, "inspection.object"))?
        .with("library", library)
        .within("located_in", region)
        .holding(on);
    let weighted = args.method == DrawMethod::Weighted;
    let units = units(objects.rows(), weighted, |id, class| {
        may_be_drawn(drawn.get(id).copied().unwrap_or(0), class, &norms, region, on)
    })?;
    let mut classes: BTreeMap<String, u64> = BTreeMap::new();
    for unit in &units {
        *classes.entry(unit.stratum.clone()).or_default() += 1;
    }
    let sizes = if args.sizes.is_empty() {
        let (quotas, problems) = quotas(&classes, &norms, region, on);
        if !problems.is_empty() {
            return Err(problems.into());
        }
        quotas.into_iter().map(|quota| (quota.class, quota.n)).collect()
    } else {
        args.sizes.iter().map(|text| size(text)).collect::<Result<_, Diagnostic>>()?
    };
    let request = Request {
        number: args.number.clone().ok_or_else(missing)?,
        seed: args.seed.ok_or_else(missing)?,
        seed_from: args.seed_from.clone().ok_or_else(missing)?,
        method: match args.method {
            DrawMethod::Simple => Method::Simple,
            DrawMethod::Systematic => Method::Systematic,
            DrawMethod::Weighted => Method::Weighted,
        },
        sizes,
    };
    let log = draw_units(&request, &units)?;
    Ok(Published { log, population: units })
}

/// `CLASS=N`.
fn size(text: &str) -> Result<(String, u64), Diagnostic> {
    let pair = text.split_once('=').and_then(|(class, n)| Some((class.to_owned(), n.parse().ok()?)));
    pair.ok_or_else(|| Diagnostic::error("ZH8593").arg("value", text))
}

/// How often each enterprise is inspected at random in the year of `on`, planned visits included.
fn drawn_this_year(context: &Context, engine: &Engine, on: Date) -> Result<BTreeMap<String, u64>, Failure> {
    let visits = context.wait(Records::of(engine, "inspection.visit"))?.with("kind", "random");
    let (visits, _) = zhiheng_plan::read::<zhiheng_plan::visit::Visit>(visits.rows());
    let mut times = BTreeMap::new();
    for visit in visits.into_iter().filter(|visit| !visit.cancelled && visit.on.year() == on.year()) {
        if let Some(enterprise) = visit.enterprise {
            *times.entry(enterprise).or_default() += 1;
        }
    }
    Ok(times)
}

/// The population: objects that may be drawn, by class.
fn units<'r>(
    rows: impl Iterator<Item = Row<'r>>,
    weighted: bool,
    may: impl Fn(&str, &str) -> bool,
) -> Result<Vec<Unit>, Failure> {
    let (mut found, mut weights) = (Vec::new(), Vec::new());
    for row in rows {
        let (id, class) = (row.text("enterprise")?, row.text("class")?);
        if may(&id, &class) {
            weights.push(if weighted { row.decimal("weight")? } else { Decimal::ONE });
            found.push(Unit { stratum: class, id, weight: 1 });
        }
    }
    for (unit, weight) in found.iter_mut().zip(whole_weights(&weights)?) {
        unit.weight = weight;
    }
    Ok(population(found)?)
}

fn published(path: &Path) -> Result<Published, Failure> {
    let problem = |why: String| Diagnostic::error("ZH8594").arg("file", path.display()).arg("why", why);
    let text = std::fs::read_to_string(path).map_err(|error| problem(error.to_string()))?;
    Ok(serde_json::from_str(&text).map_err(|error| problem(error.to_string()))?)
}

/// The whole log as JSON, or the picks as a table: those that stand, and for those that fell out why.
fn print(context: &Context, published: &Published) -> Outcome {
    if context.global.format == Some(Format::Json) {
        return Ok(print_json(published)?);
    }
    let title = |id| context.say(id, &[]);
    let mut listing = Listing::new([
        ("order", title("plan-order"), true),
        ("stratum", title("plan-class"), false),
        ("place", title("plan-place"), true),
        ("id", title("plan-enterprise"), false),
        ("replaced_by", title("plan-replaced-by"), false),
        ("reason", title("plan-reason"), false),
    ]);
    let log = &published.log;
    let gone = |id: &str| log.redraws.iter().find(|further| further.out == id);
    let first =
        log.picks.iter().map(|pick| (pick.order, pick.stratum.as_str(), pick.place, pick.id.as_str()));
    let further = log.redraws.iter().zip(log.picks.len() as u64 + 1..).map(|(further, order)| {
        let unit = published.population.iter().find(|unit| unit.id == further.id);
        (order, unit.map_or("", |unit| unit.stratum.as_str()), further.place, further.id.as_str())
    });
    for (order, stratum, place, id) in first.chain(further) {
        let out = gone(id);
        listing.row(vec![
            order.into(),
            stratum.into(),
            place.into(),
            id.into(),
            out.map(|further| further.id.clone()).into(),
            out.map(|further| further.reason.clone()).into(),
        ]);
    }
    listing.print(context.format())?;
    context.note(&context.say(
        "plan-drawn",
        &[("seed", &log.seed), ("from", &log.seed_from), ("population", &log.population)],
    ));
    Ok(())
}

/// `plan pair`: inspectors for the objects of a log that stand.
pub(super) fn pair(context: &Context, args: &PairArgs) -> Outcome {
    let published = published(&args.log)?;
    let problems = verify(&published.log, &published.population);
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let region = RegionCode::parse(&args.region)?;
    let on = super::day(context, args.on.as_deref())?;
    let engine = engine(context)?;
    let log = &published.log;
    let ids = log.picks.iter().map(|pick| &pick.id).chain(log.redraws.iter().map(|further| &further.id));
    let objects: Vec<String> =
        ids.filter(|id| log.redraws.iter().all(|further| further.out != **id)).cloned().collect();
    let inspectors = context
        .wait(Records::of(&engine, "inspection.inspector"))?
        .with("library", &args.library)
        .within("region", region)
        .holding(on);
    let inspectors: Vec<String> =
        inspectors.rows().map(|row| row.text("inspector")).collect::<Result<_, _>>()?;
    let interests = context.wait(Records::of(&engine, "inspection.interest"))?.holding(on);
    let (interests, mut problems) = zhiheng_plan::read::<Interest>(interests.rows());
    let norms = context.wait(Records::of(&engine, "inspection.norm"))?;
    let (norms, more) = zhiheng_plan::read::<Norm>(norms.rows());
    problems.extend(more);
    if !problems.is_empty() {
        return Err(problems.into());
    }
    // The rule is a floor: more may be asked for, fewer not.
    let least = match needed(&norms, NormKind::Inspectors, None, region, on) {
        Ok(norm) => norm.count() as usize,
        Err(problem) if args.each.is_none() => return Err(problem.into()),
        Err(_) => 1,
    };
    let pairing =
        pair_up(&objects, &inspectors, &interests, args.each.unwrap_or(least).max(least), args.seed)?;
    let title = |id| context.say(id, &[]);
    let mut listing = Listing::new([
        ("object", title("plan-enterprise"), false),
        ("inspectors", title("plan-inspectors"), false),
        ("withdrew", title("plan-withdrew"), false),
    ]);
    for team in &pairing.objects {
        let withdrew: Vec<String> = team
            .withdrew
            .iter()
            .map(|interest| format!("{} ({})", interest.inspector, interest.reason))
            .collect();
        listing.row(vec![
            team.object.clone().into(),
            team.inspectors.join(" ").into(),
            withdrew.join("; ").into(),
        ]);
    }
    super::answer(context, json!({ "draw": log.number, "pairing": pairing }), &listing, Vec::new())
}
