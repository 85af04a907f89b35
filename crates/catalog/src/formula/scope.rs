//! The names a formula may use, with their types.

use std::collections::BTreeMap;

use super::ValueType;
use crate::model::{CodeList, Field, FieldType, RecordType};

/// A name: its type and, for code fields, its list.
#[derive(Clone, Copy, Debug)]
pub struct Name<'a> {
    /// Type in formulas.
    pub value_type: ValueType,
    /// Codes it may hold.
    pub list: Option<&'a CodeList>,
}

/// All names of one record type, or all indicators.
#[derive(Clone, Debug)]
pub struct Scope<'a> {
    /// Id of what the names belong to, for messages.
    pub of: String,
    names: BTreeMap<String, Name<'a>>,
}

impl<'a> Scope<'a> {
    /// A scope without names.
    pub fn new(of: &str) -> Scope<'a> {
        Scope { of: of.to_owned(), names: BTreeMap::new() }
    }

    /// Adds a name.
    #[must_use]
    pub fn with(mut self, name: &str, value_type: ValueType) -> Scope<'a> {
        self.names.insert(name.to_owned(), Name { value_type, list: None });
        self
    }

    /// Adds a field that holds codes of `list`.
    #[must_use]
    pub fn with_codes(mut self, name: &str, list: &'a CodeList) -> Scope<'a> {
        self.names.insert(name.to_owned(), Name { value_type: ValueType::Text, list: Some(list) });
        self
    }

    /// The fields of a record type.
    pub fn of_record(record: &RecordType, lists: &'a BTreeMap<String, CodeList>) -> Scope<'a> {
        Scope::of_fields(&record.head.id, &record.fields, lists)
    }

    pub(crate) fn of_fields(of: &str, fields: &[Field], lists: &'a BTreeMap<String, CodeList>) -> Scope<'a> {
        let mut scope = Scope::new(of);
        for field in fields {
            let list = match &field.kind {
                FieldType::Code { list } => lists.get(list),
                _ => None,
            };
            scope.names.insert(field.id.clone(), Name { value_type: field.value_type(), list });
        }
        scope
    }

    /// Indicators, as decimals under their ids.
    pub fn of_indicators<'b>(ids: impl IntoIterator<Item = &'b str>) -> Scope<'a> {
        let mut scope = Scope::new("indicator");
        for id in ids {
            scope.names.insert(id.to_owned(), Name { value_type: ValueType::Decimal, list: None });
        }
        scope
    }

    /// The name as known here.
    pub fn get(&self, name: &str) -> Option<Name<'a>> {
        self.names.get(name).copied()
    }

    /// All names in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }
}

impl Field {
    /// Type of this field's values in formulas.
    pub fn value_type(&self) -> ValueType {
        if self.many {
            return ValueType::Texts;
        }
        match &self.kind {
            FieldType::Integer { .. } => ValueType::Integer,
            FieldType::Decimal { .. } | FieldType::Money => ValueType::Decimal,
            FieldType::Date { .. } => ValueType::Date,
            FieldType::Bool => ValueType::Bool,
            FieldType::Text { .. }
            | FieldType::Code { .. }
            | FieldType::Region { .. }
            | FieldType::Enterprise
            | FieldType::Product
            | FieldType::Standard
            | FieldType::Subject { .. } => ValueType::Text,
        }
    }
}
