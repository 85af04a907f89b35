//! Documents to XML of version 2.0 or 1.2.

mod older;

use std::fmt::Write as _;

use zhiheng_base::Diagnostic;

use super::{EPCIS_1, EPCIS_2, HEADER, QUERY_1, QUERY_2, XSD, XSI, escape_name, parse::is_xml_character};
use crate::event::{Document, DocumentKind, Event, EventKind, nodes};
use crate::node::{Name, Node, Scalar};
use crate::vocabulary::Vocabulary;

/// How standard words are spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// `https://ref.gs1.org/cbv/BizStep-shipping`, the default of version 2.0.
    Web,
    /// `urn:epcglobal:cbv:bizstep:shipping`, which version 1.2 knows.
    Urn,
    /// As captured; words that JSON had bare become web addresses.
    AsWritten,
}

/// What to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct XmlStyle {
    /// Version 1.2 instead of 2.0.
    pub older: bool,
    /// The spelling of standard words.
    pub words: Words,
    /// State the types of numbers and truth values in extensions (`xsi:type`), so that JSON gets them back.
    pub types: bool,
}

impl Default for XmlStyle {
    /// Version 2.0, web addresses, with types.
    fn default() -> XmlStyle {
        XmlStyle { older: false, words: Words::Web, types: true }
    }
}

impl XmlStyle {
    /// Version 1.2 with URNs.
    pub fn older() -> XmlStyle {
        XmlStyle { older: true, words: Words::Urn, types: true }
    }
}

/// Writes a document.
///
/// # Errors
///
/// ZH9537 if a text has a control character, which XML cannot bear.
pub fn write(document: &Document, style: XmlStyle) -> Result<String, Diagnostic> {
    let is_query = matches!(document.kind, DocumentKind::Query { .. });
    let mut events: Vec<Node> = document.events.iter().map(|event| event_node(event, style)).collect();
    if style.older {
        events = events.into_iter().map(older::wrap_event).collect();
    }
    let mut writer = Writer { out: String::new(), prefixes: Vec::new(), style, depth: 0 };
    writer.collect(document, &events);
    let (space, root) = match (is_query, style.older) {
        (false, false) => (EPCIS_2, "epcis:EPCISDocument"),
        (false, true) => (EPCIS_1, "epcis:EPCISDocument"),
        (true, false) => (QUERY_2, "epcisq:EPCISQueryDocument"),
        (true, true) => (QUERY_1, "epcisq:EPCISQueryDocument"),
    };
    writer.out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let prefix = root.split(':').next().unwrap_or_default();
    let _ = write!(writer.out, "<{root} xmlns:{prefix}=\"{space}\" xmlns:xsi=\"{XSI}\" xmlns:xsd=\"{XSD}\"");
    for (prefix, space) in writer.prefixes.clone() {
        let _ = write!(writer.out, " xmlns:{prefix}=\"");
        writer.escape(&space, true)?;
        writer.out.push('"');
    }
    writer.attribute("schemaVersion", if style.older { "1.2" } else { "2.0" })?;
    if let Some(created) = &document.created {
        writer.attribute("creationDate", created.text())?;
    }
    writer.out.push('>');
    writer.depth = 1;
    if let Some(header) = header(document) {
        writer.node(&header)?;
    }
    writer.node(&body(document, events))?;
    for extension in document.extensions.iter().filter(|node| !node.name.space.is_empty()) {
        writer.node(extension)?;
    }
    let _ = writeln!(writer.out, "\n</{root}>");
    Ok(writer.out)
}

fn body(document: &Document, events: Vec<Node>) -> Node {
    let list = Node::above("EventList", events);
    match &document.kind {
        DocumentKind::Query { name, subscription } => {
            let mut children = vec![Node::text("queryName", name)];
            if let Some(subscription) = subscription {
                children.push(Node::text("subscriptionID", subscription));
            }
            children.push(Node::above("resultsBody", vec![list]));
            let results = Node { name: Name::new(QUERY_2, "QueryResults"), children, ..Node::default() };
            Node::above("EPCISBody", vec![results])
        }
        _ => Node::above("EPCISBody", vec![list]),
    }
}

