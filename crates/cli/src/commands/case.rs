//! `zhiheng case`: open, do, approve, reject, attach, lapse, list, show, explain.

mod look;

use std::collections::BTreeMap;

use serde_json::json;
use zhiheng_act::case::{Act, Ask, Follow, Letter, Taken, open, take};
use zhiheng_base::Date;
use zhiheng_record::verify::hash::sha256;
use zhiheng_record::verify::to_hex;

use crate::args::{Acting, CaseVerb, ProvenanceArg};
use crate::context::Context;
use crate::desk::{Desk, attached, read_form};
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
    let on = day(context, acting.on.as_deref())?;
    let evidence = attached(context, &acting.attach)?;
    let act = Act::Step(step.to_owned());
    let taken = desk.within(&[], |world| {
        // The fields are those of the version in force; which one that is, its own dates on the form decide.
        let versions: Vec<_> = (desk.catalog.procedures.values())
            .filter(|one| one.family == family || one.head.id == family)
            .collect();
        let mut form = BTreeMap::new();
        let mut problems = Vec::new();
        for version in &versions {
            match read_form(&desk.catalog, version, &acting.set, context.today()) {
                Ok(read) => {
                    let is_it =
                        world.version(family, &read, on).is_ok_and(|one| one.head.id == version.head.id);
                    if is_it || versions.len() == 1 {
                        form = read;
                        problems.clear();
                        break;
                    }
                    form = read;
                }
                Err(found) => problems = found,
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let account = acting.account.clone();
        open(
            world,
            family,
            &Ask { act: act.clone(), account, on, form, evidence, reason: acting.reason.clone() },
        )
    })??;
    let id = acting.id.clone().unwrap_or_else(|| name_of(&taken, None));
    finish(&desk, &taken, None, &id, acting.provenance, acting.dry_run)
}

fn acted(context: &Context, number: &str, act: Act, acting: &Acting) -> Outcome {
    let desk = Desk::open(context)?;
    let case = desk.case(number, None)?;
    let below = desk.below(number)?;
    let on = day(context, acting.on.as_deref())?;
    let form = read_form(&desk.catalog, desk.procedure(&case)?, &acting.set, context.today())?;
    let evidence = attached(context, &acting.attach)?;
    let account = acting.account.clone();
    let ask = Ask { act, account, on, form, evidence, reason: acting.reason.clone() };
    let taken = desk.within(&below, |world| take(world, &case, &ask))??;
    let head = acting.expect.or(case.head());
    let id = acting.id.clone().unwrap_or_else(|| name_of(&taken, head));
    finish(&desk, &taken, head, &id, acting.provenance, acting.dry_run)
}

/// The same act on the same state has the same name: sent twice, it is taken once.
fn name_of(taken: &Taken, head: Option<u64>) -> String {
    let event = serde_json::to_string(&taken.event).unwrap_or_default();
    let hash = to_hex(&sha256(format!("{head:?} {event}").as_bytes()));
    format!("{}/{}", taken.event.case, hash.get(..16).unwrap_or_default())
}

/// Writes what an act would write, unless it is a dry run, and says what it was.
fn finish(
    desk: &Desk<'_>,
    taken: &Taken,
    head: Option<u64>,
    id: &str,
    provenance: ProvenanceArg,
    dry_run: bool,
) -> Outcome {
    let context = desk.context;
    if !context.global.quiet {
        show_problems(&taken.remarks, context.lang, context.global.color);
    }
    if taken.repeated {
        context.note(&context.say("cli-case-repeated", &[("case", &taken.event.case)]));
        return Ok(());
    }
    if dry_run {
        if !context.is_plain() {
            return Ok(print_json(
                &json!({ "dry_run": true, "event": taken.event, "letters": taken.letters }),
            )?);
        }
        context
            .note(&context.say("cli-case-dry", &[("case", &taken.event.case), ("state", &taken.event.to)]));
        return Ok(());
    }
    let stepped = desk.write(taken, head, id, provenance.into())?;
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
    let ask = Ask {
        act: Act::Lapse,
        account: String::new(),
        on,
        form: BTreeMap::new(),
        evidence: Vec::new(),
        reason: None,
    };
    let mut n = 0;
    for number in numbers {
        // One clock's end may start the next.
        loop {
            let case = desk.case(&number, None)?;
            let below = desk.below(&number)?;
            let Ok(taken) = desk.within(&below, |world| take(world, &case, &ask))? else { break };
            let id = name_of(&taken, case.head());
            finish(&desk, &taken, case.head(), &id, provenance, dry_run)?;
            n += 1;
            if dry_run {
                break;
            }
        }
    }
    context.note(&context.say("cli-case-lapsed", &[("n", &n.to_string())]));
    Ok(())
}
