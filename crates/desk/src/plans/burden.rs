//! How often enterprises are inspected in a year, and products that are sampled again too soon.

use std::collections::{BTreeMap, BTreeSet};

use zhiheng_base::{Date, Diagnostic, Period, RegionCode};
use zhiheng_measure::engine::Engine;
use zhiheng_plan::burden::{Burden, burden as burdens};
use zhiheng_plan::norm::{Norm, NormKind, needed};
use zhiheng_plan::repeat::{Repeat, repeats};
use zhiheng_plan::visit::Visit;

use super::Records;

/// What enterprises bear.
#[derive(Clone, Debug, Default)]
pub struct Burdens {
    /// Enterprise by enterprise.
    pub burdens: Vec<Burden>,
    /// Products sampled again too soon.
    pub repeats: Vec<Repeat>,
    /// Visits too many, repeats, rules that are missing, records that cannot be read.
    pub problems: Vec<Diagnostic>,
}

/// Reckons it over planned and done visits, and over the batches that were sampled.
///
/// # Errors
///
/// Those of the lake.
pub async fn burden(engine: &Engine, region: RegionCode, year: i16) -> Result<Burdens, Diagnostic> {
    let Rules { norms, classes, mut problems } = rules(engine).await?;
    let planned = Records::of(engine, "inspection.visit").await?.within("located_in", region);
    let (mut visits, more) = zhiheng_plan::read::<Visit>(planned.rows());
    problems.extend(more);
    // Which batches answered complaints is not in their records: all count as special checks.
    let batches = Records::of(engine, "sampling.batch").await?.within("sampled_in", region);
    let mut sampled: Vec<Visit> =
        batches.rows().filter_map(|row| Visit::of_batch(row, "special").ok()).collect();
    sampled.retain(|batch| (year - 1..=year).contains(&batch.on.year()));
    let of_year: Vec<Visit> = visits.iter().filter(|visit| visit.on.year() == year).cloned().collect();
    let (found, more) = burdens(&of_year, &norms, &classes, region);
    problems.extend(more);
    visits.append(&mut sampled);
    let first = Date::new(year, 1, 1).unwrap_or_default();
    let mut again = Vec::new();
    match needed(&norms, NormKind::RepeatMonths, None, region, first) {
        Ok(rule) => {
            let levels: Vec<&str> = engine
                .catalog()
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
    Ok(Burdens { burdens: found, repeats: again, problems })
}

/// How often enterprises of a region are inspected in a year, without looking for repeats: that takes every batch that was sampled.
///
/// # Errors
///
/// Those of the lake.
pub async fn borne(engine: &Engine, region: RegionCode, year: i16) -> Result<Vec<Burden>, Diagnostic> {
    let Rules { norms, classes, .. } = rules(engine).await?;
    let visits = Records::among(engine, "inspection.visit", region, Period::year(year)?).await?;
    let (visits, _) = zhiheng_plan::read::<Visit>(visits.rows());
    Ok(burdens(&visits, &norms, &classes, region).0)
}

/// What visits are counted by.
struct Rules {
    norms: Vec<Norm>,
    /// Credit class of an enterprise.
    classes: BTreeMap<String, String>,
    problems: Vec<Diagnostic>,
}

async fn rules(engine: &Engine) -> Result<Rules, Diagnostic> {
    let norms = Records::of(engine, "inspection.norm").await?;
    let (norms, problems) = zhiheng_plan::read::<Norm>(norms.rows());
    let objects = Records::of(engine, "inspection.object").await?;
    let classes = objects
        .rows()
        .filter_map(|row| Some((row.text("enterprise").ok()?, row.text("class").ok()?)))
        .collect();
    Ok(Rules { norms, classes, problems })
}
