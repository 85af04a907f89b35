//! A case as a tree of sentences: what was done, by whom, on what, and what followed.

use serde_json::Value as Json;
use zhiheng_base::{Date, Lang, Node};
use zhiheng_catalog::Catalog;
use zhiheng_catalog::model::{Field, Procedure, Role};

use super::event::{Event, Kind};
use super::fold::Case;

/// How a field's value reads on a day.
pub type Reads<'a> = &'a dyn Fn(&Field, &Json, Date) -> String;

/// The tree of a case; names are in `lang`, sentences in whatever language it is printed, values as `reads` says.
pub fn tell(catalog: &Catalog, procedure: &Procedure, case: &Case, reads: Reads<'_>, lang: Lang) -> Node {
    let state =
        |id: &str| procedure.state(id).map_or_else(|| id.to_owned(), |state| state.name.get(lang).to_owned());
    let mut root = Node::new("act-case")
        .arg("case", &case.number)
        .arg("procedure", procedure.head.name.get(lang))
        .arg("state", state(&case.state))
        .written(&procedure.head.origin);
    for (entry, event) in &case.events {
        root = root.with(sentence((catalog, procedure), *entry, event, reads, lang));
    }
    root
}

fn sentence(
    (catalog, procedure): (&Catalog, &Procedure),
    entry: u64,
    event: &Event,
    reads: Reads<'_>,
    lang: Lang,
) -> Node {
    let step = procedure.step(&event.step);
    let name = step.map_or_else(|| event.step.clone(), |step| step.name.get(lang).to_owned());
    let id = match event.kind {
        Kind::Step => "act-step",
        Kind::Propose => "act-propose",
        Kind::Approve if event.effective => "act-approve-last",
        Kind::Approve => "act-approve",
        Kind::Reject => "act-reject",
        Kind::Attach => "act-attach",
        Kind::Lapse => "act-lapse",
        Kind::Part if event.effective => "act-part-last",
        Kind::Part => "act-part",
    };
    let mut node = Node::new(id).arg("on", event.on).arg("step", name).arg("entry", entry);
    if let Some(step) = step {
        node = node.written(format!("{}:{}", procedure.head.origin.file, step.line));
    }
    if let Some(actor) = &event.actor {
        let role = role(catalog, procedure, &actor.role);
        let role = role.map_or(actor.role.as_str(), |role| role.name.get(lang));
        node = node.arg("account", &actor.account).arg("unit", &actor.unit).arg("role", role);
        if let Some(principal) = &actor.principal {
            node = node.with(Node::new("act-for").arg("person", principal));
        }
    }
    if event.takes_effect() && event.from.as_ref() != Some(&event.to) {
        let to = procedure.state(&event.to).map_or(event.to.as_str(), |state| state.name.get(lang));
        node = node.with(Node::new("act-to").arg("state", to));
    }
    for (id, json) in event.form.iter().chain(&event.joined) {
        let Some(field) = procedure.field(id) else { continue };
        let value = reads(field, json, event.on);
        let told = |id: &'static str| Node::new(id).arg("field", field.name.get(lang)).arg("value", &value);
        node = node.with(match event.figure(id) {
            None => told("act-field"),
            Some(figure) => {
                let ledger = reads(field, &figure.value, event.on);
                let id = if figure.value == *json { "act-field-from" } else { "act-field-differs" };
                told(id).arg("from", &figure.from).arg("size", figure.size).arg("ledger", ledger)
            }
        });
    }
    for file in &event.evidence {
        let short: String = file.sha256.chars().take(12).collect();
        node = node
            .with(Node::new("act-file").arg("kind", &file.kind).arg("name", &file.name).arg("hash", short));
    }
    for start in &event.starts {
        let name =
            catalog.clocks.get(&start.clock).map_or(start.clock.as_str(), |clock| clock.name.get(lang));
        node = node.with(Node::new("act-start").arg("clock", name).arg("on", start.on));
    }
    for letter in &event.letters {
        let title = catalog.letters.get(&letter.template);
        let title = title.map_or(letter.template.as_str(), |letter| letter.title.get(lang));
        node = node.with(Node::new("act-letter").arg("title", title).arg("number", letter.number_text()));
    }
    if let Some(days) = event.late {
        node = node.with(Node::new("act-late").arg("days", days));
    }
    if let Some(reason) = &event.reason {
        node = node.with(Node::new("act-reason").arg("reason", reason));
    }
    node
}

/// A role of the procedure; where another case opened this one, of a procedure beside it.
fn role<'c>(catalog: &'c Catalog, procedure: &'c Procedure, id: &str) -> Option<&'c Role> {
    let folder = |id: &str| id.split('.').next().unwrap_or_default().to_owned();
    let beside = (catalog.procedures.values())
        .filter(|one| folder(&one.head.id) == folder(&procedure.head.id))
        .find_map(|one| one.role(id));
    procedure.role(id).or(beside)
}
