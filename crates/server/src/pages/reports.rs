//! Reports: which there are, and each as a file whose numbers lead back to these pages.

use std::time::Duration;

use axum::body::Body;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, Response, StatusCode};
use zhiheng_base::{Level, Period, RegionCode};
use zhiheng_desk::paper::Paper;
use zhiheng_press::{FontSet, PressError, PressOptions, docx, pdf, xlsx};
use zhiheng_publish::model::Report;

use super::home::own_region;
use super::region::{period, sees};
use super::sheet::{Cell, Chooser, Column, Section, Sheet, Table};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// How long a request waits for the press, which makes one document at a time.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// Formats with their content types.
pub(super) const FORMATS: [(&str, &str); 3] = [
    ("pdf", "application/pdf"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
];

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
            Cell::of(report.head.basis.join(t.say("server-semicolon").trim_matches('|'))),
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
    let busy = || Problem::of(StatusCode::SERVICE_UNAVAILABLE, "ZH7508");
    let turn = tokio::time::timeout(PATIENCE, office.press.acquire()).await.map_err(|_| busy())?;
    let _turn = turn.map_err(|_| busy())?;
    let fonts = office.fonts.get().cloned();
    // Numbers of the document lead to the pages of this door.
    let links = format!("{}/m/", call.server.origin(call.arrival.door));
    let options = PressOptions { links, ..PressOptions::default() };
    let work = move || press(&report, ending, fonts, &options);
    let pressed = tokio::task::spawn_blocking(work).await.map_err(Problem::ours)?;
    let (bytes, fonts) = pressed.map_err(trouble)?;
    if let Some(fonts) = fonts {
        let _ = office.fonts.set(fonts);
    }
    let mut response = Response::new(Body::from(bytes));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    let name = HeaderValue::from_str(&format!("inline; filename=\"{name}\"")).map_err(Problem::ours)?;
    response.headers_mut().insert(CONTENT_DISPOSITION, name);
    Ok(response)
}

/// The document, and the fonts that were read for it.
pub(super) fn press(
    report: &Report,
    ending: &str,
    fonts: Option<FontSet>,
    options: &PressOptions,
) -> Result<(Vec<u8>, Option<FontSet>), PressError> {
    if ending == "xlsx" {
        return Ok((xlsx(report, options)?, None));
    }
    let fonts = match fonts {
        Some(fonts) => fonts,
        None => FontSet::load(&FontSet::folders(&[]))?,
    };
    let bytes = if ending == "pdf" { pdf(report, &fonts, options)? } else { docx(report, &fonts, options)? };
    Ok((bytes, Some(fonts)))
}

/// Fonts that are missing are the operator's to put right; whatever else stops the press is ours.
pub(super) fn trouble(error: PressError) -> Problem {
    match error.diagnostic() {
        Some(problem) => Problem::from(problem.clone()).with_status(StatusCode::SERVICE_UNAVAILABLE),
        None => Problem::ours(error),
    }
}
