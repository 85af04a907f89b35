//! One number: what it is, how sure it is, what it counted, and the rows behind it.

use zhiheng_base::words::say;
use zhiheng_base::{Lang, PeriodKind};
use zhiheng_catalog::model::Indicator;
use zhiheng_desk::Desk;
use zhiheng_desk::paper::Paper;
use zhiheng_measure::engine::query::{Area, Query};
use zhiheng_measure::engine::rows::{RowsRequest, Which};
use zhiheng_measure::{Address, Basis, Measure};
use zhiheng_publish::model::{Block, Report};

use super::figure::{picture, sections};
use super::region::{bare, facts, interval, value};
use super::sheet::{Cell, Column, Section, Sheet, Table, as_csv, ending, json, number_href, tree};
use super::workbook;
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// Rows on one page.
const ROWS: usize = 100;

/// The address in the path, and the ending of its last part.
fn address(call: &Call) -> Result<(Address, String), Problem> {
    let (period, twin) = ending(call.param("period"));
    let text = format!("{}/{}/{period}", call.param("indicator"), call.param("region"));
    Ok((text.parse()?, twin.to_owned()))
}

/// `GET /m/{indicator}/{region}/{period}`.
pub(crate) async fn show(call: Call) -> Answer {
    let t = Text(call.view.lang);
    let lang = call.view.lang;
    let (address, twin) = address(&call)?;
    let desk = call.server.office()?.desk().await?;
    let indicator = desk.engine.indicator(&address.indicator)?;
    let measure = desk.engine.measure(&address).await?;
    if twin == "json" {
        return json(&measure);
    }
    let report = series(&desk, &address, &measure, lang)?;
    if twin == "svg" {
        return picture(report.ok_or_else(Problem::not_found)?, lang);
    }
    let explanation = desk.engine.explain(&address).await?;
    let regions = &desk.catalog.regions;
    let place = regions.full_name(address.region).unwrap_or_else(|| address.region.to_string());
    let name = indicator.head.name.get(lang);
    let mut sheet = Sheet::new(&call, format!("{name} · {place} · {}", address.period.title(lang)));
    sheet.crumb(place.clone(), format!("/r/{}?period={}", address.region, address.period));
    let limits = interval(&measure);
    let id = if limits.is_empty() { "server-number-lead" } else { "server-number-lead-interval" };
    sheet.lead = say(
        lang,
        id,
        &[
            ("name", name),
            ("place", &place),
            ("period", &address.period.title(lang)),
            ("value", &value(&call, indicator, &measure)),
            ("interval", &limits),
        ],
    );
    sheet.big = value(&call, indicator, &measure);
    sheet.beside = parts(&measure);
    let here = number_href(&bare(&measure));
    let counted = format!("{here}/records");
    sheet.sections.push(Section::Facts(
        String::new(),
        vec![
            (
                t.say("server-col-interval"),
                Cell::of(
                    measure.interval.clone().map(|method| format!("{limits} ({method})")).unwrap_or_default(),
                ),
            ),
            (t.say("server-col-records"), Cell::to(measure.records.to_string(), counted.clone())),
            (
                t.say("server-fact-excluded"),
                Cell::to(excluded(&measure).to_string(), format!("{counted}?which=excluded")),
            ),
            (t.say("server-fact-synthetic"), Cell::of(measure.synthetic.to_string())),
            (t.say("server-fact-definition"), Cell::to(name, format!("/i/{}", address.indicator))),
            (
                t.say("server-fact-ledger"),
                Cell::to(measure.ledger_size.to_string(), number_href(&measure.address.to_string())),
            ),
            (t.say("server-fact-catalog"), Cell::of(measure.catalog.get(..12).unwrap_or_default())),
        ],
    ));
    sheet.notes = explanation_notes(&measure, &t);
    let has_figure = report.is_some();
    sheet
        .sections
        .extend(report.map(|report| sections(report, lang, address.as_of.is_some())).unwrap_or_default());
    sheet.sections.push(Section::Tree(t.say("server-why"), tree(&explanation.root, lang)));
    let mut parts = None;
    if let Some(level) = regions.children(address.region).first().map(|child| child.code.level()) {
        let below = Query {
            cuts: address.cuts.clone(),
            as_of: address.as_of,
            ..Query::new(&address.indicator, Area::Below(address.region, level), vec![address.period])
        };
        let mut table = Table::new(&call, "parts", &["region", "#value", "interval", "#records"]);
        for part in desk.engine.table(&below).await?.iter().filter(|part| part.records > 0) {
            table.rows.push(vec![
                Cell::to(regions.name(part.address.region).unwrap_or_default(), number_href(&bare(part))),
                Cell::of(value(&call, indicator, part)),
                Cell::of(interval(part)),
                Cell::of(part.records.to_string()),
            ]);
        }
        parts = (!table.rows.is_empty()).then_some(table);
    }
    match twin.as_str() {
        "csv" => return as_csv(&parts.unwrap_or_else(|| alone(&call, &desk, indicator, &measure))),
        "xlsx" => {
            let alone = alone(&call, &desk, indicator, &measure);
            let tables: Vec<&Table> = std::iter::once(&alone).chain(&parts).collect();
            return workbook::answer(&tables, &facts(&call, &desk));
        }
        _ => sheet.sections.extend(parts.map(Section::Table)),
    }
    sheet.sections.push(Section::Actions(String::new(), vec![Cell::to(t.say("server-rows-open"), counted)]));
    for ending in ["json", "csv", "xlsx"].into_iter().chain(has_figure.then_some("svg")) {
        sheet.twin(&ending.to_uppercase(), format!("{here}.{ending}"));
    }
    sheet.answer(&call)
}

