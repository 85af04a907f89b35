//! The desk of analysis: figures crosswise, any of the three ways (places, periods, indicators) in rows and another in columns.
//!
//! The query string is the whole view, so it can be sent, kept and printed; the same table comes from the command and from the
//! API by the lines that the page shows. Nothing is computed here that another page would compute otherwise.

mod ask;
mod asked;
mod copy;
mod cross;
mod figures;
mod range;

use axum::http::StatusCode;
use zhiheng_base::{Diagnostic, RegionCode};
use zhiheng_desk::Desk;

pub(super) use self::ask::places;
use self::asked::{Asked, read};
use self::figures::Figures;
use super::forms::{at, told};
use super::region::facts;
use super::sheet::{Cell, Section, Sheet, Table, as_csv, json};
use super::workbook;
use crate::authorize::{Level, Thing};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// Where this stands.
const HERE: &str = "/explore";

/// `GET /explore`.
pub(crate) async fn show(call: Call) -> Answer {
    let region = match call.query.get("region") {
        "" => Ok(call.start()?),
        code => RegionCode::parse(code),
    };
    if let Ok(region) = region {
        call.permit(&Thing::of_region(region, Level::Internal), &format!("figures {region}")).await?;
    }
    let desk = call.server.office()?.desk().await?;
    let asked = match region {
        Ok(region) => read(&call, &desk, region).await?,
        Err(problem) => Err(vec![at("region", problem)]),
    };
    match asked {
        Ok(asked) => page(&call, &desk, &asked).await,
        Err(wrong) => refused(&call, &desk, wrong),
    }
}

/// The table with its twins.
async fn page(call: &Call, desk: &Desk, asked: &Asked) -> Answer {
    let t = Text(call.view.lang);
    let figures = Figures::of(desk, asked).await?;
    let table = cross::table(call, desk, asked, &figures)?;
    let (shared, remarks) = cross::remarks(call, desk, asked, &figures);
    match call.query.get("as") {
        "json" => {
            return json(&serde_json::json!({
                "region": asked.region,
                "level": asked.level.map(zhiheng_base::Level::word),
                "period": asked.whole,
                "each": asked.each,
                "table": table,
                "figures": figures.all,
            }));
        }
        "csv" => return as_csv(&table),
        "xlsx" => {
            let tables: Vec<&Table> = std::iter::once(&table).chain(&remarks).collect();
            return workbook::answer(&tables, &facts(call, desk));
        }
        _ => {}
    }
    let mut sheet = Sheet::of(call);
    sheet.lead = t.with("explore-lead", "most", asked::CELLS);
    sheet.sections.push(Section::Ask(ask::form(call, desk, Some(asked), &[])));
    sheet.sections.push(Section::Table(table));
    sheet.sections.extend(remarks.map(Section::Table));
    if !shared.is_empty() {
        sheet.sections.push(Section::Notes(shared.into_iter().map(|line| vec![Cell::of(line)]).collect()));
    }
    sheet.sections.extend(copy::sections(call, desk, asked));
    for ending in ["json", "csv", "xlsx"] {
        sheet.twin(&ending.to_uppercase(), format!("{}&as={ending}", asked.address()));
    }
    sheet.answer(call)
}

/// What cannot be shown is told at its field, with everything that was chosen still chosen. A program gets the problem.
fn refused(call: &Call, desk: &Desk, wrong: Vec<Diagnostic>) -> Answer {
    if !call.query.get("as").is_empty() {
        return Err(Problem::from(wrong));
    }
    let mut sheet = Sheet::of(call);
    sheet.lead = Text(call.view.lang).with("explore-lead", "most", asked::CELLS);
    sheet.wrong = told(call.view.lang, &wrong, "indicator");
    sheet.sections.push(Section::Ask(ask::form(call, desk, None, &wrong)));
    sheet.answer_as(call, StatusCode::UNPROCESSABLE_ENTITY)
}
