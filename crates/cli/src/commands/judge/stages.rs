//! `judge stages`: what each stage gave, side by side, with changes and reasons.

use serde_json::{Value, json};
use zhiheng_base::Decimal;
use zhiheng_catalog::model::Scheme;
use zhiheng_desk::verdicts::with_sheets;
use zhiheng_judge::{Stage, Staged, stages};
use zhiheng_measure::engine::Engine;

use super::{Asked, show};
use crate::args::Format;
use crate::context::Context;
use crate::failure::Outcome;
use crate::output::{Listing, json as print_json};

pub(super) fn run(context: &Context, engine: &Engine, scheme: &Scheme, asked: &Asked) -> Outcome {
    let case = context.wait(with_sheets(engine, scheme, asked))?;
    if !context.global.quiet {
        show(&case.problems, context.lang, context.global.color);
    }
    let found: Vec<Staged> =
        case.verdicts.iter().map(|verdict| stages(scheme, verdict, &case.sheets)).collect();
    if context.global.format == Some(Format::Json) {
        return Ok(print_json(&json!({ "places": found, "problems": case.problems }))?);
    }
    let title = |id| context.say(id, &[]);
    let mut columns = vec![
        ("region".to_owned(), title("cli-region"), false),
        ("name".to_owned(), title("cli-name"), false),
        ("item".to_owned(), title("cli-item"), false),
    ];
    columns.extend(Stage::ALL.map(|stage| {
        (stage.word().to_owned(), context.say(&format!("cli-stage-{}", stage.word()), &[]), true)
    }));
    columns.push(("reasons".to_owned(), title("cli-reasons"), false));
    let mut listing = Listing::new(columns);
    let number = |points: Option<Decimal>| -> Value {
        points.map(|points| points.round_dp(4).normalize().to_string()).into()
    };
    for one in &found {
        let name = engine.catalog().regions.name(one.region).unwrap_or_default();
        let mut row = |item: &str, points: [Option<Decimal>; 4], reasons: String| {
            let mut cells: Vec<Value> = vec![one.region.to_string().into(), name.into(), item.into()];
            cells.extend(points.map(number));
            cells.push(reasons.into());
            listing.row(cells);
        };
        for (item, staged) in scheme.items.iter().zip(&one.items) {
            let reasons = staged.said.iter().filter(|said| !said.entry.reason.is_empty()).map(|said| {
                let change = said.change.unwrap_or_default().normalize();
                let change = if change > Decimal::ZERO { format!("+{change}") } else { change.to_string() };
                let stage = context.say(&format!("cli-stage-{}", said.entry.stage.word()), &[]);
                format!("{stage} {change}: {}", said.entry.reason)
            });
            row(item.name.get(context.lang), staged.points, reasons.collect::<Vec<String>>().join("; "));
        }
        row(&title("cli-sum"), one.sums, String::new());
    }
    Ok(listing.print(context.format())?)
}
