//! The page for a leader: one sentence, three numbers, one map, one thing to do. It prints on one sheet.

use zhiheng_base::words::say;
use zhiheng_base::{Period, RegionCode};
use zhiheng_desk::Desk;

use super::figure::{picture, sections};
use super::home::{headlines, told};
use super::region::{bare, facts, is_quick, period, tile_map, value};
use super::sheet::{Cell, Section, Sheet, json, number_href};
use super::workbook;
use crate::authorize::{Action, Level, Thing, Verdict, authorize};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;
use zhiheng_measure::engine::query::{Area, Query};

/// Numbers on the page.
const NUMBERS: usize = 3;

/// `GET /r/{region}/brief`.
pub(crate) async fn show(call: Call) -> Answer {
    let t = Text(call.view.lang);
    let lang = call.view.lang;
    let region = RegionCode::parse(call.param("region")).map_err(|_| Problem::not_found())?;
    let desk = call.server.office()?.desk().await?;
    let period = period(&call, &desk, region).await?;
    let name = desk.catalog.regions.full_name(region).unwrap_or_else(|| region.to_string());
    let lead = told(&call, &desk, region, period)?;
    let cards = headlines(&call, &desk, region, period, NUMBERS).await?;
    let ask = ask(&call, &desk, region, period).await?;
    let here = format!("/r/{region}/brief?period={period}");
    match call.query.get("as") {
        "json" => {
            let numbers: Vec<_> = (cards.iter())
                .map(|card| serde_json::json!({ "name": card.title, "value": card.value, "interval": card.beside, "target": card.state_text, "href": card.href }))
                .collect();
            return json(
                &serde_json::json!({ "region": region, "period": period, "sentence": lead, "numbers": numbers, "ask": ask.text, "href": ask.href }),
            );
        }
        "svg" => {
            let report = tile_map(&call, &desk, region, period)?.ok_or_else(Problem::not_found)?;
            return picture(report, lang);
        }
        "xlsx" => {
            let mut table =
                super::sheet::Table::new(&call, "number", &["indicator", "#value", "interval", "target"]);
            table.rows.extend(cards.iter().map(|card| {
                [&card.title, &card.value, &card.beside, &card.state_text]
                    .map(|text| Cell::of(text.as_str()))
                    .to_vec()
            }));
            return workbook::answer(&[&table], &facts(&call, &desk));
        }
        _ => {}
    }
    let title = format!("{name} · {} · {}", period.title(lang), t.say("server-title-regions-brief"));
    let mut sheet = Sheet::new(&call, title);
    sheet.crumb(name, format!("/r/{region}?period={period}"));
    sheet.lead = lead;
    sheet.sections.push(Section::Cards(cards));
    let report = tile_map(&call, &desk, region, period)?;
    let has_map = report.is_some();
    if let Some(report) = report {
        sheet.sections.extend(sections(report, lang, false));
    }
    sheet.sections.push(Section::Heading(t.say("server-brief-ask")));
    sheet.sections.push(Section::Text(vec![ask]));
    sheet.sections.push(Section::Text(vec![Cell::of(say(
        lang,
        "server-brief-source",
        &[("size", &desk.engine.size().to_string()), ("day", &call.server.today().to_string())],
    ))]));
    let near = [period.previous(), period.next()].into_iter().flatten();
    let links = near.map(|near| Cell::to(near.title(lang), format!("/r/{region}/brief?period={near}")));
    let mut links: Vec<Cell> = links.collect();
    let reports = format!("/reports?region={region}&period={period}");
    links.insert(0, Cell::to(t.say("server-brief-report"), reports));
    sheet.sections.push(Section::Actions(String::new(), links));
    for ending in ["json", "xlsx"].into_iter().chain(has_map.then_some("svg")) {
        sheet.twin(&ending.to_uppercase(), format!("{here}&as={ending}"));
    }
    sheet.answer(&call)
}

/// One thing to do: what waits for the visitor's decision; else what is late in the region; else the target that is missed
/// beyond doubt; else to look again at what the interval leaves open; else nothing.
async fn ask(call: &Call, desk: &Desk, region: RegionCode, period: Period) -> Result<Cell, Problem> {
    let t = Text(call.view.lang);
    let lang = call.view.lang;
    let on = call.server.today();
    let all = call.server.office()?.tasks(desk, on).await?;
    let here = |one: &&zhiheng_desk::tasks::Task| {
        one.region.is_some_and(|of| region.contains(of) && super::region::sees(call, of))
    };
    let decides = |of: RegionCode| {
        let verdict = authorize(call.who(), Action::Decide, &Thing::of_region(of, Level::Internal));
        matches!(verdict, Verdict::Allow | Verdict::StepUp)
    };
    if let Some(task) = all.iter().filter(here).find(|task| task.proposed && task.region.is_some_and(decides))
    {
        let text = say(lang, "server-brief-decide", &[("step", task.name.get(lang)), ("case", &task.case)]);
        return Ok(Cell::to(text, format!("/cases/{}", task.case)));
    }
    let late: Vec<_> = all.iter().filter(here).filter(|task| task.late.is_some()).collect();
    if let Some(task) = late.iter().max_by_key(|task| task.late) {
        let text = say(
            lang,
            "server-brief-late",
            &[
                ("n", &late.len().to_string()),
                ("step", task.name.get(lang)),
                ("case", &task.case),
                ("days", &task.late.unwrap_or(0).to_string()),
            ],
        );
        return Ok(Cell::to(text, format!("/cases/{}", task.case)));
    }
    for certain in [true, false] {
        for indicator in
            desk.catalog.indicators.values().filter(|one| is_quick(one) && !one.targets.is_empty())
        {
            let query = Query::new(&indicator.head.id, Area::One(region), vec![period]);
            let found = desk.engine.table(&query).await?;
            let Some(measure) = found.first() else { continue };
            let Some(target) =
                measure.target.as_ref().filter(|one| one.met == Some(false) && one.certain == certain)
            else {
                continue;
            };
            let id = if certain { "server-brief-missed" } else { "server-brief-missed-unsure" };
            let text = say(
                lang,
                id,
                &[
                    ("name", indicator.head.name.get(lang)),
                    ("value", &value(call, indicator, measure)),
                    ("target", &target.value.normalize().to_string()),
                ],
            );
            return Ok(Cell::to(text, number_href(&bare(measure))));
        }
    }
    Ok(Cell::of(t.say("server-brief-nothing")))
}
