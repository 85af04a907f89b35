//! Reading sensor elements: one table of fields for metadata and reports.

use super::{Reader, Source};
use crate::event::sensor::{Field, FieldKind, Measured, SensorElement};
use crate::node::{Node, Scalar};
use crate::problem::{Path, With};

impl Reader<'_> {
    pub(super) fn sensors(&mut self, node: &Node, path: &Path<'_>) -> Vec<SensorElement> {
        let items = self.items(node, path);
        let mut out = Vec::with_capacity(items.len());
        for (place, item) in items.iter().enumerate() {
            let path = path.place(place);
            let mut element = SensorElement::default();
            for child in &item.children {
                let path = path.member(&child.name.local);
                match child.name.local.as_ref() {
                    "sensorMetadata" | "sensorMetaData" if child.name.space.is_empty() => {
                        element.metadata = Some(self.measured(child, false, &path));
                    }
                    "sensorReport" if child.name.space.is_empty() => {
                        let path = path.place(element.reports.len());
                        let report = self.measured(child, true, &path);
                        // the JSON schema wants a type even beside an exception, the XML schema wants neither
                        let has_type = report.get(Field::Type).is_some();
                        let has_exception =
                            report.get(Field::Exception).is_some() && self.source == Source::Xml;
                        if !has_type && !has_exception {
                            self.problems.error("ZH9521", &path).with("name", "type");
                        }
                        element.reports.push(report);
                    }
                    other => {
                        if child.name.space.is_empty() && !other.contains(':') {
                            self.problems.error("ZH9527", &path).with("name", other);
                        }
                        element.extensions.push(child.clone());
                    }
                }
            }
            if element.reports.is_empty() {
                self.problems.error("ZH9521", &path).with("name", "sensorReport");
            }
            out.push(element);
        }
        out
    }

    fn measured(&mut self, node: &Node, in_report: bool, path: &Path<'_>) -> Measured {
        let mut measured = Measured::default();
        let attributes = node
            .attributes
            .iter()
            .map(|(name, value)| Node::scalar(name.clone(), Scalar::Text(value.clone())));
        for child in attributes.chain(node.children.iter().cloned()) {
            let name = child.name.clone();
            let path = path.member(&name.local);
            let field = if name.space.is_empty() { Field::of_name(&name.local, in_report) } else { None };
            let Some(field) = field else {
                if name.space.is_empty() && !name.local.contains(':') {
                    self.problems.error("ZH9527", &path).with("name", &name.local);
                }
                measured.extensions.push(child);
                continue;
            };
            if measured.get(field).is_some() {
                self.problems.error("ZH9511", &path).with("name", field.name());
                continue;
            }
            if let Some(value) = self.measured_value(field, &child, &path) {
                measured.fields.push((field, value));
            }
        }
        measured
    }

    fn measured_value(&mut self, field: Field, node: &Node, path: &Path<'_>) -> Option<Scalar> {
        let text = match field.kind() {
            FieldKind::Number => return self.number(node, path).map(Scalar::Number),
            FieldKind::Bool => {
                let value = match (&node.value, self.source) {
                    (Some(Scalar::Bool(value)), _) => Some(*value),
                    (Some(Scalar::Text(text)), Source::Xml) => match text.trim() {
                        "true" | "1" => Some(true),
                        "false" | "0" => Some(false),
                        _ => None,
                    },
                    _ => None,
                };
                if value.is_none() {
                    self.problems.error("ZH9522", path).with("wanted", "boolean");
                }
                return value.map(Scalar::Bool);
            }
            FieldKind::Time => self.time(node, path)?.text().to_owned(),
            FieldKind::Uri => self.uri(node, path)?,
            FieldKind::Word(vocabulary) => self.word(vocabulary, node, path)?,
            FieldKind::Text => match (&node.value, field) {
                (Some(Scalar::Text(text)), Field::StringValue) => text.clone(),
                _ => self.text(node, path)?.to_owned(),
            },
            FieldKind::Hex => {
                let text = self.text(node, path)?;
                if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                    self.problems.error("ZH9522", path).with("wanted", "hexadecimal");
                }
                text.to_owned()
            }
        };
        Some(Scalar::Text(text))
    }
}
