//! Further draws for units that fell out, and drawing a whole log again.

use std::collections::{BTreeMap, BTreeSet};

use zhiheng_base::Diagnostic;
use zhiheng_methods::random::Stream;

use super::{FORMAT, FURTHER, Log, Method, Redraw, Request, Unit, draw, population_hash, strata};

/// The log with one further draw: `out` fell out, for a reason that will be read in public.
///
/// # Errors
///
/// ZH8566 if `units` are not the population of the log, ZH8564 if `out` was not drawn or fell out before, ZH8565 without a
/// reason, ZH8570 if its stratum has no unit left.
pub fn redraw(log: &Log, units: &[Unit], out: &str, reason: &str) -> Result<Log, Diagnostic> {
    if population_hash(units) != log.population {
        return Err(Diagnostic::error("ZH8566").arg("number", &log.number));
    }
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Diagnostic::error("ZH8565").arg("id", out));
    }
    let drawn: BTreeSet<&str> = log
        .picks
        .iter()
        .map(|pick| pick.id.as_str())
        .chain(log.redraws.iter().map(|redraw| redraw.id.as_str()))
        .collect();
    let gone = log.redraws.iter().any(|redraw| redraw.out == out);
    let unit = units.iter().find(|unit| unit.id == out).filter(|_| drawn.contains(out) && !gone);
    let (Some(unit), Ok(seed)) = (unit, log.seed.parse::<u64>()) else {
        return Err(Diagnostic::error("ZH8564").arg("id", out));
    };
    let order = log.redraws.len() as u64 + 1;
    let stratum = strata(units).into_iter().find(|(name, _)| *name == unit.stratum);
    let left: Vec<(u64, &Unit)> = (1..)
        .zip(stratum.map_or(&[][..], |(_, units)| units))
        .filter(|(_, unit)| !drawn.contains(unit.id.as_str()))
        .collect();
    let weight = |unit: &Unit| if log.method == Method::Weighted { unit.weight } else { 1 };
    let total: u64 = left.iter().map(|(_, unit)| weight(unit)).sum();
    if total == 0 {
        return Err(Diagnostic::error("ZH8570").arg("stratum", &unit.stratum).arg("id", out));
    }
    let mut point = Stream::new(seed, FURTHER + order).below(total);
    let mut picked = None;
    for (place, unit) in left {
        if point < weight(unit) {
            picked = Some((place, unit));
            break;
        }
        point -= weight(unit);
    }
    let Some((place, next)) = picked else {
        return Err(Diagnostic::error("ZH8570").arg("stratum", &unit.stratum).arg("id", out));
    };
    let mut log = log.clone();
    let (out, reason) = (out.to_owned(), reason.to_owned());
    log.redraws.push(Redraw { order, out, reason, id: next.id.clone(), place });
    Ok(log)
}

/// Draws a published log again from its population. Whatever differs is told: ZH8566 another population, ZH8571 other
/// rules or a seed that is none, ZH8572 another pick.
pub fn verify(log: &Log, units: &[Unit]) -> Vec<Diagnostic> {
    if population_hash(units) != log.population {
        return vec![Diagnostic::error("ZH8566").arg("number", &log.number)];
    }
    let (FORMAT, Ok(seed)) = (log.format.as_str(), log.seed.parse::<u64>()) else {
        let unknown = Diagnostic::error("ZH8571").arg("format", &log.format).arg("seed", &log.seed);
        return vec![unknown];
    };
    let sizes: BTreeMap<String, u64> =
        log.strata.iter().map(|stratum| (stratum.stratum.clone(), stratum.drawn)).collect();
    let request = Request {
        number: log.number.clone(),
        seed,
        seed_from: log.seed_from.clone(),
        method: log.method,
        sizes,
    };
    let mut again = match draw(&request, units) {
        Ok(again) => again,
        Err(problems) => return problems,
    };
    let differs = |order: u64, said: &str, is: &str| {
        let problem = Diagnostic::error("ZH8572").arg("number", &log.number).arg("order", order);
        problem.arg("said", said).arg("is", is)
    };
    let longest = again.picks.len().max(log.picks.len());
    for at in 0..longest {
        let (said, is) = (log.picks.get(at), again.picks.get(at));
        if said != is {
            let id = |pick: Option<&super::Pick>| pick.map_or("—".to_owned(), |pick| pick.id.clone());
            return vec![differs(at as u64 + 1, &id(said), &id(is))];
        }
    }
    if again.strata != log.strata {
        return vec![differs(0, "—", "—")];
    }
    for redrawn in &log.redraws {
        match redraw(&again, units, &redrawn.out, &redrawn.reason) {
            Ok(next) if next.redraws.last() == Some(redrawn) => again = next,
            Ok(next) => {
                let is = next.redraws.last().map_or("—", |redrawn| redrawn.id.as_str());
                return vec![differs(redrawn.order, &redrawn.id, is)];
            }
            Err(problem) => return vec![problem],
        }
    }
    Vec::new()
}
