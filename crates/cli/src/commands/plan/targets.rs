//! `plan check`: whether the parts of each target make up the whole, and who owns those of regions that changed.

use serde_json::json;
use zhiheng_base::{Date, Period, RegionCode};
use zhiheng_plan::decompose::{Decomposition, Outcome as Met, Yardstick, check as decompose};
use zhiheng_plan::succeed::{Reallocation, succeed};
use zhiheng_plan::target;

use super::read::Records;
use crate::commands::measure::engine;
use crate::context::Context;
use crate::failure::Outcome;
use crate::output::Listing;

/// Runs it over the targets of a region and those below, and of one period.
pub(super) fn check(
    context: &Context,
    region: Option<&str>,
    period: Option<&str>,
    on: Option<&str>,
) -> Outcome {
    let region = region.map(RegionCode::parse).transpose()?;
    let period = period.map(Period::parse).transpose()?;
    let on: Date = super::day(context, on)?;
    let engine = engine(context)?;
    let targets = Records::of(context, &engine, "responsibility.target")?;
    let milestones = Records::of(context, &engine, "responsibility.milestone")?;
    let decisions = Records::of(context, &engine, "responsibility.reallocation")?;
    let (mut targets, mut problems) = target::read(targets.rows(), milestones.rows());
    let (decisions, more) = zhiheng_plan::read::<Reallocation>(decisions.rows());
    problems.extend(more);
    // Wholes are kept with all their parts, so that no sum is of half of them.
    targets.retain(|target| {
        region.is_none_or(|region| region.contains(target.region))
            && period.is_none_or(|period| period.covers(target.period))
    });
    let known: std::collections::BTreeSet<String> = targets.iter().map(|target| target.id.clone()).collect();
    if region.is_some() || period.is_some() {
        for target in &mut targets {
            target.parent = target.parent.take().filter(|parent| known.contains(parent));
        }
    }
    let yardsticks = Yardstick::all(engine.catalog());
    let regions = &engine.catalog().regions;
    let (found, more) = decompose(&targets, &yardsticks, regions);
    problems.extend(more);
    let (passed, more) = succeed(&targets, &decisions, &yardsticks, regions, on);
    problems.extend(more);
    let listing = listing(context, &found);
    let whole = json!({ "targets": targets.len(), "decompositions": found, "passed": passed });
    super::answer(context, whole, &listing, problems)
}

fn listing(context: &Context, found: &[Decomposition]) -> Listing {
    let title = |id| context.say(id, &[]);
    let mut listing = Listing::new([
        ("target", title("plan-target"), false),
        ("indicator", title("cli-indicator"), false),
        ("rule", title("plan-rule"), false),
        ("on", title("plan-day"), false),
        ("whole", title("plan-whole"), true),
        ("parts", title("plan-parts"), true),
        ("short", title("plan-short"), true),
        ("outcome", title("plan-outcome"), false),
        ("exception", title("plan-reason"), false),
    ]);
    for one in found {
        let outcome = match one.outcome {
            Met::Met => "plan-outcome-met",
            Met::WithinTolerance => "plan-outcome-within-tolerance",
            Met::Excused => "plan-outcome-excused",
            Met::Short => "plan-outcome-short",
        };
        listing.row(vec![
            one.target.clone().into(),
            one.indicator.clone().into(),
            context.say(&format!("plan-rule-{}", one.rule.word()), &[]).into(),
            one.on.to_string().into(),
            one.whole.normalize().to_string().into(),
            one.parts_come_to.to_string().into(),
            one.short.to_string().into(),
            title(outcome).into(),
            one.exception.clone().into(),
        ]);
    }
    listing
}
