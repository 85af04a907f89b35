//! Schemes: who has which grade, and why.

use zhiheng_base::{Period, RegionCode};
use zhiheng_desk::verdicts::{Asked, judged, scheme, why as why_of};
use zhiheng_judge::Verdict;

use super::region::facts;
use super::sheet::{Cell, Column, Section, Sheet, Table, as_csv, ending, json, tree};
use super::workbook;
use crate::authorize::{Level, Thing};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// `GET /assess`.
pub(crate) async fn list(call: Call) -> Answer {
    let t = Text(call.view.lang);
    let lang = call.view.lang;
    let desk = call.server.office()?.desk().await?;
    let region = call.server.office()?.region;
    let year =
        call.server.office()?.newest(&desk, region, crate::office::year_of(call.server.today())?).await?;
    let mut table = Table::new(&call, "schemes", &["name", "level", "since", "until", "confirmed"]);
    for scheme in desk.catalog.schemes.values() {
        let head = &scheme.head;
        table.rows.push(vec![
            Cell::to(head.name.get(lang), format!("/assess/{}/{year}", head.id)),
            Cell::of(t.say(&format!("level-{}", scheme.assesses.word()))),
            Cell::of(head.since.to_string()),
            Cell::of(head.until.map(|day| day.to_string()).unwrap_or_default()),
            Cell::of(t.say(if head.confirmed { "server-yes" } else { "server-to-be-confirmed" })),
        ]);
    }
    let mut sheet = Sheet::new(&call, t.say("server-title-assess-list"));
    sheet.sections.push(Section::Table(table));
    sheet.answer(&call)
}

fn asked(call: &Call, period: &str) -> Result<Asked, Problem> {
    let within = match call.query.get("within") {
        "" => call.start()?,
        code => RegionCode::parse(code)?,
    };
    Ok(Asked { within, period: Period::parse(period)?, as_of: call.query.get("as_of").parse().ok() })
}

/// `GET /assess/{scheme}/{period}`.
pub(crate) async fn show(call: Call) -> Answer {
    let lang = call.view.lang;
    let t = Text(lang);
    call.signed_in()?;
    let (period, twin) = ending(call.param("period"));
    let asked = asked(&call, period)?;
    call.permit(
        &Thing::of_region(asked.within, Level::Internal),
        &format!("scheme {}", call.param("scheme")),
    )
    .await?;
    let desk = call.server.office()?.desk().await?;
    let scheme = scheme(&desk.catalog, call.param("scheme"))?;
    let judgement = judged(&desk.engine, scheme, &asked).await?;
    if twin == "json" {
        return json(&judgement.verdicts);
    }
    let mut table = Table::new(&call, "verdicts", &["#rank", "region", "#points", "grade"]);
    table.columns.extend(
        scheme.items.iter().map(|item| Column { title: item.name.get(lang).to_owned(), number: true }),
    );
    let mut sorted: Vec<&Verdict> = judgement.verdicts.iter().collect();
    sorted.sort_by_key(|verdict| (verdict.rank.unwrap_or(u32::MAX), verdict.region));
    for verdict in sorted {
        let href = format!("/assess/{}/{period}/{}", scheme.head.id, verdict.region);
        let grade = verdict.grade.clone().unwrap_or_else(|| t.say("server-open"));
        let grade = if verdict.veto.is_some() { t.with("server-by-veto", "grade", grade) } else { grade };
        let mut row = vec![
            Cell::of(verdict.rank.map(|rank| rank.to_string()).unwrap_or_default()),
            Cell::to(desk.catalog.regions.name(verdict.region).unwrap_or_default(), href.clone()),
            Cell::to(verdict.points.map(|points| scheme.printed(points)).unwrap_or_default(), href),
            Cell::of(grade),
        ];
        row.extend(verdict.items.iter().map(|item| {
            Cell::of(item.points.map(|points| points.round_dp(2).normalize().to_string()).unwrap_or_default())
        }));
        table.rows.push(row);
    }
    match twin {
        "csv" => return as_csv(&table),
        "xlsx" => return workbook::answer(&[&table], &facts(&call, &desk)),
        _ => {}
    }
    let name = scheme.head.name.get(lang);
    let mut sheet = Sheet::new(&call, format!("{name} · {}", asked.period.title(lang)));
    sheet.frame = sheet.frame.under("assess.list");
    sheet.lead = t.say("server-assess-lead");
    sheet.sections.push(Section::Table(table));
    let here = format!("/assess/{}/{period}", scheme.head.id);
    let mut links = vec![Cell::to(t.say("server-fact-definition"), format!("/i/{}", scheme.head.id))];
    if scheme.panel.is_some() {
        links.push(Cell::to(t.say("dossier-link"), format!("{here}/dossiers?within={}", asked.within)));
    }
    sheet.sections.push(Section::Actions(String::new(), links));
    for ending in ["json", "csv", "xlsx"] {
        sheet.twin(&ending.to_uppercase(), format!("{here}.{ending}?within={}", asked.within));
    }
    sheet.answer(&call)
}

/// `GET /assess/{scheme}/{period}/{region}`: from the grade to the rows.
pub(crate) async fn why(call: Call) -> Answer {
    let lang = call.view.lang;
    let t = Text(lang);
    let region = RegionCode::parse(call.param("region")).map_err(|_| Problem::not_found())?;
    let desk = call.server.office()?.desk().await?;
    let scheme = scheme(&desk.catalog, call.param("scheme"))?;
    let mut asked = asked(&call, call.param("period"))?;
    // A rank is one among the places of the same parent.
    asked.within = desk.catalog.regions.parent(region).unwrap_or(region);
    let judgement = judged(&desk.engine, scheme, &asked).await?;
    let verdict = judgement.verdicts.iter().find(|verdict| verdict.region == region);
    let Some(verdict) = verdict else { return Err(Problem::not_found()) };
    let root = why_of(&desk.engine, scheme, verdict, lang).await?;
    let name = desk.catalog.regions.name(region).unwrap_or_default();
    let mut sheet = Sheet::new(&call, format!("{name} · {}", scheme.head.name.get(lang)));
    sheet.frame = sheet.frame.under("assess.list");
    sheet.crumb(scheme.head.name.get(lang), format!("/assess/{}/{}", scheme.head.id, asked.period));
    sheet.lead = root.sentence(lang);
    sheet.big = verdict.grade.clone().unwrap_or_else(|| t.say("server-open"));
    sheet.beside = verdict
        .points
        .map(|points| t.with("server-points", "points", scheme.printed(points)))
        .unwrap_or_default();
    sheet.sections.push(Section::Tree(t.say("server-why"), tree(&root, lang)));
    sheet.answer(&call)
}
