//! The canonical forms of procedures and letters.

use serde_json::{Map, Value as Json, json};

use super::{by_key, field, formula, with_head};
use crate::Formula;
use crate::model::{
    Effect, Field, FigureField, FigureFrom, FigureWhen, Gather, LetterFile, Procedure, SchemeName, Step, What,
};

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
        "fields": by_key(&procedure.fields, |one| sheet_field(procedure, one)),
        "states": states,
        "step": by_key(&procedure.steps, |one| (one.id.clone(), step(one))),
        "order": order,
    });
    with_head(&procedure.head, own)
}

/// A field of the sheet, with where it is known from if nobody types it.
fn sheet_field(procedure: &Procedure, one: &Field) -> (String, Json) {
    let (id, mut form) = field(one);
    if let (Some(figure), Some(form)) = (procedure.figure(&id), form.as_object_mut()) {
        form.insert("from".to_owned(), from(figure));
    }
    (id, form)
}

fn from(figure: &FigureField) -> Json {
    let optional = |one: &Option<Formula>| one.as_ref().map(formula);
    let when = |when: &FigureWhen| match when {
        FigureWhen::Period(period) => json!({ "period": formula(period) }),
        FigureWhen::Days(first, last) => json!({ "first": formula(first), "last": formula(last) }),
    };
    let named = |all: &[(String, Formula)]| -> Json {
        let each = all.iter().map(|(name, value)| (name.clone(), Json::String(formula(value))));
        each.collect::<Map<String, Json>>().into()
    };
    let of = match &figure.from {
        FigureFrom::Measure { indicator, region, when: at, cuts } => {
            json!({ "measure": indicator, "region": optional(region), "when": when(at), "cuts": named(cuts) })
        }
        FigureFrom::Scheme { scheme, region, when: at, within } => {
            let (SchemeName::Id(name) | SchemeName::Field(name)) = scheme;
            json!({ "scheme": name, "region": optional(region), "when": when(at), "within": optional(within) })
        }
        FigureFrom::Record { of, find, field } => {
            json!({ "record": of, "find": named(find), "field": field })
        }
        FigureFrom::Disclosure { tables, least, most_share } => {
            json!({ "disclosure": tables, "least": formula(least), "most_share": optional(most_share) })
        }
    };
    json!({ "of": of, "what": figure.part.word(), "may_differ": figure.may_differ })
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
