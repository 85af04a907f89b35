//! Sources: columns of a foreign file → fields of a record type.

use toml::de::DeValue;
use zhiheng_base::Diagnostic;

use super::definitions::{Kind, Raw, World, failed};
use super::node::{Node, scalar_text};
use super::records::no_field;
use super::{head, keys};
use crate::model::{Column, ColumnFrom, Field, FieldType, FileFormat, Filter, RecordType, Source};
use crate::suggest::{listed, nearest};

/// Reads all sources.
pub(super) fn read(world: &mut World<'_>, problems: &mut Vec<Diagnostic>) {
    for raw in world.of_kind(Kind::Source) {
        let good = raw.node.check(&keys::SOURCE, &format!("source {}", raw.id), problems);
        let before = problems.len();
        let source = if good { source(&raw, world, problems) } else { None };
        match source {
            Some(source) if !failed(&problems[before..]) && !world.broken.contains(&raw.id) => {
                world.sources.insert(raw.id.clone(), source);
            }
            _ => {
                world.broken.insert(raw.id.clone());
            }
        }
    }
}

fn source(raw: &Raw<'_>, world: &World<'_>, problems: &mut Vec<Diagnostic>) -> Option<Source> {
    let node = &raw.node;
    let head = head::read(raw, problems)?;
    let into = node.text("into")?;
    if !world.refers(Kind::Record, into, &raw.id, || node.at("into"), problems) {
        return None;
    }
    let record = world.records.get(into)?;
    let columns = columns(node, record, world, problems);
    for field in record.fields.iter().filter(|field| !field.optional) {
        if columns.iter().all(|column| column.to != field.id) {
            let diagnostic = Diagnostic::error("ZH2402").arg("field", &field.id).arg("record", into);
            problems.push(diagnostic.at(node.at_key("columns")));
        }
    }
    let leave_out = node
        .subs("leave_out")
        .iter()
        .filter_map(|one| {
            Some(Filter { column: one.owned("column")?, is: one.texts("is"), says: one.words("says")? })
        })
        .collect();
    let format = match node.text("format") {
        Some("csv") => Some(FileFormat::Csv),
        Some("tsv") => Some(FileFormat::Tsv),
        Some("xlsx") => Some(FileFormat::Xlsx),
        Some("jsonl") => Some(FileFormat::Jsonl),
        Some("json") => Some(FileFormat::Json),
        Some("parquet") => Some(FileFormat::Parquet),
        _ => None,
    };
    Some(Source { head, into: into.to_owned(), format, columns, leave_out })
}

fn columns(
    node: &Node<'_>,
    record: &RecordType,
    world: &World<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Column> {
    let Some(table) = node.sub("columns") else { return Vec::new() };
    let mut columns = Vec::new();
    for (to, span, value) in table.entries() {
        let Some(field) = record.field(to) else {
            problems.push(no_field("columns", to, &record.fields).at(node.file.place(span)));
            continue;
        };
        match value.get_ref() {
            DeValue::String(header) => columns.push(Column {
                to: to.to_owned(),
                from: ColumnFrom::Header(header.clone().into_owned()),
                date: None,
                map: Vec::new(),
                otherwise: None,
                empty: None,
                nulls: Vec::new(),
                split: None,
            }),
            DeValue::Table(inner) => {
                let column = Node::new(node.file, inner, span);
                columns.extend(self::column(&column, field, world, problems));
            }
            _ => {}
        }
    }
    columns
}

fn column(
    node: &Node<'_>,
    field: &Field,
    world: &World<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Column> {
    let row_number = node.truth("row_number").unwrap_or(false);
    let mut ways = Vec::new();
    ways.extend(node.owned("from").map(ColumnFrom::Header));
    if node.value("join").is_some() {
        let with = node.value("with").and_then(|value| scalar_text(value.get_ref())).unwrap_or_default();
        ways.push(ColumnFrom::Join(node.texts("join"), with));
    }
    ways.extend(node.owned("constant").map(ColumnFrom::Constant));
    ways.extend(row_number.then_some(ColumnFrom::RowNumber));
    if ways.len() != 1 {
        problems.push(Diagnostic::error("ZH2404").arg("field", &field.id).at(node.place()));
        return None;
    }
    if node.value("date").is_some() && !matches!(field.kind, FieldType::Date { .. }) {
        problems.push(node.wrong("date", "ZH2405").arg("field", &field.id));
    }
    if node.value("split").is_some() && !field.many {
        problems.push(node.wrong("split", "ZH2406").arg("field", &field.id));
    }
    let mut map = Vec::new();
    if let Some(entries) = node.sub("map") {
        for (from, span, value) in entries.entries() {
            let Some(text) = scalar_text(value.get_ref()) else { continue };
            code(field, &text, node.file.place(span), world, problems);
            map.push((from.to_owned(), text));
        }
    }
    for key in ["constant", "otherwise", "empty"] {
        if let Some(text) = node.text(key) {
            code(field, text, node.at(key), world, problems);
        }
    }
    Some(Column {
        to: field.id.clone(),
        from: ways.pop()?,
        date: node.owned("date"),
        map,
        otherwise: node.owned("otherwise"),
        empty: node.owned("empty"),
        nulls: node.texts("nulls"),
        split: node.owned("split"),
    })
}

/// A text put into a code field must be one that its list knows; an empty one means no value.
fn code(
    field: &Field,
    text: &str,
    at: zhiheng_base::Place,
    world: &World<'_>,
    problems: &mut Vec<Diagnostic>,
) {
    let FieldType::Code { list } = &field.kind else { return };
    let Some(list) = world.lists.get(list) else { return };
    if text.is_empty() || list.find(text).is_some() {
        return;
    }
    let codes = || list.items.iter().map(|item| item.code.as_str());
    let near = nearest(text, codes());
    let diagnostic = Diagnostic::error(if near.is_some() { "ZH2403" } else { "ZH2407" })
        .arg("text", text)
        .arg("list", &list.head.id)
        .arg("near", near.unwrap_or_default())
        .arg("all", listed(codes().take(40)))
        .rule(format!("{} ({}:{})", list.head.id, list.head.origin.file, list.head.origin.line));
    problems.push(diagnostic.at(at));
}
