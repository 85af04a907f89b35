//! An enterprise: its grades with reasons, and what is known of it.

pub(crate) mod case;
pub(crate) mod credit;
pub(crate) mod objection;
pub(crate) mod own;

use zhiheng_base::RegionCode;
use zhiheng_catalog::Value;
use zhiheng_desk::credit::{Known, STATEMENT, graded, holder};
use zhiheng_judge::subject::explain;

use super::sheet::{Cell, Section, Sheet, Table, tree};
use crate::authorize::{Level, Thing};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// `GET /e/{enterprise}`.
pub(crate) async fn show(call: Call) -> Answer {
    let lang = call.view.lang;
    let t = Text(lang);
    call.signed_in()?;
    // An enterprise reads its own file where it stands without what is for authorities alone.
    if call.who().firms().contains(&call.param("enterprise")) {
        let enterprise = Some(call.param("enterprise").to_owned());
        call.permit(&Thing { enterprise, level: Level::Internal, ..Thing::default() }, "own file").await?;
        return super::layout::go(
            &call,
            &format!("/enterprise?of={}", crate::api::escaped(call.param("enterprise"))),
        );
    }
    let desk = call.server.office()?.desk().await?;
    let day = call.server.today();
    let record = desk.catalog.records.get(STATEMENT).ok_or_else(Problem::not_found)?;
    let known = Known::read(&desk.ledger, &desk.catalog, STATEMENT, day, None).await?;
    let code = holder(&known, call.param("enterprise"), day).map_err(|_| Problem::not_found())?;
    let Some(file) = known.files.files.get(&code) else { return Err(Problem::not_found()) };
    let text = |field: &str| {
        file.entries.iter().rev().find_map(|entry| match entry.values.get(field) {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        })
    };
    let region = text("located_in").and_then(|code| RegionCode::parse(&code).ok());
    let thing = Thing { region, enterprise: Some(code.clone()), level: Level::Internal, ..Thing::default() };
    // Under an older code or a name it is the same enterprise.
    if call.who().firms().contains(&code.as_str()) {
        return Err(Problem::not_found());
    }
    call.permit(&thing, &format!("enterprise {code}")).await?;
    let mut sheet = Sheet::new(&call, text("holder_name").unwrap_or_else(|| code.clone()));
    let mut facts = vec![(t.say("server-fact-code"), Cell::of(code.clone()))];
    if let Some(region) = region {
        let name = desk.catalog.regions.full_name(region).unwrap_or_default();
        facts.push((t.say("server-col-region"), Cell::to(name, format!("/r/{region}"))));
    }
    sheet.sections.push(Section::Facts(String::new(), facts));
    for scheme in desk.catalog.subject_schemes.values().filter(|scheme| scheme.of == STATEMENT) {
        let verdict = graded(scheme, &known, &code, day);
        let root = explain(scheme, &verdict, lang);
        sheet.sections.push(Section::Tree(scheme.head.name.get(lang).to_owned(), tree(&root, lang)));
    }
    let mut table = Table::new(&call, "statements", &["#entry", "on", "kind", "name", "summary"]);
    for entry in &file.entries {
        let shown = |field: &str| {
            let value = entry.values.get(field)?;
            let field = record.field(field)?;
            Some(desk.reads(field, &zhiheng_act::case::to_json(field, value), day, lang))
        };
        table.rows.push(vec![
            Cell::to(entry.entry.to_string(), format!("/records/{}", entry.entry)),
            Cell::of(shown("on_day").unwrap_or_default()),
            Cell::of(shown("kind").unwrap_or_default()),
            Cell::of(shown("source").unwrap_or_default()),
            Cell::of(shown("summary").unwrap_or_default()),
        ]);
    }
    sheet.sections.push(Section::Table(table));
    sheet.answer(&call)
}
