//! Links between indicators: no circles, and nothing that rests on a definition with errors.

use zhiheng_base::Diagnostic;

use super::definitions::{World, left_out};
use crate::model::IndicatorKind;

/// Indicators that an indicator is computed from.
pub(crate) fn rests_on(kind: &IndicatorKind) -> Vec<&str> {
    match kind {
        IndicatorKind::Comparable(comparable) => vec![&comparable.follows],
        IndicatorKind::Change { of, .. } => vec![of],
        IndicatorKind::Derived { of, .. } => of.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

/// The record type at the bottom of an indicator, if there is one.
pub(super) fn record_of<'w>(kind: &'w IndicatorKind, world: &'w World<'_>) -> Option<&'w str> {
    match kind {
        IndicatorKind::Count(over) | IndicatorKind::Register(over) => Some(&over.record),
        IndicatorKind::Sum { over, .. }
        | IndicatorKind::Mean { over, .. }
        | IndicatorKind::Ratio { over, .. }
        | IndicatorKind::Proportion { over, .. }
        | IndicatorKind::Reported { over, .. } => Some(&over.record),
        _ => rests_on(kind).first().and_then(|id| record_of_id(id, world)),
    }
}

/// The same by id, over definitions as written: what an indicator rests on may not have been read yet.
fn record_of_id<'w>(id: &'w str, world: &'w World<'_>) -> Option<&'w str> {
    let mut id = id;
    // Long enough for any honest chain, and an end for circles.
    for _ in 0..64 {
        let node = world.raws.get(id)?.node;
        id = match node.text("kind")? {
            "comparable" => node.text("follows")?,
            "change" => node.text("of")?,
            "derived" => return None,
            _ => return node.text("of"),
        };
    }
    None
}

/// Reports circles, and leaves out whatever rests on something left out.
pub(super) fn check(world: &mut World<'_>, problems: &mut Vec<Diagnostic>) {
    let ids: Vec<String> = world.indicators.keys().cloned().collect();
    for id in &ids {
        if let Some(path) = circle(id, world) {
            let node = &world.raws[id].node;
            let key = ["formula", "of", "follows"].into_iter().find(|key| node.value(key).is_some());
            let diagnostic = Diagnostic::error("ZH2308").arg("id", id).arg("path", path.join(" → "));
            problems.push(diagnostic.at(node.at(key.unwrap_or("kind"))));
            world.broken.insert(id.clone());
        }
    }
    loop {
        let lost: Vec<(String, String)> = world
            .indicators
            .iter()
            .filter_map(|(id, indicator)| {
                let because = rests_on(&indicator.kind).into_iter().find(|of| world.broken.contains(*of))?;
                Some((id.clone(), because.to_owned()))
            })
            .collect();
        let broken = world.broken.clone();
        world.indicators.retain(|id, _| !broken.contains(id));
        if lost.is_empty() {
            return;
        }
        for (id, because) in lost {
            if world.broken.insert(id.clone()) {
                problems.push(left_out(&id, &because).at(world.raws[&id].node.place()));
            }
            world.indicators.remove(&id);
        }
    }
}

/// The way from `start` back to itself, if there is one.
fn circle(start: &str, world: &World<'_>) -> Option<Vec<String>> {
    let mut seen: Vec<&str> = Vec::new();
    let mut stack: Vec<(&str, Vec<String>)> = vec![(start, vec![start.to_owned()])];
    while let Some((id, path)) = stack.pop() {
        let Some(indicator) = world.indicators.get(id) else { continue };
        for next in rests_on(&indicator.kind) {
            let mut path = path.clone();
            path.push(next.to_owned());
            if next == start {
                return Some(path);
            }
            if !seen.contains(&next) {
                seen.push(next);
                stack.push((next, path));
            }
        }
    }
    None
}
