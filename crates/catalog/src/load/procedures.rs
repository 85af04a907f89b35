//! Procedures: states, steps and what follows, with every name in them checked. A procedure with a slip is left out
//! whole: half a procedure would let a case run into a wall.
//!
//! Procedures open one another, so their sheets and steps are read first ([`sheet`], [`steps`]), and what refers to
//! other procedures when all are there ([`effects`], [`families`]), with the figures that steps work out ([`worked`]).

use std::collections::BTreeMap;

use zhiheng_base::Diagnostic;

use super::definitions::{Kind, Raw, World, failed};
use super::keys;
use super::node::Node;
use crate::model::Procedure;
use crate::suggest::{listed, nearest};

mod effects;
mod examples;
mod families;
mod figures;
mod letters;
mod sheet;
mod steps;
mod ways;
mod worked;

/// Reads all procedures.
pub(super) fn read(world: &mut World<'_>, problems: &mut Vec<Diagnostic>) {
    let mut drafts: BTreeMap<String, Procedure> = BTreeMap::new();
    let raws = world.of_kind(Kind::Procedure);
    for raw in &raws {
        let good = raw.node.check(&keys::PROCEDURE, &format!("procedure {}", raw.id), problems);
        let before = problems.len();
        let draft = if good { sheet::read(raw, world, problems) } else { None };
        match draft {
            Some(draft) if !failed(&problems[before..]) && !world.broken.contains(&raw.id) => {
                drafts.insert(raw.id.clone(), draft);
            }
            _ => {
                world.broken.insert(raw.id.clone());
            }
        }
    }
    let families = families::Families::new(&raws);
    let mut whole = BTreeMap::new();
    for raw in raws.iter().filter(|raw| drafts.contains_key(&raw.id)) {
        let before = problems.len();
        let effects = effects::read(raw, &drafts, &families, world, problems);
        let own = worked::read(raw, &drafts[&raw.id], world, problems);
        letters::check(raw, &drafts[&raw.id], world, problems);
        let examples = examples::read(raw, &drafts[&raw.id], &families, world, problems);
        if failed(&problems[before..]) {
            world.broken.insert(raw.id.clone());
            continue;
        }
        let mut procedure = drafts[&raw.id].clone();
        for ((step, effects), (gather, set)) in procedure.steps.iter_mut().zip(effects).zip(own) {
            step.effects = effects;
            step.gather = gather;
            step.set = set;
        }
        procedure.examples = examples;
        whole.insert(raw.id.clone(), procedure);
    }
    world.procedures = whole;
    families::check(&raws, world, problems);
    families::leave_out(&raws, &families, world, problems);
}

/// What is not there, by the word for its kind: `state`, `role`, `clock`, `instance`, `family`, `letter`.
fn unknown<'k>(what: &str, id: &str, known: impl IntoIterator<Item = &'k str>) -> Diagnostic {
    let known: Vec<&str> = known.into_iter().collect();
    let near = nearest(id, known.iter().copied());
    Diagnostic::error(if near.is_some() { "ZH2920" } else { "ZH2921" })
        .arg("kind", what)
        .arg("id", id)
        .arg("near", near.unwrap_or_default())
        .arg("all", listed(known.into_iter().take(40)))
}

/// The `[[step]]` tables of a procedure.
fn step_nodes<'a>(raw: &Raw<'a>) -> Vec<Node<'a>> {
    raw.node.subs("step")
}
