//! EPCIS in JSON and JSON-LD.
//!
//! JSON is read by a reader of our own, for three reasons: numbers must keep their digits, a name twice in one object
//! must be told (two readers could take different ones), and nesting and size must be bounded while reading.

mod context;
mod convert;
mod master;
mod parse;
mod put;
mod read;
#[cfg(test)]
mod tests;
mod usual;
mod write;

use std::borrow::Cow;

use crate::Number;

pub(crate) use context::{ADDRESS, MDA, STANDARD, split};
pub(crate) use master::read_master;
pub use parse::parse;
pub(crate) use put::put_text;
pub use read::{read, read_event};
pub use write::{JsonStyle, write, write_event};
pub(crate) use write::{Member, event_members, master_value, text, word};

/// A JSON value; objects keep their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number with its digits.
    Number(Number),
    /// A text.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Value<'a>>),
    /// An object; no name twice.
    Object(Vec<(Cow<'a, str>, Value<'a>)>),
}

impl<'a> Value<'a> {
    /// The member `name` of an object.
    pub fn get(&self, name: &str) -> Option<&Value<'a>> {
        match self {
            Value::Object(members) => members.iter().find(|(own, _)| own == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text of a text.
    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl std::fmt::Display for Value<'_> {
    /// Compact JSON.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = String::new();
        put::put(self, None, &mut text);
        out.write_str(&text)
    }
}
