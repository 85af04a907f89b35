//! The places behind a tile or a line of the map, with what is at each.

use zhiheng_base::RegionCode;
use zhiheng_base::words::say;
use zhiheng_desk::trace::recall::Recall;
use zhiheng_desk::trace::recall::spread::Which;

use super::ask::Question;
use super::{Told, map};
use crate::call::Call;
use crate::pages::sheet::{Cell, Section, Sheet, Table, as_csv};
use crate::pages::workbook;
use crate::problem::Problem;
use crate::route::Answer;

/// `GET /trace/places`: all places, or those that `in`, `only`, `outside` (each with a region) or `unknown` chooses.
pub(crate) async fn show(call: Call) -> Answer {
    let question = Question::of(&call).await?;
    let told = Told::of(&call);
    let which = which(&call)?;
    let made = question.recall(|recall| {
        let name = told.speech.thing(recall.seen.world, recall.start);
        let table = table(told, &question, recall, which);
        let mut sections = Vec::new();
        if let Which::In(of) = which
            && recall.spread(of).has_parts()
        {
            sections = map::sections(&call, told, &question, recall, of);
        }
        (name, lead(told, recall, which), table, sections)
    });
    let (name, lead, mut table, sections) = made.await?.map_err(Problem::from)?;
    match call.query.get("as") {
        "csv" => return as_csv(&table),
        "xlsx" => return workbook::answer(&[&table], &[]),
        _ => {}
    }
    let mut sheet = Sheet::of(&call);
    sheet.frame = sheet.frame.under("trace.show");
    sheet.crumb(name, question.href("/trace", &[]));
    sheet.lead = lead;
    sheet.sections = sections;
    table.drop_empty_columns();
    sheet.sections.push(Section::Table(table));
    for ending in ["csv", "xlsx"] {
        let mut more = vec![("as", ending)];
        more.extend(["in", "only", "outside", "unknown"].map(|name| (name, call.query.get(name))));
        more.retain(|(_, value)| !value.is_empty());
        sheet.twin(&ending.to_uppercase(), question.href("/trace/places", &more));
    }
    sheet.answer(&call)
}

fn which(call: &Call) -> Result<Which, Problem> {
    let region = |name: &str| match call.query.get(name) {
        "" => Ok(None),
        text => RegionCode::parse(text).map(Some).map_err(|_| Problem::not_found()),
    };
    Ok(match (region("in")?, region("only")?, region("outside")?, call.query.get("unknown")) {
        (Some(of), ..) => Which::In(of),
        (_, Some(of), ..) => Which::Only(of),
        (_, _, Some(of), _) => Which::Outside(of),
        (.., "") => Which::All,
        _ => Which::Unknown,
    })
}

/// How many places and how much there is.
fn lead(told: Told, recall: &Recall<'_>, which: Which) -> String {
    let (id, of) = match which {
        Which::All => ("server-trace-at-all", None),
        Which::In(of) => ("server-trace-at-in", Some(of)),
        Which::Only(of) => ("server-trace-at-only", Some(of)),
        Which::Outside(of) => ("server-trace-at-outside", Some(of)),
        Which::Unknown => ("server-trace-at-unknown", None),
    };
    let found = recall.at(which);
    let mut held = zhiheng_desk::trace::recall::Held::default();
    found.iter().for_each(|(_, place)| held.add(&place.held));
    let args = [
        ("place", of.map(|of| map::title(told, recall, of)).unwrap_or_default()),
        ("places", found.len().to_string()),
        ("amount", map::amount(told, &held)),
    ];
    say(told.lang(), id, &args.each_ref().map(|(name, value)| (*name, value.as_str())))
}

fn table(told: Told, question: &Question, recall: &Recall<'_>, which: Which) -> Table {
    let mut table = told.table("at", &["site", "name", "region", "#pieces", "stock"]);
    let world = recall.seen.world;
    for (site, place) in recall.at(which) {
        let text = world.term(site);
        let region = match place.region {
            Some(of) => Cell::to(map::title(told, recall, of), question.places("in", of)),
            None => Cell::of(told.t.say("server-trace-region-unknown")),
        };
        let stock: Vec<String> = (place.held.stock.iter())
            .map(|(dimension, amount)| format!("{} {}", amount.normalize(), told.speech.unit(*dimension)))
            .collect();
        table.rows.push(vec![
            Cell::to(told.speech.place(world, site), question.href("/trace/notices", &[("to", text)])),
            Cell::of(recall.atlas.name(text).unwrap_or_default()),
            region,
            Cell::of(place.held.pieces.to_string()),
            Cell::of(stock.join(&told.t.between("clause-separator"))),
        ]);
    }
    table
}
