//! Ways through a procedure: it begins, every state is reached, and from every state an end can be reached.

use std::collections::BTreeSet;

use zhiheng_base::{Diagnostic, Place};

use super::super::definitions::Raw;
use super::super::node::Node;
use super::step_nodes;
use super::worked::is_null;
use crate::model::{Procedure, Step};

pub(super) fn check(raw: &Raw<'_>, procedure: &Procedure, problems: &mut Vec<Diagnostic>) {
    let states = raw.node.sub("states").unwrap_or(raw.node);
    let at = |id: &str| -> Place { states.at_key(id) };
    if procedure.openings().next().is_none() {
        problems.push(Diagnostic::error("ZH2949").at(raw.node.at_key("step")));
        return;
    }
    let begun: BTreeSet<&str> = procedure.openings().filter_map(|step| step.to.as_deref()).collect();
    let ends = procedure.states.iter().filter(|state| state.end).map(|state| state.id.as_str()).collect();
    let forward = spread(begun, procedure, |from, to| (from, to));
    let backward = spread(ends, procedure, |from, to| (to, from));
    for state in &procedure.states {
        let id = state.id.as_str();
        let stuck = !state.end && !backward.contains(id);
        let leaves = |step: &&Step| {
            step.from.iter().any(|from| from == id) && step.to.as_deref().is_some_and(|to| to != id)
        };
        if !forward.contains(id) {
            problems.push(Diagnostic::error("ZH2947").arg("state", id).at(at(id)));
        } else if stuck && !procedure.steps.iter().any(|step| leaves(&step)) {
            problems.push(Diagnostic::error("ZH2948").arg("state", id).at(at(id)));
        } else if stuck {
            problems.push(Diagnostic::error("ZH2958").arg("state", id).at(at(id)));
        }
    }
    let fields = raw.node.sub("fields").unwrap_or(raw.node);
    for field in &procedure.fields {
        let named = |step: &Step| step.form.contains(&field.id) || step.may.contains(&field.id);
        let worked_out = |node: &Node<'_>| {
            let keys = ["gather", "set"].into_iter();
            let mut tables = keys.filter_map(|key| node.sub(key));
            // What only ever is emptied is never filled in.
            tables
                .any(|table| table.value(&field.id).is_some() && !table.text(&field.id).is_some_and(is_null))
        };
        if !procedure.steps.iter().any(named) && !step_nodes(raw).iter().any(worked_out) {
            problems.push(Diagnostic::warning("ZH2939").arg("field", &field.id).at(fields.at_key(&field.id)));
        }
    }
}

/// All states that can be reached from `begin` along the steps, read in either direction.
fn spread<'p>(
    begin: BTreeSet<&'p str>,
    procedure: &'p Procedure,
    direct: impl Fn(&'p str, &'p str) -> (&'p str, &'p str),
) -> BTreeSet<&'p str> {
    let mut found = begin;
    loop {
        let before = found.len();
        for step in &procedure.steps {
            let Some(to) = step.to.as_deref() else { continue };
            for from in &step.from {
                let (near, far) = direct(from, to);
                if found.contains(near) {
                    found.insert(far);
                }
            }
        }
        if found.len() == before {
            return found;
        }
    }
}