fn header(document: &Document) -> Option<Node> {
    let mut children = Vec::new();
    if document.sender.is_some() || document.receiver.is_some() || document.instance.is_some() {
        children.push(business_header(document));
    }
    if !document.master_data.is_empty() {
        let vocabularies = document.master_data.iter().map(|data| {
            let elements = data.elements.iter().map(|element| {
                let mut children: Vec<Node> = element
                    .attributes
                    .iter()
                    .map(|(id, node)| {
                        let mut node = node.clone();
                        node.name = Name::plain("attribute");
                        node.attributes.insert(0, (Name::plain("id"), id.clone()));
                        node
                    })
                    .collect();
                if !element.children.is_empty() {
                    let ids = element.children.iter().map(|id| Node::text("id", id)).collect();
                    children.push(Node::above("children", ids));
                }
                let mut node = Node::above("VocabularyElement", children);
                node.attributes.push((Name::plain("id"), element.id.clone()));
                node
            });
            let mut node =
                Node::above("Vocabulary", vec![Node::above("VocabularyElementList", elements.collect())]);
            node.attributes.push((Name::plain("type"), data.kind.clone()));
            node
        });
        let list = Node::above("VocabularyList", vocabularies.collect());
        children.push(Node::above("extension", vec![Node::above("EPCISMasterData", vec![list])]));
    }
    (!children.is_empty()).then(|| Node::above("EPCISHeader", children))
}

/// Sender, receiver and number stand in the header that UN/CEFACT defined.
fn business_header(document: &Document) -> Node {
    let node =
        |name: &str, children: Vec<Node>| Node { name: Name::new(HEADER, name), children, ..Node::default() };
    let text =
        |name: &str, value: &str| Node::scalar(Name::new(HEADER, name), Scalar::Text(value.to_owned()));
    let party = |name: &str, id: Option<&String>| {
        let mut identifier = text("Identifier", id.map_or("", String::as_str));
        identifier.attributes.push((Name::plain("Authority"), "EPCglobal".to_owned()));
        node(name, vec![identifier])
    };
    let created = document.created.as_ref().map_or("", crate::Time::text);
    node(
        "StandardBusinessDocumentHeader",
        vec![
            text("HeaderVersion", "1.0"),
            party("Sender", document.sender.as_ref()),
            party("Receiver", document.receiver.as_ref()),
            node(
                "DocumentIdentification",
                vec![
                    text("Standard", "EPCglobal"),
                    text("TypeVersion", "1.0"),
                    text("InstanceIdentifier", document.instance.as_deref().unwrap_or_default()),
                    text("Type", "Events"),
                    text("CreationDateAndTime", created),
                ],
            ),
        ],
    )
}

/// The event as an element, with its words in the wanted spelling and the lists that the schema demands.
fn event_node(event: &Event, style: XmlStyle) -> Node {
    let mut children = nodes(event);
    for child in &mut children {
        if child.name.space.is_empty() {
            spell(child, style);
        }
    }
    let demanded = match event.kind {
        EventKind::Object | EventKind::Transaction if event.epcs.is_empty() => Some(("epcList", "action")),
        EventKind::Aggregation if event.children.is_empty() => Some(("childEPCs", "action")),
        _ => None,
    };
    if let Some((list, before)) = demanded {
        let at = children.iter().position(|node| node.name.is(before)).unwrap_or(children.len());
        children.insert(at, Node::above(list, Vec::new()));
    }
    let name = match &event.kind {
        EventKind::Own(uri) => crate::json::split(uri),
        kind => Name::read(kind.name()),
    };
    Node { name, children, ..Node::default() }
}

