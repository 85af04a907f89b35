//! One step of many cases at once: which cases, what is filled in for all of them, a look at what would happen, and then what did.
//!
//! The look is the real thing without the writing: each case is tried with what was typed. What is done afterwards is done to the
//! state that was looked at; a case in which somebody was faster is left as it is, and says so.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use zhiheng_act::case::Act;
use zhiheng_base::{Diagnostic, RegionCode};
use zhiheng_catalog::model::{Procedure, Step};
use zhiheng_desk::acts::Acting;
use zhiheng_desk::cases::region_of;
use zhiheng_desk::{Desk, Trouble};
use zhiheng_record::{CaseFilter, CaseHead};

use super::act::{acting, moment, typed};
use super::forms::{Blank, Button, Filled, at, told};
use super::sheet::{Cell, Section, Sheet, Table};
use super::step_form::blanks;
use crate::api::cases::step::action;
use crate::authorize::{Level, Thing, Verdict, authorize};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::signin::secret;
use crate::text::Text;

/// Most cases that are offered at once.
const MOST: usize = 200;

/// Where this stands.
const HERE: &str = "/cases/several";

/// A case that may be chosen, and its region.
struct Candidate {
    head: CaseHead,
    region: RegionCode,
}

/// Steps that can be taken for several cases with one form: by hand, by one person, without files of their own.
fn is_for_several(step: &Step) -> bool {
    let by_hand = !step.from.is_empty() && step.lapse.is_none() && !step.who.is_empty();
    by_hand && step.count <= 1 && step.evidence.is_empty() && step.fresh.is_empty()
}

fn may(call: &Call, procedure: &Procedure, step: &Step, region: RegionCode) -> bool {
    let thing = Thing::of_region(region, Level::Internal);
    authorize(call.who(), action(procedure, step), &thing) == Verdict::Allow
}

/// `GET /cases/several`: the steps for which several cases wait; with a procedure and a step, the form.
pub(crate) async fn show(call: Call) -> Answer {
    let desk = call.server.office()?.desk().await?;
    match (call.query.get("procedure"), call.query.get("step")) {
        ("", _) | (_, "") => choose(&call, &desk).await,
        asked => {
            let (procedure, step) = named(&desk, asked)?;
            form(&call, &desk, (procedure, step), (StatusCode::OK, &[])).await
        }
    }
}

fn named<'d>(desk: &'d Desk, (procedure, step): (&str, &str)) -> Result<(&'d Procedure, &'d Step), Problem> {
    let procedure = desk.catalog.procedures.get(procedure).ok_or_else(Problem::not_found)?;
    let step = procedure.step(step).filter(|step| is_for_several(step)).ok_or_else(Problem::not_found)?;
    Ok((procedure, step))
}

async fn choose(call: &Call, desk: &Desk) -> Answer {
    let lang = call.view.lang;
    let t = Text(lang);
    let mut waiting: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for head in desk.open_cases(None).await? {
        let (Some(region), Some(procedure)) = (region_of(&head), desk.catalog.procedures.get(&head.of))
        else {
            continue;
        };
        let steps =
            procedure.steps.iter().filter(|step| is_for_several(step) && step.from.contains(&head.state));
        for step in steps.filter(|step| may(call, procedure, step, region)) {
            *waiting.entry((procedure.head.id.as_str(), step.id.as_str())).or_default() += 1;
        }
    }
    let mut table = Table::new(call, "several", &["step", "procedure", "#n"]);
    for ((of, id), n) in waiting {
        let (procedure, step) = named(desk, (of, id))?;
        table.rows.push(vec![
            Cell::to(step.name.get(lang), format!("{HERE}?procedure={of}&step={id}")),
            Cell::of(procedure.head.name.get(lang)),
            Cell::of(n.to_string()),
        ]);
    }
    let mut sheet = Sheet::of(call);
    sheet.frame = sheet.frame.under("cases.list");
    sheet.lead = t.say("several-lead");
    sheet.sections.push(Section::Table(table));
    sheet.answer(call)
}

/// Cases that stand where the step can be taken, in regions where this account may take it.
async fn candidates(
    call: &Call,
    desk: &Desk,
    (procedure, step): (&Procedure, &Step),
) -> Result<Vec<Candidate>, Problem> {
    let mut found = Vec::new();
    for state in &step.from {
        let filter = CaseFilter {
            of: Some(procedure.head.id.clone()),
            state: Some(state.clone()),
            ..CaseFilter::default()
        };
        for head in desk.ledger.cases(&filter).await? {
            if let Some(region) = region_of(&head).filter(|region| may(call, procedure, step, *region)) {
                found.push(Candidate { head, region });
            }
        }
    }
    found.sort_by(|a, b| a.head.case.cmp(&b.head.case));
    Ok(found)
}

