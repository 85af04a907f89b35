//! Facts of a clock made ready for reckoning: the start that holds, and pauses put together.

use std::collections::BTreeSet;

use zhiheng_base::{Date, Diagnostic};
use zhiheng_catalog::model::clock::{Clock, Facts, Moment, Pause};

use super::calendar::{index, plus_days};

/// The start that holds: the latest restart, or the start. ZH8125 for a restart before the start.
pub(crate) fn holding(facts: &Facts) -> Result<Moment, Diagnostic> {
    if let Some(early) = facts.restarts.iter().find(|restart| restart.date() < facts.start.date()) {
        let problem = Diagnostic::error("ZH8125").arg("restart", early.date());
        return Err(problem.arg("start", facts.start.date()));
    }
    let order = |moment: &Moment| match moment {
        Moment::Day(day) => (*day, None),
        Moment::At(instant) => (moment.date(), Some(*instant)),
    };
    let latest = facts.restarts.iter().copied().max_by_key(order);
    Ok(latest.unwrap_or(facts.start))
}

/// Pauses put together: in order, apart from each other by at least a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stop {
    pub(crate) first: Date,
    /// `None` while it lasts.
    pub(crate) last: Option<Date>,
    /// Each once, in order of text.
    pub(crate) reasons: BTreeSet<String>,
}

/// The pauses that stop a clock, put together, with warnings for those that do not (ZH8126).
///
/// Errors: ZH8120 for a pause that ends before it begins, ZH8122 for days outside 1900–2200.
pub(crate) fn stops(
    clock: &Clock,
    pauses: &[Pause],
    remarks: &mut Vec<Diagnostic>,
) -> Result<Vec<Stop>, Diagnostic> {
    let (mut found, mut ignored) = (Vec::new(), BTreeSet::new());
    for pause in pauses {
        if let Some(to) = pause.to.filter(|to| *to < pause.from) {
            return Err(Diagnostic::error("ZH8120").arg("from", pause.from).arg("to", to));
        }
        in_range(pause.from)?;
        in_range(pause.to.unwrap_or(pause.from))?;
        if clock.pauses.contains(&pause.reason) {
            found.push(pause);
        } else if ignored.insert(&pause.reason) {
            remarks.push(Diagnostic::warning("ZH8126").arg("reason", &pause.reason).arg("id", &clock.id));
        }
    }
    found.sort_by_key(|pause| pause.from);
    let mut stops: Vec<Stop> = Vec::new();
    for pause in found {
        match stops.last_mut() {
            Some(stop)
                if stop.last.is_none_or(|last| plus_days(last, 1).is_none_or(|next| pause.from <= next)) =>
            {
                stop.last = stop.last.zip(pause.to).map(|(last, to)| last.max(to));
                stop.reasons.insert(pause.reason.clone());
            }
            _ => stops.push(Stop {
                first: pause.from,
                last: pause.to,
                reasons: BTreeSet::from([pause.reason.clone()]),
            }),
        }
    }
    Ok(stops)
}

/// ZH8122 for days outside 1900–2200.
pub(crate) fn in_range(day: Date) -> Result<(), Diagnostic> {
    match index(day) {
        Some(_) => Ok(()),
        None => Err(Diagnostic::error("ZH8122").arg("date", day)),
    }
}
