//! Whether targets form a tree, and whether each part can be a part of its whole at all.

use std::collections::{BTreeMap, BTreeSet};

use zhiheng_base::{Diagnostic, Level, RegionCode, Regions, Severity};

use super::{Yardstick, about};
use crate::target::Target;

/// Unknown parents and indicators, and loops.
pub(super) fn structure(targets: &[Target], yardsticks: &BTreeMap<String, Yardstick>) -> Vec<Diagnostic> {
    let by_id: BTreeMap<&str, &Target> = targets.iter().map(|target| (target.id.as_str(), target)).collect();
    let mut problems = Vec::new();
    let mut settled: BTreeSet<&str> = BTreeSet::new();
    for target in targets {
        if !yardsticks.contains_key(&target.indicator) {
            problems.push(about("ZH8509", target).arg("indicator", &target.indicator));
        }
        if let Some(parent) = target.parent.as_deref().filter(|parent| !by_id.contains_key(parent)) {
            problems.push(about("ZH8510", target).arg("parent", parent));
        }
        // Up until the way ends, meets one already walked, or comes back to itself.
        let (mut way, mut on_way) = (Vec::new(), BTreeSet::new());
        let mut next = Some(target);
        while let Some(here) = next {
            if settled.contains(here.id.as_str()) {
                break;
            }
            if !on_way.insert(here.id.as_str()) {
                let start = way.iter().position(|id| *id == here.id).unwrap_or(0);
                problems.push(about("ZH8511", here).arg("loop", first(&way[start..], " → ")));
                break;
            }
            way.push(here.id.as_str());
            next = here.parent.as_deref().and_then(|parent| by_id.get(parent).copied());
        }
        settled.extend(way);
    }
    problems
}

/// The parts that can be compared with `whole`; the others are told, unless a reason is stated why they differ.
pub(super) fn parts<'t>(
    whole: &Target,
    parts: &[&'t Target],
    regions: &Regions,
    problems: &mut Vec<Diagnostic>,
) -> Vec<&'t Target> {
    let mut fitting: Vec<&Target> = Vec::new();
    for &part in parts {
        let problem = |code| about(code, part).arg("parent", &whole.id);
        let wrong = if part.indicator != whole.indicator {
            Some(problem("ZH8514").arg("indicator", &part.indicator).arg("wanted", &whole.indicator))
        } else if !inside(whole.region, part.region, regions) {
            Some(problem("ZH8515").arg("region", part.region).arg("wanted", whole.region))
        } else if !whole.period.covers(part.period) {
            Some(problem("ZH8516").arg("period", part.period).arg("wanted", whole.period))
        } else {
            None
        };
        match wrong {
            None => fitting.push(part),
            Some(mut problem) => {
                // A part that measures something else on purpose is listed and left out of the comparison.
                if part.exception.is_some() {
                    problem.severity = Severity::Note;
                }
                problems.push(problem);
            }
        }
    }
    twice(&fitting, problems);
    uncovered(whole, &fitting, regions, problems);
    fitting
}

/// Whether `part` lies in `whole`, by the code or by what its code became.
fn inside(whole: RegionCode, part: RegionCode, regions: &Regions) -> bool {
    whole.contains(part) || regions.as_now(whole).contains(regions.as_now(part))
}

/// Two parts of one owner for the same days would count twice; so would a region beside a region that holds it.
fn twice(parts: &[&Target], problems: &mut Vec<Diagnostic>) {
    let mut sorted: Vec<&Target> = parts.to_vec();
    sorted.sort_by(|a, b| (&a.unit, a.region, a.period.start()).cmp(&(&b.unit, b.region, b.period.start())));
    // In order of codes a region stands before all that it holds, so only the chain above need be looked at.
    let mut open: Vec<&Target> = Vec::new();
    for part in sorted {
        open.retain(|other| other.unit == part.unit && other.region.contains(part.region));
        if let Some(other) = open.iter().find(|other| other.period.overlaps(part.period)) {
            problems.push(about("ZH8518", part).arg("other", &other.id).arg("region", part.region));
        } else {
            open.push(part);
        }
    }
}

/// Places of the level below without a target of their own: nobody is responsible for them.
fn uncovered(whole: &Target, parts: &[&Target], regions: &Regions, problems: &mut Vec<Diagnostic>) {
    let mut levels: Vec<Level> = parts.iter().map(|part| part.region.level()).collect();
    levels.dedup();
    let [level] = levels[..] else { return };
    if Some(level) != whole.region.level().below() || parts.iter().any(|part| part.unit.is_some()) {
        return;
    }
    let covered: BTreeSet<RegionCode> = parts.iter().map(|part| regions.as_now(part.region)).collect();
    let places = regions.descendants(whole.region, level);
    let without: Vec<String> = places
        .iter()
        .filter(|place| !covered.contains(&place.code))
        .map(|place| place.code.to_string())
        .collect();
    if !without.is_empty() {
        let shown: Vec<&str> = without.iter().map(String::as_str).collect();
        let mut note = about("ZH8524", whole).arg("n", without.len()).arg("places", first(&shown, " "));
        note.severity = Severity::Note;
        problems.push(note);
    }
}

fn first(items: &[&str], between: &str) -> String {
    let more = if items.len() > 10 { " …" } else { "" };
    let shown: Vec<&str> = items.iter().take(10).copied().collect();
    format!("{}{more}", shown.join(between))
}
