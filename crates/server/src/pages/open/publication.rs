//! A publication: what was released, table by table, with what is uncertain in plain words; also as JSON and CSV.

use axum::http::header::CONTENT_DISPOSITION;
use zhiheng_catalog::Catalog;
use zhiheng_desk::open::table::Cell as Part;
use zhiheng_desk::open::{Book, Publication, Shown, Tables};
use zhiheng_measure::Split;

use super::words::{named, plain, sentence};
use super::{book, keep, lists};
use crate::api::escaped;
use crate::api::open::publication as as_data;
use crate::call::Call;
use crate::pages::download;
use crate::pages::sheet::{Cell, Column, Section, Sheet, Table, as_csv, ending, json};
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// `GET /open/p/{publication}`, also with `.json` and `.csv`.
pub(crate) async fn show(call: Call) -> Answer {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    let book = book(&call).await?;
    let (number, twin) = asked(&call, &book);
    let one = book.publication(number).ok_or_else(Problem::not_found)?;
    let catalog = call.server.office()?.catalog().await;
    match twin {
        "json" => {
            let data = as_data(&catalog, lang, &book, one);
            return keep(&call, json(&data), "application/json; charset=utf-8").await;
        }
        "csv" => {
            let answer = as_csv(&flat(&call, book.tables(one)));
            return keep(&call, answer, "text/csv; charset=utf-8").await;
        }
        _ => {}
    }
    let mut sheet = Sheet::new(&call, one.title.clone());
    sheet.frame = sheet.frame.under("open.home");
    sheet.lead = one.decided.as_ref().map(|decided| decided.summary.clone()).unwrap_or_default();
    if let Some(day) = one.corrected {
        sheet.notes.push(zhiheng_base::words::say(
            lang,
            "open-corrected",
            &[("day", &day.to_string()), ("edition", &one.edition.to_string())],
        ));
    }
    sheet
        .sections
        .push(Section::Facts(String::new(), facts(&call, one, &lists::place(&catalog, one.region, lang))));
    let mut has_rate = false;
    match book.tables(one) {
        Some(Tables::Lost(why)) => {
            sheet.notes.push(t.say("open-tables-lost"));
            sheet.sections.push(Section::Text(vec![Cell::of(why.message(lang))]));
        }
        Some(Tables::Shown(shown)) => {
            for (n, table) in shown.iter().enumerate() {
                if let Some(total) =
                    table.cells.iter().find(|cell| cell.row.is_none() && cell.column.is_none())
                {
                    let told = total.number.as_ref().map(|number| {
                        has_rate |= number.likely.is_some();
                        let plain = number.likely.map(|likely| plain(lang, likely)).unwrap_or_default();
                        format!("{} {plain}", sentence(lang, &table.name, number))
                    });
                    let told = told.unwrap_or_else(|| t.say("open-withheld-total"));
                    sheet.sections.push(Section::Text(vec![Cell::of(told.trim().to_owned())]));
                }
                let place = lists::place(&catalog, table.address.whole.region, lang);
                sheet.sections.push(Section::Table(cells(&call, &catalog, table, &place, n)));
                sheet.sections.extend(definition(&catalog, table, t));
            }
        }
        None => {}
    }
    if has_rate {
        sheet.sections.push(Section::Text(vec![Cell::of(t.say("open-like-these"))]));
    }
    let here = lists::publication_href(one);
    if one.decided.as_ref().is_some_and(|decided| decided.sealed.is_some()) {
        let file = Cell::to(t.say("open-sealed-file"), format!("{here}/content"));
        sheet.sections.push(Section::Actions(String::new(), vec![file]));
    }
    let origin = call.server.public_origin(call.arrival.door);
    let square = crate::pages::qr::square(&format!("{origin}/verify/{}", escaped(&one.name())));
    sheet.sections.extend(square.map(Section::Square));
    sheet.twin("JSON", format!("{here}.json"));
    if book.tables(one).is_some_and(|tables| !tables.shown().is_empty()) {
        sheet.twin("CSV", format!("{here}.csv"));
    }
    sheet.answer(&call)
}

/// The number that is asked for, and the ending: a number may itself end like one.
fn asked<'c>(call: &'c Call, book: &Book) -> (&'c str, &'c str) {
    let whole = call.param("publication");
    if book.publication(whole).is_some() { (whole, "") } else { ending(whole) }
}

/// `GET /open/p/{publication}/content`: the sealed content, byte by byte what was approved.
pub(crate) async fn content(call: Call) -> Answer {
    let book = book(&call).await?;
    let one = book.publication(call.param("publication")).ok_or_else(Problem::not_found)?;
    let sealed = one.decided.as_ref().and_then(|decided| decided.sealed.clone());
    let (name, hash) = sealed.ok_or_else(Problem::not_found)?;
    let path = call.server.office()?.desk().await?.project.file(&hash).ok_or_else(Problem::not_found)?;
    let bytes = download::bytes(Some(path), &hash, &name).await?;
    let mut answer = super::kept(&call, bytes, download::ANY)?;
    answer.headers_mut().insert(CONTENT_DISPOSITION, download::disposition("attachment", &name)?);
    Ok(answer)
}

