//! Cases: the list, and one case with its sheet, clocks, steps and story.

use axum::http::StatusCode;
use zhiheng_act::case::{Case, stands, to_json};
use zhiheng_act::clock::reckon;
use zhiheng_base::Diagnostic;
use zhiheng_desk::Desk;
use zhiheng_desk::cases::region_of;
use zhiheng_desk::letter::letters;
use zhiheng_record::CaseFilter;

use super::act::permitted;
use super::comment;
use super::forms::{Blank, Button, Filled, told};
use super::sheet::{Cell, Section, Sheet, Table, tree};
use crate::authorize::{Action, Level, Thing, Verdict, authorize};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// Cases on one page.
const LISTED: usize = 200;

/// `GET /cases`.
pub(crate) async fn list(call: Call) -> Answer {
    let t = Text(call.view.lang);
    let lang = call.view.lang;
    let desk = call.server.office()?.desk().await?;
    let wants_all = call.query.get("all") == "1";
    let heads = match wants_all {
        true => desk.ledger.cases(&CaseFilter::default()).await?,
        false => desk.open_cases(None).await?,
    };
    let mut table = Table::new(&call, "cases", &["case", "procedure", "region", "state", "#events"]);
    for head in heads {
        let Some(region) = region_of(&head) else { continue };
        let thing = Thing::of_region(region, Level::Internal);
        if authorize(call.who(), Action::See, &thing) != Verdict::Allow {
            continue;
        }
        let procedure = desk.catalog.procedures.get(&head.of);
        let state = procedure.and_then(|procedure| procedure.state(&head.state));
        table.rows.push(vec![
            Cell::to(head.case.clone(), format!("/cases/{}", head.case)),
            Cell::of(procedure.map_or(head.of.as_str(), |procedure| procedure.head.name.get(lang))),
            Cell::to(desk.catalog.regions.name(region).unwrap_or_default(), format!("/r/{region}")),
            Cell::of(state.map_or(head.state.as_str(), |state| state.name.get(lang))),
            Cell::of(head.events.to_string()),
        ]);
    }
    let mut sheet = Sheet::new(&call, t.say("server-title-cases-list"));
    sheet.lead = t.with("server-cases-lead", "n", table.rows.len());
    let next = table.part(call.query.get("from"), LISTED);
    sheet.sections.push(Section::Table(table));
    if let Some((next, rest)) = next {
        let all = if wants_all { "all=1&" } else { "" };
        let rest = Cell::to(t.with("server-submit-more", "n", rest), format!("/cases?{all}from={next}"));
        sheet.sections.push(Section::Text(vec![rest]));
    }
    let other =
        if wants_all { ("server-cases-open", "/cases") } else { ("server-cases-all", "/cases?all=1") };
    let mut links = vec![Cell::to(t.say(other.0), other.1)];
    if authorize(call.who(), Action::Handle, &Thing::instance()) == Verdict::Allow {
        links.insert(0, Cell::to(t.say("server-title-cases-new"), "/cases/new"));
        links.insert(1, Cell::to(t.say("server-title-cases-several"), "/cases/several"));
    }
    sheet.sections.push(Section::Actions(String::new(), links));
    sheet.answer(&call)
}

/// `GET /cases/{case}`.
pub(crate) async fn show(call: Call) -> Answer {
    page(&call, StatusCode::OK, &[]).await
}

