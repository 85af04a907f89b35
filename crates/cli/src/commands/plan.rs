//! `zhiheng plan`: targets, the year, tasks, letters, draws, pairs, burden. It prints; what is to stay is imported as records, or, of
//! a draw, recorded at once.

mod draws;
mod inspections;
mod promises;
mod targets;
mod year;

use serde_json::{Value, json};
use zhiheng_base::{Date, Diagnostic};

use crate::args::{Format, PlanVerb};
use crate::context::Context;
use crate::failure::{Failure, Outcome, show};
use crate::output::{Listing, json as print_json};

/// Runs a verb of `plan`.
pub(crate) fn run(context: &Context, verb: PlanVerb) -> Outcome {
    match verb {
        PlanVerb::Check { region, period, on } => {
            targets::check(context, region.as_deref(), period.as_deref(), on.as_deref())
        }
        PlanVerb::Cycle { region, year } => year::cycle(context, &region, year),
        PlanVerb::Tasks { letter, period, make } => promises::tasks(context, &letter, &period, make),
        PlanVerb::Letter { number, on } => promises::letter(context, &number, on.as_deref()),
        PlanVerb::Draw(args) => draws::draw(context, &args),
        PlanVerb::Pair(args) => draws::pair(context, &args),
        PlanVerb::Burden { region, year } => inspections::burden(context, &region, year),
    }
}

/// The day typed, or today.
fn day(context: &Context, text: Option<&str>) -> Result<Date, Diagnostic> {
    let Some(text) = text else { return Ok(context.today()) };
    text.parse().map_err(|_| Diagnostic::error("ZH8590").arg("value", text))
}

/// Prints the listing, or with `--format json` the `whole` answer with its problems; then tells the problems. Errors among
/// them end the command with 1, after everything that was found has been printed.
fn answer(context: &Context, mut whole: Value, listing: &Listing, problems: Vec<Diagnostic>) -> Outcome {
    if context.global.format == Some(Format::Json) {
        if let Some(whole) = whole.as_object_mut() {
            whole.insert("problems".to_owned(), json!(problems));
        }
        print_json(&whole)?;
    } else {
        listing.print(context.format())?;
    }
    let (errors, others): (Vec<Diagnostic>, Vec<Diagnostic>) =
        problems.into_iter().partition(Diagnostic::is_error);
    if !context.global.quiet {
        show(&others, context.lang, context.global.color);
    }
    if errors.is_empty() { Ok(()) } else { Err(Failure::Problems(errors)) }
}
