//! Families: the versions of one procedure, of which one day chooses one.

use std::collections::{BTreeMap, BTreeSet};

use zhiheng_base::Diagnostic;

use super::super::definitions::{Raw, World, left_out};
use super::{step_nodes, unknown};
use crate::model::{Procedure, What};

/// Family → ids of its versions, those with errors included.
pub(super) struct Families(BTreeMap<String, Vec<String>>);

impl Families {
    pub(super) fn new(raws: &[Raw<'_>]) -> Families {
        let mut families: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for raw in raws {
            let family = raw.node.text("version_of").unwrap_or(&raw.id);
            families.entry(family.to_owned()).or_default().push(raw.id.clone());
        }
        Families(families)
    }

    /// The versions behind a family's name, or the procedure with this id alone.
    pub(super) fn versions(&self, name: &str) -> Option<Vec<&str>> {
        if let Some(versions) = self.0.get(name) {
            return Some(versions.iter().map(String::as_str).collect());
        }
        let id = self.0.values().flatten().find(|id| *id == name)?;
        Some(vec![id])
    }

    /// Names of families, for hints.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub(super) fn unknown(&self, name: &str) -> Diagnostic {
        unknown("family", name, self.names())
    }
}

/// Versions of a family: one for each day, chosen by one field.
pub(super) fn check(raws: &[Raw<'_>], world: &mut World<'_>, problems: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<&str, Vec<&Procedure>> = BTreeMap::new();
    let mut lost = BTreeSet::new();
    for raw in raws {
        let Some(one) = world.procedures.get(&raw.id) else { continue };
        for other in seen.get(one.family.as_str()).into_iter().flatten() {
            let (from, until) = (one.head.since.max(other.head.since), one.head.until);
            let ends = [until, other.head.until].into_iter().flatten().min();
            if one.within == other.within && ends.is_none_or(|end| from <= end) {
                let problem = raw.node.wrong("since", "ZH2940").arg("family", &one.family);
                problems.push(problem.arg("other", &other.head.id).arg("from", from));
                lost.insert(raw.id.clone());
            }
            if one.dated != other.dated {
                let key = if one.dated.is_some() { "dated" } else { "version_of" };
                let problem = raw.node.wrong(key, "ZH2941").arg("family", &one.family);
                problems.push(problem.arg("other", &other.head.id));
                lost.insert(raw.id.clone());
            }
        }
        seen.entry(&one.family).or_default().push(one);
    }
    for id in lost {
        world.procedures.remove(&id);
        world.broken.insert(id);
    }
}

/// Leaves out what opens or waits for procedures that are left out, until nothing changes.
pub(super) fn leave_out(
    raws: &[Raw<'_>],
    families: &Families,
    world: &mut World<'_>,
    problems: &mut Vec<Diagnostic>,
) {
    loop {
        let mut lost = Vec::new();
        for raw in raws {
            let Some(procedure) = world.procedures.get(&raw.id) else { continue };
            for (step, node) in procedure.steps.iter().zip(step_nodes(raw)) {
                let opened = step.effects.iter().filter_map(|effect| match &effect.what {
                    What::Open { family, .. } => Some(family),
                    _ => None,
                });
                let mut needed =
                    opened.chain(&step.closed).filter_map(|name| families.versions(name)).flatten();
                if let Some(because) = needed.find(|id| world.broken.contains(*id)) {
                    problems.push(left_out(&raw.id, because).at(node.place()));
                    lost.push(raw.id.clone());
                    break;
                }
            }
        }
        if lost.is_empty() {
            return;
        }
        for id in lost {
            world.procedures.remove(&id);
            world.broken.insert(id);
        }
    }
}
