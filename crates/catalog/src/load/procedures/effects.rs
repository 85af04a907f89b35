//! What follows from steps: records and cases, with formulas that fit the fields they fill.

use std::collections::{BTreeMap, BTreeSet};

use zhiheng_base::Diagnostic;

use super::super::definitions::{Kind, Raw, World};
use super::super::keys::EFFECTS;
use super::super::node::Node;
use super::super::records::formula;
use super::families::Families;
use super::sheet::WAS;
use super::worked::set;
use super::{step_nodes, steps, unknown};
use crate::formula::{Scope, ValueType};
use crate::model::{Effect, Field, FieldType, Procedure, What};

/// The effects of each step.
pub(super) fn read(
    raw: &Raw<'_>,
    drafts: &BTreeMap<String, Procedure>,
    families: &Families,
    world: &World<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Vec<Effect>> {
    let Some(procedure) = drafts.get(&raw.id) else { return Vec::new() };
    let nodes = step_nodes(raw);
    let entered: BTreeSet<&str> = (nodes.iter())
        .flat_map(|node| node.subs("effects"))
        .filter_map(|effect| effect.text("record"))
        .collect();
    for (step, node) in procedure.steps.iter().zip(&nodes) {
        for (i, name) in step.closed.iter().enumerate() {
            if families.versions(name).is_none() {
                problems.push(families.unknown(name).at(node.at_item("closed", i)));
            }
        }
    }
    let instances: BTreeSet<&str> =
        (procedure.steps.iter()).flat_map(|step| &step.start).map(|start| start.instance.as_str()).collect();
    let scope = steps::scope(procedure, &instances, world);
    let targets = Targets { raw, scope, entered, drafts, families, world };
    let each = |node: &Node<'_>, problems: &mut Vec<Diagnostic>| {
        node.subs("effects").iter().filter_map(|effect| targets.effect(effect, problems)).collect()
    };
    nodes.iter().map(|node| each(node, problems)).collect()
}

/// What effects are looked up in.
struct Targets<'r, 'a> {
    raw: &'r Raw<'a>,
    scope: Scope<'r>,
    /// Record types that this procedure enters.
    entered: BTreeSet<&'a str>,
    drafts: &'r BTreeMap<String, Procedure>,
    families: &'r Families,
    world: &'r World<'a>,
}

impl Targets<'_, '_> {
    fn effect(&self, node: &Node<'_>, problems: &mut Vec<Diagnostic>) -> Option<Effect> {
        let changed = ["correct", "withdraw"].into_iter().find_map(|word| node.text(word));
        let scope = match changed.map(|of| self.world.records.get(of)) {
            Some(Some(record)) => record_scope(self.scope.clone(), &record.fields, self.world),
            // Of a record type that is not there or has a slip, no name is known, and that alone is said.
            Some(None) => {
                return self.what(node, &self.scope, problems).map(|what| Effect { when: None, what });
            }
            None => self.scope.clone(),
        };
        let when = match node.text("when") {
            Some(_) => Some(formula(node, "when", &scope, &[ValueType::Bool], problems)?),
            None => None,
        };
        Some(Effect { when, what: self.what(node, &scope, problems)? })
    }

    fn what(&self, node: &Node<'_>, scope: &Scope<'_>, problems: &mut Vec<Diagnostic>) -> Option<What> {
        let words: Vec<&str> = EFFECTS.into_iter().filter(|key| node.value(key).is_some()).collect();
        let [word] = words.as_slice() else {
            problems.push(Diagnostic::error("ZH2905").arg("all", EFFECTS.join(", ")).at(node.place()));
            return None;
        };
        let of = node.owned(word)?;
        let all = node.truth("all").unwrap_or(false);
        if matches!(*word, "record" | "open") && node.value("all").is_some() {
            let problem = Diagnostic::error("ZH2014").arg("first", word).arg("second", "all");
            problems.push(problem.at(node.at_key("all")));
        }
        if *word == "open" {
            return self.open(node, of, problems);
        }
        let at = || node.at(word);
        if !self.world.refers(Kind::Record, &of, &self.raw.id, at, problems) {
            return None;
        }
        // A slip in what is entered may be the very type that is missing.
        let all_known = self.entered.iter().all(|id| self.world.knows(Kind::Record, id));
        if *word != "record" && all_known && !self.entered.contains(of.as_str()) {
            problems.push(node.wrong(word, "ZH2942").arg("record", &of));
        }
        if *word == "withdraw" {
            if node.value("set").is_some() {
                let problem = Diagnostic::error("ZH2014").arg("first", "withdraw").arg("second", "set");
                problems.push(problem.at(node.at_key("set")));
            }
            return Some(What::Withdraw { of, all });
        }
        let record = self.world.records.get(&of)?;
        let set = set(node, &record.fields, scope, self.world, problems);
        if *word == "record" {
            let needed = record.fields.iter().filter(|field| !field.optional).map(|field| field.id.as_str());
            missing(node, &of, needed, &record.fields, problems);
            return Some(What::Record { of, set });
        }
        if set.is_empty() && node.sub("set").is_none_or(|set| set.entries().is_empty()) {
            problems.push(Diagnostic::error("ZH2006").arg("key", "set").at(node.at("set")));
        }
        Some(What::Correct { of, all, set })
    }

