//! Values against their declared shapes: unknown keys, missing keys, wrong types.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;
use zhiheng_base::Diagnostic;

use super::keys::{Shape, Table};
use super::node::{Node, date, number, scalar_text, whole};
use crate::suggest::{listed, nearest};

impl Node<'_> {
    /// Holds the table against its declared keys; true if nothing is wrong.
    pub(super) fn check(&self, declared: &'static Table, what: &str, problems: &mut Vec<Diagnostic>) -> bool {
        let before = problems.len();
        for (key, span, value) in self.entries() {
            match declared.all().find(|(_, known)| known.name == key) {
                Some((_, known)) => self.shape(known.shape, value, &format!("{what}.{key}"), problems),
                None => problems.push(self.unknown(declared, what, key, span)),
            }
        }
        for (_, key) in declared.all().filter(|(_, key)| key.required && self.value(key.name).is_none()) {
            let diagnostic = Diagnostic::error("ZH2003")
                .arg("key", key.name)
                .arg("of", what)
                .arg("sample", sample(key.name, &key.shape));
            problems.push(diagnostic.at(self.place()));
        }
        problems.len() == before
    }

    fn unknown(&self, declared: &'static Table, what: &str, key: &str, span: Range<usize>) -> Diagnostic {
        let names = || declared.all().map(|(_, key)| key.name);
        let near = nearest(key, names());
        let code = if near.is_some() { "ZH2002" } else { "ZH2019" };
        Diagnostic::error(code)
            .arg("key", key)
            .arg("of", what)
            .arg("near", near.unwrap_or_default())
            .arg("all", listed(names()))
            .at(self.file.place(span))
    }

    fn shape(&self, shape: Shape, value: &Spanned<DeValue<'_>>, what: &str, problems: &mut Vec<Diagnostic>) {
        let inner = value.get_ref();
        let here = || self.file.place(value.span());
        let wrong_type = |problems: &mut Vec<Diagnostic>| {
            let diagnostic = Diagnostic::error("ZH2004")
                .arg("key", what)
                .arg("wanted", word(&shape))
                .arg("found", inner.type_str())
                .arg("sample", sample(what.rsplit('.').next().unwrap_or(what), &shape));
            problems.push(diagnostic.at(here()));
        };
        match shape {
            Shape::Text | Shape::Formula => match inner.as_str() {
                Some(text) if text.trim().is_empty() => {
                    problems.push(Diagnostic::error("ZH2006").arg("key", what).at(here()));
                }
                Some(_) => {}
                None => wrong_type(problems),
            },
            Shape::OneOf(words) => match inner.as_str() {
                Some(text) if words.contains(&text) => {}
                Some(text) => {
                    let near = nearest(text, words.iter().copied());
                    let code = if near.is_some() { "ZH2005" } else { "ZH2023" };
                    let diagnostic = Diagnostic::error(code)
                        .arg("key", what)
                        .arg("value", text)
                        .arg("near", near.unwrap_or_default())
                        .arg("all", words.join(", "));
                    problems.push(diagnostic.at(here()));
                }
                None => wrong_type(problems),
            },
            Shape::Words => match inner.as_table() {
                Some(table) => {
                    static WORDS: Table = Table {
                        name: "words",
                        head: false,
                        keys: &[
                            super::keys::Key { name: "zh", required: true, shape: Shape::Text },
                            super::keys::Key { name: "en", required: true, shape: Shape::Text },
                        ],
                    };
                    Node::new(self.file, table, value.span()).check(&WORDS, what, problems);
                }
                None => wrong_type(problems),
            },
            Shape::Texts | Shape::List(_) => match inner.as_array() {
                Some(items) => {
                    let each = if let Shape::List(each) = shape { *each } else { Shape::Text };
                    if items.is_empty() && matches!(shape, Shape::Texts) {
                        problems.push(Diagnostic::error("ZH2006").arg("key", what).at(here()));
                    }
                    for item in items.iter() {
                        self.shape(each, item, what, problems);
                    }
                }
                None => wrong_type(problems),
            },
            Shape::Date => {
                if date(inner).is_none() {
                    wrong_type(problems);
                }
            }
            Shape::Moment => {
                if !inner.is_datetime() {
                    wrong_type(problems);
                }
            }
            Shape::Bool => {
                if !inner.is_bool() {
                    wrong_type(problems);
                }
            }
            Shape::Whole(least, most) => match whole(inner) {
                Some(n) if (least..=most).contains(&n) => {}
                Some(n) => {
                    let diagnostic = Diagnostic::error("ZH2015")
                        .arg("key", what)
                        .arg("value", n)
                        .arg("min", least)
                        .arg("max", most);
                    problems.push(diagnostic.at(here()));
                }
                None => wrong_type(problems),
            },
            Shape::Number => {
                if number(inner).is_none() {
                    wrong_type(problems);
                }
            }
            Shape::Scalar => {
                let texts =
                    inner.as_array().is_some_and(|items| items.iter().all(|item| item.get_ref().is_str()));
                if scalar_text(inner).is_none() && !texts {
                    wrong_type(problems);
                }
            }
            Shape::Sub(table) => match inner.as_table() {
                Some(inner) => {
                    Node::new(self.file, inner, value.span()).check(table, what, problems);
                }
                None => wrong_type(problems),
            },
            Shape::SubList(table) => match inner.as_array() {
                Some(items) => {
                    for item in items.iter() {
                        self.shape(Shape::Sub(table), item, what, problems);
                    }
                }
                None => wrong_type(problems),
            },
            Shape::MapOf(each) => match inner.as_table() {
                Some(inner) => {
                    for (key, _, item) in Node::new(self.file, inner, value.span()).entries() {
                        self.shape(*each, item, &format!("{what}.{key}"), problems);
                    }
                }
                None => wrong_type(problems),
            },
            Shape::Either(shapes) => match shapes.iter().find(|shape| admits(shape, inner)) {
                Some(fitting) => self.shape(*fitting, value, what, problems),
                None => wrong_type(problems),
            },
        }
    }
}

