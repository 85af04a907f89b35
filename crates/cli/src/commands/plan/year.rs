//! `plan cycle`: the stages of a year with their due days, in the form in which they are imported.

use serde_json::json;
use zhiheng_base::RegionCode;
use zhiheng_desk::desk::calendar;
use zhiheng_desk::plans::Records;
use zhiheng_plan::cycle::{Stage, cycle as dates};

use crate::commands::measure::engine;
use crate::context::Context;
use crate::failure::Outcome;
use crate::output::Listing;

/// Runs it.
pub(super) fn cycle(context: &Context, region: &str, year: i16) -> Outcome {
    let region = RegionCode::parse(region)?;
    let engine = engine(context)?;
    let stages = context.wait(Records::of(&engine, "responsibility.stage"))?;
    let (stages, mut problems) = zhiheng_plan::read::<Stage>(stages.rows());
    let calendar = calendar(&context.catalog_folders())?;
    let (events, more) = dates(&stages, region, year, &|day| !calendar.is_working(day));
    problems.extend(more);
    let title = |id| context.say(id, &[]);
    let mut listing = Listing::new([
        ("region", title("cli-region"), false),
        ("period", title("cli-period"), false),
        ("stage", title("plan-stage"), false),
        ("number", title("plan-number"), true),
        ("due_on", title("plan-due"), false),
        ("moved_from", title("plan-moved-from"), false),
    ]);
    for event in &events {
        // The codes of the record type, so that the list can be imported; names for people.
        let stage = if context.is_plain() {
            context.say(&format!("plan-stage-{}", event.stage), &[])
        } else {
            event.stage.clone()
        };
        listing.row(vec![
            event.region.to_string().into(),
            event.period.to_string().into(),
            stage.into(),
            event.number.into(),
            event.due_on.to_string().into(),
            event.moved_from.map(|day| day.to_string()).into(),
        ]);
    }
    super::answer(context, json!({ "events": events }), &listing, problems)
}