    /// A case under every version of the family that may be in force on its day.
    fn open(&self, node: &Node<'_>, family: String, problems: &mut Vec<Diagnostic>) -> Option<What> {
        let Some(versions) = self.families.versions(&family) else {
            problems.push(self.families.unknown(&family).at(node.at("open")));
            return None;
        };
        let mut read = None;
        for version in versions {
            // One that failed has been reported; this procedure is left out with it.
            let Some(other) = self.drafts.get(version) else { continue };
            let before = problems.len();
            let set = set(node, &other.fields, &self.scope, self.world, problems);
            let wanted = node.text("step");
            let opening = match wanted {
                Some(id) => other.openings().find(|step| step.id == id),
                None => other.openings().next(),
            };
            if let (Some(id), None) = (wanted, opening) {
                let known = other.openings().map(|step| step.id.as_str());
                problems.push(unknown("step", id, known).at(node.at("step")));
            }
            if let Some(opening) = opening {
                // Nobody is there who would fetch a figure for the case that is opened.
                let fetched = opening.form.iter().chain(&opening.may).find(|id| other.figure(id).is_some());
                if let Some(id) = fetched {
                    problems.push(node.wrong("open", "ZH2965").arg("field", id).arg("of", version));
                }
                let needed = opening.form.iter().map(String::as_str);
                missing(node, version, needed, &other.fields, problems);
                for (id, _) in &set {
                    if !opening.form.contains(id) && !opening.may.contains(id) {
                        let problem = Diagnostic::error("ZH2945").arg("field", id).arg("of", version);
                        problems.push(problem.at(node.sub("set").unwrap_or(*node).at_key(id)));
                    }
                }
            }
            read = Some(set);
            if problems.len() > before {
                break;
            }
        }
        Some(What::Open { family, step: node.owned("step"), set: read.unwrap_or_default() })
    }
}

/// What formulas of a correction or withdrawal see besides: the fields of the record as it was.
fn record_scope<'a>(mut scope: Scope<'a>, fields: &[Field], world: &'a World<'_>) -> Scope<'a> {
    for field in fields {
        let list = match &field.kind {
            FieldType::Code { list } => world.lists.get(list),
            _ => None,
        };
        let name = format!("{WAS}{}", field.id);
        scope = match list {
            Some(list) if !field.many => scope.with_codes(&name, list),
            _ => scope.with(&name, field.value_type()),
        };
    }
    scope
}

/// Fields that must be filled in and are not set.
fn missing<'f>(
    node: &Node<'_>,
    of: &str,
    needed: impl Iterator<Item = &'f str>,
    fields: &[Field],
    problems: &mut Vec<Diagnostic>,
) {
    // A formula with a slip has been reported, and its field counts as set.
    let written = node.sub("set").map(|set| set.entries()).unwrap_or_default();
    // A slip in a name may be the very name that is missing.
    if written.iter().any(|(id, ..)| fields.iter().all(|field| field.id != *id)) {
        return;
    }
    let open: Vec<&str> = needed.filter(|id| written.iter().all(|(set, ..)| set != id)).collect();
    if !open.is_empty() {
        let problem = Diagnostic::error("ZH2943").arg("fields", open.join(", ")).arg("of", of);
        problems.push(problem.at(node.place()));
    }
}
