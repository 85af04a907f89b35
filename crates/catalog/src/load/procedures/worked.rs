//! Fields that are worked out: formulas of the type, and with the codes, of the field they fill.

use std::collections::BTreeSet;

use zhiheng_base::Diagnostic;

use super::super::definitions::{Raw, World};
use super::super::node::Node;
use super::super::records::{formula, no_field};
use super::{step_nodes, steps, unknown};
use crate::Formula;
use crate::formula::{Expr, Function, Scope, Value, ValueType};
use crate::model::{CodeList, Field, FieldType, Gather, GatherBy, Procedure};
use crate::suggest::listed;

/// Field → figure out of several persons' forms, and field → formula.
pub(super) type Own = (Vec<(String, Gather)>, Vec<(String, Formula)>);

/// Fields of the own sheet that each step works out.
pub(super) fn read(
    raw: &Raw<'_>,
    procedure: &Procedure,
    world: &World<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Own> {
    let instances: BTreeSet<&str> =
        (procedure.steps.iter()).flat_map(|step| &step.start).map(|start| start.instance.as_str()).collect();
    let scope = steps::scope(procedure, &instances, world);
    let nodes = step_nodes(raw);
    let each = nodes.iter().zip(&procedure.steps).map(|(node, step)| {
        let gather = gather(node, step.count, &procedure.fields, &scope, problems);
        let set = set(node, &procedure.fields, &scope, world, problems);
        // What the ledger knows is fetched.
        let ids = gather.iter().map(|(id, _)| ("gather", id)).chain(set.iter().map(|(id, _)| ("set", id)));
        for (key, id) in ids.filter(|(_, id)| procedure.figure(id).is_some()) {
            let table = node.sub(key).unwrap_or(*node);
            problems.push(Diagnostic::error("ZH2969").arg("field", id).at(table.at_key(id)));
        }
        (gather, set)
    });
    each.collect()
}

/// Field → formula, each of the type and with the codes of its field.
pub(super) fn set(
    node: &Node<'_>,
    fields: &[Field],
    scope: &Scope<'_>,
    world: &World<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<(String, Formula)> {
    let Some(table) = node.sub("set") else { return Vec::new() };
    let mut set = Vec::new();
    for (id, span, _) in table.entries() {
        let Some(field) = fields.iter().find(|field| field.id == id) else {
            problems.push(no_field("set", id, fields).at(table.file.place(span)));
            continue;
        };
        if table.text(id).is_some_and(is_null) {
            if field.optional {
                set.push((id.to_owned(), emptied(field)));
            } else {
                problems.push(table.wrong(id, "ZH2978").arg("field", id));
            }
            continue;
        }
        let wanted: &[ValueType] = match field.value_type() {
            ValueType::Decimal => &[ValueType::Decimal, ValueType::Integer],
            ValueType::Integer => &[ValueType::Integer],
            ValueType::Bool => &[ValueType::Bool],
            ValueType::Date => &[ValueType::Date],
            ValueType::Text => &[ValueType::Text],
            ValueType::Texts => &[ValueType::Texts],
        };
        let Some(formula) = formula(&table, id, scope, wanted, problems) else { continue };
        if let FieldType::Code { list } = &field.kind
            && let Some(list) = world.lists.get(list)
            && let Some(problem) = codes(&formula.expr, scope, list)
        {
            problems.push(problem.at(table.at(id)));
        }
        set.push((id.to_owned(), formula));
    }
    set
}

/// Whether a formula says that a field is emptied.
pub(super) fn is_null(text: &str) -> bool {
    text.trim().eq_ignore_ascii_case("null")
}

/// The formula `NULL`, which has no type of its own and stands alone.
fn emptied(field: &Field) -> Formula {
    Formula {
        text: "NULL".to_owned(),
        expr: Expr::Constant(Value::Null),
        value_type: field.value_type(),
        names: Vec::new(),
    }
}

/// Figures out of the forms of `count` persons.
fn gather(
    node: &Node<'_>,
    count: u32,
    fields: &[Field],
    scope: &Scope<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<(String, Gather)> {
    let Some(table) = node.sub("gather") else { return Vec::new() };
    let mut gathered = Vec::new();
    for (id, span, _) in table.entries() {
        let Some(field) = fields.iter().find(|field| field.id == id) else {
            problems.push(no_field("gather", id, fields).at(table.file.place(span)));
            continue;
        };
        let Some(one) = table.sub(id) else { continue };
        let Some(by) = one.text("by").and_then(GatherBy::parse) else { continue };
        let whole: &[ValueType] = &[ValueType::Integer];
        let wanted = match field.value_type() {
            ValueType::Integer if by.keeps_whole() => whole,
            ValueType::Decimal => &[ValueType::Decimal, ValueType::Integer],
            _ => {
                let problem = Diagnostic::error("ZH2979").arg("field", id).arg("by", by.word());
                problems.push(problem.at(table.file.place(span)));
                continue;
            }
        };
        if by == GatherBy::MeanWithoutExtremes && count < 3 {
            problems.push(one.wrong("by", "ZH2977").arg("count", count));
        }
        let Some(of) = formula(&one, "of", scope, wanted, problems) else { continue };
        gathered.push((id.to_owned(), Gather { of, by }));
    }
    gathered
}

/// What an expression may give that is no code of `list`.
fn codes(expr: &Expr, scope: &Scope<'_>, list: &CodeList) -> Option<Diagnostic> {
    let known = |code: &str| list.items.iter().any(|item| item.code == code);
    match expr {
        Expr::Constant(Value::Text(code)) if !known(code) => {
            Some(unknown("code", code, list.items.iter().map(|item| item.code.as_str())))
        }
        Expr::Name(name) => {
            let from = scope.get(name)?.list?;
            let strange = from.items.iter().map(|item| item.code.as_str()).filter(|code| !known(code));
            let strange = listed(strange);
            let problem = || Diagnostic::error("ZH2944").arg("field", name).arg("list", &list.head.id);
            (!strange.is_empty()).then(|| problem().arg("codes", strange))
        }
        Expr::Case { arms, otherwise } => {
            let results = arms.iter().map(|(_, result)| result).chain(otherwise.as_deref());
            results.into_iter().find_map(|result| codes(result, scope, list))
        }
        Expr::Call(Function::Coalesce, choices) => {
            choices.iter().find_map(|choice| codes(choice, scope, list))
        }
        _ => None,
    }
}
