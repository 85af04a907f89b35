//! `zhiheng trace balance` and `exposure`.

use zhiheng_base::{Decimal, Diagnostic};
use zhiheng_trace::world::expose::Limit;
use zhiheng_trace::world::ledger::{Change, Dimension};

use super::Asked;
use crate::failure::{Failure, Outcome};
use crate::output::Listing;

fn dimension(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Mass => "kg",
        Dimension::Volume => "l",
        Dimension::Count => "pieces",
    }
}

/// The ledger of one lot or class, line by line with the stock after each.
pub(super) fn of_thing(asked: &Asked<'_>, text: &str) -> Outcome {
    let thing = asked.find(text)?;
    let title = |id| asked.context.say(id, &[]);
    let mut listing = Listing::new([
        ("time", title("trace-time"), false),
        ("change", title("trace-change"), false),
        ("site", title("trace-site"), false),
        ("amount", title("trace-amount"), true),
        ("stock", title("trace-stock"), true),
        ("unit", title("trace-unit"), false),
    ]);
    asked.ask(|world| {
        let mut stock = std::collections::BTreeMap::new();
        for entry in world.entries_of(thing) {
            let now = stock.entry((entry.site, entry.dimension)).or_insert(Decimal::ZERO);
            *now += entry.amount;
            let word = match entry.change {
                Change::Made => "made",
                Change::Used => "used",
                Change::Shipped => "shipped",
                Change::Received => "received",
                Change::Ended => "ended",
            };
            listing.row(vec![
                asked.time(entry.time).into(),
                asked.word("change", word).into(),
                asked.place(world, entry.site).into(),
                entry.amount.normalize().to_string().into(),
                now.normalize().to_string().into(),
                asked.word("unit", dimension(entry.dimension)).into(),
            ]);
        }
    });
    Ok(listing.print(asked.context.format())?)
}

/// Stocks that went below nothing, and transformations of which more came out than went in.
pub(super) fn all(asked: &Asked<'_>) -> Outcome {
    let title = |id| asked.context.say(id, &[]);
    let mut listing = Listing::new([
        ("finding", title("trace-finding"), false),
        ("thing", title("trace-thing"), false),
        ("site", title("trace-site"), false),
        ("in", title("trace-in"), true),
        ("out", title("trace-out"), true),
        ("excess", title("trace-excess"), true),
        ("unit", title("trace-unit"), false),
        ("time", title("trace-time"), false),
    ]);
    asked.ask(|world| {
        for short in world.shortfalls() {
            listing.row(vec![
                asked.word("finding", "shortfall").into(),
                asked.thing(world, short.thing).into(),
                asked.place(world, short.site).into(),
                serde_json::Value::Null,
                serde_json::Value::Null,
                short.amount.normalize().to_string().into(),
                asked.word("unit", dimension(short.dimension)).into(),
                asked.time(short.time).into(),
            ]);
        }
        for (place, own) in world.transformations().iter().enumerate() {
            let Some(balance) = world.balance(place) else { continue };
            for kind in [Dimension::Mass, Dimension::Volume] {
                let excess = balance.residual(kind).filter(|excess| *excess > Decimal::ZERO);
                let (Some(excess), Some(first)) = (excess, own.outputs.first()) else { continue };
                let site = own.events.first().and_then(|&at| world.fact(at)?.deed.site);
                let side = |side: &std::collections::BTreeMap<Dimension, Decimal>| {
                    side.get(&kind).map(|amount| amount.normalize().to_string())
                };
                listing.row(vec![
                    asked.word("finding", "more-out").into(),
                    asked.thing(world, first.node).into(),
                    asked.place(world, site).into(),
                    side(&balance.inputs).into(),
                    side(&balance.outputs).into(),
                    excess.normalize().to_string().into(),
                    asked.word("unit", dimension(kind)).into(),
                    asked.time(own.times.0).into(),
                ]);
            }
        }
    });
    Ok(listing.print(asked.context.format())?)
}

/// Things that were outside the limits, and for how long; with names, these things whatever they were.
pub(super) fn exposure(
    asked: &Asked<'_>,
    things: &[String],
    above: Option<Decimal>,
    below: Option<Decimal>,
    gap: &str,
) -> Outcome {
    let limit = Limit { above, below, gap: length(gap)? };
    let wanted = things.iter().map(|text| asked.find(text)).collect::<Result<Vec<_>, _>>()?;
    let title = |id| asked.context.say(id, &[]);
    let mut listing = Listing::new([
        ("thing", title("trace-thing"), false),
        ("level", title("trace-level"), false),
        ("outside", title("trace-outside"), true),
        ("covered", title("trace-covered"), true),
        ("unknown", title("trace-unknown"), true),
        ("highest", title("trace-highest"), true),
        ("lowest", title("trace-lowest"), true),
    ]);
    asked.ask(|world| {
        let mut exposures: Vec<_> = if wanted.is_empty() {
            world.exposed(&limit).iter().collect()
        } else {
            let own = |&node| world.exposure(node, &limit).map(|own| (node, own));
            wanted.iter().filter_map(own).collect()
        };
        exposures.sort_by_key(|(node, own)| (std::cmp::Reverse(own.outside), *node));
        for (node, own) in exposures {
            let minutes = |micros: i64| minutes(micros).to_string();
            let degrees =
                |value: Option<Decimal>| value.map(|value| value.round_dp(2).normalize().to_string());
            listing.row(vec![
                asked.thing(world, node).into(),
                asked.level(world, node).into(),
                minutes(own.outside).into(),
                minutes(own.covered).into(),
                minutes(own.unknown).into(),
                degrees(own.highest).into(),
                degrees(own.lowest).into(),
            ]);
        }
    });
    Ok(listing.print(asked.context.format())?)
}

/// Minutes with one decimal.
fn minutes(micros: i64) -> Decimal {
    (Decimal::from(micros) / Decimal::from(60_000_000)).round_dp(1).normalize()
}

/// `30m`, `2h`, `90s` or `1d` in microseconds.
fn length(text: &str) -> Result<i64, Failure> {
    let wrong = || Failure::from(Diagnostic::error("ZH9556").arg("value", text));
    let split = text.len().checked_sub(1).filter(|at| text.is_char_boundary(*at)).ok_or_else(wrong)?;
    let (number, unit) = text.split_at(split);
    let seconds: i64 = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return Err(wrong()),
    };
    let number: u32 = number.parse().map_err(|_| wrong())?;
    Ok(i64::from(number) * seconds * 1_000_000)
}
