//! `plan burden`: how often enterprises are inspected in a year, and products that are sampled again too soon.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use zhiheng_base::{Date, Diagnostic, RegionCode};
use zhiheng_plan::burden::burden as burdens;
use zhiheng_plan::norm::{Norm, NormKind, needed};
use zhiheng_plan::repeat::repeats;
use zhiheng_plan::visit::Visit;

use super::read::Records;
use crate::commands::measure::engine;
use crate::context::Context;
use crate::failure::Outcome;
use crate::output::Listing;

/// Runs it over planned and done visits, and over the batches that were sampled.
pub(super) fn burden(context: &Context, region: &str, year: i16) -> Outcome {
    let region = RegionCode::parse(region)?;
    let engine = engine(context)?;
    let catalog = engine.catalog();
    let norms = Records::of(context, &engine, "inspection.norm")?;
    let (norms, mut problems) = zhiheng_plan::read::<Norm>(norms.rows());
    let planned = Records::of(context, &engine, "inspection.visit")?.within("located_in", region);
    let (mut visits, more) = zhiheng_plan::read::<Visit>(planned.rows());
    problems.extend(more);
    // Which batches answered complaints is not in their records: all count as special checks.
    let batches = Records::of(context, &engine, "sampling.batch")?.within("sampled_in", region);
    let mut sampled: Vec<Visit> =
        batches.rows().filter_map(|row| Visit::of_batch(row, "special").ok()).collect();
    sampled.retain(|batch| (year - 1..=year).contains(&batch.on.year()));
    let objects = Records::of(context, &engine, "inspection.object")?;
    let classes: BTreeMap<String, String> = objects
        .rows()
        .filter_map(|row| Some((row.text("enterprise").ok()?, row.text("class").ok()?)))
        .collect();
    let of_year: Vec<Visit> = visits.iter().filter(|visit| visit.on.year() == year).cloned().collect();
    let (found, more) = burdens(&of_year, &norms, &classes, region);
    problems.extend(more);
    visits.append(&mut sampled);
    let first = Date::new(year, 1, 1).unwrap_or_default();
    let mut again = Vec::new();
    match needed(&norms, NormKind::RepeatMonths, None, region, first) {
        Ok(rule) => {
            let levels: Vec<&str> = catalog
                .lists
                .get("sampling.level")
                .map(|list| list.items.iter().map(|item| item.code.as_str()).collect())
                .unwrap_or_default();
            let (repeated, more) = repeats(&visits, &levels, rule);
            // What was repeated in other years is not asked for.
            let asked: BTreeSet<&str> = visits
                .iter()
                .filter(|visit| visit.on.year() == year)
                .map(|visit| visit.number.as_str())
                .collect();
            let of_year = |problem: &Diagnostic| {
                let number = problem.args.get("again").or(problem.args.get("visit"));
                number.is_none_or(|number| asked.contains(number.as_str()))
            };
            problems.extend(more.into_iter().filter(of_year));
            again = repeated;
            again.retain(|repeat| asked.contains(repeat.again.as_str()));
        }
        Err(problem) => problems.push(problem),
    }
    let title = |id| context.say(id, &[]);
    let mut listing = Listing::new([
        ("enterprise", title("plan-enterprise"), false),
        ("class", title("plan-class"), false),
        ("n", title("plan-visits"), true),
        ("most", title("plan-most"), true),
        ("exempt", title("plan-exempt"), true),
        ("over", title("plan-over"), false),
    ]);
    for one in &found {
        listing.row(vec![
            one.enterprise.clone().into(),
            one.class.clone().into(),
            one.counted.len().into(),
            one.most.into(),
            one.exempt.len().into(),
            one.over.join(" ").into(),
        ]);
    }
    super::answer(context, json!({ "burdens": found, "repeats": again }), &listing, problems)
}
