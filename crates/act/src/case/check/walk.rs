//! One step of the search: what matters of a case's past, and where its steps lead.

use std::collections::BTreeSet;

use zhiheng_catalog::Catalog;
use zhiheng_catalog::model::{Procedure, Step};

use crate::clock::Sense;

/// A state together with what matters of the way to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Node<'a> {
    pub(super) state: &'a str,
    /// What binds here was approved by a second person.
    pub(super) decided: bool,
    /// Notice was given.
    pub(super) noticed: bool,
    /// A clock was waited for after the notice.
    pub(super) waited: bool,
    /// Clocks that were started.
    started: BTreeSet<&'a str>,
    /// Clocks that were started and neither answered nor stopped.
    running: BTreeSet<&'a str>,
}

/// The nodes after the opening steps, with the step.
pub(super) fn openings<'a>(procedure: &'a Procedure) -> Vec<(&'a str, Node<'a>)> {
    let empty = Node {
        state: "",
        decided: false,
        noticed: false,
        waited: false,
        started: BTreeSet::new(),
        running: BTreeSet::new(),
    };
    procedure
        .openings()
        .flat_map(|step| after(procedure, &empty, step).into_iter().map(|node| (step.id.as_str(), node)))
        .collect()
}

/// The nodes that can follow, with the step.
pub(super) fn steps<'a>(
    catalog: &Catalog,
    procedure: &'a Procedure,
    node: &Node<'a>,
) -> Vec<(&'a str, Node<'a>)> {
    let right = |instance: &str| {
        let starts = procedure.steps.iter().flat_map(|step| &step.start);
        let mut clocks = starts.filter(|start| start.instance == instance);
        clocks.any(|start| catalog.clocks.get(&start.clock).is_some_and(|clock| clock.sense == Sense::Right))
    };
    (procedure.steps.iter())
        .filter(|step| step.from.iter().any(|from| from == node.state))
        .filter(|step| {
            step.after.is_empty() || step.after.iter().any(|one| node.started.contains(one.as_str()))
        })
        .filter(|step| step.lapse.as_ref().is_none_or(|one| node.running.contains(one.as_str())))
        // A right may not be used: it is no way out, unless a lapse stands beside it.
        .filter(|step| !step.within.as_ref().is_some_and(|one| right(one)) || has_lapse(procedure, node))
        .flat_map(|step| after(procedure, node, step).into_iter().map(|next| (step.id.as_str(), next)))
        .collect()
}

fn has_lapse(procedure: &Procedure, node: &Node<'_>) -> bool {
    procedure.steps.iter().filter(|step| step.from.iter().any(|from| from == node.state)).any(|step| {
        let lapses = step.lapse.as_ref().is_some_and(|one| node.running.contains(one.as_str()));
        lapses || (step.within.is_none() && step.lapse.is_none())
    })
}

/// Where a step leads; two nodes for each clock that it may or may not start.
fn after<'a>(procedure: &'a Procedure, node: &Node<'a>, step: &'a Step) -> Vec<Node<'a>> {
    let mut next = node.clone();
    next.state = step.to.as_deref().unwrap_or(node.state);
    let waits = !step.after.is_empty() || step.lapse.is_some();
    next.waited |= node.noticed && waits;
    let binds = |id: &str| procedure.state(id).is_some_and(|state| state.binding);
    // What binds already may go on binding, and a clock may end what was decided; everything else needs its own two persons.
    let carried = node.decided && (binds(node.state) || step.lapse.is_some());
    next.decided = !step.approve.is_empty() || carried || (node.decided && !binds(next.state));
    if step.notice {
        next.noticed = true;
        next.waited = false;
    }
    for instance in step.answer.iter().chain(&step.stop) {
        next.running.remove(instance.as_str());
    }
    let mut nodes = vec![next];
    for start in &step.start {
        let optional = start.on.as_ref().is_some_and(|field| {
            let must = step.form.contains(field);
            procedure.field(field).is_none_or(|field| field.optional) || !must
        });
        let mut with = nodes.clone();
        for node in &mut with {
            node.started.insert(start.instance.as_str());
            node.running.insert(start.instance.as_str());
        }
        match optional {
            true => nodes.extend(with),
            false => nodes = with,
        }
    }
    nodes
}
