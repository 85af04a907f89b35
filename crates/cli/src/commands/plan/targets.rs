//! `plan check`: whether the parts of each target make up the whole, and who owns those of regions that changed.

use serde_json::json;
use zhiheng_base::{Date, Period, RegionCode};
use zhiheng_desk::plans::targets::checked;
use zhiheng_plan::decompose::Decomposition;

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
    let checked = context.wait(checked(&engine, region, period, on))?;
    let listing = listing(context, &checked.found);
    let whole = json!({
        "targets": checked.targets.len(),
        "decompositions": checked.found,
        "passed": checked.passed,
    });
    super::answer(context, whole, &listing, checked.problems)
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
        listing.row(vec![
            one.target.clone().into(),
            one.indicator.clone().into(),
            context.say(&format!("plan-rule-{}", one.rule.word()), &[]).into(),
            one.on.to_string().into(),
            one.whole.normalize().to_string().into(),
            one.parts_come_to.to_string().into(),
            one.short.to_string().into(),
            context.say(&format!("plan-outcome-{}", one.outcome.word()), &[]).into(),
            one.exception.clone().into(),
        ]);
    }
    listing
}
