//! XML text to nodes: namespaces resolved, entities refused, size and depth bounded.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zhiheng_base::Diagnostic;

use super::{XSI, is_standard, unescape_name};
use crate::Limits;
use crate::node::{Name, Node, Scalar};

/// A parsed document: its root, and the namespaces it declared.
pub(super) struct Parsed {
    pub(super) root: Node,
    /// The namespace of the root element itself.
    pub(super) space: String,
    pub(super) namespaces: Vec<(String, String)>,
}

struct Parser<'l> {
    limits: &'l Limits,
    items: usize,
    /// Prefixes in force: depth at which declared, prefix, namespace.
    scopes: Vec<(usize, String, String)>,
    namespaces: Vec<(String, String)>,
    open: Vec<Open>,
}

struct Open {
    node: Node,
    text: String,
    is_nil: bool,
}

/// Parses one document.
///
/// # Errors
///
/// ZH9512 for deep nesting, ZH9513 for size, ZH9514 if it is not well formed, ZH9515 for a document type that
/// declares or fetches anything and for entities, ZH9516 if it is not UTF-8.
pub(super) fn parse(bytes: &[u8], limits: &Limits) -> Result<Parsed, Diagnostic> {
    if bytes.len() > limits.bytes {
        return Err(Diagnostic::error("ZH9513")
            .arg("what", "bytes")
            .arg("most", limits.bytes)
            .arg("path", "/"));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else { return Err(Diagnostic::error("ZH9516")) };
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut parser =
        Parser { limits, items: 0, scopes: Vec::new(), namespaces: Vec::new(), open: Vec::new() };
    let mut root: Option<(Node, String)> = None;
    loop {
        let at = |reader: &Reader<&[u8]>| usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let event = reader.read_event();
        let position = at(&reader);
        let here = |code: &'static str| place(text, position, code);
        let Ok(event) = event else { return Err(here("ZH9514")) };
        match event {
            Event::Start(start) | Event::Empty(start) if root.is_some() => {
                let _ = start;
                return Err(here("ZH9514"));
            }
            Event::Start(start) => parser.start(&start, &here)?,
            Event::Empty(start) => {
                parser.start(&start, &here)?;
                parser.end(&mut root);
            }
            Event::End(_) => parser.end(&mut root),
            Event::Text(text) => parser.text(&text.xml10_content(), &here)?,
            Event::CData(text) => parser.text(&text.xml10_content(), &here)?,
            Event::GeneralRef(reference) => {
                let name = reference.xml10_content();
                let c = match name.as_ref() {
                    "lt" => '<',
                    "gt" => '>',
                    "amp" => '&',
                    "quot" => '"',
                    "apos" => '\'',
                    _ => match reference.resolve_char_ref() {
                        Ok(Some(c)) if is_xml_character(c) => c,
                        Ok(None) => return Err(here("ZH9515")),
                        _ => return Err(here("ZH9514")),
                    },
                };
                parser.text(c.encode_utf8(&mut [0; 4]), &here)?;
            }
            Event::DocType(doctype) => {
                // `<!DOCTYPE name>` stands in official examples and does nothing
                let content = doctype.into_inner();
                if content.trim().contains(|c: char| c.is_whitespace() || matches!(c, '[' | '"' | '\'' | '&'))
                {
                    return Err(here("ZH9515"));
                }
            }
            Event::Decl(declaration) => {
                let is_utf8 = match declaration.encoding() {
                    None => true,
                    Some(Ok(encoding)) => {
                        encoding.eq_ignore_ascii_case("utf-8") || encoding.eq_ignore_ascii_case("us-ascii")
                    }
                    Some(Err(_)) => false,
                };
                if !is_utf8 {
                    return Err(here("ZH9516"));
                }
            }
            Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    match root {
        Some((root, space)) if parser.open.is_empty() => {
            Ok(Parsed { root, space, namespaces: parser.namespaces })
        }
        _ => Err(place(text, text.len(), "ZH9514")),
    }
}

fn place(text: &str, at: usize, code: &'static str) -> Diagnostic {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Diagnostic::error(code).arg("line", line).arg("column", column)
}

pub(super) fn is_xml_character(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
}

type Here<'h> = &'h dyn Fn(&'static str) -> Diagnostic;

impl Parser<'_> {
    fn count(&mut self, here: Here<'_>) -> Result<(), Diagnostic> {
        self.items += 1;
        if self.items > self.limits.items {
            return Err(here("ZH9513")
                .arg("what", "elements")
                .arg("most", self.limits.items)
                .arg("path", "/"));
        }
        Ok(())
    }

    fn start(&mut self, start: &BytesStart<'_>, here: Here<'_>) -> Result<(), Diagnostic> {
        self.count(here)?;
        let depth = self.open.len();
        if depth >= self.limits.depth {
            return Err(here("ZH9512").arg("most", self.limits.depth));
        }
        let mut attributes: Vec<(String, String)> = Vec::new();
        for attribute in start.attributes() {
            self.count(here)?;
            let Ok(attribute) = attribute else { return Err(here("ZH9514")) };
            // an entity in an attribute is an error of this call, too
            let Ok(value) = attribute.normalized_value(XmlVersion::Implicit1_0) else {
                return Err(here("ZH9515"));
            };
            if value.len() > self.limits.text {
                return Err(here("ZH9513")
                    .arg("what", "text")
                    .arg("most", self.limits.text)
                    .arg("path", "/"));
            }
            let key = attribute.key.as_ref();
            if key == "xmlns" {
                self.declare(depth, "", &value);
            } else if let Some(prefix) = key.strip_prefix("xmlns:") {
                self.declare(depth, prefix, &value);
            } else {
                attributes.push((key.to_owned(), value.into_owned()));
            }
        }
        let name = self.name(start.name().as_ref(), true, here)?;
        let mut open = Open { node: Node::new(name), text: String::new(), is_nil: false };
        for (key, value) in attributes {
            let name = self.name(&key, false, here)?;
            if name.space == XSI {
                match name.local.as_ref() {
                    "nil" => open.is_nil = matches!(value.trim(), "true" | "1"),
                    "type" => open.node.kind = Some(value),
                    _ => {}
                }
            } else {
                open.node.attributes.push((name, value));
            }
        }
        self.open.push(open);
        Ok(())
    }

    fn declare(&mut self, depth: usize, prefix: &str, space: &str) {
        self.scopes.push((depth, prefix.to_owned(), space.to_owned()));
        let is_ours =
            is_standard(space) || matches!(space, XSI | super::XSD | super::HEADER) || space.is_empty();
        let pair = (prefix.to_owned(), space.to_owned());
        if !is_ours && !self.namespaces.contains(&pair) {
            self.namespaces.push(pair);
        }
    }

    fn name(&self, text: &str, is_element: bool, here: Here<'_>) -> Result<Name, Diagnostic> {
        let (prefix, local) = text.split_once(':').unwrap_or(("", text));
        let local = unescape_name(local);
        if prefix.is_empty() && !is_element {
            return Ok(Name::read(&local));
        }
        if prefix == "xml" {
            return Ok(Name::new("http://www.w3.org/XML/1998/namespace", &local));
        }
        let found =
            self.scopes.iter().rev().find(|(_, own, _)| own == prefix).map(|(_, _, space)| space.as_str());
        match found {
            Some(space) => Ok(Name::new(space, &local)),
            None if prefix.is_empty() => Ok(Name::read(&local)),
            None => Err(here("ZH9514")),
        }
    }

    fn text(&mut self, text: &str, here: Here<'_>) -> Result<(), Diagnostic> {
        let Some(open) = self.open.last_mut() else {
            return if text.trim().is_empty() { Ok(()) } else { Err(here("ZH9514")) };
        };
        if !text.chars().all(is_xml_character) {
            return Err(here("ZH9514"));
        }
        open.text.push_str(text);
        if open.text.len() > self.limits.text {
            return Err(here("ZH9513").arg("what", "text").arg("most", self.limits.text).arg("path", "/"));
        }
        Ok(())
    }

    fn end(&mut self, root: &mut Option<(Node, String)>) {
        let Some(open) = self.open.pop() else { return };
        let depth = self.open.len();
        while self.scopes.last().is_some_and(|(own, _, _)| *own >= depth) {
            self.scopes.pop();
        }
        let Open { mut node, text, is_nil } = open;
        node.value = if is_nil {
            Some(Scalar::Null)
        } else if node.children.is_empty() || !text.trim().is_empty() {
            Some(Scalar::Text(text))
        } else {
            None
        };
        let space = node.name.space.to_string();
        if is_standard(&space) {
            node.name.space = std::borrow::Cow::Borrowed("");
        }
        match self.open.last_mut() {
            Some(parent) => parent.node.children.push(node),
            None => *root = Some((node, space)),
        }
    }
}
