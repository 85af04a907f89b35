//! Cases told step by step: their names are checked here, and they are run where cases live.

use toml::de::DeValue;
use zhiheng_base::Diagnostic;

use super::super::definitions::{Kind, Raw, World};
use super::super::node::{Node, date, scalar_text, whole};
use super::super::records::no_field;
use super::families::Families;
use super::steps::ACTS;
use super::unknown;
use crate::model::{CaseExample, ExampleFigure, ExampleStep, Procedure};

pub(super) fn read(
    raw: &Raw<'_>,
    procedure: &Procedure,
    families: &Families,
    world: &World<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<CaseExample> {
    let mut examples = Vec::new();
    for node in raw.node.subs("example") {
        let steps = node.subs("steps").iter().filter_map(|one| step(one, procedure, problems)).collect();
        let mut example = CaseExample { says: node.words("says"), steps, ..CaseExample::default() };
        if let Some(expect) = node.sub("expect") {
            expected(&expect, raw, procedure, families, world, &mut example, problems);
        }
        examples.push(example);
    }
    examples
}

fn step(node: &Node<'_>, procedure: &Procedure, problems: &mut Vec<Diagnostic>) -> Option<ExampleStep> {
    let (act, by) = (node.owned("do")?, node.owned("by").unwrap_or_default());
    if !ACTS.contains(&act.as_str()) && procedure.step(&act).is_none() {
        let known = procedure.steps.iter().map(|step| step.id.as_str()).chain(ACTS);
        problems.push(unknown("act", &act, known).at(node.at("do")));
    }
    // `organiser/2` is a second person with the role.
    let role = by.split_once('/').map_or(by.as_str(), |(role, _)| role);
    if by.is_empty() && act != "lapse" {
        let problem = Diagnostic::error("ZH2003").arg("key", "by").arg("of", &act);
        problems.push(problem.arg("sample", "by = \"…\"").at(node.place()));
    } else if !by.is_empty() && procedure.role(role).is_none() {
        let known = procedure.roles.iter().map(|role| role.id.as_str());
        problems.push(unknown("role", role, known).at(node.at("by")));
    }
    state(node, procedure, problems);
    let mut form = Vec::new();
    for (id, span, value) in node.sub("form").map(|form| form.entries()).unwrap_or_default() {
        if procedure.field(id).is_none() {
            problems.push(no_field("form", id, &procedure.fields).at(node.file.place(span)));
            continue;
        }
        form.push((id.to_owned(), cell(value.get_ref())?));
    }
    let figures = figures(node, procedure, problems);
    Some(ExampleStep {
        act,
        by,
        on: node.date("on")?,
        form,
        figures,
        evidence: node.texts("evidence"),
        reason: node.owned("reason"),
        refused: node.owned("refused"),
        state: node.owned("state"),
        line: node.origin().line,
    })
}

/// What the ledger is said to hold, with the address that must be asked for if it is told.
fn figures(node: &Node<'_>, procedure: &Procedure, problems: &mut Vec<Diagnostic>) -> Vec<ExampleFigure> {
    let mut figures = Vec::new();
    let Some(table) = node.sub("figures") else { return figures };
    for (id, span, value) in table.entries() {
        if procedure.figure(id).is_none() {
            let known = procedure.figures.iter().map(|one| one.field.as_str());
            problems.push(unknown("figure", id, known).at(node.file.place(span)));
            continue;
        }
        let inner = table.sub(id);
        let text = match inner {
            Some(inner) => inner.value("value").and_then(|value| cell(value.get_ref())),
            None => cell(value.get_ref()),
        };
        let at = inner.and_then(|inner| inner.owned("at"));
        figures.push(ExampleFigure { field: id.to_owned(), value: text.unwrap_or_default(), at });
    }
    figures
}

/// A value as a cell of a form would hold it.
fn cell(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::Array(items) => {
            let texts: Vec<_> = items.iter().filter_map(|item| scalar_text(item.get_ref())).collect();
            Some(texts.join(";"))
        }
        other => scalar_text(other),
    }
}

fn state(node: &Node<'_>, procedure: &Procedure, problems: &mut Vec<Diagnostic>) {
    if let Some(id) = node.text("state")
        && procedure.state(id).is_none()
    {
        let known = procedure.states.iter().map(|state| state.id.as_str());
        problems.push(unknown("state", id, known).at(node.at("state")));
    }
}

fn expected(
    node: &Node<'_>,
    raw: &Raw<'_>,
    procedure: &Procedure,
    families: &Families,
    world: &World<'_>,
    example: &mut CaseExample,
    problems: &mut Vec<Diagnostic>,
) {
    state(node, procedure, problems);
    example.state = node.owned("state");
    example.letters = node.whole("letters").and_then(|n| u64::try_from(n).ok());
    let entries = |key: &str| node.sub(key).map(|sub| sub.entries()).unwrap_or_default();
    let count = |value: &DeValue<'_>| whole(value).and_then(|n| u64::try_from(n).ok());
    for (id, span, value) in entries("due") {
        let instances =
            || procedure.steps.iter().flat_map(|step| &step.start).map(|one| one.instance.as_str());
        if !instances().any(|instance| instance == id) {
            problems.push(unknown("instance", id, instances()).at(node.file.place(span)));
        }
        example.due.extend(date(value.get_ref()).map(|day| (id.to_owned(), day)));
    }
    for (id, span, value) in entries("records") {
        world.refers(Kind::Record, id, &raw.id, || node.file.place(span), problems);
        example.records.extend(count(value.get_ref()).map(|n| (id.to_owned(), n)));
    }
    for (id, span, value) in entries("opened") {
        if families.versions(id).is_none() {
            problems.push(families.unknown(id).at(node.file.place(span)));
        }
        example.opened.extend(count(value.get_ref()).map(|n| (id.to_owned(), n)));
    }
}