/// Whether a value is of the TOML type of a shape, whatever its content.
fn admits(shape: &Shape, value: &DeValue<'_>) -> bool {
    match shape {
        Shape::Text | Shape::Formula | Shape::OneOf(_) => value.is_str(),
        Shape::Words | Shape::Sub(_) | Shape::MapOf(_) => value.is_table(),
        Shape::Texts | Shape::SubList(_) | Shape::List(_) => value.is_array(),
        Shape::Date | Shape::Moment => value.is_datetime(),
        Shape::Bool => value.is_bool(),
        Shape::Whole(..) => value.is_integer(),
        Shape::Number => number(value).is_some(),
        Shape::Scalar => !value.is_table(),
        Shape::Either(shapes) => shapes.iter().any(|shape| admits(shape, value)),
    }
}

/// The word for a shape in arguments of messages.
fn word(shape: &Shape) -> &'static str {
    match shape {
        Shape::Text | Shape::OneOf(_) => "text",
        Shape::Formula => "formula",
        Shape::Words => "words",
        Shape::Texts | Shape::List(_) => "texts",
        Shape::Date | Shape::Moment => "date",
        Shape::Bool => "bool",
        Shape::Whole(..) => "whole",
        Shape::Number => "number",
        Shape::Sub(_) | Shape::MapOf(_) => "table",
        Shape::SubList(_) => "tables",
        Shape::Scalar => "scalar",
        Shape::Either(_) => "either",
    }
}

/// What one would write: the end of the hint for a missing key.
fn sample(key: &str, shape: &Shape) -> String {
    let value = match shape {
        Shape::Words => "{ zh = \"…\", en = \"…\" }",
        Shape::Texts | Shape::List(_) => "[\"…\"]",
        Shape::Date | Shape::Moment => "2010-01-01",
        Shape::Bool => "true",
        Shape::Whole(..) | Shape::Number => "1",
        Shape::Sub(_) | Shape::MapOf(_) => "{ … }",
        Shape::SubList(_) => "[{ … }]",
        Shape::OneOf(words) => return format!("{key} = \"{}\"", words.first().copied().unwrap_or_default()),
        Shape::Text | Shape::Formula | Shape::Scalar | Shape::Either(_) => "\"…\"",
    };
    format!("{key} = {value}")
}
