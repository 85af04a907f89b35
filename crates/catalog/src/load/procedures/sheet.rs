//! A procedure without what refers to other procedures: versions, roles, fields, states, steps.

use zhiheng_base::{Diagnostic, RegionCode};

use super::super::definitions::{Kind, Raw, World, failed, is_name, named};
use super::super::head;
use super::super::node::Node;
use super::super::records::{self, field_named};
use super::{figures, steps, unknown, ways};
use crate::model::{CaseState, Field, FieldType, Procedure, Role, RoleAt, RoleBy};

/// Names that formulas see besides the sheet; those of clock instances begin with [`DUE`].
pub(super) const OWN_NAMES: [&str; 3] = ["by_unit", "case_no", "step_on"];

/// Before the name of a clock instance.
pub(super) const DUE: &str = "due_";

/// Before the name of a field of the record that an effect changes.
pub(super) const WAS: &str = "was_";

pub(super) fn read(raw: &Raw<'_>, world: &World<'_>, problems: &mut Vec<Diagnostic>) -> Option<Procedure> {
    let node = &raw.node;
    let head = head::read(raw, problems)?;
    let before = problems.len();
    let fields = fields(raw, world, problems);
    let roles = roles(node, &fields, world, problems);
    let states = states(node, problems);
    let family = family(node, &raw.id, problems);
    let region = region(node, &fields, problems);
    let dated = dated(node, &fields, problems);
    let mut procedure = Procedure {
        head,
        family,
        within: within(node, problems),
        dated,
        region: region.unwrap_or_default(),
        roles,
        fields,
        figures: Vec::new(),
        states,
        steps: Vec::new(),
        examples: Vec::new(),
    };
    // Without the sheet, every name in the steps would be unknown.
    if failed(&problems[before..]) {
        return None;
    }
    procedure.steps = steps::read(raw, &procedure, world, problems);
    procedure.figures = figures::read(raw, &procedure, world, problems);
    if !failed(&problems[before..]) {
        ways::check(raw, &procedure, problems);
    }
    Some(procedure)
}

fn fields(raw: &Raw<'_>, world: &World<'_>, problems: &mut Vec<Diagnostic>) -> Vec<Field> {
    let fields = records::fields(raw, world, problems);
    let table = raw.node.sub("fields");
    for field in &fields {
        let at = || table.and_then(|table| table.sub(&field.id)).unwrap_or(raw.node);
        let taken = [DUE, WAS].iter().any(|prefix| field.id.starts_with(prefix));
        if OWN_NAMES.contains(&field.id.as_str()) || taken {
            problems.push(Diagnostic::error("ZH2922").arg("id", &field.id).at(at().place()));
        }
        if let FieldType::Subject { of } = &field.kind {
            world.refers(Kind::Record, of, &raw.id, || at().at("of"), problems);
        }
    }
    fields
}

fn family(node: &Node<'_>, id: &str, problems: &mut Vec<Diagnostic>) -> String {
    let Some(family) = node.text("version_of") else { return id.to_owned() };
    if family.split('.').count() != 2 || !named(family, '_') {
        problems.push(node.wrong("version_of", "ZH2923").arg("id", family));
    }
    family.to_owned()
}

/// The region in which the rule holds.
fn within(node: &Node<'_>, problems: &mut Vec<Diagnostic>) -> Option<RegionCode> {
    let code = RegionCode::parse(node.text("within")?);
    code.map_err(|problem| problems.push(problem.at(node.at("within")))).ok()
}

fn region(node: &Node<'_>, fields: &[Field], problems: &mut Vec<Diagnostic>) -> Option<String> {
    let id = node.text("region")?;
    let field = field_named(node, "region", id, fields, problems)?;
    if !matches!(field.kind, FieldType::Region { .. }) || field.many {
        problems.push(node.wrong("region", "ZH2204").arg("field", id));
    } else if field.optional {
        problems.push(node.wrong("region", "ZH2210").arg("field", id));
    }
    Some(id.to_owned())
}

fn dated(node: &Node<'_>, fields: &[Field], problems: &mut Vec<Diagnostic>) -> Option<String> {
    let id = node.text("dated")?;
    let field = field_named(node, "dated", id, fields, problems)?;
    if !matches!(field.kind, FieldType::Date { .. }) || field.many {
        problems.push(node.wrong("dated", "ZH2203").arg("field", id));
    } else if field.optional {
        problems.push(node.wrong("dated", "ZH2210").arg("field", id));
    }
    Some(id.to_owned())
}

fn roles(node: &Node<'_>, fields: &[Field], world: &World<'_>, problems: &mut Vec<Diagnostic>) -> Vec<Role> {
    let Some(table) = node.sub("roles") else { return Vec::new() };
    let mut roles = Vec::new();
    for (id, span, value) in table.entries() {
        let Some(inner) = value.get_ref().as_table() else { continue };
        let node = Node::new(table.file, inner, span.clone());
        if !is_name(id, '_') {
            problems.push(Diagnostic::error("ZH2007").arg("id", id).at(table.file.place(span)));
            continue;
        }
        let (holds, party) = (node.text("holds"), node.text("party"));
        let public = node.truth("public") == Some(true);
        let by = match (holds, party, public) {
            (Some(code), None, false) => {
                holds_role(&node, code, world, problems);
                RoleBy::Holds(code.to_owned())
            }
            (None, Some(field), false) => {
                party_field(&node, field, fields, problems);
                RoleBy::Party(field.to_owned())
            }
            (None, None, true) => RoleBy::Public,
            _ => {
                problems
                    .push(Diagnostic::error("ZH2905").arg("all", "holds, party, public").at(node.place()));
                continue;
            }
        };
        let Some(name) = node.own_words() else { continue };
        let at = node.text("at").and_then(RoleAt::parse).unwrap_or_default();
        roles.push(Role { id: id.to_owned(), name, by, at, apart: node.texts("apart") });
    }
    roles
}

/// What officers hold is a code of `base.role`, where that list is loaded.
fn holds_role(node: &Node<'_>, code: &str, world: &World<'_>, problems: &mut Vec<Diagnostic>) {
    if let Some(list) = world.lists.get("base.role")
        && list.items.iter().all(|item| item.code != code)
    {
        let known = list.items.iter().map(|item| item.code.as_str());
        problems.push(unknown("office", code, known).at(node.at("holds")));
    }
}

fn party_field(node: &Node<'_>, id: &str, fields: &[Field], problems: &mut Vec<Diagnostic>) {
    let Some(field) = field_named(node, "party", id, fields, problems) else { return };
    let names_one = matches!(field.kind, FieldType::Enterprise | FieldType::Text { .. });
    if !names_one || field.many {
        problems.push(node.wrong("party", "ZH2924").arg("field", id));
    }
}

fn states(node: &Node<'_>, problems: &mut Vec<Diagnostic>) -> Vec<CaseState> {
    let Some(table) = node.sub("states") else { return Vec::new() };
    let mut states = Vec::new();
    for (id, span, value) in table.entries() {
        let Some(inner) = value.get_ref().as_table() else { continue };
        let node = Node::new(table.file, inner, span.clone());
        if !is_name(id, '_') {
            problems.push(Diagnostic::error("ZH2007").arg("id", id).at(table.file.place(span)));
            continue;
        }
        let Some(name) = node.own_words() else { continue };
        states.push(CaseState {
            id: id.to_owned(),
            name,
            end: node.truth("end").unwrap_or(false),
            binding: node.truth("binding").unwrap_or(false),
            without_notice: node.words("without_notice"),
        });
    }
    states
}
