//! What the level above says to a return. Which steps there are, in which state, with which fields, is the procedure's.

use zhiheng_act::case::Act;
use zhiheng_base::Diagnostic;
use zhiheng_catalog::Catalog;
use zhiheng_catalog::model::{Procedure, Step};
use zhiheng_record::Provenance;

use super::{PROCEDURE, Place};
use crate::acts::Acting;
use crate::desk::{Desk, Moment};
use crate::trouble::Trouble;

/// A decision that is asked for.
#[derive(Clone, Debug)]
pub struct Decision<'a> {
    /// Step.
    pub step: &'a str,
    /// Fields and what was typed; empty ones are left out.
    pub form: Vec<(String, String)>,
    /// Account.
    pub account: String,
    /// Name of the act, under which it is taken once.
    pub id: Option<String>,
    /// The newest event that whoever decides has seen; the present one if not given.
    pub expect: Option<u64>,
}

/// The procedure of returns.
///
/// Errors: ZH8201 the catalog has none.
pub fn procedure(catalog: &Catalog) -> Result<&Procedure, Diagnostic> {
    let known = &catalog.procedures;
    known.get(PROCEDURE).ok_or_else(|| {
        let all: Vec<&str> = known.keys().map(String::as_str).collect();
        Diagnostic::error("ZH8201").arg("id", PROCEDURE).arg("all", all.join(", "))
    })
}

/// Whether a step belongs to whoever hands in: its roles open returns.
fn is_reporters(procedure: &Procedure, step: &Step) -> bool {
    procedure.openings().any(|opening| opening.who.iter().any(|role| step.who.contains(role)))
}

/// Whether a step decides on a return: it follows another, and is not of whoever hands in.
fn is_decision(procedure: &Procedure, step: &Step) -> bool {
    !step.from.is_empty() && !is_reporters(procedure, step)
}

/// The steps that decide on a return in `state`, in the order of the procedure.
pub fn decisions<'c>(procedure: &'c Procedure, state: &str) -> impl Iterator<Item = &'c Step> {
    let state = state.to_owned();
    let of = move |step: &&Step| is_decision(procedure, step) && step.from.contains(&state);
    procedure.steps.iter().filter(of)
}

/// Whether a step is a decision after which whoever handed in has to act.
pub fn gives_back(procedure: &Procedure, step: &Step) -> bool {
    let waits = |state: &String| {
        procedure.steps.iter().any(|next| next.from.contains(state) && is_reporters(procedure, next))
    };
    is_decision(procedure, step) && step.to.as_ref().is_some_and(waits)
}

/// Takes a decision.
///
/// Errors: ZH8203 the procedure has no such decision, and what the form's fields, the procedure and the ledger say.
pub async fn decide(
    desk: &Desk,
    moment: Moment,
    place: &Place,
    decision: Decision<'_>,
) -> Result<(), Trouble> {
    let procedure = procedure(&desk.catalog)?;
    let step = procedure.step(decision.step).filter(|step| is_decision(procedure, step));
    let step = step
        .ok_or_else(|| Diagnostic::error("ZH8203").arg("step", decision.step).arg("procedure", PROCEDURE))?;
    let form = decision.form.into_iter().map(|(field, text)| (field, text.trim().to_owned()));
    let acting = Acting {
        account: decision.account,
        on: moment.today,
        form: form.filter(|(_, text)| !text.is_empty()).collect(),
        id: decision.id,
        expect: decision.expect.or(Some(place.head)),
        provenance: Provenance::Reported,
        ..Acting::default()
    };
    desk.act(moment, &place.case, Act::Step(step.id.clone()), &acting).await.map(drop)
}
