//! What is public of an enterprise: its public credit report, results and publications that name it.

use zhiheng_base::Lang;
use zhiheng_judge::subject::CreditReport;
use zhiheng_judge::subject::report::Objection;

use super::{book, keep, lists};
use crate::api::open::enterprise as as_data;
use crate::call::Call;
use crate::pages::sheet::{Cell, Section, Sheet, Table, ending, json};
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// `GET /open/e/{enterprise}`, also with `.json`.
pub(crate) async fn show(call: Call) -> Answer {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    let (code, twin) = ending(call.param("enterprise"));
    let book = book(&call).await?;
    let one = book.enterprises.get(code).ok_or_else(Problem::not_found)?;
    if twin == "json" {
        return keep(&call, json(&as_data(lang, one)), "application/json; charset=utf-8").await;
    }
    let catalog = call.server.office()?.catalog().await;
    let name = one.name.clone().unwrap_or_else(|| one.holder.clone());
    let mut sheet = Sheet::new(&call, name.clone());
    sheet.frame = sheet.frame.under("open.home");
    sheet.lead = t.say("open-enterprise-lead");
    let facts = vec![
        (t.say("server-fact-code"), Cell::of(one.holder.clone())),
        (t.say("open-as-of"), Cell::of(one.day.to_string())),
        (t.say("server-fact-ledger"), Cell::of(one.pins.ledger_size.to_string())),
    ];
    sheet.sections.push(Section::Facts(String::new(), facts));
    if !one.grades.is_empty() {
        sheet.sections.push(Section::Table(grades(&call, one)));
    }
    sheet.sections.push(Section::Table(statements(&call, one)));
    let named = book.publications.iter().filter(|each| each.subject.as_deref() == Some(one.holder.as_str()));
    let publications = lists::publications(&call, &catalog, named);
    let outcomes = book.outcomes.iter().filter(|each| each.producer.as_deref() == Some(name.as_str()));
    let outcomes = lists::outcomes(&call, &catalog, outcomes);
    sheet.sections.extend(
        [publications, outcomes].into_iter().filter(|table| !table.rows.is_empty()).map(Section::Table),
    );
    sheet.notes.push(t.say("open-enterprise-wrong"));
    sheet.twin("JSON", format!("/open/e/{}.json", one.holder));
    sheet.answer(&call)
}

/// Grades with the day since when.
pub(crate) fn grades(call: &Call, one: &CreditReport) -> Table {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    let mut table = Table::new(call, "open-grades", &["name", "grade", "since"]);
    for grade in &one.grades {
        let word = match (&grade.grade, &grade.grade_name) {
            (None, _) => t.say("open-no-grade"),
            (Some(code), Some(name)) if name.get(lang) != code => format!("{code} ({})", name.get(lang)),
            (Some(code), _) => code.clone(),
        };
        table.rows.push(vec![
            Cell::of(grade.name.get(lang)),
            Cell::of(word),
            Cell::of(grade.since.map(|day| day.to_string()).unwrap_or_default()),
        ]);
    }
    table
}

/// Statements, section by section, as the report shows them.
pub(crate) fn statements(call: &Call, one: &CreditReport) -> Table {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    let mut table =
        Table::new(call, "statements", &["day", "kind", "summary", "open-source", "open-standing", "#entry"]);
    let semicolon = t.between("clause-separator");
    for shown in one.sections.iter().flat_map(|section| &section.statements) {
        let facts = shown.facts.iter().map(|fact| fact_of(lang, fact.label.get(lang), fact.value.get(lang)));
        let standing = match shown.objection {
            Objection::Stands => "open-standing-stands",
            Objection::Doubted => "open-standing-doubted",
            Objection::Confirmed => "open-standing-upheld",
            Objection::Struck => "open-standing-struck",
        };
        table.rows.push(vec![
            Cell::of(shown.day.to_string()),
            Cell::of(shown.name.get(lang)),
            Cell::of(facts.collect::<Vec<_>>().join(&semicolon)),
            Cell::of(shown.source.clone().unwrap_or_default()),
            Cell::of(t.say(standing)),
            Cell::of(shown.entry.to_string()),
        ]);
    }
    table
}

fn fact_of(lang: Lang, label: &str, value: &str) -> String {
    zhiheng_base::words::say(lang, "open-fact", &[("label", label), ("value", value)])
}
