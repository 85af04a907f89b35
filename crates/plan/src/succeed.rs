//! Targets of regions that changed in the middle of the year.
//!
//! A region that got a new name, rank or code passes its target on: the owner is whoever followed it. After a split, and
//! after a merger of two that both had one, somebody has to decide who carries what: that decision is a re-allocation
//! record, and without it the target hangs in the air.

use serde::{Deserialize, Serialize};
use zhiheng_base::exact::exact_add;
use zhiheng_base::region::SuccessionKind;
use zhiheng_base::{Date, Decimal, Diagnostic, RegionCode, Regions, Severity};

use std::collections::{BTreeMap, BTreeSet};

use crate::decompose::{Nature, Yardstick, about};
use crate::row::{FromRow, Row};
use crate::target::Target;

/// A decision on who carries the targets of a region that was split or merged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reallocation {
    /// Number of the decision.
    pub id: String,
    /// Numbers of the targets that end by it.
    pub from: Vec<String>,
    /// Numbers of the targets that take their place.
    pub to: Vec<String>,
    /// Why it was shared out so.
    pub reason: String,
    /// Day of the decision.
    pub decided_on: Date,
    /// Ledger entry.
    pub entry: u64,
}

impl FromRow for Reallocation {
    const OF: &'static str = "responsibility.reallocation";

    fn from_row(row: Row<'_>) -> Result<Reallocation, Diagnostic> {
        Ok(Reallocation {
            id: row.text("number")?,
            from: row.texts("from_targets")?,
            to: row.texts("to_targets")?,
            reason: row.text("reason")?,
            decided_on: row.date("decided_on")?,
            entry: row.entry,
        })
    }
}

/// A target whose region is no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    /// Number of the target.
    pub target: String,
    /// Region that it was given to.
    pub from: RegionCode,
    /// Region that owns it now; `None` while a re-allocation is missing or made new targets.
    pub to: Option<RegionCode>,
    /// Re-allocation that ended it.
    pub by: Option<String>,
}

/// Who owns the targets of ended regions on `on`; problems where a decision is missing or does not add up.
pub fn succeed(
    targets: &[Target],
    reallocations: &[Reallocation],
    yardsticks: &BTreeMap<String, Yardstick>,
    regions: &Regions,
    on: Date,
) -> (Vec<Passed>, Vec<Diagnostic>) {
    let by_id: BTreeMap<&str, &Target> = targets.iter().map(|target| (target.id.as_str(), target)).collect();
    let decided: Vec<&Reallocation> =
        reallocations.iter().filter(|decision| decision.decided_on <= on).collect();
    let mut ended_by: BTreeMap<&str, &Reallocation> = BTreeMap::new();
    for &decision in &decided {
        ended_by.extend(decision.from.iter().map(|id| (id.as_str(), decision)));
    }
    let new: BTreeSet<&str> = decided.iter().flat_map(|decision| &decision.to).map(String::as_str).collect();
    let mut problems: Vec<Diagnostic> =
        decided.iter().flat_map(|decision| sound(decision, &by_id, yardsticks, regions, on)).collect();
    // Who owns what after all changes of codes: to see where two targets fell together.
    let owner = |target: &Target| {
        let code = target.region;
        let known = regions.get(code);
        if known.is_some_and(|version| version.valid_to.is_none_or(|to| on < to)) {
            return Some(code);
        }
        // A township that the table does not know stays what it is unless a region above it changed.
        let followed = |region: RegionCode| {
            let steps = regions.successors(region).iter();
            steps
                .filter(|step| step.date <= on && step.to != region)
                .any(|step| step.kind != SuccessionKind::Transfer)
        };
        let changed = std::iter::once(code).chain(code.ancestors()).any(followed);
        if known.is_some() || changed { regions.successor(code, on) } else { Some(code) }
    };
    let mut passed = Vec::new();
    let mut carried: BTreeMap<(&str, Option<&str>, RegionCode), Vec<&Target>> = BTreeMap::new();
    for target in targets {
        if let Some(decision) = ended_by.get(target.id.as_str()) {
            let by = Some(decision.id.clone());
            passed.push(Passed { target: target.id.clone(), from: target.region, to: None, by });
            continue;
        }
        let Some(region) = owner(target) else {
            passed.push(Passed { target: target.id.clone(), from: target.region, to: None, by: None });
            problems.push(about("ZH8525", target).arg("region", target.region).arg("day", on));
            continue;
        };
        if region != target.region {
            let to = Some(region);
            passed.push(Passed { target: target.id.clone(), from: target.region, to, by: None });
        }
        let key = (target.indicator.as_str(), target.unit.as_deref(), region);
        carried.entry(key).or_default().push(target);
    }
    for ((_, _, region), together) in carried {
        for (place, target) in together.iter().enumerate() {
            let moved = target.region != region;
            let earlier = together.iter().take(place);
            // Two targets that were one region's from the start are for `decompose` to tell.
            let clash = earlier.filter(|other| moved || other.region != region);
            let clash = clash
                .filter(|other| other.period.overlaps(target.period) && other.parent == target.parent)
                .find(|other| !(new.contains(other.id.as_str()) && new.contains(target.id.as_str())));
            if let Some(other) = clash {
                problems.push(about("ZH8526", target).arg("other", &other.id).arg("region", region));
            }
        }
    }
    (passed, problems)
}

