//! A checked table of a file: values by key, each with its place.
//!
//! [`Node::check`] walks a table against its declared keys first and reports every unknown key, missing key
//! and wrong type; the getters afterwards simply answer `None` where a value is missing or wrong.

use std::ops::Range;

use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use zhiheng_base::{Date, Diagnostic, Place, Words};

use super::files::File;
use super::inside;
use crate::model::Origin;

/// A table in a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'a> {
    pub(super) file: &'a File,
    pub(super) table: &'a DeTable<'a>,
    /// Bytes that stand for the table in messages: its header or its braces.
    pub(super) start: usize,
    pub(super) end: usize,
}

impl<'a> Node<'a> {
    pub(super) fn new(file: &'a File, table: &'a DeTable<'a>, span: Range<usize>) -> Node<'a> {
        Node { file, table, start: span.start, end: span.end }
    }

    /// The place of the table itself.
    pub(super) fn place(&self) -> Place {
        self.file.place(self.start..self.end)
    }

    /// Line of the table.
    pub(super) fn origin(&self) -> Origin {
        Origin { file: self.file.path.clone(), line: self.file.line(self.start) }
    }

    pub(super) fn value(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.table.get(key)
    }

    /// The place of a key's value; the table's place if it is missing.
    pub(super) fn at(&self, key: &str) -> Place {
        self.value(key).map_or_else(|| self.place(), |value| self.file.place(value.span()))
    }

    /// The place of a text inside a list value.
    pub(super) fn at_item(&self, key: &str, index: usize) -> Place {
        let item =
            self.value(key).and_then(|value| value.get_ref().as_array()).and_then(|items| items.get(index));
        item.map_or_else(|| self.at(key), |item| self.file.place(item.span()))
    }

    /// The place of a key.
    pub(super) fn at_key(&self, key: &str) -> Place {
        self.table.get_key_value(key).map_or_else(|| self.place(), |(name, _)| self.file.place(name.span()))
    }

    /// The place of bytes of the decoded text of a key's value (a formula).
    pub(super) fn at_inside(&self, key: &str, range: Range<usize>) -> Place {
        let Some(value) = self.value(key) else { return self.place() };
        self.file.place(inside::raw_range(&self.file.text, value.span(), range))
    }

    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.value(key)?.get_ref().as_str()
    }

    pub(super) fn owned(&self, key: &str) -> Option<String> {
        self.text(key).map(str::to_owned)
    }

    pub(super) fn words(&self, key: &str) -> Option<Words> {
        let table = self.value(key)?.get_ref().as_table()?;
        let get = |lang: &str| table.get(lang).and_then(|value| value.get_ref().as_str());
        Some(Words::new(get("zh")?, get("en")?))
    }

    /// The `zh` and `en` keys of the table itself.
    pub(super) fn own_words(&self) -> Option<Words> {
        Some(Words::new(self.text("zh")?, self.text("en")?))
    }

    pub(super) fn texts(&self, key: &str) -> Vec<String> {
        let items = self.value(key).and_then(|value| value.get_ref().as_array());
        items.into_iter().flatten().filter_map(|item| scalar_text(item.get_ref())).collect()
    }

    pub(super) fn date(&self, key: &str) -> Option<Date> {
        date(self.value(key)?.get_ref())
    }

    pub(super) fn truth(&self, key: &str) -> Option<bool> {
        self.value(key)?.get_ref().as_bool()
    }

    pub(super) fn whole(&self, key: &str) -> Option<i64> {
        whole(self.value(key)?.get_ref())
    }

    pub(super) fn wholes(&self, key: &str) -> Vec<i64> {
        let items = self.value(key).and_then(|value| value.get_ref().as_array());
        items.into_iter().flatten().filter_map(|item| whole(item.get_ref())).collect()
    }

    pub(super) fn number(&self, key: &str) -> Option<Decimal> {
        number(self.value(key)?.get_ref())
    }

    pub(super) fn sub(&self, key: &str) -> Option<Node<'a>> {
        let value = self.value(key)?;
        Some(Node::new(self.file, value.get_ref().as_table()?, value.span()))
    }

    pub(super) fn subs(&self, key: &str) -> Vec<Node<'a>> {
        let items = self.value(key).and_then(|value| value.get_ref().as_array());
        let tables = items.into_iter().flatten();
        tables
            .filter_map(|item| Some(Node::new(self.file, item.get_ref().as_table()?, item.span())))
            .collect()
    }

    /// Key and value of a table with free keys, in the order of the file.
    pub(super) fn entries(&self) -> Vec<(&'a str, Range<usize>, &'a Spanned<DeValue<'a>>)> {
        let mut entries: Vec<_> =
            self.table.iter().map(|(key, value)| (key.get_ref().as_ref(), key.span(), value)).collect();
        entries.sort_by_key(|(_, span, _)| span.start);
        entries
    }

    /// An error at the value of `key`.
    pub(super) fn wrong(&self, key: &str, code: &'static str) -> Diagnostic {
        Diagnostic::error(code).at(self.at(key))
    }
}

pub(super) fn whole(value: &DeValue<'_>) -> Option<i64> {
    let integer = value.as_integer()?;
    i64::from_str_radix(integer.as_str(), integer.radix()).ok()
}

pub(super) fn number(value: &DeValue<'_>) -> Option<Decimal> {
    match value {
        DeValue::Integer(_) => whole(value).map(Decimal::from),
        DeValue::Float(float) => Decimal::from_str_exact(float.as_str()).ok(),
        DeValue::String(text) => Decimal::from_str_exact(text).ok(),
        _ => None,
    }
}

pub(super) fn date(value: &DeValue<'_>) -> Option<Date> {
    let datetime = value.as_datetime()?;
    let date = datetime.date.filter(|_| datetime.time.is_none() && datetime.offset.is_none())?;
    Date::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?)
        .ok()
}

/// A single value as the text a file of records would hold.
pub(super) fn scalar_text(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.clone().into_owned()),
        DeValue::Integer(_) => whole(value).map(|n| n.to_string()),
        DeValue::Float(float) => Some(float.as_str().to_owned()),
        DeValue::Boolean(truth) => Some(truth.to_string()),
        DeValue::Datetime(_) => date(value).map(|date| date.to_string()),
        DeValue::Array(_) | DeValue::Table(_) => None,
    }
}