async fn form(
    call: &Call,
    desk: &Desk,
    (procedure, step): (&Procedure, &Step),
    (status, wrong): (StatusCode, &[Diagnostic]),
) -> Answer {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    let found = candidates(call, desk, (procedure, step)).await?;
    let mut sheet = page(call, procedure, step);
    sheet.wrong = told(lang, wrong, "cases");
    if found.len() > MOST {
        sheet.notes.push(t.with("several-more", "n", found.len() - MOST));
    }
    let label = |one: &Candidate| {
        let name = desk.catalog.regions.name(one.region).unwrap_or_default();
        (one.head.case.clone(), format!("{} · {name}", one.head.case))
    };
    let chosen: Vec<&str> = call.form.all("cases").collect();
    let cases = Blank::new(t, "cases", "checks").choices(found.iter().take(MOST).map(label));
    let mut filled = Filled::new(String::new(), HERE.to_owned(), t.say("several-preview"));
    filled.says = t.say("several-says");
    filled.buttons = vec![Button::new(t.say("several-preview"), "first", "preview")];
    filled.hidden = vec![("procedure", procedure.head.id.clone()), ("step", step.id.clone())];
    filled.back = HERE.to_owned();
    filled.blanks = vec![cases.value(&chosen.join("\n")).judged(lang, wrong)];
    filled.blanks.extend(blanks(call, desk, procedure, step, wrong));
    sheet.sections.push(Section::Form(filled));
    sheet.answer_as(call, status)
}

fn page(call: &Call, procedure: &Procedure, step: &Step) -> Sheet {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    let mut sheet =
        Sheet::new(call, format!("{} · {}", step.name.get(lang), t.say("server-title-cases-several")));
    sheet.frame = sheet.frame.under("cases.list");
    sheet.crumb(t.say("server-title-cases-several"), HERE);
    sheet.lead = procedure.head.name.get(lang).to_owned();
    sheet
}

/// `POST /cases/several`: a look, or the deed.
pub(crate) async fn take(call: Call) -> Answer {
    call.signed_in()?;
    // Whoever has the action nowhere learns nothing; each case is asked for by itself.
    call.permit(&Thing::instance(), "cases").await?;
    let desk = call.server.office()?.desk().await?;
    let asked = (call.form.get("procedure"), call.form.get("step"));
    let (procedure, step) = named(&desk, asked).map_err(|_| Problem::malformed("step"))?;
    let known = candidates(&call, &desk, (procedure, step)).await?;
    let mut chosen: Vec<String> = call.form.all("cases").map(str::to_owned).collect();
    chosen.dedup();
    chosen.truncate(MOST);
    if chosen.is_empty() {
        let problem = at("cases", Diagnostic::error("ZH7344"));
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return form(&call, &desk, (procedure, step), (status, &[problem])).await;
    }
    let acting = Acting { form: typed(&call, procedure, step), ..acting(&call).await? };
    match call.form.get("act") {
        "take" => {
            drop(desk);
            taken(&call, &chosen, &acting).await
        }
        _ => preview(&call, &desk, (procedure, step), (&known, &chosen), &acting).await,
    }
}

