//! `zhiheng trace recall`: the scope in figures, thing by thing, and as a spreadsheet for the authority.

use std::path::Path;

use serde_json::{Value, json};
use zhiheng_press::{Cell, sheet};
use zhiheng_trace::world::ledger::Dimension;
use zhiheng_trace::world::scope::{Affected, Summary};
use zhiheng_trace::world::{Node, Sure, World};

use super::Asked;
use crate::args::Format;
use crate::failure::Outcome;
use crate::output::{Listing, json as print_json, line};

/// The scope of a recall.
pub(super) fn run(asked: &Asked<'_>, texts: &[String], list: bool, output: Option<&Path>) -> Outcome {
    let start = texts.iter().map(|text| asked.find(text)).collect::<Result<Vec<Node>, _>>()?;
    if let Some(path) = output {
        write(asked, &start, path)?;
    }
    if list {
        return Ok(things(asked, &start).print(asked.context.format())?);
    }
    let summary = asked.ask(|world| world.summary(&start));
    if matches!(asked.context.format(), Format::Json | Format::Jsonl) {
        return Ok(print_json(&asked.ask(|world| twin(world, &start, &summary)))?);
    }
    figures(asked, &summary)
}

/// The figures for machines.
fn twin(world: &World, start: &[Node], summary: &Summary) -> Value {
    let pieces: serde_json::Map<String, Value> =
        summary.pieces.iter().map(|(fate, count)| (fate.word().to_owned(), (*count).into())).collect();
    let mut sites: Vec<(&str, usize)> =
        summary.sites.iter().map(|(site, count)| (world.term(*site), *count)).collect();
    sites.sort_unstable();
    let mut recipients: Vec<&str> = summary.recipients.iter().map(|party| world.term(*party)).collect();
    recipients.sort_unstable();
    json!({
        "start": start.iter().map(|node| world.text(*node)).collect::<Vec<_>>(),
        "pieces": pieces,
        "lots": summary.lots,
        "possible": summary.possible,
        "sites": sites.iter().map(|(site, count)| json!({ "site": site, "pieces": count })).collect::<Vec<_>>(),
        "recipients": recipients,
    })
}

/// The figures for people: what has become of how many, then where they are, then who got some.
fn figures(asked: &Asked<'_>, summary: &Summary) -> Outcome {
    let context = asked.context;
    let title = |id| context.say(id, &[]);
    let total: usize = summary.pieces.values().sum();
    let args = [
        ("pieces", total.to_string()),
        ("lots", summary.lots.to_string()),
        ("recipients", summary.recipients.len().to_string()),
        ("possible", summary.possible.to_string()),
    ];
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    if context.is_plain() {
        line(&format!("{}\n", context.say("trace-scope", &args)))?;
    }
    let mut listing = Listing::new([
        ("fate", title("trace-fate"), false),
        ("place", title("trace-site"), false),
        ("pieces", title("trace-pieces"), true),
    ]);
    asked.ask(|world| {
        use zhiheng_trace::world::scope::Fate;
        for (fate, count) in &summary.pieces {
            listing.row(vec![asked.word("fate", fate.word()).into(), Value::Null, (*count).into()]);
            if *fate == Fate::At {
                let mut sites: Vec<_> = summary.sites.iter().collect();
                sites.sort_by_key(|(site, count)| (std::cmp::Reverse(**count), world.term(**site)));
                for (site, count) in sites {
                    let place = asked.place(world, Some(*site));
                    listing.row(vec![asked.word("fate", fate.word()).into(), place.into(), (*count).into()]);
                }
            }
        }
        let mut parties: Vec<String> =
            summary.recipients.iter().filter_map(|party| asked.place(world, Some(*party))).collect();
        parties.sort_unstable();
        for party in parties {
            listing.row(vec![asked.word("fate", "recipient").into(), party.into(), Value::Null]);
        }
    });
    Ok(listing.print(context.format())?)
}