fn spell(node: &mut Node, style: XmlStyle) {
    let word = |vocabulary: Vocabulary, text: &str| match style.words {
        Words::Urn => vocabulary.urn(text).into_owned(),
        Words::AsWritten if text.contains(':') => text.to_owned(),
        Words::AsWritten | Words::Web => vocabulary.web(text).into_owned(),
    };
    let respell = |node: &mut Node, vocabulary: Vocabulary| {
        if let Some(Scalar::Text(text)) = &mut node.value {
            *text = word(vocabulary, text);
        }
    };
    match node.name.local.as_ref() {
        "bizStep" => respell(node, Vocabulary::BizStep),
        "disposition" => respell(node, Vocabulary::Disposition),
        "persistentDisposition" => {
            node.children.iter_mut().for_each(|child| respell(child, Vocabulary::Disposition));
        }
        "errorDeclaration" => {
            for child in node.children.iter_mut().filter(|child| child.name.is("reason")) {
                respell(child, Vocabulary::ErrorReason);
            }
        }
        list @ ("bizTransactionList" | "sourceList" | "destinationList") => {
            let vocabulary = if list == "bizTransactionList" {
                Vocabulary::TransactionType
            } else {
                Vocabulary::SourceType
            };
            for child in &mut node.children {
                for (_, value) in &mut child.attributes {
                    *value = word(vocabulary, value);
                }
            }
        }
        "sensorElementList" => {
            for report in node.children.iter_mut().flat_map(|element| &mut element.children) {
                if !report.name.is("sensorReport") {
                    continue;
                }
                for child in &mut report.children {
                    match child.name.local.as_ref() {
                        _ if !child.name.space.is_empty() => {}
                        "type" => respell(child, Vocabulary::Measurement),
                        "exception" => respell(child, Vocabulary::Alert),
                        "component" => respell(child, Vocabulary::Component),
                        _ => {}
                    }
                }
            }
        }
        _ => {}
    }
}

struct Writer {
    out: String,
    prefixes: Vec<(String, String)>,
    style: XmlStyle,
    depth: usize,
}

impl Writer {
    /// Finds a prefix for every namespace that will be written.
    fn collect(&mut self, document: &Document, events: &[Node]) {
        fn spaces(node: &Node, out: &mut Vec<String>) {
            for space in
                std::iter::once(&node.name.space).chain(node.attributes.iter().map(|(name, _)| &name.space))
            {
                if !space.is_empty() && !out.iter().any(|own| own == space) {
                    out.push(space.to_string());
                }
            }
            for child in &node.children {
                spaces(child, out);
            }
        }
        let mut used = Vec::new();
        for node in events.iter().chain(&document.extensions) {
            spaces(node, &mut used);
        }
        if let Some(header) = header(document) {
            spaces(&header, &mut used);
        }
        if matches!(document.kind, DocumentKind::Query { .. }) {
            used.retain(|space| space != QUERY_2);
        }
        for (prefix, space) in &document.namespaces {
            self.prefer(prefix, space);
        }
        for space in used {
            if self.prefixes.iter().any(|(_, own)| *own == space)
                || matches!(space.as_str(), XSI | XSD | "http://www.w3.org/XML/1998/namespace")
            {
                continue;
            }
            let standard =
                crate::json::STANDARD.iter().find(|(_, own)| *own == space).map(|(prefix, _)| *prefix);
            let known = standard.or((space == HEADER).then_some("sbdh"));
            if known.is_none_or(|prefix| !self.prefer(prefix, &space)) {
                let taken = |prefix: &str| self.prefixes.iter().any(|(own, _)| own == prefix);
                let prefix = (1..=self.prefixes.len() + 1)
                    .map(|n| format!("ns{n}"))
                    .find(|prefix| !taken(prefix))
                    .unwrap_or_default();
                self.prefixes.push((prefix, space));
            }
        }
    }

    fn prefer(&mut self, prefix: &str, space: &str) -> bool {
        let is_name = !prefix.is_empty()
            && escape_name(prefix) == prefix
            && !prefix.to_ascii_lowercase().starts_with("xml");
        let is_free = !self.prefixes.iter().any(|(own, _)| own == prefix)
            && !matches!(prefix, "epcis" | "epcisq" | "xsi" | "xsd");
        if is_name && is_free && !space.is_empty() {
            self.prefixes.push((prefix.to_owned(), space.to_owned()));
            return true;
        }
        false
    }

