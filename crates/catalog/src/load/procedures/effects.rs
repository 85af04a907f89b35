//! What follows from steps: records and cases, with formulas that fit the fields they fill.

use std::collections::{BTreeMap, BTreeSet};

use zhiheng_base::Diagnostic;

use super::super::definitions::{Kind, Raw, World};
use super::super::keys::EFFECTS;
use super::super::node::Node;
use super::super::records::{formula, no_field};
use super::families::Families;
use super::{step_nodes, steps, unknown};
use crate::Formula;
use crate::formula::{Expr, Function, Scope, Value, ValueType};
use crate::model::{CodeList, Effect, Field, FieldType, Procedure, What};
use crate::suggest::listed;

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

/// Fields of the own sheet that each step works out.
pub(super) fn own(
    raw: &Raw<'_>,
    drafts: &BTreeMap<String, Procedure>,
    families: &Families,
    world: &World<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Vec<(String, Formula)>> {
    let Some(procedure) = drafts.get(&raw.id) else { return Vec::new() };
    let instances: BTreeSet<&str> =
        (procedure.steps.iter()).flat_map(|step| &step.start).map(|start| start.instance.as_str()).collect();
    let scope = steps::scope(procedure, &instances, world);
    let targets = Targets { raw, scope, entered: BTreeSet::new(), drafts, families, world };
    let mut own = Vec::new();
    for node in step_nodes(raw) {
        let set = targets.set(&node, &procedure.fields, problems);
        let table = node.sub("set").unwrap_or(node);
        for (id, _) in set.iter().filter(|(id, _)| procedure.figure(id).is_some()) {
            problems.push(Diagnostic::error("ZH2969").arg("field", id).at(table.at_key(id)));
        }
        own.push(set);
    }
    own
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
        let when = match node.text("when") {
            Some(_) => Some(formula(node, "when", &self.scope, &[ValueType::Bool], problems)?),
            None => None,
        };
        Some(Effect { when, what: self.what(node, problems)? })
    }

    fn what(&self, node: &Node<'_>, problems: &mut Vec<Diagnostic>) -> Option<What> {
        let words: Vec<&str> = EFFECTS.into_iter().filter(|key| node.value(key).is_some()).collect();
        let [word] = words.as_slice() else {
            problems.push(Diagnostic::error("ZH2905").arg("all", EFFECTS.join(", ")).at(node.place()));
            return None;
        };
        let of = node.owned(word)?;
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
            return Some(What::Withdraw { of });
        }
        let record = self.world.records.get(&of)?;
        let set = self.set(node, &record.fields, problems);
        if *word == "record" {
            let needed = record.fields.iter().filter(|field| !field.optional).map(|field| field.id.as_str());
            missing(node, &of, needed, &record.fields, problems);
            return Some(What::Record { of, set });
        }
        if set.is_empty() && node.sub("set").is_none_or(|set| set.entries().is_empty()) {
            problems.push(Diagnostic::error("ZH2006").arg("key", "set").at(node.at("set")));
        }
        Some(What::Correct { of, set })
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
            let set = self.set(node, &other.fields, problems);
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

    /// Field → formula, each of the type and with the codes of its field.
    fn set(
        &self,
        node: &Node<'_>,
        fields: &[Field],
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<(String, Formula)> {
        let Some(table) = node.sub("set") else { return Vec::new() };
        let mut set = Vec::new();
        for (id, span, _) in table.entries() {
            let Some(field) = fields.iter().find(|field| field.id == id) else {
                problems.push(no_field("set", id, fields).at(table.file.place(span)));
                continue;
            };
            let wanted: &[ValueType] = match field.value_type() {
                ValueType::Decimal => &[ValueType::Decimal, ValueType::Integer],
                ValueType::Integer => &[ValueType::Integer],
                ValueType::Bool => &[ValueType::Bool],
                ValueType::Date => &[ValueType::Date],
                ValueType::Text => &[ValueType::Text],
                ValueType::Texts => &[ValueType::Texts],
            };
            let Some(formula) = formula(&table, id, &self.scope, wanted, problems) else { continue };
            if let FieldType::Code { list } = &field.kind
                && let Some(list) = self.world.lists.get(list)
                && let Some(problem) = self.codes(&formula.expr, list)
            {
                problems.push(problem.at(table.at(id)));
            }
            set.push((id.to_owned(), formula));
        }
        set
    }

    /// What an expression may give that is no code of `list`.
    fn codes(&self, expr: &Expr, list: &CodeList) -> Option<Diagnostic> {
        let known = |code: &str| list.items.iter().any(|item| item.code == code);
        match expr {
            Expr::Constant(Value::Text(code)) if !known(code) => {
                Some(unknown("code", code, list.items.iter().map(|item| item.code.as_str())))
            }
            Expr::Name(name) => {
                let from = self.scope.get(name)?.list?;
                let strange = from.items.iter().map(|item| item.code.as_str()).filter(|code| !known(code));
                let strange = listed(strange);
                let problem = || Diagnostic::error("ZH2944").arg("field", name).arg("list", &list.head.id);
                (!strange.is_empty()).then(|| problem().arg("codes", strange))
            }
            Expr::Case { arms, otherwise } => {
                let results = arms.iter().map(|(_, result)| result).chain(otherwise.as_deref());
                results.into_iter().find_map(|result| self.codes(result, list))
            }
            Expr::Call(Function::Coalesce, choices) => {
                choices.iter().find_map(|choice| self.codes(choice, list))
            }
            _ => None,
        }
    }
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