/// What would happen, case by case.
async fn preview(
    call: &Call,
    desk: &Desk,
    (procedure, step): (&Procedure, &Step),
    (known, chosen): (&[Candidate], &[String]),
    acting: &Acting,
) -> Answer {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    let mut table = Table::new(call, "several-preview", &["case", "region", "state", "outcome"]);
    let (mut good, mut problems) = (Vec::new(), Vec::new());
    for case in chosen {
        let one = known.iter().find(|one| one.head.case == *case).ok_or_else(Problem::not_found)?;
        let dry = Acting { dry_run: true, expect: None, ..acting.clone() };
        let outcome = match desk.act(moment(call), case, Act::Step(step.id.clone()), &dry).await {
            Ok(done) => {
                good.push((case.clone(), one.head.last));
                let state = &done.taken.event.to;
                let state = procedure.state(state).map_or(state.as_str(), |state| state.name.get(lang));
                match step.approve.is_empty() {
                    true => t.with("several-would", "state", state),
                    false => t.say("several-would-propose"),
                }
            }
            Err(Trouble::Problems(found)) => {
                let said: Vec<String> = found.iter().map(|problem| problem.message(lang)).collect();
                problems.extend(found);
                said.join(&t.between("clause-separator"))
            }
            Err(trouble) => return Err(trouble.into()),
        };
        let state = procedure.state(&one.head.state).map_or("", |state| state.name.get(lang));
        table.rows.push(vec![
            Cell::to(case.clone(), format!("/cases/{case}")),
            Cell::of(desk.catalog.regions.name(one.region).unwrap_or_default()),
            Cell::of(state),
            Cell::of(outcome),
        ]);
    }
    // What is wrong with a field is wrong for all: it is mended in the form.
    let of_form =
        |problem: &&Diagnostic| problem.args.get("field").is_some_and(|id| procedure.field(id).is_some());
    let wrong: Vec<Diagnostic> = problems.iter().filter(of_form).take(1).cloned().collect();
    if good.is_empty() && !wrong.is_empty() {
        return form(call, desk, (procedure, step), (StatusCode::UNPROCESSABLE_ENTITY, &wrong)).await;
    }
    let mut sheet = page(call, procedure, step);
    sheet.notes.push(t.say("several-nothing-yet"));
    sheet.sections.push(Section::Table(table));
    if !good.is_empty() {
        let button = t.with("several-take", "n", good.len());
        let mut filled = Filled::new(String::new(), HERE.to_owned(), String::new());
        filled.buttons = vec![Button::new(button, "first", "take")];
        filled.back = format!("{HERE}?procedure={}&step={}", procedure.head.id, step.id);
        filled.hidden = vec![
            ("procedure", procedure.head.id.clone()),
            ("step", step.id.clone()),
            ("once", secret::random()?),
        ];
        for (case, head) in good {
            filled.hidden.push(("cases", case));
            filled.hidden.push(("heads", head.to_string()));
        }
        filled.carried = acting.form.clone();
        sheet.sections.push(Section::Form(filled));
    }
    sheet.answer(call)
}

/// Takes the step of each case as it was looked at, and tells what became of it.
async fn taken(call: &Call, chosen: &[String], acting: &Acting) -> Answer {
    let (t, lang) = (Text(call.view.lang), call.view.lang);
    let heads: Vec<Option<u64>> = call.form.all("heads").map(|head| head.parse().ok()).collect();
    let once = call.form.get("once");
    if !secret::is_plausible(once) || heads.len() != chosen.len() {
        return Err(Problem::malformed("once"));
    }
    let mut table = Table::new(call, "several-taken", &["case", "outcome"]);
    let mut n = 0;
    for (case, head) in chosen.iter().zip(heads) {
        // Anew for each: who holds which role may have changed with the step before.
        let desk = call.server.office()?.desk().await?;
        let (procedure, step) = named(&desk, (call.form.get("procedure"), call.form.get("step")))?;
        let region = desk.ledger.case_head(case).await?.as_ref().and_then(region_of);
        let thing = Thing::of_region(region.ok_or_else(Problem::not_found)?, Level::Internal);
        call.permit_to(action(procedure, step), &thing, &format!("case {case}")).await?;
        // Sent twice, each is taken once.
        let acting = Acting { id: Some(format!("{once}/{case}")), expect: head, ..acting.clone() };
        let outcome = match desk.act(moment(call), case, Act::Step(step.id.clone()), &acting).await {
            Ok(_) => {
                n += 1;
                t.say("several-taken")
            }
            Err(Trouble::Problems(found)) => found
                .iter()
                .map(|problem| problem.message(lang))
                .collect::<Vec<_>>()
                .join(&t.between("clause-separator")),
            Err(trouble) => return Err(trouble.into()),
        };
        table.rows.push(vec![Cell::to(case.clone(), format!("/cases/{case}")), Cell::of(outcome)]);
    }
    let desk = call.server.office()?.desk().await?;
    let (procedure, step) = named(&desk, (call.form.get("procedure"), call.form.get("step")))?;
    let mut sheet = page(call, procedure, step);
    sheet.notes.push(zhiheng_base::words::say(
        lang,
        "several-done",
        &[("n", &n.to_string()), ("of", &chosen.len().to_string())],
    ));
    sheet.sections.push(Section::Table(table));
    sheet.answer(call)
}
