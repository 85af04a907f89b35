//! `zhiheng trace check`: what does not fit together, what is missing, and which records a rule demands of a chain.

use serde_json::Value;
use zhiheng_base::Diagnostic;
use zhiheng_catalog::Catalog;
use zhiheng_catalog::model::CodeList;
use zhiheng_trace::world::alarm::{Alarm, Confidence, Grounds};
use zhiheng_trace::world::require::{Lack, rules};
use zhiheng_trace::world::{Finding, World};

use super::Asked;
use crate::failure::Outcome;
use crate::output::Listing;

/// Findings and alarms are the answer, not a failure.
pub(super) fn run(asked: &Asked<'_>, things: &[String], rule: Option<&str>) -> Outcome {
    match rule {
        Some(rule) => required(asked, things, rule),
        None => all(asked),
    }
}

/// The greatest of the numbers that are the codes of a list.
fn greatest(catalog: &Catalog, list: &str) -> Option<f64> {
    let items = &catalog.lists.get(list)?.items;
    items.iter().filter_map(|item| item.code.parse().ok()).max_by(f64::total_cmp)
}

/// Microseconds of a day.
const DAY: f64 = 86_400_000_000.0;

fn all(asked: &Asked<'_>) -> Outcome {
    let catalog = asked.context.catalog()?;
    let mut grounds = Grounds {
        speed: greatest(&catalog, "trace.speed"),
        transit: greatest(&catalog, "trace.transit").map(|days| (days * DAY) as i64),
        ..Grounds::default()
    };
    let masters = asked.tracing.held().masters.clone();
    let title = |id| asked.context.say(id, &[]);
    let mut listing = Listing::new([
        ("finding", title("trace-finding"), false),
        ("confidence", title("trace-confidence"), false),
        ("thing", title("trace-thing"), false),
        ("container", title("trace-container"), false),
        ("other", title("trace-other"), false),
        ("from", title("trace-from-place"), false),
        ("to", title("trace-to-place"), false),
        ("kilometres", title("trace-kilometres"), true),
        ("time", title("trace-time"), false),
    ]);
    asked.ask(|world| {
        grounds.find_spots(world, &masters);
        for finding in world.findings() {
            let sure = world.confidence(&finding, &grounds);
            let (word, [thing, container, other, time]) = of_finding(asked, world, finding);
            let none = Value::Null;
            listing.row(row(
                asked,
                (word, sure),
                [thing, container, other, none.clone(), none.clone(), none, time],
            ));
        }
        for (alarm, sure) in world.alarms(&grounds) {
            let thing = |node| Value::from(asked.thing(world, node));
            let place = |site| Value::from(asked.place(world, Some(site)));
            let none = Value::Null;
            let (word, thing, from, to, kilometres, time) = match alarm {
                Alarm::TwoPlaces { thing: own, from, to, time, kilometres } => {
                    ("two-places", thing(own), place(from), place(to), kilometres.into(), time)
                }
                Alarm::Unrecorded { thing: own, from, to, time } => {
                    ("unrecorded", thing(own), place(from), place(to), none, time)
                }
                Alarm::NeverMade { lot, time } => {
                    ("never-made", thing(lot), none.clone(), none.clone(), none, time)
                }
            };
            let time = Value::from(asked.time(time));
            listing.row(row(
                asked,
                (word, sure),
                [thing, Value::Null, Value::Null, from, to, kilometres, time],
            ));
        }
    });
    Ok(listing.print(asked.context.format())?)
}

fn row(asked: &Asked<'_>, (word, sure): (&str, Confidence), cells: [Value; 7]) -> Vec<Value> {
    let mut row = vec![asked.word("finding", word).into(), asked.word("confidence", sure.word()).into()];
    row.extend(cells);
    row
}

/// A finding as its word, thing, containers and time.
fn of_finding(asked: &Asked<'_>, world: &World, finding: Finding) -> (&'static str, [Value; 4]) {
    let thing = |node| Value::from(asked.thing(world, node));
    let none = Value::Null;
    match finding {
        Finding::Conflict { id } => ("conflict", [id.into(), none.clone(), none.clone(), none]),
        Finding::CorrectiveMissing { id } => {
            ("corrective-missing", [id.into(), none.clone(), none.clone(), none])
        }
        Finding::TwoContainers { thing: own, old, new, time } => {
            ("two-containers", [thing(own), thing(old), thing(new), asked.time(time).into()])
        }
        Finding::NotInside { thing: own, container, time } => {
            ("not-inside", [thing(own), thing(container), none, asked.time(time).into()])
        }
        Finding::NeverCommissioned { thing: own } => {
            ("never-commissioned", [thing(own), none.clone(), none.clone(), none])
        }
        Finding::NeverReceived { thing: own, time } => {
            ("never-received", [thing(own), none.clone(), none, asked.time(time).into()])
        }
        Finding::SeenAfterEnd { thing: own, time } => {
            ("seen-after-end", [thing(own), none.clone(), none, asked.time(time).into()])
        }
    }
}

/// Which records and fields a rule demands of the chains of things, and nobody recorded.
fn required(asked: &Asked<'_>, things: &[String], rule: &str) -> Outcome {
    let catalog = asked.context.catalog()?;
    let missing = || Diagnostic::error("ZH9579").arg("list", rule);
    let list: &CodeList = catalog.lists.get(rule).ok_or_else(missing)?;
    let wrong = |code| Diagnostic::error("ZH9578").arg("list", rule).arg("code", code);
    let rules = rules(list.items.iter().map(|item| item.code.as_str())).map_err(wrong)?;
    let title = |id| asked.context.say(id, &[]);
    let mut listing = Listing::new([
        ("thing", title("trace-thing"), false),
        ("finding", title("trace-finding"), false),
        ("required", title("trace-required"), false),
        ("code", title("trace-code"), false),
    ]);
    for text in things {
        let node = asked.find(text)?;
        asked.ask(|world| {
            for lack in world.lacking(node, &rules) {
                let (word, code) = match lack {
                    Lack::Record(code) => ("no-record", code),
                    Lack::Field(code) => ("no-field", code),
                };
                let name = list.items.iter().find(|item| item.code == code).map(|item| &item.name);
                listing.row(vec![
                    asked.thing(world, node).into(),
                    asked.word("finding", word).into(),
                    name.map(|name| name.get(asked.context.lang)).into(),
                    code.into(),
                ]);
            }
        });
    }
    if !list.head.confirmed {
        asked.context.note(&asked.context.say("trace-rule-unconfirmed", &[("list", rule)]));
    }
    Ok(listing.print(asked.context.format())?)
}