/// Whether a decision names targets that exist, in places that followed, and loses nothing that adds up.
fn sound(
    decision: &Reallocation,
    by_id: &BTreeMap<&str, &Target>,
    yardsticks: &BTreeMap<String, Yardstick>,
    regions: &Regions,
    on: Date,
) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let problem = |code: &'static str| {
        Diagnostic::error(code)
            .arg("number", &decision.id)
            .at(zhiheng_base::Place::Entry(decision.entry))
            .rule(Reallocation::OF)
    };
    let mut known = |ids: &[String]| -> Vec<&Target> {
        let mut found = Vec::new();
        for id in ids {
            match by_id.get(id.as_str()) {
                Some(target) => found.push(*target),
                None => problems.push(problem("ZH8527").arg("target", id)),
            }
        }
        found
    };
    let (from, to) = (known(&decision.from), known(&decision.to));
    let (Some(first), false) = (from.first(), to.is_empty()) else {
        problems.push(problem("ZH8508"));
        return problems;
    };
    let heirs: BTreeSet<RegionCode> = from
        .iter()
        .flat_map(|target| {
            let steps = regions.successors(target.region).iter().filter(|step| step.date <= on);
            steps.map(|step| step.to).chain(regions.successor(target.region, on))
        })
        .collect();
    for target in &to {
        if !heirs.contains(&target.region) && !from.iter().any(|old| old.region == target.region) {
            problems.push(problem("ZH8529").arg("target", &target.id).arg("region", target.region));
        }
    }
    let yardstick = yardsticks.get(&first.indicator);
    let same = from.iter().chain(&to).all(|target| target.indicator == first.indicator);
    if let Some(yardstick) = yardstick.filter(|yardstick| same && yardstick.nature == Nature::Adds) {
        let sum = |targets: &[&Target]| -> Option<Decimal> {
            let values =
                targets.iter().map(|target| target.course.on(target.period.last_day(), target.period));
            values.into_iter().try_fold(Decimal::ZERO, |sum, value| exact_add(sum, value?))
        };
        if let (Some(old), Some(new)) = (sum(&from), sum(&to))
            && yardstick.short(old, new).is_none_or(|short| short > Decimal::ZERO)
        {
            // The decision gives its reason: it is listed, not refused.
            let mut listed = problem("ZH8528").arg("old", old.normalize()).arg("new", new.normalize());
            listed.severity = Severity::Warning;
            problems.push(listed.arg("reason", &decision.reason));
        }
    }
    problems
}