/// The number itself as a table of one row.
fn alone(call: &Call, desk: &Desk, indicator: &Indicator, measure: &Measure) -> Table {
    let columns = ["indicator", "region", "period", "#value", "#low", "#high", "#top", "#bottom", "#records"];
    let mut table = Table::new(call, "number", &columns);
    let place = measure.address.region;
    let part = |part: Option<zhiheng_base::Decimal>| {
        part.map(|part| part.normalize().to_string()).unwrap_or_default()
    };
    let cells = [
        indicator.head.name.get(call.view.lang).to_owned(),
        desk.catalog.regions.full_name(place).unwrap_or_else(|| place.to_string()),
        measure.address.period.to_string(),
        value(call, indicator, measure),
        measure.low.clone().unwrap_or_default(),
        measure.high.clone().unwrap_or_default(),
        part(measure.top),
        part(measure.bottom),
        measure.records.to_string(),
    ];
    table.rows.push(cells.into_iter().map(Cell::of).collect());
    table
}

/// The number among those of the periods before it, or the steps of a watched series; `None` where no series can be asked
/// for: periods of any length, places as they were then.
pub(super) fn series(
    desk: &Desk,
    address: &Address,
    measure: &Measure,
    lang: Lang,
) -> Result<Option<Report>, Problem> {
    let over = match address.period.kind() {
        PeriodKind::Year => "last 12 years",
        PeriodKind::Half => "last 12 halves",
        PeriodKind::Quarter => "last 12 quarters",
        PeriodKind::Month => "last 12 months",
        PeriodKind::Week => "last 12 weeks",
        _ => return Ok(None),
    };
    // Values of cuts were typed by the visitor: only letters and digits may come between directives.
    let is_plain = |text: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))
    };
    let can = address.basis == Basis::AsNow
        && address.cuts.iter().all(|(name, value)| is_plain(name) && is_plain(value));
    if !can {
        return Ok(None);
    }
    let cuts: String = address.cuts.iter().map(|(name, value)| format!(";{name}={value}")).collect();
    let id = &address.indicator;
    let body = if measure.steps.is_empty() {
        format!("::figure{{ line {id}{cuts} over=\"{over}\" band target breaks }}")
    } else {
        format!("::figure{{ control {id}{cuts} }}")
    };
    let of = Paper { region: address.region, period: address.period, lang, as_of: address.as_of };
    // What the language of reports cannot draw, the page does without.
    let Ok(report) = desk.paper(&body, &of) else { return Ok(None) };
    let drawn = report.blocks.iter().any(|block| match block {
        Block::Figure(figure) => {
            figure.chart.kind.marks().iter().filter(|mark| mark.value.is_some()).count() > 1
        }
        _ => false,
    });
    Ok(drawn.then_some(report))
}

