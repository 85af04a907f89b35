//! `judge run --robust`: sums, ranks and grades with how sure they are, and who cannot be told apart.

use serde_json::Value;
use zhiheng_base::exact::parse_decimal;
use zhiheng_base::{Decimal, Diagnostic};
use zhiheng_catalog::model::Scheme;
use zhiheng_judge::{Draws, Sureness, robust};
use zhiheng_measure::engine::Engine;

use super::{Asked, judged};
use crate::args::Format;
use crate::context::Context;
use crate::failure::Outcome;
use crate::output::{Listing, json as print_json, line};

pub(super) fn run(
    context: &Context,
    engine: &Engine,
    scheme: &Scheme,
    asked: &Asked,
    (n, seed, level): (u32, u64, &str),
) -> Outcome {
    let level = parse_decimal(level)
        .map_err(|_| Diagnostic::error("ZH9101").arg("n", n).arg("level", level).arg("places", 0))?;
    let case = judged(context, engine, scheme, asked)?;
    let found = robust(scheme, &case.places, &case.figures, &case.given, Draws { n, seed, level })?;
    if context.global.format == Some(Format::Json) {
        return Ok(print_json(&found)?);
    }
    let title = |id| context.say(id, &[]);
    let mut listing = Listing::new([
        ("rank", title("cli-rank"), true),
        ("ranks", title("cli-ranks-between"), false),
        ("region", title("cli-region"), false),
        ("name", title("cli-name"), false),
        ("points", title("cli-points-sum"), true),
        ("between", title("cli-points-between"), false),
        ("grade", title("cli-grade"), false),
        ("grades", title("cli-grades-drawn"), false),
        ("sure", title("cli-sure"), false),
        ("ahead", title("cli-ahead-of-next"), true),
    ]);
    let mut sorted: Vec<&Sureness> = found.places.iter().collect();
    sorted.sort_by_key(|one| (one.rank.unwrap_or(u32::MAX), one.region));
    let percent = |part: Decimal, whole: Decimal| {
        let share = part.checked_mul(100.into()).and_then(|part| part.checked_div(whole));
        format!("{:.1} %", share.unwrap_or_default().round_dp(1))
    };
    for one in sorted {
        let grades: Vec<String> = (one.grades.iter())
            .map(|(grade, times)| format!("{grade} {}", percent((*times).into(), n.into())))
            .collect();
        let points = |points: Decimal| scheme.printed(points);
        let sure = if one.sure { "cli-sure-yes" } else { "cli-sure-no" };
        listing.row(vec![
            one.rank.map_or(Value::Null, Into::into),
            one.ranks.map(|(best, worst)| format!("{best}–{worst}")).into(),
            one.region.to_string().into(),
            engine.catalog().regions.name(one.region).unwrap_or_default().into(),
            one.points.map(points).into(),
            one.between.map(|(low, high)| format!("{}–{}", points(low), points(high))).into(),
            one.grade.clone().unwrap_or_else(|| title("cli-open")).into(),
            grades.join(", ").into(),
            one.grade.as_ref().map(|_| title(sure)).into(),
            one.ahead_of_next.map(|share| percent(share, Decimal::ONE)).into(),
        ]);
    }
    listing.print(context.format())?;
    if !context.is_plain() {
        return Ok(());
    }
    for (first, last) in &found.runs {
        let names: Vec<&str> = (found.order.iter().skip(*first).take(last - first + 1))
            .map(|place| engine.catalog().regions.name(*place).unwrap_or_default())
            .collect();
        line(&context.say("cli-not-told-apart", &[("places", &names.join(", "))]))?;
    }
    let args = [("n", n.to_string()), ("seed", seed.to_string()), ("level", percent(level, Decimal::ONE))];
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    context.note(&context.say("cli-robust-how", &args));
    Ok(())
}
