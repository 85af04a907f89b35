//! Code lists, those of their own and those written in place inside a field.

use std::collections::BTreeMap;

use zhiheng_base::{Diagnostic, Words};

use super::definitions::{Kind, Raw, World};
use super::node::Node;
use super::{head, keys};
use crate::model::{CodeItem, CodeList, Head};

/// Reads all lists.
pub(super) fn read(world: &mut World<'_>, problems: &mut Vec<Diagnostic>) {
    for raw in world.of_kind(Kind::List) {
        let good = raw.node.check(&keys::LIST, &format!("list {}", raw.id), problems);
        let before = problems.len();
        let list = head::read(&raw, problems)
            .map(|head| CodeList { items: items(&raw.node, "items", &head.id, problems), head });
        match list {
            Some(list) if good && problems.len() == before && !world.broken.contains(&raw.id) => {
                world.lists.insert(raw.id.clone(), list);
            }
            _ => {
                world.broken.insert(raw.id.clone());
            }
        }
    }
    for raw in world.of_kind(Kind::Record).into_iter().chain(world.of_kind(Kind::Procedure)) {
        in_place(&raw, world, problems);
    }
}

/// Lists written inside the fields of a record type or procedure get the id `<record>.<field>`.
fn in_place(raw: &Raw<'_>, world: &mut World<'_>, problems: &mut Vec<Diagnostic>) {
    let Some(fields) = raw.node.sub("fields") else { return };
    for (name, span, value) in fields.entries() {
        let Some(table) = value.get_ref().as_table() else { continue };
        let field = Node::new(raw.node.file, table, span.clone());
        if field.value("list").is_none_or(|list| !list.get_ref().is_array()) {
            continue;
        }
        let id = format!("{}.{name}", raw.id);
        let before = problems.len();
        let items = items(&field, "list", &id, problems);
        if problems.len() > before {
            world.broken.insert(id);
            continue;
        }
        // The keys of the record have yet to be checked: without them there is no list either.
        let (Some(since), Some(owner)) = (raw.node.date("since"), raw.node.owned("owner")) else {
            world.broken.insert(id);
            continue;
        };
        let head = Head {
            id: id.clone(),
            name: field.own_words().unwrap_or_else(|| Words::new(name, name)),
            basis: raw.node.texts("basis"),
            owner,
            since,
            until: raw.node.date("until"),
            confirmed: raw.node.truth("confirmed").unwrap_or(true),
            says: None,
            origin: Node::new(raw.node.file, table, span).origin(),
        };
        world.lists.insert(id, CodeList { head, items });
    }
}

/// The codes, each once, each spelling for one code, each parent in the list.
fn items(node: &Node<'_>, key: &str, list: &str, problems: &mut Vec<Diagnostic>) -> Vec<CodeItem> {
    let nodes = node.subs(key);
    if nodes.is_empty() {
        problems.push(node.wrong(key, "ZH2006").arg("key", key));
    }
    let mut items: Vec<CodeItem> = Vec::with_capacity(nodes.len());
    let mut spellings: BTreeMap<String, String> = BTreeMap::new();
    for node in &nodes {
        let (Some(code), Some(name)) = (node.owned("code"), node.own_words()) else { continue };
        if items.iter().any(|item| item.code == code) {
            problems.push(node.wrong("code", "ZH2101").arg("code", &code).arg("list", list));
            continue;
        }
        let also = node.texts("also");
        let mut own = vec![code.as_str(), &name.zh, &name.en];
        own.extend(also.iter().map(String::as_str));
        own.sort_unstable();
        own.dedup();
        for spelling in own {
            if let Some(other) = spellings.insert(spelling.to_owned(), code.clone()) {
                let diagnostic = Diagnostic::error("ZH2103")
                    .arg("text", spelling)
                    .arg("first", other)
                    .arg("second", &code)
                    .arg("list", list);
                problems.push(diagnostic.at(node.place()));
            }
        }
        items.push(CodeItem { code, name, also, parent: node.owned("parent") });
    }
    for (item, node) in items.iter().zip(&nodes) {
        if let Some(parent) = &item.parent
            && (*parent == item.code || items.iter().all(|other| other.code != *parent))
        {
            problems.push(node.wrong("parent", "ZH2102").arg("parent", parent).arg("list", list));
        }
    }
    items
}