fn facts(call: &Call, one: &Publication, place: &str) -> Vec<(String, Cell)> {
    let t = Text(call.view.lang);
    let day = |day: Option<zhiheng_base::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let decided = one.decided.as_ref();
    let hash = if one.hash.len() == 64 {
        Cell::to(one.hash.clone(), format!("/verify/{}", one.hash))
    } else {
        Cell::of(one.hash.clone())
    };
    let all = vec![
        (t.say("open-number"), Cell::of(one.number.clone())),
        (t.say("server-col-region"), Cell::to(place, format!("/open/r/{}", one.region))),
        (t.say("open-subject"), subject(one)),
        (t.say("open-grounds"), Cell::of(decided.map(|decided| decided.grounds.clone()).unwrap_or_default())),
        (t.say("server-col-open-published"), Cell::of(one.from.to_string())),
        (t.say("server-col-until"), Cell::of(day(one.until))),
        (t.say("open-edition"), Cell::of(one.edition.to_string())),
        (t.say("server-fact-ledger"), Cell::of(one.size.to_string())),
        (t.say("server-fact-catalog"), Cell::of(one.catalog.get(..12).unwrap_or(&one.catalog))),
        (t.say("open-hash"), hash),
    ];
    all.into_iter().filter(|(_, cell)| !cell.text.is_empty()).collect()
}

fn subject(one: &Publication) -> Cell {
    match &one.subject {
        Some(code) => Cell::to(code.clone(), format!("/open/e/{}", escaped(code))),
        None => Cell::default(),
    }
}

/// What is counted, in the words of its definition, and by which rules.
fn definition(catalog: &Catalog, shown: &Shown, t: Text) -> Option<Section> {
    let head = &catalog.indicators.get(&shown.indicator)?.head;
    let says = head.says.as_ref().map(|says| says.get(t.0)).unwrap_or_default();
    let basis = head.basis.join(&t.between("clause-separator"));
    let told = zhiheng_base::words::say(
        t.0,
        "open-definition",
        &[("name", head.name.get(t.0)), ("says", says), ("basis", &basis)],
    );
    Some(Section::Text(vec![Cell::of(told)]))
}

/// What a table is split by, as people call it.
fn split_name(catalog: &Catalog, shown: &Shown, split: &Split, t: Text) -> String {
    match split {
        Split::Region(_) => t.say("server-col-region"),
        Split::Dimension(id) => {
            let over = catalog.indicators.get(&shown.indicator).and_then(|one| one.kind.over());
            let record = over.and_then(|over| catalog.records.get(&over.record));
            let field = record.and_then(|record| record.field(id));
            field.map_or_else(|| id.clone(), |field| field.name.get(t.0).to_owned())
        }
    }
}

/// A table with one row a cell: what it is, the number, how sure, what it means.
fn cells(call: &Call, catalog: &Catalog, shown: &Shown, place: &str, n: usize) -> Table {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    let column = |id: &str, number| Column { title: t.say(id), number };
    let splits = std::iter::once(&shown.address.rows).chain(&shown.address.columns);
    let by: Vec<String> = splits.map(|split| split_name(catalog, shown, split, t)).collect();
    let what = by.join(&t.between("clause-separator"));
    let period = shown.address.whole.period.title(lang);
    let mut table = Table {
        id: format!("open-{}", n + 1),
        // Two tables of one number differ in what they are split by.
        title: format!("{} · {place} · {period} · {what}", shown.name.get(lang)),
        columns: by.into_iter().map(|title| Column { title, number: false }).collect(),
        empty: t.say("server-none"),
        ..Table::default()
    };
    let has_columns = shown.address.columns.is_some();
    table.columns.push(column("server-col-value", true));
    table.columns.push(column("server-col-interval", false));
    table.columns.push(column("server-col-records", true));
    table.columns.push(column("open-col-plain", false));
    for cell in &shown.cells {
        let mut row = vec![Cell::of(named(lang, cell.row.as_ref()))];
        if has_columns {
            row.push(Cell::of(named(lang, cell.column.as_ref())));
        }
        row.extend(figures(t, cell));
        table.rows.push(row);
    }
    table
}

fn figures(t: Text, cell: &Part) -> [Cell; 4] {
    match &cell.number {
        None => [
            Cell::of(t.say("open-withheld")),
            Cell::default(),
            Cell::default(),
            Cell::of(t.say("open-withheld-why")),
        ],
        Some(number) => [
            Cell::of(number.value.clone().unwrap_or_else(|| t.say("no-data"))),
            Cell::of(number.interval.as_ref().map(|(low, high)| format!("{low}–{high}")).unwrap_or_default()),
            Cell::of(number.records.to_string()),
            Cell::of(number.likely.map(|likely| plain(t.0, likely)).unwrap_or_default()),
        ],
    }
}

/// All tables under each other, for those who compute.
fn flat(call: &Call, tables: Option<&Tables>) -> Table {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    let mut table = Table::new(
        call,
        "open-cells",
        &[
            "indicator",
            "open-row",
            "open-row-code",
            "open-column",
            "open-column-code",
            "#value",
            "#low",
            "#high",
            "#top",
            "#bottom",
            "#records",
        ],
    );
    let part = |part: &zhiheng_base::Decimal| Cell::of(part.normalize().to_string());
    for shown in tables.map(Tables::shown).unwrap_or_default() {
        for cell in &shown.cells {
            let mut row = vec![Cell::of(shown.name.get(lang))];
            for one in [&cell.row, &cell.column] {
                row.push(Cell::of(named(lang, one.as_ref())));
                row.push(Cell::of(one.as_ref().map(|one| one.code.clone()).unwrap_or_default()));
            }
            match &cell.number {
                None => {
                    row.push(Cell::of(t.say("open-withheld")));
                    row.extend(vec![Cell::default(); 5]);
                }
                Some(number) => {
                    let (low, high) = number.interval.clone().unwrap_or_default();
                    row.push(Cell::of(number.value.clone().unwrap_or_default()));
                    row.extend([Cell::of(low), Cell::of(high)]);
                    let (top, bottom) = number.parts.unzip();
                    row.extend([top, bottom].iter().map(|one| one.as_ref().map(part).unwrap_or_default()));
                    row.push(Cell::of(number.records.to_string()));
                }
            }
            table.rows.push(row);
        }
    }
    table
}