/// The columns of the list of things.
const COLUMNS: [(&str, &str, bool); 11] = [
    ("thing", "trace-thing", false),
    ("level", "trace-level", false),
    ("lot", "trace-lot", false),
    ("links", "trace-links", true),
    ("sure", "trace-sure", false),
    ("fate", "trace-fate", false),
    ("site", "trace-site", false),
    ("disposition", "trace-disposition", false),
    ("time", "trace-last", false),
    ("recipients", "trace-recipients", false),
    ("stock", "trace-stock", false),
];

fn things(asked: &Asked<'_>, start: &[Node]) -> Listing {
    let columns = COLUMNS.map(|(id, title, number)| (id, asked.context.say(title, &[]), number));
    let mut listing = Listing::new(columns);
    asked.ask(|world| {
        for affected in world.scope(start).affected {
            listing.row(row(asked, world, &affected));
        }
    });
    listing
}

fn row(asked: &Asked<'_>, world: &World, own: &Affected) -> Vec<Value> {
    let sure = if own.sure == Sure::Recorded { "recorded" } else { "possible" };
    let mut recipients: Vec<String> =
        own.state.recipients.iter().filter_map(|party| asked.place(world, Some(*party))).collect();
    recipients.sort_unstable();
    let stock: Vec<String> = own
        .stock
        .iter()
        .filter(|(_, amount)| !amount.is_zero())
        .map(|((site, dimension), amount)| {
            let unit = match dimension {
                Dimension::Mass => "kg",
                Dimension::Volume => "l",
                Dimension::Count => "pieces",
            };
            let place = asked.place(world, *site).unwrap_or_default();
            format!("{place} {} {}", amount.normalize(), asked.word("unit", unit)).trim().to_owned()
        })
        .collect();
    let some = |text: String| if text.is_empty() { Value::Null } else { text.into() };
    vec![
        asked.thing(world, own.node).into(),
        asked.level(world, own.node).into(),
        world.lot_of(own.node).map(|lot| asked.thing(world, lot)).into(),
        own.links.into(),
        asked.word("sure", sure).into(),
        asked.word("fate", own.state.fate.word()).into(),
        asked.place(world, own.state.site).into(),
        own.state.disposition.map(|term| asked.word("disposition", world.term(term))).into(),
        own.state.time.and_then(|time| asked.time(time)).into(),
        some(recipients.join("; ")),
        some(stock.join("; ")),
    ]
}

/// The list as a spreadsheet: XLSX by the ending, CSV otherwise. Words are in the reader's language, as in the table.
fn write(asked: &Asked<'_>, start: &[Node], path: &Path) -> Outcome {
    let head = COLUMNS.map(|(_, title, _)| asked.context.say(title, &[]));
    let rows: Vec<Vec<Value>> =
        asked.ask(|world| world.scope(start).affected.iter().map(|own| row(asked, world, own)).collect());
    let is_xlsx = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
    let bytes = if is_xlsx {
        let cells = rows.iter().map(|row| row.iter().map(cell).collect::<Vec<Cell>>());
        sheet(&asked.context.say("trace-sheet", &[]), &head, cells)?
    } else {
        // the mark lets spreadsheet programs see that it is UTF-8
        let mut text = format!("\u{feff}{}\r\n", zhiheng_base::csv::line(head.iter(), ','));
        for row in &rows {
            let cells = row.iter().map(|value| match value {
                Value::Null => String::new(),
                Value::String(text) => zhiheng_base::csv::harmless(text).into_owned(),
                other => other.to_string(),
            });
            text.push_str(&zhiheng_base::csv::line(cells, ','));
            text.push_str("\r\n");
        }
        text.into_bytes()
    };
    std::fs::write(path, bytes)?;
    let n = rows.len().to_string();
    asked
        .context
        .note(&asked.context.say("trace-written", &[("file", &path.display().to_string()), ("n", &n)]));
    Ok(())
}

fn cell(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::Empty,
        Value::Number(number) => number.as_f64().map_or(Cell::Empty, Cell::Number),
        Value::String(text) => Cell::Text(text.clone()),
        other => Cell::Text(other.to_string()),
    }
}
