//! Reports: which there are, and each as a file whose numbers lead back to these pages.

use zhiheng_base::{Level, Period, RegionCode};
use zhiheng_desk::paper::Paper;
use zhiheng_press::PressOptions;

use super::download::shown;
use super::home::own_region;
use super::region::{period, sees};
use super::sheet::{Cell, Chooser, Column, Section, Sheet, Table};
use crate::call::Call;
use crate::press::FORMATS;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// `GET /reports`.
pub(crate) async fn list(call: Call) -> Answer {
    let t = Text(call.view.lang);
    let lang = call.view.lang;
    let desk = call.server.office()?.desk().await?;
    let region = match call.query.get("region") {
        "" => own_region(&call).ok_or_else(Problem::not_found)?,
        code => RegionCode::parse(code)?,
    };
    if !sees(&call, region) {
        return Err(Problem::not_found());
    }
    let period = period(&call, &desk, region).await?;
    let place = desk.catalog.regions.full_name(region).unwrap_or_else(|| region.to_string());
    let mut table = Table::new(&call, "reports", &["name", "owner", "basis"]);
    table
        .columns
        .extend(FORMATS.iter().map(|(ending, _)| Column { title: ending.to_uppercase(), number: false }));
    let fits = |levels: &[String]| {
        levels.is_empty() || levels.iter().any(|word| Level::parse(word) == Some(region.level()))
    };
    for report in desk.catalog.reports.values().filter(|report| fits(&report.front.levels)) {
        let id = report.head.id.as_str();
        let mut row = vec![
            Cell::to(report.head.name.get(lang), format!("/i/{id}")),
            Cell::of(report.head.owner.as_str()),
            Cell::of(report.head.basis.join(&t.between("clause-separator"))),
        ];
        row.extend(FORMATS.iter().map(|(ending, _)| {
            Cell::to(ending.to_uppercase(), format!("/reports/{id}/{region}/{period}.{ending}"))
        }));
        table.rows.push(row);
    }
    let mut sheet = Sheet::new(&call, t.say("server-title-reports-list"));
    sheet.lead = zhiheng_base::words::say(
        lang,
        "server-reports-lead",
        &[("place", &place), ("period", &period.title(lang))],
    );
    sheet.sections.push(Section::Choose(Chooser {
        action: "/reports".to_owned(),
        selects: Vec::new(),
        inputs: vec![
            ("region".to_owned(), t.say("server-col-region"), region.to_string()),
            ("period".to_owned(), t.say("server-col-period"), period.to_string()),
        ],
    }));
    sheet.sections.push(Section::Table(table));
    sheet.answer(&call)
}

/// `GET /reports/{report}/{region}/{document}`: the period, with the ending of a format.
pub(crate) async fn file(call: Call) -> Answer {
    let region = RegionCode::parse(call.param("region")).map_err(|_| Problem::not_found())?;
    let (text, ending) = call.param("document").rsplit_once('.').ok_or_else(Problem::not_found)?;
    let (ending, kind) =
        FORMATS.into_iter().find(|(known, _)| *known == ending).ok_or_else(Problem::not_found)?;
    let period = Period::parse(text)?;
    let office = call.server.office()?;
    let of = Paper { region, period, lang: call.view.lang, as_of: call.query.get("as_of").parse().ok() };
    let report = {
        let desk = office.desk().await?;
        let id = call.param("report");
        if !desk.catalog.reports.contains_key(id) {
            return Err(Problem::not_found());
        }
        desk.report(id, &of, &call.server.version).await?
    };
    let name = format!("{}-{region}-{period}.{ending}", report.id.replace('.', "-"));
    // Numbers of the document lead to the pages of this door.
    let links = format!("{}/m/", call.server.origin(call.arrival.door));
    let options = PressOptions { links, ..PressOptions::default() };
    shown(office.press.report(report, ending, options).await?, kind, &name)
}
