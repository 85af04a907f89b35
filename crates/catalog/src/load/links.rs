//! Links between indicators: no circles, and nothing that rests on a definition with errors.

use zhiheng_base::Diagnostic;

use super::definitions::{World, left_out};
use crate::model::IndicatorKind;

/// The record type at the bottom of an indicator, if there is one.
pub(super) fn record_of<'w>(kind: &'w IndicatorKind, world: &'w World<'_>) -> Option<&'w str> {
    match kind.over() {
        Some(over) => Some(&over.record),
        None => kind.inputs().first().and_then(|id| record_of_id(id, world)),
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
            "index" | "small-area" | "spc" | "signal" => {
                let columns = node.sub("columns")?;
                columns
                    .entries()
                    .into_iter()
                    .find_map(|(name, ..)| columns.text(name).or_else(|| columns.sub(name)?.text("of")))?
            }
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
            let key =
                ["formula", "of", "follows", "columns"].into_iter().find(|key| node.value(key).is_some());
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
                let because = indicator.kind.inputs().into_iter().find(|of| world.broken.contains(*of))?;
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
        for next in indicator.kind.inputs() {
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