/// `1417 ÷ 1650`.
pub(super) fn parts(measure: &Measure) -> String {
    match (measure.top, measure.bottom) {
        (Some(top), Some(bottom)) => format!("{} ÷ {}", top.normalize(), bottom.normalize()),
        _ => String::new(),
    }
}

fn excluded(measure: &Measure) -> u64 {
    measure.excluded.iter().map(|one| one.records).sum()
}

/// What a reader must be told before anything else.
fn explanation_notes(measure: &Measure, t: &Text) -> Vec<String> {
    let mut notes = Vec::new();
    if measure.synthetic > 0 {
        notes.push(t.with("server-note-synthetic", "n", measure.synthetic));
    }
    notes
}

/// `GET /m/{indicator}/{region}/{period}/records`.
pub(crate) async fn rows(call: Call) -> Answer {
    let t = Text(call.view.lang);
    let lang = call.view.lang;
    let (address, _) = address(&call)?;
    let desk = call.server.office()?.desk().await?;
    let indicator = desk.engine.indicator(&address.indicator)?;
    let (which, word) = match call.query.get("which") {
        "excluded" => (Which::Excluded, "excluded"),
        "all" => (Which::All, "all"),
        _ => (Which::Counted, "counted"),
    };
    let after = call.query.get("after").parse().ok();
    let rows = desk.engine.rows(&address, RowsRequest { which, limit: ROWS, after }).await?;
    let record = desk.catalog.records.get(&rows.record);
    let field = |id: &str| record.and_then(|record| record.field(id));
    let mut table = Table::new(&call, "rows", &["#entry", "met", "reason"]);
    table.columns.extend(rows.columns.iter().map(|id| Column {
        title: field(id).map_or(id.as_str(), |field| field.name.get(lang)).to_owned(),
        number: false,
    }));
    for row in &rows.rows {
        let met = row.met.map(|met| t.say(if met { "server-met" } else { "server-not-met" }));
        let mut cells = vec![
            Cell::to(row.entry.to_string(), format!("/records/{}", row.entry)),
            Cell::of(met.unwrap_or_default()),
            Cell::of(row.reason.clone().unwrap_or_default()),
        ];
        cells.extend(rows.columns.iter().zip(&row.values).map(|(id, value)| {
            Cell::of(field(id).map_or_else(
                || value.to_string(),
                |field| desk.reads(field, value, address.period.last_day(), lang),
            ))
        }));
        table.rows.push(cells);
    }
    match call.query.get("as") {
        "json" => return json(&rows),
        "csv" => return as_csv(&table),
        "xlsx" => return workbook::answer(&[&table], &facts(&call, &desk)),
        _ => {}
    }
    table.drop_empty_columns();
    let mut number = address.clone();
    number.as_of = None;
    let here = number_href(&number.to_string());
    let title = say(lang, "server-rows-title", &[("name", indicator.head.name.get(lang))]);
    let mut sheet = Sheet::new(&call, title);
    sheet.crumb(address.to_string(), here.clone());
    sheet.lead = t.say(&format!("server-rows-{word}"));
    let other = if word == "counted" { "excluded" } else { "counted" };
    let mut links =
        vec![Cell::to(t.say(&format!("server-rows-{other}")), format!("{here}/records?which={other}"))];
    if let Some(next) = rows.next {
        links.push(Cell::to(t.say("server-more"), format!("{here}/records?which={word}&after={next}")));
    }
    sheet.sections.push(Section::Table(table));
    sheet.sections.push(Section::Actions(String::new(), links));
    for ending in ["json", "csv", "xlsx"] {
        sheet.twin(&ending.to_uppercase(), format!("{here}/records?which={word}&as={ending}"));
    }
    sheet.answer(&call)
}
