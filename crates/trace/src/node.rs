//! What JSON and XML have in common: named values, some of them nested.
//!
//! Both readers turn a document into [`Node`]s, so that an event is understood and checked in one place; both
//! writers start from them. Extensions, whose meaning we do not know, stay nodes inside the event.

use std::borrow::Cow;

use crate::Number;

/// A name with its namespace; `https://ns.example.com/epcis/` + `myField`. Standard fields have no namespace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name {
    /// The namespace, exactly as it was declared.
    pub space: Cow<'static, str>,
    /// The name in it.
    pub local: Cow<'static, str>,
}

impl Name {
    /// A name without namespace.
    pub fn plain(local: impl Into<Cow<'static, str>>) -> Name {
        Name { space: Cow::Borrowed(""), local: local.into() }
    }

    /// A name without namespace as somebody wrote it. Those of the standard need no memory of their own.
    pub(crate) fn read(local: &str) -> Name {
        match STANDARD.binary_search(&local).ok().and_then(|at| STANDARD.get(at)) {
            Some(known) => Name::plain(*known),
            None => Name::plain(local.to_owned()),
        }
    }

    /// A name in a namespace.
    pub fn new(space: &str, local: &str) -> Name {
        Name { space: space.to_owned().into(), local: local.to_owned().into() }
    }

    /// True for the standard name `local`.
    pub fn is(&self, local: &str) -> bool {
        self.space.is_empty() && self.local == local
    }

    /// `{namespace}local`, the form of the event hash; a name without namespace is itself.
    pub fn clark(&self) -> String {
        if self.space.is_empty() {
            self.local.to_string()
        } else {
            format!("{{{}}}{}", self.space, self.local)
        }
    }
}

/// Names that nearly every event has, in order.
const STANDARD: [&str; 51] = [
    "action",
    "bizLocation",
    "bizStep",
    "bizTransaction",
    "bizTransactionList",
    "certificationInfo",
    "childEPCs",
    "childQuantityList",
    "correctiveEventID",
    "correctiveEventIDs",
    "declarationTime",
    "destination",
    "destinationList",
    "deviceID",
    "disposition",
    "epc",
    "epcClass",
    "epcList",
    "errorDeclaration",
    "eventID",
    "eventTime",
    "eventTimeZoneOffset",
    "id",
    "ilmd",
    "inputEPCList",
    "inputQuantityList",
    "maxValue",
    "minValue",
    "outputEPCList",
    "outputQuantityList",
    "parentID",
    "persistentDisposition",
    "quantity",
    "quantityElement",
    "quantityList",
    "readPoint",
    "reason",
    "recordTime",
    "sensorElement",
    "sensorElementList",
    "sensorMetadata",
    "sensorReport",
    "set",
    "source",
    "sourceList",
    "time",
    "transformationID",
    "type",
    "unset",
    "uom",
    "value",
];

/// A single value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// Text.
    Text(String),
    /// A number with its digits.
    Number(Number),
    /// Yes or no.
    Bool(bool),
    /// Explicitly nothing.
    Null,
}

impl Scalar {
    /// The value as text.
    pub fn text(&self) -> &str {
        match self {
            Scalar::Text(text) => text,
            Scalar::Number(number) => number.text(),
            Scalar::Bool(true) => "true",
            Scalar::Bool(false) => "false",
            Scalar::Null => "",
        }
    }
}

/// A named value: a single one, or nodes below, or both (text beside elements in XML).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Node {
    /// Its name.
    pub name: Name,
    /// XML attributes, without namespace declarations and `xsi:`.
    pub attributes: Vec<(Name, String)>,
    /// The type that XML stated (`xsi:type`), as written.
    pub kind: Option<String>,
    /// The single value.
    pub value: Option<Scalar>,
    /// What is below. A list is several nodes of one name.
    pub children: Vec<Node>,
}

impl Node {
    /// An empty node.
    pub fn new(name: Name) -> Node {
        Node { name, ..Node::default() }
    }

    /// A standard node with a single value.
    pub fn text(name: impl Into<Cow<'static, str>>, value: &str) -> Node {
        Node::scalar(Name::plain(name), Scalar::Text(value.to_owned()))
    }

    /// A node with a single value.
    pub fn scalar(name: Name, value: Scalar) -> Node {
        Node { name, value: Some(value), ..Node::default() }
    }

    /// A standard node with nodes below.
    pub fn above(name: impl Into<Cow<'static, str>>, children: Vec<Node>) -> Node {
        Node { name: Name::plain(name), children, ..Node::default() }
    }

    /// The attribute `name`, without namespace.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own.is(name)).map(|(_, value)| value.as_str())
    }

    /// The first standard child `name`.
    pub fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.name.is(name))
    }

    /// The single value as trimmed text; empty if there is none.
    pub fn trimmed(&self) -> &str {
        self.value.as_ref().map(|value| value.text().trim()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standard_names_are_found() {
        assert!(STANDARD.is_sorted());
        for name in STANDARD {
            assert!(matches!(Name::read(name).local, Cow::Borrowed(_)), "{name}");
        }
        assert_eq!(Name::read("ownName"), Name::plain("ownName"));
    }
}
