//! Vocabularies of master data to JSON.

use super::{Members, text};
use crate::event::MasterData;
use crate::json::{Member, Value};

/// Master data as a value, and the prefixes that its names have.
pub(crate) fn master_value(
    data: &MasterData,
    namespaces: &[(String, String)],
) -> (Value<'static>, Vec<(String, String)>) {
    let mut writer = Members::new(namespaces);
    let value = writer.master_data(data);
    (value, writer.prefixes)
}

impl Members {
    pub(super) fn master_data(&mut self, data: &MasterData) -> Value<'static> {
        let elements = data.elements.iter().map(|element| {
            let mut out: Vec<Member<'static>> = vec![("id".into(), text(&element.id))];
            if !element.attributes.is_empty() {
                let attributes = element.attributes.iter().map(|(id, node)| {
                    Value::Object(vec![("id".into(), text(id)), ("attribute".into(), self.own(node))])
                });
                out.push(("attributes".into(), Value::List(attributes.collect())));
            }
            if !element.children.is_empty() {
                let children = element.children.iter().map(|id| text(id)).collect();
                out.push(("children".into(), Value::List(children)));
            }
            Value::Object(out)
        });
        let elements = elements.collect();
        Value::Object(vec![
            ("type".into(), text(&data.kind)),
            ("vocabularyElementList".into(), Value::List(elements)),
        ])
    }
}