/// The page, with what is wrong with what was just said.
pub(super) async fn page(call: &Call, status: StatusCode, wrong: &[Diagnostic]) -> Answer {
    let t = Text(call.view.lang);
    let lang = call.view.lang;
    let (number, region) = permitted(call, Level::Internal).await?;
    let desk = call.server.office()?.desk().await?;
    let case = desk.case(&number, None).await?;
    let procedure = desk.procedure(&case)?;
    let on = call.server.today();
    let state = procedure.state(&case.state).map_or(case.state.as_str(), |state| state.name.get(lang));
    let mut sheet = Sheet::new(call, format!("{} · {number}", procedure.head.name.get(lang)));
    sheet.frame = sheet.frame.under("cases.list");
    sheet.big = state.to_owned();
    sheet.wrong = told(lang, wrong, "main");
    if let Some(parent) = &case.parent {
        sheet.sections.push(Section::Facts(
            String::new(),
            vec![(t.say("server-fact-parent"), Cell::to(parent.clone(), format!("/cases/{parent}")))],
        ));
    }
    let may = |action| authorize(call.who(), action, &Thing::of_region(region, Level::Internal));
    let waiting =
        case.proposal.as_ref().filter(|_| matches!(may(Action::Decide), Verdict::Allow | Verdict::StepUp));
    if let Some(proposal) = waiting {
        let name = procedure.step(&proposal.step).map_or(proposal.step.as_str(), |step| step.name.get(lang));
        let button = |act, class| Button::new(t.say(&format!("server-{act}")), class, act);
        sheet.sections.push(Section::Form(Filled {
            title: t.with("server-decide", "step", name),
            says: t.with("server-decide-seal", "seal", proposal.seal.get(..16).unwrap_or_default()),
            action: format!("/cases/{number}/approve"),
            blanks: vec![Blank::new(t, "reason", "text").optional()],
            buttons: vec![button("approve", "first"), button("reject", "danger")],
            // what exactly is approved, and the newest event that the reader saw
            hidden: vec![
                ("seal", proposal.seal.clone()),
                ("head", case.head().unwrap_or_default().to_string()),
            ],
            ..Filled::default()
        }));
    }
    sheet.sections.push(Section::Table(steps(call, &desk, &case).await?));
    sheet.sections.push(Section::Table(clocks(call, &desk, &case)?));
    let facts = procedure.fields.iter().filter_map(|field| {
        let value = to_json(field, case.sheet.get(&field.id)?);
        let text = desk.reads(field, &value, on, lang);
        (!text.is_empty()).then(|| (field.name.get(lang).to_owned(), Cell::of(text)))
    });
    sheet.sections.push(Section::Facts(t.say("server-case-sheet"), facts.collect()));
    let mut written = Table::new(call, "letters", &["#n", "name", "number"]);
    for (n, (_, letter)) in letters(&case).into_iter().enumerate() {
        let title = desk.catalog.letters.get(&letter.template);
        written.rows.push(vec![
            Cell::of((n + 1).to_string()),
            Cell::of(title.map_or(letter.template.as_str(), |letter| letter.title.get(lang))),
            Cell::of(letter.number_text()),
        ]);
    }
    sheet.sections.push(Section::Table(written));
    if !case.evidence.is_empty() {
        let open = authorize(call.who(), Action::See, &Thing::of_region(region, Level::Personal));
        sheet.sections.push(Section::Table(files(call, &desk, &case, open == Verdict::Allow)));
    }
    sheet.sections.extend(comment::sections(call, &desk, (&number, region), wrong).await?);
    sheet.sections.push(Section::Tree(t.say("server-case-told"), tree(&desk.told(&case, lang)?, lang)));
    sheet.answer_as(call, status)
}

/// What can be done, by whom, until when, and what stands against it.
async fn steps(call: &Call, desk: &Desk, case: &Case) -> Result<Table, Problem> {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    let on = call.server.today();
    let procedure = desk.procedure(case)?;
    let below = desk.below(&case.number).await?;
    let mut table = Table::new(call, "steps", &["step", "who", "opens", "due", "obstacles"]);
    for choice in desk.within(on, &below, |world| stands(world, case, on))? {
        let who = choice.who.iter().filter_map(|id| procedure.role(id)).map(|role| role.name.get(lang));
        let against: Vec<String> = choice.obstacles.iter().map(|one| one.message(lang)).collect();
        let date = |day: Option<zhiheng_base::Date>| day.map(|day| day.to_string()).unwrap_or_default();
        table.rows.push(vec![
            match choice.is_open() && !choice.proposed && !choice.who.is_empty() {
                true => {
                    Cell::to(choice.name.get(lang), format!("/cases/{}/steps/{}", case.number, choice.step))
                }
                false => Cell::of(choice.name.get(lang)),
            },
            Cell::of(who.collect::<Vec<_>>().join(&t.between("list-separator"))),
            Cell::of(date(choice.opens)),
            Cell::of(date(choice.due)),
            Cell::of(against.join(&t.between("clause-separator"))),
        ]);
    }
    Ok(table)
}

/// What was attached: when, by whom, and the file itself for those who may see data of persons.
fn files(call: &Call, desk: &Desk, case: &Case, open: bool) -> Table {
    let lang = call.view.lang;
    let mut table = Table::new(call, "files", &["evidence", "file", "day", "by"]);
    for (_, event) in &case.events {
        for file in &event.evidence {
            let kind = desk.catalog.evidence_name(&case.procedure, &file.kind);
            let name = match open {
                true => Cell::to(file.name.clone(), format!("/cases/{}/files/{}", case.number, file.sha256)),
                false => Cell::of(file.name.clone()),
            };
            table.rows.push(vec![
                Cell::of(kind.map_or(file.kind.as_str(), |kind| kind.get(lang))),
                name,
                Cell::of(event.on.to_string()),
                Cell::of(event.actor.as_ref().map(|actor| actor.unit.clone()).unwrap_or_default()),
            ]);
        }
    }
    table
}

fn clocks(call: &Call, desk: &Desk, case: &Case) -> Result<Table, Problem> {
    let t = Text(call.view.lang);
    let mut table = Table::new(call, "clocks", &["name", "due", "basis"]);
    for running in case.clocks.values() {
        let Some(clock) = desk.catalog.clocks.get(&running.clock) else { continue };
        let reckoning = reckon(clock, &running.facts, &desk.calendar)?;
        let due = reckoning.due().map(|day| day.to_string()).unwrap_or_default();
        let due = if reckoning.is_provisional() { t.with("server-provisional", "due", due) } else { due };
        table.rows.push(vec![
            Cell::of(clock.name.get(call.view.lang)),
            Cell::of(due),
            Cell::of(clock.basis.join(&t.between("clause-separator"))),
        ]);
    }
    Ok(table)
}
