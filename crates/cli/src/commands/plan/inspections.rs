//! `plan burden`: how often enterprises are inspected in a year, and products that are sampled again too soon.

use serde_json::json;
use zhiheng_base::RegionCode;
use zhiheng_desk::plans::burden::burden as burdens;

use crate::commands::measure::engine;
use crate::context::Context;
use crate::failure::Outcome;
use crate::output::Listing;

/// Runs it over planned and done visits, and over the batches that were sampled.
pub(super) fn burden(context: &Context, region: &str, year: i16) -> Outcome {
    let region = RegionCode::parse(region)?;
    let engine = engine(context)?;
    let found = context.wait(burdens(&engine, region, year))?;
    let title = |id| context.say(id, &[]);
    let mut listing = Listing::new([
        ("enterprise", title("plan-enterprise"), false),
        ("class", title("plan-class"), false),
        ("n", title("plan-visits"), true),
        ("most", title("plan-most"), true),
        ("exempt", title("plan-exempt"), true),
        ("over", title("plan-over"), false),
    ]);
    for one in &found.burdens {
        listing.row(vec![
            one.enterprise.clone().into(),
            one.class.clone().into(),
            one.counted.len().into(),
            one.most.into(),
            one.exempt.len().into(),
            one.over.join(" ").into(),
        ]);
    }
    let whole = json!({ "burdens": found.burdens, "repeats": found.repeats });
    super::answer(context, whole, &listing, found.problems)
}
