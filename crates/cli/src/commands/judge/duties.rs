//! `judge duties`: who owes what by the scheme.

use zhiheng_catalog::model::Scheme;
use zhiheng_judge::duties;
use zhiheng_measure::engine::Engine;

use super::{Asked, judged};
use crate::context::Context;
use crate::failure::Outcome;
use crate::output::{json as print_json, line};

pub(super) fn run(context: &Context, engine: &Engine, scheme: &Scheme, asked: &Asked) -> Outcome {
    let case = judged(context, engine, scheme, asked)?;
    let found = duties(scheme, &case.verdicts);
    if !context.is_plain() {
        return Ok(print_json(&found)?);
    }
    let regions = &engine.catalog().regions;
    for one in &found.owed {
        for text in one.explain(scheme, regions, context.lang).lines(context.lang) {
            line(&text)?;
        }
    }
    if found.owed.is_empty() {
        line(&context.say("cli-no-duties", &[]))?;
    }
    if !found.open.is_empty() {
        let names: Vec<&str> =
            found.open.iter().map(|place| regions.name(*place).unwrap_or_default()).collect();
        line(&context.say("cli-duties-open", &[("places", &names.join(", "))]))?;
    }
    Ok(())
}
