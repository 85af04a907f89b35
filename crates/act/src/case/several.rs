//! What several persons take, each alone: who has taken part, who must keep apart, and how their figures become one.

use std::ops::Range;

use serde_json::{Map, Value as Json};
use zhiheng_base::exact::exact_add;
use zhiheng_base::{Decimal, Diagnostic, Rate, Rounding};
use zhiheng_catalog::Value;
use zhiheng_catalog::model::{Field, FieldType, GatherBy, Procedure, Role, Step};

use super::event::{Actor, Event, Kind};
use super::fold::Case;

/// Decimals of money.
const MONEY: u32 = 2;

/// Whether one person stands behind both, himself or through a deputy.
fn is_same(one: &Actor, other: &Actor) -> bool {
    one.persons().any(|person| other.persons().any(|another| another == person))
}

/// Whether the role is kept from this person: he took, or proposed, a step from which it keeps apart.
///
/// Errors: ZH8235, with the step.
pub(crate) fn apart(case: &Case, role: &Role, actor: &Actor) -> Result<(), Diagnostic> {
    let acted = |event: &&Event| {
        matches!(event.kind, Kind::Step | Kind::Part | Kind::Propose) && role.apart.contains(&event.step)
    };
    let mut events = case.events.iter().map(|(_, event)| event).filter(acted);
    match events.find(|event| event.actor.as_ref().is_some_and(|other| is_same(actor, other))) {
        Some(event) => {
            let problem = Diagnostic::error("ZH8235").arg("account", &actor.account);
            Err(problem.arg("role", &role.id).arg("step", &event.step))
        }
        None => Ok(()),
    }
}

/// Those who have taken a step that asks for more of them, since the case came into its state; without those who have had to
/// keep apart since.
pub(crate) fn parts<'c>(procedure: &Procedure, case: &'c Case, step: &Step) -> Vec<&'c Event> {
    let events = case.events.iter().map(|(_, event)| event);
    let last = events.clone().rposition(|event| {
        event.takes_effect() && (event.step == step.id || event.from.as_ref() != Some(&event.to))
    });
    let stands = |event: &&Event| {
        let role = event.actor.as_ref().and_then(|actor| procedure.role(&actor.role).zip(Some(actor)));
        event.kind == Kind::Part
            && event.step == step.id
            && role.is_some_and(|(role, actor)| apart(case, role, actor).is_ok())
    };
    events.skip(last.map_or(0, |at| at + 1)).filter(stands).collect()
}

/// The forms of those who have taken the step before `actor`.
///
/// Errors: ZH8234 if he is one of them.
pub(crate) fn others(
    procedure: &Procedure,
    case: &Case,
    step: &Step,
    actor: &Actor,
) -> Result<Vec<Map<String, Json>>, Diagnostic> {
    let parts = parts(procedure, case, step);
    match parts.iter().find_map(|event| event.actor.as_ref().filter(|other| is_same(actor, other))) {
        Some(other) => {
            let problem = Diagnostic::error("ZH8234").arg("account", &actor.account);
            Err(problem.arg("other", &other.account).arg("step", &step.id))
        }
        None => Ok(parts.into_iter().map(|event| event.form.clone()).collect()),
    }
}

/// One figure out of several, rounded to the field's decimals by GB/T 8170; null if one of them is missing.
pub(crate) fn joined(field: &Field, by: GatherBy, values: &[Value]) -> Value {
    let figures: Option<Vec<Decimal>> = values.iter().map(Value::to_decimal).collect();
    let Some(mut figures) = figures else { return Value::Null };
    figures.sort_unstable();
    let n = figures.len();
    // The middle one, or the two beside the middle.
    let middle = n.saturating_sub(1) / 2..n / 2 + 1;
    let scale = match &field.kind {
        FieldType::Decimal { scale, .. } => *scale,
        FieldType::Integer { .. } => 0,
        _ => MONEY,
    };
    let part = |range: Range<usize>| figures.get(range).unwrap_or_default();
    let figure = match by {
        GatherBy::Mean => mean(&figures, scale),
        GatherBy::MeanWithoutExtremes => mean(part(1..n.saturating_sub(1)), scale),
        GatherBy::Median => mean(part(middle), scale),
        GatherBy::Sum => sum(&figures),
        GatherBy::Least => figures.first().copied(),
        GatherBy::Greatest => figures.last().copied(),
    };
    let figure = figure.map(|figure| Rounding::Gbt8170.round(figure, scale));
    match (&field.kind, figure) {
        (_, None) => Value::Null,
        (FieldType::Integer { .. }, Some(figure)) => {
            i64::try_from(figure).map_or(Value::Null, Value::Integer)
        }
        (_, Some(figure)) => Value::Decimal(figure),
    }
}

/// `None` beyond what an exact number holds.
fn sum(figures: &[Decimal]) -> Option<Decimal> {
    figures.iter().try_fold(Decimal::ZERO, |sum, figure| exact_add(sum, *figure))
}

/// Rounded once, from the exact quotient; `None` of nothing.
fn mean(figures: &[Decimal], scale: u32) -> Option<Decimal> {
    Rate::new(sum(figures)?, Decimal::from(figures.len())).value(scale, Rounding::Gbt8170)
}

#[cfg(test)]
mod tests;
