//! The canonical forms of procedures and letters.

use serde_json::{Value as Json, json};

use super::{by_key, field, formula, with_head};
use crate::Formula;
use crate::model::{Effect, Gather, LetterFile, Procedure, Step, What};

/// Without its examples.
pub(super) fn procedure(procedure: &Procedure) -> Json {
    let roles = by_key(&procedure.roles, |role| {
        (role.id.clone(), json!({ "name": role.name, "by": role.by, "at": role.at, "apart": role.apart }))
    });
    let states = by_key(&procedure.states, |state| {
        let form = json!({ "name": state.name, "end": state.end, "binding": state.binding,
            "without_notice": state.without_notice });
        (state.id.clone(), form)
    });
    let order = json!({
        "roles": ids(&procedure.roles, |role| &role.id),
        "fields": ids(&procedure.fields, |field| &field.id),
        "states": ids(&procedure.states, |state| &state.id),
        "step": ids(&procedure.steps, |step| &step.id),
    });
    let own = json!({
        "version_of": procedure.family,
        "within": procedure.within.map(|region| region.to_string()),
        "dated": procedure.dated,
        "region": procedure.region,
        "roles": roles,
        "fields": by_key(&procedure.fields, field),
        "states": states,
        "step": by_key(&procedure.steps, |one| (one.id.clone(), step(one))),
        "order": order,
    });
    with_head(&procedure.head, own)
}

fn ids<'a, T>(items: &'a [T], id: impl Fn(&'a T) -> &'a String) -> Vec<&'a str> {
    items.iter().map(|item| id(item).as_str()).collect()
}

fn step(step: &Step) -> Json {
    let pause = |one: &Option<(String, String)>| {
        one.as_ref().map(|(clock, reason)| json!({ "clock": clock, "reason": reason }))
    };
    let start: Vec<Json> = (step.start.iter())
        .map(|one| json!({ "clock": one.clock, "as": one.instance, "on": one.on, "until": one.until }))
        .collect();
    json!({
        "name": step.name,
        "from": step.from,
        "to": step.to,
        "who": step.who,
        "count": step.count,
        "approve": step.approve,
        "form": step.form,
        "may": step.may,
        "evidence": step.evidence,
        "fresh": step.fresh,
        "gather": gather(&step.gather),
        "set": set(&step.set),
        "when": step.when.as_ref().map(formula),
        "within": step.within,
        "after": step.after,
        "closed": step.closed,
        "lapse": step.lapse,
        "start": start,
        "answer": step.answer,
        "stop": step.stop,
        "pause": pause(&step.pause),
        "resume": pause(&step.resume),
        "letters": step.letters,
        "notice": step.notice,
        "effects": step.effects.iter().map(effect).collect::<Vec<_>>(),
        "void": step.void,
    })
}

/// In the order in which they are worked out: a later one may read an earlier.
fn set(set: &[(String, Formula)]) -> Json {
    set.iter().map(|(field, value)| json!([field, formula(value)])).collect()
}

fn gather(gather: &[(String, Gather)]) -> Json {
    gather.iter().map(|(field, one)| json!([field, one.by, formula(&one.of)])).collect()
}

fn effect(effect: &Effect) -> Json {
    let what = match &effect.what {
        What::Record { of, set: fields } => json!({ "record": of, "set": set(fields) }),
        What::Correct { of, all, set: fields } => json!({ "correct": of, "all": all, "set": set(fields) }),
        What::Withdraw { of, all } => json!({ "withdraw": of, "all": all }),
        What::Open { family, step, set: fields } => {
            json!({ "open": family, "step": step, "set": set(fields) })
        }
    };
    json!({ "when": effect.when.as_ref().map(formula), "what": what })
}

pub(super) fn letter(letter: &LetterFile) -> Json {
    json!({
        "title": letter.title,
        "series": letter.series,
        "to": letter.to,
        "basis": letter.basis,
        "form": letter.form,
        "attachments": letter.attachments,
        "copies": letter.copies,
        "body": letter.body.replace("\r\n", "\n"),
    })
}
