//! Letters of steps: they exist, and every name in them is one of the procedure.

use zhiheng_base::Diagnostic;

use super::super::definitions::{Kind, Raw, World, left_out};
use super::super::letters::shown;
use super::{step_nodes, unknown};
use crate::letter::{self, Part, Use};
use crate::model::clock::Rule;
use crate::model::{LetterFile, Procedure};
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
    let fields = || listed(procedure.fields.iter().map(|field| field.id.as_str()));
    let starts = || procedure.steps.iter().flat_map(|step| &step.start);
    let problem = |kind: &str, id: &str, all: String| {
        let problem = Diagnostic::error("ZH2957").arg("kind", kind).arg("id", id).arg("all", all);
        problem.arg("of", &procedure.head.id)
    };
    let to = std::iter::once(("to", &letter.to));
    let attachments = letter.attachments.iter().map(|text| ("attachments", text));
    let copies = letter.copies.iter().map(|text| ("copies", text));
    for (key, text) in to.chain(attachments).chain(copies) {
        for part in letter::parts(text).into_iter().flatten() {
            if let Part::Name(name) = part
                && procedure.field(&name).is_none()
            {
                problems.push(problem("field", &name, fields()).at(raw.node.at(key)));
            }
        }
    }
    for (of, name, range) in letter::uses(letter) {
        let found = match of {
            Use::Field if procedure.field(&name).is_none() => problem("field", &name, fields()),
            Use::First | Use::Last => {
                let mut clocks = starts().filter(|start| start.instance == name).peekable();
                if clocks.peek().is_none() {
                    let instances = starts().map(|start| start.instance.as_str());
                    let all: std::collections::BTreeSet<&str> = instances.collect();
                    problem("instance", &name, listed(all))
                } else {
                    let without =
                        clocks.filter_map(|start| world.clocks.get(&start.clock)).find(|clock| match &clock
                            .rule
                        {
                            Rule::Window { opens, closes } => match of {
                                Use::First => opens.is_none(),
                                _ => closes.is_none(),
                            },
                            _ => of == Use::First,
                        });
                    let Some(clock) = without else { continue };
                    let which = if of == Use::First { "first" } else { "last" };
                    Diagnostic::error("ZH2959").arg("clock", &clock.id).arg("which", which)
                }
            }
            Use::Field => continue,
        };
        problems.push(shown(found.at(letter::place(letter, range)), raw.node.file));
    }
}
