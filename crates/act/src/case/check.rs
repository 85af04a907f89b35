//! Every path through a procedure: nobody is bound by one person alone or unheard, and no case is stuck.
//!
//! The states of a case are searched exhaustively together with what matters of its past: whether somebody else approved,
//! whether notice was given, whether a clock was waited for since, and which clocks have been started and answered. What forms
//! say is left open, but for conditions over codes and yes-or-no fields, which are tried in full.

mod conditions;
mod walk;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use zhiheng_base::Diagnostic;
use zhiheng_catalog::Catalog;
use zhiheng_catalog::model::Procedure;

use walk::{Node, openings, steps};

/// What is wrong with a procedure.
///
/// ZH8250 a binding state is reached by one person alone, ZH8251 without notice, ZH8252 without waiting after it; each with the
/// path. ZH8253 a path after which nothing can be done and nothing ends by itself. ZH8254 values of the sheet for which no step
/// is left.
pub fn check(catalog: &Catalog, procedure: &Procedure) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let graph = Graph::of(catalog, procedure);
    let mut told: BTreeSet<(&str, &str)> = BTreeSet::new();
    for (node, path) in &graph.paths {
        let Some(state) = procedure.state(node.state) else { continue };
        let heard = state.without_notice.is_some() || !state.binding;
        let found = [
            (state.binding && !node.decided, "ZH8250"),
            (!heard && !node.noticed, "ZH8251"),
            (!heard && node.noticed && !node.waited, "ZH8252"),
            (!state.end && !graph.ends.contains(node), "ZH8253"),
        ];
        for (_, code) in found.into_iter().filter(|(is_wrong, _)| *is_wrong) {
            if told.insert((code, node.state)) {
                problems.push(problem(procedure, code, node.state, path));
            }
        }
    }
    for state in procedure.states.iter().filter(|state| !state.end) {
        if let Some(values) = conditions::uncovered(catalog, procedure, &state.id) {
            let problem = Diagnostic::error("ZH8254").arg("procedure", &procedure.head.id);
            let problem = problem.arg("state", &state.id).arg("values", values);
            problems.push(problem.at(procedure.head.origin.place()));
        }
    }
    problems
}

fn problem(procedure: &Procedure, code: &'static str, state: &str, path: &[&str]) -> Diagnostic {
    let problem = Diagnostic::error(code).arg("procedure", &procedure.head.id).arg("state", state);
    problem.arg("path", path.join(" → ")).at(procedure.head.origin.place())
}

/// All that can be reached, each with one shortest path, and from where an end can be.
struct Graph<'a> {
    paths: BTreeMap<Node<'a>, Vec<&'a str>>,
    ends: BTreeSet<Node<'a>>,
}

impl<'a> Graph<'a> {
    fn of(catalog: &Catalog, procedure: &'a Procedure) -> Graph<'a> {
        let mut paths: BTreeMap<Node<'a>, Vec<&'a str>> = BTreeMap::new();
        let mut before: BTreeMap<Node<'a>, Vec<Node<'a>>> = BTreeMap::new();
        let mut queue: VecDeque<Node<'a>> = VecDeque::new();
        for (step, node) in openings(procedure) {
            if paths.insert(node.clone(), vec![step]).is_none() {
                queue.push_back(node);
            }
        }
        while let Some(node) = queue.pop_front() {
            let path = paths.get(&node).cloned().unwrap_or_default();
            for (step, next) in steps(catalog, procedure, &node) {
                before.entry(next.clone()).or_default().push(node.clone());
                if !paths.contains_key(&next) {
                    let mut longer = path.clone();
                    longer.push(step);
                    paths.insert(next.clone(), longer);
                    queue.push_back(next);
                }
            }
        }
        let is_end = |node: &&Node<'a>| procedure.state(node.state).is_some_and(|state| state.end);
        let mut ends: BTreeSet<Node<'a>> = paths.keys().filter(is_end).cloned().collect();
        let mut queue: Vec<Node<'a>> = ends.iter().cloned().collect();
        while let Some(node) = queue.pop() {
            for earlier in before.get(&node).into_iter().flatten() {
                if ends.insert(earlier.clone()) {
                    queue.push(earlier.clone());
                }
            }
        }
        Graph { paths, ends }
    }
}
