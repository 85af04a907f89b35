//! JSON objects to nodes: which members are lists, which hold compact forms, which are extensions.

use super::Value;
use super::context::Context;
use crate::event::list_item;
use crate::node::{Name, Node, Scalar};
use crate::problem::{Path, Problems, With};

/// Which object of the standard we are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Event,
    Quantity,
    Site,
    ErrorDeclaration,
    Sensor,
    Metadata,
    Report,
    Lasting,
    /// Somebody's own object: nothing is known about its members.
    Own,
}

/// What a member holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A single value, taken as it is.
    Plain,
    /// A single value that may be compact.
    Compact,
    /// One or several, side by side.
    Several(bool),
    /// A list of texts.
    Texts,
    /// A list of objects, or one object.
    Objects(Place),
    /// An object.
    Object(Place),
    /// Objects side by side (`sensorReport`).
    Beside(Place),
    /// A list of documents, sources or destinations.
    Typed,
}

#[allow(clippy::match_same_arms)] // one line per object of the standard reads best
pub(super) fn shape(place: Place, name: &str) -> Option<Shape> {
    Some(match (place, name) {
        (Place::Event, "eventTime" | "recordTime" | "eventTimeZoneOffset" | "action") => Shape::Plain,
        (Place::Event, "eventID" | "parentID" | "transformationID" | "bizStep" | "disposition") => {
            Shape::Compact
        }
        (Place::Event, "certificationInfo") => Shape::Several(false),
        (Place::Event, "epcList" | "childEPCs" | "inputEPCList" | "outputEPCList")
        | (Place::ErrorDeclaration, "correctiveEventIDs") => Shape::Texts,
        (Place::Event, "quantityList" | "childQuantityList" | "inputQuantityList" | "outputQuantityList") => {
            Shape::Objects(Place::Quantity)
        }
        (Place::Event, "bizTransactionList" | "sourceList" | "destinationList") => Shape::Typed,
        (Place::Event, "sensorElementList") => Shape::Objects(Place::Sensor),
        (Place::Event, "readPoint" | "bizLocation") => Shape::Object(Place::Site),
        (Place::Event, "errorDeclaration") => Shape::Object(Place::ErrorDeclaration),
        (Place::Event, "persistentDisposition") => Shape::Object(Place::Lasting),
        (Place::Event, "ilmd") => Shape::Object(Place::Own),
        (Place::Quantity, "epcClass") | (Place::Site, "id") | (Place::ErrorDeclaration, "reason") => {
            Shape::Compact
        }
        (Place::Quantity, "quantity" | "uom") | (Place::ErrorDeclaration, "declarationTime") => Shape::Plain,
        (Place::Lasting, "set" | "unset") => Shape::Several(true),
        (Place::Sensor, "sensorMetadata") => Shape::Object(Place::Metadata),
        (Place::Sensor, "sensorReport") => Shape::Beside(Place::Report),
        (Place::Metadata | Place::Report, "stringValue") => Shape::Plain,
        (Place::Metadata | Place::Report, name) => {
            crate::event::Field::of_name(name, place == Place::Report).map(|_| Shape::Compact)?
        }
        _ => return None,
    })
}

pub(super) struct Converter<'a> {
    pub(super) context: &'a Context,
    pub(super) problems: &'a mut Problems,
}

