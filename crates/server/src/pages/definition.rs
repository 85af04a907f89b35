//! Definitions of the catalog: indicators, record types, schemes, procedures, as they are shown everywhere.

use zhiheng_measure::{Address, Basis};

use super::figure::sections;
use super::home::own_region;
use super::number::series;
use super::sheet::{Cell, Column, Section, Sheet, Table, json, number_href};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// Kinds of definitions, as [`zhiheng_catalog::entries`] names them.
const KINDS: [&str; 10] = [
    "record",
    "list",
    "indicator",
    "source",
    "report",
    "scheme",
    "subject-scheme",
    "procedure",
    "letter",
    "clock",
];

fn kind_name(t: Text, kind: &str) -> String {
    t.say(&format!("server-definition-{kind}"))
}

/// `GET /catalog`.
pub(crate) async fn list(call: Call) -> Answer {
    let t = Text(call.view.lang);
    let lang = call.view.lang;
    let desk = call.server.office()?.desk().await?;
    let mut table = Table::new(&call, "definitions", &["kind", "id", "name", "owner", "since", "confirmed"]);
    let kind = call.query.get("kind");
    for entry in zhiheng_catalog::entries(&desk.catalog) {
        if !kind.is_empty() && kind != entry.kind {
            continue;
        }
        table.rows.push(vec![
            Cell::to(kind_name(t, entry.kind), format!("/catalog?kind={}", entry.kind)),
            Cell::to(entry.id, format!("/i/{}", entry.id)),
            Cell::of(entry.name.get(lang)),
            Cell::of(entry.owner.unwrap_or_default()),
            Cell::of(entry.since.map(|day| day.to_string()).unwrap_or_default()),
            Cell::of(t.say(if entry.confirmed { "server-yes" } else { "server-to-be-confirmed" })),
        ]);
    }
    let mut sheet = Sheet::new(&call, t.say("server-title-catalog-list"));
    let all = std::iter::once(Cell::to(t.say("server-all"), "/catalog"));
    let kinds = KINDS.iter().map(|kind| Cell::to(kind_name(t, kind), format!("/catalog?kind={kind}")));
    sheet.sections.push(Section::Actions(String::new(), all.chain(kinds).collect()));
    sheet.lead = t.with("server-catalog-lead", "digest", desk.catalog.digest.get(..12).unwrap_or_default());
    sheet.sections.push(Section::Table(table));
    sheet.answer(&call)
}

/// `GET /i/{definition}`.
pub(crate) async fn show(call: Call) -> Answer {
    let lang = call.view.lang;
    let t = Text(lang);
    let desk = call.server.office()?.desk().await?;
    let id = call.param("definition");
    let Some(shown) = zhiheng_catalog::show(&desk.catalog, id, lang) else {
        return Err(Problem::not_found());
    };
    if call.query.get("as") == "json" {
        return json(&shown);
    }
    let mut sheet = Sheet::new(&call, shown.name.clone());
    sheet.frame = sheet.frame.under("catalog.list");
    let facts = shown.facts.iter().map(|(name, text)| (name.clone(), Cell::of(text.clone())));
    sheet.sections.push(Section::Facts(String::new(), facts.collect()));
    for (n, part) in shown.tables.iter().enumerate() {
        let columns = part.columns.iter().map(|title| Column { title: title.clone(), number: false });
        let rows = part.rows.iter().map(|row| row.iter().map(|cell| Cell::of(cell.clone())).collect());
        sheet.sections.push(Section::Table(Table {
            id: format!("part-{n}"),
            title: part.title.clone(),
            columns: columns.collect(),
            rows: rows.collect(),
            empty: String::new(),
        }));
    }
    if desk.catalog.indicators.contains_key(id)
        && let Some(region) = own_region(&call)
    {
        let office = call.server.office()?;
        let period = office.newest(&desk, region, crate::office::year_of(call.server.today())?).await?;
        let address = Address {
            indicator: id.to_owned(),
            region,
            basis: Basis::AsNow,
            period,
            cuts: Vec::new(),
            as_of: None,
        };
        let measure = desk.engine.measure(&address).await?;
        if let Some(report) = series(&desk, &address, &measure, lang)? {
            sheet.sections.extend(sections(report, lang, false));
        }
        let compare = format!("/r/{region}/compare?indicator={id}&period={period}");
        sheet.sections.push(Section::Actions(
            String::new(),
            vec![
                Cell::to(t.say("server-number-open"), number_href(&address.to_string())),
                Cell::to(t.say("server-title-regions-compare"), compare),
            ],
        ));
    }
    sheet.twin("JSON", format!("/i/{id}?as=json"));
    sheet.answer(&call)
}
