//! Looking at cases: a list, one case with what lies before it, one case as sentences.

use serde_json::{Value as Json, json};
use zhiheng_act::case::{stands, to_json};
use zhiheng_act::clock::{Moment, reckon};
use zhiheng_base::words::between;
use zhiheng_catalog::model::Field;
use zhiheng_record::CaseFilter;

use super::day;
use crate::context::Context;
use crate::desk::Desk;
use crate::failure::{Failure, Outcome};
use crate::output::{Listing, json as print_json, line};

/// `case list`.
pub(super) fn list(context: &Context, procedure: Option<&str>, state: Option<&str>, all: bool) -> Outcome {
    let desk = Desk::open(context)?;
    let mut heads = if all {
        let of = procedure.map(str::to_owned);
        context.wait(desk.ledger.cases(&CaseFilter { of, ..CaseFilter::default() }))?
    } else {
        desk.open_cases(procedure)?
    };
    heads.retain(|head| state.is_none_or(|state| head.state == state));
    heads.sort_by(|a, b| a.case.cmp(&b.case));
    let title = |id| context.say(id, &[]);
    let mut listing = Listing::new([
        ("case", title("cli-case"), false),
        ("procedure", title("cli-procedure"), false),
        ("state", title("cli-state"), false),
        ("events", title("cli-events"), true),
        ("entry", title("cli-entry"), true),
        ("parent", title("cli-parent"), false),
    ]);
    for head in heads {
        let procedure = desk.catalog.procedures.get(&head.of);
        let name = procedure.map_or(head.of.as_str(), |procedure| procedure.head.name.get(context.lang));
        let state = procedure.and_then(|procedure| procedure.state(&head.state));
        let state = state.map_or(head.state.as_str(), |state| state.name.get(context.lang));
        listing.row(vec![
            head.case.clone().into(),
            name.into(),
            state.into(),
            head.events.into(),
            head.last.into(),
            head.parent.clone().map_or(Json::Null, Json::from),
        ]);
    }
    Ok(listing.print(context.format())?)
}

/// `case show`: the state, the sheet, the clocks, what can be done.
pub(super) fn show(context: &Context, number: &str, on: Option<&str>, as_of: Option<u64>) -> Outcome {
    let desk = Desk::open(context)?;
    let case = desk.case(number, as_of)?;
    let procedure = desk.procedure(&case)?;
    let below = desk.below(number)?;
    let on = day(context, on)?;
    let choices = desk.within(&below, |world| stands(world, &case, on))?;
    let lang = context.lang;
    let sheet: Vec<(&Field, Json)> = (procedure.fields.iter())
        .filter_map(|field| {
            let value = case.sheet.get(&field.id)?;
            Some((field, to_json(field, value)))
        })
        .filter(|(_, value)| !value.is_null())
        .collect();
    let mut clocks = Vec::new();
    for (instance, running) in &case.clocks {
        let Some(clock) = desk.catalog.clocks.get(&running.clock) else { continue };
        let reckoning = reckon(clock, &running.facts, &desk.calendar)?;
        let state = reckoning.state(&desk.calendar, Moment::Day(on));
        clocks.push((instance, clock, reckoning.due(), reckoning.is_provisional(), format!("{state:?}")));
    }
    if !context.is_plain() {
        let fields: serde_json::Map<String, Json> =
            sheet.into_iter().map(|(field, value)| (field.id.clone(), value)).collect();
        let clocks: Vec<Json> = (clocks.iter())
            .map(|(instance, clock, due, provisional, state)| {
                json!({ "instance": instance, "clock": clock.id, "due": due, "provisional": provisional, "state": state })
            })
            .collect();
        let steps: Vec<Json> = (choices.iter())
            .map(|one| {
                json!({ "step": one.step, "who": one.who, "proposed": one.proposed, "parts": one.parts, "opens": one.opens, "due": one.due,
                    "late": one.late, "open": one.is_open(), "obstacles": one.obstacles })
            })
            .collect();
        return Ok(print_json(&json!({
            "case": case.number, "procedure": case.procedure, "state": case.state, "head": case.head(),
            "parent": case.parent, "proposal": case.proposal.as_ref().map(|one| json!({ "step": one.step, "seal": one.seal })),
            "sheet": fields, "clocks": clocks, "steps": steps,
            "evidence": case.evidence,
            "records": case.entered.iter().map(|one| json!({ "of": one.of, "entry": one.entry, "withdrawn": one.withdrawn })).collect::<Vec<_>>(),
        }))?);
    }
    let state = procedure.state(&case.state).map_or(case.state.as_str(), |state| state.name.get(lang));
    line(&context.say(
        "cli-case-title",
        &[("case", &case.number), ("procedure", procedure.head.name.get(lang)), ("state", state)],
    ))?;
    for (field, value) in &sheet {
        line(&format!("  {}: {}", field.name.get(lang), desk.reads(field, value, on, lang)))?;
    }
    let date = |day: Option<zhiheng_base::Date>| day.map_or_else(|| "–".to_owned(), |day| day.to_string());
    if !clocks.is_empty() {
        line(&context.say("cli-clocks", &[]))?;
    }
    for (instance, clock, due, provisional, _) in &clocks {
        let provisional = if *provisional { context.say("cli-provisional", &[]) } else { String::new() };
        let args = [
            ("clock", clock.name.get(lang)),
            ("instance", instance),
            ("due", &date(*due)),
            ("provisional", &provisional),
        ];
        line(&context.say("cli-clock", &args))?;
    }
    if let Some(proposal) = &case.proposal {
        line(&context.say("cli-proposal", &[("seal", &proposal.seal)]))?;
    }
    line(&context.say("cli-steps", &[]))?;
    let comma = between(lang, "list-separator");
    for one in &choices {
        let who: Vec<&str> = (one.who.iter())
            .map(|id| procedure.role(id).map_or(id.as_str(), |role| role.name.get(lang)))
            .collect();
        let who = match one.parts {
            Some((taken, of)) => format!("{} {taken}/{of}", who.join(&comma)),
            None => who.join(&comma),
        };
        let id = match (one.is_open(), one.proposed) {
            (true, false) => "cli-step-open",
            (true, true) => "cli-step-proposed",
            (false, _) => "cli-step-closed",
        };
        let why = one.obstacles.first().map(|problem| problem.message(lang)).unwrap_or_default();
        let args = [
            ("step", one.step.as_str()),
            ("name", one.name.get(lang)),
            ("who", &who),
            ("due", &date(one.due)),
            ("why", &why),
        ];
        line(&context.say(id, &args))?;
    }
    Ok(())
}

/// `case explain`.
pub(super) fn explain(context: &Context, number: &str, as_of: Option<u64>) -> Outcome {
    let desk = Desk::open(context)?;
    let case = desk.case(number, as_of)?;
    let root = desk.told(&case, context.lang)?;
    if !context.is_plain() {
        return Ok(print_json(&json!({ "case": case.number, "state": case.state, "why": root }))?);
    }
    root.lines(context.lang).iter().try_for_each(|text| line(text)).map_err(Failure::from)
}