    fn name(&self, name: &Name) -> String {
        let local = escape_name(&name.local);
        let prefix = match name.space.as_ref() {
            "" => return local,
            QUERY_2 => "epcisq",
            XSI => "xsi",
            XSD => "xsd",
            "http://www.w3.org/XML/1998/namespace" => "xml",
            space => match self.prefixes.iter().find(|(_, own)| own == space) {
                Some((prefix, _)) => prefix,
                None => return local,
            },
        };
        format!("{prefix}:{local}")
    }

    fn escape(&mut self, text: &str, in_attribute: bool) -> Result<(), Diagnostic> {
        for c in text.chars() {
            match c {
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '&' => self.out.push_str("&amp;"),
                '"' if in_attribute => self.out.push_str("&quot;"),
                // a reader would turn these into spaces or line ends
                '\t' | '\n' if in_attribute => {
                    let _ = write!(self.out, "&#{};", u32::from(c));
                }
                '\r' => self.out.push_str("&#13;"),
                c if is_xml_character(c) => self.out.push(c),
                c => {
                    return Err(Diagnostic::error("ZH9537").arg("character", c.escape_default()));
                }
            }
        }
        Ok(())
    }

    fn attribute(&mut self, name: &str, value: &str) -> Result<(), Diagnostic> {
        let _ = write!(self.out, " {name}=\"");
        self.escape(value, true)?;
        self.out.push('"');
        Ok(())
    }

    fn line(&mut self) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n("  ", self.depth));
    }

    fn node(&mut self, node: &Node) -> Result<(), Diagnostic> {
        self.line();
        let name = self.name(&node.name);
        self.out.push('<');
        self.out.push_str(&name);
        for (name, value) in &node.attributes {
            self.attribute(&self.name(name), value)?;
        }
        let is_own = !node.name.space.is_empty() || node.kind.is_some();
        let kind = match (&node.kind, &node.value) {
            (Some(kind), _) => Some(kind.as_str()),
            (None, Some(Scalar::Bool(_))) if is_own && self.style.types => Some("xsd:boolean"),
            (None, Some(Scalar::Number(number))) if is_own && self.style.types => {
                Some(if number.text().contains(['e', 'E']) { "xsd:double" } else { "xsd:decimal" })
            }
            _ => None,
        };
        if let Some(kind) = kind {
            self.attribute("xsi:type", kind)?;
        }
        // the schema has the fields of sensors as attributes
        let is_measured = node.name.is("sensorMetadata") || node.name.is("sensorReport");
        let beside_text = node.value.as_ref().is_some_and(|value| !value.text().is_empty()) && is_own;
        let (attributes, children): (Vec<&Node>, Vec<&Node>) = node
            .children
            .iter()
            .partition(|child| (is_measured || beside_text) && is_single(child, &node.children));
        for child in attributes {
            self.attribute(&self.name(&child.name), child.value.as_ref().map_or("", Scalar::text))?;
        }
        match &node.value {
            Some(Scalar::Null) => self.out.push_str(" xsi:nil=\"true\"/>"),
            value if children.is_empty() && value.as_ref().is_none_or(|value| value.text().is_empty()) => {
                self.out.push_str("/>");
            }
            value => {
                self.out.push('>');
                match value {
                    Some(Scalar::Number(number)) if node.name.is("quantity") => {
                        let plain = number.plain().unwrap_or_else(|| number.text().to_owned());
                        self.escape(&plain, false)?;
                    }
                    Some(value) => self.escape(value.text(), false)?,
                    None => {}
                }
                self.depth += 1;
                for child in &children {
                    self.node(child)?;
                }
                self.depth -= 1;
                if !children.is_empty() {
                    self.line();
                }
                self.out.push_str("</");
                self.out.push_str(&name);
                self.out.push('>');
            }
        }
        Ok(())
    }
}

/// True if `node` can be an attribute: a single text, and the only one of its name.
fn is_single(node: &Node, beside: &[Node]) -> bool {
    node.children.is_empty()
        && node.attributes.is_empty()
        && node.value.as_ref().is_some_and(|value| *value != Scalar::Null)
        && beside.iter().filter(|other| other.name == node.name).count() == 1
}