impl Converter<'_> {
    /// The nodes for the members of an object, but for those in `skip`.
    pub(super) fn members(
        &mut self,
        members: &[(std::borrow::Cow<'_, str>, Value<'_>)],
        place: Place,
        skip: &[&str],
        path: &Path<'_>,
    ) -> Vec<Node> {
        let mut out = Vec::with_capacity(members.len());
        for (key, value) in members {
            if !skip.contains(&key.as_ref()) {
                self.member(key, value, place, &path.member(key), &mut out);
            }
        }
        out
    }

    fn member(&mut self, key: &str, value: &Value<'_>, place: Place, path: &Path<'_>, out: &mut Vec<Node>) {
        let Some(shape) = shape(place, key) else {
            let name = self.name(key, path);
            if name.space.is_empty() && !key.contains(':') && *value == Value::List(Vec::new()) {
                // no node would come of it, and nobody would notice
                self.problems.error("ZH9527", path).with("name", key);
            }
            self.own(&name, value, path, out);
            return;
        };
        match (shape, value) {
            (Shape::Plain, value) => out.push(self.single(key, value, false)),
            (Shape::Compact, value) => out.push(self.single(key, value, true)),
            (Shape::Several(must_be_list), Value::List(items)) => {
                if must_be_list && items.is_empty() {
                    self.wrong(path, "list");
                }
                out.extend(items.iter().map(|item| self.single(key, item, true)));
            }
            (Shape::Several(must_be_list), value) => {
                if must_be_list {
                    self.wrong(path, "list");
                }
                out.push(self.single(key, value, true));
            }
            (Shape::Texts, Value::List(items)) => {
                let item = list_item(key).unwrap_or_default();
                let children = items.iter().map(|value| self.single(item, value, true)).collect();
                out.push(Node { name: Name::read(key), children, ..Node::default() });
            }
            (Shape::Objects(inner), Value::List(items)) => {
                let item = list_item(key).unwrap_or_default();
                let children = items
                    .iter()
                    .enumerate()
                    .filter_map(|(place, value)| self.object(item, value, inner, &path.place(place)))
                    .collect();
                out.push(Node { name: Name::read(key), children, ..Node::default() });
            }
            (Shape::Typed, Value::List(items)) => {
                let children = items
                    .iter()
                    .enumerate()
                    .filter_map(|(place, value)| self.typed(key, value, &path.place(place)))
                    .collect();
                out.push(Node { name: Name::read(key), children, ..Node::default() });
            }
            (Shape::Object(inner), value) => out.extend(self.object(key, value, inner, path)),
            (Shape::Beside(inner), Value::List(items)) => {
                for (place, item) in items.iter().enumerate() {
                    out.extend(self.object(key, item, inner, &path.place(place)));
                }
            }
            (Shape::Texts | Shape::Objects(_) | Shape::Typed | Shape::Beside(_), _) => {
                self.wrong(path, "list");
            }
        }
    }

    fn wrong(&mut self, path: &Path<'_>, wanted: &str) {
        self.problems.error("ZH9522", path).with("wanted", wanted);
    }

    fn object(&mut self, name: &str, value: &Value<'_>, place: Place, path: &Path<'_>) -> Option<Node> {
        if let Value::Object(members) = value {
            let children = self.members(members, place, &[], path);
            Some(Node { name: Name::read(name), children, ..Node::default() })
        } else {
            self.wrong(path, "object");
            None
        }
    }

    /// A single value; of a list or object comes a node without one, which the event's reader refuses.
    fn single(&self, name: &str, value: &Value<'_>, is_compact: bool) -> Node {
        let scalar = match value {
            Value::Text(text) if is_compact => Scalar::Text(self.context.expand(text).into_owned()),
            Value::Text(text) => Scalar::Text(text.clone().into_owned()),
            Value::Number(number) => Scalar::Number(number.clone()),
            Value::Bool(value) => Scalar::Bool(*value),
            Value::Null => Scalar::Null,
            Value::List(_) | Value::Object(_) => return Node::new(Name::read(name)),
        };
        Node::scalar(Name::read(name), scalar)
    }

    /// `{ "type": "po", "bizTransaction": "…" }`: in XML the type is an attribute.
    fn typed(&mut self, list: &str, value: &Value<'_>, path: &Path<'_>) -> Option<Node> {
        let Value::Object(members) = value else {
            self.wrong(path, "object");
            return None;
        };
        let item = list_item(list).unwrap_or_default();
        let mut node = Node::new(Name::plain(item));
        for (key, value) in members {
            let path = path.member(key);
            match (key.as_ref(), value) {
                ("type", Value::Text(text)) => {
                    node.attributes.push((Name::plain("type"), self.context.expand(text).into_owned()));
                }
                ("type", _) => self.wrong(&path, "string"),
                (key, value) if key == item => node.value = self.single(item, value, true).value,
                (key, value) => {
                    let name = self.name(key, &path);
                    if *value == Value::List(Vec::new()) {
                        self.problems.error("ZH9527", &path).with("name", key);
                    }
                    self.own(&name, value, &path, &mut node.children);
                }
            }
        }
        Some(node)
    }

    fn name(&mut self, key: &str, path: &Path<'_>) -> Name {
        self.context.name(key).unwrap_or_else(|name| {
            self.problems.warning("ZH9535", path).with("name", key);
            name
        })
    }

    /// An extension: a list becomes nodes side by side.
    pub(super) fn own(&mut self, name: &Name, value: &Value<'_>, path: &Path<'_>, out: &mut Vec<Node>) {
        let scalar = match value {
            Value::Text(text) => Scalar::Text(text.clone().into_owned()),
            Value::Number(number) => Scalar::Number(number.clone()),
            Value::Bool(value) => Scalar::Bool(*value),
            Value::Null => Scalar::Null,
            Value::List(items) => {
                for (place, item) in items.iter().enumerate() {
                    self.own(name, item, &path.place(place), out);
                }
                return;
            }
            Value::Object(members) => {
                let mut children = Vec::with_capacity(members.len());
                let mut text = None;
                for (key, value) in members {
                    let path = path.member(key);
                    match (key.as_ref(), value) {
                        // the text of an XML element that also has attributes
                        ("#text", Value::Text(own)) => text = Some(Scalar::Text(own.clone().into_owned())),
                        (key, value) if key.starts_with('@') => {
                            self.own(&Name::read(key), value, &path, &mut children);
                        }
                        (key, value) => {
                            let name = self.name(key, &path);
                            self.own(&name, value, &path, &mut children);
                        }
                    }
                }
                out.push(Node { name: name.clone(), value: text, children, ..Node::default() });
                return;
            }
        };
        out.push(Node::scalar(name.clone(), scalar));
    }
}
