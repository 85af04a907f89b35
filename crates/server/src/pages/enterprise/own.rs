//! An enterprise at home: what waits for it and until when, its cases, its grade and why, what is known of it and how to object.

use zhiheng_base::Date;
use zhiheng_desk::Desk;
use zhiheng_desk::credit::{Known, holder, personal};
use zhiheng_desk::open::book::{STATEMENT, drawn};
use zhiheng_desk::open::vouch::credit_code;
use zhiheng_desk::row::record_type;
use zhiheng_judge::subject::{Cause, CreditReport, Scope};
use zhiheng_record::verify::to_hex;

use crate::api::escaped;
use crate::authorize::Level;
use crate::call::Call;
use crate::pages::open::enterprise::{grades, statements};
use crate::pages::sheet::{Cell, Section, Sheet, Table, json};
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// The enterprise that a call is about.
pub(super) fn firm(call: &Call) -> Result<String, Problem> {
    call.firm(Level::Internal).enterprise.ok_or_else(Problem::not_found)
}

/// `&of=…` for links, where an account acts for several.
pub(super) fn of(call: &Call, first: char) -> String {
    match call.query.get("of") {
        "" => String::new(),
        code => format!("{first}of={}", escaped(code)),
    }
}

/// The report that the enterprise may read of itself; `None` if nothing is known of it.
pub(super) async fn report(desk: &Desk, code: &str, day: Date) -> Result<Option<CreditReport>, Problem> {
    let Ok(record) = record_type(&desk.catalog, STATEMENT) else { return Ok(None) };
    let size = desk.engine.size();
    let mut known = Known::read(&desk.ledger, &desk.catalog, STATEMENT, day, Some(size)).await?;
    let Ok(code) = holder(&known, code, day) else { return Ok(None) };
    if let Some(file) = known.files.files.get_mut(&code) {
        personal(&desk.ledger, record, file, true).await?;
    }
    let root = to_hex(&desk.ledger.root_at(known.size).await?);
    Ok(drawn(&desk.catalog, &known, &code, Scope::Own, day, &root)?)
}

/// Where the report can be checked, on the door that everybody can reach.
pub(super) fn verify_href(call: &Call, one: &CreditReport) -> String {
    let code = credit_code(&one.holder, one.scope, one.day, one.pins.ledger_size, &one.code);
    format!("{}/verify/{}", call.server.public_origin(call.arrival.door), escaped(&code))
}

/// `GET /enterprise`.
pub(crate) async fn show(call: Call) -> Answer {
    let t = Text(call.view.lang);
    let code = firm(&call)?;
    let office = call.server.office()?;
    let desk = office.desk().await?;
    let day = call.server.today();
    let own = report(&desk, &code, day).await?;
    if call.query.get("as") == "json" {
        return json(&own);
    }
    let name = own.as_ref().and_then(|one| one.name.clone()).unwrap_or_else(|| code.clone());
    let mut sheet = Sheet::new(&call, name);
    sheet
        .sections
        .push(Section::Facts(String::new(), vec![(t.say("server-fact-code"), Cell::of(code.clone()))]));
    others(&call, &mut sheet, &code);
    let cases = office.parties(&desk).await?;
    let (mut waits, mut table) = (
        Table::new(&call, "firm-tasks", &["step", "case", "opens", "due"]),
        Table::new(&call, "firm-cases", &["case", "procedure", "state"]),
    );
    for (number, _) in cases.iter().filter(|(_, (_, codes))| codes.contains(&code)) {
        let case = desk.case(number, None).await?;
        if !desk.is_told(&case, &code, day).await? {
            continue;
        }
        let procedure = desk.procedure(&case)?;
        let state = procedure.state(&case.state).map_or(case.state.as_str(), |state| state.name.get(t.0));
        let href = format!("/enterprise/cases/{number}");
        table.rows.push(vec![
            Cell::to(number.clone(), href),
            Cell::of(procedure.head.name.get(t.0)),
            Cell::of(state),
        ]);
        for choice in desk.own_steps(&case, &code, day).await?.iter().filter(|choice| choice.is_open()) {
            let date = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
            waits.rows.push(vec![
                Cell::to(choice.name.get(t.0), format!("/enterprise/cases/{number}/steps/{}", choice.step)),
                Cell::of(number.clone()),
                Cell::of(date(choice.opens)),
                Cell::of(date(choice.due)),
            ]);
        }
    }
    sheet.lead = t.with("firm-lead", "n", waits.rows.len());
    sheet.sections.push(Section::Table(waits));
    sheet.sections.push(Section::Table(table));
    match own {
        None => sheet.sections.push(Section::Text(vec![Cell::of(t.say("firm-nothing-known"))])),
        Some(own) => known(&call, &mut sheet, &own),
    }
    sheet.answer(&call)
}

/// The other enterprises of an account that acts for several.
fn others(call: &Call, sheet: &mut Sheet, code: &str) {
    let firms = call.who().firms();
    if firms.len() > 1 {
        let links = firms.iter().filter(|one| **one != code);
        let links = links.map(|one| Cell::to(*one, format!("/enterprise?of={}", escaped(one)))).collect();
        sheet.sections.push(Section::Actions(Text(call.view.lang).say("firm-others"), links));
    }
}

/// Grades and why, statements, the report as a document, the square by which it is checked.
fn known(call: &Call, sheet: &mut Sheet, own: &CreditReport) {
    let t = Text(call.view.lang);
    sheet.sections.push(Section::Table(grades(call, own)));
    let mut why = Table::new(call, "firm-why", &["name", "since", "grade", "reason"]);
    for grade in &own.grades {
        for step in &grade.steps {
            let reason = match step.cause {
                Cause::Began => t.say("firm-cause-began"),
                Cause::Points => {
                    t.with("firm-cause-points", "points", grade.points.as_deref().unwrap_or("–"))
                }
                Cause::Climbed => t.say("firm-cause-climbed"),
                Cause::Veto(entry) => t.with("firm-cause-veto", "entry", entry),
                Cause::VetoOver => t.say("firm-cause-over"),
            };
            why.rows.push(vec![
                Cell::of(grade.name.get(t.0)),
                Cell::of(step.day.to_string()),
                Cell::of(step.grade.clone().unwrap_or_else(|| t.say("open-no-grade"))),
                Cell::of(reason),
            ]);
        }
    }
    sheet.sections.push(Section::Table(why));
    let mut table = statements(call, own);
    table.columns.push(crate::pages::sheet::Column { title: t.say("firm-object-column"), number: false });
    let entries = own.sections.iter().flat_map(|section| &section.statements).map(|shown| shown.entry);
    for (row, entry) in table.rows.iter_mut().zip(entries) {
        row.push(Cell::to(t.say("firm-object"), format!("/enterprise/objections/{entry}{}", of(call, '?'))));
    }
    sheet.sections.push(Section::Table(table));
    let files = ["pdf", "docx", "xlsx", "json"].map(|ending| {
        Cell::to(ending.to_uppercase(), format!("/enterprise/credit/report.{ending}{}", of(call, '?')))
    });
    sheet.sections.push(Section::Actions(t.say("firm-report"), files.to_vec()));
    sheet.sections.extend(crate::pages::qr::square(&verify_href(call, own)).map(Section::Square));
}
