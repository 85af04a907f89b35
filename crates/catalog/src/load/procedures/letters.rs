//! Letters of steps: they exist, and every name in them is one of the procedure.

use std::collections::BTreeSet;

use zhiheng_base::Diagnostic;

use super::super::definitions::{Kind, Raw, World, left_out};
use super::super::letters::shown;
use super::{step_nodes, unknown};
use crate::letter::{self, Part, Use};
use crate::model::clock::Rule;
use crate::model::{ClockStart, LetterFile, Procedure};
use crate::suggest::listed;

/// Checks the letters that a procedure writes, each once.
pub(super) fn check(raw: &Raw<'_>, procedure: &Procedure, world: &World<'_>, problems: &mut Vec<Diagnostic>) {
    let folder = raw.id.split('.').next().unwrap_or_default();
    let known = || {
        let ids = world.ids(Kind::Letter).into_iter();
        ids.filter_map(|id| id.strip_prefix(folder)?.strip_prefix('.'))
    };
    let mut done: Vec<String> = Vec::new();
    for (step, node) in procedure.steps.iter().zip(step_nodes(raw)) {
        for (i, name) in step.letters.iter().enumerate() {
            let id = format!("{folder}.{name}");
            let at = || node.at_item("letters", i);
            if world.broken.contains(&id) && world.knows(Kind::Letter, &id) {
                problems.push(left_out(&raw.id, &id).at(at()));
            } else if let Some(letter) = world.letters.get(&id) {
                if !done.contains(&id) {
                    names(letter, procedure, world, problems);
                    done.push(id);
                }
            } else {
                problems.push(unknown("letter", name, known()).at(at()));
            }
        }
    }
}

fn names(letter: &LetterFile, procedure: &Procedure, world: &World<'_>, problems: &mut Vec<Diagnostic>) {
    let Some(raw) = world.raws.get(&letter.id) else { return };
    let to = std::iter::once(("to", &letter.to));
    let attachments = letter.attachments.iter().map(|text| ("attachments", text));
    let copies = letter.copies.iter().map(|text| ("copies", text));
    for (key, text) in to.chain(attachments).chain(copies) {
        for part in letter::parts(text).into_iter().flatten() {
            if let Part::Name(name) = part {
                problems.extend(field(&name, procedure).map(|problem| problem.at(raw.node.at(key))));
            }
        }
    }
    let found = letter::uses(letter).into_iter().filter_map(|(of, name, range)| {
        let problem = match of {
            Use::Field => field(&name, procedure),
            Use::First | Use::Last => clock(of, &name, procedure, world),
        }?;
        Some(shown(problem.at(letter::place(letter, range)), raw.node.file))
    });
    problems.extend(found.take(letter::PROBLEMS_MAX));
}

fn field(name: &str, procedure: &Procedure) -> Option<Diagnostic> {
    let all = || listed(procedure.fields.iter().map(|field| field.id.as_str()));
    procedure.field(name).is_none().then(|| lacks("field", name, procedure).arg("all", all()))
}

/// A clock that the procedure starts, with the day that the letter gives.
fn clock(of: Use, name: &str, procedure: &Procedure, world: &World<'_>) -> Option<Diagnostic> {
    let starts = || procedure.steps.iter().flat_map(|step| &step.start);
    if starts().all(|start| start.instance != name) {
        let all: BTreeSet<&str> = starts().map(|start| start.instance.as_str()).collect();
        return Some(lacks("instance", name, procedure).arg("all", listed(all)));
    }
    let has_day = |start: &&ClockStart| {
        let rule = world.clocks.get(&start.clock).map(|clock| &clock.rule);
        match (of, rule) {
            (Use::First, Some(Rule::Window { opens, .. })) => opens.is_some(),
            (Use::First, _) => false,
            (_, Some(Rule::Window { closes, .. })) => closes.is_some() || start.until.is_some(),
            _ => true,
        }
    };
    let without = starts().filter(|start| start.instance == name).find(|start| !has_day(start))?;
    let which = if of == Use::First { "first" } else { "last" };
    Some(Diagnostic::error("ZH2959").arg("clock", &without.clock).arg("which", which))
}

fn lacks(kind: &str, id: &str, procedure: &Procedure) -> Diagnostic {
    Diagnostic::error("ZH2957").arg("kind", kind).arg("id", id).arg("of", &procedure.head.id)
}
