//! `zhiheng case`: open, do, approve, reject, attach, lapse, list, show, explain.

mod look;

use serde_json::json;
use zhiheng_act::case::{Act, Follow, Letter};
use zhiheng_base::Date;
use zhiheng_desk::{Done, form};

use crate::args::{Acting, CaseVerb, ProvenanceArg};
use crate::context::Context;
use crate::desk::{Desk, attached};
use crate::failure::{Failure, Outcome, show as show_problems};
use crate::output::{json as print_json, line};

/// Runs a verb of `case`.
pub(crate) fn run(context: &Context, verb: CaseVerb) -> Outcome {
    match verb {
        CaseVerb::Open { procedure, step, acting } => opened(context, &procedure, &step, &acting),
        CaseVerb::Do { case, step, acting } => acted(context, &case, Act::Step(step), &acting),
        CaseVerb::Approve { case, seal, acting } => acted(context, &case, Act::Approve(seal), &acting),
        CaseVerb::Reject { case, acting } => acted(context, &case, Act::Reject, &acting),
        CaseVerb::Attach { case, acting } => acted(context, &case, Act::Attach, &acting),
        CaseVerb::Lapse { case, on, provenance, dry_run } => {
            lapse(context, case.as_deref(), on.as_deref(), provenance, dry_run)
        }
        CaseVerb::List { procedure, state, all } => {
            look::list(context, procedure.as_deref(), state.as_deref(), all)
        }
        CaseVerb::Show { case, on, as_of } => look::show(context, &case, on.as_deref(), as_of),
        CaseVerb::Explain { case, as_of } => look::explain(context, &case, as_of),
    }
}

/// The day that was typed, or today.
pub(super) fn day(context: &Context, on: Option<&str>) -> Result<Date, Failure> {
    let today = || Ok(context.today());
    on.map_or_else(today, |text| {
        text.parse()
            .map_err(|_| zhiheng_base::Diagnostic::error("ZH8108").arg("value", text).arg("id", "–").into())
    })
}

fn opened(context: &Context, family: &str, step: &str, acting: &Acting) -> Outcome {
    let desk = Desk::open(context)?;
    let act = asked(context, acting)?;
    let done = context.wait(desk.open_case(context.moment(), family, step, &act))?;
    finish(&desk, &done, acting.dry_run)
}

fn acted(context: &Context, number: &str, act: Act, acting: &Acting) -> Outcome {
    let desk = Desk::open(context)?;
    let asked = asked(context, acting)?;
    let done = context.wait(desk.act(context.moment(), number, act, &asked))?;
    finish(&desk, &done, acting.dry_run)
}

/// What was typed, with the files kept.
fn asked(context: &Context, acting: &Acting) -> Result<zhiheng_desk::acts::Acting, Failure> {
    Ok(zhiheng_desk::acts::Acting {
        account: acting.account.clone(),
        on: day(context, acting.on.as_deref())?,
        form: form::pairs(&acting.set)?,
        evidence: attached(context, &acting.attach)?,
        reason: acting.reason.clone(),
        id: acting.id.clone(),
        expect: acting.expect,
        dry_run: acting.dry_run,
        provenance: acting.provenance.into(),
        more: Vec::new(),
    })
}

/// Says what was written, or would be.
fn finish(desk: &Desk<'_>, done: &Done, dry_run: bool) -> Outcome {
    let context = desk.context;
    let taken = &done.taken;
    if !context.global.quiet {
        show_problems(&taken.remarks, context.lang, context.global.color);
    }
    if taken.repeated {
        context.note(&context.say("cli-case-repeated", &[("case", &taken.event.case)]));
        return Ok(());
    }
    let Some(stepped) = done.stepped.as_ref().filter(|_| !dry_run) else {
        if !context.is_plain() {
            return Ok(print_json(
                &json!({ "dry_run": true, "event": taken.event, "letters": taken.letters }),
            )?);
        }
        context
            .note(&context.say("cli-case-dry", &[("case", &taken.event.case), ("state", &taken.event.to)]));
        return Ok(());
    };
    if !context.is_plain() {
        return Ok(print_json(&json!({
            "case": taken.event.case,
            "entry": stepped.entry,
            "state": taken.event.to,
            "kind": taken.event.kind,
            "seal": taken.event.seal,
            "letters": stepped.letters,
            "records": stepped.records,
            "opened": stepped.opened,
            "repeated": stepped.repeated,
        }))?);
    }
    let procedure = desk.catalog.procedures.get(&taken.event.procedure);
    let state = procedure.and_then(|procedure| procedure.state(&taken.event.to));
    let state = state.map_or(taken.event.to.as_str(), |state| state.name.get(context.lang));
    let entry = stepped.entry.to_string();
    line(&context.say("cli-case-done", &[("case", &taken.event.case), ("state", state), ("entry", &entry)]))?;
    if let Some(seal) = taken.event.seal.as_ref().filter(|_| !taken.event.takes_effect()) {
        line(&context.say("cli-case-seal", &[("seal", seal)]))?;
    }
    for letter in &stepped.letters {
        let (series, template) = (letter.series.clone(), letter.template.clone());
        let number = Letter { template, series, number: letter.number }.number_text();
        let title = desk.catalog.letters.get(&letter.template);
        let title = title.map_or(letter.template.as_str(), |letter| letter.title.get(context.lang));
        line(&context.say("cli-case-letter", &[("title", title), ("number", &number)]))?;
    }
    for follow in &taken.follows {
        let (id, of) = match follow {
            Follow::Record { of, .. } => ("cli-case-record", of),
            Follow::Correct { of, .. } => ("cli-case-correct", of),
            Follow::Withdraw { of, .. } => ("cli-case-withdraw", of),
            Follow::Case { taken, .. } => ("cli-case-opened", &taken.event.case),
        };
        line(&context.say(id, &[("of", of)]))?;
    }
    Ok(())
}

/// Takes the steps of all clocks that have ended, until none is left.
fn lapse(
    context: &Context,
    case: Option<&str>,
    on: Option<&str>,
    provenance: ProvenanceArg,
    dry_run: bool,
) -> Outcome {
    let desk = Desk::open(context)?;
    let on = day(context, on)?;
    let numbers: Vec<String> = match case {
        Some(case) => vec![case.to_owned()],
        None => desk.open_cases(None)?.into_iter().map(|head| head.case).collect(),
    };
    let mut n = 0;
    for number in numbers {
        let lapsed = desk.lapse(context.moment(), &number, on, provenance.into(), dry_run);
        for done in context.wait(lapsed)? {
            finish(&desk, &done, dry_run)?;
            n += 1;
        }
    }
    context.note(&context.say("cli-case-lapsed", &[("n", &n.to_string())]));
    Ok(())
}
